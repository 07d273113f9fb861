//! Reports kept outside the program: in a cache, sent to a worker, merged from several machines.
//!
//! A [`Report`] speaks of the forms by reference, so what is kept is a [`Stored`], which names
//! them; [`Stored::with`] finds them again in a set of forms.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Field, FormId, Joint, Kind, Level, Report, ReportId, Script, Section, TableFound};
use crate::document::Note;
use crate::form::{FormSet, Schema};

/// A report without its references to the forms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stored {
    id: ReportId,
    sha256: String,
    organ: Option<String>,
    level: Option<Level>,
    kind: Option<Kind>,
    year: Option<u16>,
    form: FormId,
    published: Option<Date>,
    signed: Option<Date>,
    script: Script,
    fields: Vec<Field>,
    joint: Vec<Joint>,
    sections: Vec<Section>,
    tables: Vec<TableFound>,
    errors: Vec<Note>,
}

impl From<Report> for Stored {
    fn from(report: Report) -> Self {
        Self {
            form: report.form(),
            id: report.id,
            sha256: report.sha256,
            organ: report.organ,
            level: report.level,
            kind: report.kind,
            year: report.year,
            published: report.published,
            signed: report.signed,
            script: report.script,
            fields: report.fields,
            joint: report.joint,
            sections: report.sections,
            tables: report.tables,
            errors: report.errors,
        }
    }
}

impl Stored {
    /// The report by the forms of a set; `None` where the set does not have its cells, as when
    /// the form was changed since.
    pub fn with(self, forms: &'static FormSet) -> Option<Report> {
        let found: Vec<_> = self.tables.iter().map(|t| (t.form, t.table)).collect();
        let schema = Schema::of(forms, self.form, &found);
        let cells = self.joint.iter().flat_map(|j| &j.cells);
        let fits =
            schema.len() == self.fields.len() && cells.copied().all(|c| c.index() < schema.len());
        fits.then_some(Report {
            id: self.id,
            sha256: self.sha256,
            organ: self.organ,
            level: self.level,
            kind: self.kind,
            year: self.year,
            schema,
            published: self.published,
            signed: self.signed,
            script: self.script,
            fields: self.fields,
            joint: self.joint,
            sections: self.sections,
            tables: self.tables,
            errors: self.errors,
        })
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        Stored::from(self.clone()).serialize(s)
    }
}

/// By the statutory forms; where there are others, read a [`Stored`] and give it the set.
impl<'de> Deserialize<'de> for Report {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let stored = Stored::deserialize(d)?;
        let forms = FormSet::embedded().map_err(D::Error::custom)?;
        let form = stored.form;
        stored
            .with(forms)
            .ok_or_else(|| D::Error::custom(format!("the cells are not those of {form}")))
    }
}
