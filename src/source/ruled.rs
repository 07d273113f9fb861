//! Tables whose columns a line of dashes gives, as pandoc writes plain text.

use super::table::{RawCell, grid};
use super::text::{Line, piece, width};
use crate::document::{Grid, Span};

/// A table under a line of dash runs at the start of these lines, and how many lines it takes.
pub fn ruled(lines: &[Line<'_>]) -> Option<(Grid, usize)> {
    let columns = columns(lines.first()?.text)?;
    let close = lines
        .iter()
        .skip(1)
        .position(|l| columns_or_rule(l.text))
        .map(|i| i + 1);
    let blank = lines.iter().position(Line::is_blank).unwrap_or(lines.len());
    let end = match close {
        Some(close) if close < 3000 => close,
        _ => blank,
    };
    let body = lines.get(1..end)?;
    // With blank lines inside, a row is what stands between them; else each line is a row.
    let wrapped = body.iter().any(Line::is_blank);
    let mut raw: Vec<RawCell> = Vec::new();
    let mut row = 0;
    let mut begun = false;
    for line in body {
        if line.is_blank() || !wrapped {
            row += usize::from(begun);
            begun = false;
        }
        if line.is_blank() {
            continue;
        }
        let pieces = cut(line, &columns);
        if begun {
            let from = raw.len() - columns.len();
            for (cell, span) in raw[from..].iter_mut().zip(pieces) {
                cell.spans.extend(Some(span).filter(|s| !s.is_empty()));
            }
        } else {
            raw.extend(pieces.into_iter().map(|s| RawCell {
                row,
                row_span: 1,
                column_span: 1,
                spans: Some(s).filter(|s| !s.is_empty()).into_iter().collect(),
            }));
            begun = true;
        }
    }
    let rows = row + usize::from(begun);
    let span = body
        .iter()
        .filter(|l| !l.is_blank())
        .map(Line::span)
        .reduce(Span::join)?;
    let used = if close == Some(end) { end + 1 } else { end };
    (rows > 1).then(|| (grid(raw, rows, span), used))
}

/// The first column of the terminal of each run of dashes; two runs at least.
fn columns(line: &str) -> Option<Vec<usize>> {
    let plain = line.chars().all(|c| matches!(c, '-' | '=' | ' '));
    let starts: Vec<usize> = line
        .char_indices()
        .filter(|&(i, c)| c != ' ' && !line.get(..i).is_some_and(|b| b.ends_with(['-', '='])))
        .map(|(i, _)| i)
        .collect();
    let long = line
        .split(' ')
        .filter(|r| !r.is_empty())
        .all(|r| r.len() >= 2);
    (plain && long && starts.len() >= 2).then_some(starts)
}

fn columns_or_rule(line: &str) -> bool {
    let trimmed = line.trim();
    trimmed.len() >= 6 && trimmed.chars().all(|c| matches!(c, '-' | '=' | ' '))
}

/// The pieces of a line by column.
fn cut(line: &Line<'_>, columns: &[usize]) -> Vec<Span> {
    let mut bounds = vec![None; columns.len()];
    let mut x = 0;
    for (i, c) in line.text.char_indices() {
        for (bound, &start) in bounds.iter_mut().zip(columns) {
            if bound.is_none() && x >= start {
                *bound = Some(i);
            }
        }
        x += width(c);
    }
    let ends = bounds
        .iter()
        .skip(1)
        .map(|b| b.unwrap_or(line.text.len()))
        .chain([line.text.len()]);
    let starts = bounds.iter().map(|b| b.unwrap_or(line.text.len()));
    starts
        .zip(ends)
        .enumerate()
        .map(|(i, (from, to))| {
            let from = if i == 0 { 0 } else { from };
            piece(
                line.start + from,
                line.text.get(from..to.max(from)).unwrap_or(""),
            )
        })
        .collect()
}
