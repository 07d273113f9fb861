//! Writing a sidecar so that nothing is lost: lock, read again, perform, write beside, flush,
//! rename, flush the folder. What is written is always operations on the file as it is by then,
//! never our copy over it, so that two reviewers' work both stays.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::sidecar::{self, SidecarError};
use super::{Effective, Log, Operation, Refusal, file_name};
use crate::report::{FormId, Report, ReportId};
use crate::source::stamp::{Stamp, has_bytes};
use crate::words::{Lang, say};

/// How long a lock may be held by somebody else before we say so. A write takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(20);

/// What was recognised, as the sidecar's head keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The file's name.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// The authority.
    pub organ: Option<String>,
    /// The year.
    pub year: Option<u16>,
    /// The form.
    pub form: FormId,
    /// The keys in the order of the form, in which decisions stand.
    pub order: Vec<String>,
    /// The file as it was when it was read: what is decided on figures that are no longer there
    /// is not written.
    pub stamp: Option<Stamp>,
}

impl Facts {
    /// Of a report as extracted, what decisions set right applied.
    pub fn of(report: &Report, effective: &Effective) -> Self {
        Self {
            file: file_name(&report.id.path).into_owned(),
            sha256: report.sha256.clone(),
            organ: effective.organ.clone(),
            year: effective.year,
            form: effective.form.unwrap_or_else(|| report.form()),
            order: report
                .schema
                .ids()
                .map(|id| report.schema.key(id).to_owned())
                .collect(),
            stamp: None,
        }
    }
}

/// Why a sidecar was not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// It is there and does not parse.
    #[error("{0}")]
    Sidecar(SidecarError),
    /// The folder cannot be written, the disk is full …
    #[error("{}: {message}", path.display())]
    Io {
        /// The sidecar.
        path: PathBuf,
        /// The cause.
        message: String,
    },
    /// Somebody else has held the lock for too long.
    #[error("{}: locked", path.display())]
    Locked {
        /// The lock.
        path: PathBuf,
    },
}

impl StoreError {
    /// One sentence: file and cause.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Sidecar(error) => error.message(lang),
            Self::Io { path, message } => {
                let path = path.display();
                say!(lang, store_io, path, cause = message)
            }
            Self::Locked { path } => say!(lang, store_locked, path = path.display()),
        }
    }

    /// The same with the file's name for its path, and the cause first where it is long: for a
    /// line that may be cut.
    pub fn brief(&self, lang: Lang) -> String {
        match self {
            Self::Sidecar(error) => error.brief(lang),
            Self::Io { path, message } => {
                let path = file_name(path);
                say!(lang, store_io, path, cause = message)
            }
            Self::Locked { path } => say!(lang, store_locked, path = file_name(path)),
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
    update(id, facts, |log| {
        let mut refused = Vec::new();
        let mut renamed: BTreeMap<String, String> = BTreeMap::new();
        for (i, operation) in operations.iter().enumerate() {
            let mut operation = operation.clone();
            operation.rename(&renamed);
            match log.perform(&operation) {
                Ok(new) => renamed.extend(new),
                Err(refusal) => refused.push((i, refusal)),
            }
        }
        let changed = refused.len() < operations.len();
        (changed, (refused, renamed))
    })
    .map(|(log, (refused, renamed))| Performed {
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
/// commands, which know no other log. Gives the operation and the log as written.
///
/// # Errors
/// When it is refused (inner), or nothing could be written (outer).
pub fn transact(
    id: &ReportId,
    facts: impl FnOnce(&Log) -> Facts,
    make: impl FnOnce(&Log) -> Result<Operation, Refusal>,
) -> Result<Result<(Operation, Log), Refusal>, StoreError> {
    let lock = Lock::take(&real(sidecar::path(id)))?;
    let mut log = sidecar::load(id).map_err(StoreError::Sidecar)?;
    let operation = match make(&log) {
        Ok(operation) => operation,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Err(refusal) = log.perform(&operation) {
        return Ok(Err(refusal));
    }
    let facts = facts(&log);
    if let Some(refusal) = moved_on(id, &facts) {
        return Ok(Err(refusal));
    }
    replace(&lock, &sidecar::write(&log, &facts))?;
    Ok(Ok((operation, log)))
}

/// Reads, changes and writes under the lock. The change says whether there is anything to write.
fn update<T>(
    id: &ReportId,
    facts: &Facts,
    change: impl FnOnce(&mut Log) -> (bool, T),
) -> Result<(Log, T), StoreError> {
    let lock = Lock::take(&real(sidecar::path(id)))?;
    let mut log = sidecar::load(id).map_err(StoreError::Sidecar)?;
    let (changed, result) = change(&mut log);
    if changed {
        replace(&lock, &sidecar::write(&log, facts))?;
    }
    Ok((log, result))
}

/// A sidecar that is a link is written where it leads: the link stays.
fn real(path: PathBuf) -> PathBuf {
    std::fs::canonicalize(&path).unwrap_or(path)
}

fn io(path: &Path) -> impl Fn(std::io::Error) -> StoreError + '_ {
    move |e| StoreError::Io {
        path: path.to_owned(),
        message: e.to_string(),
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(ending);
    path.with_file_name(name)
}

/// Writes beside, flushes, renames, flushes the folder.
fn replace(lock: &Lock, text: &str) -> Result<(), StoreError> {
    let path = &lock.sidecar;
    let temporary = lock.temporary();
    let written = (|| {
        // What a killed writer left of it goes here.
        match std::fs::remove_file(&temporary) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e),
            _ => {}
        }
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&temporary)?;
        file.write_all(text.as_bytes())?;
        if let Ok(old) = std::fs::metadata(path) {
            // Colleagues who could write the sidecar still can. Best effort: it may be theirs.
            let _ = file.set_permissions(old.permissions());
        }
        file.sync_all()?;
        drop(file);
        std::fs::rename(&temporary, path)
    })();
    if written.is_err() {
        let _ = std::fs::remove_file(&temporary);
    }
    written.map_err(io(path))?;
    sync_folder(path);
    Ok(())
}

/// The rename itself is on the disk only once the folder is. Best effort: the new text stands
/// under the sidecar's name by now, and whoever was told that it was not written would write it
/// once more. Some folders cannot be opened or flushed at all.
#[cfg(unix)]
fn sync_folder(path: &Path) {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    if let Ok(folder) = File::open(folder.unwrap_or_else(|| Path::new("."))) {
        let _ = folder.sync_all();
    }
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) {}

/// A lock on a sidecar: a file beside it, which goes when the write is done. The sidecar itself
/// cannot be it, for a rename puts another file in its place; the folder cannot either, for
/// network file systems lock only files that are open for writing.
#[derive(Debug)]
struct Lock {
    sidecar: PathBuf,
    path: PathBuf,
    /// Nobody else writes meanwhile. Not so where the file system has no locks.
    alone: bool,
    _file: File,
}

impl Lock {
    fn take(sidecar: &Path) -> Result<Self, StoreError> {
        let path = beside(sidecar, ".lock");
        let start = Instant::now();
        let mut pause = Duration::from_micros(300);
        loop {
            let file = OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(false)
                .open(&path)
                .map_err(io(sidecar))?;
            let alone = match file.try_lock() {
                Ok(()) => same_file(&file, &path).then_some(true),
                Err(TryLockError::WouldBlock) => None,
                // No locks there: better to write unlocked than to lose the decision.
                Err(TryLockError::Error(e)) if e.kind() == std::io::ErrorKind::Unsupported => {
                    Some(false)
                }
                Err(TryLockError::Error(e)) => return Err(io(sidecar)(e)),
            };
            if let Some(alone) = alone {
                return Ok(Self {
                    sidecar: sidecar.to_owned(),
                    path,
                    alone,
                    _file: file,
                });
            }
            if start.elapsed() > PATIENCE {
                return Err(StoreError::Locked { path });
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(8));
        }
    }

    /// Where the new text is written before it takes the sidecar's name. One name for all who
    /// hold the lock, so that what a killed writer left goes with the next write. Without locks
    /// two may write at once, and neither may put the other's half text in place: each has a name
    /// of its own, and what a killed one leaves lies there unread.
    fn temporary(&self) -> PathBuf {
        let own = || format!(".{}.tmp", std::process::id());
        let ending = if self.alone { ".tmp".into() } else { own() };
        beside(&self.sidecar, &ending)
    }
}

impl Drop for Lock {
    /// Removed while held; whoever waits on it notices that it is no longer the file of that
    /// name, and tries again.
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Whether the file of that name is still the one that we locked.
#[cfg(unix)]
fn same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(a), Ok(b)) => a.dev() == b.dev() && a.ino() == b.ino(),
        _ => false,
    }
}

/// Elsewhere a file that is open keeps its name.
#[cfg(not(unix))]
fn same_file(_: &File, path: &Path) -> bool {
    path.exists()
}
