//! The loop: waits for messages, takes them in, draws when something has changed.

use std::collections::{BTreeSet, VecDeque};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::time::{Duration, Instant};

use crossterm::event::Event;

use super::app::{App, Goal, Mode, Pane, Row, RowState, Saving};
use super::inbox::Inbox;
use super::keymap::Keymap;
use super::load::{Arrival, Files, Loader, Pool};
use super::state::{self, Left};
use super::terminal::{self, Screen};
use super::theme::Theme;
use super::update::{self, Effect, Message, update};
use super::width::{Widths, clean_char};
use super::{view, watch};
use crate::batch::Discovered;
use crate::check::Severity;
use crate::form::FormSet;
use crate::report::ReportId;
use crate::review::{Message as Written, StoreError, Writer};
use crate::source::ReadError;
use crate::words::Lang;

/// While files are read, a frame at most this often: each costs bytes on a slow line.
const PAUSE: Duration = Duration::from_millis(120);

/// Leaving waits for what is being written: after this it says so and asks.
const UNTIL_ASKED: Duration = Duration::from_millis(500);

/// After this it leaves all the same. A write takes milliseconds; this one hangs.
const UNTIL_LEFT: Duration = Duration::from_secs(5);

/// When the screen is left what is on its way to the disk has as long as this to arrive.
const LAST_CALL: Duration = Duration::from_secs(2);

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

impl Options {
    /// What a search for files found, to be reviewed in plain: no name, no colour, one thread, the
    /// usual keys and queue, nothing remembered.
    pub fn new(found: &Discovered, forms: &'static FormSet, lang: Lang) -> Self {
        Self {
            paths: found.files().map(Path::to_owned).collect(),
            failures: found.failures().cloned().collect(),
            skipped: found.skipped,
            batch_name: String::new(),
            is_sample: false,
            forms,
            lang,
            read_only: false,
            by: String::new(),
            jobs: 1,
            queue: Severity::Warning,
            ambiguous_width: 1,
            keymap: Keymap::default(),
            color: false,
            state_file: None,
        }
    }
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
            coming: BTreeSet::new(),
            line_changed: false,
            goal: Goal::First,
            part: 0,
            line: 0,
            column: 0,
            first_line: 0,
            source_top: 0,
            unfolded: false,
            issue: None,
            first_proposal: 0,
            passed: BTreeSet::new(),
            last_decided: None,
            undos: 0,
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

    let inbox = Arc::new(Inbox::default());
    watch::keys(sender.clone(), Arc::clone(&inbox));
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
            let _ = told.send(Told::Message(Message::Arrival(arrival)));
        },
    );
    let told = sender.clone();
    let writer = Writer::with(move |message| {
        let _ = told.send(Told::Message(Message::Written(message)));
    });
    let mut screen = Loop {
        screen,
        workers: Workers { pool, writer },
        inbox,
        drawn: Instant::now(),
    };
    let lost = screen.run(&mut app, &receiver);

    let Workers { pool, writer } = screen.workers;
    drop(pool);
    if let (Some(file), Some(left)) = (state_file, app.left(batch)) {
        state::save(&file, left);
    }
    // Whatever ends the loop, what was decided is written before the process ends, unless that
    // hangs.
    let unsaved = writer.leave(LAST_CALL);
    terminal::leave();
    let rest = receiver.try_iter().filter_map(Told::message);
    let told = not_written(&mut app, &unsaved, rest);
    for line in &told {
        let line: String = line.chars().map(clean_char).collect();
        // The terminal may be gone, and nobody there to tell.
        let _ = writeln!(io::stderr(), "{line}");
    }
    match (lost, watch::signal()) {
        (_, Some(signal)) => Ok(128 + signal),
        (Err(error), _) if told.is_empty() => Err(error.into()),
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

/// What the loop waits for.
#[derive(Debug)]
pub enum Told {
    /// A worker, a signal or the writer says something.
    Message(Message),
    /// Something came into the inbox.
    Input,
}

impl Told {
    fn message(self) -> Option<Message> {
        match self {
            Self::Message(message) => Some(message),
            Self::Input => None,
        }
    }
}

struct Loop<W: Write> {
    screen: Screen<W>,
    workers: Workers,
    inbox: Arc<Inbox>,
    drawn: Instant,
}

impl<W: Write> Loop<W> {
    fn run(&mut self, app: &mut App, receiver: &Receiver<Told>) -> io::Result<()> {
        let mut due = false;
        // Since when leaving waits for what is being written, and whether that was said.
        let mut leaving: Option<(Instant, bool)> = None;
        self.take(app, Message::Resize(app.size.0, app.size.1))?;
        loop {
            leaving = leaving.filter(|_| app.leave_when_saved);
            if app.leave_when_saved && leaving.is_none() {
                leaving = Some((Instant::now(), false));
            }
            let wait = [
                due.then(|| PAUSE.saturating_sub(self.drawn.elapsed())),
                leaving.map(|(since, asked)| {
                    let until = if asked { UNTIL_LEFT } else { UNTIL_ASKED };
                    until.saturating_sub(since.elapsed())
                }),
                (!self.inbox.is_empty()).then_some(Duration::ZERO),
            ];
            let told = match wait.into_iter().flatten().min() {
                Some(wait) => receiver.recv_timeout(wait),
                None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let mut next = match told {
                Ok(told) => Some(told),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            };
            let mut at_once = next.is_none() && due;
            if let Some((since, asked)) = &mut leaving {
                if since.elapsed() >= UNTIL_LEFT {
                    self.take(app, Message::NotWaitedFor)?;
                } else if !*asked && since.elapsed() >= UNTIL_ASKED {
                    *asked = true;
                    at_once = true;
                    self.take(app, Message::StillSaving)?;
                }
            }
            loop {
                // Keys first: a hundred thousand files may be waiting to be listed.
                if self.keys(app)? {
                    at_once = true;
                }
                if let Some(Told::Message(message)) = next {
                    let listed = matches!(&message, Message::Arrival(Arrival::Listed { .. }));
                    at_once |= !listed;
                    due = true;
                    self.take(app, message)?;
                }
                if app.leaving || watch::signal().is_some() {
                    return Ok(());
                }
                // A flood of arrivals must not keep a frame away for ever.
                if self.drawn.elapsed() > 2 * PAUSE {
                    at_once |= due;
                    break;
                }
                next = match receiver.try_recv() {
                    Ok(told) => Some(told),
                    Err(TryRecvError::Empty) => break,
                    Err(TryRecvError::Disconnected) => return Ok(()),
                };
            }
            let last = app.listed >= app.paths.len();
            if at_once || due && (last || self.drawn.elapsed() >= PAUSE) {
                draw(app, &mut self.screen)?;
                self.drawn = Instant::now();
                due = false;
            }
        }
    }

    /// Takes in what waits of keys; gives whether there was anything.
    fn keys(&mut self, app: &mut App) -> io::Result<bool> {
        let start = Instant::now();
        let inbox = Arc::clone(&self.inbox);
        drain(&inbox, app, |app, taken| {
            match taken {
                Taken::Message(message) => self.take(app, message)?,
                Taken::Typed => {
                    let effects = update::settled(app);
                    self.carry_out(app, effects)?;
                }
            }
            Ok(!app.leaving && watch::signal().is_none() && start.elapsed() <= PAUSE)
        })
    }

    fn take(&mut self, app: &mut App, message: Message) -> io::Result<()> {
        app.elapsed = app.started.elapsed().as_secs_f64();
        let effects = update(app, message);
        self.carry_out(app, effects)
    }

    fn carry_out(&mut self, app: &mut App, effects: Vec<Effect>) -> io::Result<()> {
        let Workers { pool, writer } = &mut self.workers;
        for effect in effects {
            match effect {
                Effect::Want(file) => {
                    for dropped in pool.want(file) {
                        app.not_coming(dropped);
                    }
                }
                Effect::First(file) => pool.first(file),
                Effect::Look(file, stamp) => pool.look(file, stamp),
                Effect::Write(id, facts, operation) => {
                    let number = writer.submit(&id, *facts, operation);
                    app.saving.pending.insert(id, number);
                }
                Effect::Retry => writer.retry(),
                Effect::Redraw => {
                    terminal::enter()?;
                    self.screen.forget();
                }
                Effect::Suspend => {
                    terminal::leave();
                    watch::suspend();
                    terminal::enter()?;
                    self.screen.forget();
                    if let Ok(size) = crossterm::terminal::size() {
                        app.size = size;
                    }
                }
            }
        }
        Ok(())
    }
}

/// What was taken out of the inbox and is to be acted on.
#[derive(Debug)]
pub enum Taken {
    /// A key that is a command, or another event.
    Message(Message),
    /// Keys went into the line that is open, and what hangs on it is to be worked out.
    Typed,
}

/// Takes in what waits in the inbox, as long as `act` wants more; gives whether there was anything.
/// What hangs on a line that is being typed is worked out once, at the end, or before a key that
/// needs it: of 10 KB pasted into `/` one search is made and not ten thousand.
///
/// # Errors
/// Those of `act`.
pub fn drain(
    inbox: &Inbox,
    app: &mut App,
    mut act: impl FnMut(&mut App, Taken) -> io::Result<bool>,
) -> io::Result<bool> {
    let (mut any, mut typed) = (false, false);
    while let Some(event) = inbox.next() {
        let Some(message) = message_of(event) else {
            continue;
        };
        any = true;
        typed = update::typed(app, &message);
        if !typed && !act(app, Taken::Message(message))? {
            break;
        }
    }
    if typed {
        act(app, Taken::Typed)?;
    }
    Ok(any)
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
