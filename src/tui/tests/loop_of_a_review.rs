//! A review from the first issue to the sidecar.

use super::{Session, open};
use crate::report::ReportId;
use crate::review::{Message as Written, StoreError};
use crate::tui::app::{Mode, Pane, Question, RowState};
use crate::tui::decide::decide;
use crate::tui::update::{Message, update};
use crate::words::Lang;

#[test]
fn the_next_issue_comes_by_itself_and_undo_brings_the_last_back() {
    let mut session = open("baichuan");
    let first = session.app.issue.clone().unwrap();
    assert!(first.starts_with("T3.COL"), "{first}");
    session.keys("a");
    assert_ne!(session.app.issue.as_deref(), Some(first.as_str()));
    assert!(session.text().contains("已存"), "{}", session.text());
    let sidecar = session.sidecar("baichuan-2021.txt");
    assert!(
        sidecar.contains("action = \"confirm\"") && sidecar.contains(&first),
        "{sidecar}"
    );
    session.keys("u");
    assert_eq!(session.app.issue.as_deref(), Some(first.as_str()));
    assert!(
        session
            .sidecar("baichuan-2021.txt")
            .contains("ended = \"undone\"")
    );
    session.keys("U");
    assert!(
        !session
            .sidecar("baichuan-2021.txt")
            .contains("ended = \"undone\"")
    );
}

#[test]
fn an_override_with_a_note_shows_what_it_does_and_is_saved() {
    let mut session = open("yunxi-2022");
    session.keys("o 'x3");
    session.keys("enter");
    assert!(
        matches!(session.app.mode, Mode::Override(_)),
        "what is wrong keeps the line"
    );
    session.keys("ctrl-u '=50+6 ctrl-n '扫描件上是56");
    let frame = session.text();
    assert!(frame.contains("改后"), "{frame}");
    assert!(session.caret().is_some());
    session.keys("tab enter");
    let sidecar = session.sidecar("yunxi-2022.html");
    for part in [
        "action = \"override\"",
        "value = \"56\"",
        "reason = \"misread\"",
        "扫描件上是56",
    ] {
        assert!(sidecar.contains(part), "{part} is not in\n{sidecar}");
    }
}

#[test]
fn a_dismissal_asks_for_a_note_that_may_be_empty() {
    let mut session = open("nanpu");
    session.keys("d");
    assert!(matches!(session.app.mode, Mode::Note(_)));
    session.keys("'2018年另有说明 enter");
    let sidecar = session.sidecar("nanpu-2018.txt");
    assert!(
        sidecar.contains("action = \"dismiss\"") && sidecar.contains("另有说明"),
        "{sidecar}"
    );
}

#[test]
fn a_joint_solution_is_taken_by_its_number() {
    let mut session = open("liutang");
    session.keys("1");
    let sidecar = session.sidecar("liutang-2019.txt");
    assert!(
        sidecar.contains("action = \"choose\"") && sidecar.contains("batch = "),
        "{sidecar}"
    );
    session.keys("a");
    let row = session.app.rows[session.app.cursor].clone();
    assert!(!format!("{row:?}").is_empty());
}

#[test]
fn organ_and_year_are_overridable() {
    let mut session = open("donghu-2022");
    session.keys("l [ [ [ [ [ [ [ [ g");
    assert_eq!(session.app.focus, Pane::Sections);
    session.keys("o ctrl-u '东湖市人民政府 enter");
    let sidecar = session.sidecar("donghu-2022.html");
    assert!(sidecar.contains("东湖市人民政府"), "{sidecar}");
    assert!(session.text().contains("东湖市"), "{}", session.text());
}

#[test]
fn done_asks_while_issues_are_open_and_the_note_lasts() {
    let mut session = open("baichuan");
    session.keys("D");
    assert!(matches!(session.app.mode, Mode::Ask(_)));
    session.keys("n");
    assert_eq!(session.sidecar("baichuan-2021.txt"), "");
    session.keys("D y");
    assert!(
        session
            .sidecar("baichuan-2021.txt")
            .contains("status = \"done\"")
    );
    session.keys("m '问过白川区 enter");
    assert!(session.sidecar("baichuan-2021.txt").contains("问过白川区"));
}

#[test]
fn nothing_left_says_so() {
    let mut session = Session::samples((80, 24), Lang::Zh);
    for _ in 0..200 {
        session.keys("n 1 a b");
        if session.text().contains("全部已决") || session.text().contains("没有待决") {
            return;
        }
    }
    panic!("{}", session.text());
}

#[test]
fn a_broken_sidecar_makes_the_report_read_only_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    crate::sample::write(folder.path()).unwrap();
    let path = folder.path().join("baichuan-2021.txt.review.toml");
    std::fs::write(&path, "format = 1\n[[decision]\n").unwrap();
    let mut session = Session::of(folder, (80, 24), Lang::Zh, |_| {});
    session.keys("/ 'baichuan enter");
    assert!(session.text().contains(":2:"), "{}", session.text());
    session.keys("a o D m u 1 b");
    assert_eq!(
        std::fs::read_to_string(path).unwrap(),
        "format = 1\n[[decision]\n"
    );
}

#[test]
fn what_cannot_be_saved_is_said_and_asked_about() {
    let mut session = open("baichuan");
    // A folder where the sidecar should be: it can be neither read nor written over.
    std::fs::create_dir(session.folder.path().join("baichuan-2021.txt.review.toml")).unwrap();
    session.keys("a");
    assert!(session.text().contains("没存上"), "{}", session.text());
    session.keys("q");
    assert!(!session.app.leaving && matches!(session.app.mode, Mode::Ask(_)));
    session.keys("enter");
    assert!(!session.app.leaving);
    session.keys("y");
    assert!(session.app.leaving);
}

#[test]
fn an_open_line_is_asked_about_on_leaving() {
    let mut session = open("baichuan");
    session.keys("o '12 ctrl-c");
    assert!(!session.app.leaving);
    session.keys("n");
    assert!(matches!(&session.app.mode, Mode::Override(line) if line.value.text() == "12"));
    session.keys("ctrl-c y");
    assert!(session.app.leaving);
}

#[test]
fn read_only_decides_nothing() {
    let folder = tempfile::tempdir().unwrap();
    crate::sample::write(folder.path()).unwrap();
    let mut session = Session::of(folder, (80, 24), Lang::En, |o| o.read_only = true);
    session.keys("/ 'baichuan enter a o d 1 D u");
    assert!(session.text().contains("read-only"));
    assert_eq!(session.sidecar("baichuan-2021.txt"), "");
}

#[test]
fn left_and_found_again() {
    let mut session = open("baichuan");
    session.keys("n");
    let left = session.app.left("b".to_owned()).unwrap();
    let issue = session.app.issue.clone();
    let folder = session.folder;
    let mut again = Session::of(folder, (80, 24), Lang::Zh, |_| {});
    again.app.return_to(&left);
    again.load();
    assert_eq!(again.app.issue, issue);
    assert!(
        again
            .app
            .summary()
            .unwrap()
            .id
            .to_string()
            .contains("baichuan")
    );
}

/// A long list costs no more a frame than a short one.
#[test]
fn only_the_rows_in_the_pane_are_drawn() {
    let mut session = Session::samples((80, 24), Lang::Zh);
    let row = session.app.rows[0].clone();
    session.app.rows.extend(std::iter::repeat_n(row, 100_000));
    let start = std::time::Instant::now();
    session.keys("G k k k g G");
    for _ in 0..5 {
        let _ = session.text();
    }
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

#[test]
fn control_characters_of_a_report_are_symbols() {
    let text =
        "东湖区人民政府2022年政府信息公开工作年度报告\n一、总体情况\n甲\u{1b}[31m乙\u{7}丙\n";
    let mut session = Session::files((80, 24), Lang::Zh, &[("a.txt", text)]);
    session.keys("s");
    let frame = session.text();
    assert!(!frame.contains('\u{1b}') && !frame.contains('\u{7}'));
    assert!(frame.contains('␛') && frame.contains('␇'), "{frame}");
}

#[test]
fn saved_is_said_only_once_it_is() {
    let mut session = open("baichuan");
    // A writer that has not answered yet.
    let id = session.app.summary().unwrap().id.clone();
    session.app.saving.pending.insert(id, 7);
    assert!(session.text().contains("在存") && !session.text().contains("已存"));
}

#[test]
fn an_error_keeps_its_cause_and_its_place_on_the_last_lines() {
    let mut session = open("yunxi-2022");
    let path = session.folder.path().join("yunxi-2022.html.review.toml");
    std::fs::write(path, "format = 1\n[[decision]\n").unwrap();
    session.keys("a");
    let frame = session.text();
    let lines: Vec<&str> = frame.lines().collect();
    let said = lines[lines.len() - 3..].concat().replace(' ', "");
    for part in ["语法错误", "只读", "review.toml:2:"] {
        assert!(said.contains(part), "no {part} in\n{frame}");
    }
}

#[test]
fn no_guess_of_seconds_stands_for_what_may_take_long() {
    let mut session = open("yunxi-2022");
    session.app.listed -= 1;
    session.app.elapsed = 3.0;
    let frame = session.text();
    let first = frame.lines().next().unwrap();
    assert!(
        first.contains("11/12") && !first.contains("还要"),
        "{first}"
    );
}

#[test]
fn what_is_put_off_comes_round_when_the_pass_is_over() {
    let mut session = Session::samples((80, 24), Lang::Zh);
    session.keys("n");
    let first = session.app.issue.clone();
    session.keys("f");
    assert_ne!(session.app.issue, first, "the next one comes");
    // All others are put off too: then the first is asked about again.
    let mut steps = 0;
    while session.app.issue != first && steps < 60 {
        session.keys("f");
        steps += 1;
    }
    assert_eq!(session.app.issue, first);
    assert!(session.text().contains("重新开始"), "{}", session.text());
}

#[test]
fn undo_goes_back_to_the_report_that_the_screen_went_on_from() {
    let mut session = open("donghu-2014");
    let place = (session.app.cursor, session.app.issue.clone());
    session.keys("a");
    assert_ne!(session.app.cursor, place.0, "its only issue is decided");
    session.keys("u");
    assert_eq!((session.app.cursor, session.app.issue.clone()), place);
}

#[test]
fn leaving_an_open_line_loses_no_decision() {
    let mut session = open("baichuan");
    let id = session.app.summary().unwrap().id.clone();
    let kept = |session: &Session| matches!(&session.app.mode, Mode::Override(line) if line.value.text() == "12");
    // What failed is asked about, and the line comes back.
    let error = || StoreError::Io {
        path: "a".into(),
        message: "full".to_owned(),
    };
    session.app.saving.failed.insert(id.clone(), error());
    session.keys("o '12 ctrl-c y");
    assert!(!session.app.leaving);
    assert!(matches!(
        session.app.mode,
        Mode::Ask(Question::LeaveUnsaved)
    ));
    session.keys("n");
    assert!(kept(&session));
    session.app.saving.failed.clear();

    // What is on its way is waited for; when that fails the line is there still.
    session.app.saving.pending.insert(id.clone(), 7);
    session.keys("ctrl-c y");
    assert!(!session.app.leaving && session.app.leave_when_saved);
    let failed = |id: &ReportId| {
        let (id, error) = (id.clone(), error());
        Message::Written(Written::Failed { id, upto: 7, error })
    };
    session.send(failed(&id));
    assert!(matches!(
        session.app.mode,
        Mode::Ask(Question::LeaveUnsaved)
    ));
    session.keys("n");
    assert!(kept(&session));

    // Also a line that was opened while leaving waited.
    session.keys("esc");
    session.app.saving.failed.clear();
    session.keys("q o '12");
    session.send(failed(&id));
    session.keys("n");
    assert!(kept(&session));
    session.app.saving.failed.clear();
    session.app.leave_when_saved = true;
    let log = Box::new(session.app.opened().unwrap().log.clone());
    session.send(Message::Written(Written::Saved {
        id,
        upto: 7,
        log,
        refused: Vec::new(),
    }));
    assert!(!session.app.leaving);
    assert!(matches!(session.app.mode, Mode::Ask(Question::LeaveInput)));
    session.keys("y");
    assert!(session.app.leaving);
}

#[test]
fn a_note_that_is_not_taken_stays_in_its_line() {
    for keys in ["d '问过了", "m '问过了"] {
        let mut session = open("nanpu");
        session.keys(keys);
        let Mode::Note(line) = session.app.mode.clone() else {
            panic!("{:?}", session.app.mode);
        };
        // The report goes out of view, and comes back.
        let store = std::mem::take(&mut session.app.store);
        let enter = crossterm::event::KeyEvent::from(crossterm::event::KeyCode::Enter);
        let _ = update(&mut session.app, Message::Key(enter));
        let text = line.line.text();
        assert!(matches!(&session.app.mode, Mode::Note(n) if n.line.text() == text));
        assert!(session.text().contains("正在读入"), "{}", session.text());
        session.app.store = store;
        session.keys("enter");
        assert!(matches!(session.app.mode, Mode::Main));
        assert!(session.sidecar("nanpu-2018.txt").contains("问过了"));
    }
}

#[test]
fn what_was_put_off_and_is_decided_hides_no_open_issue() {
    let mut session = open("baichuan");
    let report = session.app.summary().unwrap().id.clone();
    let opened = session.app.opened().unwrap();
    let issues: Vec<_> = opened.issues.iter().filter(|i| !i.decided).collect();
    let (first, others) = issues.split_first().unwrap();
    let agree = others
        .iter()
        .flat_map(|i| i.agree(opened.report.schema, &opened.assessment));
    let requests: Vec<_> = agree.collect();
    let put_off: Vec<_> = others
        .iter()
        .map(|i| (report.clone(), i.id.clone()))
        .collect();
    let first = first.id.clone();
    // The others are put off, and then decided while the first is in view.
    session.app.passed.extend(put_off);
    assert_eq!(session.app.issue.as_ref(), Some(&first));
    let mut effects = Vec::new();
    assert!(decide(&mut session.app, &requests, &mut effects));
    assert!(session.app.passed.is_empty());
    // From another report the queue comes back to what is left here.
    session
        .app
        .rows
        .retain(|r| matches!(&r.state, RowState::Ready(s) if s.id == report || s.open() > 0));
    session.keys("J");
    let seen = (0..80).any(|_| {
        session.keys("n");
        session.app.issue.as_ref() == Some(&first)
    });
    assert!(seen, "{first} was skipped");
}

#[test]
fn a_new_pass_is_said_only_where_there_is_one() {
    let mut session = open("baichuan");
    session.app.rows.truncate(1);
    session.app.cursor = 0;
    session.keys("J");
    for _ in 0..40 {
        session.keys("1 a b");
    }
    let id = ReportId::file("no-such.txt");
    session.app.passed.insert((id, "x".to_owned()));
    session.keys("n");
    let frame = session.text();
    assert!(
        frame.contains("没有待决") && !frame.contains("重新开始"),
        "{frame}"
    );
}
