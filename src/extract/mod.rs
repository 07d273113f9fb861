//! Document to report: who and when, sections, tables.

#![deny(clippy::indexing_slicing)]

mod budget;
mod cues;
mod identity;
mod keywords;
mod prepared;
mod sections;
mod tables;

pub use cues::{Hits, Known, Place};
pub use identity::{Identity, identify};
pub use prepared::Prepared;
pub use sections::sections;
pub use tables::{Tables, tables};

use crate::document::Document;
use crate::form::{FormSet, Schema};
use crate::report::{Field, FormId, Report, ReportId, TableFound};

/// Extracts a report by the forms of a set, or by the one form that a person named; `None` when
/// the document is no such report: no table of any form, and no title or wording of one.
pub fn extract(
    forms: &'static FormSet,
    id: ReportId,
    sha256: &str,
    document: &Document,
    form: Option<FormId>,
) -> Option<Report> {
    read(&Prepared::new(forms, document), id, sha256, form)
}

fn read(
    prepared: &Prepared<'_>,
    id: ReportId,
    sha256: &str,
    form: Option<FormId>,
) -> Option<Report> {
    let (forms, document) = (prepared.forms, prepared.document);
    let sections = sections(prepared);
    let identity = identify(prepared);
    let due = identity.year.map(|year| forms.due(year));
    let mut tables = tables(prepared, &sections, form, due);
    if tables.found.is_empty() && !prepared.is_worded() {
        return None;
    }
    let form = form.unwrap_or_else(|| form_of(forms, &tables.found));
    let found: Vec<_> = tables.found.iter().map(|t| (t.form, t.table)).collect();
    let schema = Schema::of(forms, form, &found);
    let mut fields = Vec::with_capacity(schema.len());
    for table in schema.tables() {
        match tables.fields.remove(table.id.as_str()) {
            Some(own) => fields.extend(own),
            None => fields.extend(table.cells.iter().map(|_| Field::missing())),
        }
    }
    let joint = tables.groups.into_iter().map(|group| group.joint(schema));
    Some(Report {
        id,
        sha256: sha256.to_owned(),
        organ: identity.organ,
        level: identity.level,
        kind: identity.kind,
        year: identity.year,
        schema,
        published: identity.published,
        signed: identity.signed,
        script: identity.script,
        fields,
        joint: joint.collect(),
        sections,
        tables: tables.found,
        errors: document.notes.clone(),
    })
}

/// The form of a report: by the table that tells it, else the form that most tables follow.
fn form_of(forms: &'static FormSet, found: &[TableFound]) -> FormId {
    let tells = |f: &&TableFound| forms.table(f.form, &f.table).is_some_and(|t| t.tells_form);
    if let Some(table) = found.iter().find(tells) {
        return table.form;
    }
    let most = |f: &FormId| found.iter().filter(|t| t.form == *f).count();
    let ids = forms.forms().iter().rev().map(|f| f.id);
    ids.filter(|f| most(f) > 0)
        .max_by_key(most)
        .unwrap_or_else(|| forms.free())
}

#[cfg(test)]
mod hostile;
