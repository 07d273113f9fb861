//! The queue: what asks for a decision, in the order in which it should be taken.

use super::{Examined, Log, Request};
use crate::check::Severity;
use crate::report::Report;

/// What an issue is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IssueKind {
    /// Cells that several placements fit; `joint` is the index into [`Report::joint`], where
    /// they are decided together and the solutions are numbered.
    Ambiguous {
        /// Index into [`Report::joint`].
        joint: Option<usize>,
    },
    /// Values whose place was proved by relations.
    Inferred,
    /// Cells that the form has and the table in the file has not.
    Missing,
    /// Cells whose text is no figure.
    Unreadable,
    /// Decisions under which the source changed, where no other issue asks about the cell.
    Stale,
    /// A finding, or several that are one.
    Finding(Severity),
}

/// What asks for one decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Stable over decisions and new readings: `ambiguous:t3`, or a fingerprint.
    pub id: String,
    /// What it is.
    pub kind: IssueKind,
    /// `t2` … for doubts; the first operand's for findings; empty where there is none.
    pub table: String,
    /// The cells in doubt, or the operands, in the order of the form.
    pub keys: Vec<String>,
    /// `report.…` targets among them (stale ones).
    pub targets: Vec<super::Target>,
    /// Indices into the findings.
    pub findings: Vec<usize>,
    /// Every doubt or finding in it has a decision that is not stale.
    pub decided: bool,
    /// Put off: stays open, but this pass of the queue goes by it.
    pub flagged: bool,
    /// A decision in it is stale.
    pub stale: bool,
}

impl Issue {
    /// What `a` means here; empty where there is nothing to agree with.
    pub fn agree(&self, examined: &Examined) -> Vec<Request> {
        let _ = examined;
        Vec::new()
    }
}

/// What a report's reviewer is asked, in order: doubts about values first, then findings by
/// severity; each in the order of the form.
pub fn issues(report: &Report, examined: &Examined, log: &Log, least: Severity) -> Vec<Issue> {
    let _ = (report, examined, log, least);
    Vec::new()
}
