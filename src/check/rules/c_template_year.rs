//! C.TEMPLATE_YEAR: a table of another form than the one that was due for the year.

use crate::check::context::{Context, Draft, Outcome, first_line};
use crate::check::rule::{On, Rule};
use crate::check::said::message;
use crate::check::{Fact, RuleId, Severity};
use crate::report::{FormId, TableFound};
use crate::text::Name;

pub(super) const RULE: Rule = Rule {
    id: ID,
    severity: Severity::Error,
    messages: &[OtherForm::MESSAGE],
    on: On::Report(check),
    doc: DOC,
};

const ID: RuleId = RuleId::new(Name::of("C.TEMPLATE_YEAR"));

message! {
    /// A table of another form.
    OtherForm { year, due, table, stands }
    zh "{year} 年度应使用 {due}，而“{table}”是 {stands}"
    en "For {year} the {due} was due; “{table}” is of the {stands}"
}

fn check(cx: &Context<'_>, out: &mut Outcome) {
    let Some(year) = cx.report.year else {
        return;
    };
    let due = cx.schema.forms().due(year);
    let tables = cx.report.tables.iter();
    let wrong: Vec<&TableFound> = tables.filter(|t| !is_due(cx, t, due)).collect();
    // The report as a whole follows another form: one finding; else one for each odd table.
    if let Some(table) = wrong.iter().find(|t| t.form == cx.report.form()) {
        out.drafts.push(draft(cx, year, due, table));
        return;
    }
    for table in wrong {
        let mut draft = draft(cx, year, due, table);
        draft.instance = table.table.as_str().to_owned();
        out.drafts.push(draft);
    }
}

/// Whether a table is of the form due, or like its table: table 4 is the same in both forms that
/// have it.
fn is_due(cx: &Context<'_>, found: &TableFound, due: FormId) -> bool {
    let forms = cx.schema.forms();
    let theirs = forms.table(found.form, &found.table);
    let like = || theirs.zip(forms.table(due, &found.table));
    found.form == due || like().is_some_and(|(theirs, own)| theirs.is_like(own))
}

fn draft(cx: &Context<'_>, year: u16, due: FormId, found: &TableFound) -> Draft {
    let said = OtherForm {
        year: Fact::Count(year.into()),
        table: Fact::Table(found.form, found.table),
        stands: Fact::Form(found.form),
        due: Fact::Form(due),
    };
    let mut draft = Draft::new(ID, Severity::Error, said);
    draft.formula = Fact::Text(format!("{} ≠ {due}", found.form));
    draft.place = Some(first_line(&cx.document.text, found.span));
    draft
}

const DOC: &str = r#"
formula = "form of each table = form due for report.year: to 2013 free_2008, 2014-2018 ind_2014, 2019-2020 fmt_2019, from 2021 fmt_2021"
zh.title = "格式与年度不符"
zh.what = "报告中的表应是当年规定的格式：2014—2018 年指标表，2019、2020 年用 2019 年格式，2021 年起用 2021 年格式。"
zh.why = "用错格式，缺的行列无法补出，也不能与其他机关汇总。"
zh.example = "2024 年度的报告用了 2019 年格式的表三（其他处理只有一行）。"
zh.exceptions = "试点地区。没有表的由 C.TABLE_MISSING 提示。"
zh.source = "《中华人民共和国政府信息公开条例》（国务院令第711号）第四十九、五十条；国办公开办函〔2019〕60号、〔2021〕30号。"
en.title = "Wrong form for the year"
en.what = "Each table is of the form due for the year: the indicator table for 2014-2018, the form of 2019 for 2019 and 2020, that of 2021 from then on."
en.why = "Rows that the wrong form lacks cannot be made up, nor added to those of other organs."
en.example = "A report on 2024 with table 3 of the form of 2019 (other handling in a single row)."
en.exceptions = "Pilots. A report without any table is left to C.TABLE_MISSING."
en.source = "Regulation (State Council Order 711) arts. 49-50; 国办公开办函〔2019〕60号 and 〔2021〕30号."
[[example]]
form = "fmt_2019"
given = ["year 2022"]
finds = ["C.TEMPLATE_YEAR"]
[[example]]
form = "fmt_2019"
given = ["year 2020"]
finds = []
"#;
