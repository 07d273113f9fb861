//! A review: from the first issue to the sidecar, and back.

use gouji::review::{Action, End, Reason, Target};

use super::terminal::{Room, Terminal};
use super::{ONE, THREE, is_open, log, opened, sidecar_of};

const TOTAL: &str = "t4.litigation.direct.total";
const NOTE: &str = "扫描件上是 3，见第 9 页";
const WHY: &str = "清理文件，非本年";
const TAB: &str = "\t";
const SHIFT_TAB: &str = "\x1b[Z";
const ENTER: &str = "\r";
const BACKSPACE: &str = "\x7f";
const CTRL_N: &str = "\x0e";

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

    // Back, for another note: the step and the place, though the screen had gone on by itself.
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
fn without_a_file_the_sample_batch_opens() {
    let room = Room::with(&[]);
    let mut t = Terminal::start(room.gouji(&[]));
    t.sees_line(&["示例批次", "12 份报告", "示例；看自己的：gouji 文件夹"]);
    is_open(&t);
    // Its decisions last, for it lies in the user's own folder.
    t.press("a");
    t.sees("已存");
    t.quit();
    assert_eq!(room.names(), [] as [&str; 0]);
    let folder = room.home().join("data").join("gouji").join("sample");
    let names = std::fs::read_dir(folder).unwrap().flatten();
    let sidecars = names.filter(|n| n.file_name().to_string_lossy().ends_with(".review.toml"));
    assert_eq!(sidecars.count(), 1);
}
