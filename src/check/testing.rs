//! Reports made by hand for tests: a form filled with zeros, and some cells set.

use rust_decimal::Decimal;

use super::{Checked, Finding, check};
use crate::document::{Document, Format};
use crate::form::by_id;
use crate::report::{
    Field, FormId, Kind, Level, Report, ReportId, Script, Section, Status, TableFound,
};
use crate::text::Span;
use crate::words::Lang;

/// A report with its document, changed step by step.
pub(crate) struct Sheet {
    pub report: Report,
    pub document: Document,
}

impl Sheet {
    /// Every cell of a form reads 0; each has a line of its own in the text, after the headings.
    pub fn zeros(form: FormId, year: u16) -> Self {
        let (mut text, mut fields, mut tables) = (String::new(), Vec::new(), Vec::new());
        let mut sections = Vec::new();
        for part in &by_id(form).sections {
            let start = text.len();
            text.push_str(&format!("{}\n", part.label.zh));
            sections.push(Section {
                id: part.id.clone(),
                heading: part.label.zh.clone(),
                span: Span::new(start, text.len()),
            });
        }
        for table in &by_id(form).tables {
            let first = text.len();
            for key in table.keys() {
                let (_, row, column) = table.find(&key).unwrap();
                text.push_str(&format!("{} | ", row.label.zh));
                let start = text.len();
                text.push_str("0\n");
                fields.push(Field {
                    value: Some(Decimal::ZERO),
                    status: Status::Read,
                    raw: Some("0".to_owned()),
                    unit: Some(table.unit_and_type(row, column).0.to_owned()),
                    span: Some(Span::new(start, start + 1)),
                    ..Field::missing(key)
                });
            }
            tables.push(TableFound {
                table: table.id.clone(),
                form,
                span: Span::new(first, text.len()),
            });
        }
        Self {
            report: Report {
                id: ReportId::file("a.txt"),
                sha256: String::new(),
                organ: Some("云溪市人民政府".to_owned()),
                level: Some(Level::PrefectureCity),
                kind: Some(Kind::Government),
                year: Some(year),
                form,
                published: None,
                signed: None,
                script: Script::Hans,
                fields,
                joint: Vec::new(),
                sections,
                tables,
                errors: Vec::new(),
            },
            document: Document {
                text,
                blocks: Vec::new(),
                head: Vec::new(),
                format: Format::Text,
                encoding: "UTF-8".to_owned(),
                notes: Vec::new(),
                marks: Vec::new(),
            },
        }
    }

    pub fn field(&mut self, key: &str) -> &mut Field {
        self.report
            .fields
            .iter_mut()
            .find(|f| f.key == key)
            .unwrap_or_else(|| panic!("no cell {key}"))
    }

    /// Sets cells to figures.
    pub fn set(mut self, cells: &[(&str, &str)]) -> Self {
        for (key, value) in cells {
            self.field(key).value = Some(value.parse().unwrap());
        }
        self
    }

    /// Sets the status of cells that have no figure.
    pub fn status(mut self, keys: &[&str], status: Status) -> Self {
        for key in keys {
            let field = self.field(key);
            field.status = status;
            if !matches!(status, Status::Read | Status::Inferred) {
                (field.value, field.raw) = (None, None);
            }
        }
        self
    }

    /// Takes a table out of the file.
    pub fn without(mut self, table: &str) -> Self {
        self.report.tables.retain(|t| t.table != table);
        let prefix = format!("{table}.");
        for field in &mut self.report.fields {
            if field.key.starts_with(&prefix) {
                *field = Field::missing(field.key.clone());
            }
        }
        self
    }

    pub fn check(&self) -> Checked {
        check(&self.report, &self.document, &self.report, Lang::Zh)
    }

    /// Fingerprints of all findings of warning and above.
    pub fn loud(&self) -> Vec<String> {
        self.check()
            .findings
            .into_iter()
            .filter(|f| f.severity > super::Severity::Info)
            .map(|f| f.fingerprint)
            .collect()
    }

    /// The one finding of a rule.
    pub fn finding(&self, rule: &str) -> Finding {
        let mut found: Vec<Finding> = self.check().findings;
        found.retain(|f| f.rule == rule);
        assert_eq!(found.len(), 1, "{rule}: {found:#?}");
        found.remove(0)
    }
}
