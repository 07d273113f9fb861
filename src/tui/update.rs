//! What happens: a message changes the app and says what else is to be done.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::action::{Action, Context};
use super::app::{App, Goal, Mode, Pane, Question, Row, RowState};
use super::input::Edit;
use super::keymap::Key;
use super::load::Arrival;
use super::parts::Line;
use crate::report::ReportId;
use crate::review::{Facts, Message as Written, Operation, Refusal};
use crate::stamp::Stamp;
use crate::words::{reading, say};

/// What the screen is told.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(KeyEvent),
    /// A text was pasted.
    Paste(String),
    /// The terminal has another size.
    Resize(u16, u16),
    /// A file was opened.
    Arrival(Arrival),
    /// The writer wrote, or could not.
    Written(Written),
    /// The process is to stop until `fg`.
    Stop,
    /// The process goes on after it was stopped.
    Continued,
    /// The process is to end: a signal, or the terminal went away.
    Terminate,
    /// Leaving waits for what is being written, and has for a while.
    StillSaving,
    /// It has for so long that it is left all the same.
    NotWaitedFor,
}

/// What is to be done besides.
#[derive(Debug)]
pub enum Effect {
    /// Open a file before all others.
    Want(usize),
    /// Open a file that is on its way before all others.
    First(usize),
    /// Open a file again if it is no longer the one of the stamp.
    Look(usize, Stamp),
    /// Write an operation.
    Write(ReportId, Box<Facts>, Operation),
    /// Try again to write.
    Retry,
    /// Draw everything again.
    Redraw,
    /// Stop until `fg`.
    Suspend,
}

/// Takes in a key that only changes the line of input that is open; gives whether it was one.
/// What hangs on the line (what is found, what the value would do) is left to [`settled`], or to
/// the next message: of a text that comes a key at a time nobody sees what hangs on its beginning.
pub fn typed(app: &mut App, message: &Message) -> bool {
    let Message::Key(event) = message else {
        return false;
    };
    let bound = app.keymap.action(Context::Input, Key::of(event)).is_some();
    if bound || event.kind == KeyEventKind::Release {
        return false;
    }
    let line = match &mut app.mode {
        Mode::Override(line) if line.in_note => &mut line.note,
        Mode::Override(line) => &mut line.value,
        Mode::Note(note) => &mut note.line,
        Mode::Find(find) => &mut find.line,
        _ => return false,
    };
    if let Some(edit) = edit(event) {
        line.edit(edit);
        app.line_changed = true;
    }
    true
}

/// What follows from keys that [`typed`] took in.
pub fn settled(app: &mut App) -> Vec<Effect> {
    let mut effects = Vec::new();
    line_changed(app);
    settle(app, &mut effects);
    look(app, &mut effects);
    effects
}

/// Works out what hangs on the line of input, where it has changed.
fn line_changed(app: &mut App) {
    if std::mem::take(&mut app.line_changed) {
        super::find::search(app);
        super::typing::live(app);
    }
}

/// Whoever is at the keys sees what is there now; asking the file system is left to a worker.
fn look(app: &App, effects: &mut Vec<Effect>) {
    let stamp = app.opened().and_then(|o| o.stamp);
    if let Some((stamp, row)) = stamp.zip(app.row()) {
        effects.push(Effect::Look(row.file, stamp));
    }
}

/// Takes a message in.
pub fn update(app: &mut App, message: Message) -> Vec<Effect> {
    if typed(app, &message) {
        return settled(app);
    }
    line_changed(app);
    let mut effects = Vec::new();
    let looks = matches!(message, Message::Key(_) | Message::Continued);
    match message {
        Message::Key(event) => key(app, &event, &mut effects),
        Message::Paste(text) => super::typing::paste(app, &text),
        Message::Resize(width, height) => {
            let target = app.target();
            app.size = (width, height);
            if let Some(target) = target {
                super::steps::show(app, &target);
            }
        }
        Message::Arrival(arrival) => {
            let listed = matches!(arrival, Arrival::Listed { .. });
            let before = (app.cursor, app.opened().is_some());
            super::arrive::arrived(app, arrival, &mut effects);
            // A hundred thousand of these come: what is in view does not hang on most of them.
            if listed && before == (app.cursor, true) && app.goal == Goal::Stay {
                return effects;
            }
        }
        Message::Written(written) => super::decide::written(app, written, &mut effects),
        Message::Stop => effects.push(Effect::Suspend),
        Message::Continued => effects.push(Effect::Redraw),
        Message::Terminate | Message::NotWaitedFor => app.leaving = true,
        Message::StillSaving => ask(app, Question::LeaveSaving),
    }
    settle(app, &mut effects);
    if looks {
        look(app, &mut effects);
    }
    effects
}

fn key(app: &mut App, event: &KeyEvent, effects: &mut Vec<Effect>) {
    if event.kind == KeyEventKind::Release {
        return;
    }
    let key = Key::of(event);
    let context = match app.mode {
        Mode::Main | Mode::Help(_) => Context::Main,
        _ => Context::Input,
    };
    let action = app.keymap.action(context, key);
    if action == Some(Action::Suspend) {
        effects.push(Effect::Suspend);
        return;
    }
    match std::mem::replace(&mut app.mode, Mode::Main) {
        Mode::Main => {
            app.message.clear();
            // A line that was given up on leaving is not wanted back.
            app.resume = None;
            if let Some(action) = action {
                act(app, action, effects);
            }
        }
        Mode::Help(top) => help(app, top, action, event.code),
        Mode::Ask(question) => super::typing::answer(app, question, action, event.code, effects),
        mode if action == Some(Action::Quit) => {
            app.mode = mode;
            ask(app, Question::LeaveInput);
        }
        Mode::Override(line) => {
            super::typing::override_key(app, line, action, effects);
        }
        Mode::Note(line) => super::typing::note_key(app, line, action, effects),
        Mode::Find(find) => super::find::key(app, find, action),
    }
}

/// What a key does to a line of input.
fn edit(event: &KeyEvent) -> Option<Edit> {
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    Some(match event.code {
        KeyCode::Char('w') if ctrl => Edit::Word,
        KeyCode::Char('u') if ctrl => Edit::ToStart,
        KeyCode::Char('a') if ctrl => Edit::Home,
        KeyCode::Char('e') if ctrl => Edit::End,
        KeyCode::Char('h') if ctrl => Edit::Backspace,
        KeyCode::Char(c) if !ctrl && !alt => Edit::Insert(c),
        KeyCode::Backspace => Edit::Backspace,
        KeyCode::Delete => Edit::Delete,
        KeyCode::Left => Edit::Left,
        KeyCode::Right => Edit::Right,
        KeyCode::Home => Edit::Home,
        KeyCode::End => Edit::End,
        _ => return None,
    })
}

fn help(app: &mut App, top: usize, action: Option<Action>, code: KeyCode) {
    let page = (app.size.1 as usize).saturating_sub(4).max(1);
    let last = super::view::help_length(app).saturating_sub(page);
    let top = match action {
        Some(Action::Down) => top + 1,
        Some(Action::Up) => top.saturating_sub(1),
        Some(Action::PageDown) => top + page,
        Some(Action::PageUp) => top.saturating_sub(page),
        Some(Action::Top) => 0,
        Some(Action::Bottom) => last,
        Some(Action::Help | Action::Quit) => return,
        _ if code == KeyCode::Esc => return,
        _ => top,
    };
    app.mode = Mode::Help(top.min(last));
}

/// Why there is no report in view.
pub fn not_there(app: &App) -> String {
    let lang = app.lang;
    match app.row().map(|r| &r.state) {
        Some(RowState::Failed(error)) => reading::failure(&error.cause, lang),
        Some(_) => say!(lang, tui_opening).to_owned(),
        None => say!(lang, tui_no_files).to_owned(),
    }
}

/// Whether an action is about the report in view.
const fn needs_report(action: Action) -> bool {
    matches!(
        action,
        Action::Agree
            | Action::Flag
            | Action::Blank
            | Action::NotApplicable
            | Action::Redo
            | Action::Done
            | Action::Dismiss
            | Action::Override
            | Action::Note
    ) || action.choice().is_some()
}

fn act(app: &mut App, action: Action, effects: &mut Vec<Effect>) {
    if needs_report(action) && app.opened().is_none() {
        app.message = not_there(app);
        return;
    }
    use super::{decide, find, steps, typing};
    match action {
        Action::NextIssue => steps::next_issue(app, true),
        Action::PreviousIssue => steps::next_issue(app, false),
        Action::NextOperand => steps::operand(app, true),
        Action::PreviousOperand => steps::operand(app, false),
        Action::Agree => decide::agree(app, effects),
        Action::Flag => decide::flag(app, effects),
        Action::Blank => decide::cell(app, crate::review::Action::Blank, effects),
        Action::NotApplicable => decide::cell(app, crate::review::Action::NotApplicable, effects),
        Action::Undo => decide::undo(app, false, effects),
        Action::Redo => decide::redo(app, effects),
        Action::Done => decide::done(app, effects),
        Action::Dismiss => typing::open_dismiss(app),
        Action::Override => typing::open_override(app),
        Action::Note => typing::open_note(app),
        Action::Find => find::open(app),
        Action::Help => app.mode = Mode::Help(0),
        Action::Retry => {
            effects.push(Effect::Retry);
            if let Some(Row {
                file,
                state: RowState::Failed(_),
            }) = app.row()
            {
                let file = *file;
                super::arrive::read_again(app, file, effects);
            }
        }
        Action::Redraw => effects.push(Effect::Redraw),
        Action::Suspend => effects.push(Effect::Suspend),
        Action::Quit => leave(app),
        Action::OtherPane => other_pane(app),
        Action::Zoom => app.zoom = !app.zoom,
        Action::Source => source(app),
        Action::NextProposals => super::view::turn_proposals(app, true),
        Action::PreviousProposals => super::view::turn_proposals(app, false),
        Action::NextReport => move_list(app, 1),
        Action::PreviousReport => move_list(app, -1),
        Action::NextPart => move_part(app, 1),
        Action::PreviousPart => move_part(app, -1),
        _ if action.choice().is_some() => {
            decide::choose(app, action.choice().unwrap_or(0), effects);
        }
        _ => movement(app, action),
    }
}

/// Leaves the screen, unless something that was decided would be lost or not be told.
pub fn leave(app: &mut App) {
    if !app.saving.failed.is_empty() {
        ask(app, Question::LeaveUnsaved);
    } else if !app.saving.pending.is_empty() {
        // What is on its way is waited for; only what failed is asked about.
        app.leave_when_saved = true;
    } else {
        // A refusal that was not seen yet comes first.
        app.leaving = app.saving.refused.is_empty();
    }
}

/// Asks; a line of input that is open is put aside until the question is answered.
pub fn ask(app: &mut App, question: Question) {
    let mode = std::mem::replace(&mut app.mode, Mode::Ask(question));
    if matches!(mode, Mode::Override(_) | Mode::Note(_) | Mode::Find(_)) {
        app.resume = Some(Box::new(mode));
    }
}

fn source(app: &mut App) {
    let side_by_side = app.size.0 >= 120 && !app.zoom;
    if side_by_side {
        app.focus = if app.focus == Pane::Source {
            Pane::Sections
        } else {
            Pane::Source
        };
    } else {
        app.source = !app.source;
        app.focus = if app.source {
            Pane::Source
        } else {
            Pane::Sections
        };
    }
    super::steps::follow(app);
}

fn other_pane(app: &mut App) {
    let beside = app.layout();
    app.focus = match app.focus {
        Pane::List if app.source && app.size.0 < 120 => Pane::Source,
        Pane::List => Pane::Sections,
        Pane::Sections if beside.source.is_some() => Pane::Source,
        _ => Pane::List,
    };
}

/// Moves the cursor of the list.
pub fn move_list(app: &mut App, by: isize) {
    let last = app.rows.len().saturating_sub(1);
    let to = app.cursor.saturating_add_signed(by).min(last);
    if to != app.cursor {
        go_to_row(app, to, Goal::First);
    }
}

/// Puts the cursor of the list on a row.
pub fn go_to_row(app: &mut App, row: usize, goal: Goal) {
    app.cursor = row.min(app.rows.len().saturating_sub(1));
    app.goal = goal;
    app.issue = None;
    app.first_proposal = 0;
    (
        app.part,
        app.line,
        app.column,
        app.first_line,
        app.source_top,
    ) = (0, 0, 0, 0, 0);
    app.unfolded = false;
    app.wanted = None;
    app.undos = 0;
}

fn move_part(app: &mut App, by: isize) {
    let last = app.parts().len().saturating_sub(1);
    let to = app.part.saturating_add_signed(by).min(last);
    if to != app.part {
        app.part = to;
        (app.line, app.column, app.first_line) = (0, 0, 0);
        app.unfolded = false;
        super::steps::follow(app);
    }
}

fn movement(app: &mut App, action: Action) {
    let page = app
        .layout()
        .sections
        .or(app.layout().list)
        .or(app.layout().source);
    let page = page.map_or(1, |a| isize::from(a.height as i16 - 2).max(1));
    let by = match action {
        Action::Down => 1,
        Action::Up => -1,
        Action::PageDown => page,
        Action::PageUp => -page,
        Action::Top => isize::MIN + 1,
        Action::Bottom => isize::MAX,
        Action::Left | Action::Right => return sideways(app, action == Action::Right),
        _ => return,
    };
    match app.focus {
        Pane::List => move_list(app, by),
        Pane::Sections => {
            let last = app.lines().len().saturating_sub(1);
            app.line = app.line.saturating_add_signed(by).min(last);
            super::steps::follow(app);
        }
        Pane::Source => super::steps::scroll_source(app, by),
    }
}

fn sideways(app: &mut App, right: bool) {
    match (app.focus, right) {
        (Pane::List, true) => {
            let over = app.source && app.layout().sections.is_none() && app.size.0 < 120;
            app.focus = if over { Pane::Source } else { Pane::Sections };
        }
        (Pane::List, false) => {}
        (Pane::Source, true) => {}
        (Pane::Source, false) if app.source && app.size.0 < 120 => {
            app.source = false;
            app.focus = Pane::Sections;
        }
        (Pane::Source, false) => app.focus = Pane::Sections,
        (Pane::Sections, _) => {
            let lines = app.lines();
            let line = lines.get(app.line);
            if right && matches!(line, Some(Line::Fold(..))) {
                app.unfolded = true;
                return;
            }
            let schema = app.opened().map(|o| o.report.schema);
            let cells = line.zip(schema).map_or(0, |(l, s)| l.cells(s).len());
            if right && app.column + 1 < cells {
                app.column += 1;
            } else if !right && app.column > 0 && cells > 1 {
                app.column = app.column.min(cells - 1) - 1;
            } else if right && cells == 0 {
                move_part(app, 1);
            } else if !right && cells == 0 && app.part > 0 {
                move_part(app, -1);
            } else if !right {
                app.focus = Pane::List;
            }
            super::steps::follow(app);
        }
    }
}

/// What follows from any change: the report under the cursor is fetched, and once it is there
/// the cursor goes where it was meant to go; everything that must be seen is scrolled to.
fn settle(app: &mut App, effects: &mut Vec<Effect>) {
    if let Some(row) = app.row() {
        let file = row.file;
        let failed = matches!(row.state, RowState::Failed(_));
        if app.opened().is_some() {
            app.wanted = None;
            if app.goal != Goal::Stay {
                let goal = std::mem::replace(&mut app.goal, Goal::Stay);
                super::steps::arrive(app, &goal);
            }
            super::decide::undo_what_waited(app, effects);
            super::arrive::look_ahead(app, effects);
        } else if failed {
            app.undos = 0;
        } else if app.wanted != Some(file) {
            app.wanted = Some(file);
            super::arrive::ask_for(app, file, effects);
        }
    }
    super::steps::scroll(app);
    // A line of input that is open is not taken away from under the fingers.
    if matches!(app.mode, Mode::Main)
        && let Some((_, refusal)) = app.saving.refused.front()
    {
        app.mode = Mode::Ask(match refusal {
            Refusal::Conflict { .. } => Question::Conflict,
            _ => Question::Refused,
        });
    }
    if app.message.is_empty() && app.rows.is_empty() {
        let lang = app.lang;
        app.message = say!(lang, tui_no_files).to_owned();
    }
}
