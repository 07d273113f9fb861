//! Whether a file is still the one that was read, told without reading it again where that can be.
//!
//! A file that was touched has another stamp and the same bytes: [`has_bytes`] then reads it.

use std::io::Read;
use std::path::Path;
use std::time::SystemTime;

use sha2::{Digest, Sha256};

/// More bytes than any reader takes: of a file that does not end so much is compared.
const MOST: u64 = 1 << 30;

/// What the file system says of a file's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// Tells a file that was put in another's place.
    number: u64,
}

impl Stamp {
    /// Of a file as it is now.
    ///
    /// # Errors
    /// When it is not there, or its folder cannot be looked into.
    pub fn of(path: &Path) -> std::io::Result<Self> {
        let about = std::fs::metadata(path)?;
        #[cfg(unix)]
        let number = std::os::unix::fs::MetadataExt::ino(&about);
        #[cfg(not(unix))]
        let number = 0;
        Ok(Self {
            length: about.len(),
            modified: about.modified().ok(),
            number,
        })
    }
}

/// Whether a file that bears another stamp has the same bytes all the same: it was touched,
/// copied back, or lies where numbers of files do not last.
pub fn has_bytes(path: &Path, sha256: &str) -> bool {
    let read = || -> std::io::Result<String> {
        let mut file = std::fs::File::open(path)?.take(MOST);
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 1 << 16];
        loop {
            let n = file.read(&mut buffer)?;
            if n == 0 {
                break;
            }
            hash.update(buffer.get(..n).unwrap_or_default());
        }
        Ok(hex(&hash.finalize()))
    };
    read().is_ok_and(|now| now == sha256)
}

/// The SHA-256 of some bytes, in hex.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    let digit = |d: u8| char::from_digit(u32::from(d), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|b| [digit(b >> 4), digit(b & 15)])
        .collect()
}
