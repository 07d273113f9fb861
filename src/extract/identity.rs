//! Who publishes the report, for which year, and when.

use jiff::civil::Date;

use crate::document::Document;
use crate::report::{Kind, Level, Script};

/// Who and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Identity {
    /// The authority, in simplified script, such as 白山市人民政府.
    pub organ: Option<String>,
    /// Its level.
    pub level: Option<Level>,
    /// Its kind.
    pub kind: Option<Kind>,
    /// The year reported on.
    pub year: Option<u16>,
    /// Date of publication.
    pub published: Option<Date>,
    /// Date under the signature.
    pub signed: Option<Date>,
    /// Script of the text.
    pub script: Script,
}

/// Tells who and when from title, head, body and signature.
pub fn identify(document: &Document) -> Identity {
    let _ = document;
    Identity {
        organ: None,
        level: None,
        kind: None,
        year: None,
        published: None,
        signed: None,
        script: Script::Hans,
    }
}
