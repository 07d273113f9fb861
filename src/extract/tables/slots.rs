//! What stands in a row, as far as it is seen: cells with places, figures in order, or digits that
//! run together. `规章 0 / 3` under three heads is three figures in order; the same in a grid is
//! three cells.

use rust_decimal::Decimal;

use super::zone::{Digits, Printed};
use crate::form::Table;
use crate::text::{Span, Token};

/// What stands in a row.
#[derive(Debug, Clone)]
pub enum Slots {
    /// A token for each column; `None` where the file has no such cell.
    Placed(Vec<Option<Printed>>),
    /// Tokens in order; empty cells may have been dropped.
    Sequence(Vec<Printed>),
    /// Digits that run together.
    Glued(Digits),
}

impl Slots {
    /// A row of whose cells nothing can be said.
    pub fn nothing_known() -> Self {
        Self::Glued(Digits {
            broken: true,
            ..Digits::default()
        })
    }

    /// Whether anything is printed.
    pub fn has_content(&self) -> bool {
        match self {
            Self::Placed(cells) => cells.iter().flatten().any(|p| p.token != Token::Blank),
            Self::Sequence(tokens) => !tokens.is_empty(),
            Self::Glued(digits) => digits.broken || !digits.text.is_empty(),
        }
    }

    /// Where what is printed ends.
    pub fn end(&self) -> Option<usize> {
        match self {
            Self::Placed(cells) => cells.iter().flatten().map(|p| p.span.end).max(),
            Self::Sequence(tokens) => tokens.iter().map(|p| p.span.end).max(),
            Self::Glued(digits) => digits.places.last().map(|s| s.end),
        }
    }
}

/// A table as seen, before placing.
pub struct Seen {
    /// Which table of which form.
    pub table: &'static Table,
    /// By figure row; `None` where the row's label is not there.
    pub rows: Vec<Option<Slots>>,
    /// Where it stands.
    pub span: Span,
    /// How well it fits.
    pub score: i64,
}

/// Whether six kinds of applicants add up to the total, an empty cell being 0.
pub fn adds_up(cells: &[Option<Printed>]) -> bool {
    let value = |c: &Option<Printed>| match c.as_ref().map(|p| &p.token) {
        Some(Token::Number { value, .. }) => *value,
        _ => Decimal::ZERO,
    };
    let Some((total, parts)) = cells.split_last() else {
        return false;
    };
    let sum = parts
        .iter()
        .map(value)
        .try_fold(Decimal::ZERO, |a, b| a.checked_add(b));
    sum == Some(value(total))
}

/// A row of zeros adds up wherever they stand.
pub fn all_zero(cells: &[Option<Printed>]) -> bool {
    let figure = |c: &Printed| matches!(c.token, Token::Number { value, .. } if !value.is_zero());
    !cells.iter().flatten().any(figure)
}
