//! Refusals and decisions in words: why what was asked for is not done, and who decided what.

use super::{Lang, say};
use crate::review::{Action, Decision, Refusal, file_name};

impl Refusal {
    /// One sentence.
    pub fn message(&self, lang: Lang) -> String {
        let place = |name: &Option<String>| {
            let unknown = say!(lang, refused_somebody);
            name.clone().unwrap_or_else(|| unknown.to_owned())
        };
        match self {
            Self::UnknownKey(key) => say!(lang, refused_key, key),
            Self::UnknownFinding(f) => say!(lang, refused_finding, finding = f),
            Self::WrongTarget { action, target } => say!(lang, refused_target, action, target),
            Self::Unchanged { key, value } => {
                say!(lang, refused_unchanged, key, value)
            }
            Self::NothingToAccept { key, status } => {
                let status = status.as_str();
                say!(lang, refused_accept, key, status)
            }
            Self::NoValue(action) => say!(lang, refused_no_value, action),
            Self::ValueNotTaken(action) => say!(lang, refused_value, action),
            Self::ReasonNotTaken(action) => say!(lang, refused_reason, action),
            Self::NotAFigure { text, part } if part.is_empty() => {
                say!(lang, refused_figure_end, text)
            }
            Self::NotAFigure { text, part } => {
                say!(lang, refused_figure, text, part)
            }
            Self::NotWhole(value) => say!(lang, refused_whole, value),
            Self::Negative(value) => say!(lang, refused_negative, value),
            Self::NotAYear(text) => say!(lang, refused_year, text),
            Self::NotAForm(text) => say!(lang, refused_form, text),
            Self::NotALevel(text) => say!(lang, refused_level, text),
            Self::NotAStatus(text) => say!(lang, refused_status, text),
            Self::NoChoice(table) => say!(lang, refused_no_choice, table),
            Self::NoSuchSolution { text, listed } => {
                say!(lang, refused_solution, text, count = listed)
            }
            Self::NothingToUndo => say!(lang, refused_nothing_to_undo).to_owned(),
            Self::NothingToRedo => say!(lang, refused_nothing_to_redo).to_owned(),
            Self::AnothersStep { by, at } => {
                let at = at
                    .as_ref()
                    .map_or_else(String::new, |at| at.strftime("%Y-%m-%d %H:%M").to_string());
                say!(lang, refused_anothers, by = place(by), at)
            }
            Self::Conflict { theirs, .. } => {
                let what = theirs.sentence(lang);
                say!(lang, refused_conflict, what)
            }
            Self::StepReplaced { by } => say!(lang, refused_replaced, by = place(by)),
            Self::SourceChanged { path } => {
                say!(lang, refused_changed, file = file_name(path))
            }
            Self::SourceGone { path, kind, cause } => {
                let cause = match kind {
                    std::io::ErrorKind::NotFound => say!(lang, source_not_found),
                    std::io::ErrorKind::PermissionDenied => say!(lang, source_permission),
                    _ => cause,
                };
                let file = file_name(path);
                say!(lang, refused_vanished, file, cause)
            }
            Self::StepGone => say!(lang, refused_gone).to_owned(),
        }
    }
}

impl Action {
    /// That it was done, in a word or two.
    pub fn did(self, lang: Lang) -> &'static str {
        match self {
            Self::Accept => say!(lang, did_accept),
            Self::Override => say!(lang, did_override),
            Self::Blank => say!(lang, did_blank),
            Self::NotApplicable => say!(lang, did_not_applicable),
            Self::Choose => say!(lang, did_choose),
            Self::Confirm => say!(lang, did_confirm),
            Self::Dismiss => say!(lang, did_dismiss),
            Self::Flag => say!(lang, did_flag),
            Self::Set => say!(lang, did_set),
        }
    }
}

impl Decision {
    /// Who decided what, and when, in one line.
    pub fn sentence(&self, lang: Lang) -> String {
        let mut did = self.action.did(lang).to_owned();
        if let Some(value) = &self.value {
            did += &format!(" {value}");
        }
        if let Some(note) = &self.note {
            did += &format!("  # {note}");
        }
        let by = self.by.as_deref();
        let by = by.unwrap_or_else(|| say!(lang, refused_somebody));
        let at = self.at.as_ref();
        let at = at.map_or_else(String::new, |at| at.strftime("%Y-%m-%d %H:%M").to_string());
        say!(lang, decided_by, by, at, target = self.target, did)
    }
}
