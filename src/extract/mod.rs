//! Document to report: who and when, sections, tables.

mod identity;
mod sections;
mod tables;

pub use identity::{Identity, identify};
pub use sections::sections;

use crate::document::Document;
use crate::form::{FormSet, Schema};
use crate::report::{Field, FormId, Report, ReportId, TableFound};
use crate::text::fold_pieces;

/// Extracts a report by the forms of a set, or by the one form that a person named; `None` when the document is no such report: no table
/// of any form, and no title or wording of one.
pub fn extract(
    forms: &'static FormSet,
    id: ReportId,
    sha256: &str,
    document: &Document,
    form: Option<FormId>,
) -> Option<Report> {
    let folded = fold_pieces(&document.text, &document.pieces());
    let sections = sections(forms, document);
    let identity = identify(document);
    let due = identity.year.map(|year| forms.due(year));
    let mut tables = tables::tables(forms, document, &folded, &sections, form, due);
    let wording = &forms.common().wording;
    let worded = wording.iter().any(|w| folded.text.contains(w.as_str()));
    if tables.found.is_empty() && !worded {
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
