//! T2.DECISIONS_EQ_ITEMS: the number of decisions equals the number of items, so that the wrong
//! quantity was probably typed. An equation that should not hold.

use rust_decimal::Decimal;

use super::super::context::{Context, Draft, Outcome};
use super::super::{Severity, name};
use crate::form::Table;
use crate::words::say;

const RULE: &str = "T2.DECISIONS_EQ_ITEMS";
/// Up to this many decisions it is chance in a small organ.
const CHANCE: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

pub(super) fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    for (_, row) in table.figure_rows() {
        let [prior, change, decisions] = ["prior_items", "change", "decisions"]
            .map(|column| format!("{}.{}.{column}", table.id, row.key));
        let keys = [prior.as_str(), change.as_str(), decisions.as_str()];
        if keys.iter().any(|k| table.find(k).is_none()) {
            continue;
        }
        let instance = row.key.rsplit('.').next().unwrap_or(&row.key).to_owned();
        let [p, c, d] = match cx.numbers(keys) {
            Ok(numbers) => numbers,
            Err(unknown) => {
                out.not_assessable(format!("{RULE}@{instance}"), unknown);
                continue;
            }
        };
        // Where nothing was added, so that last year's items are repeated, it is as telling.
        if d <= CHANCE || p.checked_add(c) != Some(d) {
            continue;
        }
        let formula = format!("{p} + {c} = {d}").replace("+ -", "- ");
        let message = say!(
            cx.lang,
            check_t2_decisions_eq_items,
            row = name::row(row, cx.lang),
            decisions = d.normalize(),
            formula
        );
        out.drafts.push(Draft {
            instance,
            fields: vec![decisions.clone(), prior.clone(), change.clone()],
            actual: Some(d),
            formula,
            ..Draft::new(RULE, Severity::Warning, message)
        });
    }
}
