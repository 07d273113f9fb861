//! The sidecar: where it lies, what it says ([`read`]) and how it is written ([`write`]).
//! Comments and keys that are not ours survive, and travel with the entry they belong to.

mod error;
mod read;
mod write;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use toml_edit::{DocumentMut, Table};

use super::Log;
use crate::report::ReportId;
pub use error::{Problem, SidecarError};
pub(super) use read::read;
pub(super) use write::write;

/// What every sidecar's name ends in.
pub const SUFFIX: &str = ".review.toml";

/// The longest name that we give, in bytes: file systems stop at 255, and the lock and the
/// half-written file beside it have longer names.
const LONGEST: usize = 240;

/// What a sidecar holds besides decisions.
#[derive(Clone, Default)]
pub(super) struct Frame {
    /// Everything but the entries.
    pub doc: DocumentMut,
    /// Comments that follow a table of that name (empty: the keys above all tables) directly.
    pub tails: BTreeMap<String, String>,
}

/// Comments and unknown keys of an entry.
#[derive(Clone, Default)]
pub(super) struct Kept {
    /// The entry's table as it was read.
    pub table: Option<Table>,
    /// Comments that follow it directly.
    pub tail: String,
}

impl std::fmt::Debug for Frame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.doc.to_string())
    }
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.tail)
    }
}

/// Where the sidecar of a report lies: the one place that decides it.
pub fn path(id: &ReportId) -> PathBuf {
    let mut name = id
        .path
        .file_name()
        .map_or_else(|| OsString::from("report"), OsString::from);
    if let Some(member) = &id.member {
        if !member.starts_with('#') {
            name.push("!");
        }
        name.push(sanitised(member));
    }
    name.push(SUFFIX);
    id.path.with_file_name(shortened(name))
}

/// Whether a file is a sidecar, and no report.
pub fn is_sidecar(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|n| n.to_string_lossy().ends_with(SUFFIX))
}

/// A member's name as part of a file's name; different members stay different.
fn sanitised(member: &str) -> String {
    let mut out = String::new();
    for c in member.chars() {
        if c.is_control()
            || matches!(
                c,
                '/' | '\\' | '%' | ':' | '*' | '?' | '"' | '<' | '>' | '|'
            )
        {
            let mut bytes = [0; 4];
            for b in c.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{b:02X}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// A name that file systems take: a long one (eighty Chinese characters are enough) keeps its
/// beginning and gets a hash of all of it.
fn shortened(name: OsString) -> OsString {
    if name.len() <= LONGEST {
        return name;
    }
    let text = name.to_string_lossy();
    let hash = Sha256::digest(name.as_encoded_bytes());
    let hash: String = hash.iter().take(6).map(|b| format!("{b:02x}")).collect();
    let room = LONGEST - SUFFIX.len() - hash.len() - 1;
    let mut end = room.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}~{hash}{SUFFIX}", text.get(..end).unwrap_or("")).into()
}

/// Reads the log of a report; an empty one where there is no sidecar.
///
/// # Errors
/// When the sidecar is there and cannot be read or does not parse.
pub fn load(id: &ReportId) -> Result<Log, SidecarError> {
    load_from(&path(id))
}

/// Reads a sidecar; an empty log where there is none.
///
/// # Errors
/// When it is there and cannot be read or does not parse.
pub fn load_from(path: &Path) -> Result<Log, SidecarError> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Log::default()),
        Err(e) => {
            return Err(SidecarError {
                path: path.to_owned(),
                line: 0,
                column: 0,
                problem: Problem::Io(e.to_string()),
            });
        }
    };
    let at = |text: &str, offset: usize, problem| SidecarError::at(path, text, offset, problem);
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        Err(e) => {
            let good = bytes.get(..e.valid_up_to()).unwrap_or(&[]);
            let good = String::from_utf8_lossy(good);
            return Err(at(&good, good.len(), Problem::NotUtf8));
        }
    };
    // An editor may put a byte order mark there; it means nothing.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    read(text).map_err(|(offset, problem)| at(text, offset, problem))
}
