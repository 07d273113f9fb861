//! Titles of reports wherever they stand: organ, year and the words of a report, in any order.

use crate::text::{Folded, fold};

use super::{Votes, dates, organ};

/// Characters before the words of a title in which organ and year stand.
const REACH: usize = 50;
/// Bytes between titles that stand in one list.
const LIST_GAP: usize = 200;

/// A title, or what reads like one.
pub(super) struct Title {
    /// Where its words stand in the folded text.
    pub at: usize,
    organ: Option<String>,
    year: Option<u16>,
}

impl Title {
    pub(super) fn vote(self, weight: u32, organs: &mut Votes<String>, years: &mut Votes<u16>) {
        if let Some(organ) = self.organ {
            organs.add(organ, weight);
        }
        if let Some(year) = self.year {
            years.add(year, weight);
        }
    }
}

impl Title {
    /// Whether another year's title follows so closely that both stand in a list.
    pub(super) fn is_followed_by(&self, next: &Self) -> bool {
        next.at.saturating_sub(self.at) <= LIST_GAP
            && matches!((self.year, next.year), (Some(a), Some(b)) if a != b)
    }
}

/// The organ of which the text says first that it drew up the report.
pub(super) fn editor(text: &str) -> Option<String> {
    let (at, _) = [
        "编制本报告",
        "编制并公布本",
        "编制本年度报告",
        "编制了本报告",
    ]
    .iter()
    .filter_map(|w| text.match_indices(w).next())
    .min_by_key(|(at, _)| *at)?;
    let before = text.get(..at)?;
    let from = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphabetic() && !c.is_ascii())
        .last()
        .map(|(from, _)| from)?;
    let name = organ::cut_lead(before.get(from..)?);
    organ::is_name(name).then(|| name.to_owned())
}

/// All titles in a text, in its order.
pub(super) fn titles(original: &str) -> Vec<Title> {
    let folded = fold(original);
    let text = folded.text.as_str();
    text.match_indices("信息公开")
        .filter_map(|(at, words)| {
            let year_after = report_after(text.get(at + words.len()..)?)?;
            let before = text.get(..at)?;
            let end = before.strip_suffix("政府").map_or(before.len(), str::len);
            let (organ, year) = read_back(original, &folded, end);
            let year = year.or(year_after);
            (organ.is_some() || year.is_some()).then_some(Title { at, organ, year })
        })
        .collect()
}

/// Whether the words of a report follow; the year that stands between, if one does.
fn report_after(mut rest: &str) -> Option<Option<u16>> {
    let mut year = None;
    for _ in 0..4 {
        for word in ["工作", "情况", "的"] {
            rest = rest.strip_prefix(word).unwrap_or(rest);
        }
        if let Some((found, bytes)) = dates::year_at(rest) {
            year = Some(found);
            rest = rest.get(bytes..)?;
        }
        rest = rest
            .strip_prefix("年年")
            .map_or(rest, |_| rest.get("年".len()..).unwrap_or(""));
    }
    [
        "年度报告",
        "年度工作报告",
        "年报",
        "报告",
        "年度总结",
        "总结",
        "年度情况报告",
        "年工作报告",
    ]
    .iter()
    .any(|w| rest.starts_with(w))
    .then_some(year)
}

/// Organ and year in front of the words, read piece by piece (blanks and line ends part them)
/// until an organ is found.
fn read_back(original: &str, folded: &Folded, end: usize) -> (Option<String>, Option<u16>) {
    let text = folded.text.as_str();
    let mut from = end;
    let mut pieces: Vec<(usize, usize)> = Vec::new();
    let mut piece_end = end;
    for (at, c) in text
        .get(..end)
        .unwrap_or("")
        .char_indices()
        .rev()
        .take(REACH)
    {
        let stops = !(c.is_alphabetic() || c.is_ascii_digit()) || c.is_ascii_alphabetic();
        if stops && !matches!(c, '"' | '(' | ')') {
            break;
        }
        from = at;
        let here = folded.original(at, at + c.len_utf8()).start;
        let parted = original
            .get(..here)
            .and_then(|t| t.chars().next_back())
            .is_none_or(char::is_whitespace);
        if parted {
            pieces.push((at, piece_end));
            piece_end = at;
        }
    }
    if from < piece_end {
        pieces.push((from, piece_end));
    }
    let mut whole = String::new();
    let mut year = None;
    for (start, stop) in pieces {
        whole.insert_str(0, text.get(start..stop).unwrap_or(""));
        year = year.or_else(|| last_year(&whole));
        let name = without_year(&whole);
        let name = organ::cut_lead(&name);
        // A year parted from its 年 by a blank is not read yet.
        if name.starts_with('年') {
            continue;
        }
        if organ::is_name(name) {
            return (Some(organ::in_full(name)), year);
        }
    }
    (None, year)
}

fn last_year(text: &str) -> Option<u16> {
    dates::years(text).last().map(|(_, year)| year)
}

/// The text without its year and the words that go with it.
fn without_year(text: &str) -> String {
    let Some((at, _)) = dates::years(text).last() else {
        return text.to_owned();
    };
    let rest = text.get(at..).unwrap_or("");
    let bytes = dates::year_at(rest).map_or(0, |(_, bytes)| bytes);
    let after = rest.get(bytes..).unwrap_or("");
    let after = after.strip_prefix('年').unwrap_or(after);
    let after = after.strip_prefix('度').unwrap_or(after);
    let after = after.strip_suffix("政府").unwrap_or(after);
    if after.is_empty() {
        text.get(..at).unwrap_or("").to_owned()
    } else {
        after.to_owned()
    }
}
