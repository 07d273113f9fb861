//! The log of a report's review: decisions in force and those that ended. Undo and redo work on
//! steps, and everything they need is in the entries themselves, so that they go on across
//! restarts. No I/O here: the same operation is performed on the log in memory and, by
//! [`super::store`], on the file as it is by then.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::decision::{Action, Decision, End, Ended, ReviewStatus, Step, Target, Who};
use super::refusal::Refusal;
use super::sidecar::{Frame, Kept};

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
    fn made(&self) -> Rank<'_> {
        rank(&self.decision.id, self.decision.at.as_ref())
    }

    /// When it ended, as an order; what ended together stays in the order in which it was made.
    fn end(&self) -> Option<(Rank<'_>, Rank<'_>)> {
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

/// What changes a log.
#[derive(Debug, Clone, PartialEq)]
pub enum Operation {
    /// Decisions are made.
    Apply(Step),
    /// A step is taken back.
    Undo {
        /// Which.
        step: String,
        /// By whom, and when.
        who: Who,
        /// The undoing's own id, by which redo knows whether anything came after it.
        id: String,
    },
    /// A step that was taken back is done again.
    Redo {
        /// Which.
        step: String,
        /// By whom, and when.
        who: Who,
    },
}

impl Operation {
    /// Follows ids that changed when earlier operations met a file that was ahead of us.
    pub fn rename(&mut self, renamed: &BTreeMap<String, String>) {
        match self {
            Self::Apply(_) => {}
            Self::Undo { step, .. } | Self::Redo { step, .. } => {
                if let Some(new) = renamed.get(step) {
                    step.clone_from(new);
                }
            }
        }
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

/// A place in time: the milliseconds of an id of ours, else of the time that stands beside it.
type Rank<'a> = (u64, &'a str);

pub(super) fn rank<'a>(id: &'a str, at: Option<&jiff::Zoned>) -> Rank<'a> {
    let own = uuid::Uuid::parse_str(id)
        .ok()
        .filter(|u| u.get_version_num() == 7)
        .and_then(|u| u.get_timestamp())
        .map(|t| {
            let (seconds, nanos) = t.to_unix();
            seconds
                .saturating_mul(1000)
                .saturating_add(u64::from(nanos / 1_000_000))
        });
    let foreign = || at.and_then(|z| u64::try_from(z.timestamp().as_millisecond()).ok());
    (own.or_else(foreign).unwrap_or(0), id)
}

fn uuid_at(ms: u64, tail: &[u8; 10]) -> String {
    uuid::Builder::from_unix_timestamp_millis(ms, tail)
        .into_uuid()
        .to_string()
}

/// Ids above `floor` that rise: by the clock, or by the floor where the clock is behind it.
pub(super) fn ids_above(floor: Option<Rank<'_>>, count: usize) -> Vec<String> {
    let mut ids: Vec<String> = Vec::with_capacity(count);
    let mut least = floor.map_or(0, |(ms, _)| ms);
    let floor_id = floor.map_or("", |(_, id)| id).to_owned();
    for _ in 0..count {
        let previous = ids.last().cloned().unwrap_or_else(|| floor_id.clone());
        let fresh = uuid::Uuid::now_v7();
        let text = fresh.to_string();
        let (ms, _) = rank(&text, None);
        if (ms, text.as_str()) > (least, previous.as_str()) {
            least = ms;
            ids.push(text);
            continue;
        }
        // The file is ahead of this clock. The tail of a fresh id is random enough to stay
        // unique; the milliseconds go on from the file's.
        least = least.saturating_add(1);
        let mut tail = [0u8; 10];
        tail.copy_from_slice(fresh.as_bytes().get(6..).unwrap_or(&[0; 10]));
        ids.push(uuid_at(least, &tail));
    }
    ids
}

impl Log {
    /// Whether nothing was ever decided.
    pub fn is_empty(&self) -> bool {
        self.decisions.is_empty() && self.history.is_empty()
    }

    /// The decision in force on a target.
    pub fn in_force(&self, target: &Target) -> Option<&Decision> {
        self.decisions
            .iter()
            .map(|e| &e.decision)
            .find(|d| d.target == *target)
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
    pub fn forced(&self) -> crate::extract::Forced {
        let form = self
            .in_force(&Target::Report(super::Item::Form))
            .and_then(|d| d.value.as_deref()?.parse().ok());
        crate::extract::Forced { form }
    }

    /// The largest id in the file, ends included.
    fn largest(&self) -> Option<Rank<'_>> {
        let made = self.entries().map(Entry::made);
        let ended = self.history.iter().filter_map(|e| e.ended.as_ref());
        let ended = ended.filter_map(|e| Some(rank(e.id.as_deref()?, e.at.as_ref())));
        made.chain(ended).max()
    }

    fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.decisions.iter().chain(&self.history)
    }

    /// The latest of the decisions on a target, with its index: a file edited by hand may hold
    /// several.
    pub(super) fn latest_on(&self, target: &Target) -> Option<(usize, &Decision)> {
        self.decisions
            .iter()
            .enumerate()
            .filter(|(_, e)| e.decision.target == *target)
            .max_by_key(|(_, e)| e.made())
            .map(|(i, e)| (i, &e.decision))
    }

    /// Gives hand-written entries an id, in the order of the file and above all that it holds.
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

    /// Ids for new decisions, above all that the log holds.
    pub(super) fn next_ids(&self, count: usize) -> Vec<String> {
        ids_above(self.largest(), count)
    }

    /// The decisions of the last step that is in force: what undo takes back.
    pub fn last_step(&self) -> Vec<&Decision> {
        let last = self
            .decisions
            .iter()
            .max_by_key(|e| e.made())
            .map(|e| e.decision.step());
        let Some(step) = last else {
            return Vec::new();
        };
        self.decisions
            .iter()
            .map(|e| &e.decision)
            .filter(|d| d.step() == step)
            .collect()
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
        let known = |d: &Decision| self.in_force(&d.target).map(|old| old.id.clone());
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

    /// What another person decided on a target of the step, and its author had not seen.
    fn unseen(&self, step: &Step) -> Option<&Decision> {
        let others = |d: &&Decision| {
            let ours = step.decisions.iter().find(|o| o.target == d.target);
            ours.is_some_and(|o| o.by != d.by) && !step.over.contains(&d.id)
        };
        self.decisions.iter().map(|e| &e.decision).find(others)
    }

    /// Whether a step stands here already, in force or ended: it was written, and its author was
    /// told otherwise. It is not made a second time.
    fn holds(&self, step: &Step) -> bool {
        let there = |d: &Decision| self.entries().any(|e| e.decision == *d);
        step.decisions.iter().all(there)
    }

    /// Performs an operation. Gives the ids that had to change because the log was ahead of the
    /// one that the operation was made on, old to new.
    ///
    /// # Errors
    /// When the step is no longer what the operation takes it for; nothing is changed then.
    pub fn perform(&mut self, operation: &Operation) -> Result<BTreeMap<String, String>, Refusal> {
        let renamed = match operation {
            Operation::Apply(step) if self.holds(step) => BTreeMap::new(),
            Operation::Apply(step) => match self.unseen(step) {
                Some(theirs) => {
                    return Err(Refusal::Conflict {
                        theirs: Box::new(theirs.clone()),
                        ours: Box::new(step.clone()),
                    });
                }
                None => self.apply(step),
            },
            Operation::Undo { step, who, id } => self.take_back(step, who, id)?,
            Operation::Redo { step, .. } => self.do_again(step)?,
        };
        self.history.sort_by(|a, b| a.end().cmp(&b.end()));
        Ok(renamed)
    }

    fn apply(&mut self, step: &Step) -> BTreeMap<String, String> {
        let (step, renamed) = self.above(step);
        let id = step.id().to_owned();
        for decision in step.decisions {
            let entry = Entry::new(decision);
            self.supersede(&entry.decision, &id);
            self.decisions.push(entry);
        }
        renamed
    }

    /// The step with ids above all that stand here.
    fn above(&self, step: &Step) -> (Step, BTreeMap<String, String>) {
        let mut step = step.clone();
        let mut renamed = BTreeMap::new();
        let rises = step.decisions.iter().map(|d| rank(&d.id, None)).min() > self.largest();
        if !rises {
            let old = step.id().to_owned();
            let ids = self.next_ids(step.decisions.len());
            for (decision, id) in step.decisions.iter_mut().zip(&ids) {
                renamed.insert(std::mem::replace(&mut decision.id, id.clone()), id.clone());
            }
            let first = ids.first().cloned().unwrap_or_default();
            for decision in step.decisions.iter_mut().filter(|d| d.batch.is_some()) {
                decision.batch = Some(first.clone());
            }
            renamed.insert(old, first);
        }
        (step, renamed)
    }

    /// Ends what is in force on a decision's target.
    fn supersede(&mut self, by: &Decision, step: &str) {
        let mut kept = Vec::with_capacity(self.decisions.len());
        for mut entry in std::mem::take(&mut self.decisions) {
            if entry.decision.target == by.target {
                entry.ended = Some(Ended {
                    how: End::Superseded,
                    by: by.by.clone(),
                    at: by.at.clone(),
                    id: Some(step.to_owned()),
                });
                self.history.push(entry);
            } else {
                kept.push(entry);
            }
        }
        self.decisions = kept;
    }

    fn take_back(
        &mut self,
        step: &str,
        who: &Who,
        id: &str,
    ) -> Result<BTreeMap<String, String>, Refusal> {
        if let Some(gone) = self.history.iter().find(|e| e.decision.step() == step) {
            let by = gone.ended.as_ref().and_then(|e| e.by.clone());
            return Err(Refusal::StepReplaced { by });
        }
        if !self.decisions.iter().any(|e| e.decision.step() == step) {
            return Err(Refusal::StepGone);
        }
        let id = if Some(rank(id, None)) > self.largest() {
            id.to_owned()
        } else {
            self.next_ids(1).into_iter().next().unwrap_or_default()
        };
        let (mut back, history): (Vec<_>, Vec<_>) = std::mem::take(&mut self.history)
            .into_iter()
            .partition(|e| {
                e.ended
                    .as_ref()
                    .is_some_and(|x| x.how == End::Superseded && x.id.as_deref() == Some(step))
            });
        let (undone, mut force): (Vec<_>, Vec<_>) = std::mem::take(&mut self.decisions)
            .into_iter()
            .partition(|e| e.decision.step() == step);
        self.history = history;
        for mut entry in undone {
            entry.ended = Some(Ended {
                how: End::Undone,
                by: Some(who.by.clone()),
                at: Some(who.at.clone()),
                id: Some(id.clone()),
            });
            self.history.push(entry);
        }
        for entry in &mut back {
            entry.ended = None;
        }
        force.append(&mut back);
        self.decisions = force;
        Ok(BTreeMap::new())
    }

    fn do_again(&mut self, step: &str) -> Result<BTreeMap<String, String>, Refusal> {
        if self.next_redo().first().is_none_or(|d| d.step() != step) {
            return Err(Refusal::NothingToRedo);
        }
        let (again, history): (Vec<_>, Vec<_>) = std::mem::take(&mut self.history)
            .into_iter()
            .partition(|e| {
                e.decision.step() == step && e.ended.as_ref().is_some_and(|x| x.how == End::Undone)
            });
        self.history = history;
        for mut entry in again {
            self.supersede(&entry.decision, step);
            entry.ended = None;
            self.decisions.push(entry);
        }
        Ok(BTreeMap::new())
    }
}
