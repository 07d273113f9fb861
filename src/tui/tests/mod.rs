//! The screen without a terminal: given these reports, these keys, this frame, this sidecar.

mod any_keys;
mod bursts;
mod loop_of_a_review;
mod meanwhile;
mod proposals;
mod snapshots;

use std::path::PathBuf;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;

use super::app::App;
use super::load::{Arrival, Files, Loader, Opened};
use super::run::Options;
use super::terminal::COVERED;
use super::update::{Effect, Message, update};
use super::view::view;
use crate::check::Severity;
use crate::review::{Message as Written, store};
use crate::words::Lang;

/// A screen whose workers do at once what they are told.
pub struct Session {
    pub app: App,
    pub folder: tempfile::TempDir,
    loader: Files,
    numbers: u64,
}

impl Session {
    /// Of the sample batch.
    pub fn samples(size: (u16, u16), lang: Lang) -> Self {
        let folder = tempfile::tempdir().unwrap();
        crate::sample::write(folder.path()).unwrap();
        Self::of(folder, size, lang, |_| {})
    }

    /// Of some files.
    pub fn files(size: (u16, u16), lang: Lang, files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        Self::of(folder, size, lang, |_| {})
    }

    /// Of a folder, with other options.
    pub fn of(
        folder: tempfile::TempDir,
        size: (u16, u16),
        lang: Lang,
        change: impl FnOnce(&mut Options),
    ) -> Self {
        let found = crate::batch::discover(&[folder.path().to_owned()], None).unwrap();
        let mut options = Options {
            batch_name: "示例批次".to_owned(),
            by: "li".to_owned(),
            ..Options::new(&found, crate::form::tests::forms(), lang)
        };
        change(&mut options);
        let mut session = Self {
            app: App::new(&options, size),
            folder,
            loader: Files {
                forms: crate::form::tests::forms(),
                lang,
                least: Severity::Warning,
            },
            numbers: 0,
        };
        session.send(Message::Resize(size.0, size.1));
        session.load();
        session
    }

    /// Reads all files.
    pub fn load(&mut self) {
        for (file, path) in self.app.paths.clone().iter().enumerate() {
            let result = self.loader.open(path);
            let result = result.map(|all| all.iter().map(Opened::summary).collect());
            self.send(Message::Arrival(Arrival::Listed { file, result }));
        }
    }

    /// Takes a message in, and does what follows.
    pub fn send(&mut self, message: Message) {
        for effect in update(&mut self.app, message) {
            match effect {
                Effect::Want(file) => {
                    let path = self.app.paths[file].clone();
                    let result = self.loader.open(&path);
                    self.send(Message::Arrival(Arrival::Opened { file, result }));
                }
                Effect::Look(file, stamp) => {
                    let path = self.app.paths[file].clone();
                    if super::load::has_changed(&path, stamp) {
                        let result = self.loader.open(&path);
                        self.send(Message::Arrival(Arrival::Opened { file, result }));
                    }
                }
                Effect::Write(id, facts, operation) => {
                    self.numbers += 1;
                    let upto = self.numbers;
                    self.app.saving.pending.insert(id.clone(), upto);
                    let written = match store::perform(&id, &facts, &[operation]) {
                        Ok(done) => Written::Saved {
                            id,
                            upto,
                            log: Box::new(done.log),
                            refused: done.refused.into_iter().map(|r| (upto, r.1)).collect(),
                        },
                        Err(error) => Written::Failed { id, upto, error },
                    };
                    self.send(Message::Written(written));
                }
                Effect::First(_) | Effect::Retry | Effect::Redraw | Effect::Suspend => {}
            }
        }
    }

    /// Presses keys: `n`, `enter`, `ctrl-n`; what is in quotes is typed.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            match key.strip_prefix('\'') {
                Some(text) => text
                    .chars()
                    .for_each(|c| self.press(KeyCode::Char(c), false)),
                None => {
                    let (ctrl, name) = match key.strip_prefix("ctrl-") {
                        Some(name) => (true, name),
                        None => (false, key),
                    };
                    self.press(code(name), ctrl);
                }
            }
        }
        self
    }

    fn press(&mut self, code: KeyCode, ctrl: bool) {
        let modifiers = if ctrl {
            KeyModifiers::CONTROL
        } else {
            KeyModifiers::NONE
        };
        self.send(Message::Key(KeyEvent::new(code, modifiers)));
    }

    /// The frame as text.
    pub fn text(&self) -> String {
        text(&view(&self.app).0)
    }

    /// Where the caret stands.
    pub fn caret(&self) -> Option<(u16, u16)> {
        view(&self.app).1
    }

    /// The sidecar of a file; empty where there is none.
    pub fn sidecar(&self, name: &str) -> String {
        let path: PathBuf = self.folder.path().join(format!("{name}.review.toml"));
        std::fs::read_to_string(path).unwrap_or_default()
    }
}

/// The sample batch at 80x24, with the report of this name in view.
pub fn open(name: &str) -> Session {
    let mut session = Session::samples((80, 24), Lang::Zh);
    session.keys(&format!("/ '{name} enter"));
    session
}

fn code(name: &str) -> KeyCode {
    match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "pgdn" => KeyCode::PageDown,
        "pgup" => KeyCode::PageUp,
        "space" => KeyCode::Char(' '),
        "backspace" => KeyCode::Backspace,
        one => KeyCode::Char(one.chars().next().unwrap()),
    }
}

/// A frame as lines of text.
pub fn text(buffer: &Buffer) -> String {
    let width = buffer.area.width as usize;
    let lines = buffer.content.chunks(width.max(1));
    let line = |cells: &[ratatui::buffer::Cell]| {
        let text: String = cells.iter().map(|c| c.symbol()).collect();
        text.trim_end().to_owned()
    };
    lines.map(line).collect::<Vec<_>>().join("\n")
}

/// The runs of a frame that are not plain: row, columns, how, what.
pub fn styles(buffer: &Buffer) -> String {
    let mut out = String::new();
    let width = buffer.area.width as usize;
    for (y, cells) in buffer.content.chunks(width.max(1)).enumerate() {
        let mut x = 0;
        while let Some(cell) = cells.get(x) {
            let style = (cell.fg, cell.modifier);
            let run: Vec<_> = cells[x..]
                .iter()
                .take_while(|c| (c.fg, c.modifier) == style)
                .collect();
            let text: String = run.iter().map(|c| c.symbol()).collect();
            if !cell.modifier.is_empty() || cell.fg != ratatui::style::Color::Reset {
                let text = text.trim();
                if !text.is_empty() {
                    out += &format!(
                        "{y}:{x}-{} {:?} {:?} {text}\n",
                        x + run.len(),
                        cell.modifier,
                        cell.fg
                    );
                }
            }
            x += run.len();
        }
    }
    out
}

/// No glyph is cut: what covers nothing is covered by nothing.
pub fn well_formed(buffer: &Buffer, app: &App) {
    let width = buffer.area.width as usize;
    for (y, cells) in buffer.content.chunks(width.max(1)).enumerate() {
        let mut x = 0;
        while let Some(cell) = cells.get(x) {
            assert_ne!(cell.symbol(), COVERED, "half a glyph at {x},{y}");
            let columns = app.widths.str(cell.symbol()).max(1);
            for n in x + 1..x + columns {
                let covered = cells.get(n).map(|c| c.symbol());
                assert_eq!(covered, Some(COVERED), "a glyph cut at {n},{y}");
            }
            x += columns;
        }
    }
}
