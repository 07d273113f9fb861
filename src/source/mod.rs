//! Readers: bytes to documents. The format and the charset are told by content, not by name.

mod charset;
mod drawn;
mod foreign;
mod html;
mod piped;
mod ruled;
pub mod stamp;
mod table;
mod text;

use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::document::Document;
use crate::report::ReportId;
use crate::words::{Lang, say};

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
    /// A panic while the file was worked on, caught by the batch.
    Internal,
}

/// A file of more bytes is not read.
const LARGEST: u64 = 64 * 1024 * 1024;

impl ReadError {
    /// An error of a file, with the text of `key`.
    pub fn new(path: &Path, kind: ErrorKind, message: String) -> Self {
        Self {
            path: path.to_owned(),
            kind,
            message,
        }
    }

    /// An error of the file system: of a file, or of a folder that is looked into.
    pub(crate) fn io(path: &Path, error: &std::io::Error, lang: Lang) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::new(
                path,
                ErrorKind::NotFound,
                say!(lang, source_not_found).to_owned(),
            ),
            std::io::ErrorKind::PermissionDenied => Self::new(
                path,
                ErrorKind::Permission,
                say!(lang, source_permission).to_owned(),
            ),
            _ => Self::new(path, ErrorKind::Io, say!(lang, source_io, error)),
        }
    }
}

/// Reads a file.
///
/// # Errors
/// When it cannot be read or its format is none of ours.
pub fn load(path: &Path, lang: Lang) -> Result<Loaded, ReadError> {
    let about = std::fs::metadata(path).map_err(|e| ReadError::io(path, &e, lang))?;
    if about.is_dir() {
        return Err(ReadError::new(
            path,
            ErrorKind::Unsupported,
            say!(lang, source_folder).to_owned(),
        ));
    }
    if !about.is_file() {
        return Err(ReadError::new(
            path,
            ErrorKind::Unsupported,
            say!(lang, source_special).to_owned(),
        ));
    }
    let too_large = || {
        ReadError::new(
            path,
            ErrorKind::TooLarge,
            say!(lang, source_too_large, limit = LARGEST / 1024 / 1024),
        )
    };
    if about.len() > LARGEST {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|e| ReadError::io(path, &e, lang))?;
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| ReadError::io(path, &e, lang))?;
    if bytes.len() as u64 > LARGEST {
        return Err(too_large());
    }
    let document = read(path, &bytes, lang)?;
    Ok(Loaded {
        sha256: hex(&Sha256::digest(&bytes)),
        documents: vec![(ReportId::file(path), document)],
    })
}

/// Reads the bytes of a file; `path` is for messages only.
///
/// # Errors
/// When the bytes are no text, or of a format that is not read.
pub fn read(path: &Path, bytes: &[u8], lang: Lang) -> Result<Document, ReadError> {
    if let Some(format) = foreign::foreign(bytes) {
        return Err(ReadError::new(
            path,
            ErrorKind::Unsupported,
            say!(lang, source_unsupported, format),
        ));
    }
    let declared = html::declared(bytes);
    let decoded = charset::decode(bytes, declared.as_deref());
    if decoded
        .text
        .trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
        .is_empty()
    {
        return Err(ReadError::new(
            path,
            ErrorKind::Empty,
            say!(lang, source_empty).to_owned(),
        ));
    }
    if is_binary(&decoded.text) {
        return Err(ReadError::new(
            path,
            ErrorKind::Binary,
            say!(lang, source_binary).to_owned(),
        ));
    }
    let encoding = decoded.encoding;
    let page = html::is_page(&decoded.text);
    let mut document = if page {
        html::read(&decoded.text, encoding)
    } else {
        text::read(decoded.text, encoding)
    };
    if document.text.trim().is_empty() {
        return Err(ReadError::new(
            path,
            ErrorKind::Empty,
            say!(lang, source_empty).to_owned(),
        ));
    }
    if let Some(declared) = declared.filter(|_| page) {
        let said = encoding_rs::Encoding::for_label(declared.as_bytes())
            .map_or(declared.as_str(), |e| e.name());
        let same = said == encoding || said == "GBK" && encoding == "gb18030";
        // Of ASCII alone every declaration is true.
        if !same && !bytes.is_ascii() {
            document
                .notes
                .push(say!(lang, source_wrong_charset, declared, found = encoding));
        }
    }
    if decoded.lossy {
        document
            .notes
            .push(say!(lang, source_lossy, found = encoding));
    }
    for block in &document.blocks {
        if let crate::document::Block::Table(grid) = block
            && grid.rows > LONG_TABLE
        {
            document
                .notes
                .push(say!(lang, source_long_table, rows = grid.rows));
        }
    }
    Ok(document)
}

/// No table of any form is that long; one that is may hide the form's rows among others.
const LONG_TABLE: usize = 1000;

/// Whether decoded text is none: control characters and replacements in good number.
fn is_binary(text: &str) -> bool {
    let (mut all, mut odd) = (0usize, 0usize);
    for c in text.chars().take(100_000) {
        all += 1;
        odd += usize::from(
            c == '\u{fffd}'
                || c.is_control()
                    && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{b}' | '\u{1b}'),
        );
    }
    odd * 20 > all
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(bytes: &[u8]) -> ErrorKind {
        read(Path::new("a.txt"), bytes, Lang::En).unwrap_err().kind
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
            load(Path::new("no such file"), Lang::En).unwrap_err().kind,
            ErrorKind::NotFound
        );
        assert_eq!(
            load(Path::new("src"), Lang::En).unwrap_err().kind,
            ErrorKind::Unsupported
        );
    }

    #[test]
    fn a_wrong_declaration_is_noticed() {
        let page =
            "<html><head><meta charset=\"gb2312\"></head><body><p>年度报告</p></body></html>";
        let document = read(Path::new("a.html"), page.as_bytes(), Lang::En).unwrap();
        assert_eq!(document.text, "年度报告\n");
        assert_eq!(document.notes.len(), 1);
    }

    #[test]
    fn the_content_tells_the_format() {
        let format = |text: &str| {
            read(Path::new("a.txt"), text.as_bytes(), Lang::En)
                .unwrap()
                .format
        };
        assert_eq!(
            format("<html><body><p>年度报告</p></body></html>"),
            crate::document::Format::Html
        );
        assert_eq!(format("年度报告 <见附件>"), crate::document::Format::Text);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
            let _ = read(Path::new("a"), &bytes, Lang::En);
        }

        /// Spans lie on characters, inside the text, and blocks do not overlap.
        #[test]
        fn blocks_are_in_order(text in "(?s)[ -~│┌─├|\n#<>/tdr0-9规章件表一二]{0,200}") {
            if let Ok(document) = read(Path::new("a"), text.as_bytes(), Lang::En) {
                let mut end = 0;
                for block in &document.blocks {
                    let span = match block {
                        crate::document::Block::Heading { span, .. } | crate::document::Block::Paragraph(span) => *span,
                        crate::document::Block::Table(grid) => grid.span,
                    };
                    proptest::prop_assert!(span.start >= end && span.end <= document.text.len());
                    proptest::prop_assert!(document.text.get(span.start..span.end).is_some());
                    end = span.end;
                }
            }
        }
    }
}
