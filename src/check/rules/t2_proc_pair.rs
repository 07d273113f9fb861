//! T2.PROC_PAIR: procurement projects without an amount, or an amount without projects.

use super::super::Severity;
use super::super::context::{Context, Draft, Outcome};
use crate::form::Table;
use crate::words::say;

const RULE: &str = "T2.PROC_PAIR";
const PROJECTS: &str = "t2.art20_9.procurement.projects";
const AMOUNT: &str = "t2.art20_9.procurement.amount_wan";

pub(super) fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    if table.find(PROJECTS).is_none() {
        return;
    }
    let [projects, amount] = match cx.numbers([PROJECTS, AMOUNT]) {
        Ok(numbers) => numbers,
        Err(unknown) => return out.not_assessable(RULE.to_owned(), unknown),
    };
    if projects.is_zero() == amount.is_zero() {
        return;
    }
    out.drafts.push(Draft {
        fields: vec![PROJECTS.to_owned(), AMOUNT.to_owned()],
        formula: format!("{projects} / {amount}"),
        ..Draft::new(
            RULE,
            Severity::Warning,
            say!(cx.lang, check_t2_proc_pair, projects, amount),
        )
    });
}
