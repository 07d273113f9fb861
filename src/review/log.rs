//! The log of a report's review: decisions in force and those that ended. Undo and redo work on
//! steps, and everything they need is in the entries themselves, so that they go on across
//! restarts. After `override 1`, `override 2` on one cell the second is in force, the first in the
//! history as superseded by it; undo ends the second and brings the first back.
//!
//! Everything here takes time in proportion to the log, whatever the step.

use crate::report::FormId;
use std::collections::HashMap;

use super::decision::{Action, Decision, End, Ended, Item, ReviewStatus, Step, Target, Who};
use super::kept::{Frame, Kept};
use super::operation::Operation;
use super::rank::{Rank, ids_above, rank};
use super::refusal::Refusal;
use super::work;

/// A decision with what the file has besides: its end, comments, unknown keys.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The decision.
    pub decision: Decision,
    /// How it ended; `None` while it is in force.
    pub ended: Option<Ended>,
    /// Comments and unknown keys, which travel with the entry.
    pub(super) kept: Kept,
}

impl Entry {
    /// A decision in force.
    pub fn new(decision: Decision) -> Self {
        Self {
            decision,
            ended: None,
            kept: Kept::default(),
        }
    }

    /// When it was made, as an order.
    pub(super) fn made(&self) -> Rank<'_> {
        rank(&self.decision.id, self.decision.at.as_ref())
    }

    /// When it ended, as an order; what ended together stays in the order in which it was made.
    pub(super) fn end(&self) -> Option<(Rank<'_>, Rank<'_>)> {
        let ended = self.ended.as_ref()?;
        let id = ended.id.as_deref().unwrap_or("");
        Some((rank(id, ended.at.as_ref()), self.made()))
    }
}

/// Comments and unknown keys are no part of what was decided.
impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.decision == other.decision && self.ended == other.ended
    }
}

/// Decisions in force, those that ended, and the rest of the sidecar.
#[derive(Debug, Clone, Default)]
pub struct Log {
    /// In force, one a target.
    pub decisions: Vec<Entry>,
    /// Ended, the earliest end first.
    pub history: Vec<Entry>,
    /// What else the sidecar holds.
    pub(super) frame: Frame,
}

/// The decisions are the same; order in force, comments and unknown keys do not matter.
impl PartialEq for Log {
    fn eq(&self, other: &Self) -> bool {
        let sorted = |log: &Self| {
            let mut entries = log.decisions.clone();
            entries.sort_by(|a, b| a.decision.id.cmp(&b.decision.id));
            entries
        };
        sorted(self) == sorted(other) && self.history == other.history
    }
}

impl Log {
    /// Whether nothing was ever decided.
    pub fn is_empty(&self) -> bool {
        self.decisions.is_empty() && self.history.is_empty()
    }

    /// The decision in force on a target.
    pub fn in_force(&self, target: &Target) -> Option<&Decision> {
        self.in_force_all().find(|d| d.target == *target)
    }

    /// All decisions in force.
    pub(super) fn in_force_all(&self) -> impl Iterator<Item = &Decision> {
        self.decisions
            .iter()
            .map(|e| &e.decision)
            .inspect(|_| work::step())
    }

    /// The decisions in force by target, for whoever asks for many of them.
    pub fn by_target(&self) -> HashMap<&Target, &Decision> {
        let mut found = HashMap::with_capacity(self.decisions.len());
        for decision in self.in_force_all() {
            found.entry(&decision.target).or_insert(decision);
        }
        found
    }

    /// The state of the review: as marked, else begun when anything was decided.
    pub fn status(&self) -> Option<ReviewStatus> {
        self.in_force(&Target::Status)
            .and_then(|d| d.value.as_deref()?.parse().ok())
            .or_else(|| (!self.is_empty()).then_some(ReviewStatus::InReview))
    }

    /// The note on the report.
    pub fn note(&self) -> Option<&str> {
        self.in_force(&Target::Note)?.value.as_deref()
    }

    /// The form to extract by, when a person said that another was recognised wrongly.
    pub fn form(&self) -> Option<FormId> {
        let decision = self.in_force(&Target::Report(Item::Form))?;
        decision.value.as_deref()?.parse().ok()
    }

    /// The largest id in the file, ends included.
    pub(super) fn largest(&self) -> Option<Rank<'_>> {
        let made = self.entries().map(Entry::made);
        let ended = self.history.iter().filter_map(|e| e.ended.as_ref());
        let ended = ended.filter_map(|e| Some(rank(e.id.as_deref()?, e.at.as_ref())));
        made.chain(ended).max()
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        let all = self.decisions.iter().chain(&self.history);
        all.inspect(|_| work::step())
    }

    /// Ids for new decisions, above all that the log holds.
    pub(super) fn next_ids(&self, count: usize) -> Vec<String> {
        ids_above(self.largest(), count)
    }

    /// The decisions of the last step that is in force: what undo takes back.
    pub fn last_step(&self) -> Vec<&Decision> {
        let last = self.decisions.iter().max_by_key(|e| e.made());
        let Some(step) = last.map(|e| e.decision.step()) else {
            return Vec::new();
        };
        self.in_force_all().filter(|d| d.step() == step).collect()
    }

    /// The decisions of the step that redo brings back: the last one taken back, unless
    /// something was decided since.
    pub fn next_redo(&self) -> Vec<&Decision> {
        let made = self.entries().map(Entry::made).max();
        let undone = |e: &'_ Entry| {
            let ended = e.ended.as_ref()?;
            (ended.how == End::Undone).then_some(())?;
            let (ms, id) = rank(ended.id.as_deref()?, ended.at.as_ref());
            (Some((ms, id)) > made).then(|| (ms, id.to_owned()))
        };
        let last = self
            .history
            .iter()
            .filter_map(|e| Some((undone(e)?, e.decision.step())))
            .max();
        let Some((_, step)) = last else {
            return Vec::new();
        };
        self.history
            .iter()
            .filter(|e| undone(e).is_some() && e.decision.step() == step)
            .map(|e| &e.decision)
            .collect()
    }

    /// The operation that takes the last step back.
    ///
    /// # Errors
    /// When there is none, or it is another person's and `force` is not set.
    pub fn undo(&self, who: &Who, force: bool) -> Result<Operation, Refusal> {
        let step = self.last_step();
        let Some(first) = step.first() else {
            return Err(Refusal::NothingToUndo);
        };
        let others = step.iter().find(|d| d.by.as_deref() != Some(&who.by));
        if let (Some(theirs), false) = (others, force) {
            return Err(Refusal::AnothersStep {
                by: theirs.by.clone(),
                at: theirs.at.clone(),
            });
        }
        Ok(Operation::Undo {
            step: first.step().to_owned(),
            who: who.clone(),
            id: self.next_ids(1).into_iter().next().unwrap_or_default(),
        })
    }

    /// The operation that does the step again that was last taken back.
    ///
    /// # Errors
    /// When there is none, or something was decided since.
    pub fn redo(&self, who: &Who) -> Result<Operation, Refusal> {
        let step = self.next_redo();
        let first = step.first().ok_or(Refusal::NothingToRedo)?;
        Ok(Operation::Redo {
            step: first.step().to_owned(),
            who: who.clone(),
        })
    }

    /// The operation that marks the state of the review.
    pub fn mark(&self, status: ReviewStatus, who: &Who) -> Operation {
        self.set(Target::Status, Some(status.as_str().to_owned()), who)
    }

    /// The operation that sets the note on the report; an empty text takes it away.
    pub fn annotate(&self, text: &str, who: &Who) -> Operation {
        let text = Some(text.trim().to_owned()).filter(|t| !t.is_empty());
        self.set(Target::Note, text, who)
    }

    fn set(&self, target: Target, value: Option<String>, who: &Who) -> Operation {
        Operation::Apply(self.step(vec![Decision {
            id: self.next_ids(1).into_iter().next().unwrap_or_default(),
            value,
            by: Some(who.by.clone()),
            at: Some(who.at.clone()),
            ..Decision::new(target, Action::Set)
        }]))
    }

    /// A step of decisions that were made in view of this log.
    pub(super) fn step(&self, decisions: Vec<Decision>) -> Step {
        let there = self.by_target();
        let known = |d: &Decision| there.get(&d.target).map(|old| old.id.clone());
        let over = decisions.iter().filter_map(known).collect();
        Step { decisions, over }
    }

    /// A step once more, in view of this log: what it replaces is known by now.
    pub fn again(&self, step: &Step) -> Operation {
        let mut decisions = step.decisions.clone();
        let ids = self.next_ids(decisions.len());
        let batch = ids.first().filter(|_| decisions.len() > 1).cloned();
        for (decision, id) in decisions.iter_mut().zip(ids) {
            decision.id = id;
            decision.batch.clone_from(&batch);
        }
        Operation::Apply(self.step(decisions))
    }
}
