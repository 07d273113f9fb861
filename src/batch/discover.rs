//! Which files a command is about: paths, folders, globs and lists, in the order in which they
//! were given, folders in the order of their names.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use crate::source::{Cause, ReadError, takes};

/// Folders deeper than this are not entered, which is said of each: nobody files reports so, and
/// the walk must end.
const MAX_DEPTH: usize = 64;

/// What was asked for, found.
#[derive(Debug, Clone, Default)]
pub struct Discovered {
    /// Files to read and places that could not be looked into, in order.
    pub entries: Vec<Entry>,
    /// Files in folders that are of no known kind, links and hidden files.
    pub skipped: usize,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A file to read.
    File(PathBuf),
    /// A path that leads to no file, or a folder that cannot be listed.
    Failed(ReadError),
}

impl Entry {
    /// The path that it is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::File(path) => path,
            Self::Failed(error) => &error.path,
        }
    }
}

impl Discovered {
    /// The files alone.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.entries.iter().filter_map(|e| match e {
            Entry::File(path) => Some(path.as_path()),
            Entry::Failed(_) => None,
        })
    }

    /// What could not be looked into.
    pub fn failures(&self) -> impl Iterator<Item = &ReadError> {
        self.entries.iter().filter_map(|e| match e {
            Entry::File(_) => None,
            Entry::Failed(error) => Some(error),
        })
    }
}

/// Finds the files that paths stand for. A path `-` is a list of paths on stdin, as is
/// `files_from` when it is `-`; otherwise it names a file with such a list, one path a line.
///
/// # Errors
/// When the list itself cannot be read; all else is an entry of its own.
pub fn discover(paths: &[PathBuf], files_from: Option<&Path>) -> Result<Discovered, ReadError> {
    let mut walk = Walk {
        found: Discovered::default(),
        seen: HashSet::new(),
    };
    for path in paths {
        if path.as_os_str() == "-" {
            walk.list(path)?;
        } else {
            walk.named(path);
        }
    }
    if let Some(list) = files_from {
        walk.list(list)?;
    }
    Ok(walk.found)
}

/// Whether a file is a sidecar or something that belongs to one.
fn belongs_to_review(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.ends_with(".review.toml")
        || name.contains(".review.toml.")
        || name.ends_with(".review.lock")
}

/// Whether the readers take its name; a file named outright is tried whatever its name.
fn is_known(path: &Path) -> bool {
    path.extension().and_then(OsStr::to_str).is_some_and(takes)
}

struct Walk {
    found: Discovered,
    /// Absolute paths that are in the list already: a file is one report, however often named.
    seen: HashSet<PathBuf>,
}

impl Walk {
    fn named(&mut self, path: &Path) {
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => self.folder(path, 0),
            Ok(_) => self.outright(path),
            Err(e) if e.kind() == io::ErrorKind::NotFound && is_pattern(path) => self.glob(path),
            Err(e) => self.failed(path, &e),
        }
    }

    /// A file named outright, by hand or by a pattern. Sidecars come along when a shell expands
    /// `*`; they are no reports.
    fn outright(&mut self, path: &Path) {
        if path.file_name().is_some_and(belongs_to_review) {
            self.found.skipped += 1;
        } else {
            self.file(path.to_owned());
        }
    }

    fn file(&mut self, path: PathBuf) {
        let absolute = std::path::absolute(&path).unwrap_or_else(|_| path.clone());
        if self.seen.insert(absolute) {
            self.found.entries.push(Entry::File(path));
        }
    }

    fn failed(&mut self, path: &Path, cause: &io::Error) {
        let error = Cause::io(cause).of(path);
        self.found.entries.push(Entry::Failed(error));
    }

    fn folder(&mut self, folder: &Path, depth: usize) {
        let listed = std::fs::read_dir(folder).and_then(|entries| {
            entries
                .map(|e| e.and_then(|e| e.file_type().map(|kind| (e.file_name(), kind))))
                .collect::<io::Result<Vec<_>>>()
        });
        let mut entries = match listed {
            Ok(entries) => entries,
            Err(e) => return self.failed(folder, &e),
        };
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        for (name, kind) in entries {
            if belongs_to_review(&name) {
                continue;
            }
            // As given: `gouji check .` speaks of `a.html`, not of `./a.html`.
            let path = if folder.as_os_str() == "." {
                PathBuf::from(&name)
            } else {
                folder.join(&name)
            };
            let hidden = name.as_encoded_bytes().starts_with(b".");
            if kind.is_dir() && !hidden && depth < MAX_DEPTH {
                self.folder(&path, depth + 1);
            } else if kind.is_dir() && !hidden {
                // What lies in it was not looked at: that is no file of another kind.
                let error = Cause::TooDeep { levels: MAX_DEPTH }.of(&path);
                self.found.entries.push(Entry::Failed(error));
            } else if kind.is_file() && !hidden && is_known(&path) {
                self.file(path);
            } else {
                self.found.skipped += 1;
            }
        }
    }

    fn glob(&mut self, pattern: &Path) {
        let options = glob::MatchOptions {
            case_sensitive: true,
            require_literal_separator: true,
            require_literal_leading_dot: true,
        };
        let matches = pattern
            .to_str()
            .and_then(|p| glob::glob_with(p, options).ok());
        let Some(matches) = matches else {
            return self.failed(pattern, &io::ErrorKind::NotFound.into());
        };
        let mut any = false;
        for found in matches {
            any = true;
            match found {
                Ok(path) if path.is_dir() => self.folder(&path, 0),
                Ok(path) => self.outright(&path),
                Err(e) => self.failed(e.path(), e.error()),
            }
        }
        if !any {
            self.found
                .entries
                .push(Entry::Failed(Cause::NoMatch.of(pattern)));
        }
    }

    fn list(&mut self, list: &Path) -> Result<(), ReadError> {
        let failed = |e: io::Error| {
            let cause = Cause::List {
                because: Cause::io(&e).kind(),
                error: e.to_string(),
            };
            cause.of(list)
        };
        let mut reader: Box<dyn BufRead> = if list.as_os_str() == "-" {
            Box::new(io::stdin().lock())
        } else {
            let file = std::fs::File::open(list).map_err(failed)?;
            Box::new(BufReader::new(file))
        };
        let mut line = Vec::new();
        let mut first = true;
        while reader.read_until(b'\n', &mut line).map_err(failed)? > 0 {
            let mut bytes = line.as_slice();
            if std::mem::take(&mut first) {
                bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            }
            bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
            bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
            if !bytes.is_empty() {
                self.named(&path_of(bytes));
            }
            line.clear();
        }
        Ok(())
    }
}

/// Names on disk are bytes, and old archives hold some that are no UTF-8.
#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

fn is_pattern(path: &Path) -> bool {
    path.as_os_str()
        .as_encoded_bytes()
        .iter()
        .any(|b| matches!(b, b'*' | b'?' | b'['))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ErrorKind;
    use std::fs;

    fn tree() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for name in [
            "b.txt",
            "a.HTML",
            "a.HTML.review.toml",
            "scan.pdf",
            "._b.txt",
            "sub/c.htm",
            "sub/deep/d.text",
            ".git/x.txt",
        ] {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        dir
    }

    fn names(found: &Discovered, dir: &Path) -> Vec<String> {
        found
            .files()
            .map(|p| {
                p.strip_prefix(dir)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/")
            })
            .collect()
    }

    fn find(paths: &[PathBuf]) -> Discovered {
        discover(paths, None).unwrap()
    }

    #[test]
    fn folders_are_walked_in_order_and_the_rest_is_counted() {
        let dir = tree();
        let found = find(&[dir.path().to_owned()]);
        assert_eq!(
            names(&found, dir.path()),
            ["a.HTML", "b.txt", "sub/c.htm", "sub/deep/d.text"]
        );
        assert_eq!(found.skipped, 3, "scan.pdf, ._b.txt, .git");
        assert_eq!(found.failures().count(), 0);
    }

    #[test]
    fn a_file_named_outright_is_tried_and_taken_once() {
        let dir = tree();
        let pdf = dir.path().join("scan.pdf");
        let found = find(&[
            pdf.clone(),
            dir.path().join("."),
            pdf,
            dir.path().join("b.txt"),
        ]);
        assert_eq!(found.files().count(), 5);
        assert!(found.files().next().unwrap().ends_with("scan.pdf"));
    }

    #[test]
    fn patterns_match_where_no_such_file_is() {
        let dir = tree();
        fs::write(dir.path().join("[x].txt"), "x").unwrap();
        let found = find(&[dir.path().join("*.HTML")]);
        assert_eq!(names(&found, dir.path()), ["a.HTML"]);
        let found = find(&[dir.path().join("[x].txt")]);
        assert_eq!(names(&found, dir.path()), ["[x].txt"]);
        let found = find(&[dir.path().join("*")]);
        assert_eq!(found.files().count(), 6, "sidecars are no reports");
        let found = find(&[dir.path().join("*.docx")]);
        assert_eq!(found.failures().next().unwrap().kind(), ErrorKind::NotFound);
    }

    #[test]
    fn what_is_not_there_is_one_error_among_the_rest() {
        let dir = tree();
        let found = find(&[dir.path().join("none.txt"), dir.path().join("b.txt")]);
        assert_eq!(found.files().count(), 1);
        let error = found.failures().next().unwrap();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert!(error.path.ends_with("none.txt"));
    }

    #[test]
    fn a_folder_that_is_too_deep_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let mut folder = dir.path().to_owned();
        for _ in 0..=MAX_DEPTH {
            folder.push("d");
        }
        fs::create_dir_all(folder.join("e")).unwrap();
        fs::write(folder.join("e/a.txt"), "x").unwrap();
        fs::write(folder.with_file_name("b.txt"), "x").unwrap();
        let found = find(&[dir.path().to_owned()]);
        assert_eq!(found.files().count(), 1, "b.txt, on the last level");
        assert_eq!(found.skipped, 0);
        let error = found.failures().next().unwrap();
        assert_eq!(error.path, folder);
        assert_eq!(error.cause, Cause::TooDeep { levels: MAX_DEPTH });
    }

    #[test]
    fn lists_are_read_line_by_line() {
        let dir = tree();
        let list = dir.path().join("list");
        let b = dir.path().join("b.txt");
        let c = dir.path().join("sub");
        fs::write(
            &list,
            format!("\u{feff}{}\r\n\n{}", b.display(), c.display()),
        )
        .unwrap();
        let found = discover(&[], Some(&list)).unwrap();
        assert_eq!(
            names(&found, dir.path()),
            ["b.txt", "sub/c.htm", "sub/deep/d.text"]
        );
        let none = discover(&[], Some(&dir.path().join("no list")));
        assert_eq!(none.unwrap_err().kind(), ErrorKind::NotFound);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let dir = tree();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("sub/loop")).unwrap();
        std::os::unix::fs::symlink(dir.path().join("b.txt"), dir.path().join("l.txt")).unwrap();
        let found = find(&[dir.path().to_owned()]);
        assert_eq!(found.files().count(), 4);
        assert_eq!(found.skipped, 5);
    }
}
