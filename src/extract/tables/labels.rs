//! Finds a table's row labels in running text, in the order of the form.
//!
//! The one scan gives every place where a label stands. The order
//! of labels is a grammar of the form: 其他 and 总计 stand in many places, and which row a label is
//! follows from what stands before and after it. So the heaviest chain of labels is sought whose
//! rows ascend and whose gaps are no longer than a row of figures can be.

use super::chain::{Chain, Hit};
use super::context::Context;
use crate::extract::cues::Place;
use crate::form::Table;

/// Bytes of folded text that may stand between two labels: a row of figures, the heads of the
/// next block, a page's head and foot.
const GAP: usize = 900;
/// What a label that is there is worth, and one that is not.
const FOUND: i64 = 2000;
const SKIPPED: i64 = 700;

/// The best chain for every table of every form, those that are not there left out.
pub fn chains(cx: &Context<'_>) -> Vec<Chain> {
    let pairs = cx.tables.iter().zip(&cx.hits.rows).enumerate();
    pairs
        .filter(|(_, (table, places))| {
            table.layout.anchor.is_none() && places.len() >= table.layout.least_rows
        })
        .filter_map(|(number, (table, places))| heaviest(cx, number, table, places))
        .collect()
}

/// A chain that ends at a hit: what it weighs, and the hit before.
#[derive(Clone, Copy)]
struct Link {
    score: i64,
    before: Option<usize>,
}

fn heaviest(
    cx: &Context<'_>,
    number: usize,
    table: &'static Table,
    places: &[Place],
) -> Option<Chain> {
    let hits: Vec<Hit> = places
        .iter()
        .map(|p| Hit {
            row: p.word,
            start: p.start,
            end: p.end,
        })
        .collect();
    // In the grid at hand, the hit of each row at which the heaviest chain ends: inside a grid no
    // gap is too long.
    let mut here: (Option<usize>, Vec<Option<usize>>) = (None, Vec::new());
    let mut best: Vec<Link> = Vec::with_capacity(hits.len());
    let mut window = 0;
    let mut cut = false;
    for (i, hit) in hits.iter().enumerate() {
        let far = |h: &Hit| h.start + GAP * 2 < hit.start;
        window += hits.iter().skip(window).take_while(|h| far(h)).count();
        if cx.budget.take_for_text(i - window + here.1.len()).is_none() {
            cut = true;
            break;
        }
        let own = FOUND + weight(hit.end - hit.start);
        let mut choice = Link {
            score: own - SKIPPED / 4 * weight(hit.row),
            before: None,
        };
        let ended = hits.iter().zip(&best).enumerate().skip(window);
        for (j, (before, link)) in ended {
            if before.row >= hit.row || before.end > hit.start || hit.start - before.end > GAP {
                continue;
            }
            let skipped = weight(hit.row - before.row - 1);
            let score = link.score + own - SKIPPED * skipped - weight(hit.start - before.end);
            if score > choice.score {
                choice = Link {
                    score,
                    before: Some(j),
                };
            }
        }
        let own_grid = cx.grids.of_label(cx.folded, hit);
        if own_grid.is_none() || own_grid != here.0 {
            here = (own_grid, Vec::new());
        }
        for (row, j) in here.1.iter().enumerate().take(hit.row) {
            let Some((j, before, link)) = j.and_then(|j| Some((j, hits.get(j)?, best.get(j)?)))
            else {
                continue;
            };
            let Some(gap) = hit.start.checked_sub(before.end) else {
                continue;
            };
            let skipped = weight(hit.row - row - 1);
            let score = link.score + own - SKIPPED * skipped - weight(gap.min(GAP));
            if score > choice.score {
                choice = Link {
                    score,
                    before: Some(j),
                };
            }
        }
        if own_grid.is_some() {
            if here.1.len() <= hit.row {
                here.1.resize(hit.row + 1, None);
            }
            if let Some(place) = here.1.get_mut(hit.row) {
                let lighter = |j: usize| best.get(j).is_none_or(|b| b.score < choice.score);
                if place.is_none_or(lighter) {
                    *place = Some(i);
                }
            }
        }
        best.push(choice);
    }
    let (end, score) = best
        .iter()
        .map(|link| link.score)
        .enumerate()
        .max_by_key(|(_, score)| *score)?;
    let mut chain = Vec::new();
    let mut at = Some(end);
    while let Some(i) = at {
        chain.push(*hits.get(i)?);
        at = best.get(i)?.before;
    }
    chain.reverse();
    Some(Chain {
        table,
        number,
        hits: chain,
        score,
        cut,
    })
}

fn weight(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
