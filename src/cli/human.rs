//! Findings for people, in the manner of a good compiler: what is wrong, where, the source line
//! with the figure underlined, the arithmetic, and what to type next.

use super::output::{Paint, Style, safe, width};
use super::quote::{Quote, quote};
use super::run::{Tally, colon, shown};
use crate::batch::Opened;
use crate::check::{Doubt, Finding, Severity, State};
use crate::report::{CellId, Report, Status};
use crate::shell;
use crate::words::{self, Lang, say};

/// How to print.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The language.
    pub lang: Lang,
    /// Colour or none.
    pub paint: Paint,
    /// Columns of a quoted line.
    pub columns: usize,
    /// Columns of characters that terminals disagree on.
    pub ambiguous: u8,
}

/// Width of the column of line numbers.
const GUTTER: usize = 5;

/// A finding.
pub fn finding(opened: &Opened, finding: &Finding, look: Look) -> String {
    let Look { lang, paint, .. } = look;
    let (word, style) = match finding.severity {
        Severity::Error => (say!(lang, word_error), Style::Error),
        Severity::Warning => (say!(lang, word_warning), Style::Warning),
        Severity::Info => (say!(lang, word_info), Style::Info),
    };
    let state = match finding.state {
        State::Undecided => "",
        State::Confirmed => say!(lang, check_state_confirmed),
        State::Dismissed => say!(lang, check_state_dismissed),
        State::Flagged => say!(lang, check_state_flagged),
        State::Resolved => say!(lang, check_state_resolved),
        State::Stale => say!(lang, check_state_stale),
    };
    let head = paint.paint(style, &format!("{word}[{}]", finding.rule));
    let mut out = format!(
        "{head}{}{}{state}\n",
        colon(lang),
        paint.paint(
            Style::Strong,
            &safe(&words::finding::message(
                finding,
                opened.report.schema,
                lang
            ))
        )
    );
    let place = finding
        .span
        .map(|span| quote(&opened.document, span, look.columns, look.ambiguous));
    place_line(&mut out, &opened.report, place.as_ref(), look);
    if let Some(place) = &place {
        quoted(&mut out, place, style, look);
    }
    let target = Some(&finding.fingerprint).filter(|f| finding.rule != f.as_str());
    let notes = [
        (
            say!(lang, note_arithmetic),
            safe(&words::finding::arithmetic(
                finding,
                opened.report.schema,
                lang,
            )),
        ),
        (
            say!(lang, note_target),
            target.map(|f| safe(f)).unwrap_or_default(),
        ),
        (say!(lang, note_help), advice(opened, finding, lang)),
    ];
    for (label, text) in notes {
        if text.is_empty() {
            continue;
        }
        let mut lines = text.lines();
        let first = lines.next().unwrap_or_default();
        let lead = format!("{} = {label}{}", " ".repeat(GUTTER), colon(lang));
        let indent = " ".repeat(width(&lead, look.ambiguous));
        out.push_str(&format!(
            "{} {}{}{first}\n",
            " ".repeat(GUTTER),
            paint.paint(Style::Gutter, "="),
            paint.paint(Style::Strong, &format!(" {label}{}", colon(lang))),
        ));
        for line in lines {
            out.push_str(&format!("{indent}{line}\n"));
        }
    }
    out.push('\n');
    out
}

fn place_line(out: &mut String, report: &Report, place: Option<&Quote>, look: Look) {
    let file = shown(report.id.path());
    let member = report.id.member.as_deref().map(safe).unwrap_or_default();
    let place = match place {
        None => format!("{file}{member}"),
        Some(q) if q.of_file => format!("{file}{member}:{}:{}", q.line, q.column),
        Some(q) => say!(
            look.lang,
            place_in_text,
            file = format!("{file}{member}"),
            line = q.line
        ),
    };
    let arrow = look.paint.paint(Style::Gutter, "-->");
    out.push_str(&format!("{}{arrow} {place}\n", " ".repeat(GUTTER - 1)));
}

fn quoted(out: &mut String, place: &Quote, style: Style, look: Look) {
    let paint = look.paint;
    let bar = paint.paint(Style::Gutter, "|");
    let blank = " ".repeat(GUTTER);
    let number = paint.paint(Style::Gutter, &format!("{:>GUTTER$}", place.line));
    let mark = paint.paint(style, &"^".repeat(place.length));
    out.push_str(&format!("{blank} {bar}\n"));
    if let Some((line, text)) = &place.context {
        let number = paint.paint(Style::Gutter, &format!("{line:>GUTTER$}"));
        out.push_str(&format!("{number} {bar} {text}\n"));
        if line + 1 < place.line {
            out.push_str(&format!("{}\n", paint.paint(Style::Gutter, "  ...")));
        }
    }
    out.push_str(&format!("{number} {bar} {}\n", place.text));
    out.push_str(&format!(
        "{blank} {bar} {}{mark}\n",
        " ".repeat(place.offset)
    ));
}

/// What to type: agree, or set right what was misread, or dismiss.
fn advice(opened: &Opened, finding: &Finding, lang: Lang) -> String {
    if !finding.state.is_unsettled() {
        return String::new();
    }
    let file = shell::report(&opened.report.id);
    let target = shell::word(&finding.fingerprint);
    let mut lines = vec![
        say!(
            lang,
            advice_confirm,
            command = format!("gouji decide {file} {target} confirm")
        ),
        say!(
            lang,
            advice_dismiss,
            command = format!("gouji decide {file} {target} dismiss")
        ),
    ];
    if finding.doubt() != Doubt::Report
        && let Some(key) = doubtful(&opened.report, finding)
    {
        let command = format!("gouji decide {file} {key} override N --reason misread");
        lines.insert(0, say!(lang, advice_misread, command));
    }
    lines.join("\n")
}

/// The operand that was not read plainly.
fn doubtful(report: &Report, finding: &Finding) -> Option<&'static str> {
    let plain = |cell: &&CellId| {
        let status = report.field(**cell).map_or(Status::Missing, |f| f.status);
        !matches!(status, Status::Read | Status::Blank | Status::NotApplicable)
    };
    let cell = finding.cells.iter().find(plain)?;
    Some(report.schema.key(*cell))
}

/// The line under a report's findings: who, when, which form, how many of what.
pub fn report_line(opened: &Opened, tally: Tally, look: Look) -> String {
    let lang = look.lang;
    let unknown = say!(lang, unknown);
    let summary = opened.summary();
    let organ = summary.organ.as_deref().map_or(unknown.to_owned(), safe);
    let year = summary.year.map_or(unknown.to_owned(), |y| y.to_string());
    format!(
        "{}{}{organ} {year} {}{}{}\n\n",
        look.paint
            .paint(Style::Strong, &shown(opened.report.id.path())),
        colon(lang),
        opened.report.form(),
        say!(lang, semicolon),
        counts(tally, look)
    )
}

/// What the reader noticed and went on in spite of.
pub fn note(report: &Report, note: &str, lang: Lang) -> String {
    let file = shown(report.id.path());
    format!("{file}{}{}\n\n", colon(lang), safe(note))
}

/// How many of what, in words; `ok` for none.
pub fn counts(tally: Tally, look: Look) -> String {
    let Look { lang, paint, .. } = look;
    let mut parts = Vec::new();
    let mut part = |n: usize, style, words: String| {
        if n > 0 {
            parts.push(paint.paint(style, &words));
        }
    };
    let n = tally.errors;
    part(n, Style::Error, say!(lang, count_errors, n));
    let n = tally.warnings;
    part(n, Style::Warning, say!(lang, count_warnings, n));
    let n = tally.infos;
    part(n, Style::Info, say!(lang, count_infos, n));
    let n = tally.doubts;
    part(n, Style::Warning, say!(lang, count_doubts, n));
    let n = tally.missing;
    part(n, Style::Warning, say!(lang, count_missings, n));
    let n = tally.settled;
    part(n, Style::Good, say!(lang, count_settled, n));
    let n = tally.not_assessable;
    part(n, Style::Strong, say!(lang, count_open, n));
    if parts.is_empty() {
        parts.push(paint.paint(Style::Good, say!(lang, count_none)));
    }
    parts.join(say!(lang, comma))
}
