//! Markup cut into tokens, by the states of the standard: every way in which a tag, a comment or
//! a quoted value may be cut off or left open has its rule there.
//!
//! `<td rowspan=2>规章<!-- x -->` gives a start tag with `rowspan` `2`, the text `规章`, and no
//! token for the comment.

use super::tag::Tag;

/// A piece of a page.
#[derive(Debug)]
pub enum Token<'a> {
    /// Text, its references not yet put in.
    Text(&'a str),
    /// A start tag.
    Start(Start<'a>),
    /// An end tag and its name as written.
    End(Tag, &'a str),
    /// `<!DOCTYPE …>`, what stands after that word.
    Doctype(&'a str),
}

/// A start tag.
#[derive(Debug)]
pub struct Start<'a> {
    /// Which element.
    pub tag: Tag,
    /// Its name as written.
    pub name: &'a str,
    /// Its attributes.
    pub attributes: Attributes<'a>,
}

/// The attributes that matter, as written; of two with one name the first.
#[derive(Debug, Default)]
pub struct Attributes<'a> {
    /// `rowspan`
    pub rowspan: Option<&'a str>,
    /// `colspan`
    pub colspan: Option<&'a str>,
    /// `style`
    pub style: Option<&'a str>,
    /// `name`
    pub name: Option<&'a str>,
    /// `property`
    pub property: Option<&'a str>,
    /// `content`
    pub content: Option<&'a str>,
    /// `hidden`, whatever its value.
    pub hidden: bool,
    /// The tag ends in `/>`.
    pub closed: bool,
    /// One that only a font of HTML has: `color`, `face`, `size`.
    pub of_font: bool,
}

/// A page and how far it is read.
pub struct Tokens<'a> {
    html: &'a str,
    at: usize,
    /// The end of an element whose content is skipped was sought and is not there.
    endless: bool,
}

impl<'a> Tokens<'a> {
    /// A page from its beginning.
    pub const fn new(html: &'a str) -> Self {
        Self {
            html,
            at: 0,
            endless: false,
        }
    }

    /// The byte that comes next.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// All that is left, which is then read.
    pub fn rest(&mut self) -> &'a str {
        let rest = self.from(self.at);
        self.at = self.html.len();
        rest
    }

    fn from(&self, at: usize) -> &'a str {
        self.html.get(at..).unwrap_or("")
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.html.as_bytes().get(at).copied()
    }

    /// Where a byte comes next.
    fn find(&self, byte: u8, at: usize) -> Option<usize> {
        let bytes = self.html.as_bytes().get(at..)?;
        memchr::memchr(byte, bytes).map(|i| at + i)
    }

    /// The next token; comments and what is cut off at the end of the page are passed over.
    pub fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let start = self.at;
            if self.byte(start)? != b'<' || !self.is_markup(start) {
                let mut end = start;
                loop {
                    end = self.find(b'<', end + 1).unwrap_or(self.html.len());
                    if end == self.html.len() || self.is_markup(end) {
                        break;
                    }
                }
                self.at = end;
                return self.html.get(start..end).map(Token::Text);
            }
            match self.byte(start + 1) {
                Some(c) if c.is_ascii_alphabetic() => {
                    let mut attributes = Attributes::default();
                    let name = self.tag(start + 1, Some(&mut attributes))?;
                    let tag = Tag::of(name.as_bytes());
                    return Some(Token::Start(Start {
                        tag,
                        name,
                        attributes,
                    }));
                }
                Some(b'/') => match self.byte(start + 2) {
                    Some(c) if c.is_ascii_alphabetic() => {
                        let name = self.tag(start + 2, None)?;
                        return Some(Token::End(Tag::of(name.as_bytes()), name));
                    }
                    _ => self.at = self.after(b'>', start + 2),
                },
                Some(b'!') => {
                    if let Some(doctype) = self.declaration(start) {
                        return Some(Token::Doctype(doctype));
                    }
                }
                _ => self.at = self.after(b'>', start + 1),
            }
        }
    }

    /// Whether `<` at `at` begins markup; otherwise it is text.
    fn is_markup(&self, at: usize) -> bool {
        match self.byte(at + 1) {
            Some(b'/') => self.byte(at + 2).is_some(),
            Some(c) => c.is_ascii_alphabetic() || matches!(c, b'!' | b'?'),
            None => false,
        }
    }

    fn after(&self, byte: u8, at: usize) -> usize {
        self.find(byte, at).map_or(self.html.len(), |i| i + 1)
    }

    /// A comment, a doctype or what is read as a comment: begins with `<!`.
    fn declaration(&mut self, start: usize) -> Option<&'a str> {
        let rest = self.from(start + 2);
        if rest.starts_with("--") {
            self.at = self.comment(start + 4);
            return None;
        }
        self.at = self.after(b'>', start + 2);
        let word = rest.get(..7)?;
        if !word.eq_ignore_ascii_case("doctype") {
            return None;
        }
        let end = self.at.checked_sub(start + 3)?;
        rest.get(7..end)
    }

    /// The byte after a comment whose text starts at `from`. One pass for both ends: each sought
    /// alone could be far away every time.
    fn comment(&self, from: usize) -> usize {
        let body = self.from(from).as_bytes();
        if body.starts_with(b">") {
            return from + 1;
        }
        if body.starts_with(b"->") {
            return from + 2;
        }
        memchr::memchr_iter(b'>', body)
            .find(|&i| {
                let before = |n: usize| i.checked_sub(n).and_then(|i| body.get(i)).copied();
                match before(1) {
                    Some(b'-') => before(2) == Some(b'-'),
                    Some(b'!') => before(2) == Some(b'-') && before(3) == Some(b'-'),
                    _ => false,
                }
            })
            .map_or(self.html.len(), |i| from + i + 1)
    }

    /// Reads the tag whose name starts at `from`; `None` when the page ends in it.
    fn tag(&mut self, from: usize, mut into: Option<&mut Attributes<'a>>) -> Option<&'a str> {
        self.at = self.html.len();
        let bytes = self.html.as_bytes();
        let mut at = from + bytes.get(from..)?.iter().position(|&b| ends_name(b))?;
        let name = self.html.get(from..at)?;
        loop {
            let slash = at;
            at += bytes
                .get(at..)?
                .iter()
                .position(|b| !is_space(*b) && *b != b'/')?;
            if bytes.get(at) == Some(&b'>') {
                if let Some(into) = &mut into {
                    into.closed = at > slash && bytes.get(at - 1) == Some(&b'/');
                }
                self.at = at + 1;
                return Some(name);
            }
            // An equals sign that opens a name is part of it.
            let start = at;
            at += 1 + bytes
                .get(at + 1..)?
                .iter()
                .position(|&b| b == b'=' || ends_name(b))?;
            let key = bytes.get(start..at)?;
            let blanks = bytes.get(at..)?.iter().position(|b| !is_space(*b))?;
            let (mut first, mut last) = (at, at);
            if bytes.get(at + blanks) == Some(&b'=') {
                at += blanks + 1;
                at += bytes.get(at..)?.iter().position(|b| !is_space(*b))?;
                match *bytes.get(at)? {
                    quote @ (b'"' | b'\'') => {
                        first = at + 1;
                        last = first + memchr::memchr(quote, bytes.get(first..)?)?;
                        at = last + 1;
                    }
                    _ => {
                        first = at;
                        at += bytes
                            .get(at..)?
                            .iter()
                            .position(|b| is_space(*b) || *b == b'>')?;
                        last = at;
                    }
                }
            }
            if let Some(into) = &mut into {
                into.set(key, || self.html.get(first..last));
            }
        }
    }

    /// Passes over the content of an element whose content is no markup, and gives it.
    pub fn raw(&mut self, name: &str) -> &'a str {
        let start = self.at;
        let end = self.closing(name, start).unwrap_or(self.html.len());
        if end < self.html.len() {
            // Cut off in that tag, the page ends.
            self.tag(end + 2, None);
        } else {
            self.at = end;
        }
        self.html.get(start..end).unwrap_or("")
    }

    /// Passes over an element if its end tag comes at all.
    pub fn skip(&mut self, name: &str) {
        if self.endless {
            return;
        }
        match self.closing(name, self.at) {
            Some(end) => {
                self.tag(end + 2, None);
            }
            None => self.endless = true,
        }
    }

    /// Where the next end tag of this name begins.
    fn closing(&self, name: &str, from: usize) -> Option<usize> {
        let bytes = self.html.as_bytes();
        let mut at = from;
        loop {
            at = self.find(b'<', at)?;
            let after = bytes.get(at + 1..)?;
            if let Some((b'/', after)) = after.split_first()
                && after
                    .get(..name.len())
                    .is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
                && after.get(name.len()).is_some_and(|&b| ends_name(b))
            {
                return Some(at);
            }
            at += 1;
        }
    }
}

impl<'a> Attributes<'a> {
    fn set(&mut self, key: &[u8], value: impl Fn() -> Option<&'a str>) {
        let is = |name: &str| key.eq_ignore_ascii_case(name.as_bytes());
        let slot = match key.len() {
            4 if is("name") => &mut self.name,
            4 if is("face") || is("size") => return self.of_font = true,
            5 if is("style") => &mut self.style,
            5 if is("color") => return self.of_font = true,
            6 if is("hidden") => return self.hidden = true,
            7 if is("rowspan") => &mut self.rowspan,
            7 if is("colspan") => &mut self.colspan,
            7 if is("content") => &mut self.content,
            8 if is("property") => &mut self.property,
            _ => return,
        };
        if slot.is_none() {
            *slot = value();
        }
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

const fn ends_name(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'/' | b'>')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> Vec<String> {
        let mut tokens = Tokens::new(html);
        std::iter::from_fn(|| tokens.next())
            .map(|token| match token {
                Token::Text(text) => text.to_owned(),
                Token::Start(s) => format!(
                    "<{:?} {:?} {:?}>",
                    s.tag, s.attributes.rowspan, s.attributes.style
                ),
                Token::End(tag, _) => format!("</{tag:?}>"),
                Token::Doctype(text) => format!("!{text}"),
            })
            .collect()
    }

    #[test]
    fn markup_is_cut_as_the_standard_says() {
        for (html, tokens) in [
            (
                "<td style='width:3px' rowspan=2 title='a>b' ROWSPAN=3>一",
                vec!["<Td Some(\"2\") Some(\"width:3px\")>", "一"],
            ),
            (
                "a<!-- <p> -->b<!-->c<!--->d<!--x--!>e",
                vec!["a", "b", "c", "d", "e"],
            ),
            ("<!DOCTYPE html>一", vec!["! html", "一"]),
            ("<![CDATA[x]]>y<?xml z?>", vec!["y"]),
            ("1 < 2 <> </>3</ x>4", vec!["1 < 2 <> ", "3", "4"]),
            ("<td rowspan = \"2\"/>", vec!["<Td Some(\"2\") None>"]),
            ("<td =x rowspan=>", vec!["<Td Some(\"\") None>"]),
        ] {
            assert_eq!(shown(html), tokens, "{html}");
        }
    }

    #[test]
    fn what_is_cut_off_is_no_token() {
        for html in [
            "一<td rowspan=\"2",
            "一<!--",
            "一<a href='",
            "一<a b",
            "一<!doc",
            "一<?",
        ] {
            assert_eq!(shown(html), ["一"], "{html}");
        }
        assert_eq!(shown("一<"), ["一<"]);
        assert_eq!(shown("一</"), ["一</"]);
    }

    proptest::proptest! {
        #[test]
        fn any_markup_is_cut(html in "(<|>|/|=|\"|'|!|-|a|p|td|tr|table|script| |hidden|一|&){0,60}") {
            shown(&html);
        }
    }
}
