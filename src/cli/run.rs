//! Running a command over files: in order, in parallel, each failure named and the rest done.

use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use super::Context;
use super::args::{Format, Input};
use super::output::{Output, Paint, Progress, Style, safe, say, say_with};
use super::record;
use crate::batch::{Discovered, Entry, discover, map_in_order};
use crate::source::{Cause, ReadError};
use crate::words::{Lang, reading, say};

/// What became of one file.
#[derive(Debug, Default)]
pub struct Done {
    /// Records, or for people, pieces of text with their line feeds.
    pub records: Vec<String>,
    /// What went wrong beside the results; makes the run fail.
    pub complaints: Vec<String>,
    /// What was found.
    pub tally: Tally,
}

/// Counts over files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Reports.
    pub reports: usize,
    /// Findings that count, by severity.
    pub errors: usize,
    /// Likewise.
    pub warnings: usize,
    /// Likewise.
    pub infos: usize,
    /// Findings that were dismissed or that a correction satisfies.
    pub settled: usize,
    /// Cells whose value is in doubt.
    pub doubts: usize,
    /// Cells that tables lack.
    pub missing: usize,
    /// Instances of rules that could not be assessed.
    pub not_assessable: usize,
    /// Whether anything reaches the severity to fail on.
    pub fails: bool,
    /// Files that could not be read, and sidecars.
    pub failed: usize,
}

impl Tally {
    /// Both together.
    pub fn add(&mut self, other: Self) {
        self.reports += other.reports;
        self.errors += other.errors;
        self.missing += other.missing;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.settled += other.settled;
        self.doubts += other.doubts;
        self.not_assessable += other.not_assessable;
        self.fails |= other.fails;
        self.failed += other.failed;
    }

    /// 2 when a file failed, else 1 when something reaches the severity to fail on.
    pub const fn status(&self) -> u8 {
        if self.failed > 0 {
            2
        } else if self.fails {
            1
        } else {
            0
        }
    }
}

/// The files that the command line names.
///
/// # Errors
/// When a list of files cannot be read.
pub fn find(input: &Input, ctx: &Context) -> Result<Discovered, ReadError> {
    let found = discover(&input.paths, input.files_from.as_deref())?;
    if found.entries.is_empty() && !ctx.quiet {
        let lang = ctx.lang;
        say(&say!(lang, run_nothing, skipped = found.skipped));
    }
    Ok(found)
}

/// Runs `work` over what was found and writes its records to stdout.
///
/// # Errors
/// When stdout cannot be written.
pub fn run(
    found: &Discovered,
    format: Format,
    ctx: &Context,
    work: impl Fn(&Path) -> Result<Done, ReadError> + Sync,
) -> io::Result<(Tally, Output)> {
    let mut sink = Sink {
        out: Output::default(),
        format,
        any: false,
    };
    let mut tally = Tally::default();
    let mut progress = Progress::new(found.entries.len(), ctx.quiet);
    let each = |entry: &Entry, result: Result<Result<Done, ReadError>, String>| {
        progress.step();
        let result =
            result.unwrap_or_else(|panic| Err(Cause::Internal { cause: panic }.of(entry.path())));
        let done = result.unwrap_or_else(|error| Done {
            records: if format == Format::Human {
                Vec::new()
            } else {
                vec![record::failure(&error, ctx.lang)]
            },
            complaints: vec![format!(
                "{}: {}",
                shown(&error.path),
                safe(&reading::failure(&error.cause, ctx.lang))
            )],
            tally: Tally::default(),
        });
        if !done.records.is_empty() || !done.complaints.is_empty() {
            progress.clear();
        }
        let written = sink.write(&done.records);
        tally.add(done.tally);
        tally.failed += done.complaints.len();
        let written = written.and_then(|()| {
            if !done.complaints.is_empty() {
                // In the order in which things happened, where both go to one terminal.
                sink.out.flush()?;
                for complaint in &done.complaints {
                    complain(complaint, ctx);
                }
            }
            Ok(())
        });
        match written {
            Err(e) => ControlFlow::Break(Err(e)),
            // Nobody reads, and the exit status cannot change any more.
            Ok(()) if sink.out.is_unread() && tally.status() == 2 => ControlFlow::Break(Ok(())),
            Ok(()) => ControlFlow::Continue(()),
        }
    };
    let flow = map_in_order(
        &found.entries,
        ctx.jobs,
        |entry| match entry {
            Entry::File(path) => work(path),
            Entry::Failed(error) => Err(error.clone()),
        },
        each,
    );
    progress.clear();
    if let ControlFlow::Break(ended) = flow {
        ended?;
    }
    sink.finish()?;
    Ok((tally, sink.out))
}

/// A line on stderr that names an error.
pub fn complain(text: &str, ctx: &Context) {
    let lang = ctx.lang;
    let word = Paint(ctx.color_stderr).paint(Style::Error, say!(lang, word_error));
    say_with(&format!("{word}{}", colon(lang)), text);
}

/// The colon of a language, with the blank that goes with it.
pub const fn colon(lang: Lang) -> &'static str {
    say!(lang, colon)
}

/// A path as one line that a terminal can be given.
pub fn shown(path: &Path) -> String {
    safe(&path.to_string_lossy())
}

struct Sink {
    out: Output,
    format: Format,
    any: bool,
}

impl Sink {
    fn write(&mut self, records: &[String]) -> io::Result<()> {
        for record in records {
            match self.format {
                Format::Human => self.out.text(record)?,
                Format::Ndjson => self.out.line(record)?,
                Format::Json => {
                    self.out.text(if self.any { ",\n" } else { "[\n" })?;
                    self.out.text(record)?;
                }
            }
            self.any = true;
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        if self.format == Format::Json {
            self.out.line(if self.any { "\n]" } else { "[]" })?;
        }
        self.out.flush()
    }
}
