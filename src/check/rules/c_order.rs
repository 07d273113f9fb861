//! C.ORDER: the parts that are there do not stand in the order of the form. Headings of the
//! organ's own between them do not matter.

use crate::check::context::{Context, Draft, Outcome, first_line};
use crate::check::rule::{On, Rule};
use crate::check::said::message;
use crate::check::{Fact, RuleId, Severity};
use crate::report::Section;
use crate::text::Name;

pub(super) const RULE: Rule = Rule {
    id: ID,
    severity: Severity::Warning,
    messages: &[Early::MESSAGE],
    on: On::Report(check),
    doc: DOC,
};

const ID: RuleId = RuleId::new(Name::of("C.ORDER"));

message! {
    /// A part before one that it should follow.
    Early { part, after }
    zh "“{part}”排在“{after}”之前，与规定的顺序不符"
    en "The part {part} stands before {after}, against the order of the form"
}

fn check(cx: &Context<'_>, out: &mut Outcome) {
    let Some(form) = cx.asked().filter(|f| f.fixed_parts) else {
        return;
    };
    let mut here: Vec<&Section> = cx.report.sections.iter().collect();
    here.sort_by_key(|s| s.span.start);
    // A part may be headed twice (problems and plans apart): the order holds when one heading
    // of each part can be chosen so that they follow one another.
    let mut from = 0;
    let mut before: Option<Name> = None;
    for part in &form.sections {
        let Some(last) = here.iter().rfind(|s| s.id == part.id) else {
            continue;
        };
        let name = Name::intern(&part.id);
        let next = here.iter().skip(from).position(|s| s.id == part.id);
        match (next, before) {
            (Some(after), _) => {
                from += after + 1;
                before = Some(name);
            }
            (None, Some(previous)) => {
                let said = Early {
                    part: Fact::Parts(form.id, vec![name]),
                    after: Fact::Parts(form.id, vec![previous]),
                };
                let mut draft = Draft::new(ID, Severity::Warning, said);
                draft.place = Some(first_line(&cx.document.text, last.span));
                out.drafts.push(draft);
                return;
            }
            (None, None) => {}
        }
    }
}

const DOC: &str = r#"
formula = "the parts that are there stand in the order s1 to s6"
forms = ["fmt_2019", "fmt_2021"]
zh.title = "各部分的顺序"
zh.what = "规定的部分按格式的顺序排列；机关自加的标题不影响。"
zh.why = "顺序统一，才能逐部分对照。"
zh.example = "“六、其他需要报告的事项”排在“五、存在的主要问题及改进情况”之前。"
zh.exceptions = "部分以下的小标题自由；问题和改进分两个标题的不算乱。"
zh.source = "《中华人民共和国政府信息公开条例》（国务院令第711号）第四十九、五十条；国办公开办函〔2019〕60号、〔2021〕30号。"
en.title = "Parts out of order"
en.what = "The parts of the form stand in its order; headings of the organ's own do not matter."
en.why = "Reports are compared part by part."
en.example = "Part six stands before part five."
en.exceptions = "Sub-headings are free; problems and improvements under two headings are no disorder."
en.source = "Regulation (State Council Order 711) arts. 49-50; 国办公开办函〔2019〕60号 and 〔2021〕30号."
[[example]]
form = "fmt_2021"
given = ["s2 first"]
finds = ["C.ORDER"]
[[example]]
form = "fmt_2021"
finds = []
"#;
