//! Every rule is documented, and says what its examples say that it says.

use super::testing::Sheet;
use super::{Finding, rule, rules};
use crate::form::tests::{annex, forms};
use crate::form::{Example, FormSet};
use crate::report::Status;
use crate::text::Name;
use crate::words::Lang;

/// A case as a rule's documentation gives it.
fn case(example: &Example, forms: &'static FormSet) -> Sheet {
    let form = forms.named(&example.form).unwrap();
    let year = forms.get(form).unwrap().since.unwrap_or(2022);
    let mut sheet = Sheet::of(forms, form, year);
    for (key, value) in &example.set {
        if value.is_empty() {
            sheet = sheet.status(&[key], Status::Blank);
        } else {
            sheet = sheet.set(&[(key, value)]);
        }
    }
    for (part, text) in &example.prose {
        let at = sheet.report.sections.iter().position(|s| s.id == *part);
        sheet = sheet.prose(at.unwrap(), text);
    }
    for given in &example.given {
        let words: Vec<&str> = given.split(' ').collect();
        match words.as_slice() {
            ["year", year] => sheet.report.year = Some(year.parse().unwrap()),
            ["level", level] => {
                let level = serde_json::from_value((*level).into()).unwrap();
                sheet.report.level = Some(level);
            }
            ["without", table] => sheet = sheet.without(table),
            ["unit", key, unit] => sheet.field(key).unit = Some(Name::intern(unit)),
            ["text", key, text] => {
                sheet = sheet.status(&[key], Status::Unreadable);
                sheet.field(key).raw = Some((*text).to_owned());
            }
            ["no", part] => sheet.report.sections.retain(|s| s.id != *part),
            [part, "first"] => {
                let at = sheet.report.sections.iter().position(|s| s.id == *part);
                let first = sheet.report.sections[0].span;
                let other = &mut sheet.report.sections[at.unwrap()].span;
                let moved = std::mem::replace(other, first);
                sheet.report.sections[0].span = moved;
            }
            _ => panic!("{given}: not understood"),
        }
    }
    sheet
}

/// Every rule says what its examples say that it says, in both languages, no place left open.
fn examples_hold(forms: &'static FormSet) {
    for rule in rules(forms) {
        assert!(!rule.examples.is_empty(), "{} has no example", rule.id);
        assert!(
            rule.examples.iter().any(|e| !e.finds.is_empty()),
            "{} has no example that fails",
            rule.id
        );
        for example in &rule.examples {
            let sheet = case(example, forms);
            let checked = sheet.check();
            let own = checked.findings.iter().filter(|f| f.rule == rule.id);
            let own: Vec<&Finding> = own.collect();
            let found: Vec<&str> = own.iter().map(|f| f.fingerprint.as_str()).collect();
            assert_eq!(found, example.finds, "{}: {example:?}", rule.id);
            for finding in own {
                assert!(finding.severity <= rule.severity);
                for lang in [Lang::Zh, Lang::En] {
                    let said = sheet.says(finding, lang);
                    assert!(!said.is_empty() && !said.contains(['{', '}']), "{said}");
                    assert_ne!(said, rule.id.as_str());
                }
                let json = serde_json::to_string(finding).unwrap();
                assert_eq!(serde_json::from_str::<Finding>(&json).unwrap(), *finding);
            }
        }
    }
}

#[test]
fn every_rule_says_what_its_examples_say() {
    examples_hold(forms());
    examples_hold(annex());
}

#[test]
fn every_rule_is_documented_once_and_completely() {
    let all = rules(forms());
    let code = super::rules::CODE.len();
    assert_eq!(all.len(), forms().rules().count() + code);
    let mut ids: Vec<&str> = all.iter().map(|d| d.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all.len());
    for doc in all {
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
    assert!(rule(forms(), "t3.row").is_some() && rule(forms(), "T9.NONE").is_none());
}
