//! Why something that was asked for is not done, as data; the sentence for the person who asked is
//! made at the end. `accept` on a cell that is missing is `NothingToAccept { key, status }`.

use crate::words::{Lang, say};

use super::decision::{Action, Decision, Step, Target};
use super::file::file_name;

/// A request that is not carried out; nothing was changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// The report's form has no such cell.
    UnknownKey(String),
    /// No such finding.
    UnknownFinding(String),
    /// The action is not for this kind of target.
    WrongTarget {
        /// What was asked.
        action: Action,
        /// Of what.
        target: Target,
    },
    /// An ambiguous, missing or unreadable cell has no reading that could be right.
    NothingToAccept {
        /// The cell.
        key: String,
        /// Its status.
        status: crate::report::Status,
    },
    /// The value is the one that stands there: nothing would be set right.
    Unchanged {
        /// The cell.
        key: String,
        /// As printed.
        value: String,
    },
    /// The action needs a value.
    NoValue(Action),
    /// The action takes no value.
    ValueNotTaken(Action),
    /// The action takes no reason.
    ReasonNotTaken(Action),
    /// The value is no figure: what stands where.
    NotAFigure {
        /// As typed.
        text: String,
        /// The part that cannot be read.
        part: String,
    },
    /// A count is a whole number.
    NotWhole(String),
    /// A count or an amount is not negative.
    Negative(String),
    /// The year is none that a report could have.
    NotAYear(String),
    /// No form of that name.
    NotAForm(String),
    /// No level of that name.
    NotALevel(String),
    /// No state of a review of that name.
    NotAStatus(String),
    /// The table has no cells that are decided together.
    NoChoice(String),
    /// None of the solutions.
    NoSuchSolution {
        /// As typed.
        text: String,
        /// How many are listed.
        listed: usize,
    },
    /// Nothing to take back.
    NothingToUndo,
    /// Nothing to do again.
    NothingToRedo,
    /// The last step is another person's; the face asks first.
    AnothersStep {
        /// Whose.
        by: Option<String>,
        /// When it was made.
        at: Option<jiff::Zoned>,
    },
    /// Somebody else has meanwhile decided on the same; asked again, ours replaces it.
    Conflict {
        /// What they decided.
        theirs: Box<Decision>,
        /// What was not done.
        ours: Box<Step>,
    },
    /// The step has meanwhile been replaced or taken back by somebody else.
    StepReplaced {
        /// By whom.
        by: Option<String>,
    },
    /// The report's file has another content than the one that was decided on.
    SourceChanged {
        /// The file.
        path: std::path::PathBuf,
    },
    /// The report's file cannot be found any more.
    SourceGone {
        /// The file.
        path: std::path::PathBuf,
        /// Why.
        kind: std::io::ErrorKind,
        /// The same in the words of the system.
        cause: String,
    },
    /// The step is no longer in the file.
    StepGone,
}

impl Refusal {
    /// It is the report's file that is no longer what was decided on.
    pub const fn is_of_the_source(&self) -> bool {
        matches!(self, Self::SourceChanged { .. } | Self::SourceGone { .. })
    }

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
