//! Ids of forms, rules and cells: what is copied and compared in place of names.

use serde::{Deserialize, Serialize};

use crate::text::Name;

/// A form (a generation of the report, or a local form of its own), such as `fmt_2021`. Which
/// forms there are is said by a [`super::FormSet`], not here; the constants name the four that the
/// program carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FormId(Name);

impl FormId {
    /// To 2013: prose in six contents, no national table.
    pub const FREE_2008: Self = Self(Name::of("free_2008"));
    /// 2014–2018: prose and the indicator table of 国办发〔2014〕32号.
    pub const IND_2014: Self = Self(Name::of("ind_2014"));
    /// 2019, 2020: 国办公开办函〔2019〕60号.
    pub const FMT_2019: Self = Self(Name::of("fmt_2019"));
    /// 2021 on: 国办公开办函〔2021〕30号.
    pub const FMT_2021: Self = Self(Name::of("fmt_2021"));

    /// The form of a name; whether a set has it is the set's to say.
    pub const fn new(name: Name) -> Self {
        Self(name)
    }

    /// The name in records and files.
    pub const fn as_str(self) -> &'static str {
        self.0.as_str()
    }
}

impl std::fmt::Display for FormId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// Only names that a set of forms in this program has: a form cannot be made up by asking for it.
impl std::str::FromStr for FormId {
    type Err = String;
    fn from_str(name: &str) -> Result<Self, String> {
        Name::known(name).map(Self).ok_or_else(|| name.to_owned())
    }
}

/// A rule, such as `T3.BAL`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RuleId(Name);

impl RuleId {
    /// What proves a place where no relation does: the order of what is printed.
    pub const ORDER: Self = Self(Name::of("order"));

    /// The rule of a name.
    pub const fn new(name: Name) -> Self {
        Self(name)
    }

    /// The id in records and files.
    pub const fn as_str(self) -> &'static str {
        self.0.as_str()
    }
}

impl std::fmt::Display for RuleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

impl PartialEq<str> for RuleId {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for RuleId {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

/// A cell of a report: an index into its [`super::Schema`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CellId(u16);

impl CellId {
    /// The cell at a place of the schema.
    pub fn at(index: usize) -> Option<Self> {
        u16::try_from(index).ok().map(Self)
    }

    /// Its place in arrays by cell.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}
