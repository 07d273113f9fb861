//! Runs every rule over a report.

use std::collections::HashMap;

use super::context::{Context, Outcome};
use super::{Figures, Finding, Severity, evidence, linear, rules};
use crate::document::Document;
use crate::report::Report;
use crate::words::Lang;

/// What a check gives.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// What does not hold, in the order of the form.
    pub findings: Vec<Finding>,
    /// Fingerprints of what could not be assessed, with the operands that are unknown.
    pub not_assessable: Vec<(String, Vec<String>)>,
}

/// Holds a report against every rule.
pub fn check(report: &Report, document: &Document, figures: &dyn Figures, lang: Lang) -> Checked {
    let cx = Context::new(report, document, figures, lang);
    let mut out = Outcome::default();
    for table in &cx.tables {
        linear::check(&cx, table, &mut out);
        rules::of_table(&cx, table, &mut out);
    }
    rules::of_report(&cx, &mut out);

    let failing = failing(&out);
    let findings = out
        .drafts
        .into_iter()
        .map(|draft| {
            let suspects = suspects(&draft.fields, &failing);
            let suspects: Vec<&str> = suspects.iter().map(String::as_str).collect();
            evidence::finish(&cx, draft, &suspects)
        })
        .collect();
    Checked {
        findings,
        not_assessable: out.not_assessable,
    }
}

/// In how many failing rules each cell stands.
fn failing(out: &Outcome) -> HashMap<String, usize> {
    let mut count = HashMap::new();
    for key in out
        .drafts
        .iter()
        .filter(|d| d.severity > Severity::Info)
        .flat_map(|d| &d.fields)
    {
        *count.entry(key.clone()).or_insert(0) += 1;
    }
    count
}

/// The cells that more than this rule points at, the most often accused first: a wrong cell
/// breaks its row and its column, as parity locates a wrong bit.
fn suspects(fields: &[String], failing: &HashMap<String, usize>) -> Vec<String> {
    let accused = |key: &String| failing.get(key).copied().unwrap_or(0);
    let mut suspects: Vec<String> = fields.iter().filter(|k| accused(k) > 1).cloned().collect();
    suspects.sort_by_key(|k| std::cmp::Reverse(accused(k)));
    suspects
}
