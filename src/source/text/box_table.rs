//! Tables drawn with lines: `┌─┬─┐` of text browsers, `+---+` of converters. A cell may be wrapped
//! over lines, and may reach over rows and columns where no line is drawn.
//!
//! `┌──┬─┐␊│甲│1│␊└──┴─┘␊` is a row of two cells.

use std::collections::{BTreeMap, BTreeSet};

use unicode_width::UnicodeWidthChar;

use super::lines::TextLine;
use crate::document::{Grid, GridCell};
use crate::source::builder::piece;
use crate::source::limits::Work;
use crate::text::Span;

/// Whether a table is drawn from this line on.
pub fn is_box(line: &str) -> bool {
    let start = line.trim_start();
    start.starts_with(is_corner)
        || start.starts_with(['├', '│', '┃', '║'])
        || start.starts_with("+-")
        || start.starts_with("+=")
}

/// With what a table is drawn; the marks of the other kind are text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pen {
    Ascii,
    Box,
}

impl Pen {
    fn of(line: &TextLine<'_>) -> Self {
        if line.text.trim_start().starts_with('+') {
            Self::Ascii
        } else {
            Self::Box
        }
    }

    /// Parts cells side by side: an upright, a corner or a crossing.
    fn is_edge(self, c: char) -> bool {
        match self {
            Self::Ascii => matches!(c, '+' | '|'),
            Self::Box => {
                matches!(c, '│' | '┃' | '║' | '\u{250c}'..='\u{254b}' | '\u{2552}'..='\u{256c}')
            }
        }
    }

    fn is_level(self, c: char) -> bool {
        match self {
            Self::Ascii => matches!(c, '-' | '=' | ':'),
            Self::Box => matches!(c, '─' | '━' | '═'),
        }
    }

    fn is_row(self, line: &str) -> bool {
        let line = line.trim();
        line.starts_with(|c| self.is_edge(c)) && line.ends_with(|c| self.is_edge(c))
    }
}

fn is_corner(c: char) -> bool {
    matches!(c, '┌' | '┏' | '╔' | '╭')
}

fn is_last(line: &str) -> bool {
    line.trim_start().starts_with(['└', '┗', '╚', '╰'])
}

/// How many lines from here on are drawn in the same way, up to the foot of the table.
pub fn reach(lines: &[TextLine<'_>], work: &mut Work) -> usize {
    let Some(pen) = lines.first().map(Pen::of) else {
        return 0;
    };
    let last = lines
        .iter()
        .inspect(|l| work.add(l.text.len() + 1))
        .position(|l| !pen.is_row(l.text) || is_last(l.text))
        .unwrap_or(lines.len());
    last + usize::from(lines.get(last).is_some_and(|l| pen.is_row(l.text)))
}

/// A stretch of a line between two edges.
struct Stretch {
    /// Its first column of the grid, and the one after its last.
    from: usize,
    to: usize,
    /// A line is drawn along it.
    rule: bool,
    span: Span,
}

/// The table at the start of these lines, and how many lines it takes.
pub fn box_table(lines: &[TextLine<'_>], work: &mut Work) -> Option<(Grid, usize)> {
    let pen = Pen::of(lines.first()?);
    let used = reach(lines, work);
    let rows = stretches(lines.get(..used)?, pen, work)?;
    let columns = rows.iter().flatten().map(|s| s.to).max()?;
    if used < 3 {
        return None;
    }
    let rules = rows.iter().filter(|r| r.iter().any(|s| s.rule)).count();
    // Clients of databases draw no line between rows: there each line is one.
    let whole = rows.iter().filter(|r| r.iter().all(|s| s.rule)).count();
    let plain = rules == 0 || rules <= 3 && whole == rules && used > rules + 3;
    let mut cells: Vec<GridCell> = Vec::new();
    // The open cell that starts in a column.
    let mut open: BTreeMap<usize, usize> = BTreeMap::new();
    let mut row = 0usize;
    let mut filled = false;
    for stretches in &rows {
        let full = stretches.iter().filter(|s| !s.span.is_empty()).count();
        let begins = plain && stretches.first().is_some_and(|s| !s.span.is_empty()) && full > 1;
        if filled && (stretches.iter().any(|s| s.rule) || begins || rules == 0) {
            row += 1;
            filled = false;
            if begins || rules == 0 {
                open.clear();
            }
        }
        for s in stretches {
            work.add(1);
            if s.rule {
                work.add(open.len());
                open.retain(|&c, &mut i| {
                    let Some(cell) = cells.get_mut(i) else {
                        return false;
                    };
                    let stays = c >= s.to || c + cell.column_span <= s.from;
                    if !stays {
                        cell.row_span = row.saturating_sub(cell.row).max(1);
                    }
                    stays
                });
                continue;
            }
            let at = *open.entry(s.from).or_insert_with(|| {
                cells.push(GridCell {
                    row,
                    column: s.from,
                    row_span: 1,
                    column_span: (s.to - s.from).max(1),
                    spans: Vec::new(),
                });
                cells.len() - 1
            });
            if let Some(cell) = cells.get_mut(at) {
                cell.spans.extend(Some(s.span).filter(|s| !s.is_empty()));
            }
            filled = true;
        }
    }
    let count = row + usize::from(filled);
    for i in open.into_values() {
        if let Some(cell) = cells.get_mut(i) {
            cell.row_span = count.saturating_sub(cell.row).max(1);
        }
    }
    cells.sort_by_key(|c| (c.row, c.column));
    let span = cells.iter().filter_map(GridCell::span).reduce(Span::join)?;
    Some((
        Grid {
            span,
            cells,
            rows: count,
            columns,
            rectangular: true,
        },
        used,
    ))
}

/// How wide a program takes a character to be: those such as `“` and `│` are one column or two,
/// and some programs count characters.
#[derive(Debug, Clone, Copy)]
enum Width {
    Narrow,
    Wide,
    One,
}

impl Width {
    fn of(self, c: char) -> usize {
        match self {
            Self::Narrow => narrow(c),
            Self::Wide => c.width_cjk().unwrap_or(0),
            Self::One => 1,
        }
    }
}

fn narrow(c: char) -> usize {
    match c {
        ' '..='~' => 1,
        '\u{4e00}'..='\u{9fff}' => 2,
        _ => c.width().unwrap_or(0),
    }
}

/// The widths of text and of lines.
const WIDTHS: [(Width, Width); 5] = [
    (Width::Narrow, Width::Narrow),
    (Width::Wide, Width::Wide),
    (Width::Wide, Width::Narrow),
    (Width::Narrow, Width::Wide),
    (Width::One, Width::One),
];

/// The column where a line ends, by each reading of the widths.
fn ends(line: &str, pen: Pen) -> [usize; 5] {
    let line = line.trim_end();
    // Text and lines apart: each is wide in some readings and narrow in others.
    let (mut text, mut drawn, mut all) = ((0, 0), (0, 0), 0);
    for (i, c) in line.char_indices() {
        let narrow = narrow(c);
        let wide = match c {
            ' '..='~' | '\u{4e00}'..='\u{9fff}' => narrow,
            _ => c.width_cjk().unwrap_or(0),
        };
        let sum = if is_drawn(line, i, c, pen) {
            &mut drawn
        } else {
            &mut text
        };
        *sum = (sum.0 + narrow, sum.1 + wide);
        all += 1;
    }
    [
        text.0 + drawn.0,
        text.1 + drawn.1,
        text.1 + drawn.0,
        text.0 + drawn.1,
        all,
    ]
}

fn is_drawn(line: &str, at: usize, c: char, pen: Pen) -> bool {
    pen.is_level(c) || is_edge(line, at, c, pen)
}

fn is_edge(line: &str, at: usize, c: char, pen: Pen) -> bool {
    pen.is_edge(c) && (c != '+' || is_crossing(line, at))
}

/// The edges of a line: the byte and the column of each, by one reading of the widths; and the
/// column where the line ends.
fn edges(line: &str, pen: Pen, (text, lines): (Width, Width)) -> (Vec<(usize, usize)>, usize) {
    let line = line.trim_end();
    let mut out = Vec::new();
    let mut x = 0;
    for (i, c) in line.char_indices() {
        let edge = is_edge(line, i, c, pen);
        if edge {
            out.push((i, x));
        }
        let drawn = edge || pen.is_level(c);
        x += if drawn { lines.of(c) } else { text.of(c) };
    }
    (out, x)
}

/// Whether a plus sign is drawn, and not that of a figure.
fn is_crossing(line: &str, at: usize) -> bool {
    let before = line.get(..at).unwrap_or("");
    let after = line.get(at + 1..).unwrap_or("");
    ["--", "=="]
        .iter()
        .any(|rule| before.ends_with(rule) || after.starts_with(rule))
}

/// The lines cut at their edges. The reading of widths is the one in which most lines end in the
/// same column; the edges of lines that do not are moved to the nearest of the others.
fn stretches(lines: &[TextLine<'_>], pen: Pen, work: &mut Work) -> Option<Vec<Vec<Stretch>>> {
    let mut counts: [BTreeMap<usize, usize>; 5] = Default::default();
    for line in lines {
        work.add(line.text.len());
        for (count, end) in counts.iter_mut().zip(ends(line.text, pen)) {
            *count.entry(end).or_default() += 1;
        }
    }
    let mut best: Option<(usize, usize, (Width, Width))> = None;
    for (ends, widths) in counts.into_iter().zip(WIDTHS) {
        let (end, count) = ends.into_iter().max_by_key(|&(_, n)| n)?;
        if best.is_none_or(|(most, ..)| count > most) {
            best = Some((count, end, widths));
        }
    }
    let (_, end, widths) = best?;
    let drawn: Vec<_> = lines.iter().map(|l| edges(l.text, pen, widths)).collect();
    let joint =
        |line: &TextLine<'_>, i: usize| !line.text.get(i..).is_some_and(|t| t.starts_with('|'));
    let known: BTreeSet<usize> = lines
        .iter()
        .zip(&drawn)
        .filter(|(_, (_, e))| *e == end)
        .flat_map(|(l, (edges, _))| {
            edges
                .iter()
                .filter(move |(i, _)| joint(l, *i))
                .map(|(_, x)| *x)
        })
        .collect();
    let known: Vec<usize> = known.into_iter().collect();
    if known.len() < 3 || known.len() > MOST_EDGES {
        return None;
    }
    Some(
        lines
            .iter()
            .zip(&drawn)
            .map(|(line, (edges, e))| cut(line, edges, &known, *e == end, pen))
            .collect(),
    )
}

/// A table of more columns is a picture.
const MOST_EDGES: usize = 200;

fn cut(
    line: &TextLine<'_>,
    edges: &[(usize, usize)],
    known: &[usize],
    in_place: bool,
    pen: Pen,
) -> Vec<Stretch> {
    let mut out = Vec::new();
    // The grid's edge that the last one was, and the byte after it.
    let mut last: Option<(usize, usize)> = None;
    for (n, &(i, x)) in edges.iter().enumerate() {
        let place = if in_place {
            known.iter().position(|k| *k == x)
        } else if edges.len() == known.len() {
            Some(n)
        } else {
            let nearest = known.iter().enumerate().min_by_key(|(_, k)| k.abs_diff(x));
            nearest.map(|(p, _)| p)
        };
        // An edge where the table has none is text.
        let Some(place) = place.filter(|p| last.is_none_or(|(from, _)| *p > from)) else {
            continue;
        };
        let width = line
            .text
            .get(i..)
            .and_then(|t| t.chars().next())
            .map_or(1, char::len_utf8);
        if let Some((from, start)) = last {
            let text = line.text.get(start..i).unwrap_or("");
            let rule = !text.is_empty() && text.chars().all(|c| pen.is_level(c) || pen.is_edge(c));
            out.push(Stretch {
                from,
                to: place,
                rule,
                span: if rule {
                    Span::new(0, 0)
                } else {
                    piece(line.start + start, text)
                },
            });
        }
        last = Some((place, i + width));
    }
    out
}
