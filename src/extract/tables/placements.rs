//! The ways in which a row's tokens can stand in its cells.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::puzzle::{Equation, Filling, NOTHING, Piece, RowWays, Way};
use super::zone::Digits;
use crate::extract::budget::Budget;
use crate::text::parse_decimal;

/// Steps that a placement takes beside those of finding it: it is kept, and looked at again.
const KEPT: usize = 8;

/// All ways to set the tokens into cells that keep their order, where `fits(token, cell)`; none
/// when there are more tokens than cells. `None` over the budget.
pub fn in_order(
    tokens: Vec<Piece>,
    width: usize,
    fits: &dyn Fn(usize, usize) -> bool,
    budget: &Budget,
) -> Option<RowWays> {
    let mut search = InOrder {
        tokens: tokens.len(),
        fits,
        budget,
        row: vec![NOTHING; width],
        out: RowWays::new(width, tokens),
    };
    if search.tokens <= width {
        search.set(0, 0)?;
    }
    Some(search.out)
}

struct InOrder<'a> {
    /// How many there are.
    tokens: usize,
    fits: &'a dyn Fn(usize, usize) -> bool,
    budget: &'a Budget,
    row: Vec<Filling>,
    out: RowWays,
}

impl InOrder<'_> {
    /// Sets the token of a number and all later ones, from a cell on.
    fn set(&mut self, next: usize, from: usize) -> Option<()> {
        if next == self.tokens {
            self.budget.take(KEPT)?;
            self.out.add(&self.row);
            return Some(());
        }
        let token = Filling::try_from(next + 1).ok()?;
        let last = self.row.len() - (self.tokens - next);
        for cell in from..=last {
            self.budget.take(1)?;
            if (self.fits)(next, cell) {
                self.put(cell, token);
                self.set(next + 1, cell + 1)?;
                self.put(cell, NOTHING);
            }
        }
        Some(())
    }

    fn put(&mut self, cell: usize, filling: Filling) {
        if let Some(place) = self.row.get_mut(cell) {
            *place = filling;
        }
    }
}

/// All ways to split digits that run together into `width` figures without leading zeros, such
/// that the row's own equations hold. `decimal(cell)` tells where a point may stand. `None` over
/// the budget. The id of a piece is `start * 4096 + end` in characters of the digits.
pub fn splits(
    digits: &Digits,
    width: usize,
    decimal: &dyn Fn(usize) -> bool,
    local: &[&Equation],
    budget: &Budget,
) -> Option<RowWays> {
    let mut search = Splits {
        text: &digits.text,
        width,
        decimal,
        local,
        budget,
        known: HashMap::new(),
        out: RowWays::new(width, Vec::new()),
    };
    let mut row = Vec::with_capacity(width);
    search.split(0, &mut row)?;
    Some(search.out)
}

/// The range of digits that a piece of [`splits`] was made from.
pub const fn split_range(id: usize) -> (usize, usize) {
    (id / 4096, id % 4096)
}

struct Splits<'a> {
    text: &'a str,
    width: usize,
    decimal: &'a dyn Fn(usize) -> bool,
    local: &'a [&'a Equation],
    budget: &'a Budget,
    /// The figures met so far, by their ranges.
    known: HashMap<(usize, usize), Filling>,
    out: RowWays,
}

impl Splits<'_> {
    fn split(&mut self, start: usize, row: &mut Vec<Filling>) -> Option<()> {
        let cell = row.len();
        if cell == self.width {
            if start == self.text.len() {
                self.budget.take(KEPT)?;
                self.out.add(row);
            }
            return Some(());
        }
        let left = self.width - cell - 1;
        let ends = if left == 0 {
            self.text.len()..=self.text.len()
        } else {
            start + 1..=self.text.len().saturating_sub(left)
        };
        for end in ends {
            self.budget.take(1)?;
            let Some(filling) = self.figure(start, end, (self.decimal)(cell)) else {
                continue;
            };
            row.push(filling);
            if self.hold(row) {
                self.split(end, row)?;
            }
            row.pop();
        }
        Some(())
    }

    /// The figure that some digits are.
    fn figure(&mut self, start: usize, end: usize, decimal: bool) -> Option<Filling> {
        let part = self.text.get(start..end)?;
        if part.contains('.') && !decimal {
            return None;
        }
        if let Some(known) = self.known.get(&(start, end)) {
            return Some(*known);
        }
        let value = figure(part)?;
        let id = start * 4096 + end;
        let filling = self.out.with(Piece { value, id });
        self.known.insert((start, end), filling);
        Some(filling)
    }

    /// The equations whose last cell was just set.
    fn hold(&self, row: &[Filling]) -> bool {
        let last = row.len().saturating_sub(1);
        let way = Way {
            pieces: self.out.pieces(),
            fillings: row,
        };
        self.local
            .iter()
            .filter(|e| e.terms.iter().map(|t| t.1).max() == Some(last))
            .all(|e| e.holds(way))
    }
}

fn figure(part: &str) -> Option<Decimal> {
    if part.len() > 1 && part.starts_with('0') && !part.starts_with("0.") {
        return None;
    }
    parse_decimal(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glued(text: &str) -> Digits {
        Digits {
            text: text.to_owned(),
            ..Digits::default()
        }
    }

    fn row_sum() -> Equation {
        let mut terms: Vec<_> = (0..6).map(|c| (0, c, 1)).collect();
        terms.push((0, 6, -1));
        Equation {
            rule: crate::form::RuleId::new("T3.ROW".into()),
            terms,
        }
    }

    #[test]
    fn a_row_sum_splits_glued_digits() {
        let equation = row_sum();
        let found = splits(
            &glued("713000074"),
            7,
            &|_| false,
            &[&equation],
            &Budget::new(0),
        )
        .unwrap();
        assert_eq!(found.len(), 1);
        let values: Vec<String> = found
            .get(0)
            .unwrap()
            .iter()
            .map(|p| p.unwrap().value.to_string())
            .collect();
        assert_eq!(values, ["71", "3", "0", "0", "0", "0", "74"]);
    }

    #[test]
    fn without_a_sum_all_splits_stay() {
        assert_eq!(
            splits(&glued("898989"), 3, &|_| false, &[], &Budget::new(0))
                .unwrap()
                .len(),
            10
        );
        assert_eq!(
            splits(&glued("000"), 3, &|_| false, &[], &Budget::new(0))
                .unwrap()
                .len(),
            1
        );
    }
}
