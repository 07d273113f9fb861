//! T3.LEGAL_OVERFLOW: applicants filed under 其他, a column that the form keeps for the rest.

use super::super::context::{Context, Draft, Outcome};
use super::super::{Figure, Severity};
use crate::form::Table;
use crate::words::say;

const RULE: &str = "T3.LEGAL_OVERFLOW";

pub(super) fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    let fields: Vec<String> = table
        .keys()
        .into_iter()
        .filter(|k| k.ends_with(".other_org"))
        .filter(|k| matches!(cx.figure(k), Figure::Number(n) if !n.is_zero()))
        .collect();
    let Some(first) = fields.first() else {
        return;
    };
    let value = cx.number(first).unwrap_or_default();
    let message = say!(
        cx.lang,
        check_t3_legal_overflow,
        count = fields.len(),
        cell = super::super::name::cell(table, first, cx.lang),
        value = value.normalize()
    );
    out.drafts.push(Draft {
        fields,
        ..Draft::new(RULE, Severity::Info, message)
    });
}
