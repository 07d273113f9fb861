//! Where headings may stand: line starts, running text, and where tables forbid them.

use crate::document::{Block, Document};
use crate::extract::budget::Budget;
use crate::extract::cues::Place;
use crate::extract::prepared::Prepared;
use crate::form::{FormSet, Layout, Opening};
use crate::text::{Folded, Span};

use super::candidate::{Candidate, Ordinal};
use super::named::Named;

/// More characters than that on a line are no heading of the organ's own.
const MAX_HEADING: usize = 40;
/// More text than that in a cell is a page laid out with a table, not a table.
const CELL_BYTES: usize = 600;
/// What ends a line.
const BREAKS: [char; 3] = ['\n', '\r', '\u{c}'];
/// What may stand between an ordinal and the words, each once and in this order.
const MARKS: [char; 6] = [')', '、', ',', '.', ':', '*'];
/// More numerals than that are no ordinal.
const LONGEST_ORDINAL: usize = 16;
const NUMERALS: &str = "一二三四五六七八九十";

/// A document as the search for headings sees it.
pub(super) struct Page<'a> {
    document: &'a Document,
    folded: &'a Folded,
    budget: &'a Budget,
    named: Named<'a>,
    /// Where the first two characters of a keyword stand.
    begins: &'a [Place],
    /// Cells of real tables.
    cells: Vec<Span>,
    /// Starts of headings and paragraphs, and the spans that the format marks as headings.
    starts: Vec<usize>,
    marked: Vec<Span>,
    /// Openings of rows that look like headings, each with the place from which on it counts.
    rows: Vec<(&'static str, usize)>,
    cited_by: &'static [String],
}

/// A place where a heading can begin.
struct Beginning {
    /// In the folded text.
    at: usize,
    /// In the linear text.
    origin: usize,
    /// A line or a block begins there.
    opens: bool,
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
    pub(super) fn new(prepared: &'a Prepared<'_>) -> Self {
        let document = prepared.document;
        let folded = prepared.linear();
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
        marked.sort_unstable();
        cells.sort_unstable();
        Self {
            document,
            folded,
            budget: &prepared.budget,
            named: Named::new(prepared),
            begins: &prepared.hits().heading_starts,
            cells,
            starts,
            marked,
            rows: rows_like_headings(prepared.forms, &folded.text),
            cited_by: &prepared.forms.common().cited_by,
        }
    }

    /// Every place that reads like a heading, in the order of the text.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let mut out: Vec<Candidate> = Vec::new();
        let mut done = 0;
        let mut line_end = 0;
        for Beginning { at, origin, opens } in self.beginnings() {
            self.budget.count(1);
            if at < done || self.in_cell(origin) {
                continue;
            }
            let found = if opens {
                if line_end <= origin {
                    line_end = self.line_end(origin);
                    self.budget.count(line_end - origin);
                }
                self.in_line(at, origin, line_end)
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

    /// Where a heading can begin: at the first character of a line or block, and at an ordinal
    /// before the first two characters of a keyword.
    fn beginnings(&self) -> Vec<Beginning> {
        let text = &self.folded.text;
        let mut all: Vec<Beginning> = Vec::new();
        for origin in self.openings() {
            let at = self.folded.at(origin);
            let Some(first) = text.get(at..).and_then(|t| t.chars().next()) else {
                continue;
            };
            let numbered = matches!(first, '(' | '第') || NUMERALS.contains(first);
            if !numbered && !first.is_ascii_digit() && !self.named.may_begin(at) {
                continue;
            }
            // A character that leaves nothing in the copy begins no heading.
            if self.folded.original(at, at + 1).start == origin {
                all.push(Beginning {
                    at,
                    origin,
                    opens: true,
                });
            }
        }
        for words in self.begins {
            if let Some(at) = ordinal_before(text, words.start) {
                all.push(Beginning {
                    at,
                    origin: self.folded.original(at, at + 1).start,
                    opens: false,
                });
            }
        }
        all.sort_unstable_by_key(|b| (b.at, !b.opens));
        all.dedup_by_key(|b| b.at);
        all
    }

    /// The first characters of lines, marks of a heading or a list left out, and of blocks; in the
    /// linear text.
    fn openings(&self) -> Vec<usize> {
        let text = self.document.text.as_str();
        let mut openings = self.starts.clone();
        let breaks = memchr::memchr3_iter(b'\n', b'\r', 0xc, text.as_bytes());
        for start in std::iter::once(0).chain(breaks.map(|at| at + 1)) {
            // What the next line opens with is found from its own break on.
            let opens = |c: char| {
                BREAKS.contains(&c)
                    || !c.is_whitespace()
                        && !matches!(c, '#' | '*' | '_' | '>' | '\u{feff}' | '\u{200b}')
            };
            let line = text.get(start..).unwrap_or("");
            let first = line.find(opens);
            let first = first.filter(|&at| !line.get(at..).is_some_and(|l| l.starts_with(BREAKS)));
            openings.extend(first.map(|at| start + at));
        }
        openings.sort_unstable();
        openings.dedup();
        openings
    }

    /// A heading that opens a line: statutory, or the organ's own.
    fn in_line(&self, at: usize, origin: usize, end_of_line: usize) -> Option<Candidate> {
        let text = &self.folded.text;
        let rest = text.get(at..)?;
        let number = ordinal(rest);
        let length = number.as_ref().map_or(0, |n| n.length);
        let begin = at + length;
        if number.is_none() && !self.named.may_begin(begin) {
            return None;
        }
        let words = text.get(begin..)?;
        if self.is_table_row(at, words) {
            return None;
        }
        let line_end = self.folded.at(end_of_line).max(at);
        let title = text.get(begin..line_end.max(begin)).unwrap_or("");
        let title = title.trim_end_matches(['*', '#', '_', '|']);
        let title_end = begin + title.len();
        let Some(number) = number else {
            let origin_end = self.folded.original(at, line_end).end;
            let mut part = self
                .named
                .part_at(begin, text.len())
                .map(|(p, _)| p)
                .filter(|_| self.named.is_whole(begin, title_end))?;
            part.full |= self.is_marked(Span::new(origin, origin_end));
            return Some(Candidate {
                start: at,
                end: title_end,
                part: Some(part),
                ordinal: Ordinal::None,
            });
        };
        let long = title.chars().nth(MAX_HEADING).is_some();
        self.budget.count(title.len().min(MAX_HEADING));
        let sentence = long
            || title.contains(['。', ';', '!'])
            || title.ends_with([',', '、'])
            || title.is_empty();
        if let Some((part, end)) = self.named.part_at(begin, text.len()) {
            // A line that goes on with a sentence has its heading in front of it.
            let ends = if sentence { end } else { title.len().max(end) };
            if !self.sentence_goes_on(words, end) {
                return Some(Candidate {
                    start: at,
                    end: begin + ends,
                    part: Some(part),
                    ordinal: number.ordinal,
                });
            }
        }
        if sentence || !number.marked && number.ordinal == Ordinal::Chinese {
            return None;
        }
        if self.is_row_piece(title) {
            return None;
        }
        Some(Candidate {
            start: at,
            end: title_end,
            part: self.named.part_of(begin, title_end),
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
        let (part, end) = self.named.part_at(at + number.length, text.len())?;
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
        let end = title.find(|c: char| !c.is_alphabetic());
        let label = title.get(..end.unwrap_or(title.len())).unwrap_or("");
        let broken = self
            .rows
            .iter()
            .any(|(r, _)| !label.is_empty() && r.starts_with(label) && *r != label);
        broken || title.contains("--")
    }

    fn in_cell(&self, origin: usize) -> bool {
        let next = self.cells.partition_point(|c| c.start <= origin);
        next.checked_sub(1)
            .and_then(|i| self.cells.get(i))
            .is_some_and(|c| origin < c.end)
    }

    /// Whether the format marks a stretch of the linear text as a heading.
    fn is_marked(&self, place: Span) -> bool {
        let next = self.marked.partition_point(|m| m.start <= place.start);
        next.checked_sub(1)
            .and_then(|i| self.marked.get(i))
            .is_some_and(|m| place.end <= m.end)
    }

    fn line_end(&self, origin: usize) -> usize {
        let rest = self.document.text.get(origin..).unwrap_or("");
        let end = memchr::memchr3(b'\n', b'\r', 0xc, rest.as_bytes());
        origin + end.unwrap_or(rest.len())
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
    let numerals = run(rest.chars(), |c| NUMERALS.contains(c), LONGEST_ORDINAL)?;
    let digits = run(rest.chars(), |c| c.is_ascii_digit(), 2);
    if numerals > 0 {
        rest = rest.get(numerals..)?;
    } else {
        ordinal = Ordinal::Lower;
        rest = rest.get(digits.filter(|&d| d > 0)?..)?;
    }
    if named.is_some() {
        rest = rest
            .strip_prefix("部分")
            .or_else(|| rest.strip_prefix('章'))?;
        marked = true;
    }
    for mark in MARKS {
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

/// The bytes of the characters of a kind that come first; none where they are more than so many.
fn run(
    chars: impl Iterator<Item = char>,
    kind: impl Fn(char) -> bool,
    most: usize,
) -> Option<usize> {
    let mut bytes = 0;
    let mut count = 0;
    for c in chars.take_while(|c| kind(*c)) {
        bytes += c.len_utf8();
        count += 1;
        if count > most {
            return None;
        }
    }
    Some(bytes)
}

/// Where an ordinal in Chinese numerals starts that ends at a place, marks behind it counted in.
fn ordinal_before(text: &str, end: usize) -> Option<usize> {
    let mut before = text.get(..end)?;
    for mark in MARKS.iter().rev() {
        before = before.strip_suffix(*mark).unwrap_or(before);
    }
    let named = before
        .strip_suffix("部分")
        .or_else(|| before.strip_suffix('章'));
    let numeral = named.unwrap_or(before);
    let numerals = numeral.chars().rev();
    let numerals = run(numerals, |c| NUMERALS.contains(c), LONGEST_ORDINAL).filter(|&n| n > 0)?;
    let rest = numeral.get(..numeral.len() - numerals)?;
    match named {
        Some(_) => Some(rest.strip_suffix('第')?.len()),
        None => Some(rest.len()),
    }
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
        let words = opening.words.as_bytes();
        let mut places = memchr::memmem::find_iter(text.as_bytes(), words);
        places.find_map(|at| {
            let after = text.get(at + words.len()..)?;
            let near: String = after.chars().take(opening.within).collect();
            near.contains(opening.then.as_str()).then_some(at)
        })
    };
    layout.openings.iter().filter_map(first).min()
}
