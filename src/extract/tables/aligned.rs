//! A table's labels in the text, each with what stands behind it up to the next: behind
//! `1.属于国家秘密` and before `2.其他法律行政法规禁止公开`, the digits `0 0 0` and not the `2`.

use super::chain::{Chain, Hit};
use super::context::Context;
use super::grid::Seat;
use super::words::{self, Words};
use super::zone::is_cell_border;
use crate::form::{BlockDef, Row, Table};
use crate::text::Span;

/// A label that was found.
pub struct Label {
    /// Which row, and where.
    pub hit: Hit,
    /// The row's block.
    pub block: &'static BlockDef,
    /// What the form says of it.
    pub row: &'static Row,
    /// The text between the label and the next, in the linear text: the rest of the label and the
    /// next one's ordinal left out.
    pub zone: Span,
    /// Its place in a grid; a label that shares its cell with another has none.
    pub seat: Option<Seat>,
}

/// A table's labels.
pub struct Aligned {
    /// The table.
    pub table: &'static Table,
    /// Its number among all tables.
    pub number: usize,
    /// Its words.
    pub words: &'static Words,
    /// Its labels, in ascending order of rows and places.
    pub labels: Vec<Label>,
    /// Most of them stand in a grid.
    pub in_grid: bool,
}

impl Aligned {
    /// Finds what stands behind each label of a chain.
    pub fn new(cx: &Context<'_>, chain: &Chain) -> Option<Self> {
        let table = chain.table;
        let words = words::of(cx.forms, table);
        let rows: Vec<(&BlockDef, &Row)> = table.figure_rows().collect();
        let seats = cx.grids.seats(cx.folded, &chain.hits);
        let found = seats.iter().flatten().count();
        let mut labels = Vec::with_capacity(chain.hits.len());
        for (i, (hit, seat)) in chain.hits.iter().zip(seats).enumerate() {
            let (block, row) = *rows.get(hit.row)?;
            let next = match chain.hits.get(i + 1) {
                Some(next) => Some((*next, rows.get(next.row)?.1.ordinal)),
                None => None,
            };
            labels.push(Label {
                hit: *hit,
                block,
                row,
                zone: zone(cx, table, words, *hit, next),
                seat,
            });
        }
        Some(Self {
            table,
            number: chain.number,
            words,
            in_grid: found * 2 > labels.len(),
            labels,
        })
    }

    /// The first and the last label.
    pub fn ends(&self) -> Option<(&Label, &Label)> {
        Some((self.labels.first()?, self.labels.last()?))
    }

    /// Whether figures run together with labels and with one another.
    pub fn is_glued(&self, text: &str) -> bool {
        let mut with_figures = 0;
        let mut glued = 0;
        for label in &self.labels {
            let zone = label.without_unit(text);
            let content = zone.of(text);
            let after = text.get(zone.end..).and_then(|t| t.chars().next());
            let joined = after.is_some_and(|c| !c.is_whitespace() && !is_cell_border(c));
            if content.contains(|c: char| c.is_ascii_digit()) {
                with_figures += 1;
                let digit = |c: char| c.is_ascii_digit();
                glued +=
                    usize::from(content.starts_with(digit) || joined && content.ends_with(digit));
            }
        }
        glued * 2 > with_figures
    }
}

impl Label {
    /// The zone without the unit that a list prints between label and figure.
    pub fn without_unit(&self, text: &str) -> Span {
        let first = self.block.columns.first();
        let unit = if self.row.unit.is_empty() {
            first.map_or("", |c| c.unit.as_str())
        } else {
            self.row.unit.as_str()
        };
        if unit.is_empty() || first.is_some_and(|c| !c.key.is_empty()) {
            return self.zone;
        }
        let content = self.zone.of(text);
        let blanks = content.len() - content.trim_start().len();
        match content.trim_start().strip_prefix(unit) {
            Some(_) => Span::new(self.zone.start + blanks + unit.len(), self.zone.end),
            None => self.zone,
        }
    }

    /// Whether all that stands between this label and the next is a digit by itself that may be
    /// this row's figure as well as the next one's ordinal.
    pub fn shares_digit(&self, cx: &Context<'_>, next: &Self) -> bool {
        let ordinal = next.row.ordinal;
        let (end, start) = (self.hit.end, next.hit.start);
        let between = cx.folded.text.get(end..start).unwrap_or("");
        if ordinal == 0 || between != ordinal.to_string() {
            return false;
        }
        let digit = cx.original(start - 1, start).end;
        let label = cx.original(start, start + 1).start;
        let gap = cx.text().get(digit..label);
        gap.is_some_and(|gap| !gap.is_empty())
    }
}

/// The text between a label and the next, which comes with its ordinal.
fn zone(cx: &Context<'_>, table: &Table, words: &Words, hit: Hit, next: Option<(Hit, u8)>) -> Span {
    let text = &cx.folded.text;
    let start = label_end(text, words, hit);
    let from = cx.original(start.saturating_sub(1), start).end;
    let to = match next {
        Some((next, ordinal)) => {
            let end = before_ordinal(text, start, next.start, ordinal);
            let end = before_heads(&table.layout.heads, text, start, end);
            cx.budget.count(end.saturating_sub(start));
            if end == start {
                from
            } else {
                cx.original(end - 1, end).end
            }
        }
        None => {
            let at = cx.folded.at(cx.last_row(from));
            cx.original(at, at).start
        }
    };
    Span::new(from, to.max(from))
}

/// The end of a label whose beginning was hit: the rest of it may follow at once.
fn label_end(text: &str, words: &Words, hit: Hit) -> usize {
    let label = words.rows.get(hit.row).map_or("", String::as_str);
    let Some(found) = text.get(hit.start..hit.end) else {
        return hit.end;
    };
    let at = if label.starts_with(found) {
        Some(0)
    } else {
        label.find(found)
    };
    let Some(rest) = at.and_then(|at| label.get(at + found.len()..)) else {
        return hit.end;
    };
    let after = text.get(hit.end..).unwrap_or("");
    let same = rest
        .chars()
        .zip(after.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum::<usize>();
    hit.end + same
}

/// Where the ordinal before a label starts (`2.`, `2、`, `(2)`), so that its digit is no figure.
fn before_ordinal(text: &str, from: usize, start: usize, ordinal: u8) -> usize {
    let Some(before) = text.get(from..start) else {
        return start;
    };
    if ordinal == 0 {
        return start;
    }
    let open = |s: &str| s.strip_suffix('(').map_or(s.len(), str::len);
    let without = before.trim_end_matches(['.', '、', ',', ')', '"', ':']);
    match without.strip_suffix(&ordinal.to_string()) {
        Some(rest) if without.len() < before.len() || rest.is_empty() => from + open(rest),
        _ => start,
    }
}

/// Where the heads of the next block start: what follows them is none of this row.
fn before_heads(heads: &[String], text: &str, from: usize, to: usize) -> usize {
    let zone = text.get(from..to).unwrap_or("");
    let first = heads.iter().filter_map(|h| zone.find(h.as_str())).min();
    first.map_or(to, |at| from + at)
}
