//! What is wrong, in a sentence; the arithmetic; the quote; what can be done.

use crate::form::Place;
use crate::report::CellId;
use crate::words;
use ratatui::style::Style;

use super::super::app::{App, Area};
use super::super::load::Opened;
use super::super::terminal::Canvas;
use super::{proposals, status_name, titled_rule};
use crate::check::{Doubt, Finding, Severity, State};
use crate::report::Status;
use crate::review::{Action, Issue, IssueKind, Reason, Target};
use crate::text::Span;
use crate::words::say;

/// A line of the panel: text, style, and a byte range of it that is the evidence.
struct Row {
    text: String,
    style: Style,
    marked: Option<(usize, usize)>,
}

/// Draws the panel.
pub fn draw(app: &App, canvas: &mut Canvas<'_>, area: Area) {
    let lang = app.lang;
    let Some(opened) = app.opened() else {
        titled_rule(app, canvas, area.y, say!(lang, tui_issue_none));
        return;
    };
    let Some(issue) = app.issue() else {
        titled_rule(app, canvas, area.y, say!(lang, tui_issue_none));
        let mut rows = lock_note(app, opened);
        rows.extend(nothing(app, opened));
        put(app, canvas, area, &rows);
        return;
    };
    titled_rule(app, canvas, area.y, &title(app, opened, issue));
    let mut rows = lock_note(app, opened);
    match issue.kind {
        IssueKind::Finding(_) => findings(app, opened, issue, &mut rows),
        IssueKind::Ambiguous { .. } => ambiguous(app, opened, &mut rows),
        _ => doubts(app, opened, issue, &mut rows),
    }
    put(app, canvas, area, &rows);
}

fn lock_note(app: &App, opened: &Opened) -> Vec<Row> {
    let lang = app.lang;
    let locked = opened.locked.iter();
    locked
        .flat_map(|why| {
            [
                plain(app.theme.error, why),
                plain(app.theme.text, say!(lang, tui_locked)),
            ]
        })
        .collect()
}

fn plain(style: Style, text: &str) -> Row {
    Row {
        text: text.to_owned(),
        style,
        marked: None,
    }
}

fn put(app: &App, canvas: &mut Canvas<'_>, area: Area, rows: &[Row]) {
    let width = area.width.saturating_sub(3);
    let mut y = area.y + 1;
    for row in rows {
        for range in app.widths.wrap(&row.text, width as usize) {
            if y >= area.y + area.height {
                return;
            }
            let mut x = area.x + 2;
            let end = x + width;
            let (a, b) = row.marked.unwrap_or((row.text.len(), row.text.len()));
            let (a, b) = (
                a.clamp(range.start, range.end),
                b.clamp(range.start, range.end),
            );
            for (from, to, style) in [
                (range.start, a, row.style),
                (a, b, app.theme.evidence),
                (b, range.end, row.style),
            ] {
                let piece = row.text.get(from..to).unwrap_or("");
                x = canvas.put(x, y, piece, end.saturating_sub(x), style);
            }
            y += 1;
        }
    }
}

fn title(app: &App, opened: &Opened, issue: &Issue) -> String {
    let lang = app.lang;
    let at = opened
        .issues
        .iter()
        .position(|i| i.id == issue.id)
        .map_or(0, |i| i + 1);
    let kind = match issue.kind {
        IssueKind::Finding(Severity::Error) => say!(lang, kind_error),
        IssueKind::Finding(Severity::Warning) => say!(lang, kind_warning),
        IssueKind::Finding(Severity::Info) => say!(lang, kind_info),
        IssueKind::Ambiguous { .. } => say!(lang, kind_ambiguous),
        IssueKind::Inferred => say!(lang, kind_inferred),
        IssueKind::Missing => say!(lang, kind_missing),
        IssueKind::Unreadable => say!(lang, kind_unreadable),
        IssueKind::Stale => say!(lang, kind_stale),
    };
    let state = if issue.stale {
        say!(lang, state_stale)
    } else if issue.decided {
        say!(lang, state_decided)
    } else if issue.flagged {
        say!(lang, state_flagged)
    } else {
        say!(lang, state_open)
    };
    let head = say!(lang, tui_issue, at, all = opened.issues.len());
    format!("{head}  {kind}  {}  {state}", issue.id)
}

fn findings(app: &App, opened: &Opened, issue: &Issue, rows: &mut Vec<Row>) {
    let theme = &app.theme;
    let schema = opened.report.schema;
    let all: Vec<&Finding> = issue
        .findings
        .iter()
        .filter_map(|i| opened.assessment.checked.findings.get(*i))
        .collect();
    for finding in &all {
        let style = if finding.severity == Severity::Error {
            theme.error
        } else {
            theme.text
        };
        let said = words::finding::message(finding, schema, app.lang);
        rows.push(plain(style, &said));
    }
    let Some(first) = all.first() else { return };
    let arithmetic = words::finding::arithmetic(first, schema, app.lang);
    if !arithmetic.is_empty() {
        rows.push(plain(theme.text, &arithmetic));
    }
    decision(app, opened, first, rows);
    cell(app, opened, rows);
    quote(app, opened, first.span, &first.quote, rows);
    if let Some(doc) = crate::check::rule(schema.forms(), first.rule.as_str()) {
        rows.push(plain(theme.muted, &doc.text(app.lang).why));
    }
    let lang = app.lang;
    if first.doubt() == Doubt::Extraction {
        rows.push(plain(theme.doubt, say!(lang, tui_doubt_extraction)));
    }
}

/// What was said of the finding.
fn decision(app: &App, opened: &Opened, finding: &Finding, rows: &mut Vec<Row>) {
    let lang = app.lang;
    if finding.state == State::Undecided {
        return;
    }
    let target = Target::finding(finding.fingerprint.as_str());
    let state = match finding.state {
        State::Undecided => "",
        State::Confirmed => say!(lang, state_confirmed),
        State::Dismissed => say!(lang, state_dismissed),
        State::Flagged => say!(lang, state_flagged),
        State::Resolved => say!(lang, state_resolved),
        State::Stale => say!(lang, state_stale),
    };
    let mut text = state.to_owned();
    if let Some(d) = opened.log.in_force(&target) {
        if let Some(by) = &d.by {
            text += &format!("  {by}");
        }
        if let Some(at) = &d.at {
            text += &format!("  {}", at.strftime("%Y-%m-%d %H:%M"));
        }
        if let Some(note) = &d.note {
            text += &format!("  # {note}");
        }
        if finding.state == State::Stale {
            let basis = d.basis.iter().flatten().map(|(k, v)| format!("{k}={v}"));
            let then = basis.collect::<Vec<_>>().join(" ");
            rows.push(plain(app.theme.decided, &text));
            text = say!(lang, tui_stale_basis, then);
        }
    }
    rows.push(plain(app.theme.decided, &text));
}

/// The source with the evidence marked.
fn quote(app: &App, opened: &Opened, span: Option<Span>, quote: &str, rows: &mut Vec<Row>) {
    let lang = app.lang;
    let Some(span) = span else { return };
    let line = opened.line_of(span.start);
    let head = say!(lang, tui_quote, line);
    let (text, marked) = if quote.is_empty() {
        around(opened, span)
    } else {
        let text = &opened.document.text;
        // The quote holds the evidence somewhere: it is found by what stands before it.
        let start = (0..=quote.len().min(span.start))
            .find(|n| {
                let from = span.start - n;
                text.get(from..).is_some_and(|t| t.starts_with(quote))
            })
            .map(|n| (n, (n + span.len()).min(quote.len())));
        (quote.to_owned(), start)
    };
    // One byte for one, so that the place of the evidence stays; other control characters are
    // drawn as symbols.
    let flat = text.replace(['\n', '\r', '\t'], " ");
    let shift = head.len() + 2;
    rows.push(Row {
        text: format!("{head}  {flat}"),
        style: app.theme.text,
        marked: marked.map(|(a, b)| (a + shift, b + shift)),
    });
}

/// The line of a span, and where the span is in it.
fn around(opened: &Opened, span: Span) -> (String, Option<(usize, usize)>) {
    let text = opened.document.text.as_str();
    let line = opened.line_of(span.start).saturating_sub(1);
    let start = opened.lines.get(line).copied().unwrap_or(0);
    let mut start = start.max(span.start.saturating_sub(90));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let rest = text.get(span.end..).unwrap_or("");
    let behind: String = rest.chars().take_while(|c| *c != '\n').take(30).collect();
    let shown = format!("{}{behind}", text.get(start..span.end).unwrap_or(""));
    let at = span.start.saturating_sub(start);
    (shown, Some((at, at + span.len())))
}

/// Cells that several values fit, and what can be taken by number.
fn ambiguous(app: &App, opened: &Opened, rows: &mut Vec<Row>) {
    let theme = &app.theme;
    let proposals = proposals(app);
    let style = if proposals.contradicted {
        theme.error
    } else {
        theme.doubt
    };
    rows.push(plain(style, &proposals.head));
    rows.extend(proposals.lines.iter().map(|line| plain(theme.text, line)));
    cell(app, opened, rows);
    if let Some(cell) = app.cell() {
        let span = opened.report.field(cell).and_then(|f| f.span);
        quote(app, opened, span, "", rows);
    }
}

/// What was decided on the cell under the cursor, beside what was published.
fn cell(app: &App, opened: &Opened, rows: &mut Vec<Row>) {
    let lang = app.lang;
    let Some(target @ Target::Field(_)) = app.target() else {
        return;
    };
    let (Target::Field(key), Some(decision)) = (&target, opened.log.in_force(&target)) else {
        return;
    };
    let Some((id, field)) = opened.report.named(key) else {
        return;
    };
    let status = |status| status_name(lang, status).to_owned();
    let read = field
        .value
        .map_or_else(|| status(field.status), |v| v.to_string());
    let now = match (decision.action, &decision.value) {
        (Action::Blank, _) => status(Status::Blank),
        (Action::NotApplicable, _) => status(Status::NotApplicable),
        (Action::Accept, _) => say!(lang, did_accept).to_owned(),
        (_, Some(value)) => value.clone(),
        (_, None) => status(Status::Blank),
    };
    let cell = name(app, opened, id);
    let mut text = say!(lang, tui_cell_decided, cell, read, now);
    match decision.reason {
        Some(Reason::Misread) => text += &format!("  {}", say!(lang, reason_misread)),
        Some(Reason::ReportWrong) => text += &format!("  {}", say!(lang, reason_report_wrong)),
        None => {}
    }
    for more in [&decision.by, &decision.note].into_iter().flatten() {
        text += &format!("  {more}");
    }
    rows.push(plain(app.theme.decided, &text));
}

fn doubts(app: &App, opened: &Opened, issue: &Issue, rows: &mut Vec<Row>) {
    let lang = app.lang;
    let theme = &app.theme;
    let cells = names(app, opened, &issue.cells, 4);
    let count = issue.cells.len();
    let said = match issue.kind {
        IssueKind::Inferred => say!(lang, tui_inferred, count, cells),
        IssueKind::Missing => say!(lang, tui_missing, count, cells),
        IssueKind::Unreadable => say!(lang, tui_unreadable, count, cells),
        _ => say!(lang, tui_stale).to_owned(),
    };
    rows.push(plain(theme.doubt, &said));
    if issue.stale {
        for target in issue
            .cells
            .iter()
            .map(|c| Target::field(opened.report.schema.key(*c)))
            .chain(issue.targets.clone())
        {
            stale(app, opened, &target, rows);
        }
    }
    let Some(id) = app.cell() else {
        return;
    };
    let Some(field) = opened.report.field(id) else {
        return;
    };
    let mut text = format!(
        "{}  {}",
        name(app, opened, id),
        status_name(lang, field.status)
    );
    if !field.by.is_empty() {
        let by: Vec<&str> = field.by.iter().map(|r| r.as_str()).collect();
        text += &format!("  {}", by.join(" "));
    }
    if let Some(raw) = &field.raw {
        text += &format!("  “{}”", raw.trim());
    }
    rows.push(plain(theme.text, &text));
    cell(app, opened, rows);
    quote(app, opened, field.span, "", rows);
}

/// The value that was decided on beside the one that is read now.
fn stale(app: &App, opened: &Opened, target: &Target, rows: &mut Vec<Row>) {
    let lang = app.lang;
    let Some(decision) = opened.log.in_force(target) else {
        return;
    };
    let now = match target {
        Target::Field(key) => {
            let Some((cell, f)) = opened.report.named(key) else {
                return;
            };
            let cell = opened.assessment.in_force.cell(cell);
            if cell.is_none_or(|c| c.stale.is_none()) {
                return;
            }
            f.value
                .map_or_else(|| status_name(lang, f.status).to_owned(), |v| v.to_string())
        }
        other => other.to_string(),
    };
    let was = decision.was.clone().unwrap_or_else(|| "-".to_owned());
    let value = decision
        .value
        .clone()
        .unwrap_or_else(|| decision.action.to_string());
    let label = match target {
        Target::Field(key) => match opened.report.schema.id(key) {
            Some(cell) => name(app, opened, cell),
            None => key.clone(),
        },
        other => other.to_string(),
    };
    rows.push(plain(
        app.theme.doubt,
        &say!(lang, tui_stale_cell, cell = label, was, value, now),
    ));
}

fn nothing(app: &App, opened: &Opened) -> Vec<Row> {
    let lang = app.lang;
    let (open, all) = app.totals();
    let own = opened.issues.iter().filter(|i| !i.decided).count();
    let said = say!(
        lang,
        tui_report_state,
        open = own,
        all = opened.issues.len()
    );
    let mut rows = vec![plain(app.theme.text, &said)];
    let stale = opened.stale();
    if stale > 0 {
        let said = say!(lang, tui_stale_count, count = stale);
        rows.insert(0, plain(app.theme.doubt, &said));
    }
    cell(app, opened, &mut rows);
    let loading = app.listed < app.paths.len();
    if open == 0 && !loading {
        let failed = app
            .rows
            .iter()
            .filter(|r| matches!(r.state, super::super::app::RowState::Failed(_)));
        let (reports, failed) = (app.rows.len(), failed.count());
        let said = say!(lang, tui_all_decided, all, reports, failed);
        rows.push(plain(app.theme.decided, &said));
        rows.push(plain(app.theme.text, say!(lang, tui_what_next)));
    }
    rows
}

/// A cell in a few words: its row, and its column where there are several.
pub fn name(app: &App, opened: &Opened, cell: CellId) -> String {
    let Some(Place { row, column, .. }) = opened.report.schema.place(cell) else {
        return String::new();
    };
    let lang = app.lang;
    let row = row.short.say(lang);
    if column.key.is_empty() {
        return row.to_owned();
    }
    format!("{row}×{}", column.short.say(lang))
}

/// Some cells in a few words, the rest left out.
pub fn names(app: &App, opened: &Opened, cells: &[CellId], most: usize) -> String {
    let lang = app.lang;
    let shown: Vec<String> = cells
        .iter()
        .take(most)
        .map(|c| name(app, opened, *c))
        .collect();
    let mut text = shown.join(say!(lang, list_comma));
    if cells.len() > most {
        text += say!(lang, tui_and_more);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::tests::{Session, text};
    use crate::tui::view::view;
    use crate::words::Lang;

    #[test]
    fn the_evidence_is_marked_also_behind_characters_that_are_not_seen() {
        let report = "东湖区人民政府2022年政府信息公开工作年度报告\n一、总体情况\n\
                      甲\u{85}乙\u{200b}丙\t受理62件。\n";
        let session = Session::files((80, 24), Lang::Zh, &[("a.txt", report)]);
        let opened = session.app.opened().unwrap();
        let whole = &opened.document.text;
        let at = whole.find("62").unwrap();
        let before = whole.get(..at).unwrap();
        assert!(before.contains('\u{85}') && before.contains('\u{200b}'));
        let mut rows = Vec::new();
        quote(
            &session.app,
            opened,
            Some(Span::new(at, at + 2)),
            "",
            &mut rows,
        );
        let row = rows.first().unwrap();
        let (a, b) = row.marked.unwrap();
        assert_eq!(row.text.get(a..b), Some("62"));
        assert!(row.text.contains("丙 受理"));
        let frame = text(&view(&session.app).0);
        assert!(!frame.contains(['\u{85}', '\u{200b}']), "{frame}");
    }
}
