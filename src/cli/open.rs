//! `gouji` and `gouji review`: the screen, or off a terminal what it would show.

use std::path::PathBuf;

use super::args::{CheckArgs, FailOn, Format, ReviewArgs};
use super::output::say;
use super::{Context, check, run};
use crate::config::data_dir;
use crate::i18n::{fill, t};
use crate::sample;

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
    Ok(if sample { 0 } else { status })
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
