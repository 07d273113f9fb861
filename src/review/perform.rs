//! Performing an operation on a log. The same operation on the same log gives the same log, in
//! memory and in the file; on a file where somebody else has decided meanwhile it does what its
//! author meant, or is refused and changes nothing: `Undo` of a step that wang has replaced since
//! is `StepReplaced { by: wang }`.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::decision::{Decision, End, Ended, Step, Target, Who};
use super::log::{Entry, Log};
use super::operation::Operation;
use super::rank::{Rank, rank};
use super::refusal::Refusal;
use super::work;

impl Log {
    /// What another person decided on a target of the step, and its author had not seen.
    fn unseen(&self, step: &Step) -> Option<&Decision> {
        let ours = by_target(&step.decisions);
        let seen: HashSet<&str> = step.over.iter().map(String::as_str).collect();
        let others = |d: &&Decision| {
            let ours = ours.get(&d.target);
            ours.is_some_and(|o| o.by != d.by) && !seen.contains(d.id.as_str())
        };
        self.in_force_all().find(others)
    }

    /// Whether a step stands here already, in force or ended: it was written, and its author was
    /// told otherwise. It is not made a second time.
    fn holds(&self, step: &Step) -> bool {
        let ids = step.decisions.iter().map(|d| (d.id.as_str(), d));
        let mut missing: HashMap<&str, &Decision> = ids.collect();
        for entry in self.entries() {
            let d = &entry.decision;
            if missing.get(d.id.as_str()).is_some_and(|ours| *ours == d) {
                missing.remove(d.id.as_str());
            }
        }
        missing.is_empty()
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
        self.sort_history();
        Ok(renamed)
    }

    fn apply(&mut self, step: &Step) -> BTreeMap<String, String> {
        let (step, renamed) = self.above(step);
        let id = step.id().to_owned();
        let entries = step.decisions.into_iter().map(Entry::new).collect();
        self.put_in_force(entries, &id);
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

    /// Puts the decisions of a step in force; ends what is in force on their targets. Of two on
    /// one target the last word counts.
    fn put_in_force(&mut self, new: Vec<Entry>, step: &str) {
        let mut last: HashMap<Target, (usize, Ended)> = HashMap::new();
        for (i, entry) in new.iter().enumerate() {
            let d = &entry.decision;
            let ended = Ended {
                how: End::Superseded,
                by: d.by.clone(),
                at: d.at.clone(),
                id: Some(step.to_owned()),
            };
            last.insert(d.target.clone(), (i, ended));
        }
        let old = std::mem::take(&mut self.decisions).into_iter();
        let old = old.map(|entry| (None, entry));
        let new = new.into_iter().enumerate().map(|(i, e)| (Some(i), e));
        for (place, mut entry) in old.chain(new) {
            work::step();
            match last.get(&entry.decision.target) {
                Some((latest, ended)) if place != Some(*latest) => {
                    entry.ended = Some(ended.clone());
                    self.history.push(entry);
                }
                _ => {
                    entry.ended = None;
                    self.decisions.push(entry);
                }
            }
        }
    }

    /// The earliest end first. Nearly always it is so already.
    fn sort_history(&mut self) {
        type Key<'a> = Option<(Rank<'a>, Rank<'a>)>;
        let ends = self.history.iter().map(Entry::end).enumerate();
        let mut order: Vec<(Key<'_>, usize)> = ends.map(|(i, end)| (end, i)).collect();
        if order.is_sorted() {
            return;
        }
        // Runs that are in order are merged, not sorted anew.
        order.sort();
        let order: Vec<usize> = order.into_iter().map(|(_, i)| i).collect();
        let entries = std::mem::take(&mut self.history).into_iter();
        let mut entries: Vec<Option<Entry>> = entries.map(Some).collect();
        let at = |i: usize| entries.get_mut(i).and_then(Option::take);
        self.history = order.into_iter().filter_map(at).collect();
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
        self.put_in_force(again, step);
        Ok(BTreeMap::new())
    }
}

/// Decisions by target; the first of several.
fn by_target(decisions: &[Decision]) -> HashMap<&Target, &Decision> {
    decisions.iter().rev().map(|d| (&d.target, d)).collect()
}
