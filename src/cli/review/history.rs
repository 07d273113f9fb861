//! `gouji log`: every decision of a report, also those that ended, in the order of time.

// What an option or a member means is said once, where people read it: in the texts of help.
#![allow(missing_docs)]

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::{ended, open};
use crate::cli::args::Format;
use crate::cli::{Context, output};
use crate::review::{Decision, End, Ended, Log, sidecar};
use crate::words::{Lang, say};

/// What `log` takes.
#[derive(Debug, Clone, Args)]
pub struct LogArgs {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `gouji log`. The report itself is not read: its history is there when the report is gone.
///
/// # Errors
/// When results cannot be written.
pub fn log(args: LogArgs, cx: &Context) -> anyhow::Result<u8> {
    let id = open::id_of(&args.file);
    let place = sidecar::path(&id);
    if !place.exists() && !id.path.exists() {
        let lang = cx.lang;
        let message = say!(lang, log_nothing, file = args.file.display());
        return Ok(ended(Err(message)));
    }
    let log = match sidecar::load(&id) {
        Ok(log) => log,
        Err(e) => return Ok(ended(Err(e.message(cx.lang)))),
    };
    let mut out = output::Output::default();
    let all = in_time(&log);
    match args.format {
        Format::Human => {
            for (decision, end) in &all {
                out.line(&output::safe(&line(decision, *end, cx.lang)))?;
            }
        }
        Format::Ndjson => {
            for (decision, end) in &all {
                out.line(&output::json(&record(decision, *end)))?;
            }
        }
        Format::Json => {
            let records: Vec<Value> = all.iter().map(|(d, e)| record(d, *e)).collect();
            out.line(&output::json(&records))?;
        }
    }
    out.flush()?;
    Ok(0)
}

fn in_time(log: &Log) -> Vec<(&Decision, Option<&Ended>)> {
    let entries = log.history.iter().chain(&log.decisions);
    let mut all: Vec<_> = entries.map(|e| (&e.decision, e.ended.as_ref())).collect();
    all.sort_by(|(a, _), (b, _)| {
        let time = |d: &Decision| d.at.as_ref().map(jiff::Zoned::timestamp);
        (time(a), &a.id).cmp(&(time(b), &b.id))
    });
    all
}

fn time(at: Option<&jiff::Zoned>) -> String {
    at.map_or_else(String::new, |at| at.strftime("%Y-%m-%d %H:%M").to_string())
}

fn line(d: &Decision, end: Option<&Ended>, lang: Lang) -> String {
    let mut line = format!("{:16}  ", time(d.at.as_ref()));
    let nobody = say!(lang, refused_somebody);
    line.push_str(d.by.as_deref().unwrap_or(nobody));
    line.push_str(&format!("  {} {}", d.target, d.action));
    if let Some(value) = &d.value {
        line.push_str(&format!(" {value}"));
    }
    if let Some(was) = &d.was {
        line.push_str(&say!(lang, log_was, was));
    }
    if let Some(reason) = d.reason {
        line.push_str(&format!(" [{reason}]"));
    }
    if let Some(note) = &d.note {
        line.push_str(&format!(" # {note}"));
    }
    if let Some(end) = end {
        let by = end.by.as_deref().unwrap_or(nobody);
        let at = time(end.at.as_ref());
        line.push_str(&match end.how {
            End::Undone => say!(lang, log_undone, by, at),
            End::Superseded => say!(lang, log_superseded, by, at),
        });
    }
    line
}

fn record(d: &Decision, end: Option<&Ended>) -> Value {
    let at = |at: Option<&jiff::Zoned>| at.map(|z| z.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    json!({
        "id": d.id,
        "step": d.step(),
        "target": d.target.to_string(),
        "action": d.action.as_str(),
        "value": d.value,
        "was": d.was,
        "was_status": d.was_status,
        "reason": d.reason.map(crate::review::Reason::as_str),
        "note": d.note,
        "by": d.by,
        "at": at(d.at.as_ref()),
        "basis": d.basis,
        "ended": end.map(|e| e.how.as_str()),
        "ended_by": end.and_then(|e| e.by.clone()),
        "ended_at": end.and_then(|e| at(e.at.as_ref())),
    })
}
