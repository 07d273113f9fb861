//! What a format says of a piece of text besides its words: how it is styled, whether a reader of
//! the file sees it, and where on a page it stands. Kept apart from the blocks, as most pieces
//! have nothing of it.
//!
//! `<td>1<s>2</s>` in a page gives a mark at `Place::Text` over the `2`, with `struck_out` set.

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// What is said of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Of which.
    pub place: Place,
    /// Its class, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<Box<str>>,
    /// Its id, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Box<str>>,
    /// Its style, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<Box<str>>,
    /// The file holds it, but whoever looks at the file does not see it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hidden: bool,
    /// A line is drawn through it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub struck_out: bool,
    /// Its page, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Its place on that page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
}

/// A piece of a document that a mark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A block, by its index.
    Block(u32),
    /// A cell of a table, which may be empty and then has no span.
    Cell {
        /// Index of the table among the blocks.
        block: u32,
        /// Index of the cell.
        cell: u32,
    },
    /// A stretch of the text, within a block or a cell.
    Text(Span),
}

/// A rectangle of a page, in hundredths of a point from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Left edge.
    pub left: i32,
    /// Upper edge.
    pub top: i32,
    /// Right edge.
    pub right: i32,
    /// Lower edge.
    pub bottom: i32,
}

impl Mark {
    /// A mark that says nothing yet.
    pub const fn new(place: Place) -> Self {
        Self {
            place,
            class: None,
            id: None,
            style: None,
            hidden: false,
            struck_out: false,
            page: None,
            area: None,
        }
    }
}

const fn is_false(value: &bool) -> bool {
    !*value
}
