//! Rows of running text: which of them lost their order, and which figures have a place by their
//! position all the same.

use super::aligned::{Aligned, Label};
use super::columns;
use super::context::Context;
use super::heads;
use super::slots::{Slots, adds_up, all_zero};
use super::zone::Printed;
use crate::form::{Shape, Table};
use crate::text::{Span, Token};

/// Rows of pages whose columns were written out one after the other: there no figure is known to
/// be its label's. Figures of several rows stand behind one label, or a block's line behind its
/// rows.
pub fn forget_rows_out_of_order(cx: &Context<'_>, aligned: &Aligned, rows: &mut [Option<Slots>]) {
    if aligned.table.shape == Shape::Blocks && !heads::lead(cx, aligned) {
        for label in &aligned.labels {
            forget(rows, label);
        }
        return;
    }
    let pages = pages(cx, aligned);
    let mut bad: Vec<i64> = Vec::new();
    for (label, page) in aligned.labels.iter().zip(&pages) {
        let width = label.block.columns.len();
        let slots = rows.get(label.hit.row).and_then(Option::as_ref);
        let many = matches!(slots, Some(Slots::Sequence(tokens)) if tokens.len() >= 2 * width);
        if width > 1 && many {
            bad.push(*page);
        }
    }
    for (label, page) in aligned.labels.iter().zip(&pages) {
        if bad.contains(page) {
            forget(rows, label);
        }
    }
}

fn forget(rows: &mut [Option<Slots>], label: &Label) {
    if let Some(row) = rows.get_mut(label.hit.row) {
        *row = Some(Slots::nothing_known());
    }
}

/// For each label the page that it stands on, counted from the first label's.
fn pages(cx: &Context<'_>, aligned: &Aligned) -> Vec<i64> {
    let mut before = None;
    let mut page = 0;
    let mut pages = Vec::with_capacity(aligned.labels.len());
    for label in &aligned.labels {
        let here = cx.original(label.hit.start, label.hit.end).start;
        let there = before.unwrap_or(here);
        let between = Span::new(here.min(there), here.max(there)).of(cx.text());
        cx.budget.count(between.len());
        let feeds = between.bytes().filter(|b| *b == 0xc).count();
        let feeds = i64::try_from(feeds).unwrap_or(i64::MAX);
        page += if here < there { -feeds } else { feeds };
        before = Some(here);
        pages.push(page);
    }
    pages
}

/// A table of totals only: one figure a row and no heads of the other columns.
pub fn totals_only(cx: &Context<'_>, aligned: &Aligned, rows: &mut [Option<Slots>]) {
    let single = |s: &Slots| matches!(s, Slots::Sequence(t) if t.len() <= 1);
    let Some(block) = aligned.table.blocks.first() else {
        return;
    };
    let figures = rows.iter().flatten().filter(|s| s.has_content()).count();
    if figures < 3 || !rows.iter().flatten().all(single) || heads::name_columns(cx, aligned) {
        return;
    }
    for slots in rows.iter_mut().flatten() {
        if let Slots::Sequence(tokens) = slots {
            let mut cells = vec![None; block.columns.len()];
            if let Some(last) = cells.last_mut() {
                *last = tokens.pop();
            }
            *slots = Slots::Placed(cells);
        }
    }
}

/// Places the figures of incomplete rows by their position under complete ones.
pub fn by_position(cx: &Context<'_>, table: &Table, rows: &mut [Option<Slots>]) {
    let mut first = 0;
    for block in &table.blocks {
        let count = block.rows.iter().filter(|r| !r.key.is_empty()).count();
        let own = first..first + count;
        first = own.end;
        let width = block.columns.len();
        let figures: Vec<columns::Figures<'_>> = own
            .filter_map(|row| match rows.get(row) {
                Some(Some(Slots::Sequence(tokens))) => Some(columns::Figures { row, tokens }),
                _ => None,
            })
            .collect();
        let placed: Vec<(usize, Slots)> = columns::place(cx, &figures, width)
            .into_iter()
            .filter_map(|(row, at)| {
                let tokens = figures.iter().find(|f| f.row == row)?.tokens;
                let cells = under(tokens, &at, width);
                let sure = table.shape != Shape::Matrix || adds_up(&cells) && !all_zero(&cells);
                sure.then_some((row, Slots::Placed(cells)))
            })
            .collect();
        for (row, slots) in placed {
            if let Some(row) = rows.get_mut(row) {
                *row = Some(slots);
            }
        }
    }
}

/// Tokens in the columns given, the other cells empty.
fn under(tokens: &[Printed], at: &[usize], width: usize) -> Vec<Option<Printed>> {
    let blank = Printed {
        token: Token::Blank,
        span: Span::new(0, 0),
    };
    let mut cells = vec![Some(blank); width];
    for (token, column) in tokens.iter().zip(at) {
        if let Some(cell) = cells.get_mut(*column) {
            *cell = Some(token.clone());
        }
    }
    cells
}
