//! What there is to know of a rule: its texts, its messages, its examples.
//!
//! A rule that is arithmetic is one entry of a file in `rules/`:
//!
//! ```toml
//! [[rule]]
//! id = "T4.SUM"
//! severity = "error"
//! proves = true
//! each = "t4 rows"
//! holds = "t4.{}.upheld + t4.{}.corrected + t4.{}.other + t4.{}.pending = t4.{}.total"
//! formula = "t4.{row}: upheld + corrected + other + pending = total"
//! message = { zh = "{row}：…合计 {left}，“总计”是 {right}", en = "{row}: …" }
//! zh = { title = "…", what = "…", why = "…", example = "…", exceptions = "…", source = "…" }
//! en = { … }
//! example = [{ form = "fmt_2021", set = { "t4.review.upheld" = "2" }, finds = ["T4.SUM@review"] }]
//! ```
//!
//! A rule that needs code has the same parts in its own file in `check/rules/`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::relation::{Each, Operator, Relation};
use super::{FormError, FormId, Label, RuleId, Severity, Source};
use crate::text::Name;

/// A sentence with places to fill, such as `{left}`, in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message {
    /// Tells the messages of a rule apart.
    pub name: &'static str,
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// What there is to know of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleDoc {
    /// Its id.
    pub id: RuleId,
    /// The highest severity that it gives.
    pub severity: Severity,
    /// The forms that it is for; empty for all.
    pub forms: Vec<FormId>,
    /// What must hold, over keys.
    pub formula: String,
    /// The text in Chinese.
    pub zh: RuleText,
    /// The text in English.
    pub en: RuleText,
    /// Cases with what the rule says of them; each is run as a test.
    pub examples: Vec<Example>,
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

/// A case: a report of a form in which every cell is 0, and some are set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The form.
    pub form: Name,
    /// Key to what is printed there; empty for an empty cell.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
    /// Text that follows the heading of a part, by the part's id.
    #[serde(default)]
    pub prose: BTreeMap<String, String>,
    /// What else is so: `year 2022`, `level county`, `without t4`, `unit KEY 元`,
    /// `text KEY 详见附件`, `no s1` (a part that is not there), `s2 first`.
    #[serde(default)]
    pub given: Vec<String>,
    /// Fingerprints of this rule's findings, all of them; empty where it is content.
    pub finds: Vec<String>,
}

/// Why a difference may be no error, as the report itself says: then an error is a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Only where the left side is the smaller.
    pub only_less: bool,
    /// Where the words stand.
    pub within: Within,
    /// Words that must all stand there.
    pub all: Vec<String>,
    /// Words of which one must stand there.
    pub any: Vec<String>,
    /// What is added to the message.
    pub message: Message,
}

/// A stretch of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Within {
    /// A table, by its id.
    Table(Name),
    /// A part, by its id.
    Section(Name),
}

/// The places that the message of a relation may fill.
pub const PLACES: [&str; 7] = ["row", "column", "a", "b", "left", "right", "difference"];

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
pub struct RuleFileDoc {
    formula: String,
    #[serde(default)]
    forms: Vec<FormId>,
    zh: RuleText,
    en: RuleText,
    #[serde(default)]
    example: Vec<Example>,
}

impl RuleFileDoc {
    /// Reads the texts; `name` is what an error calls them.
    ///
    /// # Errors
    /// When they do not parse.
    pub fn read(name: &str, text: &str) -> Result<Self, FormError> {
        super::load::parse(&Source { name, text })
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
