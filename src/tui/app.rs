//! The state of the screen. Everything that is drawn is a function of it.

use crate::report::CellId;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use super::input::Line as Input;
use super::keymap::Keymap;
use super::load::{Opened, Summary};
use super::parts::{self, Line, Part};
use super::theme::Theme;
use super::width::Widths;
use crate::report::ReportId;
use crate::review::{Issue, Reason, Refusal, StoreError, Target};
use crate::source::ReadError;
use crate::words::{Lang, say};

/// How many reports are kept ready.
const KEPT: usize = 32;

/// A row of the list: a file, or one of the reports in it.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its number among the paths.
    pub file: usize,
    /// What is known of it.
    pub state: RowState,
}

/// What is known of a row.
#[derive(Debug, Clone)]
pub enum RowState {
    /// Not read yet.
    Loading,
    /// Could not be read.
    Failed(Box<ReadError>),
    /// A report.
    Ready(Box<Summary>),
}

/// The panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// Reports.
    List,
    /// The report's sections.
    Sections,
    /// Its text.
    Source,
}

/// What the keys go to.
#[derive(Debug, Clone)]
pub enum Mode {
    /// The panes.
    Main,
    /// Another value.
    Override(Box<Override>),
    /// A note.
    Note(Box<NoteLine>),
    /// Looking for something.
    Find(Box<Find>),
    /// The keys; the line at the top.
    Help(usize),
    /// A question.
    Ask(Question),
}

/// Another value that is being typed.
#[derive(Debug, Clone)]
pub struct Override {
    /// For what.
    pub target: Target,
    /// What stands there, as shown.
    pub was: String,
    /// The new value.
    pub value: Input,
    /// The note.
    pub note: Input,
    /// The keys go to the note.
    pub in_note: bool,
    /// Whose mistake it mends; none for what was recognised.
    pub reason: Option<Reason>,
    /// What it would do, or what is wrong with it.
    pub effect: Result<String, String>,
}

/// A note that is being typed.
#[derive(Debug, Clone)]
pub struct NoteLine {
    /// What for.
    pub purpose: Purpose,
    /// The note.
    pub line: Input,
}

/// What a note is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It goes with the dismissal of the issue's findings.
    Dismiss,
    /// It goes with the issue's decision.
    Issue,
    /// It is the note on the report.
    Report,
}

/// Looking for something.
#[derive(Debug, Clone, Default)]
pub struct Find {
    /// What is looked for.
    pub line: Input,
    /// What was found, best first.
    pub hits: Vec<Hit>,
    /// Which of them is marked.
    pub cursor: usize,
}

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// As shown.
    pub text: String,
    /// Where it is.
    pub place: Place,
}

/// Where something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A row of the list.
    Row(usize),
    /// A part of the report.
    Part(usize),
    /// A cell.
    Cell(String),
}

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Leave although something could not be saved.
    LeaveUnsaved,
    /// Leave although something is being written yet.
    LeaveSaving,
    /// Leave although a line of input is open.
    LeaveInput,
    /// Mark the report as done although issues are open.
    DoneOpen(usize),
    /// Take back another person's step.
    UndoOthers,
    /// Replace what another person decided meanwhile.
    Conflict,
    /// That something was not written is to be seen.
    Refused,
}

/// Where to go once a report is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goal {
    /// Its first undecided issue, else its head.
    First,
    /// Its last undecided issue.
    Last,
    /// A part and an issue, as they were left.
    Left(usize, Option<String>),
    /// Where the screen stands already.
    Stay,
}

/// What has been decided and is not on the disk.
#[derive(Debug, Clone, Default)]
pub struct Saving {
    /// The last operation given to the writer, by report.
    pub pending: BTreeMap<ReportId, u64>,
    /// Why the last try failed, by report.
    pub failed: BTreeMap<ReportId, StoreError>,
    /// Something was saved in this run.
    pub any: bool,
    /// Reports that were written and not read again since, as far as is known.
    pub fresh: BTreeSet<ReportId>,
    /// What the writer was not allowed to write, and why: each is shown in turn, and stays until
    /// it was seen.
    pub refused: VecDeque<(ReportId, Refusal)>,
}

impl Saving {
    /// Has a refusal shown; of several steps that met the same it is said once.
    pub fn refuse(&mut self, id: &ReportId, refusal: Refusal) {
        let same = |(of, why): &(ReportId, Refusal)| of == id && *why == refusal;
        if !self.refused.iter().any(same) {
            self.refused.push_back((id.clone(), refusal));
        }
    }
}

/// The state of the screen.
pub struct App {
    pub lang: Lang,
    pub widths: Widths,
    pub theme: Theme,
    pub keymap: Keymap,
    pub read_only: bool,
    pub by: String,
    pub batch: String,
    pub is_sample: bool,
    pub skipped: usize,
    pub paths: Arc<Vec<PathBuf>>,
    pub size: (u16, u16),
    pub rows: Vec<Row>,
    pub listed: usize,
    pub started: Instant,
    /// Seconds since the start, as of the last message: the view itself reads no clock.
    pub elapsed: f64,
    pub cursor: usize,
    pub top: usize,
    pub focus: Pane,
    pub zoom: bool,
    pub source: bool,
    pub store: VecDeque<Opened>,
    /// The file in view, once it was asked for before all others.
    pub wanted: Option<usize>,
    /// Files that were asked for and have not come yet.
    pub coming: BTreeSet<usize>,
    pub goal: Goal,
    pub part: usize,
    pub line: usize,
    pub column: usize,
    pub first_line: usize,
    pub source_top: usize,
    pub unfolded: bool,
    pub issue: Option<String>,
    /// The first proposal in view.
    pub first_proposal: usize,
    /// Issues that were put off in this pass of the queue.
    pub passed: BTreeSet<(ReportId, String)>,
    /// The report of the last decision, until it was taken back or something else done elsewhere.
    pub last_decided: Option<ReportId>,
    /// Steps to be taken back once the report in view is there.
    pub undos: usize,
    pub mode: Mode,
    /// The line of input has changed, and what hangs on it is not worked out yet.
    pub line_changed: bool,
    pub resume: Option<Box<Mode>>,
    pub saving: Saving,
    pub message: String,
    pub leave_when_saved: bool,
    pub leaving: bool,
}

/// The rectangles of the screen, each `(x, y, width, height)`; a pane that is not shown has none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Layout {
    pub list: Option<Area>,
    pub sections: Option<Area>,
    pub source: Option<Area>,
    pub issue: Option<Area>,
    pub tiny: bool,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

impl App {
    /// The row under the cursor.
    pub fn row(&self) -> Option<&Row> {
        self.rows.get(self.cursor)
    }

    /// The summary under the cursor.
    pub fn summary(&self) -> Option<&Summary> {
        match &self.row()?.state {
            RowState::Ready(summary) => Some(summary),
            _ => None,
        }
    }

    /// The report in view, once it is there.
    pub fn opened(&self) -> Option<&Opened> {
        let id = &self.summary()?.id;
        self.store.iter().find(|o| o.report.id == *id)
    }

    /// Keeps a report ready; the one used longest ago goes, unless it has something unsaved.
    pub fn keep(&mut self, opened: Opened) {
        self.store.retain(|o| o.report.id != opened.report.id);
        self.store.push_back(opened);
        while self.store.len() > KEPT {
            let pending = &self.saving.pending;
            let Some(i) = self
                .store
                .iter()
                .position(|o| !pending.contains_key(&o.report.id))
            else {
                break;
            };
            self.store.remove(i);
        }
    }

    /// A file that was asked for will not come: others were asked for since.
    pub fn not_coming(&mut self, file: usize) {
        self.coming.remove(&file);
        self.wanted = self.wanted.filter(|wanted| *wanted != file);
    }

    /// Why nothing can be decided on the report in view.
    pub fn locked(&self) -> Option<String> {
        if self.read_only {
            let lang = self.lang;
            return Some(say!(lang, tui_read_only).to_owned());
        }
        self.opened()?.locked.clone()
    }

    /// The issue in view.
    pub fn issue(&self) -> Option<&Issue> {
        let id = self.issue.as_deref()?;
        self.opened()?.issues.iter().find(|i| i.id == id)
    }

    /// The parts of the report in view.
    pub fn parts(&self) -> Vec<Part> {
        self.opened()
            .map_or_else(Vec::new, |o| parts::parts(o, self.lang))
    }

    /// The lines of the part in view.
    pub fn lines(&self) -> Vec<Line> {
        let parts = self.parts();
        let (Some(opened), Some(part)) = (self.opened(), parts.get(self.part)) else {
            return Vec::new();
        };
        let columns = self
            .layout()
            .sections
            .map_or(40, |a| a.width.saturating_sub(1));
        parts::lines(
            opened,
            part,
            columns as usize,
            self.widths,
            self.unfolded,
            self.lang,
        )
    }

    /// What the keys of values act on: the cell under the cursor, or what was recognised.
    pub fn target(&self) -> Option<Target> {
        self.target_in(&self.lines())
    }

    /// The same, of the lines of the part in view.
    pub fn target_in(&self, lines: &[Line]) -> Option<Target> {
        match lines.get(self.line)? {
            Line::Item(item) => Some(Target::Report(*item)),
            line => {
                let schema = self.opened()?.report.schema;
                let cells = line.cells(schema);
                let last = cells.len().checked_sub(1)?;
                let cell = cells.get(self.column.min(last))?;
                Some(Target::field(schema.key(*cell)))
            }
        }
    }

    /// The cell under the cursor.
    pub fn cell(&self) -> Option<CellId> {
        let Target::Field(key) = self.target()? else {
            return None;
        };
        self.opened()?.report.schema.id(&key)
    }

    /// Issues decided and all issues, over the reports listed.
    pub fn totals(&self) -> (usize, usize) {
        self.rows
            .iter()
            .fold((0, 0), |(open, all), row| match &row.state {
                RowState::Ready(s) => (open + s.total - s.decided, all + s.total),
                _ => (open, all),
            })
    }

    /// Where everything stands.
    pub fn layout(&self) -> Layout {
        let (width, height) = self.size;
        let mut layout = Layout::default();
        if width < 40 || height < 10 {
            layout.tiny = true;
            return layout;
        }
        let issue_height = match height {
            ..=12 => 4,
            13..=17 => 5,
            18..=22 => 7,
            23..=30 => 9,
            _ => 11,
        };
        // Keys still decide on the issue there: what it is stays in sight.
        let issue_height = if self.zoom { 2 } else { issue_height };
        let panes = height - 2 - issue_height;
        let area = |x, width| {
            Some(Area {
                x,
                y: 1,
                width,
                height: panes,
            })
        };
        layout.issue = Some(Area {
            x: 0,
            y: 1 + panes,
            width,
            height: issue_height,
        });
        // Of a file that could not be read there is no source; the sections say why.
        let failed = matches!(self.row().map(|r| &r.state), Some(RowState::Failed(_)));
        let source = self.source && !failed;
        if self.zoom || width < 60 {
            match self.focus {
                Pane::List => layout.list = area(0, width),
                Pane::Source if failed => layout.sections = area(0, width),
                Pane::Sections if source => layout.source = area(0, width),
                Pane::Sections => layout.sections = area(0, width),
                Pane::Source => layout.source = area(0, width),
            }
            return layout;
        }
        let list = if width >= 120 { 30 } else { 25 };
        layout.list = area(0, list);
        let rest = width - list - 1;
        if width >= 120 {
            let source = (rest - 1) * 2 / 5;
            layout.sections = area(list + 1, rest - 1 - source);
            layout.source = area(width - source, source);
        } else if source {
            layout.source = area(list + 1, rest);
        } else {
            layout.sections = area(list + 1, rest);
        }
        layout
    }
}
