//! A document made ready for every search: folded once and scanned once.
//!
//! Headings and identity read the linear copy, where lines are whole. Tables read a copy in the
//! order of cells, in which a label that is wrapped inside a cell is whole: `涉及国家` on one line and
//! `秘密` on the next, with figures of other cells between, stand together there. Where no table
//! wraps its cells the two are one.

use super::budget::Budget;
use super::cues::{Hits, Known};
use crate::document::Document;
use crate::form::FormSet;
use crate::text::{Folded, fold};

/// A document with its folded copies and what was found in them.
pub struct Prepared<'a> {
    /// The forms by which it is read.
    pub forms: &'static FormSet,
    /// What of them is sought.
    pub known: &'static Known,
    /// The document.
    pub document: &'a Document,
    /// Copy of the linear text.
    linear: Folded,
    linear_hits: Hits,
    /// Copy in the order of cells, where that is another.
    reading: Option<(Folded, Hits)>,
    /// What the searches share.
    pub budget: Budget,
}

impl<'a> Prepared<'a> {
    /// Folds and scans.
    pub fn new(forms: &'static FormSet, document: &'a Document) -> Self {
        let known = Known::of(forms);
        let linear = fold(&document.text);
        let linear_hits = known.hits(&linear.text);
        let reading = linear.rearranged(&document.pieces()).map(|copy| {
            let hits = known.hits(&copy.text);
            (copy, hits)
        });
        let budget = Budget::new(document.text.len());
        budget.count(document.text.len() + document.blocks.len() + linear_hits.steps);
        budget.count(reading.as_ref().map_or(0, |r| r.1.steps));
        Self {
            forms,
            known,
            document,
            linear,
            linear_hits,
            reading,
            budget,
        }
    }

    /// The copy of the linear text.
    pub const fn linear(&self) -> &Folded {
        &self.linear
    }

    /// What stands in it.
    pub const fn hits(&self) -> &Hits {
        &self.linear_hits
    }

    /// The copy in which cells are whole.
    pub fn reading(&self) -> &Folded {
        self.reading.as_ref().map_or(&self.linear, |r| &r.0)
    }

    /// What stands in that.
    pub fn reading_hits(&self) -> &Hits {
        self.reading.as_ref().map_or(&self.linear_hits, |r| &r.1)
    }

    /// Whether the text speaks of what such reports are about.
    pub fn is_worded(&self) -> bool {
        let wording = &self.forms.common().wording;
        let text = self.reading().text.as_str();
        wording.iter().any(|w| text.contains(w.as_str()))
    }
}
