//! A sidecar's text to a log.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use toml_edit::{Document, DocumentMut, Item, RawString, Table, TableLike, Value};

use super::{Frame, Kept, Problem};
use crate::review::decision::{Action, Decision, End, Ended, Item as Recognised, Target};
use crate::review::log::{Entry, Log};

/// What is wrong, and at which byte.
type Wrong = (usize, Problem);

/// The names of the two lists of entries.
const LISTS: [&str; 2] = ["decision", "history"];

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
    end_duplicates(&mut log);
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
    })
}

/// A value that a person wrote by hand and that means nothing would otherwise count for nothing
/// without a word.
fn check_value(target: &Target, value: Option<&str>, table: &dyn TableLike) -> Result<(), Wrong> {
    let Some(value) = value else { return Ok(()) };
    let good = match target {
        Target::Field(_) => crate::review::decision::decimal(value).is_some(),
        Target::Report(Recognised::Year) => value.parse::<u16>().is_ok(),
        Target::Report(Recognised::Form) => value.parse::<crate::report::FormId>().is_ok(),
        Target::Report(Recognised::Level) => crate::review::value::level(value).is_some(),
        Target::Status => value.parse::<crate::review::ReviewStatus>().is_ok(),
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
            ..Decision::new(target, Action::Set)
        });
    }
    Ok(found)
}

fn check_review(target: &Target, value: Option<&str>, table: &dyn TableLike) -> Result<(), Wrong> {
    match (target, value) {
        (Target::Status, Some(v)) if v.parse::<crate::review::ReviewStatus>().is_err() => Err((
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
            crate::review::decision::decimal(&digits)
                .map(|_| Some(digits))
                .ok_or_else(wrong)
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

/// Of several decisions on one target the latest counts; the others were superseded by it.
fn end_duplicates(log: &mut Log) {
    let mut index = 0;
    while let Some(entry) = log.decisions.get(index) {
        let target = entry.decision.target.clone();
        let last = log.latest_on(&target);
        let Some((_, by)) = last.filter(|(i, _)| *i != index) else {
            index += 1;
            continue;
        };
        let ended = Ended {
            how: End::Superseded,
            by: by.by.clone(),
            at: by.at.clone(),
            id: Some(by.step().to_owned()),
        };
        let mut old = log.decisions.remove(index);
        old.ended = Some(ended);
        log.history.push(old);
    }
}

/// Takes the entries out of the document: what they keep, and the frame that is left.
fn split(mut doc: DocumentMut) -> (Frame, Vec<Kept>, Vec<Kept>) {
    let mut lists = LISTS.map(|name| take(&mut doc, name));
    let mut tails = BTreeMap::new();
    {
        // All headed tables in the order of the file: a comment that directly follows a table,
        // with a blank line after it, belongs to that table and not to the next.
        let mut units: Vec<(isize, Owner, String)> = Vec::new();
        for (name, item) in doc.iter() {
            if let Item::Table(t) = item
                && let Some(position) = t.position()
            {
                units.push((position, Owner::Root(name.to_owned()), prefix(t)));
            }
        }
        for (list, kept) in lists.iter().enumerate() {
            for (i, k) in kept.iter().enumerate() {
                if let Some(t) = &k.table {
                    let position = t.position().unwrap_or(isize::MAX);
                    units.push((position, Owner::Entry(list, i), prefix(t)));
                }
            }
        }
        units.sort_by_key(|u| u.0);
        let mut before = Owner::Root(String::new());
        let trailing = doc.trailing().as_str().unwrap_or("").to_owned();
        let end = (isize::MAX, Owner::End, trailing);
        for (_, owner, prefix) in units.into_iter().chain([end]) {
            let (tail, rest) = split_tail(&prefix, owner == Owner::End);
            if !tail.is_empty() {
                match &before {
                    Owner::Root(name) => {
                        tails.insert(name.clone(), tail.to_owned());
                    }
                    Owner::Entry(list, i) => {
                        if let Some(k) = lists.get_mut(*list).and_then(|l| l.get_mut(*i)) {
                            tail.clone_into(&mut k.tail);
                        }
                    }
                    Owner::End => {}
                }
                let rest = RawString::from(rest);
                match &owner {
                    Owner::Root(name) => {
                        if let Some(t) = doc.get_mut(name).and_then(Item::as_table_mut) {
                            t.decor_mut().set_prefix(rest);
                        }
                    }
                    Owner::Entry(list, i) => {
                        let kept = lists.get_mut(*list).and_then(|l| l.get_mut(*i));
                        if let Some(t) = kept.and_then(|k| k.table.as_mut()) {
                            t.decor_mut().set_prefix(rest);
                        }
                    }
                    Owner::End => doc.set_trailing(rest),
                }
            }
            before = owner;
        }
    }
    let [decisions, history] = lists;
    (Frame { doc, tails }, decisions, history)
}

#[derive(PartialEq, Eq)]
enum Owner {
    /// A table of the frame; an empty name is what stands above all tables.
    Root(String),
    /// An entry of a list.
    Entry(usize, usize),
    /// The end of the file.
    End,
}

fn prefix(table: &Table) -> String {
    let prefix = table.decor().prefix().and_then(RawString::as_str);
    prefix.unwrap_or("").to_owned()
}

/// Comment lines at the very start, up to a blank line (or the end of the file), and the rest.
fn split_tail(prefix: &str, at_end: bool) -> (&str, &str) {
    let mut end = 0;
    for line in prefix.split_inclusive('\n') {
        if line.trim().is_empty() {
            return prefix.split_at(end);
        }
        end += line.len();
    }
    if at_end { (prefix, "") } else { ("", prefix) }
}

fn take(doc: &mut DocumentMut, name: &str) -> Vec<Kept> {
    let kept = |table| Kept {
        table: Some(table),
        tail: String::new(),
    };
    match doc.remove(name) {
        Some(Item::ArrayOfTables(list)) => list.into_iter().map(kept).collect(),
        Some(Item::Value(Value::Array(list))) => list
            .into_iter()
            .filter_map(|v| match v {
                Value::InlineTable(t) => Some(kept(t.into_table())),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}
