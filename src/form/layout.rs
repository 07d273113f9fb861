//! How a table is told in a text: what is said of a form beyond its labels, so that no reader
//! knows a form by name.

use serde::Deserialize;

use crate::text::fold;

/// What extraction needs to know of a table; all words are folded (no blanks, simplified).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Layout {
    /// So many labels of rows must be found before they are taken for the table.
    pub least_rows: usize,
    /// Words that head a block, such as 信息内容: a row ends before them, and where there is no
    /// grid one of them (or two heads of columns) stands before the first row.
    pub heads: Vec<String>,
    /// Rows of a grid above a row in which its heads are sought.
    pub heads_reach: usize,
    /// A line that opens with an ordinal and one of these is a row, no heading of the report.
    pub not_headings: Vec<String>,
    /// Those count only from the table's opening on: the report's headings have the same words.
    pub not_headings_from_opening: bool,
    /// How the table begins.
    pub openings: Vec<Opening>,
    /// Words around the figures that are part of the printed form and no cell.
    pub around: Vec<String>,
    /// Where a table is told by heads side by side, not by labels of rows.
    pub anchor: Option<Anchor>,
    /// Where this table, its cells run together, prints its empty cells as 0, all tables of the
    /// report do.
    pub fills: bool,
    /// The rows add up to their last column.
    pub row_sum: bool,
    /// The unit is printed between label and figure.
    pub unit_first: bool,
    /// Tables by which a table that is alike in several forms is told to belong to one: that of
    /// the first of these that was found.
    pub form_of: Vec<String>,
}

/// The words with which a table begins.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The first words.
    pub words: String,
    /// Words that must follow.
    pub then: String,
    /// Within so many characters.
    pub within: usize,
}

/// Two heads side by side that tell a table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// The first.
    pub first: String,
    /// The second.
    pub second: String,
    /// Bytes of folded text between them, at most.
    pub gap: usize,
    /// Characters that never stand between them; nor does a digit.
    pub never: String,
}

/// What all reports have in common, whatever their form; all words are folded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Common {
    /// A text without a table that holds none of these words is no such report.
    pub wording: Vec<String>,
    /// What a heading may open with before the words that tell its part; the first that stands
    /// there is left out.
    pub subject: Vec<String>,
    /// Usual ends of a heading that its keyword left out.
    pub heading_tails: Vec<String>,
    /// Words straight after a heading's words by which it is only spoken of.
    pub cited_by: Vec<String>,
}

impl Layout {
    pub(super) fn folded(mut self) -> Self {
        for words in [&mut self.heads, &mut self.not_headings, &mut self.around] {
            fold_all(words);
        }
        for opening in &mut self.openings {
            opening.words = fold(&opening.words).text;
            opening.then = fold(&opening.then).text;
        }
        if let Some(anchor) = &mut self.anchor {
            anchor.first = fold(&anchor.first).text;
            anchor.second = fold(&anchor.second).text;
            anchor.never = fold(&anchor.never).text;
        }
        self
    }
}

impl Common {
    pub(super) fn folded(mut self) -> Self {
        for words in [
            &mut self.wording,
            &mut self.subject,
            &mut self.heading_tails,
            &mut self.cited_by,
        ] {
            fold_all(words);
        }
        self
    }
}

fn fold_all(words: &mut [String]) {
    for word in words {
        *word = fold(word).text;
    }
}
