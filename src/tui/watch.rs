//! What comes from outside: keys, signals, and a terminal that goes away.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use crossterm::event::{Event, poll, read};

use super::inbox::{Inbox, TYPED, is_interrupt, is_size};
use super::run::Told;
use super::update::Message;

/// Keys that come faster than this one after the other are one paste.
const QUIET: Duration = Duration::from_millis(20);

/// Ctrl-C waits no longer than this for a paste to end.
const LOUD: Duration = Duration::from_millis(100);

/// As many keys are read before they are handed over.
const BURST: usize = 1024;

/// SIGHUP, on all systems that have it.
const HANG_UP: i32 = 1;

static GONE: AtomicBool = AtomicBool::new(false);
static SIGNAL: AtomicI32 = AtomicI32::new(0);

/// The signal that ends the program, if one came. A program that it kills has the exit status
/// 128 and its number, and so have we, who end in order.
pub fn signal() -> Option<u8> {
    let number = SIGNAL.load(Ordering::SeqCst);
    u8::try_from(number).ok().filter(|n| *n > 0)
}

/// Reads keys on a thread of its own.
pub fn keys(sender: Sender<Told>, inbox: Arc<Inbox>) {
    let end = sender.clone();
    let mut reader = Reader {
        sender,
        inbox,
        run: 0,
        last: Instant::now(),
    };
    std::thread::spawn(move || {
        while reader.read_some().is_ok() {}
        // Nobody can press a key any more.
        let _ = end.send(Told::Message(Message::Terminate));
    });
}

struct Reader {
    sender: Sender<Told>,
    inbox: Arc<Inbox>,
    /// How many keys came without a pause, and when the last one did.
    run: usize,
    last: Instant,
}

impl Reader {
    /// Hands over what is there of keys, at least one.
    fn read_some(&mut self) -> io::Result<()> {
        let mut burst = vec![read()?];
        while burst.len() < BURST && poll(Duration::ZERO)? {
            burst.push(read()?);
        }
        if self.last.elapsed() > QUIET {
            self.run = 0;
        }
        self.run += burst.len();
        let interrupt = burst.iter().position(is_interrupt);
        match interrupt.filter(|_| self.run > TYPED) {
            Some(at) => self.interrupted(burst, at)?,
            None => self.inbox.put(burst),
        }
        self.last = Instant::now();
        self.wake();
        Ok(())
    }

    /// Ctrl-C in a paste: what is left of that is nothing that anybody wants, and must not be
    /// taken for an answer to what Ctrl-C asks.
    fn interrupted(&mut self, mut burst: Vec<Event>, at: usize) -> io::Result<()> {
        let mut behind = burst.split_off(at);
        let interrupt = behind.remove(0);
        behind.retain(is_size);
        let start = Instant::now();
        let mut due = Some((burst, interrupt));
        while poll(QUIET)? {
            let event = read()?;
            if is_size(&event) {
                behind.push(event);
            }
            // It may trickle on for long.
            if start.elapsed() > LOUD
                && let Some((before, interrupt)) = due.take()
            {
                self.inbox.interrupt(before, interrupt);
                self.wake();
            }
        }
        if let Some((before, interrupt)) = due {
            self.inbox.interrupt(before, interrupt);
        }
        self.inbox.put(behind);
        self.run = 0;
        Ok(())
    }

    fn wake(&self) {
        // Only a loop that has ended does not hear it.
        let _ = self.sender.send(Told::Input);
    }
}

/// Tells of signals. What is decided is written before the process ends.
#[cfg(unix)]
pub fn signals(sender: Sender<Told>) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    let all = [SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP];
    let mut signals = signal_hook::iterator::Signals::new(all)?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            let message = match signal {
                SIGCONT => Message::Continued,
                SIGTSTP => Message::Stop,
                // One that somebody sent is a signal as any other: the terminal is still there.
                SIGHUP if is_hung_up(Duration::ZERO) => {
                    gone(&sender);
                    continue;
                }
                other => {
                    ends(other, PATIENCE);
                    Message::Terminate
                }
            };
            if sender.send(Told::Message(message)).is_err() {
                return;
            }
        }
    });
    Ok(())
}

#[cfg(not(unix))]
pub fn signals(_: Sender<Told>) -> io::Result<()> {
    Ok(())
}

/// Stops the process as Ctrl-Z does elsewhere; goes on after `fg`.
pub fn suspend() {
    #[cfg(unix)]
    let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP);
}

/// Notices that the terminal went away. The thread that reads keys does not: it would read
/// nothing for ever, as fast as it can.
#[cfg(unix)]
pub fn hang_up(sender: Sender<Told>) {
    std::thread::spawn(move || {
        while !is_hung_up(LOOK) {}
        gone(&sender);
    });
}

/// How long the terminal is watched at a time.
#[cfg(unix)]
const LOOK: Duration = Duration::from_millis(400);

/// Whether the terminal goes away within a time, or has gone.
#[cfg(unix)]
fn is_hung_up(within: Duration) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let stdin = io::stdin();
    // No event is asked for: what is told all the same is an error or a hang-up.
    let mut fds = [PollFd::new(&stdin, PollFlags::empty())];
    let within = Timespec {
        tv_sec: 0,
        tv_nsec: within.subsec_nanos().into(),
    };
    let bad = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    match poll(&mut fds, Some(&within)) {
        Ok(_) => fds.iter().any(|f| f.revents().intersects(bad)),
        Err(rustix::io::Errno::INTR) => false,
        Err(_) => {
            std::thread::sleep(LOOK);
            false
        }
    }
}

#[cfg(not(unix))]
pub fn hang_up(_: Sender<Told>) {}

/// How long a signal lets the screen end by itself: what waits to be written gets some of it.
const PATIENCE: Duration = Duration::from_secs(5);

/// The same where there is no terminal any more, and nobody to tell.
const SHORT_PATIENCE: Duration = Duration::from_millis(800);

fn gone(sender: &Sender<Told>) {
    if GONE.swap(true, Ordering::SeqCst) {
        return;
    }
    ends(HANG_UP, SHORT_PATIENCE);
    let _ = sender.send(Told::Message(Message::Terminate));
}

/// The loop ends by itself; if it cannot (it hangs in a write, a disk does not answer), the
/// process ends all the same. Decisions that were said to be saved are.
fn ends(signal: i32, patience: Duration) {
    SIGNAL.store(signal, Ordering::SeqCst);
    std::thread::spawn(move || {
        std::thread::sleep(patience);
        // A terminal that takes no bytes takes its modes back all the same.
        let _ = crossterm::terminal::disable_raw_mode();
        std::process::exit(128 + signal);
    });
}
