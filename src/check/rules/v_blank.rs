//! V.BLANK: a table that leaves some cells empty and writes 0 in others. One finding a table.

use crate::check::context::{Context, Draft, Outcome};
use crate::check::rule::{On, Rule};
use crate::check::said::message;
use crate::check::{Fact, Figure, RuleId, Severity};
use crate::form::Table;
use crate::report::Status;
use crate::text::Name;

pub(super) const RULE: Rule = Rule {
    id: ID,
    severity: Severity::Info,
    messages: &[Mixed::MESSAGE],
    on: On::EachTable(check),
    doc: DOC,
};

const ID: RuleId = RuleId::new(Name::of("V.BLANK"));

message! {
    /// Two ways of writing nothing.
    Mixed { table, blanks, zeros }
    zh "“{table}”的表有的格空着（{blanks} 格），有的格写 0（{zeros} 格），写法不一"
    en "The table “{table}” leaves {blanks} cells empty and writes 0 in {zeros}"
}

fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    let ids = || cx.schema.ids_of(table);
    let zero = |cell: &_| matches!(cx.figure(*cell), Figure::Number(n) if n.is_zero());
    let zeros = ids().filter(zero).count();
    let blanks: Vec<_> = ids().filter(|c| cx.status(*c) == Status::Blank).collect();
    if zeros == 0 || blanks.is_empty() {
        return;
    }
    let said = Mixed {
        table: Fact::Table(table.form, table.id),
        blanks: Fact::Count(blanks.len()),
        zeros: Fact::Count(zeros),
    };
    out.drafts.push(Draft {
        instance: table.id.as_str().to_owned(),
        cells: blanks,
        ..Draft::new(ID, Severity::Info, said)
    });
}

const DOC: &str = r#"
formula = "a table does not mix empty cells and zeros"
zh.title = "空白与 0 混用"
zh.what = "同一张表里有的格空着，有的格写 0。"
zh.why = "空白通常表示没有，但也可能是漏填；写法统一才看得出来。"
zh.example = "五类法人各列全空，其余各格写 0。"
zh.exceptions = "有的地方规定没有数时留空。"
zh.source = "地方统计填报规定。"
en.title = "Empty cells and zeros mixed"
en.what = "A table leaves some cells empty and writes 0 in others."
en.why = "Empty usually means none, but may be an omission; one style would tell."
en.example = "The five columns of organisations are empty, all other cells say 0."
en.exceptions = "Local rules that say to leave cells empty where there is nothing."
en.source = "Local instructions for the statistics."
[[example]]
form = "fmt_2021"
set = { "t4.review.upheld" = "" }
finds = ["V.BLANK@t4"]
[[example]]
form = "fmt_2021"
finds = []
"#;
