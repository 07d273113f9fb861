//! The binary: a thin wrapper over the library.

fn main() {}
