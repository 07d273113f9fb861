//! The words that extraction looks for, all in one lexicon, and where they stand in a text.
//!
//! A text is scanned once. `二、主动公开政府信息情况` gives a hit for the words of the second part of the
//! report, one for each shorter keyword inside them, and one for the first two characters, by
//! which a damaged heading is still noticed; `规章` one for a row of each table that has it.

use super::identity::phrases;
use super::keywords::Keywords;
use crate::form::{FormSet, Table};
use crate::text::{Lexicon, fold_word};

/// What a word may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    /// A label of a row: which table of [`Known::tables`], which of its rows with figures.
    Row(u16, u16),
    /// A head of a column: which table, which of its heads.
    Head(u16, u16),
    /// A keyword of a heading, by its place in [`Known::keywords`].
    Heading(u16),
    /// The first two characters of keywords, by their place in [`Keywords::starts`].
    HeadingStart(u16),
    /// What such reports are about, in a title: 信息公开, 政务公开.
    Subject,
    /// The sign of a year or a date.
    Year,
    /// What stands before a date of publication.
    Published,
}

/// A place where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which word of its kind.
    pub word: usize,
    /// First byte of the folded text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// All places of all words in a text, by kind, each in the order of the text.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    /// Rows, by table.
    pub rows: Vec<Vec<Place>>,
    /// Heads of columns, by table.
    pub heads: Vec<Vec<Place>>,
    /// Keywords of headings.
    pub headings: Vec<Place>,
    /// The first two characters of keywords.
    pub heading_starts: Vec<Place>,
    /// Starts of [`Cue::Subject`].
    pub subjects: Vec<usize>,
    /// Starts of [`Cue::Year`].
    pub years: Vec<usize>,
    /// Starts of [`Cue::Published`].
    pub published: Vec<usize>,
    /// Steps that the scan took.
    pub steps: usize,
}

/// What is known of the forms, made ready for the search once.
pub struct Known {
    /// All tables of all forms.
    pub tables: Vec<&'static Table>,
    /// The words of headings.
    pub keywords: Keywords,
    lexicon: Lexicon<Cue>,
}

impl Known {
    /// What is known of a set of forms; made at the first report.
    pub fn of(forms: &'static FormSet) -> &'static Self {
        forms.compiled(Self::new)
    }

    fn new(forms: &'static FormSet) -> Self {
        let tables: Vec<&'static Table> = forms.tables().collect();
        let keywords = Keywords::new(forms);
        let number = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let heads: Vec<Vec<String>> = tables.iter().map(|t| heads(t)).collect();
        let mut words: Vec<(&str, Cue)> = Vec::new();
        for (t, heads) in heads.iter().enumerate() {
            for (h, head) in heads.iter().enumerate() {
                words.push((head, Cue::Head(number(t), number(h))));
            }
        }
        for (t, table) in tables.iter().enumerate() {
            for (r, (_, row)) in table.figure_rows().enumerate() {
                let cue = Cue::Row(number(t), number(r));
                words.extend(row.variants.iter().map(|v| (v.as_str(), cue)));
            }
        }
        for (k, word) in keywords.words().enumerate() {
            words.push((word, Cue::Heading(number(k))));
        }
        for (group, (start, _)) in keywords.starts.iter().enumerate() {
            words.push((start, Cue::HeadingStart(number(group))));
        }
        words.extend(phrases::SUBJECTS.map(|word| (word, Cue::Subject)));
        words.extend(phrases::PUBLISHED.map(|word| (word, Cue::Published)));
        words.push((phrases::YEAR, Cue::Year));
        let lexicon = Lexicon::new(words);
        Self {
            tables,
            keywords,
            lexicon,
        }
    }

    /// Scans a folded text.
    pub fn hits(&self, text: &str) -> Hits {
        let mut hits = Hits {
            rows: vec![Vec::new(); self.tables.len()],
            heads: vec![Vec::new(); self.tables.len()],
            ..Hits::default()
        };
        let steps = self.lexicon.scan(text, |cue, start, end| match cue {
            Cue::Row(table, row) => add(&mut hits.rows, table, row, start, end),
            Cue::Head(table, head) => add(&mut hits.heads, table, head, start, end),
            Cue::Heading(word) => hits.headings.push(Place {
                word: usize::from(word),
                start,
                end,
            }),
            Cue::HeadingStart(word) => hits.heading_starts.push(Place {
                word: usize::from(word),
                start,
                end,
            }),
            Cue::Subject => hits.subjects.push(start),
            Cue::Year => hits.years.push(start),
            Cue::Published => hits.published.push(start),
        });
        hits.steps = steps;
        hits
    }
}

impl Hits {
    /// The heads of the columns of the table of a number.
    pub fn heads_of(&self, table: usize) -> &[Place] {
        self.heads.get(table).map_or(&[], Vec::as_slice)
    }
}

fn add(places: &mut [Vec<Place>], table: u16, word: u16, start: usize, end: usize) {
    if let Some(own) = places.get_mut(usize::from(table)) {
        own.push(Place {
            word: usize::from(word),
            start,
            end,
        });
    }
}

/// The heads of a table's columns as printed, block by block.
fn heads(table: &Table) -> Vec<String> {
    let columns = table.blocks.iter().flat_map(|b| &b.columns);
    columns
        .map(|c| fold_word(&c.label.zh).into_owned())
        .collect()
}
