//! Running text as it is written: words with single blanks between them, paragraphs that end in a
//! line feed, and the blocks and marks over them.
//!
//! `write(" 一 \n 二 ")` and `end_paragraph()` give the text `一 二␊` and one paragraph over `一 二`.

use crate::document::{Block, Mark, Place};
use crate::text::Span;

/// A text that grows at its end.
#[derive(Debug, Default)]
pub struct Flow {
    /// The text so far.
    pub text: String,
    /// The blocks so far.
    pub blocks: Vec<Block>,
    /// Marks on stretches of the text.
    pub marks: Vec<Mark>,
    /// The level of the heading that is open.
    pub heading: Option<u8>,
    /// Where the open paragraph starts.
    open: Option<usize>,
    /// A blank is due before the next character.
    blank: bool,
    /// Elements open that strike their text out, and since where.
    struck: usize,
    struck_from: usize,
}

/// The end of a paragraph that was cut short, so that text which belongs to it can be added.
#[derive(Debug)]
pub struct Loose {
    /// The paragraph's block.
    pub block: usize,
    /// What was trimmed from it.
    tail: String,
    blank: bool,
}

/// Bytes that are written as they are, whatever stands around them.
static ORDINARY: [bool; 256] = {
    let mut table = [true; 256];
    let special = b"\0\t\n\x0c\r \xc2\xe2\xef";
    let mut i = 0;
    #[allow(clippy::indexing_slicing)] // Evaluated by the compiler, which says so if it is wrong.
    while i < special.len() {
        table[special[i] as usize] = false;
        i += 1;
    }
    table
};

impl Flow {
    /// The text of something that is put in before a place of this text later; `loose` is the
    /// paragraph that it goes on with.
    pub fn beside(&self, loose: Option<&Loose>) -> Self {
        let mut flow = Self {
            heading: self.heading,
            ..Self::default()
        };
        if let Some(loose) = loose {
            flow.open = Some(0);
            flow.blank = loose.blank;
            flow.text.push_str(&loose.tail);
        }
        flow
    }

    /// Whether a paragraph is open.
    pub const fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Writes text whose blanks of any length mean one. Where `lines` is set, a line feed ends
    /// the paragraph.
    pub fn write(&mut self, text: &str, lines: bool) {
        let bytes = text.as_bytes();
        let (mut from, mut at) = (0, 0);
        while let Some(&byte) = bytes.get(at) {
            if ORDINARY.get(usize::from(byte)).copied().unwrap_or(true) {
                at += 1;
                continue;
            }
            let rest = bytes.get(at..).unwrap_or_default();
            let length = match byte {
                // A no-break blank alone makes no paragraph and no cell.
                0xc2 if rest.starts_with(b"\xc2\xa0") => 2,
                0xe2 if rest.starts_with("\u{200b}".as_bytes()) => 3,
                0xef if rest.starts_with("\u{feff}".as_bytes()) => 3,
                0xc2 | 0xe2 | 0xef => {
                    at += 1;
                    continue;
                }
                _ => 1,
            };
            self.run(text.get(from..at).unwrap_or(""));
            match (byte, length) {
                (0, _) | (_, 3) => {}
                (b'\n' | b'\r', _) if lines => self.end_paragraph(),
                _ => self.blank = self.open.is_some() && !self.text.ends_with('\n'),
            }
            at += length;
            from = at;
        }
        self.run(text.get(from..).unwrap_or(""));
    }

    fn run(&mut self, run: &str) {
        if run.is_empty() {
            return;
        }
        if std::mem::take(&mut self.blank) {
            self.text.push(' ');
        }
        if self.open.is_none() {
            self.open = Some(self.text.len());
        }
        self.text.push_str(run);
    }

    /// A line within a paragraph ends.
    pub fn line_feed(&mut self) {
        self.blank = false;
        if self.open.is_some() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Ends the open paragraph, if any.
    pub fn end_paragraph(&mut self) {
        self.blank = false;
        let Some(start) = self.open.take() else {
            return;
        };
        let written = self.text.get(start..).unwrap_or("");
        let end = start + written.trim_end().len();
        self.text.truncate(end);
        if self.struck > 0 {
            self.strike_to(end);
        }
        if end > start {
            let span = Span::new(start, end);
            self.blocks.push(match self.heading {
                Some(level) => Block::Heading { span, level },
                None => Block::Paragraph(span),
            });
        }
        self.text.push('\n');
        self.struck_from = self.text.len();
    }

    /// Ends the open paragraph so that it can be gone on with.
    pub fn end_loosely(&mut self) -> Option<Loose> {
        let start = self.open?;
        let written = self.text.get(start..).unwrap_or("");
        let tail = written.get(written.trim_end().len()..).unwrap_or("");
        let (tail, blank) = (tail.to_owned(), self.blank);
        let before = self.blocks.len();
        self.end_paragraph();
        (self.blocks.len() > before).then_some(Loose {
            block: before,
            tail,
            blank,
        })
    }

    /// An element that strikes its text out begins.
    pub fn strike(&mut self) {
        if self.struck == 0 {
            self.struck_from = self.text.len();
        }
        self.struck += 1;
    }

    /// It ends.
    pub fn end_strike(&mut self) {
        self.struck = self.struck.saturating_sub(1);
        if self.struck == 0 {
            self.strike_to(self.text.len());
        }
    }

    /// All of them end.
    pub fn end_strikes(&mut self) {
        if self.struck > 0 {
            self.struck = 1;
            self.end_strike();
        }
    }

    fn strike_to(&mut self, end: usize) {
        let text = self.text.get(self.struck_from..end).unwrap_or("");
        let span = piece(self.struck_from, text);
        if !span.is_empty() {
            let mut mark = Mark::new(Place::Text(span));
            mark.struck_out = true;
            self.marks.push(mark);
        }
        self.struck_from = end;
    }
}

/// The trimmed place of a piece of text that starts at `start`.
pub fn piece(start: usize, text: &str) -> Span {
    let left = text.len() - text.trim_start().len();
    Span::new(start + left, start + left + text.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_one_and_marks_of_none_are_dropped() {
        let mut flow = Flow::default();
        flow.write(" 一 \n\u{a0} “二”\u{200b}，\u{feff}é\0三 ", false);
        flow.end_paragraph();
        assert_eq!(flow.text, "一 “二”，é三\n");
        assert_eq!(
            flow.blocks,
            [Block::Paragraph(Span::new(0, flow.text.len() - 1))]
        );
    }

    #[test]
    fn what_is_struck_out_is_marked() {
        let mut flow = Flow::default();
        flow.write("1", false);
        flow.strike();
        flow.write("2 ", false);
        flow.end_strike();
        flow.write("3", false);
        flow.end_paragraph();
        let struck: Vec<_> = flow.marks.iter().map(|m| m.place).collect();
        assert_eq!(struck, [Place::Text(Span::new(1, 2))]);
    }
}
