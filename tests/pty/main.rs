//! The real program in a terminal: keys in, screen out, decisions on the disk. How processes are
//! stopped and what they have computed is read where Linux tells it.
#![cfg(target_os = "linux")]
// A test that cannot set its scene fails; saying so is all that an unwrap does here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod burst;
mod leaving;
mod looks;
mod review;
mod saving;
mod terminal;
mod trouble;

use gouji::report::ReportId;
use gouji::review::{Log, sidecar};
use terminal::{Room, Terminal};

/// One wrong sum; a wrong sum and a warning; two sums that one slip broke.
const THREE: [&str; 3] = ["donghu-2014.txt", "qinglan-2022.txt", "yunxi-2022.html"];
const ONE: &str = "qinglan-2022.txt";
const CTRL_C: &str = "\x03";
const CTRL_G: &str = "\x07";
const ENTER: &str = "\r";
const ESC: &str = "\x1b";

fn log(room: &Room, name: &str) -> Log {
    sidecar::load(&ReportId::file(room.path(name))).unwrap()
}

fn sidecar_of(name: &str) -> String {
    format!("{name}.review.toml")
}

/// Opened, with all reports read and one of them in view.
fn opened(room: &Room) -> Terminal {
    let terminal = room.open();
    is_open(&terminal);
    terminal
}

fn is_open(terminal: &Terminal) {
    terminal.wait("report in view", |s| {
        let shown = s.contents();
        let there = shown.contains("问题 1/") || shown.contains("本报告待决");
        s.alternate_screen() && there && !shown.contains("读入")
    });
}
