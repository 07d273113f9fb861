//! From rows as seen to fields: what is certain is read, what the relations prove is inferred,
//! what they leave open is ambiguous with its candidates.

use rust_decimal::Decimal;

use super::context::Context;
use super::placements::{in_order, split_range, splits};
use super::puzzle::{Equation, Piece, RowWays};
use super::slots::Slots;
use super::solve::{Solution, Solved, solve};
use super::zone::{Digits, Printed};
use crate::document::Document;
use crate::extract::budget::Budget;
use crate::form::{CellDef, Proof, RuleId, Schema, Shape, Table, ValueType};
use crate::report::{Field, Joint, Status};
use crate::text::{Name, Span, Token, Unit};

/// A row as the solver sees it: all of a strip is one row.
struct RowToSolve<'a> {
    /// The place of its first cell among the table's.
    first: usize,
    cells: &'static [CellDef],
    slots: Option<&'a Slots>,
}

impl RowToSolve<'_> {
    /// Each of its cells is what stands there, or nothing is known of any: no relation could
    /// change that.
    fn is_plain(&self) -> bool {
        match self.slots {
            None | Some(Slots::Placed(_)) => true,
            Some(Slots::Sequence(tokens)) => tokens.len() >= self.cells.len(),
            Some(Slots::Glued(_)) => false,
        }
    }
}

/// The fields of a table in the order of the form, and its groups of open cells.
pub fn fields(
    cx: &Context<'_>,
    table: &'static Table,
    rows: &[Option<Slots>],
    zeros: bool,
) -> (Vec<Field>, Vec<OpenGroup>) {
    let lines = lines(table, rows);
    if lines.iter().all(RowToSolve::is_plain) {
        // Nothing is open, so that nothing has to be proved.
        let (unit, solved) = (RowWays::unknown(), Solved::default());
        let fields = (0..).zip(&lines);
        let fields = fields.flat_map(|(u, l)| line_fields(cx.document, l, &unit, &solved, &[], u));
        return (fields.collect(), Vec::new());
    }
    let equations = equations(table, &lines);
    let dropping = drops_empties(&lines);
    let zeros = zeros || prints_zeros(&lines);
    let units: Vec<RowWays> = lines
        .iter()
        .enumerate()
        .map(|(u, line)| unit(u, line, &equations, dropping, zeros, cx.budget))
        .collect();
    let solution = solve(&units, &equations, cx.budget);
    let mut out = Vec::new();
    for ((u, line), (unit, solved)) in (0..).zip(&lines).zip(units.iter().zip(&solution.units)) {
        out.extend(line_fields(cx.document, line, unit, solved, &equations, u));
    }
    (out, groups(table, &lines, solution))
}

fn lines<'a>(table: &'static Table, rows: &'a [Option<Slots>]) -> Vec<RowToSolve<'a>> {
    let whole = table.shape == Shape::Strip
        && rows
            .first()
            .is_some_and(|r| !matches!(r, Some(Slots::Placed(_))));
    if whole {
        return vec![RowToSolve {
            first: 0,
            cells: &table.cells,
            slots: rows.first().and_then(Option::as_ref),
        }];
    }
    let mut first = 0;
    (0..table.figure_rows().count())
        .map(|r| {
            let cells = table.cells_of(r);
            let line = RowToSolve {
                first,
                cells,
                slots: rows.get(r).and_then(Option::as_ref),
            };
            first += cells.len();
            line
        })
        .collect()
}

/// The form's equations that prove a cell's place, over lines and cells.
fn equations(table: &Table, lines: &[RowToSolve<'_>]) -> Vec<Equation> {
    let mut places: Vec<(usize, usize)> = Vec::with_capacity(table.cells.len());
    for (u, line) in lines.iter().enumerate() {
        places.extend((0..line.cells.len()).map(|c| (u, c)));
    }
    let equation = |proof: &Proof| {
        let term = |&(cell, factor): &(usize, i64)| places.get(cell).map(|&(u, c)| (u, c, factor));
        Some(Equation {
            rule: proof.rule,
            terms: proof.terms.iter().map(term).collect::<Option<_>>()?,
        })
    };
    table.proofs.iter().filter_map(equation).collect()
}

/// In a table whose cells run together: some row has fewer digits than cells, so empty cells were
/// dropped, and a row's digits need not fill all of its cells.
fn drops_empties(lines: &[RowToSolve<'_>]) -> bool {
    let short = |l: &RowToSolve<'_>| matches!(l.slots, Some(Slots::Glued(d)) if d.text.len() < l.cells.len());
    lines.iter().any(|l| short(l) && l.cells.len() > 1)
}

/// Whether a table whose cells run together prints its empty cells, so that digits are never
/// fewer than cells.
pub fn fills_cells(table: &'static Table, rows: &[Option<Slots>]) -> bool {
    let lines = lines(table, rows);
    prints_zeros(&lines) && !drops_empties(&lines)
}

/// Rows of nothing but zeros, a digit a cell: empty cells are printed in this table.
fn prints_zeros(lines: &[RowToSolve<'_>]) -> bool {
    let zeros = |l: &&RowToSolve<'_>| matches!(l.slots, Some(Slots::Glued(d)) if d.text.len() == l.cells.len() && d.text.bytes().all(|b| b == b'0'));
    lines.iter().filter(zeros).count() >= 2
}

fn unit(
    u: usize,
    line: &RowToSolve<'_>,
    equations: &[Equation],
    dropping: bool,
    zeros: bool,
    budget: &Budget,
) -> RowWays {
    let width = line.cells.len();
    let blank = || RowWays::fixed(line.cells.iter().map(|_| None));
    let nothing = || blank().unless_known(false);
    match line.slots {
        None => nothing(),
        Some(Slots::Placed(cells)) => {
            let known = cells.iter().all(|c| {
                matches!(
                    c.as_ref().map(|p| &p.token),
                    Some(Token::Number { .. } | Token::Blank | Token::NotApplicable)
                )
            });
            let piece = |(id, c): (usize, &Option<Printed>)| piece(id, c.as_ref()?);
            RowWays::fixed(cells.iter().enumerate().map(piece)).unless_known(known)
        }
        Some(Slots::Sequence(tokens)) if tokens.len() <= width => {
            // Marks of empty cells hold places too: they are pieces of value 0 until the end.
            let pieces: Vec<Piece> = tokens
                .iter()
                .enumerate()
                .map(|(id, t)| {
                    piece(id, t).unwrap_or(Piece {
                        value: Decimal::ZERO,
                        id,
                    })
                })
                .collect();
            let fits = |token: usize, cell: usize| {
                tokens
                    .get(token)
                    .zip(line.cells.get(cell))
                    .is_none_or(|(t, cell)| fits(&t.token, cell.kind))
            };
            match in_order(pieces, width, &fits, budget).filter(|ways| !ways.is_empty()) {
                None => nothing(),
                Some(ways) => ways.unless_known(tokens.iter().all(|t| t.token != Token::Text)),
            }
        }
        Some(Slots::Sequence(_)) => nothing(),
        Some(Slots::Glued(digits)) if digits.broken => nothing(),
        Some(Slots::Glued(digits)) if digits.text.is_empty() => blank(),
        Some(Slots::Glued(digits)) => {
            let local: Vec<&Equation> = equations
                .iter()
                .filter(|e| e.terms.iter().all(|t| t.0 == u))
                .collect();
            let decimal = |cell: usize| {
                let cell = line.cells.get(cell);
                cell.is_some_and(|c| c.kind == ValueType::Decimal)
            };
            let mut found = if dropping && width > 1 {
                RowWays::default()
            } else {
                splits(digits, width, &decimal, &local, budget).unwrap_or_default()
            };
            // The row breaks its own sum: where empty cells are printed too, any split may be
            // what was printed.
            if local.is_empty() && !zeros && width > 1 {
                found = RowWays::default();
            }
            if found.is_empty() && !dropping && zeros && !local.is_empty() {
                found = splits(digits, width, &decimal, &[], budget).unwrap_or_default();
            }
            if found.is_empty() { nothing() } else { found }
        }
    }
}

/// A word of change stands only under 本年增/减, an amount with its unit only under an amount.
fn fits(token: &Token, kind: ValueType) -> bool {
    match token {
        Token::Number { change: true, .. } => kind == ValueType::SignedInteger,
        Token::Number {
            unit: Some(unit), ..
        } if unit.ends_with('元') => kind == ValueType::Decimal,
        _ => true,
    }
}

fn piece(id: usize, printed: &Printed) -> Option<Piece> {
    match printed.token {
        Token::Number { value, .. } => Some(Piece { value, id }),
        _ => None,
    }
}

fn line_fields(
    document: &Document,
    line: &RowToSolve<'_>,
    unit: &RowWays,
    solved: &Solved,
    equations: &[Equation],
    u: usize,
) -> Vec<Field> {
    // Splits that the row's own sums chose; where it breaks them, they chose nothing.
    let first = unit
        .get(0)
        .filter(|_| matches!(line.slots, Some(Slots::Glued(_))));
    let chose = |e: &&Equation| e.is_of(u) && first.is_some_and(|way| e.holds(way));
    let mut own: Vec<RuleId> = match first {
        Some(_) => equations.iter().filter(chose).map(|e| e.rule).collect(),
        None => Vec::new(),
    };
    own.dedup();
    line.cells
        .iter()
        .enumerate()
        .map(|(c, cell)| match line.slots {
            None => Field::missing(),
            Some(Slots::Placed(cells)) => match cells.get(c).and_then(Option::as_ref) {
                Some(printed) => from_printed(document, cell, printed),
                None => Field::missing(),
            },
            Some(Slots::Sequence(tokens)) if tokens.len() == line.cells.len() => {
                let printed = tokens.get(c);
                printed.map_or_else(Field::missing, |p| from_printed(document, cell, p))
            }
            Some(Slots::Sequence(tokens)) if tokens.len() > line.cells.len() => {
                let candidates = tokens.iter().map(|t| piece(0, t).map(|p| p.value));
                open(cell, distinct(candidates), span_of(tokens))
            }
            Some(Slots::Sequence(tokens)) => {
                placed(document, cell, &solved.options(unit, c), &solved.by, tokens)
            }
            Some(Slots::Glued(digits)) => {
                let by = if solved.by.is_empty() {
                    &own
                } else {
                    &solved.by
                };
                split(
                    document,
                    cell,
                    unit,
                    &solved.options(unit, c),
                    by,
                    digits,
                    line.cells.len(),
                )
            }
        })
        .collect()
}

/// Values in order, each once; of 1.0 and 1 the last that was given.
fn distinct(values: impl Iterator<Item = Option<Decimal>>) -> Vec<Option<Decimal>> {
    let mut values: Vec<Option<Decimal>> = values.collect();
    values.sort();
    values.dedup_by(|later, kept| {
        let same = later == kept;
        if same {
            *kept = *later;
        }
        same
    });
    values
}

fn span_of(tokens: &[Printed]) -> Option<Span> {
    tokens.iter().map(|t| t.span).reduce(Span::join)
}

/// A token whose cell is certain.
fn from_printed(document: &Document, cell: &CellDef, printed: &Printed) -> Field {
    let mut field = Field::missing();
    field.unit = Some(cell.unit).filter(|u| !u.is_empty());
    field.span = Some(printed.span).filter(|s| !s.is_empty());
    field.raw = field.span.map(|s| s.of(&document.text).to_owned());
    match &printed.token {
        Token::Number { value, unit, .. } => {
            field.status = Status::Read;
            field.value = Some(*value);
            if let Some(unit) = unit {
                field.unit = Some(Name::intern(unit));
            }
        }
        Token::Blank => field.status = Status::Blank,
        Token::NotApplicable => field.status = Status::NotApplicable,
        Token::Text => field.status = Status::Unreadable,
    }
    field
}

/// What proved a place: where no equation did, the order of what is printed.
fn proofs(by: &[RuleId]) -> Vec<RuleId> {
    if by.is_empty() {
        vec![RuleId::ORDER]
    } else {
        by.to_vec()
    }
}

/// A cell of a row with fewer tokens than cells.
fn placed(
    document: &Document,
    cell: &CellDef,
    options: &[Option<Piece>],
    by: &[RuleId],
    tokens: &[Printed],
) -> Field {
    let token_of = |option: &Option<Piece>| option.and_then(|p| tokens.get(p.id));
    let values = distinct(
        options
            .iter()
            .map(|o| piece(0, token_of(o)?).map(|p| p.value)),
    );
    if let [Some(value)] = values.as_slice() {
        let token = options.first().and_then(token_of);
        if let Some(token) = token.filter(|_| options.iter().all(Option::is_some)) {
            let mut field = from_printed(document, cell, token);
            field.value = Some(*value);
            field.status = Status::Inferred;
            field.by = proofs(by);
            return field;
        }
    }
    if values.len() == 1 {
        // Nothing, or a mark of an empty cell, in every solution.
        let mut field = Field::missing();
        field.unit = Some(cell.unit).filter(|u| !u.is_empty());
        field.status = Status::Blank;
        let text = options
            .iter()
            .flatten()
            .filter_map(|p| tokens.get(p.id))
            .find(|t| t.token == Token::Text);
        if text.is_some() {
            return open(cell, values, span_of(tokens));
        }
        field.by = proofs(if tokens.is_empty() { &[] } else { by });
        return field;
    }
    open(cell, values, span_of(tokens))
}

/// A cell of a row whose cells run together.
fn split(
    document: &Document,
    cell: &CellDef,
    unit: &RowWays,
    options: &[Option<Piece>],
    by: &[RuleId],
    digits: &Digits,
    width: usize,
) -> Field {
    let whole = digits.places.iter().copied().reduce(Span::join);
    let values = distinct(options.iter().map(|o| o.map(|p| p.value)));
    if unit.unknown {
        return open(cell, Vec::new(), whole);
    }
    let mut field = Field::missing();
    field.unit = Some(cell.unit).filter(|u| !u.is_empty());
    match (options.first(), values.first(), values.len()) {
        (Some(Some(piece)), Some(Some(value)), 1) => {
            let (start, end) = split_range(piece.id);
            field.span = digits
                .places
                .get(start..end)
                .and_then(|p| p.iter().copied().reduce(Span::join));
            field.raw = field.span.map(|s| s.of(&document.text).to_owned());
            field.value = Some(*value);
            if end == digits.text.len() {
                field.unit = printed_unit(cell, digits).or(field.unit);
            }
            // As many digits as cells, or one cell: an unbroken sequence. Else the row's own
            // equations chose among the splits.
            field.status = if digits.text.len() == width || width == 1 {
                Status::Read
            } else {
                Status::Inferred
            };
            if field.status == Status::Inferred {
                field.by = proofs(by);
            }
            field
        }
        (Some(None), _, 1) => {
            field.status = Status::Blank;
            field.by = proofs(&[]);
            field
        }
        _ => {
            let mut field = open(cell, values, whole);
            field.unit = printed_unit(cell, digits).or(field.unit);
            field
        }
    }
}

/// The unit that follows the digits of a row, if this is the cell that has amounts.
fn printed_unit(cell: &CellDef, digits: &Digits) -> Option<Name> {
    let of_money = |u: &Unit| u.money && cell.kind == ValueType::Decimal;
    Unit::opens(&digits.tail, of_money).map(|u| Name::of(u.name))
}

fn open(cell: &CellDef, candidates: Vec<Option<Decimal>>, span: Option<Span>) -> Field {
    let mut field = Field::missing();
    field.status = Status::Ambiguous;
    field.unit = Some(cell.unit).filter(|u| !u.is_empty());
    field.span = span;
    field.candidates = candidates;
    field
}

/// Cells of a table that are decided together.
#[derive(Debug)]
pub struct OpenGroup {
    table: &'static Table,
    /// Places among the table's cells.
    cells: Vec<usize>,
    count: u64,
    solutions: Vec<Vec<Option<Decimal>>>,
}

impl OpenGroup {
    /// The group among the cells of a report.
    pub fn joint(self, schema: &Schema) -> Joint {
        let cells = self.cells.iter();
        Joint {
            table: self.table.id,
            cells: cells.filter_map(|&c| schema.id_in(self.table, c)).collect(),
            count: self.count,
            solutions: self.solutions,
        }
    }
}

fn groups(table: &'static Table, lines: &[RowToSolve<'_>], solution: Solution) -> Vec<OpenGroup> {
    let groups = solution.groups.into_iter().map(|group| OpenGroup {
        table,
        cells: group
            .cells
            .iter()
            .filter_map(|&(u, c)| Some(lines.get(u)?.first + c))
            .collect(),
        count: group.count,
        solutions: group.solutions,
    });
    groups.collect()
}
