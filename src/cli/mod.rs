//! The commands: what gouji does off the screen, and the way to it.

pub mod args;
mod help;
mod output;
mod quote;
mod record;
pub mod review;

use crate::config::Config;
use crate::i18n::Lang;

/// What every command knows: the global options, with the configuration and the environment
/// behind them.
#[derive(Debug, Clone)]
pub struct Context {
    /// The configuration, options not applied.
    pub config: Config,
    /// The language of messages.
    pub lang: Lang,
    /// Whether stdout is coloured.
    pub color: bool,
    /// Whether stderr is coloured.
    pub color_stderr: bool,
    /// Threads, at least 1.
    pub jobs: usize,
    /// Say nothing but results and errors.
    pub quiet: bool,
    /// Say more.
    pub verbose: u8,
}
