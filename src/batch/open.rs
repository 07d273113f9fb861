//! A file made ready for a face: read, extracted, its sidecar applied, held against the rules.

use std::path::Path;

use crate::check::{Finding, Severity, State};
use crate::document::Document;
use crate::extract::extract;
use crate::form::FormSet;
use crate::guard::guarded;
use crate::report::{FormId, ReportId};
use crate::review::sidecar::{self, SidecarError};
use crate::review::{Desk, Issue, IssueKind, Log, Opening, ReviewStatus};
use crate::source::{self, Cause, ReadError};
use crate::stamp::Stamp;

/// How to open.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The forms to read by.
    pub forms: &'static FormSet,
    /// Whether decisions count.
    pub decisions: bool,
    /// The least severity that is queued as an issue.
    pub queue: Severity,
}

/// A report on the desk, and what became of its sidecar.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The report, ready to be decided on.
    pub desk: Desk,
    /// Why the sidecar was not read; the report is then read-only, and no decision is applied.
    pub sidecar: Option<SidecarError>,
}

impl std::ops::Deref for Opened {
    type Target = Desk;
    fn deref(&self) -> &Desk {
        &self.desk
    }
}

impl std::ops::DerefMut for Opened {
    fn deref_mut(&mut self) -> &mut Desk {
        &mut self.desk
    }
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
        // Before it is read: what changes meanwhile is noticed the next time.
        let stamp = Stamp::of(path).ok();
        let loaded = source::load(path)?;
        let reports = loaded.parts.into_iter().map(|part| {
            let id = ReportId {
                path: path.to_owned(),
                member: part.member,
            };
            (id, part.document)
        });
        Ok(reports
            .filter_map(|(id, document)| ready(id, &loaded.sha256, document, stamp, options))
            .collect::<Vec<_>>())
    });
    match opened {
        Ok(Ok(reports)) if reports.is_empty() => Err(Cause::NotAReport.of(path)),
        Ok(result) => result,
        Err(cause) => Err(Cause::Internal { cause }.of(path)),
    }
}

fn ready(
    id: ReportId,
    sha256: &str,
    document: Document,
    stamp: Option<Stamp>,
    options: Options,
) -> Option<Opened> {
    let (log, sidecar) = match options.decisions.then(|| sidecar::load(&id)) {
        Some(Ok(log)) => (log, None),
        Some(Err(error)) => (Log::default(), Some(error)),
        None => (Log::default(), None),
    };
    let opening = Opening {
        forms: options.forms,
        id,
        sha256: sha256.to_owned(),
        document,
        stamp,
        log,
        queue: options.queue,
    };
    let desk = Desk::open(opening, extract)?;
    Some(Opened { desk, sidecar })
}

impl Opened {
    /// What a list keeps of it.
    pub fn summary(&self) -> Summary {
        let open = |severity| {
            let unsettled = |f: &&Finding| f.severity == severity && is_unsettled(f.state);
            self.findings().iter().filter(unsettled).count()
        };
        let doubt = |i: &&Issue| !i.decided && !matches!(i.kind, IssueKind::Finding(_));
        let in_force = &self.assessment.in_force;
        Summary {
            id: self.report.id.clone(),
            organ: in_force.organ.clone().or_else(|| self.report.organ.clone()),
            year: in_force.year.or(self.report.year),
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
