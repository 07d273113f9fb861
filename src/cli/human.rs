//! Findings for people, in the manner of a good compiler: what is wrong, where, the source line
//! with the figure underlined, the arithmetic, and what to type next.

use super::output::{Paint, Style, safe, width};
use super::quote::{Quote, quote};
use super::run::{Tally, colon, shown};
use crate::batch::Opened;
use crate::check::{Doubt, Finding, Severity, State};
use crate::i18n::{Lang, fill, t};
use crate::report::{Report, Status};
use crate::shell;

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
        Severity::Error => (t(lang, "word_error"), Style::Error),
        Severity::Warning => (t(lang, "word_warning"), Style::Warning),
        Severity::Info => (t(lang, "word_info"), Style::Info),
    };
    let state = match finding.state {
        State::Undecided => "",
        State::Confirmed => t(lang, "check_state_confirmed"),
        State::Dismissed => t(lang, "check_state_dismissed"),
        State::Flagged => t(lang, "check_state_flagged"),
        State::Resolved => t(lang, "check_state_resolved"),
        State::Stale => t(lang, "check_state_stale"),
    };
    let head = paint.paint(style, &format!("{word}[{}]", finding.rule));
    let mut out = format!(
        "{head}{}{}{state}\n",
        colon(lang),
        paint.paint(Style::Strong, &safe(&finding.message))
    );
    let place = finding
        .span
        .map(|span| quote(&opened.document, span, look.columns, look.ambiguous));
    place_line(&mut out, &opened.report, place.as_ref(), look);
    if let Some(place) = &place {
        quoted(&mut out, place, style, look);
    }
    let notes = [
        ("note_arithmetic", safe(&finding.arithmetic())),
        ("note_target", safe(&finding.fingerprint)),
        ("note_help", advice(opened, finding, lang)),
    ];
    for (key, text) in notes {
        let label = match key {
            "note_arithmetic" => t(lang, "note_arithmetic"),
            "note_target" => t(lang, "note_target"),
            _ => t(lang, "note_help"),
        };
        if text.is_empty() || (key == "note_target" && finding.fingerprint == finding.rule) {
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
        Some(q) => fill(
            look.lang,
            "place_in_text",
            &[("file", &format!("{file}{member}")), ("line", &q.line)],
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
        fill(
            lang,
            "advice_confirm",
            &[("command", &format!("gouji decide {file} {target} confirm"))],
        ),
        fill(
            lang,
            "advice_dismiss",
            &[("command", &format!("gouji decide {file} {target} dismiss"))],
        ),
    ];
    if finding.doubt != Doubt::Report
        && let Some(key) = doubtful(&opened.report, finding)
    {
        let command = format!("gouji decide {file} {key} override N --reason misread");
        lines.insert(0, fill(lang, "advice_misread", &[("command", &command)]));
    }
    lines.join("\n")
}

/// The operand that was not read plainly.
fn doubtful<'a>(report: &Report, finding: &'a Finding) -> Option<&'a str> {
    let plain = |key: &&String| {
        let status = report.field(key).map_or(Status::Missing, |f| f.status);
        !matches!(status, Status::Read | Status::Blank | Status::NotApplicable)
    };
    finding.fields.iter().find(plain).map(String::as_str)
}

/// The line under a report's findings: who, when, which form, how many of what.
pub fn report_line(opened: &Opened, tally: Tally, look: Look) -> String {
    let lang = look.lang;
    let unknown = t(lang, "unknown");
    let summary = opened.summary();
    let organ = summary.organ.as_deref().map_or(unknown.to_owned(), safe);
    let year = summary.year.map_or(unknown.to_owned(), |y| y.to_string());
    format!(
        "{}{}{organ} {year} {}{}{}\n\n",
        look.paint
            .paint(Style::Strong, &shown(opened.report.id.path())),
        colon(lang),
        opened.report.form,
        t(lang, "semicolon"),
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
    let words =
        |count, one, many| fill(lang, if count == 1 { one } else { many }, &[("n", &count)]);
    let mut parts = Vec::new();
    for (count, one, many, style) in [
        (tally.errors, "count_error", "count_errors", Style::Error),
        (
            tally.warnings,
            "count_warning",
            "count_warnings",
            Style::Warning,
        ),
        (tally.infos, "count_info", "count_infos", Style::Info),
        (tally.doubts, "count_doubt", "count_doubts", Style::Warning),
        (
            tally.missing,
            "count_missing",
            "count_missings",
            Style::Warning,
        ),
        (tally.settled, "count_settled", "count_settled", Style::Good),
        (
            tally.not_assessable,
            "count_open",
            "count_open",
            Style::Strong,
        ),
    ] {
        if count > 0 {
            parts.push(paint.paint(style, &words(count, one, many)));
        }
    }
    if parts.is_empty() {
        parts.push(paint.paint(Style::Good, t(lang, "count_none")));
    }
    parts.join(t(lang, "comma"))
}
