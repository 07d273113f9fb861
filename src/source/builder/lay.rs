//! Cells with their spans to a grid, by the rules of HTML: a cell takes the first free place of
//! its row, and what it spans is taken for the rows below.
//!
//! A cell over two rows, then `甲`, then in the next row `乙`: `乙` stands in column 1, since
//! column 0 is taken.

use crate::document::{Grid, GridCell};
use crate::source::limits::Work;
use crate::text::Span;

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

/// Columns of a grid at most; the widest table of the forms has 15.
const WIDEST: usize = 400;
/// Places of a grid at most: a few bytes of a page can claim any number of them.
const LARGEST: usize = 8_000_000;

/// Lays cells, given in reading order, into a grid. `None` for one of absurd size, which stays
/// text.
pub fn grid(cells: Vec<RawCell>, rows: usize, span: Span, work: &mut Work) -> Option<Grid> {
    work.add(cells.len().saturating_add(rows));
    // For each column the first row in which it is free again.
    let mut free_from: Vec<usize> = Vec::new();
    let mut out: Vec<GridCell> = Vec::with_capacity(cells.len());
    let (mut row, mut column) = (0, 0);
    let mut places = 0usize;
    for cell in cells {
        if cell.row != row {
            (row, column) = (cell.row, 0);
        }
        while free_from.get(column).is_some_and(|&free| free > row) {
            work.add(1);
            column += 1;
        }
        if column >= WIDEST {
            return None;
        }
        let row_span = cell.row_span.min(rows.saturating_sub(row)).max(1);
        let column_span = cell.column_span.min(WIDEST - column).max(1);
        places = places.saturating_add(row_span);
        if places > LARGEST {
            return None;
        }
        work.add(column_span);
        if free_from.len() < column + column_span {
            free_from.resize(column + column_span, 0);
        }
        for free in free_from.iter_mut().skip(column).take(column_span) {
            // Two may cover one place; it stays taken as long as either does.
            *free = (*free).max(row + row_span);
        }
        out.push(GridCell {
            row,
            column,
            row_span,
            column_span,
            spans: cell.spans,
        });
        column += column_span;
    }
    let columns = trim_columns(&mut out);
    if rows.saturating_mul(columns) > LARGEST {
        return None;
    }
    let rectangular = is_rectangular(&out, rows, columns);
    Some(Grid {
        span,
        cells: out,
        rows,
        columns,
        rectangular,
    })
}

/// A title that says to cover more columns than there are makes none: the table ends with the
/// last column in which some cell begins.
fn trim_columns(cells: &mut [GridCell]) -> usize {
    let columns = cells.iter().map(|c| c.column + 1).max().unwrap_or(0);
    for cell in cells {
        cell.column_span = cell.column_span.min(columns - cell.column);
    }
    columns
}

fn is_rectangular(cells: &[GridCell], rows: usize, columns: usize) -> bool {
    // What each row has more than the row above it.
    let mut change = vec![0isize; rows + 1];
    for cell in cells {
        let width = isize::try_from(cell.column_span).unwrap_or(0);
        if let Some(at) = change.get_mut(cell.row) {
            *at += width;
        }
        if let Some(at) = change.get_mut(cell.row + cell.row_span) {
            *at -= width;
        }
    }
    let columns = isize::try_from(columns).unwrap_or(0);
    change
        .iter()
        .take(rows)
        .scan(0, |width, change| {
            *width += change;
            Some(*width)
        })
        .all(|width| width == columns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::limits::Limits;

    fn cell(row: usize, row_span: usize, column_span: usize) -> RawCell {
        RawCell {
            row,
            row_span,
            column_span,
            spans: Vec::new(),
        }
    }

    #[test]
    fn a_title_wider_than_the_table_adds_no_columns() {
        let made = grid(
            vec![cell(0, 1, 9), cell(1, 1, 1), cell(1, 1, 1)],
            2,
            Span::new(0, 0),
            &mut Work::new(&Limits::default(), 0),
        )
        .unwrap();
        assert_eq!((made.columns, made.rectangular), (2, true));
        assert_eq!(made.cells[0].column_span, 2);
    }

    #[test]
    fn absurd_spans_make_no_grid() {
        let cells = (0..399).map(|_| cell(0, 65_534, 1)).collect();
        let work = &mut Work::new(&Limits::default(), 0);
        assert!(grid(cells, 60_000, Span::new(0, 0), work).is_none());
    }
}
