//! References to characters: `&nbsp;`, `&#12295;`, `&ltabc`.
//!
//! `reference("nbsp;x", false)` is the no-break blank and 5, the bytes that it takes.

/// Names without `&`, sorted by their bytes, each with its code points in hex, a line each.
const NAMES: &str = include_str!("entities.txt");

/// The longest name that needs no semicolon.
const LONGEST_BARE: usize = 6;
/// The longest name.
const LONGEST: usize = 32;

/// What a reference means: one or two characters.
pub type Meaning = (char, Option<char>);

/// The characters that a reference stands for, given what comes after its `&`, and how many bytes
/// of that it takes. In an attribute a name without a semicolon before a letter, a digit or `=`
/// is none.
pub fn reference(after: &str, attribute: bool) -> Option<(Meaning, usize)> {
    let bytes = after.as_bytes();
    match bytes.first()? {
        b'#' => number(bytes.get(1..)?).map(|(c, n)| ((c, None), n + 1)),
        c if c.is_ascii_alphabetic() => {
            let length = bytes
                .iter()
                .take(LONGEST)
                .position(|b| !b.is_ascii_alphanumeric())
                .unwrap_or(bytes.len().min(LONGEST));
            if bytes.get(length) == Some(&b';')
                && let Some(meaning) = after.get(..=length).and_then(named)
            {
                return Some((meaning, length + 1));
            }
            let (meaning, length) = (2..=length.min(LONGEST_BARE))
                .rev()
                .find_map(|n| Some((after.get(..n).and_then(named)?, n)))?;
            let next = bytes.get(length);
            let part = next.is_some_and(|b| *b == b'=' || b.is_ascii_alphanumeric());
            (!(attribute && part)).then_some((meaning, length))
        }
        _ => None,
    }
}

fn named(name: &str) -> Option<Meaning> {
    match name {
        "nbsp;" => return Some(('\u{a0}', None)),
        "lt;" => return Some(('<', None)),
        "gt;" => return Some(('>', None)),
        "amp;" => return Some(('&', None)),
        "quot;" => return Some(('"', None)),
        _ => {}
    }
    // The line in the middle of those that are left, until one is the name's.
    let (mut low, mut high) = (0, NAMES.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let before = NAMES.get(low..middle)?;
        let start = before.rfind('\n').map_or(low, |i| low + i + 1);
        let line = NAMES.get(start..)?.lines().next()?;
        let (own, points) = line.split_once(' ')?;
        match own.cmp(name) {
            std::cmp::Ordering::Equal => {
                let mut points = points
                    .split(' ')
                    .filter_map(|p| u32::from_str_radix(p, 16).ok().and_then(char::from_u32));
                return Some((points.next()?, points.next()));
            }
            std::cmp::Ordering::Less => low = start + line.len() + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

fn number(digits: &[u8]) -> Option<(char, usize)> {
    let (radix, skip) = match digits.first()? {
        b'x' | b'X' => (16, 1),
        _ => (10, 0),
    };
    let digits = digits.get(skip..)?;
    let mut value = 0u32;
    let mut length = 0;
    for digit in digits.iter().map_while(|b| char::from(*b).to_digit(radix)) {
        value = value.saturating_mul(radix).saturating_add(digit);
        length += 1;
    }
    if length == 0 {
        return None;
    }
    let semicolon = usize::from(digits.get(length) == Some(&b';'));
    Some((character(value), skip + length + semicolon))
}

/// Numbers 0x80 to 0x9f mean the characters of Windows code page 1252.
fn character(value: u32) -> char {
    const WINDOWS: [u16; 32] = [
        0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8d, 0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013,
        0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d, 0x017e, 0x0178,
    ];
    let value = match value {
        0 => 0xfffd,
        0x80..=0x9f => WINDOWS
            .get(value as usize - 0x80)
            .map_or(value, |&c| u32::from(c)),
        _ => value,
    };
    char::from_u32(value).unwrap_or('\u{fffd}')
}

/// A value with its references put in.
pub fn decode(value: &str) -> std::borrow::Cow<'_, str> {
    if !value.contains('&') {
        return value.into();
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at + 1..).unwrap_or("");
        match reference(rest, true) {
            Some(((first, second), length)) => {
                out.push(first);
                out.extend(second);
                rest = rest.get(length..).unwrap_or("");
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_understood() {
        for (after, meaning) in [
            ("nbsp;1", Some((('\u{a0}', None), 5))),
            ("nbsp1", Some((('\u{a0}', None), 4))),
            ("ldquo;", Some((('“', None), 6))),
            ("ldquo", None),
            ("notit;", Some((('¬', None), 3))),
            ("#12295;", Some((('〇', None), 7))),
            ("#x3007", Some((('〇', None), 6))),
            ("#147;", Some((('“', None), 5))),
            ("#xd800;", Some((('\u{fffd}', None), 7))),
            ("#99999999999;", Some((('\u{fffd}', None), 13))),
            ("#;", None),
            ("#x;", None),
            ("acE;", Some((('\u{223e}', Some('\u{333}')), 4))),
            ("zwnj;", Some((('\u{200c}', None), 5))),
            ("AElig;", Some((('Æ', None), 6))),
            ("", None),
            (" ", None),
        ] {
            assert_eq!(reference(after, false), meaning, "{after}");
        }
        assert_eq!(decode("a&lt=b&lt;&amp;nbsp;&"), "a&lt=b<&nbsp;&");
    }

    #[test]
    fn every_name_is_found() {
        for line in NAMES.lines() {
            let (name, _) = line.split_once(' ').unwrap();
            assert!(named(name).is_some(), "{name}");
        }
    }
}
