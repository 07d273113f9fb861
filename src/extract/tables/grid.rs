//! Rows whose cells have places: a table grid says which figure stands under which head.

use super::chain::Hit;
use super::zone::Printed;
use std::borrow::Cow;

use crate::document::{Block, Document, Grid, GridCell};
use crate::extract::budget::Budget;
use crate::form::{BlockDef, Shape, Table};
use crate::text::{Folded, Span, Token, Unit, fold_word, parse_cell};

/// The grids of a document, each with its cells by row and by place in the text.
pub struct Grids<'a> {
    text: &'a str,
    grids: Vec<Indexed<'a>>,
    budget: &'a Budget,
}

struct Indexed<'a> {
    grid: &'a Grid,
    /// The cells' texts, folded.
    texts: Vec<Cow<'a, str>>,
    /// Indices of the cells that cover a row, by column.
    rows: Vec<Vec<usize>>,
    /// Pieces of cells by their start: span and cell.
    pieces: Vec<(Span, usize)>,
}

/// A label's place in a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// Which grid.
    pub grid: usize,
    /// Which cell of it.
    pub cell: usize,
    /// The cell's first row.
    pub row: usize,
}

/// Cells to the right of a label.
pub enum Cells {
    /// One for each column of the form.
    Placed(Vec<Option<Printed>>),
    /// In order, but fewer than the form has columns.
    Sequence(Vec<Printed>),
    /// More than the form has columns, and no heads that tell which count: with their columns.
    Counted(Vec<(usize, Printed)>),
}

impl<'a> Grids<'a> {
    /// Indexes the grids of a document.
    pub fn new(document: &'a Document, budget: &'a Budget) -> Self {
        let grids = document.blocks.iter().filter_map(|b| match b {
            Block::Table(grid) => Some(Indexed::new(grid, &document.text, budget)),
            _ => None,
        });
        Self {
            text: &document.text,
            grids: grids.collect(),
            budget,
        }
    }

    /// The cell that an offset of the linear text lies in.
    pub fn seat(&self, offset: usize) -> Option<Seat> {
        let g = self.grids.partition_point(|g| g.grid.span.end <= offset);
        let indexed = self.grids.get(g).filter(|g| g.grid.span.start <= offset)?;
        let p = indexed
            .pieces
            .partition_point(|(s, _)| s.start <= offset)
            .checked_sub(1)?;
        let (span, cell) = *indexed.pieces.get(p)?;
        let row = indexed.grid.cells.get(cell)?.row;
        (offset < span.end).then_some(Seat { grid: g, cell, row })
    }

    /// The grid that a label begins in.
    pub fn of_label(&self, folded: &Folded, hit: &Hit) -> Option<usize> {
        if self.grids.is_empty() {
            return None;
        }
        let at = folded.original(hit.start, hit.start + 1).start;
        self.seat(at).map(|seat| seat.grid)
    }

    /// The figures of a row: by the heads above, else by their number.
    pub fn cells(
        &self,
        table: &Table,
        block: &BlockDef,
        seat: Seat,
        next: Option<Seat>,
    ) -> Option<Cells> {
        let indexed = self.grids.get(seat.grid)?;
        let label = indexed.grid.cells.get(seat.cell)?;
        let bound = next
            .filter(|n| n.grid == seat.grid && n.row == seat.row && n.cell != seat.cell)
            .and_then(|n| indexed.grid.cells.get(n.cell));
        let bound = bound.map_or(usize::MAX, |c| c.column);
        let after: Vec<(&GridCell, &str)> = self
            .row(indexed, seat.row)
            .filter(|(c, _)| c.column >= label.column + label.column_span && c.column < bound)
            .collect();
        if after.is_empty() {
            return None;
        }
        let width = block.columns.len();
        if table.shape == Shape::List {
            return self
                .listed(indexed, table, block, seat.row, &after)
                .map(|p| Cells::Placed(vec![Some(p)]));
        }
        // A figure of the row above that is merged down is not known to be this row's.
        let own = |c: &GridCell| match self.printed(c) {
            printed if c.row == seat.row => printed,
            printed => undivided(printed),
        };
        if let Some(columns) = self.heads(indexed, table, block, seat.row) {
            let cells: Vec<&GridCell> = after.iter().map(|c| c.0).collect();
            let cells = self.under(&columns, &cells, &own);
            if cells.iter().all(Option::is_some) {
                return Some(Cells::Placed(cells));
            }
        }
        let printed = after.iter().map(|c| own(c.0));
        if after.len() > width {
            let columns = after.iter().map(|c| c.0.column);
            return Some(Cells::Counted(columns.zip(printed).collect()));
        }
        let printed: Vec<Printed> = printed.collect();
        if printed.len() == width {
            return Some(Cells::Placed(printed.into_iter().map(Some).collect()));
        }
        Some(Cells::Sequence(printed))
    }

    /// The cells that stand under some columns.
    fn under(
        &self,
        columns: &[usize],
        cells: &[&GridCell],
        printed: &dyn Fn(&GridCell) -> Printed,
    ) -> Vec<Option<Printed>> {
        let covers =
            |cell: &GridCell, c: usize| (cell.column..cell.column + cell.column_span).contains(&c);
        let under = |&c: &usize| {
            let cell = cells.iter().find(|cell| covers(cell, c))?;
            let shared = columns.iter().filter(|&&c| covers(cell, c)).count() > 1;
            let printed = printed(cell);
            Some(if shared { undivided(printed) } else { printed })
        };
        columns.iter().map(under).collect()
    }

    /// The columns under which the heads of a block stand, if all of them do.
    fn heads(
        &self,
        indexed: &Indexed<'_>,
        table: &Table,
        block: &BlockDef,
        row: usize,
    ) -> Option<Vec<usize>> {
        if !indexed.grid.rectangular {
            return None;
        }
        let mut found: Vec<Option<usize>> = vec![None; block.columns.len()];
        // A block's heads stand just above it; table 3 has one set of heads over all its rows.
        let reach = table.layout.heads_reach;
        for r in (row.saturating_sub(reach)..row).rev() {
            for (cell, text) in self.row(indexed, r).filter(|c| !c.0.spans.is_empty()) {
                let head = block
                    .columns
                    .iter()
                    .position(|c| c.variants.iter().any(|v| v == text));
                if let Some(slot) = head.and_then(|h| found.get_mut(h)) {
                    slot.get_or_insert(cell.column);
                }
            }
            if found.iter().all(Option::is_some) {
                break;
            }
        }
        let columns = found.into_iter().collect::<Option<Vec<usize>>>()?;
        columns.is_sorted_by(|a, b| a < b).then_some(columns)
    }

    /// The figure of a row of a list: not the unit beside the label.
    fn listed(
        &self,
        indexed: &Indexed<'_>,
        table: &Table,
        block: &BlockDef,
        row: usize,
        after: &[(&GridCell, &str)],
    ) -> Option<Printed> {
        let heads = block.columns.first().map_or(&[][..], |c| &c.heads);
        let head = (row.saturating_sub(table.layout.heads_reach)..row).find_map(|r| {
            self.row(indexed, r)
                .find(|(_, text)| heads.iter().any(|h| h == text))
        });
        let under = head.and_then(|h| after.iter().find(|c| c.0.column == h.0.column));
        let not_unit = |c: &&(&GridCell, &str)| !Unit::is(c.1, |u| u.alone);
        let cell = under
            .or_else(|| after.iter().find(|c| not_unit(c) && !c.0.spans.is_empty()))
            .or(after.last())?;
        let unit_alone = after.len() == 1 && !not_unit(&cell);
        Some(if unit_alone {
            Printed {
                token: Token::Blank,
                span: Span::new(0, 0),
            }
        } else {
            self.printed(cell.0)
        })
    }

    fn printed(&self, cell: &GridCell) -> Printed {
        Printed {
            token: parse_cell(&text_of(cell, self.text)),
            span: cell.span().unwrap_or(Span::new(0, 0)),
        }
    }

    /// The line of figures of a strip: below the heads, 15 cells for table 4.
    pub fn strip(&self, table: &Table, anchor: Seat) -> Option<Cells> {
        let indexed = self.grids.get(anchor.grid)?;
        let keys = table.cells.len();
        let outcomes = &table.blocks.first()?.columns;
        for row in anchor.row + 1..indexed.grid.rows {
            let cells: Vec<&GridCell> = self
                .row(indexed, row)
                .map(|c| c.0)
                .filter(|c| c.row == row)
                .collect();
            let printed: Vec<Printed> = cells.iter().map(|c| self.printed(c)).collect();
            let figures = printed
                .iter()
                .any(|p| matches!(p.token, Token::Number { .. } | Token::NotApplicable));
            let blank = printed.iter().all(|p| p.token == Token::Blank);
            let empty = blank && cells.len() >= keys;
            if !(figures || empty) {
                continue;
            }
            if indexed.grid.rectangular {
                let heads = self.outcomes(indexed, row, outcomes);
                if heads.len() == keys {
                    return Some(Cells::Placed(
                        self.under(&heads, &cells, &|c| self.printed(c)),
                    ));
                }
            }
            if printed.len() == keys {
                return Some(Cells::Placed(printed.into_iter().map(Some).collect()));
            }
            return Some(Cells::Sequence(printed));
        }
        None
    }

    /// The columns whose lowest head above a row names an outcome.
    fn outcomes(
        &self,
        indexed: &Indexed<'_>,
        row: usize,
        outcomes: &[crate::form::Column],
    ) -> Vec<usize> {
        let mut lowest: Vec<Option<bool>> = vec![None; indexed.grid.columns];
        for r in (0..row).rev().take(6) {
            for (cell, text) in self.row(indexed, r).filter(|c| !c.0.spans.is_empty()) {
                let names = outcomes
                    .iter()
                    .any(|o| o.variants.iter().any(|v| v == text));
                let columns = lowest.iter_mut().skip(cell.column).take(cell.column_span);
                for column in columns {
                    self.budget.count(1);
                    column.get_or_insert(names);
                }
            }
        }
        let named = lowest.iter().enumerate().filter(|(_, l)| **l == Some(true));
        named.map(|(column, _)| column).collect()
    }

    /// The cells that cover a row, with their folded texts.
    fn row<'b>(
        &'b self,
        indexed: &'b Indexed<'a>,
        row: usize,
    ) -> impl Iterator<Item = (&'a GridCell, &'b str)> {
        let cells = indexed.rows.get(row).map_or(&[][..], Vec::as_slice);
        cells.iter().filter_map(move |&i| {
            self.budget.count(1);
            let text = indexed.texts.get(i)?;
            Some((indexed.grid.cells.get(i)?, text.as_ref()))
        })
    }

    /// The seats of labels, by hit; a label that shares its cell with another has none.
    pub fn seats(&self, folded: &Folded, hits: &[Hit]) -> Vec<Option<Seat>> {
        if self.grids.is_empty() {
            return vec![None; hits.len()];
        }
        let mut seats: Vec<Option<Seat>> = Vec::with_capacity(hits.len());
        for hit in hits {
            let mut own = self.seat(folded.original(hit.start, hit.end).start);
            if let Some(before) = seats.last_mut()
                && own.is_some()
                && *before == own
            {
                (*before, own) = (None, None);
            }
            seats.push(own);
        }
        seats
    }
}

/// The text of a cell; not copied where the cell is not wrapped.
fn text_of<'t>(cell: &GridCell, text: &'t str) -> Cow<'t, str> {
    match cell.spans.as_slice() {
        [] => Cow::Borrowed(""),
        [one] => Cow::Borrowed(one.of(text).trim()),
        _ => Cow::Owned(cell.text(text)),
    }
}

/// What is printed once for several cells of the form: which of them it belongs to is not said.
/// Marks of empty cells hold for all of them.
fn undivided(printed: Printed) -> Printed {
    match printed.token {
        Token::Number { .. } => Printed {
            token: Token::Text,
            ..printed
        },
        _ => printed,
    }
}

impl<'a> Indexed<'a> {
    fn new(grid: &'a Grid, text: &'a str, budget: &Budget) -> Self {
        let mut rows = vec![Vec::new(); grid.rows];
        let mut pieces = Vec::new();
        for (i, cell) in grid.cells.iter().enumerate() {
            budget.count(cell.row_span);
            for row in rows.iter_mut().skip(cell.row).take(cell.row_span) {
                row.push(i);
            }
            pieces.extend(cell.spans.iter().map(|s| (*s, i)));
        }
        for row in &mut rows {
            row.sort_by_key(|&i| grid.cells.get(i).map(|c| c.column));
        }
        pieces.sort_by_key(|(s, _)| s.start);
        let fold = |cell| match text_of(cell, text) {
            Cow::Borrowed(text) => fold_word(text),
            Cow::Owned(text) => Cow::Owned(fold_word(&text).into_owned()),
        };
        Self {
            grid,
            texts: grid.cells.iter().map(fold).collect(),
            rows,
            pieces,
        }
    }
}
