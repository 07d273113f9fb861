//! Writing to the two streams: colour, display width, and text from reports made safe for a
//! terminal.

use std::fmt::Write as _;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use unicode_width::UnicodeWidthChar;

/// What a piece of output means; colours come after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// An error.
    Error,
    /// A warning.
    Warning,
    /// A remark.
    Info,
    /// Line numbers and rules.
    Gutter,
    /// What the eye should find.
    Strong,
    /// All is well.
    Good,
}

impl Style {
    const fn code(self) -> &'static str {
        match self {
            Self::Error => "1;31",
            Self::Warning => "1;33",
            Self::Info => "1;36",
            Self::Gutter => "1;34",
            Self::Strong => "1",
            Self::Good => "32",
        }
    }
}

/// Colours text, or leaves it.
#[derive(Debug, Clone, Copy)]
pub struct Paint(pub bool);

impl Paint {
    /// `text` in `style`.
    pub fn paint(self, style: Style, text: &str) -> String {
        if self.0 && !text.is_empty() {
            format!("\x1b[{}m{text}\x1b[0m", style.code())
        } else {
            text.to_owned()
        }
    }
}

/// Text from a file as one line that a terminal can be given: control characters as symbols,
/// what only moves or turns the text left out.
pub fn safe(text: &str) -> String {
    text.chars().filter_map(safe_char).collect()
}

/// One character of it.
pub fn safe_char(c: char) -> Option<char> {
    match c {
        '\t' | '\u{a0}' | '\u{3000}' | '\u{2028}' | '\u{2029}' => {
            Some(if c == '\u{3000}' { c } else { ' ' })
        }
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32),
        '\x7f' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' => Some('?'),
        // Zero width, soft hyphen, and the marks that turn the direction of writing.
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => None,
        _ => Some(c),
    }
}

/// Text of several lines made safe, its line breaks kept.
pub fn safe_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\n' | '\t' => out.push(c),
            _ => out.extend(safe_char(c)),
        }
    }
    out
}

/// Columns that a text takes, with 1 or 2 for those that terminals disagree on.
pub fn width(text: &str, ambiguous: u8) -> usize {
    text.chars().map(|c| char_width(c, ambiguous)).sum()
}

/// Columns of one character.
pub fn char_width(c: char, ambiguous: u8) -> usize {
    let columns = if ambiguous == 2 {
        c.width_cjk()
    } else {
        c.width()
    };
    columns.unwrap_or(0)
}

/// Standard output, buffered; a reader that goes away is no error to speak of.
pub struct Output(BufWriter<StdoutLock<'static>>);

impl Default for Output {
    fn default() -> Self {
        Self(BufWriter::with_capacity(1 << 16, io::stdout().lock()))
    }
}

impl Output {
    /// Writes `text`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        self.0.write_all(text.as_bytes())
    }

    /// Writes a line.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        self.text(text)?;
        self.text("\n")
    }

    /// Makes sure that all is written.
    ///
    /// # Errors
    /// When it cannot be.
    pub fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A line on stderr; when that is closed there is nobody to tell.
pub fn say(text: &str) {
    let mut line = String::with_capacity(text.len() + 1);
    let _ = writeln!(line, "{text}");
    let _ = io::stderr().lock().write_all(line.as_bytes());
}

/// How far a long run has come, on stderr, where that is a terminal.
pub struct Progress {
    total: usize,
    done: usize,
    shown: bool,
    next: std::time::Instant,
    enabled: bool,
}

/// Shorter runs need no progress, and a slow line no more than ten updates a second.
const PATIENCE: std::time::Duration = std::time::Duration::from_millis(500);
const PACE: std::time::Duration = std::time::Duration::from_millis(100);

impl Progress {
    /// Of `total` files.
    pub fn new(total: usize, quiet: bool) -> Self {
        Self {
            total,
            done: 0,
            shown: false,
            next: std::time::Instant::now() + PATIENCE,
            enabled: !quiet && total > 1 && io::stderr().is_terminal(),
        }
    }

    /// One more is done.
    pub fn step(&mut self) {
        self.done += 1;
        let now = std::time::Instant::now();
        if self.enabled && now >= self.next {
            self.next = now + PACE;
            self.shown = true;
            let line = format!("\r{}/{} ", self.done, self.total);
            let _ = io::stderr().lock().write_all(line.as_bytes());
        }
    }

    /// Takes the line away before something else is written.
    pub fn clear(&mut self) {
        if self.shown {
            self.shown = false;
            let _ = io::stderr().lock().write_all(b"\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_dangerous_passes() {
        assert_eq!(
            safe("a\x1b[31m\tb\u{202e}c\u{9b}2J\r\n\u{7f}"),
            "a␛[31m bc?2J␍␊␡"
        );
        assert_eq!(safe_lines("a\r\nb\rc\x07"), "a\nb␍c␇");
    }

    #[test]
    fn width_is_of_the_terminal() {
        assert_eq!(width("二、2 ", 1), 6);
        assert_eq!(width("“二”", 1), 4);
        assert_eq!(width("“二”", 2), 6);
    }

    #[test]
    fn colour_only_when_asked_for() {
        assert_eq!(Paint(false).paint(Style::Error, "x"), "x");
        assert_eq!(Paint(true).paint(Style::Error, "x"), "\x1b[1;31mx\x1b[0m");
    }
}
