//! Formats that are not read, told by the bytes they begin with.

/// The name of the format, if the bytes are of one that is not read.
pub fn foreign(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 17] = [
        (b"{\\rtf", "RTF"),
        (b"\x89PNG", "PNG"),
        (b"\xff\xd8\xff", "JPEG"),
        (b"GIF8", "GIF"),
        (b"BM\x36", "BMP"),
        (b"II*\0", "TIFF"),
        (b"MM\0*", "TIFF"),
        (b"Rar!", "RAR"),
        (b"7z\xbc\xaf", "7z"),
        (b"\x1f\x8b", "GZIP"),
        (b"\x7fELF", "ELF"),
        (b"MZ\x90\0", "EXE"),
        (b"MIME-Version:", "MHTML"),
        (b"From: <Saved by", "MHTML"),
        (b"From: \"Saved by", "MHTML"),
        (b"AT&TFORM", "DjVu"),
        (b"%!PS", "PostScript"),
    ];
    let start = bytes.get(..bytes.len().min(1024)).unwrap_or(bytes);
    let at = start
        .iter()
        .position(|b| !b.is_ascii_whitespace())
        .unwrap_or(0);
    let trimmed = start.get(at..).unwrap_or(start);
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        return Some(zip(bytes));
    }
    if start.starts_with(b"\xd0\xcf\x11\xe0") {
        return Some(ole(bytes));
    }
    // A few bytes before the mark are allowed, and met after careless downloads.
    if trimmed.starts_with(b"%PDF") || trimmed.starts_with(b"\xef\xbb\xbf%PDF") {
        return Some("PDF");
    }
    if trimmed.starts_with(b"<?xml") && holds(bytes, b"progid=\"Word.Document\"", 4096) {
        return Some("Word XML");
    }
    if trimmed.starts_with(b"<?xml") && holds(bytes, b"progid=\"Excel.Sheet\"", 4096) {
        return Some("Excel XML");
    }
    MAGIC
        .iter()
        .find(|(magic, _)| trimmed.starts_with(magic))
        .map(|(_, name)| *name)
}

/// What a ZIP holds: the names of its entries stand in it as they are.
fn zip(bytes: &[u8]) -> &'static str {
    const ENTRIES: [(&[u8], &str); 7] = [
        (b"word/", "Word (DOCX)"),
        (b"xl/", "Excel (XLSX)"),
        (b"ppt/", "PowerPoint (PPTX)"),
        (b"opendocument.text", "OpenDocument (ODT)"),
        (b"opendocument.spreadsheet", "OpenDocument (ODS)"),
        (b"OFD.xml", "OFD"),
        (b"application/epub", "EPUB"),
    ];
    ENTRIES
        .iter()
        .find(|(entry, _)| holds(bytes, entry, 64 * 1024))
        .or_else(|| {
            // The directory stands at the end.
            let tail = bytes.get(bytes.len().saturating_sub(64 * 1024)..)?;
            ENTRIES
                .iter()
                .find(|(entry, _)| holds(tail, entry, usize::MAX))
        })
        .map_or("ZIP", |(_, name)| name)
}

fn ole(bytes: &[u8]) -> &'static str {
    let wide = |name: &str| name.bytes().flat_map(|b| [b, 0]).collect::<Vec<u8>>();
    if holds(bytes, &wide("WordDocument"), usize::MAX) {
        "Word (DOC)"
    } else if holds(bytes, &wide("Workbook"), usize::MAX) {
        "Excel (XLS)"
    } else {
        "Word (DOC) / Excel (XLS)"
    }
}

fn holds(bytes: &[u8], wanted: &[u8], within: usize) -> bool {
    bytes
        .get(..bytes.len().min(within))
        .is_some_and(|b| b.windows(wanted.len()).any(|w| w == wanted))
}

#[cfg(test)]
mod tests {
    use super::foreign;

    #[test]
    fn formats_are_named() {
        for (bytes, name) in [
            (&b"%PDF-1.7\n"[..], Some("PDF")),
            (b"\r\n%PDF-1.4", Some("PDF")),
            (
                b"PK\x03\x04\0\0[Content_Types].xml...word/document.xml",
                Some("Word (DOCX)"),
            ),
            (
                b"PK\x03\x04\0\0[Content_Types].xml...xl/workbook.xml",
                Some("Excel (XLSX)"),
            ),
            (b"PK\x03\x04a.txt", Some("ZIP")),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0",
                Some("Word (DOC)"),
            ),
            (b"{\\rtf1\\ansi", Some("RTF")),
            (b"MIME-Version: 1.0\r\n", Some("MHTML")),
            (
                b"<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?>",
                Some("Word XML"),
            ),
            (b"<?xml version=\"1.0\"?><html></html>", None),
            (b"", None),
            ("年度报告 PDF".as_bytes(), None),
        ] {
            assert_eq!(foreign(bytes), name);
        }
    }
}
