//! V.TEXT: a cell that holds text where the form asks for a figure.

use crate::check::context::{Context, Draft, Outcome};
use crate::check::rule::{On, Rule};
use crate::check::said::message;
use crate::check::{Fact, RuleId, Severity};
use crate::form::Table;
use crate::report::Status;
use crate::text::Name;

pub(super) const RULE: Rule = Rule {
    id: ID,
    severity: Severity::Warning,
    messages: &[Words::MESSAGE],
    on: On::EachTable(check),
    doc: DOC,
};

const ID: RuleId = RuleId::new(Name::of("V.TEXT"));

message! {
    /// Words instead of a figure.
    Words { cell, text }
    zh "{cell} 应填数字，这里写的是“{text}”"
    en "{cell} should hold a figure and holds “{text}”"
}

/// A cell's text is shown up to this many characters.
const SHOWN: usize = 24;

fn check(cx: &Context<'_>, table: &'static Table, out: &mut Outcome) {
    for cell in cx.schema.ids_of(table) {
        if cx.status(cell) != Status::Unreadable {
            continue;
        }
        let raw = cx.field(cell).and_then(|f| f.raw.as_deref()).unwrap_or("");
        let text: String = raw.split_whitespace().collect();
        let shown: String = text.chars().take(SHOWN).collect();
        // 详见附件 points to a figure elsewhere: an omission, not a slip of the pen.
        let severity = if text.contains("附件") || text.contains("附表") {
            Severity::Info
        } else {
            Severity::Warning
        };
        let said = Words {
            cell: Fact::Cell(cell),
            text: Fact::Text(shown.clone()),
        };
        out.drafts.push(Draft {
            instance: cx.schema.key(cell).to_owned(),
            cells: vec![cell],
            formula: Fact::Text(shown),
            ..Draft::new(ID, severity, said)
        });
    }
}

const DOC: &str = r#"
formula = "every cell is a figure, empty, /, -, — or 无"
zh.title = "应填数字的格里是文字"
zh.what = "格内应为数字、空白、“/”、“-”、“—”或“无”。"
zh.why = "文字不能汇总，往往是漏填或填错了格。"
zh.example = "总计一格写“五十”。"
zh.exceptions = "“详见附件”一类的降为提示。"
zh.source = "各格式的单位和填报要求。"
en.title = "Text where a figure is due"
en.what = "A cell holds a figure, or is empty, /, -, — or 无."
en.why = "Text cannot be added up, and often means that a figure was left out or stands in the wrong cell."
en.example = "The total says 五十."
en.exceptions = "详见附件 (see annex) and the like are only worth knowing."
en.source = "Units and instructions of the forms."
[[example]]
form = "fmt_2021"
given = ["text t4.review.upheld 若干"]
finds = ["V.TEXT@t4.review.upheld"]
[[example]]
form = "fmt_2021"
finds = []
"#;
