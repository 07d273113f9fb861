//! The words by which a heading tells its part, of all forms: `主动公开政府信息情况` tells the second.

use std::collections::BTreeMap;

use crate::form::FormSet;

/// A keyword of a heading.
pub struct Keyword {
    /// The part that it tells: `s1` …
    pub id: &'static str,
    /// As it stands in folded text.
    pub words: String,
    /// Its characters.
    pub chars: Vec<char>,
}

impl Keyword {
    /// The number of its characters.
    pub const fn length(&self) -> usize {
        self.chars.len()
    }
}

/// The words of all forms, longest first; the form in force wins where two agree.
pub struct Keywords {
    /// The longest first.
    pub all: Vec<Keyword>,
    /// The first two characters of keywords, and which keywords begin with them.
    pub starts: Vec<(String, Vec<usize>)>,
}

impl Keywords {
    /// Collects them.
    pub fn new(forms: &'static FormSet) -> Self {
        let mut all: Vec<Keyword> = Vec::new();
        for form in forms.forms().iter().rev() {
            for part in &form.sections {
                for words in part.variants.iter().chain([&part.label.zh]) {
                    let words = crate::text::fold(words).text;
                    if !all.iter().any(|k| k.words == words) {
                        all.push(Keyword {
                            id: &part.id,
                            chars: words.chars().collect(),
                            words,
                        });
                    }
                }
            }
        }
        all.sort_by_key(|k| std::cmp::Reverse(k.length()));
        let mut starts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (number, keyword) in all.iter().enumerate() {
            let start = keyword.chars.iter().take(2).collect();
            starts.entry(start).or_default().push(number);
        }
        Self {
            all,
            starts: starts.into_iter().collect(),
        }
    }

    /// The words, longest first.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|k| k.words.as_str())
    }
}
