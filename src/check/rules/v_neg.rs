//! V.NEG: a figure below zero where the form asks for no change.

use crate::check::context::{Context, Draft, Outcome};
use crate::check::rule::{On, Rule};
use crate::check::said::message;
use crate::check::{Fact, Figure, RuleId, Severity};
use crate::form::{Table, ValueType};
use crate::text::Name;

pub(super) const RULE: Rule = Rule {
    id: ID,
    severity: Severity::Error,
    messages: &[Negative::MESSAGE],
    on: On::EachTable(check),
    doc: DOC,
};

const ID: RuleId = RuleId::new(Name::of("V.NEG"));

message! {
    /// A count or amount below 0.
    Negative { cell, value }
    zh "{cell} 为 {value}，不应为负"
    en "{cell} is {value}, and should not be negative"
}

fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    for cell in cx.schema.ids_of(table) {
        let (Figure::Number(value), Some(def)) = (cx.figure(cell), cx.schema.cell(cell)) else {
            continue;
        };
        let signed = def.kind == ValueType::SignedInteger;
        if signed || value.is_zero() || value.is_sign_positive() {
            continue;
        }
        let said = Negative {
            cell: Fact::Cell(cell),
            value: Fact::Number(value),
        };
        out.drafts.push(Draft {
            instance: def.key.clone(),
            cells: vec![cell],
            actual: Some(value),
            formula: Fact::Text(format!("{value} < 0")),
            ..Draft::new(ID, Severity::Error, said)
        });
    }
}

const DOC: &str = r#"
formula = "no figure < 0 except *.change"
zh.title = "不应为负的数"
zh.what = "除本年增/减外，各格的数不小于 0。"
zh.why = "数量和金额不会为负。"
zh.example = "本年新收：-3。"
zh.exceptions = "本年增/减。"
zh.source = "各格式的单位和填报要求。"
en.title = "A figure below zero"
en.what = "No figure is below 0, except changes."
en.why = "Counts and amounts are not negative."
en.example = "Newly received: -3."
en.exceptions = "Changes of item counts (本年增/减)."
en.source = "Units and instructions of the forms."
[[example]]
form = "fmt_2021"
set = { "t2.art20_5.licensing.decisions" = "-3" }
finds = ["V.NEG@t2.art20_5.licensing.decisions"]
[[example]]
form = "fmt_2019"
set = { "t2.art20_5.licensing.prior_items" = "9", "t2.art20_5.licensing.change" = "-3", "t2.art20_5.licensing.decisions" = "1" }
finds = []
"#;
