//! A place that reads like a heading, such as `三、` with `收到和处理政府信息公开申请情况` behind it.

use super::named::Part;

/// How a heading is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ordinal {
    /// `一、`
    Chinese,
    /// `（一）`, `1.`
    Lower,
    /// A line of its own without one.
    None,
}

/// A place that reads like a heading.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// In the folded text.
    pub start: usize,
    /// End of the heading in the folded text.
    pub end: usize,
    /// The statutory part, if its words stand there.
    pub part: Option<Part>,
    /// How it is numbered.
    pub ordinal: Ordinal,
}
