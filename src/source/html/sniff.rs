//! What text says of itself before it is read as a page.
//!
//! `<meta charset="gb2312">` declares `gb2312`; `标题␊<table><tr><td>…` is a page, `a < b` is none.

/// What a page says of its own charset.
pub fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or(bytes);
    // Nothing is declared where there is no tag.
    memchr::memchr(b'<', head)?;
    let head: Vec<u8> = head
        .iter()
        .filter(|b| b.is_ascii())
        .map(u8::to_ascii_lowercase)
        .collect();
    let after = |word: &[u8]| {
        let at = memchr::memmem::find(&head, word)? + word.len();
        head.get(at..)
    };
    let name: String = after(b"charset")
        .or_else(|| after(b"encoding"))?
        .iter()
        .skip_while(|c| matches!(c, b'=' | b'"' | b'\'' | b' '))
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_'))
        .map(|&c| char::from(c))
        .collect();
    Some(name).filter(|n| !n.is_empty())
}

/// Whether decoded text is a page, whatever its name: it opens with a tag and has more of them, or
/// the tags of a page stand in it.
pub fn is_page(text: &str) -> bool {
    const OPENS: [&str; 19] = [
        "!doctype html",
        "html",
        "head",
        "body",
        "?xml",
        "meta",
        "div",
        "table",
        "p",
        "title",
        "!--",
        "span",
        "article",
        "section",
        "style",
        "script",
        "center",
        "h1",
        "h2",
    ];
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let opens = start.strip_prefix('<').is_some_and(|s| {
        OPENS.iter().any(|o| {
            s.get(..o.len()).is_some_and(|n| n.eq_ignore_ascii_case(o))
                && (o.starts_with('!')
                    || !s
                        .as_bytes()
                        .get(o.len())
                        .is_some_and(u8::is_ascii_alphanumeric))
        })
    });
    let closes = text.contains("</") || text.contains("/>") || has_tag(text, &["td", "p", "br"]);
    opens && closes
        || has_tag(text, &["html", "body"]) && text.contains("</")
        || has_tag(text, &["table"]) && has_tag(text, &["td", "th"])
        || has_tag(text, &["p", "div"])
            && text.matches("</p>").count() + text.matches("</div>").count() > 2
}

/// `table`
const LONGEST: usize = 5;

/// Whether a tag of one of these names opens somewhere.
pub fn has_tag(text: &str, names: &[&str]) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let rest = text.get(at + 1..).unwrap_or("");
        // No name that is sought is longer.
        let end = rest
            .bytes()
            .take(LONGEST + 1)
            .position(|b| !b.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        end <= LONGEST
            && matches!(
                rest.as_bytes().get(end),
                Some(b'>' | b' ' | b'/' | b'\t' | b'\r' | b'\n')
            )
            && names
                .iter()
                .any(|n| rest.get(..end).is_some_and(|r| r.eq_ignore_ascii_case(n)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_from_text() {
        for page in [
            "\n<HTML><BODY>一</BODY></HTML>",
            "标题\n<div><p>一</p><p>二</p></div>",
            "<p>一<br>二",
        ] {
            assert!(is_page(page), "{page}");
        }
        for text in [
            "<《条例》>规定",
            "| 一<br>二 |  | 3 |\n",
            "a < b > c",
            "<pre-release> 1",
        ] {
            assert!(!is_page(text), "{text}");
        }
    }
}
