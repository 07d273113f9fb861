//! T2.RULES_COMPETENCE: an organ without the power to make 规章 reports some.

use super::super::Severity;
use super::super::context::{Context, Draft, Outcome};
use crate::form::Table;
use crate::report::{Kind, Level};
use crate::words::say;

const RULE: &str = "T2.RULES_COMPETENCE";

pub(super) fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    if has_power(cx.report.level, cx.report.kind) {
        return;
    }
    let lang = cx.lang;
    let keys: Vec<String> = table
        .keys()
        .into_iter()
        .filter(|k| k.starts_with("t2.art20_1.rules."))
        .collect();
    let numbers: Vec<_> = keys.iter().map(|k| cx.number(k)).collect();
    let reported: Vec<String> = keys
        .iter()
        .zip(&numbers)
        .filter(|(_, n)| n.is_some_and(|n| !n.is_zero()))
        .filter_map(|(k, n)| {
            let (_, _, column) = table.find(k)?;
            Some(format!(
                "{} {}",
                super::super::name::column(column, lang),
                n.unwrap_or_default().normalize()
            ))
        })
        .collect();
    if reported.is_empty() {
        let refs: Vec<&str> = keys.iter().map(String::as_str).collect();
        if let Some(unknown) = cx.unknown(&refs) {
            out.not_assessable(RULE.to_owned(), unknown);
        }
        return;
    }
    let figures = reported.join(lang.pick("，", ", "));
    out.drafts.push(Draft {
        fields: keys,
        formula: figures.clone(),
        ..Draft::new(
            RULE,
            Severity::Warning,
            say!(lang, check_t2_rules_competence, figures),
        )
    });
}

/// 立法法: the State Council's departments, provinces, cities with districts and autonomous
/// prefectures. An organ whose level is not known is not accused.
fn has_power(level: Option<Level>, kind: Option<Kind>) -> bool {
    match level {
        Some(Level::County | Level::Township) => false,
        Some(Level::Province | Level::PrefectureCity) => kind != Some(Kind::Department),
        Some(Level::National) | None => true,
    }
}
