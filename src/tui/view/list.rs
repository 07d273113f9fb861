//! The reports.

use super::super::app::{App, Area, Pane, RowState};
use super::super::load::Summary;
use super::super::terminal::Canvas;
use super::{row_name, thousands};
use crate::words::say;

/// Columns of the marks.
const MARKS: usize = 6;

/// Draws the rows that are in the pane, and only looks at those.
pub fn draw(app: &App, canvas: &mut Canvas<'_>, area: Area) {
    let lang = app.lang;
    let widths = app.widths;
    let at = (app.cursor + 1).min(app.rows.len());
    let head = format!(
        "{} {}/{}",
        say!(lang, tui_reports),
        thousands(at),
        thousands(app.rows.len())
    );
    let style = if app.focus == Pane::List {
        app.theme.focus
    } else {
        app.theme.title
    };
    canvas.put(
        area.x,
        area.y,
        &widths.pad(&head, area.width as usize),
        area.width,
        style,
    );
    let rows = area.height.saturating_sub(1);
    for n in 0..rows {
        let index = app.top + n as usize;
        let Some(row) = app.rows.get(index) else {
            break;
        };
        let y = area.y + 1 + n;
        let (mark, style) = match &row.state {
            RowState::Loading => (
                if widths.wide { ".." } else { "…" }.to_owned(),
                app.theme.muted,
            ),
            RowState::Failed(_) => ("x".to_owned(), app.theme.error),
            RowState::Ready(s) => (
                marks(s),
                match s {
                    s if s.errors > 0 => app.theme.error,
                    s if s.warnings > 0 => app.theme.warning,
                    s if s.doubts > 0 => app.theme.doubt,
                    _ => app.theme.decided,
                },
            ),
        };
        let (year, count) = match &row.state {
            RowState::Ready(s) => (
                s.year.map_or_else(|| "----".to_owned(), |y| y.to_string()),
                format!("{}/{}", s.decided, s.total),
            ),
            RowState::Failed(_) => (String::new(), say!(lang, tui_failed_short).to_owned()),
            RowState::Loading => (String::new(), String::new()),
        };
        let here = index == app.cursor;
        let pointer = if here { ">" } else { " " };
        let tail = if year.is_empty() {
            count
        } else {
            format!("{year} {}", widths.pad_left(&count, 4))
        };
        let room = (area.width as usize).saturating_sub(2 + MARKS + widths.str(&tail) + 1);
        let name = widths.pad(&row_name(app, row), room);
        let mut x = canvas.put(area.x, y, pointer, 1, app.theme.text);
        x = canvas.put(x, y, &widths.pad(&mark, MARKS), MARKS as u16, style);
        x = canvas.put(
            x,
            y,
            &format!("{name} "),
            area.width - (x - area.x),
            app.theme.text,
        );
        canvas.put(
            x,
            y,
            &tail,
            (area.x + area.width).saturating_sub(x),
            app.theme.text,
        );
        if here {
            let style = if app.focus == Pane::List {
                app.theme.cursor
            } else {
                app.theme.cursor_away
            };
            canvas.restyle(area.x, y, area.width, style);
        }
    }
}

/// What is to be known of a report in a few letters.
fn marks(s: &Summary) -> String {
    let mut marks = String::new();
    for (letter, count) in [('E', s.errors), ('W', s.warnings), ('?', s.doubts)] {
        if count > 0 && marks.len() < 4 {
            marks.push(letter);
            marks += &count.min(99).to_string();
        }
    }
    if s.done {
        marks = if marks.is_empty() {
            "done".to_owned()
        } else {
            format!("D{marks}")
        };
    }
    if marks.is_empty() {
        marks = "ok".to_owned();
    }
    if s.stale {
        marks.push('s');
    }
    if s.locked {
        marks.push('!');
    }
    marks.truncate(5);
    marks
}
