//! The words of a form's table, folded once: what stands between its labels that is no cell.

use std::sync::OnceLock;

use crate::form::{FormSet, Table};
use crate::text::fold_word;

/// A table's words.
pub struct Words {
    all: Dictionary,
    /// The same, each written backwards.
    backwards: Dictionary,
    /// The labels of the figure rows, with their ordinals.
    pub rows: Vec<String>,
}

/// Words of which pieces are sought.
struct Dictionary {
    /// A word a line.
    vocabulary: String,
    /// Where each character of it starts, by what follows there: a piece of a word is found as
    /// in a dictionary.
    places: Vec<u32>,
}

/// The words of a table of a set; made when it is first seen.
pub fn of(forms: &'static FormSet, table: &Table) -> &'static Words {
    type All = Vec<(&'static Table, OnceLock<Words>)>;
    let all =
        forms.compiled(|forms| -> All { forms.tables().map(|t| (t, OnceLock::new())).collect() });
    static NONE: OnceLock<Words> = OnceLock::new();
    let found = all.iter().find(|(t, _)| std::ptr::eq(*t, table));
    found
        .map_or(&NONE, |(_, words)| words)
        .get_or_init(|| Words::new(table))
}

impl Words {
    fn new(table: &Table) -> Self {
        let mut all: Vec<String> = Vec::new();
        let mut add = |label: &str| all.push(fold_word(label).into_owned());
        for block in &table.blocks {
            add(&block.label.zh);
            block.variants.iter().for_each(|v| add(v));
            for column in &block.columns {
                add(&column.label.zh);
                column.variants.iter().for_each(|v| add(v));
                add(&column.unit);
            }
            for row in &block.rows {
                add(&row.label.zh);
                row.variants.iter().for_each(|v| add(v));
                row.parents.iter().for_each(|p| add(p));
                add(&row.unit);
            }
        }
        table.layout.around.iter().for_each(|w| add(w));
        all.sort_unstable();
        all.dedup();
        all.retain(|word| !word.is_empty());
        let backwards: Vec<String> = all.iter().map(|w| w.chars().rev().collect()).collect();
        Self {
            all: Dictionary::new(&all),
            backwards: Dictionary::new(&backwards),
            rows: table
                .figure_rows()
                .map(|(_, r)| fold_word(&r.label.zh).into_owned())
                .collect(),
        }
    }

    /// Whether a folded piece is one of the form's words, or part of one.
    pub fn has(&self, folded: &str) -> bool {
        self.all.longest(folded) == folded.len()
    }

    /// How many bytes at the end of a folded text are a piece of one of the form's words, looking
    /// at so many characters.
    pub fn ending(&self, folded: &str, characters: usize) -> usize {
        let end: String = folded.chars().rev().take(characters).collect();
        self.backwards.longest(&end)
    }

    /// Whether a folded piece is made of the form's words, ordinals and punctuation only: heads
    /// that are repeated after a page break, the rest of a wrapped label.
    pub fn makes(&self, folded: &str) -> bool {
        self.has(folded) || self.made_of_words(folded.trim_matches(|c: char| !c.is_alphanumeric()))
    }

    fn made_of_words(&self, mut rest: &str) -> bool {
        while let Some(first) = rest.chars().next() {
            let longest = self.all.longest(rest);
            let taken = if longest > first.len_utf8() {
                longest
            } else if !first.is_alphanumeric() || "一二三四五六七八九十".contains(first) {
                first.len_utf8()
            } else {
                return false;
            };
            rest = rest.get(taken..).unwrap_or("");
        }
        true
    }
}

impl Dictionary {
    fn new(words: &[String]) -> Self {
        let mut vocabulary = String::new();
        for word in words {
            vocabulary.push_str(word);
            vocabulary.push('\n');
        }
        let mut places: Vec<u32> = vocabulary
            .char_indices()
            .filter(|(_, c)| *c != '\n')
            .filter_map(|(at, _)| u32::try_from(at).ok())
            .collect();
        places.sort_unstable_by_key(|&at| vocabulary.get(at as usize..));
        Self { vocabulary, places }
    }

    /// How many bytes at the start of a text are a piece of one of the words.
    fn longest(&self, text: &str) -> usize {
        let word = |&at: &u32| self.vocabulary.get(at as usize..).unwrap_or("");
        let next = self.places.partition_point(|at| word(at) < text);
        let beside = [next.checked_sub(1), Some(next)];
        let near = beside
            .into_iter()
            .flatten()
            .filter_map(|i| self.places.get(i));
        near.map(|at| alike(word(at), text)).max().unwrap_or(0)
    }
}

/// How many bytes two texts have in common at their start, whole characters only.
fn alike(a: &str, b: &str) -> usize {
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b);
    same.map(|(c, _)| c.len_utf8()).sum()
}
