//! What a rule says, as data: which of its messages, and the facts that fill it. The sentence is
//! made at the faces.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::form::FormId;
use crate::report::CellId;
use crate::text::Name;

/// A message of a rule with what fills its places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Which of the rule's messages.
    pub message: Name,
    /// What fills each place.
    pub facts: Vec<(Name, Fact)>,
    /// A reason why the difference may be none, by its index among the rule's.
    pub reason: Option<usize>,
}

impl Said {
    /// What fills a place.
    pub fn fact(&self, place: &str) -> Option<&Fact> {
        let mut facts = self.facts.iter();
        facts
            .find(|(name, _)| *name == *place)
            .map(|(_, fact)| fact)
    }
}

/// What can fill a place of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// A figure.
    Number(Decimal),
    /// How many.
    Count(usize),
    /// Words of the report, or arithmetic.
    Text(String),
    /// A cell, by its row and column.
    Cell(CellId),
    /// Several cells, the first of them by name.
    Cells(Vec<CellId>),
    /// The row of a cell.
    Row(CellId),
    /// The column of a cell.
    Column(CellId),
    /// Figures, each after the head of its column.
    Figures(Vec<(CellId, Decimal)>),
    /// The name of a table.
    Table(FormId, Name),
    /// Tables, each spoken of as a table.
    Tables(Vec<(FormId, Name)>),
    /// Parts of the report, by the form that has them.
    Parts(FormId, Vec<Name>),
    /// The name of a form.
    Form(FormId),
}

/// Declares a message of a rule: a struct with a member for each place. A place that is missing,
/// misspelt or filled in one language only does not compile.
macro_rules! message {
    ($(#[$about:meta])* $name:ident { $($place:ident),* $(,)? } zh $zh:literal en $en:literal) => {
        $(#[$about])*
        struct $name {
            $($place: $crate::check::Fact),*
        }

        impl $name {
            const MESSAGE: $crate::form::Message = $crate::form::Message {
                name: stringify!($name),
                zh: $zh,
                en: $en,
            };
        }

        impl From<$name> for $crate::check::Said {
            fn from(said: $name) -> Self {
                // Never called: it is what makes a wrong place an error of the compiler.
                let _ = |$($place: &str),*| [
                    format!($zh, $($place = $place),*),
                    format!($en, $($place = $place),*),
                ];
                Self {
                    message: $crate::text::Name::of(stringify!($name)),
                    facts: vec![$(($crate::text::Name::of(stringify!($place)), said.$place)),*],
                    reason: None,
                }
            }
        }
    };
}
pub(super) use message;
