//! Tables: label alignment, placement, and what is known of each cell.
//!
//! The same steps serve every layout: find the form's labels, take what stands between them (or,
//! in a grid, beside them), place it by structure where there is one, else by the relations.

mod columns;
mod fields;
mod grid;
mod joint;
mod labels;
mod padding;
mod placements;
mod puzzle;
mod solve;
mod strip;
mod words;
mod zone;

use std::collections::BTreeMap;

use super::prepared::Prepared;
use crate::document::Document;
use crate::form::{BlockDef, Row, Shape, Table};
use crate::report::{Field, FormId, Joint, Section, TableFound};
use crate::text::{Folded, Span, Token, fold};
use grid::{Cells, Grids, Seat};
use labels::{Chain, Hit};
use words::Words;
use zone::{Digits, Printed};

/// The tables of a document, with every cell of theirs.
#[derive(Debug, Default)]
pub struct Tables {
    /// What was found, in the order of the form.
    pub found: Vec<TableFound>,
    /// Cells by table id.
    pub fields: BTreeMap<String, Vec<Field>>,
    /// Groups of open cells.
    pub joint: Vec<Joint>,
}

/// What stands in a row.
#[derive(Debug, Clone)]
enum Slots {
    /// A token for each column; `None` where the file has no such cell.
    Placed(Vec<Option<Printed>>),
    /// Tokens in order; empty cells may have been dropped.
    Sequence(Vec<Printed>),
    /// Digits that run together.
    Glued(Digits),
}

/// A table as seen, before placing.
struct Seen {
    table: &'static Table,
    /// By figure row; `None` where the row's label is not there.
    rows: Vec<Option<Slots>>,
    span: Span,
    /// Rows whose figures stand among running text.
    foreign: usize,
    score: i64,
}

/// Finds and reads all tables. A forced form is preferred wherever its tables fit at all; the form
/// that was due decides only where the table itself does not.
pub fn tables(
    prepared: &Prepared<'_>,
    sections: &[Section],
    forced: Option<FormId>,
    due: Option<FormId>,
) -> Tables {
    let document = prepared.document;
    let folded = prepared.reading();
    let grids = Grids::new(document);
    let bounds = Bounds::new(document, sections);
    let mut best: BTreeMap<&str, Seen> = BTreeMap::new();
    let rows = labels::chains(prepared.reading_hits(), &|at| {
        grids
            .seat(folded.original(at, at + 1).start)
            .map(|s| s.grid)
    })
    .into_iter()
    .filter_map(|chain| see(document, folded, &grids, &bounds, chain));
    let strips = strip::strips(document, folded, &grids, &bounds);
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
    let strip_form = best
        .get("t3")
        .or(best.get("t2"))
        .map(|s| s.table.form)
        .or(due);
    let zeros = best
        .values()
        .any(|s| s.table.id == "t3" && fields::fills_cells(s.table, &s.rows));
    let mut out = Tables::default();
    for (id, seen) in best {
        // Table 4 is the same in both forms that have it: it belongs to its neighbours' form.
        let table = match (seen.table.shape, forced.or(strip_form)) {
            (Shape::Strip, Some(form)) => crate::form::by_id(form).table(id).unwrap_or(seen.table),
            _ => seen.table,
        };
        out.found.push(TableFound {
            table: id.to_owned(),
            form: table.form,
            span: seen.span,
        });
        let (fields, joint) = fields::fields(document, table, &seen.rows, zeros, &prepared.budget);
        out.fields.insert(id.to_owned(), fields);
        out.joint.extend(joint);
    }
    out
}

/// Where the last row of a table must end: at the next part of the report.
struct Bounds {
    starts: Vec<usize>,
    end: usize,
}

impl Bounds {
    fn new(document: &Document, sections: &[Section]) -> Self {
        let mut starts: Vec<usize> = sections
            .iter()
            .filter(|s| s.id.starts_with('s'))
            .map(|s| s.span.start)
            .collect();
        starts.sort_unstable();
        Self {
            starts,
            end: document.text.len(),
        }
    }

    fn after(&self, offset: usize) -> usize {
        self.starts
            .iter()
            .copied()
            .find(|s| *s > offset)
            .unwrap_or(self.end)
    }
}

/// Longest stretch of text that the last row's figures are sought in.
const LAST_ROW: usize = 1500;

fn see(
    document: &Document,
    folded: &Folded,
    grids: &Grids<'_>,
    bounds: &Bounds,
    chain: Chain,
) -> Option<Seen> {
    let table = chain.table;
    let least = match table.shape {
        Shape::Matrix => 8,
        Shape::Blocks => 3,
        Shape::List => 10,
        Shape::Strip => return None,
    };
    if chain.hits.len() < least {
        return None;
    }
    let rows: Vec<(&BlockDef, &Row)> = table.figure_rows().collect();
    let seats = grid::seats(grids, folded, &chain.hits);
    let in_grid = seats.iter().flatten().count() * 2 > chain.hits.len();
    if table.shape == Shape::Blocks && !in_grid && !has_heads(folded, &chain) {
        return None;
    }
    let words = words::of(table);
    let zones: Vec<Span> = (0..chain.hits.len())
        .map(|i| zone_of(folded, bounds, words, &rows, &chain.hits, i))
        .collect();
    let glued = !in_grid && is_glued(document, &rows, &chain.hits, &zones);
    let mut seen: Vec<Option<Slots>> = vec![None; rows.len()];
    let mut counted: Vec<padding::Counted> = Vec::new();
    let mut foreign = 0;
    for (i, hit) in chain.hits.iter().enumerate() {
        let (block, row) = rows[hit.row];
        let next = next_seat(&seats, i);
        let slots = match seats[i]
            .filter(|_| in_grid)
            .and_then(|s| grids.cells(table, block, s, next))
        {
            Some(Cells::Placed(cells)) => Slots::Placed(cells),
            Some(Cells::Sequence(tokens)) => Slots::Sequence(tokens),
            Some(Cells::Counted(cells)) => {
                counted.push((hit.row, cells));
                continue;
            }
            None if glued => {
                let last = i + 1 == chain.hits.len();
                let own = without_unit(document, zones[i], block, row);
                let mut digits = zone::digits(&document.text, own, block.columns.len());
                let rest = fold(Span::new(digits.end, zones[i].end).of(&document.text)).text;
                let prose = !last && !words.makes(unitless(&rest));
                digits.broken |=
                    prose || rest.starts_with(['增', '减', '+', '-', '±', '↑', '↓', '/', ',']);
                foreign += usize::from(prose);
                Slots::Glued(digits)
            }
            None => {
                let last = i + 1 == chain.hits.len();
                let (tokens, strange) =
                    sequence(document, zones[i], words, block.columns.len(), last);
                foreign += usize::from(strange);
                Slots::Sequence(tokens)
            }
        };
        let own = seats[i].is_some() && in_grid;
        let doubtful = !own && digit_of_either(document, folded, &rows, &chain.hits, i);
        seen[hit.row] = Some(if doubtful { nothing_known() } else { slots });
    }
    for (row, slots) in padding::place(table, &rows, counted) {
        seen[row] = Some(slots);
    }
    if !in_grid {
        let lost = out_of_order(document, folded, table, &rows, &chain.hits, &seen);
        for row in lost {
            seen[row] = Some(nothing_known());
        }
    }
    // Prose that names the rows one by one is no table.
    if foreign * 5 > chain.hits.len() * 2 {
        return None;
    }
    if table.shape == Shape::Matrix && !in_grid && !glued {
        totals_only(folded, &chain, table, &mut seen);
    }
    if !in_grid && !glued {
        by_position(document, table, &rows, &mut seen);
    }
    let start = heads_start(folded, words, chain.hits.first()?.start);
    let end = zones
        .last()?
        .end
        .min(last_end(&seen).unwrap_or(usize::MAX))
        .max(start);
    let heads = heads_near(folded, &chain, words);
    Some(Seen {
        table,
        rows: seen,
        span: Span::new(start, rest_of_row(&document.text, end)),
        foreign,
        score: chain.score + heads as i64 * 400,
    })
    .filter(|s| s.rows.iter().flatten().any(has_content) || s.foreign == 0)
}

/// Where a table's heads start in the linear text, before its first row: the form's own words,
/// broken over lines and cells in any way.
fn heads_start(folded: &Folded, words: &Words, first: usize) -> usize {
    // The first row's ordinal stands before its label: 一、
    let before = folded.text.get(..first).unwrap_or("");
    let mut start = match before.strip_suffix('、') {
        Some(ordinal) => ordinal.trim_end_matches('一').len(),
        None => first,
    };
    // Heads are taken cell by cell: the longest piece of the form's words that ends here.
    'heads: while let Some(before) = folded.text.get(..start) {
        let marks = before.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
        let tail: Vec<(usize, char)> = marks.char_indices().rev().take(40).collect();
        for &(at, _) in tail.iter().skip(1).rev() {
            if words.has(marks.get(at..).unwrap_or("\u{0}")) {
                start = at;
                continue 'heads;
            }
        }
        break;
    }
    let at = folded.original(start, start + 1).start;
    folded.original(first, first + 1).start.min(at)
}

/// The end of a row whose padding is all that follows on its line.
fn rest_of_row(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or("");
    let line = rest.split(['\n', '\r']).next().unwrap_or("");
    let padding = line
        .chars()
        .all(|c| c.is_whitespace() || zone::is_cell_border(c));
    if padding { end + line.len() } else { end }
}

fn has_content(slots: &Slots) -> bool {
    match slots {
        Slots::Placed(cells) => cells.iter().flatten().any(|p| p.token != Token::Blank),
        Slots::Sequence(tokens) => !tokens.is_empty(),
        Slots::Glued(digits) => digits.broken || !digits.text.is_empty(),
    }
}

fn last_end(rows: &[Option<Slots>]) -> Option<usize> {
    rows.iter()
        .flatten()
        .filter_map(|slots| match slots {
            Slots::Placed(cells) => cells.iter().flatten().map(|p| p.span.end).max(),
            Slots::Sequence(tokens) => tokens.iter().map(|p| p.span.end).max(),
            Slots::Glued(digits) => digits.places.last().map(|s| s.end),
        })
        .max()
}

fn next_seat(seats: &[Option<Seat>], i: usize) -> Option<Seat> {
    seats.get(i + 1).copied().flatten()
}

/// The text between a label and the next, in the linear text: the rest of the label and the next
/// one's ordinal left out.
fn zone_of(
    folded: &Folded,
    bounds: &Bounds,
    words: &Words,
    rows: &[(&BlockDef, &Row)],
    hits: &[Hit],
    i: usize,
) -> Span {
    let hit = hits[i];
    let start = label_end(folded, words, hit);
    let from = folded.original(start.saturating_sub(1), start).end;
    match hits.get(i + 1) {
        Some(next) => {
            let end = before_ordinal(&folded.text, start, next.start, rows[next.row].1.ordinal);
            let end = before_heads(&folded.text, start, end);
            let to = if end == start {
                from
            } else {
                folded.original(end - 1, end).end
            };
            Span::new(from, to.max(from))
        }
        None => {
            let bound = bounds.after(from).min(from + LAST_ROW);
            let at = folded.at(bound);
            let to = folded.original(at, at).start;
            Span::new(from, to.max(from))
        }
    }
}

/// The end of a label whose beginning was hit: the rest of it may follow at once.
fn label_end(folded: &Folded, words: &Words, hit: Hit) -> usize {
    let label = words.rows.get(hit.row).map_or("", String::as_str);
    let Some(found) = folded.text.get(hit.start..hit.end) else {
        return hit.end;
    };
    let Some(rest) = label
        .find(found)
        .and_then(|at| label.get(at + found.len()..))
    else {
        return hit.end;
    };
    let after = folded.text.get(hit.end..).unwrap_or("");
    let same = rest
        .chars()
        .zip(after.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum::<usize>();
    hit.end + same
}

/// Where the ordinal before a label starts (`2.`, `2、`, `(2)`), so that its digit is no figure.
fn before_ordinal(text: &str, from: usize, start: usize, ordinal: u8) -> usize {
    let Some(before) = text.get(from..start) else {
        return start;
    };
    if ordinal == 0 {
        return start;
    }
    let open = |s: &str| s.strip_suffix('(').map_or(s.len(), str::len);
    let without = before.trim_end_matches(['.', '、', ',', ')', '"', ':']);
    match without.strip_suffix(&ordinal.to_string()) {
        Some(rest) if without.len() < before.len() || rest.is_empty() => from + open(rest),
        _ => start,
    }
}

/// Whether all that stands between a label and the next is a digit by itself that may be this
/// row's figure as well as the next one's ordinal.
fn digit_of_either(
    document: &Document,
    folded: &Folded,
    rows: &[(&BlockDef, &Row)],
    hits: &[Hit],
    i: usize,
) -> bool {
    let Some(next) = hits.get(i + 1) else {
        return false;
    };
    let ordinal = rows[next.row].1.ordinal;
    let between = folded.text.get(hits[i].end..next.start).unwrap_or("");
    if ordinal == 0 || between != ordinal.to_string() {
        return false;
    }
    let digit = folded.original(next.start - 1, next.start).end;
    let label = folded.original(next.start, next.start + 1).start;
    document
        .text
        .get(digit..label)
        .is_some_and(|gap| !gap.is_empty())
}

fn nothing_known() -> Slots {
    Slots::Glued(Digits {
        broken: true,
        ..Digits::default()
    })
}

/// Where the heads of the next block start: what follows them is none of this row.
fn before_heads(text: &str, from: usize, to: usize) -> usize {
    let zone = text.get(from..to).unwrap_or("");
    let heads = ["第二十条第", "信息内容"]
        .into_iter()
        .filter_map(|h| zone.find(h))
        .min();
    heads.map_or(to, |at| from + at)
}

/// What follows a unit of money at the start.
fn unitless(text: &str) -> &str {
    ["万元", "亿元", "元"]
        .into_iter()
        .find_map(|u| text.strip_prefix(u))
        .unwrap_or(text)
}

/// Whether figures run together with labels and with one another.
fn is_glued(document: &Document, rows: &[(&BlockDef, &Row)], hits: &[Hit], zones: &[Span]) -> bool {
    let mut with_figures = 0;
    let mut glued = 0;
    for (hit, zone) in hits.iter().zip(zones) {
        let (block, row) = rows[hit.row];
        let zone = without_unit(document, *zone, block, row);
        let content = zone.of(&document.text);
        let after = document.text.get(zone.end..).and_then(|t| t.chars().next());
        let joined = after.is_some_and(|c| !c.is_whitespace() && !zone::is_cell_border(c));
        if content.contains(|c: char| c.is_ascii_digit()) {
            with_figures += 1;
            let digit = |c: char| c.is_ascii_digit();
            glued += usize::from(content.starts_with(digit) || joined && content.ends_with(digit));
        }
    }
    glued * 2 > with_figures
}

/// A zone without the unit that a list prints between label and figure.
fn without_unit(document: &Document, zone: Span, block: &BlockDef, row: &Row) -> Span {
    let unit = if row.unit.is_empty() {
        block.columns.first().map_or("", |c| c.unit.as_str())
    } else {
        &row.unit
    };
    if unit.is_empty() || block.columns.first().is_some_and(|c| !c.key.is_empty()) {
        return zone;
    }
    let content = zone.of(&document.text);
    let blanks = content.len() - content.trim_start().len();
    match content.trim_start().strip_prefix(unit) {
        Some(_) => Span::new(zone.start + blanks + unit.len(), zone.end),
        None => zone,
    }
}

/// The tokens of a zone, and whether running text stands among them.
fn sequence(
    document: &Document,
    zone: Span,
    words: &Words,
    width: usize,
    last: bool,
) -> (Vec<Printed>, bool) {
    let read = zone::read(&document.text, zone, words, last);
    let mut tokens = read.tokens;
    if width == 1 && tokens.iter().skip(1).all(|t| t.token == Token::Blank) {
        // A head below prints a dash where a unit would stand.
        tokens.truncate(1);
    }
    if tokens.len() < width && tokens.len() + read.texts.len() == width && !last {
        tokens.extend(read.texts);
        tokens.sort_by_key(|t| t.span.start);
    }
    (tokens, read.foreign > 0 && !last)
}

/// Rows of pages whose columns were written out one after the other: there no figure is known to
/// be its label's. Figures of several rows stand behind one label, or a block's line behind its rows.
fn out_of_order(
    document: &Document,
    folded: &Folded,
    table: &Table,
    rows: &[(&BlockDef, &Row)],
    hits: &[Hit],
    seen: &[Option<Slots>],
) -> Vec<usize> {
    if table.shape == Shape::Blocks && !heads_lead(folded, table, rows, hits) {
        return hits.iter().map(|h| h.row).collect();
    }
    let page = |hit: &Hit| {
        let at = folded.original(hit.start, hit.end).start;
        document
            .text
            .get(..at)
            .map_or(0, |t| t.matches('\u{c}').count())
    };
    let many = |hit: &&Hit| {
        let width = rows[hit.row].0.columns.len();
        let slots = seen.get(hit.row).and_then(Option::as_ref);
        width > 1 && matches!(slots, Some(Slots::Sequence(tokens)) if tokens.len() >= 2 * width)
    };
    let bad: Vec<usize> = hits.iter().filter(many).map(page).collect();
    if bad.is_empty() {
        return Vec::new();
    }
    let lost = hits.iter().filter(|h| bad.contains(&page(h)));
    lost.map(|h| h.row).collect()
}

/// Whether each block's own line stands before its rows and not after them.
fn heads_lead(folded: &Folded, table: &Table, rows: &[(&BlockDef, &Row)], hits: &[Hit]) -> bool {
    table.blocks.iter().all(|block| {
        let own = |h: &&Hit| std::ptr::eq(rows[h.row].0, block);
        let (Some(first), Some(last)) = (hits.iter().find(own), hits.iter().rfind(own)) else {
            return true;
        };
        let next = hits.iter().find(|h| h.start > last.start);
        let after = next
            .map_or(last.end + 120, |n| n.start)
            .min(folded.text.len());
        let within = folded.text.get(first.end..after).unwrap_or("");
        let line = |text: &str| block.variants.iter().any(|v| text.contains(v.as_str()));
        !line(within) || line(before(folded, first.start, 200))
    })
}

/// Whether the heads of table 2 stand before its first row: its labels are words of any prose.
fn has_heads(folded: &Folded, chain: &Chain) -> bool {
    let Some(first) = chain.hits.first() else {
        return false;
    };
    let before = before(folded, first.start, 900);
    before.contains("信息内容")
        || before.contains("第二十条第")
        || chain
            .table
            .blocks
            .iter()
            .flat_map(|b| &b.columns)
            .filter(|c| c.variants.iter().any(|v| before.contains(v.as_str())))
            .count()
            >= 2
}

fn before(folded: &Folded, at: usize, reach: usize) -> &str {
    let mut from = at.saturating_sub(reach);
    while !folded.text.is_char_boundary(from) {
        from += 1;
    }
    folded.text.get(from..at).unwrap_or("")
}

/// How many of the columns' heads stand in or shortly before the table.
fn heads_near(folded: &Folded, chain: &Chain, words: &Words) -> usize {
    let (Some(first), Some(last)) = (chain.hits.first(), chain.hits.last()) else {
        return 0;
    };
    let ahead = before(folded, first.start, 900);
    let inside = folded.text.get(first.start..last.end).unwrap_or("");
    words
        .heads
        .iter()
        .filter(|h| !h.is_empty() && (ahead.contains(h.as_str()) || inside.contains(h.as_str())))
        .count()
}

/// A table of totals only: one figure a row and no heads of the other columns.
fn totals_only(folded: &Folded, chain: &Chain, table: &Table, rows: &mut [Option<Slots>]) {
    let single = |s: &Slots| matches!(s, Slots::Sequence(t) if t.len() <= 1);
    let (Some(block), Some(first)) = (table.blocks.first(), chain.hits.first()) else {
        return;
    };
    let heads = block
        .columns
        .iter()
        .filter(|c| c.key != "total" && c.key != "other_org");
    let heads_there = heads
        .filter(|c| {
            c.variants
                .iter()
                .any(|v| before(folded, first.start, 900).contains(v.as_str()))
        })
        .count();
    let figures = rows.iter().flatten().filter(|s| has_content(s)).count();
    if heads_there > 0 || figures < 3 || !rows.iter().flatten().all(single) {
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

/// A row of zeros adds up wherever they stand.
fn all_zero(cells: &[Option<Printed>]) -> bool {
    let figure = |c: &Printed| matches!(c.token, Token::Number { value, .. } if !value.is_zero());
    !cells.iter().flatten().any(figure)
}

/// Places the figures of incomplete rows by their position under complete ones.
fn by_position(
    document: &Document,
    table: &Table,
    rows: &[(&BlockDef, &Row)],
    seen: &mut [Option<Slots>],
) {
    for block in &table.blocks {
        let own: Vec<usize> = (0..rows.len())
            .filter(|&r| std::ptr::eq(rows[r].0, block))
            .collect();
        let width = block.columns.len();
        let lines: Vec<columns::Line<'_>> = own
            .iter()
            .filter_map(|&row| match &seen[row] {
                Some(Slots::Sequence(tokens)) => Some(columns::Line { row, tokens }),
                _ => None,
            })
            .collect();
        for (row, at) in columns::place(&document.text, &lines, width) {
            let Some(Slots::Sequence(tokens)) = &seen[row] else {
                continue;
            };
            let blank = Printed {
                token: Token::Blank,
                span: Span::new(0, 0),
            };
            let mut cells = vec![Some(blank); width];
            for (token, column) in tokens.iter().zip(at) {
                if let Some(cell) = cells.get_mut(column) {
                    *cell = Some(token.clone());
                }
            }
            if table.shape != Shape::Matrix || fields::adds_up(&cells) && !all_zero(&cells) {
                seen[row] = Some(Slots::Placed(cells));
            }
        }
    }
}
