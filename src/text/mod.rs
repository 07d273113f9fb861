//! Characters: width folding, traditional to simplified, white space, numbers; each converted copy
//! carries a map back to the original offsets.

mod control;
mod fold;
mod fold_table;
mod name;
mod number;
mod places;
mod scan;
mod span;
mod unit;

pub use control::is_control;
pub use fold::{Folded, first_of, fold, fold_word};
pub use name::Name;
pub use number::{Token, parse_cell, parse_decimal};
pub use scan::Lexicon;
pub use span::Span;
pub use unit::{UNITS, Unit};
