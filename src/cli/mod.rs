//! The commands: what gouji does off the screen, and the way to it.

pub mod args;
mod check;
mod context;
mod explain;
mod extract;
mod help;
mod human;
mod open;
pub mod output;
mod quote;
mod record;
pub mod review;
pub mod run;
mod show;

use std::ffi::OsString;

use clap::FromArgMatches;
use clap::error::ErrorKind;

pub use context::Context;

use crate::source::ReadError;
use crate::words::{Lang, reading, say};
use args::{Cli, Command};

/// Runs the program with a command line, the program's own name included, and gives its exit
/// status: 0 nothing to complain of, 1 findings, 2 wrong usage or a file that could not be read.
pub fn main(line: Vec<OsString>) -> u8 {
    let lang = context::early_lang(&line);
    match parse(line, lang) {
        Ok(cli) => match Context::new(&cli.global) {
            Ok(ctx) => {
                let lang = ctx.lang;
                match dispatch(cli, &ctx) {
                    Ok(status) => status,
                    Err(error) => failed(&error, lang, ctx.color_stderr),
                }
            }
            Err(error) => told(&error.message(lang), lang, false),
        },
        Err(status) => status,
    }
}

fn parse(line: Vec<OsString>, lang: Lang) -> Result<Cli, u8> {
    let mut command = help::command(lang);
    let about = help::command_of(&line, lang);
    let parsed = command
        .try_get_matches_from_mut(line)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = error.print();
            0
        }
        _ => {
            let sentence = help::usage_error(&error, lang);
            let more = say!(lang, usage_help, command = about);
            told(&format!("{sentence}\n{more}"), lang, false)
        }
    })
}

fn dispatch(cli: Cli, ctx: &Context) -> anyhow::Result<u8> {
    let lang = ctx.lang;
    let Some(command) = cli.command else {
        return open::review(&cli.review, ctx);
    };
    if cli.review != args::ReviewArgs::default() {
        anyhow::bail!("{}", say!(lang, usage_before_command));
    }
    match command {
        Command::Review(args) => open::review(&args, ctx),
        Command::Check(args) => check::check(&args, ctx),
        Command::Extract(args) => extract::extract(&args, ctx),
        Command::Decide(args) => review::decide(args, ctx),
        Command::Undo(args) => review::undo(args, ctx),
        Command::Redo(args) => review::redo(args, ctx),
        Command::Log(args) => review::log(args, ctx),
        Command::Mark(args) => review::mark(args, ctx),
        Command::Note(args) => review::note(args, ctx),
        Command::Status(args) => review::status(args, ctx),
        Command::Text(args) => show::text(&args, ctx),
        Command::Explain(args) => explain::explain(&args, ctx),
        Command::Sample(args) => show::sample(&args, ctx),
        Command::Keys => show::keys(ctx),
        Command::Config => show::config(&cli.global, ctx),
        Command::Help(args) => show::help(&args, ctx),
    }
}

/// What ends a command.
fn failed(error: &anyhow::Error, lang: Lang, color: bool) -> u8 {
    match error.downcast_ref::<ReadError>() {
        Some(e) => told(
            &format!(
                "{}: {}",
                run::shown(&e.path),
                reading::failure(&e.cause, lang)
            ),
            lang,
            color,
        ),
        None => told(&format!("{error:#}"), lang, color),
    }
}

fn told(message: &str, lang: Lang, color: bool) -> u8 {
    let word = output::Paint(color).paint(output::Style::Error, say!(lang, word_error));
    output::say_with(&format!("{word}{}", run::colon(lang)), message);
    2
}
