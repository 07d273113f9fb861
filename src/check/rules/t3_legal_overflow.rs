//! T3.LEGAL_OVERFLOW: applicants filed under 其他, a column that the form keeps for the rest.

use crate::check::context::{Context, Draft, Outcome};
use crate::check::rule::{On, Rule};
use crate::check::said::message;
use crate::check::{Fact, Figure, RuleId, Severity};
use crate::form::Table;
use crate::report::CellId;
use crate::text::Name;

pub(super) const RULE: Rule = Rule {
    id: ID,
    severity: Severity::Info,
    messages: &[Filed::MESSAGE],
    on: On::Table("t3", check),
    doc: DOC,
};

const ID: RuleId = RuleId::new(Name::of("T3.LEGAL_OVERFLOW"));

message! {
    /// Figures in the column for the rest.
    Filed { count, cell, value }
    zh "法人或其他组织的“其他”列有 {count} 格不为 0（{cell} 为 {value}），可核对申请人类型"
    en "{count} cells of the column for other organisations are not 0 ({cell} is {value}); the kind of applicant may be asked for"
}

fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    let rest = |cell: &CellId| {
        let place = cx.schema.place(*cell);
        place.is_some_and(|p| p.column.key == "other_org")
            && matches!(cx.figure(*cell), Figure::Number(n) if !n.is_zero())
    };
    let cells: Vec<CellId> = cx.schema.ids_of(table).filter(rest).collect();
    let Some(first) = cells.first() else {
        return;
    };
    let said = Filed {
        count: Fact::Count(cells.len()),
        cell: Fact::Cell(*first),
        value: Fact::Number(cx.number(*first).unwrap_or_default().normalize()),
    };
    out.drafts.push(Draft {
        cells,
        ..Draft::new(ID, Severity::Info, said)
    });
}

const DOC: &str = r#"
formula = "t3.*.other_org = 0"
forms = ["fmt_2019", "fmt_2021"]
zh.title = "申请人归入“其他”"
zh.what = "法人或其他组织的“其他”列有不为 0 的格。"
zh.why = "前四列已覆盖常见的组织，归入其他的可以核对是否分错类。"
zh.example = "本年新收：其他 1 件。"
zh.exceptions = "确属其他组织的。"
zh.source = "审核中的通常做法。"
en.title = "Applicants filed under other"
en.what = "The column for other organisations holds figures that are not 0."
en.why = "The four columns before it cover the usual organisations; what is filed under other may be in the wrong column."
en.example = "Newly received: 1 under other."
en.exceptions = "Organisations that are of no other kind."
en.source = "Customary in reviews."
[[example]]
form = "fmt_2021"
set = { "t3.new.other_org" = "2", "t3.new.total" = "2" }
finds = ["T3.LEGAL_OVERFLOW"]
[[example]]
form = "fmt_2021"
set = { "t3.new.commercial" = "2", "t3.new.total" = "2" }
finds = []
"#;
