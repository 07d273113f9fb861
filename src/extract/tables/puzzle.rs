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

/// What stands in a cell: nothing, or a piece of the row by its place among them, counted from 1.
/// A row may have thousands of ways, which share its few pieces.
pub type Filling = u32;

/// Nothing stands in a cell.
pub const NOTHING: Filling = 0;

/// A row to be solved: all the ways that keep order (equations not yet applied). One means that
/// it is fixed.
#[derive(Debug, Clone, Default)]
pub struct RowWays {
    /// How many cells the row has.
    width: usize,
    /// The figures that stand in some way.
    pieces: Vec<Piece>,
    /// The fillings of all cells, way after way.
    fillings: Vec<Filling>,
    /// How many ways there are.
    count: usize,
    /// The row's figures are not known well enough to stand in any equation.
    pub unknown: bool,
}

impl RowWays {
    /// Ways over so many cells that set these pieces, to be filled by [`RowWays::add`].
    pub fn new(width: usize, pieces: Vec<Piece>) -> Self {
        Self {
            width,
            pieces,
            ..Self::default()
        }
    }

    /// A row of which nothing is known.
    pub fn unknown() -> Self {
        Self {
            unknown: true,
            ..Self::default()
        }
    }

    /// The one way of a row whose cells are what they are.
    pub fn fixed(cells: impl Iterator<Item = Option<Piece>>) -> Self {
        let mut ways = Self::default();
        for cell in cells {
            let filling = cell.map_or(NOTHING, |piece| ways.with(piece));
            ways.fillings.push(filling);
        }
        ways.width = ways.fillings.len();
        ways.count = 1;
        ways
    }

    /// The same ways, with what is known of the figures.
    #[must_use]
    pub fn unless_known(self, known: bool) -> Self {
        Self {
            unknown: !known,
            ..self
        }
    }

    /// Another way: a filling for each cell.
    pub fn add(&mut self, fillings: &[Filling]) {
        self.fillings.extend_from_slice(fillings);
        self.count += 1;
    }

    /// Takes a piece in, and gives what fills a cell with it.
    pub fn with(&mut self, piece: Piece) -> Filling {
        self.pieces.push(piece);
        Filling::try_from(self.pieces.len()).unwrap_or(NOTHING)
    }

    /// How many ways there are.
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The figures that stand in some way.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The way of a number.
    pub fn get(&self, number: usize) -> Option<Way<'_>> {
        let from = number.checked_mul(self.width)?;
        let fillings = self.fillings.get(from..from.checked_add(self.width)?)?;
        (number < self.count).then_some(Way {
            pieces: &self.pieces,
            fillings,
        })
    }

    /// All ways.
    pub fn iter(&self) -> impl Iterator<Item = Way<'_>> {
        (0..self.count).filter_map(|number| self.get(number))
    }
}

/// One way to fill a row, or its first cells.
#[derive(Debug, Clone, Copy)]
pub struct Way<'a> {
    /// The pieces of the row.
    pub pieces: &'a [Piece],
    /// What each cell is filled with.
    pub fillings: &'a [Filling],
}

impl<'a> Way<'a> {
    /// What a cell is filled with; nothing beyond the last.
    pub fn filling(self, cell: usize) -> Filling {
        self.fillings.get(cell).copied().unwrap_or(NOTHING)
    }

    /// The piece in a cell.
    pub fn piece(self, cell: usize) -> Option<Piece> {
        piece_of(self.pieces, self.filling(cell))
    }

    /// The pieces of all cells.
    pub fn iter(self) -> impl Iterator<Item = Option<Piece>> + 'a {
        let fillings = self.fillings.iter();
        fillings.map(move |&filling| piece_of(self.pieces, filling))
    }
}

/// The piece that a filling means.
pub fn piece_of(pieces: &[Piece], filling: Filling) -> Option<Piece> {
    pieces
        .get(usize::try_from(filling).ok()?.checked_sub(1)?)
        .copied()
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
    pub fn holds(&self, row: Way<'_>) -> bool {
        let term = |t: &(usize, usize, i64)| {
            let value = row.piece(t.1).map_or(Decimal::ZERO, |p| p.value);
            Decimal::from(t.2).checked_mul(value)
        };
        let sum = self
            .terms
            .iter()
            .try_fold(Decimal::ZERO, |sum, t| sum.checked_add(term(t)?));
        sum.is_some_and(|s| s.is_zero())
    }
}
