//! Words as a shell takes them, for the commands that we suggest: the file `-rf.html` is offered
//! as `./-rf.html`, the file `a b.txt` as `'a b.txt'`, and one with a mark in its name that would
//! turn a line around as `$'a\342\200\256.txt'`, which any terminal can show and bash, zsh and
//! ksh take for the same bytes.

use crate::report::ReportId;
use crate::text::is_control;

/// A word.
pub fn word(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-@+,".contains(c);
    if text
        .chars()
        .any(|c| is_control(c) || c == '\n' || c == '\t')
    {
        bytes(text.as_bytes())
    } else if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// A report as commands name it. What begins with a dash would be taken for an option.
pub fn report(id: &ReportId) -> String {
    let path = id.path.as_os_str().as_encoded_bytes();
    let here: &[u8] = if path.starts_with(b"-") { b"./" } else { b"" };
    let text = id.to_string();
    match std::str::from_utf8(path) {
        Ok(_) if here.is_empty() => word(&text),
        Ok(_) => word(&format!("./{text}")),
        Err(_) => {
            // Names on disk are bytes, and old archives hold some that are no UTF-8.
            let member = text.strip_prefix(&id.path.display().to_string());
            let member = member.unwrap_or_default().as_bytes();
            bytes(&[here, path, member].concat())
        }
    }
}

/// In ANSI-C quotes, every byte that is not plain by its number.
fn bytes(all: &[u8]) -> String {
    let mut out = String::from("$'");
    for chunk in all.utf8_chunks() {
        for c in chunk.valid().chars() {
            if c.is_alphanumeric() || "/._-@+,#= ".contains(c) {
                out.push(c);
            } else {
                octal(&mut out, c.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        octal(&mut out, chunk.invalid());
    }
    out.push('\'');
    out
}

fn octal(out: &mut String, bytes: &[u8]) {
    for byte in bytes {
        out.push_str(&format!("\\{byte:03o}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_where_they_must_be() {
        assert_eq!(word("报告/a-1.html"), "报告/a-1.html");
        assert_eq!(word("T3.BAL@total"), "T3.BAL@total");
        assert_eq!(word("a b's.txt"), r"'a b'\''s.txt'");
        assert_eq!(word("a#2"), "'a#2'");
        assert_eq!(word(""), "''");
        assert_eq!(
            word("a\u{202e}'b\\!.txt"),
            r"$'a\342\200\256\047b\134\041.txt'"
        );
        assert_eq!(word("a\nb"), r"$'a\012b'");
    }

    #[test]
    fn a_report_is_never_taken_for_an_option() {
        let id = |path: &str, member: Option<&str>| ReportId {
            path: path.into(),
            member: member.map(str::to_owned),
        };
        assert_eq!(report(&id("-rf.html", None)), "./-rf.html");
        assert_eq!(report(&id("-", None)), "./-");
        assert_eq!(report(&id("-a.html", Some("#2"))), "'./-a.html#2'");
        assert_eq!(report(&id("a/-b.html", None)), "a/-b.html");
        assert_eq!(report(&id("-\u{61c}", None)), r"$'./-\330\234'");
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_no_text_is_its_bytes() {
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::OsStr::from_bytes(b"-\xb1\xa8.txt");
        let id = ReportId {
            path: name.into(),
            member: Some("#2".to_owned()),
        };
        assert_eq!(report(&id), r"$'./-\261\250.txt#2'");
    }
}
