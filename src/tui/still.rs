//! The screen without a terminal: a batch read, and frames of it drawn into a buffer. What benches
//! and other programs' tests look at; keys do not reach it.
//!
//! `Still::new(&options, (80, 24)).frame()` is the first line to the last of the screen that
//! `gouji FOLDER` shows once all is read.

use super::app::App;
use super::load::{Arrival, Files, Loader, Opened};
use super::run::Options;
use super::update::{Message, update};
use super::view::view;

/// A screen of a batch, all of it read.
pub struct Still {
    app: App,
}

impl Still {
    /// Reads the files of the options one after the other; the first report is in view.
    pub fn new(options: &Options, size: (u16, u16)) -> Self {
        let mut app = App::new(options, size);
        let loader = Files {
            forms: options.forms,
            lang: options.lang,
            least: options.queue,
        };
        let _ = update(&mut app, Message::Resize(size.0, size.1));
        for (file, path) in app.paths.clone().iter().enumerate() {
            let read = loader.open(path);
            let listed = read.map(|all| all.iter().map(Opened::summary).collect());
            let arrival = Arrival::Listed {
                file,
                result: listed,
            };
            let _ = update(&mut app, Message::Arrival(arrival));
        }
        if let Some(file) = app.row().map(|row| row.file)
            && let Some(path) = app.paths.get(file).cloned()
        {
            let result = loader.open(&path);
            let _ = update(&mut app, Message::Arrival(Arrival::Opened { file, result }));
        }
        Self { app }
    }

    /// The screen as text, a line a row.
    pub fn frame(&self) -> Vec<String> {
        let (buffer, _) = view(&self.app);
        let width = usize::from(buffer.area.width).max(1);
        let rows = buffer.content().chunks(width);
        rows.map(|row| row.iter().map(|cell| cell.symbol()).collect())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn a_batch_is_seen_without_a_terminal() {
        let folder = tempfile::tempdir().unwrap();
        crate::sample::write(folder.path()).unwrap();
        let found = crate::batch::discover(&[folder.path().to_owned()], None).unwrap();
        let options = Options::new(&found, crate::form::tests::forms(), Lang::Zh);
        let still = Still::new(&options, (80, 24));
        let frame = still.frame();
        assert_eq!(frame.len(), 24);
        assert!(frame[0].contains("12 份报告"), "{}", frame[0]);
    }
}
