//! T2.RULES_COMPETENCE: an organ without the power to make 规章 reports some.

use crate::check::context::{Context, Draft, Outcome};
use crate::check::rule::{On, Rule};
use crate::check::said::message;
use crate::check::{Fact, RuleId, Severity};
use crate::form::Table;
use crate::report::{CellId, Kind, Level};
use crate::text::Name;

pub(super) const RULE: Rule = Rule {
    id: ID,
    severity: Severity::Warning,
    messages: &[Reported::MESSAGE],
    on: On::Table("t2", check),
    doc: DOC,
};

const ID: RuleId = RuleId::new(Name::of("T2.RULES_COMPETENCE"));

message! {
    /// Figures of rules beside an organ that cannot make them.
    Reported { figures }
    zh "没有规章制定权的机关填了规章：{figures}"
    en "An organ without the power to make government rules reports some: {figures}"
}

fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    if has_power(cx.report.level, cx.report.kind) {
        return;
    }
    let of_rules = |cell: &CellId| cx.schema.key(*cell).starts_with("t2.art20_1.rules.");
    let cells: Vec<CellId> = cx.schema.ids_of(table).filter(of_rules).collect();
    let figure = |cell: &CellId| {
        let number = cx.number(*cell).filter(|n| !n.is_zero())?;
        Some((*cell, number.normalize()))
    };
    let figures: Vec<_> = cells.iter().filter_map(figure).collect();
    if figures.is_empty() {
        if let Some(unknown) = cx.unknown(&cells) {
            out.not_assessable(ID.as_str().to_owned(), unknown);
        }
        return;
    }
    let said = Reported {
        figures: Fact::Figures(figures.clone()),
    };
    out.drafts.push(Draft {
        cells,
        formula: Fact::Figures(figures),
        ..Draft::new(ID, Severity::Warning, said)
    });
}

/// 立法法: the State Council's departments, provinces, cities with districts and autonomous
/// prefectures. An organ whose level is not known is not accused.
fn has_power(level: Option<Level>, kind: Option<Kind>) -> bool {
    match level {
        Some(Level::County | Level::Township) => false,
        Some(Level::Province | Level::PrefectureCity) => kind != Some(Kind::Department),
        Some(Level::National) | None => true,
    }
}

const DOC: &str = r#"
formula = "level in (county, township) or kind = department of a local government => t2.art20_1.rules.* = 0 or empty"
forms = ["fmt_2019", "fmt_2021"]
zh.title = "没有规章制定权的机关填了规章"
zh.what = "县、乡两级机关和地方政府部门的“规章”各格应为 0、“/”或空白。"
zh.why = "规章由国务院部门和省、设区的市、自治州的政府制定；其他机关填在这里的多半是规范性文件。"
zh.example = "某县人民政府：规章现行有效 3 件。"
zh.exceptions = "国务院部门、省、设区的市、自治州；涵盖全市的报告计入市的规章。级别没有识别出来的机关不查。"
zh.source = "《中华人民共和国立法法》（2015）第八十、八十二条。"
en.title = "Government rules from an organ that cannot make any"
en.what = "County and township organs and departments of local governments leave the cells for government rules (规章) at 0, “/” or empty."
en.why = "Such rules are made by State Council departments and by governments of provinces, cities with districts and autonomous prefectures; what others enter here is mostly normative documents."
en.example = "A county government reports 3 valid government rules."
en.exceptions = "State Council departments, provinces, cities with districts, autonomous prefectures; a report on a whole city counts the city's rules. An organ whose level was not recognised is not checked."
en.source = "Legislation Law (2015) arts. 80, 82."
[[example]]
form = "fmt_2021"
set = { "t2.art20_1.rules.made" = "1", "t2.art20_1.rules.valid" = "1" }
given = ["level county"]
finds = ["T2.RULES_COMPETENCE"]
[[example]]
form = "fmt_2021"
set = { "t2.art20_1.rules.made" = "1", "t2.art20_1.rules.valid" = "1" }
given = ["level prefecture_city"]
finds = []
"#;
