//! A page with nothing left but what a reader of it can see: block elements, tables, text and the
//! few attributes that matter. Building a tree takes time by the square of its depth and of the
//! inline elements left open; a page of a hundred kilobytes could hold a program for minutes.
//! Inline elements say nothing about figures, so they are dropped before the tree is built, and
//! what nests deeper than any real page is flattened, as browsers do.

/// Elements within elements that are kept; browsers flatten at 512.
const DEEPEST: usize = 300;
/// A longer attribute value is no span and no title.
const LONGEST_VALUE: usize = 4096;

/// The page without what nobody sees.
pub fn prune(html: &str) -> String {
    let mut pruner = Pruner {
        html,
        out: String::with_capacity(html.len() / 2),
        open: Vec::new(),
        hidden: 0,
        endless: Vec::new(),
    };
    pruner.run();
    pruner.out
}

/// An element that is open, as far as the scan can tell.
struct Open<'a> {
    name: &'a str,
    /// Its tags are written.
    kept: bool,
    inline: bool,
}

struct Pruner<'a> {
    html: &'a str,
    out: String,
    open: Vec<Open<'a>>,
    /// Hidden inline elements among the open ones: only then must the end tags of others be told
    /// from theirs.
    hidden: usize,
    /// Elements to be skipped that never end: the end is not sought again.
    endless: Vec<&'a str>,
}

/// A tag: its name and attributes, and the byte after it.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
    end: usize,
}

impl<'a> Pruner<'a> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(found) = self.rest(at).find('<') {
            self.out.push_str(&self.rest(at)[..found]);
            let Some(next) = self.markup(at + found) else {
                return;
            };
            at = next;
        }
        self.out.push_str(self.rest(at));
    }

    fn rest(&self, at: usize) -> &'a str {
        self.html.get(at..).unwrap_or("")
    }

    /// Handles what begins with `<` at `at`; where to go on, `None` at the end of the page.
    fn markup(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let mut following = rest.bytes().skip(1);
        match (following.next(), following.next()) {
            (Some(b'!'), _) if rest.starts_with("<!--") => {
                // In its place, so that what stood around it does not grow together.
                self.out.push_str("<!---->");
                if rest.starts_with("<!-->") || rest.starts_with("<!--->") {
                    return Some(at + rest.find('>')? + 1);
                }
                // One pass for both ends: each sought alone could be far away every time.
                let body = rest.get(4..)?;
                let ends = |&i: &usize| {
                    let before = body.get(..i).unwrap_or("");
                    before.ends_with("--") || before.ends_with("--!")
                };
                let end = body.match_indices('>').map(|(i, _)| i).find(ends)?;
                Some(at + 4 + end + 1)
            }
            (Some(b'!' | b'?'), _) => {
                let end = rest.find('>')? + 1;
                self.out.push_str(&rest[..end]);
                Some(at + end)
            }
            (Some(b'/'), Some(c)) if c.is_ascii_alphabetic() => {
                let tag = self.tag(at + 2)?;
                self.leave(tag.name);
                Some(tag.end)
            }
            (Some(c), _) if c.is_ascii_alphabetic() => {
                let tag = self.tag(at + 1)?;
                let end = tag.end;
                Some(self.enter(&tag).unwrap_or(end))
            }
            _ => {
                self.out.push('<');
                Some(at + 1)
            }
        }
    }

    /// The tag whose name starts at `at`; `None` when the page ends in it.
    fn tag(&self, at: usize) -> Option<Tag<'a>> {
        let rest = self.rest(at);
        let bytes = rest.as_bytes();
        let mut i = bytes
            .iter()
            .position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))?;
        let name = &rest[..i];
        let mut attributes = Vec::new();
        loop {
            i += bytes
                .get(i..)?
                .iter()
                .position(|b| !b.is_ascii_whitespace() && *b != b'/')?;
            if bytes.get(i) == Some(&b'>') {
                return Some(Tag {
                    name,
                    attributes,
                    end: at + i + 1,
                });
            }
            // An equals sign that opens a name is part of it.
            let from = i;
            i += 1 + bytes
                .get(i + 1..)?
                .iter()
                .position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'='))?;
            let key = rest.get(from..i)?;
            let blanks = bytes
                .get(i..)?
                .iter()
                .position(|b| !b.is_ascii_whitespace())?;
            let mut value = "";
            if bytes.get(i + blanks) == Some(&b'=') {
                i += blanks + 1;
                i += bytes
                    .get(i..)?
                    .iter()
                    .position(|b| !b.is_ascii_whitespace())?;
                let (from, to, next) = match bytes.get(i)? {
                    quote @ (b'"' | b'\'') => {
                        let length = bytes.get(i + 1..)?.iter().position(|b| b == quote)?;
                        (i + 1, i + 1 + length, i + length + 2)
                    }
                    _ => {
                        let length = bytes
                            .get(i..)?
                            .iter()
                            .position(|b| b.is_ascii_whitespace() || *b == b'>')?;
                        (i, i + length, i + length)
                    }
                };
                value = rest.get(from..to)?;
                i = next;
            }
            let matters = KEPT_ATTRIBUTES.iter().any(|k| key.eq_ignore_ascii_case(k))
                && value.len() <= LONGEST_VALUE
                && !(value.contains('"') && value.contains('\''))
                && !attributes
                    .iter()
                    .any(|(k, _): &(&str, &str)| k.eq_ignore_ascii_case(key));
            if matters {
                attributes.push((key, value));
            }
        }
    }

    /// A start tag; the byte to go on at when its content is skipped.
    fn enter(&mut self, tag: &Tag<'a>) -> Option<usize> {
        let name = as_written(tag.name);
        if is(name, SKIPPED) {
            return self.skip(name, tag.end);
        }
        if is(name, VOID) {
            if is(name, &["br", "hr", "meta"]) {
                self.write(name, &tag.attributes);
            }
            return None;
        }
        if is(name, &["title"]) {
            let end = self.closing(name, tag.end);
            self.out.push_str("<title>");
            self.out.push_str(self.html.get(tag.end..end).unwrap_or(""));
            self.out.push_str("</title>");
            return Some(self.after_tag(end));
        }
        if is(name, &["html", "head", "body"]) {
            self.write(name, &tag.attributes);
            return None;
        }
        if is_inline(name) {
            let kept = hides(&tag.attributes) && self.open.len() < DEEPEST;
            if kept {
                self.write("span", &tag.attributes);
                self.hidden += 1;
            }
            if self.hidden > 0 && self.open.len() < 2 * DEEPEST {
                self.open.push(Open {
                    name,
                    kept,
                    inline: true,
                });
            }
            return None;
        }
        self.imply_ends(name);
        if self.open.len() >= DEEPEST {
            return None;
        }
        self.write(name, &tag.attributes);
        self.open.push(Open {
            name,
            kept: true,
            inline: false,
        });
        None
    }

    /// Elements that a start tag ends without a tag of their own.
    fn imply_ends(&mut self, name: &str) {
        let keep_to = |open: &[Open<'_>], roots: &[&str]| {
            open.iter().rposition(|o| is(o.name, roots)).map(|i| i + 1)
        };
        let to = if is(name, &["td", "th"]) {
            keep_to(&self.open, &["tr", "tbody", "thead", "tfoot", "table"])
        } else if is(name, &["tr"]) {
            keep_to(&self.open, &["tbody", "thead", "tfoot", "table"])
        } else if is(name, &["tbody", "thead", "tfoot", "caption", "colgroup"]) {
            keep_to(&self.open, &["table"])
        } else if is(name, &["li", "dt", "dd"]) {
            let passed = self
                .open
                .iter()
                .rposition(|o| !o.inline && !is(o.name, &["p", "div", "address"]));
            passed.filter(|&i| self.open.get(i).is_some_and(|o| is(o.name, &[name])))
        } else {
            None
        };
        if let Some(to) = to {
            self.cut(to);
        }
        if is(name, ENDS_PARAGRAPH)
            && let Some(at) = self.find("p", BUTTON_SCOPE)
        {
            self.cut(at);
        }
    }

    fn leave(&mut self, name: &'a str) {
        let name = as_written(name);
        if is(name, SKIPPED) || is(name, VOID) && !is(name, &["br"]) {
            return;
        }
        if is(name, &["br", "body", "html", "head"]) {
            self.end_tag(name);
            return;
        }
        if is_inline(name) {
            if self.hidden > 0
                && let Some(at) = self.find_inline(name)
            {
                let kept = self.open.get(at).is_some_and(|o| o.kept);
                self.cut(at);
                if kept {
                    self.out.push_str("</span>");
                }
            }
            return;
        }
        let scope: &[&str] = if is(name, TABLE_PARTS) {
            &["table"]
        } else if is(name, &["p"]) {
            BUTTON_SCOPE
        } else {
            SCOPE
        };
        // Any heading's end ends a heading.
        let found = if is(name, HEADINGS) {
            HEADINGS.iter().filter_map(|h| self.find(h, scope)).max()
        } else {
            self.find(name, scope)
        };
        match found {
            Some(at) => {
                self.cut(at);
                self.end_tag(name);
            }
            // It makes a line of its own.
            None if is(name, &["p"]) => self.end_tag(name),
            // Ends of elements that were flattened would end others.
            None => {}
        }
    }

    fn end_tag(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// The innermost open element of a name that no element of `scope` bars.
    fn find(&self, name: &str, scope: &[&str]) -> Option<usize> {
        for (i, open) in self.open.iter().enumerate().rev() {
            if open.name.eq_ignore_ascii_case(name) {
                return Some(i);
            }
            if is(open.name, scope) {
                return None;
            }
        }
        None
    }

    fn find_inline(&self, name: &str) -> Option<usize> {
        self.open
            .iter()
            .enumerate()
            .rev()
            .take_while(|(_, o)| o.inline)
            .find(|(_, o)| o.name.eq_ignore_ascii_case(name))
            .map(|(i, _)| i)
    }

    fn cut(&mut self, to: usize) {
        for open in self.open.drain(to..) {
            self.hidden -= usize::from(open.inline && open.kept);
        }
    }

    fn write(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            let quote = if value.contains('"') { '\'' } else { '"' };
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push('=');
            self.out.push(quote);
            self.out.push_str(value);
            self.out.push(quote);
        }
        self.out.push('>');
    }

    /// Passes over an element whose content nobody sees.
    fn skip(&mut self, name: &'a str, from: usize) -> Option<usize> {
        if is(name, &self.endless) {
            return None;
        }
        let end = self.closing(name, from);
        // A raw element left open takes the rest of the page; others only lose their tags.
        if end == self.html.len() && !is(name, RAW) {
            self.endless.push(name);
            return None;
        }
        Some(self.after_tag(end))
    }

    /// Where the next end tag of this name begins, or the end of the page.
    fn closing(&self, name: &str, from: usize) -> usize {
        let mut at = from;
        while let Some(found) = self.rest(at).find("</") {
            let after = self.rest(at + found + 2);
            let same = after
                .get(..name.len())
                .is_some_and(|n| n.eq_ignore_ascii_case(name))
                && !after
                    .as_bytes()
                    .get(name.len())
                    .is_some_and(u8::is_ascii_alphanumeric);
            if same {
                return at + found;
            }
            at += found + 2;
        }
        self.html.len()
    }

    fn after_tag(&self, at: usize) -> usize {
        self.rest(at)
            .find('>')
            .map_or(self.html.len(), |i| at + i + 1)
    }
}

const KEPT_ATTRIBUTES: &[&str] = &[
    "rowspan", "colspan", "hidden", "style", "name", "property", "content",
];

const RAW: &[&str] = &[
    "script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "textarea",
];

const SKIPPED: &[&str] = &[
    "script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "textarea", "svg",
    "math", "template", "select", "xml",
];

const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img",
    "input", "keygen", "link", "meta", "param", "source", "track", "wbr",
];

const TABLE_PARTS: &[&str] = &[
    "td", "th", "tr", "tbody", "thead", "tfoot", "table", "caption",
];

const SCOPE: &[&str] = &[
    "applet", "caption", "html", "table", "td", "th", "marquee", "object", "template",
];

const BUTTON_SCOPE: &[&str] = &[
    "applet", "caption", "html", "table", "td", "th", "marquee", "object", "template", "button",
];

const ENDS_PARAGRAPH: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dd",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "ul",
];

fn is(name: &str, names: &[&str]) -> bool {
    names.iter().any(|n| name.eq_ignore_ascii_case(n))
}

/// Elements that the structure of a page is made of: what the standard calls special. All others
/// are of a line, those that it does not know and those of Word (`o:p`, `st1:date`) among them.
const STRUCTURE: &[&str] = &[
    "address",
    "applet",
    "article",
    "aside",
    "blockquote",
    "button",
    "caption",
    "center",
    "colgroup",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "li",
    "listing",
    "main",
    "marquee",
    "menu",
    "nav",
    "object",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];

/// A legend is a line of its own, but its end would not end what is left open in it.
fn as_written(name: &str) -> &str {
    if is(name, &["legend"]) { "div" } else { name }
}

fn is_inline(name: &str) -> bool {
    !is(name, STRUCTURE)
}

/// Whether the attributes may hide an element; the walk over the tree decides.
fn hides(attributes: &[(&str, &str)]) -> bool {
    attributes.iter().any(|(key, value)| {
        key.eq_ignore_ascii_case("hidden")
            || key.eq_ignore_ascii_case("style") && {
                let value = value.to_ascii_lowercase();
                value.contains("none") || value.contains("hid")
            }
    })
}

#[cfg(test)]
mod tests {
    use super::prune;

    #[test]
    fn only_what_is_seen_stays() {
        assert_eq!(
            prune("<P class=a><b>2</b><span lang=EN-US>0</span><o:p></o:p></P>"),
            "<P>20</P>"
        );
        assert_eq!(
            prune("<td style='width:3px' rowspan=2 title='a>b'>一</td>"),
            "<td style=\"width:3px\" rowspan=\"2\">一</td>"
        );
        assert_eq!(
            prune("a<script>if(a<b){'</p>'}</script>b<!-- <p> -->c"),
            "ab<!---->c"
        );
        assert_eq!(prune("1 < 2 <> </> <3"), "1 < 2 <> </> <3");
    }

    #[test]
    fn the_end_of_a_hidden_element_is_told_from_those_inside() {
        assert_eq!(
            prune("<span style='display:none'>a<span>b</span>c</span><span>d</span>"),
            "<span style=\"display:none\">abc</span>d"
        );
    }

    #[test]
    fn any_end_of_a_heading_ends_it() {
        assert_eq!(prune("<h2>一</h3><p>二"), "<h2>一</h3><p>二");
    }

    #[test]
    fn what_is_cut_off_is_no_text() {
        for html in [
            "<p>一<td rowspan=\"2",
            "<p>一<",
            "<p>一<!--",
            "<p>一</",
            "<p>一<a href='",
        ] {
            assert!(prune(html).starts_with("<p>一"), "{html}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_markup_is_pruned(html in "(<|>|/|=|\"|'|!|-|a|p|td|tr|table|span|script| |hidden|一|&){0,60}") {
            let _ = prune(&html);
        }
    }
}
