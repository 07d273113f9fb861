//! An entry as a table: what it was read as, with what has changed. A value that means the same is
//! left as it stands (`value = 3` for 3, a time with its fraction); a comment beside a value stays
//! beside the new one.

use std::collections::BTreeMap;

use toml_edit::{InlineTable, Item, Table, Value};

use super::read::{text, time};
use crate::review::decision::{Reason, Target};
use crate::review::kept::Kept;
use crate::review::log::Entry;
use crate::text::is_control;

/// An entry as a table, and the comments that follow it.
pub fn entry(entry: &Entry) -> Kept {
    let d = &entry.decision;
    let mut tail = entry.kept.tail.clone();
    let mut table = entry.kept.table.clone().unwrap_or_default();
    let (field, finding, review) = match &d.target {
        Target::Report(item) => (Some(item.as_str()), None, None),
        Target::Field(key) => (Some(key.as_str()), None, None),
        Target::Finding(fingerprint) => (None, Some(fingerprint.as_str()), None),
        Target::Status => (None, None, Some("status")),
        Target::Note => (None, None, Some("note")),
        // Never stored; kept readable should it ever come here.
        Target::Table { table, .. } => (Some(table.as_str()), None, None),
    };
    let before = [
        ("id", Some(d.id.as_str())),
        ("batch", d.batch.as_deref()),
        ("field", field),
        ("finding", finding),
        ("review", review),
        ("action", Some(d.action.as_str())),
        ("value", d.value.as_deref()),
        ("was", d.was.as_deref()),
        ("was_status", d.was_status.as_deref()),
        ("reason", d.reason.map(Reason::as_str)),
        ("note", d.note.as_deref()),
        ("by", d.by.as_deref()),
        ("filled_by", d.filled_by.as_deref()),
    ];
    put_texts(&mut table, &before, &mut tail);
    put_time(&mut table, "at", d.at.as_ref(), &mut tail);
    put_texts(&mut table, &[("sha256", d.sha256.as_deref())], &mut tail);
    if table.get("basis").is_none() {
        let basis = d.basis.as_ref().map(|b| Value::from(inline(b)));
        put(&mut table, "basis", basis, &mut tail);
    }
    let ended = entry.ended.as_ref();
    let by = ended.and_then(|e| e.by.as_deref());
    let how = ended.map(|e| e.how.as_str());
    put_texts(&mut table, &[("ended", how), ("ended_by", by)], &mut tail);
    put_time(
        &mut table,
        "ended_at",
        ended.and_then(|e| e.at.as_ref()),
        &mut tail,
    );
    let by_step = ended.and_then(|e| e.id.as_deref());
    put_texts(&mut table, &[("ended_id", by_step)], &mut tail);
    Kept {
        table: Some(table),
        tail,
    }
}

fn put_texts(table: &mut Table, texts: &[(&str, Option<&str>)], lost: &mut String) {
    for (key, value) in texts {
        match (value, text(table, key)) {
            // Nearly every key of nearly every entry.
            (Some(new), Ok(Some(old))) if *new == old => {}
            (None, Ok(None)) => {}
            _ => put(table, key, value.map(string), lost),
        }
    }
}

fn put_time(table: &mut Table, key: &str, at: Option<&jiff::Zoned>, lost: &mut String) {
    if let (Some(new), Ok(Some(old))) = (at, time(table, key))
        && *new == old
    {
        return;
    }
    put(table, key, at.and_then(datetime), lost);
}

fn inline(figures: &BTreeMap<String, String>) -> InlineTable {
    figures
        .iter()
        .map(|(k, v)| (k.as_str(), string(v)))
        .collect()
}

/// A text as a value; what would steer the screen of whoever looks at the file is escaped.
pub fn string(text: &str) -> Value {
    if !text.chars().any(is_control) {
        return Value::from(text);
    }
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            '\n' => literal.push_str("\\n"),
            '\t' => literal.push_str("\\t"),
            c if is_control(c) => literal.push_str(&format!("\\U{:08X}", u32::from(c))),
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal.parse().unwrap_or_else(|_| Value::from(text))
}

/// A time as TOML writes it, with its fraction of a second where it has one.
pub fn datetime(at: &jiff::Zoned) -> Option<Value> {
    let text = at.strftime("%Y-%m-%dT%H:%M:%S%.f%:z").to_string();
    let parsed: toml_edit::Datetime = text.parse().ok()?;
    Some(Value::from(parsed))
}

/// Sets or removes a key. What means the same is left as it stands; a comment beside a value
/// stays beside the new one, and that of a key which goes is kept in `lost`.
pub fn put(table: &mut Table, key: &str, value: Option<Value>, lost: &mut String) {
    let Some(mut value) = value else {
        if let Some((name, item)) = table.remove_entry(key) {
            let above = name.leaf_decor().prefix();
            let beside = item.as_value().and_then(|v| v.decor().suffix());
            for text in [above, beside].into_iter().flatten() {
                for line in text.as_str().unwrap_or("").lines() {
                    if line.trim_start().starts_with('#') {
                        lost.push_str(line.trim_start());
                        lost.push('\n');
                    }
                }
            }
        }
        return;
    };
    if means_the_same(table, key, &value) {
        return;
    }
    match table.get_mut(key) {
        Some(Item::Value(old)) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        Some(other) => *other = Item::Value(value),
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

fn means_the_same(table: &Table, key: &str, value: &Value) -> bool {
    let mut new = Table::new();
    new.insert(key, Item::Value(value.clone()));
    if value.is_datetime() {
        return matches!((time(table, key), time(&new, key)), (Ok(Some(a)), Ok(Some(b))) if a == b);
    }
    match value {
        Value::InlineTable(new) => {
            table
                .get(key)
                .and_then(Item::as_inline_table)
                .is_some_and(|old| {
                    // Unknown keys of a person's stay; ours are compared.
                    new.iter().all(|(k, v)| {
                        old.get(k)
                            .is_some_and(|o| o.to_string().trim() == v.to_string().trim())
                    })
                })
        }
        _ => matches!((text(table, key), text(&new, key)), (Ok(Some(a)), Ok(Some(b))) if a == b),
    }
}
