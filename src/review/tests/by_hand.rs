//! Decisions that a person wrote by hand: what the next write gives them, and when they are stale.

use super::*;
use crate::check::State;
use crate::review::sidecar::{read, write};
use crate::review::store::{perform, transact};

const BY_HAND: &str = r#"
[[decision]]
finding = "T3.BAL@total"
action = "confirm"   # on paper

[[decision]]
field = "t3.carried_in.total"
action = "override"
value = "3"
reason = "report_wrong"

[[decision]]
field = "report.organ"
action = "override"
value = "青岚县人民政府"
"#;

fn of_source(sha256: &str) -> String {
    format!("format = 1\n\n[source]\nfile = \"a.txt\"\nsha256 = \"{sha256}\"\n{BY_HAND}")
}

/// The sheet's report, as of a copy with that hash, and its sidecar.
fn place(sha256: &str, text: &str) -> (Sheet, tempfile::TempDir) {
    let mut sheet = unbalanced();
    let folder = in_folder(&mut sheet);
    sheet.report.sha256 = sha256.to_owned();
    std::fs::write(sidecar::path(&sheet.report.id), text).unwrap();
    (sheet, folder)
}

fn full_facts(sheet: &Sheet, log: &Log) -> Facts {
    let assessment = look(sheet, log);
    let mut facts = Facts::of(&sheet.report, &assessment.in_force);
    facts.readings = Some(Readings::of(&sheet.report, None, &assessment));
    facts
}

/// Something is decided on another cell, as a command does it.
fn next_write(sheet: &Sheet) -> Log {
    let make = |log: &Log| {
        let request = field("t3.new.research", Action::Accept);
        ask(sheet, log, &[request], &li()).map(Operation::Apply)
    };
    let facts = |log: &Log| full_facts(sheet, log);
    let done = transact(&sheet.report.id, facts, make).unwrap().unwrap();
    let log = sidecar::load(&sheet.report.id).unwrap();
    assert_eq!(done.1, log);
    log
}

fn state(sheet: &Sheet, log: &Log) -> State {
    look(sheet, log).finding("T3.BAL@total").unwrap().state
}

fn on<'a>(log: &'a Log, target: &Target) -> &'a Decision {
    log.in_force(target).unwrap()
}

#[test]
fn the_next_write_gives_what_is_missing() {
    for text in [of_source("now"), BY_HAND.to_owned()] {
        let (sheet, _folder) = place("now", &text);
        assert_eq!(
            state(&sheet, &sidecar::load(&sheet.report.id).unwrap()),
            State::Resolved
        );
        let log = next_write(&sheet);
        let finding = on(&log, &Target::finding("T3.BAL@total"));
        let basis = finding.basis.as_ref().unwrap();
        assert_eq!(basis["t3.carried_in.total"], "2");
        assert_eq!(basis.len(), 4);
        let cell = on(&log, &Target::field("t3.carried_in.total"));
        assert_eq!(
            (cell.was.as_deref(), cell.was_status.as_deref()),
            (Some("2"), Some("read"))
        );
        let organ = on(&log, &Target::Report(Item::Organ));
        assert_eq!(organ.was.as_deref(), sheet.report.organ.as_deref());
        for decision in [finding, cell, organ] {
            assert!(!decision.id.is_empty() && decision.at.is_some());
            assert_eq!(decision.by.as_deref(), Some("?"));
            assert_eq!(decision.filled_by.as_deref(), Some("li"));
            assert_eq!(decision.sha256, None);
        }
        assert!(!log.lacks_anything());
        let text = std::fs::read_to_string(sidecar::path(&sheet.report.id)).unwrap();
        assert!(text.contains("action = \"confirm\"   # on paper"), "{text}");
    }
}

#[test]
fn from_then_on_they_go_stale_like_any_other() {
    let (sheet, _folder) = place("now", &of_source("now"));
    let log = next_write(&sheet);
    let mut changed = sheet.set(&[
        ("t3.new.total", "54"),
        ("t3.carried_in.total", "9"),
        ("t3.new.natural_person", "54"),
    ]);
    changed.report.sha256 = "later".to_owned();
    assert_eq!(state(&changed, &log), State::Stale);
    let cells = look(&changed, &log).in_force;
    assert!(
        cells
            .cell(cell("t3.carried_in.total"))
            .unwrap()
            .stale
            .is_some()
    );
}

/// What the person looked at is not known, and never will be.
#[test]
fn of_another_copy_they_are_stale_at_once() {
    let (mut sheet, _folder) = place("now", &of_source("before"));
    let before = sidecar::load(&sheet.report.id).unwrap();
    assert_eq!(state(&sheet, &before), State::Stale);
    let log = next_write(&sheet);
    for log in [&before, &log] {
        let assessment = look(&sheet, log);
        assert_eq!(state(&sheet, log), State::Stale);
        let reading = assessment
            .in_force
            .cell(cell("t3.carried_in.total"))
            .unwrap();
        assert!(reading.stale.is_some() && reading.corrected.is_none());
        assert_eq!(assessment.in_force.organ, sheet.report.organ);
        assert!(assessment.in_force.stale.contains_key("report.organ"));
    }
    let finding = on(&log, &Target::finding("T3.BAL@total"));
    assert_eq!(finding.basis, None);
    assert_eq!(finding.sha256.as_deref(), Some("before"));
    assert_eq!(finding.by.as_deref(), Some("?"));
    // The head speaks of this copy by now; they are stale all the same.
    let again = next_write(&sheet);
    assert_eq!(state(&sheet, &again), State::Stale);
    // That very copy comes back.
    sheet.report.sha256 = "before".to_owned();
    assert_eq!(state(&sheet, &again), State::Resolved);
    let log = next_write(&sheet);
    let finding = on(&log, &Target::finding("T3.BAL@total"));
    assert!(finding.basis.is_some() && finding.sha256.is_none());
}

/// The figures that count are those before the write: the person has not seen the new ones.
#[test]
fn what_the_same_write_changes_is_not_taken_for_what_they_saw() {
    let (sheet, _folder) = place(
        "now",
        "[[decision]]\nfinding = \"T3.BAL@total\"\naction = \"confirm\"\n",
    );
    let log = sidecar::load(&sheet.report.id).unwrap();
    let facts = full_facts(&sheet, &log);
    let request = field("t3.carried_in.total", Action::Override)
        .value("1")
        .reason(Reason::Misread);
    let step = ask(&sheet, &log, &[request], &li()).unwrap();
    let operations = [Operation::Apply(step)];
    let done = perform(&sheet.report.id, &facts, &operations).unwrap();
    let finding = on(&done.log, &Target::finding("T3.BAL@total"));
    assert_eq!(finding.basis.as_ref().unwrap()["t3.carried_in.total"], "2");
    assert_eq!(state(&sheet, &done.log), State::Stale);
}

#[test]
fn what_is_refused_completes_nothing() {
    let (sheet, _folder) = place("now", BY_HAND);
    let log = sidecar::load(&sheet.report.id).unwrap();
    let gone = Operation::Redo {
        step: "gone".to_owned(),
        who: li(),
    };
    let done = perform(&sheet.report.id, &full_facts(&sheet, &log), &[gone]).unwrap();
    assert_eq!(done.refused.len(), 1);
    assert_eq!(done.log, log);
    let text = std::fs::read_to_string(sidecar::path(&sheet.report.id)).unwrap();
    assert_eq!(text, BY_HAND);
}

/// A mark by hand is a step of somebody's, and taking it back asks first.
#[test]
fn a_mark_by_hand_is_completed_too() {
    let (sheet, _folder) = place("now", "[review]\nstatus = \"done\"\n");
    let log = next_write(&sheet);
    let mark = on(&log, &Target::Status);
    assert_eq!(mark.value.as_deref(), Some("done"));
    assert_eq!(
        (mark.by.as_deref(), mark.filled_by.as_deref()),
        (Some("?"), Some("li"))
    );
    assert_eq!(read(&write(&log, &facts(&sheet))).unwrap(), log);
}
