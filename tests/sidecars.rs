//! Sidecars that are no plain files of ours, through the real binary: each costs its own report,
//! by name, and the rest of the batch goes on. And whose name stands under a decision.

// A test that cannot set its scene fails; saying so is all that an unwrap does here.
#![allow(clippy::unwrap_used)]
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

const REPORT: &str = "qinglan-2022.txt";
const KEY: &str = "t3.new.total";

struct Room {
    folder: tempfile::TempDir,
}

impl Room {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        gouji::sample::write(&folder.path().join("batch")).unwrap();
        Self { folder }
    }

    fn batch(&self) -> PathBuf {
        self.folder.path().join("batch")
    }

    fn sidecar(&self) -> PathBuf {
        self.batch().join(format!("{REPORT}.review.toml"))
    }

    fn lock(&self) -> PathBuf {
        self.batch().join(format!(".{REPORT}.review.toml.lock"))
    }

    fn outside(&self) -> PathBuf {
        self.folder.path().join("outside")
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_gouji"))
            .args(args)
            .args(["--lang", "en"])
            .current_dir(self.batch())
            .env_remove("GOUJI_CONFIG")
            .env_remove("GOUJI_REVIEWER")
            .env("HOME", self.folder.path())
            .env("XDG_CONFIG_HOME", self.folder.path().join("config"))
            .env("USER", "somebody")
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    /// `check` and `status` of the batch name the sidecar and the cause, once, and go on; nothing
    /// is decided.
    fn costs_its_own_report(&self, cause: &str) {
        for args in [&["check", ".", "--fail-on", "never"][..], &["status", "."]] {
            let output = self.run(args);
            let said = String::from_utf8_lossy(&output.stderr).into_owned()
                + &String::from_utf8_lossy(&output.stdout);
            let named = said.lines().filter(|l| l.contains(cause));
            assert_eq!(named.count(), 1, "{args:?}: {said}");
            assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
            assert!(said.contains("yunxi"), "{args:?}: {said}");
        }
        self.refuses(cause);
    }

    fn refuses(&self, cause: &str) {
        let output = self.run(&["decide", REPORT, KEY, "accept"]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(cause) && said.contains(REPORT), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }

    fn signed_by(&self) -> String {
        let output = self.run(&["decide", REPORT, KEY, "accept"]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{said}");
        let text = fs::read_to_string(self.sidecar()).unwrap();
        fs::remove_file(self.sidecar()).unwrap();
        let line = text.lines().find_map(|l| l.strip_prefix("by = "));
        line.unwrap().to_owned()
    }
}

fn fifo(path: &PathBuf) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn a_fifo_hangs_nothing() {
    let room = Room::new();
    fifo(&room.sidecar());
    room.costs_its_own_report("FIFO");
    assert!(
        fs::symlink_metadata(room.sidecar())
            .unwrap()
            .file_type()
            .is_fifo()
    );
}

#[test]
fn a_link_is_neither_followed_nor_replaced() {
    let room = Room::new();
    fs::write(room.outside(), "format = 1\n# not ours\n").unwrap();
    symlink(room.outside(), room.sidecar()).unwrap();
    room.costs_its_own_report("it is a link");
    assert_eq!(
        fs::read_to_string(room.outside()).unwrap(),
        "format = 1\n# not ours\n"
    );
    fs::remove_file(room.sidecar()).unwrap();
    symlink("/dev/zero", room.sidecar()).unwrap();
    room.costs_its_own_report("it is a link");
    assert_eq!(
        fs::read_link(room.sidecar()).unwrap(),
        PathBuf::from("/dev/zero")
    );
}

#[test]
fn one_of_a_gigabyte_ends_nothing() {
    let room = Room::new();
    let file = fs::File::create(room.sidecar()).unwrap();
    file.set_len(1 << 30).unwrap();
    room.costs_its_own_report("64 MiB");
    assert_eq!(fs::metadata(room.sidecar()).unwrap().len(), 1 << 30);
}

#[test]
fn a_dangling_lock_makes_no_file_elsewhere() {
    let room = Room::new();
    symlink(room.outside(), room.lock()).unwrap();
    room.refuses("it is a link");
    assert!(!room.outside().exists() && !room.sidecar().exists());
    fs::remove_file(room.lock()).unwrap();
    fifo(&room.lock());
    room.refuses("FIFO");
    assert!(!room.sidecar().exists());
}

#[test]
fn a_read_only_one_is_read_and_not_replaced() {
    let room = Room::new();
    let text = "[[decision]]\nfield = \"t3.new.total\"\naction = \"accept\"\nby = \"wang\"\n";
    fs::write(room.sidecar(), text).unwrap();
    fs::set_permissions(room.sidecar(), fs::Permissions::from_mode(0o444)).unwrap();
    room.refuses("read-only");
    assert_eq!(fs::read_to_string(room.sidecar()).unwrap(), text);
    let log = room.run(&["log", REPORT]);
    assert!(String::from_utf8_lossy(&log.stdout).contains("wang"));
}

/// In a folder that two people share, the file of one: the other cannot give it back to them, so
/// they would lose it. Only root can play two people.
#[test]
fn one_of_another_owner_is_not_taken_from_them() {
    let room = Room::new();
    let text = "# theirs\n";
    fs::write(room.sidecar(), text).unwrap();
    if chown(room.sidecar(), Some(12_001), Some(12_100)).is_err() {
        return;
    }
    fs::set_permissions(room.sidecar(), fs::Permissions::from_mode(0o664)).unwrap();
    for folder in [room.folder.path().to_owned(), room.batch()] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).unwrap();
    }
    let program = room.folder.path().join("gouji");
    fs::copy(env!("CARGO_BIN_EXE_gouji"), &program).unwrap();
    let decide = |owner: u32| {
        Command::new(&program)
            .args([
                "decide", REPORT, KEY, "accept", "--by", "li", "--lang", "en",
            ])
            .current_dir(room.batch())
            .env("HOME", room.folder.path())
            .env("XDG_CONFIG_HOME", room.folder.path().join("config"))
            .uid(owner)
            .gid(12_100)
            .output()
            .unwrap()
    };
    let other = decide(12_002);
    let said = String::from_utf8_lossy(&other.stderr);
    assert_eq!(other.status.code(), Some(2), "{said}");
    assert!(said.contains("owner") && said.contains(REPORT), "{said}");
    assert_eq!(fs::read_to_string(room.sidecar()).unwrap(), text);
    let beside = fs::read_dir(room.batch()).unwrap().flatten();
    let left = beside.filter(|e| e.file_name().to_string_lossy().starts_with('.'));
    assert_eq!(left.count(), 0, "nothing half-written is left");

    assert_eq!(decide(12_001).status.code(), Some(0));
    let now = fs::metadata(room.sidecar()).unwrap();
    assert_eq!((now.uid(), now.gid()), (12_001, 12_100));
    assert_eq!(now.mode() & 0o7777, 0o664);
}

/// An archive that carries a repository does not say who unpacked it.
#[test]
fn only_the_users_own_git_configuration_counts() {
    let room = Room::new();
    let git = room.batch().join(".git");
    for folder in ["objects", "refs"] {
        fs::create_dir_all(git.join(folder)).unwrap();
    }
    fs::write(git.join("HEAD"), "ref: refs/heads/main\n").unwrap();
    fs::write(git.join("config"), "[user]\n\tname = mallory\n").unwrap();
    assert_eq!(room.signed_by(), "\"somebody\"");
    let own = room.folder.path().join("config/git");
    fs::create_dir_all(&own).unwrap();
    fs::write(own.join("config"), "[user]\n\tname = li\n").unwrap();
    assert_eq!(room.signed_by(), "\"li\"");
    let home = room.folder.path().join(".gitconfig");
    fs::write(home, "[user]\n\tname = 李\u{202e}\n").unwrap();
    assert_eq!(room.signed_by(), "\"李\"");
}
