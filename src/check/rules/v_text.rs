//! V.TEXT: a cell that holds text where the form asks for a figure.

use super::super::context::{Context, Draft, Outcome};
use super::super::{Severity, name};
use crate::form::Table;
use crate::report::Status;
use crate::words::say;

const RULE: &str = "V.TEXT";
/// A cell's text is shown up to this many characters.
const SHOWN: usize = 24;

pub(super) fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    for key in table.keys() {
        if cx.status(&key) != Status::Unreadable {
            continue;
        }
        let raw = cx
            .cell(&key)
            .and_then(|c| c.field)
            .and_then(|f| f.raw.as_deref())
            .unwrap_or("");
        let text: String = raw.split_whitespace().collect::<String>();
        let shown: String = text.chars().take(SHOWN).collect();
        // 详见附件 points to a figure elsewhere: an omission, not a slip of the pen.
        let severity = if text.contains("附件") || text.contains("附表") {
            Severity::Info
        } else {
            Severity::Warning
        };
        let message = say!(
            cx.lang,
            check_v_text,
            cell = name::cell(table, &key, cx.lang),
            text = shown
        );
        out.drafts.push(Draft {
            instance: key.clone(),
            fields: vec![key],
            formula: shown,
            ..Draft::new(RULE, severity, message)
        });
    }
}
