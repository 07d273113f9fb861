//! The one way in which a reader makes a document. It owns the text, the blocks, the tables and
//! their marks, keeps spans on characters and in order, and counts what is written.
//!
//! A reader that makes its own text calls `open_table`, `open_row`, `open_cell(1, 1)`,
//! `write("规章")`, `close_cell` … `close_table`; one whose text is there already (a text file)
//! hands in spans and grids, and the text itself with [`Builder::adopt`].

mod flow;
mod lay;
mod open_table;
mod tables;
mod write;

pub use flow::piece;
pub use lay::{RawCell, grid};
pub use write::Builder;
