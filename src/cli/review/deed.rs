//! What every command that decides does: it performs an operation on the log as the sidecar has it
//! by then, and says what is on the disk.

use std::io::{self, Write};

use super::open::Subject;
use crate::cli::{Context, output};
use crate::review::store;
use crate::review::{Action, Log, Operation, Reason, Refusal, Request, Who, reviewer, sidecar};
use crate::words::{Lang, say};

/// One sentence for stderr; the command ends with 2.
pub type Failure = String;

/// The reviewer that a command names, or that is known.
pub fn who(by: Option<&str>, cx: &Context) -> Who {
    Who::now(reviewer::name(by, Some(&cx.config.reviewer)))
}

/// The exit status, after what went wrong was said.
pub fn ended(result: Result<(), Failure>) -> u8 {
    match result {
        Ok(()) => 0,
        Err(message) => {
            output::say(&message);
            2
        }
    }
}

/// The action of a word.
pub fn action_of(word: &str, cx: &Context) -> Result<Action, Failure> {
    let lang = cx.lang;
    word.parse()
        .map_err(|_| say!(lang, decide_no_action, action = word))
}

/// The reason of a word.
pub fn reason_of(word: &str, cx: &Context) -> Result<Reason, Failure> {
    let lang = cx.lang;
    word.parse()
        .map_err(|_| say!(lang, decide_no_reason, reason = word))
}

/// Decides on the report as the sidecar stands now, and says what was saved.
pub fn decided(
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

/// Performs an operation on the log as the file has it; a refusal is a sentence.
pub fn transact(
    subject: &Subject,
    make: impl FnOnce(&Log) -> Result<Operation, Refusal>,
    cx: &Context,
) -> Result<(Operation, Log), Failure> {
    done(subject, make, cx)?.map_err(|refusal| subject.refuses(&refusal, cx.lang))
}

/// The same; a refusal is what it is.
pub fn done(
    subject: &Subject,
    make: impl FnOnce(&Log) -> Result<Operation, Refusal>,
    cx: &Context,
) -> Result<Result<(Operation, Log), Refusal>, Failure> {
    store::transact(&subject.id(), |log| subject.facts(log), make).map_err(|e| e.message(cx.lang))
}

/// Says on stdout what is on the disk now. A reader that is gone does not make it undone.
pub fn said(
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
