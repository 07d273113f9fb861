//! The binary: a thin wrapper over the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(gouji::cli::main(std::env::args_os().collect()))
}
