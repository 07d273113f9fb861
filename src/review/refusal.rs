//! Why something that was asked for is not done, as data; the sentence for the person who asked is
//! made at the end. `accept` on a cell that is missing is `NothingToAccept { key, status }`.

use super::decision::{Action, Decision, Step, Target};

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
    /// The value is the one that stands there: nothing would be set right.
    Unchanged {
        /// The cell.
        key: String,
        /// As printed.
        value: String,
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
    /// Somebody else has meanwhile decided on the same; asked again, ours replaces it.
    Conflict {
        /// What they decided.
        theirs: Box<Decision>,
        /// What was not done.
        ours: Box<Step>,
    },
    /// The step has meanwhile been replaced or taken back by somebody else.
    StepReplaced {
        /// By whom.
        by: Option<String>,
    },
    /// The report's file has another content than the one that was decided on.
    SourceChanged {
        /// The file.
        path: std::path::PathBuf,
    },
    /// The report's file cannot be found any more.
    SourceGone {
        /// The file.
        path: std::path::PathBuf,
        /// Why.
        kind: std::io::ErrorKind,
        /// The same in the words of the system.
        cause: String,
    },
    /// The step is no longer in the file.
    StepGone,
}

impl Refusal {
    /// It is the report's file that is no longer what was decided on.
    pub const fn is_of_the_source(&self) -> bool {
        matches!(self, Self::SourceChanged { .. } | Self::SourceGone { .. })
    }
}
