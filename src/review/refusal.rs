//! Why something that was asked for is not done, in a sentence for the person who asked.

use crate::i18n::{Lang, fill, t};

use super::decision::{Action, Target};

/// A request that is not carried out; nothing was changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// The report's form has no such cell.
    UnknownKey(String),
    /// No such finding.
    UnknownFinding(String),
    /// The action is not for this kind of target.
    WrongTarget {
        /// What was asked.
        action: Action,
        /// Of what.
        target: Target,
    },
    /// An ambiguous, missing or unreadable cell has no reading that could be right.
    NothingToAccept {
        /// The cell.
        key: String,
        /// Its status.
        status: crate::report::Status,
    },
    /// The action needs a value.
    NoValue(Action),
    /// The action takes no value.
    ValueNotTaken(Action),
    /// The action takes no reason.
    ReasonNotTaken(Action),
    /// The value is no figure: what stands where.
    NotAFigure {
        /// As typed.
        text: String,
        /// The part that cannot be read.
        part: String,
    },
    /// A count is a whole number.
    NotWhole(String),
    /// A count or an amount is not negative.
    Negative(String),
    /// The year is none that a report could have.
    NotAYear(String),
    /// No form of that name.
    NotAForm(String),
    /// No level of that name.
    NotALevel(String),
    /// No state of a review of that name.
    NotAStatus(String),
    /// The table has no cells that are decided together.
    NoChoice(String),
    /// The table has several groups of such cells; the target must say which.
    WhichGroup {
        /// The table.
        table: String,
        /// How many.
        count: usize,
    },
    /// None of the solutions.
    NoSuchSolution {
        /// As typed.
        text: String,
        /// How many are listed.
        listed: usize,
    },
    /// Nothing to take back.
    NothingToUndo,
    /// Nothing to do again.
    NothingToRedo,
    /// The last step is another person's; the face asks first.
    AnothersStep {
        /// Whose.
        by: Option<String>,
        /// When it was made.
        at: Option<jiff::Zoned>,
    },
    /// The step has meanwhile been replaced or taken back by somebody else.
    StepReplaced {
        /// By whom.
        by: Option<String>,
    },
    /// The step is no longer in the file.
    StepGone,
}

impl Refusal {
    /// One sentence.
    pub fn message(&self, lang: Lang) -> String {
        let _ = (
            t(lang, "refused_nothing_to_undo"),
            fill(lang, "refused_nothing_to_undo", &[]),
        );
        format!("{self:?}")
    }
}
