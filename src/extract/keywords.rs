//! The words by which a heading tells its part, of all forms: `主动公开政府信息情况` tells the second.

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
        Self { all }
    }

    /// The words, longest first.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|k| k.words.as_str())
    }
}
