//! Text laid out in columns: where complete rows fix the columns of a page, the figures of an
//! incomplete row stand under them by their position on the line.

use unicode_width::UnicodeWidthStr;

use super::context::Context;
use super::zone::Printed;

/// A row of figures in text, by its number in the table.
pub struct Figures<'a> {
    /// Which row.
    pub row: usize,
    /// Its figures.
    pub tokens: &'a [Printed],
}

/// For each incomplete row that can be placed, the column of each of its figures.
pub fn place(cx: &Context<'_>, lines: &[Figures<'_>], width: usize) -> Vec<(usize, Vec<usize>)> {
    let mut placed = Vec::new();
    for page in pages(cx, lines) {
        let Some(column) = complete_rows(cx, &page, width).or_else(|| clusters(cx, &page, width))
        else {
            continue;
        };
        for line in page
            .iter()
            .filter(|l| !l.tokens.is_empty() && l.tokens.len() < width)
        {
            let Some(at) = centres(cx, line.tokens) else {
                continue;
            };
            let found: Option<Vec<usize>> = at.iter().map(|&x| column_of(x, &column)).collect();
            if let Some(found) = found.filter(|f| pairs(f).all(|(left, right)| left < right)) {
                placed.push((line.row, found));
            }
        }
    }
    placed
}

/// The columns as complete rows show them: for each the least and the greatest middle.
fn complete_rows(
    cx: &Context<'_>,
    page: &[&Figures<'_>],
    width: usize,
) -> Option<Vec<(usize, usize)>> {
    let complete = page.iter().filter(|l| l.tokens.len() == width);
    let rows: Vec<Vec<usize>> = complete.filter_map(|l| centres(cx, l.tokens)).collect();
    let column = |c: usize| {
        let at = || rows.iter().filter_map(|row| row.get(c).copied());
        Some((at().min()?, at().max()?))
    };
    let columns: Vec<(usize, usize)> = (0..width).map(column).collect::<Option<_>>()?;
    // Columns that touch one another prove nothing.
    let apart = pairs(&columns).all(|(left, right)| left.1 + 4 <= right.0);
    apart.then_some(columns)
}

/// The columns of a page without a complete row: its figures stand in as many heaps as there are
/// columns, the gaps between heaps plainly wider than those within.
fn clusters(cx: &Context<'_>, page: &[&Figures<'_>], width: usize) -> Option<Vec<(usize, usize)>> {
    let mut at: Vec<usize> = page
        .iter()
        .filter_map(|l| centres(cx, l.tokens))
        .flatten()
        .collect();
    at.sort_unstable();
    let mut gaps: Vec<(usize, usize)> = pairs(&at)
        .enumerate()
        .map(|(i, (left, right))| (right - left, i))
        .collect();
    if width < 2 || gaps.len() < width * 2 {
        return None;
    }
    gaps.sort_unstable_by(|a, b| b.cmp(a));
    let (between, within) = gaps.split_at_checked(width - 1)?;
    let (narrowest, widest) = (between.last()?.0, within.first().map_or(0, |g| g.0));
    if narrowest < 6 || narrowest < widest * 2 {
        return None;
    }
    let mut cuts: Vec<usize> = between.iter().map(|g| g.1 + 1).collect();
    cuts.sort_unstable();
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([at.len()]);
    Some(
        starts
            .zip(ends)
            .filter_map(|(from, to)| {
                let heap = at.get(from..to)?;
                Some((*heap.first()?, *heap.last()?))
            })
            .collect(),
    )
}

/// The column that a figure stands under: plainly nearer to it than to any other. Positions are
/// in half columns of the terminal.
fn column_of(x: usize, columns: &[(usize, usize)]) -> Option<usize> {
    const FARTHEST: usize = 14;
    let away = |&(least, most): &(usize, usize)| {
        if x < least {
            least - x
        } else {
            x.saturating_sub(most)
        }
    };
    let mut near: Vec<(usize, usize)> = columns
        .iter()
        .enumerate()
        .map(|(c, range)| (away(range), c))
        .collect();
    near.sort_unstable();
    match near.as_slice() {
        [(first, c), (second, _), ..] if *first <= FARTHEST && first * 2 + 2 <= *second => Some(*c),
        _ => None,
    }
}

/// The middles of figures that stand on one line with room between them, in half columns.
fn centres(cx: &Context<'_>, tokens: &[Printed]) -> Option<Vec<usize>> {
    let text = cx.text();
    let first = tokens.first()?.span.start;
    let line = text
        .get(..first)?
        .rfind(['\n', '\r', '\u{c}'])
        .map_or(0, |i| i + 1);
    cx.budget
        .count(tokens.last()?.span.end.saturating_sub(line));
    let mut done = line;
    let mut left = 0;
    let mut last_end = None;
    let mut out = Vec::with_capacity(tokens.len());
    for token in tokens {
        let before = text.get(done..token.span.start)?;
        if before.contains(['\n', '\r', '\u{c}', '\t', '|']) {
            return None;
        }
        left += before.width();
        let right = left + token.span.of(text).width();
        if last_end.is_some_and(|end| left < end + 2) {
            return None;
        }
        last_end = Some(right);
        out.push(left + right);
        (done, left) = (token.span.end, right);
    }
    Some(out)
}

/// Lines by page: form feeds divide them, since a page is laid out by itself.
fn pages<'a, 'b>(cx: &Context<'_>, lines: &'a [Figures<'b>]) -> Vec<Vec<&'a Figures<'b>>> {
    let mut pages: Vec<Vec<&Figures<'_>>> = vec![Vec::new()];
    let mut at: Option<usize> = None;
    for line in lines {
        let Some(start) = line.tokens.first().map(|t| t.span.start) else {
            continue;
        };
        let between = cx.text().get(at.unwrap_or(start)..start).unwrap_or("");
        cx.budget.count(between.len());
        if between.contains('\u{c}') {
            pages.push(Vec::new());
        }
        at = Some(start);
        if let Some(page) = pages.last_mut() {
            page.push(line);
        }
    }
    pages
}

/// Each element with the next.
fn pairs<T: Copy>(all: &[T]) -> impl Iterator<Item = (T, T)> {
    all.iter().copied().zip(all.iter().skip(1).copied())
}
