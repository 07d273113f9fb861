//! Reads the embedded form files.

use super::Form;
use crate::report::FormId;

/// All forms, oldest first.
pub fn all() -> &'static [Form] {
    &[]
}

/// The form of an id.
pub fn by_id(id: FormId) -> &'static Form {
    let _ = id;
    &all()[0]
}
