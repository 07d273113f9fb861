//! Who reviews: the name under decisions.

use std::process::{Command, Stdio};

/// The reviewer's name: as asked, `GOUJI_REVIEWER`, the configuration's, git's `user.name`,
/// `$USER`. Empty only where nothing at all is known.
pub fn name(asked: Option<&str>, configured: Option<&str>) -> String {
    let environment = |name: &str| std::env::var(name).ok();
    first([
        &|| asked.map(str::to_owned),
        &|| environment("GOUJI_REVIEWER"),
        &|| configured.map(str::to_owned),
        &git_name,
        &|| environment("USER"),
        &|| environment("USERNAME"),
    ])
}

fn first<const N: usize>(sources: [&dyn Fn() -> Option<String>; N]) -> String {
    sources
        .into_iter()
        .filter_map(|source| source())
        .map(|name| clean(&name))
        .find(|name| !name.is_empty())
        .unwrap_or_default()
}

/// A name in one line.
fn clean(name: &str) -> String {
    let visible: String = name
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    visible.trim().to_owned()
}

fn git_name() -> Option<String> {
    let output = Command::new("git")
        .args(["config", "user.name"])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_says_anything() {
        assert_eq!(name(Some(" 李 "), Some("wang")), "李");
        let some = |text: &'static str| move || Some(text.to_owned());
        assert_eq!(
            first([&some(" \n"), &some("li\tming"), &some("x")]),
            "li ming"
        );
        assert_eq!(first([&|| None]), "");
    }
}
