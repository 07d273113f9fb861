//! What each rule checks and why: the texts that `explain`, the screen and exports print. They
//! stand in `docs/`, one file a family; a test holds them against the rules themselves.

use std::sync::OnceLock;

use serde::Deserialize;

use super::Severity;
use crate::report::FormId;
use crate::words::Lang;

const FILES: [&str; 5] = [
    include_str!("docs/t2.toml"),
    include_str!("docs/t3.toml"),
    include_str!("docs/ind.toml"),
    include_str!("docs/ind_bounds.toml"),
    include_str!("docs/values_and_parts.toml"),
];

/// What there is to know of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleDoc {
    /// Its id.
    pub id: String,
    /// The highest severity that it gives.
    pub severity: Severity,
    /// The forms that it is for; empty for all.
    #[serde(default)]
    pub forms: Vec<FormId>,
    /// What must hold, over keys.
    pub formula: String,
    /// The text in Chinese.
    pub zh: RuleText,
    /// The text in English.
    pub en: RuleText,
}

/// A rule's text in one language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleText {
    /// A few words.
    pub title: String,
    /// What it checks.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// A case that fails.
    pub example: String,
    /// When a difference is no error.
    pub exceptions: String,
    /// Where the rule comes from.
    pub source: String,
}

impl RuleDoc {
    /// The text in a language.
    pub const fn text(&self, lang: Lang) -> &RuleText {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<RuleDoc>,
}

/// All rules that are checked, in the order of the form.
pub fn rule_docs() -> &'static [RuleDoc] {
    static ALL: OnceLock<Vec<RuleDoc>> = OnceLock::new();
    ALL.get_or_init(|| {
        let read =
            |text: &&str| toml::from_str::<File>(text).map_or_else(|_| Vec::new(), |f| f.rule);
        FILES.iter().flat_map(read).collect()
    })
}

/// The rule of an id, in any case of letters.
pub fn explain(rule: &str) -> Option<&'static RuleDoc> {
    rule_docs().iter().find(|d| d.id.eq_ignore_ascii_case(rule))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Rules that are no relation of a form.
    const CODE: [&str; 17] = [
        "C.ORDER",
        "C.SECTIONS",
        "C.TABLE_MISSING",
        "C.TEMPLATE_YEAR",
        "T2.AMOUNT_UNIT",
        "T2.DECISIONS_EQ_ITEMS",
        "T2.FEE_DECIMALS",
        "T2.FEE_UNIT",
        "T2.PROC_PAIR",
        "T2.RULES_COMPETENCE",
        "T3.LEGAL_OVERFLOW",
        "T3.TOTAL_BLANK",
        "T4.AFTER_REVIEW",
        "V.BLANK",
        "V.INT",
        "V.NEG",
        "V.TEXT",
    ];

    #[test]
    fn every_file_parses() {
        for text in FILES {
            if let Err(e) = toml::from_str::<File>(text) {
                panic!("{e}");
            }
        }
    }

    #[test]
    fn every_rule_is_documented_once_and_completely() {
        let mut rules: BTreeSet<&str> = CODE.into_iter().collect();
        for relation in crate::form::all().iter().flat_map(|f| &f.relations) {
            rules.insert(&relation.rule);
            let doc = explain(&relation.rule).unwrap_or_else(|| panic!("{}", relation.rule));
            assert_eq!(doc.severity, relation.severity, "{}", relation.rule);
        }
        let documented: Vec<&str> = rule_docs().iter().map(|d| d.id.as_str()).collect();
        assert_eq!(documented.len(), rules.len());
        assert_eq!(documented.into_iter().collect::<BTreeSet<_>>(), rules);
        for doc in rule_docs() {
            for text in [&doc.zh, &doc.en] {
                for part in [
                    &text.title,
                    &text.what,
                    &text.why,
                    &text.example,
                    &text.exceptions,
                    &text.source,
                ] {
                    assert!(!part.trim().is_empty(), "{} lacks a text", doc.id);
                }
            }
            assert!(!doc.formula.is_empty(), "{}", doc.id);
        }
        assert!(explain("t3.row").is_some() && explain("T9.NONE").is_none());
    }

    #[test]
    fn the_forms_named_are_those_that_have_the_relation() {
        for form in crate::form::all() {
            for doc in rule_docs() {
                let is_relation = crate::form::all()
                    .iter()
                    .any(|f| f.relations.iter().any(|r| r.rule == doc.id));
                if is_relation {
                    let has = form.relations.iter().any(|r| r.rule == doc.id);
                    assert_eq!(has, doc.forms.contains(&form.id), "{} {}", doc.id, form.id);
                }
            }
        }
    }
}
