//! The commands that decide: what keys do on the screen, scripts do with these.

mod batch;
mod deed;
mod history;
mod open;
mod status;

use std::io::{self, IsTerminal, Write};

use super::args::{DecideArgs, MarkArgs, NoteArgs, RedoArgs, UndoArgs};
use super::{Context, output};
use crate::review::{Log, Refusal, Request, ReviewStatus, Target};
use crate::words::say;
use deed::{Failure, action_of, decided, done, ended, reason_of, said, transact, who};
pub use history::log;
use open::Subject;
pub use status::status;

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
