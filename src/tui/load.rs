//! Files to reports, on threads of their own: every file once for the list, and again, first of
//! all, for the report in view.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::check::{Severity, State};
use crate::document::Document;
use crate::extract::{Forced, extract};
use crate::i18n::Lang;
use crate::report::{FormId, Report, ReportId};
use crate::review::{Examined, Issue, IssueKind, Log, ReviewStatus, examine, issues, sidecar};
use crate::source::{ErrorKind, ReadError};

/// A report with all that the screen shows of it.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The text.
    pub document: Document,
    /// What was extracted.
    pub report: Report,
    /// What was decided.
    pub log: Log,
    /// The figures and findings, decisions applied.
    pub examined: Examined,
    /// What asks for a decision.
    pub issues: Vec<Issue>,
    /// Why nothing can be decided: the sidecar does not parse.
    pub locked: Option<String>,
    /// Where each line of the text starts.
    pub lines: Vec<usize>,
    forced: Forced,
}

impl Opened {
    /// Of a document; `None` when it is no such report.
    pub fn new(
        id: ReportId,
        sha256: &str,
        document: Document,
        lang: Lang,
        least: Severity,
    ) -> Option<Self> {
        let (log, locked) = match sidecar::load(&id) {
            Ok(log) => (log, None),
            Err(e) => (Log::default(), Some(e.message(lang))),
        };
        let forced = log.forced();
        let report = extract(id, sha256, &document, &forced)?;
        let lines = std::iter::once(0)
            .chain(document.text.match_indices('\n').map(|(i, _)| i + 1))
            .collect();
        let examined = examine(&report, &document, &log, lang);
        let issues = issues(&report, &examined, &log, least);
        Some(Self {
            document,
            report,
            log,
            examined,
            issues,
            locked,
            lines,
            forced,
        })
    }

    /// Everything again that hangs on the log.
    pub fn refresh(&mut self, lang: Lang, least: Severity) {
        let forced = self.log.forced();
        if forced != self.forced {
            let id = self.report.id.clone();
            if let Some(report) = extract(id, &self.report.sha256, &self.document, &forced) {
                self.report = report;
            }
            self.forced = forced;
        }
        self.examined = examine(&self.report, &self.document, &self.log, lang);
        self.issues = issues(&self.report, &self.examined, &self.log, least);
    }

    /// The number of the line that holds a byte, from 1.
    pub fn line_of(&self, byte: usize) -> usize {
        self.lines.partition_point(|start| *start <= byte)
    }

    /// What the list keeps of it.
    pub fn summary(&self) -> Summary {
        let open = |i: &&Issue| !i.decided;
        let severity = |s: Severity| {
            let findings = &self.examined.checked.findings;
            let open = findings.iter().filter(|f| {
                f.severity == s
                    && matches!(f.state, State::Undecided | State::Flagged | State::Stale)
            });
            open.count()
        };
        let effective = &self.examined.effective;
        Summary {
            id: self.report.id.clone(),
            organ: effective.organ.clone(),
            year: effective.year,
            form: self.report.form,
            errors: severity(Severity::Error),
            warnings: severity(Severity::Warning),
            doubts: self
                .issues
                .iter()
                .filter(|i| !matches!(i.kind, IssueKind::Finding(_)))
                .filter(open)
                .count(),
            decided: self.issues.iter().filter(|i| i.decided).count(),
            total: self.issues.len(),
            flagged: self
                .issues
                .iter()
                .filter(|i| i.flagged && !i.decided)
                .count(),
            stale: self.issues.iter().any(|i| i.stale),
            done: self.log.status() == Some(ReviewStatus::Done),
            locked: self.locked.is_some(),
        }
    }
}

/// A report as the list keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Which.
    pub id: ReportId,
    /// The authority.
    pub organ: Option<String>,
    /// The year.
    pub year: Option<u16>,
    /// The form.
    pub form: FormId,
    /// Errors that are open.
    pub errors: usize,
    /// Warnings that are open.
    pub warnings: usize,
    /// Doubts about values that are open.
    pub doubts: usize,
    /// Issues decided.
    pub decided: usize,
    /// Issues.
    pub total: usize,
    /// Issues put off.
    pub flagged: usize,
    /// A decision is stale.
    pub stale: bool,
    /// Closed by the reviewer.
    pub done: bool,
    /// Its sidecar does not parse.
    pub locked: bool,
}

impl Summary {
    /// Issues that this pass of the queue asks about.
    pub const fn open(&self) -> usize {
        self.total
            .saturating_sub(self.decided)
            .saturating_sub(self.flagged)
    }
}

/// Opens files; tests have one of their own.
pub trait Loader: Send + Sync {
    /// The reports in a file.
    ///
    /// # Errors
    /// When it cannot be read or holds none.
    fn open(&self, path: &Path) -> Result<Vec<Opened>, ReadError>;
}

/// Opens files of the disk.
#[derive(Debug, Clone, Copy)]
pub struct Files {
    /// Of messages.
    pub lang: Lang,
    /// Findings of this severity and above are issues.
    pub least: Severity,
}

impl Loader for Files {
    fn open(&self, path: &Path) -> Result<Vec<Opened>, ReadError> {
        let work = || {
            let loaded = crate::source::load(path, self.lang)?;
            let opened: Vec<Opened> = loaded
                .documents
                .into_iter()
                .filter_map(|(id, document)| {
                    Opened::new(id, &loaded.sha256, document, self.lang, self.least)
                })
                .collect();
            if opened.is_empty() {
                let lang = self.lang;
                let message = crate::i18n::t(lang, "tui_not_a_report").to_owned();
                return Err(ReadError::new(path, ErrorKind::NotAReport, message));
            }
            Ok(opened)
        };
        crate::batch::guarded(work)
            .unwrap_or_else(|cause| Err(ReadError::new(path, ErrorKind::Internal, cause)))
    }
}

/// What a worker says.
#[derive(Debug)]
pub enum Arrival {
    /// A file of the list, for its row.
    Listed {
        /// Its number among the paths.
        file: usize,
        /// What is in it.
        result: Result<Vec<Summary>, ReadError>,
    },
    /// A file that was asked for.
    Opened {
        /// Its number among the paths.
        file: usize,
        /// What is in it.
        result: Result<Vec<Opened>, ReadError>,
    },
}

#[derive(Default)]
struct Queue {
    wanted: VecDeque<usize>,
    next: usize,
    closed: bool,
}

/// The threads that open files.
pub struct Pool {
    queue: Arc<(Mutex<Queue>, Condvar)>,
}

fn lock(queue: &Mutex<Queue>) -> MutexGuard<'_, Queue> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pool {
    /// Starts to open all files, in order, on some threads.
    pub fn start(
        paths: Arc<Vec<PathBuf>>,
        loader: Arc<dyn Loader>,
        jobs: usize,
        tell: impl Fn(Arrival) + Send + Clone + 'static,
    ) -> Self {
        let queue = Arc::new((Mutex::new(Queue::default()), Condvar::new()));
        for _ in 0..jobs.clamp(1, 64) {
            let (queue, paths) = (Arc::clone(&queue), Arc::clone(&paths));
            let (loader, tell) = (Arc::clone(&loader), tell.clone());
            // Room for the recursion of tree-shaped input; it is reserved, not used.
            let thread = std::thread::Builder::new().stack_size(16 << 20);
            let _ = thread.spawn(move || work(&queue, &paths, &*loader, &tell));
        }
        Self { queue }
    }

    /// Opens a file before all others.
    pub fn want(&self, file: usize) {
        let mut queue = lock(&self.queue.0);
        queue.wanted.retain(|f| *f != file);
        queue.wanted.push_front(file);
        // Whoever moves fast over the list waits for the last one only.
        queue.wanted.truncate(4);
        self.queue.1.notify_one();
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        lock(&self.queue.0).closed = true;
        self.queue.1.notify_all();
    }
}

fn work(
    queue: &(Mutex<Queue>, Condvar),
    paths: &[PathBuf],
    loader: &dyn Loader,
    tell: &dyn Fn(Arrival),
) {
    loop {
        let mut q = lock(&queue.0);
        let (file, asked) = loop {
            if q.closed {
                return;
            }
            if let Some(file) = q.wanted.pop_front() {
                break (file, true);
            }
            if q.next < paths.len() {
                q.next += 1;
                break (q.next - 1, false);
            }
            q = queue.1.wait(q).unwrap_or_else(PoisonError::into_inner);
        };
        drop(q);
        let Some(path) = paths.get(file) else {
            continue;
        };
        let result = loader.open(path);
        if asked {
            tell(Arrival::Opened { file, result });
        } else {
            let result = result.map(|all| all.iter().map(Opened::summary).collect());
            tell(Arrival::Listed { file, result });
        }
    }
}
