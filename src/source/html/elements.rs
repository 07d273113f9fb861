//! Elements as they begin and end: what that means for the document that is built.
//!
//! `<h2>` ends the open paragraph, and what follows is a heading of level 2 until `</h2>`.

use super::hidden::hides;
use super::open::Open;
use super::page::Page;
use super::tag::Tag;
use super::token::{Attributes, Start};

impl<'a> Page<'a> {
    /// Ends the open paragraph element, if there is one.
    pub(super) fn close_paragraph(&mut self) -> bool {
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
    pub(super) fn close_item(&mut self, is: impl Fn(Tag) -> bool) {
        if let Some(at) = self.open.find(&mut self.builder.work, is, Tag::bars_items) {
            self.close_to(at);
        }
    }

    pub(super) fn end_drawings(&mut self) {
        self.drawings = 0;
        self.close_top();
    }

    /// What follows stands on a line of its own.
    pub(super) fn break_line(&mut self) {
        if !self.is_hidden() {
            self.aside();
            self.builder.end_paragraph();
        }
    }

    /// Opens an element that nobody wrote.
    pub(super) fn imply(&mut self, tag: Tag) {
        self.push(&Start {
            tag,
            name: "",
            attributes: Attributes::default(),
        });
    }

    pub(super) fn push(&mut self, start: &Start<'a>) {
        let tag = start.tag;
        let in_frame = tag.is_table_part();
        // What nests deeper than any real page is flattened, as browsers do.
        if self.open.len() - self.open.parts() >= self.deepest && !in_frame {
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
            strikes: false,
        });
    }

    pub(super) fn enter(&mut self, tag: Tag, attributes: &Attributes<'_>) {
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
    pub(super) fn close_to(&mut self, at: usize) {
        while self.open.len() > at {
            self.close_top();
        }
    }

    pub(super) fn close_top(&mut self) {
        let Some(open) = self.open.top().copied() else {
            return;
        };
        if !open.hidden {
            self.leave(open.tag);
        }
        self.end_strike(open);
        self.open.pop();
        if matches!(open.tag, Tag::Svg | Tag::Math) {
            self.drawings = 0;
        }
        if self.form == Some(Some(self.open.len())) {
            self.form = Some(None);
        }
    }

    pub(super) fn end_strike(&mut self, open: Open<'_>) {
        if open.strikes && !open.hidden {
            self.aside();
            self.builder.end_strike();
        }
    }

    pub(super) fn leave(&mut self, tag: Tag) {
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
