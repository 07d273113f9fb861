//! The commands that decide: what keys do on the screen, scripts do with these.

// What an option or a member means is said once, where people read it: in the texts of help.
#![allow(missing_docs)]

mod batch;
mod history;
mod open;
mod status;

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;

use super::{Context, output};
use crate::review::store;
use crate::review::{
    Action, Log, Operation, Reason, Refusal, Request, ReviewStatus, Target, Who, reviewer, sidecar,
};
use crate::words::{Lang, say};
pub use history::{LogArgs, log};
use open::Subject;
pub use status::{StatusArgs, status};

/// What `decide` takes.
#[derive(Debug, Clone, Args)]
pub struct DecideArgs {
    #[arg(value_name = "FILE", required_unless_present = "batch")]
    pub file: Option<PathBuf>,
    #[arg(value_name = "TARGET", required_unless_present = "batch")]
    pub target: Option<String>,
    #[arg(value_name = "ACTION", required_unless_present = "batch")]
    pub action: Option<String>,
    #[arg(value_name = "VALUE", allow_hyphen_values = true)]
    pub value: Option<String>,
    #[arg(long, value_name = "REASON")]
    pub reason: Option<String>,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub note: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    #[arg(long, value_name = "FILE", conflicts_with_all = ["file", "target", "action", "value"])]
    pub batch: Option<PathBuf>,
}

/// What `undo` takes.
#[derive(Debug, Clone, Args)]
pub struct UndoArgs {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    #[arg(long)]
    pub force: bool,
}

/// What `redo` takes.
#[derive(Debug, Clone, Args)]
pub struct RedoArgs {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// What `mark` takes.
#[derive(Debug, Clone, Args)]
pub struct MarkArgs {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(value_name = "STATE")]
    pub state: String,
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// What `note` takes.
#[derive(Debug, Clone, Args)]
pub struct NoteArgs {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    pub text: String,
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// One sentence for stderr; the command ends with 2.
type Failure = String;

fn who(by: Option<&str>, cx: &Context) -> Who {
    Who::now(reviewer::name(by, Some(&cx.config.reviewer)))
}

fn ended(result: Result<(), Failure>) -> u8 {
    match result {
        Ok(()) => 0,
        Err(message) => {
            output::say(&message);
            2
        }
    }
}

/// `gouji decide`.
///
/// # Errors
/// When results cannot be written.
pub fn decide(args: DecideArgs, cx: &Context) -> anyhow::Result<u8> {
    if let Some(list) = &args.batch {
        return batch::run(list, &args, cx);
    }
    let (Some(file), Some(target), Some(action)) = (&args.file, &args.target, &args.action) else {
        return Ok(2);
    };
    let result = request(target, action, &args, cx).and_then(|request| {
        let subject = Subject::open(file, cx)?;
        decided(&subject, &[request], &who(args.by.as_deref(), cx), cx)
    });
    Ok(ended(result))
}

fn request(
    target: &str,
    action: &str,
    args: &DecideArgs,
    cx: &Context,
) -> Result<Request, Failure> {
    let target: Target = target.parse().unwrap_or_else(|e| match e {});
    let reason = args.reason.as_deref();
    let mut request = Request::new(target, action_of(action, cx)?);
    request.value.clone_from(&args.value);
    request.reason = reason.map(|r| reason_of(r, cx)).transpose()?;
    Ok(match &args.note {
        Some(note) => request.note(note.as_str()),
        None => request,
    })
}

fn action_of(word: &str, cx: &Context) -> Result<Action, Failure> {
    let lang = cx.lang;
    word.parse()
        .map_err(|_| say!(lang, decide_no_action, action = word))
}

fn reason_of(word: &str, cx: &Context) -> Result<Reason, Failure> {
    let lang = cx.lang;
    word.parse()
        .map_err(|_| say!(lang, decide_no_reason, reason = word))
}

/// Decides on the report as the sidecar stands now, and says what was saved.
fn decided(
    subject: &Subject,
    requests: &[Request],
    who: &Who,
    cx: &Context,
) -> Result<(), Failure> {
    let make = |log: &Log| subject.propose(log, requests, who).map(Operation::Apply);
    let (operation, _) = transact(subject, make, cx)?;
    if let Operation::Apply(step) = &operation {
        for decision in &step.decisions {
            let value = decision.value.as_deref().unwrap_or("");
            let text = format!("{} {} {value}", decision.target, decision.action);
            let what = text.trim_end();
            said(subject, cx, |lang, path| {
                say!(lang, decide_saved, what, path)
            });
        }
    }
    Ok(())
}

fn transact(
    subject: &Subject,
    make: impl FnOnce(&Log) -> Result<Operation, Refusal>,
    cx: &Context,
) -> Result<(Operation, Log), Failure> {
    done(subject, make, cx)?.map_err(|refusal| subject.refuses(&refusal, cx.lang))
}

fn done(
    subject: &Subject,
    make: impl FnOnce(&Log) -> Result<Operation, Refusal>,
    cx: &Context,
) -> Result<Result<(Operation, Log), Refusal>, Failure> {
    store::transact(&subject.id(), |log| subject.facts(log), make).map_err(|e| e.message(cx.lang))
}

/// Says on stdout what is on the disk now. A reader that is gone does not make it undone.
fn said(
    subject: &Subject,
    cx: &Context,
    sentence: impl FnOnce(Lang, std::path::Display<'_>) -> String,
) {
    if cx.quiet {
        return;
    }
    let place = sidecar::path(&subject.id());
    let line = output::safe(&sentence(cx.lang, place.display()));
    let _ = writeln!(io::stdout(), "{line}");
}

/// `gouji undo`.
///
/// # Errors
/// When results cannot be written.
pub fn undo(args: UndoArgs, cx: &Context) -> anyhow::Result<u8> {
    let who = who(args.by.as_deref(), cx);
    let result = Subject::open(&args.file, cx).and_then(|subject| {
        let mut what = String::new();
        let mut step = String::new();
        // The step that was asked about. While somebody thinks, a newer one may come.
        let mut granted: Option<String> = None;
        loop {
            let make = |log: &Log| {
                let last = log.last_step();
                what = described(&last);
                step = last.first().map_or("", |d| d.step()).to_owned();
                log.undo(&who, args.force || granted.as_ref() == Some(&step))
            };
            match done(&subject, make, cx)? {
                Ok(_) => {
                    said(&subject, cx, |lang, path| {
                        say!(lang, undo_saved, what, path)
                    });
                    return Ok(());
                }
                Err(refusal) => {
                    let theirs = matches!(refusal, Refusal::AnothersStep { .. });
                    let message = subject.refuses(&refusal, cx.lang);
                    if !theirs || !agreed(&message, cx) {
                        return Err(message);
                    }
                    granted = Some(step.clone());
                }
            }
        }
    });
    Ok(ended(result))
}

/// Asks, where there is somebody to ask.
fn agreed(question: &str, cx: &Context) -> bool {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return false;
    }
    let lang = cx.lang;
    output::say(question);
    let _ = write!(io::stderr(), "{} ", say!(lang, undo_ask));
    let mut answer = String::new();
    let read = io::stdin().read_line(&mut answer).is_ok();
    read && matches!(answer.trim(), "y" | "Y" | "yes" | "是")
}

/// What a step says, in one line.
fn described(step: &[&crate::review::Decision]) -> String {
    let one = |d: &&crate::review::Decision| {
        let value = d.value.as_deref().unwrap_or("");
        format!("{} {} {value}", d.target, d.action)
            .trim_end()
            .to_owned()
    };
    step.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// `gouji redo`.
///
/// # Errors
/// When results cannot be written.
pub fn redo(args: RedoArgs, cx: &Context) -> anyhow::Result<u8> {
    let who = who(args.by.as_deref(), cx);
    let result = Subject::open(&args.file, cx).and_then(|subject| {
        let mut what = String::new();
        let make = |log: &Log| {
            what = described(&log.next_redo());
            log.redo(&who)
        };
        transact(&subject, make, cx)?;
        said(&subject, cx, |lang, path| {
            say!(lang, redo_saved, what, path)
        });
        Ok(())
    });
    Ok(ended(result))
}

/// `gouji mark`.
///
/// # Errors
/// When results cannot be written.
pub fn mark(args: MarkArgs, cx: &Context) -> anyhow::Result<u8> {
    let who = who(args.by.as_deref(), cx);
    let result = args
        .state
        .parse::<ReviewStatus>()
        .map_err(|word| Refusal::NotAStatus(word).message(cx.lang))
        .and_then(|state| {
            let subject = Subject::open(&args.file, cx)?;
            transact(&subject, |log| Ok(log.mark(state, &who)), cx)?;
            let what = state.as_str();
            said(&subject, cx, |lang, path| {
                say!(lang, mark_saved, what, path)
            });
            Ok(())
        });
    Ok(ended(result))
}

/// `gouji note`; an empty text takes the note away.
///
/// # Errors
/// When results cannot be written.
pub fn note(args: NoteArgs, cx: &Context) -> anyhow::Result<u8> {
    let who = who(args.by.as_deref(), cx);
    let result = Subject::open(&args.file, cx).and_then(|subject| {
        transact(&subject, |log| Ok(log.annotate(&args.text, &who)), cx)?;
        let what = args.text.trim();
        said(&subject, cx, |lang, path| {
            say!(lang, note_saved, what, path)
        });
        Ok(())
    });
    Ok(ended(result))
}
