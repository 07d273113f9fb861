//! gouji 勾稽 reads annual reports on the disclosure of government information
//! (政府信息公开工作年度报告), extracts every figure with its evidence, holds the figures
//! against the relations of the statutory forms, and lets a person review what is in doubt.
//!
//! Data goes one way: `source` reads bytes into a [`document::Document`], `extract` makes a
//! [`report::Report`] of it by the forms in [`form`], `check` holds the report against the
//! relations, `review` keeps what people decided, `tui` and `cli` are the two faces.

pub mod batch;
pub mod check;
pub mod cli;
pub mod config;
pub mod document;
pub mod extract;
pub mod form;
pub mod guard;
pub mod report;
pub mod review;
pub mod sample;
pub mod shell;
pub mod source;
pub mod stamp;
pub mod text;
pub mod tui;
pub mod words;
