//! Finds a table's row labels in running text, in the order of the form.
//!
//! One automaton over the labels of all forms gives every place where a label stands. The order
//! of labels is a grammar of the form: 其他 and 总计 stand in many places, and which row a label is
//! follows from what stands before and after it. So the heaviest chain of labels is sought whose
//! rows ascend and whose gaps are no longer than a row of figures can be.

use aho_corasick::AhoCorasick;

use crate::form::{FormSet, Table};
use crate::text::Folded;

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

struct Automaton {
    matcher: AhoCorasick,
    /// For each pattern: the tables (index into `tables`) and rows that it may stand for.
    meanings: Vec<Vec<(usize, usize)>>,
    tables: Vec<&'static Table>,
}

fn build(forms: &'static FormSet) -> Option<Automaton> {
    let tables: Vec<&'static Table> = forms.tables().collect();
    let mut patterns: Vec<&str> = Vec::new();
    let mut meanings: Vec<Vec<(usize, usize)>> = Vec::new();
    for (t, table) in tables.iter().enumerate() {
        for (r, (_, row)) in table.figure_rows().enumerate() {
            for variant in &row.variants {
                match patterns.iter().position(|p| p == variant) {
                    Some(p) => meanings[p].push((t, r)),
                    None => {
                        patterns.push(variant);
                        meanings.push(vec![(t, r)]);
                    }
                }
            }
        }
    }
    let matcher = AhoCorasick::new(&patterns).ok()?;
    Some(Automaton {
        matcher,
        meanings,
        tables,
    })
}

/// The best chain for every table of every form, those that are not there left out. `grid` tells
/// the table grid that a place of the folded text lies in: inside one no gap is too long.
pub fn chains(
    forms: &'static FormSet,
    folded: &Folded,
    grid: &dyn Fn(usize) -> Option<usize>,
) -> Vec<Chain> {
    let Some(automaton) = forms.compiled(build) else {
        return Vec::new();
    };
    let mut hits: Vec<Vec<Hit>> = vec![Vec::new(); automaton.tables.len()];
    for found in automaton.matcher.find_overlapping_iter(&folded.text) {
        for &(table, row) in &automaton.meanings[found.pattern().as_usize()] {
            hits[table].push(Hit {
                row,
                start: found.start(),
                end: found.end(),
            });
        }
    }
    let pairs = automaton.tables.iter().zip(hits);
    pairs
        .filter_map(|(table, hits)| heaviest(table, hits, grid))
        .collect()
}

fn heaviest(
    table: &'static Table,
    mut hits: Vec<Hit>,
    grid: &dyn Fn(usize) -> Option<usize>,
) -> Option<Chain> {
    hits.sort_by_key(|h| (h.start, h.end));
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
