//! What a rule sees: the report, its tables and the figures in them, looked up once.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::{Figure, Figures, Severity};
use crate::document::Document;
use crate::form::Table;
use crate::report::tables_of;
use crate::report::{Field, Report, Status};
use crate::text::Span;
use crate::words::Lang;

/// A cell with its figure and its evidence.
pub(super) struct Cell<'a> {
    pub figure: Figure,
    pub status: Status,
    pub field: Option<&'a Field>,
}

/// A report under check.
pub(super) struct Context<'a> {
    pub report: &'a Report,
    pub document: &'a Document,
    pub lang: Lang,
    /// The tables that the report is held against, in the order of the form.
    pub tables: Vec<&'static Table>,
    cells: HashMap<String, Cell<'a>>,
}

/// What a rule found, before evidence and doubt are worked out.
pub(super) struct Draft {
    pub rule: &'static str,
    pub severity: Severity,
    /// Row, column, block or key; empty where the rule has one instance.
    pub instance: String,
    pub message: String,
    pub fields: Vec<String>,
    pub expected: Option<Decimal>,
    pub actual: Option<Decimal>,
    pub formula: String,
    /// Where to look when no field has evidence.
    pub place: Option<Span>,
}

/// What the rules gave.
#[derive(Default)]
pub(super) struct Outcome {
    pub drafts: Vec<Draft>,
    pub not_assessable: Vec<(String, Vec<String>)>,
}

impl Draft {
    /// A finding without figures.
    pub fn new(rule: &'static str, severity: Severity, message: String) -> Self {
        Self {
            rule,
            severity,
            instance: String::new(),
            message,
            fields: Vec::new(),
            expected: None,
            actual: None,
            formula: String::new(),
            place: None,
        }
    }
}

impl<'a> Context<'a> {
    pub fn new(
        report: &'a Report,
        document: &'a Document,
        figures: &dyn Figures,
        lang: Lang,
    ) -> Self {
        let tables = tables_of(report.form, &report.tables);
        let fields: HashMap<&str, &Field> =
            report.fields.iter().map(|f| (f.key.as_str(), f)).collect();
        let cells = tables
            .iter()
            .flat_map(|t| t.keys())
            .map(|key| {
                let cell = Cell {
                    figure: figures.figure(&key),
                    status: figures.status(&key),
                    field: fields.get(key.as_str()).copied(),
                };
                (key, cell)
            })
            .collect();
        Self {
            report,
            document,
            lang,
            tables,
            cells,
        }
    }

    pub fn cell(&self, key: &str) -> Option<&Cell<'a>> {
        self.cells.get(key)
    }

    /// The figure of a cell; a cell that no form here has is missing.
    pub fn figure(&self, key: &str) -> Figure {
        self.cell(key)
            .map_or(Figure::Unknown(Status::Missing), |c| c.figure.clone())
    }

    /// The number of a cell, 0 for an empty one; `None` where it is not known.
    pub fn number(&self, key: &str) -> Option<Decimal> {
        match self.figure(key) {
            Figure::Number(n) => Some(n),
            Figure::Empty => Some(Decimal::ZERO),
            Figure::Unknown(_) => None,
        }
    }

    pub fn status(&self, key: &str) -> Status {
        self.cell(key).map_or(Status::Missing, |c| c.status)
    }

    /// Whether the file has this table, in whichever form.
    pub fn has_table(&self, id: &str) -> bool {
        self.report.tables.iter().any(|t| t.table == id)
    }

    /// The figures of some cells; `Err` names those that are not known, and is empty where the
    /// file has none of the cells, so that only the missing table is spoken of.
    pub fn numbers<const N: usize>(&self, keys: [&str; N]) -> Result<[Decimal; N], Vec<String>> {
        let unknown = self.unknown(&keys);
        match unknown {
            Some(unknown) => Err(unknown),
            None => Ok(keys.map(|key| self.number(key).unwrap_or_default())),
        }
    }

    /// `None` where all cells are known.
    pub fn unknown(&self, keys: &[&str]) -> Option<Vec<String>> {
        let unknown: Vec<String> = keys
            .iter()
            .filter(|key| self.number(key).is_none())
            .map(|key| (*key).to_owned())
            .collect();
        if unknown.is_empty() {
            return None;
        }
        let absent = keys
            .iter()
            .all(|key| matches!(self.figure(key), Figure::Unknown(Status::Missing)));
        let here = keys
            .first()
            .and_then(|k| k.split('.').next())
            .is_some_and(|table| self.has_table(table));
        Some(if absent && !here { Vec::new() } else { unknown })
    }
}

impl Outcome {
    /// Keeps what could not be assessed, unless there is nothing to assess.
    pub fn not_assessable(&mut self, fingerprint: String, unknown: Vec<String>) {
        if !unknown.is_empty() {
            self.not_assessable.push((fingerprint, unknown));
        }
    }
}
