//! Figures as cells print them: `1,431`, `减 19`, `77903.8万元`, `22（其中修订 16 件）`, `—`, `不适用`.
//! Exact decimals only, and always the figure as printed: no unit is converted.

use rust_decimal::Decimal;

use super::fold::{first_of, last_of};
use super::{Unit, fold_word};

/// What a cell's text is.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// A figure.
    Number {
        /// As printed, with its sign.
        value: Decimal,
        /// The unit printed beside it.
        unit: Option<String>,
        /// A word or mark of change stands before it (增 减 + ↑ ↓): it can only be a change.
        change: bool,
    },
    /// Nothing, a dash, 无.
    Blank,
    /// `/`, 不适用.
    NotApplicable,
    /// Text that is no figure.
    Text,
}

/// Reads the whole text of a cell.
pub fn parse_cell(text: &str) -> Token {
    if let Some(count) = count(text.trim()) {
        return count;
    }
    let folded = fold_word(text);
    let s = folded.as_ref();
    if splits_figure(text) {
        return Token::Text;
    }
    if s.is_empty() || s.chars().all(|c| matches!(c, '-' | '─' | '_' | '…' | '.')) {
        return Token::Blank;
    }
    match s {
        "无" | "暂无" | "空" | "(无)" | "无。" | "没有" | "(空)" => return Token::Blank,
        "不适用" | "不涉及" | "(不适用)" | "N/A" | "n/a" | "NA" => {
            return Token::NotApplicable;
        }
        "不变" | "持平" | "无变化" | "无增减" | "无增减变化" | "〇" | "零" => {
            return Token::Number {
                value: Decimal::ZERO,
                unit: None,
                change: s.len() > 3,
            };
        }
        _ => {}
    }
    if s.chars().all(|c| matches!(c, '/' | '\\')) {
        return Token::NotApplicable;
    }
    number(s).unwrap_or(Token::Text)
}

/// Nothing but a few digits, as most cells are.
fn count(text: &str) -> Option<Token> {
    let digits = !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
    let value: u32 = digits.then(|| text.parse().ok()).flatten()?;
    Some(Token::Number {
        value: Decimal::from(value),
        unit: None,
        change: false,
    })
}

/// Digits, blanks, digits: two figures. A blank as a thousands separator (2 024) cannot be told
/// from two cells, so it is not taken for one.
fn splits_figure(text: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let (mut after_digit, mut apart) = (false, false);
    for c in text.chars() {
        let Some(first) = first_of(c) else {
            apart = true;
            continue;
        };
        if apart && after_digit && first.is_ascii_digit() {
            return true;
        }
        after_digit = digit(last_of(c));
        apart = false;
    }
    false
}

fn number(s: &str) -> Option<Token> {
    let (negative, change, rest) = sign(s);
    let end = rest
        .find(|c: char| !matches!(c, '0'..='9' | ',' | '.'))
        .unwrap_or(rest.len());
    let value = parse_decimal(rest.get(..end)?)?;
    let tail = rest.get(end..)?;
    let unit = Unit::opens(tail, |_| true).map(|u| u.name);
    let note = tail.get(unit.map_or(0, |u| u.len())..)?;
    let note_ok = note.is_empty()
        || (note.starts_with(['(', '[']) && note.ends_with([')', ']']))
        || note.chars().all(|c| matches!(c, '。' | ';' | '*' | '#'));
    if !note_ok {
        return None;
    }
    let value = if negative { -value } else { value };
    Some(Token::Number {
        value,
        unit: unit.map(|u| (*u).to_owned()),
        change,
    })
}

fn sign(s: &str) -> (bool, bool, &str) {
    const MARKS: [(&str, bool, bool); 16] = [
        ("增加", false, true),
        ("新增", false, true),
        ("增长", false, true),
        ("增", false, true),
        ("减少", true, true),
        ("减", true, true),
        ("下降", true, true),
        ("+", false, true),
        ("↑", false, true),
        ("↓", true, true),
        ("负", true, false),
        ("-", true, false),
        ("▲", false, true),
        ("▼", true, true),
        ("±", false, true),
        ("升", false, true),
    ];
    for (mark, negative, change) in MARKS {
        if let Some(rest) = s.strip_prefix(mark) {
            return (negative, change, rest.trim_start_matches(':'));
        }
    }
    (false, false, s)
}

/// An exact decimal: digits, thousands separators in groups of three, a decimal point.
pub fn parse_decimal(s: &str) -> Option<Decimal> {
    let (whole, fraction) = match s.split_once('.') {
        Some((w, f)) => (w, Some(f)),
        None => (s, None),
    };
    if fraction.is_some_and(|f| f.is_empty() || !f.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let plain = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if fraction.is_none() && plain(whole) {
        return Decimal::from_str_exact(whole).ok();
    }
    let digits = if whole.contains(',') {
        let mut groups = whole.split(',');
        let first = groups.next()?;
        let ok = (1..=3).contains(&first.len()) && groups.clone().all(|g| g.len() == 3);
        if !ok {
            return None;
        }
        whole.replace(',', "")
    } else {
        whole.to_owned()
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let exact = fraction.map_or(digits.clone(), |f| format!("{digits}.{f}"));
    // from_str_exact: a figure too long for an exact decimal is no figure that we can vouch for.
    Decimal::from_str_exact(&exact).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<(String, Option<String>)> {
        match parse_cell(text) {
            Token::Number { value, unit, .. } => Some((value.to_string(), unit)),
            _ => None,
        }
    }

    #[test]
    fn figures_as_printed() {
        for (text, v, u) in [
            ("24 ", "24", None),
            ("1,431", "1431", None),
            ("11,258.635508万元", "11258.635508", Some("万元")),
            ("增98", "98", None),
            ("减 19", "-19", None),
            ("+23", "23", None),
            ("－316", "-316", None),
            ("251000元", "251000", Some("元")),
            ("22（其中修订 16 件）", "22", None),
            ("１２１１", "1211", None),
            ("1.50", "1.50", None),
            ("不变", "0", None),
            ("96171.60 万元", "96171.60", Some("万元")),
        ] {
            assert_eq!(
                value(text),
                Some((v.to_owned(), u.map(str::to_owned))),
                "{text}"
            );
        }
    }

    #[test]
    fn empties_and_texts() {
        for text in [
            "",
            " ",
            "&nbsp;".trim_start_matches("&nbsp;"),
            "-",
            "——",
            "—",
            "无",
        ] {
            assert_eq!(parse_cell(text), Token::Blank, "{text:?}");
        }
        for text in ["/", "／", "不适用"] {
            assert_eq!(parse_cell(text), Token::NotApplicable, "{text:?}");
        }
        for text in ["详见附件", "1,43", "12.", "3x", "第3"] {
            assert_eq!(parse_cell(text), Token::Text, "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_count_is_read_exactly(n in 0u64..=u64::MAX) {
            let plain = n.to_string();
            proptest::prop_assert_eq!(parse_decimal(&plain).map(|d| d.to_string()), Some(plain));
        }

        #[test]
        fn nothing_panics(s in "\\PC{0,40}") {
            let _ = parse_cell(&s);
        }
    }
}
