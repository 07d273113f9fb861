//! Colours by meaning. What a mark or a word says is never said by colour alone.

use ratatui::style::{Color, Modifier, Style};

/// Styles by what they mean.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    /// Ordinary text.
    pub text: Style,
    /// Beside the point.
    pub muted: Style,
    /// Heads of panes and the like.
    pub title: Style,
    /// The head of the pane that the keys act in.
    pub focus: Style,
    /// The row or cell under the cursor in the pane that the keys act in.
    pub cursor: Style,
    /// The same where the keys act elsewhere.
    pub cursor_away: Style,
    /// Errors.
    pub error: Style,
    /// Warnings.
    pub warning: Style,
    /// Values in doubt.
    pub doubt: Style,
    /// What a person decided.
    pub decided: Style,
    /// The evidence in the source.
    pub evidence: Style,
    /// Keys in the last line.
    pub key: Style,
}

impl Theme {
    /// With colours, or with bold, underline and reverse video only. Without colours every
    /// style keeps [`Color::Reset`]: under `NO_COLOR` crossterm resets attributes with a colour.
    pub const fn new(color: bool) -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let reverse = plain.add_modifier(Modifier::REVERSED);
        let underline = plain.add_modifier(Modifier::UNDERLINED);
        if color {
            Self {
                text: plain,
                muted: plain.fg(Color::DarkGray),
                title: bold,
                focus: plain.add_modifier(Modifier::REVERSED.union(Modifier::BOLD)),
                cursor: reverse,
                cursor_away: underline,
                error: plain.fg(Color::Red).add_modifier(Modifier::BOLD),
                warning: plain.fg(Color::Yellow),
                doubt: plain.fg(Color::Magenta),
                decided: plain.fg(Color::Green),
                evidence: reverse,
                key: plain.fg(Color::Cyan).add_modifier(Modifier::BOLD),
            }
        } else {
            Self {
                text: plain,
                muted: plain,
                title: bold,
                focus: plain.add_modifier(Modifier::REVERSED.union(Modifier::BOLD)),
                cursor: reverse,
                cursor_away: underline,
                error: bold,
                warning: plain,
                doubt: underline,
                decided: plain,
                evidence: reverse,
                key: bold,
            }
        }
    }
}
