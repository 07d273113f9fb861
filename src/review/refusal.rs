//! Why something that was asked for is not done, in a sentence for the person who asked.

use crate::i18n::{Lang, fill, t};

use super::decision::{Action, Decision, Step, Target};
use super::file_name;

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
            let unknown = t(lang, "refused_somebody");
            name.clone().unwrap_or_else(|| unknown.to_owned())
        };
        match self {
            Self::UnknownKey(key) => fill(lang, "refused_key", &[("key", key)]),
            Self::UnknownFinding(f) => fill(lang, "refused_finding", &[("finding", f)]),
            Self::WrongTarget { action, target } => {
                let values: [(&str, &dyn std::fmt::Display); 2] =
                    [("action", action), ("target", target)];
                fill(lang, "refused_target", &values)
            }
            Self::Unchanged { key, value } => {
                fill(lang, "refused_unchanged", &[("key", key), ("value", value)])
            }
            Self::NothingToAccept { key, status } => {
                let status = status.as_str();
                fill(lang, "refused_accept", &[("key", key), ("status", &status)])
            }
            Self::NoValue(action) => fill(lang, "refused_no_value", &[("action", action)]),
            Self::ValueNotTaken(action) => fill(lang, "refused_value", &[("action", action)]),
            Self::ReasonNotTaken(action) => fill(lang, "refused_reason", &[("action", action)]),
            Self::NotAFigure { text, part } if part.is_empty() => {
                fill(lang, "refused_figure_end", &[("text", text)])
            }
            Self::NotAFigure { text, part } => {
                fill(lang, "refused_figure", &[("text", text), ("part", part)])
            }
            Self::NotWhole(value) => fill(lang, "refused_whole", &[("value", value)]),
            Self::Negative(value) => fill(lang, "refused_negative", &[("value", value)]),
            Self::NotAYear(text) => fill(lang, "refused_year", &[("text", text)]),
            Self::NotAForm(text) => fill(lang, "refused_form", &[("text", text)]),
            Self::NotALevel(text) => fill(lang, "refused_level", &[("text", text)]),
            Self::NotAStatus(text) => fill(lang, "refused_status", &[("text", text)]),
            Self::NoChoice(table) => fill(lang, "refused_no_choice", &[("table", table)]),
            Self::NoSuchSolution { text, listed } => fill(
                lang,
                "refused_solution",
                &[("text", text), ("count", listed)],
            ),
            Self::NothingToUndo => t(lang, "refused_nothing_to_undo").to_owned(),
            Self::NothingToRedo => t(lang, "refused_nothing_to_redo").to_owned(),
            Self::AnothersStep { by, at } => {
                let at = at
                    .as_ref()
                    .map_or_else(String::new, |at| at.strftime("%Y-%m-%d %H:%M").to_string());
                fill(lang, "refused_anothers", &[("by", &place(by)), ("at", &at)])
            }
            Self::Conflict { theirs, .. } => {
                let what = theirs.sentence(lang);
                fill(lang, "refused_conflict", &[("what", &what)])
            }
            Self::StepReplaced { by } => fill(lang, "refused_replaced", &[("by", &place(by))]),
            Self::SourceChanged { path } => {
                fill(lang, "refused_changed", &[("file", &file_name(path))])
            }
            Self::SourceGone { path, kind, cause } => {
                let cause = match kind {
                    std::io::ErrorKind::NotFound => t(lang, "source_not_found"),
                    std::io::ErrorKind::PermissionDenied => t(lang, "source_permission"),
                    _ => cause,
                };
                let file = file_name(path);
                fill(
                    lang,
                    "refused_vanished",
                    &[("file", &file), ("cause", &cause)],
                )
            }
            Self::StepGone => t(lang, "refused_gone").to_owned(),
        }
    }
}

impl Action {
    /// That it was done, in a word or two.
    pub fn did(self, lang: Lang) -> &'static str {
        match self {
            Self::Accept => t(lang, "tui_did_accept"),
            Self::Override => t(lang, "tui_did_override"),
            Self::Blank => t(lang, "tui_did_blank"),
            Self::NotApplicable => t(lang, "tui_did_not_applicable"),
            Self::Choose => t(lang, "tui_did_choose"),
            Self::Confirm => t(lang, "tui_did_confirm"),
            Self::Dismiss => t(lang, "tui_did_dismiss"),
            Self::Flag => t(lang, "tui_did_flag"),
            Self::Set => t(lang, "tui_did_set"),
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
        let by = by.unwrap_or_else(|| t(lang, "refused_somebody"));
        let at = self.at.as_ref();
        let at = at.map_or_else(String::new, |at| at.strftime("%Y-%m-%d %H:%M").to_string());
        let values: [(&str, &dyn std::fmt::Display); 4] = [
            ("by", &by),
            ("at", &at),
            ("target", &self.target),
            ("did", &did),
        ];
        fill(lang, "decided_by", &values)
    }
}
