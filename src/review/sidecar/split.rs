//! A sidecar's document taken apart: entries on one side, the rest on the other, each with the
//! comments that belong to it. In
//!
//! ```toml
//! decision = [
//!   { field = "t3.new.total", action = "accept" }, # counted on paper
//!   # discussed
//!   { finding = "T3.BAL@total", action = "confirm" },
//! ]
//! ```
//!
//! the first comment belongs to the first decision, the second stands above the other one. Inline
//! tables become tables of their own: that is how they are written.

use std::collections::BTreeMap;

use toml_edit::{Array, Decor, DocumentMut, InlineTable, Item, Key, RawString, Table, Value};

use crate::review::kept::{Frame, Kept};

/// The names of the two lists of entries.
pub const LISTS: [&str; 2] = ["decision", "history"];

/// The tables of ours besides.
const SECTIONS: [&str; 3] = ["source", "report", "review"];

/// Takes the entries out of the document: what they keep, and the frame that is left.
pub fn split(mut doc: DocumentMut) -> (Frame, Vec<Kept>, Vec<Kept>) {
    let mut tails = BTreeMap::new();
    for name in SECTIONS {
        if let Some(tail) = open_section(&mut doc, name) {
            tails.insert(name.to_owned(), tail);
        }
    }
    let mut lists = LISTS.map(|name| {
        let (entries, left) = take(&mut doc, name);
        if !left.is_empty() {
            let above_all: &mut String = tails.entry(String::new()).or_default();
            above_all.push_str(&left);
        }
        entries
    });
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
                        let tails: &mut String = tails.entry(name.clone()).or_default();
                        tails.push_str(tail);
                    }
                    Owner::Entry(list, i) => {
                        if let Some(k) = lists.get_mut(*list).and_then(|l| l.get_mut(*i)) {
                            k.tail.push_str(tail);
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

/// What a list holds, written as `[[name]]` or as an array of inline tables; and the comments of
/// one that holds nothing.
fn take(doc: &mut DocumentMut, name: &str) -> (Vec<Kept>, String) {
    match doc.as_table_mut().remove_entry(name) {
        Some((_, Item::ArrayOfTables(list))) => {
            let kept = |table| Kept {
                table: Some(table),
                tail: String::new(),
            };
            (list.into_iter().map(kept).collect(), String::new())
        }
        Some((key, Item::Value(Value::Array(list)))) => opened_list(&key, list),
        _ => (Vec::new(), String::new()),
    }
}

/// An array of inline tables as entries. What stands beside one belongs to it, what stands above
/// one too; what is beside the array's name or its end goes to the nearest.
fn opened_list(key: &Key, list: Array) -> (Vec<Kept>, String) {
    let mut entries: Vec<Kept> = Vec::new();
    let mut above = Comments::of(key.leaf_decor().prefix()).all();
    let after = [Some(list.trailing()), list.decor().suffix()].map(|raw| Comments::of(raw).all());
    for value in list {
        let before = Comments::of(value.decor().prefix());
        let beside = Comments::of(value.decor().suffix());
        match entries.last_mut() {
            Some(last) => last.tail.push_str(&before.beside),
            None => above.push_str(&before.beside),
        }
        above.push_str(&before.above);
        if let Value::InlineTable(inline) = value {
            let (mut table, inside) = opened(inline);
            let prefix = format!("\n{}", std::mem::take(&mut above));
            table.decor_mut().set_prefix(prefix);
            entries.push(Kept {
                table: Some(table),
                tail: beside.all() + &inside,
            });
        }
    }
    let left = above + &after.concat();
    match entries.last_mut() {
        Some(last) => last.tail.push_str(&left),
        None => return (entries, left),
    }
    (entries, String::new())
}

/// Makes a table of a section that is written on one line; gives the comments that follow it.
fn open_section(doc: &mut DocumentMut, name: &str) -> Option<String> {
    doc.get(name)?.as_inline_table()?;
    let (key, item) = doc.as_table_mut().remove_entry(name)?;
    let Item::Value(Value::InlineTable(inline)) = item else {
        return None;
    };
    let above = Comments::of(key.leaf_decor().prefix()).all();
    let beside = Comments::of(inline.decor().suffix()).all();
    let (mut table, inside) = opened(inline);
    table.decor_mut().set_prefix(format!("\n{above}"));
    if !beside.is_empty() {
        table
            .decor_mut()
            .set_suffix(format!(" {}", beside.trim_end()));
    }
    doc.insert(name, Item::Table(table));
    Some(inside)
}

/// An inline table as a table of its own, each comment in it beside or above the same key; and
/// what stands after the last.
fn opened(inline: InlineTable) -> (Table, String) {
    let names: Vec<String> = inline.iter().map(|(name, _)| name.to_owned()).collect();
    let mut notes: Vec<Comments> = Vec::with_capacity(names.len());
    for name in &names {
        let Some((key, item)) = inline.get_key_value(name) else {
            continue;
        };
        let before = Comments::of(key.leaf_decor().prefix());
        let after = item.as_value().map(Value::decor).and_then(Decor::suffix);
        let mut own = Comments {
            above: before.above,
            beside: Comments::of(after).all(),
        };
        match notes.last_mut() {
            Some(last) => last.beside.push_str(&before.beside),
            None => own.above.insert_str(0, &before.beside),
        }
        notes.push(own);
    }
    let tail = Comments::of(Some(inline.trailing())).all();
    let mut table = inline.into_table();
    for (name, comments) in names.iter().zip(notes) {
        let Some((mut key, item)) = table.get_key_value_mut(name) else {
            continue;
        };
        // A line of its own takes any number, the end of a line one.
        let mut above = comments.above;
        let mut beside = comments.beside.lines();
        if let (Some(value), Some(first)) = (item.as_value_mut(), beside.next()) {
            value.decor_mut().set_suffix(format!(" {first}"));
        }
        beside.for_each(|line| above.extend([line, "\n"]));
        if !above.is_empty() {
            key.leaf_decor_mut().set_prefix(above);
        }
    }
    (table, tail)
}

/// The comments in the blanks between two values, a line each.
#[derive(Default)]
struct Comments {
    /// On the same line as what stands before.
    beside: String,
    /// On lines of their own.
    above: String,
}

impl Comments {
    fn of(raw: Option<&RawString>) -> Self {
        let mut found = Self::default();
        let text = raw.and_then(RawString::as_str).unwrap_or("");
        for (i, line) in text.split('\n').enumerate() {
            let line = line.trim();
            if line.starts_with('#') {
                let to = if i == 0 {
                    &mut found.beside
                } else {
                    &mut found.above
                };
                to.push_str(line);
                to.push('\n');
            }
        }
        found
    }

    fn all(self) -> String {
        self.beside + &self.above
    }
}
