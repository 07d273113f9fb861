//! Relations: linear equations and inequalities over operands: a cell, a constant, a cell of
//! another year's report, a figure stated in the prose.
//!
//! A relation is written once a family, as the `each` and `holds` of a rule (see `rule.rs`):
//!
//! ```toml
//! each = "t3 columns"
//! holds = "t3.new.{} + t3.carried_in.{} = t3.results.total.{} + t3.carried_out.{}"
//! ```
//!
//! * `each` is `TABLE rows`, `TABLE columns`, or a list of names; one instance is made for each,
//!   with the name in place of `{}`. Without it there is one instance.
//! * `holds` is terms joined by `+` and `-` around one of `=`, `<=`, `>=`, all set apart by
//!   blanks. A term is a key or a whole number; `t3.carried_out.total[-1]` is the cell of last
//!   year's report.
//! * `*` in a key stands for any one of its parts: the sum of all cells that fit, in the order of
//!   the form. So one entry serves forms that differ in their rows.
//! * An instance with a term that no cell of a form fits is not made for that form.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::rule::{Message, Reason, RuleDoc};
use super::{CellId, Form, RuleId, Severity};
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

    /// Its instances over the cells of a form; none where the form lacks the cells.
    ///
    /// # Errors
    /// What stands wrong in `each` or `holds`.
    pub(super) fn instances(&self, form: &Form) -> Result<Vec<Instance<String>>, String> {
        let cells = form.tables.iter().flat_map(|t| &t.cells);
        let keys: Vec<&str> = cells.map(|c| c.key.as_str()).collect();
        let mut instances = Vec::new();
        for name in names(self.each.as_ref(), form)? {
            instances.extend(instance(&self.holds, name, &keys)?);
        }
        Ok(instances)
    }
}

fn names(each: Option<&Each>, form: &Form) -> Result<Vec<String>, String> {
    let of = match each {
        None => return Ok(vec![String::new()]),
        Some(Each::Names(names)) => return Ok(names.clone()),
        Some(Each::Of(of)) => of,
    };
    let wrong = || format!("each = {of:?} is neither \"TABLE rows\" nor \"TABLE columns\"");
    let (table, what) = of.split_once(' ').ok_or_else(wrong)?;
    if !matches!(what, "rows" | "columns") {
        return Err(wrong());
    }
    let Some(table) = form.table(table) else {
        return Ok(Vec::new());
    };
    Ok(if what == "rows" {
        table.figure_rows().map(|(_, r)| r.key.clone()).collect()
    } else {
        let columns = table.blocks.iter().flat_map(|b| &b.columns);
        columns.map(|c| c.key.clone()).collect()
    })
}

fn is_operator(token: &str) -> bool {
    matches!(token, "=" | "<=" | ">=")
}

/// One instance; `None` where the form lacks one of its cells.
fn instance(holds: &str, name: String, keys: &[&str]) -> Result<Option<Instance<String>>, String> {
    let mut sides = [Vec::new(), Vec::new()];
    let (mut side, mut operator, mut factor) = (0, None, Some(Decimal::ONE));
    for token in holds.split_whitespace() {
        match (token, factor) {
            ("+", None) => factor = Some(Decimal::ONE),
            ("-", None) => factor = Some(Decimal::NEGATIVE_ONE),
            (token, None) if is_operator(token) && operator.is_none() => {
                operator = Some(Relation::operator(token));
                (side, factor) = (1, Some(Decimal::ONE));
            }
            (term, Some(by)) if !matches!(term, "+" | "-") && !is_operator(term) => {
                let operands = operands(&term.replace("{}", &name), keys)?;
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

fn operands(term: &str, keys: &[&str]) -> Result<Vec<Operand<String>>, String> {
    if let Ok(number) = term.parse() {
        return Ok(vec![Operand::Constant(number)]);
    }
    let (pattern, year) = match term.split_once('[') {
        None => (term, None),
        Some((pattern, rest)) => {
            let offset = rest.strip_suffix(']').and_then(|n| n.parse::<i16>().ok());
            let offset = offset.filter(|n| *n != 0);
            let offset = offset.ok_or_else(|| format!("{term:?} names no other year"))?;
            (pattern, Some(offset))
        }
    };
    let fitting = keys.iter().filter(|key| fits(pattern, key));
    Ok(fitting
        .map(|key| match year {
            None => Operand::Cell((*key).to_owned()),
            Some(offset) => Operand::OtherYear {
                key: (*key).to_owned(),
                offset,
            },
        })
        .collect())
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
    use crate::form::tests::{form, forms};
    use std::collections::BTreeMap;

    fn counts(id: FormId) -> BTreeMap<&'static str, usize> {
        let held = form(id).relations.iter();
        held.map(|h| (h.relation.rule.as_str(), h.instances.len()))
            .collect()
    }

    #[test]
    fn each_form_has_its_relations() {
        assert_eq!(
            counts(FormId::FMT_2019),
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
            counts(FormId::FMT_2021),
            BTreeMap::from([
                ("T2.IMPLIED_PRIOR", 2),
                ("T3.ROW", 25),
                ("T3.COL", 7),
                ("T3.BAL", 7),
                ("T4.SUM", 3),
            ])
        );
        assert_eq!(
            counts(FormId::IND_2014),
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
        assert!(form(FormId::FREE_2008).relations.is_empty());
    }

    #[test]
    fn only_eight_rules_prove_a_place() {
        let mut rules: Vec<&str> = forms()
            .rules()
            .filter(|r| r.proves)
            .map(|r| r.rule.as_str())
            .collect();
        rules.sort_unstable();
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
        for (id, outcomes) in [(FormId::FMT_2019, 19), (FormId::FMT_2021, 21)] {
            let mut held = form(id).relations.iter();
            let column = held.find(|h| h.relation.rule == "T3.COL").unwrap();
            let first = &column.instances[0];
            assert_eq!(first.left.len(), outcomes);
            assert_eq!(first.right.len(), 1);
            assert_eq!(
                first.fingerprint(column.relation.rule),
                "T3.COL@natural_person"
            );
        }
        let held = form(FormId::FMT_2019).relations.iter();
        let names: Vec<&str> = held
            .filter(|h| ["T2.ITEMS_NONNEG", "T4.SUM"].contains(&h.relation.rule.as_str()))
            .flat_map(|h| h.instances.iter().map(|i| i.name.as_str()))
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
        let keys = ["t4.review.total"];
        for holds in [
            "t4.review.total",
            "t4.review.total =",
            "= 0",
            "t4.review.total + = 0",
            "t4.review.total = 0 = 0",
            "t4.review.total 3",
            "t4.review.total = t4.review.total[x]",
            "t4.review.total = t4.review.total[0]",
        ] {
            assert!(instance(holds, String::new(), &keys).is_err(), "{holds}");
        }
        assert_eq!(
            instance("t4.review.gone = 0", String::new(), &keys),
            Ok(None)
        );
    }

    #[test]
    fn a_cell_of_another_year_is_an_operand() {
        let keys = ["t3.carried_in.total", "t3.carried_out.total"];
        let holds = "t3.carried_in.total = t3.carried_out.total[-1]";
        let made = instance(holds, String::new(), &keys).unwrap().unwrap();
        let operand = &made.right[0].operand;
        assert!(matches!(operand, Operand::OtherYear { key, offset: -1 } if key == keys[1]));
        assert_eq!(made.cells(), ["t3.carried_in.total"]);
    }
}
