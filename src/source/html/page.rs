//! Tokens to a document in one pass, by the rules of the standard for building a tree: which
//! elements a tag ends or opens besides its own, and where text goes that stands astray. Only what
//! bears on text, blocks and tables is kept; bold type and links say nothing about figures.
//!
//! `<table><tr><td>规章<td>3<p>甲</table>`: the second `<td>` ends the first, and `</table>` ends
//! the paragraph, the cell, the row, and a group of rows that nobody wrote.

use super::entity::{decode, reference};
use super::open::{Open, Stack};
use super::quirks::is_old;
use super::tag::Tag;
use super::token::{Attributes, Start, Token, Tokens};
use crate::source::builder::Builder;

/// Builds the document of a page.
pub struct Page<'a> {
    tokens: Tokens<'a>,
    builder: Builder,
    open: Stack<'a>,
    /// Elements within elements that are kept.
    deepest: usize,
    /// Parts of a line that hide: only then must the end tags of others be told from theirs.
    hiding: usize,
    /// Drawings and formulas open within each other.
    drawings: usize,
    /// A form was opened and not ended, and where it stands if it is still open.
    form: Option<Option<usize>>,
    /// Something else than a doctype was seen.
    begun: bool,
    /// Tables may stand in paragraphs.
    old: bool,
    /// The page's body is hidden.
    hidden: bool,
    /// Elements open in which a line feed ends a line: `<pre>`.
    pre: usize,
    /// The page is plain text with tables put in as HTML, as Markdown has them.
    plain: bool,
}

impl<'a> Page<'a> {
    /// A page that is to be read.
    pub fn new(html: &'a str, plain: bool, deepest: usize, builder: Builder) -> Self {
        Self {
            tokens: Tokens::new(html),
            builder,
            open: Stack::new(),
            deepest,
            hiding: 0,
            drawings: 0,
            form: None,
            begun: false,
            old: true,
            hidden: false,
            pre: 0,
            plain,
        }
    }

    /// Reads all of it, or as far as the limits go.
    pub fn read(mut self) -> Builder {
        let mut at = 0;
        while let Some(token) = self.tokens.next() {
            match token {
                Token::Text(text) => self.text(text),
                Token::Start(start) => self.start(&start),
                Token::End(tag, name) => self.end(tag, name),
                Token::Doctype(text) => {
                    if !std::mem::replace(&mut self.begun, true) {
                        self.old = is_old(text);
                    }
                }
            }
            let now = self.tokens.at();
            self.builder.work.add(now - at);
            at = now;
            if self.builder.over_limit().is_some() {
                break;
            }
        }
        self.close_to(0);
        self.builder
    }

    // Text.

    fn text(&mut self, text: &str) {
        let blank = text.bytes().all(|b| b.is_ascii_whitespace() || b == 0);
        if !blank {
            self.begun = true;
            if self.open.top().is_some_and(|o| o.tag == Tag::Colgroup) {
                self.close_top();
            }
        }
        if self.open.top().is_some_and(|o| o.tag.is_table_frame()) {
            if blank {
                return;
            }
            if !self.is_hidden() {
                self.put(text);
            }
        } else if !self.is_hidden() {
            self.put(text);
        }
    }

    /// Whether text and elements that come now are hidden. What stands astray in a table is shown
    /// before it, whether or not the table is.
    fn is_hidden(&self) -> bool {
        match self.open.top() {
            None => self.hidden,
            Some(top) if top.tag.is_table_frame() => match self.open.table() {
                Some((0, _)) => self.hidden,
                Some((at, _)) => self.open.hidden_at(at),
                None => top.hidden,
            },
            Some(top) => top.hidden,
        }
    }

    /// What is written now goes before the innermost table if it stands in none of its cells.
    fn aside(&mut self) {
        if self.open.frame().is_some_and(|(_, t)| t.is_table_frame())
            && self.open.table().is_some_and(|(_, table)| !table.hidden)
        {
            self.builder.beside();
        }
    }

    fn put(&mut self, text: &str) {
        self.aside();
        let lines = self.pre > 0 || self.plain;
        let mut rest = text;
        while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
            self.builder.write(rest.get(..at).unwrap_or(""), lines);
            rest = rest.get(at + 1..).unwrap_or("");
            match reference(rest, false) {
                Some(((first, second), length)) => {
                    self.character(first, lines);
                    if let Some(second) = second {
                        self.character(second, lines);
                    }
                    rest = rest.get(length..).unwrap_or("");
                }
                None => self.builder.write("&", lines),
            }
        }
        self.builder.write(rest, lines);
    }

    fn character(&mut self, c: char, lines: bool) {
        self.builder
            .write(c.encode_utf8(&mut [0; 4]), lines && c == '\n');
    }

    // Start tags.

    fn start(&mut self, start: &Start<'a>) {
        self.begun = true;
        let tag = start.tag;
        if self.drawings > 0 {
            if !(tag.ends_drawing() || tag == Tag::Font && start.attributes.of_font) {
                if self.open.top().is_some_and(|o| o.tag == tag) && !start.attributes.closed {
                    self.drawings += 1;
                }
                return;
            }
            self.end_drawings();
        }
        // In a table a tag may first have to end or open parts of it.
        while let Some((at, frame)) = self.open.frame() {
            match frame {
                Tag::Td | Tag::Th | Tag::Caption => {
                    if !tag.is_table_part() {
                        break;
                    }
                    self.close_to(at);
                }
                Tag::Colgroup => match tag {
                    Tag::Col => return,
                    Tag::Template => break,
                    _ => self.close_to(at),
                },
                Tag::Tr => match tag {
                    Tag::Td | Tag::Th => {
                        self.close_to(at + 1);
                        return self.push(start);
                    }
                    _ if tag.is_table_part() => self.close_to(at),
                    _ if self.is_in_table(start) => return,
                    Tag::Table => {}
                    _ => break,
                },
                _ if frame.is_group() => match tag {
                    Tag::Tr => {
                        self.close_to(at + 1);
                        return self.push(start);
                    }
                    Tag::Td | Tag::Th => {
                        self.close_to(at + 1);
                        self.imply(Tag::Tr);
                    }
                    _ if tag.is_table_part() => self.close_to(at),
                    _ if self.is_in_table(start) => return,
                    Tag::Table => {}
                    _ => break,
                },
                _ => match tag {
                    Tag::Col => {
                        self.close_to(at + 1);
                        return self.imply(Tag::Colgroup);
                    }
                    Tag::Td | Tag::Th | Tag::Tr => {
                        self.close_to(at + 1);
                        self.imply(Tag::Tbody);
                    }
                    _ if tag.is_table_part() => {
                        self.close_to(at + 1);
                        return self.push(start);
                    }
                    _ if self.is_in_table(start) => return,
                    Tag::Table => {}
                    _ => break,
                },
            }
        }
        self.in_body(start);
    }

    /// Tags that mean something else where only parts of a table may stand: a table ends the one
    /// that is open, and forms are none. Whether nothing is left to do.
    fn is_in_table(&mut self, start: &Start<'a>) -> bool {
        match start.tag {
            Tag::Table => {
                if let Some((at, _)) = self.open.table() {
                    self.close_to(at);
                }
                false
            }
            Tag::Form => {
                self.form.get_or_insert(None);
                true
            }
            _ => false,
        }
    }

    fn in_body(&mut self, start: &Start<'a>) {
        let tag = start.tag;
        match tag {
            Tag::Body => {
                if self.open.len() == 0 && hides(&start.attributes) {
                    self.hidden = true;
                }
            }
            Tag::Html | Tag::Head | Tag::Frameset => {}
            Tag::Br => {
                if !self.is_hidden() && !hides(&start.attributes) {
                    self.aside();
                    self.builder.line_feed();
                }
            }
            Tag::Hr => {
                self.close_paragraph();
                self.break_line();
            }
            Tag::Meta => self.meta(&start.attributes),
            Tag::Input => {
                if let Some(at) = self.open.in_scope(Tag::Select, &mut self.builder.work) {
                    self.close_to(at);
                }
            }
            _ if tag.is_void() => {}
            Tag::Title => {
                let hidden = self.is_hidden();
                let title = self.tokens.raw(start.name);
                if !hidden {
                    self.builder.fact("title", &decode(title));
                }
            }
            _ if tag.is_raw() => {
                if tag == Tag::Xmp {
                    self.close_paragraph();
                }
                self.tokens.raw(start.name);
            }
            Tag::Template => self.template(),
            Tag::Xml => self.tokens.skip(start.name),
            Tag::Svg | Tag::Math => {
                if !start.attributes.closed {
                    self.push(start);
                    self.drawings = usize::from(self.open.top().is_some_and(|o| o.tag == tag));
                }
            }
            Tag::Plaintext => {
                self.close_paragraph();
                let rest = self.tokens.rest();
                if !self.is_hidden() {
                    self.aside();
                    self.builder.write(rest, self.pre > 0 || self.plain);
                }
            }
            Tag::Li => {
                self.close_item(|t| t == Tag::Li);
                self.close_paragraph();
                self.push(start);
            }
            Tag::Dd | Tag::Dt => {
                self.close_item(|t| matches!(t, Tag::Dd | Tag::Dt));
                self.close_paragraph();
                self.push(start);
            }
            Tag::Form => {
                if self.form.is_none() {
                    self.close_paragraph();
                    let at = self.open.len();
                    self.push(start);
                    self.form = Some((self.open.len() > at).then_some(at));
                }
            }
            Tag::Button | Tag::Select => {
                if let Some(at) = self.open.in_scope(tag, &mut self.builder.work) {
                    self.close_to(at);
                    if tag == Tag::Select {
                        return;
                    }
                }
                self.push(start);
            }
            Tag::Applet | Tag::Marquee | Tag::Object => self.push(start),
            Tag::Table => {
                if !self.old {
                    self.close_paragraph();
                }
                self.push(start);
            }
            _ if tag.is_table_part() => {}
            _ if tag.heading().is_some() => {
                self.close_paragraph();
                let inner = self.open.top();
                if inner.is_some_and(|o| o.tag.heading().is_some() && o.parts == 0) {
                    self.close_top();
                }
                self.push(start);
            }
            _ if tag.is_flow() => {
                self.close_paragraph();
                self.push(start);
            }
            _ => self.part(start),
        }
    }

    /// A part of a line.
    fn part(&mut self, start: &Start<'a>) {
        if start.tag == Tag::Legend {
            self.break_line();
        }
        let hides = hides(&start.attributes);
        let hidden = self.is_hidden();
        if matches!(start.tag, Tag::S | Tag::Strike | Tag::Del) && !hidden && !hides {
            self.aside();
            self.builder.strike();
        }
        if (hides || self.hiding > 0) && self.open.len() < 2 * self.deepest {
            self.hiding += usize::from(hides);
            self.open.push(Open {
                tag: Tag::Inline,
                name: start.name,
                hidden: hidden || hides,
                hides,
                parts: 0,
            });
        } else if let Some(top) = self.open.top_mut() {
            top.parts += 1;
        }
    }

    /// The end of an element of a line is that of the innermost one that is kept, or of one that
    /// is not.
    fn end_part(&mut self, tag: Tag, name: &str) {
        if tag == Tag::Legend {
            self.break_line();
        }
        if matches!(tag, Tag::S | Tag::Strike | Tag::Del) && !self.is_hidden() {
            self.aside();
            self.builder.end_strike();
        }
        if self.hiding > 0
            && let Some(at) = self.open.part(name, &mut self.builder.work)
        {
            self.close_to(at);
        } else if let Some(top) = self.open.top_mut() {
            top.parts = top.parts.saturating_sub(1);
        }
    }

    fn meta(&mut self, attributes: &Attributes<'_>) {
        if let (Some(key), Some(value)) =
            (attributes.name.or(attributes.property), attributes.content)
            && !self.is_hidden()
        {
            self.builder.fact(&decode(key), &decode(value));
        }
    }

    /// Passes over a template with those in it: no page shows them.
    fn template(&mut self) {
        let mut depth = 1usize;
        while let Some(token) = self.tokens.next() {
            match token {
                Token::Start(s) if s.tag == Tag::Template => depth += 1,
                Token::Start(s) if s.tag.is_raw() => {
                    self.tokens.raw(s.name);
                }
                Token::End(Tag::Template, _) => {
                    depth -= 1;
                    if depth == 0 {
                        return;
                    }
                }
                _ => {}
            }
        }
    }

    // End tags.

    fn end(&mut self, tag: Tag, name: &'a str) {
        self.begun = true;
        if self.drawings > 0 {
            if self.open.top().is_some_and(|o| o.tag == tag) {
                self.drawings -= 1;
                if self.drawings == 0 {
                    self.close_top();
                }
                return;
            }
            if tag == Tag::Inline {
                return;
            }
            if matches!(tag, Tag::P | Tag::Br) {
                self.end_drawings();
            }
        }
        while let Some((at, frame)) = self.open.frame() {
            match frame {
                Tag::Td | Tag::Th => match tag {
                    Tag::Td | Tag::Th if tag == frame => return self.close_to(at),
                    Tag::Table => self.close_to(at),
                    Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot if self.open.in_table(tag) => {
                        self.close_to(at);
                    }
                    _ if tag.is_table_part() || is_page(tag) => return,
                    _ => break,
                },
                Tag::Caption => match tag {
                    Tag::Caption => return self.close_to(at),
                    Tag::Table => self.close_to(at),
                    _ if tag.is_table_part() || is_page(tag) => return,
                    _ => break,
                },
                Tag::Colgroup => match tag {
                    Tag::Colgroup => return self.close_to(at),
                    Tag::Col => return,
                    Tag::Template => break,
                    _ => self.close_to(at),
                },
                Tag::Tr => match tag {
                    Tag::Tr => return self.close_to(at),
                    Tag::Table => self.close_to(at),
                    _ if tag.is_group() && self.open.in_table(tag) => self.close_to(at),
                    _ if tag.is_table_part() || is_page(tag) => return,
                    _ => break,
                },
                _ if frame.is_group() => match tag {
                    Tag::Table => self.close_to(at),
                    _ if tag == frame => return self.close_to(at),
                    _ if tag.is_table_part() || is_page(tag) => return,
                    _ => break,
                },
                _ => match tag {
                    Tag::Table => return self.close_to(at),
                    _ if tag.is_table_part() || is_page(tag) => return,
                    _ => break,
                },
            }
        }
        self.end_in_body(tag, name);
    }

    fn end_in_body(&mut self, tag: Tag, name: &'a str) {
        let work = &mut self.builder.work;
        let found = match tag {
            Tag::Br => {
                if !self.is_hidden() {
                    self.aside();
                    self.builder.line_feed();
                }
                return;
            }
            Tag::P => {
                // One that ends none makes a line of its own.
                if !self.close_paragraph() {
                    self.break_line();
                }
                return;
            }
            Tag::Form => return self.end_form(),
            Tag::Li if !self.open.has(tag) => None,
            Tag::Li => {
                let bars = |t: Tag| t.is_scope() || matches!(t, Tag::Ol | Tag::Ul);
                self.open.find(work, |t| t == Tag::Li, bars)
            }
            _ if tag.heading().is_some() => {
                self.open
                    .find(work, |t| t.heading().is_some(), Tag::is_scope)
            }
            Tag::Dd
            | Tag::Dt
            | Tag::Button
            | Tag::Select
            | Tag::Applet
            | Tag::Marquee
            | Tag::Object => self.open.in_scope(tag, work),
            _ if tag.is_flow() => self.open.in_scope(tag, work),
            _ if tag.is_void()
                || tag.is_raw()
                || is_page(tag)
                || tag == Tag::Table
                || tag.is_table_part() =>
            {
                None
            }
            _ => return self.end_part(tag, name),
        };
        if let Some(at) = found {
            self.close_to(at);
        }
    }

    /// A form's end leaves open what is open in it.
    fn end_form(&mut self) {
        let Some(Some(at)) = self.form.take() else {
            return;
        };
        let work = &mut self.builder.work;
        if self.open.in_scope(Tag::Form, work) != Some(at) {
            return;
        }
        while self
            .open
            .top()
            .is_some_and(|o| matches!(o.tag, Tag::P | Tag::Li | Tag::Dd | Tag::Dt))
        {
            self.close_top();
        }
        if at + 1 == self.open.len() {
            self.close_top();
        } else {
            self.open.remove(at);
        }
    }

    // Elements.

    /// Ends the open paragraph element, if there is one.
    fn close_paragraph(&mut self) -> bool {
        if !self.open.has(Tag::P) {
            return false;
        }
        let bars = |t: Tag| t.is_scope() || t == Tag::Button;
        let found = self
            .open
            .find(&mut self.builder.work, |t| t == Tag::P, bars);
        if let Some(at) = found {
            self.close_to(at);
        }
        found.is_some()
    }

    /// Ends the open item of a list.
    fn close_item(&mut self, is: impl Fn(Tag) -> bool) {
        if let Some(at) = self.open.find(&mut self.builder.work, is, Tag::bars_items) {
            self.close_to(at);
        }
    }

    fn end_drawings(&mut self) {
        self.drawings = 0;
        self.close_top();
    }

    /// What follows stands on a line of its own.
    fn break_line(&mut self) {
        if !self.is_hidden() {
            self.aside();
            self.builder.end_paragraph();
        }
    }

    /// Opens an element that nobody wrote.
    fn imply(&mut self, tag: Tag) {
        self.push(&Start {
            tag,
            name: "",
            attributes: Attributes::default(),
        });
    }

    fn push(&mut self, start: &Start<'a>) {
        let tag = start.tag;
        let in_frame = tag.is_table_part();
        // What nests deeper than any real page is flattened, as browsers do.
        if self.open.len() >= self.deepest && !in_frame {
            if tag.is_block() {
                self.break_line();
            }
            return;
        }
        let around = if in_frame {
            self.open.top().is_some_and(|o| o.hidden)
        } else {
            self.is_hidden()
        };
        let hidden = around || tag.is_unseen() || hides(&start.attributes);
        if !hidden {
            self.enter(tag, &start.attributes);
        }
        self.open.push(Open {
            tag,
            name: start.name,
            hidden,
            hides: false,
            parts: 0,
        });
    }

    fn enter(&mut self, tag: Tag, attributes: &Attributes<'_>) {
        match tag {
            Tag::Td | Tag::Th => {
                let span = |value: Option<&str>| {
                    value
                        .and_then(|v| v.trim().parse::<usize>().ok())
                        .unwrap_or(1)
                };
                self.builder
                    .open_cell(span(attributes.rowspan), span(attributes.colspan));
            }
            Tag::Tr => self.builder.open_row(),
            Tag::Tbody | Tag::Thead | Tag::Tfoot => self.builder.open_group(),
            Tag::Table => {
                self.aside();
                self.builder.open_table();
            }
            Tag::Caption => {
                self.builder.inside();
                self.builder.end_paragraph();
            }
            Tag::Colgroup => {}
            _ => {
                let heading = tag.heading();
                if tag == Tag::Pre {
                    self.pre += 1;
                }
                if tag.is_block() || tag == Tag::Pre || heading.is_some() {
                    self.aside();
                    self.builder.end_paragraph();
                }
                if heading.is_some() {
                    self.builder.set_heading(heading);
                }
            }
        }
    }

    /// Ends all elements from a place of the stack on.
    fn close_to(&mut self, at: usize) {
        while self.open.len() > at {
            self.close_top();
        }
    }

    fn close_top(&mut self) {
        let Some(open) = self.open.top().copied() else {
            return;
        };
        if !open.hidden {
            self.leave(open.tag);
        }
        self.open.pop();
        if open.hides {
            self.hiding = self.hiding.saturating_sub(1);
        }
        if matches!(open.tag, Tag::Svg | Tag::Math) {
            self.drawings = 0;
        }
        if self.form == Some(Some(self.open.len())) {
            self.form = Some(None);
        }
    }

    fn leave(&mut self, tag: Tag) {
        match tag {
            Tag::Td | Tag::Th => self.builder.close_cell(),
            Tag::Tr => self.builder.close_row(),
            Tag::Tbody | Tag::Thead | Tag::Tfoot => self.builder.close_group(),
            Tag::Table => self.builder.close_table(),
            Tag::Caption => self.builder.end_paragraph(),
            Tag::Colgroup => {}
            _ => {
                if tag.is_block() || tag == Tag::Pre || tag.heading().is_some() {
                    self.aside();
                    self.builder.end_paragraph();
                }
                if tag == Tag::Pre {
                    self.pre = self.pre.saturating_sub(1);
                }
                if tag.heading().is_some() {
                    self.builder.set_heading(None);
                }
            }
        }
    }
}

/// The page itself and its two parts: their ends end nothing, as text may follow.
const fn is_page(tag: Tag) -> bool {
    matches!(tag, Tag::Html | Tag::Head | Tag::Body | Tag::Frameset)
}

/// Whether an element's attributes hide it.
fn hides(attributes: &Attributes<'_>) -> bool {
    attributes.hidden || attributes.style.is_some_and(style_hides)
}

/// Whether a style hides.
fn style_hides(style: &str) -> bool {
    const HIDING: [(&str, &str); 3] = [
        ("none", "display"),
        ("hidden", "visibility"),
        ("all", "mso-hide"),
    ];
    let style = decode(style);
    let bytes = style.as_bytes();
    memchr::memchr_iter(b':', bytes).any(|at| {
        let value = bytes.get(at + 1..).unwrap_or_default().trim_ascii_start();
        HIDING.iter().any(|(hiding, property)| {
            let own = value.get(..hiding.len());
            own.is_some_and(|v| v.eq_ignore_ascii_case(hiding.as_bytes())) && {
                let name = bytes.get(..at).unwrap_or_default().trim_ascii_end();
                let start = name.len().saturating_sub(property.len());
                let own = name.get(start..).unwrap_or_default();
                own.eq_ignore_ascii_case(property.as_bytes())
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::style_hides;

    #[test]
    fn styles_that_hide_are_told() {
        for style in [
            "display:none",
            "color:red; DISPLAY : None !important",
            "visibility:\thidden",
            "mso-hide:all",
        ] {
            assert!(style_hides(style), "{style}");
        }
        for style in [
            "text-autospace:none",
            "overflow:hidden",
            "display:block",
            "",
            ":",
        ] {
            assert!(!style_hides(style), "{style}");
        }
    }
}
