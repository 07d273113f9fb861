//! C.TABLE_MISSING: a table that the form asks for is not there, or is empty.

use super::super::Severity;
use super::super::context::{Context, Draft, Outcome};
use super::c_sections::{first_line, heading};
use crate::form::{Table, by_id};
use crate::report::{FormId, Status};
use crate::words::{Lang, say};

const RULE: &str = "C.TABLE_MISSING";

pub(super) fn check(cx: &Context<'_>, out: &mut Outcome) {
    let none = cx.report.tables.is_empty();
    let form = if none {
        cx.report.year.map_or(cx.report.form, FormId::due)
    } else {
        cx.report.form
    };
    let asked = &by_id(form).tables;
    // The indicator table was reported upward and only annexed to the report.
    let severity = if form == FormId::Ind2014 {
        Severity::Warning
    } else {
        Severity::Error
    };
    let missing: Vec<&Table> = asked.iter().filter(|t| !cx.has_table(&t.id)).collect();
    if none && !missing.is_empty() {
        let tables = missing
            .iter()
            .map(|t| label(t, cx.lang))
            .collect::<Vec<_>>()
            .join(match cx.lang {
                Lang::Zh => "；",
                Lang::En => "; ",
            });
        let message = say!(cx.lang, check_c_table_missing_all, tables);
        out.drafts.push(Draft::new(RULE, severity, message));
        return;
    }
    for table in missing {
        let message = say!(
            cx.lang,
            check_c_table_missing,
            table = label(table, cx.lang)
        );
        let mut draft = Draft::new(RULE, severity, message);
        draft.instance.clone_from(&table.id);
        draft.place = cx
            .report
            .sections
            .iter()
            .find(|s| s.id == table.section)
            .map(|s| heading(cx, s));
        out.drafts.push(draft);
    }
    empty_tables(cx, severity, out);
}

/// A table without one figure or mark. An empty cell means none, so one such table beside others
/// that are filled is only worth knowing; when all are, the report was not filled in.
fn empty_tables(cx: &Context<'_>, severity: Severity, out: &mut Outcome) {
    let here: Vec<&Table> = cx
        .tables
        .iter()
        .copied()
        .filter(|t| cx.has_table(&t.id))
        .collect();
    let empty: Vec<&Table> = here
        .iter()
        .copied()
        .filter(|t| t.keys().iter().all(|k| is_unmarked(cx, k)))
        .collect();
    let severity = if empty.len() == here.len() {
        severity
    } else {
        Severity::Info
    };
    for table in empty {
        let message = say!(cx.lang, check_c_table_empty, table = label(table, cx.lang));
        let mut draft = Draft::new(RULE, severity, message);
        draft.instance.clone_from(&table.id);
        draft.place = cx
            .report
            .tables
            .iter()
            .find(|f| f.table == table.id)
            .map(|f| first_line(&cx.document.text, f.span));
        out.drafts.push(draft);
    }
}

/// An empty cell without a dash or the like in it.
fn is_unmarked(cx: &Context<'_>, key: &str) -> bool {
    let raw = cx
        .cell(key)
        .and_then(|c| c.field)
        .and_then(|f| f.raw.as_deref());
    match cx.status(key) {
        Status::Missing => true,
        Status::Blank => raw.is_none_or(|r| r.trim().is_empty()),
        _ => false,
    }
}

fn label(table: &Table, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("“{}”表", table.label.zh.trim_end_matches('表')),
        Lang::En => format!("the table “{}”", table.label.en),
    }
}
