//! Keys to actions: the defaults, and what the configuration changes.

use std::collections::BTreeMap;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::action::{Action, Context, ENTRIES};
use crate::config::KeyFault;

/// A key as the configuration writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    ctrl: bool,
    alt: bool,
    shift: bool,
}

const NAMES: [(&str, KeyCode); 20] = [
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pgup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
    ("space", KeyCode::Char(' ')),
    ("plus", KeyCode::Char('+')),
    ("minus", KeyCode::Char('-')),
    ("comma", KeyCode::Char(',')),
];

impl Key {
    /// A key that was pressed.
    pub fn of(event: &KeyEvent) -> Self {
        let (code, back) = match event.code {
            KeyCode::BackTab => (KeyCode::Tab, true),
            code => (code, false),
        };
        // A capital says by itself that shift was held.
        let shift = match code {
            KeyCode::Char(_) => false,
            _ => back || event.modifiers.contains(KeyModifiers::SHIFT),
        };
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        // Esc and Ctrl-C that come together are read as one key with Alt; what ends is not lost.
        let end = ctrl && code == KeyCode::Char('c');
        Self {
            code,
            ctrl,
            alt: event.modifiers.contains(KeyModifiers::ALT) && !end,
            shift,
        }
    }

    /// A key as written, such as `ctrl-r`, `shift-tab`, `N`, `pgdn`, `f5`.
    pub fn parse(text: &str) -> Option<Self> {
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = text.trim();
        while let Some((modifier, key)) = rest.split_once('-').filter(|(_, k)| !k.is_empty()) {
            match modifier.to_ascii_lowercase().as_str() {
                "ctrl" | "c" => ctrl = true,
                "alt" | "a" => alt = true,
                "shift" | "s" => shift = true,
                _ => return None,
            }
            rest = key;
        }
        let lower = rest.to_ascii_lowercase();
        let named = NAMES.iter().find(|(n, _)| *n == lower).map(|(_, c)| *c);
        let function = || {
            let n: u8 = lower.strip_prefix('f')?.parse().ok()?;
            (1..=24).contains(&n).then_some(KeyCode::F(n))
        };
        let single = || {
            let mut chars = rest.chars();
            let c = chars.next().filter(|c| !c.is_control())?;
            chars.next().is_none().then_some(c)
        };
        let code = match named.or_else(function) {
            Some(code) => code,
            None => {
                let c = single()?;
                let up = std::mem::take(&mut shift);
                KeyCode::Char(match (ctrl, up) {
                    (true, _) => c.to_ascii_lowercase(),
                    (false, true) => c.to_ascii_uppercase(),
                    (false, false) => c,
                })
            }
        };
        Some(Self {
            code,
            ctrl,
            alt,
            shift,
        })
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (on, name) in [(self.ctrl, "C-"), (self.alt, "A-"), (self.shift, "S-")] {
            if on {
                f.write_str(name)?;
            }
        }
        match self.code {
            KeyCode::Up => f.write_str("↑"),
            KeyCode::Down => f.write_str("↓"),
            KeyCode::Left => f.write_str("←"),
            KeyCode::Right => f.write_str("→"),
            KeyCode::Char(c) if c != ' ' => write!(f, "{c}"),
            KeyCode::F(n) => write!(f, "F{n}"),
            code => {
                let name = NAMES.iter().find(|(_, c)| *c == code).map_or("?", |n| n.0);
                let mut chars = name.chars();
                let first = chars.next().map_or('?', |c| c.to_ascii_uppercase());
                write!(f, "{first}{}", chars.as_str())
            }
        }
    }
}

/// Which key does what.
#[derive(Debug, Clone)]
pub struct Keymap {
    bound: Vec<(Context, Key, Action)>,
}

impl Default for Keymap {
    fn default() -> Self {
        let bound = ENTRIES
            .iter()
            .flat_map(|e| {
                let keys = e.keys.iter().filter_map(|k| Key::parse(k));
                keys.map(|k| (e.context, k, e.action))
            })
            .collect();
        Self { bound }
    }
}

impl Keymap {
    /// Whether a configuration's keys can be used; for [`crate::config::Config::parse`].
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn try_keys(_action: &str, keys: &BTreeMap<String, Vec<String>>) -> Result<(), KeyFault> {
        Self::from_overrides(keys).map(|_| ())
    }

    /// The defaults with some actions on other keys. An empty list unbinds an action; a key
    /// that is given to an action is taken from the one that has it by default.
    ///
    /// # Errors
    /// Names an action that there is not, a key that is none, or a key given twice.
    pub fn from_overrides(overrides: &BTreeMap<String, Vec<String>>) -> Result<Self, KeyFault> {
        let mut map = Self::default();
        let mut given: Vec<(Context, Key, &str)> = Vec::new();
        for (name, keys) in overrides {
            let known = || ENTRIES.iter().map(|e| e.action.name()).collect();
            let action = Action::from_name(name).ok_or_else(|| KeyFault::NoAction(known()))?;
            let mut parsed = Vec::new();
            for text in keys {
                let key = Key::parse(text).ok_or_else(|| KeyFault::NoKey(text.clone()))?;
                parsed.push((key, text));
            }
            map.bound.retain(|(_, _, a)| *a != action);
            for context in ENTRIES
                .iter()
                .filter(|e| e.action == action)
                .map(|e| e.context)
            {
                for (key, text) in &parsed {
                    let twice = given.iter().find(|(c, k, _)| *c == context && k == key);
                    if let Some((_, _, other)) = twice.filter(|(_, _, n)| n != name) {
                        let (own, other) = (format!("keys.{name}"), format!("keys.{other}"));
                        return Err(KeyFault::Twice(own, (*text).clone(), other));
                    }
                    // A letter would make it impossible to type that letter.
                    if context == Context::Input
                        && matches!(key.code, KeyCode::Char(_))
                        && !key.ctrl
                    {
                        continue;
                    }
                    given.push((context, *key, name));
                    map.bound.retain(|(c, k, _)| (*c, *k) != (context, *key));
                    map.bound.push((context, *key, action));
                }
            }
        }
        Ok(map)
    }

    /// What a key does.
    pub fn action(&self, context: Context, key: Key) -> Option<Action> {
        let bound = self
            .bound
            .iter()
            .find(|(c, k, _)| *c == context && *k == key);
        bound.map(|(_, _, a)| *a)
    }

    /// The keys of an action.
    pub fn keys(&self, context: Context, action: Action) -> Vec<Key> {
        let bound = self
            .bound
            .iter()
            .filter(|(c, _, a)| *c == context && *a == action);
        bound.map(|(_, k, _)| *k).collect()
    }

    /// The first key of an action, as shown; empty when it has none.
    pub fn hint(&self, context: Context, action: Action) -> String {
        let keys = self.keys(context, action);
        keys.first().map_or_else(String::new, Key::to_string)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_parses_and_none_stands_twice() {
        let mut seen = Vec::new();
        for e in ENTRIES {
            for k in e.keys {
                let key = Key::parse(k).unwrap_or_else(|| panic!("{k}"));
                assert!(!seen.contains(&(e.context, key)), "{k}");
                seen.push((e.context, key));
            }
            assert_eq!(Action::from_name(&e.action.name()), Some(e.action));
        }
    }

    #[test]
    fn the_configuration_moves_keys_and_names_what_is_wrong() {
        let of = |pairs: &[(&str, &[&str])]| {
            pairs
                .iter()
                .map(|(a, k)| ((*a).to_owned(), k.iter().map(|k| (*k).to_owned()).collect()))
                .collect::<BTreeMap<_, _>>()
        };
        let map = Keymap::from_overrides(&of(&[("undo", &["ctrl-u", "d"]), ("quit", &["Q"])]));
        let map = map.unwrap();
        let at = |k| map.action(Context::Main, Key::parse(k).unwrap());
        assert_eq!(at("d"), Some(Action::Undo));
        assert_eq!(at("u"), None);
        assert_eq!(at("Q"), Some(Action::Quit));
        assert_eq!(map.hint(Context::Main, Action::Quit), "Q");
        let fault = |pairs| Keymap::from_overrides(&of(pairs)).unwrap_err();
        assert!(
            matches!(fault(&[("udno", &["u"])]), KeyFault::NoAction(known) if known.contains(&"undo".to_owned()))
        );
        let hyper = KeyFault::NoKey("hyper-u".to_owned());
        assert_eq!(fault(&[("undo", &["hyper-u"])]), hyper);
        assert!(Keymap::from_overrides(&of(&[("undo", &["v"]), ("redo", &["v"])])).is_err());
    }
}
