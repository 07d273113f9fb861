//! T4.AFTER_REVIEW: litigation after reconsideration in a year without any reconsideration. Last
//! year's report, where it is at hand, may explain it; this rule sees one report.

use crate::check::context::{Context, Draft, Outcome};
use crate::check::rule::{On, Rule};
use crate::check::said::message;
use crate::check::{Fact, RuleId, Severity};
use crate::form::Table;
use crate::text::Name;

pub(super) const RULE: Rule = Rule {
    id: ID,
    severity: Severity::Info,
    messages: &[NoReview::MESSAGE],
    on: On::Table("t4", check),
    doc: DOC,
};

const ID: RuleId = RuleId::new(Name::of("T4.AFTER_REVIEW"));

message! {
    /// No reconsideration in the same year.
    NoReview { after }
    zh "复议后起诉 {after} 件，而本年行政复议为 0；复议可能在往年"
    en "{after} cases of litigation after review, and no review this year; it may lie in an earlier year"
}

fn check(cx: &Context<'_>, _table: &'static Table, out: &mut Outcome) {
    let (Some(first), Some(second)) = (
        cx.id("t4.litigation.after_review.total"),
        cx.id("t4.review.total"),
    ) else {
        return;
    };
    let [after, review] = match cx.numbers([first, second]) {
        Ok(numbers) => numbers,
        Err(unknown) => return out.not_assessable(ID.as_str().to_owned(), unknown),
    };
    if after.is_zero() || !review.is_zero() {
        return;
    }
    let said = NoReview {
        after: Fact::Number(after),
    };
    out.drafts.push(Draft {
        cells: vec![first, second],
        formula: Fact::Text(format!("{after} > 0, {review} = 0")),
        ..Draft::new(ID, Severity::Info, said)
    });
}

const DOC: &str = r#"
formula = "t4.litigation.after_review.total > 0 => t4.review.total > 0"
forms = ["fmt_2019", "fmt_2021"]
zh.title = "有复议后起诉而没有复议"
zh.what = "复议后起诉不为 0，而本年行政复议总计为 0。"
zh.why = "复议后起诉以复议为前提，可能填错了栏。"
zh.example = "复议后起诉 1 件，行政复议 0 件。"
zh.exceptions = "复议在往年，或由别的机关统计。"
zh.source = "表四各栏的含义。"
en.title = "Litigation after review without any review"
en.what = "Litigation after review is not 0 while reconsideration is 0 this year."
en.why = "Such a suit needs a review before it; the figure may stand in the wrong column."
en.example = "1 case after review, 0 reviews."
en.exceptions = "The review lies in an earlier year, or was counted by another organ."
en.source = "The meaning of the columns of table 4."
[[example]]
form = "fmt_2021"
set = { "t4.litigation.after_review.upheld" = "1", "t4.litigation.after_review.total" = "1" }
finds = ["T4.AFTER_REVIEW"]
[[example]]
form = "fmt_2021"
set = { "t4.litigation.after_review.upheld" = "1", "t4.litigation.after_review.total" = "1", "t4.review.upheld" = "1", "t4.review.total" = "1" }
finds = []
"#;
