//! Writing a sidecar so that nothing is lost: lock, read again, perform, write beside, flush,
//! rename, flush the folder. What is written is always operations on the file as it is by then,
//! never our copy over it, so that two reviewers' work both stays: when li overrides
//! `t3.new.total` while wang confirms `T3.BAL@total`, each on a log of their own, the file holds
//! both.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::decision::Who;
use super::facts::Facts;
use super::file::{Lock, NotLocked, Obstacle, Old, Trouble};
use super::log::Log;
use super::operation::Operation;
use super::refusal::Refusal;
use super::sidecar::{self, SidecarError};
use crate::report::ReportId;
use crate::stamp::{Stamp, has_bytes};

/// Why a sidecar was not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// It is there and cannot be used.
    #[error("{0}")]
    Sidecar(SidecarError),
    /// The folder cannot be written, the disk is full …
    #[error("{}: {message}", path.display())]
    Io {
        /// The sidecar.
        path: PathBuf,
        /// The cause, in the words of the system.
        message: String,
    },
    /// It, or its lock, is nothing that is written or replaced.
    #[error("{}: {why:?}", path.display())]
    Obstacle {
        /// The sidecar, or the lock.
        path: PathBuf,
        /// Why.
        why: Obstacle,
    },
    /// Somebody else has held the lock for too long.
    #[error("{}: locked", path.display())]
    Locked {
        /// The lock.
        path: PathBuf,
    },
    /// The write was begun, or waits for another one, and has not come back.
    #[error("{}: unfinished", path.display())]
    Unfinished {
        /// The sidecar.
        path: PathBuf,
    },
}

impl StoreError {
    fn of(path: &Path, trouble: Trouble) -> Self {
        let path = path.to_owned();
        match trouble {
            Trouble::Io(error) => Self::Io {
                path,
                message: error.to_string(),
            },
            Trouble::Obstacle(why) => Self::Obstacle { path, why },
        }
    }
}

/// What became of operations on the file.
#[derive(Debug, Clone)]
pub struct Performed {
    /// The log as it now stands in the file.
    pub log: Log,
    /// Operations (by index) that the file as it was by then did not allow.
    pub refused: Vec<(usize, Refusal)>,
    /// Ids that changed on the way, old to new.
    pub renamed: BTreeMap<String, String>,
}

/// Performs operations on the sidecar of a report, in order, with one write.
///
/// # Errors
/// When nothing could be written; then nothing was changed.
pub fn perform(
    id: &ReportId,
    facts: &Facts,
    operations: &[Operation],
) -> Result<Performed, StoreError> {
    if let Some(refusal) = moved_on(id, facts) {
        let all = 0..operations.len();
        return Ok(Performed {
            log: sidecar::load(id).map_err(StoreError::Sidecar)?,
            refused: all.map(|i| (i, refusal.clone())).collect(),
            renamed: BTreeMap::new(),
        });
    }
    let (place, mut log) = Place::take(id)?;
    let (mut refused, mut renamed) = (Vec::new(), BTreeMap::new());
    let completed = complete(&mut log, facts, operations.first().and_then(Operation::who));
    for (i, operation) in operations.iter().enumerate() {
        let mut operation = operation.clone();
        operation.rename(&renamed);
        match log.perform(&operation) {
            Ok(new) => renamed.extend(new),
            Err(refusal) => refused.push((i, refusal)),
        }
    }
    if refused.len() < operations.len() {
        place.put(&log, facts)?;
    } else if completed {
        // Nothing is written, so nothing was completed either.
        log = sidecar::load(id).map_err(StoreError::Sidecar)?;
    }
    Ok(Performed {
        log,
        refused,
        renamed,
    })
}

/// Why the report's file is no longer what was decided on.
fn moved_on(id: &ReportId, facts: &Facts) -> Option<Refusal> {
    let path = id.path.clone();
    match Stamp::of(&path) {
        Ok(now) if now == facts.stamp? || has_bytes(&path, &facts.sha256) => None,
        Ok(_) => Some(Refusal::SourceChanged { path }),
        Err(error) => facts.stamp.map(|_| Refusal::SourceGone {
            path,
            kind: error.kind(),
            cause: error.to_string(),
        }),
    }
}

/// Makes an operation on the log as the file has it, under the lock, and performs it: for
/// commands, which know no other log. The facts are asked for with the log as it was, where that
/// holds decisions to be completed, and with the log as it is to be written. Gives the operation
/// and the log as written.
///
/// # Errors
/// When it is refused (inner), or nothing could be written (outer).
pub fn transact(
    id: &ReportId,
    facts: impl Fn(&Log) -> Facts,
    make: impl FnOnce(&Log) -> Result<Operation, Refusal>,
) -> Result<Result<(Operation, Log), Refusal>, StoreError> {
    let (place, mut log) = Place::take(id)?;
    let operation = match make(&log) {
        Ok(operation) => operation,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if log.lacks_anything() {
        let facts = facts(&log);
        complete(&mut log, &facts, operation.who());
    }
    if let Err(refusal) = log.perform(&operation) {
        return Ok(Err(refusal));
    }
    let facts = facts(&log);
    if let Some(refusal) = moved_on(id, &facts) {
        return Ok(Err(refusal));
    }
    place.put(&log, &facts)?;
    Ok(Ok((operation, log)))
}

/// Gives decisions that a person wrote by hand what they lack; says whether anything was.
fn complete(log: &mut Log, facts: &Facts, who: Option<Who>) -> bool {
    match (&facts.readings, who) {
        (Some(readings), Some(who)) => log.complete(readings, &facts.sha256, &who),
        _ => false,
    }
}

/// A sidecar under its lock.
struct Place {
    lock: Lock,
    path: PathBuf,
    old: Old,
}

impl Place {
    /// With the log as it is in the file.
    fn take(id: &ReportId) -> Result<(Self, Log), StoreError> {
        let path = sidecar::path(id);
        let lock = Lock::take(&path).map_err(|why| match why {
            NotLocked::Held => StoreError::Locked {
                path: Lock::path_for(&path),
            },
            NotLocked::Trouble(trouble @ Trouble::Obstacle(_)) => {
                StoreError::of(&Lock::path_for(&path), trouble)
            }
            NotLocked::Trouble(trouble) => StoreError::of(&path, trouble),
        })?;
        let (log, old) = sidecar::load_file(&path).map_err(StoreError::Sidecar)?;
        Ok((Self { lock, path, old }, log))
    }

    /// Writes a log in the place of the one that is there.
    fn put(&self, log: &Log, facts: &Facts) -> Result<(), StoreError> {
        let text = sidecar::write(log, facts);
        let put = self.lock.replace(&self.old, &text);
        put.map_err(|trouble| StoreError::of(&self.path, trouble))
    }
}
