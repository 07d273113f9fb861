//! What changes a log, as data: the same operation is performed on the log in memory and on the
//! file as it is by then. Pressing `u` makes `Undo { step: "0193…", who: li, id: "0194…" }`.

use std::collections::BTreeMap;

use super::decision::{Step, Who};

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

    /// Who does it, and when; `None` for a step that somebody unnamed made.
    pub fn who(&self) -> Option<Who> {
        match self {
            Self::Apply(step) => {
                let first = step.decisions.first()?;
                let (by, at) = first.by.clone().zip(first.at.clone())?;
                Some(Who { by, at })
            }
            Self::Undo { who, .. } | Self::Redo { who, .. } => Some(who.clone()),
        }
    }
}
