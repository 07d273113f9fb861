//! Where the screen was left, by batch, in the user's data folder.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// More batches are not remembered.
const MOST: usize = 200;

/// Where a batch was left.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The batch.
    pub batch: String,
    /// The report.
    pub report: String,
    /// The part of it; none when it had not come yet.
    pub part: Option<usize>,
    /// The issue.
    pub issue: Option<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct File {
    left: Vec<Left>,
}

/// What a batch is remembered by: the folder of its first file, and its name.
pub fn key(batch: &str, paths: &[PathBuf]) -> String {
    let folder = paths.first().and_then(|p| p.canonicalize().ok());
    let folder = folder
        .as_deref()
        .and_then(Path::parent)
        .map_or_else(String::new, |p| p.display().to_string());
    format!("{folder} {batch}")
}

/// Where a batch was left. A file that is not there or broken remembers nothing.
pub fn load(path: &Path, batch: &str) -> Option<Left> {
    let text = std::fs::read_to_string(path).ok()?;
    let file: File = serde_json::from_str(&text).ok()?;
    file.left.into_iter().find(|l| l.batch == batch)
}

/// Remembers where a batch was left. It is a comfort only, so that a failure is none.
pub fn save(path: &Path, left: Left) {
    let read = std::fs::read_to_string(path).ok();
    let mut file: File = read
        .and_then(|t| serde_json::from_str(&t).ok())
        .unwrap_or_default();
    file.left.retain(|l| l.batch != left.batch);
    file.left.insert(0, left);
    file.left.truncate(MOST);
    let Ok(text) = serde_json::to_string_pretty(&file) else {
        return;
    };
    let Some(folder) = path.parent() else { return };
    let _ = std::fs::create_dir_all(folder);
    let beside = path.with_extension(format!("{}.tmp", std::process::id()));
    if std::fs::write(&beside, text).is_ok() && std::fs::rename(&beside, path).is_err() {
        let _ = std::fs::remove_file(&beside);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_batch_is_remembered_and_a_broken_file_is_no_matter() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep").join("screen.json");
        let left = |batch: &str, part| Left {
            batch: batch.to_owned(),
            report: "云溪.html".to_owned(),
            part: Some(part),
            issue: None,
        };
        save(&path, left("a", 1));
        save(&path, left("b", 2));
        save(&path, left("a", 3));
        assert_eq!(load(&path, "a").unwrap().part, Some(3));
        assert_eq!(load(&path, "b").unwrap().part, Some(2));
        std::fs::write(&path, "{").unwrap();
        assert_eq!(load(&path, "a"), None);
        save(&path, left("a", 4));
        assert_eq!(load(&path, "a").unwrap().part, Some(4));
    }
}
