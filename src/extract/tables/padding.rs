//! Rows of a grid with more cells than the form has columns, and no heads that tell which count:
//! merged labels were written out as empty cells before the figures, and the sheet's width was
//! filled up behind them. Which cells are the form's, the figures of all rows tell together.

use super::fields::adds_up;
use super::zone::Printed;
use super::{Slots, all_zero};
use crate::form::{BlockDef, Row, Shape, Table};
use crate::text::Token;

/// A row's number, and its cells with their columns.
pub type Counted = (usize, Vec<(usize, Printed)>);

/// A slot for each counted row: placed where all rows agree, else its tokens in order.
pub fn place(
    table: &Table,
    rows: &[(&BlockDef, &Row)],
    counted: Vec<Counted>,
) -> Vec<(usize, Slots)> {
    match table.shape {
        Shape::Matrix => matrix(table.blocks.first().map_or(0, |b| b.columns.len()), counted),
        _ => blocks(rows, counted),
    }
}

fn matrix(width: usize, counted: Vec<Counted>) -> Vec<(usize, Slots)> {
    let figures = || {
        counted
            .iter()
            .flat_map(|(_, cells)| cells.iter().filter(|c| is_figure(&c.1)).map(|c| c.0))
    };
    let window = figures()
        .max()
        .and_then(|last| (last + 1).checked_sub(width))
        .filter(|&first| figures().all(|c| c >= first));
    let by_window = |cells: &[(usize, Printed)]| -> Option<Vec<Option<Printed>>> {
        let first = window?;
        (first..first + width)
            .map(|c| {
                cells
                    .iter()
                    .find(|cell| cell.0 == c)
                    .map(|cell| Some(cell.1.clone()))
            })
            .collect()
    };
    let by_end = |cells: &[(usize, Printed)]| -> Option<Vec<Option<Printed>>> {
        let from = cells.len().checked_sub(width)?;
        Some(
            cells
                .get(from..)?
                .iter()
                .map(|c| Some(c.1.clone()))
                .collect(),
        )
    };
    let full = figures()
        .min()
        .zip(figures().max())
        .is_some_and(|(a, b)| b + 1 - a == width);
    let windowed: Option<Vec<_>> = counted.iter().map(|(_, cells)| by_window(cells)).collect();
    let ended: Option<Vec<_>> = counted.iter().map(|(_, cells)| by_end(cells)).collect();
    let placed = windowed
        .filter(|p| agree(p, full))
        .or(ended.filter(|p| agree(p, false)));
    match placed {
        Some(placed) => counted
            .into_iter()
            .zip(placed)
            .map(|((row, _), cells)| (row, Slots::Placed(cells)))
            .collect(),
        None => counted.into_iter().map(in_order).collect(),
    }
}

/// Nearly all rows that have figures add up; a table of zeros only where its columns are certain.
fn agree(placed: &[Vec<Option<Printed>>], certain: bool) -> bool {
    let with: Vec<_> = placed.iter().filter(|cells| !all_zero(cells)).collect();
    let right = with.iter().filter(|cells| adds_up(cells)).count();
    if with.is_empty() {
        certain
    } else {
        right * 5 >= with.len() * 4
    }
}

fn blocks(rows: &[(&BlockDef, &Row)], counted: Vec<Counted>) -> Vec<(usize, Slots)> {
    // The first cells are the form's where nothing stands behind them, and some row of the block
    // fills the first: then no empty cell of a merged label comes before.
    let plain = |row: usize| {
        let block = rows[row].0;
        let own = || {
            counted
                .iter()
                .filter(|(r, _)| std::ptr::eq(rows[*r].0, block))
        };
        let width = block.columns.len();
        own().all(|(_, cells)| cells.iter().skip(width).all(|c| c.1.token == Token::Blank))
            && own().any(|(_, cells)| cells.first().is_some_and(|c| c.1.token != Token::Blank))
    };
    let sure: Vec<bool> = counted.iter().map(|(row, _)| plain(*row)).collect();
    counted
        .into_iter()
        .zip(sure)
        .map(|((row, cells), sure)| {
            if !sure {
                return in_order((row, cells));
            }
            let width = rows[row].0.columns.len();
            (
                row,
                Slots::Placed(cells.into_iter().take(width).map(|c| Some(c.1)).collect()),
            )
        })
        .collect()
}

fn in_order((row, cells): Counted) -> (usize, Slots) {
    let tokens = cells
        .into_iter()
        .map(|c| c.1)
        .filter(|p| p.token != Token::Blank);
    (row, Slots::Sequence(tokens.collect()))
}

fn is_figure(printed: &Printed) -> bool {
    matches!(printed.token, Token::Number { .. })
}
