//! `gouji status`: how far a batch has come.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::batch::{self, Entry, Opened};
use crate::cli::args::{Format, StatusArgs};
use crate::cli::{Context, output};
use crate::review::ReviewStatus;
use crate::source::ReadError;
use crate::words::{Lang, reading, say};

/// One report, or a file that gave none.
struct Line {
    id: String,
    organ: Option<String>,
    year: Option<u16>,
    status: Option<ReviewStatus>,
    issues: usize,
    decided: usize,
    flagged: usize,
    stale: usize,
    /// Why the file could not be read.
    failure: Option<String>,
    /// Why its sidecar could not be; its decisions are not counted then.
    sidecar: Option<String>,
}

#[derive(Default)]
struct Sum {
    reports: usize,
    sidecars: usize,
    failed: usize,
    issues: usize,
    decided: usize,
    done: usize,
    stale: usize,
}

/// `gouji status`.
///
/// # Errors
/// When results cannot be written.
pub fn status(args: StatusArgs, cx: &Context) -> anyhow::Result<u8> {
    let mut paths = args.input.paths.clone();
    if args.input.is_empty() {
        paths.push(PathBuf::from("."));
    }
    let found = match batch::discover(&paths, args.input.files_from.as_deref()) {
        Ok(found) => found,
        Err(e) => {
            output::say(&failure(&e, cx));
            return Ok(2);
        }
    };
    let mut out = output::Output::default();
    let mut progress = output::Progress::new(found.entries.len(), cx.quiet);
    let mut sum = Sum::default();
    let mut records: Vec<Value> = Vec::new();
    let flow = batch::map_in_order(
        &found.entries,
        cx.jobs,
        |entry| lines(entry, cx),
        |entry, lines| {
            progress.step();
            let failed = |panic| {
                let cause = say!(cx.lang, batch_internal, cause = panic);
                vec![Line::failed(entry.path(), cause)]
            };
            for line in lines.unwrap_or_else(failed) {
                sum.add(&line);
                if let Some(failure) = line.failure.as_ref().or(line.sidecar.as_ref()) {
                    progress.clear();
                    output::say(failure);
                }
                let written = match args.format {
                    Format::Human => out.line(&output::safe(&line.text(cx.lang))),
                    Format::Ndjson => out.line(&output::json(&line.record())),
                    Format::Json => {
                        records.push(line.record());
                        Ok(())
                    }
                };
                if let Err(e) = written {
                    return ControlFlow::Break(e);
                }
            }
            ControlFlow::Continue(())
        },
    );
    progress.clear();
    if let ControlFlow::Break(e) = flow {
        return Err(e.into());
    }
    match args.format {
        Format::Human => out.line(&sum.text(cx.lang))?,
        Format::Json => out.line(&output::json(&records))?,
        Format::Ndjson => {}
    }
    out.flush()?;
    Ok(if sum.failed + sum.sidecars > 0 { 2 } else { 0 })
}

/// The file and why it could not be read.
fn failure(error: &ReadError, cx: &Context) -> String {
    let why = reading::failure(&error.cause, cx.lang);
    format!("{}: {why}", error.path.display())
}

fn lines(entry: &Entry, cx: &Context) -> Vec<Line> {
    match entry {
        Entry::Failed(e) => vec![Line::failed(&e.path, failure(e, cx))],
        Entry::File(path) => of_file(path, cx),
    }
}

fn of_file(path: &Path, cx: &Context) -> Vec<Line> {
    let forms = match cx.forms() {
        Ok(forms) => forms,
        Err(e) => return vec![Line::failed(path, e.to_string())],
    };
    let options = batch::Options {
        forms,
        decisions: true,
        queue: cx.config.queue,
    };
    match batch::open(path, options) {
        Ok(reports) => reports.iter().map(|r| Line::of(r, cx.lang)).collect(),
        Err(e) => vec![Line::failed(path, failure(&e, cx))],
    }
}

impl Line {
    fn of(opened: &Opened, lang: Lang) -> Self {
        let summary = opened.summary();
        Self {
            id: summary.id.to_string(),
            organ: summary.organ,
            year: summary.year,
            status: summary.review,
            issues: summary.issues,
            decided: summary.decided,
            flagged: opened.issues.iter().filter(|i| i.flagged).count(),
            stale: summary.stale,
            failure: None,
            sidecar: summary.sidecar.map(|e| e.message(lang)),
        }
    }

    fn failed(path: &Path, failure: String) -> Self {
        Self {
            id: path.display().to_string(),
            organ: None,
            year: None,
            status: None,
            issues: 0,
            decided: 0,
            flagged: 0,
            stale: 0,
            failure: Some(failure),
            sidecar: None,
        }
    }

    fn text(&self, lang: Lang) -> String {
        if self.failure.is_some() {
            return format!("{:9}  {}", say!(lang, status_failed), self.id);
        }
        let state = match self.status {
            _ if self.sidecar.is_some() => say!(lang, status_sidecar),
            None => say!(lang, status_new),
            Some(ReviewStatus::InReview) => say!(lang, status_in_review),
            Some(ReviewStatus::Done) => say!(lang, status_done),
            Some(ReviewStatus::Returned) => say!(lang, status_returned),
        };
        let progress = format!("{}/{}", self.decided, self.issues);
        let year = self.year.map_or_else(String::new, |y| y.to_string());
        let organ = self.organ.as_deref().unwrap_or("");
        let mut line = format!("{state}  {progress:>7}  {}  {organ} {year}", self.id);
        if self.flagged > 0 {
            line.push_str(&say!(lang, status_flagged, count = self.flagged));
        }
        if self.stale > 0 {
            line.push_str(&say!(lang, status_stale, count = self.stale));
        }
        line
    }

    fn record(&self) -> Value {
        json!({
            "id": self.id,
            "organ": self.organ,
            "year": self.year,
            "status": self.status.map(ReviewStatus::as_str),
            "issues": self.issues,
            "decided": self.decided,
            "flagged": self.flagged,
            "stale": self.stale,
            "error": self.failure,
            "sidecar_error": self.sidecar,
        })
    }
}

impl Sum {
    fn add(&mut self, line: &Line) {
        if line.failure.is_some() {
            self.failed += 1;
            return;
        }
        self.reports += 1;
        self.sidecars += usize::from(line.sidecar.is_some());
        self.issues += line.issues;
        self.decided += line.decided;
        self.stale += line.stale;
        self.done += usize::from(line.status == Some(ReviewStatus::Done));
    }

    fn text(&self, lang: Lang) -> String {
        let open = self.issues - self.decided;
        say!(
            lang,
            status_sum,
            reports = self.reports,
            open,
            issues = self.issues,
            done = self.done,
            stale = self.stale,
            failed = self.failed,
        )
    }
}
