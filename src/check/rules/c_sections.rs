//! C.SECTIONS: one of the six fixed parts is not there.

use super::super::Severity;
use super::super::context::{Context, Draft, Outcome};
use super::{has_fixed_parts, part_name};
use crate::form::by_id;
use crate::report::FormId;
use crate::words::{Lang, say};

const RULE: &str = "C.SECTIONS";
/// That much text before the first heading is no preamble: the heading of part one was lost.
const PREAMBLE_CHARS: usize = 400;

pub(super) fn check(cx: &Context<'_>, out: &mut Outcome) {
    if !has_fixed_parts(cx) {
        return;
    }
    let lang = cx.lang;
    let form = match cx.report.form {
        FormId::Fmt2019 => FormId::Fmt2019,
        _ => FormId::Fmt2021,
    };
    let mut missing = Vec::new();
    let mut only_first = true;
    for (index, part) in by_id(form).sections.iter().enumerate() {
        let headed = cx.report.sections.iter().any(|s| s.id == part.id);
        // A part whose table stands is there, though its heading may have been lost.
        let table = by_id(form).tables.iter().find(|t| t.section == part.id);
        if headed || table.is_some_and(|t| cx.has_table(&t.id)) {
            continue;
        }
        only_first &= index == 0;
        missing.push(part_name(index, &part.label, lang));
    }
    if missing.is_empty() {
        return;
    }
    let parts = missing.join(match lang {
        Lang::Zh => "；",
        Lang::En => "; ",
    });
    let start = cx.report.sections.iter().map(|s| s.span.start).min();
    let before = start
        .and_then(|at| cx.document.text.get(..at))
        .map_or(0, |t| t.chars().filter(|c| !c.is_whitespace()).count());
    let (severity, message) = if only_first && before > PREAMBLE_CHARS {
        (Severity::Warning, say!(lang, check_c_sections_lost, parts))
    } else {
        (Severity::Error, say!(lang, check_c_sections, parts))
    };
    let mut draft = Draft::new(RULE, severity, message);
    draft.place = cx.report.sections.first().map(|s| heading(cx, s));
    out.drafts.push(draft);
}

/// The line of a part's heading.
pub(super) fn heading(cx: &Context<'_>, section: &crate::report::Section) -> crate::text::Span {
    first_line(&cx.document.text, section.span)
}

/// The first line of a span that is not blank.
pub(super) fn first_line(text: &str, span: crate::text::Span) -> crate::text::Span {
    let inside = span.of(text);
    let lead = inside.len() - inside.trim_start().len();
    let rest = inside.get(lead..).unwrap_or("");
    let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
    crate::text::Span::new(span.start + lead, span.start + lead + end)
}
