//! T2.AMOUNT_UNIT: a procurement amount printed in another unit than 万元.

use super::slip::Slip;
use crate::check::context::{Context, Draft, Outcome};
use crate::check::rule::{On, Rule};
use crate::check::said::message;
use crate::check::{Fact, RuleId, Severity};
use crate::form::Table;
use crate::text::Name;

pub(super) const RULE: Rule = Rule {
    id: ID,
    severity: Severity::Warning,
    messages: &[Printed::MESSAGE],
    on: On::Table("t2", check),
    doc: DOC,
};

const ID: RuleId = RuleId::new(Name::of("T2.AMOUNT_UNIT"));

message! {
    /// Another unit of money beside the amount.
    Printed { unit, formula }
    zh "采购总金额的单位应为万元，这里写的是{unit}：{formula}"
    en "The procurement amount is due in 万元 and printed in {unit}: {formula}"
}

fn check(cx: &Context<'_>, _table: &'static Table, out: &mut Outcome) {
    let Some(cell) = cx.id("t2.art20_9.procurement.amount_wan") else {
        return;
    };
    let Some(slip) = Slip::at(cx, cell) else {
        return;
    };
    let formula = Fact::Text(slip.formula());
    let said = Printed {
        unit: Fact::Text(slip.unit.as_str().to_owned()),
        formula: formula.clone(),
    };
    out.drafts.push(Draft {
        cells: vec![cell],
        expected: slip.converted,
        actual: slip.value,
        formula,
        ..Draft::new(ID, Severity::Warning, said)
    });
}

const DOC: &str = r#"
formula = "unit of t2.art20_9.procurement.amount_wan = 万元"
forms = ["fmt_2019"]
zh.title = "采购总金额的单位"
zh.what = "政府集中采购的采购总金额应以万元为单位；格内写元、千元或亿元的，换算后提示。"
zh.why = "单位不同的金额不能直接比较和汇总，差一万倍也不易看出。"
zh.example = "251000元，即 25.1 万元。"
zh.exceptions = "无；数和单位照原样保留。"
zh.source = "2019 年格式表二；真实报告中见到 251000元、77903.8万元。"
en.title = "Unit of the procurement amount"
en.what = "The amount of centralised procurement is due in 万元 (10,000 yuan); one printed in 元, 千元 or 亿元 is converted and reported."
en.why = "Amounts in different units cannot be compared or added, and a factor of ten thousand is easily overlooked."
en.example = "251000元, which is 25.1 万元."
en.exceptions = "None; figure and unit are kept as printed."
en.source = "Table 2 of the form of 2019; 251000元 and 77903.8万元 observed."
[[example]]
form = "fmt_2019"
set = { "t2.art20_9.procurement.projects" = "3", "t2.art20_9.procurement.amount_wan" = "251000" }
given = ["unit t2.art20_9.procurement.amount_wan 元"]
finds = ["T2.AMOUNT_UNIT"]
[[example]]
form = "fmt_2019"
set = { "t2.art20_9.procurement.projects" = "3", "t2.art20_9.procurement.amount_wan" = "25.1" }
finds = []
"#;
