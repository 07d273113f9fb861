//! The words of a form's table, folded once: what stands between its labels that is no cell.

use crate::form::{FormSet, Table};
use crate::report::FormId;
use crate::text::{Name, fold};

/// A table's words.
pub struct Words {
    form: FormId,
    table: Name,
    /// Every label, head and unit of the table, a word a line.
    vocabulary: String,
    /// The labels of the figure rows, with their ordinals.
    pub rows: Vec<String>,
    /// The heads of the columns, block by block.
    pub heads: Vec<String>,
}

/// The words of a table of a set.
pub fn of(forms: &'static FormSet, table: &Table) -> &'static Words {
    static NONE: Words = Words {
        form: FormId::FREE_2008,
        table: Name::of(""),
        vocabulary: String::new(),
        rows: Vec::new(),
        heads: Vec::new(),
    };
    let all = forms.compiled(|forms| forms.tables().map(Words::new).collect::<Vec<_>>());
    all.iter()
        .find(|w| w.form == table.form && w.table == table.id)
        .unwrap_or(&NONE)
}

impl Words {
    fn new(table: &Table) -> Self {
        let mut vocabulary = String::new();
        let mut add = |label: &str| {
            let folded = fold(label).text;
            if !folded.is_empty() {
                vocabulary.push_str(&folded);
                vocabulary.push('\n');
            }
        };
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
        Self {
            form: table.form,
            table: table.id,
            vocabulary,
            rows: table
                .figure_rows()
                .map(|(_, r)| fold(&r.label.zh).text)
                .collect(),
            heads: table
                .blocks
                .iter()
                .flat_map(|b| &b.columns)
                .map(|c| fold(&c.label.zh).text)
                .collect(),
        }
    }

    /// Whether a folded piece is one of the form's words, or part of one.
    pub fn has(&self, folded: &str) -> bool {
        self.vocabulary.contains(folded)
    }

    /// Whether a folded piece is made of the form's words, ordinals and punctuation only: heads
    /// that are repeated after a page break, the rest of a wrapped label.
    pub fn makes(&self, folded: &str) -> bool {
        self.has(folded) || self.made_of_words(folded.trim_matches(|c: char| !c.is_alphanumeric()))
    }

    fn made_of_words(&self, mut rest: &str) -> bool {
        while let Some(first) = rest.chars().next() {
            let mut longest = 0;
            for (count, (at, c)) in rest.char_indices().enumerate() {
                let end = at + c.len_utf8();
                if count >= 1 {
                    if !self.has(rest.get(..end).unwrap_or("\u{0}")) {
                        break;
                    }
                    longest = end;
                }
            }
            if longest == 0 {
                let mark = !first.is_alphanumeric() || "一二三四五六七八九十".contains(first);
                if !mark {
                    return false;
                }
                longest = first.len_utf8();
            }
            rest = rest.get(longest..).unwrap_or("");
        }
        true
    }
}
