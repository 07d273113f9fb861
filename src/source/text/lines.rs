//! The lines of a text, each with its place and with what marks it as part of a table.
//!
//! `| 1 |␊--- ---␊` is a line with pipes at byte 0 and one with dashes at byte 6.

use crate::source::builder::piece;
use crate::text::Span;

/// A line of a text.
#[derive(Debug, Clone, Copy)]
pub struct TextLine<'a> {
    /// Its text without the line end.
    pub text: &'a str,
    /// Where it starts in the linear text.
    pub start: usize,
    /// A pipe stands in it.
    pub pipes: bool,
    /// Two dashes or equals signs stand in it side by side.
    pub dashes: bool,
}

impl TextLine<'_> {
    /// The trimmed line's place; empty for a blank line.
    pub fn span(&self) -> Span {
        piece(self.start, self.text)
    }

    /// Whether nothing is to be seen on it.
    pub fn is_blank(&self) -> bool {
        self.text.trim_start().is_empty()
    }
}

/// Cuts a text into its lines.
pub fn lines(text: &str) -> Vec<TextLine<'_>> {
    let count = memchr::memchr_iter(b'\n', text.as_bytes()).count() + 1;
    let mut lines = Vec::with_capacity(count);
    let mut start = 0;
    while start < text.len() {
        let rest = text.get(start..).unwrap_or("");
        let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |i| i + 1);
        let line = rest.get(..end).unwrap_or(rest);
        let text = line.trim_end_matches(['\n', '\r']);
        let bytes = text.as_bytes();
        lines.push(TextLine {
            text,
            start,
            pipes: memchr::memchr(b'|', bytes).is_some(),
            dashes: has_dashes(bytes),
        });
        start += end;
    }
    lines
}

fn has_dashes(line: &[u8]) -> bool {
    memchr::memchr2_iter(b'-', b'=', line).any(|i| {
        let pair = line.get(i..i + 2).unwrap_or_default();
        pair == b"--" || pair == b"=="
    })
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn lines_keep_their_places() {
        let text = "一\r\n\n- | =\n== x";
        let shown: Vec<_> = lines(text)
            .iter()
            .map(|l| (l.text, l.start, l.pipes, l.dashes))
            .collect();
        assert_eq!(
            shown,
            [
                ("一", 0, false, false),
                ("", 5, false, false),
                ("- | =", 6, true, false),
                ("== x", 12, false, true),
            ]
        );
    }
}
