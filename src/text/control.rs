//! Characters that give orders to whoever shows them, told by Unicode's property and not by a list
//! of ours: a report whose organ is `白山市\u{202e}府政民人` would turn the rest of a line around
//! on a screen, in a sidecar, in a JSON record.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Whether a character shows nothing of its own but steers what is shown: control characters
/// except tab and line feed, separators of lines and paragraphs, and everything that Unicode calls
/// a format character: all marks of direction (Bidi_Control), the byte order mark, the soft
/// hyphen, tags, zero width space, joiner and non-joiner. Joiners are among them because no
/// report needs them and two names that differ by one look alike. Variation selectors are not:
/// they pick the shape of the character before them, as names of people and places do.
///
/// ```
/// use gouji::text::is_control;
/// assert!(is_control('\u{61c}') && is_control('\u{1b}') && !is_control('\n') && !is_control('市'));
/// ```
pub fn is_control(c: char) -> bool {
    use GeneralCategory::{Control, Format, LineSeparator, ParagraphSeparator};
    // Nearly all characters of a report are of these two kinds; the table need not be asked.
    if c.is_ascii() {
        return c.is_ascii_control() && !matches!(c, '\t' | '\n');
    }
    if matches!(c, '\u{4e00}'..='\u{9fff}') {
        return false;
    }
    matches!(
        c.general_category(),
        Control | Format | LineSeparator | ParagraphSeparator
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_of_direction_is_one() {
        // Bidi_Control of Unicode's PropList.txt.
        let marks = ['\u{61c}', '\u{200e}', '\u{200f}'];
        let ranges = ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}');
        for c in marks.into_iter().chain(ranges) {
            assert!(is_control(c), "{c:?}");
        }
    }

    #[test]
    fn what_shows_nothing_and_steers_is_one() {
        for c in [
            '\0',
            '\r',
            '\u{1b}',
            '\u{7f}',
            '\u{85}',
            '\u{9b}',
            '\u{ad}',
            '\u{200b}',
            '\u{200c}',
            '\u{200d}',
            '\u{2028}',
            '\u{2029}',
            '\u{2060}',
            '\u{206a}',
            '\u{feff}',
            '\u{fff9}',
            '\u{1d173}',
            '\u{e0041}',
        ] {
            assert!(is_control(c), "{c:?}");
        }
    }

    #[test]
    fn what_is_printed_is_none() {
        for c in
            "\t\n a0，。、（）〇一龥〔2022〕㈠①“”…—·　\u{a0}é\u{301}\u{fe00}\u{e0100}\u{e000}𠮷😀"
                .chars()
        {
            assert!(!is_control(c), "{c:?}");
        }
    }
}
