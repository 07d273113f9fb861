//! The commands that decide, through the real binary: what they say, what they leave, and that
//! nothing which was acknowledged is lost when they are killed.

// A test that cannot set its scene fails; saying so is all that an unwrap does here.
#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use gouji::report::ReportId;
use gouji::review::{End, Log, ReviewStatus, Target, sidecar};

const REPORT: &str = "qinglan-2022.txt";
const KEY: &str = "t3.new.total";

struct Room {
    folder: tempfile::TempDir,
}

impl Room {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        gouji::sample::write(folder.path()).unwrap();
        Self { folder }
    }

    fn report(&self) -> PathBuf {
        self.folder.path().join(REPORT)
    }

    fn log(&self) -> Log {
        sidecar::load(&ReportId::file(self.report())).unwrap()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
        command
            .args(args)
            .args(["--lang", "en"])
            .current_dir(self.folder.path())
            .env_remove("GOUJI_CONFIG")
            .env_remove("GOUJI_REVIEWER")
            .env("XDG_CONFIG_HOME", self.folder.path())
            .stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    fn done(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {err}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn refused(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    fn beside(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap().flatten();
        let names = entries.map(|e| e.file_name().to_string_lossy().into_owned());
        let mut ours: Vec<String> = names.filter(|n| n.contains(REPORT)).collect();
        ours.sort();
        ours
    }
}

fn value(log: &Log) -> Option<String> {
    log.in_force(&Target::field(KEY))?.value.clone()
}

#[test]
fn decide_undo_redo_mark_note_and_log() {
    let room = Room::new();
    let said = room.done(&[
        "decide",
        REPORT,
        KEY,
        "override",
        "=2+1",
        "--by",
        "li",
        "--note",
        "扫描件是 3",
    ]);
    assert!(said.starts_with("saved: t3.new.total override 3"), "{said}");
    assert_eq!(value(&room.log()).as_deref(), Some("3"));
    room.done(&[
        "decide", REPORT, KEY, "override", "4", "--reason", "misread", "--by", "li",
    ]);
    room.done(&["undo", REPORT, "--by", "li"]);
    assert_eq!(value(&room.log()).as_deref(), Some("3"));
    room.done(&["redo", REPORT, "--by", "li"]);
    assert_eq!(value(&room.log()).as_deref(), Some("4"));
    room.done(&["mark", REPORT, "done", "--by", "li"]);
    room.done(&["note", REPORT, "-- 再问一次", "--by", "li"]);
    let log = room.log();
    assert_eq!(
        (log.status(), log.note()),
        (Some(ReviewStatus::Done), Some("-- 再问一次"))
    );
    let lines = room.done(&["log", REPORT]);
    assert_eq!(lines.lines().count(), 4, "{lines}");
    assert!(lines.contains("# 扫描件是 3; superseded by li"), "{lines}");
    let status = room.done(&["status", REPORT]);
    assert!(status.contains("done"), "{status}");
    assert_eq!(room.beside(), [REPORT, &format!("{REPORT}.review.toml")]);
}

#[test]
fn a_form_that_is_set_right_is_read_again_and_put_back() {
    let room = Room::new();
    let head = || {
        let place = sidecar::path(&ReportId::file(room.report()));
        std::fs::read_to_string(place).unwrap()
    };
    room.done(&[
        "decide",
        REPORT,
        "report.form",
        "override",
        "fmt_2019",
        "--by",
        "li",
    ]);
    assert!(head().contains("\nform = \"fmt_2019\"\n"), "{}", head());
    // Said again, it still knows what was recognised without it.
    room.done(&[
        "decide",
        REPORT,
        "report.form",
        "override",
        "ind_2014",
        "--by",
        "li",
    ]);
    let log = room.log();
    let form = log.in_force(&"report.form".parse().unwrap()).unwrap();
    assert_eq!(form.was.as_deref(), Some("fmt_2021"));
    room.done(&["undo", REPORT, "--by", "li"]);
    room.done(&["undo", REPORT, "--by", "li"]);
    assert!(head().contains("\nform = \"fmt_2021\"\n"), "{}", head());
}

/// A person writes into the sidecar by hand; the next decision on anything completes it.
#[test]
fn what_a_person_wrote_by_hand_is_completed_and_goes_stale() {
    let room = Room::new();
    let place = sidecar::path(&ReportId::file(room.report()));
    // What would be recognised without the form that they gave.
    let form = "[[decision]]\nfield = \"report.form\"\naction = \"override\"\n\
                value = \"fmt_2019\"\n";
    std::fs::write(&place, form).unwrap();
    room.done(&["note", REPORT, "see page 3", "--by", "li"]);
    let log = room.log();
    let form = log.in_force(&"report.form".parse().unwrap()).unwrap();
    assert_eq!(form.was.as_deref(), Some("fmt_2021"));

    let finding = "[[decision]]\nfinding = \"T4.SUM@litigation.direct\"\naction = \"confirm\"\n";
    std::fs::write(&place, finding).unwrap();
    room.done(&["decide", REPORT, KEY, "accept", "--by", "li"]);
    let log = room.log();
    let confirmed = log.in_force(&Target::finding("T4.SUM@litigation.direct"));
    let confirmed = confirmed.unwrap();
    assert_eq!(confirmed.basis.as_ref().map(|b| b.len()), Some(5));
    let who = (confirmed.by.as_deref(), confirmed.filled_by.as_deref());
    assert_eq!(who, (Some("?"), Some("li")));
    assert!(confirmed.at.is_some());
    let state = || {
        let checked = room.done(&["check", REPORT, "--format", "ndjson", "--fail-on", "never"]);
        let mut lines = checked
            .lines()
            .filter(|l| l.contains("T4.SUM@litigation.direct"));
        let line = lines.next().unwrap();
        assert!(lines.next().is_none());
        line.rsplit_once("\"state\":\"").unwrap().1.to_owned()
    };
    assert!(state().starts_with("confirmed"), "{}", state());
    let text = std::fs::read_to_string(room.report()).unwrap();
    let (before, at) = text.split_at(text.find("总计\n1\n0\n0\n0\n1\n2").unwrap());
    let changed = at.replacen("\n0\n1\n2", "\n0\n1\n9", 1);
    std::fs::write(room.report(), format!("{before}{changed}")).unwrap();
    assert!(state().starts_with("stale"), "{}", state());
}

#[test]
fn another_persons_step_needs_force() {
    let room = Room::new();
    room.done(&["decide", REPORT, KEY, "accept", "--by", "wang"]);
    let said = room.refused(&["undo", REPORT, "--by", "li"]);
    assert!(said.contains("wang") && said.contains("--force"), "{said}");
    assert!(!room.log().decisions.is_empty());
    room.done(&["undo", REPORT, "--by", "li", "--force"]);
    let ended = room.log().history[0].ended.clone().unwrap();
    assert_eq!((ended.how, ended.by.as_deref()), (End::Undone, Some("li")));
}

#[test]
fn what_is_refused_says_why_and_writes_nothing() {
    let room = Room::new();
    for (args, why) in [
        (vec!["decide", REPORT, KEY, "override", "3x"], "“x”"),
        (vec!["decide", REPORT, KEY, "override", "-3"], "negative"),
        (vec!["decide", REPORT, KEY, "overrule", "3"], "overrule"),
        (vec!["decide", REPORT, "t3.none", "accept"], "t3.none"),
        (
            vec!["decide", REPORT, "T3.BAL@none", "confirm"],
            "T3.BAL@none",
        ),
        (vec!["decide", "gone.txt", KEY, "accept"], "gone.txt"),
        (vec!["undo", REPORT], "no step"),
        (vec!["redo", REPORT], "no step"),
        (vec!["mark", REPORT, "finished"], "finished"),
        (vec!["log", "gone.txt"], "gone.txt"),
    ] {
        let said = room.refused(&args);
        assert!(said.contains(why), "{args:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    assert_eq!(room.beside(), [REPORT]);
    let broken = room.folder.path().join(format!("{REPORT}.review.toml"));
    std::fs::write(&broken, "format = 1\n[[decision\n").unwrap();
    let said = room.refused(&["decide", REPORT, KEY, "accept"]);
    assert!(said.contains(".review.toml:2:"), "{said}");
    assert_eq!(
        std::fs::read_to_string(&broken).unwrap(),
        "format = 1\n[[decision\n"
    );
}

#[test]
fn a_bad_line_of_a_batch_is_named_and_the_rest_is_done() {
    let room = Room::new();
    let lines = format!(
        "{{\"file\":\"{REPORT}\",\"target\":\"{KEY}\",\"action\":\"override\",\"value\":3,\"reason\":\"misread\",\"by\":\"li\"}}\n\
         not json\n\n\
         {{\"file\":\"{REPORT}\",\"target\":\"t3.none\",\"action\":\"accept\"}}\n\
         {{\"file\":\"{REPORT}\",\"target\":\"{KEY}\",\"action\":\"accept\",\"vlaue\":1}}\n\
         {{\"file\":\"{REPORT}\",\"target\":\"{KEY}\",\"action\":\"override\",\"value\":1.5}}\n\
         {{\"file\":\"{REPORT}\",\"target\":\"t3.carried_in.total\",\"action\":\"accept\",\"by\":\"wang\"}}\n"
    );
    let mut child = room
        .command(&["decide", "--batch", "-", "--by", "zhao"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(lines.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    for number in ["line 2:", "line 4:", "line 5:", "line 6:"] {
        assert!(said.contains(number), "{said}");
    }
    assert_eq!(said.lines().count(), 4, "{said}");
    assert_eq!(room.log().decisions.len(), 2);
}

/// A batch over a pipe may lie open for hours: what came in place of the report meanwhile is not
/// decided on unread.
#[test]
fn a_report_that_is_replaced_between_two_lines_is_not_decided_on_unread() {
    let room = Room::new();
    let line = |key: &str| {
        format!("{{\"file\":\"{REPORT}\",\"target\":\"{key}\",\"action\":\"accept\"}}\n")
    };
    let mut child = room
        .command(&["decide", "--batch", "-", "--by", "li"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = child.stdin.take().unwrap();
    lines.write_all(line(KEY).as_bytes()).unwrap();
    // That it was saved is said before the next line is read.
    let mut said = BufReader::new(child.stdout.take().unwrap());
    said.read_line(&mut String::new()).unwrap();
    let text = std::fs::read_to_string(room.report()).unwrap();
    std::fs::write(room.report(), format!("{text}\n更正\n")).unwrap();
    let [second, third] = ["t3.carried_in.total", "t3.results.total.total"];
    lines.write_all(line(second).as_bytes()).unwrap();
    lines.write_all(line(third).as_bytes()).unwrap();
    drop(lines);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(err.contains("line 2:") && err.contains(REPORT), "{err}");
    assert!(err.contains("changed") && err.lines().count() == 1, "{err}");
    let log = room.log();
    assert!(log.in_force(&Target::field(second)).is_none());
    // By the third line it has been read again.
    assert!(log.in_force(&Target::field(third)).is_some());
}

/// A small generator: the moments of the kills differ, and a failure can be repeated.
struct Moments(u64);

impl Moments {
    fn next(&mut self, below: u64) -> Duration {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        Duration::from_micros((self.0 >> 33) % below)
    }
}

fn known(log: &Log) -> Vec<String> {
    let entries = log.decisions.iter().chain(&log.history);
    entries.filter_map(|e| e.decision.value.clone()).collect()
}

/// Kills at random moments up to about twice the time that a whole run takes.
#[test]
fn killed_at_random_moments_nothing_acknowledged_is_lost() {
    let room = Room::new();
    let start = Instant::now();
    room.done(&["decide", REPORT, KEY, "override", "1000", "--by", "li"]);
    let whole = u64::try_from(start.elapsed().as_micros())
        .unwrap()
        .max(2000);
    let mut moments = Moments(7);
    let mut acknowledged = vec!["1000".to_owned()];
    for n in 1001..1041u32 {
        let text = n.to_string();
        let mut child = room
            .command(&["decide", REPORT, KEY, "override", &text, "--by", "li"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(moments.next(whole * 3 / 2));
        let _ = child.kill();
        if child.wait().unwrap().success() {
            acknowledged.push(text);
        }
        let known = known(&room.log());
        assert!(
            acknowledged.iter().all(|v| known.contains(v)),
            "{acknowledged:?} {known:?}"
        );
    }
    // Half-written files and locks of the killed do not stay.
    room.done(&["decide", REPORT, KEY, "accept", "--by", "li"]);
    assert_eq!(room.beside(), [REPORT, &format!("{REPORT}.review.toml")]);
}

#[test]
fn a_killed_batch_keeps_what_it_acknowledged() {
    let room = Room::new();
    let list = room.folder.path().join("list.ndjson");
    write_list(&list, 400);
    let mut moments = Moments(11);
    for round in 0..4 {
        let mut child = room
            .command(&["decide", "--batch", "list.ndjson", "--by", "li"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(60) + moments.next(400_000));
        let _ = child.kill();
        let mut said = String::new();
        child
            .stdout
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        child.wait().unwrap();
        let known = known(&room.log());
        let last = said
            .lines()
            .filter_map(|l| l.split_whitespace().nth(3))
            .next_back();
        if let Some(last) = last {
            assert!(known.iter().any(|v| v == last), "round {round}: {last}");
        }
    }
}

fn write_list(path: &Path, count: u32) {
    let line = |n: u32| {
        format!(
            "{{\"file\":\"{REPORT}\",\"target\":\"{KEY}\",\"action\":\"override\",\"value\":{n}}}\n"
        )
    };
    std::fs::write(path, (0..count).map(line).collect::<String>()).unwrap();
}
