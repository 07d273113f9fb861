//! Where the sidecar of a report lies: `x/a.html` has `x/a.html.review.toml`, the second report of
//! that file `x/a.html#2.review.toml`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::report::ReportId;

/// What every sidecar's name ends in.
pub const SUFFIX: &str = ".review.toml";

/// The longest name that we give, in bytes: file systems stop at 255, and the lock and the
/// half-written file beside it have longer names.
const LONGEST: usize = 240;

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
