//! What a reader noticed and went on in spite of: data, which the faces put into words.
//!
//! A page that says `charset=gb2312` and is UTF-8 gives
//! `Note::WrongCharset { declared: "gb2312", found: "UTF-8" }`.

use serde::{Deserialize, Serialize};

/// Something noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "note")]
pub enum Note {
    /// The page names another charset than the one that its content is in.
    WrongCharset {
        /// As written on the page.
        declared: String,
        /// What it was read with.
        found: String,
    },
    /// Some bytes are not valid in the charset, and stand as U+FFFD in the text.
    Lossy {
        /// The charset.
        found: String,
    },
    /// A table is longer than any form.
    LongTable {
        /// Its rows.
        rows: usize,
    },
}
