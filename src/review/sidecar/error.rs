//! Why a sidecar cannot be used, as data: the report is read-only until a person has mended it.
//! `action = "overide"` is `Unknown { key: "action", value: "overide" }` at line 3, column 10.

use std::path::{Path, PathBuf};

use crate::review::file::Obstacle;

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
}

/// For logs and tests; people read [`SidecarError::message`].
impl std::fmt::Display for SidecarError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (path, line, column) = (self.path.display(), self.line, self.column);
        write!(f, "{path}:{line}:{column}: {:?}", self.problem)
    }
}

impl std::error::Error for SidecarError {}
