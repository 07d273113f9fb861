//! From issue to issue, and what the panes show then.

use super::app::{App, Goal, Pane, RowState};
use super::load::Opened;
use super::parts::{self, Line};
use crate::report::CellId;
use crate::report::ReportId;
use crate::review::{Issue, IssueKind, Target};
use crate::text::Span;
use crate::words::say;

/// Whether the queue still asks about an issue in this pass.
fn asks(app: &App, opened: &Opened, issue: &Issue) -> bool {
    let passed = (opened.report.id.clone(), issue.id.clone());
    !issue.decided && !app.passed.contains(&passed)
}

/// How many issues of a row the queue still asks about.
fn open_in_row(app: &App, row: usize) -> usize {
    let Some(RowState::Ready(summary)) = app.rows.get(row).map(|r| &r.state) else {
        return 0;
    };
    if summary.locked {
        return 0;
    }
    let passed = app
        .passed
        .iter()
        .filter(|(id, _)| *id == summary.id)
        .count();
    summary.open().saturating_sub(passed)
}

/// What was put off in a report and is decided by now, or gone, no longer counts as put off.
pub fn forget_decided(app: &mut App, id: &ReportId) {
    let Some(opened) = app.store.iter().find(|o| o.report.id == *id) else {
        return;
    };
    let open = |issue: &str| opened.issues.iter().any(|i| i.id == issue && !i.decided);
    app.passed
        .retain(|(report, issue)| report != id || open(issue));
}

/// Goes to the next undecided issue, or the previous one, across reports.
pub fn next_issue(app: &mut App, forward: bool) {
    // Where there is room for one pane, it is the one that shows the issue's cell.
    if app.focus == Pane::List && app.size.0 < 60 {
        app.focus = Pane::Sections;
    }
    if let Some(id) = beside(app, forward) {
        set_issue(app, &id);
        return;
    }
    let count = app.rows.len();
    let order: Vec<usize> = if forward {
        (app.cursor + 1..count).chain(0..app.cursor).collect()
    } else {
        (0..app.cursor)
            .rev()
            .chain((app.cursor + 1..count).rev())
            .collect()
    };
    if let Some(row) = order.into_iter().find(|r| open_in_row(app, *r) > 0) {
        let goal = if forward { Goal::First } else { Goal::Last };
        super::update::go_to_row(app, row, goal);
        return;
    }
    // Nothing elsewhere: what was gone by in this report.
    let again = app.opened().and_then(|o| {
        let mut open = o.issues.iter().filter(|i| asks(app, o, i));
        let issue = if forward {
            open.next()
        } else {
            open.next_back()
        };
        issue.map(|i| i.id.clone())
    });
    match again {
        Some(id) => set_issue(app, &id),
        // What was put off comes round again, last of all.
        None if !app.passed.is_empty() => {
            app.passed.clear();
            app.message.clear();
            next_issue(app, forward);
            // Unless there is nothing, which it says itself.
            if app.message.is_empty() {
                let lang = app.lang;
                app.message = say!(lang, tui_new_pass).to_owned();
            }
        }
        None => {
            let lang = app.lang;
            let loading = app
                .rows
                .iter()
                .any(|r| matches!(r.state, RowState::Loading));
            app.message = if loading {
                say!(lang, tui_nothing_yet).to_owned()
            } else {
                say!(lang, tui_nothing_left).to_owned()
            };
        }
    }
}

/// The next undecided issue of this report after the one in view.
fn beside(app: &App, forward: bool) -> Option<String> {
    let opened = app.opened()?;
    let at = app
        .issue
        .as_deref()
        .and_then(|id| opened.issues.iter().position(|i| i.id == id));
    let open = |i: &usize| opened.issues.get(*i).is_some_and(|i| asks(app, opened, i));
    let found = match (at, forward) {
        (Some(at), true) => (at + 1..opened.issues.len()).find(open),
        (Some(at), false) => (0..at).rev().find(open),
        (None, true) => (0..opened.issues.len()).find(open),
        (None, false) => None,
    };
    opened.issues.get(found?).map(|i| i.id.clone())
}

/// Puts an issue in view, and the cursor on its first cell of interest.
pub fn set_issue(app: &mut App, id: &str) {
    app.issue = Some(id.to_owned());
    app.first_proposal = 0;
    let Some(target) = app.opened().and_then(|o| {
        let issue = o.issues.iter().find(|i| i.id == id)?;
        Some(first_target(o, issue))
    }) else {
        return;
    };
    match target {
        Some(target) => show(app, &target),
        None => follow(app),
    }
}

/// The cell that an issue is first about: where its evidence stands, else its first one.
fn first_target(opened: &Opened, issue: &Issue) -> Option<Target> {
    if let Some(target) = issue.targets.first() {
        return Some(target.clone());
    }
    let finding = issue
        .findings
        .first()
        .and_then(|i| opened.assessment.checked.findings.get(*i));
    let at = finding.and_then(|f| {
        let span = f.span?;
        let here = |c: &&CellId| {
            let field = opened.report.field(**c);
            field.is_some_and(|x| x.span == Some(span))
        };
        issue.cells.iter().find(here)
    });
    let open = || {
        let undecided = |c: &&CellId| {
            let cell = opened.assessment.in_force.cell(**c);
            cell.is_some_and(|c| c.decision.is_none() && !c.solved)
        };
        let doubt = !matches!(issue.kind, IssueKind::Finding(_));
        issue.cells.iter().find(|c| doubt && undecided(c))
    };
    match at.or_else(open).or(issue.cells.first()) {
        Some(cell) => Some(Target::field(opened.report.schema.key(*cell))),
        None => finding.map(|f| Target::finding(f.fingerprint.as_str())),
    }
}

/// Goes to the next cell of the issue.
pub fn operand(app: &mut App, forward: bool) {
    let Some(cells) = app
        .issue()
        .map(|i| i.cells.clone())
        .filter(|c| !c.is_empty())
    else {
        return;
    };
    let now = app.cell();
    let at = now.and_then(|c| cells.iter().position(|o| *o == c));
    let next = match (at, forward) {
        (Some(i), true) => (i + 1) % cells.len(),
        (Some(i), false) => (i + cells.len() - 1) % cells.len(),
        (None, _) => 0,
    };
    let key = cells.get(next).zip(app.opened());
    if let Some(key) = key.map(|(cell, o)| o.report.schema.key(*cell)) {
        show(app, &Target::field(key));
    }
}

/// Puts the cursor of the sections on a cell, a recognised fact or a finding.
pub fn show(app: &mut App, target: &Target) {
    let parts = app.parts();
    let Some(part) = app.opened().and_then(|o| parts::part_of(o, &parts, target)) else {
        follow(app);
        return;
    };
    if part != app.part {
        app.part = part;
        app.unfolded = false;
        (app.line, app.column, app.first_line) = (0, 0, 0);
    }
    let schema = app.opened().map(|o| o.report.schema);
    let place = |lines: &[Line]| {
        lines
            .iter()
            .enumerate()
            .find_map(|(i, line)| match (line, target) {
                (Line::Item(item), Target::Report(wanted)) if item == wanted => Some((i, 0)),
                (Line::Row(..), Target::Field(key)) => {
                    let wanted = schema?.id(key)?;
                    let mut cells = line.cells(schema?).into_iter();
                    let column = cells.position(|c| c == wanted)?;
                    Some((i, column))
                }
                _ => None,
            })
    };
    let mut at = place(&app.lines());
    if at.is_none() && target.as_field().is_some() && !app.unfolded {
        app.unfolded = true;
        at = place(&app.lines());
    }
    if let Some((line, column)) = at {
        (app.line, app.column) = (line, column);
    } else if let Some(span) = evidence(app) {
        let lines = app.lines();
        let here =
            |l: &Line| matches!(l, Line::Text(s) if s.start <= span.start && span.start < s.end);
        app.line = lines.iter().position(here).unwrap_or(app.line);
    }
    follow(app);
}

/// A report has come: goes where it was meant to go.
pub fn arrive(app: &mut App, goal: &Goal) {
    if let Goal::Left(part, issue) = goal {
        let there = |id: &&String| {
            app.opened()
                .is_some_and(|o| o.issues.iter().any(|i| i.id == **id))
        };
        match issue.as_ref().filter(there) {
            Some(id) => set_issue(app, id),
            None => {
                app.part = (*part).min(app.parts().len().saturating_sub(1));
                follow(app);
            }
        }
        return;
    }
    let id = app.opened().and_then(|o| {
        let mut open = o.issues.iter().filter(|i| asks(app, o, i));
        match goal {
            Goal::First => open.next(),
            Goal::Last => open.next_back(),
            _ => None,
        }
        .map(|i| i.id.clone())
    });
    match id {
        Some(id) => set_issue(app, &id),
        // Nothing open: the part with the most to see, table 3, else the first.
        None => {
            let parts = app.parts();
            let table = |id: &str| {
                parts
                    .iter()
                    .position(|p| p.tables.iter().any(|t| t.id == id))
            };
            app.part = table("t3").or_else(|| table("ind")).unwrap_or(0);
            follow(app);
        }
    }
}

/// Where the source shows what the cursor or the issue is about.
pub fn evidence(app: &App) -> Option<Span> {
    let opened = app.opened()?;
    let lines = app.lines();
    let of_cell = match app.target_in(&lines) {
        Some(Target::Field(key)) => opened.report.named(&key).and_then(|(_, f)| f.span),
        _ => None,
    };
    let of_issue = || {
        let i = *app.issue()?.findings.first()?;
        opened.assessment.checked.findings.get(i)?.span
    };
    let of_line = || match lines.get(app.line)? {
        Line::Text(span) => Some(*span),
        Line::Title(table) => {
            let found = opened.report.tables.iter().find(|f| f.table == table.id)?;
            Some(Span::new(found.span.start, found.span.start))
        }
        _ => None,
    };
    of_cell.or_else(|| match lines.get(app.line) {
        Some(Line::Text(_)) if app.focus != Pane::List => of_line(),
        _ => of_issue().or_else(of_line),
    })
}

/// The source at the evidence.
pub fn follow(app: &mut App) {
    let Some(area) = app.layout().source else {
        return;
    };
    let Some(span) = evidence(app) else { return };
    let Some(opened) = app.opened() else { return };
    let columns = source_columns(area.width);
    let rows = area.height.saturating_sub(1) as usize;
    let shown = opened.rows_from(app.source_top, rows.saturating_sub(1), columns, app.widths);
    let visible = shown
        .iter()
        .any(|r| r.start <= span.start && span.start <= r.end);
    if !visible || shown.is_empty() {
        app.source_top = opened.row_before(span.start, rows / 3, columns, app.widths);
    }
}

/// Scrolls the source by rows.
pub fn scroll_source(app: &mut App, by: isize) {
    let Some(area) = app.layout().source else {
        return;
    };
    let Some(opened) = app.opened() else { return };
    let columns = source_columns(area.width);
    let text = opened.document.text.len();
    let far = area.height.saturating_sub(2) as usize;
    let end = || opened.row_before(text, far, columns, app.widths);
    app.source_top = if by < -100_000 {
        0
    } else if by > 100_000 {
        end()
    } else if by <= 0 {
        opened.row_before(app.source_top, by.unsigned_abs(), columns, app.widths)
    } else {
        let rows = opened.rows_from(app.source_top, by.unsigned_abs() + 1, columns, app.widths);
        let to = rows.last().map_or(app.source_top, |r| r.start);
        to.min(end().max(app.source_top))
    };
}

/// Columns of the text in the source pane: one before it, two for the marks of the evidence.
pub const fn source_columns(width: u16) -> usize {
    (width as usize).saturating_sub(3)
}

/// Brings the cursors of the list and of the sections into their panes.
pub fn scroll(app: &mut App) {
    let layout = app.layout();
    let into = |first: usize, cursor: usize, area: Option<super::app::Area>| {
        let rows = area
            .map_or(1, |a| (a.height as usize).saturating_sub(1))
            .max(1);
        if cursor < first {
            cursor
        } else if cursor >= first + rows {
            cursor + 1 - rows
        } else {
            first
        }
    };
    app.top = into(app.top, app.cursor, layout.list);
    if let Some(area) = layout.sections {
        let lines = app.lines();
        app.line = app.line.min(lines.len().saturating_sub(1));
        let rows = (area.height as usize).saturating_sub(1).max(1);
        let most = lines.len().saturating_sub(rows);
        app.first_line = into(app.first_line.min(most), app.line, Some(area));
    }
}

impl Opened {
    /// Rows of the source, wrapped, from the one that holds a byte.
    pub fn rows_from(
        &self,
        from: usize,
        count: usize,
        columns: usize,
        widths: super::width::Widths,
    ) -> Vec<Span> {
        let mut rows = Vec::new();
        let mut line = self.line_of(from).saturating_sub(1);
        while rows.len() < count && line < self.lines.len() {
            let all = self.rows_of(line, columns, widths);
            rows.extend(all.into_iter().filter(|r| r.end > from || r.start >= from));
            line += 1;
        }
        rows.truncate(count);
        rows
    }

    /// The start of the row some rows before the one that holds a byte.
    pub fn row_before(
        &self,
        byte: usize,
        back: usize,
        columns: usize,
        widths: super::width::Widths,
    ) -> usize {
        let mut line = self.line_of(byte).saturating_sub(1);
        let mut left = back;
        let mut rows = self.rows_of(line, columns, widths);
        rows.retain(|r| r.start <= byte);
        loop {
            if let Some(row) = rows.len().checked_sub(left + 1).and_then(|i| rows.get(i)) {
                return row.start;
            }
            left = left.saturating_sub(rows.len());
            let Some(before) = line.checked_sub(1) else {
                return 0;
            };
            line = before;
            rows = self.rows_of(line, columns, widths);
        }
    }

    fn rows_of(&self, line: usize, columns: usize, widths: super::width::Widths) -> Vec<Span> {
        let start = self.lines.get(line).copied().unwrap_or(0);
        let end = self
            .lines
            .get(line + 1)
            .copied()
            .unwrap_or(self.document.text.len());
        let text = self
            .document
            .text
            .get(start..end)
            .unwrap_or("")
            .trim_end_matches(['\n', '\r']);
        let wrapped = widths.wrap(text, columns.max(2));
        wrapped
            .into_iter()
            .map(|r| Span::new(start + r.start, start + r.end))
            .collect()
    }
}
