//! Figures with decisions applied, staleness, and the states of findings.

use super::*;
use crate::check::{Figure, Figures, State};
use rust_decimal::Decimal;

const FROM: [&str; 2] = ["t3.carried_in.natural_person", "t3.carried_in.total"];

fn state(sheet: &Sheet, log: &Log, fingerprint: &str) -> Option<State> {
    look(sheet, log).finding(fingerprint).map(|f| f.state)
}

fn number(n: i64) -> Figure {
    Figure::Number(Decimal::from(n))
}

#[test]
fn a_misread_value_is_replaced_and_the_finding_goes() {
    let (sheet, mut log) = (unbalanced(), Log::default());
    for key in FROM {
        let request = field(key, Action::Override)
            .value("3")
            .reason(Reason::Misread);
        decide(&sheet, &mut log, request, &li());
    }
    let assessment = look(&sheet, &log);
    assert_eq!(assessment.in_force.figure(cell(FROM[0])), number(3));
    assert!(assessment.finding("T3.BAL@total").is_none());
    assert!(assessment.corrected.is_none());
}

#[test]
fn a_wrong_report_keeps_its_figure_and_the_finding_is_resolved() {
    let (sheet, mut log) = (unbalanced(), Log::default());
    for key in FROM {
        let request = field(key, Action::Override)
            .value("3")
            .reason(Reason::ReportWrong);
        decide(&sheet, &mut log, request, &li());
    }
    let assessment = look(&sheet, &log);
    assert_eq!(assessment.in_force.figure(cell(FROM[0])), number(2));
    let cell = assessment.in_force.cell(cell(FROM[0])).unwrap();
    assert_eq!(cell.corrected, Some(number(3)));
    for name in ["T3.BAL@total", "T3.BAL@natural_person"] {
        assert_eq!(state(&sheet, &log, name), Some(State::Resolved), "{name}");
    }
    // Half a correction resolves its own half, and breaks the row.
    let mut half = Log::default();
    let request = field(FROM[1], Action::Override)
        .value("3")
        .reason(Reason::ReportWrong);
    let tried = effect(
        &sheet.report,
        &sheet.document,
        &half,
        &look(&sheet, &half),
        std::slice::from_ref(&request),
    );
    let tried = tried.unwrap();
    assert_eq!(tried.mends, ["T3.BAL@total"]);
    assert_eq!(tried.makes, ["T3.ROW@carried_in"]);
    decide(&sheet, &mut half, request, &li());
    assert_eq!(state(&sheet, &half, "T3.BAL@total"), Some(State::Resolved));
    assert_eq!(
        state(&sheet, &half, "T3.BAL@natural_person"),
        Some(State::Undecided)
    );
}

#[test]
fn findings_take_the_states_that_people_give_them() {
    let (sheet, mut log) = (unbalanced(), Log::default());
    let name = "T3.BAL@total";
    assert_eq!(state(&sheet, &log, name), Some(State::Undecided));
    for (action, expected) in [
        (Action::Confirm, State::Confirmed),
        (Action::Dismiss, State::Dismissed),
        (Action::Flag, State::Flagged),
    ] {
        decide(&sheet, &mut log, finding(name, action), &li());
        assert_eq!(state(&sheet, &log, name), Some(expected));
    }
    // The figures change: asked again.
    let changed = unbalanced().set(&[("t3.carried_out.total", "4")]);
    assert_eq!(state(&changed, &log, name), Some(State::Stale));
    // Accepting a value touches no finding.
    decide(&sheet, &mut log, field(FROM[1], Action::Accept), &li());
    assert_eq!(state(&sheet, &log, name), Some(State::Flagged));
}

#[test]
fn a_value_decision_is_stale_once_the_source_changed() {
    let (sheet, mut log) = (unbalanced(), Log::default());
    let key = FROM[1];
    let request = field(key, Action::Override)
        .value("3")
        .reason(Reason::Misread);
    decide(&sheet, &mut log, request, &li());
    let changed = unbalanced().set(&[(key, "7")]);
    let in_force = look(&changed, &log).in_force;
    assert_eq!(in_force.figure(cell(key)), number(7));
    assert!(in_force.cell(cell(key)).unwrap().stale.is_some());
    // The new reading is what was decided: in force.
    let mended = unbalanced().set(&[(key, "3")]);
    let in_force = look(&mended, &log).in_force;
    assert!(in_force.stale.is_empty());
    // The same figure, placed by proof and not read: the same reading.
    let mut placed = unbalanced();
    placed.field(key).status = Status::Inferred;
    assert_eq!(look(&placed, &log).in_force.figure(cell(key)), number(3));
    // Gone from the file.
    let gone = unbalanced().status(&[key], Status::Missing);
    assert!(
        look(&gone, &log)
            .in_force
            .cell(cell(key))
            .unwrap()
            .stale
            .is_some()
    );
}

#[test]
fn blank_and_not_applicable_are_figures_too() {
    let mut sheet = unbalanced().status(&["t3.new.research"], Status::Unreadable);
    sheet.field("t3.new.research").raw = Some("详见附件".to_owned());
    let mut log = Log::default();
    decide(
        &sheet,
        &mut log,
        field("t3.new.research", Action::Blank),
        &li(),
    );
    decide(
        &sheet,
        &mut log,
        field("t3.new.commercial", Action::NotApplicable).reason(Reason::Misread),
        &li(),
    );
    let in_force = look(&sheet, &log).in_force;
    assert_eq!(in_force.status(cell("t3.new.research")), Status::Blank);
    assert_eq!(in_force.figure(cell("t3.new.research")), Figure::Empty);
    assert_eq!(
        in_force.status(cell("t3.new.commercial")),
        Status::NotApplicable
    );
}

#[test]
fn fixing_one_cell_solves_the_rest() {
    let (sheet, mut log) = (joint(), Log::default());
    let [a, b] = ["t3.new.commercial", "t3.new.research"];
    let before = look(&sheet, &log).in_force;
    assert_eq!(before.joint[0].remaining, [0, 1, 2]);
    assert!(!before.joint[0].settled);
    decide(
        &sheet,
        &mut log,
        field(a, Action::Override).value("2"),
        &li(),
    );
    let in_force = look(&sheet, &log).in_force;
    assert_eq!(in_force.joint[0].remaining, [2]);
    assert!(in_force.joint[0].settled);
    assert_eq!(
        (in_force.figure(cell(b)), in_force.status(cell(b))),
        (number(3), Status::Inferred)
    );
    assert!(in_force.cell(cell(b)).unwrap().solved);
    // A value that no solution has: nothing follows from it.
    decide(
        &sheet,
        &mut log,
        field(a, Action::Override).value("9"),
        &li(),
    );
    let in_force = look(&sheet, &log).in_force;
    assert!(in_force.joint[0].remaining.is_empty());
    assert_eq!(in_force.status(cell(b)), Status::Ambiguous);
    // Not all solutions are listed: what is not listed may fit as well.
    let mut more = joint();
    more.report.joint[0].count = 90;
    let mut log = Log::default();
    decide(
        &more,
        &mut log,
        field(a, Action::Override).value("2"),
        &li(),
    );
    let in_force = look(&more, &log).in_force;
    assert_eq!(in_force.status(cell(b)), Status::Ambiguous);
    assert!(!in_force.joint[0].complete);
}

#[test]
fn organ_year_form_and_level_are_set_right() {
    let (sheet, mut log) = (unbalanced(), Log::default());
    for (target, value) in [
        ("report.organ", "青岚县人民政府"),
        ("report.year", "2021"),
        ("report.level", "county"),
    ] {
        let request = Request::new(target.parse().unwrap(), Action::Override).value(value);
        decide(&sheet, &mut log, request, &li());
    }
    let in_force = look(&sheet, &log).in_force;
    let report = in_force.identified(&sheet.report);
    assert_eq!(report.organ.as_deref(), Some("青岚县人民政府"));
    assert_eq!(report.year, Some(2021));
    assert_eq!(report.level, Some(crate::report::Level::County));
    let mut changed = unbalanced();
    changed.report.year = Some(2023);
    let in_force = look(&changed, &log).in_force;
    assert_eq!(in_force.year, Some(2023));
    assert!(in_force.stale.contains_key("report.year"));
}
