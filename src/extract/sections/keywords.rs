//! The words by which a heading tells its part.

use crate::form::{Common, FormSet};

/// Characters that a conversion may have added, lost or changed in a long heading.
const SLIPS: usize = 2;
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

struct Keyword {
    id: &'static str,
    words: String,
    length: usize,
}

/// The words of all forms, longest first.
pub(super) struct Keywords {
    all: Vec<Keyword>,
    common: &'static Common,
}

/// The words of a set of forms; the form in force wins where two agree.
pub(super) fn keywords(forms: &'static FormSet) -> &'static Keywords {
    forms.compiled(|forms| {
        let mut all: Vec<Keyword> = Vec::new();
        for form in forms.forms().iter().rev() {
            for part in &form.sections {
                for words in part.variants.iter().chain([&part.label.zh]) {
                    let words = crate::text::fold(words).text;
                    if !all.iter().any(|k| k.words == words) {
                        all.push(Keyword {
                            id: &part.id,
                            length: words.chars().count(),
                            words,
                        });
                    }
                }
            }
        }
        all.sort_by_key(|k| std::cmp::Reverse(k.length));
        Keywords {
            all,
            common: forms.common(),
        }
    })
}

/// The part whose words begin here in folded text, and how many bytes they take.
pub(super) fn part_at(words: &Keywords, text: &str) -> Option<(Part, usize)> {
    let exact = words.all.iter().find(|k| text.starts_with(&k.words));
    if let Some(k) = exact.filter(|k| k.length >= LONG) {
        return Some((part(k), k.words.len() + tail(words, text, k.words.len())));
    }
    let near = words
        .all
        .iter()
        .filter(|k| k.length >= LONG)
        .filter_map(|k| near_end(text, k).map(|(slips, end)| (slips, end, k)))
        .min_by_key(|(slips, _, k)| (*slips, std::cmp::Reverse(k.length)));
    match (exact, near) {
        (_, Some((_, end, k))) => Some((part(k), end + tail(words, text, end))),
        (Some(k), None) => Some((part(k), k.words.len() + tail(words, text, k.words.len()))),
        (None, None) => None,
    }
}

/// The part that a heading in a line of its own names, its ordinal cut off.
pub(super) fn part_of(words: &Keywords, title: &str) -> Option<Part> {
    if let Some((part, _)) = part_at(words, title) {
        return Some(part);
    }
    let mut rest = title;
    for noise in &words.common.subject {
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
    let k = words.all.iter().find(|k| title.contains(&k.words))?;
    // Words that open the heading tell its part whatever follows them.
    if k.length >= 4 && rest.starts_with(&k.words) {
        return Some(part(k));
    }
    (k.length * 5 >= whole * 2).then(|| part(k))
}

/// Whether the words are a heading of a part and nothing else.
pub(super) fn is_whole(words: &Keywords, title: &str) -> bool {
    part_at(words, title).is_some_and(|(_, end)| end >= title.len())
}

fn part(k: &Keyword) -> Part {
    Part {
        id: k.id,
        full: k.length >= FULL,
    }
}

/// Bytes of the words' usual end that the keyword left out.
fn tail(words: &Keywords, text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or("");
    let mut tails = words.common.heading_tails.iter();
    tails
        .find(|t| rest.starts_with(t.as_str()))
        .map_or(0, String::len)
}

/// Where the keyword ends in a text that spells it with a slip or two, and how many.
fn near_end(text: &str, k: &Keyword) -> Option<(usize, usize)> {
    // The first two characters are right, else every place in a long text would be measured.
    if !k
        .words
        .chars()
        .zip(text.chars())
        .take(2)
        .all(|(w, c)| w == c)
    {
        return None;
    }
    let allowed = if k.length >= LONG + 2 { SLIPS } else { 1 };
    let words: Vec<char> = k.words.chars().collect();
    let here: Vec<(usize, char)> = text.char_indices().take(k.length + allowed).collect();
    if here.len() + allowed < words.len() {
        return None;
    }
    // Distances of the whole keyword to each beginning of the text.
    let mut row: Vec<usize> = (0..=here.len()).collect();
    for (i, word) in words.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, (_, c)) in here.iter().enumerate() {
            let change = row.get(j)? + usize::from(c != word);
            let lost = row.get(j + 1)? + 1;
            let added = next.get(j)? + 1;
            next.push(change.min(lost).min(added));
        }
        row = next;
    }
    let (end, slips) = row
        .iter()
        .enumerate()
        .min_by_key(|(end, slips)| (**slips, end.abs_diff(k.length)))
        .map(|(end, slips)| (end, *slips))?;
    let bytes = here.get(end).map_or_else(
        || here.last().map_or(0, |(at, c)| at + c.len_utf8()),
        |(at, _)| *at,
    );
    // The last character is right too: the end of the heading must be known.
    let closes = end > 0 && here.get(end - 1).map(|(_, c)| c) == words.last();
    (slips <= allowed && closes).then_some((slips, bytes))
}
