//! Readers: bytes to documents. The format and the charset are told by content, not by name.

use std::path::{Path, PathBuf};

use crate::document::Document;
use crate::report::ReportId;

/// A file as read: one document for each report that it holds.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// SHA-256 of the bytes, in hex.
    pub sha256: String,
    /// The reports in it.
    pub documents: Vec<(ReportId, Document)>,
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message}", path.display())]
pub struct ReadError {
    /// The file.
    pub path: PathBuf,
    /// A word for machines.
    pub kind: ErrorKind,
    /// One sentence, in the language asked for: the cause and what to do.
    pub message: String,
}

/// Causes, as records name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
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
    /// A panic inside a reader, caught.
    Internal,
}

/// Reads a file.
///
/// # Errors
/// When it cannot be read or its format is none of ours.
pub fn load(path: &Path, lang: crate::i18n::Lang) -> Result<Loaded, ReadError> {
    let _ = lang;
    Err(ReadError {
        path: path.to_owned(),
        kind: ErrorKind::Unsupported,
        message: String::new(),
    })
}
