//! Document to report: who and when, sections, tables.

mod budget;
mod cues;
mod identity;
mod prepared;
mod sections;
mod tables;

use identity::identify;

use crate::document::Document;
use crate::report::{Field, FormId, Report, ReportId, TableFound};

/// What a reviewer said was recognised wrongly; a form re-extracts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forced {
    /// The form to read the tables by.
    pub form: Option<FormId>,
}

/// Extracts a report; `None` when the document is no such report: no table of any form, and no
/// title or wording of one.
pub fn extract(id: ReportId, sha256: &str, document: &Document, forced: &Forced) -> Option<Report> {
    let prepared = prepared::Prepared::new(document);
    let folded = prepared.reading();
    let sections = sections::sections(&prepared);
    let identity = identify(&prepared);
    let due = identity.year.map(FormId::due);
    let tables = tables::tables(&prepared, &sections, forced.form, due);
    if tables.found.is_empty() && !folded.text.contains("信息公开") {
        return None;
    }
    let form = forced.form.unwrap_or_else(|| form_of(&tables.found));
    let mut fields = Vec::new();
    for table in crate::report::tables_of(form, &tables.found) {
        match tables.fields.get(&table.id) {
            Some(own) => fields.extend(own.iter().cloned()),
            None => fields.extend(table.keys().into_iter().map(Field::missing)),
        }
    }
    Some(Report {
        id,
        sha256: sha256.to_owned(),
        organ: identity.organ,
        level: identity.level,
        kind: identity.kind,
        year: identity.year,
        form,
        published: identity.published,
        signed: identity.signed,
        script: identity.script,
        fields,
        joint: tables.joint,
        sections,
        tables: tables.found,
        errors: document.notes.clone(),
    })
}

/// The form of a report: by table 2, else the form that most tables follow.
fn form_of(found: &[TableFound]) -> FormId {
    if let Some(t2) = found.iter().find(|f| f.table == "t2") {
        return t2.form;
    }
    let most = |f: &FormId| found.iter().filter(|t| t.form == *f).count();
    FormId::ALL
        .into_iter()
        .rev()
        .filter(|f| most(f) > 0)
        .max_by_key(most)
        .unwrap_or(FormId::Free2008)
}
