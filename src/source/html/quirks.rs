//! Whether a page is old: browsers then let a table stand in a paragraph, as it was once written.
//!
//! `<!DOCTYPE html>` is none; a page without a doctype is, and one with
//! `-//W3C//DTD HTML 4.0 Transitional//EN`.

/// Public identifiers of old pages begin so; the standard lists them.
const OLD: &[&str] = &[
    "-//advasoft ltd//dtd html 3.0 aswedit + extensions//",
    "-//as//dtd html 3.0 aswedit + extensions//",
    "-//ietf//dtd html",
    "-//metrius//dtd metrius presentational//",
    "-//microsoft//dtd internet explorer 2.0 ",
    "-//microsoft//dtd internet explorer 3.0 ",
    "-//netscape comm. corp.//dtd ",
    "-//o'reilly and associates//dtd html ",
    "-//softquad software//dtd hotmetal pro 6.0::19990601::extensions to html 4.0//",
    "-//softquad//dtd hotmetal pro 4.0::19971010::extensions to html 4.0//",
    "-//spyglass//dtd html 2.0 extended//",
    "-//sq//dtd html 2.0 hotmetal + extensions//",
    "-//sun microsystems corp.//dtd hotjava ",
    "-//w3c//dtd html 3",
    "-//w3c//dtd html 4.0 frameset//",
    "-//w3c//dtd html 4.0 transitional//",
    "-//w3c//dtd html experimental ",
    "-//w3c//dtd w3 html//",
    "-//w3o//dtd w3 html",
    "-//webtechs//dtd mozilla html",
];

/// These are old where no address of a definition follows.
const OLD_ALONE: &[&str] = &[
    "-//w3c//dtd html 4.01 frameset//",
    "-//w3c//dtd html 4.01 transitional//",
];

/// Whether a page with this doctype is old, given what stands after that word.
pub fn is_old(doctype: &str) -> bool {
    let doctype = doctype.trim().to_ascii_lowercase();
    let (name, rest) = doctype
        .split_once(|c: char| c.is_ascii_whitespace())
        .unwrap_or((&doctype, ""));
    if name != "html" {
        return true;
    }
    let rest = rest.trim_start();
    if rest.is_empty() {
        return false;
    }
    let (public, after) = match rest.strip_prefix("public") {
        Some(after) => match quoted(after) {
            Some((public, after)) => (Some(public), after),
            None => return true,
        },
        None => match rest.strip_prefix("system") {
            Some(after) => (None, after),
            None => return true,
        },
    };
    let system = quoted(after).map(|(system, _)| system);
    if public.is_none() && system.is_none() {
        return true;
    }
    if system == Some("http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd") {
        return true;
    }
    public.is_some_and(|p| {
        p == "html"
            || p == "-/w3c/dtd html 4.0 transitional/en"
            || OLD.iter().any(|o| p.starts_with(o))
            || system.is_none() && OLD_ALONE.iter().any(|o| p.starts_with(o))
    })
}

fn quoted(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    text.get(1..)?.split_once(quote)
}

#[cfg(test)]
mod tests {
    use super::is_old;

    #[test]
    fn old_pages_are_told() {
        for (doctype, old) in [
            (" html", false),
            ("HTML", false),
            (
                " HTML PUBLIC \"-//W3C//DTD HTML 4.0 Transitional//EN\"",
                true,
            ),
            (
                " HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\"",
                true,
            ),
            (
                " HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\" \"http://www.w3.org/TR/html4/loose.dtd\"",
                false,
            ),
            (
                " html PUBLIC '-//W3C//DTD XHTML 1.0 Transitional//EN' 'x'",
                false,
            ),
            (" html SYSTEM 'about:legacy-compat'", false),
            (" svg", true),
            (" html PUBLIC", true),
            (" html nonsense", true),
        ] {
            assert_eq!(is_old(doctype), old, "{doctype}");
        }
    }
}
