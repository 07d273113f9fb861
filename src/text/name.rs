//! Names that are written often and compared oftener: ids of forms, tables, rules and units.
//!
//! A [`Name`] is a string that is kept once for the life of the program, so that it is copied and
//! compared like a number and still prints as what it is: `Name::of("fmt_2021")`.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A short string from a small set, such as `t3` or `件`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Name(&'static str);

impl Name {
    /// A name that the program itself knows.
    pub const fn of(name: &'static str) -> Self {
        Self(name)
    }

    /// A name from a file; kept for good, so only for names from a bounded set (forms, rules,
    /// units), never for text of a report.
    pub fn intern(name: &str) -> Self {
        let mut kept = kept();
        if let Some(known) = kept.get(name) {
            return Self(known);
        }
        let own: &'static str = Box::leak(name.to_owned().into_boxed_str());
        kept.insert(own);
        Self(own)
    }

    /// A name that something in the program has been called by already.
    pub fn known(name: &str) -> Option<Self> {
        kept().get(name).map(|known| Self(known))
    }

    /// The string.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

fn kept() -> MutexGuard<'static, HashSet<&'static str>> {
    static KEPT: OnceLock<Mutex<HashSet<&'static str>>> = OnceLock::new();
    let kept = KEPT.get_or_init(Mutex::default);
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

impl From<&'static str> for Name {
    fn from(name: &'static str) -> Self {
        Self(name)
    }
}

impl std::ops::Deref for Name {
    type Target = str;
    fn deref(&self) -> &str {
        self.0
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.0)
    }
}

impl std::fmt::Debug for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl PartialEq<String> for Name {
    fn eq(&self, other: &String) -> bool {
        self.0 == other
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d).map(|name| Self::intern(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_wherever_it_comes_from() {
        let read: Name = serde_json::from_str("\"fmt_2021\"").unwrap();
        assert_eq!(read, Name::of("fmt_2021"));
        assert_eq!(Name::intern("fmt_2021").as_str(), "fmt_2021");
        assert_eq!(serde_json::to_string(&read).unwrap(), "\"fmt_2021\"");
        assert_eq!(format!("{read:<10}|"), "fmt_2021  |");
    }
}
