//! What a rule that needs code is: the parts that stand together in its file.

use super::context::{Context, Outcome};
use super::{RuleId, Severity};
use crate::form::{Message, Table};

/// A rule that is no arithmetic.
pub(super) struct Rule {
    /// Its id.
    pub id: RuleId,
    /// The highest severity that it gives.
    pub severity: Severity,
    /// All that it may say.
    pub messages: &'static [Message],
    /// Where it looks, and how.
    pub on: On,
    /// What there is to know of it: the parts of a rule in a form's file, read when asked for.
    pub doc: &'static str,
}

/// What a rule looks at.
pub(super) enum On {
    /// One table, by its id.
    Table(&'static str, fn(&Context<'_>, &'static Table, &mut Outcome)),
    /// Each table.
    EachTable(fn(&Context<'_>, &'static Table, &mut Outcome)),
    /// The report as a whole.
    Report(fn(&Context<'_>, &mut Outcome)),
}
