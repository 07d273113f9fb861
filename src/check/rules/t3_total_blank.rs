//! T3.TOTAL_BLANK: a row's total was left empty beside figures. T3.ROW is silent then.

use rust_decimal::Decimal;

use super::super::context::{Context, Draft, Outcome};
use super::super::{Figure, Severity, name};
use crate::form::Table;
use crate::words::say;

const RULE: &str = "T3.TOTAL_BLANK";

pub(super) fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    for (block, row) in table.figure_rows() {
        let keys: Vec<String> = block.columns.iter().map(|c| table.key(row, c)).collect();
        let Some((total, parts)) = keys.split_last() else {
            continue;
        };
        if cx.figure(total) != Figure::Empty {
            continue;
        }
        let numbers: Vec<Option<Decimal>> = parts.iter().map(|k| cx.number(k)).collect();
        if !numbers.iter().flatten().any(|n| !n.is_zero()) {
            let refs: Vec<&str> = parts.iter().map(String::as_str).collect();
            if let Some(unknown) = cx.unknown(&refs) {
                out.not_assessable(format!("{RULE}@{}", row.key), unknown);
            }
            continue;
        }
        let sum = numbers
            .iter()
            .copied()
            .try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n?));
        let terms: Vec<String> = parts
            .iter()
            .zip(&numbers)
            .map(|(key, n)| match (cx.figure(key), n) {
                (Figure::Number(n), _) => n.to_string(),
                (_, Some(_)) => "_".to_owned(),
                _ => "?".to_owned(),
            })
            .collect();
        let computed = sum.map_or_else(|| "?".to_owned(), |s| s.normalize().to_string());
        let message = say!(
            cx.lang,
            check_t3_total_blank,
            row = name::row(row, cx.lang),
            sum = computed
        );
        out.drafts.push(Draft {
            instance: row.key.clone(),
            expected: sum,
            formula: format!("{} = _", terms.join(" + ")),
            fields: keys.clone(),
            ..Draft::new(RULE, Severity::Warning, message)
        });
    }
}
