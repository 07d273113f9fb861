//! All open rows of a table together: how many ways satisfy every equation, what each row can
//! still be, and the first ways in order of plausibility.
//!
//! The rows are taken one after the other. A state is what is still due of each equation: after
//! two rows of `3 3 6`, each column lacks what the third must bring. States that are alike are
//! one, so the ways are counted without being listed, and only the ways that are listed are ever
//! followed: each state hands out its best continuations one by one, as they are asked for.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use crate::extract::budget::Budget;

/// Steps that one table may take before it is given up as ambiguous.
const LIMIT: usize = 400_000;
/// Ways that are listed.
pub const LISTED: usize = 64;

/// What a candidate of a row brings.
pub struct Choice {
    /// What it adds to each equation.
    pub adds: Vec<i64>,
    /// How implausible it is.
    pub cost: u32,
}

/// The solution of all rows together.
pub struct Together {
    /// Number of ways; saturating.
    pub count: u64,
    /// For each row, which candidates occur in some way.
    pub feasible: Vec<Vec<bool>>,
    /// The first ways, best first: a candidate for each row.
    pub listed: Vec<Vec<usize>>,
}

/// The states before one row.
#[derive(Default)]
struct Layer {
    /// For each state, for each candidate of the row, the state after it.
    next: Vec<Option<u32>>,
    /// Ways to go on from each state.
    counts: Vec<u64>,
    /// Cost of the best of them.
    best: Vec<u32>,
}

/// Solves rows, each with its candidates, from what the fixed rows leave due. `None` when nothing
/// satisfies all equations, or the steps are spent.
pub fn solve(rows: &[Vec<Choice>], start: &[i64], budget: &Budget) -> Option<Together> {
    let reach = reach(rows, start.len());
    let mut layers = forward(rows, start, &reach, budget)?;
    backward(rows, &mut layers);
    let count = *layers.first()?.counts.first()?;
    if count == 0 {
        return None;
    }
    let feasible = feasible(rows, &layers);
    let mut ways = Ways {
        rows,
        layers: &layers,
        asked: HashMap::new(),
    };
    let mut listed = Vec::new();
    while listed.len() < LISTED {
        let Some(way) = ways.way(listed.len()) else {
            break;
        };
        listed.push(way);
    }
    Some(Together {
        count,
        feasible,
        listed,
    })
}

/// For each row, the least and the most that it and all later rows can add to each equation.
fn reach(rows: &[Vec<Choice>], equations: usize) -> Vec<Vec<(i64, i64)>> {
    let mut last = vec![(0i64, 0i64); equations];
    let mut reach = vec![last.clone()];
    for row in rows.iter().rev() {
        for (e, (least, most)) in last.iter_mut().enumerate() {
            let adds = || row.iter().filter_map(|c| c.adds.get(e).copied());
            *least = least.saturating_add(adds().min().unwrap_or(0));
            *most = most.saturating_add(adds().max().unwrap_or(0));
        }
        reach.push(last.clone());
    }
    reach.reverse();
    reach
}

fn possible(state: &[i64], reach: &[(i64, i64)]) -> bool {
    state
        .iter()
        .zip(reach)
        .all(|(s, (least, most))| s.saturating_add(*least) <= 0 && s.saturating_add(*most) >= 0)
}

/// The states before each row that can still come out right, and one layer behind the last.
fn forward(
    rows: &[Vec<Choice>],
    start: &[i64],
    reach: &[Vec<(i64, i64)>],
    budget: &Budget,
) -> Option<Vec<Layer>> {
    let mut steps = 0;
    let mut layers = Vec::new();
    let mut states: Vec<Vec<i64>> = Vec::new();
    if possible(start, reach.first()?) {
        states.push(start.to_vec());
    }
    for (row, reach) in rows.iter().zip(reach.iter().skip(1)) {
        let mut layer = Layer::default();
        let mut known: HashMap<Vec<i64>, u32> = HashMap::new();
        let mut after: Vec<Vec<i64>> = Vec::new();
        let mut sum: Vec<i64> = Vec::with_capacity(start.len());
        for state in &states {
            for candidate in row {
                steps += 1;
                budget.take(1)?;
                if steps > LIMIT {
                    return None;
                }
                let terms = state.iter().zip(&candidate.adds);
                sum.clear();
                sum.extend(terms.map(|(s, a)| s.saturating_add(*a)));
                if !possible(&sum, reach) {
                    layer.next.push(None);
                    continue;
                }
                let next = match known.get(&sum) {
                    Some(&next) => next,
                    None => {
                        let next = u32::try_from(after.len()).ok()?;
                        known.insert(sum.clone(), next);
                        after.push(sum.clone());
                        next
                    }
                };
                layer.next.push(Some(next));
            }
        }
        layer.counts = vec![0; states.len()];
        layer.best = vec![0; states.len()];
        layers.push(layer);
        states = after;
    }
    layers.push(Layer {
        next: Vec::new(),
        counts: vec![1; states.len()],
        best: vec![0; states.len()],
    });
    Some(layers)
}

/// Counts the ways from each state on, and what the best costs.
fn backward(rows: &[Vec<Choice>], layers: &mut [Layer]) {
    for (i, row) in rows.iter().enumerate().rev() {
        let Some(([.., layer], [after, ..])) = layers.split_at_mut_checked(i + 1) else {
            continue;
        };
        let ends = layer.next.chunks(row.len().max(1));
        for ((ends, count), best) in ends.zip(&mut layer.counts).zip(&mut layer.best) {
            *best = u32::MAX;
            for (next, candidate) in ends.iter().zip(row) {
                let Some(next) = next.map(|n| n as usize) else {
                    continue;
                };
                let ways = after.counts.get(next).copied().unwrap_or(0);
                *count = count.saturating_add(ways);
                let rest = after.best.get(next).copied().filter(|_| ways > 0);
                if let Some(rest) = rest {
                    *best = (*best).min(rest.saturating_add(candidate.cost));
                }
            }
        }
    }
}

fn feasible(rows: &[Vec<Choice>], layers: &[Layer]) -> Vec<Vec<bool>> {
    let mut here = vec![true];
    let mut out = Vec::new();
    for (row, pair) in rows.iter().zip(layers.windows(2)) {
        let [layer, after] = pair else { continue };
        let mut then = vec![false; after.counts.len()];
        let mut own = vec![false; row.len()];
        let ends = layer.next.chunks(row.len().max(1));
        for (ends, _) in ends.zip(&here).filter(|(_, reached)| **reached) {
            for (next, own) in ends.iter().zip(&mut own) {
                let Some(next) = next.map(|n| n as usize) else {
                    continue;
                };
                if after.counts.get(next).is_some_and(|&c| c > 0) {
                    *own = true;
                    if let Some(reached) = then.get_mut(next) {
                        *reached = true;
                    }
                }
            }
        }
        out.push(own);
        here = then;
    }
    out
}

/// A way to go on: cost, candidate, and the rank of what follows among the ways from there.
type Step = (u32, usize, usize);

/// The ways from a state that were asked for, and those that come next.
#[derive(Default)]
struct Asked {
    first: Vec<Step>,
    open: BinaryHeap<Reverse<Step>>,
}

struct Ways<'a> {
    rows: &'a [Vec<Choice>],
    layers: &'a [Layer],
    asked: HashMap<(usize, usize), Asked>,
}

impl Ways<'_> {
    /// The way of a rank from the start: by cost, then by candidates.
    fn way(&mut self, rank: usize) -> Option<Vec<usize>> {
        let (mut state, mut rank) = (0, rank);
        let mut way = Vec::with_capacity(self.rows.len());
        for i in 0..self.rows.len() {
            let (_, candidate, rest) = self.step(i, state, rank)?;
            way.push(candidate);
            state = self.next(i, state, candidate)?;
            rank = rest;
        }
        (rank == 0).then_some(way)
    }

    fn next(&self, i: usize, state: usize, candidate: usize) -> Option<usize> {
        let at = state * self.rows.get(i)?.len() + candidate;
        self.layers.get(i)?.next.get(at)?.map(|n| n as usize)
    }

    /// The step of a rank from a state; none when there are not so many ways.
    fn step(&mut self, i: usize, state: usize, rank: usize) -> Option<Step> {
        if !self.asked.contains_key(&(i, state)) {
            let mut asked = Asked::default();
            let after = self.layers.get(i + 1)?;
            for (c, candidate) in self.rows.get(i)?.iter().enumerate() {
                let Some(next) = self.next(i, state, c) else {
                    continue;
                };
                if after.counts.get(next).is_some_and(|&ways| ways > 0) {
                    let rest = after.best.get(next).copied().unwrap_or(0);
                    asked
                        .open
                        .push(Reverse((rest.saturating_add(candidate.cost), c, 0)));
                }
            }
            self.asked.insert((i, state), asked);
        }
        while self.asked.get(&(i, state))?.first.len() <= rank {
            let Reverse(best) = self.asked.get_mut(&(i, state))?.open.pop()?;
            self.asked.get_mut(&(i, state))?.first.push(best);
            let (_, c, rest) = best;
            let own = self.rows.get(i)?.get(c)?.cost;
            let next = self.next(i, state, c)?;
            if let Some(cost) = self.cost(i + 1, next, rest + 1) {
                let open = &mut self.asked.get_mut(&(i, state))?.open;
                open.push(Reverse((cost.saturating_add(own), c, rest + 1)));
            }
        }
        self.asked.get(&(i, state))?.first.get(rank).copied()
    }

    /// What the way of a rank from a state costs. Behind the last row there is one way.
    fn cost(&mut self, i: usize, state: usize, rank: usize) -> Option<u32> {
        if i == self.rows.len() {
            return (rank == 0).then_some(0);
        }
        self.step(i, state, rank).map(|s| s.0)
    }
}
