//! What a person decides, about what, and why: the words of the sidecar as types. `override` of
//! `t3.new.total` with value 3 because we misread it is a [`Decision`] with [`Target::Field`],
//! [`Action::Override`] and [`Reason::Misread`].

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::Zoned;
use rust_decimal::Decimal;

/// What was recognised of a report as a whole and can be set right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// The authority.
    Organ,
    /// The year reported on.
    Year,
    /// The statutory form; another one re-extracts.
    Form,
    /// The administrative level.
    Level,
}

impl Item {
    /// All of them, in the order of the sidecar.
    pub const ALL: [Self; 4] = [Self::Organ, Self::Year, Self::Form, Self::Level];

    /// The target's name, such as `report.year`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Organ => "report.organ",
            Self::Year => "report.year",
            Self::Form => "report.form",
            Self::Level => "report.level",
        }
    }
}

/// What a decision is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// `report.organ` and the like.
    Report(Item),
    /// A cell, by its key.
    Field(String),
    /// A finding, by its fingerprint.
    Finding(String),
    /// Cells of a table that are decided together. Only asked for, never stored: a choice is
    /// kept as one decision a cell.
    Table {
        /// `t2`, `t3`, `t4` or `ind`.
        table: String,
        /// Which group of open cells in that table, from 0.
        group: usize,
    },
    /// The state of the review.
    Status,
    /// The note on the report.
    Note,
}

impl Target {
    /// A cell.
    pub fn field(key: impl Into<String>) -> Self {
        Self::Field(key.into())
    }

    /// A finding.
    pub fn finding(fingerprint: impl Into<String>) -> Self {
        Self::Finding(fingerprint.into())
    }

    /// The key, if it is a cell.
    pub fn as_field(&self) -> Option<&str> {
        match self {
            Self::Field(key) => Some(key),
            _ => None,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Report(item) => f.write_str(item.as_str()),
            Self::Field(name) | Self::Finding(name) => f.write_str(name),
            Self::Table { table, group: 0 } => f.write_str(table),
            Self::Table { table, group } => write!(f, "{table}#{}", group + 1),
            Self::Status => f.write_str("review.status"),
            Self::Note => f.write_str("review.note"),
        }
    }
}

/// Reads a target as people type it. What is no `report.…`, no table and starts in upper case is
/// a fingerprint; the rest is a key, and whether the form has it shows later.
impl FromStr for Target {
    type Err = std::convert::Infallible;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let s = s.trim();
        if let Some(item) = Item::ALL.into_iter().find(|i| i.as_str() == s) {
            return Ok(Self::Report(item));
        }
        match s {
            "review.status" => return Ok(Self::Status),
            "review.note" => return Ok(Self::Note),
            _ => {}
        }
        // The issue about the group, as the screen names it.
        let name = s.strip_prefix("ambiguous:").unwrap_or(s);
        let (table, group) = match name.split_once('#') {
            Some((t, n)) => (t, n.parse::<usize>().ok().and_then(|n| n.checked_sub(1))),
            None => (name, Some(0)),
        };
        if let (true, Some(group)) = (["t2", "t3", "t4", "ind"].contains(&table), group) {
            return Ok(Self::Table {
                table: table.to_owned(),
                group,
            });
        }
        if s.starts_with(|c: char| c.is_ascii_uppercase()) {
            return Ok(Self::Finding(s.to_owned()));
        }
        Ok(Self::Field(s.to_owned()))
    }
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// The reading is right.
    Accept,
    /// Another value.
    Override,
    /// The cell is empty.
    Blank,
    /// The cell does not apply.
    NotApplicable,
    /// One of the joint solutions.
    Choose,
    /// The figures are read rightly, the report is wrong.
    Confirm,
    /// No error.
    Dismiss,
    /// To be looked at later.
    Flag,
    /// The state of the review, or the note on the report.
    Set,
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Accept,
        Self::Override,
        Self::Blank,
        Self::NotApplicable,
        Self::Choose,
        Self::Confirm,
        Self::Dismiss,
        Self::Flag,
        Self::Set,
    ];

    /// The name in the sidecar.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Override => "override",
            Self::Blank => "blank",
            Self::NotApplicable => "not_applicable",
            Self::Choose => "choose",
            Self::Confirm => "confirm",
            Self::Dismiss => "dismiss",
            Self::Flag => "flag",
            Self::Set => "set",
        }
    }

    /// Whether a value goes with it (a `choose` without one means an empty cell).
    pub const fn takes_value(self) -> bool {
        matches!(self, Self::Override | Self::Choose | Self::Set)
    }

    /// Whether a reason goes with it.
    pub const fn takes_reason(self) -> bool {
        matches!(self, Self::Override | Self::Blank | Self::NotApplicable)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// `not-applicable` and `not_applicable` are the same.
impl FromStr for Action {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let name = s.trim().replace('-', "_");
        Self::ALL
            .into_iter()
            .find(|a| a.as_str() == name)
            .ok_or_else(|| s.to_owned())
    }
}

/// Whose mistake another value mends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Ours: the report does not say what we read.
    Misread,
    /// The report's: the published figure stays, the corrected one stands beside it.
    ReportWrong,
}

impl Reason {
    /// The name in the sidecar.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Misread => "misread",
            Self::ReportWrong => "report_wrong",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// `report-wrong` and `report_wrong` are the same.
impl FromStr for Reason {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        match s.trim().replace('-', "_").as_str() {
            "misread" => Ok(Self::Misread),
            "report_wrong" => Ok(Self::ReportWrong),
            _ => Err(s.to_owned()),
        }
    }
}

/// The state of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewStatus {
    /// Begun; what a sidecar says that nobody marked.
    InReview,
    /// Closed by the reviewer.
    Done,
    /// Sent back to the organ.
    Returned,
}

impl ReviewStatus {
    /// The name in the sidecar.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InReview => "in_review",
            Self::Done => "done",
            Self::Returned => "returned",
        }
    }
}

impl fmt::Display for ReviewStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// `in-review` and `in_review` are the same.
impl FromStr for ReviewStatus {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        match s.trim().replace('-', "_").as_str() {
            "in_review" => Ok(Self::InReview),
            "done" => Ok(Self::Done),
            "returned" => Ok(Self::Returned),
            _ => Err(s.to_owned()),
        }
    }
}

/// One decision, as the sidecar keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Unique over reviewers and machines; sorts by time.
    pub id: String,
    /// The step, where that holds more than one decision: the id of its first.
    pub batch: Option<String>,
    /// What it is about.
    pub target: Target,
    /// What was decided.
    pub action: Action,
    /// The value, as text; an exact decimal for a cell.
    pub value: Option<String>,
    /// What extraction read then.
    pub was: Option<String>,
    /// How it was known then.
    pub was_status: Option<String>,
    /// Whose mistake it mends.
    pub reason: Option<Reason>,
    /// For people.
    pub note: Option<String>,
    /// Who decided.
    pub by: Option<String>,
    /// When.
    pub at: Option<Zoned>,
    /// The figures that a finding was decided on; `None` where a person wrote it by hand.
    pub basis: Option<BTreeMap<String, String>>,
    /// Whose write put beside it what the person who wrote it by hand had left out.
    pub filled_by: Option<String>,
    /// The copy of the report that it was made on, where nothing else says what that was.
    pub sha256: Option<String>,
}

impl Decision {
    /// Of a target and an action, and nothing else said.
    pub const fn new(target: Target, action: Action) -> Self {
        Self {
            id: String::new(),
            batch: None,
            target,
            action,
            value: None,
            was: None,
            was_status: None,
            reason: None,
            note: None,
            by: None,
            at: None,
            basis: None,
            filled_by: None,
            sha256: None,
        }
    }

    /// The step that it belongs to.
    pub fn step(&self) -> &str {
        self.batch.as_deref().unwrap_or(&self.id)
    }

    /// The value as an exact decimal.
    pub fn number(&self) -> Option<Decimal> {
        self.value.as_deref().and_then(decimal)
    }

    /// The reason, with what is meant where a person left it out: a mistake of ours, unless what
    /// was read stood there plainly.
    pub fn effective_reason(&self) -> Reason {
        self.reason
            .unwrap_or_else(|| default_reason(self.was_status.as_deref()))
    }
}

/// The reason that is meant where none is given: the reviewer sees another figure than we read
/// when our reading is not plain; else the report is wrong.
pub fn default_reason(status: Option<&str>) -> Reason {
    if status == Some("read") {
        Reason::ReportWrong
    } else {
        Reason::Misread
    }
}

/// An exact decimal with an optional sign, as sidecars keep it.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let text = text.trim();
    match text.strip_prefix('-') {
        Some(rest) => crate::text::parse_decimal(rest).map(|d| -d),
        None => crate::text::parse_decimal(text.strip_prefix('+').unwrap_or(text)),
    }
}

/// How a decision ended that is no longer in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// Taken back.
    Undone,
    /// Another decision on the same target took its place.
    Superseded,
}

impl End {
    /// The name in the sidecar.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Undone => "undone",
            Self::Superseded => "superseded",
        }
    }
}

/// The end of a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Ended {
    /// How.
    pub how: End,
    /// By whom.
    pub by: Option<String>,
    /// When.
    pub at: Option<Zoned>,
    /// The step that took its place, or the undoing itself. This is what makes undo and redo
    /// exact across restarts: it sorts with the ids of decisions.
    pub id: Option<String>,
}

/// What one key or command does: decisions that are made, and taken back, together.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// At least one; all with the same `batch` where there are more.
    pub decisions: Vec<Decision>,
    /// Ids of the decisions that it was known to replace when it was made.
    pub over: Vec<String>,
}

impl Step {
    /// The step's name.
    pub fn id(&self) -> &str {
        self.decisions.first().map_or("", Decision::step)
    }
}

/// Who acts, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Who {
    /// The reviewer.
    pub by: String,
    /// The moment, with its offset, in whole seconds.
    pub at: Zoned,
}

impl Who {
    /// A reviewer, now.
    pub fn now(by: impl Into<String>) -> Self {
        let now = Zoned::now();
        let at = now
            .round(jiff::Unit::Second)
            .unwrap_or_else(|_| now.clone());
        Self { by: by.into(), at }
    }
}

/// What a face asks for: a key pressed, a line of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// About what.
    pub target: Target,
    /// What to do.
    pub action: Action,
    /// As typed; arithmetic such as `=2+1` is worked out. For a choice: the number of the
    /// solution, or its values.
    pub value: Option<String>,
    /// `None`: [`default_reason`].
    pub reason: Option<Reason>,
    /// For people.
    pub note: Option<String>,
}

impl Request {
    /// Without value, reason and note.
    pub const fn new(target: Target, action: Action) -> Self {
        Self {
            target,
            action,
            value: None,
            reason: None,
            note: None,
        }
    }

    /// With a value.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// With a reason.
    #[must_use]
    pub const fn reason(mut self, reason: Reason) -> Self {
        self.reason = Some(reason);
        self
    }

    /// With a note; an empty one is none.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        let note: String = note.into();
        self.note = Some(note).filter(|n| !n.trim().is_empty());
        self
    }
}
