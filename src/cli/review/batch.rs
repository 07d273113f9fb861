//! `gouji decide --batch`: a request a line. A bad line is named by its number, and the rest is
//! done.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::{DecideArgs, Failure, Subject, action_of, decided, reason_of, who};
use crate::cli::{Context, output};
use crate::review::{Action, Request, Target};
use crate::words::{Lang, say};

/// The members that a line may have.
const MEMBERS: [&str; 7] = ["file", "target", "action", "value", "reason", "note", "by"];

/// A line longer than this is no request, and is not kept in memory whole.
const LONGEST: usize = 1 << 20;

/// Does every line of a file, or of stdin (`-`).
pub fn run(list: &Path, args: &DecideArgs, cx: &Context) -> anyhow::Result<u8> {
    let mut reader: Box<dyn BufRead> = if list.as_os_str() == "-" {
        Box::new(BufReader::new(io::stdin()))
    } else {
        match File::open(list) {
            Ok(file) => Box::new(BufReader::new(file)),
            Err(e) => {
                output::say(&format!("{}: {e}", list.display()));
                return Ok(2);
            }
        }
    };
    let mut status = 0;
    // Lines about one report mostly stand together: it is read once for all of them.
    let mut at_hand: Option<(PathBuf, Subject)> = None;
    let mut number = 0usize;
    let mut line = Vec::new();
    loop {
        line.clear();
        let mut limited = io::Read::take(&mut reader, LONGEST as u64 + 1);
        let read = match limited.read_until(b'\n', &mut line) {
            Ok(n) => n,
            Err(e) => {
                output::say(&format!("{}: {e}", list.display()));
                return Ok(2);
            }
        };
        if read == 0 {
            return Ok(status);
        }
        number += 1;
        let result = if line.len() > LONGEST {
            skip_line(&mut reader)?;
            Err(say!(cx.lang, batch_too_long).to_owned())
        } else if line.trim_ascii().is_empty() {
            continue;
        } else {
            one(&line, &mut at_hand, args, cx)
        };
        if let Err(message) = result {
            let list = list.display();
            let said = say!(cx.lang, batch_line, list, number, cause = message);
            output::say(&said);
            status = 2;
        }
    }
}

fn skip_line(reader: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        match buffer.iter().position(|b| *b == b'\n') {
            Some(end) => {
                reader.consume(end + 1);
                return Ok(());
            }
            None => {
                let all = buffer.len();
                reader.consume(all);
            }
        }
    }
}

fn one(
    line: &[u8],
    at_hand: &mut Option<(PathBuf, Subject)>,
    args: &DecideArgs,
    cx: &Context,
) -> Result<(), Failure> {
    let parsed: Value =
        serde_json::from_slice(line).map_err(|e| say!(cx.lang, batch_no_json, cause = e))?;
    let Value::Object(members) = parsed else {
        return Err(say!(cx.lang, batch_no_object).to_owned());
    };
    if let Some(unknown) = members.keys().find(|k| !MEMBERS.contains(&k.as_str())) {
        return Err(say!(cx.lang, batch_unknown, member = unknown));
    }
    let needed = |name: &'static str| {
        text(&members, name, cx.lang)?.ok_or_else(|| say!(cx.lang, batch_missing, member = name))
    };
    let file = PathBuf::from(needed("file")?);
    let target: Target = needed("target")?.parse().unwrap_or_else(|e| match e {});
    let mut request = Request::new(target, action_of(&needed("action")?, cx)?);
    request.value = value(members.get("value"), request.action, cx.lang)?;
    let reason = text(&members, "reason", cx.lang)?.or_else(|| args.reason.clone());
    if request.action.takes_reason() || members.contains_key("reason") {
        request.reason = reason.map(|r| reason_of(&r, cx)).transpose()?;
    }
    if let Some(note) = text(&members, "note", cx.lang)?.or_else(|| args.note.clone()) {
        request = request.note(note);
    }
    let by = text(&members, "by", cx.lang)?.or_else(|| args.by.clone());

    // A decision on the form makes another reading of the report.
    let reread = matches!(request.target, Target::Report(_));
    if at_hand.as_ref().is_none_or(|(at, _)| *at != file) {
        *at_hand = None;
        *at_hand = Some((file.clone(), Subject::open(&file, cx)?));
    }
    let Some((_, subject)) = at_hand.as_ref() else {
        return Ok(());
    };
    let result = decided(subject, &[request], &who(by.as_deref(), cx), cx);
    // What was refused may be so because the report is no longer the one that was read: lines can
    // come hours apart.
    if reread || result.is_err() {
        *at_hand = None;
    }
    result
}

fn text(members: &Map<String, Value>, name: &str, lang: Lang) -> Result<Option<String>, Failure> {
    match members.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(say!(lang, batch_type, member = name)),
    }
}

/// A value as text. Whole numbers are as good as texts; a decimal must be a text, because JSON
/// readers, this one too, do not keep its digits.
fn value(value: Option<&Value>, action: Action, lang: Lang) -> Result<Option<String>, Failure> {
    let whole = |n: &serde_json::Number| (n.is_i64() || n.is_u64()).then(|| n.to_string());
    let scalar = |v: &Value| match v {
        Value::String(text) => Some(text.clone()),
        Value::Number(n) => whole(n),
        Value::Null => Some("-".to_owned()),
        _ => None,
    };
    let wrong = || say!(lang, batch_value).to_owned();
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(_) | Value::Object(_)) if action != Action::Choose => Err(wrong()),
        // The values of a joint solution, in order or by key.
        Some(Value::Array(list)) => {
            let parts: Option<Vec<String>> = list.iter().map(scalar).collect();
            let mut text = parts.ok_or_else(wrong)?.join(",");
            if list.len() == 1 {
                // Still a list: a bare figure would be the number of a solution.
                text.push(',');
            }
            Ok(Some(text))
        }
        Some(Value::Object(map)) => {
            let pair = |(k, v): (&String, &Value)| Some(format!("{k}={}", scalar(v)?));
            let parts: Option<Vec<String>> = map.iter().map(pair).collect();
            Ok(Some(parts.ok_or_else(wrong)?.join(",")))
        }
        Some(other) => scalar(other).map(Some).ok_or_else(wrong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_one_is_no_number_of_a_solution() {
        let choose = |json: &str| {
            let given: Value = serde_json::from_str(json).unwrap();
            value(Some(&given), Action::Choose, Lang::En).unwrap()
        };
        assert_eq!(choose("3").as_deref(), Some("3"));
        assert_eq!(choose("[3]").as_deref(), Some("3,"));
        assert_eq!(choose("[3,null]").as_deref(), Some("3,-"));
        assert_eq!(
            choose(r#"{"t3.new.total":3}"#).as_deref(),
            Some("t3.new.total=3")
        );
        let list = serde_json::json!([3]);
        assert!(value(Some(&list), Action::Override, Lang::En).is_err());
    }
}
