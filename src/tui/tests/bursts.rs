//! What comes faster than it is drawn, and in whatever order: the screen says the same.

use crossterm::event::{KeyCode, KeyEvent};

use super::Session;
use crate::source::{Cause, ErrorKind};
use crate::tui::app::{App, Mode, Question};
use crate::tui::load::Arrival;
use crate::tui::update::{Effect, Message, settled, typed, update};
use crate::words::Lang;

fn open(name: &str) -> Session {
    let mut session = Session::samples((80, 24), Lang::Zh);
    session.keys(&format!("/ '{name} enter"));
    session
}

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
