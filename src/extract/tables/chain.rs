//! Labels that belong together: `一、本年新收…`, `二、上年结转…`, `三、本年度办理结果…`, in the order of the form.

use crate::form::Table;

/// A row's label in the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Index among the table's figure rows.
    pub row: usize,
    /// First byte in the folded text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// The rows of a table as they stand in the text.
#[derive(Debug, Clone)]
pub struct Chain {
    /// The table of a form that fits.
    pub table: &'static Table,
    /// Its number among all tables.
    pub number: usize,
    /// Its labels, in ascending order of rows and places.
    pub hits: Vec<Hit>,
    /// How well it fits; comparable between forms.
    pub score: i64,
    /// The search was given up before the end of the text: the table may go on, or stand elsewhere.
    pub cut: bool,
}
