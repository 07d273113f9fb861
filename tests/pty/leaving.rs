//! However it is left or stopped, the terminal is as it was, and what was decided is written.

use std::time::{Duration, Instant};

use gouji::review::{Action, Target};

use super::terminal::{Room, Terminal};
use super::{CTRL_C, ESC, ONE, THREE, is_open, log, opened, sidecar_of};

const CTRL_Z: &str = "\x1a";

#[test]
fn a_signal_leaves_the_terminal_as_it_was_and_loses_nothing() {
    for (signal, number) in [("TERM", 15), ("HUP", 1), ("INT", 2), ("QUIT", 3)] {
        let room = Room::with(&THREE);
        let mut t = opened(&room);
        t.press("a");
        t.sees("属实 IND.REPLY");
        // In the middle of a line, which is nothing decided.
        t.sees_line(&[">", "青岚县"]);
        t.sees("问题 1/2");
        t.press("o");
        t.sees_line(&["改值", "t4."]);
        t.signal(signal);
        // As a shell tells of a program that the signal killed.
        assert_eq!(t.ends(), 128 + number, "{signal}");
        t.is_restored();
        let log = log(&room, THREE[0]);
        let confirmed = log.in_force(&Target::finding("IND.REPLY")).unwrap();
        assert_eq!(confirmed.action, Action::Confirm, "{signal}");
        assert!(!room.path(&sidecar_of(ONE)).exists(), "{signal}");
    }
}

#[test]
fn ctrl_c_leaves_and_asks_about_an_open_line() {
    let room = Room::with(&THREE);
    let mut t = opened(&room);
    t.press("o");
    t.sees_line(&["改值", "ind."]);
    t.press("7");
    t.press(CTRL_C);
    t.sees("输入还没有存，离开吗？");
    t.press("n");
    t.sees_line(&["改为", "7"]);
    t.press(ESC);
    t.sees("问题 1/1");
    t.press(CTRL_C);
    assert_eq!(t.ends(), 0);
    t.is_restored();
    assert_eq!(room.names(), THREE);
}

#[test]
fn stopped_from_outside_and_going_on() {
    let room = Room::with(&THREE);
    let mut t = opened(&room);
    for how in [CTRL_Z, "TSTP"] {
        if how == CTRL_Z {
            t.press(how);
        } else {
            t.signal(how);
        }
        t.becomes('T');
        t.is_restored();
        t.signal("CONT");
        is_open(&t);
        t.wait("screen taken again", |s| {
            s.alternate_screen() && s.hide_cursor()
        });
        assert!(t.is_raw());
        t.sees_line(&["问题 1/1", "IND.REPLY"]);
    }
    t.press("n");
    t.sees("T4.SUM@litigation.direct");
    t.quit();
}

/// As people do it: in a shell, which gets its terminal back in the meantime.
#[test]
fn ctrl_z_and_fg_in_a_shell() {
    let room = Room::with(&THREE);
    let script = r#"set -m; "$0" .; echo "STOPPED $?"; read line; fg; echo "ENDED $?""#;
    let program = env!("CARGO_BIN_EXE_gouji");
    let mut t = Terminal::start(room.command("/bin/sh", &["-c", script, program]));
    is_open(&t);
    t.press("n");
    t.sees("T4.SUM@litigation.direct");
    t.press(CTRL_Z);
    t.sees("STOPPED");
    t.is_restored();
    // Another size by the time it comes back.
    t.resize(100, 30);
    t.press("\n");
    is_open(&t);
    t.sees_line(&["问题 1/2", "T4.SUM@litigation.direct"]);
    t.wait("keys in the new last line", |s| {
        let last = s.contents_between(29, 0, 29, 100);
        last.contains("q 离开")
    });
    assert!(t.is_raw());
    t.press("q");
    t.sees("ENDED 0");
    t.is_restored();
    assert_eq!(t.ends(), 0);
}

/// The connection breaks: nobody can press `q` any more.
#[test]
fn it_ends_when_the_terminal_goes_away() {
    // With a terminal of its own it gets a signal; without one only the hang-up is there to see.
    for controlling in [true, false] {
        let room = Room::with(&THREE);
        let mut command = room.gouji(&["."]);
        command.set_controlling_tty(controlling);
        let mut t = Terminal::start(command);
        is_open(&t);
        t.press("a");
        t.sees("属实 IND.REPLY");
        let before = t.process().ticks;
        t.hang_up("J");
        let since = Instant::now();
        t.becomes('Z');
        let took = since.elapsed();
        assert!(took < Duration::from_secs(5), "{controlling}: {took:?}");
        let ticks = t.process().ticks - before;
        assert!(ticks < 30, "{controlling}: computed for {ticks} ticks");
        t.ends();
        let log = log(&room, THREE[0]);
        let confirmed = log.in_force(&Target::finding("IND.REPLY")).unwrap();
        assert_eq!(confirmed.action, Action::Confirm);
    }
}

/// It breaks in the midst of what is typed and written: neither waits for anybody.
#[test]
fn it_ends_while_it_draws_to_nobody() {
    let room = Room::with(&THREE);
    let mut t = opened(&room);
    t.resize(200, 60);
    t.sees("原文");
    t.press("a");
    t.sees("属实 IND.REPLY");
    t.sees_line(&["问题 1/2", "T4.SUM@litigation.direct"]);
    t.press("o");
    t.sees_line(&["改值", "t4."]);
    t.press("12");
    // More frames than a terminal takes that nobody reads.
    let redraws = "\x07\x0c?\x0c?\x0co".repeat(20);
    t.hang_up(&redraws);
    let since = Instant::now();
    t.becomes('Z');
    let took = since.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
    t.ends();
    let confirmed = Target::finding("IND.REPLY");
    assert!(log(&room, THREE[0]).in_force(&confirmed).is_some());
    assert!(
        !room.path(&sidecar_of(ONE)).exists(),
        "nothing half is taken"
    );
}
