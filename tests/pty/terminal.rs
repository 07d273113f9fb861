//! A terminal with the program in it: keys go in, what comes out is kept as bytes and as the
//! screen that a terminal would show. Nothing of the user's is touched: home and settings lie in
//! folders of the test.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};

/// So long is waited for what must come; a machine may be busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program, a folder of reports and a home.
pub struct Room {
    /// Its name stands on the screen: a random one would now and then hold what is waited for.
    reports: PathBuf,
    home: PathBuf,
    _both: tempfile::TempDir,
}

impl Room {
    /// With these reports of the sample batch in it.
    pub fn with(samples: &[&str]) -> Self {
        let both = tempfile::tempdir().unwrap();
        let room = Self {
            reports: both.path().join("reports"),
            home: both.path().join("home"),
            _both: both,
        };
        for folder in [&room.reports, &room.home] {
            std::fs::create_dir(folder).unwrap();
        }
        for name in samples {
            room.write(name, sample(name));
        }
        room
    }

    /// A file of the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.reports.join(name)
    }

    /// Writes one.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    /// The names in the folder, in order.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.reports).unwrap().flatten();
        let names = entries.map(|e| e.file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    /// The user's own folder.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// A program with what it needs of the environment, and no more.
    pub fn command(&self, program: &str, args: &[&str]) -> CommandBuilder {
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.cwd(&self.reports);
        command.env_clear();
        for (name, value) in [
            ("PATH", "/usr/bin:/bin"),
            ("TERM", "xterm-256color"),
            ("LC_ALL", "zh_CN.UTF-8"),
            ("GOUJI_REVIEWER", "李审核"),
        ] {
            command.env(name, value);
        }
        command.env("HOME", &self.home);
        for (name, folder) in [
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_STATE_HOME", "state"),
        ] {
            command.env(name, self.home.join(folder));
        }
        command
    }

    /// The program itself.
    pub fn gouji(&self, args: &[&str]) -> CommandBuilder {
        self.command(env!("CARGO_BIN_EXE_gouji"), args)
    }

    /// The program with the folder open, at 80x24.
    pub fn open(&self) -> Terminal {
        Terminal::start(self.gouji(&["."]))
    }
}

/// A report of the sample batch.
pub fn sample(name: &str) -> &'static [u8] {
    let found = gouji::sample::files().iter().find(|f| f.0 == name);
    found.unwrap_or_else(|| panic!("no sample {name}")).1
}

struct Seen {
    bytes: Vec<u8>,
    parser: vt100::Parser,
}

/// What came out so far, and a bell for whoever waits for more.
type Output = Arc<(Mutex<Seen>, Condvar)>;

fn lock(output: &Output) -> MutexGuard<'_, Seen> {
    output.0.lock().unwrap()
}

/// A pseudo-terminal with a program in it.
pub struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    // Held as a shell would hold it, so that the terminal outlives the program.
    slave: Option<Box<dyn SlavePty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    reader: Option<JoinHandle<()>>,
    turn_away: Arc<AtomicBool>,
    child: Box<dyn Child + Send + Sync>,
    output: Output,
    modes: String,
}

impl Terminal {
    /// Starts a program at 80x24.
    pub fn start(command: CommandBuilder) -> Self {
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
        let modes = modes(&*pair.master);
        let output: Output = Arc::new((
            Mutex::new(Seen {
                bytes: Vec::new(),
                parser: vt100::Parser::new(24, 80, 0),
            }),
            Condvar::new(),
        ));
        let turn_away = Arc::new(AtomicBool::new(false));
        let source = pair.master.try_clone_reader().unwrap();
        let reader = {
            let (output, turn_away) = (Arc::clone(&output), Arc::clone(&turn_away));
            std::thread::spawn(move || read(source, &output, &turn_away))
        };
        let child = pair.slave.spawn_command(command).unwrap();
        Self {
            writer: Some(pair.master.take_writer().unwrap()),
            master: Some(pair.master),
            slave: Some(pair.slave),
            reader: Some(reader),
            turn_away,
            child,
            output,
            modes,
        }
    }

    /// Presses keys.
    pub fn press(&mut self, keys: &str) {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    /// Waits until the screen shows what is waited for.
    #[track_caller]
    pub fn wait(&self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + PATIENCE;
        let mut seen = lock(&self.output);
        while !is_so(seen.parser.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let shown = seen.parser.screen().contents();
                drop(seen);
                panic!("no {what} on\n{shown}");
            }
            seen = self.output.1.wait_timeout(seen, left).unwrap().0;
        }
    }

    /// Waits until a text stands on a line of the screen.
    #[track_caller]
    pub fn sees(&self, text: &str) {
        self.wait(&format!("“{text}”"), |s| s.contents().contains(text));
    }

    /// Waits until all of these texts stand on one line together.
    #[track_caller]
    pub fn sees_line(&self, texts: &[&str]) {
        self.wait(&format!("line with {texts:?}"), |screen| {
            let whole = screen.contents();
            whole
                .lines()
                .any(|line| texts.iter().all(|t| line.contains(t)))
        });
    }

    /// Waits until a text stands nowhere on the screen of the program.
    #[track_caller]
    pub fn loses(&self, text: &str) {
        self.wait(&format!("screen without “{text}”"), |s| {
            s.alternate_screen() && !s.contents().contains(text)
        });
    }

    /// What stands on the screen now.
    pub fn screen(&self) -> String {
        lock(&self.output).parser.screen().contents()
    }

    /// All that came out so far.
    pub fn bytes(&self) -> Vec<u8> {
        lock(&self.output).bytes.clone()
    }

    /// Makes the window another size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        // Together, so that nothing drawn for the one size is taken in by the other.
        let mut seen = lock(&self.output);
        seen.parser.screen_mut().set_size(rows, columns);
        self.master
            .as_ref()
            .unwrap()
            .resize(size(columns, rows))
            .unwrap();
    }

    /// Whether keys go through the terminal untouched, as a screen needs it.
    pub fn is_raw(&self) -> bool {
        modes(&**self.master.as_ref().unwrap()) != self.modes
    }

    /// Asserts that the terminal is as the program found it.
    #[track_caller]
    pub fn is_restored(&self) {
        // The last bytes may be on their way yet.
        self.wait("terminal as it was", |s| {
            !s.alternate_screen() && !s.hide_cursor() && !s.bracketed_paste()
        });
        assert!(!self.is_raw(), "the terminal was left raw");
        let seen = lock(&self.output);
        let s = seen.parser.screen();
        assert_eq!(s.fgcolor(), vt100::Color::Default);
        assert_eq!(s.bgcolor(), vt100::Color::Default);
        assert!(!s.bold() && !s.inverse() && !s.underline());
        assert_eq!(s.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert!(!s.application_cursor() && !s.application_keypad());
    }

    /// Waits for the end of the program; gives its exit status.
    #[track_caller]
    pub fn ends(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(Instant::now() < end, "it runs on:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Leaves the screen by its key, and sees that the terminal is left well.
    #[track_caller]
    pub fn quit(&mut self) {
        self.press("q");
        assert_eq!(self.ends(), 0, "{}", self.screen());
        self.is_restored();
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let said = format!("kill -{name} {}", self.pid());
        assert!(
            Command::new("sh")
                .args(["-c", &said])
                .status()
                .unwrap()
                .success()
        );
    }

    /// The terminal goes away, as when a connection breaks. A key wakes the thread that reads.
    pub fn hang_up(&mut self, key: &str) {
        self.turn_away.store(true, Ordering::SeqCst);
        self.press(key);
        self.reader.take().unwrap().join().unwrap();
        self.slave = None;
        self.writer = None;
        self.master = None;
    }

    /// Waits until the process is in a state.
    #[track_caller]
    pub fn becomes(&self, state: char) {
        let end = Instant::now() + PATIENCE;
        while self.process().state != state {
            assert!(Instant::now() < end, "{:?}, not {state}", self.process());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// What the kernel says of the process.
    pub fn process(&self) -> Process {
        Process::of(self.pid())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

fn read(mut source: Box<dyn Read + Send>, output: &Output, turn_away: &AtomicBool) {
    let mut chunk = [0; 4096];
    while let Ok(n @ 1..) = source.read(&mut chunk) {
        let mut seen = lock(output);
        seen.bytes.extend_from_slice(&chunk[..n]);
        seen.parser.process(&chunk[..n]);
        drop(seen);
        output.1.notify_all();
        if turn_away.load(Ordering::SeqCst) {
            return;
        }
    }
}

fn modes(master: &dyn MasterPty) -> String {
    let t = master.get_termios().unwrap();
    let flags = (
        t.input_flags,
        t.output_flags,
        t.control_flags,
        t.local_flags,
    );
    format!("{flags:?}")
}

const fn size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

/// A process as the kernel sees it, also one that has ended and was not asked after yet.
#[derive(Debug, Clone, Copy)]
pub struct Process {
    /// `R` runs, `S` sleeps, `T` is stopped, `Z` has ended.
    pub state: char,
    /// Hundredths of a second that it has computed.
    pub ticks: u64,
}

impl Process {
    fn of(pid: u32) -> Self {
        let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
        // The name, in parentheses, may hold blanks.
        let (_, rest) = text.rsplit_once(')').unwrap();
        let words: Vec<&str> = rest.split_whitespace().collect();
        let number = |i: usize| words[i].parse::<u64>().unwrap();
        Self {
            state: words[0].chars().next().unwrap(),
            ticks: number(11) + number(12),
        }
    }
}
