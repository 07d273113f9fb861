//! The screen. Events become [`Action`]s through the keymap, `update` changes the [`App`] and
//! says what else is to be done, workers do it and send messages, `view` draws the app and
//! changes nothing.

mod action;
mod app;
mod arrive;
mod decide;
mod find;
mod inbox;
mod input;
mod keymap;
mod load;
mod parts;
mod run;
mod state;
mod steps;
mod still;
mod terminal;
mod theme;
mod typing;
mod update;
mod view;
mod watch;
mod width;

#[cfg(test)]
mod tests;

pub use action::{Action, Context, ENTRIES};
pub use keymap::{Key, Keymap};
pub use run::{Options, run};
pub use still::Still;
