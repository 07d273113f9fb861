//! What a key can do. The names are the words of the configuration and of the help.

use serde::{Deserialize, Serialize};

use crate::words::{self, Text};

/// An action of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Next undecided issue, across reports.
    NextIssue,
    /// Previous undecided issue.
    PreviousIssue,
    /// Accepts a doubtful value as shown, confirms a finding.
    Agree,
    /// The finding is no error.
    Dismiss,
    /// Another value for the marked cell.
    Override,
    /// The first proposal, and so on.
    #[serde(rename = "choose_1")]
    Choose1,
    /// The second.
    #[serde(rename = "choose_2")]
    Choose2,
    /// The third.
    #[serde(rename = "choose_3")]
    Choose3,
    /// The fourth.
    #[serde(rename = "choose_4")]
    Choose4,
    /// The fifth.
    #[serde(rename = "choose_5")]
    Choose5,
    /// The sixth.
    #[serde(rename = "choose_6")]
    Choose6,
    /// The seventh.
    #[serde(rename = "choose_7")]
    Choose7,
    /// The eighth.
    #[serde(rename = "choose_8")]
    Choose8,
    /// The ninth.
    #[serde(rename = "choose_9")]
    Choose9,
    /// The proposals after those in view.
    NextProposals,
    /// The proposals before those in view.
    PreviousProposals,
    /// The marked cell is empty.
    Blank,
    /// The marked cell does not apply.
    NotApplicable,
    /// Puts the issue off.
    Flag,
    /// A note.
    Note,
    /// The next cell of the issue.
    NextOperand,
    /// The previous cell of the issue.
    PreviousOperand,
    /// A line down.
    Down,
    /// A line up.
    Up,
    /// A cell to the left; at an edge into the other pane.
    Left,
    /// A cell to the right; at an edge into the other pane.
    Right,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// The first line.
    Top,
    /// The last line.
    Bottom,
    /// The next part of the report.
    NextPart,
    /// The previous part of the report.
    PreviousPart,
    /// The other pane.
    OtherPane,
    /// The pane over the whole screen, and back.
    Zoom,
    /// The next report.
    NextReport,
    /// The previous report.
    PreviousReport,
    /// The source at the evidence.
    Source,
    /// Finds reports, sections, fields.
    Find,
    /// Takes the last decision back.
    Undo,
    /// Does it again.
    Redo,
    /// Marks the report as done.
    Done,
    /// Tries again to save what could not be.
    Retry,
    /// Draws everything again.
    Redraw,
    /// The keys.
    Help,
    /// Stops the process until `fg`.
    Suspend,
    /// Leaves.
    Quit,
    /// Takes what was typed.
    Submit,
    /// Leaves the line as it was.
    Cancel,
    /// Changes the reason.
    ToggleReason,
    /// To the note and back.
    EditNote,
}

/// Where an action can be bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    /// Over the panes.
    Main,
    /// In a line of input.
    Input,
}

/// An action, its default keys and its description.
pub struct Entry {
    /// The action.
    pub action: Action,
    /// Where it works.
    pub context: Context,
    /// The keys.
    pub keys: &'static [&'static str],
    /// What it does, in words.
    pub text: Text,
}

const fn main(action: Action, keys: &'static [&'static str], text: Text) -> Entry {
    Entry {
        action,
        context: Context::Main,
        keys,
        text,
    }
}

const fn input(action: Action, keys: &'static [&'static str], text: Text) -> Entry {
    Entry {
        action,
        context: Context::Input,
        keys,
        text,
    }
}

/// Every action with its default keys, in the order of the help.
pub const ENTRIES: &[Entry] = &[
    main(Action::NextIssue, &["n"], words::act_next_issue),
    main(Action::PreviousIssue, &["N"], words::act_previous_issue),
    main(Action::Agree, &["a"], words::act_agree),
    main(Action::Dismiss, &["d"], words::act_dismiss),
    main(Action::Override, &["o"], words::act_override),
    main(Action::Choose1, &["1"], words::act_choose),
    main(Action::Choose2, &["2"], words::act_choose),
    main(Action::Choose3, &["3"], words::act_choose),
    main(Action::Choose4, &["4"], words::act_choose),
    main(Action::Choose5, &["5"], words::act_choose),
    main(Action::Choose6, &["6"], words::act_choose),
    main(Action::Choose7, &["7"], words::act_choose),
    main(Action::Choose8, &["8"], words::act_choose),
    main(Action::Choose9, &["9"], words::act_choose),
    main(Action::NextProposals, &[">"], words::act_next_proposals),
    main(
        Action::PreviousProposals,
        &["<"],
        words::act_previous_proposals,
    ),
    main(Action::Blank, &["b"], words::act_blank),
    main(Action::NotApplicable, &["x"], words::act_not_applicable),
    main(Action::Flag, &["f"], words::act_flag),
    main(Action::Note, &["m"], words::act_note),
    main(Action::NextOperand, &["tab"], words::act_next_operand),
    main(
        Action::PreviousOperand,
        &["shift-tab"],
        words::act_previous_operand,
    ),
    main(Action::Undo, &["u"], words::act_undo),
    main(Action::Redo, &["U", "ctrl-r"], words::act_redo),
    main(Action::Done, &["D"], words::act_done),
    main(Action::Down, &["j", "down"], words::act_down),
    main(Action::Up, &["k", "up"], words::act_up),
    main(Action::Left, &["h", "left"], words::act_left),
    main(Action::Right, &["l", "right", "enter"], words::act_right),
    main(
        Action::PageDown,
        &["pgdn", "ctrl-f", "space"],
        words::act_page_down,
    ),
    main(Action::PageUp, &["pgup", "ctrl-b"], words::act_page_up),
    main(Action::Top, &["g", "home"], words::act_top),
    main(Action::Bottom, &["G", "end"], words::act_bottom),
    main(Action::NextPart, &["]"], words::act_next_part),
    main(Action::PreviousPart, &["["], words::act_previous_part),
    main(Action::NextReport, &["J"], words::act_next_report),
    main(Action::PreviousReport, &["K"], words::act_previous_report),
    main(Action::OtherPane, &["w"], words::act_other_pane),
    main(Action::Zoom, &["z"], words::act_zoom),
    main(Action::Source, &["s"], words::act_source),
    main(Action::Find, &["/"], words::act_find),
    main(Action::Retry, &["R"], words::act_retry),
    main(Action::Redraw, &["ctrl-l"], words::act_redraw),
    main(Action::Help, &["?", "f1"], words::act_help),
    main(Action::Suspend, &["ctrl-z"], words::act_suspend),
    main(Action::Quit, &["q", "ctrl-c"], words::act_quit),
    input(Action::Submit, &["enter"], words::act_submit),
    input(Action::Cancel, &["esc", "ctrl-g"], words::act_cancel),
    input(
        Action::ToggleReason,
        &["tab", "shift-tab"],
        words::act_toggle_reason,
    ),
    input(Action::EditNote, &["ctrl-n"], words::act_edit_note),
    input(Action::Down, &["down"], words::act_down),
    input(Action::Up, &["up"], words::act_up),
    input(Action::PageDown, &["pgdn"], words::act_page_down),
    input(Action::PageUp, &["pgup"], words::act_page_up),
    input(Action::Suspend, &["ctrl-z"], words::act_suspend),
    input(Action::Quit, &["ctrl-c"], words::act_quit),
];

impl Action {
    /// The word for it.
    pub fn name(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(name)) => name,
            _ => String::new(),
        }
    }

    /// The action of a word.
    pub fn from_name(name: &str) -> Option<Self> {
        serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
    }

    /// Which proposal it takes, from 0.
    pub const fn choice(self) -> Option<usize> {
        Some(match self {
            Self::Choose1 => 0,
            Self::Choose2 => 1,
            Self::Choose3 => 2,
            Self::Choose4 => 3,
            Self::Choose5 => 4,
            Self::Choose6 => 5,
            Self::Choose7 => 6,
            Self::Choose8 => 7,
            Self::Choose9 => 8,
            _ => return None,
        })
    }
}
