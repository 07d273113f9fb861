//! V.BLANK: a table that leaves some cells empty and writes 0 in others. One finding a table.

use super::super::context::{Context, Draft, Outcome};
use super::super::{Figure, Severity};
use crate::form::Table;
use crate::report::Status;
use crate::words::{Lang, say};

const RULE: &str = "V.BLANK";

pub(super) fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    let keys = table.keys();
    let zeros = keys
        .iter()
        .filter(|k| matches!(cx.figure(k), Figure::Number(n) if n.is_zero()))
        .count();
    let blanks: Vec<String> = keys
        .into_iter()
        .filter(|k| cx.status(k) == Status::Blank)
        .collect();
    if zeros == 0 || blanks.is_empty() {
        return;
    }
    let label = match cx.lang {
        Lang::Zh => &table.label.zh,
        Lang::En => &table.label.en,
    };
    let message = say!(
        cx.lang,
        check_v_blank,
        table = label,
        blanks = blanks.len(),
        zeros
    );
    out.drafts.push(Draft {
        instance: table.id.clone(),
        fields: blanks,
        ..Draft::new(RULE, Severity::Info, message)
    });
}
