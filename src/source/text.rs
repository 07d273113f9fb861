//! Plain text: the file is the linear text. Tables whose cells have certain places become grids.

use unicode_width::UnicodeWidthChar;

use super::drawn::{drawn, is_drawn};
use super::piped::piped;
use super::ruled::ruled;
use crate::document::{Block, Document, Format, Span};

/// A line of the text.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// Its text without the line end.
    pub text: &'a str,
    /// Where it starts in the linear text.
    pub start: usize,
}

impl Line<'_> {
    /// The trimmed line's place; empty for a blank line.
    pub fn span(&self) -> Span {
        piece(self.start, self.text)
    }

    /// Whether nothing is to be seen on it.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The trimmed place of a piece of text that starts at `start`.
pub fn piece(start: usize, text: &str) -> Span {
    let left = text.len() - text.trim_start().len();
    Span::new(start + left, start + left + text.trim().len())
}

/// Columns that a character takes on a terminal, ambiguous ones 1.
pub fn width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// Reads a text.
pub fn read(text: String, encoding: &str) -> Document {
    let lines = lines(&text);
    let mut blocks = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let rest = &lines[at..];
        let table = if is_drawn(line.text) {
            drawn(rest)
        } else {
            ruled(rest).or_else(|| piped(rest))
        };
        if let Some((grid, used)) = table {
            blocks.push(Block::Table(grid));
            at += used.max(1);
            continue;
        }
        if !line.is_blank() {
            blocks.push(block(line));
        }
        at += 1;
    }
    Document {
        text,
        blocks,
        head: Vec::new(),
        format: Format::Text,
        encoding: encoding.to_owned(),
        notes: Vec::new(),
    }
}

fn block(line: &Line<'_>) -> Block {
    let span = line.span();
    let marks = line.text.trim().bytes().take_while(|b| *b == b'#').count();
    match u8::try_from(marks) {
        Ok(level @ 1..=6) if line.text.trim().as_bytes().get(marks) == Some(&b' ') => {
            Block::Heading { span, level }
        }
        _ => Block::Paragraph(span),
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let own = Line {
                text: line.trim_end_matches(['\n', '\r']),
                start,
            };
            start += line.len();
            own
        })
        .collect()
}
