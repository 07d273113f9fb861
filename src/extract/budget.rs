//! How much work a report may take.
//!
//! Steps are counted and never timed, so that a report has the same values on every machine.
//! What is linear in the text is only counted. What searches (placements, splits, chains of
//! labels) shares one allowance: twenty-five rows of sixty digits that run together would have
//! some billion ways to be split, and once the allowance is spent their cells are ambiguous.

use std::cell::Cell;

/// Steps that the searches of a report may take together. A report of the corpus takes some
/// thousand; all of them are a fraction of a second.
const ALLOWANCE: u64 = 1_200_000;

/// Steps for each byte of the text that the chains of labels may take: some twenty times what a
/// report takes. A text of nothing but labels would take a thousand.
const EACH_BYTE: u64 = 32;

/// The allowance of a report, and what was taken of it.
#[derive(Debug)]
pub struct Budget {
    left: Cell<u64>,
    left_for_text: Cell<u64>,
    counted: Cell<u64>,
}

impl Budget {
    /// The budget of a report whose text is so long.
    pub fn new(length: usize) -> Self {
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        Self {
            left: Cell::new(ALLOWANCE),
            left_for_text: Cell::new(length.saturating_mul(EACH_BYTE).saturating_add(ALLOWANCE)),
            counted: Cell::new(0),
        }
    }

    /// Counts work that is linear by itself.
    pub fn count(&self, steps: usize) {
        let steps = u64::try_from(steps).unwrap_or(u64::MAX);
        self.counted.set(self.counted.get().saturating_add(steps));
    }

    /// Takes steps of a search; `None` once the allowance is spent, and from then on.
    #[must_use = "a search ends when its steps are spent"]
    pub fn take(&self, steps: usize) -> Option<()> {
        self.spend(&self.left, steps)
    }

    /// Takes steps of a search whose allowance grows with the text.
    #[must_use = "a search ends when its steps are spent"]
    pub fn take_for_text(&self, steps: usize) -> Option<()> {
        self.spend(&self.left_for_text, steps)
    }

    fn spend(&self, purse: &Cell<u64>, steps: usize) -> Option<()> {
        self.count(steps);
        let steps = u64::try_from(steps).unwrap_or(u64::MAX);
        let left = purse.get().checked_sub(steps);
        purse.set(left.unwrap_or(0));
        left.map(|_| ())
    }

    /// All steps so far.
    pub const fn counted(&self) -> u64 {
        self.counted.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spent_stays_spent() {
        let budget = Budget::new(0);
        budget.count(5_000_000);
        assert_eq!(budget.take(1), Some(()));
        assert_eq!(budget.take(usize::MAX), None);
        assert_eq!(budget.take(1), None);
        assert_eq!(budget.take_for_text(1), Some(()));
    }
}
