//! The lines of input and the questions, where the issue stands otherwise.

use super::super::action::{Action, Context};
use super::super::app::{App, Area, Find, Mode, NoteLine, Override, Purpose, Question};
use super::super::input::Line;
use super::super::terminal::Canvas;
use super::{issue, titled_rule};
use crate::report::ReportId;
use crate::review::{Reason, Refusal, Target};
use crate::words::say;

/// Draws what is open; gives the place of the caret.
pub fn draw(app: &App, canvas: &mut Canvas<'_>, area: Area) -> Option<(u16, u16)> {
    canvas.fill(
        ratatui::layout::Rect::new(area.x, area.y, area.width, area.height),
        app.theme.text,
    );
    match &app.mode {
        Mode::Override(line) => override_line(app, canvas, area, line),
        Mode::Note(note) => Some(note_line(app, canvas, area, note)),
        Mode::Find(find) => Some(find_line(app, canvas, area, find)),
        Mode::Ask(question) => {
            ask(app, canvas, area, *question);
            None
        }
        _ => None,
    }
}

/// A line of input in some columns; the part around the caret where it is longer.
fn input(
    app: &App,
    canvas: &mut Canvas<'_>,
    x: u16,
    y: u16,
    columns: u16,
    line: &Line,
) -> (u16, u16) {
    let room = (columns as usize).saturating_sub(1).max(1);
    let before: String = line
        .before()
        .chars()
        .map(super::super::width::clean_char)
        .collect();
    // As much as fits of what stands before the caret, from there backwards.
    let (mut start, mut used) = (before.len(), 0);
    for (i, c) in before.char_indices().rev() {
        used += app.widths.char(c);
        if used > room {
            break;
        }
        start = i;
    }
    let shown_before = before.get(start..).unwrap_or("");
    let after = line.text().get(line.before().len()..).unwrap_or("");
    let style = if line.is_selected() {
        app.theme.cursor
    } else {
        app.theme.title
    };
    let caret = canvas.put(x, y, shown_before, columns, style);
    let rest = (x + columns).saturating_sub(caret);
    canvas.put(caret, y, after, rest, style);
    (caret.min(app.size.0.saturating_sub(1)), y)
}

fn text(
    app: &App,
    canvas: &mut Canvas<'_>,
    area: Area,
    n: u16,
    text: &str,
    style: ratatui::style::Style,
) {
    if n < area.height {
        let width = area.width.saturating_sub(3);
        let shown = app.widths.clip(text, width as usize);
        canvas.put(area.x + 2, area.y + n, &shown, width, style);
    }
}

fn override_line(
    app: &App,
    canvas: &mut Canvas<'_>,
    area: Area,
    line: &Override,
) -> Option<(u16, u16)> {
    let lang = app.lang;
    let theme = &app.theme;
    let label = match (&line.target, app.opened()) {
        (Target::Field(key), Some(opened)) => match opened.report.schema.id(key) {
            Some(cell) => issue::name(app, opened, cell),
            None => String::new(),
        },
        _ => String::new(),
    };
    let title = format!("{}  {}  {label}", say!(lang, tui_override), line.target);
    titled_rule(app, canvas, area.y, &title);
    let y = area.y + 1;
    let end = area.x + area.width;
    let was = say!(lang, tui_was, value = line.was);
    let narrow = area.width < 60;
    let room = if narrow {
        area.width / 3
    } else {
        area.width / 2
    };
    let x = canvas.put(
        area.x + 2,
        y,
        &app.widths.clip(&was, room as usize),
        room,
        theme.text,
    );
    let x = canvas.put(
        x + 2,
        y,
        say!(lang, tui_becomes),
        end.saturating_sub(x + 2),
        theme.text,
    );
    let value_at = input(
        app,
        canvas,
        x + 1,
        y,
        end.saturating_sub(x + 2),
        &line.value,
    );
    let (reason_row, note_row, effect_row) = if area.height >= 5 {
        (2, 3, 4)
    } else {
        (2, 2, 3)
    };
    if let Some(reason) = line.reason {
        let (a, b) = (say!(lang, reason_report_wrong), say!(lang, reason_misread));
        let shown = match reason {
            Reason::ReportWrong => format!("[{a}]  {b} "),
            Reason::Misread => format!(" {a}  [{b}]"),
        };
        let said = format!("{} {shown}", say!(lang, tui_reason));
        text(app, canvas, area, reason_row, &said, theme.text);
    }
    let note_at = if area.height >= 5 || line.in_note {
        let y = area.y + note_row;
        let head = say!(lang, tui_note);
        if note_row == reason_row {
            let blanks = " ".repeat(area.width as usize);
            canvas.put(area.x, y, &blanks, area.width, theme.text);
        }
        let x = canvas.put(area.x + 2, y, head, area.width - 2, theme.text);
        Some(input(
            app,
            canvas,
            x + 1,
            y,
            end.saturating_sub(x + 2),
            &line.note,
        ))
    } else {
        None
    };
    let (said, style) = match &line.effect {
        Ok(effect) => (effect, theme.text),
        Err(why) => (why, theme.error),
    };
    let columns = area.width.saturating_sub(3) as usize;
    let rows = app.widths.wrap(said, columns);
    for (n, range) in rows.into_iter().enumerate() {
        let piece = said.get(range).unwrap_or("");
        text(app, canvas, area, effect_row + n as u16, piece, style);
    }
    if line.in_note {
        note_at
    } else {
        Some(value_at)
    }
}

fn note_line(app: &App, canvas: &mut Canvas<'_>, area: Area, note: &NoteLine) -> (u16, u16) {
    let lang = app.lang;
    let (title, hint) = match note.purpose {
        Purpose::Dismiss => (
            say!(lang, tui_note_dismiss),
            say!(lang, tui_note_dismiss_hint),
        ),
        Purpose::Issue => (say!(lang, tui_note_issue), ""),
        Purpose::Report => (
            say!(lang, tui_note_report),
            say!(lang, tui_note_report_hint),
        ),
    };
    let id = app
        .issue
        .clone()
        .filter(|_| note.purpose != Purpose::Report)
        .unwrap_or_default();
    titled_rule(app, canvas, area.y, &format!("{title}  {id}"));
    text(app, canvas, area, 2, hint, app.theme.muted);
    let x = canvas.put(
        area.x + 2,
        area.y + 1,
        say!(lang, tui_note),
        area.width - 2,
        app.theme.text,
    );
    let room = (area.x + area.width).saturating_sub(x + 2);
    input(app, canvas, x + 1, area.y + 1, room, &note.line)
}

fn find_line(app: &App, canvas: &mut Canvas<'_>, area: Area, find: &Find) -> (u16, u16) {
    let lang = app.lang;
    titled_rule(app, canvas, area.y, say!(lang, tui_find));
    let x = canvas.put(area.x + 2, area.y + 1, "/", 1, app.theme.key);
    let room = (area.x + area.width).saturating_sub(x + 2);
    let caret = input(app, canvas, x + 1, area.y + 1, room, &find.line);
    let rows = area.height.saturating_sub(2) as usize;
    if find.hits.is_empty() {
        text(
            app,
            canvas,
            area,
            2,
            say!(lang, tui_found_nothing),
            app.theme.muted,
        );
    }
    let first = (find.cursor + 1).saturating_sub(rows);
    for (n, hit) in find.hits.iter().enumerate().skip(first).take(rows) {
        let style = if n == find.cursor {
            app.theme.cursor
        } else {
            app.theme.text
        };
        let pointer = if n == find.cursor { "> " } else { "  " };
        text(
            app,
            canvas,
            area,
            2 + (n - first) as u16,
            &format!("{pointer}{}", hit.text),
            style,
        );
    }
    caret
}

fn ask(app: &App, canvas: &mut Canvas<'_>, area: Area, question: Question) {
    let lang = app.lang;
    let yes_or_no = || say!(lang, tui_ask_keys).to_owned();
    let (title, keys) = match question {
        Question::LeaveUnsaved => (
            say!(lang, tui_ask_unsaved).to_owned(),
            say!(lang, tui_ask_unsaved_keys).to_owned(),
        ),
        Question::LeaveSaving => (
            say!(lang, tui_ask_saving).to_owned(),
            say!(lang, tui_ask_saving_keys).to_owned(),
        ),
        Question::LeaveInput => (say!(lang, tui_ask_input).to_owned(), yes_or_no()),
        Question::DoneOpen(count) => (say!(lang, tui_ask_done, count), yes_or_no()),
        Question::UndoOthers => (say!(lang, tui_ask_undo).to_owned(), yes_or_no()),
        Question::Conflict => (
            say!(lang, tui_ask_conflict).to_owned(),
            say!(lang, tui_ask_conflict_keys).to_owned(),
        ),
        Question::Refused => {
            let of = app
                .saving
                .refused
                .front()
                .map_or_else(String::new, |(id, _)| {
                    let name = id.path.file_name().map(Into::into).unwrap_or_default();
                    let member = id.member.clone();
                    ReportId { path: name, member }.to_string()
                });
            let enter = app.keymap.hint(Context::Input, Action::Submit);
            (
                say!(lang, tui_ask_refused, report = of),
                say!(lang, tui_ask_refused_keys, key = enter),
            )
        }
    };
    titled_rule(app, canvas, area.y, &title);
    let first = app.saving.refused.front();
    // Whose step it is about, and what it says; or why nothing was written.
    let what = match (question, first) {
        (Question::UndoOthers, _) => app.opened().and_then(|o| {
            let step = o.log.last_step();
            let first = step.first()?.sentence(lang);
            Some(match step.len() {
                1 => first,
                n => format!("{first} +{}", n - 1),
            })
        }),
        (Question::Conflict, Some((_, Refusal::Conflict { theirs, .. }))) => {
            Some(theirs.sentence(lang))
        }
        (Question::Refused, Some((_, refusal))) => Some(refusal.message(lang)),
        _ => None,
    };
    let mut n = 1;
    if let Some(what) = what {
        let style = match question {
            Question::Refused => app.theme.error,
            _ => app.theme.decided,
        };
        let columns = area.width.saturating_sub(3) as usize;
        for range in app.widths.wrap(&what, columns).into_iter().take(3) {
            let piece = what.get(range).unwrap_or("");
            text(app, canvas, area, n, piece, style);
            n += 1;
        }
    }
    text(app, canvas, area, n, &keys, app.theme.key);
    if question == Question::LeaveSaving {
        for (n, id) in app.saving.pending.keys().enumerate() {
            text(
                app,
                canvas,
                area,
                2 + n as u16,
                &id.to_string(),
                app.theme.error,
            );
        }
    }
    if question == Question::LeaveUnsaved {
        for (n, (id, error)) in app.saving.failed.iter().enumerate() {
            let line = format!("{id}: {}", error.message(lang));
            text(app, canvas, area, 2 + n as u16, &line, app.theme.error);
        }
    }
}
