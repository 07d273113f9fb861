//! What an end tag ends: the innermost element of its name with all that is open in it, or nothing
//! where none can be meant.
//!
//! `</tr>` ends an open cell too; `</th>` ends no `<td>`.

use super::page::Page;
use super::tag::Tag;

impl<'a> Page<'a> {
    pub(super) fn end(&mut self, tag: Tag, name: &'a str) {
        self.begun = true;
        if self.drawings > 0 {
            if self.open.top().is_some_and(|o| o.tag == tag) {
                self.drawings -= 1;
                if self.drawings == 0 {
                    self.close_top();
                }
                return;
            }
            if matches!(tag, Tag::P | Tag::Br) {
                self.end_drawings();
            } else if let Some(around) = self.open.len().checked_sub(1) {
                // The end of a part of a line around it ends it too, unless it is a link, which
                // drawings have as well.
                let work = &mut self.builder.work;
                let part = self.open.part(name, around, false, work);
                if let Some(at) = part.filter(|_| tag != Tag::A) {
                    return self.close_to(at);
                }
                if tag == Tag::Inline {
                    return;
                }
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

    pub(super) fn end_in_body(&mut self, tag: Tag, name: &'a str) {
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
    pub(super) fn end_form(&mut self) {
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

    /// The end of a part of a line.
    pub(super) fn end_part(&mut self, tag: Tag, name: &str) {
        if tag == Tag::Legend {
            self.break_line();
        }
        let through = is_formatting(tag, name);
        let below = self.open.len();
        let work = &mut self.builder.work;
        let Some(at) = self.open.part(name, below, through, work) else {
            return;
        };
        if self.open.part(name, below, false, work) == Some(at) {
            self.close_to(at);
        } else if let Some(open) = self.open.remove(at) {
            // What is open in it goes on without it.
            self.end_strike(open);
            if let Some(Some(form)) = &mut self.form
                && *form > at
            {
                *form -= 1;
            }
        }
    }
}

/// Bold type and its like, whose end reaches through what is open in them.
fn is_formatting(tag: Tag, name: &str) -> bool {
    const OTHERS: [&str; 7] = ["big", "code", "em", "nobr", "small", "strong", "tt"];
    match tag {
        Tag::A | Tag::B | Tag::Font | Tag::I | Tag::S | Tag::Strike | Tag::U => true,
        Tag::Inline => OTHERS.iter().any(|o| name.eq_ignore_ascii_case(o)),
        _ => false,
    }
}

/// The page itself and its two parts: their ends end nothing, as text may follow.
const fn is_page(tag: Tag) -> bool {
    matches!(tag, Tag::Html | Tag::Head | Tag::Body | Tag::Frameset)
}
