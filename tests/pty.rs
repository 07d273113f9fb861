//! The real program in a terminal: keys in, screen out, decisions on the disk. How processes are
//! stopped and what they have computed is read where Linux tells it.
#![cfg(target_os = "linux")]
// A test that cannot set its scene fails; saying so is all that an unwrap does here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "common/terminal.rs"]
mod terminal;

use std::time::{Duration, Instant};

use gouji::report::ReportId;
use gouji::review::{Action, End, Log, Reason, Target, sidecar};
use terminal::{Room, Terminal};

/// One wrong sum; a wrong sum and a warning; two sums that one slip broke.
const THREE: [&str; 3] = ["donghu-2014.txt", "qinglan-2022.txt", "yunxi-2022.html"];
const ONE: &str = "qinglan-2022.txt";
const TOTAL: &str = "t4.litigation.direct.total";
const NOTE: &str = "扫描件上是 3，见第 9 页";
const WHY: &str = "清理文件，非本年";
const TAB: &str = "\t";
const ENTER: &str = "\r";
const CTRL_C: &str = "\x03";
const SHIFT_TAB: &str = "\x1b[Z";
const BACKSPACE: &str = "\x7f";
const CTRL_N: &str = "\x0e";
const CTRL_Z: &str = "\x1a";
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

#[test]
fn from_the_first_issue_to_the_sidecar_and_back() {
    let room = Room::with(&THREE);
    let mut t = opened(&room);
    assert!(t.is_raw());
    t.sees("3 份报告  待决 5/5");
    t.sees_line(&["问题 1/1", "错误", "IND.REPLY", "待决"]);

    // The next issue is in the next report.
    t.press("n");
    t.sees_line(&["问题 1/2", "错误", "T4.SUM@litigation.direct", "待决"]);
    t.sees_line(&[">", "青岚县", "2022", "0/2"]);

    // Another value for the total, with its reason and why. What is no number stays to be mended.
    t.press(SHIFT_TAB);
    t.sees("[0!]");
    t.press("o");
    t.sees_line(&["改值", TOTAL]);
    t.sees_line(&["原因", "[报告有误]"]);
    t.press("3x");
    t.sees_line(&["改为", "3x"]);
    t.press(ENTER);
    t.press(BACKSPACE);
    t.loses("3x");
    t.sees_line(&["改值", TOTAL]);
    t.press(TAB);
    t.sees_line(&["原因", "[误读]"]);
    t.press(CTRL_N);
    t.press(NOTE);
    t.sees_line(&["备注", NOTE]);
    t.press(ENTER);
    // It comes to stand there, is saved, and the next issue comes by itself.
    t.sees(&format!("改为 {TOTAL} = 3"));
    t.sees("已存");
    t.sees_line(&["问题 1/1", "警告", "T2.IMPLIED_PRIOR@normative_documents"]);
    t.sees("3 份报告  待决 4/4");

    t.press("u");
    t.sees(&format!("撤销了 {TOTAL}"));
    t.sees_line(&["问题 1/2", "T4.SUM@litigation.direct", "待决"]);
    t.sees("[0!]");
    t.sees("3 份报告  待决 5/5");

    t.press("U");
    t.sees(&format!("重做了 {TOTAL}"));
    t.sees("[3*]");
    t.sees("3 份报告  待决 4/4");

    t.press("n");
    t.sees_line(&["问题 1/1", "警告", "T2.IMPLIED_PRIOR@normative_documents"]);
    t.press("d");
    t.sees_line(&["不成立：为什么？", "T2.IMPLIED_PRIOR"]);
    t.press("写错");
    t.sees_line(&["备注", "写错"]);
    t.press(ENTER);
    // Nothing is left here: the next report.
    t.sees("不成立 T2.IMPLIED_PRIOR@normative_documents");
    t.sees_line(&["ok", "青岚县", "1/1"]);
    t.sees_line(&[">", "云溪市", "0/2"]);
    t.sees("3 份报告  待决 3/4");

    // Back, for another note.
    t.press("K");
    t.sees_line(&[">", "ok", "青岚县", "1/1"]);
    t.press("u");
    t.sees("撤销了 T2.IMPLIED_PRIOR@normative_documents");
    t.press("d");
    t.press(WHY);
    t.sees_line(&["备注", WHY]);
    t.press(ENTER);
    t.sees_line(&[">", "云溪市", "0/2"]);
    t.sees_line(&["问题 1/2", "T3.BAL@"]);
    t.quit();

    as_decided(&room);
    let beside = sidecar_of(ONE);
    let names: Vec<String> = THREE.iter().map(|n| (*n).to_owned()).collect();
    let mut expected = [names, vec![beside.clone()]].concat();
    expected.sort();
    assert_eq!(room.names(), expected, "no other file was left");
    let written = std::fs::read(room.path(&beside)).unwrap();

    // Opened again, it is where it was left, and what was decided is there.
    let mut t = opened(&room);
    t.sees_line(&[">", "云溪市", "0/2"]);
    t.sees_line(&["问题 1/2", "T3.BAL@"]);
    t.sees("3 份报告  待决 3/4");
    t.press("K");
    t.sees_line(&[">", "ok", "青岚县", "1/1"]);
    t.sees("本报告待决 0");
    t.press("/");
    t.press(TOTAL);
    t.sees_line(&["> ", "总计", "未经复议"]);
    t.press(ENTER);
    t.sees("[3*]");
    t.quit();
    let same = std::fs::read(room.path(&beside)).unwrap();
    assert_eq!(written, same, "looking changes nothing");

    // And what was decided in the one can be taken back in the other.
    let mut t = opened(&room);
    t.sees_line(&[">", "ok", "青岚县", "1/1"]);
    t.press("u");
    t.sees("撤销了 T2.IMPLIED_PRIOR@normative_documents");
    t.press("u");
    t.sees(&format!("撤销了 {TOTAL}"));
    t.sees("3 份报告  待决 5/5");
    t.quit();
    let log = log(&room, ONE);
    assert!(log.decisions.is_empty());
    assert_eq!(log.history.len(), 3);
}

/// The sidecar after the loop, read by us and as anybody's TOML.
fn as_decided(room: &Room) {
    let log = log(room, ONE);
    let total = log.in_force(&Target::field(TOTAL)).unwrap();
    assert_eq!(total.action, Action::Override);
    assert_eq!(total.value.as_deref(), Some("3"));
    assert_eq!(total.was.as_deref(), Some("0"));
    assert_eq!(total.reason, Some(Reason::Misread));
    assert_eq!(total.note.as_deref(), Some(NOTE));
    assert_eq!(total.by.as_deref(), Some("李审核"));
    let prior = Target::finding("T2.IMPLIED_PRIOR@normative_documents");
    let prior = log.in_force(&prior).unwrap();
    assert_eq!(prior.action, Action::Dismiss);
    assert_eq!(prior.note.as_deref(), Some(WHY));
    assert!(prior.basis.as_ref().is_some_and(|b| !b.is_empty()));
    assert_eq!(log.decisions.len(), 2);
    // What was done again is in force as it was; what was not stays known.
    let [undone] = log.history.as_slice() else {
        panic!("{:?}", log.history)
    };
    assert_eq!(undone.decision.target, prior.target);
    assert_eq!(undone.decision.note.as_deref(), Some("写错"));
    assert_eq!(undone.ended.as_ref().unwrap().how, End::Undone);

    let text = std::fs::read_to_string(room.path(&sidecar_of(ONE))).unwrap();
    let table: toml::Table = text.parse().unwrap();
    assert_eq!(table["format"].as_integer(), Some(1));
    assert_eq!(table["source"]["file"].as_str(), Some(ONE));
    assert_eq!(table["report"]["year"].as_integer(), Some(2022));
    let decisions = table["decision"].as_array().unwrap();
    let fields: Vec<_> = decisions.iter().filter_map(|d| d.get("field")).collect();
    assert_eq!(fields[0].as_str(), Some(TOTAL));
    assert_eq!(table["history"][0]["ended"].as_str(), Some("undone"));
    assert!(text.contains(NOTE), "a note stands there as it was typed: {text}");
}

#[test]
fn a_signal_leaves_the_terminal_as_it_was_and_loses_nothing() {
    for signal in ["TERM", "HUP", "INT"] {
        let room = Room::with(&THREE);
        let mut t = opened(&room);
        t.press("a");
        t.sees("属实 IND.REPLY");
        // In the middle of a line, which is nothing decided.
        t.sees_line(&[">", "青岚县"]);
        t.sees("问题 1/2");
        t.press("o");
        t.sees("改值");
        t.signal(signal);
        t.ends();
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
    t.sees("改值");
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
        t.wait("screen taken again", |s| s.alternate_screen() && s.hide_cursor());
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

#[test]
fn a_setting_that_there_is_not_is_said_in_one_line() {
    for (text, named) in [
        ("lang = \"zh\"\ncolour = \"never\"\n", ["c.toml:2", "colour"]),
        ("[keys]\nudno = \"u\"\n", ["keys", "udno"]),
    ] {
        let room = Room::with(&THREE);
        room.write("c.toml", text);
        let mut t = Terminal::start(room.gouji(&["--config", "c.toml", "."]));
        assert_eq!(t.ends(), 2, "{}", t.screen());
        t.sees_line(&named);
        let said = t.screen();
        assert_eq!(said.trim().lines().count(), 1, "{said}");
        assert!(!t.bytes().contains(&b'\x1b'), "no screen was opened");
    }
}
