//! What reaches the terminal: styles, sizes, and nothing that a report would like to tell it.

use super::terminal::{self, Room, Terminal};
use super::{CTRL_C, CTRL_G, ESC, ONE, THREE, is_open, opened};

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
    const EVIL: &str =
        "\u{1b}]0;owned\u{7}\u{1b}[31m\u{9b}5m\u{1b}[2J\u{1b}c\u{8}\u{202e}\u{61c}\u{2067}\u{7f}";
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
    t.sees("[四]");
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
        let turns = gouji::text::is_control(c) && !c.is_control();
        assert!(!odd && !turns, "{c:?} in {shown:?}");
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

/// A terminal that does not say what it can, or says that it can nothing, gets plain lines.
#[test]
fn a_dumb_terminal_gets_what_a_file_gets() {
    for term in [Some("dumb"), Some(""), None] {
        let room = Room::with(&[ONE]);
        let mut command = room.gouji(&["."]);
        match term {
            Some(term) => command.env("TERM", term),
            None => command.env_remove("TERM"),
        }
        let mut t = Terminal::start(command);
        assert_eq!(t.ends(), 0, "{}", t.screen());
        t.sees("TERM=xterm-256color");
        let shown = String::from_utf8(t.bytes()).unwrap();
        assert!(shown.contains("T4.SUM@litigation.direct"), "{shown}");
        assert!(!shown.contains('\x1b'), "{shown:?}");
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
    t.sees_line(&["报告 1/3", "│"]);
    t.quit();
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
