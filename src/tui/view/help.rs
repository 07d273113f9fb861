//! All keys, from the keymap, each with the command that does the same.

use super::super::action::{Action, Context, ENTRIES};
use super::super::app::{App, Area};
use super::super::terminal::Canvas;
use super::titled_rule;
use crate::review::{Request, Target};
use crate::shell;
use crate::words::say;

/// Number of lines.
pub fn length(app: &App) -> usize {
    lines(app).len()
}

/// Draws the keys over everything but the first and the last line.
pub fn draw(app: &App, canvas: &mut Canvas<'_>, top: usize) {
    let lang = app.lang;
    let (width, height) = app.size;
    canvas.fill(
        ratatui::layout::Rect::new(0, 1, width, height - 2),
        app.theme.text,
    );
    titled_rule(app, canvas, 1, say!(lang, tui_help));
    let area = Area {
        x: 0,
        y: 2,
        width,
        height: height - 3,
    };
    let keys = keys_columns(app);
    for (n, (key, text)) in lines(app)
        .iter()
        .skip(top)
        .take(area.height as usize)
        .enumerate()
    {
        let y = area.y + n as u16;
        let x = canvas.put(1, y, &app.widths.pad(key, keys), keys as u16, app.theme.key);
        let room = width.saturating_sub(x + 1);
        canvas.put(
            x + 1,
            y,
            &app.widths.clip(text, room as usize),
            room,
            app.theme.text,
        );
    }
}

fn keys_columns(app: &App) -> usize {
    14.min(app.size.0 as usize / 3)
}

fn lines(app: &App) -> Vec<(String, String)> {
    let lang = app.lang;
    let mut lines = Vec::new();
    for entry in ENTRIES {
        if entry.action.choice().is_some_and(|n| n > 0) {
            continue;
        }
        if entry.context == Context::Input && entry.action == Action::Submit {
            lines.push((String::new(), String::new()));
            lines.push((String::new(), say!(lang, tui_help_input).to_owned()));
        }
        let mut keys: Vec<String> = app
            .keymap
            .keys(entry.context, entry.action)
            .iter()
            .map(ToString::to_string)
            .collect();
        if entry.action == Action::Choose1 {
            keys = vec![format!(
                "{}-{}",
                app.keymap.hint(entry.context, Action::Choose1),
                app.keymap.hint(entry.context, Action::Choose9)
            )];
        }
        if keys.is_empty() {
            keys.push("-".to_owned());
        }
        lines.push((keys.join(" "), entry.text.say(lang).to_owned()));
        // Whole, over as many lines as it takes: it is there to be typed.
        if let Some(command) = command(app, entry.action) {
            let command = format!("$ {command}");
            let columns = (app.size.0 as usize).saturating_sub(keys_columns(app) + 3);
            for range in app.widths.wrap(&command, columns.max(8)) {
                lines.push((String::new(), command.get(range).unwrap_or("").to_owned()));
            }
        }
    }
    lines.push((String::new(), String::new()));
    for key in say!(lang, tui_help_marks).split('\n') {
        lines.push((String::new(), key.to_owned()));
    }
    lines
}

/// The command that does what a key would do now.
fn command(app: &App, action: Action) -> Option<String> {
    let summary = app.summary()?;
    let file = shell::report(&summary.id);
    let target = || app.target().map(|t| shell::word(&t.to_string()));
    // What is said of cells only.
    let cell = || target().filter(|_| matches!(app.target(), Some(Target::Field(_))));
    let issue = || {
        let issue = app.issue()?;
        let first = issue.findings.first()?;
        let findings = &app.opened()?.assessment.checked.findings;
        findings.get(*first).map(|f| shell::word(&f.fingerprint))
    };
    Some(match action {
        Action::Agree => {
            let opened = app.opened()?;
            let requests = app.issue()?.agree(opened.report.schema, &opened.assessment);
            all(&file, &requests)?
        }
        Action::Dismiss => format!("gouji decide {file} {} dismiss", issue()?),
        Action::Flag => format!("gouji decide {file} {} flag", issue()?),
        Action::Override => format!("gouji decide {file} {} override VALUE", target()?),
        Action::Blank => format!("gouji decide {file} {} blank", cell()?),
        Action::NotApplicable => format!("gouji decide {file} {} not-applicable", cell()?),
        // What the first number takes: which solution that is hangs on what is in view.
        Action::Choose1 => {
            let command = all(&file, super::proposals(app).taken.first()?)?;
            format!("{command}  # {}", app.keymap.hint(Context::Main, action))
        }
        Action::Undo => format!("gouji undo {file}"),
        Action::Redo => format!("gouji redo {file}"),
        Action::Done => format!("gouji mark {file} done"),
        Action::Note => format!("gouji note {file} TEXT"),
        Action::Source => format!("gouji text {file}"),
        _ => return None,
    })
}

/// One command for each request; of many the first, and how many more.
fn all(file: &str, requests: &[Request]) -> Option<String> {
    let command = |r: &Request| {
        let target = shell::word(&r.target.to_string());
        let value = r.value.as_deref().map(|v| format!(" {}", shell::word(v)));
        let value = value.unwrap_or_default();
        format!("gouji decide {file} {target} {}{value}", r.action)
    };
    let first = command(requests.first()?);
    Some(match requests.len() - 1 {
        0 => first,
        more => format!("{first}  # +{more}"),
    })
}
