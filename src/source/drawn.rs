//! Tables drawn with lines: `┌─┬─┐` of text browsers, `+---+` of converters. A cell may be wrapped
//! over lines, and may reach over rows and columns where no line is drawn.

use std::collections::{BTreeMap, BTreeSet};

use super::text::{Line, piece, width};
use crate::document::{Grid, GridCell, Span};

/// Whether a table is drawn from this line on.
pub fn is_drawn(line: &str) -> bool {
    let start = line.trim_start();
    start.starts_with(['┌', '┏', '╔', '├', '│', '┃', '║'])
        || start.starts_with("+-")
        || start.starts_with("+=")
}

fn is_upright(c: char) -> bool {
    matches!(c, '│' | '┃' | '║' | '|')
}

/// A corner or crossing: something is drawn beside it.
fn is_joint(c: char) -> bool {
    c == '+' || matches!(c, '\u{250c}'..='\u{254b}' | '\u{2552}'..='\u{256c}') && !is_upright(c)
}

fn is_level(c: char) -> bool {
    matches!(c, '─' | '━' | '═' | '-' | '=')
}

/// A stretch of a line between two uprights.
struct Stretch {
    from: usize,
    to: usize,
    /// A line is drawn along it.
    rule: bool,
    span: Span,
}

/// The table at the start of these lines, and how many lines it takes.
pub fn drawn(lines: &[Line<'_>]) -> Option<(Grid, usize)> {
    let used = lines.iter().take_while(|l| is_row(l.text)).count();
    // Converters pad by columns of the terminal or by characters: in the one that they used, the
    // uprights of all lines meet.
    let of = |display: bool| -> Option<(Vec<Vec<Stretch>>, Vec<usize>)> {
        let rows: Vec<Vec<Stretch>> = lines
            .get(..used)?
            .iter()
            .map(|l| stretches(l, display))
            .collect();
        let edges: BTreeSet<usize> = rows.iter().flatten().flat_map(|s| [s.from, s.to]).collect();
        Some((rows, edges.into_iter().collect()))
    };
    let (rows, edges) = [of(true)?, of(false)?]
        .into_iter()
        .min_by_key(|(_, edges)| edges.len())?;
    if used < 3 || edges.len() < 3 {
        return None;
    }
    let column = |x: usize| edges.partition_point(|&e| e < x);
    let mut cells: Vec<GridCell> = Vec::new();
    // The open cell that starts in a column.
    let mut open: BTreeMap<usize, usize> = BTreeMap::new();
    let mut row = 0usize;
    let mut filled = false;
    for stretches in &rows {
        if stretches.iter().any(|s| s.rule) && filled {
            row += 1;
            filled = false;
        }
        for s in stretches {
            let (from, to) = (column(s.from), column(s.to));
            if s.rule {
                open.retain(|&c, &mut i| {
                    let stays = c >= to || c + cells[i].column_span <= from;
                    if !stays {
                        cells[i].row_span = row.saturating_sub(cells[i].row).max(1);
                    }
                    stays
                });
                continue;
            }
            let cell = *open.entry(from).or_insert_with(|| {
                cells.push(GridCell {
                    row,
                    column: from,
                    row_span: 1,
                    column_span: (to - from).max(1),
                    spans: Vec::new(),
                });
                cells.len() - 1
            });
            cells[cell]
                .spans
                .extend(Some(s.span).filter(|s| !s.is_empty()));
            filled = true;
        }
    }
    let count = row + usize::from(filled);
    for &i in open.values() {
        cells[i].row_span = count.saturating_sub(cells[i].row).max(1);
    }
    cells.sort_by_key(|c| (c.row, c.column));
    let span = cells.iter().filter_map(GridCell::span).reduce(Span::join)?;
    Some((
        Grid {
            span,
            cells,
            rows: count,
            columns: edges.len() - 1,
            rectangular: true,
        },
        used,
    ))
}

fn is_row(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(|c| is_upright(c) || is_joint(c))
        && line.ends_with(|c| is_upright(c) || is_joint(c))
}

fn stretches(line: &Line<'_>, display: bool) -> Vec<Stretch> {
    let mut out = Vec::new();
    let mut x = 0;
    // Where the last upright stood: its column, and the byte after it.
    let mut last: Option<(usize, usize)> = None;
    // A plus sign is a crossing only in a line that is drawn all along.
    let ascii = line
        .text
        .chars()
        .all(|c| matches!(c, '+' | '-' | '=' | '|' | ':' | ' '));
    for (i, c) in line.text.char_indices() {
        let upright = is_upright(c) || is_joint(c) && (c != '+' || ascii);
        if upright {
            if let Some((from, start)) = last {
                let text = line.text.get(start..i).unwrap_or("");
                let rule = !text.is_empty() && text.chars().all(|c| is_level(c) || c == '+');
                if !text.is_empty() {
                    out.push(Stretch {
                        from,
                        to: x,
                        rule,
                        span: piece(line.start + start, text),
                    });
                }
            }
            last = Some((x, i + c.len_utf8()));
        }
        x += if display { width(c) } else { 1 };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::text::read;
    use crate::document::Block;

    #[test]
    fn wrapped_and_merged_cells_are_followed() {
        let text = "\
┌──────┬──────┬────┐
│三、结│予以公│20  │
│果    │开    │    │
│      ├──────┼────┤
│      │部分公│    │
│      │开    │    │
└──────┴──────┴────┘
";
        let document = read(text.to_owned(), "UTF-8");
        let Some(Block::Table(grid)) = document.blocks.first() else {
            panic!("no grid")
        };
        let cells: Vec<(usize, usize, usize, String)> = grid
            .cells
            .iter()
            .map(|c| (c.row, c.column, c.row_span, c.text(text).replace('\n', "")))
            .collect();
        assert_eq!(
            cells,
            [
                (0, 0, 2, "三、结果".to_owned()),
                (0, 1, 1, "予以公开".to_owned()),
                (0, 2, 1, "20".to_owned()),
                (1, 1, 1, "部分公开".to_owned()),
                (1, 2, 1, String::new())
            ]
        );
    }
}
