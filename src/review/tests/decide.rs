//! What is accepted as a decision, and what is refused.

use super::*;

fn refused(sheet: &Sheet, request: Request) -> Refusal {
    ask(sheet, &Log::default(), &[request], &li()).unwrap_err()
}

#[test]
fn accept_needs_a_reading() {
    let sheet = unbalanced()
        .status(&["t3.new.commercial"], Status::Ambiguous)
        .status(&["t3.new.research"], Status::Missing)
        .status(&["t3.new.public_welfare"], Status::Unreadable)
        .status(&["t3.new.legal_service"], Status::Blank);
    for (key, status) in [
        ("t3.new.commercial", Status::Ambiguous),
        ("t3.new.research", Status::Missing),
        ("t3.new.public_welfare", Status::Unreadable),
    ] {
        let refusal = refused(&sheet, field(key, Action::Accept));
        let key = key.to_owned();
        assert_eq!(refusal, Refusal::NothingToAccept { key, status });
        assert!(refusal.message(Lang::Zh).contains(status.as_str()));
    }
    for key in ["t3.new.legal_service", "t3.new.total"] {
        let request = field(key, Action::Accept);
        assert!(
            ask(&sheet, &Log::default(), &[request], &li()).is_ok(),
            "{key}"
        );
    }
}

#[test]
fn values_are_checked_by_type() {
    let sheet = unbalanced();
    let value = |key: &str, text: &str| {
        let request = field(key, Action::Override).value(text);
        ask(&sheet, &Log::default(), &[request], &li())
            .map(|s| s.decisions[0].value.clone().unwrap())
    };
    assert_eq!(value("t3.new.total", "=2+1"), Ok("3".to_owned()));
    assert_eq!(
        value("t2.art20_8.fees.amount_wan", "12.50"),
        Ok("12.50".to_owned())
    );
    assert_eq!(
        value("t3.new.total", "1.5"),
        Err(Refusal::NotWhole("1.5".to_owned()))
    );
    assert_eq!(
        value("t3.new.total", "-1"),
        Err(Refusal::Negative("-1".to_owned()))
    );
    let refusal = value("t3.new.total", "3x").unwrap_err();
    assert_eq!(
        refusal.message(Lang::En),
        "“x” in “3x” is no figure; write one such as 3, or a sum such as 2+1"
    );
    let old = Sheet::zeros(FormId::FMT_2019, 2019);
    let request = field("t2.art20_6.penalty.change", Action::Override).value("-19");
    assert!(ask(&old, &Log::default(), &[request], &li()).is_ok());
}

#[test]
fn what_is_not_there_or_not_for_it_is_refused() {
    let sheet = unbalanced();
    let unknown = refused(&sheet, field("t3.none", Action::Accept));
    assert_eq!(unknown, Refusal::UnknownKey("t3.none".to_owned()));
    let unknown = refused(&sheet, finding("T3.BAL@none", Action::Confirm));
    assert_eq!(unknown, Refusal::UnknownFinding("T3.BAL@none".to_owned()));
    for request in [
        field("t3.new.total", Action::Confirm),
        field("t3.new.total", Action::Set),
        finding("T3.BAL@total", Action::Override).value("3"),
        Request::new(Target::Report(Item::Year), Action::Accept),
        Request::new(Target::Status, Action::Accept),
    ] {
        let refusal = refused(&sheet, request.clone());
        assert!(
            matches!(refusal, Refusal::WrongTarget { .. }),
            "{request:?}: {refusal:?}"
        );
    }
    assert_eq!(
        refused(&sheet, field("t3.new.total", Action::Override)),
        Refusal::NoValue(Action::Override)
    );
    assert_eq!(
        refused(&sheet, field("t3.new.total", Action::Accept).value("3")),
        Refusal::ValueNotTaken(Action::Accept)
    );
    assert_eq!(
        refused(
            &sheet,
            finding("T3.BAL@total", Action::Confirm).reason(Reason::Misread)
        ),
        Refusal::ReasonNotTaken(Action::Confirm)
    );
    // One that is refused takes the others with it.
    let both = [
        field("t3.new.total", Action::Accept),
        field("t3.none", Action::Accept),
    ];
    assert!(ask(&sheet, &Log::default(), &both, &li()).is_err());
}

#[test]
fn a_decision_remembers_what_it_was_made_on() {
    let sheet = unbalanced().status(&["t3.new.research"], Status::Missing);
    let mut log = Log::default();
    decide(
        &sheet,
        &mut log,
        field("t3.carried_in.total", Action::Override)
            .value("3")
            .note("扫描件是 3"),
        &li(),
    );
    decide(
        &sheet,
        &mut log,
        field("t3.new.research", Action::Override).value("1"),
        &li(),
    );
    decide(
        &sheet,
        &mut log,
        finding("T3.BAL@natural_person", Action::Confirm),
        &li(),
    );
    let of = |target: Target| log.in_force(&target).unwrap().clone();
    let total = of(Target::field("t3.carried_in.total"));
    assert_eq!(total.was.as_deref(), Some("2"));
    assert_eq!(total.was_status.as_deref(), Some("read"));
    assert_eq!(total.reason, Some(Reason::ReportWrong));
    assert_eq!(total.note.as_deref(), Some("扫描件是 3"));
    let missing = of(Target::field("t3.new.research"));
    assert_eq!(
        (missing.was, missing.was_status.as_deref()),
        (None, Some("missing"))
    );
    assert_eq!(missing.reason, Some(Reason::Misread));
    let basis = of(Target::finding("T3.BAL@natural_person")).basis.unwrap();
    let figures: Vec<&str> = basis.values().map(String::as_str).collect();
    assert_eq!(figures, ["2", "3", "55", "55"], "{basis:?}");
}

#[test]
fn a_choice_is_one_decision_a_cell_by_values() {
    let sheet = joint();
    let choose = |text: &str| {
        let target = "t3".parse().unwrap();
        let request = Request::new(target, Action::Choose).value(text);
        ask(&sheet, &Log::default(), &[request], &li()).map(|step| {
            let batch = step.decisions[0].id.clone();
            assert!(
                step.decisions
                    .iter()
                    .all(|d| d.batch.as_ref() == Some(&batch))
            );
            assert!(
                step.decisions
                    .iter()
                    .all(|d| d.was_status.as_deref() == Some("ambiguous"))
            );
            step.decisions
                .into_iter()
                .map(|d| d.value)
                .collect::<Vec<_>>()
        })
    };
    let value = |text: &str| Some(text.to_owned());
    assert_eq!(choose("1"), Ok(vec![value("5"), None]));
    assert_eq!(choose("2,3"), Ok(vec![value("2"), value("3")]));
    assert_eq!(choose("-,5"), Ok(vec![None, value("5")]));
    assert_eq!(
        choose("t3.new.research=3"),
        Ok(vec![value("2"), value("3")])
    );
    for text in [
        "0",
        "4",
        "9,9",
        "x",
        "5",
        "3,",
        "t3.none=1",
        "99999999999999999999999",
    ] {
        assert!(
            matches!(choose(text), Err(Refusal::NoSuchSolution { .. })),
            "{text}"
        );
    }
    let none = Request::new("t4".parse().unwrap(), Action::Choose).value("1");
    assert_eq!(refused(&sheet, none), Refusal::NoChoice("t4".to_owned()));
}

#[test]
fn a_note_is_kept_without_blanks_around_it() {
    let sheet = unbalanced();
    let note = |text: &str| {
        let request = Request::new(Target::Note, Action::Set).value(text);
        let step = ask(&sheet, &Log::default(), &[request], &li()).unwrap();
        step.decisions[0].value.clone()
    };
    assert_eq!(note(" 再问一次\n").as_deref(), Some("再问一次"));
    assert_eq!(note("  "), None);
}

#[test]
fn what_was_recognised_is_checked_too() {
    let sheet = unbalanced();
    let value = |target: &str, text: &str| {
        let request = Request::new(target.parse().unwrap(), Action::Override).value(text);
        ask(&sheet, &Log::default(), &[request], &li())
            .map(|s| s.decisions[0].value.clone().unwrap())
    };
    assert_eq!(
        value("report.organ", " 青岚县人民政府 "),
        Ok("青岚县人民政府".to_owned())
    );
    assert_eq!(value("report.year", "２０２１年"), Ok("2021".to_owned()));
    assert_eq!(value("report.form", "fmt_2019"), Ok("fmt_2019".to_owned()));
    assert_eq!(value("report.level", "county"), Ok("county".to_owned()));
    assert!(value("report.year", "22").is_err());
    assert!(value("report.form", "2021").is_err());
    assert!(value("report.level", "县").is_err());
    assert!(value("report.organ", " ").is_err());
}

#[test]
fn every_refusal_is_a_sentence_in_both_languages() {
    let all = [
        Refusal::UnknownKey("k".into()),
        Refusal::UnknownFinding("F".into()),
        Refusal::WrongTarget {
            action: Action::Accept,
            target: Target::Status,
        },
        Refusal::NothingToAccept {
            key: "k".into(),
            status: Status::Missing,
        },
        Refusal::NoValue(Action::Override),
        Refusal::ValueNotTaken(Action::Accept),
        Refusal::ReasonNotTaken(Action::Accept),
        Refusal::NotAFigure {
            text: "2+".into(),
            part: String::new(),
        },
        Refusal::NotWhole("1.5".into()),
        Refusal::Negative("-1".into()),
        Refusal::NotAYear("x".into()),
        Refusal::NotAForm("x".into()),
        Refusal::NotALevel("x".into()),
        Refusal::NotAStatus("x".into()),
        Refusal::NoChoice("t3".into()),
        Refusal::NoSuchSolution {
            text: "9".into(),
            listed: 3,
        },
        Refusal::NothingToUndo,
        Refusal::NothingToRedo,
        Refusal::AnothersStep {
            by: None,
            at: Some(li().at),
        },
        Refusal::StepReplaced {
            by: Some("wang".into()),
        },
        Refusal::SourceChanged { path: "a".into() },
        Refusal::SourceGone {
            path: "a".into(),
            kind: std::io::ErrorKind::NotFound,
            cause: String::new(),
        },
        Refusal::StepGone,
    ];
    for refusal in all {
        for lang in [Lang::Zh, Lang::En] {
            let text = refusal.message(lang);
            assert!(
                !text.starts_with("refused_") && !text.contains(['{', '}']),
                "{text}"
            );
        }
    }
}
