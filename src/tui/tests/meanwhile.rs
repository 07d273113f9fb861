//! What others do to a report while it is in view, or while a decision on it is on its way: its
//! file changes or goes, a colleague decides, a write is refused.

use super::{Session, open};
use crate::report::ReportId;
use crate::review::{Message as Written, Refusal};
use crate::source::{Cause, ReadError};
use crate::tui::app::{Mode, Question};
use crate::tui::load::{Arrival, Files, Loader};
use crate::tui::update::{Effect, Message, update};
use crate::words::Lang;

#[test]
fn a_report_whose_file_vanishes_is_a_failed_row() {
    let mut session = open("baichuan");
    let name = "yunxi-2022.html";
    std::fs::remove_file(session.folder.path().join(name)).unwrap();
    session.keys("J J J J J J J J J J");
    assert!(session.text().contains(name), "{}", session.text());
    session.keys("a o n");
}

/// The source changes under a decision: the old value and the new stand side by side.
#[test]
fn a_stale_decision_asks_again() {
    let mut session = open("yunxi-2022");
    session.keys("o ctrl-u '54 enter");
    let path = session.folder.path().join("yunxi-2022.html");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(">55<"));
    std::fs::write(&path, text.replacen(">55<", ">58<", 1)).unwrap();
    let folder = session.folder;
    let mut again = Session::of(folder, (120, 40), Lang::Zh, |_| {});
    again.keys("/ 'yunxi-2022 enter");
    let frame = again.text();
    for part in ["决定已过时", "当时读到 55", "判为 54", "现在读到 58"] {
        assert!(frame.contains(part), "no {part} in\n{frame}");
    }
}

/// A colleague's command on the same report while the screen shows it.
fn wang_dismisses(session: &Session, name: &str, fingerprint: &str) {
    use crate::review::{Action, Facts, InForce, Operation, Request, Target, Who, propose, store};
    let path = session.folder.path().join(name);
    let options = crate::batch::Options {
        forms: crate::form::tests::forms(),
        decisions: true,
        queue: crate::check::Severity::Warning,
    };
    let opened = crate::batch::open(&path, options).unwrap().remove(0);
    let request = Request::new(Target::finding(fingerprint), Action::Dismiss).note("查过了");
    let make = |log: &crate::review::Log| {
        let who = Who::now("wang");
        propose(&opened.report, &opened.assessment, log, &[request], &who).map(Operation::Apply)
    };
    let in_force = InForce::new(&opened.report, &opened.log);
    let facts = |_: &crate::review::Log| Facts::of(&opened.report, &in_force);
    store::transact(&opened.report.id, facts, make)
        .unwrap()
        .unwrap();
}

#[test]
fn another_persons_decision_made_meanwhile_is_asked_about() {
    let mut session = open("yunxi-2022");
    let issue = session.app.issue().unwrap().clone();
    let finding = &session.app.opened().unwrap().assessment.checked.findings[issue.findings[0]];
    let fingerprint = finding.fingerprint.clone();
    wang_dismisses(&session, "yunxi-2022.html", &fingerprint);
    session.keys("a");
    let frame = session.text();
    for part in ["别人先作了决定", "wang", "不成立", "查过了", &fingerprint] {
        assert!(frame.contains(part), "no {part} in\n{frame}");
    }
    // Keys that are typed on do not answer it.
    session.keys("a enter n");
    let kept = session.sidecar("yunxi-2022.html");
    assert!(
        kept.contains("dismiss") && !kept.contains("confirm"),
        "{kept}"
    );

    // Their step is in view by now, and undoing it names it.
    session.keys("u");
    let frame = session.text();
    for part in ["要撤销吗", "wang", "不成立", &fingerprint] {
        assert!(frame.contains(part), "no {part} in\n{frame}");
    }
    session.keys("n");
    assert!(session.sidecar("yunxi-2022.html").contains("dismiss"));
}

#[test]
fn another_persons_decision_is_replaced_knowingly() {
    let mut session = open("yunxi-2022");
    let issue = session.app.issue().unwrap().clone();
    let finding = &session.app.opened().unwrap().assessment.checked.findings[issue.findings[0]];
    let fingerprint = finding.fingerprint.clone();
    wang_dismisses(&session, "yunxi-2022.html", &fingerprint);
    session.keys("a y");
    let sidecar = session.sidecar("yunxi-2022.html");
    assert!(
        sidecar.contains("confirm") && sidecar.contains("ended = \"superseded\""),
        "{sidecar}"
    );
}

/// Writes a report with another figure in it.
fn edit(session: &Session, name: &str, from: &str, to: &str) {
    let path = session.folder.path().join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from));
    std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn a_report_that_changes_while_it_is_open_is_read_again() {
    let mut session = open("yunxi-2022");
    session.keys("o ctrl-u '54 enter");
    let before = session.app.issue.clone();
    edit(&session, "yunxi-2022.html", ">55<", ">5588<");
    session.keys("tab");
    let frame = session.text();
    for part in ["yunxi-2022.html", "已重新读入", "1 个决定已过时", "5590"] {
        assert!(frame.contains(part), "no {part} in\n{frame}");
    }
    assert_eq!(session.app.issue, before);
    // Touched only, nothing is said.
    edit(&session, "yunxi-2022.html", "x", "x");
    session.keys("tab");
    assert!(!session.text().contains("已重新读入"));
}

#[test]
fn nothing_is_decided_on_figures_that_are_gone() {
    let mut session = open("yunxi-2022");
    let issue = session.app.issue.clone();
    edit(&session, "yunxi-2022.html", ">55<", ">5588<");
    session.keys("a");
    let frame = session.text();
    assert!(
        frame.contains("没有写入") && frame.contains("5588"),
        "{frame}"
    );
    assert_eq!(session.sidecar("yunxi-2022.html"), "");
    assert!(issue.is_some() && session.app.opened().unwrap().log.is_empty());
    session.keys("enter a");
    assert!(session.sidecar("yunxi-2022.html").contains("[["));
}

#[test]
fn a_file_that_vanishes_while_it_is_shown_is_said_and_gets_no_sidecar() {
    let mut session = open("donghu");
    let name = "donghu-2014.txt";
    let path = session.folder.path().join(name);
    let text = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    session.keys("a");
    let frame = session.text();
    assert!(
        frame.contains("没有写入") && frame.contains(name) && frame.contains("没有这个文件"),
        "{frame}"
    );
    assert_eq!(session.sidecar(name), "");
    // Back again, it can be read again.
    session.keys("enter / 'donghu-2014 enter");
    assert!(session.app.opened().is_none(), "{}", session.text());
    std::fs::write(&path, text).unwrap();
    session.keys("R");
    assert!(session.app.opened().is_some(), "{}", session.text());
}

#[test]
fn what_is_stale_is_said_where_no_issue_is_in_view() {
    let mut session = open("yunxi-2022");
    session.keys("o ctrl-u '54 enter");
    let left = crate::tui::state::Left {
        issue: None,
        ..session.app.left("b".to_owned()).unwrap()
    };
    edit(&session, "yunxi-2022.html", ">55<", ">58<");
    let mut again = Session::of(session.folder, (80, 24), Lang::Zh, |_| {});
    again.app.return_to(&left);
    again.load();
    let frame = again.text();
    assert!(frame.contains("1 个决定已过时"), "{frame}");
    let last = frame.lines().last().unwrap();
    assert!(last.trim_start().starts_with("n 下一个"), "{last}");
}

/// The writer's word that what was decided on a report was not written, for its file has gone.
fn refused(session: &mut Session, name: &str) -> Message {
    let path = session.folder.path().join(name);
    let id = ReportId::file(&path);
    session.app.saving.pending.insert(id.clone(), 7);
    let refusal = Refusal::SourceGone {
        path,
        kind: std::io::ErrorKind::NotFound,
        cause: String::new(),
    };
    Message::Written(Written::Saved {
        id,
        upto: 7,
        log: Box::default(),
        refused: vec![(6, refusal.clone()), (7, refusal)],
    })
}

fn number(session: &Session, name: &str) -> usize {
    let all = session.app.paths.iter();
    all.take_while(|p| !p.ends_with(name)).count()
}

fn pressed(key: char) -> Message {
    let code = crossterm::event::KeyCode::Char(key);
    Message::Key(crossterm::event::KeyEvent::from(code))
}

#[test]
fn a_refusal_is_seen_whatever_comes_with_it_before_a_frame() {
    let names = ["donghu-2014.txt", "liutang-2019.txt"];
    let cases = names.iter().flat_map(|n| [(n, true), (n, false)]);
    for (name, refusal_first) in cases {
        // Decided on the one, and gone on to the other.
        let mut session = open("liutang-2019");
        let gone = Arrival::Opened {
            file: number(&session, name),
            result: Err(ReadError {
                path: session.folder.path().join(name),
                cause: Cause::NotFound,
            }),
        };
        let mut messages = vec![
            refused(&mut session, "donghu-2014.txt"),
            Message::Arrival(gone),
        ];
        if !refusal_first {
            messages.reverse();
        }
        messages.extend("a1nJGq".chars().map(pressed));
        for message in messages {
            let _ = update(&mut session.app, message);
        }
        let frame = session.text();
        for part in ["没有写入", "donghu-2014.txt 不在了", "Enter 或 y 知道了"] {
            assert!(frame.contains(part), "no {part} in\n{frame}");
        }
        assert!(!session.app.leaving);
        // Said once of two steps; once it was seen the screen goes on.
        session.keys("enter");
        assert!(matches!(session.app.mode, Mode::Main));
        assert!(!session.text().contains("没有写入"), "{}", session.text());
    }
}

#[test]
fn a_refusal_waits_until_an_open_line_is_closed() {
    let mut session = open("yunxi-2022");
    session.keys("o '12");
    let message = refused(&mut session, "donghu-2014.txt");
    session.send(message);
    assert!(matches!(&session.app.mode, Mode::Override(line) if line.value.text() == "12"));
    assert!(session.text().contains("没有写入"), "{}", session.text());
    session.keys("esc");
    assert!(matches!(session.app.mode, Mode::Ask(Question::Refused)));
    session.keys("y q");
    assert!(session.app.leaving);
}

#[test]
fn a_refused_report_is_read_again_once_in_view_or_not() {
    for keys in ["", "J", "G"] {
        let mut session = open("donghu-2014");
        session.keys(keys);
        let message = refused(&mut session, "donghu-2014.txt");
        let file = number(&session, "donghu-2014.txt");
        let asked = update(&mut session.app, message);
        let asked = asked
            .iter()
            .filter(|e| matches!(e, Effect::Want(f) if *f == file));
        assert_eq!(asked.count(), 1, "after {keys}");
    }
}

#[test]
fn what_was_refused_and_not_seen_is_told_on_leaving() {
    let mut session = open("donghu-2014");
    let first = refused(&mut session, "donghu-2014.txt");
    session.send(first);
    let rest = refused(&mut session, "yunxi-2022.html");
    let told = crate::tui::run::not_written(&mut session.app, &[], [rest].into_iter());
    assert_eq!(told.len(), 2, "{told:?}");
    for (line, name) in told.iter().zip(["donghu-2014.txt", "yunxi-2022.html"]) {
        assert!(line.contains(&format!("{name}: 没有写入")), "{line}");
    }
}

#[test]
fn what_was_put_off_and_is_no_longer_asked_about_when_read_again_is_forgotten() {
    let mut session = open("yunxi-2022");
    let report = session.app.summary().unwrap().id.clone();
    let open = session.app.issue.clone().unwrap();
    for issue in [&open, "T9.GONE"] {
        let put_off = (report.clone(), issue.to_owned());
        session.app.passed.insert(put_off);
    }
    edit(&session, "yunxi-2022.html", "x", "x");
    session.keys("tab");
    let left: Vec<_> = session.app.passed.iter().map(|(_, i)| i.clone()).collect();
    assert_eq!(left, [open]);
}

/// Read before a decision was written, and come in after that.
#[test]
fn a_file_read_before_it_was_written_does_not_bring_the_old_log_back() {
    let mut session = open("yunxi-2022");
    let file = number(&session, "yunxi-2022.html");
    let read = |session: &Session| {
        let path = session.folder.path().join("yunxi-2022.html");
        let loader = Files {
            forms: crate::form::tests::forms(),
            lang: Lang::Zh,
            least: crate::check::Severity::Warning,
        };
        let result = loader.open(&path);
        Message::Arrival(Arrival::Opened { file, result })
    };
    for key in ["a", "u"] {
        let before = read(&session);
        session.keys(key);
        let log = session.app.opened().unwrap().log.clone();
        let asked = update(&mut session.app, before);
        assert!(session.app.opened().unwrap().log == log, "after {key}");
        assert!(
            asked
                .iter()
                .any(|e| matches!(e, Effect::Want(f) if *f == file))
        );
        // What is read now is believed, whatever it says.
        let now = read(&session);
        session.send(now);
        assert!(session.app.opened().unwrap().log == log);
    }
    session.keys("a");
    let beside = session.folder.path().join("yunxi-2022.html.review.toml");
    std::fs::remove_file(beside).unwrap();
    let now = read(&session);
    session.send(now);
    assert!(session.app.opened().unwrap().log.is_empty());
}
