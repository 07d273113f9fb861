//! The real binary in a pseudo-terminal: a review from the first key to the sidecar, and a
//! terminal that is left as it was, however the process ends.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// Longer than anything should take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    screen: Arc<Mutex<vt100::Parser>>,
    bytes: Arc<Mutex<Vec<u8>>>,
    deaf: Arc<AtomicBool>,
    reader: Option<JoinHandle<()>>,
}

impl Terminal {
    fn open(arguments: &[&Path], home: &Path) -> Self {
        let size = PtySize {
            rows: 24,
            cols: 80,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_gouji"));
        arguments.iter().for_each(|a| command.arg(a));
        command.env_clear();
        command.env("HOME", home);
        command.env("XDG_DATA_HOME", home.join("data"));
        command.env("XDG_CONFIG_HOME", home.join("config"));
        command.env("GOUJI_REVIEWER", "li");
        command.env("TERM", "xterm-256color");
        command.env("LANG", "zh_CN.UTF-8");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(vt100::Parser::new(24, 80, 0)));
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (shown, all) = (Arc::clone(&screen), Arc::clone(&bytes));
        let deaf = Arc::new(AtomicBool::new(false));
        let no_more = Arc::clone(&deaf);
        let reader = std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(n) = reader.read(&mut buffer) {
                if n == 0 || no_more.load(Ordering::SeqCst) {
                    return;
                }
                shown.lock().unwrap().process(&buffer[..n]);
                all.lock().unwrap().extend_from_slice(&buffer[..n]);
            }
        });
        Self {
            keys: Some(pair.master.take_writer().unwrap()),
            master: Some(pair.master),
            child,
            screen,
            bytes,
            deaf,
            reader: Some(reader),
        }
    }

    fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    fn wait_for(&self, what: &str) {
        let start = Instant::now();
        while !self.text().contains(what) {
            assert!(
                start.elapsed() < PATIENCE,
                "no “{what}” in\n{}",
                self.text()
            );
            std::thread::sleep(Duration::from_millis(15));
        }
    }

    fn keys(&mut self, keys: &str) {
        let out = self.keys.as_mut().unwrap();
        out.write_all(keys.as_bytes()).unwrap();
        out.flush().unwrap();
    }

    /// Closes the terminal, as an emulator does whose window is closed.
    fn hang_up(&mut self) {
        self.deaf.store(true, Ordering::SeqCst);
        self.keys("?");
        self.reader.take().unwrap().join().unwrap();
        drop(self.keys.take());
        drop(self.master.take());
    }

    fn ended(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // What was written last is still on its way.
                std::thread::sleep(Duration::from_millis(100));
                return status;
            }
            assert!(start.elapsed() < PATIENCE, "does not end\n{}", self.text());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The other screen is left, the cursor is shown, pasting is as it was.
    fn is_restored(&self) {
        let bytes = self.bytes.lock().unwrap();
        let last = |code: &str| {
            bytes
                .windows(code.len())
                .rposition(|w| w == code.as_bytes())
                .unwrap_or(0)
        };
        assert!(
            last("\x1b[?1049l") > last("\x1b[?1049h"),
            "the other screen stays"
        );
        assert!(
            last("\x1b[?25h") > last("\x1b[?25l"),
            "the cursor stays hidden"
        );
        assert!(
            last("\x1b[?2004l") > last("\x1b[?2004h"),
            "pasting stays bracketed"
        );
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

fn batch() -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let reports = home.path().join("reports");
    gouji::sample::write(&reports).unwrap();
    (home, reports)
}

fn sidecar(reports: &Path, name: &str) -> String {
    std::fs::read_to_string(reports.join(format!("{name}.review.toml"))).unwrap_or_default()
}

fn signal(terminal: &Terminal, name: &str) {
    let id = terminal.child.process_id().unwrap().to_string();
    let sent = std::process::Command::new("kill")
        .args(["-s", name, &id])
        .status()
        .unwrap();
    assert!(sent.success());
}

#[test]
fn a_review_from_the_first_key_to_the_sidecar() {
    let (home, reports) = batch();
    let mut terminal = Terminal::open(&[&reports], home.path());
    terminal.wait_for("问题 1/3");
    terminal.wait_for("T3.COL@total");
    terminal.keys("n");
    terminal.wait_for("问题 2/3");
    terminal.keys("N");
    terminal.wait_for("问题 1/3");
    // Another value, with a Chinese note and a reason.
    terminal.keys("o");
    terminal.wait_for("改值");
    terminal.keys("=20+9\x0e扫描件上是29\t");
    terminal.wait_for("[误读]");
    terminal.keys("\r");
    terminal.wait_for("已存");
    let first = sidecar(&reports, "baichuan-2021.txt");
    for part in ["override", "value = \"29\"", "扫描件上是29", "by = \"li\""] {
        assert!(first.contains(part), "{part} is not in\n{first}");
    }
    terminal.keys("u");
    terminal.wait_for("撤销了");
    terminal.keys("U");
    terminal.wait_for("重做了");
    // To a finding, which is no error.
    terminal.keys("/nanpu\r");
    terminal.wait_for("南浦市人民政府 2018");
    terminal.keys("d");
    terminal.wait_for("不成立：为什么");
    terminal.keys("另有说明\r");
    terminal.wait_for("青岚县人民政府 2022");
    terminal.keys("q");
    assert!(terminal.ended().success());
    terminal.is_restored();
    let dismissed = sidecar(&reports, "nanpu-2018.txt");
    assert!(
        dismissed.contains("dismiss") && dismissed.contains("另有说明"),
        "{dismissed}"
    );

    // Opened again, it is where it was left, and the decisions are there.
    let mut again = Terminal::open(&[&reports], home.path());
    again.wait_for("青岚县人民政府 2022");
    again.keys("/baichuan\r");
    again.wait_for("白川区人民政府 2021");
    again.wait_for("问题 1/");
    again.keys("u");
    again.wait_for("撤销了");
    again.keys("q");
    assert!(again.ended().success());
    assert!(sidecar(&reports, "baichuan-2021.txt").contains("ended = \"undone\""));
}

#[test]
fn bare_gouji_opens_the_samples() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(&[], home.path());
    terminal.wait_for("示例批次");
    terminal.wait_for("问题 1/");
    terminal.keys("q");
    assert!(terminal.ended().success());
    assert!(
        home.path()
            .join("data")
            .join("gouji")
            .join("sample")
            .is_dir()
    );
}

#[test]
fn signals_end_it_and_the_terminal_is_as_it_was() {
    for name in ["TERM", "INT"] {
        let (home, reports) = batch();
        let mut terminal = Terminal::open(&[&reports], home.path());
        terminal.wait_for("问题 1/3");
        terminal.keys("a");
        terminal.wait_for("已存");
        signal(&terminal, name);
        terminal.ended();
        terminal.is_restored();
        assert!(sidecar(&reports, "baichuan-2021.txt").contains("confirm"));
    }
}

#[test]
fn stopped_it_gives_the_terminal_back_and_goes_on() {
    let (home, reports) = batch();
    let mut terminal = Terminal::open(&[&reports], home.path());
    terminal.wait_for("问题 1/3");
    terminal.keys("\x1a");
    let start = Instant::now();
    while terminal.screen.lock().unwrap().screen().alternate_screen() {
        assert!(start.elapsed() < PATIENCE);
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_millis(200));
    signal(&terminal, "CONT");
    terminal.wait_for("问题 1/3");
    terminal.keys("q");
    assert!(terminal.ended().success());
    terminal.is_restored();
}

/// The terminal goes away: no reader is left to spin, and what was decided is written.
#[test]
fn a_terminal_that_goes_away_ends_it_within_a_second() {
    let (home, reports) = batch();
    let mut terminal = Terminal::open(&[&reports], home.path());
    terminal.wait_for("问题 1/3");
    terminal.keys("a");
    terminal.wait_for("已存");
    let start = Instant::now();
    terminal.hang_up();
    terminal.ended();
    // A second, and what a busy machine needs.
    assert!(
        start.elapsed() < Duration::from_secs(4),
        "{:?}",
        start.elapsed()
    );
    assert!(sidecar(&reports, "baichuan-2021.txt").contains("confirm"));
}
