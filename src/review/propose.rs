//! From what a face asks to a step, or to why not.

use rust_decimal::Decimal;

use super::assessment::basis;
use super::in_force::recognised;
use super::value::{self, parse_value};
use super::{
    Action, Assessment, Decision, Item, Log, Refusal, Request, ReviewStatus, Step, Target, Who,
    default_reason,
};
use crate::form::ValueType;
use crate::report::{CellId, Field, Joint, Report, Status};

/// Turns requests into one step.
///
/// # Errors
/// When one of them cannot be carried out; none is then.
pub fn propose(
    report: &Report,
    assessment: &Assessment,
    log: &Log,
    requests: &[Request],
    who: &Who,
) -> Result<Step, Refusal> {
    let scene = Scene {
        report,
        assessment,
        log,
        who,
    };
    let mut decisions: Vec<Decision> = Vec::new();
    for request in requests {
        for decision in scene.decisions(request)? {
            // Said twice of the same target in one step: the last word counts.
            decisions.retain(|d| d.target != decision.target);
            decisions.push(decision);
        }
    }
    let ids = log.next_ids(decisions.len());
    let batch = ids.first().filter(|_| decisions.len() > 1).cloned();
    for (decision, id) in decisions.iter_mut().zip(ids) {
        decision.id = id;
        decision.batch.clone_from(&batch);
    }
    Ok(log.step(decisions))
}

struct Scene<'a> {
    report: &'a Report,
    assessment: &'a Assessment,
    log: &'a Log,
    who: &'a Who,
}

impl Scene<'_> {
    fn decisions(&self, request: &Request) -> Result<Vec<Decision>, Refusal> {
        let action = request.action;
        if request.value.is_some() && !action.takes_value() {
            return Err(Refusal::ValueNotTaken(action));
        }
        if request.reason.is_some() && !action.takes_reason() {
            return Err(Refusal::ReasonNotTaken(action));
        }
        let one = |d: Result<Decision, Refusal>| d.map(|d| vec![d]);
        match (&request.target, action) {
            (
                Target::Field(key),
                Action::Accept
                | Action::Override
                | Action::Blank
                | Action::NotApplicable
                | Action::Choose,
            ) => one(self.on_field(key, request)),
            (Target::Finding(f), Action::Confirm | Action::Dismiss | Action::Flag) => {
                one(self.on_finding(f, request))
            }
            (Target::Table { table, group }, Action::Choose) => self.choice(table, *group, request),
            (Target::Report(item), Action::Override) => one(self.on_report(*item, request)),
            (Target::Status | Target::Note, Action::Set) => one(self.on_review(request)),
            // A name that is neither cell nor finding is said to be unknown before anything else.
            (Target::Field(key), _) if self.report.schema.id(key).is_none() => {
                Err(Refusal::UnknownKey(key.clone()))
            }
            (Target::Finding(f), _) if self.assessment.finding(f).is_none() => {
                Err(Refusal::UnknownFinding(f.clone()))
            }
            (target, action) => Err(Refusal::WrongTarget {
                action,
                target: target.clone(),
            }),
        }
    }

    fn blank_decision(&self, request: &Request) -> Decision {
        Decision {
            note: request.note.clone(),
            by: Some(self.who.by.clone()),
            at: Some(self.who.at.clone()),
            ..Decision::new(request.target.clone(), request.action)
        }
    }

    fn on_field(&self, key: &str, request: &Request) -> Result<Decision, Refusal> {
        let unknown = || Refusal::UnknownKey(key.to_owned());
        let (cell, field) = self.report.named(key).ok_or_else(unknown)?;
        let value = match request.action {
            Action::Accept if !field.status.is_known() => {
                return Err(Refusal::NothingToAccept {
                    key: key.to_owned(),
                    status: field.status,
                });
            }
            Action::Override => {
                let text = given(request)?;
                let kind = kind_of(self.report, cell).ok_or_else(unknown)?;
                let value = parse_value(text, kind)?;
                let printed = field.value.filter(|_| field.status.is_known());
                if printed == Some(value) && self.log.in_force(&request.target).is_none() {
                    return Err(Refusal::Unchanged {
                        key: key.to_owned(),
                        value: value.to_string(),
                    });
                }
                Some(value)
            }
            Action::Choose => {
                let text = given(request)?;
                let kind = kind_of(self.report, cell).ok_or_else(unknown)?;
                one_of(field, text, kind)?
            }
            _ => None,
        };
        let mut decision = self.about(cell, field, request);
        decision.value = value.map(|v| v.to_string());
        if request.action.takes_reason() {
            let meant = default_reason(Some(field.status.as_str()));
            decision.reason = Some(request.reason.unwrap_or(meant));
        }
        Ok(decision)
    }

    /// A decision that remembers what is read.
    fn about(&self, cell: CellId, field: &Field, request: &Request) -> Decision {
        Decision {
            target: Target::Field(self.report.schema.key(cell).to_owned()),
            was: field.value.map(|v| v.to_string()),
            was_status: Some(field.status.as_str().to_owned()),
            ..self.blank_decision(request)
        }
    }

    fn on_finding(&self, fingerprint: &str, request: &Request) -> Result<Decision, Refusal> {
        let unknown = || Refusal::UnknownFinding(fingerprint.to_owned());
        let finding = self.assessment.finding(fingerprint).ok_or_else(unknown)?;
        Ok(Decision {
            basis: Some(basis(
                &self.assessment.in_force,
                self.report.schema,
                finding,
            )),
            ..self.blank_decision(request)
        })
    }

    fn on_report(&self, item: Item, request: &Request) -> Result<Decision, Refusal> {
        let value = value::recognised(item, given(request)?)?;
        let mut was = recognised(self.report, item);
        // A report that was read by a form that a person gave: what counts is what was recognised
        // without that.
        let before = self.log.in_force(&request.target);
        if let Some(before) = before.filter(|d| item == Item::Form && d.value == was) {
            was = before.was.clone().or(was);
        }
        let status = was.as_ref().map_or(Status::Missing, |_| Status::Read);
        Ok(Decision {
            value: Some(value),
            was,
            was_status: Some(status.as_str().to_owned()),
            reason: request.reason,
            ..self.blank_decision(request)
        })
    }

    fn on_review(&self, request: &Request) -> Result<Decision, Refusal> {
        let value = match request.target {
            Target::Status => {
                let text = given(request)?;
                let status: ReviewStatus = text.parse().map_err(Refusal::NotAStatus)?;
                Some(status.as_str().to_owned())
            }
            // A note that says nothing takes the note away.
            _ => {
                let text = request.value.as_deref().map(str::trim);
                text.filter(|t| !t.is_empty()).map(str::to_owned)
            }
        };
        Ok(Decision {
            value,
            ..self.blank_decision(request)
        })
    }

    /// One decision a cell, by values: the numbers of solutions change with every reading.
    fn choice(
        &self,
        table: &str,
        group: usize,
        request: &Request,
    ) -> Result<Vec<Decision>, Refusal> {
        let groups: Vec<&Joint> = self
            .report
            .joint
            .iter()
            .filter(|j| j.table == *table)
            .collect();
        let joint = groups
            .get(group)
            .ok_or_else(|| Refusal::NoChoice(request.target.to_string()))?;
        let text = given(request)?;
        let solution = pick(self.report, joint, text).ok_or_else(|| Refusal::NoSuchSolution {
            text: text.to_owned(),
            listed: joint.solutions.len(),
        })?;
        let cells = joint.cells.iter().zip(solution);
        Ok(cells
            .filter_map(|(cell, value)| {
                Some(Decision {
                    value: value.map(|v| v.to_string()),
                    ..self.about(*cell, self.report.field(*cell)?, request)
                })
            })
            .collect())
    }
}

fn given(request: &Request) -> Result<&str, Refusal> {
    let text = request.value.as_deref().map(str::trim);
    text.filter(|t| !t.is_empty())
        .ok_or(Refusal::NoValue(request.action))
}

/// The type of a cell by the form of its table.
pub(super) fn kind_of(report: &Report, cell: CellId) -> Option<ValueType> {
    report.schema.cell(cell).map(|c| c.kind)
}

fn one_of(field: &Field, text: &str, kind: ValueType) -> Result<Option<Decimal>, Refusal> {
    let value = if text == "-" {
        None
    } else {
        Some(parse_value(text, kind)?)
    };
    let fits = field.candidates.iter().find(|c| **c == value);
    fits.copied().ok_or_else(|| Refusal::NoSuchSolution {
        text: text.to_owned(),
        listed: field.candidates.len(),
    })
}

/// A solution by its number from 1, or by its values: all of them in order, or `key=value`
/// pairs that only one solution has; `-` is an empty cell.
fn pick<'a>(report: &Report, joint: &'a Joint, text: &str) -> Option<&'a Vec<Option<Decimal>>> {
    if let Ok(number) = text.parse::<usize>() {
        return joint.solutions.get(number.checked_sub(1)?);
    }
    let amount = |text: &str| match text.trim() {
        "" | "-" => Some(Decimal::ZERO),
        figure => super::decision::decimal(figure),
    };
    let mut wanted: Vec<(usize, Decimal)> = Vec::new();
    for (i, part) in text
        .split([',', ' ', ';'])
        .filter(|p| !p.is_empty())
        .enumerate()
    {
        wanted.push(match part.split_once('=') {
            Some((key, value)) => {
                let column = {
                    let cell = report.schema.id(key.trim())?;
                    joint.cells.iter().position(|c| *c == cell)?
                };
                (column, amount(value)?)
            }
            None => (i, amount(part)?),
        });
    }
    if !text.contains('=') && wanted.len() != joint.cells.len() {
        return None;
    }
    let mut fitting = joint.solutions.iter().filter(|solution| {
        wanted.iter().all(|(column, value)| {
            let there = solution.get(*column).copied().flatten();
            there.unwrap_or(Decimal::ZERO) == *value
        })
    });
    let first = fitting.next();
    first.filter(|_| fitting.next().is_none())
}
