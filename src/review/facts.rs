//! What a face knows of a report and its sidecar does not: what was recognised, for the head, and
//! what is read now, for decisions that a person wrote by hand.
//!
//! A person writes `finding = "T3.BAL@total"`, `action = "confirm"` and no more; [`Readings`] say
//! that the finding stands on 55, 3, 57 and 1, and the next write puts that beside it.

use std::collections::BTreeMap;

use super::assessment::{Assessment, basis};
use super::decision::{Decision, Item, Target};
use super::file::file_name;
use super::in_force::{InForce, recognised};
use crate::report::{FormId, Report, Status};
use crate::stamp::Stamp;

/// What was recognised, as the sidecar's head keeps it, and what is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The file's name.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// The authority.
    pub organ: Option<String>,
    /// The year.
    pub year: Option<u16>,
    /// The form.
    pub form: FormId,
    /// The keys in the order of the form, in which decisions stand.
    pub order: Vec<String>,
    /// The file as it was when it was read: what is decided on figures that are no longer there
    /// is not written.
    pub stamp: Option<Stamp>,
    /// What is read, before anything of what is to be written was done. `None` completes no
    /// decision that was written by hand.
    pub readings: Option<Readings>,
}

impl Facts {
    /// Of a report as extracted, what decisions set right applied.
    pub fn of(report: &Report, in_force: &InForce) -> Self {
        Self {
            file: file_name(&report.id.path).into_owned(),
            sha256: report.sha256.clone(),
            organ: in_force.organ.clone(),
            year: in_force.year,
            form: in_force.form.unwrap_or_else(|| report.form()),
            order: report
                .schema
                .ids()
                .map(|id| report.schema.key(id).to_owned())
                .collect(),
            stamp: None,
            readings: None,
        }
    }
}

/// A cell, or what was recognised, as decisions remember it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// As read; `None` where there is no value.
    pub value: Option<String>,
    /// How it is known.
    pub status: Status,
}

/// What is read of a report: what a decision on any of it is made on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Readings {
    /// Cells by key.
    pub cells: BTreeMap<String, Reading>,
    /// What was recognised of the report as a whole.
    pub report: BTreeMap<Item, Reading>,
    /// The figures of each finding, by fingerprint.
    pub findings: BTreeMap<String, BTreeMap<String, String>>,
}

impl Readings {
    /// Of a report as extracted, and its findings with a log applied: before anything new is
    /// done. `plain` is the report as it is without a form that somebody gave, where it is read by
    /// one.
    pub fn of(report: &Report, plain: Option<&Report>, assessment: &Assessment) -> Self {
        let schema = report.schema;
        let cells = schema.ids().zip(&report.fields).map(|(id, field)| {
            let value = field.value.map(|v| v.to_string());
            let status = field.status;
            (schema.key(id).to_owned(), Reading { value, status })
        });
        let recognised = |item| {
            let of = match item {
                Item::Form => plain.unwrap_or(report),
                _ => report,
            };
            let value = recognised(of, item);
            let status = value.as_ref().map_or(Status::Missing, |_| Status::Read);
            (item, Reading { value, status })
        };
        let findings = assessment.checked.findings.iter();
        Self {
            cells: cells.collect(),
            report: Item::ALL.into_iter().map(recognised).collect(),
            findings: findings
                .map(|f| {
                    let figures = basis(&assessment.in_force, schema, f);
                    (f.fingerprint.clone(), figures)
                })
                .collect(),
        }
    }

    /// What a decision on a target is made on.
    fn of_target(&self, target: &Target) -> Option<&Reading> {
        match target {
            Target::Field(key) => self.cells.get(key),
            Target::Report(item) => self.report.get(item),
            _ => None,
        }
    }

    /// Puts beside a decision what it is made on, where it does not say so itself.
    pub(super) fn complete(&self, decision: &mut Decision) {
        if let Target::Finding(fingerprint) = &decision.target {
            let figures = || self.findings.get(fingerprint).cloned();
            decision.basis = decision.basis.take().or_else(figures);
            return;
        }
        let Some(now) = self.of_target(&decision.target) else {
            return;
        };
        // What a person says of the old reading is taken for what it says; how it was known is
        // added only where it is about the same reading.
        if decision.was_status.is_none() && (decision.was.is_none() || decision.was == now.value) {
            decision.was.clone_from(&now.value);
            decision.was_status = Some(now.status.as_str().to_owned());
        }
    }
}
