//! Who publishes the report, for which year, and when.
//!
//! Each place that names the organ or the year votes with a weight: titles most, sentences in
//! which the report speaks of itself less. One slip does not outvote the title, and a list of
//! other years' titles at the foot of a page does not outvote the first.

mod dates;
mod organ;
mod titles;

use jiff::civil::Date;

use crate::document::Document;
use crate::report::{Kind, Level, Script};
use crate::text::{fold, is_traditional};

/// Characters from the end in which a signature stands.
const FOOT_CHARS: usize = 400;

/// Who and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Identity {
    /// The authority, in simplified script, such as 白山市人民政府.
    pub organ: Option<String>,
    /// Its level.
    pub level: Option<Level>,
    /// Its kind.
    pub kind: Option<Kind>,
    /// The year reported on.
    pub year: Option<u16>,
    /// Date of publication.
    pub published: Option<Date>,
    /// Date under the signature.
    pub signed: Option<Date>,
    /// Script of the text.
    pub script: Script,
}

/// Votes for values, in the order in which they came.
struct Votes<T>(Vec<(T, u32)>);

impl<T: PartialEq> Votes<T> {
    fn add(&mut self, value: T, weight: u32) {
        match self.0.iter_mut().find(|(v, _)| *v == value) {
            Some((_, w)) => *w += weight,
            None => self.0.push((value, weight)),
        }
    }

    /// The heaviest; the first of equals.
    fn best(self) -> Option<T> {
        self.0
            .into_iter()
            .rev()
            .max_by_key(|(_, w)| *w)
            .map(|(v, _)| v)
    }
}

/// Tells who and when from title, head, body and signature.
pub fn identify(document: &Document) -> Identity {
    let folded = fold(&document.text);
    let text = folded.text.as_str();
    let mut organs = Votes(Vec::new());
    let mut years = Votes(Vec::new());
    for (name, value) in &document.head {
        let name = name.to_ascii_lowercase();
        if name.contains("title") {
            let weight = if name == "title" { 8 } else { 10 };
            for title in titles::titles(value).into_iter().take(1) {
                title.vote(weight, &mut organs, &mut years);
            }
        }
    }
    vote_titles(titles::titles(&document.text), &mut organs, &mut years);
    if let Some(editor) = titles::editor(text) {
        organs.add(organ::in_full(organ::principal(&editor)), 7);
    }
    let signature = signature(document);
    if let Some(name) = signature.as_ref().and_then(|s| s.1.as_deref()) {
        organs.add(organ::in_full(organ::principal(name)), 4);
    }
    let signed = signature.map(|s| s.0);
    let published = published(document);
    own_years(text, &mut years);
    for date in [published, signed].into_iter().flatten() {
        if let Ok(year) = u16::try_from(date.year() - 1) {
            years.add(year, 1);
        }
    }
    let organ = organs
        .best()
        .or_else(|| organ::own_place(text).map(|p| organ::in_full(&p)));
    Identity {
        level: organ.as_deref().and_then(|o| organ::level(o, text)),
        kind: organ.as_deref().map(organ::kind),
        organ,
        year: years.best().filter(|y| dates::YEARS.contains(y)),
        published,
        signed,
        script: if is_traditional(&document.text) {
            Script::Hant
        } else {
            Script::Hans
        },
    }
}

/// The first title weighs most. A list of the site's reports has titles of other years close upon
/// one another; the page's own may follow as closely, so the first title after a list's last entry
/// weighs as much as that entry.
fn vote_titles(titles: Vec<titles::Title>, organs: &mut Votes<String>, years: &mut Votes<u16>) {
    let listed: Vec<bool> = titles
        .iter()
        .zip(titles.iter().skip(1))
        .map(|(one, next)| one.is_followed_by(next))
        .chain([false])
        .collect();
    let mut firsts = 0;
    let mut after_list = false;
    for (title, listed) in titles.into_iter().zip(listed) {
        let weight = if listed {
            after_list = true;
            1
        } else if firsts == 0 || firsts == 1 && after_list {
            firsts += 1;
            10
        } else {
            2
        };
        title.vote(weight, organs, years);
    }
}

/// Years in sentences that speak of the report's own period.
fn own_years(text: &str, years: &mut Votes<u16>) {
    let mut opening = 0;
    for (at, year) in dates::years(text) {
        let rest = text.get(at..).unwrap_or("");
        let after: String = rest.chars().skip(4).take(6).collect();
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        if after.starts_with("年1月1日") && before == Some('自') {
            years.add(year, 4);
        } else if (after.starts_with("年,") || after.starts_with("年度,")) && opening < 4 {
            years.add(year, 1);
            opening += 1;
        }
    }
}

/// The date of publication that the page's head or the lines at its top tell.
fn published(document: &Document) -> Option<Date> {
    let head = document.head.iter().find_map(|(name, value)| {
        let name = name.to_ascii_lowercase();
        (name.contains("pubdate") || name.contains("publishdate") || name.contains("published"))
            .then(|| dates::first_date(&fold(value).text))
            .flatten()
    });
    head.or_else(|| {
        let text = fold(&document.text).text;
        let labels = [
            "发布日期",
            "发布时间",
            "公开日期",
            "发文日期",
            "成文日期",
            "日期",
            "时间",
        ];
        labels.iter().find_map(|label| {
            text.match_indices(label).find_map(|(at, _)| {
                let before = text.get(..at).unwrap_or("");
                if before.ends_with("采集") || before.ends_with("生成") {
                    return None;
                }
                let rest = text.get(at + label.len()..)?;
                dates::date_at(rest.trim_start_matches([':', ']', '"']))
            })
        })
    })
}

/// The last date at the foot of the text, and the organ in the line above it.
fn signature(document: &Document) -> Option<(Date, Option<String>)> {
    let text = document.text.as_str();
    let from = text
        .char_indices()
        .rev()
        .nth(FOOT_CHARS)
        .map_or(0, |(at, _)| at);
    let lines: Vec<String> = text
        .get(from..)?
        .lines()
        .map(|l| fold(l).text)
        .filter(|l| !l.is_empty())
        .collect();
    let (index, at, date) = lines.iter().enumerate().rev().find_map(|(index, line)| {
        let (at, date) = dates::last_date(line)?;
        let ends = line.chars().count() <= 40 && line.contains('日');
        ends.then_some((index, at, date))
    })?;
    let here = lines.get(index).and_then(|l| l.get(..at)).unwrap_or("");
    let above = index.checked_sub(1).and_then(|i| lines.get(i));
    let name = [Some(here), above.map(String::as_str)]
        .into_iter()
        .flatten()
        .map(organ::cut_lead)
        .find(|n| organ::is_name(n))
        .map(str::to_owned);
    Some((date, name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;

    fn read(text: &str) -> Identity {
        identify(&Document {
            text: text.to_owned(),
            blocks: Vec::new(),
            head: Vec::new(),
            format: Format::Text,
            encoding: "UTF-8".to_owned(),
            notes: Vec::new(),
        })
    }

    #[test]
    fn the_title_outvotes_a_slip_in_the_text() {
        let id = read(
            "云溪市人民政府\n2022年政府信息公开工作年度报告\n2021年，我市认真贯彻《条例》。\n云溪市人民政府办公室\n2023年1月9日",
        );
        assert_eq!(id.organ.as_deref(), Some("云溪市人民政府"));
        assert_eq!(id.year, Some(2022));
        assert_eq!(id.signed, Date::new(2023, 1, 9).ok());
        assert_eq!(id.level, Some(Level::PrefectureCity));
    }

    #[test]
    fn years_in_chinese_numerals_and_dates_in_the_head() {
        let id = read(
            "二〇二三年青岚县教育局政府信息公开年度报告\n发布日期：2024-01-05 10:20\n青岚县教育局\n二○二四年一月四日",
        );
        assert_eq!(id.organ.as_deref(), Some("青岚县教育局"));
        assert_eq!(
            (id.year, id.kind, id.level),
            (Some(2023), Some(Kind::Department), Some(Level::County))
        );
        assert_eq!(id.published, Date::new(2024, 1, 5).ok());
        assert_eq!(id.signed, Date::new(2024, 1, 4).ok());
    }

    #[test]
    fn a_list_of_other_years_does_not_count() {
        let list = "东湖区2019年政府信息公开工作年度报告\n2020-02-10\n东湖区2018年政府信息公开工作年度报告\n2019-03-26\n";
        let id = read(&format!(
            "{list}东湖区人民政府2021年政府信息公开工作年度报告\n统计期限自2021年1月1日起至12月31日。"
        ));
        assert_eq!(id.year, Some(2021));
    }
}
