//! The builder itself: what is written into it, what it counts, and the document at its end.
//!
//! `write("一 二", false)`, `end_paragraph()` and `finish("UTF-8")` give a document with the text
//! `一 二␊` and one paragraph.

use super::flow::Flow;
use super::open_table::OpenTable;
use crate::document::{Block, Document, Format, Grid, Mark, Note, Place};
use crate::source::error::Cause;
use crate::source::limits::{Limit, Limits, Work};
use crate::text::Span;

/// A document in the making.
#[derive(Debug)]
pub struct Builder {
    /// Where text goes now: the document's own text, or text that is put in before a table.
    pub(super) flow: Flow,
    pub(super) tables: Vec<OpenTable>,
    head: Vec<(String, String)>,
    /// Marks on blocks and cells; those on text are with it.
    marks: Vec<Mark>,
    format: Format,
    /// Blocks and cells that were asked for.
    pub(super) cells: usize,
    most_cells: usize,
    /// The steps that the reader counts.
    pub work: Work,
}

/// Facts of a head that are kept.
const MOST_FACTS: usize = 200;

impl Builder {
    /// An empty document, of a file of so many bytes.
    pub fn new(format: Format, limits: &Limits, work: Work) -> Self {
        Self {
            flow: Flow::default(),
            tables: Vec::new(),
            head: Vec::new(),
            marks: Vec::new(),
            format,
            cells: 0,
            most_cells: limits.cells,
            work,
        }
    }

    /// Takes the text that the blocks are over, where it was there before them.
    pub fn adopt(&mut self, text: String) {
        self.flow.text = text;
    }

    /// Makes room for text that is about to be written.
    pub fn reserve(&mut self, bytes: usize) {
        self.flow.text.reserve(bytes);
    }

    /// Which limit is gone over, if any. Readers look now and then, and stop.
    pub const fn over_limit(&self) -> Option<Limit> {
        if self.cells > self.most_cells {
            Some(Limit::Cells)
        } else if self.work.is_spent() {
            Some(Limit::Steps)
        } else {
            None
        }
    }

    /// # Errors
    /// When a limit is gone over.
    pub fn check(&self) -> Result<(), Cause> {
        let most = match self.over_limit() {
            None => return Ok(()),
            Some(Limit::Steps) => self.work.most(),
            Some(_) => self.most_cells as u64,
        };
        Err(Cause::Over {
            limit: self.over_limit().unwrap_or(Limit::Steps),
            most,
        })
    }

    /// Text whose blanks of any length mean one; a line feed too, unless `lines` is set.
    pub fn write(&mut self, text: &str, lines: bool) {
        self.flow.write(text, lines && self.tables.is_empty());
    }

    /// A line within a paragraph ends.
    pub fn line_feed(&mut self) {
        self.flow.line_feed();
    }

    /// The open paragraph ends, if there is one.
    pub fn end_paragraph(&mut self) {
        if self.flow.is_open() {
            self.cells += 1;
        }
        self.flow.end_paragraph();
    }

    /// What is written from here on is a heading, or is none.
    pub fn set_heading(&mut self, level: Option<u8>) {
        self.flow.heading = level;
    }

    /// Text that is struck out begins.
    pub fn strike(&mut self) {
        self.flow.strike();
    }

    /// It ends.
    pub fn end_strike(&mut self) {
        self.flow.end_strike();
    }

    /// A paragraph of a text that is there already.
    pub fn paragraph(&mut self, span: Span) {
        self.block(Block::Paragraph(span));
    }

    /// A heading of a text that is there already.
    pub fn heading(&mut self, span: Span, level: u8) {
        self.block(Block::Heading { span, level });
    }

    /// A table of a text that is there already.
    pub fn table(&mut self, grid: Grid) {
        self.cells += grid.cells.len();
        self.block(Block::Table(Box::new(grid)));
    }

    fn block(&mut self, block: Block) {
        self.cells += 1;
        self.flow.blocks.push(block);
    }

    /// What the format says of a block, a cell or a stretch of the text: its class, its page …
    // Text and pages have only struck-out stretches, which the text itself keeps; readers of
    // formats with pages and styles call this.
    #[cfg_attr(not(test), allow(dead_code))]
    pub fn mark(&mut self, mark: Mark) {
        match mark.place {
            Place::Text(_) => self.flow.marks.push(mark),
            _ => self.marks.push(mark),
        }
    }

    /// A fact of the head, such as the title.
    pub fn fact(&mut self, key: &str, value: &str) {
        if self.head.len() >= MOST_FACTS {
            return;
        }
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() {
            self.head.push((key.to_owned(), value));
        }
    }

    /// The document, decoded with `encoding`, and the steps that it took.
    ///
    /// # Errors
    /// When it goes over a limit.
    pub fn finish(mut self, encoding: &str) -> Result<(Document, Work), Cause> {
        self.end_paragraph();
        self.check()?;
        let Flow {
            mut text,
            mut blocks,
            marks,
            ..
        } = self.flow;
        text.shrink_to_fit();
        blocks.shrink_to_fit();
        let mut notes = Vec::new();
        for block in &blocks {
            if let Block::Table(grid) = block
                && grid.rows > LONG_TABLE
            {
                notes.push(Note::LongTable { rows: grid.rows });
            }
        }
        let mut all = self.marks;
        all.extend(marks);
        let document = Document {
            text,
            blocks,
            head: self.head,
            format: self.format,
            encoding: encoding.to_owned(),
            notes,
            marks: all,
        };
        Ok((document, self.work))
    }
}

/// No table of any form is that long; one that is may hide the form's rows among others.
const LONG_TABLE: usize = 1000;

#[cfg(test)]
mod tests {
    use super::*;

    fn builder() -> Builder {
        let limits = Limits::default();
        Builder::new(Format::Html, &limits, Work::new(&limits, 0))
    }

    #[test]
    fn marks_go_with_what_they_are_on() {
        let mut builder = builder();
        builder.write("一", false);
        builder.end_paragraph();
        builder.open_table();
        for cell in ["规章", "3"] {
            builder.open_cell(1, 1);
            builder.write(cell, false);
            builder.close_cell();
        }
        builder.close_table();
        let mut mark = Mark::new(Place::Cell { block: 1, cell: 1 });
        mark.page = Some(4);
        builder.mark(mark.clone());
        let (document, _) = builder.finish("UTF-8").unwrap();
        assert_eq!(document.text, "一\n规章\n3\n");
        assert!(matches!(&document.blocks[1], Block::Table(g) if g.cells.len() == 2));
        assert_eq!(document.mark(mark.place), Some(&mark));
    }

    #[test]
    fn what_goes_over_a_limit_is_refused() {
        let limits = Limits {
            cells: 3,
            ..Limits::default()
        };
        let mut builder = Builder::new(Format::Text, &limits, Work::new(&limits, 0));
        for _ in 0..4 {
            assert_eq!(builder.over_limit(), None);
            builder.paragraph(Span::new(0, 0));
        }
        assert_eq!(builder.over_limit(), Some(Limit::Cells));
        let cause = builder.finish("UTF-8").unwrap_err();
        assert_eq!(
            cause,
            Cause::Over {
                limit: Limit::Cells,
                most: 3
            }
        );
    }
}
