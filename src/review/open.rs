//! A document read with what people said of it.

use super::effective::Effective;
use super::log::Log;
use crate::document::Document;
use crate::extract::{Forced, extract};
use crate::form::FormSet;
use crate::report::{Report, ReportId};

/// Extracts a report, by another form where a decision that is in force says so; `None` when the
/// document is no such report. Whether that decision is stale can only be told by what is
/// recognised without it, so that comes first.
pub fn extract_with(
    forms: &'static FormSet,
    id: ReportId,
    sha256: &str,
    document: &Document,
    log: &Log,
) -> Option<Report> {
    let form = log.forced().form.filter(|f| forms.get(*f).is_some());
    let report = extract(forms, id.clone(), sha256, document, &Forced::default());
    let Some(report) = report else {
        // A form that a person names may be what makes it one.
        return form.and_then(|f| extract(forms, id, sha256, document, &Forced { form: Some(f) }));
    };
    let form = form.filter(|f| *f != report.form());
    match form.filter(|f| Effective::new(&report, log).form == Some(*f)) {
        Some(f) => extract(forms, id, sha256, document, &Forced { form: Some(f) }).or(Some(report)),
        None => Some(report),
    }
}
