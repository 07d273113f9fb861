//! Finding reports, sections and fields by any letters of them.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::action::Action;
use super::app::{App, Find, Goal, Hit, Mode, Pane, Place, RowState};
use super::steps;
use crate::form;
use crate::review::Target;

/// More are not shown, nobody reads them.
const MOST: usize = 50;

/// Opens the line.
pub fn open(app: &mut App) {
    app.mode = Mode::Find(Box::default());
    search(app);
}

/// A key in the line.
pub fn key(app: &mut App, mut find: Box<Find>, action: Option<Action>) {
    let last = find.hits.len().saturating_sub(1);
    match action {
        Some(Action::Cancel) => return,
        Some(Action::Submit) => {
            if let Some(hit) = find.hits.get(find.cursor) {
                go(app, &hit.place);
            }
            return;
        }
        Some(Action::Down) => find.cursor = (find.cursor + 1).min(last),
        Some(Action::Up) => find.cursor = find.cursor.saturating_sub(1),
        Some(Action::PageDown) => find.cursor = (find.cursor + 5).min(last),
        Some(Action::PageUp) => find.cursor = find.cursor.saturating_sub(5),
        _ => {}
    }
    app.mode = Mode::Find(find);
}

fn go(app: &mut App, place: &Place) {
    match place {
        Place::Row(row) => {
            super::update::go_to_row(app, *row, Goal::First);
            app.focus = Pane::List;
        }
        Place::Part(part) => {
            app.part = *part;
            (app.line, app.column, app.first_line) = (0, 0, 0);
            app.unfolded = false;
            app.focus = Pane::Sections;
            steps::follow(app);
        }
        Place::Cell(key) => {
            app.focus = Pane::Sections;
            steps::show(app, &Target::field(key.as_str()));
        }
    }
}

/// Finds again after the line has changed.
pub fn search(app: &mut App) {
    let Mode::Find(find) = &app.mode else { return };
    let wanted = find.line.text().trim().to_owned();
    let matcher = SkimMatcherV2::default().smart_case();
    let mut scored: Vec<(i64, Hit)> = Vec::new();
    let mut offer = |text: String, other: &str, place: Place| {
        let score = if wanted.is_empty() {
            Some(0)
        } else {
            // The statute's words find a cell whatever the language of the screen.
            let of = |text: &str| matcher.fuzzy_match(text, &wanted);
            of(&text).into_iter().chain(of(other)).max()
        };
        if let Some(score) = score {
            scored.push((score, Hit { text, place }));
        }
        // Memory stays small however many reports there are.
        if scored.len() > 4 * MOST {
            scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
            scored.truncate(MOST);
        }
    };
    let lang = app.lang;
    if let Some(opened) = app.opened() {
        for (i, part) in app.parts().iter().enumerate() {
            offer(format!("{}  {}", part.tab, part.title), "", Place::Part(i));
        }
        let schema = opened.report.schema;
        for cell in schema.ids() {
            let Some(form::Place { row, column, .. }) = schema.place(cell) else {
                continue;
            };
            let key = schema.key(cell);
            let label = row.label.say(lang);
            let text = if column.key.is_empty() {
                format!("{label}  {key}")
            } else {
                format!("{label} × {}  {key}", column.label.say(lang))
            };
            let other = format!(
                "{} {}",
                lang.pick(&row.label.en, &row.label.zh),
                lang.pick(&column.label.en, &column.label.zh)
            );
            offer(text, &other, Place::Cell(key.to_owned()));
        }
    }
    for (i, row) in app.rows.iter().enumerate() {
        let text = match &row.state {
            RowState::Ready(s) => {
                let organ = s.organ.as_deref().unwrap_or("");
                let year = s.year.map_or_else(String::new, |y| y.to_string());
                format!("{organ} {year}  {}", s.id)
            }
            RowState::Failed(error) => error.path.display().to_string(),
            RowState::Loading => match app.paths.get(row.file) {
                Some(path) => path.display().to_string(),
                None => continue,
            },
        };
        offer(text, "", Place::Row(i));
    }
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.truncate(MOST);
    if let Mode::Find(find) = &mut app.mode {
        find.hits = scored.into_iter().map(|(_, hit)| hit).collect();
        find.cursor = 0;
    }
}
