//! Text laid out in columns: where complete rows fix the columns of a page, the figures of an
//! incomplete row stand under them by their position on the line.

use unicode_width::UnicodeWidthStr;

use super::zone::Printed;

/// A row of figures in text, by its number in the block.
pub struct Line<'a> {
    /// Which row.
    pub row: usize,
    /// Its figures.
    pub tokens: &'a [Printed],
}

/// For each incomplete row that can be placed, the column of each of its figures.
pub fn place(text: &str, lines: &[Line<'_>], width: usize) -> Vec<(usize, Vec<usize>)> {
    let mut placed = Vec::new();
    for page in pages(text, lines) {
        let Some(column) =
            complete_rows(text, &page, width).or_else(|| clusters(text, &page, width))
        else {
            continue;
        };
        for line in page
            .iter()
            .filter(|l| !l.tokens.is_empty() && l.tokens.len() < width)
        {
            let Some(at) = centres(text, line.tokens) else {
                continue;
            };
            let found: Option<Vec<usize>> = at.iter().map(|&x| column_of(x, &column)).collect();
            if let Some(found) = found.filter(|f| f.windows(2).all(|w| w[0] < w[1])) {
                placed.push((line.row, found));
            }
        }
    }
    placed
}

/// The columns as complete rows show them: for each the least and the greatest middle.
fn complete_rows(text: &str, page: &[&Line<'_>], width: usize) -> Option<Vec<(usize, usize)>> {
    let complete = page.iter().filter(|l| l.tokens.len() == width);
    let rows: Vec<Vec<usize>> = complete.filter_map(|l| centres(text, l.tokens)).collect();
    let column = |c: usize| {
        let at = || rows.iter().map(|row| row[c]);
        Some((at().min()?, at().max()?))
    };
    let columns: Vec<(usize, usize)> = (0..width).map(column).collect::<Option<_>>()?;
    // Columns that touch one another prove nothing.
    columns
        .windows(2)
        .all(|w| w[0].1 + 4 <= w[1].0)
        .then_some(columns)
}

/// The columns of a page without a complete row: its figures stand in as many heaps as there are
/// columns, the gaps between heaps plainly wider than those within.
fn clusters(text: &str, page: &[&Line<'_>], width: usize) -> Option<Vec<(usize, usize)>> {
    let mut at: Vec<usize> = page
        .iter()
        .filter_map(|l| centres(text, l.tokens))
        .flatten()
        .collect();
    at.sort_unstable();
    let mut gaps: Vec<(usize, usize)> = at
        .windows(2)
        .enumerate()
        .map(|(i, w)| (w[1] - w[0], i))
        .collect();
    if width < 2 || gaps.len() < width * 2 {
        return None;
    }
    gaps.sort_unstable_by(|a, b| b.cmp(a));
    let (between, within) = gaps.split_at(width - 1);
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
            .map(|(from, to)| (at[from], at[to - 1]))
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
fn centres(text: &str, tokens: &[Printed]) -> Option<Vec<usize>> {
    let first = tokens.first()?.span.start;
    let start = text
        .get(..first)?
        .rfind(['\n', '\r', '\u{c}'])
        .map_or(0, |i| i + 1);
    let mut last_end = None;
    let mut out = Vec::with_capacity(tokens.len());
    for token in tokens {
        let before = text.get(start..token.span.start)?;
        if before.contains(['\n', '\r', '\u{c}', '\t', '|']) {
            return None;
        }
        let left = before.width();
        let right = left + token.span.of(text).width();
        if last_end.is_some_and(|end| left < end + 2) {
            return None;
        }
        last_end = Some(right);
        out.push(left + right);
    }
    Some(out)
}

/// Lines by page: form feeds divide them, since a page is laid out by itself.
fn pages<'a, 'b>(text: &str, lines: &'a [Line<'b>]) -> Vec<Vec<&'a Line<'b>>> {
    let mut pages: Vec<Vec<&Line<'_>>> = vec![Vec::new()];
    let mut at: Option<usize> = None;
    for line in lines {
        let Some(start) = line.tokens.first().map(|t| t.span.start) else {
            continue;
        };
        if at.is_some_and(|a| text.get(a..start).is_some_and(|s| s.contains('\u{c}'))) {
            pages.push(Vec::new());
        }
        at = Some(start);
        if let Some(page) = pages.last_mut() {
            page.push(line);
        }
    }
    pages
}
