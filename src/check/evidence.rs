//! Whose mistake a finding more probably is, and what the source shows there.

use super::context::{Context, Draft};
use super::{Doubt, Figure, Finding, Severity, State, name};
use crate::document::Document;
use crate::report::Status;
use crate::text::Span;
use crate::words::say;

/// A quote is cut to this many bytes on either side of the figure.
const AROUND: usize = 240;
/// How many lines above a figure its label is sought in, where a cell is a line.
const LINES_ABOVE: usize = 12;

/// Makes a finding of a draft. `suspects` are keys, the most suspicious first.
pub(super) fn finish(cx: &Context<'_>, draft: Draft, suspects: &[&str]) -> Finding {
    let (doubt, mut why) = doubt(cx, &draft.fields);
    if doubt == Doubt::Report && draft.severity == Severity::Info {
        why.clear(); // what is only worth knowing accuses nobody
    }
    let span = place(cx, &draft, suspects);
    let fingerprint = if draft.instance.is_empty() {
        draft.rule.to_owned()
    } else {
        format!("{}@{}", draft.rule, draft.instance)
    };
    Finding {
        rule: draft.rule.to_owned(),
        severity: draft.severity,
        fingerprint,
        message: format!("{}{why}", draft.message),
        fields: draft.fields,
        expected: draft.expected,
        actual: draft.actual,
        formula: draft.formula,
        doubt,
        repairs: Vec::new(),
        quote: span.map_or_else(String::new, |s| quote(cx.document, s)),
        span,
        state: State::Undecided,
    }
}

/// The doubt, and the clause of the message that says why.
fn doubt(cx: &Context<'_>, fields: &[String]) -> (Doubt, String) {
    let lang = cx.lang;
    if fields.is_empty() {
        return (Doubt::Report, String::new());
    }
    let named = |keys: Vec<&str>| name::cells(&cx.tables, keys, lang);
    let given: Vec<&str> = fields
        .iter()
        .map(String::as_str)
        .filter(|k| was_given(cx, k))
        .collect();
    if !given.is_empty() {
        let why = say!(lang, check_doubt_given, cells = named(given));
        return (Doubt::Unclear, why);
    }
    let inferred: Vec<&str> = fields
        .iter()
        .map(String::as_str)
        .filter(|k| was_inferred(cx, k))
        .collect();
    if !inferred.is_empty() {
        let why = say!(lang, check_doubt_extraction, cells = named(inferred));
        return (Doubt::Extraction, why);
    }
    let other: Vec<&str> = fields
        .iter()
        .map(String::as_str)
        .filter(|k| {
            !matches!(
                cx.status(k),
                Status::Read | Status::Blank | Status::NotApplicable
            )
        })
        .collect();
    if !other.is_empty() {
        let why = say!(lang, check_doubt_unclear, cells = named(other));
        return (Doubt::Unclear, why);
    }
    (Doubt::Report, say!(lang, check_doubt_report).to_owned())
}

/// A figure that a person put in the place of what was read.
fn was_given(cx: &Context<'_>, key: &str) -> bool {
    let Some(cell) = cx.cell(key) else {
        return false;
    };
    let read = cell.field.and_then(|f| f.value);
    match &cell.figure {
        Figure::Number(value) => read != Some(*value),
        Figure::Empty => read.is_some(),
        Figure::Unknown(_) => false,
    }
}

/// An inferred figure, or an empty cell that was proved to be one.
fn was_inferred(cx: &Context<'_>, key: &str) -> bool {
    match cx.status(key) {
        Status::Inferred => true,
        Status::Blank => cx
            .cell(key)
            .and_then(|c| c.field)
            .is_some_and(|f| !f.by.is_empty()),
        _ => false,
    }
}

/// The evidence of the most suspicious operand that has any.
fn place(cx: &Context<'_>, draft: &Draft, suspects: &[&str]) -> Option<Span> {
    let span = |key: &str| cx.cell(key)?.field?.span;
    let given = draft
        .fields
        .iter()
        .map(String::as_str)
        .filter(|k| was_given(cx, k));
    given
        .chain(suspects.iter().copied())
        .find_map(&span)
        .or_else(|| {
            draft
                .fields
                .iter()
                .filter(|k| was_inferred(cx, k))
                .find_map(|k| span(k))
        })
        .or_else(|| draft.fields.iter().find_map(|k| span(k)))
        .or(draft.place)
}

/// The line or lines at a span. Where a cell is a line of its own, the lines above it are taken
/// in up to the label, for a bare `57` says nothing.
pub(super) fn quote(document: &Document, span: Span) -> String {
    let text = document.text.as_str();
    let (from, to) = (span.start.min(text.len()), span.end.min(text.len()));
    let mut start = line_start(text, from);
    let end = text
        .get(to..)
        .and_then(|rest| rest.find(['\n', '\r']))
        .map_or(text.len(), |n| to + n);
    for _ in 0..LINES_ABOVE {
        let short = from.saturating_sub(start) < AROUND;
        let named = text.get(start..end).is_some_and(has_word);
        if named || !short || start == 0 {
            break;
        }
        start = line_start(text, start - 1);
    }
    let start = boundary(text, start.max(from.saturating_sub(AROUND)), true);
    let end = boundary(text, end.min(to + AROUND), false);
    text.get(start..end).unwrap_or("").trim().to_owned()
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at)
        .and_then(|before| before.rfind(['\n', '\r']))
        .map_or(0, |n| n + 1)
}

fn has_word(text: &str) -> bool {
    text.chars()
        .filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c))
        .count()
        >= 2
}

fn boundary(text: &str, mut at: usize, up: bool) -> usize {
    while at > 0 && at < text.len() && !text.is_char_boundary(at) {
        if up {
            at += 1;
        } else {
            at -= 1;
        }
    }
    at.min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;

    fn document(text: &str) -> Document {
        Document {
            text: text.to_owned(),
            blocks: Vec::new(),
            head: Vec::new(),
            format: Format::Text,
            encoding: "UTF-8".to_owned(),
            notes: Vec::new(),
        }
    }

    #[test]
    fn a_quote_is_the_line_and_reaches_up_to_the_label() {
        let d = document("二、上年结转 | 3 | 3\r\n四、结转下年度\r\n1 |\n\n 57 |\n后文");
        let at = d.text.find("3").unwrap();
        assert_eq!(quote(&d, Span::new(at, at + 1)), "二、上年结转 | 3 | 3");
        let at = d.text.find("57").unwrap();
        assert_eq!(
            quote(&d, Span::new(at, at + 2)),
            "四、结转下年度\r\n1 |\n\n 57 |"
        );
    }

    #[test]
    fn a_line_without_end_is_cut_between_characters() {
        let d = document(&format!("{}57{}", "长".repeat(500), "文".repeat(500)));
        let at = d.text.find("57").unwrap();
        let q = quote(&d, Span::new(at, at + 2));
        assert!(q.contains("57") && q.len() <= 2 * AROUND + 2);
        assert_eq!(quote(&d, Span::new(9000, 9001)).len() % 3, 0);
    }
}
