//! From a relation as it is written to its instances over the cells of a form.
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

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::model::Form;
use super::relation::{Each, Instance, Operand, Relation, Term, is_operator};

/// The instances of a relation over the cells of a form; none where the form lacks the cells.
///
/// # Errors
/// What stands wrong in `each` or `holds`.
pub(super) fn instances(
    relation: &Relation,
    form: &Form,
    keys: &Keys<'_>,
) -> Result<Vec<Instance<String>>, String> {
    let mut instances = Vec::new();
    for name in names(relation.each.as_ref(), form)? {
        instances.extend(instance(&relation.holds, name, keys)?);
    }
    Ok(instances)
}

/// The keys of a form, in its order and to be asked for at once: most terms name one.
pub(super) struct Keys<'a> {
    ordered: Vec<&'a str>,
    known: HashSet<&'a str>,
}

impl<'a> Keys<'a> {
    /// Those of all tables.
    pub fn of(form: &'a Form) -> Self {
        form.tables.iter().flat_map(|t| t.keys()).collect()
    }

    /// The keys that a pattern stands for.
    fn fitting(&self, pattern: &str) -> Vec<&'a str> {
        match pattern.split_once('*') {
            None => self.known.get(pattern).copied().into_iter().collect(),
            Some((start, _)) => {
                let keys = self.ordered.iter().copied();
                keys.filter(|key| key.starts_with(start) && fits(pattern, key))
                    .collect()
            }
        }
    }
}

impl<'a> FromIterator<&'a str> for Keys<'a> {
    fn from_iter<I: IntoIterator<Item = &'a str>>(keys: I) -> Self {
        let ordered: Vec<&str> = keys.into_iter().collect();
        Self {
            known: ordered.iter().copied().collect(),
            ordered,
        }
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

/// One instance; `None` where the form lacks one of its cells.
fn instance(
    holds: &str,
    name: String,
    keys: &Keys<'_>,
) -> Result<Option<Instance<String>>, String> {
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

fn operands(term: &str, keys: &Keys<'_>) -> Result<Vec<Operand<String>>, String> {
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
    let fitting = keys.fitting(pattern).into_iter();
    Ok(fitting
        .map(|key| match year {
            None => Operand::Cell(key.to_owned()),
            Some(offset) => Operand::OtherYear {
                key: key.to_owned(),
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
        let keys = Keys::from_iter(["t4.review.total"]);
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
        let keys = Keys::from_iter(["t3.carried_in.total", "t3.carried_out.total"]);
        let holds = "t3.carried_in.total = t3.carried_out.total[-1]";
        let made = instance(holds, String::new(), &keys).unwrap().unwrap();
        let operand = &made.right[0].operand;
        assert!(
            matches!(operand, Operand::OtherYear { key, offset: -1 } if key == "t3.carried_out.total")
        );
        assert_eq!(made.cells(), ["t3.carried_in.total"]);
    }
}
