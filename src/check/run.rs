//! Runs every rule over a report.

use std::collections::HashMap;

use super::context::{Context, Elsewhere, Nowhere, Outcome};
use super::{Figures, Finding, Severity, equation, evidence, registry};
use crate::document::Document;
use crate::report::{CellId, Report};

/// What a check gives.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// What does not hold, in the order of the form.
    pub findings: Vec<Finding>,
    /// Fingerprints of what could not be assessed, with the operands that are unknown.
    pub not_assessable: Vec<(String, Vec<CellId>)>,
}

/// Holds a report against every rule that speaks of it alone.
pub fn check(report: &Report, document: &Document, figures: &dyn Figures) -> Checked {
    check_with(report, document, figures, &Nowhere)
}

/// Holds a report against every rule, those too that speak of other reports.
pub fn check_with(
    report: &Report,
    document: &Document,
    figures: &dyn Figures,
    elsewhere: &dyn Elsewhere,
) -> Checked {
    let cx = Context::new(report, document, figures, elsewhere);
    let mut out = Outcome::default();
    for table in cx.schema.tables() {
        equation::check(&cx, table, &mut out);
        registry::of_table(&cx, table, &mut out);
    }
    registry::of_report(&cx, &mut out);

    let failing = failing(&out);
    let findings = out.drafts.into_iter().map(|draft| {
        let suspects = suspects(&draft.cells, &failing);
        evidence::finish(&cx, draft, &suspects)
    });
    Checked {
        findings: findings.collect(),
        not_assessable: out.not_assessable,
    }
}

/// In how many failing rules each cell stands.
fn failing(out: &Outcome) -> HashMap<CellId, usize> {
    let mut count = HashMap::new();
    let loud = out.drafts.iter().filter(|d| d.severity > Severity::Info);
    for cell in loud.flat_map(|d| &d.cells) {
        *count.entry(*cell).or_insert(0) += 1;
    }
    count
}

/// The cells that more than this rule points at, the most often accused first: a wrong cell
/// breaks its row and its column, as parity locates a wrong bit.
fn suspects(cells: &[CellId], failing: &HashMap<CellId, usize>) -> Vec<CellId> {
    let accused = |cell: &CellId| failing.get(cell).copied().unwrap_or(0);
    let mut suspects: Vec<CellId> = cells.iter().copied().filter(|c| accused(c) > 1).collect();
    suspects.sort_by_key(|c| std::cmp::Reverse(accused(c)));
    suspects
}
