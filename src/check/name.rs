//! Rows and columns in the form's own words, as messages name them.

use crate::form::{Column, Row, Table};
use crate::words::Lang;

/// A row; the head above it goes before a label that says nothing alone, such as 3.其他.
pub(super) fn row(row: &Row, lang: Lang) -> String {
    match lang {
        Lang::En => row.label.en.clone(),
        Lang::Zh => match row.parents.last() {
            Some(parent) if is_bare(row) => {
                format!("{parent} {}", row.label.zh)
            }
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
pub(super) fn column(column: &Column, lang: Lang) -> String {
    match lang {
        Lang::Zh => column.label.zh.clone(),
        Lang::En => column.label.en.clone(),
    }
}

/// A cell: its row, and its column where there are several.
pub(super) fn cell(table: &Table, key: &str, lang: Lang) -> String {
    let Some((_, r, c)) = table.find(key) else {
        return key.to_owned();
    };
    if c.key.is_empty() {
        return row(r, lang);
    }
    format!("{} × {}", row(r, lang), column(c, lang))
}

/// Several cells, the first three by name.
pub(super) fn cells<'k>(
    tables: &[&'static Table],
    keys: impl IntoIterator<Item = &'k str>,
    lang: Lang,
) -> String {
    let names: Vec<String> = keys
        .into_iter()
        .map(|key| {
            let id = key.split('.').next().unwrap_or("");
            tables
                .iter()
                .find(|t| t.id == id)
                .map_or_else(|| key.to_owned(), |t| cell(t, key, lang))
        })
        .collect();
    let joint = match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    };
    let shown = names
        .iter()
        .take(3)
        .cloned()
        .collect::<Vec<_>>()
        .join(joint);
    match (names.len() > 3, lang) {
        (false, _) => shown,
        (true, Lang::Zh) => format!("{shown}等 {} 格", names.len()),
        (true, Lang::En) => format!("{shown} and {} more", names.len() - 3),
    }
}
