//! Relations: linear equations and inequalities over operands: a cell, a constant, a cell of
//! another year's report, a figure stated in the prose.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::rule::{Message, Reason, RuleDoc};
use super::severity::Severity;
use super::{CellId, RuleId};
use crate::text::Span;

/// A rule that is arithmetic: what must hold, once a family.
#[derive(Debug, Clone)]
pub struct Relation {
    /// The rule's id in rules.toml.
    pub rule: RuleId,
    /// The highest severity that the rule gives.
    pub severity: Severity,
    /// The severity where the left side is smaller, when it differs.
    pub less: Option<Severity>,
    /// Whether the relation proves a cell's place (the equations of CONTRACT.md).
    pub proves: bool,
    /// An instance whose right side is an empty cell is not judged: another rule speaks of it.
    pub skips_empty_right: bool,
    /// What is said where it does not hold.
    pub message: Message,
    /// Why a difference may be no error, in so far as the report itself says so.
    pub reasons: Vec<Reason>,
    /// What there is to know of the rule.
    pub doc: RuleDoc,
    /// What the instances are made for.
    pub(super) each: Option<Each>,
    /// What must hold, with `{}` for the instance's name.
    pub(super) holds: String,
}

/// The instances of a relation that a form's cells can be held against.
#[derive(Debug)]
pub struct Held {
    /// The relation.
    pub relation: &'static Relation,
    /// Its instances, in the order of the form, over keys.
    pub instances: Vec<Instance<String>>,
}

/// One equation or inequality over cells known by `K`: keys in a form, [`CellId`]s in a schema.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance<K> {
    /// Row, column, block or key that tells instances apart; empty where there is one.
    pub name: String,
    /// Left side.
    pub left: Vec<Term<K>>,
    /// What must hold between the sides.
    pub operator: Operator,
    /// Right side.
    pub right: Vec<Term<K>>,
}

/// An operand with its coefficient.
#[derive(Debug, Clone, PartialEq)]
pub struct Term<K> {
    /// Usually 1 or -1.
    pub factor: Decimal,
    /// What is multiplied.
    pub operand: Operand<K>,
}

/// What a relation speaks of.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand<K> {
    /// A cell of this report.
    Cell(K),
    /// A number.
    Constant(Decimal),
    /// A cell of the same organ's report of another year.
    OtherYear {
        /// The cell's key: the other year may have another form, and so other ids.
        key: String,
        /// Years from this report's: -1 is last year's.
        offset: i16,
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

impl Operator {
    /// Whether two figures stand so to each other.
    pub fn holds(self, left: Decimal, right: Decimal) -> bool {
        match self {
            Self::Equal => left == right,
            Self::AtMost => left <= right,
            Self::AtLeast => left >= right,
        }
    }
}

impl<K: Clone + PartialEq> Instance<K> {
    /// All cell operands, left side first, each once.
    pub fn cells(&self) -> Vec<K> {
        let mut cells: Vec<K> = Vec::new();
        for term in self.left.iter().chain(&self.right) {
            if let Operand::Cell(cell) = &term.operand
                && !cells.contains(cell)
            {
                cells.push(cell.clone());
            }
        }
        cells
    }

    /// `RULE@instance`, or the bare rule where there is one instance.
    pub fn fingerprint(&self, rule: RuleId) -> String {
        fingerprint(rule, &self.name)
    }
}

/// `RULE@instance`, or the bare rule where there is one instance.
pub fn fingerprint(rule: RuleId, instance: &str) -> String {
    if instance.is_empty() {
        rule.as_str().to_owned()
    } else {
        format!("{rule}@{instance}")
    }
}

impl Instance<String> {
    /// The instance over the cells of a schema; `None` where one of them is not there.
    pub(super) fn resolve(
        &self,
        cell: &dyn Fn(&str) -> Option<CellId>,
    ) -> Option<Instance<CellId>> {
        let term = |term: &Term<String>| {
            let operand = match &term.operand {
                Operand::Cell(key) => Operand::Cell(cell(key)?),
                Operand::Constant(n) => Operand::Constant(*n),
                Operand::OtherYear { key, offset } => Operand::OtherYear {
                    key: key.clone(),
                    offset: *offset,
                },
                Operand::Claim { value, span } => Operand::Claim {
                    value: *value,
                    span: *span,
                },
            };
            Some(Term {
                factor: term.factor,
                operand,
            })
        };
        let side = |terms: &[Term<String>]| terms.iter().map(term).collect::<Option<Vec<_>>>();
        Some(Instance {
            name: self.name.clone(),
            left: side(&self.left)?,
            operator: self.operator,
            right: side(&self.right)?,
        })
    }
}

/// What the instances of a relation are made for.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Each {
    Of(String),
    Names(Vec<String>),
}

impl Relation {
    /// The operator of all its instances.
    pub(super) fn operator(holds: &str) -> Operator {
        match holds.split_whitespace().find(|t| is_operator(t)) {
            Some("<=") => Operator::AtMost,
            Some(">=") => Operator::AtLeast,
            _ => Operator::Equal,
        }
    }
}

/// Whether a word of `holds` stands between its sides.
pub(super) fn is_operator(token: &str) -> bool {
    matches!(token, "=" | "<=" | ">=")
}
