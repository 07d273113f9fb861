//! Settings: `config.toml`, read strictly. An error names file, line and key, and says what was
//! probably meant, because a setting that is silently ignored is worse than none.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::check::Severity;
use crate::words::Lang;

/// What a user can set. [`Config::default`] is what `config.toml.example` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Language; `None` (`auto`) takes the locale's.
    pub lang: Option<Lang>,
    /// Name under decisions; empty takes git's `user.name`, then `$USER`.
    pub reviewer: String,
    /// Colour of what is printed.
    pub color: Color,
    /// Threads; 0 is one a core.
    pub jobs: usize,
    /// Findings of this severity and above are queued as issues.
    pub queue: Severity,
    /// Columns that the terminal gives to “ ” … — · ① and their like: 1 or 2.
    pub ambiguous_width: u8,
    /// Action to keys, for those that differ from the default keymap.
    pub keys: BTreeMap<String, Vec<String>>,
}

/// When output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            lang: None,
            reviewer: String::new(),
            color: Color::Auto,
            jobs: 0,
            queue: Severity::Warning,
            ambiguous_width: 1,
            keys: BTreeMap::new(),
        }
    }
}

/// Why a configuration cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The file.
    pub file: String,
    /// Line and column, from 1; `None` where the file could not be read at all.
    pub place: Option<(usize, usize)>,
    /// What is wrong there.
    pub fault: Box<Fault>,
}

/// What is wrong with a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The file cannot be read: why, in the words of the system.
    Unreadable(String),
    /// It is no TOML: why.
    Syntax(String),
    /// A setting that there is not.
    Unknown {
        /// As written.
        key: String,
        /// What was probably meant.
        meant: Option<String>,
        /// Those that there are.
        known: Vec<String>,
    },
    /// A value that a setting does not take.
    WrongValue {
        /// The setting.
        key: String,
        /// What it takes.
        wants: Wants,
    },
    /// A key of the screen that is none.
    NoKey {
        /// The setting.
        key: String,
        /// As written.
        value: String,
    },
    /// A key that is given to two actions.
    KeyTwice {
        /// The setting.
        key: String,
        /// As written.
        value: String,
        /// The other setting.
        other: String,
    },
}

/// What a setting takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wants {
    /// A text.
    String,
    /// One of these words.
    OneOf(Vec<String>),
    /// A whole number from, to.
    Integer(i64, i64),
    /// A table.
    Table,
    /// A key of the screen, or a list of them.
    Keys,
}

/// What is wrong with keys of the screen. What a key is and which actions there are, the screen
/// knows: it is asked at [`Config::parse`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyFault {
    /// No such action; those that there are.
    NoAction(Vec<String>),
    /// This is no key.
    NoKey(String),
    /// A key is given twice: a setting, the key as written, the other setting.
    Twice(String, String, String),
}

/// Tries the keys that a configuration gives, the last action's added to those before: its name,
/// and all given so far.
pub type TryKeys<'a> = &'a dyn Fn(&str, &BTreeMap<String, Vec<String>>) -> Result<(), KeyFault>;

/// The settings that there are, as the file names them.
pub const SETTINGS: [&str; 7] = [
    "lang",
    "reviewer",
    "color",
    "jobs",
    "queue",
    "ambiguous_width",
    "keys",
];

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read, is no TOML, or names a setting or a value that there is not.
    pub fn read(path: &Path, keys: TryKeys<'_>) -> Result<Self, ConfigError> {
        let file = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text, &file, keys),
            Err(e) => Err(ConfigError {
                file,
                place: None,
                fault: Box::new(Fault::Unreadable(e.to_string())),
            }),
        }
    }

    /// Reads the text of a file called `name`.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn parse(text: &str, name: &str, keys: TryKeys<'_>) -> Result<Self, ConfigError> {
        let reader = Reader { text, name, keys };
        let table = DeTable::parse(text).map_err(|e| {
            let at = e.span().map_or(0, |s| s.start);
            let cause = e.message().lines().collect::<Vec<_>>().join("; ");
            reader.error(at, Fault::Syntax(cause))
        })?;
        reader.settings(table.get_ref())
    }
}

struct Reader<'a> {
    text: &'a str,
    name: &'a str,
    keys: TryKeys<'a>,
}

impl Reader<'_> {
    fn settings(&self, table: &DeTable<'_>) -> Result<Config, ConfigError> {
        let mut config = Config::default();
        // In the order of the file, so that the first error is the first line to mend.
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            let name: &str = key.get_ref();
            match name {
                "lang" => {
                    config.lang = self.choice(
                        name,
                        value,
                        &[
                            ("auto", None),
                            ("zh", Some(Lang::Zh)),
                            ("en", Some(Lang::En)),
                        ],
                    )?;
                }
                "reviewer" => self.string(name, value)?.clone_into(&mut config.reviewer),
                "color" => {
                    config.color = self.choice(
                        name,
                        value,
                        &[
                            ("auto", Color::Auto),
                            ("always", Color::Always),
                            ("never", Color::Never),
                        ],
                    )?;
                }
                "jobs" => {
                    let jobs = self.integer(name, value, 0, MAX_JOBS)?;
                    config.jobs = usize::try_from(jobs).unwrap_or(0);
                }
                "queue" => {
                    config.queue = self.choice(
                        name,
                        value,
                        &[
                            ("error", Severity::Error),
                            ("warning", Severity::Warning),
                            ("info", Severity::Info),
                        ],
                    )?;
                }
                "ambiguous_width" => {
                    let width = self.integer(name, value, 1, 2)?;
                    config.ambiguous_width = u8::try_from(width).unwrap_or(1);
                }
                "keys" => config.keys = self.keys(value)?,
                _ => return Err(self.unknown(key.span().start, name, &SETTINGS)),
            }
        }
        Ok(config)
    }

    fn keys(
        &self,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<BTreeMap<String, Vec<String>>, ConfigError> {
        let DeValue::Table(table) = value.get_ref() else {
            return Err(self.wrong(value, "keys", Wants::Table));
        };
        let mut keys = BTreeMap::new();
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(action, _)| action.span().start);
        for (action, value) in entries {
            let name: &str = action.get_ref();
            let setting = format!("keys.{name}");
            let wants = || self.wrong(value, &setting, Wants::Keys);
            let list = match value.get_ref() {
                DeValue::String(one) => Ok(vec![one.to_string()]),
                DeValue::Array(many) => many
                    .iter()
                    .map(|key| match key.get_ref() {
                        DeValue::String(key) => Ok(key.to_string()),
                        _ => Err(wants()),
                    })
                    .collect::<Result<_, _>>(),
                _ => Err(wants()),
            };
            keys.insert(name.to_owned(), list.clone().unwrap_or_default());
            let tried = (self.keys)(name, &keys);
            // That there is no such action is said before what its keys should be.
            if let Err(KeyFault::NoAction(known)) = &tried {
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                return Err(self.unknown(action.span().start, name, &known));
            }
            list?;
            let key = setting.clone();
            let fault = match tried {
                Ok(()) | Err(KeyFault::NoAction(_)) => continue,
                Err(KeyFault::NoKey(value)) => Fault::NoKey { key, value },
                Err(KeyFault::Twice(key, value, other)) => Fault::KeyTwice { key, value, other },
            };
            return Err(self.error(value.span().start, fault));
        }
        Ok(keys)
    }

    fn string<'v>(
        &self,
        name: &str,
        value: &'v Spanned<DeValue<'_>>,
    ) -> Result<&'v str, ConfigError> {
        match value.get_ref() {
            DeValue::String(s) => Ok(s),
            _ => Err(self.wrong(value, name, Wants::String)),
        }
    }

    fn choice<T: Copy>(
        &self,
        name: &str,
        value: &Spanned<DeValue<'_>>,
        choices: &[(&str, T)],
    ) -> Result<T, ConfigError> {
        if let DeValue::String(s) = value.get_ref()
            && let Some((_, found)) = choices.iter().find(|(word, _)| word == s)
        {
            return Ok(*found);
        }
        let words = choices.iter().map(|(word, _)| (*word).to_owned());
        Err(self.wrong(value, name, Wants::OneOf(words.collect())))
    }

    fn integer(
        &self,
        name: &str,
        value: &Spanned<DeValue<'_>>,
        least: i64,
        most: i64,
    ) -> Result<i64, ConfigError> {
        if let DeValue::Integer(i) = value.get_ref()
            && let Ok(n) = i64::from_str_radix(i.as_str(), i.radix())
            && (least..=most).contains(&n)
        {
            return Ok(n);
        }
        Err(self.wrong(value, name, Wants::Integer(least, most)))
    }

    fn unknown(&self, at: usize, name: &str, known: &[&str]) -> ConfigError {
        let fault = Fault::Unknown {
            key: name.to_owned(),
            meant: closest(name, known.iter().copied()).map(str::to_owned),
            known: known.iter().map(|k| (*k).to_owned()).collect(),
        };
        self.error(at, fault)
    }

    fn wrong(&self, value: &Spanned<DeValue<'_>>, name: &str, wants: Wants) -> ConfigError {
        let fault = Fault::WrongValue {
            key: name.to_owned(),
            wants,
        };
        self.error(value.span().start, fault)
    }

    fn error(&self, at: usize, fault: Fault) -> ConfigError {
        let before = self.text.get(..at).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        ConfigError {
            file: self.name.to_owned(),
            place: Some((line, column)),
            fault: Box::new(fault),
        }
    }
}

/// More threads than this help nobody, and a slip of the key must not start a million.
pub const MAX_JOBS: i64 = 256;

/// The word that was probably meant: at most a third of its letters differ.
pub fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|k| (distance(word, k), k))
        .filter(|(d, k)| *d <= k.chars().count().div_ceil(3))
        .min_by_key(|(d, _)| *d)
        .map(|(_, k)| k)
}

/// Edits between two words, a swap of neighbours counted as one.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(64).flat_map(char::to_lowercase).collect();
    let b: Vec<char> = b.chars().take(64).flat_map(char::to_lowercase).collect();
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(rows[i - 2][j - 2] + 1);
            }
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// Where the configuration file is sought when no option names one: `$GOUJI_CONFIG`, which must
/// then exist, else the user's configuration folder, where it may.
pub fn default_file() -> Option<(PathBuf, Required)> {
    if let Some(path) = env_path("GOUJI_CONFIG") {
        return Some((path, Required::Yes));
    }
    let folder = absolute("XDG_CONFIG_HOME")
        .or_else(|| {
            if cfg!(windows) {
                absolute("APPDATA")
            } else {
                None
            }
        })
        .or_else(|| home().map(|h| h.join(".config")))?;
    Some((folder.join("gouji").join("config.toml"), Required::No))
}

/// Whether a file that is not there is an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Required {
    /// The user named it.
    Yes,
    /// It is only where one would be.
    No,
}

/// The user's data folder of gouji: the sample batch and where a review was left.
pub fn data_dir() -> Option<PathBuf> {
    let folder = absolute("XDG_DATA_HOME")
        .or_else(|| {
            if cfg!(windows) {
                absolute("LOCALAPPDATA")
            } else {
                None
            }
        })
        .or_else(|| {
            home().map(|h| {
                if cfg!(target_os = "macos") {
                    h.join("Library").join("Application Support")
                } else {
                    h.join(".local").join("share")
                }
            })
        })?;
    Some(folder.join("gouji"))
}

fn home() -> Option<PathBuf> {
    absolute("HOME").or_else(|| {
        if cfg!(windows) {
            absolute("USERPROFILE")
        } else {
            None
        }
    })
}

/// The XDG rule: a path in these variables that is not absolute is ignored.
fn absolute(name: &str) -> Option<PathBuf> {
    env_path(name).filter(|p| p.is_absolute())
}

fn env_path(name: &str) -> Option<PathBuf> {
    std::env::var_os(name)
        .filter(|v| !v.is_empty())
        .map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::{ENTRIES, Key, Keymap};

    fn parse(text: &str) -> Result<Config, String> {
        let parsed = Config::parse(text, "config.toml", &Keymap::try_keys);
        parsed.map_err(|e| e.message(Lang::En))
    }

    #[test]
    fn nothing_set_is_the_default() {
        assert_eq!(parse(""), Ok(Config::default()));
    }

    /// The example with its settings in force.
    fn example() -> String {
        let text = include_str!("../config.toml.example");
        let setting = |line: &str| {
            line.strip_prefix("# ")
                .filter(|rest| {
                    rest.starts_with("[keys]")
                        || rest.split_once(" = ").is_some_and(|(key, _)| {
                            key.bytes()
                                .all(|c| matches!(c, b'a'..=b'z' | b'0'..=b'9' | b'_'))
                        })
                })
                .unwrap_or(line)
                .to_owned()
        };
        text.lines().map(setting).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_example_says_the_defaults() {
        let config = parse(&example()).unwrap();
        let map = Keymap::default();
        let mut actions: Vec<String> = Vec::new();
        for entry in ENTRIES {
            let name = entry.action.name();
            if actions.contains(&name) {
                continue;
            }
            let stated: Vec<Key> = config.keys[&name]
                .iter()
                .filter_map(|k| Key::parse(k))
                .collect();
            assert_eq!(stated, map.keys(entry.context, entry.action), "{name}");
            actions.push(name);
        }
        assert_eq!(config.keys.len(), actions.len());
        let stated = Keymap::from_overrides(&config.keys).unwrap();
        for entry in ENTRIES {
            for key in map.keys(entry.context, entry.action) {
                assert_eq!(stated.action(entry.context, key), Some(entry.action));
            }
        }
        assert_eq!(
            Config {
                keys: BTreeMap::new(),
                ..config
            },
            Config::default()
        );
    }

    #[test]
    fn the_example_has_every_setting_and_changes_nothing_as_it_is() {
        let text = example();
        for setting in SETTINGS.iter().filter(|s| **s != "keys") {
            let line = format!("\n{setting} = ");
            assert_eq!(text.matches(&line).count(), 1, "{setting}");
        }
        let as_it_is = include_str!("../config.toml.example");
        assert_eq!(parse(as_it_is), Ok(Config::default()));
    }

    #[test]
    fn every_setting_is_read() {
        let config = parse(
            "lang = 'en'\nreviewer = '李'\ncolor = 'never'\njobs = 0x4\nqueue = 'info'\n\
             ambiguous_width = 2\n[keys]\nagree = 'y'\nnext_issue = ['n', 'space']\n",
        )
        .unwrap();
        assert_eq!(config.lang, Some(Lang::En));
        assert_eq!(config.reviewer, "李");
        assert_eq!(config.color, Color::Never);
        assert_eq!(config.jobs, 4);
        assert_eq!(config.queue, Severity::Info);
        assert_eq!(config.ambiguous_width, 2);
        assert_eq!(config.keys["agree"], ["y"]);
        assert_eq!(config.keys["next_issue"], ["n", "space"]);
    }

    #[test]
    fn errors_name_place_and_key() {
        for (text, error) in [
            (
                "lang = 'zh'\n reviwer = 'li'\n",
                "config.toml:2:2: unknown setting `reviwer`; did you mean `reviewer`?",
            ),
            (
                "jobs = -1",
                "config.toml:1:8: `jobs` must be an integer from 0 to 256",
            ),
            (
                "ambiguous_width = '1'",
                "config.toml:1:19: `ambiguous_width` must be an integer from 1 to 2",
            ),
            (
                "queue = 'fatal'",
                "config.toml:1:9: `queue` must be one of \"error\", \"warning\", \"info\"",
            ),
            (
                "[keys]\nagree = 3",
                "config.toml:2:9: `keys.agree` must be a key such as \"a\", or a list of keys",
            ),
            (
                "[keys]\nagre = 'y'",
                "config.toml:2:1: unknown setting `agre`; did you mean `agree`?",
            ),
            (
                "[keys]\nagree = ['y', 'hyper-u']",
                "config.toml:2:9: `keys.agree`: \"hyper-u\" is no key; keys are written a, N, \
                 ctrl-r, shift-tab, pgdn, f5",
            ),
            (
                "[keys]\nundo = 'v'\nredo = 'v'",
                "config.toml:3:8: one key for two actions: keys.undo: \"v\" = keys.redo",
            ),
        ] {
            assert_eq!(parse(text), Err(error.to_owned()));
        }
        let far = parse("colour_scheme_of_mine = 1").unwrap_err();
        assert!(far.contains("there are: lang, reviewer"), "{far}");
        let syntax = parse("lang = \n").unwrap_err();
        assert!(syntax.starts_with("config.toml:1:"), "{syntax}");
        assert!(!syntax.contains('\n'), "{syntax}");
    }

    #[test]
    fn what_was_meant() {
        assert_eq!(closest("lagn", SETTINGS), Some("lang"));
        assert_eq!(closest("colour", SETTINGS), Some("color"));
        assert_eq!(closest("zzz", SETTINGS), None);
    }
}
