//! What the screens look like, in text and in style, without colour.

use super::{Session, styles, text};
use crate::tui::view::view;
use crate::words::Lang;

fn snapshot(name: &str, session: &Session) {
    let (frame, caret) = view(&session.app);
    let folder = session.folder.path().display().to_string();
    let shown = format!("{}\n-- caret {caret:?}\n{}", text(&frame), styles(&frame));
    assert!(!shown.contains(&folder), "a path of this machine");
    insta::assert_snapshot!(name, shown);
}

const LANGS: [(Lang, &str); 2] = [(Lang::Zh, "zh"), (Lang::En, "en")];
const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (40, 10)];

#[test]
fn first_frame() {
    for (lang, name) in LANGS {
        for size in SIZES {
            let session = Session::samples(size, lang);
            snapshot(&format!("first_{}x{}_{name}", size.0, size.1), &session);
        }
    }
}

#[test]
fn sections_and_issue() {
    for (lang, name) in LANGS {
        for size in SIZES {
            let mut session = Session::samples(size, lang);
            session.keys("/ 'yunxi-2022 enter l j");
            snapshot(&format!("sections_{}x{}_{name}", size.0, size.1), &session);
        }
    }
}

#[test]
fn override_find_and_source() {
    for (lang, name) in LANGS {
        let mut session = Session::samples((80, 24), lang);
        session.keys("/ 'liutang enter n o '=2+1");
        snapshot(&format!("override_{name}"), &session);
        session.keys("esc / '结转");
        snapshot(&format!("find_{name}"), &session);
        session.keys("esc s");
        snapshot(&format!("source_{name}"), &session);
        session.keys("s d");
        snapshot(&format!("after_{name}"), &session);
    }
}

#[test]
fn a_file_that_cannot_be_read() {
    let mut session = Session::files((80, 24), Lang::Zh, &[("图.txt", "")]);
    session.keys("l");
    let frame = session.text();
    assert!(frame.contains("读不了"), "{frame}");
}
