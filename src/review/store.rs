//! Writing a sidecar so that nothing is lost: lock, read again, perform, write beside, flush,
//! rename, flush the folder.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::sidecar::SidecarError;
use super::{Log, Operation, Refusal};
use crate::report::{FormId, Report, ReportId};

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
}

impl Facts {
    /// Of a report as extracted, what decisions set right applied.
    pub fn of(report: &Report, log: &Log) -> Self {
        let _ = log;
        Self {
            file: String::new(),
            sha256: report.sha256.clone(),
            organ: report.organ.clone(),
            year: report.year,
            form: report.form,
            order: Vec::new(),
        }
    }
}

/// Why a sidecar was not written.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
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
    let _ = (id, facts, operations);
    Ok(Performed {
        log: Log::default(),
        refused: Vec::new(),
        renamed: BTreeMap::new(),
    })
}
