//! V.INT: a count that is no whole number.

use super::super::context::{Context, Draft, Outcome};
use super::super::{Figure, Severity, name};
use crate::form::{Table, ValueType};
use crate::words::say;

const RULE: &str = "V.INT";

pub(super) fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    for key in table.keys() {
        let (Figure::Number(value), Some((_, row, column))) = (cx.figure(&key), table.find(&key))
        else {
            continue;
        };
        if table.unit_and_type(row, column).1 == ValueType::Decimal || value.fract().is_zero() {
            continue;
        }
        let message = say!(
            cx.lang,
            check_v_int,
            cell = name::cell(table, &key, cx.lang),
            value
        );
        out.drafts.push(Draft {
            instance: key.clone(),
            fields: vec![key],
            actual: Some(value),
            formula: value.to_string(),
            ..Draft::new(RULE, Severity::Error, message)
        });
    }
}
