//! Relations: linear equations and inequalities over operands, each of which is a cell today and
//! may be a claim in the prose, a cell of another year or a constant.
//!
//! A relation is written once a family, in a TOML file beside this one:
//!
//! ```toml
//! [[relation]]
//! rule = "T3.BAL"
//! severity = "error"
//! proves = true
//! each = "t3 columns"
//! holds = "t3.new.{} + t3.carried_in.{} = t3.results.total.{} + t3.carried_out.{}"
//! ```
//!
//! * `each` is `TABLE rows`, `TABLE columns`, or a list of names; one instance is made for each,
//!   with the name in place of `{}`. Without it there is one instance.
//! * `holds` is terms joined by `+` and `-` around one of `=`, `<=`, `>=`, all set apart by
//!   blanks. A term is a key or a whole number.
//! * `*` in a key stands for any one of its parts: the sum of all cells that fit, in the order of
//!   the form. So one entry serves forms that differ in their rows.
//! * An instance with a term that no cell of a form fits is not made for that form.
//! * `less` is the severity where the left side is the smaller one, when it differs.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::Form;
use super::Severity;

use crate::text::Span;

/// What must hold, once a family: expands to one [`Instance`] a row, column or block.
#[derive(Debug, Clone)]
pub struct Relation {
    /// The rule's id in rules.toml.
    pub rule: String,
    /// The highest severity that the rule gives.
    pub severity: Severity,
    /// The severity where the left side is smaller, when it differs.
    pub less: Option<Severity>,
    /// Whether the relation proves a cell's place (the equations of CONTRACT.md).
    pub proves: bool,
    /// Its instances, in the order of the form.
    pub instances: Vec<Instance>,
}

/// One equation or inequality.
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq)]
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
            if let Operand::Cell(key) = &term.operand
                && !keys.contains(&key.as_str())
            {
                keys.push(key);
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

/// A file of relations.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RelationFile {
    #[serde(default)]
    relation: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: String,
    severity: Severity,
    less: Option<Severity>,
    #[serde(default)]
    proves: bool,
    each: Option<Each>,
    holds: String,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Each {
    Of(String),
    Names(Vec<String>),
}

/// The relations of a file that a form's cells can be held against.
pub(super) fn expand(file: &RelationFile, form: &Form) -> Result<Vec<Relation>, String> {
    let keys: Vec<String> = form.tables.iter().flat_map(super::Table::keys).collect();
    let mut relations = Vec::new();
    for entry in &file.relation {
        let mut instances = Vec::new();
        for name in names(entry, form)? {
            instances.extend(instance(&entry.holds, name, &keys)?);
        }
        if !instances.is_empty() {
            relations.push(Relation {
                rule: entry.rule.clone(),
                severity: entry.severity,
                less: entry.less,
                proves: entry.proves,
                instances,
            });
        }
    }
    Ok(relations)
}

fn names(entry: &Entry, form: &Form) -> Result<Vec<String>, String> {
    let of = match &entry.each {
        None => return Ok(vec![String::new()]),
        Some(Each::Names(names)) => return Ok(names.clone()),
        Some(Each::Of(of)) => of,
    };
    let (table, what) = of
        .split_once(' ')
        .ok_or_else(|| format!("{}: each = {of:?}", entry.rule))?;
    let Some(table) = form.table(table) else {
        return Ok(Vec::new());
    };
    match what {
        "rows" => Ok(table.figure_rows().map(|(_, r)| r.key.clone()).collect()),
        "columns" => Ok(table
            .blocks
            .iter()
            .flat_map(|b| b.columns.iter().map(|c| c.key.clone()))
            .collect()),
        _ => Err(format!("{}: each = {of:?}", entry.rule)),
    }
}

/// One instance; `None` where the form lacks one of its cells.
fn instance(holds: &str, name: String, keys: &[String]) -> Result<Option<Instance>, String> {
    let mut sides = [Vec::new(), Vec::new()];
    let (mut side, mut operator, mut factor) = (0, None, Some(Decimal::ONE));
    for token in holds.split_whitespace() {
        match (token, factor) {
            ("+", None) => factor = Some(Decimal::ONE),
            ("-", None) => factor = Some(Decimal::NEGATIVE_ONE),
            ("=" | "<=" | ">=", None) if operator.is_none() => {
                operator = Some(match token {
                    "=" => Operator::Equal,
                    "<=" => Operator::AtMost,
                    _ => Operator::AtLeast,
                });
                (side, factor) = (1, Some(Decimal::ONE));
            }
            (term, Some(by)) if !matches!(term, "+" | "-" | "=" | "<=" | ">=") => {
                let operands = operands(&term.replace("{}", &name), keys);
                if operands.is_empty() {
                    return Ok(None);
                }
                if let Some(terms) = sides.get_mut(side) {
                    terms.extend(operands.into_iter().map(|operand| Term {
                        factor: by,
                        operand,
                    }));
                }
                factor = None;
            }
            _ => return Err(format!("{holds:?}: {token:?} stands wrong")),
        }
    }
    let [left, right] = sides;
    match (operator, factor) {
        (Some(operator), None) => Ok(Some(Instance {
            name,
            left,
            operator,
            right,
        })),
        _ => Err(format!("{holds:?} is not complete")),
    }
}

fn operands(term: &str, keys: &[String]) -> Vec<Operand> {
    if let Ok(number) = term.parse() {
        return vec![Operand::Constant(number)];
    }
    keys.iter()
        .filter(|key| fits(term, key))
        .map(|key| Operand::Cell(key.clone()))
        .collect()
}

fn fits(pattern: &str, key: &str) -> bool {
    let (mut parts, mut theirs) = (pattern.split('.'), key.split('.'));
    loop {
        match (parts.next(), theirs.next()) {
            (None, None) => return true,
            (Some("*"), Some(_)) => {}
            (Some(p), Some(k)) if p == k => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::FormId;
    use crate::form::by_id;
    use std::collections::BTreeMap;

    fn counts(id: FormId) -> BTreeMap<&'static str, usize> {
        by_id(id)
            .relations
            .iter()
            .map(|r| (r.rule.as_str(), r.instances.len()))
            .collect()
    }

    #[test]
    fn each_form_has_its_relations() {
        assert_eq!(
            counts(FormId::Fmt2019),
            BTreeMap::from([
                ("T2.DISC_LE_MADE", 2),
                ("T2.TOTAL_GE_DISC", 2),
                ("T2.ITEMS_NONNEG", 5),
                ("T3.ROW", 23),
                ("T3.COL", 7),
                ("T3.BAL", 7),
                ("T4.SUM", 3),
            ])
        );
        assert_eq!(
            counts(FormId::Fmt2021),
            BTreeMap::from([
                ("T2.IMPLIED_PRIOR", 2),
                ("T3.ROW", 25),
                ("T3.COL", 7),
                ("T3.BAL", 7),
                ("T4.SUM", 3),
            ])
        );
        assert_eq!(
            counts(FormId::Ind2014),
            BTreeMap::from([
                ("IND.RECV", 1),
                ("IND.DONE", 1),
                ("IND.REPLY", 1),
                ("IND.DENIED", 1),
                ("IND.REVIEW", 1),
                ("IND.LIT", 1),
                ("IND.STAFF", 1),
                ("IND.LEADER", 2),
                ("IND.NORM_LE_TOTAL", 1),
                ("IND.NORM_LE_MADE", 1),
                ("IND.CHANNEL_COVER", 1),
                ("IND.CHANNEL_LE_TOTAL", 5),
                ("IND.RESPONSE_COVER", 1),
                ("IND.REPLY_LE_DONE", 1),
                ("IND.DONE_LE_RECV", 1),
            ])
        );
        assert!(by_id(FormId::Free2008).relations.is_empty());
    }

    #[test]
    fn only_eight_rules_prove_a_place() {
        let mut rules: Vec<&str> = crate::form::all()
            .iter()
            .flat_map(|f| &f.relations)
            .filter(|r| r.proves)
            .map(|r| r.rule.as_str())
            .collect();
        rules.sort_unstable();
        rules.dedup();
        assert_eq!(
            rules,
            [
                "IND.DONE",
                "IND.RECV",
                "IND.REPLY",
                "IND.STAFF",
                "T3.BAL",
                "T3.COL",
                "T3.ROW",
                "T4.SUM"
            ]
        );
    }

    #[test]
    fn sums_take_the_rows_that_the_form_has() {
        for (id, outcomes) in [(FormId::Fmt2019, 19), (FormId::Fmt2021, 21)] {
            let column = by_id(id)
                .relations
                .iter()
                .find(|r| r.rule == "T3.COL")
                .expect("T3.COL");
            let first = &column.instances[0];
            assert_eq!(first.left.len(), outcomes);
            assert_eq!(first.right.len(), 1);
            assert_eq!(first.fingerprint("T3.COL"), "T3.COL@natural_person");
        }
        let names: Vec<&str> = by_id(FormId::Fmt2019)
            .relations
            .iter()
            .filter(|r| r.rule.starts_with("T2.ITEMS") || r.rule == "T4.SUM")
            .flat_map(|r| r.instances.iter().map(|i| i.name.as_str()))
            .collect();
        assert_eq!(
            names,
            [
                "licensing",
                "other_services",
                "penalty",
                "coercion",
                "fees",
                "review",
                "litigation.direct",
                "litigation.after_review"
            ]
        );
    }

    #[test]
    fn a_broken_relation_is_said() {
        let keys = vec!["t4.review.total".to_owned()];
        for holds in [
            "t4.review.total",
            "t4.review.total =",
            "= 0",
            "t4.review.total + = 0",
            "t4.review.total = 0 = 0",
            "t4.review.total 3",
        ] {
            assert!(instance(holds, String::new(), &keys).is_err(), "{holds}");
        }
        assert_eq!(
            instance("t4.review.gone = 0", String::new(), &keys),
            Ok(None)
        );
    }
}
