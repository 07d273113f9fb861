//! What a value would do to the findings, before it is decided.

use std::collections::BTreeSet;

use super::{Assessment, Log, Operation, Refusal, Request, Who, assess, propose};
use crate::document::Document;
use crate::report::Report;

/// What a value would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effect {
    /// Fingerprints of findings that it mends.
    pub mends: Vec<String>,
    /// Fingerprints of findings that it makes.
    pub makes: Vec<String>,
}

/// Tries requests without performing them: what findings they would mend and make. With reason
/// report-wrong that is among the corrected figures. `before` is the report as it stands with that
/// log.
///
/// # Errors
/// When they are refused.
pub fn effect(
    report: &Report,
    document: &Document,
    log: &Log,
    before: &Assessment,
    requests: &[Request],
) -> Result<Effect, Refusal> {
    let step = propose(report, before, log, requests, &Who::now(""))?;
    let mut tried = log.clone();
    tried.perform(&Operation::Apply(step))?;
    let after = assess(report, document, &tried);
    let (old, new) = (open(before), open(&after));
    Ok(Effect {
        mends: old.difference(&new).cloned().collect(),
        makes: new.difference(&old).cloned().collect(),
    })
}

/// Fingerprints of what fails once every correction counts.
fn open(assessment: &Assessment) -> BTreeSet<String> {
    let checked = assessment.corrected.as_ref().unwrap_or(&assessment.checked);
    let all = checked.findings.iter();
    all.map(|f| f.fingerprint.clone()).collect()
}
