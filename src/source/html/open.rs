//! The elements that are open while a page is read, innermost last, and the searches among them.
//!
//! In `<table><tr><td><p>` an end tag `</div>` is sought through `p` and no further than `td`, out
//! of which it does not reach.

use super::tag::Tag;
use crate::source::limits::Work;

/// An open element.
#[derive(Debug, Clone, Copy)]
pub struct Open<'a> {
    /// Which.
    pub tag: Tag,
    /// As written; only parts of a line are told apart by it.
    pub name: &'a str,
    /// It or an element around it is hidden.
    pub hidden: bool,
    /// It strikes its text out.
    pub strikes: bool,
}

/// The open elements.
#[derive(Debug)]
pub struct Stack<'a> {
    open: Vec<Open<'a>>,
    /// Where tables and their parts stand in it.
    frames: Vec<usize>,
    /// How many of each are open, so that what is not there is not sought.
    counts: [usize; Tag::COUNT],
}

impl<'a> Stack<'a> {
    /// No element.
    pub const fn new() -> Self {
        Self {
            open: Vec::new(),
            frames: Vec::new(),
            counts: [0; Tag::COUNT],
        }
    }

    /// How many are open.
    pub const fn len(&self) -> usize {
        self.open.len()
    }

    /// The innermost.
    pub fn top(&self) -> Option<&Open<'a>> {
        self.open.last()
    }

    /// How many parts of a line are open.
    pub fn parts(&self) -> usize {
        self.counts.first().copied().unwrap_or(0)
    }

    /// Whether one is open.
    pub fn has(&self, tag: Tag) -> bool {
        self.counts.get(tag as usize).is_some_and(|&n| n > 0)
    }

    /// Opens one.
    pub fn push(&mut self, open: Open<'a>) {
        if open.tag == Tag::Table || open.tag.is_table_part() {
            self.frames.push(self.open.len());
        }
        if let Some(count) = self.counts.get_mut(open.tag as usize) {
            *count += 1;
        }
        self.open.push(open);
    }

    /// Closes the innermost.
    pub fn pop(&mut self) -> Option<Open<'a>> {
        let open = self.open.pop()?;
        if self.frames.last() == Some(&self.open.len()) {
            self.frames.pop();
        }
        self.uncount(open.tag);
        Some(open)
    }

    /// Closes one around others, which stay open; it is no part of a table, and none is in it.
    pub fn remove(&mut self, at: usize) -> Option<Open<'a>> {
        if at >= self.open.len() {
            return None;
        }
        let open = self.open.remove(at);
        self.uncount(open.tag);
        Some(open)
    }

    fn uncount(&mut self, tag: Tag) {
        if let Some(count) = self.counts.get_mut(tag as usize) {
            *count = count.saturating_sub(1);
        }
    }

    /// The innermost table or part of one, and where it stands.
    pub fn frame(&self) -> Option<(usize, Tag)> {
        let at = *self.frames.last()?;
        Some((at, self.open.get(at)?.tag))
    }

    /// The innermost table, and where it stands.
    pub fn table(&self) -> Option<(usize, &Open<'a>)> {
        let mut frames = self.frames.iter().rev();
        frames.find_map(|&at| {
            let open = self.open.get(at)?;
            (open.tag == Tag::Table).then_some((at, open))
        })
    }

    /// Whether a part of the innermost table is open.
    pub fn in_table(&self, tag: Tag) -> bool {
        let tags = self.frames.iter().rev().filter_map(|&at| self.open.get(at));
        tags.map(|o| o.tag)
            .take_while(|t| *t != Tag::Table)
            .any(|t| t == tag)
    }

    /// Whether what surrounds an element hides it.
    pub fn hidden_at(&self, at: usize) -> bool {
        at.checked_sub(1)
            .and_then(|i| self.open.get(i))
            .is_some_and(|o| o.hidden)
    }

    /// The innermost of some elements that no element of others bars.
    pub fn find(
        &self,
        work: &mut Work,
        is: impl Fn(Tag) -> bool,
        bars: impl Fn(Tag) -> bool,
    ) -> Option<usize> {
        for (at, open) in self.open.iter().enumerate().rev() {
            work.add(1);
            if is(open.tag) {
                return Some(at);
            }
            if bars(open.tag) {
                return None;
            }
        }
        None
    }

    /// The innermost of one kind, no further than [`Tag::is_scope`].
    pub fn in_scope(&self, tag: Tag, work: &mut Work) -> Option<usize> {
        if !self.has(tag) {
            return None;
        }
        self.find(work, |t| t == tag, Tag::is_scope)
    }

    /// The innermost part of a line of a name, from `below` down. Only the end of bold type and
    /// its like reaches through elements that are no parts of a line, as far as a scope does.
    pub fn part(&self, name: &str, below: usize, through: bool, work: &mut Work) -> Option<usize> {
        if self.parts() == 0 {
            return None;
        }
        for (at, open) in self.open.iter().enumerate().take(below).rev() {
            work.add(1);
            if open.tag == Tag::Inline {
                if open.name.eq_ignore_ascii_case(name) {
                    return Some(at);
                }
            } else if !through || open.tag.is_scope() {
                return None;
            }
        }
        None
    }
}
