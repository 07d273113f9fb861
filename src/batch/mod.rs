//! Many reports: which files there are, and each made ready for a face. A list holds
//! summaries; documents are made on demand and given back.

mod discover;
mod guard;
mod open;
mod parallel;

use std::io;
use std::path::Path;

pub use discover::{Discovered, Entry, discover};
pub use guard::{guarded, is_guarded};
pub use open::{Opened, Options, Summary, is_unsettled, open};
pub use parallel::map_in_order;

use crate::i18n::{Lang, fill, t};
use crate::source::{ErrorKind, ReadError};

fn io_kind(error: &io::Error) -> ErrorKind {
    match error.kind() {
        io::ErrorKind::NotFound => ErrorKind::NotFound,
        io::ErrorKind::PermissionDenied => ErrorKind::Permission,
        _ => ErrorKind::Io,
    }
}

fn io_error(path: &Path, error: &io::Error, lang: Lang) -> ReadError {
    let kind = io_kind(error);
    let message = match kind {
        ErrorKind::NotFound => t(lang, "batch_not_found").to_owned(),
        ErrorKind::Permission => t(lang, "batch_permission").to_owned(),
        _ => fill(lang, "batch_io", &[("cause", error)]),
    };
    ReadError {
        path: path.to_owned(),
        kind,
        message,
    }
}
