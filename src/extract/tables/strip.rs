//! Table 4: one line of fifteen figures under two or three lines of heads.

use super::context::Context;
use super::grid::Cells;
use super::see::rest_of_row;
use super::slots::{Seen, Slots};
use super::words::Words;
use super::{heads, words, zone};
use crate::form::{Anchor, Table};
use crate::text::{Span, fold_word};

/// The strips of a document, one for each form that has such a table.
pub fn strips(cx: &Context<'_>) -> Vec<Seen> {
    let mut out: Vec<Seen> = Vec::new();
    for table in cx.tables.iter().copied() {
        let Some(anchor) = &table.layout.anchor else {
            continue;
        };
        // The same table in another form stands in the same place.
        if out
            .iter()
            .any(|s| s.table.is_like(table) && s.table.layout == table.layout)
        {
            continue;
        }
        let words = words::of(cx.forms, table);
        let mut places = anchors(cx, anchor).into_iter();
        out.extend(places.find_map(|at| strip(cx, table, words, at)));
    }
    out
}

/// Heads of the two kinds of litigation side by side: start and end in the folded text. Prose
/// names them too, but with figures between.
fn anchors(cx: &Context<'_>, anchor: &Anchor) -> Vec<(usize, usize)> {
    let (first, second) = (anchor.first.as_str(), anchor.second.as_str());
    let text = &cx.folded.text;
    let mut out = Vec::new();
    cx.budget.count(text.len());
    for (start, _) in text.match_indices(first) {
        let from = start + first.len();
        let mut to = (from + anchor.gap + second.len()).min(text.len());
        while !text.is_char_boundary(to) {
            to += 1;
        }
        let Some(rest) = text.get(from..to) else {
            continue;
        };
        cx.budget.count(rest.len());
        let Some(at) = rest.find(second).filter(|&at| at < anchor.gap) else {
            continue;
        };
        let between = rest.get(..at).unwrap_or("");
        let wide = between
            .chars()
            .any(|c| c.is_ascii_digit() || anchor.never.contains(c));
        if !wide {
            out.push((start, from + at + second.len()));
        }
    }
    out
}

fn strip(
    cx: &Context<'_>,
    table: &'static Table,
    words: &Words,
    (start, end): (usize, usize),
) -> Option<Seen> {
    let keys = table.cells.len();
    let width = table.blocks.first()?.columns.len();
    let anchor = cx.original(start, end);
    let seat = cx.grids.seat(anchor.start);
    let cells = seat.and_then(|s| cx.grids.strip(table, s));
    let slots = match cells {
        Some(Cells::Placed(cells)) => Slots::Placed(cells),
        Some(Cells::Sequence(tokens)) => Slots::Sequence(tokens),
        Some(Cells::Counted(cells)) => Slots::Sequence(cells.into_iter().map(|c| c.1).collect()),
        None => {
            let heads = heads_end(cx, words, end);
            let from = cx.original(heads.saturating_sub(1), heads).end;
            let (first, last) = (cx.folded.at(from), cx.folded.at(cx.last_row(from)));
            let content = cx.original(first, last);
            let read = zone::read(cx.text(), content, words, true, cx.budget);
            let digits = zone::digits(cx.text(), content, keys, cx.budget);
            let apart = read.tokens.len() == keys
                || read.tokens.len() > 1 && read.tokens.iter().all(|t| !is_run(t, cx.text()));
            if !apart && digits.text.len() >= keys {
                Slots::Glued(digits)
            } else {
                Slots::Sequence(read.tokens)
            }
        }
    };
    let last = slots.end().unwrap_or(anchor.end);
    let rows = split(slots, keys, width);
    Some(Seen {
        table,
        rows,
        span: Span::new(
            heads::start(cx, words, start),
            rest_of_row(cx.text(), last.max(anchor.end)),
        ),
        score: 1,
    })
}

/// The whole line is one row to the solver; the first entry carries it.
fn split(slots: Slots, keys: usize, width: usize) -> Vec<Option<Slots>> {
    match slots {
        Slots::Placed(cells) if cells.len() == keys => cells
            .chunks(width)
            .map(|c| Some(Slots::Placed(c.to_vec())))
            .collect(),
        Slots::Sequence(tokens) if tokens.len() == keys => {
            let placed: Vec<_> = tokens.into_iter().map(Some).collect();
            placed
                .chunks(width)
                .map(|c| Some(Slots::Placed(c.to_vec())))
                .collect()
        }
        other => std::iter::once(Some(other))
            .chain(std::iter::repeat_with(|| None))
            .take(keys / width.max(1))
            .collect(),
    }
}

/// Digits with a leading zero run together.
fn is_run(token: &zone::Printed, text: &str) -> bool {
    let digits = fold_word(token.span.of(text));
    digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.")
}

/// Where the heads end: words of outcomes, in any order and broken in any way, and page numbers.
fn heads_end(cx: &Context<'_>, words: &Words, from: usize) -> usize {
    let text = &cx.folded.text;
    let mut at = from;
    'words: while let Some(rest) = text.get(at..) {
        cx.budget.count(1);
        for length in [4usize, 3, 2] {
            let piece: String = rest.chars().take(length).collect();
            if piece.chars().count() == length
                && piece.chars().all(|c| !c.is_ascii_digit())
                && words.has(&piece)
            {
                at += piece.len();
                continue 'words;
            }
        }
        match rest.chars().next() {
            Some(c)
                if c == '总' || c == '计' || !c.is_alphanumeric() && !matches!(c, '-' | '/') =>
            {
                at += c.len_utf8()
            }
            Some('-') => match page_number(rest) {
                Some(length) => at += length,
                None => break,
            },
            _ => break,
        }
    }
    at
}

/// The length of `-3-` at the start.
fn page_number(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('-')?;
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let after = inner.get(digits..)?;
    // Heads follow a page number; after a mark of an empty cell come figures.
    let heads = after
        .strip_prefix('-')?
        .starts_with(|c: char| c.is_alphabetic());
    (digits > 0 && digits <= 3 && heads).then_some(digits + 2)
}
