//! The cells of a report, numbered: its tables laid end to end.
//!
//! A key such as `t3.new.total` is a name for records, sidecars and people. Inside, a cell is a
//! [`CellId`], an index into the [`Schema`] of the tables that the report has, and values,
//! figures in force, findings and issues are arrays by that index. A schema is compiled once for
//! a set of tables and kept: table 2 of 2021 with table 3 of 2019 is one, the form of 2021 as it
//! was meant another.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::model::{CellDef, Place, Row, Table};
use super::relation::{Instance, Relation};
use super::{CellId, FormId, FormSet};
use crate::text::Name;

/// A relation's instance over the cells of a schema.
#[derive(Debug)]
pub struct Equation {
    /// The relation that it is an instance of.
    pub relation: &'static Relation,
    /// The table of its first cell.
    pub table: &'static Table,
    /// Sides, operator and name.
    pub instance: Instance<CellId>,
    /// Every cell among its operands once, left side first.
    pub cells: Vec<CellId>,
}

/// The tables of a report with all their cells.
#[derive(Debug)]
pub struct Schema {
    forms: &'static FormSet,
    form: FormId,
    tables: Vec<(&'static Table, usize)>,
    cells: Vec<(&'static Table, &'static CellDef)>,
    keys: HashMap<&'static str, CellId>,
    equations: Vec<Equation>,
}

/// A set of tables is compiled once, so that one schema is another only where it is the same.
impl PartialEq for Schema {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// The schemas of a set, by the form and its tables.
type Compiled = Mutex<HashMap<(FormId, Vec<(FormId, Name)>), &'static Schema>>;

impl Schema {
    /// The cells of a report: its form's tables, each replaced by the one of another form where
    /// the file has that instead; tables that its form does not know come last.
    pub fn of(forms: &'static FormSet, form: FormId, found: &[(FormId, Name)]) -> &'static Self {
        let own = forms.get(form).map_or(&[][..], |f| &f.tables);
        let mut tables: Vec<&'static Table> = own.iter().collect();
        for (id, table) in found {
            let Some(theirs) = forms.table(*id, table) else {
                continue;
            };
            match tables.iter_mut().find(|t| t.id == theirs.id) {
                Some(t) => *t = theirs,
                None => tables.push(theirs),
            }
        }
        let key = (form, tables.iter().map(|t| (t.form, t.id)).collect());
        let compiled = forms.compiled::<Compiled>(|_| Mutex::default());
        let mut compiled = compiled.lock().unwrap_or_else(PoisonError::into_inner);
        compiled
            .entry(key)
            .or_insert_with(|| Box::leak(Box::new(Self::compile(forms, form, tables))))
    }

    /// Lays tables end to end. Tables beyond what a [`CellId`] can name are left out; no form is
    /// within sight of that.
    fn compile(forms: &'static FormSet, form: FormId, tables: Vec<&'static Table>) -> Self {
        let mut schema = Self {
            forms,
            form,
            tables: Vec::new(),
            cells: Vec::new(),
            keys: HashMap::new(),
            equations: Vec::new(),
        };
        for table in tables {
            let last = schema.cells.len() + table.cells.len();
            let Some(first) = CellId::at(schema.cells.len()).filter(|_| CellId::at(last).is_some())
            else {
                continue;
            };
            schema.tables.push((table, first.index()));
            for cell in &table.cells {
                if let Some(id) = CellId::at(schema.cells.len()) {
                    schema.keys.insert(&cell.key, id);
                    schema.cells.push((table, cell));
                }
            }
        }
        schema.equations = schema.compile_equations();
        schema
    }

    /// The relations of each table's form that speak first of that table and only of cells that
    /// are here.
    fn compile_equations(&self) -> Vec<Equation> {
        let mut equations = Vec::new();
        for (table, _) in &self.tables {
            let Some(form) = self.forms.get(table.form) else {
                continue;
            };
            for held in &form.relations {
                let own = held.instances.iter().filter_map(|instance| {
                    let instance = instance.resolve(&|key| self.id(key))?;
                    let cells = instance.cells();
                    let first = self.table_of(*cells.first()?)?;
                    std::ptr::eq(first, *table).then_some(Equation {
                        relation: held.relation,
                        table,
                        instance,
                        cells,
                    })
                });
                equations.extend(own);
            }
        }
        equations
    }

    /// The set of forms that the tables are from.
    pub const fn forms(&self) -> &'static FormSet {
        self.forms
    }

    /// The form of the report.
    pub const fn form(&self) -> FormId {
        self.form
    }

    /// The tables, in the order of the form.
    pub fn tables(&self) -> impl Iterator<Item = &'static Table> + '_ {
        self.tables.iter().map(|(table, _)| *table)
    }

    /// The table of an id.
    pub fn table(&self, id: &str) -> Option<&'static Table> {
        self.tables().find(|t| t.id == id)
    }

    /// The number of cells.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// All cells, in the order of the form.
    pub fn ids(&self) -> impl Iterator<Item = CellId> + use<> {
        (0..self.cells.len()).filter_map(CellId::at)
    }

    /// The cells of a table of this schema, in the order of the form.
    pub fn ids_of(&self, table: &Table) -> impl Iterator<Item = CellId> + use<> {
        let place = self.tables.iter().find(|(t, _)| t.id == table.id);
        let (first, count) = place.map_or((0, 0), |(t, first)| (*first, t.cells.len()));
        (0..count).filter_map(move |i| CellId::at(first + i))
    }

    /// The cells of a row of one of the tables.
    pub fn ids_in<'a>(
        &self,
        table: &'a Table,
        row: &'a Row,
    ) -> impl Iterator<Item = CellId> + use<'a> {
        let cells = self.ids_of(table).zip(&table.cells);
        cells
            .filter(move |(_, cell)| {
                let own = table
                    .blocks
                    .get(cell.block)
                    .and_then(|b| b.rows.get(cell.row));
                own.is_some_and(|r| std::ptr::eq(r, row))
            })
            .map(|(id, _)| id)
    }

    /// The cell of a table at a place in its [`Table::cells`].
    pub fn id_in(&self, table: &Table, cell: usize) -> Option<CellId> {
        let (t, first) = self.tables.iter().find(|(t, _)| t.id == table.id)?;
        (cell < t.cells.len()).then(|| CellId::at(first + cell))?
    }

    /// The cell of a key.
    pub fn id(&self, key: &str) -> Option<CellId> {
        self.keys.get(key).copied()
    }

    /// What the form says of a cell; `None` for an id of another schema.
    pub fn cell(&self, id: CellId) -> Option<&'static CellDef> {
        self.cells.get(id.index()).map(|(_, cell)| *cell)
    }

    /// The key of a cell; empty for an id of another schema.
    pub fn key(&self, id: CellId) -> &'static str {
        self.cell(id).map_or("", |cell| cell.key.as_str())
    }

    /// The table of a cell; `None` for an id of another schema.
    pub fn table_of(&self, id: CellId) -> Option<&'static Table> {
        self.cells.get(id.index()).map(|(table, _)| *table)
    }

    /// Block, row and column of a cell.
    pub fn place(&self, id: CellId) -> Option<Place> {
        let (table, cell) = self.cells.get(id.index())?;
        table.place(cell)
    }

    /// What must hold among the cells, table by table, in the order of the form.
    pub fn equations(&self) -> &[Equation] {
        &self.equations
    }

    /// The equations whose first cell is in a table.
    pub fn equations_of(&self, table: &Table) -> impl Iterator<Item = &Equation> {
        let id = table.id;
        self.equations.iter().filter(move |e| e.table.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::Schema;
    use crate::form::{FormId, tests::forms};

    #[test]
    fn cells_are_numbered_through_the_tables() {
        let schema = Schema::of(forms(), FormId::FMT_2021, &[]);
        assert_eq!(schema.len(), 200);
        let id = schema.id("t3.new.total").unwrap();
        assert_eq!(schema.key(id), "t3.new.total");
        assert_eq!(schema.table_of(id).unwrap().id, "t3");
        let place = schema.place(id).unwrap();
        assert_eq!(
            (place.row.key.as_str(), place.column.key.as_str()),
            ("new", "total")
        );
        let t3 = schema.table("t3").unwrap();
        assert_eq!(schema.ids_of(t3).count(), 175);
        assert!(schema.ids_of(t3).any(|i| i == id));
        // Compiled once.
        assert!(std::ptr::eq(
            schema,
            Schema::of(forms(), FormId::FMT_2021, &[])
        ));
    }

    #[test]
    fn a_table_of_another_form_brings_its_own_cells_and_relations() {
        let found = [(FormId::FMT_2019, "t3".into())];
        let schema = Schema::of(forms(), FormId::FMT_2021, &found);
        assert!(schema.id("t3.results.other.all.total").is_some());
        assert!(schema.id("t3.results.other.misc.total").is_none());
        assert_eq!(schema.len(), 10 + 161 + 15);
        let rows = schema.equations().iter();
        assert_eq!(
            rows.filter(|e| e.relation.rule == "T3.ROW").count(),
            23,
            "the rows of 2019"
        );
    }
}
