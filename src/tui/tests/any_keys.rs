//! Any sequence of keys and sizes: no panic, no frame that cuts a glyph, and a terminal that
//! shows exactly the frame.

use proptest::prelude::*;

use super::{Session, text, well_formed};
use crate::tui::terminal::Screen;
use crate::tui::update::Message;
use crate::tui::view::view;
use crate::words::Lang;

const KEYS: [&str; 50] = [
    "n",
    "N",
    "a",
    "d",
    "o",
    "1",
    "2",
    "9",
    "b",
    "x",
    "f",
    "m",
    "tab",
    "u",
    "U",
    "D",
    "j",
    "k",
    "h",
    "l",
    "down",
    "up",
    "left",
    "right",
    "pgdn",
    "pgup",
    "space",
    "g",
    "G",
    "]",
    "[",
    "J",
    "K",
    "w",
    "z",
    "s",
    "/",
    "?",
    "enter",
    "esc",
    "ctrl-n",
    "ctrl-w",
    "backspace",
    "'3",
    "'=2+1",
    "'数字",
    "'“…”",
    "R",
    "y",
    "ctrl-c",
];

#[derive(Debug, Clone)]
enum Step {
    Key(usize),
    Size(u16, u16),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        9 => (0..KEYS.len()).prop_map(Step::Key),
        1 => (1u16..200, 1u16..60).prop_map(|(w, h)| Step::Size(w, h)),
    ]
}

fn walk(steps: &[Step], wide: u8) {
    let folder = tempfile::tempdir().unwrap();
    crate::sample::write(folder.path()).unwrap();
    let mut session = Session::of(folder, (80, 24), Lang::Zh, |o| {
        o.ambiguous_width = wide;
        o.color = wide == 1;
    });
    for step in steps {
        match step {
            Step::Key(key) => {
                session.keys(KEYS[*key]);
            }
            Step::Size(width, height) => session.send(Message::Resize(*width, *height)),
        }
        session.app.leaving = false;
        let (frame, caret) = view(&session.app);
        well_formed(&frame, &session.app);
        if let Some((x, y)) = caret {
            assert!(x < frame.area.width && y < frame.area.height);
        }
    }
}

/// Few by default, for each opens the sample batch; more with `PROPTEST_CASES`.
fn config() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").is_ok();
    ProptestConfig {
        cases: if asked {
            ProptestConfig::default().cases
        } else {
            24
        },
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn nothing_panics_and_no_glyph_is_cut(steps in prop::collection::vec(step(), 1..40), wide in 1u8..3) {
        walk(&steps, wide);
    }
}

#[test]
fn the_smallest_sizes() {
    let mut session = Session::samples((80, 24), Lang::Zh);
    for (width, height) in [
        (1, 1),
        (10, 3),
        (39, 9),
        (40, 10),
        (59, 10),
        (60, 12),
        (119, 9),
        (200, 60),
    ] {
        for keys in [
            "n", "o", "esc", "?", "esc", "/", "esc", "s", "s", "z", "D", "esc", "z",
        ] {
            session.keys(keys);
            session.send(Message::Resize(width, height));
            let (frame, _) = view(&session.app);
            well_formed(&frame, &session.app);
        }
    }
}

/// What the terminal shows is the frame, whatever it showed before.
#[test]
fn the_terminal_shows_the_frame_after_every_key() {
    let mut session = Session::samples((80, 24), Lang::Zh);
    let mut screen = Screen::new(Vec::new(), session.app.widths);
    let mut terminal = vt100::Parser::new(24, 80, 0);
    let keys = "n l j j j ] ] s j j s z z ? j j esc / '云溪 esc o '3 esc J J K n a u w G g";
    for key in keys.split(' ') {
        session.keys(key);
        let (frame, caret) = view(&session.app);
        let wanted = text(&frame);
        screen.show(frame, caret).unwrap();
        terminal.process(&std::mem::take(screen.out()));
        let shown: Vec<String> = terminal
            .screen()
            .rows(0, 80)
            .map(|r| r.trim_end().to_owned())
            .collect();
        assert_eq!(
            shown.join("\n").trim_end(),
            wanted.trim_end(),
            "after {key}"
        );
    }
}
