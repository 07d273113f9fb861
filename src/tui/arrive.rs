//! What the workers bring: a file that was opened becomes its rows in the list and a report that is
//! kept at hand. Of `a.html`, which vanished while a decision on it was being written, the row says
//! so only after the writer has said that nothing was written.

use super::app::{App, Goal, Row, RowState};
use super::load::{Arrival, Opened, Summary};
use super::update::Effect;
use crate::report::ReportId;
use crate::source::ReadError;
use crate::words::{reading, say};

/// Takes in what a worker says.
pub fn arrived(app: &mut App, arrival: Arrival, effects: &mut Vec<Effect>) {
    match arrival {
        Arrival::Listed { file, result } => {
            app.listed += 1;
            list(app, file, result);
        }
        Arrival::Opened { file, result } => {
            app.coming.remove(&file);
            // The writer meets the same with what is on its way, and says first why that is not
            // written; then the file is read again.
            if result.is_err() && is_being_written(app, file) {
                return;
            }
            if let Ok(all) = &result
                && may_be_older(app, all)
            {
                read_again(app, file, effects);
                return;
            }
            let (result, all) = match result {
                Ok(all) => (Ok(all.iter().map(Opened::summary).collect()), all),
                Err(error) => (Err(error), Vec::new()),
            };
            replaced(app, file, &result, &all);
            list(app, file, result);
            // Of a file with many reports only those that are looked at: the rest would push
            // them out again.
            let many = all.len() > 4;
            for opened in all {
                let id = &opened.report.id;
                let near = (app.cursor.saturating_sub(1)..=app.cursor + 1)
                    .filter_map(|row| app.rows.get(row))
                    .any(|row| matches!(&row.state, RowState::Ready(s) if s.id == *id));
                // What was decided here and is on its way is not in a file just read.
                if (near || !many) && !app.saving.pending.contains_key(id) {
                    let id = id.clone();
                    app.keep(opened);
                    super::steps::forget_decided(app, &id);
                }
            }
            if app.wanted == Some(file) {
                app.wanted = None;
            }
        }
    }
}

/// Whether something is on its way to the sidecar of a report in the file that is at hand.
fn is_being_written(app: &App, file: usize) -> bool {
    let Some(path) = app.paths.get(file) else {
        return false;
    };
    let mut at_hand = app.store.iter().map(|o| &o.report.id);
    at_hand.any(|id| id.path == *path && app.saving.pending.contains_key(id))
}

/// Whether a file may have been read before something was written of what is in it, and the
/// reading came in after that. Then it is read once more; that reading is believed whatever it
/// says, for it began after the writing.
fn may_be_older(app: &mut App, all: &[Opened]) -> bool {
    let differs = |o: &&Opened| {
        let kept = app.store.iter().find(|k| k.report.id == o.report.id);
        !app.saving.pending.contains_key(&o.report.id) && kept.is_some_and(|k| k.log != o.log)
    };
    let differing = all.iter().filter(differs).map(|o| o.report.id.clone());
    let differing: Vec<ReportId> = differing.collect();
    let mut older = false;
    for id in differing {
        older |= app.saving.fresh.remove(&id);
    }
    older
}

/// A file was read again: what was kept of it goes, and if it says something else by now that
/// is told. What was decided and is on its way is met by the writer, which looks, too.
fn replaced(app: &mut App, file: usize, result: &Result<Vec<Summary>, ReadError>, all: &[Opened]) {
    let Some(path) = app.paths.get(file) else {
        return;
    };
    let own =
        |o: &&Opened| o.report.id.path == *path && !app.saving.pending.contains_key(&o.report.id);
    let kept: Vec<(ReportId, String)> = app
        .store
        .iter()
        .filter(own)
        .map(|o| (o.report.id.clone(), o.report.sha256.clone()))
        .collect();
    let seen = app.summary().map(|s| s.id.clone());
    let (lang, name) = (app.lang, file_name(path));
    app.store
        .retain(|o| !kept.iter().any(|(id, _)| *id == o.report.id));
    for (id, sha256) in kept.into_iter().filter(|(id, _)| Some(id) == seen.as_ref()) {
        app.goal = Goal::Left(app.part, app.issue.clone());
        let now = all.iter().find(|o| o.report.id == id);
        app.message = match (result, now) {
            (Err(error), _) => format!("{name}: {}", reading::failure(&error.cause, lang)),
            (Ok(_), None) => say!(lang, tui_report_gone, file = name),
            (Ok(_), Some(now)) if now.report.sha256 == sha256 => continue,
            (Ok(_), Some(now)) => {
                let said = say!(lang, tui_reread, file = name);
                match now.stale() {
                    0 => said,
                    n => format!("{said}  {}", say!(lang, tui_stale_count, count = n)),
                }
            }
        };
    }
}

fn file_name(path: &std::path::Path) -> String {
    path.file_name()
        .map_or_else(String::new, |n| n.to_string_lossy().into_owned())
}

/// Puts what is known of a file into its row, or rows.
fn list(app: &mut App, file: usize, result: Result<Vec<Summary>, ReadError>) {
    let start = app.rows.partition_point(|r| r.file < file);
    let end = app.rows.partition_point(|r| r.file <= file);
    let states: Vec<RowState> = match result {
        Ok(all) => all
            .into_iter()
            .map(|s| {
                let ours = app.store.iter().find(|o| o.report.id == s.id);
                RowState::Ready(Box::new(ours.map_or(s, Opened::summary)))
            })
            .collect(),
        Err(error) => vec![RowState::Failed(Box::new(error))],
    };
    let (before, now) = (end - start, states.len());
    let rows = states.into_iter().map(|state| Row { file, state });
    app.rows.splice(start..end, rows);
    if app.cursor >= end {
        app.cursor = app.cursor + now - before;
    }
    app.cursor = app.cursor.min(app.rows.len().saturating_sub(1));
}

/// Opens the reports beside the one in view, so that the next key shows them at once, in one
/// frame and not in two.
pub fn look_ahead(app: &mut App, effects: &mut Vec<Effect>) {
    let beside = [app.cursor.checked_sub(1), Some(app.cursor + 1)];
    for row in beside.into_iter().flatten() {
        let Some(Row { file, state }) = app.rows.get(row) else {
            continue;
        };
        let RowState::Ready(summary) = state else {
            continue;
        };
        let there = app.store.iter().any(|o| o.report.id == summary.id);
        if !there && app.coming.insert(*file) {
            effects.push(Effect::Want(*file));
        }
    }
}

/// Has the file in view opened before all others. One that is on its way is not read twice: the
/// second would find the cursor elsewhere by then, and put it back.
pub fn ask_for(app: &mut App, file: usize, effects: &mut Vec<Effect>) {
    effects.push(if app.coming.insert(file) {
        Effect::Want(file)
    } else {
        Effect::First(file)
    });
}

/// Has a file read as it is from now on, whatever of it is on its way.
pub fn read_again(app: &mut App, file: usize, effects: &mut Vec<Effect>) {
    app.coming.insert(file);
    effects.push(Effect::Want(file));
}
