//! Rules as files have them: what a file leaves out is made here, and a message that has a place
//! which nothing fills is refused.

use serde::Deserialize;
use toml::Spanned;

use super::model::Label;
use super::relation::{Each, Operator, Relation};
use super::rule::{Example, Message, PLACES, Reason, RuleDoc, RuleText, Within};
use super::severity::Severity;
use super::source::{FormError, Source, parse};
use super::{FormId, RuleId};
use crate::text::Name;

/// What is said of a relation that has no message of its own.
const fn usual(operator: Operator) -> Message {
    match operator {
        Operator::Equal => Message {
            name: "parts_and_whole",
            zh: "{b}：分项合计 {left}，合计数是 {right}，差 {difference}",
            en: "{b}: the parts add up to {left}, the whole is {right}, off by {difference}",
        },
        Operator::AtMost => Message {
            name: "at_most",
            zh: "{a} {left}，大于{b} {right}，多 {difference}",
            en: "{a}, {left}, exceeds {b}, {right}, by {difference}",
        },
        Operator::AtLeast => Message {
            name: "at_least",
            zh: "{a} {left}，小于{b} {right}，少 {difference}",
            en: "{a}, {left}, falls short of {b}, {right}, by {difference}",
        },
    }
}

/// An arithmetic rule as a file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    pub id: Spanned<Name>,
    severity: Severity,
    less: Option<Severity>,
    #[serde(default)]
    proves: bool,
    #[serde(default)]
    skips_empty_right: bool,
    each: Option<Each>,
    holds: String,
    formula: String,
    message: Option<Label>,
    #[serde(default)]
    reason: Vec<ReasonFile>,
    zh: RuleText,
    en: RuleText,
    #[serde(default)]
    example: Vec<Example>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonFile {
    #[serde(default)]
    only_less: bool,
    table: Option<Name>,
    section: Option<Name>,
    #[serde(default)]
    all: Vec<String>,
    any: Vec<String>,
    zh: String,
    en: String,
}

impl RuleFile {
    /// The relation, its instances not yet made.
    ///
    /// # Errors
    /// A place in a message that nothing fills, a reason that does not say where.
    pub fn build(self) -> Result<Relation, String> {
        let rule = RuleId::new(*self.id.get_ref());
        let operator = Relation::operator(&self.holds);
        let message = match self.message {
            None => usual(operator),
            Some(label) => message("own", &label.zh, &label.en)?,
        };
        let reasons = self.reason.into_iter().map(ReasonFile::build);
        Ok(Relation {
            rule,
            severity: self.severity,
            less: self.less,
            proves: self.proves,
            skips_empty_right: self.skips_empty_right,
            message,
            reasons: reasons.collect::<Result<_, _>>()?,
            doc: RuleDoc {
                id: rule,
                severity: self.severity,
                forms: Vec::new(),
                formula: self.formula,
                zh: self.zh,
                en: self.en,
                examples: self.example,
            },
            each: self.each,
            holds: self.holds,
        })
    }
}

impl ReasonFile {
    fn build(self) -> Result<Reason, String> {
        let within = match (self.table, self.section) {
            (Some(table), None) => Within::Table(table),
            (None, Some(section)) => Within::Section(section),
            _ => return Err("a reason names one table or one section".to_owned()),
        };
        Ok(Reason {
            only_less: self.only_less,
            within,
            all: self.all,
            any: self.any,
            message: message("reason", &self.zh, &self.en)?,
        })
    }
}

/// A message of a file: kept for good, as the forms are.
fn message(name: &'static str, zh: &str, en: &str) -> Result<Message, String> {
    for text in [zh, en] {
        for piece in text.split('{').skip(1) {
            let place = piece.split_once('}').map_or(piece, |(place, _)| place);
            if !PLACES.contains(&place) {
                return Err(format!("a message has no place {{{place}}}"));
            }
        }
    }
    Ok(Message {
        name,
        zh: Name::intern(zh).as_str(),
        en: Name::intern(en).as_str(),
    })
}

/// The texts of a rule that needs code, as they stand beside it: the parts of a rule in a file of
/// rules that are about words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleTexts {
    formula: String,
    #[serde(default)]
    forms: Vec<FormId>,
    zh: RuleText,
    en: RuleText,
    #[serde(default)]
    example: Vec<Example>,
}

impl RuleTexts {
    /// Reads the texts; `name` is what an error calls them.
    ///
    /// # Errors
    /// When they do not parse.
    pub fn read(name: &str, text: &str) -> Result<Self, FormError> {
        parse(&Source { name, text })
    }

    /// The texts as those of a rule.
    pub fn of(self, id: RuleId, severity: Severity) -> RuleDoc {
        RuleDoc {
            id,
            severity,
            forms: self.forms,
            formula: self.formula,
            zh: self.zh,
            en: self.en,
            examples: self.example,
        }
    }
}
