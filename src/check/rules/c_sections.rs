//! C.SECTIONS: one of the fixed parts is not there.

use crate::check::context::{Context, Draft, Outcome, first_line};
use crate::check::rule::{On, Rule};
use crate::check::said::message;
use crate::check::{Fact, RuleId, Severity};
use crate::text::Name;

pub(super) const RULE: Rule = Rule {
    id: ID,
    severity: Severity::Error,
    messages: &[Missing::MESSAGE, HeadingLost::MESSAGE],
    on: On::Report(check),
    doc: DOC,
};

const ID: RuleId = RuleId::new(Name::of("C.SECTIONS"));

message! {
    /// Parts are not there.
    Missing { parts }
    zh "缺少规定的部分：{parts}"
    en "Required parts are missing: {parts}"
}

message! {
    /// Text of part one without its heading.
    HeadingLost { parts }
    zh "正文从第一部分中间开始，标题缺失：{parts}"
    en "The text starts in the middle of part one, whose heading is lost: {parts}"
}

/// That much text before the first heading is no preamble: the heading of part one was lost.
const PREAMBLE_CHARS: usize = 400;

fn check(cx: &Context<'_>, out: &mut Outcome) {
    let Some(form) = cx.asked().filter(|f| f.fixed_parts) else {
        return;
    };
    let mut missing: Vec<Name> = Vec::new();
    let mut only_first = true;
    for (index, part) in form.sections.iter().enumerate() {
        let headed = cx.report.sections.iter().any(|s| s.id == part.id);
        // A part whose table stands is there, though its heading may have been lost.
        let table = form.tables.iter().find(|t| t.section == part.id);
        if headed || table.is_some_and(|t| cx.has_table(&t.id)) {
            continue;
        }
        only_first &= index == 0;
        missing.push(Name::intern(&part.id));
    }
    if missing.is_empty() {
        return;
    }
    let start = cx.report.sections.iter().map(|s| s.span.start).min();
    let before = start
        .and_then(|at| cx.document.text.get(..at))
        .map_or(0, |t| t.chars().filter(|c| !c.is_whitespace()).count());
    let parts = Fact::Parts(form.id, missing);
    let mut draft = if only_first && before > PREAMBLE_CHARS {
        Draft::new(ID, Severity::Warning, HeadingLost { parts })
    } else {
        Draft::new(ID, Severity::Error, Missing { parts })
    };
    let first = cx.report.sections.first();
    draft.place = first.map(|s| first_line(&cx.document.text, s.span));
    out.drafts.push(draft);
}

const DOC: &str = r#"
formula = "sections s1 to s6 are present"
forms = ["fmt_2019", "fmt_2021"]
zh.title = "缺少规定的部分"
zh.what = "总体情况、主动公开、收到和处理申请、复议诉讼、问题及改进、其他事项六个部分都在。"
zh.why = "六个部分由条例和格式规定，不能删减。"
zh.example = "没有“六、其他需要报告的事项”。"
zh.exceptions = "标题丢失而表还在的部分算在；正文从第一部分中间开始的（转换丢了标题）降为警告。2018 年及以前标题自拟，不查。"
zh.source = "《中华人民共和国政府信息公开条例》（国务院令第711号）第四十九、五十条；国办公开办函〔2019〕60号、〔2021〕30号。"
en.title = "Required parts missing"
en.what = "The six parts are there: overview, own initiative, requests, reconsideration and litigation, problems, other matters."
en.why = "The Regulation and the form prescribe them; none may be left out."
en.example = "There is no part 六、其他需要报告的事项."
en.exceptions = "A part whose heading is lost but whose table stands is there; a text that starts in the middle of part one (the heading lost in conversion) is a warning. Headings were free up to 2018 and are not checked."
en.source = "Regulation (State Council Order 711) arts. 49-50; 国办公开办函〔2019〕60号 and 〔2021〕30号."
[[example]]
form = "fmt_2021"
given = ["no s6"]
finds = ["C.SECTIONS"]
[[example]]
form = "fmt_2021"
given = ["no s3"]
finds = []
"#;
