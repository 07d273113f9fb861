//! The loop: waits for messages, takes them in, draws when something has changed.

use std::collections::{BTreeSet, VecDeque};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crossterm::event::Event;

use super::app::{App, Goal, Mode, Pane, Row, RowState, Saving};
use super::keymap::Keymap;
use super::load::{Files, Loader, Pool};
use super::state::{self, Left};
use super::terminal::{self, Screen};
use super::theme::Theme;
use super::update::{Effect, Message, update};
use super::width::Widths;
use super::{view, watch};
use crate::check::Severity;
use crate::form::FormSet;
use crate::report::ReportId;
use crate::review::{Message as Written, StoreError, Writer};
use crate::source::ReadError;
use crate::words::Lang;

/// While files are read, a frame at most this often: each costs bytes on a slow line.
const PAUSE: Duration = Duration::from_millis(120);

/// What the screen is opened with.
#[derive(Debug, Clone)]
pub struct Options {
    /// The files, in the order of the list.
    pub paths: Vec<PathBuf>,
    /// Paths that could not be looked into.
    pub failures: Vec<ReadError>,
    /// Files that are of no known kind.
    pub skipped: usize,
    /// What the batch is called.
    pub batch_name: String,
    /// It is the sample batch.
    pub is_sample: bool,
    /// The forms to read by.
    pub forms: &'static FormSet,
    /// The language.
    pub lang: Lang,
    /// Nothing can be decided.
    pub read_only: bool,
    /// The reviewer.
    pub by: String,
    /// Threads that read files.
    pub jobs: usize,
    /// Findings of this severity and above are issues.
    pub queue: Severity,
    /// Columns of ambiguous characters.
    pub ambiguous_width: u8,
    /// The keys.
    pub keymap: Keymap,
    /// Colours may be used.
    pub color: bool,
    /// Where to remember where the screen was left; `None`: nowhere.
    pub state_file: Option<PathBuf>,
}

impl App {
    /// The screen before anything is read.
    pub fn new(options: &Options, size: (u16, u16)) -> Self {
        let mut rows: Vec<Row> = (0..options.paths.len())
            .map(|file| Row {
                file,
                state: RowState::Loading,
            })
            .collect();
        rows.extend(options.failures.iter().enumerate().map(|(i, error)| Row {
            file: options.paths.len() + i,
            state: RowState::Failed(Box::new(error.clone())),
        }));
        Self {
            lang: options.lang,
            widths: Widths::new(options.ambiguous_width),
            theme: Theme::new(options.color),
            keymap: options.keymap.clone(),
            least: options.queue,
            read_only: options.read_only,
            by: options.by.clone(),
            batch: options.batch_name.clone(),
            is_sample: options.is_sample,
            skipped: options.skipped,
            paths: Arc::new(options.paths.clone()),
            size,
            rows,
            listed: 0,
            started: Instant::now(),
            elapsed: 0.0,
            cursor: 0,
            top: 0,
            focus: Pane::List,
            zoom: false,
            source: false,
            store: VecDeque::new(),
            wanted: None,
            ahead: BTreeSet::new(),
            goal: Goal::First,
            part: 0,
            line: 0,
            column: 0,
            first_line: 0,
            source_top: 0,
            unfolded: false,
            issue: None,
            first_offer: 0,
            passed: BTreeSet::new(),
            last_decided: None,
            mode: Mode::Main,
            resume: None,
            saving: Saving::default(),
            message: String::new(),
            leave_when_saved: false,
            leaving: false,
        }
    }

    /// Puts the cursor where the batch was left.
    pub fn return_to(&mut self, left: &Left) {
        // A file, or one of the reports in it.
        let is_it = |path: &PathBuf| {
            let rest = left.report.strip_prefix(&path.display().to_string());
            rest.is_some_and(|r| r.is_empty() || r.starts_with(['!', '#']))
        };
        if let Some(file) = self.paths.iter().position(is_it) {
            self.cursor = file;
            self.goal = match left.part {
                Some(part) => Goal::Left(part, left.issue.clone()),
                None => Goal::First,
            };
        }
    }

    /// Where the batch is left.
    pub fn left(&self, batch: String) -> Option<Left> {
        Some(Left {
            batch,
            report: self.summary()?.id.to_string(),
            part: Some(self.part).filter(|_| self.goal == Goal::Stay),
            issue: self.issue.clone(),
        })
    }
}

/// Opens the screen; gives the exit status when it is left.
///
/// # Errors
/// When the terminal cannot be used.
pub fn run(options: Options) -> anyhow::Result<u8> {
    let size = crossterm::terminal::size()?;
    let mut app = App::new(&options, size);
    let state_file = options.state_file.clone();
    let batch = state::key(&options.batch_name, &options.paths);
    if let Some(left) = state_file.as_deref().and_then(|f| state::load(f, &batch)) {
        app.return_to(&left);
    }
    let (sender, receiver) = channel();
    watch::signals(sender.clone())?;
    let _restored = Restored::enter()?;
    let mut screen = Screen::new(io::stdout(), app.widths);
    draw(&app, &mut screen)?;

    watch::keys(sender.clone());
    watch::hang_up(sender.clone());
    let loader: Arc<dyn Loader> = Arc::new(Files {
        forms: options.forms,
        lang: options.lang,
        least: options.queue,
    });
    let told = sender.clone();
    let pool = Pool::start(
        Arc::clone(&app.paths),
        loader,
        options.jobs,
        move |arrival| {
            let _ = told.send(Message::Arrival(arrival));
        },
    );
    let told = sender.clone();
    let writer = Writer::with(move |message| {
        let _ = told.send(Message::Written(message));
    });
    let mut workers = Workers { pool, writer };
    let lost = looped(&mut app, &mut screen, &mut workers, &receiver);

    let Workers { pool, writer } = workers;
    drop(pool);
    if let (Some(file), Some(left)) = (state_file, app.left(batch)) {
        state::save(&file, left);
    }
    // Whatever ends the loop, what was decided is written before the process ends.
    let unsaved = writer.finish();
    terminal::leave();
    let told = not_written(&mut app, &unsaved, receiver.try_iter());
    let mut out = io::stderr();
    for line in &told {
        // The terminal may be gone, and nobody there to tell.
        let _ = writeln!(out, "{line}");
    }
    match lost {
        Err(error) if told.is_empty() && !watch::is_gone() => Err(error.into()),
        _ => Ok(if told.is_empty() { 0 } else { 2 }),
    }
}

/// What of the decisions is not on the disk, a line each with the file and the cause: what could
/// not be written, and what was not allowed and not seen before the screen was left.
pub fn not_written(
    app: &mut App,
    unsaved: &[(ReportId, StoreError)],
    rest: impl Iterator<Item = Message>,
) -> Vec<String> {
    for message in rest {
        if let Message::Written(Written::Saved { id, refused, .. }) = message {
            for (_, refusal) in refused {
                app.saving.refuse(&id, refusal);
            }
        }
    }
    let lang = app.lang;
    let failed = unsaved.iter().map(|(id, e)| (id, e.message(lang)));
    let refused = app.saving.refused.iter();
    failed
        .chain(refused.map(|(id, r)| (id, r.message(lang))))
        .map(|(id, why)| format!("{id}: {why}"))
        .collect()
}

struct Workers {
    pool: Pool,
    writer: Writer,
}

/// Leaves the terminal as it was, however the screen is left.
struct Restored;

impl Restored {
    fn enter() -> io::Result<Self> {
        let restored = Self;
        terminal::enter()?;
        Ok(restored)
    }
}

impl Drop for Restored {
    fn drop(&mut self) {
        terminal::leave();
    }
}

fn draw<W: Write>(app: &App, screen: &mut Screen<W>) -> io::Result<()> {
    let (frame, caret) = view::view(app);
    screen.show(frame, caret)
}

fn looped<W: Write>(
    app: &mut App,
    screen: &mut Screen<W>,
    workers: &mut Workers,
    receiver: &Receiver<Message>,
) -> io::Result<()> {
    let mut drawn = Instant::now();
    let mut due = false;
    let first = update(app, Message::Resize(app.size.0, app.size.1));
    carry_out(app, screen, workers, first)?;
    loop {
        let message = if due {
            match receiver.recv_timeout(PAUSE.saturating_sub(drawn.elapsed())) {
                Ok(message) => Some(message),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        } else {
            match receiver.recv() {
                Ok(message) => Some(message),
                Err(_) => return Ok(()),
            }
        };
        let mut at_once = message.is_none();
        let mut next = message;
        while let Some(message) = next {
            let background = matches!(
                &message,
                Message::Arrival(super::load::Arrival::Listed { .. })
            );
            at_once |= !background;
            due = true;
            app.elapsed = app.started.elapsed().as_secs_f64();
            let effects = update(app, message);
            carry_out(app, screen, workers, effects)?;
            if app.leaving {
                return Ok(());
            }
            // A flood of arrivals must not keep a frame away for ever.
            if drawn.elapsed() > 2 * PAUSE {
                at_once = true;
                break;
            }
            next = receiver.try_recv().ok();
        }
        let last = app.listed >= app.paths.len();
        if at_once || last || drawn.elapsed() >= PAUSE {
            draw(app, screen)?;
            drawn = Instant::now();
            due = false;
        }
    }
}

fn carry_out<W: Write>(
    app: &mut App,
    screen: &mut Screen<W>,
    workers: &mut Workers,
    effects: Vec<Effect>,
) -> io::Result<()> {
    for effect in effects {
        match effect {
            Effect::Want(file) => workers.pool.want(file),
            Effect::Look(file, stamp) => workers.pool.look(file, stamp),
            Effect::Write(id, facts, operation) => {
                let number = workers.writer.submit(&id, *facts, operation);
                app.saving.pending.insert(id, number);
            }
            Effect::Retry => workers.writer.retry(),
            Effect::Redraw => {
                terminal::enter()?;
                screen.forget();
            }
            Effect::Suspend => {
                terminal::leave();
                watch::suspend();
                terminal::enter()?;
                screen.forget();
                if let Ok(size) = crossterm::terminal::size() {
                    app.size = size;
                }
            }
        }
    }
    Ok(())
}

/// A terminal's event as a message, where it is one.
pub fn message_of(event: Event) -> Option<Message> {
    match event {
        Event::Key(key) => Some(Message::Key(key)),
        Event::Paste(text) => Some(Message::Paste(text)),
        Event::Resize(width, height) => Some(Message::Resize(width, height)),
        _ => None,
    }
}
