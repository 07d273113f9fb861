//! Values as reviewers type them: figures, and sums such as `=2+1`.

use rust_decimal::Decimal;

use super::Refusal;
use crate::form::ValueType;
use crate::report::Level;

/// Reads a value: a figure in any width, with thousands separators, or arithmetic (`+`, `-`, `*`
/// and brackets) such as `2+1` or `=2+1`. Exact throughout.
///
/// # Errors
/// When it is no figure, or none of the cell's type.
pub fn parse_value(text: &str, kind: ValueType) -> Result<Decimal, Refusal> {
    let folded = crate::text::fold(text).text;
    let source = folded.strip_prefix('=').unwrap_or(&folded);
    let refuse = |rest: &str| Refusal::NotAFigure {
        text: text.trim().to_owned(),
        part: rest.to_owned(),
    };
    let mut reader = Reader {
        rest: source,
        depth: 0,
    };
    let value = reader.sum().ok_or_else(|| refuse(reader.rest))?;
    if !reader.rest.is_empty() {
        return Err(refuse(reader.rest));
    }
    let whole = value.fract().is_zero();
    let shown = value.to_string();
    match kind {
        ValueType::Integer | ValueType::SignedInteger if !whole => Err(Refusal::NotWhole(shown)),
        ValueType::Integer | ValueType::Decimal if value.is_sign_negative() && !value.is_zero() => {
            Err(Refusal::Negative(shown))
        }
        ValueType::Integer | ValueType::SignedInteger => Ok(value.normalize()),
        ValueType::Decimal => Ok(value),
    }
}

/// What is left to read; brackets nest no deeper than a person would write.
struct Reader<'a> {
    rest: &'a str,
    depth: u8,
}

impl Reader<'_> {
    fn take(&mut self, any: &[char]) -> Option<char> {
        let c = self.rest.chars().next().filter(|c| any.contains(c))?;
        self.rest = self.rest.get(c.len_utf8()..)?;
        Some(c)
    }

    fn sum(&mut self) -> Option<Decimal> {
        let mut value = self.product()?;
        while let Some(sign) = self.take(&['+', '-']) {
            let next = self.product()?;
            value = if sign == '+' {
                value.checked_add(next)?
            } else {
                value.checked_sub(next)?
            };
        }
        Some(value)
    }

    fn product(&mut self) -> Option<Decimal> {
        let mut value = self.factor()?;
        while self.take(&['*', '×']).is_some() {
            value = value.checked_mul(self.factor()?)?;
        }
        Some(value)
    }

    fn factor(&mut self) -> Option<Decimal> {
        if let Some(sign) = self.take(&['-', '+']) {
            self.depth = self.depth.checked_add(1).filter(|d| *d < 32)?;
            let value = self.factor()?;
            return Some(if sign == '-' { -value } else { value });
        }
        if self.take(&['(']).is_some() {
            self.depth = self.depth.checked_add(1).filter(|d| *d < 32)?;
            let value = self.sum()?;
            return self.take(&[')']).map(|_| value);
        }
        let end = self
            .rest
            .find(|c: char| !matches!(c, '0'..='9' | '.' | ','))
            .unwrap_or(self.rest.len());
        let value = crate::text::parse_decimal(self.rest.get(..end)?)?;
        self.rest = self.rest.get(end..)?;
        Some(value)
    }
}

/// A level by its name in records.
pub(super) fn level(name: &str) -> Option<Level> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

/// The canonical text of a level, a form or a year, and of an organ without its blanks.
pub(super) fn recognised(item: super::Item, text: &str) -> Result<String, Refusal> {
    use super::Item;
    let text = text.trim();
    match item {
        Item::Organ if text.is_empty() => Err(Refusal::NoValue(super::Action::Override)),
        Item::Organ => Ok(text.to_owned()),
        Item::Year => {
            let folded = crate::text::fold(text).text;
            let digits = folded.trim_end_matches('年');
            // The first regulation came into force in 2008.
            let year = digits
                .parse::<u16>()
                .ok()
                .filter(|y| (2003..=2100).contains(y));
            year.map(|y| y.to_string())
                .ok_or_else(|| Refusal::NotAYear(text.to_owned()))
        }
        Item::Form => text
            .parse::<crate::report::FormId>()
            .map(|f| f.as_str().to_owned())
            .map_err(Refusal::NotAForm),
        Item::Level => level(text)
            .map(|l| l.as_str().to_owned())
            .ok_or_else(|| Refusal::NotALevel(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ValueType::{Decimal as Amount, Integer, SignedInteger};

    #[test]
    fn figures_and_sums() {
        for (text, kind, value) in [
            ("3", Integer, "3"),
            (" ３ ", Integer, "3"),
            ("2+1", Integer, "3"),
            ("=2+1", Integer, "3"),
            ("＝２＋１", Integer, "3"),
            ("2*(3+4)-1", Integer, "13"),
            ("1,431", Integer, "1431"),
            ("3.0", Integer, "3"),
            ("-19", SignedInteger, "-19"),
            ("12.50", Amount, "12.50"),
            ("0.1+0.2", Amount, "0.3"),
        ] {
            let read = parse_value(text, kind).map(|d| d.to_string());
            assert_eq!(read, Ok(value.to_owned()), "{text}");
        }
    }

    #[test]
    fn refusals_name_the_part() {
        let part = |text: &str| match parse_value(text, Integer) {
            Err(Refusal::NotAFigure { part, .. }) => part,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(part("3x"), "x");
        assert_eq!(part("2+"), "");
        assert_eq!(part(""), "");
        assert_eq!(part("三"), "三");
        assert_eq!(
            parse_value("-3", Integer),
            Err(Refusal::Negative("-3".into()))
        );
        assert_eq!(
            parse_value("2-5", Integer),
            Err(Refusal::Negative("-3".into()))
        );
        assert_eq!(
            parse_value("3.5", SignedInteger),
            Err(Refusal::NotWhole("3.5".into()))
        );
        let deep = "(".repeat(500);
        assert!(parse_value(&deep, Integer).is_err());
        assert!(parse_value(&"9".repeat(60), Integer).is_err());
        assert!(parse_value("79228162514264337593543950335*10", Integer).is_err());
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(s in "[-+*()=0-9.,x ]{0,30}|\\PC{0,30}") {
            for kind in [Integer, SignedInteger, Amount] {
                let _ = parse_value(&s, kind);
            }
        }
    }
}
