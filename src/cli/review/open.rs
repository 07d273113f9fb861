//! The report that a command names.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use crate::batch::{Opened, Options, open};
use crate::cli::Context;
use crate::report::ReportId;
use crate::review::{Desk, Facts, Log, Refusal, Request, Step, Who};
use crate::source::Cause;
use crate::words::{Lang, reading, say};

/// A report that a command decides on.
pub struct Subject {
    desk: RefCell<Desk>,
    named: String,
}

impl Subject {
    /// Opens `FILE`, or `FILE#2`, `FILE!member` where one file holds several reports.
    pub fn open(file: &Path, ctx: &Context) -> Result<Self, String> {
        let lang = ctx.lang;
        let (path, member) = split(file);
        let named = file.display().to_string();
        let options = Options {
            forms: ctx.forms().map_err(|e| e.to_string())?,
            decisions: true,
            queue: ctx.config.queue,
        };
        let all = open(&path, options).map_err(|e| match e.cause {
            Cause::NotAReport => format!("{named}: {}", say!(lang, decide_no_report)),
            Cause::Internal { cause } => format!("{named}: {cause}"),
            cause => format!("{}: {}", e.path.display(), reading::failure(&cause, lang)),
        })?;
        let several = all.len() > 1;
        let ids: Vec<String> = all.iter().map(|o| o.report.id.to_string()).collect();
        let wanted = |o: &Opened| match &member {
            Some(_) => o.report.id.member == member,
            None => !several,
        };
        let Some(opened) = all.into_iter().find(wanted) else {
            let ids = ids.join(", ");
            return Err(say!(lang, decide_which, file = named, ids));
        };
        match opened.sidecar {
            Some(error) => Err(error.message(lang)),
            None => Ok(Self {
                desk: RefCell::new(opened.desk),
                named,
            }),
        }
    }

    /// Which report.
    pub fn id(&self) -> ReportId {
        self.desk.borrow().report.id.clone()
    }

    /// A step of requests on the log as the file has it.
    ///
    /// # Errors
    /// When one of them cannot be carried out.
    pub fn propose(&self, log: &Log, requests: &[Request], who: &Who) -> Result<Step, Refusal> {
        let mut desk = self.desk.borrow_mut();
        desk.renew(log.clone());
        desk.propose(requests, who)
    }

    /// What the sidecar's head says of the report once the log is this one.
    pub fn facts(&self, log: &Log) -> Facts {
        let mut desk = self.desk.borrow_mut();
        desk.renew(log.clone());
        desk.facts()
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
