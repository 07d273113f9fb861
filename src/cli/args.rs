//! What can be typed. Texts of help stand in the table of texts, in both languages.

// What an option or a member means is said once, where people read it: in the texts of help.
#![allow(missing_docs)]

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::review::{DecideArgs, LogArgs, MarkArgs, NoteArgs, RedoArgs, StatusArgs, UndoArgs};
use crate::check::Severity;
use crate::config::Color;
use crate::words::Lang;

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "gouji",
    version,
    disable_help_flag = true,
    disable_version_flag = true
)]
#[command(disable_help_subcommand = true)]
pub struct Cli {
    /// Options that every command takes.
    #[command(flatten)]
    pub global: Global,
    /// A command; none is `review`.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What `review` takes.
    #[command(flatten)]
    pub review: ReviewArgs,
}

/// Options that every command takes.
#[derive(Debug, Clone, Args)]
pub struct Global {
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[arg(long, global = true, value_enum)]
    pub lang: Option<LangArg>,
    #[arg(long, global = true, value_enum, value_name = "WHEN")]
    pub color: Option<Color>,
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=256))]
    pub jobs: Option<u16>,
    #[arg(short, long, global = true)]
    pub quiet: bool,
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// A language as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    Zh,
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Zh => Self::Zh,
            LangArg::En => Self::En,
        }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    Review(ReviewArgs),
    Check(CheckArgs),
    Extract(ExtractArgs),
    Decide(DecideArgs),
    Undo(UndoArgs),
    Redo(RedoArgs),
    Log(LogArgs),
    Mark(MarkArgs),
    Note(NoteArgs),
    Status(StatusArgs),
    Text(TextArgs),
    Explain(ExplainArgs),
    Sample(SampleArgs),
    Keys,
    Config,
    Help(HelpArgs),
}

/// What `review` takes, and bare `gouji`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub struct ReviewArgs {
    #[command(flatten)]
    pub input: Input,
    #[arg(long)]
    pub read_only: bool,
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
}

/// Which files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub struct Input {
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,
}

impl Input {
    /// Whether nothing is named.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && self.files_from.is_none()
    }
}

/// What `check` takes.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    pub input: Input,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    #[arg(long, value_enum, default_value_t, value_name = "LEVEL")]
    pub fail_on: FailOn,
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub select: Vec<String>,
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub ignore: Vec<String>,
    #[arg(long)]
    pub no_decisions: bool,
    #[arg(long)]
    pub all: bool,
}

/// What `extract` takes.
#[derive(Debug, Clone, Args)]
pub struct ExtractArgs {
    #[command(flatten)]
    pub input: Input,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    #[arg(long)]
    pub all: bool,
}

/// What `text` takes.
#[derive(Debug, Clone, Args)]
pub struct TextArgs {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// What `explain` takes.
#[derive(Debug, Clone, Args)]
pub struct ExplainArgs {
    #[arg(value_name = "RULE|KEY|FORM")]
    pub subject: Option<String>,
}

/// What `sample` takes.
#[derive(Debug, Clone, Args)]
pub struct SampleArgs {
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// What `help` takes.
#[derive(Debug, Clone, Args)]
pub struct HelpArgs {
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Human,
    /// One array.
    Json,
    /// One object a line.
    Ndjson,
}

/// From which severity on an open finding makes the exit status 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum FailOn {
    #[default]
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    /// The least severity that fails; `None` never does.
    pub const fn least(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}
