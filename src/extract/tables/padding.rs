//! Rows of a grid with more cells than the form has columns, and no heads that tell which count:
//! merged labels were written out as empty cells before the figures, and the sheet's width was
//! filled up behind them. Which cells are the form's, the figures of all rows tell together.

use super::slots::{Slots, adds_up, all_zero};
use super::zone::Printed;
use crate::form::{BlockDef, Shape, Table};
use crate::text::Token;

/// A row with more cells than columns.
pub struct Counted {
    /// Which row.
    pub row: usize,
    /// Its block.
    pub block: &'static BlockDef,
    /// Its cells with their columns.
    pub cells: Vec<(usize, Printed)>,
}

/// A slot for each counted row: placed where all rows agree, else its tokens in order.
pub fn place(table: &Table, counted: Vec<Counted>) -> Vec<(usize, Slots)> {
    match table.shape {
        Shape::Matrix => matrix(table.blocks.first().map_or(0, |b| b.columns.len()), counted),
        _ => blocks(counted),
    }
}

fn matrix(width: usize, counted: Vec<Counted>) -> Vec<(usize, Slots)> {
    let figures = || {
        counted
            .iter()
            .flat_map(|row| row.cells.iter().filter(|c| is_figure(&c.1)).map(|c| c.0))
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
    let windowed: Option<Vec<_>> = counted.iter().map(|row| by_window(&row.cells)).collect();
    let ended: Option<Vec<_>> = counted.iter().map(|row| by_end(&row.cells)).collect();
    let placed = windowed
        .filter(|p| agree(p, full))
        .or(ended.filter(|p| agree(p, false)));
    match placed {
        Some(placed) => counted
            .into_iter()
            .zip(placed)
            .map(|(counted, cells)| (counted.row, Slots::Placed(cells)))
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

fn blocks(counted: Vec<Counted>) -> Vec<(usize, Slots)> {
    // The first cells are the form's where nothing stands behind them, and some row of the block
    // fills the first: then no empty cell of a merged label comes before.
    let plain = |block: &BlockDef| {
        let own = || counted.iter().filter(|c| std::ptr::eq(c.block, block));
        let width = block.columns.len();
        own().all(|c| {
            c.cells
                .iter()
                .skip(width)
                .all(|c| c.1.token == Token::Blank)
        }) && own().any(|c| c.cells.first().is_some_and(|c| c.1.token != Token::Blank))
    };
    let sure: Vec<bool> = counted.iter().map(|c| plain(c.block)).collect();
    counted
        .into_iter()
        .zip(sure)
        .map(|(counted, sure)| {
            if !sure {
                return in_order(counted);
            }
            let cells = counted.cells.into_iter().take(counted.block.columns.len());
            let cells = cells.map(|c| Some(c.1)).collect();
            (counted.row, Slots::Placed(cells))
        })
        .collect()
}

fn in_order(counted: Counted) -> (usize, Slots) {
    let tokens = counted
        .cells
        .into_iter()
        .map(|c| c.1)
        .filter(|p| p.token != Token::Blank);
    (counted.row, Slots::Sequence(tokens.collect()))
}

fn is_figure(printed: &Printed) -> bool {
    matches!(printed.token, Token::Number { .. })
}
