//! A sidecar's text to a log: `action = "overide"` in line 3 is `(38, Unknown { .. })`, an offset
//! and what is wrong there.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use toml_edit::{Document, Item, Table, TableLike, Value};

use super::error::Problem;
use super::split::{LISTS, split};
use crate::form::FormSet;
use crate::report::FormId;
use crate::review::decision::{
    Action, Decision, End, Ended, Item as Recognised, ReviewStatus, Target, decimal,
};
use crate::review::kept::Kept;
use crate::review::log::{Entry, Log};
use crate::review::value;

/// What is wrong, and at which byte.
type Wrong = (usize, Problem);

/// Reads a sidecar.
pub fn read(text: &str) -> Result<Log, Wrong> {
    let doc = Document::parse(text).map_err(|e| {
        let offset = e.span().map_or(0, |s| s.start);
        (offset, Problem::Syntax(e.message().replace('\n', "; ")))
    })?;
    format_is_ours(&doc)?;
    let [decisions, history] = LISTS.map(|name| entries(doc.as_table(), name));
    let (decisions, history) = (decisions?, history?);
    let review = review(doc.as_table())?;

    let (frame, kept, kept_history) = split(doc.into_mut());
    let mut log = Log {
        decisions: joined(decisions, kept),
        history: joined(history, kept_history),
        frame,
    };
    log.decisions.extend(review.into_iter().map(Entry::new));
    log.name_the_nameless();
    log.end_duplicates();
    Ok(log)
}

fn format_is_ours(doc: &Document<&str>) -> Result<(), Wrong> {
    let Some(item) = doc.get("format") else {
        return Ok(());
    };
    match item.as_integer() {
        Some(1) => Ok(()),
        Some(n) => Err((start(item), Problem::Newer(n.to_string()))),
        None => Err((start(item), Problem::WrongType("format".to_owned()))),
    }
}

type Facts = (Decision, Option<Ended>);

fn joined(facts: Vec<Facts>, kept: Vec<Kept>) -> Vec<Entry> {
    let mut kept = kept.into_iter();
    facts
        .into_iter()
        .map(|(decision, ended)| Entry {
            decision,
            ended,
            kept: kept.next().unwrap_or_default(),
        })
        .collect()
}

/// The tables of a list, written as `[[name]]` or as an array of inline tables.
fn tables<'a>(root: &'a Table, name: &str) -> Result<Vec<&'a dyn TableLike>, Wrong> {
    let wrong = |item: &Item| (start(item), Problem::WrongType(name.to_owned()));
    match root.get(name) {
        None => Ok(Vec::new()),
        Some(Item::ArrayOfTables(list)) => Ok(list.iter().map(|t| t as &dyn TableLike).collect()),
        Some(item @ Item::Value(Value::Array(list))) => list
            .iter()
            .map(|v| v.as_inline_table().map(|t| t as &dyn TableLike))
            .collect::<Option<_>>()
            .ok_or_else(|| wrong(item)),
        Some(item) => Err(wrong(item)),
    }
}

fn spans(root: &Table, name: &str) -> Vec<Option<Range<usize>>> {
    match root.get(name) {
        Some(Item::ArrayOfTables(list)) => list.iter().map(Table::span).collect(),
        Some(Item::Value(Value::Array(list))) => list.iter().map(Value::span).collect(),
        _ => Vec::new(),
    }
}

fn entries(root: &Table, name: &str) -> Result<Vec<Facts>, Wrong> {
    let spans = spans(root, name);
    tables(root, name)?
        .into_iter()
        .zip(spans)
        .map(|(table, span)| {
            let place = span.map_or(0, |s| s.start);
            let decision = decision(table, place)?;
            let ended = if name == "history" {
                Some(ended(table, place)?)
            } else {
                None
            };
            Ok((decision, ended))
        })
        .collect()
}

fn decision(table: &dyn TableLike, place: usize) -> Result<Decision, Wrong> {
    let target = target(table, place)?;
    let action = word(table, "action", place)?.ok_or((place, Problem::Missing("action")))?;
    let needs_value = match action {
        Action::Override => true,
        Action::Set => target != Target::Note,
        _ => false,
    };
    let value = text(table, "value")?;
    if needs_value && value.is_none() {
        return Err((place, Problem::Missing("value")));
    }
    check_value(&target, value.as_deref(), table)?;
    Ok(Decision {
        id: text(table, "id")?.unwrap_or_default(),
        batch: text(table, "batch")?,
        target,
        action,
        value,
        was: text(table, "was")?,
        was_status: text(table, "was_status")?,
        reason: word(table, "reason", place)?,
        note: text(table, "note")?,
        by: text(table, "by")?,
        at: time(table, "at")?,
        basis: basis(table)?,
        filled_by: text(table, "filled_by")?,
        sha256: text(table, "sha256")?,
    })
}

/// A value that a person wrote by hand and that means nothing would otherwise count for nothing
/// without a word.
fn check_value(target: &Target, value: Option<&str>, table: &dyn TableLike) -> Result<(), Wrong> {
    let Some(value) = value else { return Ok(()) };
    let good = match target {
        Target::Field(_) => decimal(value).is_some(),
        Target::Report(Recognised::Year) => value.parse::<u16>().is_ok(),
        Target::Report(Recognised::Form) => is_form(value),
        Target::Report(Recognised::Level) => value::level(value).is_some(),
        Target::Status => value.parse::<ReviewStatus>().is_ok(),
        _ => true,
    };
    if good {
        return Ok(());
    }
    let value = value.to_owned();
    let place = table.get("value").map_or(0, start);
    Err((
        place,
        Problem::Unknown {
            key: "value",
            value,
        },
    ))
}

/// Whether a form has that name. A sidecar is also read where no report is, and no form has been
/// asked for yet.
fn is_form(name: &str) -> bool {
    let embedded = || FormSet::embedded().is_ok_and(|forms| forms.named(name).is_some());
    name.parse::<FormId>().is_ok() || embedded()
}

fn target(table: &dyn TableLike, place: usize) -> Result<Target, Wrong> {
    let [field, finding, review] = ["field", "finding", "review"].map(|k| text(table, k));
    match (field?, finding?, review?) {
        (Some(key), None, None) => Ok(Recognised::ALL
            .into_iter()
            .find(|i| i.as_str() == key)
            .map_or(Target::Field(key), Target::Report)),
        (None, Some(fingerprint), None) => Ok(Target::Finding(fingerprint)),
        (None, None, Some(what)) => match what.as_str() {
            "status" => Ok(Target::Status),
            "note" => Ok(Target::Note),
            _ => Err((
                place,
                Problem::Unknown {
                    key: "review",
                    value: what,
                },
            )),
        },
        _ => Err((place, Problem::NoTarget)),
    }
}

fn ended(table: &dyn TableLike, place: usize) -> Result<Ended, Wrong> {
    let how = match text(table, "ended")?.as_deref() {
        Some("undone") => End::Undone,
        Some("superseded") => End::Superseded,
        Some(other) => {
            let value = other.to_owned();
            let place = table.get("ended").map_or(place, start);
            return Err((
                place,
                Problem::Unknown {
                    key: "ended",
                    value,
                },
            ));
        }
        None => return Err((place, Problem::Missing("ended"))),
    };
    Ok(Ended {
        how,
        by: text(table, "ended_by")?,
        at: time(table, "ended_at")?,
        id: text(table, "ended_id")?,
    })
}

/// The state of the review and the note on the report, as decisions.
fn review(root: &Table) -> Result<Vec<Decision>, Wrong> {
    let Some(item) = root.get("review") else {
        return Ok(Vec::new());
    };
    let Some(table) = item.as_table_like() else {
        return Err((start(item), Problem::WrongType("review".to_owned())));
    };
    let mut found = Vec::new();
    for (name, set, target) in [
        ("status", "status_set", Target::Status),
        ("note", "note_set", Target::Note),
    ] {
        let value = text(table, name)?;
        check_review(&target, value.as_deref(), table)?;
        let origin = table.get(set).and_then(Item::as_table_like);
        // What nobody marked says that it is in review.
        let plain = value.is_none() || (name == "status" && value.as_deref() == Some("in_review"));
        if origin.is_none() && plain {
            continue;
        }
        let get = |key| origin.map_or(Ok(None), |o| text(o, key));
        found.push(Decision {
            id: get("id")?.unwrap_or_default(),
            batch: get("batch")?,
            value,
            by: get("by")?,
            at: origin.map_or(Ok(None), |o| time(o, "at"))?,
            filled_by: get("filled_by")?,
            ..Decision::new(target, Action::Set)
        });
    }
    Ok(found)
}

fn check_review(target: &Target, value: Option<&str>, table: &dyn TableLike) -> Result<(), Wrong> {
    match (target, value) {
        (Target::Status, Some(v)) if v.parse::<ReviewStatus>().is_err() => Err((
            table.get("status").map_or(0, start),
            Problem::Unknown {
                key: "status",
                value: v.to_owned(),
            },
        )),
        _ => Ok(()),
    }
}

fn start(item: &Item) -> usize {
    item.span().map_or(0, |s| s.start)
}

/// A text, or a number by its digits: `value = 3` is as good as `value = "3"`.
pub(super) fn text(table: &dyn TableLike, key: &str) -> Result<Option<String>, Wrong> {
    let Some(item) = table.get(key).filter(|i| !i.is_none()) else {
        return Ok(None);
    };
    let wrong = || (start(item), Problem::WrongType(key.to_owned()));
    match item.as_value() {
        Some(Value::String(s)) => Ok(Some(s.value().clone())),
        Some(Value::Integer(n)) => Ok(Some(n.value().to_string())),
        // By its digits as written: no figure goes through binary fractions.
        Some(Value::Float(f)) => {
            let digits = f.display_repr().replace('_', "");
            decimal(&digits).map(|_| Some(digits)).ok_or_else(wrong)
        }
        _ => Err(wrong()),
    }
}

fn word<T: std::str::FromStr>(
    table: &dyn TableLike,
    key: &'static str,
    place: usize,
) -> Result<Option<T>, Wrong> {
    let Some(value) = text(table, key)? else {
        return Ok(None);
    };
    match value.parse() {
        Ok(word) => Ok(Some(word)),
        Err(_) => {
            let place = table.get(key).map_or(place, start);
            Err((place, Problem::Unknown { key, value }))
        }
    }
}

/// A time: TOML's, or the same as a text; without an offset it is this machine's.
pub(super) fn time(table: &dyn TableLike, key: &str) -> Result<Option<Zoned>, Wrong> {
    let Some(item) = table.get(key).filter(|i| !i.is_none()) else {
        return Ok(None);
    };
    let written = match item.as_value() {
        Some(Value::Datetime(d)) => Some(*d.value()),
        Some(Value::String(s)) => s.value().parse().ok(),
        _ => None,
    };
    written
        .and_then(zoned)
        .map(Some)
        .ok_or_else(|| (start(item), Problem::WrongType(key.to_owned())))
}

fn zoned(written: toml_edit::Datetime) -> Option<Zoned> {
    let text = written.to_string();
    let Some(offset) = written.offset else {
        let local: jiff::civil::DateTime = text.parse().ok()?;
        return local.to_zoned(TimeZone::system()).ok();
    };
    let minutes = match offset {
        toml_edit::Offset::Z => 0,
        toml_edit::Offset::Custom { minutes } => i32::from(minutes),
    };
    let zone = TimeZone::fixed(Offset::from_seconds(minutes.checked_mul(60)?).ok()?);
    Some(text.parse::<Timestamp>().ok()?.to_zoned(zone))
}

/// The figures that a finding was decided on. Unquoted keys (`t3.new.total = "1"`) mean the same.
fn basis(table: &dyn TableLike) -> Result<Option<BTreeMap<String, String>>, Wrong> {
    let Some(item) = table.get("basis") else {
        return Ok(None);
    };
    let Some(figures) = item.as_table_like() else {
        return Err((start(item), Problem::WrongType("basis".to_owned())));
    };
    let mut flat = BTreeMap::new();
    flatten(figures, "", &mut flat)?;
    Ok(Some(flat))
}

fn flatten(
    table: &dyn TableLike,
    prefix: &str,
    flat: &mut BTreeMap<String, String>,
) -> Result<(), Wrong> {
    for (key, item) in table.iter() {
        let name = if prefix.is_empty() {
            key.to_owned()
        } else {
            format!("{prefix}.{key}")
        };
        if let Some(inner) = item.as_table_like() {
            flatten(inner, &name, flat)?;
        } else if let Some(value) = text(table, key)? {
            flat.insert(name, value);
        }
    }
    Ok(())
}
