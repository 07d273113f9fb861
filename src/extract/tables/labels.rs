//! Finds a table's row labels in running text, in the order of the form.
//!
//! The one scan gives every place where a label stands. The order
//! of labels is a grammar of the form: 其他 and 总计 stand in many places, and which row a label is
//! follows from what stands before and after it. So the heaviest chain of labels is sought whose
//! rows ascend and whose gaps are no longer than a row of figures can be.

use crate::extract::cues::{Hits, Place, known};
use crate::form::Table;

/// A row's label in the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Index among the table's figure rows.
    pub row: usize,
    /// First byte in the folded text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// The rows of a table as they stand in the text.
#[derive(Debug, Clone)]
pub struct Chain {
    /// The table of a form that fits.
    pub table: &'static Table,
    /// Its labels, in ascending order of rows and places.
    pub hits: Vec<Hit>,
    /// How well it fits; comparable between forms.
    pub score: i64,
}

/// Bytes of folded text that may stand between two labels: a row of figures, the heads of the
/// next block, a page's head and foot.
const GAP: usize = 900;
/// What a label that is there is worth, and one that is not.
const FOUND: i64 = 2000;
const SKIPPED: i64 = 700;

/// The best chain for every table of every form, those that are not there left out. `grid` tells
/// the table grid that a place of the folded text lies in: inside one no gap is too long.
pub fn chains(hits: &Hits, grid: &dyn Fn(usize) -> Option<usize>) -> Vec<Chain> {
    let pairs = known().tables.iter().zip(&hits.rows);
    pairs
        .filter_map(|(table, places)| heaviest(table, places, grid))
        .collect()
}

fn heaviest(
    table: &'static Table,
    places: &[Place],
    grid: &dyn Fn(usize) -> Option<usize>,
) -> Option<Chain> {
    let hits: Vec<Hit> = places
        .iter()
        .map(|p| Hit {
            row: p.word,
            start: p.start,
            end: p.end,
        })
        .collect();
    // In the grid at hand, the hit of each row at which the heaviest chain ends.
    let mut here: (Option<usize>, Vec<Option<usize>>) = (None, Vec::new());
    let mut best: Vec<(i64, Option<usize>)> = Vec::with_capacity(hits.len());
    let mut window = 0;
    for (i, hit) in hits.iter().enumerate() {
        while hits[window].start + GAP * 2 < hit.start {
            window += 1;
        }
        let own = FOUND + (hit.end - hit.start) as i64;
        let mut choice = (own - SKIPPED / 4 * hit.row as i64, None);
        for (j, before) in hits.iter().enumerate().take(i).skip(window) {
            if before.row >= hit.row || before.end > hit.start || hit.start - before.end > GAP {
                continue;
            }
            let skipped = (hit.row - before.row - 1) as i64;
            let score = best[j].0 + own - SKIPPED * skipped - (hit.start - before.end) as i64;
            if score > choice.0 {
                choice = (score, Some(j));
            }
        }
        let own_grid = grid(hit.start);
        if own_grid.is_none() || own_grid != here.0 {
            here = (own_grid, Vec::new());
        }
        for (row, j) in here.1.iter().enumerate().take(hit.row) {
            let Some((j, before)) = j.and_then(|j| Some((j, hits.get(j)?))) else {
                continue;
            };
            let gap = hit.start.checked_sub(before.end).map(|g| g.min(GAP));
            let skipped = (hit.row - row - 1) as i64;
            let score = gap.map(|g| best[j].0 + own - SKIPPED * skipped - g as i64);
            if score.is_some_and(|s| s > choice.0) {
                choice = (score.unwrap_or(choice.0), Some(j));
            }
        }
        if own_grid.is_some() {
            if here.1.len() <= hit.row {
                here.1.resize(hit.row + 1, None);
            }
            let lighter = |j: usize| best.get(j).is_none_or(|b| b.0 < choice.0);
            if here.1[hit.row].is_none_or(lighter) {
                here.1[hit.row] = Some(i);
            }
        }
        best.push(choice);
    }
    let (end, &(score, _)) = best
        .iter()
        .enumerate()
        .max_by_key(|(_, (score, _))| *score)?;
    let mut chain = Vec::new();
    let mut at = Some(end);
    while let Some(i) = at {
        chain.push(hits[i]);
        at = best[i].1;
    }
    chain.reverse();
    Some(Chain {
        table,
        hits: chain,
        score,
    })
}
