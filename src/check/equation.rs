//! The one evaluator of relations: equations and inequalities over operands, each of which
//! resolves itself (a cell of this report, a cell of another year's, a figure of the prose, a
//! constant).

use rust_decimal::Decimal;

use super::context::{Context, Draft, Outcome};
use super::{Fact, Figure, Said, Severity};
use crate::form::{Equation, Operand, Operator, Reason, Table, Term, Within, fingerprint};
use crate::report::CellId;
use crate::text::{Name, fold};

/// From this many terms on, zeros are left out of the arithmetic that is shown.
const MANY_TERMS: usize = 8;

/// Holds every relation that speaks of a table.
pub(super) fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    for equation in cx.schema.equations_of(table) {
        hold(cx, equation, out);
    }
}

fn hold(cx: &Context<'_>, equation: &Equation, out: &mut Outcome) {
    let (relation, instance) = (equation.relation, &equation.instance);
    let name = || fingerprint(relation.rule, &instance.name);
    if let Some(unknown) = cx.unknown(&equation.cells) {
        out.not_assessable(name(), unknown);
        return;
    }
    let empty = |term: &Term<CellId>| figure(cx, &term.operand) == Figure::Empty;
    if relation.skips_empty_right && instance.right.iter().any(empty) {
        return;
    }
    if beyond_reach(cx, &instance.left) || beyond_reach(cx, &instance.right) {
        return;
    }
    let (Some(left), Some(right)) = (side(cx, &instance.left), side(cx, &instance.right)) else {
        out.not_assessable(name(), equation.cells.clone());
        return;
    };
    if instance.operator.holds(left, right) {
        return;
    }
    let reason = reason(cx, &relation.reasons, left < right);
    let severity = match relation.less {
        Some(less) if left < right => less,
        _ if reason.is_some() => relation.severity.min(Severity::Warning),
        _ => relation.severity,
    };
    // An equation says what the total should be; an inequality, what the bound is.
    let (expected, actual) = match instance.operator {
        Operator::Equal => (left, right),
        Operator::AtMost | Operator::AtLeast => (right, left),
    };
    let said = Said {
        message: Name::of(relation.message.name),
        facts: facts(equation, left, right),
        reason,
    };
    out.drafts.push(Draft {
        instance: instance.name.clone(),
        cells: equation.cells.clone(),
        expected: Some(expected),
        actual: Some(actual),
        formula: Fact::Text(formula(cx, equation)),
        ..Draft::new(relation.rule, severity, said)
    });
}

/// The figure of an operand.
fn figure(cx: &Context<'_>, operand: &Operand<CellId>) -> Figure {
    match operand {
        Operand::Cell(cell) => cx.figure(*cell),
        Operand::Constant(value) | Operand::Claim { value, .. } => Figure::Number(*value),
        Operand::OtherYear { key, offset } => cx.elsewhere.figure(key, *offset),
    }
}

/// Whether a term speaks of a report that is not at hand: then there is nothing to judge.
fn beyond_reach(cx: &Context<'_>, terms: &[Term<CellId>]) -> bool {
    terms.iter().any(|term| {
        let other = matches!(term.operand, Operand::OtherYear { .. });
        other && matches!(figure(cx, &term.operand), Figure::Unknown(_))
    })
}

/// `None` where an operand is not known or the sum is too great for an exact decimal.
fn side(cx: &Context<'_>, terms: &[Term<CellId>]) -> Option<Decimal> {
    terms.iter().try_fold(Decimal::ZERO, |sum, term| {
        let value = match figure(cx, &term.operand) {
            Figure::Number(n) => n,
            Figure::Empty => Decimal::ZERO,
            Figure::Unknown(_) => return None,
        };
        sum.checked_add(term.factor.checked_mul(value)?)
    })
}

/// The arithmetic with figures, such as `55 + 3 = 57 + 1`; an empty cell is `_`.
fn formula(cx: &Context<'_>, equation: &Equation) -> String {
    let instance = &equation.instance;
    let operator = match instance.operator {
        Operator::Equal => "=",
        Operator::AtMost => "≤",
        Operator::AtLeast => "≥",
    };
    let (left, right) = (show(cx, &instance.left), show(cx, &instance.right));
    format!("{left} {operator} {right}")
}

fn show(cx: &Context<'_>, terms: &[Term<CellId>]) -> String {
    let many = terms.len() > MANY_TERMS;
    let mut shown = String::new();
    for term in terms {
        let (value, printed) = match figure(cx, &term.operand) {
            Figure::Number(value) if value.is_sign_negative() && !shown.is_empty() => {
                (value, format!("({value})"))
            }
            Figure::Number(value) => (value, value.to_string()),
            Figure::Empty => (Decimal::ZERO, "_".to_owned()),
            Figure::Unknown(_) => (Decimal::ZERO, "0".to_owned()),
        };
        if many && value.is_zero() {
            continue;
        }
        let minus = term.factor.is_sign_negative();
        shown.push_str(match (shown.is_empty(), minus) {
            (true, false) => "",
            (true, true) => "-",
            (false, false) => " + ",
            (false, true) => " - ",
        });
        let times = term.factor.abs();
        if times != Decimal::ONE {
            shown.push_str(&format!("{times} × "));
        }
        shown.push_str(&printed);
    }
    if shown.is_empty() {
        shown.push('0');
    }
    shown
}

/// What fills the places of a relation's message.
fn facts(equation: &Equation, left: Decimal, right: Decimal) -> Vec<(Name, Fact)> {
    let cells = |terms: &[Term<CellId>]| {
        let cell = |term: &Term<CellId>| match term.operand {
            Operand::Cell(cell) => Some(cell),
            _ => None,
        };
        Fact::Cells(terms.iter().filter_map(cell).collect())
    };
    let mut facts = vec![
        (Name::of("a"), cells(&equation.instance.left)),
        (Name::of("b"), cells(&equation.instance.right)),
        (Name::of("left"), Fact::Number(left.normalize())),
        (Name::of("right"), Fact::Number(right.normalize())),
        (
            Name::of("difference"),
            Fact::Number((left - right).abs().normalize()),
        ),
    ];
    if let Some(first) = equation.cells.first() {
        facts.push((Name::of("row"), Fact::Row(*first)));
        facts.push((Name::of("column"), Fact::Column(*first)));
    }
    facts
}

/// Why a difference may be no error, in so far as the report itself says so.
fn reason(cx: &Context<'_>, reasons: &[Reason], less: bool) -> Option<usize> {
    reasons.iter().position(|reason| {
        let place = match &reason.within {
            Within::Table(table) => cx.found(table).map(|t| t.span),
            Within::Section(part) => {
                let mut parts = cx.report.sections.iter();
                parts.find(|s| s.id == part.as_str()).map(|s| s.span)
            }
        };
        if reason.only_less && !less {
            return false;
        }
        place.is_some_and(|span| {
            let text = fold(span.of(&cx.document.text)).text;
            let stands = |word: &String| text.contains(word.as_str());
            reason.all.iter().all(stands) && reason.any.iter().any(stands)
        })
    })
}
