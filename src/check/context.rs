//! What a rule sees: the report, its tables and the figures in them, looked up once.

use rust_decimal::Decimal;

use super::{Fact, Figure, Figures, RuleId, Said, Severity};
use crate::document::Document;
use crate::form::{Form, Schema, Table};
use crate::report::{CellId, Field, Report, Status, TableFound};
use crate::text::{Name, Span};

/// Figures of other reports that a relation may speak of.
pub trait Elsewhere {
    /// The figure of a key in the same organ's report of another year; `offset` is -1 for last
    /// year's.
    fn figure(&self, key: &str, offset: i16) -> Figure;
}

/// Where no other report is at hand.
pub(super) struct Nowhere;

impl Elsewhere for Nowhere {
    fn figure(&self, _key: &str, _offset: i16) -> Figure {
        Figure::Unknown(Status::Missing)
    }
}

/// A report under check.
pub(super) struct Context<'a> {
    pub report: &'a Report,
    pub document: &'a Document,
    pub schema: &'static Schema,
    pub elsewhere: &'a dyn Elsewhere,
    figures: Vec<(Figure, Status)>,
}

/// What a rule found, before evidence and doubt are worked out.
pub(super) struct Draft {
    pub rule: RuleId,
    pub severity: Severity,
    /// Row, column, block or key; empty where the rule has one instance.
    pub instance: String,
    pub said: Said,
    pub cells: Vec<CellId>,
    pub expected: Option<Decimal>,
    pub actual: Option<Decimal>,
    pub formula: Fact,
    /// Where to look when no cell has evidence.
    pub place: Option<Span>,
}

/// What the rules gave.
#[derive(Default)]
pub(super) struct Outcome {
    pub drafts: Vec<Draft>,
    pub not_assessable: Vec<(String, Vec<CellId>)>,
}

impl Draft {
    /// A finding without figures.
    pub fn new(rule: RuleId, severity: Severity, said: impl Into<Said>) -> Self {
        Self {
            rule,
            severity,
            instance: String::new(),
            said: said.into(),
            cells: Vec::new(),
            expected: None,
            actual: None,
            formula: Fact::Text(String::new()),
            place: None,
        }
    }
}

impl<'a> Context<'a> {
    pub fn new(
        report: &'a Report,
        document: &'a Document,
        figures: &dyn Figures,
        elsewhere: &'a dyn Elsewhere,
    ) -> Self {
        let schema = report.schema;
        let figures = schema
            .ids()
            .map(|id| (figures.figure(id), figures.status(id)))
            .collect();
        Self {
            report,
            document,
            schema,
            elsewhere,
            figures,
        }
    }

    /// The cell of a key, if a form here has it.
    pub fn id(&self, key: &str) -> Option<CellId> {
        self.schema.id(key)
    }

    /// The cell as it was read.
    pub fn field(&self, cell: CellId) -> Option<&'a Field> {
        self.report.field(cell)
    }

    /// The figure of a cell; a cell that no form here has is missing.
    pub fn figure(&self, cell: CellId) -> Figure {
        let known = self.figures.get(cell.index());
        known.map_or(Figure::Unknown(Status::Missing), |(figure, _)| *figure)
    }

    /// The number of a cell, 0 for an empty one; `None` where it is not known.
    pub fn number(&self, cell: CellId) -> Option<Decimal> {
        match self.figure(cell) {
            Figure::Number(n) => Some(n),
            Figure::Empty => Some(Decimal::ZERO),
            Figure::Unknown(_) => None,
        }
    }

    pub fn status(&self, cell: CellId) -> Status {
        let known = self.figures.get(cell.index());
        known.map_or(Status::Missing, |(_, status)| *status)
    }

    /// Whether the file has this table, in whichever form.
    pub fn has_table(&self, id: &str) -> bool {
        self.report.has_table(id)
    }

    /// The figures of some cells; `Err` names those that are not known, and is empty where the
    /// file has none of the cells, so that only the missing table is spoken of.
    pub fn numbers<const N: usize>(&self, cells: [CellId; N]) -> Result<[Decimal; N], Vec<CellId>> {
        match self.unknown(&cells) {
            Some(unknown) => Err(unknown),
            None => Ok(cells.map(|cell| self.number(cell).unwrap_or_default())),
        }
    }

    /// `None` where all cells are known.
    pub fn unknown(&self, cells: &[CellId]) -> Option<Vec<CellId>> {
        let unknown = |cell: &CellId| matches!(self.figure(*cell), Figure::Unknown(_));
        if !cells.iter().any(unknown) {
            return None;
        }
        let absent = |cell: &CellId| self.figure(*cell) == Figure::Unknown(Status::Missing);
        let table = cells.first().and_then(|cell| self.schema.table_of(*cell));
        let here = table.is_some_and(|t| self.has_table(&t.id));
        if cells.iter().all(absent) && !here {
            return Some(Vec::new());
        }
        Some(cells.iter().copied().filter(unknown).collect())
    }

    /// The form that is asked of the report: its own, or where it has no table the one that was
    /// due.
    pub fn asked(&self) -> Option<&'static Form> {
        let forms = self.schema.forms();
        let own = self.report.form();
        let asked = if self.report.tables.is_empty() {
            self.report.year.map_or(own, |year| forms.due(year))
        } else {
            own
        };
        forms.get(asked)
    }

    /// Where a table stands in the file.
    pub fn found(&self, table: &str) -> Option<&'a TableFound> {
        self.report.tables.iter().find(|t| t.table == *table)
    }

    /// The first line of a part of the report.
    pub fn heading(&self, part: &str) -> Option<Span> {
        let section = self.report.sections.iter().find(|s| s.id == part)?;
        Some(first_line(&self.document.text, section.span))
    }
}

/// A table as facts name it.
pub(super) const fn named(table: &Table) -> (crate::report::FormId, Name) {
    (table.form, table.id)
}

/// The first line of a span that is not blank.
pub(super) fn first_line(text: &str, span: Span) -> Span {
    let inside = span.of(text);
    let lead = inside.len() - inside.trim_start().len();
    let rest = inside.get(lead..).unwrap_or("");
    let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
    Span::new(span.start + lead, span.start + lead + end)
}

impl Outcome {
    /// Keeps what could not be assessed, unless there is nothing to assess.
    pub fn not_assessable(&mut self, fingerprint: String, unknown: Vec<CellId>) {
        if !unknown.is_empty() {
            self.not_assessable.push((fingerprint, unknown));
        }
    }
}
