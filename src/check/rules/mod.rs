//! Rules that are no linear equation, one file each: its id, severity, messages, code, texts and
//! examples stand together there.

mod c_order;
mod c_sections;
mod c_table_missing;
mod c_template_year;
mod slip;
mod t2_amount_unit;
mod t2_decisions_eq_items;
mod t2_fee_decimals;
mod t2_fee_unit;
mod t2_proc_pair;
mod t2_rules_competence;
mod t3_legal_overflow;
mod t3_total_blank;
mod t4_after_review;
mod v_blank;
mod v_int;
mod v_neg;
mod v_text;

use super::rule::Rule;

/// All of them, in the order in which they speak.
pub(super) const CODE: &[Rule] = &[
    t2_rules_competence::RULE,
    t2_decisions_eq_items::RULE,
    t2_amount_unit::RULE,
    t2_proc_pair::RULE,
    t2_fee_unit::RULE,
    t2_fee_decimals::RULE,
    t3_total_blank::RULE,
    t3_legal_overflow::RULE,
    t4_after_review::RULE,
    v_int::RULE,
    v_neg::RULE,
    v_text::RULE,
    v_blank::RULE,
    c_template_year::RULE,
    c_table_missing::RULE,
    c_sections::RULE,
    c_order::RULE,
];
