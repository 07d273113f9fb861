//! Report to findings: what must hold and does not. Checks run on the figures as published, with
//! our misreadings mended: [`Figures`] says which.
//!
//! T3.BAL, for one, is an entry of `form/rules/table_3.toml`; the report's schema has an equation
//! of it for each column; `equation` holds each against the figures, `evidence` says where to
//! look and whose mistake it may be, and the [`Finding`] is data that the faces put into words.

mod context;
mod equation;
mod evidence;
mod registry;
mod rule;
mod rules;
mod run;
mod said;

#[cfg(test)]
mod examples;
#[cfg(test)]
mod property;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use context::Elsewhere;
pub use registry::{messages, rule, rules};
pub use run::{Checked, check, check_with};
pub use said::{Fact, Said};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use crate::form::{RuleDoc, RuleId, RuleText, Severity};

use crate::report::{CellId, Report, Status};
use crate::text::Span;

/// Whose mistake a finding more probably is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// All operands were read plainly: the report's own error.
    Report,
    /// We may have misread.
    Extraction,
    /// Cannot be told.
    Unclear,
}

/// What a reviewer has said of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nothing.
    Undecided,
    /// The report is wrong.
    Confirmed,
    /// No error.
    Dismissed,
    /// To be looked at later.
    Flagged,
    /// A corrected value (report-wrong) satisfies it.
    Resolved,
    /// Decided on other figures than these.
    Stale,
}

impl State {
    /// Whether the finding waits for somebody.
    pub const fn is_unsettled(self) -> bool {
        matches!(self, Self::Undecided | Self::Flagged | Self::Stale)
    }
}

/// A set of cells that would mend a finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Repair {
    /// What to put into which cell.
    pub set: Vec<(CellId, Decimal)>,
    /// Why this is plausible.
    pub why: Said,
}

/// A relation or rule that does not hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Id of rules.toml.
    pub rule: RuleId,
    /// The severity in this instance.
    pub severity: Severity,
    /// Rule and instance; does not hang on values, so that decisions survive a new extraction.
    pub fingerprint: String,
    /// What is wrong.
    pub said: Said,
    /// All operands of the relation, and nothing else.
    pub cells: Vec<CellId>,
    /// What one side says the other should be.
    pub expected: Option<Decimal>,
    /// What stands there.
    pub actual: Option<Decimal>,
    /// The arithmetic with figures, such as `55 + 3 = 57 + 1`.
    pub formula: Fact,
    /// Why it is more probably ours or theirs.
    pub why: Why,
    /// What would mend it, best first.
    pub repairs: Vec<Repair>,
    /// The source at the evidence, as printed.
    pub quote: String,
    /// Where that stands.
    pub span: Option<Span>,
    /// What a reviewer has said; [`State::Undecided`] as it comes from a check.
    pub state: State,
}

/// Why a finding is more probably our mistake or the report's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// No cell is concerned, or nobody is accused.
    Nothing,
    /// All operands were read plainly.
    Read,
    /// A person put these figures there.
    Given(Vec<CellId>),
    /// The place of these was inferred.
    Inferred(Vec<CellId>),
    /// These were not read plainly.
    Unclear(Vec<CellId>),
}

impl Finding {
    /// Whose mistake it more probably is.
    pub const fn doubt(&self) -> Doubt {
        match self.why {
            Why::Nothing | Why::Read => Doubt::Report,
            Why::Inferred(_) => Doubt::Extraction,
            Why::Given(_) | Why::Unclear(_) => Doubt::Unclear,
        }
    }
}

/// A cell as a check sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// A number.
    Number(Decimal),
    /// Known to be empty or not applicable: 0 in sums.
    Empty,
    /// Ambiguous, unreadable or missing: a rule over it is not assessable.
    Unknown(Status),
}

impl Figure {
    /// Of a cell's value and status.
    pub const fn of(value: Option<Decimal>, status: Status) -> Self {
        match (value, status) {
            (Some(v), Status::Read | Status::Inferred) => Self::Number(v),
            (_, Status::Blank | Status::NotApplicable) => Self::Empty,
            (_, status) => Self::Unknown(status),
        }
    }
}

/// The figures that checks run on.
pub trait Figures {
    /// The figure of a cell.
    fn figure(&self, cell: CellId) -> Figure;
    /// The status of a cell, for telling ours from theirs.
    fn status(&self, cell: CellId) -> Status;
}

/// The figures as extracted, no decision applied.
impl Figures for Report {
    fn figure(&self, cell: CellId) -> Figure {
        self.field(cell)
            .map_or(Figure::Unknown(Status::Missing), |f| {
                Figure::of(f.value, f.status)
            })
    }

    fn status(&self, cell: CellId) -> Status {
        self.field(cell).map_or(Status::Missing, |f| f.status)
    }
}
