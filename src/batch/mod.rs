//! Many reports: which files there are, and each made ready for a face. A list holds
//! summaries; documents are made on demand and given back.

mod discover;
mod open;
mod parallel;

pub use discover::{Discovered, Entry, discover};
pub use open::{Opened, Options, Summary, is_unsettled, open};
pub use parallel::map_in_order;
