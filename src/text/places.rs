//! Where the characters of a folded copy stand in the original, as runs: in `件１２`, copied as
//! `件12`, one run of three bytes as they are and one of two bytes that stand for three each.

use std::cell::Cell;

use super::Span;

/// A stretch of the copy whose places follow from its first.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// Where it starts in the copy, and in the original.
    copy: u32,
    source: u32,
    /// How many bytes of the copy stand for how many of the original, again and again; 0 and 0
    /// where the original's characters stand there byte for byte.
    each: u8,
    each_source: u8,
}

/// The map of a copy.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    runs: Vec<Run>,
    /// End of the last character, in the original.
    end: usize,
    /// The copy has another order than the original.
    mixed: bool,
    /// How many runs began before what was asked for last: whoever walks along a text asks for
    /// what is near.
    last: Cell<usize>,
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Places {
    /// Where the last character ends.
    pub(super) const fn end(&self) -> usize {
        self.end
    }

    /// A stretch is copied as it is.
    pub(super) fn keep(&mut self, source: usize, copy: usize, length: usize) {
        self.add(
            Run {
                copy: small(copy),
                source: small(source),
                each: 0,
                each_source: 0,
            },
            source + length,
        );
    }

    /// A character of the original becomes `copied` bytes.
    pub(super) fn push(&mut self, source: usize, length: usize, copy: usize, copied: usize) {
        if copied == 0 {
            return;
        }
        if length == copied {
            self.keep(source, copy, length);
            return;
        }
        let each = u8::try_from(copied).unwrap_or(u8::MAX);
        let each_source = u8::try_from(length).unwrap_or(u8::MAX);
        self.add(
            Run {
                copy: small(copy),
                source: small(source),
                each,
                each_source,
            },
            source + length,
        );
    }

    fn add(&mut self, run: Run, end: usize) {
        self.mixed |= (run.source as usize) < self.end;
        self.end = end;
        if let Some(last) = self.runs.last() {
            let (along, along_source) =
                (run.copy - last.copy, run.source.wrapping_sub(last.source));
            let same = (last.each, last.each_source) == (run.each, run.each_source);
            let follows = if run.each == 0 {
                along == along_source
            } else {
                along % u32::from(run.each) == 0
                    && along / u32::from(run.each) * u32::from(run.each_source) == along_source
            };
            if same && follows {
                return;
            }
        }
        self.runs.push(run);
    }

    /// Takes over the places of a part of another copy.
    pub(super) fn append(&mut self, from: &Self, start: usize, copy: usize, length: usize) {
        let first = from.runs.partition_point(|r| r.copy as usize <= start);
        let mut index = first.saturating_sub(1);
        let end = start + length;
        while let Some(run) = from.runs.get(index) {
            let next = from.runs.get(index + 1).map_or(u32::MAX, |r| r.copy) as usize;
            let (begin, stop) = ((run.copy as usize).max(start), next.min(end));
            if begin >= end {
                break;
            }
            let skipped = begin - run.copy as usize;
            let source = run.source as usize + along(run, skipped);
            let stop_source = run.source as usize + along(run, stop - run.copy as usize);
            self.add(
                Run {
                    copy: small(copy + begin - start),
                    source: small(source),
                    ..*run
                },
                stop_source,
            );
            index += 1;
        }
    }

    fn run(&self, byte: usize) -> Option<&Run> {
        let next = self.begun(|r| r.copy as usize <= byte);
        self.runs.get(next.checked_sub(1)?)
    }

    /// How many runs begin before a place, which ascend.
    fn begun(&self, before: impl Fn(&Run) -> bool) -> usize {
        let last = self.last.get();
        let is = |next: &usize| {
            let begun = next
                .checked_sub(1)
                .is_none_or(|i| self.runs.get(i).is_some_and(&before));
            begun && !self.runs.get(*next).is_some_and(&before)
        };
        let near = [last, last + 1].into_iter().find(is);
        let next = near.unwrap_or_else(|| self.runs.partition_point(&before));
        self.last.set(next);
        next
    }

    /// Where the character of a byte of the copy stands.
    pub(super) fn of(&self, copy: &str, byte: usize) -> Option<Span> {
        if byte >= copy.len() {
            return None;
        }
        let run = self.run(byte)?;
        if run.each == 0 {
            let mut start = byte;
            while !copy.is_char_boundary(start) {
                start -= 1;
            }
            let mut end = byte + 1;
            while !copy.is_char_boundary(end) {
                end += 1;
            }
            let shift = |at: usize| run.source as usize + (at - run.copy as usize);
            return Some(Span::new(shift(start), shift(end)));
        }
        let nth = (byte - run.copy as usize) / usize::from(run.each);
        let start = run.source as usize + nth * usize::from(run.each_source);
        Some(Span::new(start, start + usize::from(run.each_source)))
    }

    /// The first byte of the copy that stands at or after a place of the original.
    pub(super) fn at(&self, copy: &str, original: usize) -> usize {
        if self.mixed {
            return self.near(copy, original);
        }
        let next = self.begun(|r| r.source as usize <= original);
        let end = self.runs.get(next).map_or(copy.len(), |r| r.copy as usize);
        let Some(run) = next.checked_sub(1).and_then(|i| self.runs.get(i)) else {
            return end;
        };
        let beyond = original - run.source as usize;
        let mut at = if run.each == 0 {
            run.copy as usize + beyond
        } else {
            let nth = beyond.div_ceil(usize::from(run.each_source));
            run.copy as usize + nth * usize::from(run.each)
        };
        while at < end && !copy.is_char_boundary(at) {
            at += 1;
        }
        at.min(end)
    }

    /// In a copy of another order: as if it had the original's.
    fn near(&self, copy: &str, original: usize) -> usize {
        let (mut low, mut high) = (0, copy.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.of(copy, middle).is_some_and(|p| p.start < original) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        while !copy.is_char_boundary(low) {
            low += 1;
        }
        low
    }
}

/// How far into the original some bytes of a run reach.
fn along(run: &Run, bytes: usize) -> usize {
    match run.each {
        0 => bytes,
        each => bytes / usize::from(each) * usize::from(run.each_source),
    }
}
