//! What is to be solved: rows with the ways in which their figures can stand in their cells, and
//! the equations among the cells. Of a row of three cells that prints `3 3` there are three ways,
//! and the equation "first + second = third" leaves none of `3 3 _`, one of `3 _ 3`.

use rust_decimal::Decimal;

use crate::form::RuleId;

/// A figure that may stand in a cell: its value and an identity (which token or digits).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Piece {
    /// The value.
    pub value: Decimal,
    /// What the caller knows it by.
    pub id: usize,
}

/// One way to fill a row: a piece or nothing for each cell.
pub type Placement = Vec<Option<Piece>>;

/// A row to be solved.
#[derive(Debug, Clone)]
pub struct RowWays {
    /// All placements that keep order (equations not yet applied). One means that it is fixed.
    pub placements: Vec<Placement>,
    /// The row's figures are not known well enough to stand in any equation.
    pub unknown: bool,
}

impl RowWays {
    /// A row of which nothing is known.
    pub const fn unknown() -> Self {
        Self {
            placements: Vec::new(),
            unknown: true,
        }
    }
}

/// An equation over cells: Σ factor · cell = 0.
#[derive(Debug, Clone)]
pub struct Equation {
    /// The rule that it comes from.
    pub rule: RuleId,
    /// Row, cell and factor.
    pub terms: Vec<(usize, usize, i64)>,
}

impl Equation {
    /// Whether all its cells are of one row.
    pub fn is_of(&self, row: usize) -> bool {
        self.terms.iter().all(|t| t.0 == row)
    }

    /// Whether it holds of a row; a cell without a figure counts as 0.
    pub fn holds(&self, row: &Placement) -> bool {
        let term = |t: &(usize, usize, i64)| {
            let value = row
                .get(t.1)
                .copied()
                .flatten()
                .map_or(Decimal::ZERO, |p| p.value);
            Decimal::from(t.2).checked_mul(value)
        };
        let sum = self
            .terms
            .iter()
            .try_fold(Decimal::ZERO, |sum, t| sum.checked_add(term(t)?));
        sum.is_some_and(|s| s.is_zero())
    }
}
