//! A log to a sidecar's text. What stands there and still holds is left as it was written.

use std::collections::{BTreeMap, HashMap};

use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, RawString, Table, Value};

use super::read::{text, time};
use super::{Frame, Kept};
use crate::review::decision::{Decision, Target};
use crate::review::log::{Entry, Log};
use crate::review::store::Facts;

/// What a new sidecar begins with.
const HEAD: &str = "# gouji review. You may edit this file; comments stay.\nformat = 1\n";

/// Writes a sidecar.
pub fn write(log: &Log, facts: &Facts) -> String {
    let mut doc = log.frame.doc.clone();
    if doc.as_table().is_empty() && doc.trailing().as_str().unwrap_or("").trim().is_empty() {
        doc = HEAD.parse().unwrap_or_default();
    }
    if !doc.contains_key("format") {
        doc.insert("format", toml_edit::value(1));
    }
    head(&mut doc, facts);
    review(&mut doc, log);

    let order = Order::new(facts);
    let mut listed: Vec<&Entry> = log
        .decisions
        .iter()
        .filter(|e| !matches!(e.decision.target, Target::Status | Target::Note))
        .collect();
    listed.sort_by_cached_key(|e| order.of(&e.decision));
    let decisions: Vec<Kept> = listed.into_iter().map(entry).collect();
    let history: Vec<Kept> = log.history.iter().map(entry).collect();
    assemble(doc, &log.frame, decisions, history)
}

/// The order of the form: what was recognised, cells, then findings by their operands.
struct Order<'a>(HashMap<&'a str, usize>);

impl<'a> Order<'a> {
    fn new(facts: &'a Facts) -> Self {
        Self(
            facts
                .order
                .iter()
                .enumerate()
                .map(|(i, k)| (k.as_str(), i))
                .collect(),
        )
    }

    fn of(&self, decision: &Decision) -> (u8, usize, String) {
        let place = |key: &str| self.0.get(key).copied().unwrap_or(usize::MAX);
        match &decision.target {
            Target::Report(item) => (0, 0, item.as_str().to_owned()),
            Target::Field(key) => (1, place(key), key.clone()),
            Target::Finding(fingerprint) => {
                let first = decision.basis.iter().flatten().map(|(k, _)| place(k)).min();
                (2, first.unwrap_or(usize::MAX), fingerprint.clone())
            }
            _ => (3, 0, String::new()),
        }
    }
}

fn head(doc: &mut DocumentMut, facts: &Facts) {
    let mut lost = String::new();
    if let Some(table) = section(doc, "source") {
        put(table, "file", Some(string(&facts.file)), &mut lost);
        put(table, "sha256", Some(string(&facts.sha256)), &mut lost);
    }
    if let Some(table) = section(doc, "report") {
        put(
            table,
            "organ",
            facts.organ.as_deref().map(string),
            &mut lost,
        );
        let year = facts.year.map(|y| Value::from(i64::from(y)));
        put(table, "year", year, &mut lost);
        put(table, "form", Some(string(facts.form.as_str())), &mut lost);
    }
}

fn review(doc: &mut DocumentMut, log: &Log) {
    let mut lost = String::new();
    let Some(table) = section(doc, "review") else {
        return;
    };
    let status = log.status().map(|s| string(s.as_str()));
    put(table, "status", status, &mut lost);
    let origin = log.in_force(&Target::Status).map(origin);
    put(table, "status_set", origin.map(Value::from), &mut lost);
    put(table, "note", log.note().map(string), &mut lost);
    let origin = log.in_force(&Target::Note).map(self::origin);
    put(table, "note_set", origin.map(Value::from), &mut lost);
}

/// Who marked or noted, and the step that it was.
fn origin(decision: &Decision) -> InlineTable {
    let mut table = InlineTable::new();
    table.insert("id", string(&decision.id));
    if let Some(batch) = &decision.batch {
        table.insert("batch", string(batch));
    }
    if let Some(by) = &decision.by {
        table.insert("by", string(by));
    }
    if let Some(at) = decision.at.as_ref().and_then(datetime) {
        table.insert("at", at);
    }
    table
}

fn section<'a>(doc: &'a mut DocumentMut, name: &str) -> Option<&'a mut Table> {
    if !doc.contains_key(name) {
        let mut table = Table::new();
        table.decor_mut().set_prefix("\n");
        doc.insert(name, Item::Table(table));
    }
    if doc.get(name).is_some_and(Item::is_inline_table) {
        // Written by hand on one line; the same as a table of its own.
        if let Some(Ok(mut table)) = doc.remove(name).map(Item::into_table) {
            table.decor_mut().set_prefix("\n");
            doc.insert(name, Item::Table(table));
        }
    }
    doc.get_mut(name).and_then(Item::as_table_mut)
}

/// An entry as a table: what it was read as, with what has changed.
fn entry(entry: &Entry) -> Kept {
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
    let ended = entry.ended.as_ref();
    let texts = [
        ("id", Some(d.id.as_str())),
        ("batch", d.batch.as_deref()),
        ("field", field),
        ("finding", finding),
        ("review", review),
        ("action", Some(d.action.as_str())),
        ("value", d.value.as_deref()),
        ("was", d.was.as_deref()),
        ("was_status", d.was_status.as_deref()),
        ("reason", d.reason.map(crate::review::Reason::as_str)),
        ("note", d.note.as_deref()),
        ("by", d.by.as_deref()),
    ];
    for (key, value) in texts {
        put(&mut table, key, value.map(string), &mut tail);
    }
    put(
        &mut table,
        "at",
        d.at.as_ref().and_then(datetime),
        &mut tail,
    );
    if table.get("basis").is_none() {
        let basis = d.basis.as_ref().map(|b| Value::from(inline(b)));
        put(&mut table, "basis", basis, &mut tail);
    }
    put(
        &mut table,
        "ended",
        ended.map(|e| string(e.how.as_str())),
        &mut tail,
    );
    let by = ended.and_then(|e| e.by.as_deref()).map(string);
    put(&mut table, "ended_by", by, &mut tail);
    let at = ended.and_then(|e| e.at.as_ref()).and_then(datetime);
    put(&mut table, "ended_at", at, &mut tail);
    let by_step = ended.and_then(|e| e.id.as_deref()).map(string);
    put(&mut table, "ended_id", by_step, &mut tail);
    Kept {
        table: Some(table),
        tail,
    }
}

fn inline(figures: &BTreeMap<String, String>) -> InlineTable {
    figures
        .iter()
        .map(|(k, v)| (k.as_str(), string(v)))
        .collect()
}

fn string(text: &str) -> Value {
    Value::from(text)
}

fn datetime(at: &jiff::Zoned) -> Option<Value> {
    let text = at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    let parsed: toml_edit::Datetime = text.parse().ok()?;
    Some(Value::from(parsed))
}

/// Sets or removes a key. What means the same is left as it stands; a comment beside a value
/// stays beside the new one, and that of a key which goes is kept in `lost`.
fn put(table: &mut Table, key: &str, value: Option<Value>, lost: &mut String) {
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

/// Puts everything in its order, each with the comments that belong to it.
fn assemble(
    mut doc: DocumentMut,
    frame: &Frame,
    decisions: Vec<Kept>,
    history: Vec<Kept>,
) -> String {
    let mut carry = frame.tails.get("").cloned().unwrap_or_default();
    let mut position = 0;
    let mut names: Vec<(isize, String)> = doc
        .iter()
        .filter_map(|(name, item)| {
            let table = item.as_table().filter(|t| !t.is_dotted())?;
            // Tables of ours that are new come where the contract shows them: before the rest.
            Some((table.position().unwrap_or(-1), name.to_owned()))
        })
        .collect();
    names.sort_by_key(|(position, _)| *position);
    for (_, name) in names {
        if let Some(table) = doc.get_mut(&name).and_then(Item::as_table_mut) {
            place(table, &mut position, &mut carry);
        }
        carry.push_str(frame.tails.get(&name).map_or("", String::as_str));
    }
    for (name, list) in [("decision", decisions), ("history", history)] {
        if list.is_empty() {
            continue;
        }
        let mut tables = ArrayOfTables::new();
        for kept in list {
            let mut table = kept.table.unwrap_or_default();
            place(&mut table, &mut position, &mut carry);
            carry.push_str(&kept.tail);
            tables.push(table);
        }
        doc.insert(name, Item::ArrayOfTables(tables));
    }
    let trailing = doc.trailing().as_str().unwrap_or("").to_owned();
    let gap = if carry.is_empty() || trailing.is_empty() || trailing.starts_with(['\n', '\r']) {
        ""
    } else {
        "\n"
    };
    doc.set_trailing(format!("{carry}{gap}{trailing}"));
    doc.to_string()
}

/// Gives a table the next place, and puts the comments before it that belong to what stands
/// above.
fn place(table: &mut Table, position: &mut isize, carry: &mut String) {
    let prefix = table.decor().prefix().and_then(RawString::as_str);
    let mut own = prefix.unwrap_or("\n").to_owned();
    if !own.starts_with(['\n', '\r']) {
        own.insert(0, '\n');
    }
    table
        .decor_mut()
        .set_prefix(format!("{}{own}", std::mem::take(carry)));
    number(table, position);
}

fn number(table: &mut Table, position: &mut isize) {
    *position += 1;
    table.set_position(Some(*position));
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(t) => number(t, position),
            Item::ArrayOfTables(list) => list.iter_mut().for_each(|t| number(t, position)),
            _ => {}
        }
    }
}
