//! The model that everything above the readers speaks: a report, its fields, and the evidence
//! for each value.

mod stored;

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use crate::form::{CellId, FormId};
pub use stored::Stored;

use crate::document::Note;
use crate::form::{RuleId, Schema};
use crate::text::{Name, Span};

/// Which report: a file, and where it holds several, which one in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReportId {
    /// The path as it was given.
    pub path: PathBuf,
    /// An archive's entry, or `#2` for the second report in a file.
    pub member: Option<String>,
}

impl ReportId {
    /// The only report of a file.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            member: None,
        }
    }

    /// The path.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl std::fmt::Display for ReportId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.path.display())?;
        match &self.member {
            Some(m) if m.starts_with('#') => write!(f, "{m}"),
            Some(m) => write!(f, "!{m}"),
            None => Ok(()),
        }
    }
}

/// The administrative level of an organ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 国务院部门 and the like.
    National,
    /// 省、自治区、直辖市.
    Province,
    /// 设区的市、自治州、地区.
    PrefectureCity,
    /// 县、县级市、市辖区、旗.
    County,
    /// 乡、镇、街道.
    Township,
}

impl Level {
    /// The name in records and sidecars.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Province => "province",
            Self::PrefectureCity => "prefecture_city",
            Self::County => "county",
            Self::Township => "township",
        }
    }
}

/// The kind of an organ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 人民政府, 管委会.
    Government,
    /// A department of a government.
    Department,
    /// Neither.
    Other,
}

/// The script of the text as published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Script {
    /// Simplified.
    Hans,
    /// Traditional.
    Hant,
}

/// How a field's value is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Stands there under its labels, by structure or an unbroken sequence.
    Read,
    /// A printed token whose place was proved by the relations in [`Field::by`].
    Inferred,
    /// Several places or readings fit; see [`Field::candidates`].
    Ambiguous,
    /// The cell is there and empty, a dash, or 无.
    Blank,
    /// `/` or 不适用.
    NotApplicable,
    /// The cell holds text that is no figure.
    Unreadable,
    /// The form has the cell, the file does not.
    Missing,
}

impl Status {
    /// The name in records and sidecars.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Inferred => "inferred",
            Self::Ambiguous => "ambiguous",
            Self::Blank => "blank",
            Self::NotApplicable => "not_applicable",
            Self::Unreadable => "unreadable",
            Self::Missing => "missing",
        }
    }

    /// Whether a rule may rely on the cell: it has a value, or is known to be empty.
    pub const fn is_known(self) -> bool {
        matches!(
            self,
            Self::Read | Self::Inferred | Self::Blank | Self::NotApplicable
        )
    }
}

/// One cell of a form as the file shows it. Which cell it is, is said by its place among the
/// fields of the report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// As printed, exact; only with `read` and `inferred`.
    pub value: Option<Decimal>,
    /// How it is known.
    pub status: Status,
    /// The text of the cell as printed.
    pub raw: Option<String>,
    /// As printed beside the value, else the form's.
    pub unit: Option<Name>,
    /// Where the token stands.
    pub span: Option<Span>,
    /// Page of a paged format, from 1.
    pub page: Option<u32>,
    /// Relations (rule ids) that proved the place of an inferred value.
    pub by: Vec<RuleId>,
    /// What an ambiguous cell can be; `None` is an empty cell.
    pub candidates: Vec<Option<Decimal>>,
}

impl Field {
    /// A cell that the form has and the file does not.
    pub const fn missing() -> Self {
        Self {
            value: None,
            status: Status::Missing,
            raw: None,
            unit: None,
            span: None,
            page: None,
            by: Vec::new(),
            candidates: Vec::new(),
        }
    }
}

/// The joint solutions of cells that are decided together. Solutions differ in values; an empty
/// cell and 0 are the same there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Joint {
    /// `t2`, `t3`, `t4` or `ind`.
    pub table: Name,
    /// The open cells, in the order of the form.
    pub cells: Vec<CellId>,
    /// The exact number of joint solutions; saturates at `u64::MAX`.
    pub count: u64,
    /// The first solutions in order of plausibility, at most 64; one value for each key.
    pub solutions: Vec<Vec<Option<Decimal>>>,
}

/// A part of the report as its headings divide it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// `s1` … `s6` for the statute's parts, else `x1`, `x2` …
    pub id: String,
    /// The heading as printed.
    pub heading: String,
    /// From the heading's start to the next heading.
    pub span: Span,
}

/// A table that was recognised in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableFound {
    /// `t2`, `t3`, `t4` or `ind`.
    pub table: Name,
    /// The form whose rows and columns it has.
    pub form: FormId,
    /// Where it stands.
    pub span: Span,
}

/// A report as extracted; decisions are never applied here.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Which report.
    pub id: ReportId,
    /// SHA-256 of the file's bytes, in hex.
    pub sha256: String,
    /// The authority that publishes it, such as 白山市人民政府.
    pub organ: Option<String>,
    /// Its level.
    pub level: Option<Level>,
    /// Its kind.
    pub kind: Option<Kind>,
    /// The year reported on.
    pub year: Option<u16>,
    /// The cells that the report is held against, and by [`Schema::form`] its form: by table 2,
    /// else the form that most tables follow; no table: `free_2008`.
    pub schema: &'static Schema,
    /// Date of publication.
    pub published: Option<Date>,
    /// Date under the signature.
    pub signed: Option<Date>,
    /// Script of the text.
    pub script: Script,
    /// By [`CellId`]: every cell of the schema once.
    pub fields: Vec<Field>,
    /// Joint solutions, one a group of cells that are decided together.
    pub joint: Vec<Joint>,
    /// The parts of the report.
    pub sections: Vec<Section>,
    /// The tables found.
    pub tables: Vec<TableFound>,
    /// What went wrong without ending the reading.
    pub errors: Vec<Note>,
}

impl Report {
    /// A cell as the file shows it; `None` for an id of another schema.
    pub fn field(&self, cell: CellId) -> Option<&Field> {
        self.fields.get(cell.index())
    }

    /// The cell of a key, as records and people name it.
    pub fn named(&self, key: &str) -> Option<(CellId, &Field)> {
        let cell = self.schema.id(key)?;
        Some((cell, self.field(cell)?))
    }

    /// Every cell with what the file shows there, in the order of the form.
    pub fn cells(&self) -> impl Iterator<Item = (CellId, &Field)> {
        self.schema.ids().zip(&self.fields)
    }

    /// The report's form.
    pub const fn form(&self) -> FormId {
        self.schema.form()
    }

    /// Whether the file has a table, in whichever form.
    pub fn has_table(&self, table: &str) -> bool {
        self.tables.iter().any(|t| t.table == *table)
    }

    /// The same report under another form, whose cells it has not are missing.
    pub fn under(&self, form: FormId) -> Self {
        let found: Vec<_> = self.tables.iter().map(|t| (t.form, t.table)).collect();
        let schema = Schema::of(self.schema.forms(), form, &found);
        let mut report = self.clone();
        report.fields = schema
            .ids()
            .map(|id| match self.named(schema.key(id)) {
                Some((_, field)) => field.clone(),
                None => Field::missing(),
            })
            .collect();
        for joint in &mut report.joint {
            let moved = joint.cells.iter().map(|c| schema.id(self.schema.key(*c)));
            joint.cells = moved.collect::<Option<_>>().unwrap_or_default();
        }
        report.joint.retain(|joint| !joint.cells.is_empty());
        report.schema = schema;
        report
    }
}
