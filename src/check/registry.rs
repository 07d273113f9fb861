//! The rules, each known by what it is and where it applies; nothing else names one by its id.

use super::context::{Context, Outcome};
use super::rule::On;
use super::rules::CODE;
use super::{RuleDoc, RuleId};
use crate::form::{FormSet, Message, RuleTexts, Table};

/// Every code rule about a table.
pub(super) fn of_table(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    for rule in CODE {
        match rule.on {
            On::Table(id, check) if table.id == id => check(cx, table, out),
            On::EachTable(check) => check(cx, table, out),
            _ => {}
        }
    }
}

/// Every code rule about the report as a whole.
pub(super) fn of_report(cx: &Context<'_>, out: &mut Outcome) {
    for rule in CODE {
        if let On::Report(check) = rule.on {
            check(cx, out);
        }
    }
}

/// What a rule may say, by the name of the message.
pub fn messages(forms: &'static FormSet, rule: RuleId) -> Vec<Message> {
    if let Some(code) = CODE.iter().find(|r| r.id == rule) {
        return code.messages.to_vec();
    }
    let relation = forms.rules().find(|r| r.rule == rule);
    relation.map_or_else(Vec::new, |r| vec![r.message])
}

/// All rules, tables first, in the order of the form.
pub fn rules(forms: &'static FormSet) -> &'static [RuleDoc] {
    forms.compiled(|forms| {
        let relations = forms.rules().map(|relation| RuleDoc {
            forms: forms
                .forms()
                .iter()
                .filter(|f| f.relations.iter().any(|h| h.relation.rule == relation.rule))
                .map(|f| f.id)
                .collect(),
            ..relation.doc.clone()
        });
        // A doc that does not parse is left out; a test holds every one of them.
        let code = CODE.iter().filter_map(|rule| {
            RuleTexts::read(rule.id.as_str(), rule.doc)
                .map(|doc| doc.of(rule.id, rule.severity))
                .ok()
        });
        let mut all: Vec<RuleDoc> = relations.chain(code).collect();
        all.sort_by_key(|doc| family(doc.id));
        all
    })
}

/// The place of a rule's family among the others: tables, then values, then the whole.
fn family(rule: RuleId) -> usize {
    const ORDER: [&str; 6] = ["T2", "T3", "T4", "IND", "V", "C"];
    let family = rule.as_str().split('.').next().unwrap_or("");
    ORDER
        .iter()
        .position(|f| *f == family)
        .unwrap_or(ORDER.len())
}

/// The rule of an id, in any case of letters.
pub fn rule(forms: &'static FormSet, id: &str) -> Option<&'static RuleDoc> {
    rules(forms)
        .iter()
        .find(|d| d.id.as_str().eq_ignore_ascii_case(id))
}
