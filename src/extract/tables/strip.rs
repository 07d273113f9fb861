//! Table 4: one line of fifteen figures under two or three lines of heads.

use super::grid::{Cells, Grids};
use super::words::Words;
use super::{Bounds, LAST_ROW, Seen, Slots, heads_start, rest_of_row, words, zone};
use crate::document::Document;
use crate::form::{Anchor, FormSet, Table};
use crate::text::{Folded, Span, fold};

/// The strips of a document, one for each form that has such a table.
pub fn strips(
    forms: &'static FormSet,
    document: &Document,
    folded: &Folded,
    grids: &Grids<'_>,
    bounds: &Bounds,
) -> Vec<Seen> {
    let strips = forms
        .tables()
        .filter_map(|t| Some((t, t.layout.anchor.as_ref()?)));
    strips
        .filter_map(|(table, anchor)| {
            let words = words::of(forms, table);
            let mut found = anchors(&folded.text, anchor)
                .into_iter()
                .filter_map(|at| strip(document, folded, grids, bounds, words, table, at));
            found.find(|s| s.score > 0)
        })
        .collect()
}

/// Heads of the two kinds of litigation side by side: start and end in the folded text. Prose
/// names them too, but with figures between.
fn anchors(text: &str, anchor: &Anchor) -> Vec<(usize, usize)> {
    let (first, second) = (anchor.first.as_str(), anchor.second.as_str());
    let mut out = Vec::new();
    for (start, _) in text.match_indices(first) {
        let from = start + first.len();
        let Some(rest) = text.get(from..) else {
            continue;
        };
        let Some(at) = rest.find(second) else {
            continue;
        };
        let between = rest.get(..at).unwrap_or("");
        let wide = between
            .chars()
            .any(|c| c.is_ascii_digit() || anchor.never.contains(c));
        if at < anchor.gap && !wide {
            out.push((start, from + at + second.len()));
        }
    }
    out
}

fn strip(
    document: &Document,
    folded: &Folded,
    grids: &Grids<'_>,
    bounds: &Bounds,
    words: &'static Words,
    table: &'static Table,
    (start, end): (usize, usize),
) -> Option<Seen> {
    let keys = table.cells.len();
    let width = table.blocks.first()?.columns.len();
    let anchor = folded.original(start, end);
    let seat = grids.seat(anchor.start);
    let cells = seat.and_then(|s| grids.strip(table, s));
    let heads = heads_end(&folded.text, words, end);
    let from = folded.original(heads.saturating_sub(1), heads).end;
    let zone = Span::new(from, bounds.after(from).min(from + LAST_ROW));
    let slots = match cells {
        Some(Cells::Placed(cells)) => Slots::Placed(cells),
        Some(Cells::Sequence(tokens)) => Slots::Sequence(tokens),
        Some(Cells::Counted(cells)) => Slots::Sequence(cells.into_iter().map(|c| c.1).collect()),
        None => {
            let content = folded.original(folded.at(zone.start), folded.at(zone.end));
            let read = zone::read(&document.text, content, words, true);
            let digits = zone::digits(&document.text, content, keys);
            let apart = read.tokens.len() == keys
                || read.tokens.len() > 1 && read.tokens.iter().all(|t| !is_run(t, &document.text));
            if !apart && digits.text.len() >= keys {
                Slots::Glued(digits)
            } else {
                Slots::Sequence(read.tokens)
            }
        }
    };
    let last = super::last_end(&[Some(slots.clone())]).unwrap_or(anchor.end);
    let rows = split(slots, keys, width);
    Some(Seen {
        table,
        rows,
        span: Span::new(
            heads_start(folded, words, start),
            rest_of_row(&document.text, last.max(anchor.end)),
        ),
        foreign: 0,
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
    let digits = fold(token.span.of(text)).text;
    digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.")
}

/// Where the heads end: words of outcomes, in any order and broken in any way, and page numbers.
fn heads_end(text: &str, words: &Words, from: usize) -> usize {
    let mut at = from;
    'words: while let Some(rest) = text.get(at..) {
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
