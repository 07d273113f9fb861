//! What a start tag does besides opening its element: which elements it ends, and which it opens
//! that nobody wrote.
//!
//! `<td>` in a table without rows first opens a group of rows and a row.

use super::entity::decode;
use super::hidden::hides;
use super::open::Open;
use super::page::Page;
use super::tag::Tag;
use super::token::{Attributes, Start, Token};

impl<'a> Page<'a> {
    pub(super) fn start(&mut self, start: &Start<'a>) {
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
    pub(super) fn is_in_table(&mut self, start: &Start<'a>) -> bool {
        match start.tag {
            Tag::Table => {
                if let Some((at, _)) = self.open.table() {
                    self.close_to(at);
                }
                false
            }
            Tag::Form => {
                // It stands where a part of the table would, or in what stands astray there.
                if self.form.is_none() {
                    self.form = Some(None);
                    if self.open.top().is_some_and(|o| !o.tag.is_table_frame()) {
                        self.break_line();
                    }
                }
                true
            }
            _ => false,
        }
    }

    pub(super) fn in_body(&mut self, start: &Start<'a>) {
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
                if inner.is_some_and(|o| o.tag.heading().is_some()) {
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
    pub(super) fn part(&mut self, start: &Start<'a>) {
        if start.tag == Tag::Legend {
            self.break_line();
        }
        // More parts of a line within each other are not told apart.
        if self.open.parts() >= self.deepest {
            return;
        }
        let hidden = self.is_hidden() || hides(&start.attributes);
        let strikes = matches!(start.tag, Tag::S | Tag::Strike | Tag::Del);
        if strikes && !hidden {
            self.aside();
            self.builder.strike();
        }
        self.open.push(Open {
            tag: Tag::Inline,
            name: start.name,
            hidden,
            strikes,
        });
    }

    pub(super) fn meta(&mut self, attributes: &Attributes<'_>) {
        if let (Some(key), Some(value)) =
            (attributes.name.or(attributes.property), attributes.content)
            && !self.is_hidden()
        {
            self.builder.fact(&decode(key), &decode(value));
        }
    }

    /// Passes over a template with those in it: no page shows them.
    pub(super) fn template(&mut self) {
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
}
