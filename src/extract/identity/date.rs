//! Dates of publication and signature.

use jiff::civil::Date;

use super::phrases::PUBLISHED;
use super::piece::Piece;
use crate::document::Document;
use crate::text::fold;

/// A decimal digit, also as a Chinese numeral.
pub fn digit(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '〇' | '零' | 'O' | 'o' => Some(0),
        '一' => Some(1),
        '二' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
    }
}

/// The first date in a folded text, and where it ends.
pub fn first(text: &str) -> Option<(Date, usize, usize)> {
    text.char_indices()
        .filter(|(_, c)| digit(*c).is_some())
        .find_map(|(at, _)| {
            let before = text.get(..at)?.chars().next_back();
            if before.is_some_and(|c| digit(c).is_some()) {
                return None;
            }
            let (date, length) = at_start(text.get(at..)?)?;
            Some((date, at, at + length))
        })
}

/// A date at the start of a folded text: 2023-01-20, 2023年1月20日, 二〇二三年一月二十日.
fn at_start(text: &str) -> Option<(Date, usize)> {
    let (year, rest) = number(text, 4)?;
    if text.chars().take(4).filter(|c| digit(*c).is_some()).count() < 4 {
        return None;
    }
    let rest = after(rest, &["年", "-", "/", "."])?;
    let (month, rest) = number(rest, width(rest))?;
    let rest = after(rest, &["月", "-", "/", "."])?;
    let (day, rest) = number(rest, width(rest))?;
    let rest = rest.strip_prefix(['日', '号']).unwrap_or(rest);
    let date = Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()?;
    (2003..=2036)
        .contains(&date.year())
        .then(|| (date, text.len() - rest.len()))
}

/// Characters that a month or a day can take: 二十一 has three, but behind two Arabic digits the
/// time of day may follow without its blank.
fn width(text: &str) -> usize {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        2
    } else {
        3
    }
}

fn after<'a>(text: &'a str, marks: &[&str]) -> Option<&'a str> {
    marks.iter().find_map(|m| text.strip_prefix(m))
}

/// A number of at most `most` characters: digits one by one, or with 十 in it.
fn number(text: &str, most: usize) -> Option<(u16, &str)> {
    let end = text
        .char_indices()
        .take(most)
        .find(|(_, c)| digit(*c).is_none() && *c != '十')
        .map(|(i, _)| i);
    let end = end.unwrap_or_else(|| text.char_indices().nth(most).map_or(text.len(), |(i, _)| i));
    let word = text.get(..end)?;
    let value = match word.split_once('十') {
        Some((tens, ones)) => {
            let one = |s: &str, none: u16| {
                if s.is_empty() {
                    Some(none)
                } else {
                    s.chars().next().and_then(digit).map(u16::from)
                }
            };
            one(tens, 1)? * 10 + one(ones, 0)?
        }
        None => word.chars().try_fold(0u16, |n, c| {
            n.checked_mul(10)?.checked_add(u16::from(digit(c)?))
        })?,
    };
    (!word.is_empty()).then(|| (value, text.get(end..).unwrap_or("")))
}

/// The date of publication: of the page's head, else of a line that says so.
pub fn published(document: &Document, pieces: &[Piece<'_>]) -> Option<Date> {
    let head = document.head.iter().filter(|(k, _)| {
        let key = k.to_ascii_lowercase();
        key.contains("pubdate")
            || key.contains("publishdate")
            || key.contains("published_time")
            || key == "firstpublishedtime"
    });
    let of_head = head
        .filter_map(|(_, v)| first(&fold(v).text))
        .map(|d| d.0)
        .next();
    let said = pieces
        .iter()
        .take(400)
        .filter(|p| p.published)
        .find_map(|piece| {
            if ["采集时间", "生成时间", "抓取时间", "更新时间"]
                .iter()
                .any(|w| piece.text.contains(w))
            {
                return None;
            }
            PUBLISHED.iter().find_map(|word| {
                let at = piece.text.find(word)? + word.len();
                let rest = piece.text.get(at..)?;
                first(rest)
                    .filter(|(_, start, _)| *start <= 12)
                    .map(|d| d.0)
            })
        });
    of_head.or(said)
}

/// The date under the signature: the last piece that is nothing but a date, or ends in one.
pub fn signed(pieces: &[Piece<'_>]) -> Option<Date> {
    let dated = || pieces.iter().rev().filter(|p| p.dated);
    let alone = dated().find_map(|p| {
        let (date, start, end) = first(p.text)?;
        let whole = p.text.trim_matches(['(', ')', '[', ']']).len() == end - start;
        (start <= 3 && whole && p.text.contains(['年'])).then_some(date)
    });
    alone.or_else(|| {
        dated().find_map(|p| {
            let at = p.text.rfind('年')?;
            let start = p.text.get(..at)?.char_indices().rev().nth(3)?.0;
            let (date, length) = at_start(p.text.get(start..)?)?;
            let signs = [
                "政府",
                "局",
                "委员会",
                "办公室",
                "办事处",
                "厅",
                "委",
                "管委会",
            ]
            .iter()
            .any(|s| p.text.get(..start).is_some_and(|b| b.ends_with(s)));
            (signs && start + length == p.text.len()).then_some(date)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_every_dress() {
        for (text, date) in [
            ("发布日期:2023-01-20", "2023-01-20"),
            ("2022年1月14日", "2022-01-14"),
            ("二〇二三年一月二十日", "2023-01-20"),
            ("二〇一五年十二月三十一日", "2015-12-31"),
            ("2019/3/5", "2019-03-05"),
            ("时间:2019-03-0515:14", "2019-03-05"),
            ("发布时间:2015-01-0200:00", "2015-01-02"),
        ] {
            assert_eq!(
                first(text).map(|d| d.0.to_string()).as_deref(),
                Some(date),
                "{text}"
            );
        }
        assert_eq!(first("国办公开办函[2021]30号"), None);
        assert_eq!(first("0503-8926640"), None);
    }
}
