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
        let complete: Vec<Vec<usize>> = page
            .iter()
            .filter(|l| l.tokens.len() == width)
            .filter_map(|l| centres(text, l.tokens))
            .collect();
        if complete.is_empty() || width < 2 {
            continue;
        }
        let column: Vec<(usize, usize)> = (0..width)
            .map(|c| {
                let at = complete.iter().map(|row| row[c]);
                (at.clone().min().unwrap_or(0), at.max().unwrap_or(0))
            })
            .collect();
        // The columns must not touch one another, else position proves nothing.
        if !column.windows(2).all(|w| w[0].1 + 4 <= w[1].0) {
            continue;
        }
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
