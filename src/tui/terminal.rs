//! The terminal: what changed is written, no more, and it is left as it was found.
//!
//! Every cell that the right half of a wide glyph covers is marked as such in the buffers, so
//! that a half never stays behind, and the cursor is taken to advance by the width of what was
//! written. After a character whose width terminals disagree on it is moved.

use std::io::{self, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, MoveTo, MoveToColumn, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::queue;
use crossterm::style::{
    Attribute, Color as Ink, Print, SetAttribute, SetBackgroundColor, SetForegroundColor,
};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::width::Widths;

/// The symbol of a cell that the glyph before it covers.
pub const COVERED: &str = "";

/// What is on the terminal, and how to get it to something else.
pub struct Screen<W: Write> {
    out: W,
    widths: Widths,
    shown: Option<Buffer>,
    caret: Option<(u16, u16)>,
}

impl<W: Write> Screen<W> {
    /// A screen of which nothing is known.
    pub const fn new(out: W, widths: Widths) -> Self {
        Self {
            out,
            widths,
            shown: None,
            caret: None,
        }
    }

    /// The next frame is drawn in full.
    pub fn forget(&mut self) {
        self.shown = None;
    }

    /// Where bytes go.
    #[cfg(test)]
    pub const fn out(&mut self) -> &mut W {
        &mut self.out
    }

    /// Brings a frame to the terminal; writes nothing when it is there already.
    pub fn show(&mut self, next: Buffer, caret: Option<(u16, u16)>) -> io::Result<()> {
        let same_size = self.shown.as_ref().is_some_and(|b| b.area == next.area);
        let mut bytes: Vec<u8> = Vec::new();
        if !same_size {
            queue!(bytes, SetAttribute(Attribute::Reset), Clear(ClearType::All))?;
        }
        let blank = Buffer::empty(next.area);
        let old = self.shown.as_ref().filter(|_| same_size).unwrap_or(&blank);
        let mut pen = Pen::default();
        for y in 0..next.area.height {
            self.line(&mut bytes, old, &next, y, &mut pen)?;
        }
        if pen.touched {
            queue!(bytes, SetAttribute(Attribute::Reset))?;
        }
        if !bytes.is_empty() || caret != self.caret {
            let mut whole: Vec<u8> = Vec::new();
            if self.caret.is_some() || !same_size {
                queue!(whole, Hide)?;
            }
            whole.append(&mut bytes);
            if let Some((x, y)) = caret {
                queue!(whole, MoveTo(x, y), Show)?;
            }
            self.out.write_all(&whole)?;
            self.out.flush()?;
        }
        self.caret = caret;
        self.shown = Some(next);
        Ok(())
    }

    fn line(
        &self,
        out: &mut Vec<u8>,
        old: &Buffer,
        next: &Buffer,
        y: u16,
        pen: &mut Pen,
    ) -> io::Result<()> {
        let width = next.area.width;
        let mut at: Option<u16> = None;
        let mut x = 0;
        while x < width {
            let Some(cell) = next.cell((x, y)) else { break };
            let covered = (x + 1..width)
                .take_while(|n| next.cell((*n, y)).is_some_and(|c| c.symbol() == COVERED))
                .count() as u16;
            let changed = (x..=x + covered).any(|n| old.cell((n, y)) != next.cell((n, y)));
            if changed && cell.symbol() != COVERED {
                match at {
                    Some(n) if n == x => {}
                    Some(_) => queue!(out, MoveToColumn(x))?,
                    None => queue!(out, MoveTo(x, y))?,
                }
                pen.take(out, cell)?;
                queue!(out, Print(cell.symbol()))?;
                // The last column: where the cursor is then, terminals disagree.
                let known = !self.widths.doubtful(cell.symbol()) && x + covered + 1 < width;
                at = Some(if known { x + covered + 1 } else { u16::MAX });
            }
            x += 1 + covered;
        }
        Ok(())
    }
}

/// The style that the terminal writes in.
#[derive(Default)]
struct Pen {
    style: (Color, Color, Modifier),
    touched: bool,
}

impl Pen {
    fn take(&mut self, out: &mut Vec<u8>, cell: &Cell) -> io::Result<()> {
        let style = (cell.fg, cell.bg, cell.modifier);
        if style == self.style {
            return Ok(());
        }
        self.touched = true;
        // Attributes first: a reset after a colour would take the colour away, and nothing but
        // a reset is the same on all terminals.
        if style.2 != self.style.2 || style.0 == Color::Reset || style.1 == Color::Reset {
            queue!(out, SetAttribute(Attribute::Reset))?;
            for (modifier, attribute) in [
                (Modifier::BOLD, Attribute::Bold),
                (Modifier::UNDERLINED, Attribute::Underlined),
                (Modifier::REVERSED, Attribute::Reverse),
            ] {
                if style.2.contains(modifier) {
                    queue!(out, SetAttribute(attribute))?;
                }
            }
        }
        if style.0 != Color::Reset {
            queue!(out, SetForegroundColor(ink(style.0)))?;
        }
        if style.1 != Color::Reset {
            queue!(out, SetBackgroundColor(ink(style.1)))?;
        }
        self.style = style;
        Ok(())
    }
}

const fn ink(color: Color) -> Ink {
    match color {
        Color::Red => Ink::DarkRed,
        Color::Yellow => Ink::DarkYellow,
        Color::Green => Ink::DarkGreen,
        Color::Magenta => Ink::DarkMagenta,
        Color::Cyan => Ink::DarkCyan,
        Color::DarkGray => Ink::DarkGrey,
        _ => Ink::Reset,
    }
}

/// Draws text into a buffer by our own widths.
pub struct Canvas<'a> {
    /// The frame.
    pub buffer: &'a mut Buffer,
    /// The measure.
    pub widths: Widths,
}

impl Canvas<'_> {
    /// Writes text in at most `columns`; gives the column after it. What does not fit is left
    /// out; a wide glyph never stands half in. Control characters are shown as symbols.
    pub fn put(&mut self, x: u16, y: u16, text: &str, columns: u16, style: Style) -> u16 {
        let area = self.buffer.area;
        let end = area.width.min(x.saturating_add(columns));
        let mut at = x;
        for c in text.chars().map(super::width::clean_char) {
            let width = self.widths.char(c) as u16;
            if width == 0 || y >= area.height || at.saturating_add(width) > end {
                break;
            }
            self.uncover(at, y);
            self.uncover(at + width, y);
            if let Some(cell) = self.buffer.cell_mut((at, y)) {
                cell.set_char(c);
                cell.set_style(style);
            }
            for n in at + 1..at + width {
                if let Some(cell) = self.buffer.cell_mut((n, y)) {
                    cell.set_symbol(COVERED);
                    cell.set_style(style);
                }
            }
            at += width;
        }
        at
    }

    /// A cell that is written next must not cut a glyph that stands before it.
    fn uncover(&mut self, x: u16, y: u16) {
        if self
            .buffer
            .cell((x, y))
            .is_none_or(|c| c.symbol() != COVERED)
        {
            return;
        }
        let mut start = x;
        while start > 0
            && self
                .buffer
                .cell((start, y))
                .is_some_and(|c| c.symbol() == COVERED)
        {
            start -= 1;
        }
        let mut n = start;
        while n == start
            || self
                .buffer
                .cell((n, y))
                .is_some_and(|c| c.symbol() == COVERED)
        {
            if let Some(cell) = self.buffer.cell_mut((n, y)) {
                cell.set_symbol(" ");
            }
            n += 1;
        }
    }

    /// Blanks in a style.
    pub fn fill(&mut self, area: Rect, style: Style) {
        for y in area.top()..area.bottom() {
            let blanks = " ".repeat(area.width as usize);
            self.put(area.x, y, &blanks, area.width, style);
        }
    }

    /// Changes the style of cells that are written already.
    pub fn restyle(&mut self, x: u16, y: u16, columns: u16, style: Style) {
        for n in x..x.saturating_add(columns).min(self.buffer.area.width) {
            if let Some(cell) = self.buffer.cell_mut((n, y)) {
                cell.set_style(style);
            }
        }
    }
}

static TAKEN: AtomicBool = AtomicBool::new(false);

/// Takes the terminal over: raw mode, the other screen, pasting in one piece.
pub fn enter() -> io::Result<()> {
    install_hook();
    TAKEN.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    let mut out = io::stdout();
    queue!(out, EnterAlternateScreen, EnableBracketedPaste, Hide)?;
    out.flush()
}

/// Gives it back as it was. Does nothing when it was not taken.
pub fn leave() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    let _ = queue!(
        out,
        SetAttribute(Attribute::Reset),
        DisableBracketedPaste,
        LeaveAlternateScreen,
        Show
    );
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// A panic shows its message on a terminal that is usable again, unless it is one of a document,
/// which ends nothing.
fn install_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !crate::guard::is_guarded() {
                leave();
            }
            previous(info);
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(lines: &[&str], widths: Widths) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, lines.len() as u16));
        let mut canvas = Canvas {
            buffer: &mut buffer,
            widths,
        };
        for (y, line) in lines.iter().enumerate() {
            canvas.put(0, y as u16, line, 20, Style::new());
        }
        buffer
    }

    /// Whatever stood there before, the terminal shows the next frame and nothing else.
    #[test]
    fn no_half_of_a_wide_glyph_stays() {
        let widths = Widths::new(1);
        let texts = [
            "",
            "云溪市",
            "a云溪市b",
            "aa 云",
            "…云…溪",
            "ab云溪c",
            "云 溪 市",
            "x",
        ];
        let mut screen = Screen::new(Vec::new(), widths);
        let mut terminal = vt100::Parser::new(1, 20, 0);
        for a in texts {
            for b in texts {
                for text in [a, b] {
                    screen.show(frame(&[text], widths), None).unwrap();
                    terminal.process(&std::mem::take(screen.out()));
                    assert_eq!(terminal.screen().contents().trim_end(), text.trim_end());
                }
                screen.show(frame(&[b], widths), None).unwrap();
                assert!(screen.out().is_empty(), "an unchanged frame costs bytes");
            }
        }
    }

    #[test]
    fn a_glyph_that_is_cut_into_goes_whole() {
        let widths = Widths::new(1);
        let mut buffer = frame(&["云溪市"], widths);
        let mut canvas = Canvas {
            buffer: &mut buffer,
            widths,
        };
        canvas.put(3, 0, "|", 1, Style::new());
        let text: String = buffer.content.iter().map(Cell::symbol).collect();
        assert_eq!(text.trim_end(), "云 |市");
    }
}
