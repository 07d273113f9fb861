//! From what a face asks to a step, or to why not.

use super::{Examined, Log, Refusal, Request, Step, Who};
use crate::report::Report;

/// Turns requests into one step.
///
/// # Errors
/// When one of them cannot be carried out; none is then.
pub fn propose(
    report: &Report,
    examined: &Examined,
    log: &Log,
    requests: &[Request],
    who: &Who,
) -> Result<Step, Refusal> {
    let _ = (report, examined, log, requests, who);
    Ok(Step {
        decisions: Vec::new(),
    })
}
