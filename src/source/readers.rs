//! The table of readers: what a new format adds a row to. Each row says which names are taken in a
//! walk through folders, how content is told, and how it is read.
//!
//! `a.txt` with the bytes `<html><body>…` is a page all the same: the first row that its content
//! is told by reads it, whatever its name.

use super::charset::Decoded;
use super::error::Cause;
use super::foreign::foreign;
use super::limits::{Limits, Work};
use super::{html, text};
use crate::document::Document;

/// A report of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which, where the file holds several: `#2`, or an archive's entry.
    pub member: Option<String>,
    /// What it says.
    pub document: Document,
}

/// What a file holds: its bytes, or once no format of bytes is told, its text.
pub enum Content {
    /// The bytes.
    Bytes(Vec<u8>),
    /// The text.
    Text(Decoded),
}

/// What a reader gives: the reports, and the steps that they took.
pub type Read = Result<(Vec<Part>, Work), Cause>;

/// A format.
pub struct Reader {
    /// The endings of names that a walk through folders takes for it.
    pub extensions: &'static [&'static str],
    /// Whether content is of it. Asked with the bytes first, then with the text.
    pub is: fn(&Content) -> bool,
    /// Reads content that is of it.
    pub read: fn(Content, &Limits, Work) -> Read,
}

/// All of them; the first that content is told by reads it.
pub static READERS: [Reader; 3] = [
    // Formats that are not read yet, so that none of them is taken for text.
    Reader {
        extensions: &[],
        is: |content| matches!(content, Content::Bytes(bytes) if foreign(bytes).is_some()),
        read: |content, _, _| match content {
            Content::Bytes(bytes) => Err(Cause::Unsupported {
                format: foreign(&bytes).unwrap_or("").to_owned(),
            }),
            Content::Text(_) => Err(Cause::Binary),
        },
    },
    Reader {
        extensions: &["html", "htm", "xhtml", "shtml", "jhtml"],
        is: |content| matches!(content, Content::Text(decoded) if html::is_page(&decoded.text)),
        read: |content, limits, work| {
            let Content::Text(page) = content else {
                return Err(Cause::Binary);
            };
            one(html::read(&page.text, page.encoding, limits, work)).map(|(mut parts, work)| {
                for part in &mut parts {
                    part.document.notes.splice(0..0, page.wrong_declaration());
                }
                (parts, work)
            })
        },
    },
    Reader {
        extensions: &["txt", "text"],
        is: |content| matches!(content, Content::Text(_)),
        read: |content, limits, work| match content {
            Content::Text(text) => one(text::read(text.text, text.encoding, limits, work)),
            Content::Bytes(_) => Err(Cause::Binary),
        },
    },
];

fn one(read: Result<(Document, Work), Cause>) -> Read {
    let (document, work) = read?;
    let part = Part {
        member: None,
        document,
    };
    Ok((vec![part], work))
}

/// Whether a walk through folders takes files with this ending.
pub fn takes(extension: &str) -> bool {
    READERS
        .iter()
        .flat_map(|r| r.extensions)
        .any(|e| e.eq_ignore_ascii_case(extension))
}
