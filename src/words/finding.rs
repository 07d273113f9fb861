//! Findings in words: the message of the rule with its facts, and whose mistake it may be.

use super::form::{cell, cells, column, part, row, table};
use super::{Lang, say};
use crate::check::{Fact, Finding, RuleDoc, RuleText, Said, Why, messages};
use crate::form::{Message, RuleId, Schema};

impl RuleDoc {
    /// The text in a language.
    pub const fn text(&self, lang: Lang) -> &RuleText {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// One sentence: what is wrong, and why it is more probably ours or theirs.
pub fn message(finding: &Finding, schema: &'static Schema, lang: Lang) -> String {
    let mut sentence = said(finding.rule, &finding.said, schema, lang);
    match &finding.why {
        Why::Nothing => {}
        Why::Read => sentence += say!(lang, check_doubt_report),
        Why::Given(those) => {
            sentence += &say!(lang, check_doubt_given, cells = cells(schema, those, lang));
        }
        Why::Inferred(those) => {
            let cells = cells(schema, those, lang);
            sentence += &say!(lang, check_doubt_extraction, cells);
        }
        Why::Unclear(those) => {
            sentence += &say!(
                lang,
                check_doubt_unclear,
                cells = cells(schema, those, lang)
            );
        }
    }
    sentence
}

/// What a rule says, its places filled.
pub fn said(rule: RuleId, said: &Said, schema: &'static Schema, lang: Lang) -> String {
    let forms = schema.forms();
    let own = messages(forms, rule);
    let Some(message) = own.iter().find(|m| said.message == m.name) else {
        return rule.as_str().to_owned();
    };
    let place = |name: &str| said.fact(name).map(|f| fact(f, schema, lang));
    let mut sentence = fill(message, lang, &place);
    let relation = forms.rules().find(|r| r.rule == rule);
    let reason = relation.and_then(|r| r.reasons.get(said.reason?));
    if let Some(reason) = reason {
        sentence += &fill(&reason.message, lang, &place);
    }
    sentence
}

/// A message with its `{name}` places filled; what a value says is not filled again.
fn fill(message: &Message, lang: Lang, value: &dyn Fn(&str) -> Option<String>) -> String {
    let mut rest = lang.pick(message.zh, message.en);
    let mut out = String::with_capacity(rest.len() * 2);
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let filled = after
            .split_once('}')
            .and_then(|(name, following)| Some((value(name)?, following)));
        if let Some((value, following)) = filled {
            out.push_str(&value);
            rest = following;
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// A fact in words.
pub fn fact(fact: &Fact, schema: &'static Schema, lang: Lang) -> String {
    let forms = schema.forms();
    let joined = |parts: Vec<String>| parts.join(lang.pick("；", "; "));
    match fact {
        Fact::Number(n) => n.to_string(),
        Fact::Count(n) => n.to_string(),
        Fact::Text(text) => text.clone(),
        Fact::Cell(id) => cell(schema, *id, lang),
        Fact::Cells(ids) => cells(schema, ids, lang),
        Fact::Row(id) => {
            let place = schema.place(*id);
            place.map_or_else(String::new, |p| row(p.row, lang))
        }
        Fact::Column(id) => {
            let place = schema.place(*id);
            place.map_or_else(String::new, |p| column(p.column, lang).to_owned())
        }
        Fact::Figures(figures) => {
            let figure = |(id, value): &(_, _)| {
                let place = schema.place(*id);
                let head = place.map_or("", |p| column(p.column, lang));
                format!("{head} {value}")
            };
            let all: Vec<String> = figures.iter().map(figure).collect();
            all.join(lang.pick("，", ", "))
        }
        Fact::Table(form, id) => table(forms, *form, id, lang).to_owned(),
        Fact::Tables(tables) => {
            let named = |(form, id): &(_, crate::text::Name)| {
                let table = table(forms, *form, id, lang);
                let table = match lang {
                    Lang::Zh => table.trim_end_matches('表'),
                    Lang::En => table,
                };
                say!(lang, check_table, table)
            };
            joined(tables.iter().map(named).collect())
        }
        Fact::Parts(form, ids) => {
            let all = ids.iter().map(|id| part(forms, *form, id, lang));
            joined(all.collect())
        }
        Fact::Form(id) => {
            let form = forms.get(*id);
            form.map_or(id.as_str(), |f| f.name.say(lang)).to_owned()
        }
    }
}

/// The arithmetic as records have it: the relation that should hold.
pub fn formula(finding: &Finding, schema: &'static Schema, lang: Lang) -> String {
    fact(&finding.formula, schema, lang)
}

/// The arithmetic as people should see it: `55 + 3 ≠ 57 + 2`. Records keep the relation that
/// should hold, `55 + 3 = 57 + 2`, which would look true to a hasty eye. A conversion, such as
/// `251000元 = 25.1万元`, is true and stays.
pub fn arithmetic(finding: &Finding, schema: &'static Schema, lang: Lang) -> String {
    let formula = formula(finding, schema, lang);
    let figures = !formula.chars().any(char::is_alphabetic);
    let due = [(" = ", " ≠ "), (" ≤ ", " > "), (" ≥ ", " < ")];
    let mut signs = due.into_iter().filter(|(sign, _)| formula.contains(sign));
    match (signs.next(), signs.next()) {
        (Some((sign, shown)), None)
            if figures
                && finding.expected.is_some()
                && finding.expected != finding.actual
                && formula.matches(sign).count() == 1 =>
        {
            formula.replace(sign, shown)
        }
        _ => formula,
    }
}
