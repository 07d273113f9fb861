//! The least that any audit of a text costs: the file is read, hashed, folded and scanned, and
//! nothing else is done with it. What `gouji check` takes of the same file is held against this.
//!
//! ```text
//! cargo bench --bench floor -- a.txt b.txt
//! a.txt    14420 B    0.061 ms
//! ```
//!
//! Without files those of the sample are taken.

use std::hint::black_box;
use std::path::PathBuf;

use gouji::extract::Known;
use gouji::form::FormSet;
use gouji::text::fold;
use sha2::{Digest, Sha256};

/// Times that each file is gone through.
const TIMES: u32 = 2_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let known = Known::of(FormSet::embedded()?);
    let mut files: Vec<PathBuf> = std::env::args_os()
        .skip(1)
        .filter(|a| !a.to_string_lossy().starts_with("--"))
        .map(PathBuf::from)
        .collect();
    if files.is_empty() {
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/src/sample/files");
        for entry in std::fs::read_dir(sample)? {
            let path = entry?.path();
            if path.extension().is_some_and(|e| e == "txt") {
                files.push(path);
            }
        }
        files.sort();
    }
    for file in files {
        let length = std::fs::metadata(&file)?.len();
        let before = cpu();
        for _ in 0..TIMES {
            let bytes = std::fs::read(&file)?;
            black_box(Sha256::digest(&bytes));
            let text = String::from_utf8_lossy(&bytes);
            let copy = fold(&text);
            black_box(known.hits(&copy.text));
        }
        let each = (cpu() - before) / 1e6 / f64::from(TIMES);
        println!("{}\t{length} B\t{each:.3} ms", file.display());
    }
    Ok(())
}

/// Nanoseconds that this process has been on a processor; where the system does not tell, those
/// that have passed.
fn cpu() -> f64 {
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    let passed = START
        .get_or_init(std::time::Instant::now)
        .elapsed()
        .as_nanos();
    let told = std::fs::read_to_string("/proc/self/schedstat").ok();
    let told = told.and_then(|s| s.split(' ').next()?.parse::<f64>().ok());
    told.unwrap_or(passed as f64)
}
