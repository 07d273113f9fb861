//! Reports made by hand for tests: a form filled with zeros, and some cells set.

use rust_decimal::Decimal;

use super::{Checked, Finding, check};
use crate::document::{Document, Format};
use crate::form::tests::forms;
use crate::form::{FormSet, Schema};
use crate::report::{
    CellId, Field, FormId, Kind, Level, Report, ReportId, Script, Section, Status, TableFound,
};
use crate::text::Span;
use crate::words::Lang;
use crate::words::finding::{formula, message};

/// A report with its document, changed step by step.
pub(crate) struct Sheet {
    pub report: Report,
    pub document: Document,
}

impl Sheet {
    /// Every cell of a form reads 0; each has a line of its own in the text, after the headings.
    pub fn zeros(form: FormId, year: u16) -> Self {
        Self::of(forms(), form, year)
    }

    /// The same of a form of any set.
    pub fn of(forms: &'static FormSet, form: FormId, year: u16) -> Self {
        let (mut text, mut fields, mut tables) = (String::new(), Vec::new(), Vec::new());
        let mut sections = Vec::new();
        let own = forms.get(form).unwrap();
        for part in &own.sections {
            let start = text.len();
            text.push_str(&format!("{}\n", part.label.zh));
            sections.push(Section {
                id: part.id.clone(),
                heading: part.label.zh.clone(),
                span: Span::new(start, text.len()),
            });
        }
        for table in &own.tables {
            let first = text.len();
            for cell in &table.cells {
                let label = &table.place(cell).unwrap().row.label.zh;
                text.push_str(&format!("{label} | "));
                let start = text.len();
                text.push_str("0\n");
                fields.push(Field {
                    value: Some(Decimal::ZERO),
                    status: Status::Read,
                    raw: Some("0".to_owned()),
                    unit: Some(cell.unit),
                    span: Some(Span::new(start, start + 1)),
                    ..Field::missing()
                });
            }
            tables.push(TableFound {
                table: table.id,
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
                schema: Schema::of(forms, form, &[]),
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
        let cell = self.report.schema.id(key);
        let cell = cell.unwrap_or_else(|| panic!("no cell {key}"));
        &mut self.report.fields[cell.index()]
    }

    /// The keys of cells.
    pub fn keys(&self, cells: &[CellId]) -> Vec<&'static str> {
        cells.iter().map(|c| self.report.schema.key(*c)).collect()
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

    /// Puts text behind the heading of a part.
    pub fn prose(mut self, part: usize, text: &str) -> Self {
        let at = self.report.sections[part].span.end;
        self.document.text.insert_str(at, text);
        let after = |offset: &mut usize| {
            if *offset >= at {
                *offset += text.len();
            }
        };
        for (index, section) in self.report.sections.iter_mut().enumerate() {
            if index > part {
                after(&mut section.span.start);
            }
            after(&mut section.span.end);
        }
        for table in &mut self.report.tables {
            after(&mut table.span.start);
            after(&mut table.span.end);
        }
        for span in self
            .report
            .fields
            .iter_mut()
            .filter_map(|f| f.span.as_mut())
        {
            after(&mut span.start);
            after(&mut span.end);
        }
        self
    }

    /// Takes a table out of the file.
    pub fn without(mut self, table: &str) -> Self {
        self.report.tables.retain(|t| t.table != *table);
        let schema = self.report.schema;
        let gone = schema.table(table).unwrap();
        for cell in schema.ids_of(gone) {
            self.report.fields[cell.index()] = Field::missing();
        }
        self
    }

    /// The table of another form in place of the form's own, its cells 0 where they are new.
    pub fn with_table_of(mut self, table: &str, form: FormId) -> Self {
        let report = &mut self.report;
        for found in report.tables.iter_mut().filter(|t| t.table == *table) {
            found.form = form;
        }
        let found: Vec<_> = report.tables.iter().map(|t| (t.form, t.table)).collect();
        let schema = Schema::of(report.schema.forms(), report.form(), &found);
        report.fields = schema
            .ids()
            .map(|id| match report.named(schema.key(id)) {
                Some((_, field)) => field.clone(),
                None => Field {
                    value: Some(Decimal::ZERO),
                    status: Status::Read,
                    ..Field::missing()
                },
            })
            .collect();
        report.schema = schema;
        self
    }

    pub fn check(&self) -> Checked {
        check(&self.report, &self.document, &self.report)
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

    /// What a finding says.
    pub fn says(&self, finding: &Finding, lang: Lang) -> String {
        message(finding, self.report.schema, lang)
    }

    /// Its arithmetic.
    pub fn formula(&self, finding: &Finding) -> String {
        formula(finding, self.report.schema, Lang::Zh)
    }

    /// The one finding of a rule.
    pub fn finding(&self, rule: &str) -> Finding {
        let mut found: Vec<Finding> = self.check().findings;
        found.retain(|f| f.rule == rule);
        assert_eq!(found.len(), 1, "{rule}: {found:#?}");
        found.remove(0)
    }
}
