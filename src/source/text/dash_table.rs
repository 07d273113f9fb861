//! Tables whose columns a line of dash runs gives, as pandoc writes plain text: simple ones with
//! a row a line, and those whose rows are wrapped over lines and set apart by blank ones.
//!
//! `  指标  数␊  ----- --␊  规章  1␊` and a blank line are two rows of two columns.

use unicode_width::UnicodeWidthChar;

use super::lines::TextLine;
use crate::document::Grid;
use crate::source::builder::{RawCell, grid, piece};
use crate::source::limits::Work;
use crate::text::Span;

/// Lines of a table at most; further off, a line of dashes is another table's.
const LONGEST: usize = 20_000;

/// A table of more columns is none of ours.
const MOST_COLUMNS: usize = 400;

/// A table at the start of these lines, and how many lines it takes. It may open with its line of
/// runs, with a line of dashes over its head, or with its head.
pub fn dash_table(lines: &[TextLine<'_>], work: &mut Work) -> Option<(Grid, usize)> {
    let first = lines.first()?;
    if first.is_blank() {
        return None;
    }
    let (head, rule) = if runs(first.text).is_some() {
        (0..0, 0)
    } else if is_level(first.text) {
        let blank = lines.iter().take(20).position(TextLine::is_blank)?;
        let rule = lines
            .iter()
            .take(blank)
            .position(|l| runs(l.text).is_some())?;
        (1..rule, rule)
    } else if lines.get(1).is_some_and(|l| runs(l.text).is_some()) {
        (0..1, 1)
    } else {
        return None;
    };
    let columns = runs(lines.get(rule)?.text).filter(|c| c.len() <= MOST_COLUMNS)?;
    let after = lines.get(rule + 1..)?;
    let closing = |l: &TextLine<'_>| runs(l.text).is_some_and(|r| r == columns) || is_level(l.text);
    // Another table's line ends this one too.
    let end = after
        .iter()
        .take(LONGEST)
        .inspect(|l| work.add(l.text.len() + 1))
        .position(|l| l.is_blank() || is_level(l.text) || runs(l.text).is_some())
        .unwrap_or(after.len().min(LONGEST));
    let stop = after.get(end);
    let (length, closed, wrapped) = if stop.is_some_and(closing) {
        (end, true, false)
    } else if stop.is_some_and(TextLine::is_blank) && (is_level(first.text) || rule == 0) {
        match wrapped_end(after, &columns, closing, work) {
            Some(close) => (close, true, true),
            None => (end, false, false),
        }
    } else {
        (end, false, false)
    };
    // Without a head and a closing line two rules of a page are no table.
    if !closed && head.is_empty() {
        return None;
    }
    let body = after.get(..length)?;
    let mut rows: Vec<Vec<Vec<Span>>> = Vec::new();
    let head = lines.get(head)?;
    let mut open = false;
    for (line, joined) in head
        .iter()
        .map(|l| (l, true))
        .chain(body.iter().map(|l| (l, wrapped)))
        .enumerate()
        .map(|(i, (line, joined))| {
            // The head's lines are one row, and end where the body begins.
            (line, joined && i != head.len())
        })
    {
        if line.is_blank() {
            open = false;
            continue;
        }
        work.add(line.text.len() + columns.len());
        let pieces = cut(line, &columns);
        match rows.last_mut().filter(|_| open && joined) {
            Some(row) => {
                for (cell, piece) in row.iter_mut().zip(pieces) {
                    cell.extend(piece);
                }
            }
            None => rows.push(
                pieces
                    .into_iter()
                    .map(|p| p.into_iter().collect())
                    .collect(),
            ),
        }
        open = true;
    }
    if rows.len() < 2 {
        return None;
    }
    let span = rows
        .iter()
        .flatten()
        .flatten()
        .copied()
        .reduce(Span::join)?;
    let count = rows.len();
    let raw = rows
        .into_iter()
        .enumerate()
        .flat_map(|(row, cells)| {
            cells.into_iter().map(move |spans| RawCell {
                row,
                row_span: 1,
                column_span: 1,
                spans,
            })
        })
        .collect();
    let used = rule + 1 + length + usize::from(closed);
    Some((grid(raw, count, span, work)?, used))
}

/// The closing line of a table with blank lines inside: before it nothing but text that keeps
/// between its edges, and no other line of runs.
fn wrapped_end(
    lines: &[TextLine<'_>],
    columns: &[Column],
    closing: impl Fn(&TextLine<'_>) -> bool,
    work: &mut Work,
) -> Option<usize> {
    let from = columns.first()?.from;
    for (i, line) in lines.iter().take(LONGEST).enumerate() {
        work.add(line.text.len() + 1);
        if closing(line) {
            return Some(i);
        }
        let indent = line.text.len() - line.text.trim_start_matches(' ').len();
        if runs(line.text).is_some() || !line.is_blank() && indent < from {
            return None;
        }
    }
    None
}

/// Where a column's run of dashes begins and ends, in columns of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Column {
    from: usize,
    to: usize,
}

/// The columns of a line of dash runs; two runs at least.
fn runs(line: &str) -> Option<Vec<Column>> {
    let line = line.trim_end();
    if !line
        .as_bytes()
        .first()
        .is_some_and(|b| matches!(b, b' ' | b'-' | b'='))
    {
        return None;
    }
    let mut out: Vec<Column> = Vec::new();
    let mut last = ' ';
    for (i, c) in line.char_indices() {
        match c {
            ' ' => {}
            '-' | '=' if last == c => out.last_mut()?.to = i + 1,
            '-' | '=' if last == ' ' => out.push(Column { from: i, to: i + 1 }),
            _ => return None,
        }
        last = c;
    }
    (out.len() >= 2 && out.iter().all(|c| c.to - c.from >= 2)).then_some(out)
}

/// One unbroken line of dashes.
fn is_level(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 6 && (line.bytes().all(|b| b == b'-') || line.bytes().all(|b| b == b'='))
}

/// A count of columns by each reading of widths.
#[derive(Debug, Clone, Copy, Default)]
struct Columns {
    narrow: usize,
    wide: usize,
    one: usize,
}

/// A word of a line with the blanks before it.
struct Chunk {
    span: Span,
    /// Its first column where characters of ambiguous width take one, where they take two, and
    /// where all take one, as programs have it that know no width.
    x: Columns,
    /// More than a blank stands before it, or nothing.
    apart: bool,
}

/// The pieces of a line by column. Text is set off by its place, but programs do not agree on the
/// width of characters such as `“`, so all are tried; and a piece may reach over its column.
fn cut(line: &TextLine<'_>, columns: &[Column]) -> Vec<Option<Span>> {
    let chunks = chunks(line);
    // As many pieces as columns: each has its own, wherever the widths have put it.
    if chunks.iter().filter(|c| c.apart).count() == columns.len() {
        let mut out: Vec<Option<Span>> = Vec::with_capacity(columns.len());
        for chunk in &chunks {
            match out.last_mut() {
                Some(Some(span)) if !chunk.apart => *span = span.join(chunk.span),
                _ => out.push(Some(chunk.span)),
            }
        }
        return out;
    }
    let misses = |mode: fn(&Chunk) -> usize| {
        chunks
            .iter()
            .filter(|c| c.apart && columns.binary_search_by_key(&mode(c), |o| o.from).is_err())
            .count()
    };
    let modes: [fn(&Chunk) -> usize; 3] = [|c| c.x.narrow, |c| c.x.wide, |c| c.x.one];
    let Some(mode) = modes.into_iter().min_by_key(|&m| misses(m)) else {
        return Vec::new();
    };
    let mut out: Vec<Option<Span>> = vec![None; columns.len()];
    let mut current = None;
    for chunk in &chunks {
        let x = mode(chunk);
        let place = columns.partition_point(|c| c.from <= x).saturating_sub(1);
        let begins = columns.get(place).is_some_and(|c| c.from == x);
        let to = match current {
            // Words of a piece that reaches over its column stay with it.
            Some(own) if !chunk.apart && !begins => own,
            Some(own) if place < own => own,
            _ => place,
        };
        current = Some(to);
        if let Some(cell) = out.get_mut(to) {
            *cell = Some(cell.map_or(chunk.span, |s: Span| s.join(chunk.span)));
        }
    }
    out
}

fn chunks(line: &TextLine<'_>) -> Vec<Chunk> {
    let mut out = Vec::new();
    let mut x = Columns::default();
    let mut from: Option<(usize, Columns)> = None;
    let mut blanks = 2;
    let end =
        |from: &mut Option<(usize, Columns)>, to: usize, blanks: usize, out: &mut Vec<Chunk>| {
            if let Some((start, x)) = from.take() {
                let text = line.text.get(start..to).unwrap_or("");
                let span = piece(line.start + start, text);
                if !span.is_empty() {
                    out.push(Chunk {
                        span,
                        x,
                        apart: blanks >= 2,
                    });
                }
            }
        };
    for (i, c) in line.text.char_indices() {
        if c == ' ' {
            if from.is_some() {
                end(&mut from, i, blanks, &mut out);
                blanks = 0;
            }
            blanks += 1;
        } else if from.is_none() {
            from = Some((i, x));
        }
        x.narrow += c.width().unwrap_or(0);
        x.wide += c.width_cjk().unwrap_or(0);
        x.one += 1;
    }
    end(&mut from, line.text.len(), blanks, &mut out);
    out
}
