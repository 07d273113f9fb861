//! What every command knows: options over configuration over environment.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;

use super::args::Global;
use super::output::terminal_takes_commands;
use crate::config::{Color, Config, ConfigError, Required, default_file};
use crate::form::FormSet;
use crate::tui::Keymap;
use crate::words::{Lang, say};

/// What every command knows.
#[derive(Debug, Clone)]
pub struct Context {
    /// The configuration, options not applied.
    pub config: Config,
    /// The file that it was read from.
    pub config_file: Option<PathBuf>,
    /// The language of messages.
    pub lang: Lang,
    /// Where that comes from: an option, the configuration, or the name of a variable.
    pub lang_from: &'static str,
    /// Whether stdout is coloured.
    pub color: bool,
    /// Whether stderr is coloured.
    pub color_stderr: bool,
    /// Threads, at least 1.
    pub jobs: usize,
    /// Say nothing but results and errors.
    pub quiet: bool,
    /// Say more.
    pub verbose: u8,
}

impl Context {
    /// The keys of the screen. The configuration was tried when it was read, so the defaults stand
    /// in for nothing.
    pub fn keymap(&self) -> Keymap {
        Keymap::from_overrides(&self.config.keys).unwrap_or_default()
    }

    /// The forms, read when a command first needs them.
    ///
    /// # Errors
    /// When a form is broken.
    pub fn forms(&self) -> anyhow::Result<&'static FormSet> {
        Ok(FormSet::embedded()?)
    }

    /// From the global options.
    ///
    /// # Errors
    /// When the configuration cannot be used.
    pub fn new(options: &Global) -> Result<Self, ConfigError> {
        let (config, config_file) = read(options.config.clone())?;
        let (lang, lang_from) = language(options.lang.map(Into::into), config.lang);
        let color = options.color.unwrap_or(config.color);
        let jobs = options.jobs.map_or(config.jobs, usize::from);
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            lang,
            lang_from,
            color: colored(color, std::io::stdout().is_terminal()),
            color_stderr: colored(color, std::io::stderr().is_terminal()),
            jobs: if jobs == 0 { cores() } else { jobs },
            quiet: options.quiet,
            verbose: options.verbose,
            config,
            config_file,
        })
    }
}

fn read(named: Option<PathBuf>) -> Result<(Config, Option<PathBuf>), ConfigError> {
    let file = named.map(|n| (n, Required::Yes)).or_else(default_file);
    match file {
        Some((path, Required::No)) if !path.exists() => Ok((Config::default(), None)),
        Some((path, _)) => Ok((Config::read(&path, &Keymap::try_keys)?, Some(path))),
        None => Ok((Config::default(), None)),
    }
}

fn colored(color: Color, terminal: bool) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let set = |name| std::env::var_os(name).is_some_and(|v| !v.is_empty());
            terminal && !set("NO_COLOR") && terminal_takes_commands()
        }
    }
}

/// `--lang`, then the configuration, then the locale.
fn language(option: Option<Lang>, config: Option<Lang>) -> (Lang, &'static str) {
    option
        .map(|l| (l, "--lang"))
        .or_else(|| config.map(|l| (l, "config")))
        .unwrap_or_else(|| locale(|name| std::env::var_os(name)))
}

/// Of the variables of the locale the first that is set: `en*` is English, all else Chinese.
fn locale(get: impl Fn(&str) -> Option<OsString>) -> (Lang, &'static str) {
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        if let Some(value) = get(name).filter(|v| !v.is_empty()) {
            let value = value.to_string_lossy().to_lowercase();
            let lang = if value.starts_with("en") {
                Lang::En
            } else {
                Lang::Zh
            };
            return (lang, name);
        }
    }
    (Lang::Zh, "default")
}

/// The language of messages before the command line is understood, so that an error in it is
/// said in the language that it asks for.
pub fn early_lang(line: &[OsString]) -> Lang {
    let value = |name: &str| {
        let joined = format!("{name}=");
        let words = line.iter().skip(1).take_while(|w| *w != "--");
        let words: Vec<&OsString> = words.collect();
        words.iter().enumerate().find_map(|(at, word)| {
            let word = word.to_str()?;
            if word == name {
                return words.get(at + 1)?.to_str().map(str::to_owned);
            }
            word.strip_prefix(&joined).map(str::to_owned)
        })
    };
    match value("--lang").as_deref() {
        Some("zh") => return Lang::Zh,
        Some("en") => return Lang::En,
        _ => {}
    }
    let config = read(value("--config").map(PathBuf::from))
        .ok()
        .and_then(|(config, _)| config.lang);
    language(None, config).0
}

/// What to call the place that a setting comes from.
pub fn origin(from: &'static str, ctx: &Context) -> String {
    let lang = ctx.lang;
    match from {
        "default" => say!(lang, origin_default).to_owned(),
        "config" => ctx
            .config_file
            .as_deref()
            .map_or_else(String::new, super::run::shown),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_counts() {
        let with = |pairs: &'static [(&str, &str)]| {
            locale(|name| {
                let found = pairs.iter().find(|(n, _)| *n == name);
                found.map(|(_, v)| OsString::from(v))
            })
        };
        assert_eq!(with(&[]), (Lang::Zh, "default"));
        assert_eq!(with(&[("LANG", "en_US.UTF-8")]), (Lang::En, "LANG"));
        assert_eq!(
            with(&[("LC_ALL", ""), ("LC_MESSAGES", "zh_CN"), ("LANG", "en")]),
            (Lang::Zh, "LC_MESSAGES")
        );
        assert_eq!(
            with(&[("LC_ALL", "C"), ("LANG", "en")]),
            (Lang::Zh, "LC_ALL")
        );
    }

    #[test]
    fn the_language_is_known_before_the_line_is_understood() {
        let line = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        assert_eq!(
            early_lang(&line(&["gouji", "--lang", "en", "--x"])),
            Lang::En
        );
        assert_eq!(early_lang(&line(&["gouji", "--lang=en"])), Lang::En);
        assert_eq!(early_lang(&line(&["gouji", "a", "--lang", "zh"])), Lang::Zh);
    }
}
