//! `gouji` and `gouji review`: the screen, or off a terminal what it would show.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use super::args::{CheckArgs, FailOn, Format, Input, ReviewArgs};
use super::output::{safe, say, terminal_takes_commands};
use super::{Context, check, help, run};
use crate::batch::Discovered;
use crate::config::data_dir;
use crate::review::reviewer;
use crate::words::say;
use crate::{sample, tui};

/// Opens the screen; off a terminal prints the findings and says how to open it.
///
/// # Errors
/// When nothing can be opened, or stdout cannot be written.
pub fn review(args: &ReviewArgs, ctx: &Context) -> anyhow::Result<u8> {
    let sample = args.input.is_empty();
    let mut input = args.input.clone();
    if sample {
        input.paths.push(unpacked(ctx)?);
    }
    let found = run::find(&input, ctx)?;
    let lang = ctx.lang;
    let first = input.paths.first().and_then(|p| p.to_str());
    if let Some(first) = first.filter(|_| found.files().next().is_none())
        && !std::path::Path::new(first).exists()
        && let Some(command) = help::meant(first, lang)
    {
        anyhow::bail!(say!(lang, usage_command_meant, word = first, command));
    }
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if terminal && terminal_takes_commands() {
        let options = screen(args, &found, sample, ctx)?;
        return crate::tui::run(options);
    }
    let status = check::check_found(
        &found,
        &CheckArgs {
            input,
            format: Format::Human,
            fail_on: FailOn::Never,
            select: Vec::new(),
            ignore: Vec::new(),
            no_decisions: false,
            all: false,
        },
        ctx,
    )?;
    if terminal {
        let term = std::env::var_os("TERM").unwrap_or_default();
        say(&say!(lang, review_dumb, term = term.display()));
    } else {
        say(say!(lang, review_no_terminal));
    }
    // One file of the sample is there to show what an unreadable file looks like.
    Ok(if sample { 0 } else { status })
}

fn screen(
    args: &ReviewArgs,
    found: &Discovered,
    is_sample: bool,
    ctx: &Context,
) -> anyhow::Result<tui::Options> {
    let lang = ctx.lang;
    if found.entries.is_empty() {
        // Said already; an empty screen would say less.
        anyhow::bail!("{}", say!(lang, review_nothing));
    }
    let by = args.by.as_deref();
    Ok(tui::Options {
        batch_name: if is_sample {
            say!(lang, tui_sample_name).to_owned()
        } else {
            name_of(&args.input)
        },
        is_sample,
        read_only: args.read_only,
        by: reviewer::name(by, Some(&ctx.config.reviewer)),
        jobs: ctx.jobs,
        queue: ctx.config.queue,
        ambiguous_width: ctx.config.ambiguous_width,
        keymap: ctx.keymap(),
        color: ctx.color,
        state_file: data_dir().map(|d| d.join("screen.json")),
        ..tui::Options::new(found, ctx.forms()?, lang)
    })
}

/// What a batch is called: the last name of its only path, else of the first and how many more.
fn name_of(input: &Input) -> String {
    let name = |path: &Path| {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let name = absolute.file_name().unwrap_or(path.as_os_str());
        safe(&name.to_string_lossy())
    };
    let first = input.paths.first().or(input.files_from.as_ref());
    let first = first.map_or_else(String::new, |p| name(p));
    match input.paths.len() {
        0 | 1 => first,
        n => format!("{first} +{}", n - 1),
    }
}

/// The sample batch in the user's data folder, so that decisions on it last; what is there is
/// never overwritten.
fn unpacked(ctx: &Context) -> anyhow::Result<PathBuf> {
    let lang = ctx.lang;
    let folder = data_dir()
        .ok_or_else(|| anyhow::anyhow!(say!(lang, sample_nowhere).to_owned()))?
        .join("sample");
    sample::write(&folder).map_err(|e| {
        anyhow::anyhow!(say!(
            lang,
            sample_failed,
            folder = super::output::shown(&folder),
            cause = e
        ))
    })?;
    Ok(folder)
}
