//! T2.FEE_UNIT: fees collected that are probably in 元 instead of 万元. The comparison with peers
//! needs other reports and is not made here.

use rust_decimal::Decimal;

use super::super::context::{Context, Draft, Outcome};
use super::super::{Figure, Severity};
use super::t2_amount_unit::Slip;
use crate::form::Table;
use crate::words::say;

const RULE: &str = "T2.FEE_UNIT";
const KEY: &str = "t2.art20_8.fees.amount_wan";
/// 万元; provinces reach a hundredth of it.
const MOST: u32 = 10_000_000;

pub(super) fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    if table.find(KEY).is_none() {
        return;
    }
    let lang = cx.lang;
    let draft = if let Some(slip) = Slip::at(cx, KEY) {
        let formula = slip.formula();
        let message = say!(lang, check_t2_fee_unit_printed, unit = slip.unit, formula);
        Draft {
            expected: slip.converted,
            actual: slip.value,
            formula,
            ..Draft::new(RULE, Severity::Warning, message)
        }
    } else {
        let Figure::Number(value) = cx.figure(KEY) else {
            return;
        };
        let most = Decimal::from(MOST);
        if value <= most {
            return;
        }
        let message = say!(lang, check_t2_fee_unit_large, value);
        Draft {
            actual: Some(value),
            formula: format!("{value} > {most}"),
            ..Draft::new(RULE, Severity::Warning, message)
        }
    };
    out.drafts.push(Draft {
        fields: vec![KEY.to_owned()],
        ..draft
    });
}
