//! T2.FEE_UNIT: fees collected that are probably in 元 instead of 万元. The comparison with peers
//! needs other reports and is not made here.

use rust_decimal::Decimal;

use super::slip::Slip;
use crate::check::context::{Context, Draft, Outcome};
use crate::check::rule::{On, Rule};
use crate::check::said::message;
use crate::check::{Fact, Figure, RuleId, Severity};
use crate::form::Table;
use crate::text::Name;

pub(super) const RULE: Rule = Rule {
    id: ID,
    severity: Severity::Warning,
    messages: &[Printed::MESSAGE, Large::MESSAGE],
    on: On::Table("t2", check),
    doc: DOC,
};

const ID: RuleId = RuleId::new(Name::of("T2.FEE_UNIT"));

message! {
    /// Another unit of money beside the amount.
    Printed { unit, formula }
    zh "本年收费金额的单位应为万元，这里写的是{unit}：{formula}"
    en "The fees collected are due in 万元 and printed in {unit}: {formula}"
}

message! {
    /// More than any province collects.
    Large { value }
    zh "本年收费金额 {value} 万元大得不合常理，可能是以元为单位填写的"
    en "Fees of {value} 万元 are beyond reason; the figure may be in 元"
}

/// 万元; provinces reach a hundredth of it.
const MOST: u32 = 10_000_000;

fn check(cx: &Context<'_>, _table: &'static Table, out: &mut Outcome) {
    let Some(cell) = cx.id("t2.art20_8.fees.amount_wan") else {
        return;
    };
    let draft = if let Some(slip) = Slip::at(cx, cell) {
        let formula = Fact::Text(slip.formula());
        let said = Printed {
            unit: Fact::Text(slip.unit.as_str().to_owned()),
            formula: formula.clone(),
        };
        Draft {
            expected: slip.converted,
            actual: slip.value,
            formula,
            ..Draft::new(ID, Severity::Warning, said)
        }
    } else {
        let Figure::Number(value) = cx.figure(cell) else {
            return;
        };
        let most = Decimal::from(MOST);
        if value <= most {
            return;
        }
        let said = Large {
            value: Fact::Number(value),
        };
        Draft {
            actual: Some(value),
            formula: Fact::Text(format!("{value} > {most}")),
            ..Draft::new(ID, Severity::Warning, said)
        }
    };
    out.drafts.push(Draft {
        cells: vec![cell],
        ..draft
    });
}

const DOC: &str = r#"
formula = "unit of t2.art20_8.fees.amount_wan = 万元 and amount_wan <= 10000000"
forms = ["fmt_2021"]
zh.title = "收费金额可能以元为单位"
zh.what = "行政事业性收费的本年收费金额应以万元为单位；格内写了元，或大于一千万（万元）的，提示。"
zh.why = "以元填写会使金额大一万倍，汇总时尤其有害。"
zh.example = "格内写 251000元，即 25.1 万元。"
zh.exceptions = "省级金额可达十万（万元）以上；与同级机关的比较要有别的报告，这里不做。"
zh.source = "2021 年格式表二；真实报告中见到以元填写的金额。"
en.title = "Fees probably in yuan"
en.what = "Fees collected are due in 万元 (10,000 yuan); a figure with 元 beside it, or one above ten million, is reported."
en.why = "Yuan in this cell make the amount ten thousand times too large, which spoils every total."
en.example = "The cell says 251000元, which is 25.1 万元."
en.exceptions = "Provinces reach 100,000 万元; the comparison with peers needs other reports and is not made here."
en.source = "Table 2 of the form of 2021; amounts in yuan observed."
[[example]]
form = "fmt_2021"
set = { "t2.art20_8.fees.amount_wan" = "251000" }
given = ["unit t2.art20_8.fees.amount_wan 元"]
finds = ["T2.FEE_UNIT"]
[[example]]
form = "fmt_2021"
set = { "t2.art20_8.fees.amount_wan" = "23456789" }
finds = ["T2.FEE_UNIT"]
[[example]]
form = "fmt_2021"
set = { "t2.art20_8.fees.amount_wan" = "96171.60" }
finds = []
"#;
