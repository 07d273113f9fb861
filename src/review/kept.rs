//! What a sidecar holds besides decisions: comments and keys that are not ours. In
//!
//! ```toml
//! [[decision]]
//! field = "t3.new.total"
//! action = "accept"
//! seen_by = "zhang"    # twice
//! # belongs to new.total
//! ```
//!
//! `seen_by` and both comments are kept with the decision, wherever it goes.

use std::collections::BTreeMap;
use std::fmt;

use toml_edit::{DocumentMut, Table};

/// Everything of a sidecar but its entries.
#[derive(Clone, Default)]
pub(super) struct Frame {
    /// The rest of the file.
    pub doc: DocumentMut,
    /// Comments that follow a table of that name (empty: the keys above all tables) directly.
    pub tails: BTreeMap<String, String>,
}

impl Frame {
    /// The hash of the report that the sidecar was last written for, where it says so.
    pub fn source(&self) -> Option<&str> {
        let source = self.doc.get("source")?.as_table_like()?;
        source.get("sha256")?.as_str().filter(|s| !s.is_empty())
    }
}

/// Comments and unknown keys of an entry.
#[derive(Clone, Default)]
pub(super) struct Kept {
    /// The entry's table as it was read.
    pub table: Option<Table>,
    /// Comments that follow it directly.
    pub tail: String,
}

impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.doc.to_string())
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tail)
    }
}
