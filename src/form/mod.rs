//! The statutory forms as data: sections, tables, rows, columns, keys, labels, units, types, and
//! the relations that must hold. One TOML file a form, embedded; extraction, checking, the
//! section pane, exports and `explain` all read the same table.

mod load;
mod relation;

pub use load::{all, by_id};
pub use relation::{Instance, Operand, Operator, Relation, Term};

use serde::{Deserialize, Serialize};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Probably wrong, or wrong unless explained.
    Warning,
    /// Wrong.
    Error,
}

/// A statutory form (a generation of the report).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormId {
    /// To 2013: prose in six contents, no national table.
    #[serde(rename = "free_2008")]
    Free2008,
    /// 2014–2018: prose and the indicator table of 国办发〔2014〕32号.
    #[serde(rename = "ind_2014")]
    Ind2014,
    /// 2019, 2020: 国办公开办函〔2019〕60号.
    #[serde(rename = "fmt_2019")]
    Fmt2019,
    /// 2021 on: 国办公开办函〔2021〕30号.
    #[serde(rename = "fmt_2021")]
    Fmt2021,
}

impl FormId {
    /// All forms, oldest first.
    pub const ALL: [Self; 4] = [Self::Free2008, Self::Ind2014, Self::Fmt2019, Self::Fmt2021];

    /// The name in records and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Free2008 => "free_2008",
            Self::Ind2014 => "ind_2014",
            Self::Fmt2019 => "fmt_2019",
            Self::Fmt2021 => "fmt_2021",
        }
    }

    /// The form that was due for a report year.
    pub const fn due(year: u16) -> Self {
        match year {
            ..=2013 => Self::Free2008,
            2014..=2018 => Self::Ind2014,
            2019 | 2020 => Self::Fmt2019,
            _ => Self::Fmt2021,
        }
    }
}

impl std::fmt::Display for FormId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for FormId {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|f| f.as_str() == s)
            .ok_or_else(|| s.to_owned())
    }
}

/// A statutory form.
#[derive(Debug, Clone)]
pub struct Form {
    /// Its id.
    pub id: FormId,
    /// Its generation in rules.toml, such as `2014-2018`.
    pub generation: String,
    /// Its name in both languages.
    pub name: Label,
    /// The notice that made it.
    pub basis: Label,
    /// The parts of the report, in the order of the form.
    pub sections: Vec<SectionDef>,
    /// The tables, in the order of the form.
    pub tables: Vec<Table>,
    /// The linear relations that must hold, one entry a rule.
    pub relations: Vec<Relation>,
}

/// A text in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Label {
    /// Chinese, as the statute prints it.
    pub zh: String,
    /// English.
    pub en: String,
}

/// One of the parts of a report.
#[derive(Debug, Clone)]
pub struct SectionDef {
    /// `s1` … `s6`.
    pub id: String,
    /// The heading without its ordinal.
    pub label: Label,
    /// Keywords that tell the part, normalised (no blanks, simplified); the longest counts.
    pub variants: Vec<String>,
}

/// How a table is printed, and so drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Blocks of rows, each block under column heads of its own (table 2).
    Blocks,
    /// Rows by columns (table 3).
    Matrix,
    /// One printed line of figures that stands for rows by columns (table 4).
    Strip,
    /// One figure a row, with its unit beside it (the indicator table).
    List,
}

/// A table of a form.
#[derive(Debug, Clone)]
pub struct Table {
    /// `t2`, `t3`, `t4` or `ind`: the prefix of its keys.
    pub id: String,
    /// The form that it belongs to.
    pub form: FormId,
    /// The part that it stands in (`s2` …), empty for an annex.
    pub section: String,
    /// Its name.
    pub label: Label,
    /// How it is printed.
    pub shape: Shape,
    /// Its blocks; one for all shapes but [`Shape::Blocks`].
    pub blocks: Vec<BlockDef>,
}

/// Rows under the same column heads.
#[derive(Debug, Clone)]
pub struct BlockDef {
    /// The block's own line, such as 第二十条第（一）项; empty where it has none.
    pub label: Label,
    /// Ways in which that line is printed, normalised.
    pub variants: Vec<String>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, heads without figures included (their `key` is empty).
    pub rows: Vec<Row>,
}

/// A column of a block.
#[derive(Debug, Clone)]
pub struct Column {
    /// Last part of the cells' keys; empty for [`Shape::List`].
    pub key: String,
    /// The head, as printed.
    pub label: Label,
    /// A head of at most four columns' width for narrow screens, such as 自然.
    pub short: Label,
    /// Ways in which the head is printed, normalised.
    pub variants: Vec<String>,
    /// The unit of the figures below; a row's unit goes before it.
    pub unit: String,
    /// The type of the figures below.
    pub kind: ValueType,
}

/// A row of a block.
#[derive(Debug, Clone)]
pub struct Row {
    /// Middle part of the cells' keys, such as `results.granted`; empty for a head.
    pub key: String,
    /// The label as printed, ordinal included.
    pub label: Label,
    /// The heads above it, from the outside in, such as 三、本年度办理结果 and （三）不予公开.
    pub parents: Vec<String>,
    /// A label of at most some twenty columns for narrow screens, its ordinal first.
    pub short: Label,
    /// Keywords that tell the row inside its block, normalised, without ordinal; the longest
    /// that stands there counts.
    pub variants: Vec<String>,
    /// The number of the ordinal in front of the label (3 for 3. and （三）), 0 for none.
    pub ordinal: u8,
    /// The row's unit, where rows differ (the indicator table); else empty.
    pub unit: String,
    /// The row's type, where rows differ.
    pub kind: Option<ValueType>,
    /// How deep the label is indented on the screen, from 0.
    pub depth: u8,
}

/// What a cell's figure may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueType {
    /// A count.
    Integer,
    /// A count with a sign (本年增/减).
    SignedInteger,
    /// An amount.
    Decimal,
}

impl Table {
    /// The key of a cell.
    pub fn key(&self, row: &Row, column: &Column) -> String {
        let mut key = self.id.clone();
        for part in [&row.key, &column.key] {
            if !part.is_empty() {
                key.push('.');
                key.push_str(part);
            }
        }
        key
    }

    /// The rows that have figures, with their block, in the order of the form.
    pub fn figure_rows(&self) -> impl Iterator<Item = (&BlockDef, &Row)> {
        self.blocks.iter().flat_map(|b| {
            b.rows
                .iter()
                .filter(|r| !r.key.is_empty())
                .map(move |r| (b, r))
        })
    }

    /// The keys of all cells, in the order of the form.
    pub fn keys(&self) -> Vec<String> {
        self.figure_rows()
            .flat_map(|(b, r)| b.columns.iter().map(|c| self.key(r, c)))
            .collect()
    }

    /// The row, column and block of a key of this table.
    pub fn find(&self, key: &str) -> Option<(&BlockDef, &Row, &Column)> {
        self.blocks.iter().find_map(|b| {
            b.rows.iter().filter(|r| !r.key.is_empty()).find_map(|r| {
                b.columns
                    .iter()
                    .find(|c| self.key(r, c) == key)
                    .map(|c| (b, r, c))
            })
        })
    }

    /// Unit and type of a cell.
    pub fn unit_and_type<'a>(&self, row: &'a Row, column: &'a Column) -> (&'a str, ValueType) {
        let unit = if row.unit.is_empty() {
            &column.unit
        } else {
            &row.unit
        };
        (unit, row.kind.unwrap_or(column.kind))
    }
}

impl Form {
    /// The table of an id.
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|t| t.id == id)
    }
}
