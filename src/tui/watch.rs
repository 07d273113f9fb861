//! What comes from outside: keys, signals, and a terminal that goes away.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

use super::run::message_of;
use super::update::Message;

static GONE: AtomicBool = AtomicBool::new(false);

/// Whether the terminal went away.
pub fn is_gone() -> bool {
    GONE.load(Ordering::SeqCst)
}

/// Reads keys on a thread of its own.
pub fn keys(sender: Sender<Message>) {
    std::thread::spawn(move || {
        loop {
            match crossterm::event::read() {
                Ok(event) => {
                    if message_of(event).is_some_and(|m| sender.send(m).is_err()) {
                        return;
                    }
                }
                Err(_) => {
                    let _ = sender.send(Message::Terminate);
                    return;
                }
            }
        }
    });
}

/// Tells of signals. What is decided is written before the process ends.
#[cfg(unix)]
pub fn signals(sender: Sender<Message>) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
    let mut signals =
        signal_hook::iterator::Signals::new([SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP])?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            let message = match signal {
                SIGCONT => Message::Continued,
                SIGTSTP => Message::Stop,
                SIGHUP => {
                    gone(&sender);
                    continue;
                }
                _ => Message::Terminate,
            };
            if sender.send(message).is_err() {
                return;
            }
        }
    });
    Ok(())
}

#[cfg(not(unix))]
pub fn signals(_: Sender<Message>) -> io::Result<()> {
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
pub fn hang_up(sender: Sender<Message>) {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    std::thread::spawn(move || {
        let stdin = io::stdin();
        let pause = Timespec {
            tv_sec: 0,
            tv_nsec: 400_000_000,
        };
        loop {
            // No event is asked for: what is told all the same is an error or a hang-up.
            let mut fds = [PollFd::new(&stdin, PollFlags::empty())];
            let polled = poll(&mut fds, Some(&pause));
            let bad = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
            match polled {
                Ok(_) if fds.iter().any(|f| f.revents().intersects(bad)) => {
                    gone(&sender);
                    return;
                }
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(_) => std::thread::sleep(Duration::from_millis(400)),
            }
        }
    });
}

#[cfg(not(unix))]
pub fn hang_up(_: Sender<Message>) {}

/// The loop ends by itself; if it cannot (it hangs in a write, a disk does not answer), the
/// process ends all the same. Decisions that were said to be saved are.
fn gone(sender: &Sender<Message>) {
    if GONE.swap(true, Ordering::SeqCst) {
        return;
    }
    let _ = sender.send(Message::Terminate);
    std::thread::spawn(|| {
        std::thread::sleep(Duration::from_millis(800));
        std::process::exit(129);
    });
}
