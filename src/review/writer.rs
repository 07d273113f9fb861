//! A thread that writes sidecars, so that no key waits for a disk. Operations on one report are
//! written in the order in which they came; several that wait are written at once.
//!
//! The life of a decision on `a.html`: [`Writer::submit`] gives it number 7, and
//! [`Writer::unsaved`] names `a.html.review.toml`; the thread writes it and says
//! `Message::Saved { upto: 7, .. }`; `unsaved` is empty again and nothing of the report is kept.
//! A disk that does not answer keeps the thread, never whoever asks: `unsaved` does not wait for
//! it, [`Writer::leave`] waits as long as it is told, and a writer that is dropped leaves what
//! hangs behind.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::facts::Facts;
use super::log::Log;
use super::operation::Operation;
use super::refusal::Refusal;
use super::sidecar;
use super::store::{Performed, StoreError, perform};
use crate::guard::guarded;
use crate::report::ReportId;

/// How long a writer that is dropped waits for the next write to come back.
const GRACE: Duration = Duration::from_secs(5);

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
/// written first, unless the disk does not answer.
#[derive(Debug)]
pub struct Writer {
    /// There until the writer is closed.
    orders: Option<Sender<Order>>,
    ledger: Arc<Ledger>,
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
        Self::by(notify, perform)
    }

    /// The same with another way of writing: tests have disks that hang.
    pub(super) fn by(
        notify: impl FnMut(Message) + Send + 'static,
        write: impl Fn(&ReportId, &Facts, &[Operation]) -> Result<Performed, StoreError>
        + Send
        + 'static,
    ) -> Self {
        let (orders, incoming) = channel();
        let ledger = Arc::new(Ledger::default());
        let scribe = Scribe {
            files: BTreeMap::new(),
            renamed: Renamed::default(),
            ledger: Arc::clone(&ledger),
            notify,
            write,
        };
        let closing = Closing(Arc::clone(&ledger));
        // Nobody joins it: a thread that waits for a dead server would keep whoever does.
        std::thread::spawn(move || {
            let _closing = closing;
            scribe.work(&incoming);
        });
        Self {
            orders: Some(orders),
            ledger,
            last: 0,
        }
    }

    /// Gives an operation to be written; returns its number. Never waits.
    pub fn submit(&mut self, id: &ReportId, facts: Facts, operation: Operation) -> u64 {
        self.last += 1;
        self.ledger.given(id);
        self.order(Order::Write {
            id: id.clone(),
            facts: Box::new(facts),
            operation: Box::new(operation),
            number: self.last,
        });
        self.last
    }

    fn order(&self, order: Order) {
        if let Some(orders) = &self.orders {
            // Only a thread that panicked does not take it; the ledger then says what it left.
            let _ = orders.send(order);
        }
    }

    /// Tries again what could not be written.
    pub fn retry(&mut self) {
        self.order(Order::Retry);
    }

    /// The sidecars of which something that was given is not on the disk: it waits, is being
    /// written, or could not be. Never waits.
    pub fn unsaved(&self) -> Vec<PathBuf> {
        let open = self.ledger.open();
        open.files.keys().map(sidecar::path).collect()
    }

    /// Waits until everything given is written or has failed, however long that takes; returns
    /// the reports whose operations could not be written, with the cause.
    pub fn finish(mut self) -> Vec<(ReportId, StoreError)> {
        self.close(None)
    }

    /// The same for a face that must go: waits no longer than `patience` for each write that is
    /// under way. What is not back by then is left to the thread, and named as
    /// [`StoreError::Unfinished`].
    pub fn leave(mut self, patience: Duration) -> Vec<(ReportId, StoreError)> {
        self.close(Some(patience))
    }

    fn close(&mut self, patience: Option<Duration>) -> Vec<(ReportId, StoreError)> {
        drop(self.orders.take());
        self.ledger.wait(patience);
        self.ledger.left()
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if self.orders.is_some() {
            self.close(Some(GRACE));
        }
    }
}

/// What of the operations that were given is not on the disk, for both sides of the channel.
#[derive(Debug, Default)]
struct Ledger {
    open: Mutex<Open>,
    moved: Condvar,
}

#[derive(Debug, Default)]
struct Open {
    files: BTreeMap<ReportId, Unsaved>,
    /// Writes that came back, well or not.
    steps: u64,
    /// The thread is gone.
    ended: bool,
}

#[derive(Debug, Default)]
struct Unsaved {
    operations: usize,
    /// Why the last attempt failed.
    error: Option<StoreError>,
}

impl Ledger {
    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn given(&self, id: &ReportId) {
        let mut open = self.open();
        let file = open.files.entry(id.clone()).or_default();
        file.operations += 1;
        // It is tried again with this one.
        file.error = None;
    }

    fn came_back(&self, id: &ReportId, written: usize, error: Option<StoreError>) {
        let mut open = self.open();
        open.steps += 1;
        if let Some(file) = open.files.get_mut(id) {
            file.operations = file.operations.saturating_sub(written);
            file.error = error;
            if file.operations == 0 {
                open.files.remove(id);
            }
        }
        self.moved.notify_all();
    }

    /// Waits for the thread's end; gives up when nothing comes back for so long.
    fn wait(&self, patience: Option<Duration>) {
        let mut open = self.open();
        while !open.ended {
            let Some(patience) = patience else {
                open = self
                    .moved
                    .wait(open)
                    .unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let before = open.steps;
            let waited = self
                .moved
                .wait_timeout_while(open, patience, |open| !open.ended && open.steps == before);
            let (now, over) = waited.unwrap_or_else(PoisonError::into_inner);
            if over.timed_out() {
                return;
            }
            open = now;
        }
    }

    fn left(&self) -> Vec<(ReportId, StoreError)> {
        let open = self.open();
        let unfinished = |id| StoreError::Unfinished {
            path: sidecar::path(id),
        };
        open.files
            .iter()
            .map(|(id, file)| {
                let error = file.error.clone();
                (id.clone(), error.unwrap_or_else(|| unfinished(id)))
            })
            .collect()
    }
}

/// Says that the thread is gone, whatever ended it.
struct Closing(Arc<Ledger>);

impl Drop for Closing {
    fn drop(&mut self) {
        self.0.open().ended = true;
        self.0.moved.notify_all();
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

/// What waits to be written of one sidecar; at least one operation.
struct Pending {
    facts: Facts,
    operations: Vec<(u64, Operation)>,
    /// To be tried at the next turn.
    due: bool,
}

/// Ids that changed in earlier writes, by report: operations that were made before the face took
/// the new log over still say the old ones. A face is behind by the few operations that it made
/// while one write ran, so the latest ids of the latest reports are enough.
#[derive(Default)]
struct Renamed(VecDeque<(ReportId, BTreeMap<String, String>)>);

impl Renamed {
    /// Reports.
    const REPORTS: usize = 32;
    /// Ids of each.
    const IDS: usize = 1024;

    fn of(&self, id: &ReportId) -> Option<&BTreeMap<String, String>> {
        self.0.iter().find(|(of, _)| of == id).map(|(_, ids)| ids)
    }

    fn extend(&mut self, id: &ReportId, new: BTreeMap<String, String>) {
        if new.is_empty() {
            return;
        }
        let mut ids = match self.0.iter().position(|(of, _)| of == id) {
            Some(i) => self.0.remove(i).map(|(_, ids)| ids).unwrap_or_default(),
            None => BTreeMap::new(),
        };
        ids.extend(new);
        // Ids sort by time.
        while ids.len() > Self::IDS {
            ids.pop_first();
        }
        self.0.push_back((id.clone(), ids));
        if self.0.len() > Self::REPORTS {
            self.0.pop_front();
        }
    }
}

struct Scribe<N, W> {
    /// Reports with something that is not on the disk, and no others.
    files: BTreeMap<ReportId, Pending>,
    renamed: Renamed,
    ledger: Arc<Ledger>,
    notify: N,
    write: W,
}

impl<N, W> Scribe<N, W>
where
    N: FnMut(Message),
    W: Fn(&ReportId, &Facts, &[Operation]) -> Result<Performed, StoreError>,
{
    fn work(mut self, incoming: &Receiver<Order>) {
        while let Ok(order) = incoming.recv() {
            self.take(order);
            // Whatever came while the disk was busy goes with it.
            while let Ok(order) = incoming.try_recv() {
                self.take(order);
            }
            self.write_what_is_due();
        }
    }

    fn take(&mut self, order: Order) {
        match order {
            Order::Write {
                id,
                facts,
                operation,
                number,
            } => match self.files.get_mut(&id) {
                Some(pending) => {
                    let mut facts = *facts;
                    // What was read before the first of them was done is what counts.
                    facts.readings = pending.facts.readings.take().or(facts.readings);
                    pending.facts = facts;
                    pending.operations.push((number, *operation));
                    pending.due = true;
                }
                None => {
                    let pending = Pending {
                        facts: *facts,
                        operations: vec![(number, *operation)],
                        due: true,
                    };
                    self.files.insert(id, pending);
                }
            },
            Order::Retry => self.files.values_mut().for_each(|p| p.due = true),
        }
    }

    fn write_what_is_due(&mut self) {
        let due = self.files.iter().filter(|(_, p)| p.due);
        let due: Vec<ReportId> = due.map(|(id, _)| id.clone()).collect();
        for id in due {
            let Some(mut pending) = self.files.remove(&id) else {
                continue;
            };
            pending.due = false;
            let (message, failed) = self.write_one(&id, pending);
            if let Some(pending) = failed {
                self.files.insert(id, pending);
            }
            (self.notify)(message);
        }
    }

    /// What is to be said, and what is kept to be tried again.
    fn write_one(&mut self, id: &ReportId, pending: Pending) -> (Message, Option<Pending>) {
        let (mut numbers, mut operations) = (Vec::new(), Vec::new());
        for (number, operation) in &pending.operations {
            let mut operation = operation.clone();
            if let Some(renamed) = self.renamed.of(id) {
                operation.rename(renamed);
            }
            numbers.push(*number);
            operations.push(operation);
        }
        let id = id.clone();
        let upto = numbers.last().copied().unwrap_or_default();
        match attempt(&id, || (self.write)(&id, &pending.facts, &operations)) {
            Ok(done) => {
                self.ledger.came_back(&id, numbers.len(), None);
                self.renamed.extend(&id, done.renamed);
                let number = |i: usize| numbers.get(i).copied();
                let refused = done.refused.into_iter();
                let message = Message::Saved {
                    id,
                    upto,
                    log: Box::new(done.log),
                    refused: refused.filter_map(|(i, r)| Some((number(i)?, r))).collect(),
                };
                (message, None)
            }
            Err(error) => {
                self.ledger.came_back(&id, 0, Some(error.clone()));
                (Message::Failed { id, upto, error }, Some(pending))
            }
        }
    }
}
