//! C.TABLE_MISSING: a table that the form asks for is not there, or is empty.

use crate::check::context::{Context, Draft, Outcome, first_line, named};
use crate::check::rule::{On, Rule};
use crate::check::said::message;
use crate::check::{Fact, RuleId, Severity};
use crate::form::Table;
use crate::report::{CellId, Status};
use crate::text::Name;

pub(super) const RULE: Rule = Rule {
    id: ID,
    severity: Severity::Error,
    messages: &[Missing::MESSAGE, AllMissing::MESSAGE, Empty::MESSAGE],
    on: On::Report(check),
    doc: DOC,
};

const ID: RuleId = RuleId::new(Name::of("C.TABLE_MISSING"));

message! {
    /// One table is not there.
    Missing { table }
    zh "缺少{table}"
    en "Missing: {table}"
}

message! {
    /// No table is there.
    AllMissing { tables }
    zh "没有规定的统计表：{tables}"
    en "The tables of the form are missing: {tables}"
}

message! {
    /// A table without one figure.
    Empty { table }
    zh "{table}是空的，一个数也没有"
    en "Empty, without a single figure: {table}"
}

fn check(cx: &Context<'_>, out: &mut Outcome) {
    let Some(form) = cx.asked() else {
        return;
    };
    let missing: Vec<&Table> = form
        .tables
        .iter()
        .filter(|t| !cx.has_table(&t.id))
        .collect();
    if cx.report.tables.is_empty() {
        if let Some(severity) = missing.iter().map(|t| t.missing).max() {
            let tables = Fact::Tables(missing.iter().map(|t| named(t)).collect());
            out.drafts
                .push(Draft::new(ID, severity, AllMissing { tables }));
        }
        return;
    }
    for table in missing {
        let said = Missing {
            table: Fact::Tables(vec![named(table)]),
        };
        let mut draft = Draft::new(ID, table.missing, said);
        draft.instance = table.id.as_str().to_owned();
        draft.place = cx.heading(&table.section);
        out.drafts.push(draft);
    }
    empty_tables(cx, out);
}

/// A table without one figure or mark. An empty cell means none, so one such table beside others
/// that are filled is only worth knowing; when all are, the report was not filled in.
fn empty_tables(cx: &Context<'_>, out: &mut Outcome) {
    let tables = cx.schema.tables();
    let here: Vec<&Table> = tables.filter(|t| cx.has_table(&t.id)).collect();
    let is_empty = |t: &&&Table| cx.schema.ids_of(t).all(|cell| is_unmarked(cx, cell));
    let empty: Vec<&Table> = here.iter().filter(is_empty).copied().collect();
    let all = empty.len() == here.len();
    for table in empty {
        let said = Empty {
            table: Fact::Tables(vec![named(table)]),
        };
        let severity = if all { table.missing } else { Severity::Info };
        let mut draft = Draft::new(ID, severity, said);
        draft.instance = table.id.as_str().to_owned();
        let found = cx.found(&table.id);
        draft.place = found.map(|f| first_line(&cx.document.text, f.span));
        out.drafts.push(draft);
    }
}

/// An empty cell without a dash or the like in it.
fn is_unmarked(cx: &Context<'_>, cell: CellId) -> bool {
    let raw = cx.field(cell).and_then(|f| f.raw.as_deref());
    match cx.status(cell) {
        Status::Missing => true,
        Status::Blank => raw.is_none_or(|r| r.trim().is_empty()),
        _ => false,
    }
}

const DOC: &str = r#"
formula = "every table of the form is there and not empty"
forms = ["ind_2014", "fmt_2019", "fmt_2021"]
zh.title = "缺表或空表"
zh.what = "格式规定的表（表二、三、四，或指标表）都在，并且填了数。"
zh.why = "表是报告的法定内容，缺了就无从核对和汇总。"
zh.example = "第四部分只有文字，没有表。"
zh.exceptions = "以图片贴出的表读不到。2014—2018 年的指标表是附件，缺了为警告；单独一张空表可能表示没有，只作提示。"
zh.source = "《中华人民共和国政府信息公开条例》（国务院令第711号）第四十九、五十条；国办公开办函〔2019〕60号、〔2021〕30号。"
en.title = "Table missing or empty"
en.what = "The tables of the form (2, 3 and 4, or the indicator table) are there and filled in."
en.why = "The tables are required by law; without them nothing can be checked or added up."
en.example = "Part four is prose without its table."
en.exceptions = "Tables put in as pictures cannot be read. The indicator table of 2014-2018 was an annex: a warning. One empty table alone may mean none: only worth knowing."
en.source = "Regulation (State Council Order 711) arts. 49-50; 国办公开办函〔2019〕60号 and 〔2021〕30号."
[[example]]
form = "fmt_2021"
given = ["without t4"]
finds = ["C.TABLE_MISSING@t4"]
[[example]]
form = "ind_2014"
given = ["without ind", "year 2016"]
finds = ["C.TABLE_MISSING"]
[[example]]
form = "fmt_2021"
finds = []
"#;
