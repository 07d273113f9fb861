//! Which part the words at a place name: `主动公开政府信息情况` the second, and `主动公开政府信息惰况`, with a
//! slip, still that.

use crate::extract::budget::Budget;
use crate::extract::cues::{Hits, Place};
use crate::extract::keywords::{Keyword, Keywords};
use crate::extract::prepared::Prepared;
use crate::form::Common;

/// Characters that a conversion may have added, lost or changed in a long heading.
const SLIPS: usize = 2;
/// No keyword is longer, slips included.
const LONGEST: usize = 64;
/// A heading must be that long for a slip to be forgiven.
const LONG: usize = 9;
/// Words as long as that are the form's, and are no chance in a line of their own.
const FULL: usize = 7;

/// A statutory part that a heading names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// `s1` …
    pub id: &'static str,
    /// The words are long enough to stand without an ordinal.
    pub full: bool,
}

/// The keywords in a folded text, by place.
pub(super) struct Named<'a> {
    keywords: &'static Keywords,
    common: &'static Common,
    text: &'a str,
    hits: &'a Hits,
    budget: &'a Budget,
}

impl<'a> Named<'a> {
    pub(super) fn new(prepared: &'a Prepared<'_>) -> Self {
        Self {
            keywords: &prepared.known.keywords,
            common: prepared.forms.common(),
            text: &prepared.linear().text,
            hits: prepared.hits(),
            budget: &prepared.budget,
        }
    }

    /// Whether the first two characters of a keyword stand at a place: what else may begin there
    /// is no heading.
    pub(super) fn may_begin(&self, at: usize) -> bool {
        self.start(at).is_some()
    }

    /// The keywords whose first two characters stand at a place, the longest first.
    fn start(&self, at: usize) -> Option<&'static [usize]> {
        let starts = &self.hits.heading_starts;
        let found = starts.binary_search_by_key(&at, |p| p.start).ok()?;
        let group = self.keywords.starts.get(starts.get(found)?.word)?;
        Some(&group.1)
    }

    /// The longest keyword among some places, the first of its length.
    fn longest(&self, places: impl Iterator<Item = &'a Place>) -> Option<&'static Keyword> {
        self.keywords.all.get(places.map(|p| p.word).min()?)
    }

    /// The keywords that start in a stretch and end in it.
    fn within(&self, start: usize, last: usize, end: usize) -> impl Iterator<Item = &'a Place> {
        let from = self.hits.headings.partition_point(|h| h.start < start);
        self.hits
            .headings
            .get(from..)
            .unwrap_or(&[])
            .iter()
            .take_while(move |h| h.start <= last)
            .filter(move |h| h.end <= end)
    }

    /// The part whose words begin at a place and end before another, and how many bytes they take.
    pub(super) fn part_at(&self, at: usize, end: usize) -> Option<(Part, usize)> {
        let start = self.start(at)?;
        let text = self.text.get(at..end)?;
        let exact = self.longest(self.within(at, at, end));
        let whole = |k: &Keyword| (part(k), k.words.len() + self.tail(text, k.words.len()));
        if let Some(k) = exact.filter(|k| k.length() >= LONG) {
            return Some(whole(k));
        }
        let long = start
            .iter()
            .filter_map(|&k| self.keywords.all.get(k))
            .take_while(|k| k.length() >= LONG);
        let mut here: Vec<(usize, char)> = Vec::new();
        let near = long
            .filter_map(|k| {
                if here.is_empty() {
                    here.extend(text.char_indices().take(LONGEST));
                }
                let near = near_end(&here, k, self.budget);
                near.map(|(slips, end)| (slips, end, k))
            })
            .min_by_key(|(slips, _, k)| (*slips, std::cmp::Reverse(k.length())));
        match (exact, near) {
            (_, Some((_, end, k))) => Some((part(k), end + self.tail(text, end))),
            (Some(k), None) => Some(whole(k)),
            (None, None) => None,
        }
    }

    /// The part that a heading in a line of its own names, its ordinal cut off.
    pub(super) fn part_of(&self, at: usize, end: usize) -> Option<Part> {
        if let Some((part, _)) = self.part_at(at, end) {
            return Some(part);
        }
        let title = self.text.get(at..end)?;
        self.budget.count(title.len());
        let mut rest = title;
        for noise in &self.common.subject {
            if let Some(cut) = title
                .find(noise.as_str())
                .and_then(|at| title.get(at + noise.len()..))
            {
                rest = cut;
                break;
            }
        }
        let rest = rest.trim_start_matches(['的', '中']);
        let whole = rest.chars().count().max(1);
        let k = self.longest(self.within(at, end, end))?;
        // Words that open the heading tell its part whatever follows them.
        if k.length() >= 4 && rest.starts_with(&k.words) {
            return Some(part(k));
        }
        (k.length() * 5 >= whole * 2).then(|| part(k))
    }

    /// Bytes of the words' usual end that the keyword left out.
    fn tail(&self, text: &str, from: usize) -> usize {
        let rest = text.get(from..).unwrap_or("");
        let mut tails = self.common.heading_tails.iter();
        tails
            .find(|t| rest.starts_with(t.as_str()))
            .map_or(0, String::len)
    }

    /// Whether the words are a heading of a part and nothing else.
    pub(super) fn is_whole(&self, at: usize, end: usize) -> bool {
        self.part_at(at, end)
            .is_some_and(|(_, length)| at + length >= end)
    }
}

fn part(k: &Keyword) -> Part {
    Part {
        id: k.id,
        full: k.length() >= FULL,
    }
}

/// Where the keyword ends in a text that spells it with a slip or two, and how many.
fn near_end(here: &[(usize, char)], k: &Keyword, budget: &Budget) -> Option<(usize, usize)> {
    // The first two characters are right, else every place in a long text would be measured.
    let mut first = k.chars.iter().zip(here).take(2);
    if !first.all(|(w, (_, c))| w == c) {
        return None;
    }
    let allowed = if k.length() >= LONG + 2 { SLIPS } else { 1 };
    let here = here.get(..k.length() + allowed).unwrap_or(here);
    if here.len() + allowed < k.length() {
        return None;
    }
    // Distances of the keyword, as far as it is read, to those beginnings of the text whose length
    // is so near that they may be within what is allowed: to the lengths from `read - allowed` on.
    let width = allowed * 2 + 1;
    let mut row = [usize::MAX; SLIPS * 2 + 1];
    for (d, place) in row.iter_mut().take(width).enumerate().skip(allowed) {
        *place = d - allowed;
    }
    for (read, word) in k.chars.iter().enumerate() {
        budget.count(width);
        let mut left = usize::MAX;
        let mut least = usize::MAX;
        for d in 0..width {
            // The length of this beginning after one more character of the keyword.
            let length = (read + 1 + d).checked_sub(allowed);
            let right = row.get(d + 1).filter(|_| d + 1 < width);
            let lost = right.copied().unwrap_or(usize::MAX);
            let change = row.get(d).copied().unwrap_or(usize::MAX);
            let own = match length {
                None => usize::MAX,
                Some(0) => read + 1,
                Some(length) => match here.get(length - 1) {
                    None => usize::MAX,
                    Some((_, c)) => change
                        .saturating_add(usize::from(c != word))
                        .min(lost.saturating_add(1))
                        .min(left.saturating_add(1)),
                },
            };
            if let Some(place) = row.get_mut(d) {
                *place = own;
            }
            left = own;
            least = least.min(own);
        }
        if least > allowed {
            return None;
        }
    }
    let ends = row.iter().take(width).enumerate();
    let (end, slips) = ends
        .filter_map(|(d, slips)| Some(((k.length() + d).checked_sub(allowed)?, *slips)))
        .min_by_key(|(end, slips)| (*slips, end.abs_diff(k.length())))?;
    let bytes = here.get(end).map_or_else(
        || here.last().map_or(0, |(at, c)| at + c.len_utf8()),
        |(at, _)| *at,
    );
    // The last character is right too: the end of the heading must be known.
    let last = end.checked_sub(1).and_then(|i| here.get(i));
    let closes = last.is_some_and(|(_, c)| Some(c) == k.chars.last());
    (slips <= allowed && closes).then_some((slips, bytes))
}
