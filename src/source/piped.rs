//! Rows of cells with pipes between, as Markdown and many converters write them.

use super::table::{RawCell, grid};
use super::text::{Line, piece};
use crate::document::Grid;
use crate::text::Span;

/// A table of pipe rows at the start of these lines, and how many lines it takes. Only where the
/// empty cells were kept: old scrapers drop them and pad the row, and then places mean nothing.
pub fn piped(lines: &[Line<'_>]) -> Option<(Grid, usize)> {
    let used = reach(lines);
    if used < 3 {
        return None;
    }
    let rows: Vec<Vec<Span>> = lines[..used]
        .iter()
        .filter(|l| !is_rule(l.text))
        .map(cells)
        .collect();
    if !rows.iter().any(|row| keeps_empties(row)) || is_padded(&lines[..used]) {
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
    let span = lines[..used].iter().map(Line::span).reduce(Span::join)?;
    Some((grid(raw, rows.len(), span)?, used))
}

/// How many lines from here on hold pipes.
pub fn reach(lines: &[Line<'_>]) -> usize {
    lines.iter().take_while(|l| l.text.contains('|')).count()
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
fn cells(line: &Line<'_>) -> Vec<Span> {
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
fn is_padded(lines: &[Line<'_>]) -> bool {
    let ends = |l: &Line<'_>| l.text.trim_end().ends_with("||");
    let inside = |l: &Line<'_>| {
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

#[cfg(test)]
mod tests {
    use super::super::text::read;
    use crate::document::Block;

    fn grids(text: &str) -> Vec<(usize, usize, bool)> {
        let document = read(text.to_owned(), "UTF-8");
        document
            .blocks
            .iter()
            .filter_map(|b| {
                if let Block::Table(g) = b {
                    Some((g.rows, g.columns, g.rectangular))
                } else {
                    None
                }
            })
            .collect()
    }

    #[test]
    fn kept_empty_cells_make_a_grid() {
        assert_eq!(
            grids("| 规章 |  | 1 | \n|---|---|---|\n| 行政许可 | 2 |  | \n| 行政处罚 | 3 | 4 | \n"),
            [(3, 3, true)]
        );
        assert_eq!(
            grids("规章|  | 1\n行政许可| 2| 3| 4\n行政处罚| 3| 4\n"),
            [(3, 4, false)]
        );
    }

    #[test]
    fn padded_rows_make_none() {
        assert_eq!(
            grids("规章 | 1 | ||\n行政许可 | 2 | 3 | |\n行政处罚 | ||||\n"),
            []
        );
    }
}
