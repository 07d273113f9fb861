//! Placing printed tokens in cells: counting, not guessing.
//!
//! A row's candidates are the order-keeping placements of its printed tokens (or the splits of
//! its digits, where cells run together) that satisfy the row's own equations. A table is solved
//! by a memoised count over its rows, the state being what is still due of each equation that
//! joins rows. That gives the exact number of joint solutions, what each cell can be, and the
//! first solutions in order of plausibility; over the budget nothing is said to be known.

use std::collections::{BTreeSet, HashMap};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::form::RuleId;

/// Steps that one table may take before it is given up as ambiguous.
const BUDGET: usize = 400_000;
/// Joint solutions that are listed.
const LISTED: usize = 64;

/// A figure that may stand in a cell: its value and an identity (which token or digits).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Piece {
    /// The value.
    pub value: Decimal,
    /// What the caller knows it by.
    pub id: usize,
}

/// One way to fill a row: a piece or nothing for each cell.
pub type Placement = Vec<Option<Piece>>;

/// A row to be solved.
#[derive(Debug, Clone)]
pub struct Unit {
    /// All placements that keep order (equations not yet applied). One means that it is fixed.
    pub placements: Vec<Placement>,
    /// The row's figures are not known well enough to stand in any equation.
    pub unknown: bool,
}

/// An equation over cells: Σ factor · cell = 0.
#[derive(Debug, Clone)]
pub struct Equation {
    /// The rule that it comes from.
    pub rule: RuleId,
    /// Row, cell and factor.
    pub terms: Vec<(usize, usize, i64)>,
}

impl Equation {
    /// Whether it holds of a row; a cell without a figure counts as 0.
    pub fn holds(&self, row: &Placement) -> bool {
        let term = |t: &(usize, usize, i64)| {
            let value = row
                .get(t.1)
                .copied()
                .flatten()
                .map_or(Decimal::ZERO, |p| p.value);
            Decimal::from(t.2).checked_mul(value)
        };
        let sum = self
            .terms
            .iter()
            .try_fold(Decimal::ZERO, |sum, t| sum.checked_add(term(t)?));
        sum.is_some_and(|s| s.is_zero())
    }
}

/// What is known of a row after solving.
#[derive(Debug, Clone)]
pub struct Solved {
    /// For each cell what it can be.
    pub options: Vec<BTreeSet<Option<Piece>>>,
    /// Rules that fixed it.
    pub by: Vec<RuleId>,
}

/// A group of cells that are decided together.
#[derive(Debug, Clone)]
pub struct Group {
    /// Row and cell of each open cell.
    pub cells: Vec<(usize, usize)>,
    /// Number of solutions; saturating.
    pub count: u64,
    /// The first of them, by plausibility.
    pub solutions: Vec<Vec<Option<Decimal>>>,
}

/// The solution of a table.
#[derive(Debug, Clone, Default)]
pub struct Solution {
    /// By unit.
    pub units: Vec<Solved>,
    /// Groups of open cells.
    pub groups: Vec<Group>,
}

/// Placements that give the same values; an empty cell and 0 are the same.
#[derive(Debug, Clone)]
struct Candidate {
    values: Vec<i64>,
    placements: Vec<Placement>,
    cost: u32,
}

/// Solves a table.
pub fn solve(units: &[Unit], equations: &[Equation]) -> Solution {
    let local = |u: usize| {
        equations
            .iter()
            .filter(move |e| !units[u].unknown && e.terms.iter().all(|t| t.0 == u))
    };
    let candidates: Vec<Vec<Candidate>> = units
        .iter()
        .enumerate()
        .map(|(u, unit)| candidates(unit, &local(u).collect::<Vec<_>>()))
        .collect();
    let open: Vec<usize> = (0..units.len())
        .filter(|&u| units[u].placements.len() > 1)
        .collect();
    let joining: Vec<&Equation> = equations
        .iter()
        .filter(|e| e.terms.iter().any(|t| t.0 != e.terms[0].0))
        .filter(|e| {
            e.terms
                .iter()
                .all(|t| !units[t.0].unknown && !candidates[t.0].is_empty())
        })
        .filter(|e| e.terms.iter().any(|t| open.contains(&t.0)))
        .collect();
    let provable = open
        .iter()
        .all(|&u| units[u].unknown || !candidates[u].is_empty());
    let together = if provable && !open.is_empty() {
        Joint::new(&open, units, &candidates, &joining).solve()
    } else {
        None
    };
    let mut solution = Solution::default();
    let feasible: Vec<Vec<usize>> = (0..units.len())
        .map(|u| match &together {
            Some(t) if open.contains(&u) && !units[u].unknown => {
                t.feasible[&u].iter().copied().collect()
            }
            _ => (0..candidates[u].len()).collect(),
        })
        .collect();
    for (u, unit) in units.iter().enumerate() {
        let own: Vec<&Placement> = feasible[u]
            .iter()
            .flat_map(|&c| &candidates[u][c].placements)
            .collect();
        let shown: Vec<&Placement> = if own.is_empty() {
            unit.placements.iter().collect()
        } else {
            own
        };
        let width = unit.placements.first().map_or(0, Vec::len);
        let options = (0..width)
            .map(|cell| shown.iter().map(|p| p[cell]).collect())
            .collect();
        let mut by: Vec<RuleId> = Vec::new();
        let alone: usize = candidates[u].iter().map(|c| c.placements.len()).sum();
        // Only what held proves: not the sums of a row that breaks them, nor those between rows
        // where the table could not be solved as a whole.
        if unit.placements.len() > 1 && alone > 0 {
            by.extend(local(u).map(|e| e.rule));
            if alone > 1 && together.is_some() {
                by.extend(
                    joining
                        .iter()
                        .filter(|e| e.terms.iter().any(|t| t.0 == u))
                        .map(|e| e.rule),
                );
            }
        }
        by.sort();
        by.dedup();
        solution.units.push(Solved { options, by });
    }
    solution.groups = match together {
        Some(t) => t.groups(&candidates),
        None => open
            .iter()
            .filter(|&&u| !units[u].unknown)
            .filter_map(|&u| alone(u, &units[u], &candidates[u]))
            .collect(),
    };
    solution
}

/// The group of a row that is solved by itself.
fn alone(u: usize, unit: &Unit, candidates: &[Candidate]) -> Option<Group> {
    let mut ways: Vec<(u32, Vec<Option<Decimal>>)> = Vec::new();
    if candidates.is_empty() {
        ways.extend(unit.placements.iter().map(|p| (cost(p), figures(p))));
    } else {
        ways.extend(
            candidates
                .iter()
                .filter_map(|c| c.placements.first().map(|p| (c.cost, figures(p)))),
        );
    }
    ways.sort_by_key(|w| w.0);
    ways.dedup_by(|a, b| same(&a.1, &b.1));
    let width = ways.first()?.1.len();
    let differs = |cell: usize| {
        ways.iter()
            .any(|w| zero(w.1[cell]) != zero(ways[0].1[cell]))
    };
    let cells: Vec<usize> = (0..width).filter(|&c| differs(c)).collect();
    if cells.is_empty() {
        return None;
    }
    Some(Group {
        count: ways.len() as u64,
        solutions: ways
            .iter()
            .take(LISTED)
            .map(|w| cells.iter().map(|&c| w.1[c]).collect())
            .collect(),
        cells: cells.into_iter().map(|c| (u, c)).collect(),
    })
}

fn figures(p: &Placement) -> Vec<Option<Decimal>> {
    p.iter().map(|c| c.map(|c| c.value)).collect()
}

fn zero(v: Option<Decimal>) -> Decimal {
    v.unwrap_or(Decimal::ZERO)
}

fn same(a: &[Option<Decimal>], b: &[Option<Decimal>]) -> bool {
    a.iter().zip(b).all(|(a, b)| zero(*a) == zero(*b))
}

/// How far the figures stand from the left: a natural person's figure is seldom the one left out.
fn cost(p: &Placement) -> u32 {
    let filled = p.iter().enumerate().filter(|(_, c)| c.is_some());
    filled.map(|(i, _)| i as u32).sum::<u32>()
        + u32::from(p.first().is_some_and(Option::is_none)) * 8
}

fn candidates(unit: &Unit, local: &[&Equation]) -> Vec<Candidate> {
    let fixed = unit.placements.len() == 1;
    let mut by_values: HashMap<Vec<i64>, usize> = HashMap::new();
    let mut out: Vec<Candidate> = Vec::new();
    for placement in &unit.placements {
        let Some(values) = placement
            .iter()
            .map(|c| zero(c.map(|c| c.value)).normalize().to_i64_exact())
            .collect::<Option<Vec<i64>>>()
        else {
            continue;
        };
        let holds = |e: &&Equation| {
            e.terms
                .iter()
                .map(|t| i128::from(t.2) * i128::from(values[t.1]))
                .sum::<i128>()
                == 0
        };
        if !fixed && !local.iter().all(holds) {
            continue;
        }
        match by_values.get(&values) {
            Some(&c) => {
                out[c].cost = out[c].cost.min(cost(placement));
                out[c].placements.push(placement.clone());
            }
            None => {
                by_values.insert(values.clone(), out.len());
                out.push(Candidate {
                    values,
                    cost: cost(placement),
                    placements: vec![placement.clone()],
                });
            }
        }
    }
    for candidate in &mut out {
        candidate.placements.sort_by_key(cost);
    }
    out.sort_by_key(|c| c.cost);
    out
}

trait Exact {
    fn to_i64_exact(&self) -> Option<i64>;
}

impl Exact for Decimal {
    fn to_i64_exact(&self) -> Option<i64> {
        self.is_integer().then(|| self.to_i64()).flatten()
    }
}

/// A way to fill the rows from some row on: its cost, and a candidate for each row.
type Way = (u32, Vec<usize>);

/// The count over all open rows together.
struct Joint<'a> {
    order: Vec<usize>,
    candidates: &'a [Vec<Candidate>],
    /// For each row in order, for each candidate, what it adds to each equation.
    adds: Vec<Vec<Vec<i64>>>,
    /// For each row in order, the least and the most that it and all later rows can add.
    reach: Vec<Vec<(i64, i64)>>,
    start: Vec<i64>,
    counts: HashMap<(usize, Vec<i64>), u64>,
    steps: usize,
}

struct Together {
    order: Vec<usize>,
    count: u64,
    feasible: HashMap<usize, BTreeSet<usize>>,
    /// Candidate by row in order, best first.
    listed: Vec<Vec<usize>>,
}

impl<'a> Joint<'a> {
    fn new(
        open: &[usize],
        units: &[Unit],
        candidates: &'a [Vec<Candidate>],
        equations: &[&Equation],
    ) -> Self {
        let mut order: Vec<usize> = open
            .iter()
            .copied()
            .filter(|&u| !units[u].unknown)
            .collect();
        let largest = |u: usize| {
            candidates[u]
                .iter()
                .flat_map(|c| &c.values)
                .map(|v| v.unsigned_abs())
                .max()
                .unwrap_or(0)
        };
        order.sort_by_key(|&u| (std::cmp::Reverse(largest(u)), u));
        let add = |u: usize, values: &[i64]| -> Vec<i64> {
            equations
                .iter()
                .map(|e| {
                    e.terms
                        .iter()
                        .filter(|t| t.0 == u)
                        .map(|t| t.2.saturating_mul(values[t.1]))
                        .fold(0, i64::saturating_add)
                })
                .collect()
        };
        let mut start = vec![0i64; equations.len()];
        for (u, own) in candidates.iter().enumerate() {
            if let ([only], false) = (own.as_slice(), order.contains(&u)) {
                for (s, a) in start.iter_mut().zip(add(u, &only.values)) {
                    *s = s.saturating_add(a);
                }
            }
        }
        let adds: Vec<Vec<Vec<i64>>> = order
            .iter()
            .map(|&u| candidates[u].iter().map(|c| add(u, &c.values)).collect())
            .collect();
        let mut reach = vec![vec![(0i64, 0i64); equations.len()]; order.len() + 1];
        for i in (0..order.len()).rev() {
            for e in 0..equations.len() {
                let least = adds[i].iter().map(|a| a[e]).min().unwrap_or(0);
                let most = adds[i].iter().map(|a| a[e]).max().unwrap_or(0);
                reach[i][e] = (
                    reach[i + 1][e].0.saturating_add(least),
                    reach[i + 1][e].1.saturating_add(most),
                );
            }
        }
        Self {
            order,
            candidates,
            adds,
            reach,
            start,
            counts: HashMap::new(),
            steps: 0,
        }
    }

    /// `None` when no solution satisfies all equations, or the budget is spent.
    fn solve(mut self) -> Option<Together> {
        let start = self.start.clone();
        let count = self.count(0, &start)?;
        if count == 0 {
            return None;
        }
        let mut feasible: HashMap<usize, BTreeSet<usize>> =
            self.order.iter().map(|&u| (u, BTreeSet::new())).collect();
        let mut layer = BTreeSet::from([start.clone()]);
        for i in 0..self.order.len() {
            let mut next = BTreeSet::new();
            for state in &layer {
                for c in 0..self.adds[i].len() {
                    let after = self.after(i, c, state);
                    if self.counted(i + 1, &after) > 0 {
                        feasible.entry(self.order[i]).or_default().insert(c);
                        next.insert(after);
                    }
                }
            }
            layer = next;
        }
        let mut best = HashMap::new();
        let listed = self
            .best(0, &start, &mut best)
            .into_iter()
            .map(|(_, way)| way)
            .collect();
        Some(Together {
            order: self.order,
            count,
            feasible,
            listed,
        })
    }

    fn after(&self, i: usize, c: usize, state: &[i64]) -> Vec<i64> {
        state
            .iter()
            .zip(&self.adds[i][c])
            .map(|(s, a)| s.saturating_add(*a))
            .collect()
    }

    fn possible(&self, i: usize, state: &[i64]) -> bool {
        state
            .iter()
            .zip(&self.reach[i])
            .all(|(s, (least, most))| s.saturating_add(*least) <= 0 && s.saturating_add(*most) >= 0)
    }

    fn counted(&self, i: usize, state: &[i64]) -> u64 {
        if i == self.order.len() {
            return u64::from(state.iter().all(|s| *s == 0));
        }
        self.counts.get(&(i, state.to_vec())).copied().unwrap_or(0)
    }

    fn count(&mut self, i: usize, state: &[i64]) -> Option<u64> {
        if !self.possible(i, state) {
            return Some(0);
        }
        if i == self.order.len() {
            return Some(1);
        }
        if let Some(known) = self.counts.get(&(i, state.to_vec())) {
            return Some(*known);
        }
        let mut total = 0u64;
        for c in 0..self.adds[i].len() {
            self.steps += 1;
            if self.steps > BUDGET {
                return None;
            }
            let after = self.after(i, c, state);
            total = total.saturating_add(self.count(i + 1, &after)?);
        }
        self.counts.insert((i, state.to_vec()), total);
        Some(total)
    }

    /// The most plausible ways to go on from a state, with their costs.
    fn best(
        &self,
        i: usize,
        state: &[i64],
        memo: &mut HashMap<(usize, Vec<i64>), Vec<Way>>,
    ) -> Vec<Way> {
        if i == self.order.len() {
            return vec![(0, Vec::new())];
        }
        if let Some(known) = memo.get(&(i, state.to_vec())) {
            return known.clone();
        }
        let mut ways: Vec<Way> = Vec::new();
        for c in 0..self.adds[i].len() {
            let after = self.after(i, c, state);
            if self.counted(i + 1, &after) == 0 {
                continue;
            }
            let own = self.candidates[self.order[i]][c].cost;
            ways.extend(
                self.best(i + 1, &after, memo)
                    .into_iter()
                    .map(|(rest, way)| {
                        let mut full = Vec::with_capacity(way.len() + 1);
                        full.push(c);
                        full.extend(way);
                        (own + rest, full)
                    }),
            );
        }
        ways.sort();
        ways.truncate(LISTED);
        memo.insert((i, state.to_vec()), ways.clone());
        ways
    }
}

impl Together {
    /// The open cells whose values differ between solutions.
    fn groups(&self, candidates: &[Vec<Candidate>]) -> Vec<Group> {
        let mut rows: Vec<(usize, usize)> = self
            .order
            .iter()
            .copied()
            .enumerate()
            .map(|(i, u)| (u, i))
            .collect();
        rows.sort_unstable();
        let mut cells = Vec::new();
        for &(u, _) in &rows {
            let own: Vec<&Candidate> = self.feasible[&u]
                .iter()
                .map(|&c| &candidates[u][c])
                .collect();
            let width = own.first().map_or(0, |c| c.values.len());
            cells.extend(
                (0..width)
                    .filter(|&cell| own.iter().any(|c| c.values[cell] != own[0].values[cell]))
                    .map(|cell| (u, cell)),
            );
        }
        if cells.is_empty() {
            return Vec::new();
        }
        let place: HashMap<usize, usize> = rows.into_iter().collect();
        let solutions = self
            .listed
            .iter()
            .map(|way| {
                let value = |&(u, cell): &(usize, usize)| {
                    let candidate = &candidates[u][way[place[&u]]];
                    candidate
                        .placements
                        .first()
                        .and_then(|p| p[cell])
                        .map(|p| p.value)
                };
                cells.iter().map(value).collect()
            })
            .collect();
        vec![Group {
            cells,
            count: self.count,
            solutions,
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(tokens: &[i64], width: usize) -> Vec<Placement> {
        super::super::placements::in_order(
            &tokens
                .iter()
                .enumerate()
                .map(|(id, v)| Piece {
                    value: Decimal::from(*v),
                    id,
                })
                .collect::<Vec<_>>(),
            width,
            &|_, _| true,
        )
    }

    /// Two rows of three that add up to a third; each row's last cell is its sum.
    fn sums() -> Vec<Equation> {
        let mut out: Vec<Equation> = (0..3)
            .map(|u| Equation {
                rule: RuleId::new("ROW".into()),
                terms: vec![(u, 0, 1), (u, 1, 1), (u, 2, -1)],
            })
            .collect();
        out.extend((0..3).map(|c| Equation {
            rule: RuleId::new("COL".into()),
            terms: vec![(0, c, 1), (1, c, 1), (2, c, -1)],
        }));
        out
    }

    fn unit(tokens: &[i64]) -> Unit {
        Unit {
            placements: place(tokens, 3),
            unknown: false,
        }
    }

    #[test]
    fn columns_settle_what_rows_leave_open() {
        let units = [unit(&[3, 3]), unit(&[4, 4]), unit(&[3, 4, 7])];
        let solved = solve(&units, &sums());
        assert!(solved.groups.is_empty());
        let only = |u: usize, c: usize| {
            solved.units[u].options[c]
                .iter()
                .map(|p| p.map(|p| p.value.to_string()))
                .collect::<Vec<_>>()
        };
        assert_eq!(only(0, 0), [Some("3".to_owned())]);
        assert_eq!(only(0, 1), [None]);
        assert_eq!(only(1, 1), [Some("4".to_owned())]);
        assert_eq!(
            solved.units[0].by,
            ["COL", "ROW"].map(|r| RuleId::new(r.into()))
        );
    }

    #[test]
    fn what_stays_open_is_counted_and_listed() {
        let units = [unit(&[3, 3]), unit(&[3, 3]), unit(&[3, 3, 6])];
        let solved = solve(&units, &sums());
        assert_eq!(solved.groups[0].count, 2);
        assert_eq!(solved.groups[0].cells.len(), 4);
        assert_eq!(solved.groups[0].solutions[0][0], Some(Decimal::from(3)));
    }

    #[test]
    fn a_broken_table_is_solved_by_rows() {
        let units = [unit(&[3, 3]), unit(&[4, 4]), unit(&[9, 9, 18])];
        let solved = solve(&units, &sums());
        assert_eq!(solved.groups.len(), 2);
    }

    proptest::proptest! {
        /// The true placement is never ruled out, and what is said to be known is true.
        #[test]
        fn truth_survives(rows in proptest::collection::vec(proptest::collection::vec(0i64..4, 3), 2..6)) {
            let mut full: Vec<Vec<i64>> = rows.iter().map(|r| { let mut r = r.clone(); r.push(r.iter().sum()); r }).collect();
            let total: Vec<i64> = (0..4).map(|c| full.iter().map(|r| r[c]).sum()).collect();
            full.push(total);
            let last = full.len() - 1;
            let mut equations: Vec<Equation> = (0..full.len())
                .map(|u| Equation { rule: RuleId::new("ROW".into()), terms: vec![(u, 0, 1), (u, 1, 1), (u, 2, 1), (u, 3, -1)] })
                .collect();
            equations.extend((0..4).map(|c| {
                let mut terms: Vec<_> = (0..last).map(|u| (u, c, 1)).collect();
                terms.push((last, c, -1));
                Equation { rule: RuleId::new("COL".into()), terms }
            }));
            let units: Vec<Unit> = full
                .iter()
                .map(|r| Unit { placements: place(&r.iter().copied().filter(|v| *v != 0).collect::<Vec<_>>(), 4), unknown: false })
                .collect();
            let solved = solve(&units, &equations);
            for (u, row) in full.iter().enumerate() {
                for (c, v) in row.iter().enumerate() {
                    let possible = solved.units[u].options[c].iter().any(|p| zero(p.map(|p| p.value)) == Decimal::from(*v));
                    proptest::prop_assert!(possible, "row {u} cell {c}");
                }
            }
        }
    }
}
