//! A sidecar's file to a log.

use std::path::Path;

use super::error::{Problem, SidecarError};
use super::place::path;
use super::read::read;
use crate::report::ReportId;
use crate::review::file::{self, Old, Trouble};
use crate::review::log::Log;

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
    load_file(path).map(|(log, _)| log)
}

/// The same, and which file it was.
///
/// # Errors
/// When it is there and cannot be read or does not parse.
pub(in crate::review) fn load_file(path: &Path) -> Result<(Log, Old), SidecarError> {
    let (bytes, old) = file::read(path).map_err(|trouble| SidecarError {
        path: path.to_owned(),
        line: 0,
        column: 0,
        problem: match trouble {
            Trouble::Io(error) => Problem::Io(error.to_string()),
            Trouble::Obstacle(why) => Problem::Obstacle(why),
        },
    })?;
    let Some(bytes) = bytes else {
        return Ok((Log::default(), old));
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
    let log = read(text).map_err(|(offset, problem)| at(text, offset, problem))?;
    Ok((log, old))
}
