//! Amounts with another unit of money beside them than 万元.

use rust_decimal::Decimal;

use crate::check::Figure;
use crate::check::context::Context;
use crate::report::{CellId, Status};
use crate::text::Name;

/// An amount with another unit of money beside it than 万元. The unit stands there also where the
/// digits of the amount cannot be told from those of the cell before.
pub(super) struct Slip {
    pub value: Option<Decimal>,
    pub unit: Name,
    /// In 万元.
    pub converted: Option<Decimal>,
}

impl Slip {
    pub fn at(cx: &Context<'_>, cell: CellId) -> Option<Self> {
        let value = match cx.figure(cell) {
            Figure::Number(value) => Some(value),
            Figure::Unknown(Status::Ambiguous) => None,
            _ => return None,
        };
        let unit = cx.field(cell)?.unit?;
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
