//! A table while it is written: its cells so far, and what tells a table of figures from one that
//! lays a page out.
//!
//! A table of two cells, one of which holds forty lines, is the columns of a page.

use super::flow::{Flow, Loose};
use super::lay::RawCell;

/// Cells that only a table of figures has.
pub const MANY_CELLS: usize = 12;
/// Bytes and lines of text that no cell of a form holds.
const LONG_CELL: usize = 900;
const MANY_LINES: usize = 8;

/// A table that is being written.
#[derive(Debug, Default)]
pub struct OpenTable {
    /// Its cells so far.
    pub cells: Vec<RawCell>,
    /// Where the open cell starts.
    pub cell: Option<usize>,
    /// Cells with text.
    pub filled: usize,
    /// The open row.
    pub row: Option<usize>,
    /// How many rows there are so far.
    pub rows: usize,
    /// The first cell of the open group of rows.
    pub group: usize,
    /// Its cells hold tables: it lays the page out.
    pub layout: bool,
    /// How many blocks stand before it.
    pub blocks_before: usize,
    /// Where it starts.
    pub start: usize,
    /// The paragraph that was cut short by the table.
    pub loose: Option<Loose>,
    /// Text that stands in the table outside its cells.
    pub beside: Option<Box<Flow>>,
    /// The two are swapped: what is written goes beside the table.
    pub swapped: bool,
}

impl OpenTable {
    /// A few cells, and one of them with more text than a cell of any form: the page's columns.
    pub fn is_page(&self, text: &str) -> bool {
        let long = |c: &RawCell| {
            c.spans.iter().any(|s| {
                let text = s.of(text);
                text.len() > LONG_CELL || text.lines().count() > MANY_LINES
            })
        };
        self.filled < MANY_CELLS && self.cells.iter().any(long)
    }
}
