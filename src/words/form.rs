//! Rows, columns and cells in the form's own words.

use super::{Lang, say};
use crate::form::{Column, FormSet, Label, Place, Row, Schema};
use crate::report::{CellId, FormId};

impl Label {
    /// The text in a language.
    pub fn say(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// A row; the head above it goes before a label that says nothing alone, such as 3.其他.
pub fn row(row: &Row, lang: Lang) -> String {
    match lang {
        Lang::En => row.label.en.clone(),
        Lang::Zh => match row.parents.last() {
            Some(parent) if is_bare(row) => format!("{parent} {}", row.label.zh),
            _ => row.label.zh.clone(),
        },
    }
}

/// Outcomes of table 3 are numbered anew under each head; in the indicator table the outcomes of
/// reconsideration and of litigation have the same labels.
fn is_bare(row: &Row) -> bool {
    let outcome = row.key.starts_with("results.") && row.depth >= 2;
    outcome || row.key.starts_with("review.") || row.key.starts_with("litigation.")
}

/// A column.
pub fn column(column: &Column, lang: Lang) -> &str {
    column.label.say(lang)
}

/// A place in a table: its row, and its column where there are several.
pub fn place(place: &Place, lang: Lang) -> String {
    if place.column.key.is_empty() {
        return row(place.row, lang);
    }
    let column = column(place.column, lang);
    format!("{} × {column}", row(place.row, lang))
}

/// A cell: its row, and its column where there are several.
pub fn cell(schema: &Schema, cell: CellId, lang: Lang) -> String {
    schema
        .place(cell)
        .map_or_else(String::new, |p| place(&p, lang))
}

/// Several cells, the first three by name.
pub fn cells(schema: &Schema, cells: &[CellId], lang: Lang) -> String {
    const NAMED: usize = 3;
    let names = cells.iter().take(NAMED).map(|c| cell(schema, *c, lang));
    let shown = names.collect::<Vec<_>>().join(lang.pick("、", ", "));
    if cells.len() <= NAMED {
        return shown;
    }
    let count = match lang {
        Lang::Zh => cells.len(),
        Lang::En => cells.len() - NAMED,
    };
    say!(lang, check_more_cells, cells = shown, count = count)
}

/// The name of a table; empty where the set has none such.
pub fn table(forms: &'static FormSet, form: FormId, id: &str, lang: Lang) -> &'static str {
    let table = forms.table(form, id);
    table.map_or("", |t| t.label.say(lang))
}

/// The heading of a part with its ordinal, as the form prints it.
pub fn part(forms: &'static FormSet, form: FormId, id: &str, lang: Lang) -> String {
    const ORDINALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let sections = forms.get(form).map_or(&[][..], |f| &f.sections);
    let mut numbered = sections.iter().enumerate();
    let Some((index, part)) = numbered.find(|(_, s)| s.id == id) else {
        return id.to_owned();
    };
    match lang {
        Lang::Zh => {
            let ordinal = ORDINALS.get(index).unwrap_or(&"");
            format!("{ordinal}、{}", part.label.zh)
        }
        Lang::En => format!("{} ({})", index + 1, part.label.en),
    }
}
