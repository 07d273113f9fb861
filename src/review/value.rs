//! Values as reviewers type them.

use rust_decimal::Decimal;

use super::Refusal;
use crate::form::ValueType;

/// Reads a value: a figure, or arithmetic such as `2+1` or `=2+1`.
///
/// # Errors
/// When it is no figure, or none of the cell's type.
pub fn parse_value(text: &str, kind: ValueType) -> Result<Decimal, Refusal> {
    let _ = kind;
    super::decision::decimal(text).ok_or_else(|| Refusal::NotAFigure {
        text: text.to_owned(),
        part: text.to_owned(),
    })
}
