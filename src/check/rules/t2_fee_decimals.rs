//! T2.FEE_DECIMALS: fees collected with more decimals than money has, or a suspiciously long
//! whole number.

use rust_decimal::Decimal;

use super::super::context::{Context, Draft, Outcome};
use super::super::{Figure, Severity};
use crate::form::Table;
use crate::words::say;

const RULE: &str = "T2.FEE_DECIMALS";
const KEY: &str = "t2.art20_8.fees.amount_wan";
/// 万元 with six decimals is 分, the smallest unit of money.
const DECIMALS: u32 = 6;

pub(super) fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    if table.find(KEY).is_none() {
        return;
    }
    let Figure::Number(value) = cx.figure(KEY) else {
        return;
    };
    let long = value.fract().is_zero() && value >= Decimal::from(100_000_000);
    if value.normalize().scale() <= DECIMALS && !long {
        return;
    }
    out.drafts.push(Draft {
        fields: vec![KEY.to_owned()],
        actual: Some(value),
        formula: value.to_string(),
        ..Draft::new(
            RULE,
            Severity::Info,
            say!(cx.lang, check_t2_fee_decimals, value),
        )
    });
}
