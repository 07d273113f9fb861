//! What a file says before anyone knows what it means: linear text, paragraphs, headings and
//! table grids, each with its span in that text. This is the one coordinate system: quotes,
//! records, the screen and `gouji text` all speak of byte offsets into [`Document::text`].

use crate::text::Span;

/// The kind of file that a document was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text in any charset.
    Text,
    /// A web page, or a Word document saved as one.
    Html,
}

/// A file, or one report in it, as text with structure.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The linear text. For text files the decoded file as it is (CRLF kept, BOM dropped); for
    /// other formats the text that the reader made, a table cell a line.
    pub text: String,
    /// Headings, paragraphs and tables in reading order; their spans do not overlap.
    pub blocks: Vec<Block>,
    /// Facts from a page's head, in order: `title`, `ArticleTitle`, `PubDate` … as written.
    pub head: Vec<(String, String)>,
    /// What it was read from.
    pub format: Format,
    /// Name of the charset that the bytes were decoded with, such as `UTF-8` or `gb18030`.
    pub encoding: String,
    /// What the reader noticed and went on in spite of, such as a wrong charset declaration.
    pub notes: Vec<String>,
}

/// A piece of a document in reading order.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading that the format marks as one; `level` is 1 to 6.
    Heading {
        /// Where it stands.
        span: Span,
        /// 1 (the title) to 6.
        level: u8,
    },
    /// A paragraph; in plain text a line that is not blank.
    Paragraph(Span),
    /// A table whose cells have places.
    Table(Grid),
}

/// A table whose cells have a row and a column. Readers make one only where a cell's place is
/// certain (HTML, box drawings, pipes with their empty cells kept); a table whose empty cells
/// were dropped stays text.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// From the first cell's start to the last cell's end in the linear text.
    pub span: Span,
    /// The cells, by row, then column; spans resolved, so `row` and `column` are of the grid.
    pub cells: Vec<GridCell>,
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub columns: usize,
    /// Every row reaches the same width: a column number means the same in each of them.
    pub rectangular: bool,
}

/// One cell of a [`Grid`].
#[derive(Debug, Clone, PartialEq)]
pub struct GridCell {
    /// First row, from 0.
    pub row: usize,
    /// First column, from 0.
    pub column: usize,
    /// Rows covered, at least 1.
    pub row_span: usize,
    /// Columns covered, at least 1.
    pub column_span: usize,
    /// The pieces of linear text that make up the cell's text: usually one, more where a cell is
    /// wrapped over lines that other cells share; empty where the cell is.
    pub spans: Vec<Span>,
}

impl GridCell {
    /// The cell's text, its pieces joined by a line feed, trimmed.
    pub fn text(&self, document: &str) -> String {
        let pieces: Vec<&str> = self.spans.iter().map(|s| s.of(document).trim()).collect();
        pieces.join("\n").trim().to_owned()
    }

    /// From the first piece to the last; `None` for an empty cell.
    pub fn span(&self) -> Option<Span> {
        self.spans.iter().copied().reduce(Span::join)
    }
}

impl Document {
    /// The text in reading order: blocks one after the other, tables cell by cell.
    pub fn pieces(&self) -> Vec<Span> {
        let mut out = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Heading { span, .. } | Block::Paragraph(span) => out.push(*span),
                Block::Table(grid) => out.extend(grid.cells.iter().flat_map(|c| &c.spans)),
            }
        }
        out
    }
}

#[cfg(test)]
impl Grid {
    /// The cell that covers this place, if any.
    pub fn at(&self, row: usize, column: usize) -> Option<&GridCell> {
        self.cells.iter().find(|c| {
            (c.row..c.row + c.row_span).contains(&row)
                && (c.column..c.column + c.column_span).contains(&column)
        })
    }
}
