//! C.TEMPLATE_YEAR: a table of another form than the one that was due for the year.

use super::super::Severity;
use super::super::context::{Context, Draft, Outcome};
use super::c_sections::first_line;
use crate::form::{Form, by_id};
use crate::report::{FormId, TableFound};
use crate::words::{Lang, say};

const RULE: &str = "C.TEMPLATE_YEAR";

pub(super) fn check(cx: &Context<'_>, out: &mut Outcome) {
    let Some(year) = cx.report.year else {
        return;
    };
    let due = FormId::due(year);
    let wrong: Vec<&TableFound> = cx
        .report
        .tables
        .iter()
        .filter(|t| !is_due(t, due))
        .collect();
    // The report as a whole follows another form: one finding; else one for each odd table.
    if let Some(table) = wrong.iter().find(|t| t.form == cx.report.form) {
        out.drafts.push(draft(cx, year, due, table));
        return;
    }
    for table in wrong {
        let mut draft = draft(cx, year, due, table);
        draft.instance.clone_from(&table.table);
        out.drafts.push(draft);
    }
}

/// Whether a table is of the form due; table 4 is the same in both forms that have it.
fn is_due(table: &TableFound, due: FormId) -> bool {
    table.form == due || table.table == "t4" && matches!(due, FormId::Fmt2019 | FormId::Fmt2021)
}

fn draft(cx: &Context<'_>, year: u16, due: FormId, table: &TableFound) -> Draft {
    let lang = cx.lang;
    let name = |form: &'static Form| match lang {
        Lang::Zh => &form.name.zh,
        Lang::En => &form.name.en,
    };
    let label = by_id(table.form)
        .table(&table.table)
        .map_or("", |t| match lang {
            Lang::Zh => t.label.zh.as_str(),
            Lang::En => t.label.en.as_str(),
        });
    let message = say!(
        lang,
        check_c_template_year,
        year,
        table = label,
        stands = name(by_id(table.form)),
        due = name(by_id(due))
    );
    let mut draft = Draft::new(RULE, Severity::Error, message);
    draft.formula = format!("{} ≠ {due}", table.form);
    draft.place = Some(first_line(&cx.document.text, table.span));
    draft
}
