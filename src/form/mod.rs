//! The forms as data: sections, tables, rows, columns, keys, labels, units, types, and the
//! relations that must hold. One TOML file a form, in a [`FormSet`]; extraction, checking, the
//! section pane, exports and `explain` all read the same table.
//!
//! A cell's way through this module: `fmt_2021.toml` says that table `t3` has a row `new` and a
//! column `total`; the [`Table`] makes the [`CellDef`] `t3.new.total` of it; in the [`Schema`] of
//! a report's tables it is a [`CellId`].

mod cells;
mod expand;
mod id;
mod layout;
mod load;
mod model;
mod relation;
mod rule;
mod rule_file;
mod schema;
mod set;
mod severity;
mod source;
#[cfg(test)]
pub(crate) mod tests;

pub use id::{CellId, FormId, RuleId};
pub use layout::{Anchor, Common, Layout, Opening};
pub use model::{
    BlockDef, CellDef, Column, Form, Label, Place, Proof, Row, SectionDef, Shape, Table, ValueType,
};
pub use relation::{Held, Instance, Operand, Operator, Relation, Term, fingerprint};
pub use rule::{Example, Message, PLACES, Reason, RuleDoc, RuleText, Within};
pub use rule_file::RuleTexts;
pub use schema::{Equation, Schema};
pub use set::FormSet;
pub use severity::Severity;
pub use source::{FormError, Source};
