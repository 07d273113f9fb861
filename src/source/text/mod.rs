//! Plain text: the file is the linear text. Tables whose cells have certain places become grids.
//!
//! `# 报告␊一段话。␊` is a heading of level 1 and a paragraph.

mod box_table;
mod dash_table;
mod lines;
mod pipe_table;
#[cfg(test)]
mod tests;

use box_table::{box_table, is_box};
use dash_table::dash_table;
use lines::{TextLine, lines};
use pipe_table::pipe_table;

use super::builder::Builder;
use super::error::Cause;
use super::limits::{Limit, Limits, Work};
use crate::document::{Document, Format};

/// Reads a text.
///
/// # Errors
/// When it goes over a limit.
pub fn read(
    text: String,
    encoding: &str,
    limits: &Limits,
    work: Work,
) -> Result<(Document, Work), Cause> {
    let mut builder = Builder::new(Format::Text, limits, work);
    // Lines are kept while tables are sought among them.
    if memchr::memchr_iter(b'\n', text.as_bytes()).count() / 2 > limits.cells {
        return Err(Cause::Over {
            limit: Limit::Cells,
            most: limits.cells as u64,
        });
    }
    blocks(&text, &mut builder)?;
    builder.adopt(text);
    builder.finish(encoding)
}

fn blocks(text: &str, builder: &mut Builder) -> Result<(), Cause> {
    builder.work.add(text.len());
    let lines = lines(text);
    let mut at = 0;
    // What was no table as a whole is not tried again line by line.
    let (mut boxes_tried, mut pipes_tried) = (0, 0);
    while let Some(line) = lines.get(at) {
        let rest = lines.get(at..).unwrap_or_default();
        let work = &mut builder.work;
        let mut table = None;
        if is_box(line.text) {
            if at >= boxes_tried {
                table = box_table(rest, work);
                if table.is_none() {
                    boxes_tried = at + box_table::reach(rest, work);
                }
            }
        } else {
            if line.dashes || lines.get(at + 1).is_some_and(|l| l.dashes) {
                table = dash_table(rest, work);
            }
            if table.is_none() && line.pipes && at >= pipes_tried {
                table = pipe_table(rest, work);
                if table.is_none() {
                    pipes_tried = at + pipe_table::reach(rest, work);
                }
            }
        }
        if let Some((grid, used)) = table {
            builder.table(grid);
            at += used.max(1);
        } else {
            block(line, builder);
            at += 1;
        }
        builder.check()?;
    }
    Ok(())
}

fn block(line: &TextLine<'_>, builder: &mut Builder) {
    let span = line.span();
    if span.is_empty() {
        return;
    }
    let text = line.text.trim_start().as_bytes();
    let marks = text.iter().take(7).take_while(|b| **b == b'#').count();
    match u8::try_from(marks) {
        Ok(level @ 1..=6) if text.get(marks) == Some(&b' ') && span.len() > marks => {
            builder.heading(span, level);
        }
        _ => builder.paragraph(span),
    }
}
