//! Titles: organ, year, 政府信息公开工作年度报告, in any order and over two lines.

use super::phrases::SUBJECTS;
use super::piece::Piece;
use super::years::year_before;
use crate::document::Document;
use crate::text::fold;

/// A line that may be the report's title.
#[derive(Debug, Clone, PartialEq)]
pub struct Title {
    /// What stands for the organ, if anything.
    pub organ: Option<String>,
    /// The year in it.
    pub year: Option<u16>,
    /// How much it counts.
    pub weight: i32,
    /// How much its organ counts: less where it was taken from a line beside.
    pub organ_weight: i32,
}

const LONGEST: usize = 60;

/// All candidates, with their weights.
pub fn titles(document: &Document, pieces: &[Piece<'_>]) -> Vec<Title> {
    let mut out = Vec::new();
    for (key, value) in &document.head {
        let weight = match key.to_ascii_lowercase().as_str() {
            "articletitle" | "og:title" | "title:article" => 110,
            "title" => 70,
            _ => continue,
        };
        // The site's name stands behind the title: 年度报告_黛州县人民政府网站.
        let folded = fold(value).text;
        out.extend(
            folded
                .split(['_', '|'])
                .flat_map(|s| s.split("--"))
                .find_map(|s| {
                    parse(
                        s.split("报告-").next().map_or(s, |t| {
                            if s.contains("报告-") {
                                s.get(..t.len() + "报告".len()).unwrap_or(s)
                            } else {
                                s
                            }
                        }),
                        weight,
                    )
                }),
        );
    }
    let mut first = true;
    for (i, piece) in pieces.iter().enumerate().take(600) {
        let own = piece.about.then(|| parse(piece.text, 100)).flatten();
        let broken = || wrapped(piece, pieces.get(i + 1)?);
        let Some(mut title) = own.or_else(broken) else {
            continue;
        };
        let next = pieces.get(i + 1).map_or("", |p| p.text);
        let beside = title.organ.is_none();
        if beside {
            title.organ = beside_title(pieces, i);
        }
        let dated = piece
            .text
            .rfind("报告")
            .and_then(|at| piece.text.get(at..))
            .is_some_and(|rest| super::date::first(rest).is_some());
        let listed = dated
            || piece.text.contains("](")
            || super::date::first(next).is_some_and(|d| d.1 == 0)
            || piece.text.starts_with(['上', '下']) && piece.text.contains("篇:");
        let cited = piece.text.contains(['"']) || piece.text.starts_with("附件");
        title.weight = match (piece.heading, listed, cited) {
            (true, false, _) => 130,
            (_, true, _) => 4,
            (_, _, true) => 10,
            _ if first => 100,
            _ => 30,
        };
        title.organ_weight = if beside {
            title.weight / 2
        } else {
            title.weight
        };
        first &= listed || cited;
        out.push(title);
    }
    if !out.iter().any(|t| t.weight >= 30 && t.year.is_some()) {
        out.extend(inside(pieces));
    }
    out
}

/// An organ's name on the line before a title that names none, or on one of the two after.
fn beside_title(pieces: &[Piece<'_>], i: usize) -> Option<String> {
    let before = i.checked_sub(1).and_then(|b| pieces.get(b));
    let after = pieces.get(i + 1..(i + 3).min(pieces.len())).unwrap_or(&[]);
    let lines = before.into_iter().chain(after);
    lines
        .map(|p| p.text)
        .find(|t| is_organ(t))
        .map(str::to_owned)
}

/// A title that a converter broke over two lines.
fn wrapped(piece: &Piece<'_>, next: &Piece<'_>) -> Option<Title> {
    if !piece.about && !next.about && !is_broken_subject(piece.text, next.text) {
        return None;
    }
    let (text, next) = (piece.text, next.text);
    let short = text.chars().count() <= 45 && next.chars().count() <= 45;
    let begun = text.contains('年') || text.contains("信息");
    if !short || !begun || text.ends_with(['。', ';', ':', ',']) || parse(next, 0).is_some() {
        return None;
    }
    parse(&format!("{text}{next}"), 100)
}

/// Whether a line break stands inside of what the title is about.
fn is_broken_subject(before: &str, after: &str) -> bool {
    SUBJECTS.iter().any(|subject| {
        let mut cuts = subject.char_indices().skip(1);
        cuts.any(|(at, _)| {
            let (left, right) = subject.split_at(at);
            before.ends_with(left) && after.starts_with(right)
        })
    })
}

/// Titles inside long lines, as a page without line breaks has them.
fn inside(pieces: &[Piece<'_>]) -> Vec<Title> {
    let mut out = Vec::new();
    for piece in pieces.iter().take(30) {
        for (at, _) in piece.text.match_indices("年度报告") {
            let start = piece.text.get(..at).map_or(0, |before| {
                before
                    .char_indices()
                    .rev()
                    .take(34)
                    .last()
                    .map_or(0, |(i, _)| i)
            });
            let window = piece.text.get(start..at + "年度报告".len()).unwrap_or("");
            let window = window
                .rsplit(['。', ':', '>', '"', ';', ',', '、', '|'])
                .next()
                .unwrap_or(window);
            let window = ["现公布", "现发布", "现将", "公布", "发布"]
                .into_iter()
                .find_map(|w| window.strip_prefix(w))
                .unwrap_or(window);
            out.extend(parse(window, 30));
        }
        if !out.is_empty() {
            break;
        }
    }
    out.truncate(3);
    out
}

/// Reads a folded line as a title.
pub fn parse(line: &str, weight: i32) -> Option<Title> {
    // Most lines have no subject, which all end so.
    if !line.contains("公开") {
        return None;
    }
    if line.ends_with(['。', ';', ','])
        || ["按照", "根据", "依据"].iter().any(|w| line.starts_with(w))
    {
        return None;
    }
    let line = line.trim_matches(|c: char| !c.is_alphanumeric() && c != '(' && c != ')');
    // Marks of a markup language before the words; a year may stand first.
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '〇';
    let line = line.trim_start_matches(|c: char| !han(c) && c != '2');
    // A path through the site: 首页>政务公开>年报.
    if line.contains('>') {
        return None;
    }
    if line.chars().count() > LONGEST || line.ends_with('。') {
        return None;
    }
    let subject = ["政府信息公开", "政务信息公开", "信息公开", "政务公开"]
        .into_iter()
        .find_map(|s| line.find(s))?;
    let rest = line.get(subject..)?;
    // A document that is cited: the notice that made the form.
    if line.contains("国务院办公厅") || line.contains("印发") || line.contains("格式") {
        return None;
    }
    let report = [
        "年度报告",
        "年报",
        "年度工作报告",
        "工作报告",
        "情况报告",
        "情况的报告",
        "情况年度报告",
        "年度报",
    ]
    .iter()
    .any(|r| rest.contains(r));
    if !report || line.contains(['。', ';']) {
        return None;
    }
    let before = line.get(..subject)?;
    let year = years_with_place(line).into_iter().next();
    let mut organ = before.to_owned();
    if let Some((_, from, to)) = year.filter(|y| y.1 < subject) {
        organ.replace_range(from..to.min(organ.len()), "");
    }
    // 人民政府信息公开: the office's last word begins the subject.
    if organ.ends_with("人民") {
        organ.push_str("政府");
    }
    for word in [
        "标题:",
        "题目:",
        "关于",
        "名称:",
        "信息名称:",
        "当前位置:",
        "正文",
        "关于印发",
        "本年度",
        "年度",
    ] {
        if let Some(at) = organ
            .rfind(word)
            .filter(|at| *at == 0 || word.ends_with(':'))
        {
            organ = organ.get(at + word.len()..).unwrap_or("").to_owned();
        }
    }
    // What runs into it from before: the end of another title, an announcement.
    for word in ["报告", "现将", "公布", "发布", "报送", "印发"] {
        if let Some(at) = organ.find(word).filter(|at| organ.len() > at + word.len()) {
            organ = organ.get(at + word.len()..).unwrap_or("").to_owned();
        }
    }
    let organ = organ.split("关于").next().unwrap_or("");
    let organ = organ
        .trim_matches(|c: char| !c.is_alphanumeric())
        .trim_start_matches(['年', '度'])
        .trim_end_matches("关于")
        .trim_end_matches(['的', '度'])
        .to_owned();
    Some(Title {
        organ: Some(organ).filter(|o| o.chars().count() >= 2),
        year: year.map(|y| y.0),
        weight,
        organ_weight: weight,
    })
}

/// Years with the place of `2019年度` in the line.
fn years_with_place(line: &str) -> Vec<(u16, usize, usize)> {
    line.match_indices('年')
        .filter_map(|(at, _)| {
            let year = year_before(line, at)?;
            let from = line.get(..at)?.char_indices().rev().nth(3)?.0;
            let mut to = at + '年'.len_utf8();
            if line.get(to..)?.starts_with('度') {
                to += '度'.len_utf8();
            }
            Some((year, from, to))
        })
        .collect()
}

/// Whether a line is nothing but the name of an organ.
pub fn is_organ(line: &str) -> bool {
    let length = line.chars().count();
    (4..=30).contains(&length)
        && line
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '(' | ')' | '、'))
        && [
            "政府",
            "局",
            "委员会",
            "办公室",
            "办事处",
            "厅",
            "管委会",
            "委",
            "中心",
            "院",
            "署",
            "部",
        ]
        .iter()
        .any(|s| line.ends_with(s))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organ_and_year_in_any_order() {
        for (line, organ, year) in [
            (
                "云溪市人民政府2022年政府信息公开工作年度报告",
                Some("云溪市人民政府"),
                Some(2022),
            ),
            (
                "2018年白川区信息公开工作年度报告",
                Some("白川区"),
                Some(2018),
            ),
            (
                "云溪市人民政府信息公开工作2010年年度报告",
                Some("云溪市人民政府"),
                Some(2010),
            ),
            (
                "标题:青岚县2014年度政府信息公开工作年度报告",
                Some("青岚县"),
                Some(2014),
            ),
            (
                "青岚县水利局关于2020年度政府信息公开工作年度报告",
                Some("青岚县水利局"),
                Some(2020),
            ),
            ("二〇二二年政府信息公开工作年度报告", None, Some(2022)),
        ] {
            let title = parse(line, 1).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(
                (title.organ.as_deref(), title.year),
                (organ, year),
                "{line}"
            );
        }
        assert_eq!(
            parse("按照政府信息公开工作年度报告的要求，现报告如下。", 1),
            None
        );
    }
}
