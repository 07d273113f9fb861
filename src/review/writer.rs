//! A thread that writes sidecars, so that no key waits for a disk. Operations on one report are
//! written in the order in which they came; several that wait are written at once.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::store::{Performed, perform};
use super::{Facts, Log, Operation, Refusal, StoreError, sidecar};
use crate::batch::guarded;
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

enum Order {
    Write {
        id: ReportId,
        facts: Box<Facts>,
        operation: Box<Operation>,
        number: u64,
    },
    Retry,
}

/// The writer's handle. However it goes, a panic of the face included, what was given to it is
/// written first.
#[derive(Debug)]
pub struct Writer {
    /// Both are there until the writer is closed.
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<Vec<(ReportId, StoreError)>>>,
    last: u64,
}

impl Writer {
    /// Starts the thread; its messages come through the receiver.
    pub fn start() -> (Self, Receiver<Message>) {
        let (sender, messages) = channel();
        let writer = Self::with(move |message| {
            // A face that is gone needs no message; what was given is written all the same.
            let _ = sender.send(message);
        });
        (writer, messages)
    }

    /// Starts the thread with a function that takes its messages (called on that thread), for a
    /// face that waits on a channel of its own.
    pub fn with(notify: impl FnMut(Message) + Send + 'static) -> Self {
        let (orders, incoming) = channel();
        let thread = std::thread::spawn(move || {
            Desk {
                files: BTreeMap::new(),
                notify,
            }
            .work(&incoming)
        });
        Self {
            orders: Some(orders),
            thread: Some(thread),
            last: 0,
        }
    }

    /// Gives an operation to be written; returns its number. Never waits.
    pub fn submit(&mut self, id: &ReportId, facts: Facts, operation: Operation) -> u64 {
        self.last += 1;
        let order = Order::Write {
            id: id.clone(),
            facts: Box::new(facts),
            operation: Box::new(operation),
            number: self.last,
        };
        self.order(order);
        self.last
    }

    fn order(&self, order: Order) {
        if let Some(orders) = &self.orders {
            // Only a thread that panicked does not take it, and then `finish` has no result.
            let _ = orders.send(order);
        }
    }

    /// Tries again what could not be written.
    pub fn retry(&mut self) {
        self.order(Order::Retry);
    }

    /// Waits until everything given is written or has failed; returns the reports whose
    /// operations could not be written, with the cause.
    pub fn finish(mut self) -> Vec<(ReportId, StoreError)> {
        self.close()
    }

    fn close(&mut self) -> Vec<(ReportId, StoreError)> {
        drop(self.orders.take());
        let done = self.thread.take().map(JoinHandle::join);
        done.and_then(Result::ok).unwrap_or_default()
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.close();
    }
}

/// Writes; a panic in that is a write that failed, so that it is said and tried again, and the
/// thread goes on with the other reports.
pub(super) fn attempt(
    id: &ReportId,
    write: impl FnOnce() -> Result<Performed, StoreError>,
) -> Result<Performed, StoreError> {
    guarded(write).unwrap_or_else(|message| {
        let path = sidecar::path(id);
        Err(StoreError::Io { path, message })
    })
}

/// What waits to be written of one sidecar.
#[derive(Default)]
struct Pending {
    facts: Option<Facts>,
    operations: Vec<(u64, Operation)>,
    /// Ids that changed in earlier writes: operations made before that still say the old ones.
    renamed: BTreeMap<String, String>,
    error: Option<StoreError>,
    fresh: bool,
}

struct Desk<N> {
    files: BTreeMap<ReportId, Pending>,
    notify: N,
}

impl<N: FnMut(Message)> Desk<N> {
    fn work(mut self, incoming: &Receiver<Order>) -> Vec<(ReportId, StoreError)> {
        while let Ok(order) = incoming.recv() {
            self.take(order);
            // Whatever came while the disk was busy goes with it.
            while let Ok(order) = incoming.try_recv() {
                self.take(order);
            }
            self.write();
        }
        let left = self.files.into_iter();
        left.filter_map(|(id, p)| Some((id, p.error?))).collect()
    }

    fn take(&mut self, order: Order) {
        match order {
            Order::Write {
                id,
                facts,
                operation,
                number,
            } => {
                let pending = self.files.entry(id).or_default();
                pending.facts = Some(*facts);
                pending.operations.push((number, *operation));
                pending.fresh = true;
            }
            Order::Retry => {
                for pending in self.files.values_mut() {
                    pending.fresh = !pending.operations.is_empty();
                }
            }
        }
    }

    fn write(&mut self) {
        let due = self.files.iter_mut().filter(|(_, p)| p.fresh);
        for (id, pending) in due {
            pending.fresh = false;
            let (Some(facts), Some(upto)) =
                (&pending.facts, pending.operations.last().map(|(n, _)| *n))
            else {
                continue;
            };
            let operations: Vec<Operation> = pending
                .operations
                .iter()
                .map(|(_, operation)| {
                    let mut operation = operation.clone();
                    operation.rename(&pending.renamed);
                    operation
                })
                .collect();
            match attempt(id, || perform(id, facts, &operations)) {
                Ok(done) => {
                    let message = pending.written(id, upto, done);
                    (self.notify)(message);
                }
                Err(error) => {
                    pending.error = Some(error.clone());
                    (self.notify)(Message::Failed {
                        id: id.clone(),
                        upto,
                        error,
                    });
                }
            }
        }
    }
}

impl Pending {
    fn written(&mut self, id: &ReportId, upto: u64, done: Performed) -> Message {
        let numbers: Vec<u64> = self.operations.drain(..).map(|(n, _)| n).collect();
        let refused = done
            .refused
            .into_iter()
            .filter_map(|(i, refusal)| Some((*numbers.get(i)?, refusal)))
            .collect();
        self.renamed.extend(done.renamed);
        self.error = None;
        Message::Saved {
            id: id.clone(),
            upto,
            log: Box::new(done.log),
            refused,
        }
    }
}
