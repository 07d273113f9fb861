//! Years and dates as reports write them, in folded text.

use jiff::civil::Date;

/// Years that a report can be about.
pub(super) const YEARS: std::ops::RangeInclusive<u16> = 2003..=2035;

/// The value of a digit, Arabic or Chinese.
fn digit(c: char) -> Option<u16> {
    let value = match c {
        '0'..='9' => c as u32 - '0' as u32,
        '〇' | '零' | 'O' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    };
    u16::try_from(value).ok()
}

/// A year of four digits that begins here, and the bytes it takes.
pub(super) fn year_at(text: &str) -> Option<(u16, usize)> {
    let mut year = 0u16;
    let mut bytes = 0;
    for c in text.chars().take(4) {
        year = year * 10 + digit(c)?;
        bytes += c.len_utf8();
    }
    let longer = text.get(bytes..)?.chars().next().and_then(digit).is_some();
    (YEARS.contains(&year) && !longer).then_some((year, bytes))
}

/// All years in a text that are followed by 年, with their place.
pub(super) fn years(text: &str) -> impl Iterator<Item = (usize, u16)> + '_ {
    let mut before = None;
    text.char_indices().filter_map(move |(at, c)| {
        let inside = before.is_some_and(|b| digit(b).is_some());
        before = Some(c);
        if inside || digit(c).is_none() {
            return None;
        }
        let (year, bytes) = year_at(text.get(at..)?)?;
        text.get(at + bytes..)?
            .starts_with('年')
            .then_some((at, year))
    })
}

/// A month or a day of one or two digits, also `十二` and `二十一`.
fn small(text: &str) -> Option<(i8, &str)> {
    let mut value: i8 = 0;
    let mut rest = text;
    let mut any = false;
    for c in text.chars().take(3) {
        if c == '十' {
            value = if any { value * 10 } else { 10 };
            // 十 before a digit stands for the ten only.
            let after = rest.get(c.len_utf8()..)?;
            let unit = after.chars().next().filter(|u| !u.is_ascii_digit());
            if let Some((u, d)) = unit.and_then(|u| digit(u).map(|d| (u, d))) {
                value += i8::try_from(d).ok()?;
                return Some((value, after.get(u.len_utf8()..)?));
            }
            return Some((value, after));
        }
        let Some(d) = digit(c) else { break };
        if value > 9 {
            return None;
        }
        value = value * 10 + i8::try_from(d).ok()?;
        any = true;
        rest = rest.get(c.len_utf8()..)?;
    }
    any.then_some((value, rest))
}

/// A date that begins here: `2023年1月29日`, `二〇二三年一月二十九日`, `2023-01-29`, `2023/1/29`.
pub(super) fn date_at(text: &str) -> Option<Date> {
    let (year, bytes) = year_at(text)?;
    let rest = text.get(bytes..)?;
    let mut marks = rest.chars();
    let mark = marks.next()?;
    let (month, rest) = small(marks.as_str())?;
    let rest = match mark {
        '年' => rest.strip_prefix('月')?,
        '-' | '/' | '.' => rest.strip_prefix(mark)?,
        _ => return None,
    };
    let (day, _) = if mark == '年' {
        small(rest)?
    } else {
        // A time of day may follow without a blank: no more than two digits are the day.
        let two = rest
            .chars()
            .take(2)
            .take_while(char::is_ascii_digit)
            .count();
        (rest.get(..two)?.parse().ok()?, rest)
    };
    Date::new(i16::try_from(year).ok()?, month, day).ok()
}

/// The first date in a text.
pub(super) fn first_date(text: &str) -> Option<Date> {
    text.char_indices()
        .find_map(|(at, _)| date_at(text.get(at..)?))
}

/// The last date in a text and where it begins.
pub(super) fn last_date(text: &str) -> Option<(usize, Date)> {
    let mut found = None;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let inside = before.is_some_and(|b| digit(b).is_some());
        before = Some(c);
        if inside {
            continue;
        }
        if let Some(date) = text.get(at..).and_then(date_at) {
            found = Some((at, date));
        }
    }
    found
}
