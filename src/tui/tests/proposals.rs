//! Placements and values taken by number: only what stands on the screen, and all of it can.

use super::Session;
use crate::tui::view::proposals;
use crate::words::Lang;

/// A report in which ten placements fit the run-together figures of 行政处罚.
fn ten(size: (u16, u16)) -> Session {
    let mut session = Session::samples(size, Lang::Zh);
    session.keys("/ 'wangshan enter l n n");
    assert_eq!(session.app.issue.as_deref(), Some("ambiguous:t2#3"));
    session
}

/// A table whose cells lost their places.
fn lost(size: (u16, u16)) -> Session {
    let mut session = Session::samples(size, Lang::Zh);
    session.keys("/ 'liutang enter l");
    let issue = session.app.issue.clone().unwrap();
    assert!(issue.starts_with("ambiguous:"), "{issue}");
    session
}

#[test]
fn a_number_that_is_not_in_view_takes_nothing() {
    for size in [(80, 24), (40, 10), (60, 16), (120, 40)] {
        let mut session = ten(size);
        let shown = proposals(&session.app).taken.len();
        assert!((1..=9).contains(&shown), "{size:?}");
        let frame = session.text();
        assert!(
            frame.contains(&format!("\n  {shown}  ")),
            "{size:?}\n{frame}"
        );
        if shown < 9 {
            assert!(!frame.contains(&format!("\n  {}  ", shown + 1)), "{frame}");
            session.keys("9");
            assert_eq!(session.sidecar("wangshan-2020.txt"), "", "{size:?}");
            assert!(session.text().contains("看得见的只有"));
        }
    }
}

#[test]
fn every_placement_comes_into_view_and_is_taken_as_shown() {
    for size in [(80, 24), (40, 10)] {
        let mut session = ten(size);
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..10 {
            let values = proposals(&session.app).taken;
            seen.extend(values.iter().filter_map(|r| r[0].value.clone()));
            session.keys(">");
        }
        assert_eq!(seen.len(), 10, "{seen:?}");
    }
    // From the first backwards is the end.
    let mut session = ten((80, 24));
    session.keys("<");
    let last = proposals(&session.app);
    assert_eq!(last.first + last.taken.len(), 10);
    let frame = session.text();
    let line = frame.lines().rfind(|l| {
        let number = format!("  {}  ", last.taken.len());
        l.starts_with(&number)
    });
    let figures: Vec<&str> = line.unwrap().split_whitespace().skip(1).collect();
    session.keys(&last.taken.len().to_string());
    let sidecar = session.sidecar("wangshan-2020.txt");
    assert!(sidecar.contains("t2.art20_6.penalty"), "{sidecar}");
    for figure in figures {
        assert!(
            sidecar.contains(&format!("value = \"{figure}\"")),
            "{figure}\n{sidecar}"
        );
    }
}

#[test]
fn a_panel_that_shows_no_placement_takes_none() {
    let mut session = ten((80, 24));
    session.keys("z 1");
    assert_eq!(session.sidecar("wangshan-2020.txt"), "");
    assert!(session.text().contains("看得见才能选"));
    session.keys("z 1");
    assert_ne!(session.sidecar("wangshan-2020.txt"), "");
}

#[test]
fn the_help_names_the_group_and_the_placement_in_view() {
    let mut session = ten((120, 40));
    let of_first = |s: &Session| proposals(&s.app).taken[0][0].value.clone().unwrap();
    for keys in ["", ">"] {
        session.keys(keys);
        let number = of_first(&session);
        session.keys("?");
        let frame = session.text();
        let flat: String = frame.split_whitespace().collect();
        assert!(
            flat.contains(&format!("'t2#3'choose{number}#1")),
            "{number}\n{frame}"
        );
        // An ambiguous value cannot be accepted.
        assert!(!frame.contains("accept"), "{frame}");
        session.keys("?");
    }
}

#[test]
fn only_cells_that_differ_are_listed() {
    let session = lost((80, 24));
    let proposals = proposals(&session.app);
    let figures: Vec<Vec<&str>> = proposals
        .lines
        .iter()
        .filter(|l| l.starts_with(|c: char| c.is_ascii_digit()))
        .map(|l| l.split_whitespace().skip(1).collect())
        .collect();
    assert!(figures.len() > 1, "{proposals:?}");
    for (i, one) in figures.iter().enumerate() {
        for other in figures.iter().skip(i + 1) {
            assert_ne!(one, other, "{proposals:?}");
        }
    }
}

#[test]
fn the_count_is_of_what_is_left_and_a_contradiction_is_said() {
    let mut session = ten((80, 24));
    assert!(session.text().contains("10 种放法合得上"));
    // The cursor is on 上年: with 58 there, fewer are left.
    session.keys("o ctrl-u '58 enter");
    let left = proposals(&session.app);
    assert!(left.all < 10 && left.all > 0);
    let frame = session.text();
    assert!(
        frame.contains(&format!("2 格要一起定，{} 种放法", left.all)),
        "{frame}"
    );
    session.keys("o ctrl-u '99999 enter");
    assert_eq!(proposals(&session.app).all, 0);
    let frame = session.text();
    assert!(frame.contains("都对不上"), "{frame}");
}

#[test]
fn the_line_for_another_value_says_the_result_and_that_nothing_changes() {
    let mut session = Session::samples((80, 24), Lang::Zh);
    session.keys("/ 'yunxi-2022 enter l o ctrl-u '=2+1");
    let frame = session.text();
    assert!(frame.contains("= 3"), "{frame}");
    session.keys("esc o");
    let frame = session.text();
    assert!(
        frame.contains("没有改动") && !frame.contains("结果不变"),
        "{frame}"
    );
}
