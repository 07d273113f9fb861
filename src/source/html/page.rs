//! Tokens to a document in one pass, by the rules of the standard for building a tree: which
//! elements a tag ends or opens besides its own, and where text goes that stands astray. Only what
//! bears on text, blocks and tables is kept; bold type and links say nothing about figures.
//!
//! `<table><tr><td>规章<td>3<p>甲</table>`: the second `<td>` ends the first, and `</table>` ends
//! the paragraph, the cell, the row, and a group of rows that nobody wrote.

use super::entity::reference;
use super::open::Stack;
use super::quirks::is_old;
use super::tag::Tag;
use super::token::{Token, Tokens};
use crate::source::builder::Builder;

/// Builds the document of a page.
pub struct Page<'a> {
    pub(super) tokens: Tokens<'a>,
    pub(super) builder: Builder,
    pub(super) open: Stack<'a>,
    /// Elements within elements that are kept.
    pub(super) deepest: usize,
    /// Drawings and formulas open within each other.
    pub(super) drawings: usize,
    /// A form was opened and not ended, and where it stands if it is still open.
    pub(super) form: Option<Option<usize>>,
    /// Something else than a doctype was seen.
    pub(super) begun: bool,
    /// Tables may stand in paragraphs.
    pub(super) old: bool,
    /// The page's body is hidden.
    pub(super) hidden: bool,
    /// Elements open in which a line feed ends a line: `<pre>`.
    pub(super) pre: usize,
    /// The page is plain text with tables put in as HTML, as Markdown has them.
    pub(super) plain: bool,
}

impl<'a> Page<'a> {
    /// A page that is to be read.
    pub fn new(html: &'a str, plain: bool, deepest: usize, builder: Builder) -> Self {
        Self {
            tokens: Tokens::new(html),
            builder,
            open: Stack::new(),
            deepest,
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
    pub(super) fn is_hidden(&self) -> bool {
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
    pub(super) fn aside(&mut self) {
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
}
