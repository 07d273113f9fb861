//! The desk: a report laid open with what people said of it, and the one way to decide on it. The
//! screen, the commands and lists of decisions all go through it.
//!
//! `desk.propose(&[request], &who)` makes a step of `accept t3.new.total`, `desk.apply(operation)`
//! does it here, and the same operation goes to the [`super::Writer`] or [`super::store`], which
//! does it in the file as it is by then.

use super::assessment::{Assessment, assess};
use super::facts::{Facts, Readings};
use super::in_force::InForce;
use super::issue::{Issue, issues};
use super::log::Log;
use super::operation::Operation;
use super::preview::{Effect, effect};
use super::propose::propose;
use super::refusal::Refusal;
use super::{Item, Request, Step, Target, Who};
use crate::check::{Finding, Severity};
use crate::document::Document;
use crate::form::FormSet;
use crate::report::{FormId, Report, ReportId};
use crate::stamp::Stamp;

/// Makes a report of a document, by a form that a person named or by what it shows; `None` when it
/// is no such report. Extraction stands above this floor: whoever opens a desk hands it in.
pub type Extract =
    fn(&'static FormSet, ReportId, &str, &Document, Option<FormId>) -> Option<Report>;

/// A report, ready to be decided on.
#[derive(Debug, Clone)]
pub struct Desk {
    /// What the file says.
    pub document: Document,
    /// What was extracted.
    pub report: Report,
    /// Its figures and findings with decisions applied.
    pub assessment: Assessment,
    /// The decisions.
    pub log: Log,
    /// What asks for a decision.
    pub issues: Vec<Issue>,
    /// The file as it was before it was read.
    pub stamp: Option<Stamp>,
    /// The form that the report was read by because a decision says so.
    form: Option<FormId>,
    /// The least severity that is queued as an issue.
    queue: Severity,
    extract: Extract,
}

/// What a desk is opened with.
#[derive(Debug, Clone)]
pub struct Opening {
    /// The forms to read by.
    pub forms: &'static FormSet,
    /// Which report.
    pub id: ReportId,
    /// SHA-256 of the file's bytes, in hex.
    pub sha256: String,
    /// What the file says.
    pub document: Document,
    /// The file as it was before it was read.
    pub stamp: Option<Stamp>,
    /// The decisions.
    pub log: Log,
    /// The least severity that is queued as an issue.
    pub queue: Severity,
}

impl Desk {
    /// Extracts a report, by another form where a decision that is in force says so, and holds it
    /// against the rules; `None` when the document is no such report.
    pub fn open(opening: Opening, extract: Extract) -> Option<Self> {
        let Opening {
            forms,
            id,
            sha256,
            document,
            stamp,
            log,
            queue,
        } = opening;
        // The log comes first: a form that a person set right decides how the tables are read.
        let report = read(forms, id, &sha256, &document, &log, extract)?;
        let assessment = assess(&report, &document, &log);
        let issues = issues(&report, &assessment, &log, queue);
        Some(Self {
            form: log.form(),
            document,
            report,
            assessment,
            log,
            issues,
            stamp,
            queue,
            extract,
        })
    }

    /// The findings with their states.
    pub fn findings(&self) -> &[Finding] {
        &self.assessment.checked.findings
    }

    /// Turns requests into one step.
    ///
    /// # Errors
    /// When one of them cannot be carried out; none is then.
    pub fn propose(&self, requests: &[Request], who: &Who) -> Result<Step, Refusal> {
        propose(&self.report, &self.assessment, &self.log, requests, who)
    }

    /// What requests would do to the findings; nothing is done.
    ///
    /// # Errors
    /// When they are refused.
    pub fn preview(&self, requests: &[Request]) -> Result<Effect, Refusal> {
        let (report, document) = (&self.report, &self.document);
        effect(report, document, &self.log, &self.assessment, requests)
    }

    /// Does an operation on the log that is at hand, and assesses the report again; gives what the
    /// writer must know to do the same in the file.
    ///
    /// # Errors
    /// When the log does not allow it; nothing is changed then.
    pub fn apply(&mut self, operation: &Operation) -> Result<Facts, Refusal> {
        // What is read before anything new is done: what a person wrote into the file by hand,
        // unknown here as yet, was made on that.
        let readings = self.readings();
        self.log.perform(operation)?;
        self.assess();
        Ok(Facts {
            readings: Some(readings),
            ..self.facts()
        })
    }

    /// Takes the log as it stands in the file by now; gives whether anything is new.
    pub fn renew(&mut self, log: Log) -> bool {
        let new = self.log != log;
        self.log = log;
        if new {
            self.assess();
        }
        new
    }

    /// Holds the report against the rules again after its log has changed; reads the tables again
    /// where the form was set right or put back.
    pub fn assess(&mut self) {
        let form = self.log.form();
        if form != self.form {
            let forms = self.report.schema.forms();
            let (id, sha256) = (self.report.id.clone(), self.report.sha256.as_str());
            let again = read(forms, id, sha256, &self.document, &self.log, self.extract);
            self.report = again.unwrap_or_else(|| self.report.clone());
            self.form = form;
        }
        self.assessment = assess(&self.report, &self.document, &self.log);
        self.issues = issues(&self.report, &self.assessment, &self.log, self.queue);
    }

    /// What the sidecar's head says of the report, and what is read of it where decisions are to
    /// be completed.
    pub fn facts(&self) -> Facts {
        let mut facts = Facts::of(&self.report, &self.assessment.in_force);
        facts.stamp = self.stamp;
        if self.log.lacks_anything() {
            facts.readings = Some(self.readings());
        }
        facts
    }

    /// What decisions on this report are made on.
    fn readings(&self) -> Readings {
        // A report that is read by a form that somebody gave does not say what it is without.
        let given = self.log.in_force(&Target::Report(Item::Form));
        let plain = given.filter(|d| d.was_status.is_none()).and_then(|_| {
            let forms = self.report.schema.forms();
            let (id, sha256) = (self.report.id.clone(), self.report.sha256.as_str());
            (self.extract)(forms, id, sha256, &self.document, None)
        });
        Readings::of(&self.report, plain.as_ref(), &self.assessment)
    }
}

/// Extracts a report, by another form where a decision that is in force says so. Whether that
/// decision is stale can only be told by what is recognised without it, so that comes first.
fn read(
    forms: &'static FormSet,
    id: ReportId,
    sha256: &str,
    document: &Document,
    log: &Log,
    extract: Extract,
) -> Option<Report> {
    let form = log.form().filter(|f| forms.get(*f).is_some());
    let report = extract(forms, id.clone(), sha256, document, None);
    let Some(report) = report else {
        // A form that a person names may be what makes it one.
        return form.and_then(|f| extract(forms, id, sha256, document, Some(f)));
    };
    let form = form.filter(|f| *f != report.form());
    match form.filter(|f| InForce::new(&report, log).form == Some(*f)) {
        Some(f) => extract(forms, id, sha256, document, Some(f)).or(Some(report)),
        None => Some(report),
    }
}
