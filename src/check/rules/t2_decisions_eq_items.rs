//! T2.DECISIONS_EQ_ITEMS: the number of decisions equals the number of items, so that the wrong
//! quantity was probably typed. An equation that should not hold.

use rust_decimal::Decimal;

use crate::check::context::{Context, Draft, Outcome};
use crate::check::rule::{On, Rule};
use crate::check::said::message;
use crate::check::{Fact, RuleId, Severity};
use crate::form::{Table, fingerprint};
use crate::text::Name;

pub(super) const RULE: Rule = Rule {
    id: ID,
    severity: Severity::Warning,
    messages: &[Equal::MESSAGE],
    on: On::Table("t2", check),
    doc: DOC,
};

const ID: RuleId = RuleId::new(Name::of("T2.DECISIONS_EQ_ITEMS"));

message! {
    /// As many decisions as items.
    Equal { row, decisions, formula }
    zh "{row}：处理决定数量 {decisions} 正好等于项目数（{formula}），可能把项目数填成了决定数"
    en "{row}: the {decisions} decisions equal the number of items ({formula}); the item count may have been typed instead"
}

/// Up to this many decisions it is chance in a small organ.
const CHANCE: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    for (_, row) in table.figure_rows() {
        let cell = |column: &str| cx.id(&format!("{}.{}.{column}", table.id, row.key));
        let (Some(prior), Some(change), Some(decisions)) =
            (cell("prior_items"), cell("change"), cell("decisions"))
        else {
            continue;
        };
        let instance = row.key.rsplit('.').next().unwrap_or(&row.key).to_owned();
        let [p, c, d] = match cx.numbers([prior, change, decisions]) {
            Ok(numbers) => numbers,
            Err(unknown) => {
                out.not_assessable(fingerprint(ID, &instance), unknown);
                continue;
            }
        };
        // Where nothing was added, so that last year's items are repeated, it is as telling.
        if d <= CHANCE || p.checked_add(c) != Some(d) {
            continue;
        }
        let formula = format!("{p} + {c} = {d}").replace("+ -", "- ");
        let said = Equal {
            row: Fact::Row(decisions),
            decisions: Fact::Number(d.normalize()),
            formula: Fact::Text(formula.clone()),
        };
        out.drafts.push(Draft {
            instance,
            cells: vec![decisions, prior, change],
            actual: Some(d),
            formula: Fact::Text(formula),
            ..Draft::new(ID, Severity::Warning, said)
        });
    }
}

const DOC: &str = r#"
formula = "not (t2.*.{row}.decisions = prior_items + change and decisions > 3)"
forms = ["fmt_2019"]
zh.title = "处理决定数量像是项目数"
zh.what = "处理决定数量正好等于上一年项目数量加本年增/减，而且大于 3。"
zh.why = "项目是事项的种类，决定是办件的数量，两者相等多半是填错了格。"
zh.example = "其他对外管理服务事项：17 + 124 = 141，处理决定数量也是 141。"
zh.exceptions = "小机关碰巧相等（不大于 3 的不报）。"
zh.source = "真实报告中见到。"
en.title = "The decisions look like the item count"
en.what = "The number of decisions equals last year's items plus the change, and is greater than 3."
en.why = "Items are kinds of matters, decisions are cases; where both agree the wrong quantity was probably typed."
en.example = "Other services: 17 + 124 = 141, and 141 decisions."
en.exceptions = "Chance in small organs (3 and less is not reported)."
en.source = "Observed in real reports."
[[example]]
form = "fmt_2019"
set = { "t2.art20_5.other_services.prior_items" = "17", "t2.art20_5.other_services.change" = "124", "t2.art20_5.other_services.decisions" = "141" }
finds = ["T2.DECISIONS_EQ_ITEMS@other_services"]
[[example]]
form = "fmt_2019"
set = { "t2.art20_6.penalty.prior_items" = "2", "t2.art20_6.penalty.decisions" = "2" }
finds = []
"#;
