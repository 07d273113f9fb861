//! Rows whose cells have places: a table grid says which figure stands under which head.

use super::labels::Hit;
use super::zone::Printed;
use crate::document::{Block, Document, Grid, GridCell};
use crate::form::{BlockDef, Shape, Table};
use crate::text::{Folded, Span, Token, fold, parse_cell};

/// The grids of a document, each with its cells by row and by place in the text.
pub struct Grids<'a> {
    text: &'a str,
    grids: Vec<Indexed<'a>>,
}

struct Indexed<'a> {
    grid: &'a Grid,
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
    pub fn new(document: &'a Document) -> Self {
        let grids = document.blocks.iter().filter_map(|b| match b {
            Block::Table(grid) => Some(Indexed::new(grid)),
            _ => None,
        });
        Self {
            text: &document.text,
            grids: grids.collect(),
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
        let (span, cell) = indexed.pieces[p];
        (offset < span.end).then(|| Seat {
            grid: g,
            cell,
            row: indexed.grid.cells[cell].row,
        })
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
        let label = &indexed.grid.cells[seat.cell];
        let bound =
            next.filter(|n| n.grid == seat.grid && n.row == seat.row && n.cell != seat.cell);
        let bound = bound.map_or(usize::MAX, |n| indexed.grid.cells[n.cell].column);
        let after: Vec<&GridCell> = indexed
            .row(seat.row)
            .filter(|c| c.column >= label.column + label.column_span && c.column < bound)
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
            let cells = self.under(&columns, &after, &own);
            if cells.iter().all(Option::is_some) {
                return Some(Cells::Placed(cells));
            }
        }
        let printed = after.iter().map(|c| own(c));
        if after.len() > width {
            let columns = after.iter().map(|c| c.column);
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
            for cell in indexed.row(r).filter(|c| !c.spans.is_empty()) {
                let text = fold(&cell.text(self.text)).text;
                let head = block
                    .columns
                    .iter()
                    .position(|c| c.variants.contains(&text));
                if let Some(slot) = head.and_then(|h| found.get_mut(h)) {
                    slot.get_or_insert(cell.column);
                }
            }
            if found.iter().all(Option::is_some) {
                break;
            }
        }
        let columns = found.into_iter().collect::<Option<Vec<usize>>>()?;
        columns.windows(2).all(|w| w[0] < w[1]).then_some(columns)
    }

    /// The figure of a row of a list: not the unit beside the label.
    fn listed(
        &self,
        indexed: &Indexed<'_>,
        table: &Table,
        block: &BlockDef,
        row: usize,
        after: &[&GridCell],
    ) -> Option<Printed> {
        let heads = block.columns.first().map_or(&[][..], |c| &c.heads);
        let head = (row.saturating_sub(table.layout.heads_reach)..row).find_map(|r| {
            indexed.row(r).find(|c| {
                let text = fold(&c.text(self.text)).text;
                heads.contains(&text)
            })
        });
        let under = head.and_then(|h| after.iter().find(|c| c.column == h.column));
        let not_unit = |c: &&&GridCell| {
            let text = fold(&c.text(self.text)).text;
            !matches!(
                text.as_str(),
                "条" | "件" | "次" | "篇" | "个" | "人" | "人次" | "万元" | "元" | "期" | "场"
            )
        };
        let cell = under
            .or_else(|| after.iter().find(|c| not_unit(c) && !c.spans.is_empty()))
            .or(after.last())?;
        let unit_alone = after.len() == 1 && !not_unit(&cell);
        Some(if unit_alone {
            Printed {
                token: Token::Blank,
                span: Span::new(0, 0),
            }
        } else {
            self.printed(cell)
        })
    }

    fn printed(&self, cell: &GridCell) -> Printed {
        Printed {
            token: parse_cell(&cell.text(self.text)),
            span: cell.span().unwrap_or(Span::new(0, 0)),
        }
    }

    /// The line of figures of a strip: below the heads, 15 cells for table 4.
    pub fn strip(&self, table: &Table, anchor: Seat) -> Option<Cells> {
        let indexed = self.grids.get(anchor.grid)?;
        let keys = table.cells.len();
        let outcomes = &table.blocks.first()?.columns;
        for row in anchor.row + 1..indexed.grid.rows {
            let cells: Vec<&GridCell> = indexed.row(row).filter(|c| c.row == row).collect();
            let figures = cells
                .iter()
                .filter(|c| {
                    matches!(
                        parse_cell(&c.text(self.text)),
                        Token::Number { .. } | Token::NotApplicable
                    )
                })
                .count();
            let blank = cells
                .iter()
                .all(|c| parse_cell(&c.text(self.text)) == Token::Blank);
            if figures == 0 && !(blank && cells.len() >= keys) {
                continue;
            }
            let heads: Vec<usize> = (0..indexed.grid.columns)
                .filter(|&column| self.is_outcome(indexed, row, column, outcomes))
                .collect();
            if heads.len() == keys && indexed.grid.rectangular {
                return Some(Cells::Placed(
                    self.under(&heads, &cells, &|c| self.printed(c)),
                ));
            }
            let printed: Vec<Printed> = cells.iter().map(|c| self.printed(c)).collect();
            if printed.len() == keys {
                return Some(Cells::Placed(printed.into_iter().map(Some).collect()));
            }
            return Some(Cells::Sequence(printed));
        }
        None
    }

    /// Whether the lowest head over a column names an outcome.
    fn is_outcome(
        &self,
        indexed: &Indexed<'_>,
        row: usize,
        column: usize,
        outcomes: &[crate::form::Column],
    ) -> bool {
        let above = (0..row).rev().take(6).find_map(|r| {
            indexed.row(r).find(|c| {
                (c.column..c.column + c.column_span).contains(&column) && !c.spans.is_empty()
            })
        });
        above.is_some_and(|c| {
            let text = fold(&c.text(self.text)).text;
            outcomes.iter().any(|o| o.variants.contains(&text))
        })
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
    fn new(grid: &'a Grid) -> Self {
        let mut rows = vec![Vec::new(); grid.rows];
        let mut pieces = Vec::new();
        for (i, cell) in grid.cells.iter().enumerate() {
            for row in rows.iter_mut().skip(cell.row).take(cell.row_span) {
                row.push(i);
            }
            pieces.extend(cell.spans.iter().map(|s| (*s, i)));
        }
        for row in &mut rows {
            row.sort_by_key(|&i| grid.cells[i].column);
        }
        pieces.sort_by_key(|(s, _)| s.start);
        Self { grid, rows, pieces }
    }

    fn row(&self, row: usize) -> impl Iterator<Item = &'a GridCell> {
        let grid = self.grid;
        self.rows
            .get(row)
            .into_iter()
            .flatten()
            .map(move |&i| &grid.cells[i])
    }
}

/// The seats of labels, by hit; a label that shares its cell with another has none.
pub fn seats(grids: &Grids<'_>, folded: &Folded, hits: &[Hit]) -> Vec<Option<Seat>> {
    let mut seats: Vec<Option<Seat>> = hits
        .iter()
        .map(|h| grids.seat(folded.original(h.start, h.end).start))
        .collect();
    for i in 1..seats.len() {
        if seats[i].is_some() && seats[i] == seats[i - 1] {
            seats[i] = None;
            seats[i - 1] = None;
        }
    }
    seats
}
