//! The sidecar: where it lies ([`path`]), what it says ([`read`]) and how it is written
//! ([`write`]). Comments and keys that are not ours survive, and travel with the entry they belong
//! to: `value = "3"  # scan, page 4` keeps its comment when the decision ends and goes to the
//! history.

mod entry;
mod error;
mod load;
mod place;
mod read;
mod split;
mod write;

pub use error::{Problem, SidecarError};
pub(super) use load::load_file;
pub use load::{load, load_from};
pub use place::{SUFFIX, is_sidecar, path};
pub use read::read;
pub use write::write;
