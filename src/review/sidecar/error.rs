//! Why a sidecar cannot be used, as data: the report is read-only until a person has mended it.
//! `action = "overide"` is `Unknown { key: "action", value: "overide" }` at line 3, column 10.

use std::path::{Path, PathBuf};

use crate::review::file::{Obstacle, file_name};
use crate::words::{Lang, say};

/// What is wrong with a sidecar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// It cannot be read.
    Io(String),
    /// It is nothing that is read.
    Obstacle(Obstacle),
    /// It is not UTF-8.
    NotUtf8,
    /// It is no TOML; the parser's words.
    Syntax(String),
    /// A later version of the program wrote it.
    Newer(String),
    /// A key is not there.
    Missing(&'static str),
    /// A key has another type than it should.
    WrongType(String),
    /// A key has a value that is none of its words.
    Unknown {
        /// The key.
        key: &'static str,
        /// What stands there.
        value: String,
    },
    /// An entry says of nothing, or of several things, what it is about.
    NoTarget,
}

/// A sidecar that cannot be used; it is never written over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SidecarError {
    /// The sidecar.
    pub path: PathBuf,
    /// From 1; 0 where the file could not be read at all.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// What is wrong there.
    pub problem: Problem,
}

impl SidecarError {
    pub(super) fn at(path: &Path, text: &str, offset: usize, problem: Problem) -> Self {
        let before = text.get(..offset.min(text.len())).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        Self {
            path: path.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or("").chars().count() + 1,
            problem,
        }
    }

    /// File, line, column and cause in one line.
    pub fn message(&self, lang: Lang) -> String {
        let what = self.cause(lang);
        let path = self.path.display();
        if self.line == 0 {
            format!("{path}: {what}")
        } else {
            format!("{path}:{}:{}: {what}", self.line, self.column)
        }
    }

    /// The cause first, and the file by its name only: for a line that may be cut.
    pub fn brief(&self, lang: Lang) -> String {
        let name = file_name(&self.path);
        let what = self.cause(lang);
        if self.line == 0 {
            format!("{what}  {name}")
        } else {
            format!("{what}  {name}:{}:{}", self.line, self.column)
        }
    }

    fn cause(&self, lang: Lang) -> String {
        match &self.problem {
            Problem::Io(cause) => say!(lang, sidecar_io, cause),
            Problem::Obstacle(why) => {
                say!(lang, sidecar_io, cause = why.message(lang))
            }
            Problem::NotUtf8 => say!(lang, sidecar_not_utf8).to_owned(),
            Problem::Syntax(cause) => say!(lang, sidecar_syntax, cause),
            Problem::Newer(format) => say!(lang, sidecar_newer, format),
            Problem::Missing(key) => say!(lang, sidecar_missing, key),
            Problem::WrongType(key) => say!(lang, sidecar_type, key),
            Problem::Unknown { key, value } => {
                say!(lang, sidecar_unknown, key, value)
            }
            Problem::NoTarget => say!(lang, sidecar_no_target).to_owned(),
        }
    }
}

impl std::fmt::Display for SidecarError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for SidecarError {}

impl Obstacle {
    /// The cause, as a part of a sentence.
    pub fn message(self, lang: Lang) -> String {
        let cause = match self {
            Self::Link => say!(lang, obstacle_link),
            Self::NotAFile => say!(lang, obstacle_not_a_file),
            Self::TooLarge => say!(lang, obstacle_too_large),
            Self::ReadOnly => say!(lang, obstacle_read_only),
            Self::Owner => say!(lang, obstacle_owner),
            Self::Changed => say!(lang, obstacle_changed),
        };
        cause.to_owned()
    }
}
