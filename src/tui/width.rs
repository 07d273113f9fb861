//! How many columns text takes, and text cut to columns: the one place that decides it.
//!
//! “ ” … — · ① ■ → × ℃ are one column or two, by terminal and locale; reports are full of them,
//! so the width of such characters is a setting.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::text::is_control;

/// Measures text for a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Widths {
    /// Ambiguous characters take two columns.
    pub wide: bool,
}

impl Widths {
    /// By the setting, 1 or 2.
    pub const fn new(ambiguous: u8) -> Self {
        Self {
            wide: ambiguous >= 2,
        }
    }

    /// Columns of a character, as it is drawn.
    pub fn char(self, c: char) -> usize {
        let c = clean_char(c);
        let width = if self.wide { c.width_cjk() } else { c.width() };
        width.unwrap_or(0)
    }

    /// Columns of a text.
    pub fn str(self, s: &str) -> usize {
        s.chars().map(|c| self.char(c)).sum()
    }

    /// Whether a terminal may draw the character in another width than we believe.
    pub fn doubtful(self, s: &str) -> bool {
        s.chars().count() > 1
            || s.chars().any(|c| {
                c.width() != c.width_cjk()
                    || (c as u32) >= 0x1_F000
                    || ('\u{2600}'..='\u{27BF}').contains(&c)
            })
            || s.width() > 2
    }

    /// What marks text as cut.
    pub const fn ellipsis(self) -> &'static str {
        if self.wide { ".." } else { "…" }
    }

    /// The text in at most that many columns, its end marked when it is cut; never half a
    /// character.
    pub fn clip(self, s: &str, columns: usize) -> String {
        if self.str(s) <= columns {
            return s.to_owned();
        }
        let mark = self.ellipsis();
        let room = match columns.checked_sub(self.str(mark)) {
            Some(room) => room,
            None => return self.take(s, columns).to_owned(),
        };
        format!("{}{mark}", self.take(s, room))
    }

    /// The longest beginning of at most that many columns.
    pub fn take(self, s: &str, columns: usize) -> &str {
        let mut used = 0;
        for (i, c) in s.char_indices() {
            used += self.char(c);
            if used > columns {
                return s.get(..i).unwrap_or("");
            }
        }
        s
    }

    /// Clipped, and blanks behind it up to the columns.
    pub fn pad(self, s: &str, columns: usize) -> String {
        let mut out = self.clip(s, columns);
        let used = self.str(&out);
        out.extend(std::iter::repeat_n(' ', columns.saturating_sub(used)));
        out
    }

    /// Clipped, and blanks before it up to the columns.
    pub fn pad_left(self, s: &str, columns: usize) -> String {
        let text = self.clip(s, columns);
        let blanks = columns.saturating_sub(self.str(&text));
        format!("{}{text}", " ".repeat(blanks))
    }

    /// Byte ranges of the lines of a text wrapped to columns. Breaks anywhere between Chinese
    /// characters, at a blank where there is one near the end of a line otherwise.
    pub fn wrap(self, s: &str, columns: usize) -> Vec<std::ops::Range<usize>> {
        let columns = columns.max(2);
        let mut lines = Vec::new();
        let (mut start, mut used, mut blank) = (0, 0, None);
        for (i, c) in s.char_indices() {
            let width = self.char(c);
            if used + width > columns && i > start {
                let cut = blank
                    .filter(|b| *b > start && c.is_ascii_graphic() && i - *b < columns)
                    .unwrap_or(i);
                lines.push(start..cut);
                start = cut;
                used = self.str(s.get(start..i).unwrap_or(""));
                blank = None;
            }
            used += width;
            if c == ' ' {
                blank = Some(i + 1);
            }
        }
        if start < s.len() || lines.is_empty() {
            lines.push(start..s.len());
        }
        lines
    }
}

/// Control characters as symbols: what stands in a report never reaches the terminal as a
/// command. Marks that change the direction of writing are shown too, for they reorder a screen.
pub fn clean_char(c: char) -> char {
    match c {
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('␦'),
        '\u{7f}' => '␡',
        '\u{e000}'..='\u{f8ff}' => '□',
        // Joining marks and variation selectors make widths that terminals disagree on.
        '\u{fe00}'..='\u{fe0f}' | '\u{20d0}'..='\u{20ff}' | '\u{300}'..='\u{36f}' => '␦',
        c if c.width() == Some(0) || is_control(c) => '␦',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_between_characters_in_both_widths() {
        let narrow = Widths::new(1);
        assert_eq!(narrow.clip("云溪市人民政府", 7), "云溪市…");
        assert_eq!(narrow.clip("云溪市人民政府", 6), "云溪…");
        assert_eq!(narrow.clip("云溪市", 6), "云溪市");
        assert_eq!(narrow.str("“三安全”"), 8);
        let wide = Widths::new(2);
        assert_eq!(wide.str("“三安全”"), 10);
        assert_eq!(wide.clip("云溪市人民政府", 7), "云溪..");
        assert_eq!(wide.str(&wide.pad("“三", 9)), 9);
    }

    #[test]
    fn wraps_within_the_columns_and_loses_nothing() {
        for w in [Widths::new(1), Widths::new(2)] {
            let text = "本年度共收到 the requests 政府信息公开“申请”60件，其中自然人55件";
            for columns in 2..30 {
                let lines = w.wrap(text, columns);
                let whole: String = lines.iter().map(|r| &text[r.clone()]).collect();
                assert_eq!(whole, text);
                assert!(lines.iter().all(|r| w.str(&text[r.clone()]) <= columns));
            }
        }
    }

    #[test]
    fn what_is_measured_is_what_is_drawn() {
        for w in [Widths::new(1), Widths::new(2)] {
            for c in ['\u{200b}', '\u{85}', '\u{1b}', '\u{301}', '\u{fe0f}', '\t'] {
                assert_eq!(w.char(c), w.char(clean_char(c)), "{c:?}");
                assert!(w.char(c) > 0, "{c:?}");
            }
            assert_eq!(
                w.wrap(&"\u{200b}\u{85}".repeat(30), 20).len(),
                3 * w.char('␦')
            );
        }
    }

    #[test]
    fn control_characters_are_shown() {
        let clean: String = "a\u{1b}[31mb\u{9b}c\u{202e}\u{61c}\u{600}\u{2028}"
            .chars()
            .map(clean_char)
            .collect();
        assert_eq!(clean, "a␛[31mb␦c␦␦␦␦");
    }
}
