//! The report that a command names.

use std::path::{Path, PathBuf};

use crate::batch::guarded;
use crate::cli::Context;
use crate::document::Document;
use crate::report::{Report, ReportId};
use crate::review::{Effective, Facts, Log, Readings, Refusal, examine, extract_with, sidecar};
use crate::source::{self, stamp::Stamp};
use crate::words::{Lang, reading, say};

/// A report, ready to be decided on.
pub struct Subject {
    pub report: Report,
    pub document: Document,
    named: String,
    forced: bool,
    /// The file before it was read.
    stamp: Option<Stamp>,
}

impl Subject {
    /// Opens `FILE`, or `FILE#2`, `FILE!member` where one file holds several reports.
    pub fn open(file: &Path, ctx: &Context) -> Result<Self, String> {
        let lang = ctx.lang;
        let forms = ctx.forms().map_err(|e| e.to_string())?;
        let (path, member) = split(file);
        let stamp = Stamp::of(&path).ok();
        let named = file.display().to_string();
        let loaded = guarded(|| source::load(&path))
            .map_err(|panic| format!("{named}: {panic}"))?
            .map_err(|e| format!("{}: {}", e.path.display(), reading::failure(&e.cause, lang)))?;
        let several = loaded.parts.len() > 1;
        let mut ids: Vec<String> = Vec::new();
        let mut found = None;
        for part in loaded.parts {
            let id = ReportId {
                path: path.clone(),
                member: part.member,
            };
            let wanted = match &member {
                Some(_) => id.member == member,
                None => !several,
            };
            ids.push(id.to_string());
            if wanted {
                found = Some((id, part.document));
            }
        }
        let Some((id, document)) = found else {
            let ids = ids.join(", ");
            return Err(say!(lang, decide_which, file = named, ids));
        };
        let log = sidecar::load(&id).map_err(|e| e.message(lang))?;
        let sha256 = loaded.sha256.clone();
        let work = || extract_with(forms, id, &sha256, &document, &log);
        let report = match guarded(work) {
            Ok(report) => report,
            Err(panic) => return Err(format!("{named}: {panic}")),
        };
        match report {
            Some(report) => Ok(Self {
                report,
                document,
                named,
                forced: log.forced().form.is_some(),
                stamp,
            }),
            None => Err(format!("{named}: {}", say!(lang, decide_no_report))),
        }
    }

    /// What the sidecar's head says of the report once the log is this one. A form that was set
    /// right and is no longer is what is recognised without it.
    pub fn facts(&self, log: &Log) -> Facts {
        let effective = Effective::new(&self.report, log);
        let mut facts = Facts::of(&self.report, &effective);
        if self.forced && log.forced().form.is_none() {
            let (id, sha256) = (self.report.id.clone(), self.report.sha256.as_str());
            if let Some(plain) =
                extract_with(self.report.schema.forms(), id, sha256, &self.document, log)
            {
                facts = Facts::of(&plain, &Effective::new(&plain, log));
            }
        }
        facts.stamp = self.stamp;
        if log.lacks_anything() {
            let (report, document) = (&self.report, &self.document);
            let examined = examine(report, document, log);
            facts.readings = Some(Readings::of(report, document, &examined, log));
        }
        facts
    }

    /// Why something is not done, with the file before it.
    pub fn refuses(&self, refusal: &Refusal, lang: Lang) -> String {
        match refusal {
            // The screen reads it again by itself; here that is for whoever asked.
            Refusal::SourceChanged { .. } => self.says(say!(lang, decide_changed)),
            other => self.says(&other.message(lang)),
        }
    }

    /// A sentence with the file before it.
    fn says(&self, sentence: &str) -> String {
        format!("{}: {sentence}", self.named)
    }
}

/// Path and member. A file of that very name is that file.
fn split(file: &Path) -> (PathBuf, Option<String>) {
    let whole = (file.to_owned(), None);
    if file.exists() {
        return whole;
    }
    let Some(text) = file.to_str() else {
        return whole;
    };
    if let Some((path, number)) = text.rsplit_once('#')
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
    {
        return (PathBuf::from(path), Some(format!("#{number}")));
    }
    match text.split_once('!') {
        Some((path, member)) if Path::new(path).exists() => {
            (PathBuf::from(path), Some(member.to_owned()))
        }
        _ => whole,
    }
}

/// A report's sidecar without its report: for what needs no reading.
pub fn id_of(file: &Path) -> ReportId {
    let (path, member) = split(file);
    ReportId { path, member }
}
