//! What people decided about a report: decisions and steps, undo and redo, what the figures are
//! with them applied, what is left to decide, and the sidecar that keeps it all.
//!
//! The way a face goes: [`sidecar::load`] gives a [`Log`]; [`assess`] holds the report against
//! the rules with that log applied; [`issues`] is the queue; a key makes a [`Request`],
//! [`propose`] turns it into a [`Step`] or says why not; the face performs
//! `Operation::Apply(step)` on its own log at once and gives the same operation to the
//! [`Writer`] (or, without threads, to [`store::perform`]), which performs it on the file as it
//! is by then.

mod assessment;
mod by_hand;
mod decision;
mod desk;
mod facts;
mod file;
mod in_force;
mod issue;
mod kept;
mod log;
mod operation;
mod perform;
mod preview;
mod propose;
mod rank;
mod refusal;
pub mod reviewer;
pub mod sidecar;
pub mod store;
#[cfg(test)]
mod tests;
mod value;
mod work;
mod writer;

pub use assessment::{Assessment, assess};
pub use decision::{
    Action, Decision, End, Ended, Item, Reason, Request, ReviewStatus, Step, Target, Who,
    default_reason,
};
pub use desk::{Desk, Extract, Opening};
pub use facts::{Facts, Reading, Readings};
pub use file::{Obstacle, file_name};
pub use in_force::{Cell, InForce, JointState};
pub use issue::{Issue, IssueKind, issues};
pub use log::{Entry, Log};
pub use operation::Operation;
pub use preview::{Effect, effect};
pub use propose::propose;
pub use refusal::Refusal;
pub use store::StoreError;
pub use value::parse_value;
pub use writer::{Message, Writer};
