//! Relations of the forms held against a report's figures.

use rust_decimal::Decimal;

use super::context::{Context, Draft, Outcome};
use super::{Figure, Severity, name};
use crate::form::{Instance, Operand, Operator, Relation, Table, Term, by_id};
use crate::words::say;

/// From this many terms on, zeros are left out of the arithmetic that is shown.
const MANY_TERMS: usize = 8;

/// Holds every relation of a table's form that speaks of the table.
pub(super) fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    for relation in &by_id(table.form).relations {
        for instance in &relation.instances {
            let own = instance
                .keys()
                .iter()
                .all(|k| k.split('.').next() == Some(&table.id));
            if own {
                hold(cx, table, relation, instance, out);
            }
        }
    }
}

fn hold(
    cx: &Context<'_>,
    table: &'static Table,
    relation: &'static Relation,
    instance: &'static Instance,
    out: &mut Outcome,
) {
    let keys = instance.keys();
    if let Some(unknown) = cx.unknown(&keys) {
        out.not_assessable(instance.fingerprint(&relation.rule), unknown);
        return;
    }
    if relation.rule == "T3.ROW" && total_is_blank(cx, instance) {
        return; // T3.TOTAL_BLANK speaks of it
    }
    let (Some(left), Some(right)) = (side(cx, &instance.left), side(cx, &instance.right)) else {
        out.not_assessable(
            instance.fingerprint(&relation.rule),
            keys.iter().map(|k| (*k).to_owned()).collect(),
        );
        return;
    };
    let holds = match instance.operator {
        Operator::Equal => left == right,
        Operator::AtMost => left <= right,
        Operator::AtLeast => left >= right,
    };
    if holds {
        return;
    }
    let note = explanation(cx, &relation.rule, left, right);
    let severity = match relation.less {
        Some(less) if left < right => less,
        _ if note.is_some() => relation.severity.min(Severity::Warning),
        _ => relation.severity,
    };
    // An equation says what the total should be; an inequality, what the bound is.
    let (expected, actual) = match instance.operator {
        Operator::Equal => (left, right),
        Operator::AtMost | Operator::AtLeast => (right, left),
    };
    out.drafts.push(Draft {
        instance: instance.name.clone(),
        message: format!(
            "{}{}",
            message(cx, table, relation, instance, left, right),
            note.unwrap_or_default()
        ),
        fields: keys.iter().map(|k| (*k).to_owned()).collect(),
        expected: Some(expected),
        actual: Some(actual),
        formula: formula(cx, instance),
        ..Draft::new(&relation.rule, severity, String::new())
    });
}

fn total_is_blank(cx: &Context<'_>, instance: &Instance) -> bool {
    instance.right.iter().any(|term| match &term.operand {
        Operand::Cell(key) => cx.figure(key) == Figure::Empty,
        _ => false,
    })
}

fn value(cx: &Context<'_>, operand: &Operand) -> Option<Decimal> {
    match operand {
        Operand::Cell(key) => cx.number(key),
        Operand::Constant(n) => Some(*n),
        Operand::Claim { value, .. } => Some(*value),
        Operand::OtherYear { .. } => None, // needs another report
    }
}

/// `None` where an operand is not known or the sum is too great for an exact decimal.
fn side(cx: &Context<'_>, terms: &[Term]) -> Option<Decimal> {
    terms.iter().try_fold(Decimal::ZERO, |sum, term| {
        sum.checked_add(term.factor.checked_mul(value(cx, &term.operand)?)?)
    })
}

/// The arithmetic with figures, such as `55 + 3 = 57 + 1`; an empty cell is `_`.
pub(super) fn formula(cx: &Context<'_>, instance: &Instance) -> String {
    let operator = match instance.operator {
        Operator::Equal => "=",
        Operator::AtMost => "≤",
        Operator::AtLeast => "≥",
    };
    let (left, right) = (show(cx, &instance.left), show(cx, &instance.right));
    format!("{left} {operator} {right}")
}

fn show(cx: &Context<'_>, terms: &[Term]) -> String {
    let many = terms.len() > MANY_TERMS;
    let mut shown = String::new();
    for term in terms {
        let value = value(cx, &term.operand).unwrap_or_default();
        if many && value.is_zero() {
            continue;
        }
        let figure = match &term.operand {
            Operand::Cell(key) if cx.figure(key) == Figure::Empty => "_".to_owned(),
            _ if value.is_sign_negative() && !shown.is_empty() => format!("({value})"),
            _ => value.to_string(),
        };
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
        shown.push_str(&figure);
    }
    if shown.is_empty() {
        shown.push('0');
    }
    shown
}

/// One sentence that names the relation, the row or column in the form's words, and by how much
/// it is missed.
fn message(
    cx: &Context<'_>,
    table: &Table,
    relation: &Relation,
    instance: &Instance,
    left: Decimal,
    right: Decimal,
) -> String {
    let lang = cx.lang;
    let cells = |terms: &[Term]| {
        let keys = terms.iter().filter_map(|t| match &t.operand {
            Operand::Cell(key) => Some(key.as_str()),
            _ => None,
        });
        name::cells(&cx.tables, keys, lang)
    };
    let found = instance.keys().first().and_then(|key| table.find(key));
    let row = found.map_or_else(String::new, |(_, r, _)| name::row(r, lang));
    let column = found.map_or_else(String::new, |(_, _, c)| name::column(c, lang));
    let difference = (left - right).abs().normalize();
    let (a, b) = (cells(&instance.left), cells(&instance.right));
    let (left, right) = (left.normalize(), right.normalize());
    match relation.rule.as_str() {
        "T3.ROW" => say!(lang, check_t3_row, row, left, right, difference),
        "T3.COL" => say!(lang, check_t3_col, column, left, right, difference),
        "T3.BAL" => say!(lang, check_t3_bal, column, left, right, difference),
        "T4.SUM" => say!(lang, check_t4_sum, row, left, right, difference),
        "T2.IMPLIED_PRIOR" => say!(lang, check_t2_implied_prior, row, left),
        "T2.ITEMS_NONNEG" => say!(lang, check_t2_items_nonneg, row, left),
        "IND.CHANNEL_COVER" => say!(lang, check_ind_channel_cover, left, right, difference),
        "IND.RESPONSE_COVER" => say!(lang, check_ind_response_cover, left, right, difference),
        _ => match instance.operator {
            Operator::Equal => say!(lang, check_parts_and_whole, b, left, right, difference),
            Operator::AtMost => say!(lang, check_at_most, a, left, b, right, difference),
            Operator::AtLeast => say!(lang, check_at_least, a, left, b, right, difference),
        },
    }
}

/// Why a difference may be no error, in so far as the report itself says so.
fn explanation(cx: &Context<'_>, rule: &str, left: Decimal, right: Decimal) -> Option<String> {
    let lang = cx.lang;
    let folded = |span: crate::text::Span| crate::text::fold(span.of(&cx.document.text)).text;
    match rule {
        // Some organs added channels of their own to the form.
        "IND.RECV" if left < right => {
            let own = [
                "其他申请",
                "其他方式申请",
                "其他形式申请",
                "电子邮件",
                "邮件申请",
            ];
            let table = cx.report.tables.iter().find(|t| t.table == "ind")?;
            let text = folded(table.span);
            own.iter()
                .any(|w| text.contains(w))
                .then(|| say!(lang, check_note_own_channel).to_owned())
        }
        // Requests that came or went with a reorganisation; the report must say so in part six.
        "T3.BAL" => {
            let part = cx.report.sections.iter().find(|s| s.id == "s6")?;
            let text = folded(part.span);
            let moved = ["机构改革", "职能划转", "职能调整", "划转", "移交"];
            (text.contains("申请") && moved.iter().any(|w| text.contains(w)))
                .then(|| say!(lang, check_note_reorganised).to_owned())
        }
        _ => None,
    }
}
