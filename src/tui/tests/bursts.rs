//! What comes faster than it is drawn, and in whatever order: the screen says the same.

use crossterm::event::{Event, KeyCode, KeyEvent};

use super::{Session, open};
use crate::source::{Cause, ErrorKind};
use crate::tui::app::{App, Mode, Question};
use crate::tui::inbox::Inbox;
use crate::tui::load::{Arrival, Loader};
use crate::tui::run::{Taken, drain};
use crate::tui::update::{Effect, Message, settled, typed, update};

fn key(code: KeyCode) -> Message {
    Message::Key(KeyEvent::from(code))
}

/// Keys as the loop takes them in that come together.
fn burst(app: &mut App, text: &str) {
    for c in text.chars() {
        assert!(typed(app, &key(KeyCode::Char(c))), "{c:?}");
    }
}

#[test]
fn a_burst_says_what_its_keys_say_one_by_one() {
    for (line, text) in [("/", "云溪市总计"), ("o", "12+30"), ("m", "扫描件上是 3")] {
        let (mut slow, mut fast) = (open("baichuan"), open("baichuan"));
        slow.keys(line);
        fast.keys(line);
        for c in text.chars() {
            let _ = update(&mut slow.app, key(KeyCode::Char(c)));
        }
        burst(&mut fast.app, text);
        assert!(fast.app.line_changed, "nothing is worked out yet");
        let effects = settled(&mut fast.app);
        let looked = |e: &Effect| matches!(e, Effect::Look(..));
        assert!(effects.iter().any(looked), "{effects:?}");
        assert_eq!(fast.text(), slow.text());
    }
}

/// A search for each of its characters took most of a minute: they are counted, not timed.
#[test]
fn a_long_text_is_worked_out_once_and_once_more_before_a_key_that_needs_it() {
    for line in ["/", "o", "m"] {
        let mut session = open("baichuan");
        session.keys(line);
        let inbox = Inbox::default();
        let typed = |c| Event::Key(KeyEvent::from(KeyCode::Char(c)));
        let text: Vec<Event> = "公开条例第三条 ".repeat(1000).chars().map(typed).collect();
        inbox.put(text.clone());
        inbox.put(vec![Event::Resize(90, 30)]);
        inbox.put(text);
        let mut acts = Vec::new();
        let any = drain(&inbox, &mut session.app, |app, taken| {
            assert!(app.line_changed, "worked out before it was asked for");
            acts.push(match taken {
                Taken::Message(message) => {
                    let _ = update(app, message);
                    "message"
                }
                Taken::Typed => {
                    let _ = settled(app);
                    "typed"
                }
            });
            assert!(!app.line_changed);
            Ok(true)
        });
        assert!(any.unwrap() && inbox.is_empty());
        assert_eq!(acts, ["message", "typed"], "{line}");
    }
}

/// Enter in the same burst acts on all that stands before it.
#[test]
fn a_key_that_needs_what_is_found_finds_it() {
    let mut session = open("baichuan");
    session.keys("/");
    burst(&mut session.app, "qinglan-2022");
    let _ = update(&mut session.app, key(KeyCode::Enter));
    let id = &session.app.summary().unwrap().id;
    assert!(id.path.ends_with("qinglan-2022.txt"), "{id}");
    // What decides is not taken for typing, nor is anything where no line is open.
    assert!(!typed(&mut session.app, &key(KeyCode::Char('a'))));
}

#[test]
fn a_file_that_was_dropped_is_asked_for_again() {
    let mut session = open("baichuan");
    let beside = session.app.rows[session.app.cursor + 1].file;
    let id = session.app.rows[session.app.cursor + 1].state.clone();
    let crate::tui::app::RowState::Ready(summary) = id else {
        panic!("{id:?}");
    };
    session.app.store.retain(|o| o.report.id != summary.id);
    let asks = |effects: &[Effect]| {
        let asked = |e: &Effect| matches!(e, Effect::Want(file) if *file == beside);
        effects.iter().any(asked)
    };
    let resize = || Message::Resize(80, 24);
    assert!(asks(&update(&mut session.app, resize())));
    assert!(!asks(&update(&mut session.app, resize())), "on its way");
    session.app.not_coming(beside);
    assert!(asks(&update(&mut session.app, resize())));
}

/// What is on its way is put first and not read twice: the second would put the cursor back.
#[test]
fn a_file_on_its_way_is_not_asked_for_again() {
    let mut session = open("baichuan");
    let beside = session.app.cursor + 1;
    let file = session.app.rows[beside].file;
    session.app.store.truncate(0);
    let asked = |effects: Vec<Effect>| {
        let mut asked = Vec::new();
        for effect in effects {
            match effect {
                Effect::Want(f) if f == file => asked.push("want"),
                Effect::First(f) if f == file => asked.push("first"),
                _ => {}
            }
        }
        asked
    };
    // Opened, and with it the one beside is looked ahead to.
    let here = session.app.row().unwrap().file;
    let opened = arrival(&session, here);
    assert_eq!(asked(update(&mut session.app, opened)), ["want"]);
    let down = || key(KeyCode::Char('J'));
    assert_eq!(asked(update(&mut session.app, down())), ["first"]);
    // Away and back.
    assert_eq!(asked(update(&mut session.app, down())), [] as [&str; 0]);
    let up = key(KeyCode::Char('K'));
    assert_eq!(asked(update(&mut session.app, up)), ["first"]);
    let opened = arrival(&session, file);
    assert_eq!(asked(update(&mut session.app, opened)), [] as [&str; 0]);
    assert!(session.app.opened().is_some());
}

fn arrival(session: &Session, file: usize) -> Message {
    let result = session.loader.open(&session.app.paths[file]);
    Message::Arrival(Arrival::Opened { file, result })
}

/// The screen went on to a report that is not there yet.
#[test]
fn undo_takes_back_the_last_step_while_the_next_report_is_read() {
    let mut session = open("donghu-2014");
    let (row, issue) = (session.app.cursor, session.app.issue.clone());
    let here = session.app.summary().unwrap().id.clone();
    session.app.store.retain(|o| o.report.id == here);
    let _ = update(&mut session.app, key(KeyCode::Char('a')));
    assert!(session.app.cursor != row && session.app.opened().is_none());
    let effects = update(&mut session.app, key(KeyCode::Char('u')));
    let written = |e: &Effect| matches!(e, Effect::Write(id, ..) if *id == here);
    assert!(effects.iter().any(written), "{effects:?}");
    assert_eq!((session.app.cursor, &session.app.issue), (row, &issue));
    assert!(session.text().contains("撤销了"), "{}", session.text());
}

/// Where the report itself is being read, its steps are taken back once it is there, as many as the
/// key was pressed; not when the screen has gone elsewhere by then.
#[test]
fn undo_waits_for_the_report() {
    for (keys, left) in [("u", 1), ("uu", 0), ("us", 1), ("uJK", 2)] {
        let mut session = open("qinglan-2022");
        session.keys("a a / 'qinglan-2022 enter");
        assert_eq!(session.app.opened().unwrap().log.decisions.len(), 2);
        // As after the program was opened again.
        session.app.last_decided = None;
        session.app.store.clear();
        session.app.coming.clear();
        let file = session.app.row().unwrap().file;
        let _ = update(&mut session.app, Message::Resize(80, 24));
        for c in keys.chars() {
            let _ = update(&mut session.app, key(KeyCode::Char(c)));
        }
        let opened = arrival(&session, file);
        let _ = update(&mut session.app, opened);
        let log = &session.app.opened().unwrap().log;
        assert_eq!(log.decisions.len(), left, "after {keys}");
    }
}

/// The last step is the last one, also where it decided on no issue: not that of another report.
#[test]
fn undo_takes_back_a_mark_before_an_older_decision() {
    let mut session = open("donghu-2014");
    session.keys("a D y");
    let marked = session.app.summary().unwrap().id.clone();
    assert!(session.app.summary().unwrap().done);
    session.keys("u");
    assert_eq!(session.app.summary().unwrap().id, marked);
    assert!(!session.app.summary().unwrap().done);
    assert!(session.sidecar("donghu-2014.txt").contains("confirm"));
}

/// What was done again is a step of its report; the key does not go back to that one by itself.
#[test]
fn undo_after_a_step_done_again_is_of_the_report_in_view() {
    let mut session = open("donghu-2014");
    session.keys("a u U J");
    let here = session.app.summary().unwrap().id.clone();
    session.keys("u");
    assert_eq!(session.app.summary().unwrap().id, here);
    assert!(session.sidecar("donghu-2014.txt").contains("confirm"));
    assert!(
        session.text().contains("没有可撤销的一步"),
        "{}",
        session.text()
    );
}

/// The file is gone while a decision on it is on its way: that is said by the writer, and the row
/// stays until then, whoever notices first.
#[test]
fn a_refusal_comes_before_the_row_that_says_why() {
    let mut session = open("qinglan-2022");
    let file = session.app.row().unwrap().file;
    let id = session.app.summary().unwrap().id.clone();
    session.app.saving.pending.insert(id.clone(), 7);
    let gone = || {
        Message::Arrival(Arrival::Opened {
            file,
            result: Err(Cause::List {
                because: ErrorKind::NotFound,
                error: "gone".to_owned(),
            }
            .of(&id.path)),
        })
    };
    let _ = update(&mut session.app, gone());
    assert_eq!(session.app.summary().map(|s| &s.id), Some(&id));
    assert!(!session.text().contains("gone"));
    session.app.saving.pending.clear();
    let _ = update(&mut session.app, gone());
    assert!(session.text().contains("gone"), "{}", session.text());
    assert!(session.app.summary().is_none());
}

#[test]
fn leaving_asks_when_a_write_hangs_and_goes_in_the_end() {
    let mut session = open("qinglan-2022");
    let id = session.app.summary().unwrap().id.clone();
    session.app.saving.pending.insert(id, 7);
    session.keys("q");
    assert!(session.app.leave_when_saved && !session.app.leaving);
    let _ = update(&mut session.app, Message::StillSaving);
    assert!(matches!(session.app.mode, Mode::Ask(Question::LeaveSaving)));
    assert!(session.text().contains("qinglan-2022.txt"));
    session.keys("n");
    assert!(!session.app.leave_when_saved && !session.app.leaving);
    for answer in ["y", "q"] {
        session.keys("q");
        let _ = update(&mut session.app, Message::StillSaving);
        session.keys(answer);
        assert!(std::mem::take(&mut session.app.leaving), "{answer}");
    }
    let _ = update(&mut session.app, Message::NotWaitedFor);
    assert!(session.app.leaving);
}
