//! T2.AMOUNT_UNIT: a procurement amount printed in another unit than 万元.

use super::super::Severity;
use super::super::context::{Context, Draft, Outcome};
use crate::form::Table;
use crate::i18n::fill;
use rust_decimal::Decimal;

const RULE: &str = "T2.AMOUNT_UNIT";
const KEY: &str = "t2.art20_9.procurement.amount_wan";

pub(super) fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    if table.find(KEY).is_none() {
        return;
    }
    let Some((value, unit)) = printed(cx, KEY) else {
        return;
    };
    let Some(converted) = in_wan(value, &unit) else {
        return;
    };
    let formula = format!("{value}{unit} = {converted}万元");
    out.drafts.push(Draft {
        fields: vec![KEY.to_owned()],
        expected: Some(converted),
        actual: Some(value),
        formula: formula.clone(),
        ..Draft::new(
            RULE,
            Severity::Warning,
            fill(
                cx.lang,
                "check_t2_amount_unit",
                &[("unit", &unit), ("formula", &formula)],
            ),
        )
    });
}

/// The figure of a cell and the unit printed beside it.
pub(super) fn printed(cx: &Context<'_>, key: &str) -> Option<(Decimal, String)> {
    let cell = cx.cell(key)?;
    let super::super::Figure::Number(value) = cell.figure else {
        return None;
    };
    let unit = cell.field?.unit.clone()?;
    Some((value, unit))
}

/// The amount in 万元; `None` where it is in 万元 already, or in no unit of money.
pub(super) fn in_wan(value: Decimal, unit: &str) -> Option<Decimal> {
    let converted = match unit {
        "元" => value.checked_div(Decimal::from(10_000)),
        "千元" => value.checked_div(Decimal::from(10)),
        "亿元" => value.checked_mul(Decimal::from(10_000)),
        _ => None,
    };
    converted.map(|c| c.normalize())
}
