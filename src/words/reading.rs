//! Why a file is not read, and what to mind in one that is: data of the readers in words.
//!
//! `Cause::Unsupported { format: "PDF" }` is “PDF is not read yet: save it as …”.

use super::*;
use crate::document::Note;
use crate::source::{Cause, Limit};

/// One sentence: the cause, and what to do.
pub fn failure(cause: &Cause, lang: Lang) -> String {
    match cause {
        Cause::NotFound => say!(lang, source_not_found).to_owned(),
        Cause::Permission => say!(lang, source_permission).to_owned(),
        Cause::Io { error } => say!(lang, source_io, error),
        Cause::Folder => say!(lang, source_folder).to_owned(),
        Cause::Special => say!(lang, source_special).to_owned(),
        Cause::Over { limit, most } => match limit {
            Limit::Bytes => say!(lang, source_too_large, limit = most / 1024 / 1024),
            Limit::Cells => say!(lang, source_too_many, most),
            Limit::Steps => say!(lang, source_too_much).to_owned(),
        },
        Cause::Unsupported { format } => say!(lang, source_unsupported, format),
        Cause::Empty => say!(lang, source_empty).to_owned(),
        Cause::Binary => say!(lang, source_binary).to_owned(),
        Cause::NotAReport => say!(lang, batch_not_a_report).to_owned(),
        Cause::Internal { cause } => say!(lang, batch_internal, cause),
        Cause::TooDeep { levels } => say!(lang, batch_too_deep, levels),
        Cause::NoMatch => say!(lang, batch_no_match).to_owned(),
        Cause::List { error, .. } => say!(lang, batch_list_unreadable, cause = error),
    }
}

/// One sentence about something that was read in spite of.
pub fn note(note: &Note, lang: Lang) -> String {
    match note {
        Note::WrongCharset { declared, found } => {
            say!(lang, source_wrong_charset, declared, found)
        }
        Note::Lossy { found } => say!(lang, source_lossy, found),
        Note::LongTable { rows } => say!(lang, source_long_table, rows),
    }
}
