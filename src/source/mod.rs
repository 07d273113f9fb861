//! Readers: bytes to documents. The format and the charset are told by content, not by name.
//!
//! [`read`] of the bytes `规章 3 件` gives one part whose document has that text and one
//! paragraph; of `%PDF-1.7` it gives [`Cause::Unsupported`]. A new format is a file of its own and
//! a row in [`readers`].
#![cfg_attr(not(test), deny(clippy::indexing_slicing))]

mod builder;
mod charset;
mod error;
mod foreign;
mod html;
mod limits;
mod readers;
mod text;

use std::io::Read as _;
use std::path::Path;

pub use error::{Cause, ErrorKind, ReadError};
pub use limits::{Limit, Limits, Work};
pub use readers::{Part, takes};

use crate::document::Note;
use readers::{Content, READERS};

/// A file as read: one part for each report that it holds.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// SHA-256 of the bytes, in hex.
    pub sha256: String,
    /// The reports in it.
    pub parts: Vec<Part>,
}

/// Reads a file.
///
/// # Errors
/// When it cannot be read or its format is none of ours.
pub fn load(path: &Path) -> Result<Loaded, ReadError> {
    file(path, &Limits::default()).map_err(|cause| cause.of(path))
}

fn file(path: &Path, limits: &Limits) -> Result<Loaded, Cause> {
    let about = std::fs::metadata(path).map_err(|e| Cause::io(&e))?;
    if about.is_dir() {
        return Err(Cause::Folder);
    }
    if !about.is_file() {
        return Err(Cause::Special);
    }
    let too_large = Cause::Over {
        limit: Limit::Bytes,
        most: limits.bytes,
    };
    if about.len() > limits.bytes {
        return Err(too_large);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or(0) + 1);
    let file = std::fs::File::open(path).map_err(|e| Cause::io(&e))?;
    file.take(limits.bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|e| Cause::io(&e))?;
    if bytes.len() as u64 > limits.bytes {
        return Err(too_large);
    }
    let sha256 = crate::stamp::sha256(&bytes);
    let parts = read(bytes, limits)?;
    Ok(Loaded { sha256, parts })
}

/// Reads the bytes of a file.
///
/// # Errors
/// When the bytes are no text, of a format that is not read, or over a limit.
pub fn read(bytes: impl Into<Vec<u8>>, limits: &Limits) -> Result<Vec<Part>, Cause> {
    counted(bytes.into(), limits).map(|(parts, _)| parts)
}

/// Reads the bytes of a file, and gives the steps that it took.
///
/// # Errors
/// As [`read`].
pub fn counted(bytes: Vec<u8>, limits: &Limits) -> Result<(Vec<Part>, Work), Cause> {
    let work = Work::new(limits, bytes.len());
    let content = Content::Bytes(bytes);
    if let Some(reader) = READERS.iter().find(|r| (r.is)(&content)) {
        return (reader.read)(content, limits, work);
    }
    let Content::Bytes(bytes) = content else {
        return Err(Cause::Binary);
    };
    let declared = html::declared(&bytes);
    let decoded = charset::decode(bytes, declared);
    let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    if decoded.text.trim_start_matches(blank).is_empty() {
        return Err(Cause::Empty);
    }
    if is_binary(&decoded.text) {
        return Err(Cause::Binary);
    }
    let lossy = decoded.lossy.then(|| Note::Lossy {
        found: decoded.encoding.to_owned(),
    });
    let content = Content::Text(decoded);
    let Some(reader) = READERS.iter().find(|r| (r.is)(&content)) else {
        return Err(Cause::Binary);
    };
    let (mut parts, work) = (reader.read)(content, limits, work)?;
    parts.retain(|p| !p.document.text.trim_start().is_empty());
    if parts.is_empty() {
        return Err(Cause::Empty);
    }
    for part in &mut parts {
        // Before what is said of its tables.
        let notes = &mut part.document.notes;
        let place = notes
            .iter()
            .take_while(|n| matches!(n, Note::WrongCharset { .. }))
            .count();
        notes.splice(place..place, lossy.clone());
    }
    Ok((parts, work))
}

/// Whether decoded text is none: control characters and replacements in good number.
fn is_binary(text: &str) -> bool {
    let odd = |c: char| {
        c == '\u{fffd}'
            || c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{b}' | '\u{1b}')
    };
    let bytes = text.as_bytes();
    // Counted by stretches, which a processor does many bytes at a time.
    let control = |b: &&u8| **b < 9 || **b > 13 && **b < 32 && **b != 27 || **b == 127;
    let plain = !bytes
        .chunks(1024)
        .any(|chunk| chunk.iter().filter(control).count() > 0)
        && memchr::memmem::find(bytes, "\u{fffd}".as_bytes()).is_none()
        && memchr::memchr(0xc2, bytes).is_none();
    if plain {
        return false;
    }
    let (mut all, mut odds) = (0usize, 0usize);
    for c in text.chars().take(100_000) {
        all += 1;
        odds += usize::from(odd(c));
    }
    odds * 20 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(bytes: &[u8]) -> Result<crate::document::Document, Cause> {
        Ok(read(bytes, &Limits::default())?.remove(0).document)
    }

    fn error(bytes: &[u8]) -> ErrorKind {
        read(bytes, &Limits::default()).unwrap_err().kind()
    }

    #[test]
    fn bad_input_is_named() {
        assert_eq!(error(b""), ErrorKind::Empty);
        assert_eq!(error(b" \n\t"), ErrorKind::Empty);
        assert_eq!(error(b"%PDF-1.7\n"), ErrorKind::Unsupported);
        assert_eq!(
            error(&(0u8..=255).cycle().take(4000).collect::<Vec<_>>()),
            ErrorKind::Binary
        );
        assert_eq!(
            load(Path::new("no such file")).unwrap_err().kind(),
            ErrorKind::NotFound
        );
        assert_eq!(
            load(Path::new("src")).unwrap_err().kind(),
            ErrorKind::Unsupported
        );
    }

    #[test]
    fn a_wrong_declaration_is_noticed() {
        let page =
            "<html><head><meta charset=\"gb2312\"></head><body><p>年度报告</p></body></html>";
        let document = document(page.as_bytes()).unwrap();
        assert_eq!(document.text, "年度报告\n");
        assert_eq!(
            document.notes,
            [Note::WrongCharset {
                declared: "gb2312".to_owned(),
                found: "UTF-8".to_owned()
            }]
        );
    }

    #[test]
    fn the_content_tells_the_format() {
        let format = |text: &str| document(text.as_bytes()).unwrap().format;
        assert_eq!(
            format("<html><body><p>年度报告</p></body></html>"),
            crate::document::Format::Html
        );
        assert_eq!(format("年度报告 <见附件>"), crate::document::Format::Text);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
            let _ = document(&bytes);
        }

        /// Spans lie on characters, inside the text, and blocks do not overlap.
        #[test]
        fn blocks_are_in_order(text in "(?s)[ -~│┌─├|\n#<>/tdr0-9规章件表一二]{0,200}") {
            if let Ok(document) = document(text.as_bytes()) {
                let mut end = 0;
                for block in &document.blocks {
                    let span = block.span();
                    proptest::prop_assert!(span.start >= end && span.end <= document.text.len());
                    proptest::prop_assert!(document.text.get(span.start..span.end).is_some());
                    end = span.end;
                }
            }
        }
    }
}
