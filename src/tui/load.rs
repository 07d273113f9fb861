//! Files to reports, on threads of their own: every file once for the list, and again, first of
//! all, for the report in view.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use std::ops::{Deref, DerefMut};

use crate::batch;
use crate::check::Severity;
use crate::form::FormSet;
use crate::report::ReportId;
use crate::review::ReviewStatus;
use crate::source::{Cause, ReadError};
use crate::stamp::Stamp;
use crate::words::Lang;

/// A report with all that the screen shows of it.
#[derive(Debug, Clone)]
pub struct Opened {
    ready: batch::Opened,
    /// Why nothing can be decided: the sidecar does not parse.
    pub locked: Option<String>,
    /// Where each line of the text starts.
    pub lines: Vec<usize>,
}

impl Deref for Opened {
    type Target = batch::Opened;

    fn deref(&self) -> &batch::Opened {
        &self.ready
    }
}

impl DerefMut for Opened {
    fn deref_mut(&mut self) -> &mut batch::Opened {
        &mut self.ready
    }
}

impl Opened {
    /// Of a report that is ready.
    pub fn new(ready: batch::Opened, lang: Lang) -> Self {
        let text = ready.document.text.as_str();
        let lines = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(i, _)| i + 1))
            .collect();
        let locked = ready.sidecar.as_ref().map(|e| e.message(lang));
        Self {
            ready,
            locked,
            lines,
        }
    }

    /// How many decisions are stale: the source changed under them.
    pub fn stale(&self) -> usize {
        self.ready.issues.iter().filter(|i| i.stale).count()
    }

    /// The number of the line that holds a byte, from 1.
    pub fn line_of(&self, byte: usize) -> usize {
        self.lines.partition_point(|start| *start <= byte)
    }

    /// What the list keeps of it.
    pub fn summary(&self) -> Summary {
        let all = self.ready.summary();
        Summary {
            id: all.id,
            organ: all.organ,
            year: all.year,
            errors: all.errors,
            warnings: all.warnings,
            doubts: all.doubts,
            decided: all.decided,
            total: all.issues,
            stale: all.stale > 0,
            done: all.review == Some(ReviewStatus::Done),
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
        self.total.saturating_sub(self.decided)
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
    /// The forms to read by.
    pub forms: &'static FormSet,
    /// Of messages.
    pub lang: Lang,
    /// Findings of this severity and above are issues.
    pub least: Severity,
}

impl Loader for Files {
    fn open(&self, path: &Path) -> Result<Vec<Opened>, ReadError> {
        let options = batch::Options {
            forms: self.forms,
            decisions: true,
            queue: self.least,
        };
        let reports = batch::open(path, options)?;
        let opened = |r| Opened {
            ..Opened::new(r, self.lang)
        };
        Ok(reports.into_iter().map(opened).collect())
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
    looked_at: Option<(usize, Stamp)>,
    wanted: VecDeque<usize>,
    next: usize,
    closed: bool,
}

/// So many files that were asked for wait at most.
const WANTED: usize = 4;

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

    /// Opens a file before all others. Whoever moves fast over the list waits for the last ones
    /// only: gives the files that will not be opened for that.
    pub fn want(&self, file: usize) -> Vec<usize> {
        let mut queue = lock(&self.queue.0);
        queue.wanted.retain(|f| *f != file);
        queue.wanted.push_front(file);
        let kept = queue.wanted.len().min(WANTED);
        let dropped = queue.wanted.split_off(kept);
        self.queue.1.notify_one();
        dropped.into()
    }

    /// Opens a file that waits before the others that do.
    pub fn first(&self, file: usize) {
        let wanted = &mut lock(&self.queue.0).wanted;
        if let Some(at) = wanted.iter().position(|f| *f == file) {
            wanted.remove(at);
            wanted.push_front(file);
        }
    }

    /// Opens a file again if it is no longer the one of the stamp. Only the last one asked for
    /// is in view.
    pub fn look(&self, file: usize, stamp: Stamp) {
        lock(&self.queue.0).looked_at = Some((file, stamp));
        self.queue.1.notify_one();
    }
}

/// Whether a file is no longer the one of the stamp.
pub fn has_changed(path: &Path, stamp: Stamp) -> bool {
    Stamp::of(path).ok() != Some(stamp)
}

impl Drop for Pool {
    fn drop(&mut self) {
        lock(&self.queue.0).closed = true;
        self.queue.1.notify_all();
    }
}

/// The next file to open, and whether it was asked for; waits for it. None: the screen is left.
fn next(queue: &(Mutex<Queue>, Condvar), paths: &[PathBuf]) -> Option<(usize, bool)> {
    let mut q = lock(&queue.0);
    loop {
        if q.closed {
            return None;
        }
        if let Some(file) = q.wanted.pop_front() {
            return Some((file, true));
        }
        if let Some((file, stamp)) = q.looked_at.take() {
            drop(q);
            if paths.get(file).is_some_and(|p| has_changed(p, stamp)) {
                return Some((file, true));
            }
            q = lock(&queue.0);
        } else if q.next < paths.len() {
            q.next += 1;
            return Some((q.next - 1, false));
        } else {
            q = queue.1.wait(q).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn work(
    queue: &(Mutex<Queue>, Condvar),
    paths: &[PathBuf],
    loader: &dyn Loader,
    tell: &dyn Fn(Arrival),
) {
    while let Some((file, asked)) = next(queue, paths) {
        let Some(path) = paths.get(file) else {
            continue;
        };
        // A panic is the error of its file: somebody waits for what is said of it.
        let internal = |cause| Cause::Internal { cause }.of(path);
        if asked {
            let opened = crate::guard::guarded(|| loader.open(path));
            let result = opened.unwrap_or_else(|cause| Err(internal(cause)));
            tell(Arrival::Opened { file, result });
        } else {
            let summaries = |all: Vec<Opened>| all.iter().map(Opened::summary).collect();
            let listed = crate::guard::guarded(|| loader.open(path).map(summaries));
            let result = listed.unwrap_or_else(|cause| Err(internal(cause)));
            tell(Arrival::Listed { file, result });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{Receiver, Sender, channel};

    /// Says that it was asked, opens when it is let, and panics at one name.
    struct Gate(Mutex<(Sender<()>, Receiver<()>)>);

    impl Loader for Gate {
        fn open(&self, path: &Path) -> Result<Vec<Opened>, ReadError> {
            let _ = self.0.lock().map(|gate| (gate.0.send(()), gate.1.recv()));
            assert!(!path.ends_with("odd"), "an odd one");
            Ok(Vec::new())
        }
    }

    struct Scene {
        pool: Pool,
        asked: Receiver<()>,
        open: Sender<()>,
        arrivals: Receiver<Arrival>,
    }

    fn scene(names: &[&str]) -> Scene {
        let (open, gate) = channel();
        let (asks, asked) = channel();
        let (told, arrivals) = channel();
        let paths = Arc::new(names.iter().map(PathBuf::from).collect());
        let loader = Arc::new(Gate(Mutex::new((asks, gate))));
        let pool = Pool::start(paths, loader, 1, move |arrival| {
            let _ = told.send(arrival);
        });
        Scene {
            pool,
            asked,
            open,
            arrivals,
        }
    }

    #[test]
    fn what_is_dropped_is_told() {
        let scene = scene(&["a", "b", "c", "d", "e", "f"]);
        // The thread is held up at the first of the list while these are asked for.
        scene.asked.recv().unwrap();
        let wanted: Vec<Vec<usize>> = (0..6).map(|file| scene.pool.want(file)).collect();
        assert_eq!(wanted.concat(), [0, 1]);
        drop(scene.open);
        let opened = scene.arrivals.iter().filter_map(|a| match a {
            Arrival::Opened { file, .. } => Some(file),
            Arrival::Listed { .. } => None,
        });
        assert_eq!(opened.take(4).collect::<Vec<_>>(), [5, 4, 3, 2]);
    }

    #[test]
    fn what_comes_in_view_goes_first_if_it_waits() {
        let scene = scene(&["a", "b", "c", "d"]);
        scene.asked.recv().unwrap();
        let dropped = (1..4).flat_map(|file| scene.pool.want(file));
        assert_eq!(dropped.count(), 0);
        scene.pool.first(1);
        scene.pool.first(0);
        drop(scene.open);
        let opened = scene.arrivals.iter().filter_map(|a| match a {
            Arrival::Opened { file, .. } => Some(file),
            Arrival::Listed { .. } => None,
        });
        assert_eq!(opened.take(3).collect::<Vec<_>>(), [1, 3, 2]);
    }

    #[test]
    fn a_panic_is_an_error_of_its_file() {
        let Scene {
            pool,
            asked: _asked,
            open,
            arrivals,
        } = scene(&["odd", "b"]);
        drop(open);
        let mut listed = 0;
        while listed < 2 {
            let Arrival::Listed { file, result } = arrivals.recv().unwrap() else {
                continue;
            };
            listed += 1;
            let kind = result.map_err(|e| e.kind());
            let expected = if file == 0 {
                Err(crate::source::ErrorKind::Internal)
            } else {
                Ok(Vec::new())
            };
            assert_eq!(kind, expected);
        }
        pool.want(0);
        let arrival = arrivals.recv().unwrap();
        assert!(matches!(arrival, Arrival::Opened { result: Err(_), .. }));
    }
}
