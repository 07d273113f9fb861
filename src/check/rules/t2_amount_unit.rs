//! T2.AMOUNT_UNIT: a procurement amount printed in another unit than 万元.

use rust_decimal::Decimal;

use super::super::context::{Context, Draft, Outcome};
use super::super::{Figure, Severity};
use crate::form::Table;
use crate::report::Status;
use crate::words::say;

const RULE: &str = "T2.AMOUNT_UNIT";
const KEY: &str = "t2.art20_9.procurement.amount_wan";

pub(super) fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    if table.find(KEY).is_none() {
        return;
    }
    let Some(slip) = Slip::at(cx, KEY) else {
        return;
    };
    let formula = slip.formula();
    out.drafts.push(Draft {
        fields: vec![KEY.to_owned()],
        expected: slip.converted,
        actual: slip.value,
        formula: formula.clone(),
        ..Draft::new(
            RULE,
            Severity::Warning,
            say!(cx.lang, check_t2_amount_unit, unit = slip.unit, formula),
        )
    });
}

/// An amount with another unit of money beside it than 万元. The unit stands there also where the
/// digits of the amount cannot be told from those of the cell before.
pub(super) struct Slip {
    pub value: Option<Decimal>,
    pub unit: String,
    /// In 万元.
    pub converted: Option<Decimal>,
}

impl Slip {
    pub fn at(cx: &Context<'_>, key: &str) -> Option<Self> {
        let cell = cx.cell(key)?;
        let value = match cell.figure {
            Figure::Number(value) => Some(value),
            Figure::Unknown(Status::Ambiguous) => None,
            _ => return None,
        };
        let unit = cell.field?.unit.clone()?;
        let converted = |by: fn(Decimal) -> Option<Decimal>| value.and_then(by);
        let converted = match unit.as_str() {
            "元" => converted(|v| v.checked_div(Decimal::from(10_000))),
            "千元" => converted(|v| v.checked_div(Decimal::from(10))),
            "亿元" => converted(|v| v.checked_mul(Decimal::from(10_000))),
            _ => return None,
        };
        Some(Self {
            value,
            unit,
            converted: converted.map(|c| c.normalize()),
        })
    }

    /// `251000元 = 25.1万元`
    pub fn formula(&self) -> String {
        match (self.value, self.converted) {
            (Some(value), Some(converted)) => format!("{value}{} = {converted}万元", self.unit),
            _ => format!("{} ≠ 万元", self.unit),
        }
    }
}
