//! V.INT: a count that is no whole number.

use crate::check::context::{Context, Draft, Outcome};
use crate::check::rule::{On, Rule};
use crate::check::said::message;
use crate::check::{Fact, Figure, RuleId, Severity};
use crate::form::{Table, ValueType};
use crate::text::Name;

pub(super) const RULE: Rule = Rule {
    id: ID,
    severity: Severity::Error,
    messages: &[NotWhole::MESSAGE],
    on: On::EachTable(check),
    doc: DOC,
};

const ID: RuleId = RuleId::new(Name::of("V.INT"));

message! {
    /// A count with a fraction.
    NotWhole { cell, value }
    zh "{cell} 为 {value}，应为整数"
    en "{cell} is {value}, and should be a whole number"
}

fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    for cell in cx.schema.ids_of(table) {
        let (Figure::Number(value), Some(def)) = (cx.figure(cell), cx.schema.cell(cell)) else {
            continue;
        };
        if def.kind == ValueType::Decimal || value.fract().is_zero() {
            continue;
        }
        let said = NotWhole {
            cell: Fact::Cell(cell),
            value: Fact::Number(value),
        };
        out.drafts.push(Draft {
            instance: def.key.clone(),
            cells: vec![cell],
            actual: Some(value),
            formula: Fact::Text(value.to_string()),
            ..Draft::new(ID, Severity::Error, said)
        });
    }
}

const DOC: &str = r#"
formula = "every count is a whole number"
zh.title = "计数不是整数"
zh.what = "件、条、次、项、个、人、人次等计数应为整数。"
zh.why = "半件申请不存在；小数多半是抄错或填错了格。"
zh.example = "予以公开：2.5 件。"
zh.exceptions = "金额（万元）可以有小数；本年增/减可以带符号。"
zh.source = "各格式的单位和填报要求。"
en.title = "A count that is no whole number"
en.what = "Counts of cases, items, times and people are whole numbers."
en.why = "There is no half request; a fraction is a slip or stands in the wrong cell."
en.example = "Disclosed in full: 2.5."
en.exceptions = "Amounts (万元) may have decimals; changes may have a sign."
en.source = "Units and instructions of the forms."
[[example]]
form = "fmt_2021"
set = { "t4.review.upheld" = "1.5", "t4.review.total" = "1.5" }
finds = ["V.INT@t4.review.upheld", "V.INT@t4.review.total"]
[[example]]
form = "fmt_2021"
set = { "t2.art20_8.fees.amount_wan" = "1.5", "t4.review.upheld" = "2.0", "t4.review.total" = "2" }
finds = []
"#;
