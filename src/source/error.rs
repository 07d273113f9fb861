//! Why a file could not be read: data, which the faces put into words.
//!
//! A PDF gives `ReadError { path: "a.pdf", cause: Unsupported { format: "PDF" } }`, whose kind in
//! records is `unsupported`.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::limits::Limit;

/// A file that could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}: {cause:?}", path.display())]
pub struct ReadError {
    /// The file, or what was given for one.
    pub path: PathBuf,
    /// Why.
    pub cause: Cause,
}

/// Why something could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Cause {
    /// It is not there, or vanished.
    NotFound,
    /// No permission.
    Permission,
    /// Reading failed otherwise.
    Io {
        /// What the system says.
        error: String,
    },
    /// It is a folder.
    Folder,
    /// It is a device, a pipe or a socket.
    Special,
    /// It goes over a limit.
    Over {
        /// Which.
        limit: Limit,
        /// How much of it is allowed.
        most: u64,
    },
    /// A format that is not read (yet).
    Unsupported {
        /// Its name, such as `Word (DOC)`.
        format: String,
    },
    /// It has no text.
    Empty,
    /// It is no text: a program, random bytes …
    Binary,
    /// Text, but no such report.
    NotAReport,
    /// A panic while the file was worked on, caught by the batch.
    Internal {
        /// Its message and place.
        cause: String,
    },
    /// A pattern that no file fits.
    NoMatch,
    /// A folder that lies too deep, and was not entered.
    TooDeep {
        /// Levels that are entered.
        levels: usize,
    },
    /// A list of paths could not be read.
    List {
        /// What kind of cause.
        because: ErrorKind,
        /// What the system says.
        error: String,
    },
}

/// Kinds of causes, as records name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// It is not there, or vanished.
    NotFound,
    /// No permission.
    Permission,
    /// It has no text.
    Empty,
    /// It is no text: a picture, a program …
    Binary,
    /// A format that is not read (yet): PDF, Word …
    Unsupported,
    /// Over a limit.
    TooLarge,
    /// Text, but no such report.
    NotAReport,
    /// Reading failed.
    Io,
    /// A panic while the file was worked on, caught by the batch.
    Internal,
}

impl Cause {
    /// What the file system answered.
    pub fn io(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::NotFound,
            std::io::ErrorKind::PermissionDenied => Self::Permission,
            _ => Self::Io {
                error: error.to_string(),
            },
        }
    }

    /// The word that records use.
    pub const fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound | Self::NoMatch => ErrorKind::NotFound,
            Self::Permission => ErrorKind::Permission,
            Self::Io { .. } => ErrorKind::Io,
            Self::Folder | Self::Special | Self::Unsupported { .. } | Self::TooDeep { .. } => {
                ErrorKind::Unsupported
            }
            Self::Over { .. } => ErrorKind::TooLarge,
            Self::Empty => ErrorKind::Empty,
            Self::Binary => ErrorKind::Binary,
            Self::NotAReport => ErrorKind::NotAReport,
            Self::Internal { .. } => ErrorKind::Internal,
            Self::List { because, .. } => *because,
        }
    }

    /// The error of a file.
    pub fn of(self, path: &Path) -> ReadError {
        ReadError {
            path: path.to_owned(),
            cause: self,
        }
    }
}

impl ReadError {
    /// The word that records use.
    pub const fn kind(&self) -> ErrorKind {
        self.cause.kind()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_go_through_json_and_back() {
        for (cause, json) in [
            (Cause::Empty, r#"{"kind":"empty"}"#),
            (
                Cause::Over {
                    limit: Limit::Bytes,
                    most: 64,
                },
                r#"{"kind":"over","limit":"bytes","most":64}"#,
            ),
            (
                Cause::List {
                    because: ErrorKind::NotFound,
                    error: "gone".to_owned(),
                },
                r#"{"kind":"list","because":"not_found","error":"gone"}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&cause).unwrap(), json);
            let error = cause.of(Path::new("a.txt"));
            let json = serde_json::to_string(&error).unwrap();
            assert_eq!(serde_json::from_str::<ReadError>(&json).unwrap(), error);
        }
    }
}
