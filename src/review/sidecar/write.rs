//! A log to a sidecar's text. What stands there and still holds is left as it was written: a
//! decision on one cell changes no byte of the others, but for the order of tables, which is that
//! of the form.

use std::collections::HashMap;

use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, RawString, Table, Value};

use super::entry::{datetime, entry, put, string};
use crate::review::decision::{Decision, Target};
use crate::review::facts::Facts;
use crate::review::kept::{Frame, Kept};
use crate::review::log::{Entry, Log};
use crate::text::is_control;

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
        let organ = facts.organ.as_deref().map(shown);
        put(table, "organ", organ.map(|o| string(&o)), &mut lost);
        let year = facts.year.map(|y| Value::from(i64::from(y)));
        put(table, "year", year, &mut lost);
        put(table, "form", Some(string(facts.form.as_str())), &mut lost);
    }
}

/// A name out of a report without what only steers a screen: the head is for people and grep.
fn shown(name: &str) -> String {
    let line = name
        .chars()
        .map(|c| if matches!(c, '\t' | '\n') { ' ' } else { c });
    line.filter(|c| !is_control(*c)).collect()
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
    if let Some(filled_by) = &decision.filled_by {
        table.insert("filled_by", string(filled_by));
    }
    table
}

fn section<'a>(doc: &'a mut DocumentMut, name: &str) -> Option<&'a mut Table> {
    if !doc.contains_key(name) {
        let mut table = Table::new();
        table.decor_mut().set_prefix("\n");
        doc.insert(name, Item::Table(table));
    }
    doc.get_mut(name).and_then(Item::as_table_mut)
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
