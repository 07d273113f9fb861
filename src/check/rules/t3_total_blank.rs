//! T3.TOTAL_BLANK: a row's total was left empty beside figures. The sum of the row is not judged then.

use rust_decimal::Decimal;

use crate::check::context::{Context, Draft, Outcome};
use crate::check::rule::{On, Rule};
use crate::check::said::message;
use crate::check::{Fact, Figure, RuleId, Severity};
use crate::form::{Table, fingerprint};
use crate::report::CellId;
use crate::text::Name;

pub(super) const RULE: Rule = Rule {
    id: ID,
    severity: Severity::Warning,
    messages: &[Empty::MESSAGE],
    on: On::Table("t3", check),
    doc: DOC,
};

const ID: RuleId = RuleId::new(Name::of("T3.TOTAL_BLANK"));

message! {
    /// An empty total beside figures.
    Empty { row, sum }
    zh "{row}：总计空着，而其他格有数；按各格相加应为 {sum}"
    en "{row}: the total is empty beside figures; the cells add up to {sum}"
}

fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    let ids: Vec<CellId> = cx.schema.ids_of(table).collect();
    let mut rest = ids.as_slice();
    for (line, (_, row)) in table.figure_rows().enumerate() {
        let Some((cells, after)) = rest.split_at_checked(table.cells_of(line).len()) else {
            return;
        };
        rest = after;
        let Some((total, parts)) = cells.split_last() else {
            continue;
        };
        if cx.figure(*total) != Figure::Empty {
            continue;
        }
        let numbers: Vec<Option<Decimal>> = parts.iter().map(|c| cx.number(*c)).collect();
        if !numbers.iter().flatten().any(|n| !n.is_zero()) {
            if let Some(unknown) = cx.unknown(parts) {
                out.not_assessable(fingerprint(ID, &row.key), unknown);
            }
            continue;
        }
        let mut all = numbers.iter();
        let sum = all.try_fold(Decimal::ZERO, |sum, n| sum.checked_add((*n)?));
        let term = |cell: &CellId| match cx.figure(*cell) {
            Figure::Number(n) => n.to_string(),
            Figure::Empty => "_".to_owned(),
            Figure::Unknown(_) => "?".to_owned(),
        };
        let terms: Vec<String> = parts.iter().map(term).collect();
        let said = Empty {
            row: Fact::Row(*total),
            sum: sum.map_or_else(
                || Fact::Text("?".to_owned()),
                |sum| Fact::Number(sum.normalize()),
            ),
        };
        out.drafts.push(Draft {
            instance: row.key.clone(),
            expected: sum,
            formula: Fact::Text(format!("{} = _", terms.join(" + "))),
            cells: cells.to_vec(),
            ..Draft::new(ID, Severity::Warning, said)
        });
    }
}

const DOC: &str = r#"
formula = "not (t3.{row}.total empty and any other cell of the row non-zero)"
forms = ["fmt_2019", "fmt_2021"]
zh.title = "总计空着"
zh.what = "一行的总计是空的，而其他格有不为 0 的数。给出按各格相加应有的数，但不代填。"
zh.why = "汇总的人只看总计，空着就等于少报。"
zh.example = "上年结转：自然人 3，总计空白，应为 3。"
zh.exceptions = "无。"
zh.source = "真实的 2019 年度报告中见到。"
en.title = "Total left empty"
en.what = "The total of a row is empty beside figures that are not 0. The sum is given, and never filled in."
en.why = "Who adds up reports takes the totals; an empty one is a figure lost."
en.example = "Carried in: 3 natural persons, the total empty; it should be 3."
en.exceptions = "None."
en.source = "Observed in a real report of 2019."
[[example]]
form = "fmt_2021"
set = { "t3.carried_in.natural_person" = "3", "t3.carried_in.total" = "", "t3.carried_out.natural_person" = "3", "t3.carried_out.total" = "3" }
finds = ["T3.TOTAL_BLANK@carried_in"]
[[example]]
form = "fmt_2021"
set = { "t3.carried_in.total" = "" }
finds = []
"#;
