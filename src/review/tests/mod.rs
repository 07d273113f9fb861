//! Stories: given this report, these requests, this log and this sidecar.

mod by_hand;
mod decide;
mod in_force;
mod linear;
#[cfg(unix)]
mod places;
mod queue;
mod steps;
mod text;
mod write;

use super::*;
use crate::check::testing::Sheet;
use crate::form::Schema;
use crate::form::tests::forms;
use crate::report::{CellId, FormId, Joint, ReportId, Status};
use crate::words::Lang;

/// A report of 2022 whose table 3 does not balance: 55 + 2 = 55 + 3.
fn unbalanced() -> Sheet {
    Sheet::zeros(FormId::FMT_2021, 2022).set(&[
        ("t3.new.natural_person", "55"),
        ("t3.new.total", "55"),
        ("t3.carried_in.natural_person", "2"),
        ("t3.carried_in.total", "2"),
        ("t3.results.granted.natural_person", "55"),
        ("t3.results.granted.total", "55"),
        ("t3.results.total.natural_person", "55"),
        ("t3.results.total.total", "55"),
        ("t3.carried_out.natural_person", "3"),
        ("t3.carried_out.total", "3"),
    ])
}

/// Two cells of row one that can be 5 and empty, or empty and 5, or 2 and 3.
fn joint() -> Sheet {
    let keys = ["t3.new.commercial", "t3.new.research"];
    let mut sheet = Sheet::zeros(FormId::FMT_2021, 2022).status(&keys, Status::Ambiguous);
    let amount = |n: i64| (n > 0).then(|| rust_decimal::Decimal::from(n));
    let solutions: Vec<Vec<_>> = [[5, 0], [0, 5], [2, 3]]
        .iter()
        .map(|s| s.iter().map(|n| amount(*n)).collect())
        .collect();
    for (i, key) in keys.iter().enumerate() {
        sheet.field(key).candidates = solutions.iter().map(|s| s[i]).collect();
    }
    sheet.report.joint.push(Joint {
        table: "t3".into(),
        cells: keys.iter().map(|k| cell(k)).collect(),
        count: 3,
        solutions,
    });
    sheet
}

/// A cell of the form of 2021.
fn cell(key: &str) -> CellId {
    let schema = Schema::of(forms(), FormId::FMT_2021, &[]);
    schema.id(key).unwrap()
}

fn li() -> Who {
    Who::now("li")
}

fn wang() -> Who {
    Who::now("wang")
}

fn look(sheet: &Sheet, log: &Log) -> Assessment {
    assess(&sheet.report, &sheet.document, log)
}

fn ask(sheet: &Sheet, log: &Log, requests: &[Request], who: &Who) -> Result<Step, Refusal> {
    propose(&sheet.report, &look(sheet, log), log, requests, who)
}

/// Asks, and performs what comes of it.
fn decide(sheet: &Sheet, log: &mut Log, request: Request, who: &Who) -> Operation {
    let step = ask(sheet, log, &[request], who).unwrap();
    let operation = Operation::Apply(step);
    log.perform(&operation).unwrap();
    operation
}

fn field(key: &str, action: Action) -> Request {
    Request::new(Target::field(key), action)
}

fn finding(fingerprint: &str, action: Action) -> Request {
    Request::new(Target::finding(fingerprint), action)
}

fn facts(sheet: &Sheet) -> Facts {
    Facts::of(&sheet.report, &InForce::new(&sheet.report, &Log::default()))
}

/// A report in a folder of its own.
fn in_folder(sheet: &mut Sheet) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    sheet.report.id = ReportId::file(folder.path().join("a.txt"));
    folder
}
