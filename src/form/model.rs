//! What a form is: its parts, tables, blocks, rows, columns and cells.

use serde::Deserialize;

use super::layout::Layout;
use super::relation::Held;
use super::severity::Severity;
use super::{FormId, RuleId};
use crate::text::Name;

/// A form.
#[derive(Debug)]
pub struct Form {
    /// Its id.
    pub id: FormId,
    /// Its generation in rules.toml, such as `2014-2018`.
    pub generation: String,
    /// Its name in both languages.
    pub name: Label,
    /// The notice that made it.
    pub basis: Label,
    /// The first report year that it is for; none for a form that is never due, such as a local
    /// annex.
    pub since: Option<u16>,
    /// Whether the report must have its parts, in their order.
    pub fixed_parts: bool,
    /// The parts of the report, in the order of the form.
    pub sections: Vec<SectionDef>,
    /// The tables, in the order of the form.
    pub tables: Vec<Table>,
    /// The linear relations that its cells are held against, one entry a rule.
    pub relations: Vec<Held>,
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
#[derive(Debug)]
pub struct Table {
    /// `t2`, `t3`, `t4` or `ind`: the prefix of its keys.
    pub id: Name,
    /// The form that it belongs to.
    pub form: FormId,
    /// The part that it stands in (`s2` …), empty for an annex.
    pub section: String,
    /// Whether the report's form is that of this table, whatever the others are.
    pub tells_form: bool,
    /// How grave it is that it is missing.
    pub missing: Severity,
    /// Its name.
    pub label: Label,
    /// How it is printed.
    pub shape: Shape,
    /// How it is told in a text.
    pub layout: Layout,
    /// Its blocks; one for all shapes but [`Shape::Blocks`].
    pub blocks: Vec<BlockDef>,
    /// Its cells, in the order of the form.
    pub cells: Vec<CellDef>,
    /// The equations that prove places among them.
    pub proofs: Vec<Proof>,
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
    /// Texts of a cell that is this head in a grid, where they are not the variants.
    pub heads: Vec<String>,
    /// The column of totals.
    pub total: bool,
    /// The head's words are words of any prose: that they stand there tells nothing.
    pub common: bool,
    /// The unit of the figures below; a row's unit goes before it.
    pub unit: Name,
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
    pub unit: Name,
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
    /// The rows that have figures, with their block, in the order of the form.
    pub fn figure_rows(&self) -> impl Iterator<Item = (&BlockDef, &Row)> {
        self.blocks.iter().flat_map(|b| {
            let rows = b.rows.iter().filter(|r| !r.key.is_empty());
            rows.map(move |r| (b, r))
        })
    }

    /// The cells of a row that has figures, by its index among those.
    pub fn cells_of(&self, line: usize) -> &[CellDef] {
        let from = self.cells.partition_point(|c| c.line < line);
        let to = self.cells.partition_point(|c| c.line <= line);
        self.cells.get(from..to).unwrap_or(&[])
    }

    /// The keys of all cells, in the order of the form.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|c| c.key.as_str())
    }

    /// The cell of a key of this table. Looks at every cell: where a report is at hand, its
    /// [`Schema`] knows at once.
    pub fn find(&'static self, key: &str) -> Option<Place> {
        let cell = self.cells.iter().find(|c| c.key == key)?;
        self.place(cell)
    }

    /// Block, row and column of a cell of this table.
    pub fn place(&'static self, cell: &CellDef) -> Option<Place> {
        let block = self.blocks.get(cell.block)?;
        Some(Place {
            table: self,
            block,
            row: block.rows.get(cell.row)?,
            column: block.columns.get(cell.column)?,
        })
    }

    /// Whether another table has the same cells: the forms of 2019 and 2021 share table 4.
    pub fn is_like(&self, other: &Self) -> bool {
        self.shape == other.shape && self.keys().eq(other.keys())
    }
}

impl Form {
    /// The table of an id.
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|t| t.id == id)
    }
}

/// A cell of a table, before it has a place among the tables of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellDef {
    /// The name in records and sidecars.
    pub key: String,
    /// Index of its block in [`Table::blocks`].
    pub block: usize,
    /// Index of its row in [`BlockDef::rows`].
    pub row: usize,
    /// Index of its row among the table's rows that have figures.
    pub line: usize,
    /// Index of its column in [`BlockDef::columns`].
    pub column: usize,
    /// The unit that the form gives it; empty for none.
    pub unit: Name,
    /// What its figure may be.
    pub kind: ValueType,
}

/// An equation that proves places in a table: Σ factor · cell = 0, cells by their place in
/// [`Table::cells`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The rule that it comes from.
    pub rule: RuleId,
    /// Cell and factor.
    pub terms: Vec<(usize, i64)>,
}

/// Where a cell stands in its table.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Its table.
    pub table: &'static Table,
    /// Rows under the same heads.
    pub block: &'static BlockDef,
    /// Its row.
    pub row: &'static Row,
    /// Its column.
    pub column: &'static Column,
}
