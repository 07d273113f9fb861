//! Tables: label alignment, placement, and what is known of each cell.
//!
//! The same steps serve every layout: find the form's labels ([`labels`]), take what stands
//! between them or, in a grid, beside them ([`see`]), place it by structure where there is one,
//! else by the relations ([`fields`]). `一、本年新收政府信息公开申请数量 12 3 0 0 0 0 15` becomes seven cells of
//! row `new`.

mod aligned;
mod columns;
mod context;
mod fields;
mod grid;
mod heads;
mod joint;
mod labels;
mod order;
mod padding;
mod placements;
mod puzzle;
mod see;
mod slots;
mod solve;
mod strip;
mod words;
mod zone;

use std::collections::BTreeMap;

use super::prepared::Prepared;
use crate::report::{Field, FormId, Section, TableFound};
use context::Context;
use fields::OpenGroup;
use slots::Seen;

/// The tables of a document, with every cell of theirs.
#[derive(Debug, Default)]
pub struct Tables {
    /// What was found, in the order of the form.
    pub found: Vec<TableFound>,
    /// Cells by table id.
    pub fields: BTreeMap<String, Vec<Field>>,
    /// Groups of open cells.
    pub groups: Vec<OpenGroup>,
}

/// Finds and reads all tables. A forced form is preferred wherever its tables fit at all; the form
/// that was due decides only where the table itself does not.
pub fn tables(
    prepared: &Prepared<'_>,
    sections: &[Section],
    forced: Option<FormId>,
    due: Option<FormId>,
) -> Tables {
    let cx = Context::new(prepared, sections);
    let mut best: BTreeMap<&str, Seen> = BTreeMap::new();
    let chains = labels::chains(&cx);
    let rows = chains.iter().filter_map(|chain| see::see(&cx, chain));
    let strips = strip::strips(&cx);
    for mut seen in rows.chain(strips) {
        if forced == Some(seen.table.form) {
            seen.score = seen.score.saturating_add(100_000);
        }
        match best.get(seen.table.id.as_str()) {
            Some(other) if other.score >= seen.score => {}
            _ => {
                best.insert(seen.table.id.as_str(), seen);
            }
        }
    }
    let forms_found: BTreeMap<&str, FormId> =
        best.iter().map(|(id, s)| (*id, s.table.form)).collect();
    let zeros = best
        .values()
        .any(|s| s.table.layout.fills && fields::fills_cells(s.table, &s.rows));
    let mut out = Tables::default();
    for (id, seen) in best {
        // A table that is alike in several forms belongs to its neighbours' form.
        let mut neighbours = seen.table.layout.form_of.iter();
        let theirs = forced
            .or_else(|| neighbours.find_map(|t| forms_found.get(t.as_str()).copied()))
            .or(due);
        let table = match theirs.filter(|_| !seen.table.layout.form_of.is_empty()) {
            Some(form) => cx.forms.table(form, id).unwrap_or(seen.table),
            None => seen.table,
        };
        out.found.push(TableFound {
            table: table.id,
            form: table.form,
            span: seen.span,
        });
        let (fields, groups) = fields::fields(&cx, table, &seen.rows, zeros);
        out.fields.insert(id.to_owned(), fields);
        out.groups.extend(groups);
    }
    out
}
