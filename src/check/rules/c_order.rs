//! C.ORDER: the parts that are there do not stand in the order of the form. Headings of the
//! organ's own between them do not matter.

use super::super::Severity;
use super::super::context::{Context, Draft, Outcome};
use super::c_sections::heading;
use super::{has_fixed_parts, part_name};
use crate::form::by_id;
use crate::report::{FormId, Section};
use crate::words::say;

const RULE: &str = "C.ORDER";

pub(super) fn check(cx: &Context<'_>, out: &mut Outcome) {
    if !has_fixed_parts(cx) {
        return;
    }
    let lang = cx.lang;
    let parts = &by_id(FormId::Fmt2021).sections;
    let mut here: Vec<&Section> = cx.report.sections.iter().collect();
    here.sort_by_key(|s| s.span.start);
    // A part may be headed twice (problems and plans apart): the order holds when one heading
    // of each part can be chosen so that they follow one another.
    let mut from = 0;
    let mut before: Option<(usize, &Section)> = None;
    for (index, part) in parts.iter().enumerate() {
        let Some(last) = here.iter().rposition(|s| s.id == part.id) else {
            continue;
        };
        let next = here
            .iter()
            .skip(from)
            .position(|s| s.id == part.id)
            .map(|n| n + from);
        match (next, before, here.get(last)) {
            (Some(at), _, _) => {
                from = at + 1;
                before = here.get(at).map(|s| (index, *s));
            }
            (None, Some((previous, _)), Some(early)) => {
                let name = |i: usize| {
                    parts
                        .get(i)
                        .map_or_else(String::new, |p| part_name(i, &p.label, lang))
                };
                let message = say!(
                    lang,
                    check_c_order,
                    part = name(index),
                    after = name(previous)
                );
                let mut draft = Draft::new(RULE, Severity::Warning, message);
                draft.place = Some(heading(cx, early));
                out.drafts.push(draft);
                return;
            }
            _ => {}
        }
    }
}
