//! T2.FEE_UNIT: fees collected that are probably in 元 instead of 万元. The comparison with peers
//! needs other reports and is not made here.

use rust_decimal::Decimal;

use super::super::Severity;
use super::super::context::{Context, Draft, Outcome};
use super::t2_amount_unit::{in_wan, printed};
use crate::form::Table;
use crate::i18n::fill;

const RULE: &str = "T2.FEE_UNIT";
const KEY: &str = "t2.art20_8.fees.amount_wan";

pub(super) fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    if table.find(KEY).is_none() {
        return;
    }
    let lang = cx.lang;
    let Some((value, unit)) = printed(cx, KEY) else {
        return;
    };
    let most = Decimal::from(10_000_000);
    let (message, expected, formula) = match in_wan(value, &unit) {
        Some(converted) => {
            let formula = format!("{value}{unit} = {converted}万元");
            let message = fill(
                lang,
                "check_t2_fee_unit_printed",
                &[("unit", &unit), ("formula", &formula)],
            );
            (message, Some(converted), formula)
        }
        None if value > most => {
            let message = fill(lang, "check_t2_fee_unit_large", &[("value", &value)]);
            (message, None, format!("{value} > {most}"))
        }
        None => return,
    };
    out.drafts.push(Draft {
        fields: vec![KEY.to_owned()],
        expected,
        actual: Some(value),
        formula,
        ..Draft::new(RULE, Severity::Warning, message)
    });
}
