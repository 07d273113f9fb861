//! A panic in one document is that document's error, not the batch's. While guarded work runs, a
//! panic is not printed either: its place goes into the error's one line.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Whether this thread runs guarded work, so that a panic here ends nothing: hooks that restore
/// the terminal must leave it alone then.
pub fn is_guarded() -> bool {
    DEPTH.get() > 0
}

/// Runs `work`; a panic in it is returned as its message and place.
///
/// # Errors
/// When `work` panics.
pub fn guarded<R>(work: impl FnOnce() -> R) -> Result<R, String> {
    install();
    DEPTH.set(DEPTH.get() + 1);
    let result = catch_unwind(AssertUnwindSafe(work));
    DEPTH.set(DEPTH.get().saturating_sub(1));
    result.map_err(|payload| {
        let message = payload
            .downcast_ref::<&str>()
            .map(|s| (*s).to_owned())
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_default();
        let message: String = message.split_whitespace().collect::<Vec<_>>().join(" ");
        match PLACE.take() {
            Some(place) => format!("{message} ({place})"),
            None => message,
        }
    })
}

fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if is_guarded() {
                let place = info.location().map(|l| {
                    let file = l.file().rsplit(['/', '\\']).next().unwrap_or_default();
                    format!("{file}:{}", l.line())
                });
                PLACE.set(place);
            } else {
                previous(info);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error() {
        assert_eq!(guarded(|| 3), Ok(3));
        let error = guarded(|| -> i32 { panic!("row {}\nis odd", 5) }).unwrap_err();
        assert!(error.starts_with("row 5 is odd (guard.rs:"), "{error}");
        assert!(!is_guarded());
    }
}
