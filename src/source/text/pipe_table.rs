//! Rows of cells with pipes between, as Markdown and many converters write them.
//!
//! `| 规章 |  | 1 |` has three cells; `规章 | 1 | ||` has lost the place of its empty ones, and is text.

use super::lines::TextLine;
use crate::document::Grid;
use crate::source::builder::{RawCell, grid, piece};
use crate::source::limits::Work;
use crate::text::Span;

/// A table of pipe rows at the start of these lines, and how many lines it takes. Only where the
/// empty cells were kept: old scrapers drop them and pad the row, and then places mean nothing.
pub fn pipe_table(lines: &[TextLine<'_>], work: &mut Work) -> Option<(Grid, usize)> {
    let used = reach(lines, work);
    if used < 3 {
        return None;
    }
    let lines = lines.get(..used)?;
    let rows: Vec<Vec<Span>> = lines
        .iter()
        .filter(|l| !is_rule(l.text))
        .map(cells)
        .collect();
    if !rows.iter().any(|row| keeps_empties(row)) || is_padded(lines) {
        return None;
    }
    let raw: Vec<RawCell> = rows
        .iter()
        .enumerate()
        .flat_map(|(row, cells)| {
            cells.iter().map(move |s| RawCell {
                row,
                row_span: 1,
                column_span: 1,
                spans: Some(*s).filter(|s| !s.is_empty()).into_iter().collect(),
            })
        })
        .collect();
    let span = lines.iter().map(TextLine::span).reduce(Span::join)?;
    Some((grid(raw, rows.len(), span, work)?, used))
}

/// How many lines from here on hold pipes.
pub fn reach(lines: &[TextLine<'_>], work: &mut Work) -> usize {
    let lines = lines.iter().take_while(|l| l.pipes);
    lines.inspect(|l| work.add(l.text.len() + 1)).count()
}

/// `---|:--:|---`
fn is_rule(line: &str) -> bool {
    line.contains('-')
        && line
            .chars()
            .all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t' | '+'))
        && line
            .split('|')
            .map(str::trim)
            .filter(|s| !s.is_empty())
            .all(|s| s.trim_matches(':').len() >= 3)
}

/// The places of a row's cells; those of empty cells are empty.
fn cells(line: &TextLine<'_>) -> Vec<Span> {
    let trimmed = line.text.trim_end();
    let mut at = line.start;
    let mut out = Vec::new();
    for cell in trimmed.split('|') {
        out.push(piece(at, cell));
        at += cell.len() + 1;
    }
    if trimmed.trim_start().starts_with('|') {
        out.remove(0);
    }
    if trimmed.ends_with('|') {
        out.pop();
    }
    out
}

/// Rows end in pipes without anything between, and no such pair stands inside a row: the row was
/// filled up after its empty cells had been dropped.
fn is_padded(lines: &[TextLine<'_>]) -> bool {
    let ends = |l: &TextLine<'_>| l.text.trim_end().ends_with("||");
    let inside = |l: &TextLine<'_>| {
        l.text
            .trim_end_matches(['|', ' ', '\t'])
            .trim_start_matches('|')
            .contains("||")
    };
    lines.iter().any(ends) && !lines.iter().any(inside)
}

/// Some cell is empty and a later one is not.
fn keeps_empties(row: &[Span]) -> bool {
    let last = row.iter().rposition(|s| !s.is_empty());
    last.is_some_and(|last| row.iter().take(last).any(|s| s.is_empty()))
}
