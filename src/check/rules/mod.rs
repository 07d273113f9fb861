//! Rules that are no linear equation, one file each. A rule looks at the [`Context`] and adds to
//! the [`Outcome`]; what it means stands in `src/check/docs/`.

mod c_order;
mod c_sections;
mod c_table_missing;
mod c_template_year;
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

use super::context::{Context, Outcome};
use crate::form::Table;

type TableRule = fn(&Context<'_>, &'static Table, &mut Outcome);

/// Rules about one table, with the table that they speak of; empty means any.
const TABLE_RULES: [(&str, TableRule); 13] = [
    ("t2", t2_rules_competence::check),
    ("t2", t2_decisions_eq_items::check),
    ("t2", t2_amount_unit::check),
    ("t2", t2_proc_pair::check),
    ("t2", t2_fee_unit::check),
    ("t2", t2_fee_decimals::check),
    ("t3", t3_total_blank::check),
    ("t3", t3_legal_overflow::check),
    ("t4", t4_after_review::check),
    ("", v_int::check),
    ("", v_neg::check),
    ("", v_text::check),
    ("", v_blank::check),
];

/// Every rule about a table.
pub(super) fn of_table(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    for (id, rule) in TABLE_RULES {
        if id.is_empty() || id == table.id {
            rule(cx, table, out);
        }
    }
}

/// Every rule about the report as a whole.
pub(super) fn of_report(cx: &Context<'_>, out: &mut Outcome) {
    c_template_year::check(cx, out);
    c_table_missing::check(cx, out);
    c_sections::check(cx, out);
    c_order::check(cx, out);
}

/// Whether the six fixed parts are asked of this report: its tables are of a form that has them,
/// or it has no table and such a form was due.
fn has_fixed_parts(cx: &Context<'_>) -> bool {
    use crate::report::FormId;
    let form = if cx.report.tables.is_empty() {
        cx.report.year.map_or(cx.report.form, FormId::due)
    } else {
        cx.report.form
    };
    matches!(form, FormId::Fmt2019 | FormId::Fmt2021)
}

/// The heading of a fixed part with its ordinal, as the form prints it.
fn part_name(index: usize, label: &crate::form::Label, lang: crate::words::Lang) -> String {
    const ORDINALS: [&str; 6] = ["一", "二", "三", "四", "五", "六"];
    match lang {
        crate::words::Lang::Zh => {
            format!("{}、{}", ORDINALS.get(index).unwrap_or(&""), label.zh)
        }
        crate::words::Lang::En => format!("{} ({})", index + 1, label.en),
    }
}
