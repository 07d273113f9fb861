//! Whose mistake a finding more probably is, and what the source shows there.

use super::context::{Context, Draft};
use super::{Figure, Finding, Severity, State, Why};
use crate::document::Document;
use crate::form::fingerprint;
use crate::report::{CellId, Status};
use crate::text::Span;

/// A quote is cut to this many bytes on either side of the figure.
const AROUND: usize = 240;
/// How many lines above a figure its label is sought in, where a cell is a line.
const LINES_ABOVE: usize = 12;

/// Makes a finding of a draft. `suspects` are its cells, the most suspicious first.
pub(super) fn finish(cx: &Context<'_>, draft: Draft, suspects: &[CellId]) -> Finding {
    let mut why = why(cx, &draft.cells);
    if why == Why::Read && draft.severity == Severity::Info {
        why = Why::Nothing; // what is only worth knowing accuses nobody
    }
    let span = place(cx, &draft, suspects);
    Finding {
        rule: draft.rule,
        severity: draft.severity,
        fingerprint: fingerprint(draft.rule, &draft.instance),
        said: draft.said,
        cells: draft.cells,
        expected: draft.expected,
        actual: draft.actual,
        formula: draft.formula,
        why,
        repairs: Vec::new(),
        quote: span.map_or_else(String::new, |s| quote(cx.document, s)),
        span,
        state: State::Undecided,
    }
}

fn why(cx: &Context<'_>, cells: &[CellId]) -> Why {
    if cells.is_empty() {
        return Why::Nothing;
    }
    let those = |is: &dyn Fn(CellId) -> bool| -> Vec<CellId> {
        cells.iter().copied().filter(|c| is(*c)).collect()
    };
    let given = those(&|c| was_given(cx, c));
    if !given.is_empty() {
        return Why::Given(given);
    }
    let inferred = those(&|c| was_inferred(cx, c));
    if !inferred.is_empty() {
        return Why::Inferred(inferred);
    }
    let plain = [Status::Read, Status::Blank, Status::NotApplicable];
    let other = those(&|c| !plain.contains(&cx.status(c)));
    if other.is_empty() {
        Why::Read
    } else {
        Why::Unclear(other)
    }
}

/// A figure that a person put in the place of what was read.
fn was_given(cx: &Context<'_>, cell: CellId) -> bool {
    let read = cx.field(cell).and_then(|f| f.value);
    match cx.figure(cell) {
        Figure::Number(value) => read != Some(value),
        Figure::Empty => read.is_some(),
        Figure::Unknown(_) => false,
    }
}

/// An inferred figure, or an empty cell that was proved to be one.
fn was_inferred(cx: &Context<'_>, cell: CellId) -> bool {
    match cx.status(cell) {
        Status::Inferred => true,
        Status::Blank => cx.field(cell).is_some_and(|f| !f.by.is_empty()),
        _ => false,
    }
}

/// The evidence of the most suspicious operand that has any.
fn place(cx: &Context<'_>, draft: &Draft, suspects: &[CellId]) -> Option<Span> {
    let cells = || draft.cells.iter().copied();
    let given = cells().filter(|c| was_given(cx, *c));
    let inferred = cells().filter(|c| was_inferred(cx, *c));
    let mut all = given
        .chain(suspects.iter().copied())
        .chain(inferred)
        .chain(cells());
    all.find_map(|cell| cx.field(cell)?.span).or(draft.place)
}

/// The line or lines at a span. Where a cell is a line of its own, the lines above it are taken
/// in up to the label, for a bare `57` says nothing.
fn quote(document: &Document, span: Span) -> String {
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
            marks: Vec::new(),
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
