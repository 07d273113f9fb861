//! The queue: what asks for a decision, in the order in which it should be taken.

use std::collections::BTreeSet;

use super::{Action, Examined, Item, Log, Request, Target};
use crate::check::{Severity, State};
use crate::report::{Report, Status};

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
    pub table: String,
    /// The cells in doubt, or the operands, in the order of the form.
    pub keys: Vec<String>,
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
    pub fn agree(&self, examined: &Examined) -> Vec<Request> {
        match self.kind {
            IssueKind::Inferred => self
                .keys
                .iter()
                .filter(|key| !is_decided(examined, key))
                .map(|key| Request::new(Target::field(key.as_str()), Action::Accept))
                .collect(),
            IssueKind::Finding(_) => self.on_findings(examined, Action::Confirm),
            // What is read now, against a decision that was made on something else.
            IssueKind::Stale => self
                .keys
                .iter()
                .filter(|key| {
                    let cell = examined.effective.cell(key);
                    cell.is_some_and(|c| c.stale.is_some() && c.status.is_known())
                })
                .map(|key| Request::new(Target::field(key.as_str()), Action::Accept))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Requests that say the same of every finding of the issue (`d`, `f`).
    pub fn on_findings(&self, examined: &Examined, action: Action) -> Vec<Request> {
        self.findings
            .iter()
            .filter_map(|i| examined.checked.findings.get(*i))
            .map(|f| Request::new(Target::finding(f.fingerprint.as_str()), action))
            .collect()
    }
}

/// What a report's reviewer is asked, in order: doubts about values first, for a finding is
/// worth little while its operands are in doubt; then findings by severity; each in the order of
/// the form.
pub fn issues(report: &Report, examined: &Examined, log: &Log, least: Severity) -> Vec<Issue> {
    let mut queue = doubts(report, examined, log);
    let mut findings: Vec<Issue> = examined
        .checked
        .findings
        .iter()
        .enumerate()
        .filter(|(_, f)| f.severity >= least)
        .map(|(i, f)| Issue {
            id: f.fingerprint.clone(),
            kind: IssueKind::Finding(f.severity),
            table: f.fields.first().map_or_else(String::new, |k| table_of(k)),
            keys: f.fields.clone(),
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

fn table_of(key: &str) -> String {
    key.split('.').next().unwrap_or("").to_owned()
}

fn is_decided(examined: &Examined, key: &str) -> bool {
    let cell = examined.effective.cell(key);
    cell.is_some_and(|c| c.stale.is_none() && (c.decision.is_some() || c.solved))
}

fn doubt(
    kind: IssueKind,
    name: &str,
    table: &str,
    keys: Vec<String>,
    examined: &Examined,
) -> Issue {
    let stale = keys.iter().any(|k| {
        let cell = examined.effective.cell(k);
        cell.is_some_and(|c| c.stale.is_some())
    });
    Issue {
        id: format!("{name}:{table}"),
        decided: keys.iter().all(|k| is_decided(examined, k)),
        kind,
        table: table.to_owned(),
        keys,
        targets: Vec::new(),
        findings: Vec::new(),
        flagged: false,
        stale,
    }
}

fn doubts(report: &Report, examined: &Examined, log: &Log) -> Vec<Issue> {
    let mut tables: Vec<String> = Vec::new();
    for field in &report.fields {
        let table = table_of(&field.key);
        if tables.last() != Some(&table) && !tables.contains(&table) {
            tables.push(table);
        }
    }
    let mut queue = Vec::new();
    // What was recognised wrongly comes first: the form decides what there is to ask at all.
    queue.extend(stale_recognition(examined, log));
    for table in &tables {
        let mut covered: BTreeSet<String> = BTreeSet::new();
        let of_table = of_table(report, examined, table);
        for issue in &of_table {
            covered.extend(issue.keys.iter().cloned());
        }
        queue.extend(of_table);
        let is_stale = |k: &str| {
            let cell = examined.effective.cell(k);
            cell.is_some_and(|c| c.stale.is_some())
        };
        let stale: Vec<String> = keys(report, table, |f| is_stale(&f.key))
            .into_iter()
            .filter(|k| !covered.contains(k))
            .collect();
        if !stale.is_empty() {
            queue.push(doubt(IssueKind::Stale, "stale", table, stale, examined));
        }
    }
    queue
}

fn keys(
    report: &Report,
    table: &str,
    wanted: impl Fn(&crate::report::Field) -> bool,
) -> Vec<String> {
    report
        .fields
        .iter()
        .filter(|f| table_of(&f.key) == table && wanted(f))
        .map(|f| f.key.clone())
        .collect()
}

fn of_table(report: &Report, examined: &Examined, table: &str) -> Vec<Issue> {
    let mut queue = Vec::new();
    let mut together: BTreeSet<&str> = BTreeSet::new();
    let groups = report.joint.iter().enumerate();
    for (number, (index, joint)) in groups.filter(|(_, j)| j.table == table).enumerate() {
        together.extend(joint.keys.iter().map(String::as_str));
        let name = if number == 0 {
            table.to_owned()
        } else {
            format!("{table}#{}", number + 1)
        };
        let kind = IssueKind::Ambiguous { joint: Some(index) };
        let mut issue = doubt(kind, "ambiguous", &name, joint.keys.clone(), examined);
        table.clone_into(&mut issue.table);
        queue.push(issue);
    }
    let there = report.tables.iter().any(|t| t.table == table);
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
        let keys = keys(report, table, |f| {
            f.status == status && !together.contains(f.key.as_str())
        });
        if !keys.is_empty() {
            queue.push(doubt(kind, name, table, keys, examined));
        }
    }
    queue
}

/// Decisions on organ, year, form and level that were made on something else than is recognised
/// now.
fn stale_recognition(examined: &Examined, log: &Log) -> Option<Issue> {
    let targets: Vec<Target> = Item::ALL
        .into_iter()
        .map(Target::Report)
        .filter(|t| log.in_force(t).is_some())
        .filter(|t| examined.effective.stale.contains_key(&t.to_string()))
        .collect();
    (!targets.is_empty()).then(|| Issue {
        id: "stale:report".to_owned(),
        kind: IssueKind::Stale,
        table: String::new(),
        keys: Vec::new(),
        targets,
        findings: Vec::new(),
        decided: false,
        flagged: false,
        stale: true,
    })
}
