//! T4.AFTER_REVIEW: litigation after reconsideration in a year without any reconsideration. Last
//! year's report, where it is at hand, may explain it; this rule sees one report.

use super::super::Severity;
use super::super::context::{Context, Draft, Outcome};
use crate::form::Table;
use crate::words::say;

const RULE: &str = "T4.AFTER_REVIEW";
const AFTER: &str = "t4.litigation.after_review.total";
const REVIEW: &str = "t4.review.total";

pub(super) fn check(cx: &Context<'_>, _table: &'static Table, out: &mut Outcome) {
    let [after, review] = match cx.numbers([AFTER, REVIEW]) {
        Ok(numbers) => numbers,
        Err(unknown) => return out.not_assessable(RULE.to_owned(), unknown),
    };
    if after.is_zero() || !review.is_zero() {
        return;
    }
    out.drafts.push(Draft {
        fields: vec![AFTER.to_owned(), REVIEW.to_owned()],
        formula: format!("{after} > 0, {review} = 0"),
        ..Draft::new(
            RULE,
            Severity::Info,
            say!(cx.lang, check_t4_after_review, after),
        )
    });
}
