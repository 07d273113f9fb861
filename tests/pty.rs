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
const CTRL_G: &str = "\x07";
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
    assert!(
        text.contains(NOTE),
        "a note stands there as it was typed: {text}"
    );
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
        t.sees_line(&["改值", "t4."]);
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

#[test]
fn a_setting_that_there_is_not_is_said_in_one_line() {
    for (text, named) in [
        (
            "lang = \"zh\"\ncolour = \"never\"\n",
            ["c.toml:2", "colour"],
        ),
        ("[keys]\nudno = \"u\"\n", ["keys", "udno"]),
    ] {
        let room = Room::with(&THREE);
        room.write("c.toml", text);
        let mut t = Terminal::start(room.gouji(&["--config", "c.toml", "."]));
        assert_eq!(t.ends(), 2, "{}", t.screen());
        t.sees_line(&named);
        let said = t.screen();
        assert_eq!(said.trim().lines().count(), 1, "{said}");
        let bytes = String::from_utf8(t.bytes()).unwrap();
        assert!(!bytes.contains("\x1b[?1049h"), "no screen was opened");
    }
}

/// The codes of style and colour among what came out.
fn styles(bytes: &[u8]) -> Vec<u16> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let codes = text.split("\x1b[").skip(1).filter_map(|rest| {
        let (parameters, _) = rest.split_once('m')?;
        let plain = parameters.bytes().all(|b| b.is_ascii_digit() || b == b';');
        plain.then(|| parameters.split(';').map(|p| p.parse().unwrap_or(0)))
    });
    codes.flatten().collect()
}

/// Goes through what has styles: both panes, an issue, the line for a value, help.
fn styles_of_all(arguments: &[&str], no_color: Option<&str>) -> Vec<u16> {
    let room = Room::with(&THREE);
    let mut command = room.gouji(arguments);
    if let Some(value) = no_color {
        command.env("NO_COLOR", value);
    }
    let mut t = Terminal::start(command);
    is_open(&t);
    t.press("n");
    t.sees("T4.SUM@litigation.direct");
    t.press("o");
    t.sees_line(&["改值", "t4."]);
    t.press(ESC);
    t.sees_line(&["问题 1/2", "T4.SUM@litigation.direct"]);
    t.press("s");
    t.sees_line(&["原文", "qinglan-2022.txt"]);
    t.press("s");
    t.press("?");
    t.sees("按键");
    t.press("?");
    t.sees("问题 1/2");
    t.quit();
    styles(&t.bytes())
}

#[test]
fn without_colour_bold_and_reverse_remain() {
    let is_colour = |code: &u16| matches!(code, 30..=49 | 90..=107);
    let colours = |codes: &[u16]| codes.iter().copied().filter(is_colour).collect::<Vec<_>>();
    let coloured = styles_of_all(&["."], None);
    assert!(!colours(&coloured).is_empty(), "{coloured:?}");
    let plain = styles_of_all(&["."], Some("1"));
    let never = styles_of_all(&["--color", "never", "."], None);
    for codes in [plain, never] {
        assert_eq!(colours(&codes), [] as [u16; 0]);
        assert!(codes.contains(&1) && codes.contains(&7), "{codes:?}");
    }
}

/// What a report, its name or its sidecar holds is shown, and commands nothing.
#[test]
fn control_characters_never_reach_the_terminal() {
    const EVIL: &str = "\u{1b}]0;owned\u{7}\u{1b}[31m\u{9b}5m\u{1b}[2J\u{1b}c\u{8}\u{202e}\u{7f}";
    let text = String::from_utf8(terminal::sample(ONE).to_vec()).unwrap();
    let (first, rest) = text.split_once('\n').unwrap();
    // In the title, in the prose, in the tables and after them.
    let rest = rest.replace("\n三、", &format!("\n{EVIL}三、{EVIL}"));
    let rest = rest.replace("件", &format!("件{EVIL}"));
    let room = Room::with(&[]);
    room.write("a.txt", format!("{first}{EVIL}\n{EVIL}{rest}{EVIL}"));
    room.write(
        "a.txt.review.toml",
        "format = 1\n[review]\nnote = \"n\\u001b[31m\"\n",
    );
    // Names that are commands, of a report and of what is none.
    room.write("b\u{1b}[31m.txt", terminal::sample(ONE));
    room.write("c\u{1b}[31m.txt", "");
    // A sidecar that does not parse, just there.
    room.write("d.txt", terminal::sample(ONE));
    room.write("d.txt.review.toml", "format = 1\n\u{1b}[31m = \u{1b}c\n");

    let mut t = room.open();
    is_open(&t);
    for _ in 0..4 {
        // Every part, the source of it, from the top to the end.
        for _ in 0..8 {
            t.press("]");
            t.press("s");
            t.press("G");
            t.press("g");
            t.press("s");
        }
        t.press("o");
        t.press(CTRL_G);
        t.press("/");
        t.press("txt");
        t.press(CTRL_G);
        t.press("J");
    }
    t.sees("d.txt");
    t.resize(140, 40);
    t.sees("四、");
    t.press("g");
    t.press("?");
    t.sees("按键");
    t.press("?");
    t.press(CTRL_C);
    assert_eq!(t.ends(), 0);
    t.is_restored();

    let shown = String::from_utf8(t.bytes()).unwrap();
    assert!(shown.contains('␛'), "they are shown as symbols");
    commands_only(&shown);
}

/// Asserts that the terminal was given nothing but text and the commands that a screen needs.
fn commands_only(shown: &str) {
    for c in shown.chars() {
        let odd = c.is_control() && !matches!(c, '\x1b' | '\r' | '\n');
        assert!(!odd && c != '\u{202e}', "{c:?} in {shown:?}");
    }
    for rest in shown.split('\x1b').skip(1) {
        let sequence = rest.strip_prefix('[').unwrap_or_else(|| panic!("{rest:?}"));
        let end = sequence
            .find(|c: char| !matches!(c, '0'..='9' | ';' | '?'))
            .unwrap();
        let command = sequence[end..].chars().next().unwrap();
        assert!("mHGJKhlABCD".contains(command), "{rest:?}");
    }
}

#[test]
fn any_size_and_back() {
    let room = Room::with(&THREE);
    let mut t = opened(&room);
    t.resize(140, 40);
    t.wait("the source beside", |s| {
        let first = s.contents_between(1, 0, 1, 140);
        first.contains("报告 1/3") && first.contains("原文")
    });
    t.resize(40, 10);
    t.sees("问题 1/1");
    for (columns, rows) in [(39, 10), (40, 9), (10, 3), (1, 1), (2, 24), (200, 1)] {
        t.resize(columns, rows);
        t.press("n");
        t.press("N");
    }
    t.resize(80, 24);
    is_open(&t);
    t.sees_line(&["报告 1/3", "│东湖区人民政府"]);
    t.quit();
}

#[test]
fn files_that_cannot_be_read_hold_nothing_up() {
    let room = Room::with(&[ONE]);
    room.write("a-empty.txt", "");
    room.write(
        "b-binary.txt",
        [0u8, 159, 146, 150, 0, 255, 1, 2, 0].repeat(300),
    );
    room.write(
        "c-page.html",
        "<html><body><p>食堂菜谱：红烧肉。</p></body></html>",
    );
    let cut = std::str::from_utf8(terminal::sample(ONE)).unwrap();
    let cut: String = cut.chars().take(cut.chars().count() / 2).collect();
    room.write("d-cut.txt", cut);
    room.write(
        "e-rows.txt",
        "一、本年新收 | 1 | 0 | 0 | 0 | 0 | 0 | 1\n".repeat(10_000),
    );
    let mut t = room.open();
    for (file, name) in [
        ("a-empty.txt", "a-empty"),
        ("b-binary.txt", "b-binary"),
        ("c-page.html", "c-page"),
    ] {
        // The file is named in its row, and in full with the cause.
        t.sees_line(&[">x", name, "读不了"]);
        t.sees_line(&["读不了  ", file]);
        t.press("J");
    }
    t.sees_line(&[">", "青岚县", "2022"]);
    // The large one is not waited for.
    t.press("G");
    t.sees_line(&[">E1W1", "青岚县", "2022", "0/2"]);
    t.sees("T4.SUM@litigation.direct");
    t.press("a");
    t.sees("属实 T4.SUM@litigation.direct");
    t.sees("已存");
    t.quit();
    let confirmed = Target::finding("T4.SUM@litigation.direct");
    assert!(log(&room, ONE).in_force(&confirmed).is_some());
}

#[test]
fn a_file_that_vanishes_takes_nothing_along() {
    let room = Room::with(&THREE);
    let mut t = opened(&room);
    t.press("a");
    t.sees("已存");
    t.sees_line(&[">", "青岚县"]);
    t.sees("问题 1/2");
    for name in THREE {
        std::fs::remove_file(room.path(name)).unwrap();
    }
    // The one in view is still there to be decided on; the next one is gone.
    t.press("a");
    t.sees("属实 T4.SUM@litigation.direct");
    t.sees("已存");
    t.press("J");
    t.sees_line(&[">x", "yunxi-", "读不了"]);
    t.sees_line(&["读不了  ", "yunxi-2022.html"]);
    t.press("K");
    t.sees_line(&[">", "青岚县"]);
    t.quit();
    assert_eq!(room.names(), [sidecar_of(THREE[0]), sidecar_of(ONE)]);
    assert_eq!(log(&room, ONE).decisions.len(), 1);
}

#[test]
fn a_sidecar_that_does_not_parse_is_left_alone() {
    let room = Room::with(&THREE);
    let broken = "format = 1\n[[decision]\n";
    let beside = sidecar_of(THREE[0]);
    room.write(&beside, broken);
    let mut t = opened(&room);
    t.sees_line(&[&format!("{beside}:2")]);
    t.sees("决定文件修好前本报告只读");
    for key in ["a", "o", "d", "x", "b", "f", "m", "D", "u", "U"] {
        t.press(key);
        t.press(CTRL_G);
    }
    // The others are not touched by it.
    t.press("n");
    t.sees("T4.SUM@litigation.direct");
    t.press("a");
    t.sees("已存");
    t.quit();
    assert_eq!(std::fs::read_to_string(room.path(&beside)).unwrap(), broken);
    assert_eq!(log(&room, ONE).decisions.len(), 1);
}

/// A decision that cannot be written is kept, said, asked about, and written once that can be.
#[test]
fn what_cannot_be_saved_is_not_lost() {
    let room = Room::with(&THREE);
    let mut t = opened(&room);
    // Something is in the way.
    let beside = room.path(&sidecar_of(THREE[0]));
    std::fs::create_dir(&beside).unwrap();
    t.press("a");
    t.sees("1 份没存上！");
    t.press("q");
    t.sees("还有决定没有存上");
    t.press("n");
    t.loses("还有决定没有存上");
    std::fs::remove_dir(&beside).unwrap();
    t.press("R");
    t.sees("已存");
    t.loses("没存上");
    t.quit();
    let confirmed = Target::finding("IND.REPLY");
    assert!(log(&room, THREE[0]).in_force(&confirmed).is_some());
}

/// A key that comes together with a new size is not left lying, nor is the size.
#[test]
fn keys_and_sizes_at_once() {
    let room = Room::with(&THREE);
    let mut t = opened(&room);
    for round in 0..300 {
        let columns = 80 + round % 7;
        // By turns the key first and the size first.
        if round % 2 == 0 {
            t.resize(columns, 24);
            t.press("?");
        } else {
            t.press("?");
            t.resize(columns, 24);
        }
        t.sees("按键");
        t.wait("rule over the width", |s| {
            let rule = s.contents_between(1, columns - 4, 1, columns);
            rule.chars().count() == 4 && rule.chars().all(|c| c == '─')
        });
        t.press("?");
        t.sees("问题 1/1");
    }
    t.quit();
}
