//! Plain text: the file is the linear text. Tables whose cells have certain places become grids.

use super::drawn::{self, drawn, is_drawn};
use super::piped::{self, piped};
use super::ruled::ruled;
use crate::document::{Block, Document, Format};
use crate::text::Span;

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

/// Reads a text.
pub fn read(text: String, encoding: &str) -> Document {
    let lines = lines(&text);
    let mut blocks = Vec::new();
    let mut at = 0;
    let (mut drawn_tried, mut piped_tried) = (0, 0);
    while let Some(line) = lines.get(at) {
        let rest = &lines[at..];
        // What was no table as a whole is not tried again line by line.
        let table = if is_drawn(line.text) {
            let fresh = at >= drawn_tried;
            let table = fresh.then(|| drawn(rest)).flatten();
            if fresh && table.is_none() {
                drawn_tried = at + drawn::reach(rest);
            }
            table
        } else {
            let fresh = at >= piped_tried;
            let table = ruled(rest).or_else(|| fresh.then(|| piped(rest)).flatten());
            if fresh && table.is_none() {
                piped_tried = at + piped::reach(rest);
            }
            table
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_take_linear_time() {
        // None of these is a table, and each looks like one from every line on.
        for line in [
            "规章 | 1 | |||",
            "规章 | 1 |",
            "│ 1 │",
            "┌─┐\n└─┘",
            "-- --",
            "--- ---\n一",
            "-- --\n\n一",
        ] {
            let text = format!("{line}\n").repeat(40_000);
            let document = read(text.clone(), "UTF-8");
            assert_eq!(document.text, text);
            assert!(document.blocks.len() >= 20_000, "{line}");
        }
    }

    #[test]
    fn lines_are_paragraphs_and_keep_their_ends() {
        let text = "# 年度报告\r\n\r\n　　一段话。 \r\n#号\n";
        let document = read(text.to_owned(), "UTF-8");
        let shown: Vec<(u8, &str)> = document
            .blocks
            .iter()
            .map(|b| match b {
                Block::Heading { span, level } => (*level, span.of(text)),
                Block::Paragraph(span) => (0, span.of(text)),
                Block::Table(_) => (9, ""),
            })
            .collect();
        assert_eq!(shown, [(1, "# 年度报告"), (0, "一段话。"), (0, "#号")]);
        assert_eq!(document.text, text);
    }
}
