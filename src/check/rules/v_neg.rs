//! V.NEG: a figure below zero where the form asks for no change.

use super::super::context::{Context, Draft, Outcome};
use super::super::{Figure, Severity, name};
use crate::form::{Table, ValueType};
use crate::words::say;

const RULE: &str = "V.NEG";

pub(super) fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    for key in table.keys() {
        let (Figure::Number(value), Some((_, row, column))) = (cx.figure(&key), table.find(&key))
        else {
            continue;
        };
        let signed = table.unit_and_type(row, column).1 == ValueType::SignedInteger;
        if signed || value.is_zero() || value.is_sign_positive() {
            continue;
        }
        let message = say!(
            cx.lang,
            check_v_neg,
            cell = name::cell(table, &key, cx.lang),
            value
        );
        out.drafts.push(Draft {
            instance: key.clone(),
            fields: vec![key],
            actual: Some(value),
            formula: format!("{value} < 0"),
            ..Draft::new(RULE, Severity::Error, message)
        });
    }
}
