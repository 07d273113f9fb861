//! A report as the sections pane goes through it: its parts, and their lines.

use crate::form::Schema;
use crate::report::CellId;
use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::load::Opened;
use super::width::Widths;
use crate::check::State;
use crate::document::Block;
use crate::form::{BlockDef, Row, Table};
use crate::report::Status;
use crate::review::{Item, Target};
use crate::text::Span;
use crate::words::{Lang, reading, say};

/// A part of a report: one of its sections with the tables that stand in it, the head, or a
/// table that stands alone.
#[derive(Debug, Clone)]
pub struct Part {
    /// What it is called.
    pub title: String,
    /// One or two characters for it.
    pub tab: &'static str,
    /// Index into the report's sections.
    pub section: Option<usize>,
    /// Its tables.
    pub tables: Vec<&'static Table>,
}

/// A line of a part.
#[derive(Debug, Clone)]
pub enum Line {
    /// Nothing.
    Blank,
    /// A piece of the source that fits the pane.
    Text(Span),
    /// What was recognised and can be set right.
    Item(Item),
    /// What was recognised besides.
    Fact(String),
    /// The name of a table.
    Title(&'static Table),
    /// The heads of a block's columns.
    Heads(&'static Table, &'static BlockDef),
    /// A row that has no figures.
    Head(&'static Row),
    /// A row of figures.
    Row(&'static Table, &'static BlockDef, &'static Row),
    /// Rows that are folded: how many, and whether the file lacks them.
    Fold(usize, bool),
}

impl Line {
    /// The cells in it.
    pub fn cells(&self, schema: &Schema) -> Vec<CellId> {
        match self {
            Self::Row(table, _, row) => schema.ids_in(table, row).collect(),
            _ => Vec::new(),
        }
    }
}

/// The tables of a report.
pub fn tables(opened: &Opened) -> Vec<&'static Table> {
    opened.report.schema.tables().collect()
}

/// The parts of a report; there is always one.
pub fn parts(opened: &Opened, lang: Lang) -> Vec<Part> {
    let mut tables = tables(opened);
    let mut parts = vec![Part {
        title: say!(lang, tui_part_head).to_owned(),
        tab: say!(lang, tui_tab_head),
        section: None,
        tables: Vec::new(),
    }];
    for (i, section) in opened.report.sections.iter().enumerate() {
        let is_first = |s: &str| opened.report.sections.iter().position(|o| o.id == s) == Some(i);
        let (own, rest): (Vec<_>, Vec<_>) = tables
            .into_iter()
            .partition(|t| t.section == section.id && is_first(&section.id));
        tables = rest;
        parts.push(Part {
            title: section.heading.trim().to_owned(),
            tab: tab(&section.id, lang),
            section: Some(i),
            tables: own,
        });
    }
    for table in tables {
        parts.push(Part {
            title: lang.pick(&table.label.zh, &table.label.en).to_owned(),
            tab: if table.section.is_empty() {
                say!(lang, tui_tab_table)
            } else {
                tab(&table.section, lang)
            },
            section: None,
            tables: vec![table],
        });
    }
    parts
}

fn tab(id: &str, lang: Lang) -> &'static str {
    let (zh, en) = match id {
        "s1" => ("一", "1"),
        "s2" => ("二", "2"),
        "s3" => ("三", "3"),
        "s4" => ("四", "4"),
        "s5" => ("五", "5"),
        "s6" => ("六", "6"),
        _ => ("附", "+"),
    };
    lang.pick(zh, en)
}

/// The lines of a part in a pane of some columns.
pub fn lines(
    opened: &Opened,
    part: &Part,
    columns: usize,
    widths: Widths,
    unfolded: bool,
    lang: Lang,
) -> Vec<Line> {
    let mut lines = Vec::new();
    let text = opened.document.text.as_str();
    let found = |table: &Table| opened.report.tables.iter().find(|f| f.table == table.id);
    if part.section.is_none() && part.tables.is_empty() {
        lines.extend(Item::ALL.map(Line::Item));
        lines.extend(facts(opened, lang).into_iter().map(Line::Fact));
        lines.push(Line::Blank);
        // What stands before the first section, such as the title.
        let end = opened
            .report
            .sections
            .first()
            .map_or(text.len(), |s| s.span.start);
        prose(&mut lines, opened, Span::new(0, end), columns, widths);
        return lines;
    }
    let mut tables: Vec<(Option<Span>, &'static Table)> = part
        .tables
        .iter()
        .map(|t| (found(t).map(|f| whole(opened, f.span)), *t))
        .collect();
    tables.sort_by_key(|(span, _)| span.map_or(usize::MAX, |s| s.start));
    let section = part.section.and_then(|i| opened.report.sections.get(i));
    let mut at = section.map_or(0, |s| s.span.start);
    // The heading of a part stays what it is where the table's title says the same.
    let heading = section.map_or(0, |s| s.span.start + s.heading.len());
    let end = section.map_or(0, |s| s.span.end);
    for (span, table) in tables {
        if let Some(span) = span.filter(|s| s.start < end && s.end > at) {
            prose(
                &mut lines,
                opened,
                Span::new(at, span.start.max(heading).max(at)),
                columns,
                widths,
            );
            at = span.end;
        }
        grid(&mut lines, opened, table, unfolded);
    }
    if at < end {
        prose(&mut lines, opened, Span::new(at, end), columns, widths);
    }
    while matches!(lines.last(), Some(Line::Blank)) {
        lines.pop();
    }
    lines
}

/// A table with its heads, which stand above the figures that tell where it is: the whole of the
/// grids that it is in, and lines drawn with bars or dashes around it.
fn whole(opened: &Opened, span: Span) -> Span {
    let text = opened.document.text.as_str();
    let grids = opened.document.blocks.iter().filter_map(|b| match b {
        Block::Table(grid) => Some(grid.span),
        _ => None,
    });
    let mut span = grids
        .filter(|g| g.start < span.end && g.end > span.start)
        .fold(span, Span::join);
    let drawn = |line: &str| {
        let line = line.trim();
        line.is_empty() || line.starts_with(['|', '│', '┌', '├', '└', '+']) || line.ends_with('|')
    };
    let lines = &opened.lines;
    let mut first = opened.line_of(span.start).saturating_sub(1);
    while let Some(above) = first.checked_sub(1) {
        let start = lines.get(above).copied().unwrap_or(0);
        let end = lines.get(first).copied().unwrap_or(start);
        if !drawn(text.get(start..end).unwrap_or("x")) {
            break;
        }
        first = above;
        span.start = start.min(span.start);
    }
    span
}

fn facts(opened: &Opened, lang: Lang) -> Vec<String> {
    let report = &opened.report;
    let mut facts = Vec::new();
    if let Some(date) = report.published {
        facts.push(say!(lang, fact_published, date));
    }
    if let Some(date) = report.signed {
        facts.push(say!(lang, fact_signed, date));
    }
    let encoding = &opened.document.encoding;
    facts.push(say!(lang, fact_file, file = report.id, encoding));
    if let Some(note) = opened.log.note() {
        facts.push(say!(lang, fact_note, note));
    }
    facts.extend(report.errors.iter().map(|n| reading::note(n, lang)));
    facts
}

/// The lines of the source in a span, wrapped; runs of blank lines are one.
fn prose(lines: &mut Vec<Line>, opened: &Opened, span: Span, columns: usize, widths: Widths) {
    let text = opened.document.text.as_str();
    let mut at = span.start;
    for piece in span.of(text).split_inclusive('\n') {
        let kept = piece.trim_end();
        if kept.trim().is_empty() {
            if !matches!(lines.last(), None | Some(Line::Blank)) {
                lines.push(Line::Blank);
            }
        } else {
            for range in widths.wrap(kept, columns) {
                lines.push(Line::Text(Span::new(at + range.start, at + range.end)));
            }
        }
        at += piece.len();
    }
}

fn grid(lines: &mut Vec<Line>, opened: &Opened, table: &'static Table, unfolded: bool) {
    if !matches!(lines.last(), None | Some(Line::Blank)) {
        lines.push(Line::Blank);
    }
    lines.push(Line::Title(table));
    let keep = busy(opened);
    for block in &table.blocks {
        if block.columns.iter().any(|c| !c.key.is_empty()) {
            lines.push(Line::Heads(table, block));
        }
        let mut folded: Vec<(&'static Row, Quiet)> = Vec::new();
        for row in &block.rows {
            if row.key.is_empty() {
                fold(lines, table, block, &mut folded);
                lines.push(Line::Head(row));
                continue;
            }
            let quiet = opened
                .report
                .schema
                .ids_in(table, row)
                .map(|cell| {
                    if keep.contains(&cell) {
                        Quiet::No
                    } else {
                        quiet(opened, cell)
                    }
                })
                .reduce(|a, b| if a == b { a } else { Quiet::No })
                .filter(|_| !unfolded)
                .unwrap_or(Quiet::No);
            if folded.last().is_some_and(|(_, q)| *q != quiet) || quiet == Quiet::No {
                fold(lines, table, block, &mut folded);
            }
            if quiet == Quiet::No {
                lines.push(Line::Row(table, block, row));
            } else {
                folded.push((row, quiet));
            }
        }
        fold(lines, table, block, &mut folded);
    }
    lines.push(Line::Blank);
}

/// What makes a row one to fold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quiet {
    No,
    Zero,
    Missing,
}

fn quiet(opened: &Opened, cell: CellId) -> Quiet {
    match opened.assessment.in_force.cell(cell) {
        None => Quiet::Missing,
        Some(c) if c.decision.is_some() || c.stale.is_some() => Quiet::No,
        Some(c) if c.status == Status::Missing => Quiet::Missing,
        Some(c) if c.status == Status::Blank => Quiet::Zero,
        Some(c) if c.status == Status::Read && c.value == Some(Decimal::ZERO) => Quiet::Zero,
        Some(_) => Quiet::No,
    }
}

/// Cells that something is said of.
fn busy(opened: &Opened) -> BTreeSet<CellId> {
    let findings = opened.assessment.checked.findings.iter();
    let mut cells: BTreeSet<CellId> = findings
        .filter(|f| f.state != State::Dismissed && f.state != State::Resolved)
        .filter(|f| f.cells.len() <= 8)
        .flat_map(|f| f.cells.iter().copied())
        .collect();
    let few = opened.issues.iter().filter(|i| i.cells.len() <= 8);
    cells.extend(few.flat_map(|i| i.cells.iter().copied()));
    cells
}

fn fold(
    lines: &mut Vec<Line>,
    table: &'static Table,
    block: &'static BlockDef,
    folded: &mut Vec<(&'static Row, Quiet)>,
) {
    if folded.len() >= 3 {
        let missing = folded.iter().all(|(_, q)| *q == Quiet::Missing);
        lines.push(Line::Fold(folded.len(), missing));
    } else {
        lines.extend(folded.iter().map(|(r, _)| Line::Row(table, block, r)));
    }
    folded.clear();
}

/// The part of a target, and of a place in the text.
pub fn part_of(opened: &Opened, parts: &[Part], target: &Target) -> Option<usize> {
    match target {
        Target::Report(_) => Some(0),
        Target::Field(key) => {
            let id = key.split('.').next().unwrap_or("");
            parts
                .iter()
                .position(|p| p.tables.iter().any(|t| t.id == id))
        }
        Target::Finding(fingerprint) => {
            let findings = &opened.assessment.checked.findings;
            let finding = findings.iter().find(|f| f.fingerprint == *fingerprint)?;
            let span = finding.span?;
            parts.iter().position(|p| {
                let section = p.section.and_then(|i| opened.report.sections.get(i));
                section.is_some_and(|s| s.span.start <= span.start && span.start < s.span.end)
            })
        }
        _ => None,
    }
}
