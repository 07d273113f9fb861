//! A disk that does not answer holds nobody at the screen.

use std::fs::File;

use super::terminal::{Room, Terminal};
use super::{CTRL_C, ONE, THREE, opened, sidecar_of};

/// A decision is made while somebody else keeps the lock of its sidecar, and goes on to.
fn hanging(room: &Room) -> (Terminal, File) {
    let mut t = opened(room);
    let lock = File::create(room.path(&format!(".{}.lock", sidecar_of(THREE[0])))).unwrap();
    lock.lock().unwrap();
    t.press("a");
    t.sees("属实 IND.REPLY");
    (t, lock)
}

const MAY_BE_LOST: [&str; 2] = [THREE[0], "不知是否存上"];

#[test]
fn keys_that_leave_end_it_and_it_says_what_is_not_saved() {
    for key in ["q", CTRL_C] {
        let room = Room::with(&THREE);
        let (mut t, _lock) = hanging(&room);
        t.press(key);
        // It waits a little, says what for, and then goes.
        t.sees("几秒后不再等");
        t.sees(THREE[0]);
        assert_eq!(t.ends(), 2, "{}", t.screen());
        t.is_restored();
        t.sees_line(&MAY_BE_LOST);
        assert!(!room.path(&sidecar_of(THREE[0])).exists());
    }
}

#[test]
fn whoever_stays_loses_nothing() {
    let room = Room::with(&THREE);
    let (mut t, lock) = hanging(&room);
    t.press("q");
    t.sees("几秒后不再等");
    t.press("n");
    t.loses("几秒后不再等");
    drop(lock);
    t.sees("已存");
    t.quit();
    assert!(room.path(&sidecar_of(THREE[0])).exists());
}

#[test]
fn whoever_leaves_while_it_is_written_waits_for_it() {
    let room = Room::with(&THREE);
    let (mut t, lock) = hanging(&room);
    t.press("q");
    t.sees("几秒后不再等");
    drop(lock);
    assert_eq!(t.ends(), 0, "{}", t.screen());
    t.is_restored();
    assert!(room.path(&sidecar_of(THREE[0])).exists());
}

#[test]
fn a_signal_ends_it_too() {
    for (signal, number) in [("TERM", 15), ("INT", 2), ("QUIT", 3)] {
        let room = Room::with(&THREE);
        let (mut t, _lock) = hanging(&room);
        t.signal(signal);
        assert_eq!(t.ends(), 128 + number, "{}", t.screen());
        t.is_restored();
        t.sees_line(&MAY_BE_LOST);
        assert!(!room.path(&sidecar_of(ONE)).exists());
    }
}
