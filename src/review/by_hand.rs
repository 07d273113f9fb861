//! Decisions that a person wrote into the sidecar by hand. They count at once; the next write gives
//! them what they lack, so that from then on they go stale like any other:
//!
//! ```toml
//! [[decision]]
//! finding = "T3.BAL@total"
//! action = "confirm"
//! ```
//!
//! gets an id, `by = "?"`, `filled_by`, `at` and the figures as `basis`, if the report is the copy
//! that the sidecar speaks of. If it is another one nobody can know what the person looked at: the
//! decision gets that copy's `sha256` and is stale.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::decision::{Decision, End, Ended, Target, Who};
use super::facts::Readings;
use super::log::Log;
use super::rank::uuid_at;
use super::work;

/// Who decided, where nobody said.
const SOMEBODY: &str = "?";

/// Whether it does not say what it was made on.
fn lacks_its_ground(decision: &Decision) -> bool {
    match &decision.target {
        Target::Finding(_) => decision.basis.is_none(),
        Target::Field(_) | Target::Report(_) => decision.was_status.is_none(),
        Target::Table { .. } | Target::Status | Target::Note => false,
    }
}

/// Whether it says nothing at all of what it was made on.
fn is_silent(decision: &Decision) -> bool {
    lacks_its_ground(decision) && decision.was.is_none()
}

fn lacks_anything(decision: &Decision) -> bool {
    lacks_its_ground(decision) || decision.by.is_none() || decision.at.is_none()
}

impl Log {
    /// Whether a decision in force lacks something that ours have: a person wrote it by hand.
    pub fn lacks_anything(&self) -> bool {
        self.in_force_all().any(lacks_anything)
    }

    /// Whether a decision that does not say what it was made on was made on another copy of the
    /// report than the one with this hash, as far as the sidecar can tell.
    pub fn is_of_another_copy(&self, decision: &Decision, sha256: &str) -> bool {
        let copy = || decision.sha256.as_deref().or_else(|| self.frame.source());
        is_silent(decision) && copy().is_some_and(|copy| copy != sha256)
    }

    /// Gives decisions in force what they lack, of a report with this hash; says whether there
    /// was anything to give.
    pub(super) fn complete(&mut self, readings: &Readings, sha256: &str, who: &Who) -> bool {
        let source = self.frame.source().map(str::to_owned);
        let mut any = false;
        for entry in &mut self.decisions {
            work::step();
            let d = &mut entry.decision;
            if !lacks_anything(d) {
                continue;
            }
            any = true;
            if lacks_its_ground(d) {
                let copy = d.sha256.as_deref().or(source.as_deref());
                if copy.is_none_or(|copy| copy == sha256) {
                    readings.complete(d);
                    d.sha256 = None;
                } else if is_silent(d) {
                    d.sha256 = copy.map(str::to_owned);
                }
            }
            d.by.get_or_insert_with(|| SOMEBODY.to_owned());
            d.at.get_or_insert_with(|| who.at.clone());
            d.filled_by.get_or_insert_with(|| who.by.clone());
        }
        any
    }

    /// Gives entries without one an id, in the order of the file and above all that it holds.
    /// Every reading of the same file gives the same ids, so that an operation made on one
    /// reading finds its step in another.
    pub(super) fn name_the_nameless(&mut self) {
        let mut last = self.largest().map_or(0, |(ms, _)| ms);
        let all = self.history.iter_mut().chain(&mut self.decisions);
        for entry in all.filter(|e| e.decision.id.is_empty()) {
            let d = &mut entry.decision;
            let at = d.at.as_ref().map(|at| at.timestamp().as_millisecond());
            let at = at.and_then(|ms| u64::try_from(ms).ok()).unwrap_or(0);
            last = at.max(last.saturating_add(1));
            let says = format!("{}\n{}\n{:?}\n{last}", d.target, d.action, d.value);
            let mut tail = [0u8; 10];
            for (to, from) in tail.iter_mut().zip(Sha256::digest(says)) {
                *to = from;
            }
            d.id = uuid_at(last, &tail);
        }
    }

    /// Of several decisions on one target, which only a file edited by hand holds, the latest
    /// counts; the others were superseded by it.
    pub(super) fn end_duplicates(&mut self) {
        let mut latest: HashMap<&Target, usize> = HashMap::new();
        for (i, entry) in self.decisions.iter().enumerate() {
            work::step();
            let before = latest.get(&entry.decision.target);
            let before = before.and_then(|i| self.decisions.get(*i));
            if before.is_none_or(|before| before.made() <= entry.made()) {
                latest.insert(&entry.decision.target, i);
            }
        }
        if latest.len() == self.decisions.len() {
            return;
        }
        let ends: Vec<Option<Ended>> = self
            .decisions
            .iter()
            .enumerate()
            .map(|(i, entry)| {
                let latest = *latest.get(&entry.decision.target)?;
                let by = &self.decisions.get(latest).filter(|_| latest != i)?.decision;
                Some(Ended {
                    how: End::Superseded,
                    by: by.by.clone(),
                    at: by.at.clone(),
                    id: Some(by.step().to_owned()),
                })
            })
            .collect();
        let entries = std::mem::take(&mut self.decisions).into_iter();
        for (mut entry, ended) in entries.zip(ends) {
            entry.ended = ended;
            if entry.ended.is_some() {
                self.history.push(entry);
            } else {
                self.decisions.push(entry);
            }
        }
    }
}
