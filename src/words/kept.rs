//! Sidecars in words: why one cannot be used, and why one was not written.

use std::path::Path;

use super::{Lang, say};
use crate::review::sidecar::{Problem, SidecarError};
use crate::review::{Obstacle, StoreError, file_name};

impl SidecarError {
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

impl StoreError {
    fn path(&self) -> &Path {
        match self {
            Self::Sidecar(error) => &error.path,
            Self::Io { path, .. }
            | Self::Obstacle { path, .. }
            | Self::Locked { path }
            | Self::Unfinished { path } => path,
        }
    }

    /// One sentence: file and cause.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Sidecar(error) => error.message(lang),
            _ => self.sentence(lang, &self.path().display()),
        }
    }

    /// The same with the file's name for its path, and the cause first where it is long: for a
    /// line that may be cut.
    pub fn brief(&self, lang: Lang) -> String {
        match self {
            Self::Sidecar(error) => error.brief(lang),
            _ => self.sentence(lang, &file_name(self.path())),
        }
    }

    fn sentence(&self, lang: Lang, path: &dyn std::fmt::Display) -> String {
        match self {
            Self::Sidecar(error) => error.message(lang),
            Self::Io { message, .. } => say!(lang, store_io, path, cause = message),
            Self::Obstacle { why, .. } => say!(lang, store_io, path, cause = why.message(lang)),
            Self::Locked { .. } => say!(lang, store_locked, path),
            Self::Unfinished { .. } => say!(lang, store_unfinished, path),
        }
    }
}
