//! Lines of input: another value, a note, and the answers to questions.

use crossterm::event::KeyCode;

use super::action::Action;
use super::app::{App, Mode, NoteLine, Override, Purpose, Question};
use super::decide;
use super::input::Line;
use super::load::Opened;
use super::update::Effect;
use crate::report::Status;
use crate::review::{self, IssueKind, Item, Reason, Request, Target, Who, default_reason};
use crate::words::say;

/// Text that was pasted goes into the line that is open, else nowhere: keys that it would be
/// must not decide anything.
pub fn paste(app: &mut App, text: &str) {
    match &mut app.mode {
        Mode::Override(line) => {
            if line.in_note {
                line.note.paste(text);
            } else {
                line.value.paste(text);
            }
        }
        Mode::Note(note) => note.line.paste(text),
        Mode::Find(find) => find.line.paste(text),
        _ => return,
    }
    if matches!(app.mode, Mode::Find(_)) {
        super::find::search(app);
    }
    live(app);
}

/// Opens the line for another value of what is under the cursor.
pub fn open_override(app: &mut App) {
    let lang = app.lang;
    if let Some(why) = app.locked() {
        app.message = why;
        return;
    }
    let (Some(target), Some(opened)) = (app.target(), app.opened()) else {
        app.message = say!(lang, tui_no_cell).to_owned();
        return;
    };
    let in_force = &opened.assessment.in_force;
    let (was, first, reason) = match &target {
        Target::Field(key) => {
            let place = opened.report.named(key);
            let field = place.map(|(_, field)| field);
            let status = field.map_or(Status::Missing, |f| f.status);
            let cell = place.and_then(|(cell, _)| in_force.cell(cell));
            let value = cell.and_then(|c| c.value).map(|v| v.to_string());
            let shown = match (&value, status) {
                (Some(v), _) => v.clone(),
                (None, Status::Unreadable) => field.and_then(|f| f.raw.clone()).unwrap_or_default(),
                (None, status) => super::view::status_name(lang, status).to_owned(),
            };
            let proposal = proposal(app, key).or(value).unwrap_or_default();
            (shown, proposal, Some(default_reason(Some(status.as_str()))))
        }
        Target::Report(item) => {
            let now = match item {
                Item::Organ => in_force.organ.clone(),
                Item::Year => in_force.year.map(|y| y.to_string()),
                Item::Form => in_force.form.map(|f| f.to_string()),
                Item::Level => in_force
                    .level
                    .map(|l| super::view::level_word(l).to_owned()),
            };
            let now = now.unwrap_or_default();
            (now.clone(), now, None)
        }
        _ => return,
    };
    app.mode = Mode::Override(Box::new(Override {
        target,
        was,
        value: Line::selected(&first),
        note: Line::default(),
        in_note: false,
        reason,
        effect: Ok(String::new()),
    }));
    live(app);
}

/// What the first joint solution has for a cell.
fn proposal(app: &App, key: &str) -> Option<String> {
    let opened = app.opened()?;
    let IssueKind::Ambiguous { joint: Some(index) } = app.issue()?.kind else {
        return None;
    };
    let joint = opened.report.joint.get(index)?;
    let column = joint
        .cells
        .iter()
        .position(|c| opened.report.schema.key(*c) == key)?;
    let first = opened
        .assessment
        .in_force
        .joint
        .get(index)?
        .remaining
        .first()?;
    let value = (*joint.solutions.get(*first)?.get(column)?)?;
    Some(value.to_string())
}

/// Opens the line for the note that goes with a dismissal.
pub fn open_dismiss(app: &mut App) {
    let lang = app.lang;
    if let Some(why) = app.locked() {
        app.message = why;
    } else if app.issue().is_some_and(|i| !i.findings.is_empty()) {
        open_line(app, Purpose::Dismiss, "");
    } else {
        app.message = say!(lang, tui_only_findings).to_owned();
    }
}

/// Opens the line for a note: of the decision on the issue, else on the report.
pub fn open_note(app: &mut App) {
    if let Some(why) = app.locked() {
        app.message = why;
        return;
    }
    if app.opened().is_none() {
        return;
    }
    let of_issue = decided_requests(app);
    if of_issue.is_empty() {
        let prefix = app
            .issue
            .clone()
            .map_or_else(String::new, |id| format!("{id}: "));
        let now = app
            .opened()
            .and_then(|o| o.log.note())
            .unwrap_or("")
            .to_owned();
        let text = match (now.is_empty(), prefix.is_empty()) {
            (false, false) if !now.contains(&prefix) => format!("{now}; {prefix}"),
            (true, _) => prefix,
            _ => now,
        };
        open_line(app, Purpose::Report, &text);
    } else {
        let note = of_issue
            .iter()
            .find_map(|r| r.note.clone())
            .unwrap_or_default();
        open_line(app, Purpose::Issue, &note);
    }
}

/// The decisions in force on the issue's findings, as requests that would make them again.
fn decided_requests(app: &App) -> Vec<Request> {
    let Some((opened, issue)) = app.opened().zip(app.issue()) else {
        return Vec::new();
    };
    let findings = issue.findings.iter();
    findings
        .filter_map(|i| opened.assessment.checked.findings.get(*i))
        .filter_map(|f| {
            opened
                .log
                .in_force(&Target::finding(f.fingerprint.as_str()))
        })
        .map(|d| {
            let request = Request::new(d.target.clone(), d.action);
            request.note(d.note.clone().unwrap_or_default())
        })
        .collect()
}

fn open_line(app: &mut App, purpose: Purpose, text: &str) {
    app.mode = Mode::Note(Box::new(NoteLine {
        purpose,
        line: Line::new(text),
    }));
}

/// A key in the line for another value.
pub fn override_key(
    app: &mut App,
    mut line: Box<Override>,
    action: Option<Action>,
    effects: &mut Vec<Effect>,
) {
    match action {
        Some(Action::Cancel) => return,
        Some(Action::Submit) => {
            let before = app.message.clone();
            if decide::decide(app, &[request(&line)], effects) {
                if line.reason.is_some() {
                    decide::advance(app);
                }
                return;
            }
            // What is wrong is said, and the line stays.
            let why = std::mem::replace(&mut app.message, before);
            line.effect = Err(why);
            app.mode = Mode::Override(line);
            return;
        }
        Some(Action::ToggleReason) => {
            line.reason = line.reason.map(|r| match r {
                Reason::Misread => Reason::ReportWrong,
                Reason::ReportWrong => Reason::Misread,
            });
        }
        Some(Action::EditNote) => line.in_note = !line.in_note,
        _ => {}
    }
    app.mode = Mode::Override(line);
    live(app);
}

fn request(line: &Override) -> Request {
    let request = Request::new(line.target.clone(), review::Action::Override)
        .value(line.value.text())
        .note(line.note.text());
    match line.reason {
        Some(reason) => request.reason(reason),
        None => request,
    }
}

/// What the value that is being typed would do.
pub fn live(app: &mut App) {
    let lang = app.lang;
    let Mode::Override(line) = &app.mode else {
        return;
    };
    let Some(opened) = app.opened() else { return };
    let request = request(line);
    let result = result(opened, &request);
    let effect = if line.value.text().trim().is_empty() {
        Ok(String::new())
    } else {
        opened
            .preview(&[request])
            .map(|effect| {
                let list = |all: &[String]| {
                    let shown = all.iter().take(4).cloned().collect::<Vec<_>>().join("  ");
                    let more = all.len().saturating_sub(4);
                    if more > 0 {
                        format!("{shown}  +{more}")
                    } else {
                        shown
                    }
                };
                let mut said = Vec::new();
                // What a sum comes to, before it is taken.
                said.extend(result.map(|value| format!("= {value}")));
                let changes = !effect.mends.is_empty() || !effect.makes.is_empty();
                if !effect.mends.is_empty() {
                    said.push(say!(lang, tui_mends, rules = list(&effect.mends)));
                }
                if !effect.makes.is_empty() {
                    said.push(say!(lang, tui_makes, rules = list(&effect.makes)));
                }
                if !changes {
                    said.push(say!(lang, tui_no_effect).to_owned());
                }
                said.join("  ")
            })
            .map_err(|refusal| refusal.message(lang))
    };
    if let Mode::Override(line) = &mut app.mode {
        line.effect = effect;
    }
}

/// What arithmetic in the value comes to; nothing where it is the value as it is.
fn result(opened: &Opened, request: &Request) -> Option<String> {
    let who = Who::now("");
    let requests = std::slice::from_ref(request);
    let step = opened.propose(requests, &who).ok()?;
    let value = step.decisions.into_iter().next()?.value?;
    let typed = request.value.as_deref().map(str::trim);
    (request.target.as_field().is_some() && typed != Some(value.as_str())).then_some(value)
}

/// A key in the line for a note.
pub fn note_key(
    app: &mut App,
    note: Box<NoteLine>,
    action: Option<Action>,
    effects: &mut Vec<Effect>,
) {
    match action {
        Some(Action::Cancel) => return,
        Some(Action::Submit) => {
            let text = note.line.text();
            app.message.clear();
            let done = match note.purpose {
                Purpose::Dismiss => {
                    decide::on_findings(app, review::Action::Dismiss, text, effects)
                }
                Purpose::Report => decide::annotate(app, text, effects),
                Purpose::Issue => {
                    let requests = decided_requests(app).into_iter();
                    let requests: Vec<Request> = requests.map(|r| r.note(text)).collect();
                    decide::decide(app, &requests, effects)
                }
            };
            if done {
                return;
            }
            // What was typed stays, and why it was not taken is said.
            if app.message.is_empty() {
                let lang = app.lang;
                app.message = say!(lang, tui_note_nowhere).to_owned();
            }
        }
        _ => {}
    }
    app.mode = Mode::Note(note);
}

/// A key at a question.
pub fn answer(
    app: &mut App,
    question: Question,
    action: Option<Action>,
    code: KeyCode,
    effects: &mut Vec<Effect>,
) {
    let yes = matches!(code, KeyCode::Char('y' | 'Y')) || action == Some(Action::Submit);
    let no = matches!(code, KeyCode::Char('n' | 'N')) || action == Some(Action::Cancel);
    let again = action == Some(Action::Quit);
    match question {
        Question::LeaveUnsaved if matches!(code, KeyCode::Char('r' | 'R')) => {
            effects.push(Effect::Retry);
            stay(app);
        }
        // Enter is pressed too easily for what loses something.
        Question::LeaveUnsaved if matches!(code, KeyCode::Char('y' | 'Y')) => app.leaving = true,
        // It was to be left already, and whoever asks once more means it.
        Question::LeaveSaving if again || matches!(code, KeyCode::Char('y' | 'Y' | 'q')) => {
            app.leaving = true;
        }
        Question::LeaveSaving if no => {
            app.leave_when_saved = false;
            stay(app);
        }
        Question::LeaveSaving => app.mode = Mode::Ask(question),
        Question::LeaveInput if yes || again => super::update::leave(app),
        Question::DoneOpen(_) if yes => decide::mark_done(app, effects),
        Question::UndoOthers if yes => decide::undo(app, true, effects),
        Question::Conflict if matches!(code, KeyCode::Char('y' | 'Y')) => {
            decide::replace_theirs(app, effects);
            stay(app);
        }
        Question::Conflict if no || again => {
            app.saving.refused.pop_front();
            stay(app);
        }
        // Not by the keys of a review that goes on: they would take it away unseen.
        Question::Refused
            if again
                || matches!(code, KeyCode::Char('y' | 'Y'))
                || matches!(action, Some(Action::Submit | Action::Cancel)) =>
        {
            app.saving.refused.pop_front();
            stay(app);
        }
        Question::Refused => app.mode = Mode::Ask(question),
        _ if no || again => stay(app),
        _ => app.mode = Mode::Ask(question),
    }
}

/// Goes on with the line that was open before the question, if there was one.
fn stay(app: &mut App) {
    app.mode = app.resume.take().map_or(Mode::Main, |mode| *mode);
}
