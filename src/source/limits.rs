//! How much a reader takes on, and the count of what it has done. Work is counted and never
//! timed, so that a file is read or refused alike on every machine.
//!
//! A page of 100,000 unclosed `<div>` costs about as many steps as it has bytes; one that would
//! cost a thousand steps a byte is refused with [`Limit::Steps`] when its budget is spent.

use serde::{Deserialize, Serialize};

/// The most that is read of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file.
    pub bytes: u64,
    /// Blocks of a document, and cells of its tables: a few million bytes of a page can claim any
    /// number of them.
    pub cells: usize,
    /// Elements within elements; what nests deeper is read as if it did not.
    pub depth: usize,
    /// Steps of work for each byte of the file.
    pub steps_per_byte: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 * 1024 * 1024,
            cells: 4_000_000,
            depth: 300,
            steps_per_byte: 400,
        }
    }
}

/// A limit that a file goes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// [`Limits::bytes`].
    Bytes,
    /// [`Limits::cells`].
    Cells,
    /// [`Limits::steps_per_byte`], over the whole file.
    Steps,
}

/// A count of steps with an end. A step is a byte looked at, a line tried as part of a table, an
/// open element passed in a search, a cell laid or moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    steps: u64,
    most: u64,
}

impl Work {
    /// What every file may cost, however short.
    const LEAST: u64 = 1_000_000;

    /// A count for a file of so many bytes.
    pub fn new(limits: &Limits, bytes: usize) -> Self {
        Self {
            steps: 0,
            most: Self::LEAST.saturating_add(limits.steps_per_byte.saturating_mul(bytes as u64)),
        }
    }

    /// Counts some steps.
    pub fn add(&mut self, steps: usize) {
        self.steps = self.steps.saturating_add(steps as u64);
    }

    /// How many were counted.
    pub const fn steps(&self) -> u64 {
        self.steps
    }

    /// How many there may be.
    pub const fn most(&self) -> u64 {
        self.most
    }

    /// Whether the budget is spent; readers stop then.
    pub const fn is_spent(&self) -> bool {
        self.steps > self.most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_grows_with_the_file() {
        let limits = Limits::default();
        let mut work = Work::new(&limits, 0);
        work.add(1_000_000);
        assert!(!work.is_spent());
        work.add(1);
        assert!(work.is_spent());
        let mut larger = Work::new(&limits, 10);
        larger.add(1_000_001);
        assert!(!larger.is_spent());
    }
}
