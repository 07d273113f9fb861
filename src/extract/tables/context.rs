//! What every search for a table has at hand: the document, its folded copy, its grids, and where
//! the parts of the report begin.

use super::grid::Grids;
use crate::document::Document;
use crate::extract::budget::Budget;
use crate::extract::cues::Hits;
use crate::extract::prepared::Prepared;
use crate::form::{FormSet, Table};
use crate::report::Section;
use crate::text::{Folded, Span};

/// Longest stretch of text that the last row's figures are sought in.
const LAST_ROW: usize = 1500;

/// A document as the search for tables sees it.
pub struct Context<'a> {
    /// The forms by which it is read.
    pub forms: &'static FormSet,
    /// All their tables.
    pub tables: &'static [&'static Table],
    /// The document.
    pub document: &'a Document,
    /// Its copy, cells whole.
    pub folded: &'a Folded,
    /// The words in that.
    pub hits: &'a Hits,
    /// Its grids.
    pub grids: Grids<'a>,
    /// What the searches may take.
    pub budget: &'a Budget,
    /// Where the parts of the report begin in the linear text.
    parts: Vec<usize>,
}

impl<'a> Context<'a> {
    /// Makes it of a document and its sections.
    pub fn new(prepared: &'a Prepared<'a>, sections: &[Section]) -> Self {
        let of_statute = sections.iter().filter(|s| s.id.starts_with('s'));
        let mut parts: Vec<usize> = of_statute.map(|s| s.span.start).collect();
        parts.sort_unstable();
        Self {
            forms: prepared.forms,
            tables: &prepared.known.tables,
            document: prepared.document,
            folded: prepared.reading(),
            hits: prepared.reading_hits(),
            grids: Grids::new(prepared.document, &prepared.budget),
            budget: &prepared.budget,
            parts,
        }
    }

    /// The linear text.
    pub fn text(&self) -> &'a str {
        &self.document.text
    }

    /// Where what stands after the last label of a table must end: at the next part of the report,
    /// and not far away.
    pub fn last_row(&self, from: usize) -> usize {
        let next = self.parts.partition_point(|&s| s <= from);
        let part = self.parts.get(next).copied();
        part.unwrap_or(self.text().len()).min(from + LAST_ROW)
    }

    /// The part of the folded text that ends at a place, of so many bytes at most.
    pub fn before(&self, at: usize, reach: usize) -> &'a str {
        let text = &self.folded.text;
        let mut from = at.saturating_sub(reach);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        text.get(from..at).unwrap_or("")
    }

    /// The linear place of a stretch of the folded text.
    pub fn original(&self, start: usize, end: usize) -> Span {
        self.folded.original(start, end)
    }
}
