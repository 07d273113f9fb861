//! The text of the report, at the evidence.

use super::super::app::{App, Area, Pane};
use super::super::steps::{evidence, source_columns};
use super::super::terminal::Canvas;
use crate::words::say;

/// Draws the pane.
pub fn draw(app: &App, canvas: &mut Canvas<'_>, area: Area) {
    let lang = app.lang;
    let widths = app.widths;
    let style = if app.focus == Pane::Source {
        app.theme.focus
    } else {
        app.theme.title
    };
    let Some(opened) = app.opened() else {
        let head = widths.pad(say!(lang, tui_source), area.width as usize);
        canvas.put(area.x, area.y, &head, area.width, style);
        return;
    };
    let columns = source_columns(area.width);
    let count = area.height.saturating_sub(1) as usize;
    let rows = opened.rows_from(app.source_top, count, columns, widths);
    let from = rows.first().map_or(1, |r| opened.line_of(r.start));
    let to = rows.last().map_or(from, |r| opened.line_of(r.start));
    let name = opened
        .report
        .id
        .path
        .file_name()
        .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let place = say!(lang, tui_source_lines, from, to);
    let head = format!("{}  {name}  {place}", say!(lang, tui_source));
    canvas.put(
        area.x,
        area.y,
        &widths.pad(&head, area.width as usize),
        area.width,
        style,
    );
    let span = evidence(app);
    let text = opened.document.text.as_str();
    for (n, row) in rows.iter().enumerate() {
        let y = area.y + 1 + n as u16;
        let end = area.x + area.width;
        let mut x = area.x + 1;
        let cut = |a: usize, b: usize| text.get(a.max(row.start)..b.min(row.end)).unwrap_or("");
        match span.filter(|s| s.start < row.end && s.end > row.start && !s.is_empty()) {
            Some(s) => {
                x = canvas.put(
                    x,
                    y,
                    cut(row.start, s.start.max(row.start)),
                    end - x,
                    app.theme.text,
                );
                if s.start >= row.start {
                    x = canvas.put(x, y, ">", end.saturating_sub(x), app.theme.evidence);
                }
                x = canvas.put(
                    x,
                    y,
                    cut(s.start, s.end),
                    end.saturating_sub(x),
                    app.theme.evidence,
                );
                if s.end <= row.end {
                    x = canvas.put(x, y, "<", end.saturating_sub(x), app.theme.evidence);
                }
                canvas.put(
                    x,
                    y,
                    cut(s.end.min(row.end), row.end),
                    end.saturating_sub(x),
                    app.theme.text,
                );
            }
            None => {
                canvas.put(x, y, cut(row.start, row.end), end - x, app.theme.text);
            }
        }
    }
}
