//! What a file says before anyone knows what it means: linear text, paragraphs, headings and
//! table grids, each with its span in that text. This is the one coordinate system: quotes,
//! records, the screen and `gouji text` all speak of byte offsets into [`Document::text`].
//!
//! The page `<h2>二、情况</h2><table><tr><td>规章<td>3</table>` has the text `二、情况␊规章␊3␊`, a
//! heading over bytes 0 to 12, and a grid of one row whose second cell covers bytes 20 to 21.

mod mark;
mod note;

pub use mark::{Area, Mark, Place};
pub use note::Note;

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// The kind of file that a document was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Plain text in any charset.
    Text,
    /// A web page, or a Word document saved as one.
    Html,
}

/// A file, or one report in it, as text with structure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    pub notes: Vec<Note>,
    /// What the format says of pieces besides their words, in the order of reading; only where it
    /// says something.
    pub marks: Vec<Mark>,
}

/// A piece of a document in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// A table whose cells have places. Apart, so that the many paragraphs of a long text are not
    /// each as large as a table.
    Table(Box<Grid>),
}

impl Block {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Heading { span, .. } | Self::Paragraph(span) => *span,
            Self::Table(grid) => grid.span,
        }
    }
}

/// A table whose cells have a row and a column. Readers make one only where a cell's place is
/// certain (HTML, box drawings, pipes with their empty cells kept); a table whose empty cells
/// were dropped stays text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

    /// What the format says of a place besides its words, if anything.
    pub fn mark(&self, place: Place) -> Option<&Mark> {
        self.marks.iter().find(|m| m.place == place)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_goes_through_json_and_back() {
        let mut struck = Mark::new(Place::Text(Span::new(3, 4)));
        struck.struck_out = true;
        let mut placed = Mark::new(Place::Cell { block: 1, cell: 0 });
        placed.class = Some("xl65".into());
        placed.page = Some(2);
        placed.area = Some(Area {
            left: 7200,
            top: 10_150,
            right: 14_400,
            bottom: 11_600,
        });
        let document = Document {
            text: "规 3\n".to_owned(),
            blocks: vec![
                Block::Heading {
                    span: Span::new(0, 3),
                    level: 2,
                },
                Block::Table(Box::new(Grid {
                    span: Span::new(4, 5),
                    cells: vec![GridCell {
                        row: 0,
                        column: 0,
                        row_span: 1,
                        column_span: 2,
                        spans: vec![Span::new(4, 5)],
                    }],
                    rows: 1,
                    columns: 2,
                    rectangular: true,
                })),
            ],
            head: vec![("title".to_owned(), "甲".to_owned())],
            format: Format::Html,
            encoding: "UTF-8".to_owned(),
            notes: vec![
                Note::WrongCharset {
                    declared: "gb2312".to_owned(),
                    found: "UTF-8".to_owned(),
                },
                Note::Lossy {
                    found: "UTF-8".to_owned(),
                },
                Note::LongTable { rows: 1001 },
            ],
            marks: vec![struck, placed],
        };
        let json = serde_json::to_string(&document).unwrap();
        assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), document);
        // What is not said takes no room.
        assert!(json.contains(r#"{"place":{"text":[3,4]},"struck_out":true}"#));
    }
}
