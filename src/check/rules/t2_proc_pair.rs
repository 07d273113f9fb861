//! T2.PROC_PAIR: procurement projects without an amount, or an amount without projects.

use crate::check::context::{Context, Draft, Outcome};
use crate::check::rule::{On, Rule};
use crate::check::said::message;
use crate::check::{Fact, RuleId, Severity};
use crate::form::Table;
use crate::text::Name;

pub(super) const RULE: Rule = Rule {
    id: ID,
    severity: Severity::Warning,
    messages: &[OneIsZero::MESSAGE],
    on: On::Table("t2", check),
    doc: DOC,
};

const ID: RuleId = RuleId::new(Name::of("T2.PROC_PAIR"));

message! {
    /// One of the two is 0.
    OneIsZero { projects, amount }
    zh "政府集中采购：项目 {projects} 个，金额 {amount}，一个为 0 而另一个不为 0"
    en "Centralised procurement: {projects} projects and an amount of {amount}; one is 0 and the other is not"
}

fn check(cx: &Context<'_>, _table: &'static Table, out: &mut Outcome) {
    let (Some(first), Some(second)) = (
        cx.id("t2.art20_9.procurement.projects"),
        cx.id("t2.art20_9.procurement.amount_wan"),
    ) else {
        return;
    };
    let [projects, amount] = match cx.numbers([first, second]) {
        Ok(numbers) => numbers,
        Err(unknown) => return out.not_assessable(ID.as_str().to_owned(), unknown),
    };
    if projects.is_zero() == amount.is_zero() {
        return;
    }
    let said = OneIsZero {
        projects: Fact::Number(projects),
        amount: Fact::Number(amount),
    };
    out.drafts.push(Draft {
        cells: vec![first, second],
        formula: Fact::Text(format!("{projects} / {amount}")),
        ..Draft::new(ID, Severity::Warning, said)
    });
}

const DOC: &str = r#"
formula = "(t2.art20_9.procurement.projects = 0) <=> (amount_wan = 0)"
forms = ["fmt_2019"]
zh.title = "采购项目与金额应同时为 0"
zh.what = "采购项目数量为 0 时采购总金额也应为 0，反之亦然；空白按 0 计。"
zh.why = "有项目没有金额，或有金额没有项目，说明漏填了一格。"
zh.example = "采购项目 3 个，金额 0。"
zh.exceptions = "框架协议采购。"
zh.source = "表二两格的含义。"
en.title = "Procurement projects and amount go together"
en.what = "Where there are no projects the amount is 0, and the reverse; an empty cell counts as 0."
en.why = "Projects without an amount, or an amount without projects, mean that a cell was left out."
en.example = "3 projects, amount 0."
en.exceptions = "Framework purchases."
en.source = "The meaning of the two cells."
[[example]]
form = "fmt_2019"
set = { "t2.art20_9.procurement.projects" = "3" }
finds = ["T2.PROC_PAIR"]
[[example]]
form = "fmt_2019"
set = { "t2.art20_9.procurement.projects" = "3", "t2.art20_9.procurement.amount_wan" = "25.10" }
finds = []
"#;
