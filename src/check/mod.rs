//! Report to findings: what must hold and does not. Checks run on the figures as published, with
//! our misreadings mended: [`Figures`] says which.

mod context;
mod evidence;
mod explain;
mod linear;
mod name;
mod rules;
mod run;

#[cfg(test)]
mod property;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use explain::{RuleDoc, RuleText, explain, rule_docs};
pub use run::{Checked, check};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use crate::form::Severity;

use crate::report::{Report, Status};
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
    /// Key to value, as decimal strings.
    pub set: std::collections::BTreeMap<String, String>,
    /// Why this is plausible.
    pub why: String,
}

/// A relation or rule that does not hold.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// Id of rules.toml.
    pub rule: String,
    /// The severity in this instance.
    pub severity: Severity,
    /// Rule and instance; does not hang on values, so that decisions survive a new extraction.
    pub fingerprint: String,
    /// One sentence in the language asked for.
    pub message: String,
    /// All operands of the relation, and nothing else.
    pub fields: Vec<String>,
    /// What one side says the other should be.
    pub expected: Option<Decimal>,
    /// What stands there.
    pub actual: Option<Decimal>,
    /// The arithmetic with figures, such as `55 + 3 = 57 + 1`.
    pub formula: String,
    /// Whose mistake it more probably is.
    pub doubt: Doubt,
    /// What would mend it, best first.
    pub repairs: Vec<Repair>,
    /// The source at the evidence, as printed.
    pub quote: String,
    /// Where that stands.
    pub span: Option<Span>,
    /// What a reviewer has said; [`State::Undecided`] as it comes from a check.
    pub state: State,
}

impl Finding {
    /// The arithmetic as people should see it: `55 + 3 ≠ 57 + 2`. Records keep the relation that
    /// should hold, `55 + 3 = 57 + 2`, which would look true to a hasty eye. A conversion, such as
    /// `251000元 = 25.1万元`, is true and stays.
    pub fn arithmetic(&self) -> String {
        let figures = !self.formula.chars().any(char::is_alphabetic);
        let due = [(" = ", " ≠ "), (" ≤ ", " > "), (" ≥ ", " < ")];
        let mut signs = due
            .into_iter()
            .filter(|(sign, _)| self.formula.contains(sign));
        match (signs.next(), signs.next()) {
            (Some((sign, shown)), None)
                if figures
                    && self.expected.is_some()
                    && self.expected != self.actual
                    && self.formula.matches(sign).count() == 1 =>
            {
                self.formula.replace(sign, shown)
            }
            _ => self.formula.clone(),
        }
    }
}

/// A cell as a check sees it.
#[derive(Debug, Clone, PartialEq)]
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
    /// The figure of a key.
    fn figure(&self, key: &str) -> Figure;
    /// The status of a key, for telling ours from theirs.
    fn status(&self, key: &str) -> Status;
}

/// The figures as extracted, no decision applied.
impl Figures for Report {
    fn figure(&self, key: &str) -> Figure {
        self.field(key)
            .map_or(Figure::Unknown(Status::Missing), |f| {
                Figure::of(f.value, f.status)
            })
    }

    fn status(&self, key: &str) -> Status {
        self.field(key).map_or(Status::Missing, |f| f.status)
    }
}
