//! Decisions: made in memory at once, written by a thread, said to be saved once they are.

use super::action::{Action as Key, Context};
use super::app::{App, Goal, Mode, Question, RowState};
use super::steps;
use super::update::{Effect, ask, leave, not_there};
use crate::report::ReportId;
use crate::review::{
    Action, IssueKind, Message, Operation, Refusal, Request, ReviewStatus, Step, Target, Who,
};
use crate::words::{Lang, say};

/// Carries requests out as one step; gives whether that was done.
pub fn decide(app: &mut App, requests: &[Request], effects: &mut Vec<Effect>) -> bool {
    let lang = app.lang;
    if let Some(why) = app.locked() {
        app.message = why;
        return false;
    }
    let who = Who::now(app.by.as_str());
    let Some(opened) = app.opened() else {
        app.message = not_there(app);
        return false;
    };
    match opened.propose(requests, &who) {
        Ok(step) if !step.decisions.is_empty() => {
            let said = what(app, requests, &step);
            let done = perform(app, Operation::Apply(step), effects);
            if done {
                app.message = said;
                app.last_decided = app.summary().map(|s| s.id.clone());
                if let Some(issue) = in_view(app) {
                    app.passed.remove(&issue);
                }
            }
            done
        }
        Ok(_) => false,
        Err(refusal) => {
            app.message = refusal.message(lang);
            false
        }
    }
}

/// Performs an operation on the report in view, and has it written.
fn perform(app: &mut App, operation: Operation, effects: &mut Vec<Effect>) -> bool {
    let Some(id) = app.summary().map(|s| s.id.clone()) else {
        return false;
    };
    perform_on(app, &id, operation, effects)
}

/// The issue in view, as passes of the queue know it.
fn in_view(app: &App) -> Option<(ReportId, String)> {
    app.summary().map(|s| s.id.clone()).zip(app.issue.clone())
}

/// Performs an operation on a report that is at hand, and has it written.
fn perform_on(
    app: &mut App,
    id: &ReportId,
    operation: Operation,
    effects: &mut Vec<Effect>,
) -> bool {
    let lang = app.lang;
    let Some(opened) = app.store.iter_mut().find(|o| o.report.id == *id) else {
        return false;
    };
    let facts = match opened.apply(&operation) {
        Ok(facts) => facts,
        Err(refusal) => {
            app.message = refusal.message(lang);
            return false;
        }
    };
    let summary = opened.summary();
    update_row(app, id, Some(summary));
    // Pending from now on, whatever number the writer gives it.
    app.saving.pending.entry(id.clone()).or_insert(0);
    effects.push(Effect::Write(id.clone(), Box::new(facts), operation));
    // A decision on another report is no longer the last step.
    app.last_decided = app.last_decided.take().filter(|last| last == id);
    true
}

/// What was done, in a few words.
fn what(app: &App, requests: &[Request], step: &Step) -> String {
    let lang = app.lang;
    let Some(first) = requests.first() else {
        return String::new();
    };
    let action = first.action.did(lang);
    let more = requests.len() - 1;
    // As it was understood, arithmetic worked out.
    let value = step.decisions.first().and_then(|d| d.value.as_deref());
    let value = value.filter(|_| first.action == Action::Override);
    let value = value.map_or_else(String::new, |v| format!(" = {v}"));
    let more = if more == 0 {
        String::new()
    } else {
        format!(" +{more}")
    };
    format!("{action} {}{value}{more}", first.target)
}

/// After a decision the next undecided issue comes by itself, once this one is decided.
pub fn advance(app: &mut App) {
    let passed = in_view(app).is_some_and(|issue| app.passed.contains(&issue));
    let open = app.issue().is_some_and(|i| !i.decided && !passed);
    if open {
        let id = app.issue.clone().unwrap_or_default();
        steps::set_issue(app, &id);
        return;
    }
    let said = std::mem::take(&mut app.message);
    steps::next_issue(app, true);
    app.message = match app.message.as_str() {
        "" => said,
        nothing_left => format!("{said}  {nothing_left}"),
    };
}

/// Agrees with the issue.
pub fn agree(app: &mut App, effects: &mut Vec<Effect>) {
    let lang = app.lang;
    let Some((requests, kind)) = app
        .opened()
        .zip(app.issue())
        .map(|(o, i)| (i.agree(o.report.schema, &o.assessment), i.kind.clone()))
    else {
        app.message = say!(lang, tui_no_issue).to_owned();
        return;
    };
    if requests.is_empty() {
        app.message = match kind {
            IssueKind::Ambiguous { .. } => say!(lang, tui_agree_ambiguous).to_owned(),
            _ => say!(lang, tui_agree_nothing).to_owned(),
        };
        return;
    }
    if decide(app, &requests, effects) {
        advance(app);
    }
}

/// Says the same of all findings of the issue; gives whether that was done.
pub fn on_findings(app: &mut App, action: Action, note: &str, effects: &mut Vec<Effect>) -> bool {
    let lang = app.lang;
    let requests = said_of_findings(app, action, note);
    if requests.is_empty() && app.opened().is_some() {
        app.message = say!(lang, tui_only_findings).to_owned();
        return false;
    }
    let done = decide(app, &requests, effects);
    if done {
        advance(app);
    }
    done
}

fn said_of_findings(app: &App, action: Action, note: &str) -> Vec<Request> {
    let Some((opened, issue)) = app.opened().zip(app.issue()) else {
        return Vec::new();
    };
    let all = issue.on_findings(&opened.assessment, action).into_iter();
    all.map(|r| r.note(note)).collect()
}

/// Puts the issue off to the end of this pass. That a finding was flagged is kept in the sidecar.
pub fn flag(app: &mut App, effects: &mut Vec<Effect>) {
    let lang = app.lang;
    let Some(issue) = app.issue() else {
        app.message = say!(lang, tui_no_issue).to_owned();
        return;
    };
    let passed = in_view(app);
    if !issue.findings.is_empty() {
        let requests = said_of_findings(app, Action::Flag, "");
        if decide(app, &requests, effects) {
            app.passed.extend(passed);
            advance(app);
        }
        return;
    }
    app.passed.extend(passed);
    app.message = say!(lang, tui_passed).to_owned();
    steps::next_issue(app, true);
}

/// The group of cells that the issue decides together, as a target.
pub fn joint_target(app: &App) -> Option<(usize, Target)> {
    let (opened, issue) = app.opened().zip(app.issue())?;
    let IssueKind::Ambiguous { joint: Some(index) } = issue.kind else {
        return None;
    };
    let table = opened.report.joint.get(index)?.table;
    let before = opened.report.joint.iter().take(index);
    let group = before.filter(|j| j.table == table).count();
    let table = table.as_str().to_owned();
    Some((index, Target::Table { table, group }))
}

/// Takes a numbered proposal of the issue, if it stands on the screen.
pub fn choose(app: &mut App, number: usize, effects: &mut Vec<Effect>) {
    let lang = app.lang;
    let proposals = super::view::proposals(app);
    match proposals.taken.get(number) {
        Some(requests) => {
            if decide(app, requests, effects) {
                advance(app);
            }
        }
        None if proposals.taken.is_empty() && proposals.all > 0 => {
            let zoom = app.keymap.hint(Context::Main, Key::Zoom);
            app.message = say!(lang, tui_proposals_unseen, zoom);
        }
        None if proposals.taken.is_empty() => {
            app.message = say!(lang, tui_no_proposal).to_owned();
        }
        None => {
            let shown = proposals.taken.len();
            app.message = say!(lang, tui_no_such_proposal, count = shown);
        }
    }
}

/// Says of the cell under the cursor that it is empty, or does not apply.
pub fn cell(app: &mut App, action: Action, effects: &mut Vec<Effect>) {
    let lang = app.lang;
    match app.target() {
        Some(target @ Target::Field(_)) => {
            if decide(app, &[Request::new(target, action)], effects) {
                advance(app);
            }
        }
        _ => app.message = say!(lang, tui_no_cell).to_owned(),
    }
}

/// Marks the report as done; asks when issues are open.
pub fn done(app: &mut App, effects: &mut Vec<Effect>) {
    let open = app
        .opened()
        .map_or(0, |o| o.issues.iter().filter(|i| !i.decided).count());
    if let Some(why) = app.locked() {
        app.message = why;
    } else if open > 0 {
        app.mode = Mode::Ask(Question::DoneOpen(open));
    } else {
        mark_done(app, effects);
    }
}

/// Marks the report as done.
pub fn mark_done(app: &mut App, effects: &mut Vec<Effect>) {
    let lang = app.lang;
    let who = Who::now(app.by.as_str());
    let Some(operation) = app.opened().map(|o| o.log.mark(ReviewStatus::Done, &who)) else {
        return;
    };
    if perform(app, operation, effects) {
        app.message = say!(lang, tui_did_done).to_owned();
    }
}

/// Writes the note on the report; gives whether that was done.
pub fn annotate(app: &mut App, text: &str, effects: &mut Vec<Effect>) -> bool {
    let lang = app.lang;
    if let Some(why) = app.locked() {
        app.message = why;
        return false;
    }
    let who = Who::now(app.by.as_str());
    let Some(operation) = app.opened().map(|o| o.log.annotate(text, &who)) else {
        app.message = not_there(app);
        return false;
    };
    let done = perform(app, operation, effects);
    if done {
        app.message = say!(lang, tui_did_note).to_owned();
    }
    done
}

/// Takes the last step back: of the report that it was made on, else of the one in view. Whatever
/// is still being read, the key works: where that is the report itself, once it is there.
pub fn undo(app: &mut App, force: bool, effects: &mut Vec<Effect>) {
    let lang = app.lang;
    go_back_to_last(app);
    if let Some(why) = app.locked() {
        app.message = why;
        return;
    }
    let who = Who::now(app.by.as_str());
    let Some(opened) = app.opened() else {
        app.message = not_there(app);
        app.undos += 1;
        return;
    };
    let target = opened.log.last_step().first().map(|d| d.target.clone());
    match opened.log.undo(&who, force) {
        Ok(operation) => {
            let said = |lang, target: &Target| say!(lang, tui_undone, target);
            back(app, operation, target, said, effects);
        }
        Err(Refusal::AnothersStep { .. }) => app.mode = Mode::Ask(Question::UndoOthers),
        Err(refusal) => app.message = refusal.message(lang),
    }
}

/// Takes back what was to be taken back before the report in view was there.
pub fn undo_what_waited(app: &mut App, effects: &mut Vec<Effect>) {
    while app.undos > 0 && matches!(app.mode, Mode::Main) {
        app.undos -= 1;
        undo(app, false, effects);
    }
}

/// The last decision may have been in the report before: the screen went on by itself.
fn go_back_to_last(app: &mut App) {
    let Some(id) = app.last_decided.take() else {
        return;
    };
    let here = app.summary().is_some_and(|s| s.id == id);
    let mut rows = app.rows.iter().enumerate();
    let row = rows.find(|(_, r)| matches!(&r.state, RowState::Ready(s) if s.id == id));
    let Some((row, file)) = row.map(|(i, r)| (i, r.file)).filter(|_| !here) else {
        return;
    };
    if app.store.iter().any(|o| o.report.id == id) {
        super::update::go_to_row(app, row, Goal::Stay);
    } else if app.coming.contains(&file) {
        super::update::go_to_row(app, row, Goal::First);
    }
    // A report that is no longer at hand is gone to by hand, as any other.
}

/// Does the step again that was last taken back.
pub fn redo(app: &mut App, effects: &mut Vec<Effect>) {
    let lang = app.lang;
    if let Some(why) = app.locked() {
        app.message = why;
        return;
    }
    let who = Who::now(app.by.as_str());
    let Some(opened) = app.opened() else { return };
    let target = opened.log.next_redo().first().map(|d| d.target.clone());
    match opened.log.redo(&who) {
        Ok(operation) => {
            let said = |lang, target: &Target| say!(lang, tui_redone, target);
            back(app, operation, target, said, effects);
        }
        Err(refusal) => app.message = refusal.message(lang),
    }
}

/// Performs it, and goes to what changed.
fn back(
    app: &mut App,
    operation: Operation,
    target: Option<Target>,
    said: impl FnOnce(Lang, &Target) -> String,
    effects: &mut Vec<Effect>,
) {
    if !perform(app, operation, effects) {
        return;
    }
    let Some(target) = target else { return };
    let lang = app.lang;
    app.message = said(lang, &target);
    let issue = app.opened().and_then(|o| {
        let findings = &o.assessment.checked.findings;
        let cell = target.as_field().and_then(|key| o.report.schema.id(key));
        let about = |i: &&crate::review::Issue| match &target {
            Target::Field(_) => cell.is_some_and(|c| i.cells.contains(&c)) && i.findings.is_empty(),
            Target::Finding(f) => i
                .findings
                .iter()
                .any(|n| findings.get(*n).is_some_and(|x| x.fingerprint == *f)),
            other => i.targets.contains(other),
        };
        let field = |i: &&crate::review::Issue| cell.is_some_and(|c| i.cells.contains(&c));
        let found = o
            .issues
            .iter()
            .find(about)
            .or_else(|| o.issues.iter().find(field));
        found.map(|i| i.id.clone())
    });
    if let Some(id) = issue {
        let report = app.summary().map(|s| s.id.clone());
        if let Some(report) = report {
            app.passed.remove(&(report, id.clone()));
        }
        app.issue = Some(id);
    }
    steps::show(app, &target);
}

/// Makes the step all the same that met another person's decision; that is known by now.
pub fn replace_theirs(app: &mut App, effects: &mut Vec<Effect>) {
    let Some((id, Refusal::Conflict { theirs, ours: step })) = app.saving.refused.pop_front()
    else {
        return;
    };
    let lang = app.lang;
    let opened = app.store.iter().find(|o| o.report.id == id);
    match opened.map(|o| o.log.again(&step)) {
        Some(operation) => {
            if perform_on(app, &id, operation, effects) {
                let target = step.decisions.first().map(|d| d.target.to_string());
                let target = target.unwrap_or_default();
                app.message = say!(lang, tui_replaced, target);
            }
        }
        // Many reports later: it has to be gone back to.
        None => {
            let what = theirs.sentence(lang);
            app.message = say!(lang, refused_conflict, what);
        }
    }
}

/// The writer has written, or could not.
pub fn written(app: &mut App, message: Message, effects: &mut Vec<Effect>) {
    let lang = app.lang;
    match message {
        Message::Saved {
            id,
            upto,
            log,
            refused,
        } => {
            app.saving.failed.remove(&id);
            app.saving.fresh.insert(id.clone());
            if app.saving.pending.get(&id).is_none_or(|last| *last <= upto) {
                app.saving.pending.remove(&id);
                app.saving.any |= refused.is_empty();
                // What others wrote meanwhile comes in with it.
                let changed = app
                    .store
                    .iter_mut()
                    .find(|o| o.report.id == id)
                    .map(|opened| {
                        opened.renew(*log);
                        opened.summary()
                    });
                update_row(app, &id, changed);
            }
            let of_the_source = refused.iter().any(|(_, r)| r.is_of_the_source());
            for (_, refusal) in refused {
                app.leave_when_saved = false;
                // What was said to be done is not. Over an open line this is all that is seen
                // until that is closed.
                app.message = match app.mode {
                    Mode::Main => String::new(),
                    _ => refusal.message(lang),
                };
                app.saving.refuse(&id, refusal);
            }
            // It is read again at once, and the cursor stays. Where more is on its way, once
            // that has met the same.
            if of_the_source && !app.saving.pending.contains_key(&id) {
                read_again(app, &id, effects);
            }
            if app.saving.pending.is_empty() && std::mem::take(&mut app.leave_when_saved) {
                leave_saved(app);
            }
            // What was waited for has come, and it is not left after all.
            let waits = matches!(app.mode, Mode::Ask(Question::LeaveSaving));
            if waits && !app.leave_when_saved && !app.leaving {
                app.mode = app.resume.take().map_or(Mode::Main, |mode| *mode);
            }
        }
        Message::Failed { id, error, .. } => {
            app.message = error.brief(lang);
            app.saving.failed.insert(id, error);
            if std::mem::take(&mut app.leave_when_saved) {
                ask(app, Question::LeaveUnsaved);
            }
        }
    }
}

/// Everything is saved that leaving waited for. A line that was opened meanwhile is asked about.
fn leave_saved(app: &mut App) {
    match app.mode {
        Mode::Override(_) | Mode::Note(_) | Mode::Find(_) => ask(app, Question::LeaveInput),
        Mode::Main | Mode::Help(_) | Mode::Ask(_) => leave(app),
    }
}

/// Reads a report's file again whose content is not what was decided on, in view or not.
fn read_again(app: &mut App, id: &ReportId, effects: &mut Vec<Effect>) {
    let seen = app.summary().is_some_and(|s| s.id == *id);
    app.store.retain(|o| o.report.id != *id);
    let Some(file) = app.paths.iter().position(|p| *p == id.path) else {
        return;
    };
    // Asked for here, and not once more for being in view or beside what is.
    if seen {
        app.goal = Goal::Left(app.part, app.issue.clone());
        app.wanted = Some(file);
    }
    super::arrive::read_again(app, file, effects);
}

fn update_row(app: &mut App, id: &ReportId, summary: Option<super::load::Summary>) {
    let Some(summary) = summary else { return };
    steps::forget_decided(app, id);
    let own = |r: &&mut super::app::Row| matches!(&r.state, RowState::Ready(s) if s.id == *id);
    if let Some(row) = app.rows.iter_mut().find(own) {
        row.state = RowState::Ready(Box::new(summary));
    }
}
