//! Characters: width folding, traditional to simplified, white space, numbers; each converted copy
//! carries a map back to the original offsets.

mod control;
mod fold;
mod name;
mod number;
mod span;

pub use control::is_control;
pub use fold::{Folded, fold, fold_keeping_blanks, fold_pieces, is_traditional};
pub use name::Name;
pub use number::{Token, parse_cell, parse_decimal};
pub use span::Span;
