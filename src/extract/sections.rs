//! The parts of a report as its headings divide it.
//!
//! A heading is sought in the whole text, not among lines only: scrapers glue a report into one
//! line, and page breaks cut headings in two. In running text an ordinal and the words of a
//! statutory heading must stand together; the organ's own headings need a line of their own.

mod candidate;
mod named;
mod page;

use std::collections::HashMap;

use super::prepared::Prepared;
use crate::report::Section;
use crate::text::Span;

use candidate::{Candidate, Ordinal};
use page::Page;

/// Finds the headings, any ordinal, all variants, and cuts the text at them.
pub fn sections(prepared: &Prepared<'_>) -> Vec<Section> {
    let folded = prepared.linear();
    let text = &prepared.document.text;
    let page = Page::new(prepared);
    let mut found = page.candidates();
    choose(&mut found);
    drop_contents_list(&mut found, &folded.text);
    prepared.budget.count(found.len() + folded.text.len());
    let mut own = 0usize;
    let mut out: Vec<Section> = Vec::new();
    for (index, one) in found.iter().enumerate() {
        let heading = folded.original(one.start, one.end);
        let end = found.get(index + 1).map_or(text.len(), |next| {
            folded.original(next.start, next.end).start
        });
        let id = match &one.part {
            Some(part) => part.id.to_owned(),
            None => {
                own += 1;
                format!("x{own}")
            }
        };
        let printed = heading.of(text);
        out.push(Section {
            id,
            heading: one_line(printed),
            span: Span::new(heading.start, end),
        });
    }
    out
}

/// The heading without line breaks and marks of Markdown.
fn one_line(printed: &str) -> String {
    let joined: String = printed
        .split(['\n', '\r'])
        .map(str::trim)
        .collect::<Vec<_>>()
        .concat();
    joined
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '#' | '_'))
        .to_owned()
}

/// A list of contents names the parts before they come: nothing stands between its entries.
fn drop_contents_list(found: &mut Vec<Candidate>, text: &str) {
    let mut last: HashMap<&str, usize> = HashMap::new();
    for (index, one) in found.iter().enumerate() {
        if let Some(part) = &one.part {
            last.insert(part.id, index);
        }
    }
    let mut run = 0usize;
    let keep: Vec<bool> = found
        .iter()
        .enumerate()
        .map(|(index, one)| {
            let later = one
                .part
                .as_ref()
                .is_some_and(|p| last.get(p.id).is_some_and(|&l| l > index));
            let next = found.get(index + 1).map_or(text.len(), |c| c.start);
            let bare = || {
                text.get(one.end..next)
                    .is_some_and(|between| between.chars().all(is_filler))
            };
            let listed = later && (run >= 2 || bare());
            run = if listed { run + 1 } else { 0 };
            !listed
        })
        .collect();
    let mut keep = keep.into_iter();
    found.retain(|_| keep.next().unwrap_or(true));
}

/// What stands between the entries of a list of contents: leaders and page numbers.
fn is_filler(c: char) -> bool {
    !c.is_alphabetic() || matches!(c, '和' | '及' | '与')
}

/// Lower numbering counts only where a report numbers its parts so; a heading without any ordinal
/// only for a part that no other heading names.
fn choose(found: &mut Vec<Candidate>) {
    let mut plain: Vec<&str> = found
        .iter()
        .filter(|c| c.ordinal == Ordinal::Chinese)
        .filter_map(|c| c.part.as_ref().map(|p| p.id))
        .collect();
    plain.sort_unstable();
    plain.dedup();
    let few = plain.len() < 2;
    let seen: Vec<String> = plain.into_iter().map(str::to_owned).collect();
    found.retain(|c| match (&c.part, c.ordinal) {
        (_, Ordinal::Chinese) => true,
        (Some(part), Ordinal::Lower) => few && !seen.iter().any(|id| id == part.id),
        (Some(part), Ordinal::None) => !seen.iter().any(|id| id == part.id) && part.full,
        (None, Ordinal::Lower | Ordinal::None) => false,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, Format};

    fn ids(text: &str) -> Vec<String> {
        let document = Document {
            text: text.to_owned(),
            blocks: Vec::new(),
            head: Vec::new(),
            format: Format::Text,
            encoding: "UTF-8".to_owned(),
            notes: Vec::new(),
            marks: Vec::new(),
        };
        sections(&Prepared::new(crate::form::tests::forms(), &document))
            .into_iter()
            .map(|s| format!("{} {}", s.id, s.heading))
            .collect()
    }

    #[test]
    fn glued_text_and_a_stray_character() {
        let found = ids(
            "本报告由总体情况、主动公开政府信息情况等部分组成。一、总体情况2022年，我区平稳。 二 主动公开政府信息情况 第二十条 规章 0 0 三、本年度办理结果 0 四、政府信息公开行政法复议、行政诉讼情况 行政复议",
        );
        assert_eq!(
            found,
            [
                "s1 一、总体情况",
                "s2 二 主动公开政府信息情况",
                "s4 四、政府信息公开行政法复议、行政诉讼情况"
            ]
        );
    }

    #[test]
    fn a_heading_broken_by_a_page_and_one_of_the_organ() {
        let found = ids(
            "一、落实重点任务\n正文。\n四、因政府信息公开工作被申请行政复议、提起\n行政诉讼情况\n正文。\n**六、其他需要报告的事项**\n无。",
        );
        assert_eq!(
            found,
            [
                "x1 一、落实重点任务",
                "s4 四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
                "s6 六、其他需要报告的事项"
            ]
        );
    }

    #[test]
    fn a_list_of_contents_is_not_the_report() {
        let found = ids(
            "目录\n一、总体情况…1\n二、主动公开政府信息情况…2\n六、其他需要报告的事项…9\n前言文字。\n一、总体情况\n甲。\n二、主动公开政府信息情况\n乙。\n六、其他需要报告的事项\n无。",
        );
        assert_eq!(found.len(), 3);
    }
}
