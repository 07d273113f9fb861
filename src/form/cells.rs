//! From the rows and columns of a table to its cells, and to the equations that prove places
//! among them.

use rust_decimal::prelude::ToPrimitive;

use super::model::{BlockDef, CellDef, Form, Proof, Table};
use super::relation::{Operand, Operator, Term};
use crate::text::Name;

/// The cells of a table's rows that have figures, in the order of the form.
pub(super) fn cells(id: Name, blocks: &[BlockDef]) -> Vec<CellDef> {
    let mut cells = Vec::new();
    let mut line = 0;
    for (b, block) in blocks.iter().enumerate() {
        for (r, row) in block.rows.iter().enumerate() {
            if row.key.is_empty() {
                continue;
            }
            for (c, column) in block.columns.iter().enumerate() {
                let parts = [id.as_str(), &row.key, &column.key];
                let named: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
                cells.push(CellDef {
                    key: named.join("."),
                    block: b,
                    row: r,
                    line,
                    column: c,
                    unit: if row.unit.is_empty() {
                        column.unit
                    } else {
                        row.unit
                    },
                    kind: row.kind.unwrap_or(column.kind),
                });
            }
            line += 1;
        }
    }
    cells
}

/// The equations of a form that prove places in one of its tables.
pub(super) fn proofs(form: &Form, table: &Table) -> Vec<Proof> {
    let place = |key: &str| table.cells.iter().position(|c| c.key == key);
    let term = |term: &Term<String>, sign: i64| match &term.operand {
        Operand::Cell(key) => {
            let factor = term.factor.to_i64()?;
            Some((place(key)?, factor * sign))
        }
        _ => None,
    };
    let mut proofs = Vec::new();
    for held in form.relations.iter().filter(|h| h.relation.proves) {
        let equations = held.instances.iter();
        for instance in equations.filter(|i| i.operator == Operator::Equal) {
            let left = instance.left.iter().map(|t| term(t, 1));
            let right = instance.right.iter().map(|t| term(t, -1));
            let terms: Option<Vec<(usize, i64)>> = left.chain(right).collect();
            if let Some(terms) = terms.filter(|t| !t.is_empty()) {
                proofs.push(Proof {
                    rule: held.relation.rule,
                    terms,
                });
            }
        }
    }
    proofs
}
