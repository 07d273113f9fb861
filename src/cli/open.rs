//! `gouji` and `gouji review`: the screen, or off a terminal what it would show.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use super::args::{CheckArgs, FailOn, Format, Input, ReviewArgs};
use super::output::say;
use super::{Context, check, help, run};
use crate::batch::Discovered;
use crate::config::data_dir;
use crate::i18n::{fill, t};
use crate::review::reviewer;
use crate::sample;
use crate::tui::{self, Keymap};

/// Opens the screen; off a terminal prints the findings and says how to open it.
///
/// # Errors
/// When nothing can be opened, or stdout cannot be written.
pub fn review(args: &ReviewArgs, ctx: &Context) -> anyhow::Result<u8> {
    let is_sample = args.input.is_empty();
    let mut input = args.input.clone();
    if is_sample {
        input.paths.push(unpacked(ctx)?);
    }
    let found = run::find(&input, ctx)?;
    let lang = ctx.lang;
    let first = input.paths.first().and_then(|p| p.to_str());
    if let Some(first) = first.filter(|_| found.files().next().is_none())
        && !std::path::Path::new(first).exists()
        && let Some(command) = help::meant(first, lang)
    {
        let values: [(&str, &dyn std::fmt::Display); 2] = [("word", &first), ("command", &command)];
        anyhow::bail!(fill(lang, "usage_command_meant", &values));
    }
    if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        return screen(args, ctx, &found, &input, is_sample);
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
    say(t(lang, "review_no_terminal"));
    // One file of the sample is there to show what an unreadable file looks like.
    Ok(if is_sample { 0 } else { status })
}

/// Opens the screen.
fn screen(
    args: &ReviewArgs,
    ctx: &Context,
    found: &Discovered,
    input: &Input,
    is_sample: bool,
) -> anyhow::Result<u8> {
    let lang = ctx.lang;
    let keymap = Keymap::from_overrides(&ctx.config.keys)
        .map_err(|what| anyhow::anyhow!(fill(lang, "tui_bad_key", &[("what", &what)])))?;
    let only = input.paths.first().filter(|_| input.paths.len() == 1);
    let name = only
        .and_then(|p| p.file_name())
        .map(|n| n.to_string_lossy().into_owned());
    let batch_name = if is_sample {
        t(lang, "tui_sample_name").to_owned()
    } else {
        name.unwrap_or_else(|| t(lang, "tui_batch_name").to_owned())
    };
    tui::run(tui::Options {
        paths: found.files().map(Path::to_owned).collect(),
        failures: found.failures().cloned().collect(),
        skipped: found.skipped,
        batch_name,
        is_sample,
        lang,
        read_only: args.read_only,
        by: reviewer::name(args.by.as_deref(), Some(&ctx.config.reviewer)),
        jobs: ctx.jobs,
        queue: ctx.config.queue,
        ambiguous_width: ctx.config.ambiguous_width,
        keymap,
        color: ctx.color,
        state_file: data_dir().map(|d| d.join("screen.json")),
    })
}

/// The sample batch in the user's data folder, so that decisions on it last; what is there is
/// never overwritten.
fn unpacked(ctx: &Context) -> anyhow::Result<PathBuf> {
    let lang = ctx.lang;
    let folder = data_dir()
        .ok_or_else(|| anyhow::anyhow!(t(lang, "sample_nowhere").to_owned()))?
        .join("sample");
    sample::write(&folder).map_err(|e| {
        anyhow::anyhow!(fill(
            lang,
            "sample_failed",
            &[("folder", &run::shown(&folder)), ("cause", &e)]
        ))
    })?;
    Ok(folder)
}
