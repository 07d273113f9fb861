//! The queue: what asks for a decision, in the order in which it should be taken.

use std::collections::BTreeSet;

use super::{Action, Assessment, Item, Log, Request, Target};
use crate::check::{Severity, State};
use crate::form::{Schema, Table};
use crate::report::{CellId, Report, Status};
use crate::text::Name;

/// What an issue is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IssueKind {
    /// Cells that several placements fit.
    Ambiguous {
        /// Index into [`Report::joint`], where they are decided together and the solutions are
        /// numbered; `None` where there are no joint solutions to choose from.
        joint: Option<usize>,
    },
    /// Values whose place was proved by relations.
    Inferred,
    /// Cells that the form has and the table in the file has not.
    Missing,
    /// Cells whose text is no figure.
    Unreadable,
    /// Decisions under which the source changed, where no other issue asks about the cell.
    Stale,
    /// A finding, or several that are one.
    Finding(Severity),
}

/// What asks for one decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Stable over decisions and new readings: `ambiguous:t3`, or a fingerprint.
    pub id: String,
    /// What it is.
    pub kind: IssueKind,
    /// `t2` … for doubts; the first operand's for findings; empty where there is none.
    pub table: Name,
    /// The cells in doubt, or the operands, in the order of the form.
    pub cells: Vec<CellId>,
    /// `report.…` targets among them (stale ones).
    pub targets: Vec<Target>,
    /// Indices into the findings.
    pub findings: Vec<usize>,
    /// Every doubt or finding in it has a decision that is not stale.
    pub decided: bool,
    /// Put off: stays open, but this pass of the queue goes by it.
    pub flagged: bool,
    /// A decision in it is stale.
    pub stale: bool,
}

impl Issue {
    /// What `a` means here; empty where there is nothing to agree with. Cells that have a
    /// decision already keep it.
    pub fn agree(&self, schema: &Schema, assessment: &Assessment) -> Vec<Request> {
        let accept = |cell: &CellId| Request::new(Target::field(schema.key(*cell)), Action::Accept);
        match self.kind {
            IssueKind::Inferred => self
                .cells
                .iter()
                .filter(|cell| !is_decided(assessment, **cell))
                .map(accept)
                .collect(),
            IssueKind::Finding(_) => self.on_findings(assessment, Action::Confirm),
            // What is read now, against a decision that was made on something else.
            IssueKind::Stale => self
                .cells
                .iter()
                .filter(|cell| {
                    let cell = assessment.in_force.cell(**cell);
                    cell.is_some_and(|c| c.stale.is_some() && c.status.is_known())
                })
                .map(accept)
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Requests that say the same of every finding of the issue (`d`, `f`).
    pub fn on_findings(&self, assessment: &Assessment, action: Action) -> Vec<Request> {
        self.findings
            .iter()
            .filter_map(|i| assessment.checked.findings.get(*i))
            .map(|f| Request::new(Target::finding(f.fingerprint.as_str()), action))
            .collect()
    }
}

/// What a report's reviewer is asked, in order: doubts about values first, for a finding is
/// worth little while its operands are in doubt; then findings by severity; each in the order of
/// the form.
pub fn issues(report: &Report, assessment: &Assessment, log: &Log, least: Severity) -> Vec<Issue> {
    let mut queue = doubts(report, assessment, log);
    let mut findings: Vec<Issue> = assessment
        .checked
        .findings
        .iter()
        .enumerate()
        .filter(|(_, f)| f.severity >= least)
        .map(|(i, f)| Issue {
            id: f.fingerprint.clone(),
            kind: IssueKind::Finding(f.severity),
            table: f.cells.first().map_or_else(Name::default, |c| {
                report
                    .schema
                    .table_of(*c)
                    .map_or_else(Name::default, |t| t.id)
            }),
            cells: f.cells.clone(),
            targets: Vec::new(),
            findings: vec![i],
            decided: !f.state.is_unsettled(),
            flagged: f.state == State::Flagged,
            stale: f.state == State::Stale,
        })
        .collect();
    // A stable sort: within a severity the order of the check, which is the form's.
    findings.sort_by_key(|i| match i.kind {
        IssueKind::Finding(severity) => std::cmp::Reverse(severity),
        _ => std::cmp::Reverse(Severity::Info),
    });
    queue.append(&mut findings);
    queue
}

fn is_decided(assessment: &Assessment, cell: CellId) -> bool {
    let cell = assessment.in_force.cell(cell);
    cell.is_some_and(|c| c.stale.is_none() && (c.decision.is_some() || c.solved))
}

fn is_stale(assessment: &Assessment, cell: CellId) -> bool {
    let cell = assessment.in_force.cell(cell);
    cell.is_some_and(|c| c.stale.is_some())
}

/// An issue about cells of a table; `id` tells it apart from the others of its kind.
fn doubt(
    kind: IssueKind,
    id: String,
    table: Name,
    cells: Vec<CellId>,
    assessment: &Assessment,
) -> Issue {
    Issue {
        id,
        decided: cells.iter().all(|c| is_decided(assessment, *c)),
        stale: cells.iter().any(|c| is_stale(assessment, *c)),
        kind,
        table,
        cells,
        targets: Vec::new(),
        findings: Vec::new(),
        flagged: false,
    }
}

fn doubts(report: &Report, assessment: &Assessment, log: &Log) -> Vec<Issue> {
    let mut queue = Vec::new();
    // What was recognised wrongly comes first: the form decides what there is to ask at all.
    queue.extend(stale_recognition(assessment, log));
    for table in report.schema.tables() {
        let of_table = of_table(report, assessment, table);
        let covered: BTreeSet<CellId> = of_table.iter().flat_map(|i| &i.cells).copied().collect();
        queue.extend(of_table);
        let cells = report.schema.ids_of(table);
        let stale: Vec<CellId> = cells
            .filter(|c| is_stale(assessment, *c) && !covered.contains(c))
            .collect();
        if !stale.is_empty() {
            let id = format!("stale:{}", table.id);
            queue.push(doubt(IssueKind::Stale, id, table.id, stale, assessment));
        }
    }
    queue
}

fn of_table(report: &Report, assessment: &Assessment, table: &Table) -> Vec<Issue> {
    let mut queue = Vec::new();
    let mut together: BTreeSet<CellId> = BTreeSet::new();
    let groups = report.joint.iter().enumerate();
    for (number, (index, joint)) in groups.filter(|(_, j)| j.table == table.id).enumerate() {
        together.extend(&joint.cells);
        let id = if number == 0 {
            format!("ambiguous:{}", table.id)
        } else {
            format!("ambiguous:{}#{}", table.id, number + 1)
        };
        let kind = IssueKind::Ambiguous { joint: Some(index) };
        queue.push(doubt(kind, id, table.id, joint.cells.clone(), assessment));
    }
    let there = report.has_table(&table.id);
    for (name, kind, status) in [
        (
            "ambiguous-cells",
            IssueKind::Ambiguous { joint: None },
            Status::Ambiguous,
        ),
        ("inferred", IssueKind::Inferred, Status::Inferred),
        ("missing", IssueKind::Missing, Status::Missing),
        ("unreadable", IssueKind::Unreadable, Status::Unreadable),
    ] {
        if status == Status::Missing && !there {
            continue;
        }
        let is = |c: &CellId| report.field(*c).is_some_and(|f| f.status == status);
        let cells = report.schema.ids_of(table);
        let cells: Vec<CellId> = cells.filter(|c| is(c) && !together.contains(c)).collect();
        if !cells.is_empty() {
            let id = format!("{name}:{}", table.id);
            queue.push(doubt(kind, id, table.id, cells, assessment));
        }
    }
    queue
}

/// Decisions on organ, year, form and level that were made on something else than is recognised
/// now.
fn stale_recognition(assessment: &Assessment, log: &Log) -> Option<Issue> {
    let targets: Vec<Target> = Item::ALL
        .into_iter()
        .map(Target::Report)
        .filter(|t| log.in_force(t).is_some())
        .filter(|t| assessment.in_force.stale.contains_key(&t.to_string()))
        .collect();
    (!targets.is_empty()).then(|| Issue {
        id: "stale:report".to_owned(),
        kind: IssueKind::Stale,
        table: Name::default(),
        cells: Vec::new(),
        targets,
        findings: Vec::new(),
        decided: false,
        flagged: false,
        stale: true,
    })
}
