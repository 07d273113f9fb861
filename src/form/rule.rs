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

use super::severity::Severity;
use super::{FormId, RuleId};
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
