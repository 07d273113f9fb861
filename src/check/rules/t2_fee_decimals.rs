//! T2.FEE_DECIMALS: fees collected with more decimals than money has, or a suspiciously long
//! whole number.

use rust_decimal::Decimal;

use crate::check::context::{Context, Draft, Outcome};
use crate::check::rule::{On, Rule};
use crate::check::said::message;
use crate::check::{Fact, Figure, RuleId, Severity};
use crate::form::Table;
use crate::text::Name;

pub(super) const RULE: Rule = Rule {
    id: ID,
    severity: Severity::Info,
    messages: &[Strange::MESSAGE],
    on: On::Table("t2", check),
    doc: DOC,
};

const ID: RuleId = RuleId::new(Name::of("T2.FEE_DECIMALS"));

message! {
    /// More digits than money has.
    Strange { value }
    zh "本年收费金额 {value} 的位数不合常理"
    en "Fees of {value} have a strange precision"
}

/// 万元 with six decimals is 分, the smallest unit of money.
const DECIMALS: u32 = 6;

fn check(cx: &Context<'_>, _table: &'static Table, out: &mut Outcome) {
    let Some(cell) = cx.id("t2.art20_8.fees.amount_wan") else {
        return;
    };
    let Figure::Number(value) = cx.figure(cell) else {
        return;
    };
    let long = value.fract().is_zero() && value >= Decimal::from(100_000_000);
    if value.normalize().scale() <= DECIMALS && !long {
        return;
    }
    let said = Strange {
        value: Fact::Number(value),
    };
    out.drafts.push(Draft {
        cells: vec![cell],
        actual: Some(value),
        formula: Fact::Text(value.to_string()),
        ..Draft::new(ID, Severity::Info, said)
    });
}

const DOC: &str = r#"
formula = "t2.art20_8.fees.amount_wan has at most 6 decimals and is no whole number >= 100000000"
forms = ["fmt_2021"]
zh.title = "收费金额的位数"
zh.what = "本年收费金额的小数多于六位，或是一亿以上的整数。"
zh.why = "万元为单位时六位小数已经到分；更多的位数多半是抄错或换算错。"
zh.example = "1.2345678。"
zh.exceptions = "四位小数（到元）是正常的。"
zh.source = "真实报告中见到 59237.2449 一类的数。"
en.title = "Strange precision"
en.what = "Fees collected have more than six decimals, or are a whole number of a hundred million and more."
en.why = "Six decimals of 万元 are the smallest coin; more of them come from a slip or a wrong conversion."
en.example = "1.2345678."
en.exceptions = "Four decimals (yuan) are normal."
en.source = "Figures such as 59237.2449 observed."
[[example]]
form = "fmt_2021"
set = { "t2.art20_8.fees.amount_wan" = "1.2345678" }
finds = ["T2.FEE_DECIMALS"]
[[example]]
form = "fmt_2021"
set = { "t2.art20_8.fees.amount_wan" = "1.234567" }
finds = []
"#;
