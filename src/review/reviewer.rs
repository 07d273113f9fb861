//! Who reviews: the name under decisions. `--by li` is `li`; with nothing said it is the name of
//! the user's own git configuration, never that of a repository in the batch's folder: an archive
//! that somebody else has packed does not say who unpacked it.

use std::process::{Command, Stdio};

use crate::text::is_control;

/// The reviewer's name: as asked, `GOUJI_REVIEWER`, the configuration's, the user's global git
/// `user.name`, `$USER`. Empty only where nothing at all is known.
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

/// A name in one line, without what only steers a screen.
fn clean(name: &str) -> String {
    let blank = |c| is_control(c) || matches!(c, '\t' | '\n');
    let visible: String = name
        .chars()
        .map(|c| if blank(c) { ' ' } else { c })
        .collect();
    visible.trim().to_owned()
}

/// From `~/.gitconfig` and `$XDG_CONFIG_HOME/git/config`, with what they include. Asked in no
/// repository, so that none has a say in it.
fn git_name() -> Option<String> {
    let output = Command::new("git")
        .args(["config", "--global", "--includes", "--get", "user.name"])
        .current_dir("/")
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env_remove("GIT_CONFIG")
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
