//! From a chain of labels to a table as seen: what stands in each of its rows.

use super::aligned::{Aligned, Label};
use super::chain::Chain;
use super::context::Context;
use super::grid::Cells;
use super::slots::{Seen, Slots};
use super::zone::{self, Printed};
use super::{heads, order, padding};
use crate::form::Shape;
use crate::text::{Span, Token, Unit, fold_word};

/// What stands in the rows of a chain; `None` where it is no table.
pub fn see(cx: &Context<'_>, chain: &Chain) -> Option<Seen> {
    let table = chain.table;
    if chain.hits.len() < table.layout.least_rows {
        return None;
    }
    let aligned = Aligned::new(cx, chain)?;
    let in_grid = aligned.in_grid;
    if table.shape == Shape::Blocks && !in_grid && !heads::stand_before(cx, &aligned) {
        return None;
    }
    let glued = !in_grid && aligned.is_glued(cx.text());
    let mut rows: Vec<Option<Slots>> = vec![None; table.figure_rows().count()];
    let mut counted: Vec<padding::Counted> = Vec::new();
    let mut foreign = 0;
    for (i, label) in aligned.labels.iter().enumerate() {
        let next = aligned.labels.get(i + 1);
        let cells = label.seat.filter(|_| in_grid).and_then(|s| {
            cx.grids
                .cells(table, label.block, s, next.and_then(|n| n.seat))
        });
        let slots = match cells {
            Some(Cells::Placed(cells)) => Slots::Placed(cells),
            Some(Cells::Sequence(tokens)) => Slots::Sequence(tokens),
            Some(Cells::Counted(cells)) => {
                counted.push(padding::Counted {
                    row: label.hit.row,
                    block: label.block,
                    cells,
                });
                continue;
            }
            None => {
                let (slots, strange) = if glued {
                    run_together(cx, &aligned, label, next.is_none())
                } else {
                    in_order(cx, &aligned, label, next.is_none())
                };
                foreign += usize::from(strange);
                slots
            }
        };
        let own = label.seat.is_some() && in_grid;
        let doubtful = chain.cut || !own && next.is_some_and(|n| label.shares_digit(cx, n));
        if let Some(row) = rows.get_mut(label.hit.row) {
            *row = Some(if doubtful {
                Slots::nothing_known()
            } else {
                slots
            });
        }
    }
    for (row, slots) in padding::place(table, counted) {
        if let Some(row) = rows.get_mut(row) {
            *row = Some(slots);
        }
    }
    if !in_grid {
        order::forget_rows_out_of_order(cx, &aligned, &mut rows);
    }
    // Prose that names the rows one by one is no table.
    if foreign * 5 > aligned.labels.len() * 2 {
        return None;
    }
    if !in_grid && !glued {
        if table.shape == Shape::Matrix {
            order::totals_only(cx, &aligned, &mut rows);
        }
        order::by_position(cx, table, &mut rows);
    }
    let (first, last) = aligned.ends()?;
    let start = heads::start(cx, aligned.words, first.hit.start);
    let printed = rows.iter().flatten().filter_map(Slots::end).max();
    let end = last.zone.end.min(printed.unwrap_or(usize::MAX)).max(start);
    let near = heads::near(cx, &aligned);
    let any = rows.iter().flatten().any(Slots::has_content) || foreign == 0;
    any.then(|| Seen {
        table,
        rows,
        span: Span::new(start, rest_of_row(cx.text(), end)),
        score: chain.score + weight(near),
    })
}

/// The most that a chain can score.
pub fn most(chain: &Chain) -> i64 {
    let columns = chain.table.blocks.iter().map(|b| b.columns.len());
    chain.score + weight(columns.sum())
}

/// What heads that stand near add to the score.
fn weight(heads: usize) -> i64 {
    i64::try_from(heads).unwrap_or(0) * 400
}

/// The end of a row whose padding is all that follows on its line.
pub fn rest_of_row(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or("");
    let padding = |c: char| c.is_whitespace() || zone::is_cell_border(c);
    let break_or_word = rest.find(|c: char| matches!(c, '\n' | '\r') || !padding(c));
    let at = break_or_word.unwrap_or(rest.len());
    match rest.get(at..).and_then(|r| r.chars().next()) {
        None | Some('\n' | '\r') => end + at,
        Some(_) => end,
    }
}

/// The digits of a row whose cells run together, and whether it is prose.
fn run_together(cx: &Context<'_>, aligned: &Aligned, label: &Label, last: bool) -> (Slots, bool) {
    let text = cx.text();
    let own = label.without_unit(text);
    let mut digits = zone::digits(text, own, label.block.columns.len(), cx.budget);
    let rest = Span::new(digits.end, label.zone.end).of(text);
    cx.budget.count(rest.len());
    let rest = fold_word(rest);
    let prose = !last && !aligned.words.makes(unitless(&rest));
    digits.broken |= prose || rest.starts_with(['增', '减', '+', '-', '±', '↑', '↓', '/', ',']);
    (Slots::Glued(digits), prose)
}

/// What follows a unit of money at the start.
fn unitless(text: &str) -> &str {
    let unit = Unit::opens(text, |u| u.money);
    unit.and_then(|u| text.strip_prefix(u.name)).unwrap_or(text)
}

/// The tokens of a row, and whether running text stands among them.
fn in_order(cx: &Context<'_>, aligned: &Aligned, label: &Label, last: bool) -> (Slots, bool) {
    let width = label.block.columns.len();
    let read = zone::read(cx.text(), label.zone, aligned.words, last, cx.budget);
    let mut tokens: Vec<Printed> = read.tokens;
    if width == 1 && tokens.iter().skip(1).all(|t| t.token == Token::Blank) {
        // A head below prints a dash where a unit would stand.
        tokens.truncate(1);
    }
    if tokens.len() < width && tokens.len() + read.texts.len() == width && !last {
        tokens.extend(read.texts);
        tokens.sort_by_key(|t| t.span.start);
    }
    (Slots::Sequence(tokens), read.foreign > 0 && !last)
}
