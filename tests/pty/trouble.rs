//! Bad settings, files and sidecars: said in a line, and the rest goes on.

use gouji::review::Target;

use super::terminal::{self, Room, Terminal};
use super::{CTRL_G, ENTER, ONE, THREE, log, opened, sidecar_of};

#[test]
fn a_setting_that_there_is_not_is_said_in_one_line() {
    for (text, named) in [
        (
            "lang = \"zh\"\ncolour = \"never\"\n",
            ["c.toml:2", "colour"],
        ),
        ("[keys]\nudno = \"u\"\n", ["c.toml:2", "udno"]),
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
    let names = [ONE, "shiqiao-2023.txt", THREE[2]];
    let room = Room::with(&names);
    let mut t = opened(&room);
    for name in names {
        std::fs::remove_file(room.path(name)).unwrap();
    }
    // The one in view is gone: that nothing is written is said first, and until it was seen; then
    // its row and what is shown of it say so too.
    t.press("a");
    t.sees_line(&["没有写入", ONE]);
    t.press(ENTER);
    t.loses("没有写入");
    t.sees_line(&[">x", "qinglan-", "读不了"]);
    t.sees_line(&["读不了  ", ONE]);
    t.sees("没有这个文件");
    // One that was not looked at yet is gone, and its row says so.
    t.press("G");
    t.sees_line(&[">x", "yunxi-", "读不了"]);
    t.sees_line(&["读不了  ", "yunxi-2022.html"]);
    t.quit();
    assert_eq!(
        room.names(),
        Vec::<String>::new(),
        "no sidecar without its report"
    );
}

#[test]
fn what_was_not_written_and_not_acknowledged_is_told_on_leaving() {
    let room = Room::with(&THREE);
    let mut t = opened(&room);
    std::fs::remove_file(room.path(THREE[0])).unwrap();
    t.press("a");
    t.sees_line(&["没有写入", THREE[0]]);
    // The keys of a review that goes on do not take it away.
    t.press("nq");
    t.signal("TERM");
    assert_eq!(t.ends(), 128 + 15, "{}", t.screen());
    t.is_restored();
    t.sees_line(&[THREE[0], "没有写入", "没有这个文件"]);
}

#[test]
fn a_sidecar_that_does_not_parse_is_left_alone() {
    let room = Room::with(&THREE);
    let broken = "format = 1\n[[decision]\n";
    let beside = sidecar_of(THREE[0]);
    room.write(&beside, broken);
    let mut t = opened(&room);
    t.sees_line(&[&format!("{beside}:2")]);
    t.sees("决定文件不会被覆盖");
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
