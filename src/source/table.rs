//! Cells with their spans to a grid, by the rules of HTML: a cell takes the first free place of
//! its row, and what it spans is taken for the rows below.

use crate::document::{Grid, GridCell, Span};

/// A cell as a reader found it.
#[derive(Debug, Clone)]
pub struct RawCell {
    /// Its row.
    pub row: usize,
    /// Rows that it says to cover.
    pub row_span: usize,
    /// Columns that it says to cover.
    pub column_span: usize,
    /// Its text; empty for an empty cell.
    pub spans: Vec<Span>,
}

/// Columns of a grid at most: absurd spans are cut there.
const WIDEST: usize = 400;

/// Lays cells, given in reading order, into a grid.
pub fn grid(cells: Vec<RawCell>, rows: usize, span: Span) -> Grid {
    // For each column the first row in which it is free again.
    let mut free_from: Vec<usize> = Vec::new();
    let mut out: Vec<GridCell> = Vec::new();
    let mut columns = 0;
    let (mut row, mut column) = (0, 0);
    for cell in cells {
        if cell.row != row {
            (row, column) = (cell.row, 0);
        }
        while free_from.get(column).is_some_and(|&free| free > row) {
            column += 1;
        }
        if column >= WIDEST {
            continue;
        }
        let row_span = cell.row_span.min(rows.saturating_sub(row)).max(1);
        let column_span = cell.column_span.min(WIDEST - column).max(1);
        if free_from.len() < column + column_span {
            free_from.resize(column + column_span, 0);
        }
        for free in &mut free_from[column..column + column_span] {
            *free = row + row_span;
        }
        columns = columns.max(column + column_span);
        out.push(GridCell {
            row,
            column,
            row_span,
            column_span,
            spans: cell.spans,
        });
        column += column_span;
    }
    let rectangular = is_rectangular(&out, rows, columns);
    Grid {
        span,
        cells: out,
        rows,
        columns,
        rectangular,
    }
}

fn is_rectangular(cells: &[GridCell], rows: usize, columns: usize) -> bool {
    let mut widths = vec![0usize; rows];
    for cell in cells {
        for width in widths.iter_mut().skip(cell.row).take(cell.row_span) {
            *width += cell.column_span;
        }
    }
    widths.iter().all(|w| *w == columns)
}
