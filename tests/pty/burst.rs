//! More keys than anybody types: a text that was pasted into a terminal that does not say so.

use super::terminal::{Room, Terminal};
use super::{CTRL_C, ESC, THREE, opened};

/// Into the line for another value and back out, without a wait for each of its characters.
#[test]
fn a_long_text_is_taken_in_at_once_and_ctrl_c_goes_before_it() {
    let room = Room::with(&THREE);
    let text = "公开条例第三条 ".repeat(1000);
    for (line, open) in [("/", "查找"), ("o", "改值"), ("m", "备注")] {
        let mut t = opened(&room);
        t.press(line);
        t.sees(open);
        t.press("头");
        t.sees("头");
        t.press(&text);
        t.press("尾");
        t.sees("尾");
        t.press(&text);
        t.press(CTRL_C);
        leaves(&mut t);
    }
    assert_eq!(room.names(), THREE);
}

/// Ctrl-C asks about the line that is open, and nothing of the paste answers.
fn leaves(t: &mut Terminal) {
    t.sees("输入还没有存，离开吗？");
    t.press("y");
    assert_eq!(t.ends(), 0, "{}", t.screen());
    t.is_restored();
}

/// What stands behind Ctrl-C in a paste is not taken for keys, and keys work again after it.
#[test]
fn ctrl_c_within_a_paste_ends_it() {
    let room = Room::with(&THREE);
    let mut t = opened(&room);
    t.press("/");
    t.sees("查找");
    t.press(&format!(
        "{}{CTRL_C}{}",
        "山".repeat(500),
        "yaq\r".repeat(500)
    ));
    t.sees("输入还没有存，离开吗？");
    t.press("n");
    t.loses("输入还没有存，离开吗？");
    t.press(ESC);
    t.sees("问题 1/1");
    t.quit();
    assert_eq!(room.names(), THREE, "nothing was decided");
}
