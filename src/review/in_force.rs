//! The figures with decisions applied: what checks run on, and what is shown and exported.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Action, Decision, Item, Log, Reason, Target};
use crate::check::{Figure, Figures};
use crate::report::{CellId, Field, FormId, Joint, Level, Report, Status};

/// A cell with decisions applied.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The published figure: as read, our misreadings mended.
    pub value: Option<Decimal>,
    /// How it is known; a figure that a person gave or chose counts as read.
    pub status: Status,
    /// What it should be, when a person said that the report is wrong.
    pub corrected: Option<Figure>,
    /// Id of the decision that is applied.
    pub decision: Option<String>,
    /// Id of a decision that is not applied, because the source changed under it.
    pub stale: Option<String>,
    /// The figure follows from decisions on other cells of its joint group.
    pub solved: bool,
}

/// What is left of a joint group once some of its cells are decided.
#[derive(Debug, Clone, PartialEq)]
pub struct JointState {
    /// Index into [`Report::joint`].
    pub index: usize,
    /// Indices of the solutions that agree with what was decided.
    pub remaining: Vec<usize>,
    /// All solutions are listed, so what remains is all there is.
    pub complete: bool,
    /// Every cell is decided or follows.
    pub settled: bool,
}

/// A report's figures with decisions applied.
#[derive(Debug, Clone, Default)]
pub struct InForce {
    /// By [`CellId`].
    pub cells: Vec<Cell>,
    /// One for each of [`Report::joint`].
    pub joint: Vec<JointState>,
    /// The authority.
    pub organ: Option<String>,
    /// The year.
    pub year: Option<u16>,
    /// The form.
    pub form: Option<FormId>,
    /// The level.
    pub level: Option<Level>,
    /// Ids of decisions that are not applied, by target's name: the source changed under them.
    pub stale: BTreeMap<String, String>,
}

impl InForce {
    /// Applies a log to a report.
    pub fn new(report: &Report, log: &Log) -> Self {
        let mut in_force = Self {
            cells: report.fields.iter().map(as_read).collect(),
            organ: report.organ.clone(),
            year: report.year,
            form: Some(report.form()),
            level: report.level,
            ..Self::default()
        };
        for decision in log.decisions.iter().map(|e| &e.decision) {
            let known = !log.is_of_another_copy(decision, &report.sha256);
            let applied = match &decision.target {
                Target::Field(key) => in_force.apply(report.named(key), decision, known),
                Target::Report(item) => in_force.set_right(report, *item, decision, known),
                _ => true,
            };
            if !applied {
                let name = decision.target.to_string();
                in_force.stale.insert(name, decision.id.clone());
            }
        }
        in_force.joint = report
            .joint
            .iter()
            .enumerate()
            .map(|(index, joint)| in_force.solve(index, joint))
            .collect();
        in_force
    }

    /// A cell.
    pub fn cell(&self, cell: CellId) -> Option<&Cell> {
        self.cells.get(cell.index())
    }

    /// Whether any corrected value stands beside a published one.
    pub fn has_corrections(&self) -> bool {
        self.cells.iter().any(|c| c.corrected.is_some())
    }

    /// The figures as they should be: corrected where a person said that the report is wrong.
    pub fn corrected(&self) -> impl Figures + '_ {
        Corrected(self)
    }

    /// The report with what was recognised set right; the cells are as extracted.
    pub fn identified<'a>(&self, report: &'a Report) -> Cow<'a, Report> {
        let form = self.form.unwrap_or(report.form());
        let same = self.organ == report.organ
            && self.year == report.year
            && self.level == report.level
            && form == report.form();
        if same {
            return Cow::Borrowed(report);
        }
        let mut report = if form == report.form() {
            report.clone()
        } else {
            report.under(form)
        };
        report.organ.clone_from(&self.organ);
        report.year = self.year;
        report.level = self.level;
        Cow::Owned(report)
    }

    /// Applies a decision on a cell, or notes it as stale.
    fn apply(&mut self, place: Option<(CellId, &Field)>, decision: &Decision, known: bool) -> bool {
        let Some((id, field)) = place else {
            return false;
        };
        let Some(cell) = self.cells.get_mut(id.index()) else {
            return false;
        };
        if !holds(decision, field, known) {
            cell.stale = Some(decision.id.clone());
            return false;
        }
        let figure = match decision.action {
            Action::Accept => {
                if cell.status == Status::Inferred {
                    cell.status = Status::Read;
                }
                cell.decision = Some(decision.id.clone());
                return true;
            }
            Action::Blank => (None, Status::Blank),
            Action::NotApplicable => (None, Status::NotApplicable),
            Action::Choose if decision.value.is_none() => (None, Status::Blank),
            Action::Override | Action::Choose => (decision.number(), Status::Read),
            // Nothing that is said of a cell; a hand-written slip.
            _ => return false,
        };
        cell.decision = Some(decision.id.clone());
        let report_wrong =
            decision.action.takes_reason() && decision.effective_reason() == Reason::ReportWrong;
        if report_wrong {
            cell.corrected = Some(Figure::of(figure.0, figure.1));
        } else {
            (cell.value, cell.status) = figure;
        }
        true
    }

    /// Applies a decision on what was recognised.
    fn set_right(&mut self, report: &Report, item: Item, decision: &Decision, known: bool) -> bool {
        let now = recognised(report, item);
        let Some(value) = decision.value.as_deref() else {
            return false;
        };
        let same = match decision.was_status.as_deref() {
            None if decision.was.is_none() => known,
            _ => decision.was == now,
        };
        if !same && now.as_deref() != Some(value) {
            return false;
        }
        match item {
            Item::Organ => self.organ = Some(value.to_owned()),
            Item::Year => self.year = value.parse().ok(),
            Item::Form => self.form = value.parse().ok(),
            Item::Level => self.level = super::value::level(value),
        }
        true
    }

    /// Keeps the joint solutions that agree with what was decided; where all of those agree on a
    /// cell, it follows.
    fn solve(&mut self, index: usize, joint: &Joint) -> JointState {
        let fixed: Vec<Option<Option<Decimal>>> = joint
            .cells
            .iter()
            .map(|id| {
                let cell = self.cell(*id)?;
                (cell.decision.is_some() && cell.status.is_known()).then_some(cell.value)
            })
            .collect();
        let remaining: Vec<usize> = joint
            .solutions
            .iter()
            .enumerate()
            .filter(|(_, solution)| {
                fixed
                    .iter()
                    .zip(*solution)
                    .all(|(fixed, v)| fixed.is_none_or(|f| same_amount(f, *v)))
            })
            .map(|(i, _)| i)
            .collect();
        let complete = usize::try_from(joint.count).is_ok_and(|n| n == joint.solutions.len());
        if complete && fixed.iter().any(Option::is_some) {
            self.follow(joint, &fixed, &remaining);
        }
        let settled = joint
            .cells
            .iter()
            .all(|id| self.cell(*id).is_some_and(|c| c.status.is_known()));
        JointState {
            index,
            remaining,
            complete,
            settled,
        }
    }

    fn follow(&mut self, joint: &Joint, fixed: &[Option<Option<Decimal>>], remaining: &[usize]) {
        for (column, id) in joint.cells.iter().enumerate() {
            if fixed.get(column).is_some_and(Option::is_some) {
                continue;
            }
            let mut values = remaining
                .iter()
                .filter_map(|i| joint.solutions.get(*i)?.get(column).copied());
            let Some(first) = values.next() else { return };
            let open = |c: &&mut Cell| c.status == Status::Ambiguous && c.decision.is_none();
            if values.all(|v| same_amount(v, first))
                && let Some(cell) = self.cells.get_mut(id.index()).filter(open)
            {
                cell.value = first;
                cell.status = first.map_or(Status::Blank, |_| Status::Inferred);
                cell.solved = true;
            }
        }
    }
}

/// In sums an empty cell and 0 are the same, and so they are in joint solutions.
fn same_amount(a: Option<Decimal>, b: Option<Decimal>) -> bool {
    a.unwrap_or(Decimal::ZERO) == b.unwrap_or(Decimal::ZERO)
}

const fn as_read(field: &Field) -> Cell {
    Cell {
        value: field.value,
        status: field.status,
        corrected: None,
        decision: None,
        stale: None,
        solved: false,
    }
}

/// Whether a decision still speaks of what is read now: the reading is the same as then, or it
/// is what was decided. What a person wrote without saying what was read, holds for the copy that
/// it is known to be about.
fn holds(decision: &Decision, field: &Field, known: bool) -> bool {
    let action = decision.action;
    if action == Action::Accept && !field.status.is_known() {
        return false;
    }
    if decision.was.is_none() && decision.was_status.is_none() && known {
        return true;
    }
    let was = decision.was.as_deref().and_then(super::decision::decimal);
    let same = match (was, field.value) {
        // Read plainly now and placed by proof then, or the reverse: the same figure there.
        (Some(a), Some(b)) => a == b,
        (None, None) => decision.was_status.as_deref() == Some(field.status.as_str()),
        _ => false,
    };
    let as_decided = match action {
        Action::Override | Action::Choose if decision.value.is_some() => {
            field.value.is_some() && decision.number() == field.value
        }
        Action::Blank | Action::Choose => field.status == Status::Blank,
        Action::NotApplicable => field.status == Status::NotApplicable,
        _ => false,
    };
    same || as_decided
}

/// What was recognised, as decisions on it keep it.
pub(super) fn recognised(report: &Report, item: Item) -> Option<String> {
    match item {
        Item::Organ => report.organ.clone(),
        Item::Year => report.year.map(|y| y.to_string()),
        Item::Form => Some(report.form().as_str().to_owned()),
        Item::Level => report.level.map(|l| l.as_str().to_owned()),
    }
}

impl Figures for InForce {
    fn figure(&self, cell: CellId) -> Figure {
        self.cell(cell)
            .map_or(Figure::Unknown(Status::Missing), |c| {
                Figure::of(c.value, c.status)
            })
    }

    fn status(&self, cell: CellId) -> Status {
        self.cell(cell).map_or(Status::Missing, |c| c.status)
    }
}

struct Corrected<'a>(&'a InForce);

impl Figures for Corrected<'_> {
    fn figure(&self, cell: CellId) -> Figure {
        let corrected = self.0.cell(cell).and_then(|c| c.corrected);
        corrected.unwrap_or_else(|| self.0.figure(cell))
    }

    fn status(&self, cell: CellId) -> Status {
        match self.0.cell(cell).and_then(|c| c.corrected) {
            Some(Figure::Number(_)) => Status::Read,
            Some(Figure::Empty) => Status::Blank,
            Some(Figure::Unknown(status)) => status,
            None => self.0.status(cell),
        }
    }
}
