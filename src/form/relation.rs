//! Relations: linear equations and inequalities over operands, each of which is a cell today and
//! may be a claim in the prose, a cell of another year or a constant.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::document::Span;

/// What must hold, once a family: expands to one [`Instance`] a row, column or block.
#[derive(Debug, Clone)]
pub struct Relation {
    /// The rule's id in rules.toml.
    pub rule: String,
    /// The highest severity that the rule gives.
    pub severity: crate::check::Severity,
    /// Whether the relation proves a cell's place (the equations of CONTRACT.md).
    pub proves: bool,
    /// Its instances, in the order of the form.
    pub instances: Vec<Instance>,
}

/// One equation or inequality.
#[derive(Debug, Clone)]
pub struct Instance {
    /// Row, column, block or key that tells instances apart; empty where there is one.
    pub name: String,
    /// Left side.
    pub left: Vec<Term>,
    /// What must hold between the sides.
    pub operator: Operator,
    /// Right side.
    pub right: Vec<Term>,
}

/// An operand with its coefficient.
#[derive(Debug, Clone)]
pub struct Term {
    /// Usually 1 or -1.
    pub factor: Decimal,
    /// What is multiplied.
    pub operand: Operand,
}

/// What a relation speaks of.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// A cell of this report.
    Cell(String),
    /// A number.
    Constant(Decimal),
    /// A cell of the same organ's report of another year (-1 is last year's).
    OtherYear {
        /// The cell.
        key: String,
        /// Years from this report's.
        offset: i32,
    },
    /// A figure stated in the prose.
    Claim {
        /// Its value.
        value: Decimal,
        /// Where it is stated.
        span: Span,
    },
}

/// Comparison of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `=`
    Equal,
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
}

impl Instance {
    /// The keys of all cell operands, left side first, each once.
    pub fn keys(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = Vec::new();
        for term in self.left.iter().chain(&self.right) {
            if let Operand::Cell(key) = &term.operand {
                if !keys.contains(&key.as_str()) {
                    keys.push(key);
                }
            }
        }
        keys
    }

    /// `RULE@instance`, or the bare rule where there is one instance.
    pub fn fingerprint(&self, rule: &str) -> String {
        if self.name.is_empty() {
            rule.to_owned()
        } else {
            format!("{rule}@{}", self.name)
        }
    }
}

/// Replacements of `{name}` in a pattern.
pub(super) type Bindings = BTreeMap<String, String>;

/// A file of relations.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RelationFile {
    #[serde(default)]
    relation: Vec<RelationEntry>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RelationEntry {
    rule: String,
}

pub(super) fn expand(file: &RelationFile, form: &super::Form) -> Result<Vec<Relation>, String> {
    let _ = (&file.relation, form);
    Ok(Vec::new())
}
