//! Draws the app, and changes nothing.

mod help;
mod issue;
mod line;
mod list;
mod proposals;
mod sections;
mod source;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::action::{Action, Context};
use super::app::{App, Mode, RowState};
use super::terminal::Canvas;
use crate::report::{Level, Status};
use crate::words::{self, Lang, Text, say};

pub use help::length as help_length;
pub use proposals::{proposals, turn as turn_proposals};

/// A frame and where the caret stands in it.
pub fn view(app: &App) -> (Buffer, Option<(u16, u16)>) {
    let (width, height) = app.size;
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    let mut canvas = Canvas {
        buffer: &mut buffer,
        widths: app.widths,
    };
    let layout = app.layout();
    if layout.tiny {
        let lang = app.lang;
        canvas.put(0, 0, say!(lang, tui_too_small), width, app.theme.text);
        if height > 1 {
            let size = format!("{width}x{height} < 40x10");
            canvas.put(0, 1, &size, width, app.theme.muted);
        }
        return (buffer, None);
    }
    header(app, &mut canvas);
    if let Some(area) = layout.list {
        list::draw(app, &mut canvas, area);
    }
    if let Some(area) = layout.sections {
        sections::draw(app, &mut canvas, area);
    }
    if let Some(area) = layout.source {
        source::draw(app, &mut canvas, area);
    }
    rules(app, &mut canvas);
    let mut caret = None;
    if let Mode::Help(top) = app.mode {
        help::draw(app, &mut canvas, top);
    } else if let Some(area) = layout.issue {
        match &app.mode {
            Mode::Main | Mode::Help(_) => issue::draw(app, &mut canvas, area),
            _ => caret = line::draw(app, &mut canvas, room_for_line(app, area)),
        }
    }
    last_line(app, &mut canvas);
    (buffer, caret)
}

/// A line of input takes what it needs also where a pane has the whole screen.
fn room_for_line(app: &App, area: super::app::Area) -> super::app::Area {
    let bottom = area.y + area.height;
    let height = area.height.max(7.min(app.size.1.saturating_sub(3)));
    super::app::Area {
        y: bottom.saturating_sub(height),
        height,
        ..area
    }
}

/// The rules between the panes.
fn rules(app: &App, canvas: &mut Canvas<'_>) {
    let layout = app.layout();
    let rule = if app.widths.wide { "|" } else { "│" };
    for area in [layout.sections, layout.source]
        .into_iter()
        .flatten()
        .filter(|a| a.x > 0)
    {
        for y in area.y..area.y + area.height {
            canvas.put(area.x - 1, y, rule, 1, app.theme.muted);
        }
    }
}

/// A rule over the width, with a title in it.
fn titled_rule(app: &App, canvas: &mut Canvas<'_>, y: u16, title: &str) {
    let rule = if app.widths.wide { "-" } else { "─" };
    let width = app.size.0;
    let mut x = canvas.put(0, y, &rule.repeat(2), width, app.theme.muted);
    x = canvas.put(
        x + 1,
        y,
        title,
        width.saturating_sub(x + 2),
        app.theme.title,
    );
    let rest = width.saturating_sub(x + 1);
    canvas.put(x + 1, y, &rule.repeat(rest as usize), rest, app.theme.muted);
}

fn header(app: &App, canvas: &mut Canvas<'_>) {
    let lang = app.lang;
    let width = app.size.0;
    let (open, all) = app.totals();
    let reports = thousands(app.rows.len());
    let name = say!(lang, tui_name);
    let mut left = format!("{name}  {}  ", app.batch);
    left += &say!(
        lang,
        tui_header,
        reports,
        open = thousands(open),
        all = thousands(all)
    );
    if app.is_sample {
        left += &format!("  {}", say!(lang, tui_sample));
    } else if app.skipped > 0 && width >= 100 {
        left += &format!("  {}", say!(lang, tui_skipped, count = app.skipped));
    }
    let right = saved(app);
    let room = (width as usize).saturating_sub(app.widths.str(&right) + 1);
    canvas.put(0, 0, &app.widths.clip(&left, room), width, app.theme.title);
    let x = width.saturating_sub(app.widths.str(&right) as u16);
    let style = if app.saving.failed.is_empty() {
        app.theme.muted
    } else {
        app.theme.error
    };
    canvas.put(x, 0, &right, width, style);
}

/// A guess of fewer seconds is not worth saying.
const LEAST_LEFT: f64 = 5.0;

/// What became of decisions, else how far loading is.
fn saved(app: &App) -> String {
    let lang = app.lang;
    let loading = app.listed < app.paths.len();
    let mut said = Vec::new();
    if loading {
        let percent = app.listed * 100 / app.paths.len().max(1);
        let seconds = if app.listed > 0 && app.elapsed > 1.0 {
            app.elapsed / app.listed as f64 * (app.paths.len() - app.listed) as f64
        } else {
            0.0
        };
        // What is left may be few files and large ones: of those the mean of the others says
        // nothing, but how many they are does.
        let left = if seconds >= LEAST_LEFT {
            format!(" {}", say!(lang, tui_left, time = time_left(seconds)))
        } else {
            let (read, all) = (thousands(app.listed), thousands(app.paths.len()));
            format!(" {read}/{all}")
        };
        said.push(format!("{} {percent}%{left}", say!(lang, tui_loading)));
    }
    if !app.saving.failed.is_empty() {
        said.push(say!(lang, tui_unsaved, count = app.saving.failed.len()));
    } else if !app.saving.pending.is_empty() {
        said.push(say!(lang, tui_saving).to_owned());
    } else if app.read_only {
        said.push(say!(lang, tui_read_only_short).to_owned());
    } else if app.saving.any {
        said.push(say!(lang, tui_saved).to_owned());
    }
    said.join("  ")
}

fn time_left(seconds: f64) -> String {
    let seconds = seconds.clamp(0.0, 359_999.0) as u64;
    if seconds >= 60 {
        format!("{}m{:02}s", seconds / 60, seconds % 60)
    } else {
        format!("{seconds}s")
    }
}

/// 12345 as `12,345`.
pub(super) fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// What was just said, and the keys that do something now.
fn last_line(app: &App, canvas: &mut Canvas<'_>) {
    let (width, height) = app.size;
    let y = height - 1;
    let mut x = 0;
    if !app.message.is_empty() {
        // The keys keep their place unless what is to be said needs all of it; what needs more
        // has the lines above as well.
        let columns = (width as usize).saturating_sub(2).max(1);
        let rows = app.widths.wrap(&app.message, columns);
        let most = (height as usize / 4).clamp(1, 3);
        let shown = rows.len().min(most);
        for (n, range) in rows.iter().take(shown).enumerate() {
            let y = y + 1 + n as u16 - shown as u16;
            // Where there is more than fits, the end of it is cut.
            let end = if n + 1 == shown {
                app.message.len()
            } else {
                range.end
            };
            let piece = app.message.get(range.start..end).unwrap_or("");
            let text = app.widths.clip(&format!(" {piece} "), width as usize);
            if shown > 1 {
                let blanks = " ".repeat(width as usize);
                canvas.put(0, y, &blanks, width, app.theme.title);
            }
            x = canvas.put(0, y, &text, width, app.theme.title) + 1;
        }
    }
    for (context, action, text) in offered(app) {
        let key = app.keymap.hint(context, action);
        if key.is_empty() {
            continue;
        }
        let columns = app.widths.str(&key) + app.widths.str(&text) + 3;
        if x as usize + columns > width as usize {
            continue;
        }
        x = canvas.put(x + 1, y, &key, width, app.theme.key);
        x = canvas.put(x + 1, y, &text, width, app.theme.text) + 1;
    }
}

/// The actions that do something now, with a word for each.
fn offered(app: &App) -> Vec<(Context, Action, String)> {
    let lang = app.lang;
    let main = |action, text: Text| (Context::Main, action, text.say(lang).to_owned());
    let input = |action, text: Text| (Context::Input, action, text.say(lang).to_owned());
    let mut keys = Vec::new();
    match &app.mode {
        Mode::Help(_) => {
            return vec![
                main(Action::Down, words::hint_down),
                main(Action::Help, words::hint_close),
            ];
        }
        Mode::Ask(_) => return keys,
        Mode::Find(_) => {
            return vec![
                input(Action::Submit, words::hint_go),
                input(Action::Cancel, words::hint_cancel),
            ];
        }
        Mode::Note(_) => {
            return vec![
                input(Action::Submit, words::hint_save),
                input(Action::Cancel, words::hint_cancel),
            ];
        }
        Mode::Override(line) => {
            keys.push(input(Action::Submit, words::hint_save));
            keys.push(input(Action::Cancel, words::hint_cancel));
            if line.reason.is_some() {
                keys.push(input(Action::ToggleReason, words::hint_reason));
            }
            keys.push(input(Action::EditNote, words::hint_note));
            return keys;
        }
        Mode::Main => {}
    }
    if matches!(app.row().map(|r| &r.state), Some(RowState::Failed(_))) {
        keys.push(main(Action::Retry, words::hint_reread));
    }
    let decides = app.locked().is_none() && app.opened().is_some();
    if decides {
        if let (Some(opened), Some(issue)) = (app.opened(), app.issue()) {
            if !issue
                .agree(opened.report.schema, &opened.assessment)
                .is_empty()
            {
                keys.push(if issue.findings.is_empty() {
                    main(Action::Agree, words::hint_accept)
                } else {
                    main(Action::Agree, words::hint_confirm)
                });
            }
            let proposals = proposals(app);
            let choices = proposals.taken.len();
            if choices > 0 {
                let text = say!(lang, hint_choose, count = choices);
                keys.push((Context::Main, Action::Choose1, text));
                if proposals.all > choices {
                    keys.push(main(Action::NextProposals, words::hint_more));
                }
            }
            if !issue.findings.is_empty() {
                keys.push(main(Action::Dismiss, words::hint_dismiss));
            }
        }
        if app.target().is_some() {
            keys.push(main(Action::Override, words::hint_override));
        }
        if app.opened().is_some_and(|o| !o.log.last_step().is_empty()) {
            keys.push(main(Action::Undo, words::hint_undo));
        }
    }
    // Where no issue is in view and some are open, the way to them comes first.
    let waits = app
        .summary()
        .is_some_and(|s| app.issue().is_none() && s.open() > 0);
    let next = main(Action::NextIssue, words::hint_next);
    if waits {
        keys.insert(0, next);
    } else {
        keys.push(next);
    }
    keys.push(main(Action::Source, words::hint_source));
    keys.push(main(Action::OtherPane, words::hint_pane));
    keys.push(main(Action::Help, words::hint_help));
    keys.push(main(Action::Quit, words::hint_quit));
    // On a narrow screen what is needed to get on comes first.
    if app.size.0 < 60 {
        keys.rotate_right(2);
    }
    keys
}

/// A status in words.
pub fn status_name(lang: Lang, status: Status) -> &'static str {
    match status {
        Status::Read => say!(lang, status_read),
        Status::Inferred => say!(lang, status_inferred),
        Status::Ambiguous => say!(lang, status_ambiguous),
        Status::Blank => say!(lang, status_blank),
        Status::NotApplicable => say!(lang, status_not_applicable),
        Status::Unreadable => say!(lang, status_unreadable),
        Status::Missing => say!(lang, status_missing),
    }
}

/// A level as records and the input line name it.
pub const fn level_word(level: Level) -> &'static str {
    match level {
        Level::National => "national",
        Level::Province => "province",
        Level::PrefectureCity => "prefecture_city",
        Level::County => "county",
        Level::Township => "township",
    }
}

/// A row of the list in words, for its name.
pub(super) fn row_name(app: &App, row: &super::app::Row) -> String {
    let file = |path: &std::path::Path| {
        path.file_name()
            .map_or_else(String::new, |n| n.to_string_lossy().into_owned())
    };
    match &row.state {
        // Of a government the place is enough, and all that fits.
        RowState::Ready(s) => match s.organ.as_deref() {
            Some(organ) => {
                let place = organ.strip_suffix("人民政府").filter(|p| !p.is_empty());
                place.unwrap_or(organ).to_owned()
            }
            None => file(&s.id.path),
        },
        RowState::Failed(error) => file(&error.path),
        RowState::Loading => app
            .paths
            .get(row.file)
            .map_or_else(String::new, |p| file(p)),
    }
}
