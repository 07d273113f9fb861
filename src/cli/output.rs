//! Writing to the two streams: colour, display width, and text from reports made safe for a
//! terminal. An organ that is called `白山市\u{202e}` goes out as `白山市`, and in a record as
//! `白山市\\u202e`.

use std::fmt::Write as _;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use unicode_width::UnicodeWidthChar;

use crate::text::is_control;

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
        '\t' | '\n' | '\0'..='\x1f' | '\x7f' => Some(symbol(c)),
        '\u{a0}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{80}'..='\u{9f}' => Some('?'),
        // What is left has no width: marks that turn the direction of writing, the soft hyphen.
        c => (!is_control(c)).then_some(c),
    }
}

const fn symbol(c: char) -> char {
    match c {
        '\t' => ' ',
        '\x7f' => '\u{2421}',
        c => match char::from_u32(0x2400 + c as u32) {
            Some(symbol) => symbol,
            None => '?',
        },
    }
}

/// A record on one line. What would steer a terminal that shows it is written as `\u202e`, which
/// says the same to whoever parses it.
pub fn json(record: &impl serde::Serialize) -> String {
    // These records have nothing that cannot be written; were it so, an empty object would still
    // keep the stream one object a line.
    let plain = serde_json::to_string(record).unwrap_or_else(|_| "{}".to_owned());
    if !plain.chars().any(is_control) {
        return plain;
    }
    let mut out = String::with_capacity(plain.len() + 16);
    for c in plain.chars() {
        if is_control(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
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

/// Standard output, buffered. A reader that goes away, as `head` does, is no error: what follows
/// is written to nobody, and the command goes on to the exit status that it owes.
pub struct Output {
    out: BufWriter<StdoutLock<'static>>,
    unread: bool,
}

impl Default for Output {
    fn default() -> Self {
        Self {
            out: BufWriter::with_capacity(1 << 16, io::stdout().lock()),
            unread: false,
        }
    }
}

impl Output {
    /// Writes `text`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        self.attempt(|out| out.write_all(text.as_bytes()))
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
        self.attempt(Write::flush)
    }

    /// Whether nobody reads any more.
    pub const fn is_unread(&self) -> bool {
        self.unread
    }

    fn attempt(
        &mut self,
        write: impl FnOnce(&mut BufWriter<StdoutLock<'static>>) -> io::Result<()>,
    ) -> io::Result<()> {
        if self.unread {
            return Ok(());
        }
        match write(&mut self.out) {
            Err(e) if e.kind() == io::ErrorKind::BrokenPipe => {
                self.unread = true;
                Ok(())
            }
            result => result,
        }
    }
}

/// A line on stderr, made safe; when that is closed there is nobody to tell.
pub fn say(text: &str) {
    write_stderr(&format!("{}\n", safe(text)));
}

/// The same of a text that may have several lines, with a word before it that has its colour.
pub fn say_with(word: &str, text: &str) {
    write_stderr(&format!("{word}{}\n", safe_lines(text)));
}

fn write_stderr(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Whether the terminal takes commands, such as those that move the cursor. One that says that it
/// is `dumb`, or does not say what it is, gets what a file would get.
pub fn terminal_takes_commands() -> bool {
    let term = std::env::var_os("TERM");
    // Consoles of Windows do not say, and do.
    cfg!(windows) || term.is_some_and(|t| !t.is_empty() && t != "dumb")
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
            enabled: !quiet && total > 1 && io::stderr().is_terminal() && terminal_takes_commands(),
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
            write_stderr(&line);
        }
    }

    /// Takes the line away before something else is written.
    pub fn clear(&mut self) {
        if self.shown {
            self.shown = false;
            write_stderr("\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_dangerous_passes() {
        assert_eq!(
            safe("a\x1b[31m\tb\u{202e}c\u{9b}2J\r\n\u{7f}\u{61c}\u{2067}\u{e0041}d"),
            "a␛[31m bc?2J␍␊␡d"
        );
        assert_eq!(safe_lines("a\r\nb\rc\x07"), "a\nb␍c␇");
    }

    #[test]
    fn records_say_the_same_and_steer_nothing() {
        let text = "a\u{7f}\u{9b}2J\u{61c}市\u{202e}\u{e0041}\u{1b}\"\\";
        let line = json(&serde_json::json!({ "organ": text, "n": 1 }));
        assert_eq!(
            line,
            r#"{"organ":"a\u007f\u009b2J\u061c市\u202e\udb40\udc41\u001b\"\\","n":1}"#
        );
        let back: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(back["organ"], text);
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
