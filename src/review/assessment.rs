//! Findings with what people said of them.

use std::collections::BTreeMap;

use super::{Action, Decision, InForce, Log, Target};
use crate::check::{Checked, Figure, Figures, Finding, State, check};
use crate::document::Document;
use crate::form::Schema;
use crate::report::{CellId, Report};

/// A report held against the rules, its log applied.
#[derive(Debug, Clone, Default)]
pub struct Assessment {
    /// The figures.
    pub in_force: InForce,
    /// The findings on the published figures, with their states.
    pub checked: Checked,
    /// The findings on the corrected figures, where there are any.
    pub corrected: Option<Checked>,
}

impl Assessment {
    /// A finding.
    pub fn finding(&self, fingerprint: &str) -> Option<&Finding> {
        let mut findings = self.checked.findings.iter();
        findings.find(|f| f.fingerprint == fingerprint)
    }

    /// Whether the figures that a decision on a finding was made on are no longer these.
    pub fn is_stale(&self, schema: &Schema, decision: &Decision, finding: &Finding) -> bool {
        let Some(then) = &decision.basis else {
            return false;
        };
        let now = basis(&self.in_force, schema, finding);
        then.len() != now.len()
            || now
                .iter()
                .any(|(key, figure)| then.get(key).is_none_or(|old| !same_figure(old, figure)))
    }
}

/// The figures of a finding, as decisions on it remember them: decimals as printed, nothing for
/// an empty cell, else the status.
pub(super) fn basis(
    figures: &dyn Figures,
    schema: &Schema,
    finding: &Finding,
) -> BTreeMap<String, String> {
    let text = |cell: CellId| match figures.figure(cell) {
        Figure::Number(n) => n.to_string(),
        Figure::Empty => String::new(),
        Figure::Unknown(status) => status.as_str().to_owned(),
    };
    let cells = finding.cells.iter();
    cells
        .map(|cell| (schema.key(*cell).to_owned(), text(*cell)))
        .collect()
}

fn same_figure(a: &str, b: &str) -> bool {
    use super::decision::decimal;
    a == b || matches!((decimal(a), decimal(b)), (Some(a), Some(b)) if a == b)
}

/// Holds a report against the rules with a log applied, and says of each finding what people
/// said of it.
pub fn assess(report: &Report, document: &Document, log: &Log) -> Assessment {
    let in_force = InForce::new(report, log);
    let identified = in_force.identified(report);
    let checked = check(&identified, document, &in_force);
    let corrected = in_force
        .has_corrections()
        .then(|| check(&identified, document, &in_force.corrected()));
    let mut assessment = Assessment {
        in_force,
        checked,
        corrected,
    };
    let states: Vec<State> = assessment
        .checked
        .findings
        .iter()
        .map(|f| state(&assessment, report, log, f))
        .collect();
    for (finding, state) in assessment.checked.findings.iter_mut().zip(states) {
        finding.state = state;
    }
    assessment
}

fn state(assessment: &Assessment, report: &Report, log: &Log, finding: &Finding) -> State {
    let target = Target::Finding(finding.fingerprint.clone());
    let decision = log.in_force(&target);
    let fresh = decision.filter(|d| {
        !log.is_of_another_copy(d, &report.sha256)
            && !assessment.is_stale(report.schema, d, finding)
    });
    match fresh.map(|d| d.action) {
        Some(Action::Dismiss) => State::Dismissed,
        _ if is_resolved(assessment, finding) => State::Resolved,
        Some(Action::Confirm) => State::Confirmed,
        Some(Action::Flag) => State::Flagged,
        _ if decision.is_some() => State::Stale,
        _ => State::Undecided,
    }
}

/// Whether a corrected value among the operands satisfies the relation.
fn is_resolved(assessment: &Assessment, finding: &Finding) -> bool {
    let Some(corrected) = &assessment.corrected else {
        return false;
    };
    let touched = finding.cells.iter().any(|cell| {
        let cell = assessment.in_force.cell(*cell);
        cell.is_some_and(|c| c.corrected.is_some())
    });
    touched && !fails(corrected, &finding.fingerprint)
}

fn fails(checked: &Checked, fingerprint: &str) -> bool {
    checked
        .findings
        .iter()
        .any(|f| f.fingerprint == fingerprint)
        || checked.not_assessable.iter().any(|(f, _)| f == fingerprint)
}
