//! Tables: label alignment, placement, and what is known of each cell.
//!
//! The same steps serve every layout: find the form's labels ([`labels`]), take what stands
//! between them or, in a grid, beside them ([`see`]), place it by structure where there is one,
//! else by the relations ([`fields`]). `一、本年新收政府信息公开申请数量 12 3 0 0 0 0 15` becomes seven cells of
//! row `new`.

mod aligned;
mod chain;
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

use std::cmp::Reverse;
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

/// What a forced form is preferred by, wherever its tables fit at all.
const FORCED: i64 = 100_000;

/// Finds and reads all tables. A forced form is preferred wherever its tables fit at all; the form
/// that was due decides only where the table itself does not.
pub fn tables(
    prepared: &Prepared<'_>,
    sections: &[Section],
    forced: Option<FormId>,
    due: Option<FormId>,
) -> Tables {
    let cx = Context::new(prepared, sections);
    let best = best(&cx, forced);
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

/// The table of each id that fits best; of those that fit alike the first. What cannot fit as well
/// as one that was seen is not looked at.
fn best<'a>(cx: &Context<'_>, forced: Option<FormId>) -> BTreeMap<&'a str, Seen> {
    let bonus = |form: FormId| if forced == Some(form) { FORCED } else { 0 };
    let chains = labels::chains(cx);
    let mut order: Vec<(i64, usize)> = chains
        .iter()
        .map(|chain| see::most(chain).saturating_add(bonus(chain.table.form)))
        .zip(0..)
        .collect();
    order.sort_by_key(|&(most, number)| (Reverse(most), number));
    let mut best: BTreeMap<&str, (Seen, usize)> = BTreeMap::new();
    for (most, number) in order {
        let Some(chain) = chains.get(number) else {
            continue;
        };
        let id = chain.table.id.as_str();
        let weight = |score: i64, number: usize| (score, Reverse(number));
        if best
            .get(id)
            .is_some_and(|(seen, other)| weight(seen.score, *other) > weight(most, number))
        {
            continue;
        }
        let Some(mut seen) = see::see(cx, chain) else {
            continue;
        };
        seen.score = seen.score.saturating_add(bonus(seen.table.form));
        match best.get(id) {
            Some((other, n)) if weight(other.score, *n) > weight(seen.score, number) => {}
            _ => {
                best.insert(id, (seen, number));
            }
        }
    }
    let mut best: BTreeMap<&str, Seen> = best.into_iter().map(|(id, s)| (id, s.0)).collect();
    for strip in strip::strips(cx) {
        best.entry(strip.table.id.as_str()).or_insert(strip);
    }
    best
}
