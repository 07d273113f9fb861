//! Where headings may stand: line starts, running text, and where tables forbid them.

use crate::document::{Block, Document};
use crate::form::{FormSet, Layout, Opening};
use crate::text::{Folded, Span};

use super::keywords::{Keywords, is_whole, keywords, part_at, part_of};
use super::{Candidate, Ordinal};

/// More characters than that on a line are no heading of the organ's own.
const MAX_HEADING: usize = 40;
/// More text than that in a cell is a page laid out with a table, not a table.
const CELL_BYTES: usize = 600;
const NUMERALS: &str = "一二三四五六七八九十";

/// A document as the search for headings sees it.
pub(super) struct Page<'a> {
    document: &'a Document,
    folded: &'a Folded,
    /// Cells of real tables.
    cells: Vec<Span>,
    /// Starts of headings and paragraphs, and the spans that the format marks as headings.
    starts: Vec<usize>,
    marked: Vec<Span>,
    words: &'static Keywords,
    /// Openings of rows that look like headings, each with where its table begins in the folded
    /// text, if it counts only from there on.
    rows: Vec<(&'static str, usize)>,
    cited_by: &'static [String],
}

/// An ordinal in front of a heading.
struct Numbered {
    ordinal: Ordinal,
    /// Bytes up to the words.
    length: usize,
    /// A mark parts it from the words.
    marked: bool,
}

impl<'a> Page<'a> {
    pub(super) fn new(forms: &'static FormSet, document: &'a Document, folded: &'a Folded) -> Self {
        let mut cells = Vec::new();
        let mut starts = Vec::new();
        let mut marked = Vec::new();
        for block in &document.blocks {
            match block {
                Block::Heading { span, .. } => {
                    starts.push(span.start);
                    marked.push(*span);
                }
                Block::Paragraph(span) => starts.push(span.start),
                Block::Table(grid) => {
                    let mut filled = vec![0usize; grid.rows];
                    for cell in grid.cells.iter().filter(|c| !c.spans.is_empty()) {
                        if let Some(count) = filled.get_mut(cell.row) {
                            *count += 1;
                        }
                    }
                    for cell in &grid.cells {
                        // Alone in its row, it may be a heading that stands in a sheet.
                        let alone = filled.get(cell.row).is_none_or(|&count| count <= 1);
                        if let Some(span) = cell.span() {
                            if alone || span.len() > CELL_BYTES {
                                starts.push(span.start);
                            } else {
                                cells.push(span);
                            }
                        }
                    }
                }
            }
        }
        starts.sort_unstable();
        cells.sort_unstable();
        Self {
            document,
            folded,
            cells,
            starts,
            marked,
            words: keywords(forms),
            rows: rows_like_headings(forms, &folded.text),
            cited_by: &forms.common().cited_by,
        }
    }

    /// Every place that reads like a heading, in the order of the text.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let text = &self.folded.text;
        let mut out: Vec<Candidate> = Vec::new();
        let mut done = 0;
        for (at, c) in text.char_indices() {
            if at < done {
                continue;
            }
            let origin = self.folded.original(at, at + c.len_utf8()).start;
            let opens = self.opens_line(origin);
            let may_number = NUMERALS.contains(c) || c == '第' || opens;
            if !may_number || self.in_cell(origin) {
                continue;
            }
            let found = if opens {
                self.in_line(at, origin)
            } else {
                self.in_running_text(at, origin)
            };
            if let Some(found) = found {
                done = found.end;
                out.push(found);
            }
        }
        out
    }

    /// A heading that opens a line: statutory, or the organ's own.
    fn in_line(&self, at: usize, origin: usize) -> Option<Candidate> {
        let rest = self.folded.text.get(at..)?;
        let number = ordinal(rest);
        let length = number.as_ref().map_or(0, |n| n.length);
        let words = rest.get(length..)?;
        let end_of_line = self.line_end(origin);
        let line_end = self.folded.at(end_of_line).max(at);
        let title = words
            .get(..line_end.saturating_sub(at + length))
            .unwrap_or("");
        let title = title.trim_end_matches(['*', '#', '_', '|']);
        if self.is_table_row(at, words) {
            return None;
        }
        let Some(number) = number else {
            let origin_end = self.folded.original(at, line_end).end;
            let marked = self
                .marked
                .iter()
                .any(|m| m.start <= origin && origin_end <= m.end);
            let mut part = part_at(self.words, words)
                .map(|(p, _)| p)
                .filter(|_| is_whole(self.words, title))?;
            part.full |= marked;
            return Some(Candidate {
                start: at,
                end: at + title.len(),
                part: Some(part),
                ordinal: Ordinal::None,
            });
        };
        let long = title.chars().count() > MAX_HEADING;
        let sentence =
            title.contains(['。', ';', '!']) || title.ends_with([',', '、']) || title.is_empty();
        if let Some((part, end)) = part_at(self.words, words) {
            // A line that goes on with a sentence has its heading in front of it.
            let ends = if long || sentence {
                end
            } else {
                title.len().max(end)
            };
            if !self.sentence_goes_on(words, end) {
                return Some(Candidate {
                    start: at,
                    end: at + length + ends,
                    part: Some(part),
                    ordinal: number.ordinal,
                });
            }
        }
        if long || sentence || !number.marked && number.ordinal == Ordinal::Chinese {
            return None;
        }
        if self.is_row_piece(title) {
            return None;
        }
        let part = part_of(self.words, title);
        Some(Candidate {
            start: at,
            end: at + length + title.len(),
            part,
            ordinal: number.ordinal,
        })
    }

    /// A statutory heading within a line: ordinal and words together.
    fn in_running_text(&self, at: usize, origin: usize) -> Option<Candidate> {
        let text = &self.folded.text;
        let rest = text.get(at..)?;
        let number = ordinal(rest).filter(|n| n.ordinal == Ordinal::Chinese)?;
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let blank_before = self
            .document
            .text
            .get(..origin)
            .and_then(|t| t.chars().next_back())
            .is_some_and(char::is_whitespace);
        // Quoted, referred to, or a longer numeral.
        if before.is_some_and(|c| {
            matches!(c, '"' | '见' | '第' | '(' | '[' | '由' | '括') || NUMERALS.contains(c)
        }) {
            return None;
        }
        let words = rest.get(number.length..)?;
        if self.is_table_row(at, words) {
            return None;
        }
        let (part, end) = part_at(self.words, words)?;
        let apart = blank_before || before.is_none_or(|c| !c.is_alphabetic());
        let sure = if number.marked {
            apart || part.full
        } else {
            blank_before && part.full
        };
        (sure && !self.sentence_goes_on(words, end)).then(|| Candidate {
            start: at,
            end: at + number.length + end,
            part: Some(part),
            ordinal: number.ordinal,
        })
    }

    fn is_table_row(&self, at: usize, words: &str) -> bool {
        let mut rows = self.rows.iter();
        rows.any(|(row, from)| at >= *from && words.starts_with(row))
    }

    /// The words go on so that they are part of a sentence: `一是主动公开…`, `三、依申请公开的…`.
    fn sentence_goes_on(&self, words: &str, end: usize) -> bool {
        let rest = words.get(end..).unwrap_or("");
        self.cited_by.iter().any(|t| rest.starts_with(t.as_str()))
    }

    /// A row of a table: the first piece of a broken label, or figures behind one.
    fn is_row_piece(&self, title: &str) -> bool {
        let label: String = title.chars().take_while(|c| c.is_alphabetic()).collect();
        let broken = self
            .rows
            .iter()
            .any(|(r, _)| !label.is_empty() && r.starts_with(&label) && *r != label);
        broken || title.contains("--")
    }

    fn in_cell(&self, origin: usize) -> bool {
        let next = self.cells.partition_point(|c| c.start <= origin);
        next.checked_sub(1)
            .and_then(|i| self.cells.get(i))
            .is_some_and(|c| origin < c.end)
    }

    /// Whether only marks of a heading or a list stand before this place in its line.
    fn opens_line(&self, origin: usize) -> bool {
        if self.starts.binary_search(&origin).is_ok() {
            return true;
        }
        let before = self.document.text.get(..origin).unwrap_or("");
        before
            .chars()
            .rev()
            .find(|c| {
                matches!(c, '\n' | '\r' | '\u{c}')
                    || !c.is_whitespace()
                        && !matches!(c, '#' | '*' | '_' | '>' | '\u{feff}' | '\u{200b}')
            })
            .is_none_or(|c| matches!(c, '\n' | '\r' | '\u{c}'))
    }

    fn line_end(&self, origin: usize) -> usize {
        let rest = self.document.text.get(origin..).unwrap_or("");
        let line = rest.find(['\n', '\r', '\u{c}']).unwrap_or(rest.len());
        origin + line
    }
}

/// Reads an ordinal: `一、`, `第一部分`, `（一）`, `1.`
fn ordinal(text: &str) -> Option<Numbered> {
    let mut rest = text;
    let mut ordinal = Ordinal::Chinese;
    let mut marked = false;
    if let Some(inner) = rest.strip_prefix('(') {
        ordinal = Ordinal::Lower;
        rest = inner;
    }
    let named = rest.strip_prefix('第');
    rest = named.unwrap_or(rest);
    let numerals = rest.trim_start_matches(|c| NUMERALS.contains(c));
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    if numerals.len() < rest.len() {
        rest = numerals;
    } else if digits.len() < rest.len() && rest.len() - digits.len() <= 2 {
        ordinal = Ordinal::Lower;
        rest = digits;
    } else {
        return None;
    }
    if named.is_some() {
        rest = rest
            .strip_prefix("部分")
            .or_else(|| rest.strip_prefix('章'))?;
        marked = true;
    }
    for mark in [')', '、', ',', '.', ':', '*'] {
        if let Some(after) = rest.strip_prefix(mark) {
            marked |= mark != '*';
            rest = after;
        }
    }
    if ordinal == Ordinal::Lower && !marked {
        return None;
    }
    // A decimal number is no ordinal.
    if ordinal == Ordinal::Lower && rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some(Numbered {
        ordinal,
        length: text.len() - rest.len(),
        marked,
    })
}

/// Rows of all tables that open like a heading, each with the place from which on it counts.
fn rows_like_headings(forms: &'static FormSet, text: &str) -> Vec<(&'static str, usize)> {
    let mut rows: Vec<(&'static str, usize)> = Vec::new();
    for layout in forms.tables().map(|t| &t.layout) {
        let from = match layout.not_headings_from_opening {
            false => 0,
            true => opening(layout, text).unwrap_or(usize::MAX),
        };
        rows.extend(layout.not_headings.iter().map(|r| (r.as_str(), from)));
    }
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// Where a table begins: the earliest of its openings.
fn opening(layout: &Layout, text: &str) -> Option<usize> {
    let first = |opening: &Opening| {
        let mut places = text.match_indices(opening.words.as_str());
        places.find_map(|(at, words)| {
            let after = text.get(at + words.len()..)?;
            let near: String = after.chars().take(opening.within).collect();
            near.contains(opening.then.as_str()).then_some(at)
        })
    };
    layout.openings.iter().filter_map(first).min()
}
