//! The place of a figure in its source, as a compiler shows one: line, column, and the line
//! itself with the figure marked.

use super::output::{char_width, safe_char};
use crate::document::{Block, Document, Format};
use crate::text::Span;

/// A line of the source with a stretch of it marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Line of the linear text, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What to print: safe for a terminal, cut to the width asked for.
    pub text: String,
    /// Display columns before the mark.
    pub offset: usize,
    /// Display columns of the mark, at least 1.
    pub length: usize,
    /// The lines are those of the file itself, not only of `gouji text`.
    pub of_file: bool,
    /// Number and text of the nearest line before that has words, where the line has none.
    pub context: Option<(usize, String)>,
}

/// A table that a converter laid out one cell a line has its label so far above a figure.
const NEAR: usize = 8;

/// Between the cells of a table row that is put together again.
const BETWEEN: &str = " | ";

/// Quotes the line at `span`, in at most `columns` columns. Where the text has a table cell a
/// line, the quote is the cell's whole row: a figure by itself says nothing.
pub fn quote(document: &Document, span: Span, columns: usize, ambiguous: u8) -> Quote {
    let text = &document.text;
    let start = floor(text, span.start);
    let end = floor(text, span.end).max(start);
    let before = &text[..start];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let column = text[line_start..start].chars().count() + 1;
    let (shown, mark) = row(document, Span::new(start, end)).unwrap_or_else(|| {
        let stop = end.min(line_end).max(start);
        (
            text[line_start..line_end].trim_end_matches('\r').to_owned(),
            (start - line_start, stop - line_start),
        )
    });
    let (shown, offset, length) = window(&shown, mark, columns, ambiguous);
    let context = if has_words(&shown) {
        None
    } else {
        let above = before[..line_start].lines().rev().take(NEAR).enumerate();
        let mut above = above.filter(|(_, l)| has_words(l));
        above.next().map(|(distance, l)| {
            let (label, ..) = window(l.trim(), (0, 0), columns, ambiguous);
            (line - 1 - distance, label)
        })
    };
    Quote {
        line,
        column,
        text: shown,
        offset,
        length,
        of_file: document.format == Format::Text,
        context,
    }
}

fn has_words(line: &str) -> bool {
    line.chars().any(char::is_alphabetic)
}

/// The largest character boundary that is not after `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The row of a table whose cells stand on lines of their own, on one line, and where in it the
/// marked cell is.
fn row(document: &Document, span: Span) -> Option<(String, (usize, usize))> {
    let text = &document.text;
    let inside = |s: &Span| s.start <= span.start && span.end <= s.end;
    let grid = document.blocks.iter().find_map(|block| match block {
        Block::Table(grid) if inside(&grid.span) => Some(grid),
        _ => None,
    })?;
    let cell = grid
        .cells
        .iter()
        .find(|c| c.spans.iter().any(inside))
        .filter(|c| !c.spans.is_empty())?;
    let mut cells: Vec<_> = grid.cells.iter().filter(|c| c.row == cell.row).collect();
    cells.sort_by_key(|c| c.column);
    let whole = cells.iter().filter_map(|c| c.span()).reduce(Span::join)?;
    if !whole.of(text).contains('\n') {
        // The row is one line of the source: quote that as it is.
        return None;
    }
    let (mut out, mut mark) = (String::new(), (0, 0));
    for (i, c) in cells.iter().enumerate() {
        if i > 0 {
            out.push_str(BETWEEN);
        }
        for piece in &c.spans {
            let part = piece.of(text);
            if inside(piece) {
                let head = part.get(..span.start - piece.start).unwrap_or("");
                let figure = part
                    .get(span.start - piece.start..span.end - piece.start)
                    .unwrap_or(part);
                out.push_str(head.trim_start());
                mark = (out.len(), out.len() + figure.len());
                out.push_str(figure);
                out.push_str(part.get(span.end - piece.start..).unwrap_or("").trim_end());
            } else {
                out.push_str(part.trim());
            }
        }
    }
    Some((out.replace(['\n', '\r'], " "), mark))
}

/// Cuts a line to a window around its mark.
fn window(
    line: &str,
    (from, to): (usize, usize),
    columns: usize,
    ambiguous: u8,
) -> (String, usize, usize) {
    /// A character as shown.
    struct Shown {
        c: char,
        at: usize,
        columns: usize,
    }
    let shown: Vec<Shown> = line
        .char_indices()
        .filter_map(|(at, c)| {
            safe_char(c).map(|c| Shown {
                c,
                at,
                columns: char_width(c, ambiguous),
            })
        })
        .collect();
    let first = shown.partition_point(|s| s.at < from);
    let last = shown.partition_point(|s| s.at < to).max(first);
    let sum = |range: &[Shown]| range.iter().map(|s| s.columns).sum::<usize>();
    let marked = sum(&shown[first..last]).max(1);
    let (mut begin, mut end) = (0, shown.len());
    if sum(&shown) > columns {
        // Of what remains beside the mark, more goes before it: that is where the label stands.
        let room = columns.saturating_sub(marked + 2);
        let mut left = room * 2 / 3;
        begin = first;
        while begin > 0 && shown[begin - 1].columns <= left {
            begin -= 1;
            left -= shown[begin].columns;
        }
        let mut right = room - room * 2 / 3 + if begin == 0 { left } else { 0 };
        end = first;
        while end < shown.len() && (end < last || shown[end].columns <= right) {
            if end >= last {
                right -= shown[end].columns;
            }
            end += 1;
            if end - begin > columns {
                break;
            }
        }
    }
    let mut text = String::new();
    let mut offset = 0;
    if begin > 0 {
        text.push('…');
        offset += char_width('…', ambiguous);
    }
    offset += sum(&shown[begin..first.min(end)]);
    text.extend(shown[begin..end].iter().map(|s| s.c));
    let length = sum(&shown[first.min(end)..last.min(end)]).max(1);
    if end < shown.len() {
        text.push('…');
    }
    (text, offset, length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Grid, GridCell};

    fn document(text: &str, blocks: Vec<Block>) -> Document {
        Document {
            text: text.to_owned(),
            blocks,
            head: Vec::new(),
            format: Format::Text,
            encoding: "UTF-8".to_owned(),
            notes: Vec::new(),
            marks: Vec::new(),
        }
    }

    fn at(text: &str, figure: &str) -> Span {
        let start = text.find(figure).unwrap();
        Span::new(start, start + figure.len())
    }

    #[test]
    fn the_line_with_its_mark() {
        let text = "一、总体情况\r\n二、上年结转\t| 21 | 0\r\n";
        let q = quote(&document(text, vec![]), at(text, "21"), 80, 1);
        assert_eq!((q.line, q.column), (2, 10));
        assert_eq!(q.text, "二、上年结转 | 21 | 0");
        assert_eq!((q.offset, q.length), (15, 2));
    }

    #[test]
    fn a_bare_figure_is_quoted_with_the_label_above() {
        let text = "行政许可\n30\n\n  2  \n";
        let start = text.find('2').unwrap();
        let q = quote(&document(text, vec![]), Span::new(start, start + 1), 80, 1);
        assert_eq!((q.line, q.text.as_str()), (4, "  2  "));
        assert_eq!(q.context, Some((1, "行政许可".to_owned())));
        let q = quote(&document(text, vec![]), at(text, "许可"), 80, 1);
        assert_eq!(q.context, None);
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let text = format!("{}予以公开37件{}", "字".repeat(500), "句".repeat(500));
        let q = quote(&document(&text, vec![]), at(&text, "37"), 40, 1);
        assert!(q.text.starts_with('…') && q.text.ends_with('…'));
        assert!(q.text.contains("予以公开37件"));
        let total: usize = q.text.chars().map(|c| char_width(c, 1)).sum();
        assert!(total <= 40, "{total}: {}", q.text);
        let before: String = q.text.chars().take_while(|c| *c != '3').collect();
        assert_eq!(
            q.offset,
            before.chars().map(|c| char_width(c, 1)).sum::<usize>()
        );
    }

    #[test]
    fn a_cell_is_quoted_with_its_row() {
        let text = "自然人\n总计\n本年新收\n55\n\n56\n";
        let cell = |row, column, t: &str| GridCell {
            row,
            column,
            row_span: 1,
            column_span: 1,
            spans: if t.is_empty() {
                vec![]
            } else {
                vec![at(text, t)]
            },
        };
        let grid = Grid {
            span: Span::new(0, text.len()),
            cells: vec![
                cell(0, 1, "自然人"),
                cell(0, 3, "总计"),
                cell(1, 0, "本年新收"),
                cell(1, 1, "55"),
                cell(1, 2, ""),
                cell(1, 3, "56"),
            ],
            rows: 2,
            columns: 4,
            rectangular: true,
        };
        let q = quote(
            &document(text, vec![Block::Table(Box::new(grid))]),
            at(text, "56"),
            80,
            1,
        );
        assert_eq!(q.text, "本年新收 | 55 |  | 56");
        assert_eq!((q.offset, q.length), (19, 2));
        assert_eq!(q.line, 6);
    }

    proptest::proptest! {
        #[test]
        fn no_span_panics(text in "\\PC{0,60}", a in 0usize..80, b in 0usize..80, w in 0usize..30) {
            let q = quote(&document(&text, vec![]), Span::new(a, b), w, 1);
            proptest::prop_assert!(q.length >= 1);
        }
    }
}
