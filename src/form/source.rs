//! Files of forms and of rules, and what is wrong with them.

use std::ops::Range;

use serde::de::DeserializeOwned;

/// A file of a form or of rules.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The name that errors give.
    pub name: &'a str,
    /// The TOML.
    pub text: &'a str,
}

/// What is wrong with a form file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {cause}", line.map_or_else(String::new, |l| format!(":{l}")))]
pub struct FormError {
    /// The file's name.
    pub file: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong there.
    pub cause: String,
}

/// Reads a file as TOML.
///
/// # Errors
/// When it does not parse, or has other members than it should.
pub(super) fn parse<T: DeserializeOwned>(source: &Source) -> Result<T, FormError> {
    toml::from_str(source.text).map_err(|e| {
        let cause = e.message().replace('\n', "; ");
        error(source, e.span(), cause)
    })
}

/// An error at a place of a file.
pub(super) fn error(source: &Source, place: Option<Range<usize>>, cause: String) -> FormError {
    let before = place.and_then(|p| source.text.get(..p.start));
    FormError {
        file: source.name.to_owned(),
        line: before.map(|text| text.matches('\n').count() + 1),
        cause,
    }
}
