//! Placing printed tokens in cells: counting, not guessing.
//!
//! A row's candidates are the order-keeping placements of its printed tokens (or the splits of
//! its digits, where cells run together) that satisfy the row's own equations. `3 3` in three cells
//! whose last is the sum of the others has two: `3 _ 3` and `_ 3 3`; the columns' sums may then
//! leave one. A table is solved by a count over its open rows together; where it breaks its sums,
//! row by row; over the budget nothing is said to be known.

use std::collections::HashMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::joint::{self, Choice, LISTED, Together};
use super::puzzle::{Equation, Filling, NOTHING, Piece, RowWays, Way, piece_of};
use crate::extract::budget::Budget;
use crate::form::RuleId;

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

/// What is known of a row after solving.
#[derive(Debug, Clone, Default)]
pub struct Solved {
    /// The placements that are still possible, by number.
    possible: Vec<usize>,
    /// Rules that fixed it.
    pub by: Vec<RuleId>,
}

impl Solved {
    /// What a cell can be, each once, in the order of values.
    pub fn options(&self, ways: &RowWays, cell: usize) -> Vec<Option<Piece>> {
        let possible = self.possible.iter().filter_map(|&way| ways.get(way));
        let mut fillings: Vec<Filling> = Vec::new();
        for filling in possible.map(|way| way.filling(cell)) {
            if fillings.last() != Some(&filling) {
                fillings.push(filling);
            }
        }
        fillings.sort_unstable();
        fillings.dedup();
        let pieces = fillings.into_iter().map(|f| piece_of(ways.pieces(), f));
        let mut options: Vec<Option<Piece>> = pieces.collect();
        options.sort_unstable();
        options
    }
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
    /// By number, the most plausible first.
    placements: Vec<usize>,
    cost: u32,
}

/// The candidates of each unit.
struct Rows<'a> {
    units: &'a [RowWays],
    candidates: Vec<Vec<Candidate>>,
    /// Units with more than one placement.
    open: Vec<usize>,
}

impl Rows<'_> {
    fn unknown(&self, u: usize) -> bool {
        self.units.get(u).is_none_or(|unit| unit.unknown)
    }

    fn candidates(&self, u: usize) -> &[Candidate] {
        self.candidates.get(u).map_or(&[], Vec::as_slice)
    }

    fn is_open(&self, u: usize) -> bool {
        self.open.binary_search(&u).is_ok()
    }

    /// Units that are solved together, the largest figures first.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = self.open.clone();
        order.retain(|&u| !self.unknown(u));
        let largest = |u: usize| {
            let values = self.candidates(u).iter().flat_map(|c| &c.values);
            values.map(|v| v.unsigned_abs()).max().unwrap_or(0)
        };
        order.sort_by_key(|&u| (std::cmp::Reverse(largest(u)), u));
        order
    }
}

/// Solves a table.
pub fn solve(units: &[RowWays], equations: &[Equation], budget: &Budget) -> Solution {
    if units.iter().all(|unit| unit.len() <= 1) {
        return settled(units);
    }
    let mut local: Vec<Vec<&Equation>> = vec![Vec::new(); units.len()];
    let mut between: Vec<&Equation> = Vec::new();
    for equation in equations {
        match equation.terms.first() {
            Some(first) if !equation.is_of(first.0) => between.push(equation),
            Some(first) if units.get(first.0).is_some_and(|u| !u.unknown) => {
                if let Some(own) = local.get_mut(first.0) {
                    own.push(equation);
                }
            }
            _ => {}
        }
    }
    let rows = Rows {
        units,
        candidates: units
            .iter()
            .zip(&local)
            .map(|(unit, local)| candidates(unit, local))
            .collect(),
        open: (0..)
            .zip(units)
            .filter(|(_, unit)| unit.len() > 1)
            .map(|(u, _)| u)
            .collect(),
    };
    let joining: Vec<&Equation> = between
        .into_iter()
        .filter(|e| {
            e.terms
                .iter()
                .all(|t| !rows.unknown(t.0) && !rows.candidates(t.0).is_empty())
        })
        .filter(|e| e.terms.iter().any(|t| rows.is_open(t.0)))
        .collect();
    let provable = rows
        .open
        .iter()
        .all(|&u| rows.unknown(u) || !rows.candidates(u).is_empty());
    let order = rows.order();
    let together = if provable && !rows.open.is_empty() {
        all_together(&rows, &order, &joining, budget)
    } else {
        None
    };
    let feasible: HashMap<usize, &[bool]> = together
        .iter()
        .flat_map(|t| {
            order
                .iter()
                .copied()
                .zip(t.feasible.iter().map(Vec::as_slice))
        })
        .collect();
    let mut solution = Solution::default();
    for ((u, unit), local) in (0..).zip(units).zip(&local) {
        let own = rows.candidates(u);
        let still = |c: usize| {
            let of_unit = feasible.get(&u);
            of_unit.is_none_or(|f| f.get(c).copied().unwrap_or(false))
        };
        let mut possible: Vec<usize> = (0..)
            .zip(own)
            .filter(|(c, _)| still(*c))
            .flat_map(|(_, candidate)| candidate.placements.iter().copied())
            .collect();
        if possible.is_empty() {
            possible = (0..unit.len()).collect();
        }
        let mut by: Vec<RuleId> = Vec::new();
        let alone: usize = own.iter().map(|c| c.placements.len()).sum();
        // Only what held proves: not the sums of a row that breaks them, nor those between rows
        // where the table could not be solved as a whole.
        if unit.len() > 1 && alone > 0 {
            by.extend(local.iter().map(|e| e.rule));
            if alone > 1 && together.is_some() {
                by.extend(
                    joining
                        .iter()
                        .filter(|e| e.terms.iter().any(|t| t.0 == u))
                        .map(|e| e.rule),
                );
            }
        }
        by.sort_unstable();
        by.dedup();
        solution.units.push(Solved { possible, by });
    }
    solution.groups = match together {
        Some(t) => group(&rows, &order, &t).into_iter().collect(),
        None => rows
            .open
            .iter()
            .filter(|&&u| !rows.unknown(u))
            .filter_map(|&u| alone(u, units.get(u)?, rows.candidates(u)))
            .collect(),
    };
    solution
}

/// A table without a row that is open: nothing is to be solved.
fn settled(units: &[RowWays]) -> Solution {
    let as_it_is = |unit: &RowWays| Solved {
        possible: (0..unit.len()).collect(),
        by: Vec::new(),
    };
    Solution {
        units: units.iter().map(as_it_is).collect(),
        groups: Vec::new(),
    }
}

/// Solves the units of an order together; the other ones are as they are.
fn all_together(
    rows: &Rows<'_>,
    order: &[usize],
    joining: &[&Equation],
    budget: &Budget,
) -> Option<Together> {
    // For each row its terms: equation, cell and factor.
    let mut terms: Vec<Vec<(usize, usize, i64)>> = vec![Vec::new(); rows.units.len()];
    for (number, equation) in joining.iter().enumerate() {
        for &(u, cell, factor) in &equation.terms {
            if let Some(own) = terms.get_mut(u) {
                own.push((number, cell, factor));
            }
        }
    }
    let adds = |u: usize, values: &[i64]| -> Vec<i64> {
        let mut adds = vec![0i64; joining.len()];
        for &(number, cell, factor) in terms.get(u).map_or(&[][..], Vec::as_slice) {
            let value = values.get(cell).copied().unwrap_or(0);
            if let Some(add) = adds.get_mut(number) {
                *add = add.saturating_add(factor.saturating_mul(value));
            }
        }
        adds
    };
    let mut start = vec![0i64; joining.len()];
    for (u, own) in rows.candidates.iter().enumerate() {
        if let ([only], false) = (own.as_slice(), order.contains(&u)) {
            for (s, a) in start.iter_mut().zip(adds(u, &only.values)) {
                *s = s.saturating_add(a);
            }
        }
    }
    let choices: Vec<Vec<Choice>> = order
        .iter()
        .map(|&u| {
            let own = rows.candidates(u).iter();
            own.map(|c| Choice {
                adds: adds(u, &c.values),
                cost: c.cost,
            })
            .collect()
        })
        .collect();
    joint::solve(&choices, &start, budget)
}

/// The open cells whose values differ between the ways to solve a table.
fn group(rows: &Rows<'_>, order: &[usize], together: &Together) -> Option<Group> {
    let mut places: Vec<(usize, usize)> = order.iter().copied().zip(0..).collect();
    places.sort_unstable();
    // RowWays, its place in the order, cell.
    let mut cells: Vec<(usize, usize, usize)> = Vec::new();
    for (u, place) in places {
        let feasible = together.feasible.get(place)?;
        let mut own = rows
            .candidates(u)
            .iter()
            .zip(feasible)
            .filter(|(_, feasible)| **feasible)
            .map(|(c, _)| c);
        let Some(first) = own.next() else { continue };
        let mut differs = vec![false; first.values.len()];
        for other in own {
            for ((differs, a), b) in differs.iter_mut().zip(&first.values).zip(&other.values) {
                *differs |= a != b;
            }
        }
        let open = (0..).zip(differs).filter(|(_, differs)| *differs);
        cells.extend(open.map(|(cell, _)| (u, place, cell)));
    }
    if cells.is_empty() {
        return None;
    }
    let value = |way: &[usize], &(u, place, cell): &(usize, usize, usize)| {
        let candidate = rows.candidates(u).get(*way.get(place)?)?;
        let way = rows.units.get(u)?.get(*candidate.placements.first()?)?;
        way.piece(cell).map(|p| p.value)
    };
    let solutions = together
        .listed
        .iter()
        .map(|way| cells.iter().map(|cell| value(way, cell)).collect())
        .collect();
    Some(Group {
        count: together.count,
        solutions,
        cells: cells.into_iter().map(|(u, _, cell)| (u, cell)).collect(),
    })
}

/// The group of a row that is solved by itself.
fn alone(u: usize, unit: &RowWays, candidates: &[Candidate]) -> Option<Group> {
    let mut ways: Vec<(u32, Way<'_>)> = if candidates.is_empty() {
        unit.iter().map(|way| (cost(way), way)).collect()
    } else {
        candidates
            .iter()
            .filter_map(|c| Some((c.cost, unit.get(*c.placements.first()?)?)))
            .collect()
    };
    ways.sort_by_key(|w| w.0);
    let values = numbered(unit.pieces());
    let value = |filling: &Filling| values.get(*filling as usize).copied().unwrap_or(0);
    ways.dedup_by(|a, b| {
        let mut fillings = a.1.fillings.iter().zip(b.1.fillings);
        fillings.all(|(a, b)| value(a) == value(b))
    });
    let first = ways.first()?.1;
    let mut differs = vec![false; first.fillings.len()];
    for (_, way) in &ways {
        let fillings = first.fillings.iter().zip(way.fillings);
        for (differs, (a, b)) in differs.iter_mut().zip(fillings) {
            *differs |= value(a) != value(b);
        }
    }
    let open = (0..).zip(&differs).filter(|(_, differs)| **differs);
    let cells: Vec<(usize, usize)> = open.map(|(cell, _)| (u, cell)).collect();
    if cells.is_empty() {
        return None;
    }
    let of_open = |way: Way<'_>| -> Vec<Option<Decimal>> {
        let figures = way.iter().zip(&differs);
        let open = figures.filter(|(_, open)| **open);
        open.map(|f| f.0.map(|p| p.value)).collect()
    };
    Some(Group {
        count: u64::try_from(ways.len()).unwrap_or(u64::MAX),
        solutions: ways.iter().take(LISTED).map(|w| of_open(w.1)).collect(),
        cells,
    })
}

/// A number for each filling that is the same for equal values; an empty cell and 0 are the same.
fn numbered(pieces: &[Piece]) -> Vec<usize> {
    let mut values: Vec<Decimal> = pieces.iter().map(|p| p.value).collect();
    values.push(Decimal::ZERO);
    values.sort_unstable();
    values.dedup();
    let number = |value: &Decimal| values.partition_point(|v| v < value);
    let nothing = number(&Decimal::ZERO);
    let numbers = pieces.iter().map(|p| number(&p.value));
    std::iter::once(nothing).chain(numbers).collect()
}

/// How far the figures stand from the left: a natural person's figure is seldom the one left out.
fn cost(way: Way<'_>) -> u32 {
    let filled = (0u32..).zip(way.fillings).filter(|(_, f)| **f != NOTHING);
    filled.map(|(i, _)| i).sum::<u32>() + u32::from(way.fillings.first() == Some(&NOTHING)) * 8
}

/// Candidates are compared one by one up to so many; beyond, they are looked up.
const FEW: usize = 16;

fn candidates(unit: &RowWays, local: &[&Equation]) -> Vec<Candidate> {
    let fixed = unit.len() == 1;
    let wholes: Vec<Option<i64>> = unit.pieces().iter().map(|p| whole(p.value)).collect();
    let value = |filling: Filling| match usize::try_from(filling).ok()?.checked_sub(1) {
        Some(piece) => wholes.get(piece).copied().flatten(),
        None => Some(0),
    };
    let mut by_values: HashMap<Vec<i64>, usize> = HashMap::new();
    let mut out: Vec<Candidate> = Vec::new();
    let mut values: Vec<i64> = Vec::new();
    for (number, way) in unit.iter().enumerate() {
        values.clear();
        values.extend(way.fillings.iter().map_while(|&f| value(f)));
        if values.len() < way.fillings.len() {
            continue;
        }
        if !fixed && !local.iter().all(|e| holds(e, &values)) {
            continue;
        }
        let cost = cost(way);
        let known = if out.len() <= FEW {
            out.iter().position(|c| c.values == values)
        } else {
            by_values.get(&values).copied()
        };
        if let Some(known) = known.and_then(|c| out.get_mut(c)) {
            known.cost = known.cost.min(cost);
            known.placements.push(number);
            continue;
        }
        out.push(Candidate {
            values: values.clone(),
            cost,
            placements: vec![number],
        });
        if out.len() > FEW {
            let (from, all) = (by_values.len(), out.iter().enumerate());
            by_values.extend(all.skip(from).map(|(c, own)| (own.values.clone(), c)));
        }
    }
    let cost_of = |p: &usize| unit.get(*p).map(cost);
    for candidate in out.iter_mut().filter(|c| c.placements.len() > 1) {
        candidate.placements.sort_by_key(cost_of);
    }
    out.sort_by_key(|c| c.cost);
    out
}

/// Whether an equation over the cells of one row holds of their values.
fn holds(equation: &Equation, values: &[i64]) -> bool {
    let term = |t: &(usize, usize, i64)| {
        i128::from(t.2) * i128::from(values.get(t.1).copied().unwrap_or(0))
    };
    equation.terms.iter().map(term).sum::<i128>() == 0
}

/// The value of a count.
fn whole(value: Decimal) -> Option<i64> {
    // Nearly all are printed as whole numbers; those need no division.
    if value.scale() == 0 {
        return i64::try_from(value.mantissa()).ok();
    }
    let value = value.normalize();
    value.is_integer().then(|| value.to_i64()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn solve(units: &[RowWays], equations: &[Equation]) -> Solution {
        super::solve(units, equations, &Budget::new(0))
    }

    fn place(tokens: &[i64], width: usize) -> RowWays {
        super::super::placements::in_order(
            tokens
                .iter()
                .enumerate()
                .map(|(id, v)| Piece {
                    value: Decimal::from(*v),
                    id,
                })
                .collect(),
            width,
            &|_, _| true,
            &Budget::new(0),
        )
        .unwrap()
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

    fn unit(tokens: &[i64]) -> RowWays {
        place(tokens, 3)
    }

    #[test]
    fn columns_settle_what_rows_leave_open() {
        let units = [unit(&[3, 3]), unit(&[4, 4]), unit(&[3, 4, 7])];
        let solved = solve(&units, &sums());
        assert!(solved.groups.is_empty());
        let only = |u: usize, c: usize| {
            solved.units[u]
                .options(&units[u], c)
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
            let units: Vec<RowWays> = full
                .iter()
                .map(|r| place(&r.iter().copied().filter(|v| *v != 0).collect::<Vec<_>>(), 4))
                .collect();
            let solved = solve(&units, &equations);
            for (u, row) in full.iter().enumerate() {
                for (c, v) in row.iter().enumerate() {
                    let possible = solved.units[u].options(&units[u], c).iter().any(|p| p.map_or(Decimal::ZERO, |p| p.value) == Decimal::from(*v));
                    proptest::prop_assert!(possible, "row {u} cell {c}");
                }
            }
        }
    }
}
