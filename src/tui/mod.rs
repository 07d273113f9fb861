//! The screen. Events become [`Action`]s through the keymap, `update` changes the [`App`] and
//! says what else is to be done, workers do it and send messages, `view` draws the app and
//! changes nothing.

mod action;
mod keymap;
mod terminal;
mod theme;
mod width;

pub use action::{Action, Context, ENTRIES};
pub use keymap::{Key, Keymap};
