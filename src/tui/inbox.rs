//! What comes from the terminal and waits to be taken in. The thread that reads keys never waits
//! for the screen: of 10 KB that were pasted and Ctrl-C pressed after it, Ctrl-C is the next that
//! is taken in, whatever of the paste has not been yet.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// More waits never; what comes then is lost, as in a terminal's own buffer. A line of input takes
/// less.
const MOST: usize = 1 << 16;

/// Nobody types more than this between two looks at what was typed: it was pasted.
const TYPED: usize = 64;

/// The events that wait.
#[derive(Debug, Default)]
pub struct Inbox(Mutex<VecDeque<Event>>);

impl Inbox {
    /// Puts in what was read at once. Gives whether that was a paste which Ctrl-C ended: the rest
    /// of it, which may come yet, is nothing that anybody wants.
    pub fn put(&self, burst: Vec<Event>) -> bool {
        let mut waiting = self.lock();
        let interrupt = burst.iter().position(is_interrupt);
        let Some(at) = interrupt.filter(|_| waiting.len() + burst.len() > TYPED) else {
            let room = MOST.saturating_sub(waiting.len());
            waiting.extend(burst.into_iter().take(room));
            return false;
        };
        if waiting.len() + at > TYPED {
            waiting.retain(is_size);
        }
        let kept = TYPED.saturating_sub(waiting.len());
        for (i, event) in burst.into_iter().enumerate() {
            let before = i < at && at <= kept;
            if before || i == at || is_size(&event) {
                waiting.push_back(event);
            }
        }
        true
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
            modifiers: KeyModifiers::CONTROL,
            ..
        })
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
        assert!(!inbox.put(keys("a^y")));
        assert!(!inbox.put(keys("b")));
        assert_eq!(all(&inbox), keys("a^yb"));
        assert!(inbox.is_empty());
    }

    #[test]
    fn ctrl_c_in_a_paste_comes_next_and_the_rest_goes() {
        let paste = "文字\n".repeat(1000);
        let inbox = Inbox::default();
        inbox.put(keys(&paste));
        inbox.put(vec![Event::Resize(90, 30)]);
        assert!(inbox.put(keys(&format!("{paste}^{paste}"))));
        let mut left = vec![Event::Resize(90, 30)];
        left.extend(keys("^"));
        assert_eq!(all(&inbox), left);
        // Typed just before it: that was meant.
        assert!(inbox.put(keys(&format!("a^{paste}"))));
        assert_eq!(all(&inbox), keys("a^"));
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
