//! A line of input.

/// What was typed, and where the caret stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    text: String,
    caret: usize,
    selected: bool,
}

/// No note is longer, in bytes, and no line that is pasted into by mistake.
const LONGEST: usize = 1 << 15;

/// What a key does to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// A character.
    Insert(char),
    /// Deletes before the caret.
    Backspace,
    /// Deletes behind it.
    Delete,
    /// Deletes a word before the caret.
    Word,
    /// Deletes all before the caret.
    ToStart,
    Left,
    Right,
    Home,
    End,
}

impl Line {
    /// A line with a text that the first character typed replaces.
    pub fn selected(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            caret: text.len(),
            selected: !text.is_empty(),
        }
    }

    /// A line with a text that is typed on.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            caret: text.len(),
            selected: false,
        }
    }

    /// What stands there.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands before the caret.
    pub fn before(&self) -> &str {
        self.text.get(..self.caret).unwrap_or("")
    }

    /// Whether typing replaces the whole.
    pub const fn is_selected(&self) -> bool {
        self.selected
    }

    /// Takes in a pasted text, on one line.
    pub fn paste(&mut self, text: &str) {
        for c in text.chars() {
            let c = if c.is_whitespace() { ' ' } else { c };
            self.edit(Edit::Insert(c));
        }
    }

    /// Changes the line.
    pub fn edit(&mut self, edit: Edit) {
        let selected = std::mem::take(&mut self.selected);
        match edit {
            Edit::Insert(c) if !c.is_control() => {
                if selected {
                    self.text.clear();
                    self.caret = 0;
                }
                if self.text.len() + c.len_utf8() <= LONGEST {
                    self.text.insert(self.caret, c);
                    self.caret += c.len_utf8();
                }
            }
            Edit::Insert(_) => {}
            Edit::Backspace | Edit::Delete | Edit::Word if selected => {
                self.text.clear();
                self.caret = 0;
            }
            Edit::Backspace => {
                if let Some(c) = self.before().chars().next_back() {
                    self.caret -= c.len_utf8();
                    self.text.remove(self.caret);
                }
            }
            Edit::Delete => {
                if self.caret < self.text.len() {
                    self.text.remove(self.caret);
                }
            }
            Edit::Word => {
                let kept = self.before().trim_end();
                let start = kept.rfind(' ').map_or(0, |i| i + 1);
                self.text.replace_range(start..self.caret, "");
                self.caret = start;
            }
            Edit::ToStart => {
                self.text.replace_range(..self.caret, "");
                self.caret = 0;
            }
            Edit::Left => {
                if let Some(c) = self.before().chars().next_back() {
                    self.caret -= c.len_utf8();
                }
            }
            Edit::Right => {
                let behind = self.text.get(self.caret..).unwrap_or("");
                if let Some(c) = behind.chars().next() {
                    self.caret += c.len_utf8();
                }
            }
            Edit::Home => self.caret = 0,
            Edit::End => self.caret = self.text.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_replaces_what_is_selected_and_deletes_whole_characters() {
        let mut line = Line::selected("12");
        line.edit(Edit::Insert('数'));
        line.edit(Edit::Insert('字'));
        assert_eq!(line.text(), "数字");
        line.edit(Edit::Left);
        line.edit(Edit::Backspace);
        assert_eq!((line.text(), line.before()), ("字", ""));
        line.edit(Edit::Backspace);
        line.edit(Edit::Delete);
        line.edit(Edit::Delete);
        assert_eq!(line.text(), "");
        line.paste("扫描件\n显示 3");
        assert_eq!(line.text(), "扫描件 显示 3");
        line.edit(Edit::Word);
        assert_eq!(line.text(), "扫描件 显示 ");
    }
}
