//! What comes from the terminal and waits to be taken in. The thread that reads keys never waits
//! for the screen: of 10 KB that were pasted and Ctrl-C pressed after it, Ctrl-C is the next that
//! is taken in, whatever of the paste has not been yet.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// More waits never; what comes then is lost, as in a terminal's own buffer. A line of input takes
/// less.
const MOST: usize = 1 << 16;

/// Nobody types more than this without a pause: it was pasted.
pub const TYPED: usize = 64;

/// The events that wait.
#[derive(Debug, Default)]
pub struct Inbox(Mutex<VecDeque<Event>>);

impl Inbox {
    /// Puts in what was read at once.
    pub fn put(&self, burst: Vec<Event>) {
        let mut waiting = self.lock();
        let room = MOST.saturating_sub(waiting.len());
        waiting.extend(burst.into_iter().take(room));
    }

    /// Puts in what was read at once and ended by Ctrl-C, which was pressed in a paste or behind
    /// it. What waits of that goes; what may have been typed before does not.
    pub fn interrupt(&self, before: Vec<Event>, interrupt: Event) {
        let mut waiting = self.lock();
        waiting.extend(before);
        if waiting.len() > TYPED {
            waiting.retain(is_size);
        }
        waiting.push_back(interrupt);
    }

    /// The next one.
    pub fn next(&self) -> Option<Event> {
        self.lock().pop_front()
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Event>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether it is Ctrl-C.
pub fn is_interrupt(event: &Event) -> bool {
    matches!(
        event,
        Event::Key(KeyEvent {
            code: KeyCode::Char('c'),
            modifiers,
            ..
        // Esc and Ctrl-C that come together are read as one key with Alt.
        }) if modifiers.contains(KeyModifiers::CONTROL)
    )
}

/// Whether it tells the size of the window, which is never thrown away.
pub const fn is_size(event: &Event) -> bool {
    matches!(event, Event::Resize(..))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<Event> {
        let key = |c| match c {
            '^' => KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL),
            c => KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE),
        };
        text.chars().map(|c| Event::Key(key(c))).collect()
    }

    fn all(inbox: &Inbox) -> Vec<Event> {
        std::iter::from_fn(|| inbox.next()).collect()
    }

    #[test]
    fn what_is_typed_comes_in_its_order() {
        let inbox = Inbox::default();
        inbox.put(keys("a^y"));
        inbox.put(keys("b"));
        assert_eq!(all(&inbox), keys("a^yb"));
        assert!(inbox.is_empty());
    }

    #[test]
    fn ctrl_c_comes_next_after_a_paste_and_after_what_was_typed() {
        let ctrl_c = || keys("^").remove(0);
        let paste = "文字\n".repeat(1000);
        let inbox = Inbox::default();
        inbox.put(keys(&paste));
        inbox.put(vec![Event::Resize(90, 30)]);
        inbox.interrupt(keys(&paste), ctrl_c());
        assert_eq!(all(&inbox), [Event::Resize(90, 30), ctrl_c()]);
        inbox.put(keys("a"));
        inbox.interrupt(keys("b"), ctrl_c());
        assert_eq!(all(&inbox), keys("ab^"));
    }

    #[test]
    fn it_is_bounded() {
        let inbox = Inbox::default();
        for _ in 0..40 {
            inbox.put(keys(&"x".repeat(4096)));
        }
        assert_eq!(all(&inbox).len(), MOST);
    }
}
