//! Small commands that print something: `text`, `sample`, `keys`, `config`, `help`.

use std::io::IsTerminal;

use super::args::{Global, HelpArgs, SampleArgs, TextArgs};
use super::context::{Context, origin};
use super::help;
use super::output::{Output, Paint, Style, safe_lines, say, width};
use super::run::shown;
use crate::config::{Color, Config};
use crate::source::Part;
use crate::text::is_control;
use crate::tui::{self, ENTRIES};
use crate::words::{Lang, reading, say};
use crate::{sample, source};

/// `gouji text`: the text that all spans refer to, byte for byte, except on a terminal, where
/// control characters show as symbols.
///
/// # Errors
/// When the file cannot be read or stdout cannot be written.
pub fn text(args: &TextArgs, ctx: &Context) -> anyhow::Result<u8> {
    let guarded = crate::guard::guarded(|| source::load(&args.file));
    let loaded = guarded.map_err(anyhow::Error::msg)??;
    let mut out = Output::default();
    for Part { document, .. } in &loaded.parts {
        if std::io::stdout().is_terminal() {
            out.text(&safe_lines(&document.text))?;
        } else {
            out.text(&document.text)?;
        }
        if ctx.verbose > 0 {
            for note in &document.notes {
                let note = reading::note(note, ctx.lang);
                say(&format!("{}: {note}", shown(&args.file)));
            }
        }
    }
    out.flush()?;
    Ok(0)
}

/// `gouji sample`.
///
/// # Errors
/// When the folder cannot be written.
pub fn sample(args: &SampleArgs, ctx: &Context) -> anyhow::Result<u8> {
    let lang = ctx.lang;
    let folder = shown(&args.folder);
    let written = sample::write(&args.folder)
        .map_err(|e| anyhow::anyhow!(say!(lang, sample_failed, folder, cause = e)))?;
    if !ctx.quiet {
        let kept = sample::files().len().saturating_sub(written);
        say(&say!(lang, sample_written, folder, written, kept));
    }
    Ok(0)
}

/// `gouji help`.
///
/// # Errors
/// When there is no such command, or stdout cannot be written.
pub fn help(args: &HelpArgs, ctx: &Context) -> anyhow::Result<u8> {
    let lang = ctx.lang;
    let mut command = help::command(lang);
    command.build();
    let mut out = Output::default();
    let text = match &args.command {
        None => command.render_help(),
        Some(name) => match command.find_subcommand_mut(name) {
            Some(sub) => sub.render_help(),
            None => anyhow::bail!(say!(lang, help_no_command, command = name)),
        },
    };
    out.text(&text.to_string())?;
    out.flush()?;
    Ok(0)
}

/// `gouji config`: a file that would give the same settings, each with where it came from.
///
/// # Errors
/// When stdout cannot be written.
pub fn config(options: &Global, ctx: &Context) -> anyhow::Result<u8> {
    let lang = ctx.lang;
    let config = &ctx.config;
    let default = Config::default();
    let from = |set: bool| origin(if set { "config" } else { "default" }, ctx);
    let file = match (&ctx.config_file, crate::config::default_file()) {
        (Some(path), _) => shown(path),
        (None, Some((path, _))) => say!(lang, config_no_file, file = shown(&path)),
        (None, None) => say!(lang, config_nowhere).to_owned(),
    };
    let color = options.color.unwrap_or(config.color);
    let jobs = options.jobs.map_or(config.jobs, usize::from);
    let mut lines = vec![
        (
            "lang",
            quoted(match ctx.lang {
                Lang::Zh => "zh",
                Lang::En => "en",
            }),
            origin(ctx.lang_from, ctx),
        ),
        (
            "reviewer",
            quoted(&crate::review::reviewer::name(None, Some(&config.reviewer))),
            reviewer_from(config, ctx),
        ),
        (
            "color",
            quoted(match color {
                Color::Auto => "auto",
                Color::Always => "always",
                Color::Never => "never",
            }),
            if options.color.is_some() {
                "--color".to_owned()
            } else {
                from(config.color != default.color)
            },
        ),
        (
            "jobs",
            jobs.to_string(),
            if options.jobs.is_some() {
                "--jobs".to_owned()
            } else {
                from(config.jobs != default.jobs)
            },
        ),
        (
            "queue",
            quoted(match config.queue {
                crate::check::Severity::Error => "error",
                crate::check::Severity::Warning => "warning",
                crate::check::Severity::Info => "info",
            }),
            from(config.queue != default.queue),
        ),
        (
            "ambiguous_width",
            config.ambiguous_width.to_string(),
            from(config.ambiguous_width != default.ambiguous_width),
        ),
    ];
    let mut out = Output::default();
    out.line(&format!("# {file}"))?;
    if let Some(data) = crate::config::data_dir() {
        out.line(&format!(
            "# {}",
            say!(lang, config_data, folder = shown(&data))
        ))?;
    }
    for (name, value, from) in lines.drain(..) {
        let setting = format!("{name} = {value}");
        out.line(&format!("{setting:<28} # {from}"))?;
    }
    if !config.keys.is_empty() {
        out.line("\n[keys]")?;
        for (action, keys) in &config.keys {
            let keys: Vec<String> = keys.iter().map(|k| quoted(k)).collect();
            let setting = format!("{action} = [{}]", keys.join(", "));
            out.line(&format!("{setting:<28} # {}", from(true)))?;
        }
    }
    out.flush()?;
    Ok(0)
}

fn reviewer_from(config: &Config, ctx: &Context) -> String {
    let set = |name| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    if set("GOUJI_REVIEWER") {
        "GOUJI_REVIEWER".to_owned()
    } else if config.reviewer.is_empty() {
        "git user.name, $USER".to_owned()
    } else {
        origin("config", ctx)
    }
}

/// As TOML writes a string; what would steer a terminal is written as its number.
fn quoted(text: &str) -> String {
    if text.chars().any(is_control) {
        let escaped = text.chars().map(|c| match c {
            '"' | '\\' => format!("\\{c}"),
            c if c == '\n' || is_control(c) => format!("\\U{:08X}", c as u32),
            c => c.to_string(),
        });
        return format!("\"{}\"", escaped.collect::<String>());
    }
    toml::Value::String(text.to_owned()).to_string()
}

/// `gouji keys`: the keymap as it is, the configuration applied.
///
/// # Errors
/// When stdout cannot be written.
pub fn keys(ctx: &Context) -> anyhow::Result<u8> {
    let lang = ctx.lang;
    let paint = Paint(ctx.color);
    let map = ctx.keymap();
    let mut out = Output::default();
    for (context, title) in [
        (tui::Context::Main, say!(lang, keys_main)),
        (tui::Context::Input, say!(lang, keys_input)),
    ] {
        let rows: Vec<(String, String, &str)> = ENTRIES
            .iter()
            .filter(|e| e.context == context)
            .map(|e| {
                let keys = map.keys(context, e.action);
                let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
                (keys.join(" "), e.action.name(), e.text.say(lang))
            })
            .collect();
        let columns = |text: &str| width(text, ctx.config.ambiguous_width);
        let widest = rows.iter().map(|r| columns(&r.0)).max().unwrap_or(0);
        let longest = rows.iter().map(|r| r.1.len()).max().unwrap_or(0);
        out.line(&paint.paint(Style::Strong, title))?;
        for (keys, action, text) in &rows {
            let pad = " ".repeat(widest - columns(keys));
            out.line(&format!("  {keys}{pad}  {action:<longest$}  {text}"))?;
        }
    }
    out.flush()?;
    Ok(0)
}
