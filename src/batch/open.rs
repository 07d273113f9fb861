//! A file made ready for a face: read, extracted, its sidecar applied, held against the rules.

use std::path::Path;

use super::guarded;
use crate::check::{Finding, Severity, State};
use crate::document::Document;
use crate::extract::Forced;
use crate::form::FormSet;
use crate::report::{FormId, Report, ReportId};
use crate::review::sidecar::{self, SidecarError};
use crate::review::{Examined, Issue, IssueKind, Log, ReviewStatus, examine, extract_with, issues};
use crate::source::{self, Cause, ReadError};
use crate::words::Lang;

/// How to open.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The forms to read by.
    pub forms: &'static FormSet,
    /// The language of messages.
    pub lang: Lang,
    /// Whether decisions count.
    pub decisions: bool,
    /// The least severity that is queued as an issue.
    pub queue: Severity,
}

/// A report, ready.
#[derive(Debug, Clone)]
pub struct Opened {
    /// What the file says.
    pub document: Document,
    /// What was extracted.
    pub report: Report,
    /// Its figures and findings with decisions applied.
    pub examined: Examined,
    /// The decisions.
    pub log: Log,
    /// What asks for a decision.
    pub issues: Vec<Issue>,
    /// Why the sidecar was not read; the report is then read-only, and no decision is applied.
    pub sidecar: Option<SidecarError>,
    /// What the extraction was told.
    pub forced: Forced,
}

/// A report as a list keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Which report.
    pub id: ReportId,
    /// The authority, as a reviewer set it right.
    pub organ: Option<String>,
    /// The year, likewise.
    pub year: Option<u16>,
    /// The form; `None` for a file that could not be read.
    pub form: Option<FormId>,
    /// Findings that nobody has settled.
    pub errors: usize,
    /// Likewise.
    pub warnings: usize,
    /// Likewise.
    pub infos: usize,
    /// Doubts about values that nobody has settled.
    pub doubts: usize,
    /// Issues that are decided.
    pub decided: usize,
    /// All issues.
    pub issues: usize,
    /// Issues whose decision was made on other figures.
    pub stale: usize,
    /// The state of the review; `None` when it has not begun.
    pub review: Option<ReviewStatus>,
    /// Why the file could not be read.
    pub failure: Option<ReadError>,
    /// Why its sidecar could not be.
    pub sidecar: Option<SidecarError>,
}

/// Opens a file; more reports than one where it holds several.
///
/// # Errors
/// When it cannot be read or holds no such report.
pub fn open(path: &Path, options: Options) -> Result<Vec<Opened>, ReadError> {
    let opened = guarded(|| {
        let loaded = source::load(path)?;
        let reports = loaded.parts.into_iter().map(|part| {
            let id = ReportId {
                path: path.to_owned(),
                member: part.member,
            };
            (id, part.document)
        });
        Ok(reports
            .filter_map(|(id, document)| ready(id, &loaded.sha256, document, options))
            .collect::<Vec<_>>())
    });
    match opened {
        Ok(Ok(reports)) if reports.is_empty() => Err(Cause::NotAReport.of(path)),
        Ok(result) => result,
        Err(cause) => Err(Cause::Internal { cause }.of(path)),
    }
}

fn ready(id: ReportId, sha256: &str, document: Document, options: Options) -> Option<Opened> {
    let (log, sidecar) = match options.decisions.then(|| sidecar::load(&id)) {
        Some(Ok(log)) => (log, None),
        Some(Err(error)) => (Log::default(), Some(error)),
        None => (Log::default(), None),
    };
    // The log comes first: a form that a person set right decides how the tables are read.
    let forced = log.forced();
    let report = extract_with(options.forms, id, sha256, &document, &log)?;
    let examined = examine(&report, &document, &log);
    let issues = issues(&report, &examined, &log, options.queue);
    Some(Opened {
        document,
        report,
        examined,
        log,
        issues,
        sidecar,
        forced,
    })
}

impl Opened {
    /// Holds the report against the rules again after its log has changed; reads the tables
    /// again where the form was set right or put back.
    pub fn renew(&mut self, queue: Severity) {
        let forced = self.log.forced();
        if forced != self.forced {
            let id = self.report.id.clone();
            let sha256 = &self.report.sha256;
            if let Some(report) = extract_with(
                self.report.schema.forms(),
                id,
                sha256,
                &self.document,
                &self.log,
            ) {
                self.report = report;
            }
            self.forced = forced;
        }
        self.examined = examine(&self.report, &self.document, &self.log);
        self.issues = issues(&self.report, &self.examined, &self.log, queue);
    }

    /// The findings with their states.
    pub fn findings(&self) -> &[Finding] {
        &self.examined.checked.findings
    }

    /// What a list keeps of it.
    pub fn summary(&self) -> Summary {
        let open = |severity| {
            let unsettled = |f: &&Finding| f.severity == severity && is_unsettled(f.state);
            self.findings().iter().filter(unsettled).count()
        };
        let doubt = |i: &&Issue| !i.decided && !matches!(i.kind, IssueKind::Finding(_));
        let effective = &self.examined.effective;
        Summary {
            id: self.report.id.clone(),
            organ: effective
                .organ
                .clone()
                .or_else(|| self.report.organ.clone()),
            year: effective.year.or(self.report.year),
            form: Some(self.report.form()),
            errors: open(Severity::Error),
            warnings: open(Severity::Warning),
            infos: open(Severity::Info),
            doubts: self.issues.iter().filter(doubt).count(),
            decided: self.issues.iter().filter(|i| i.decided).count(),
            issues: self.issues.len(),
            stale: self.issues.iter().filter(|i| i.stale).count(),
            review: self.log.status(),
            failure: None,
            sidecar: self.sidecar.clone(),
        }
    }
}

impl Summary {
    /// Of a file that could not be read.
    pub fn failed(error: ReadError) -> Self {
        Self {
            id: ReportId::file(error.path.clone()),
            organ: None,
            year: None,
            form: None,
            errors: 0,
            warnings: 0,
            infos: 0,
            doubts: 0,
            decided: 0,
            issues: 0,
            stale: 0,
            review: None,
            failure: Some(error),
            sidecar: None,
        }
    }
}

/// Whether a finding waits for somebody.
pub const fn is_unsettled(state: State) -> bool {
    state.is_unsettled()
}
