//! What is printed, and whoever reads it: a terminal that nothing may steer, a shell that a suggested
//! command is typed into, a pipe whose reader goes away.

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};

use crate::place::{Place, Ran};

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let place = Place::new();
    for i in 0..40 {
        let folder = place.path(&format!("copy{i}"));
        gouji::sample::write(&folder).unwrap();
    }
    let mut command = place.command(&["extract", ".", "--format", "ndjson", "-q"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0u8; 16];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(!err.contains("panicked") && !err.contains("pipe"), "{err}");
}

#[test]
fn control_characters_of_a_report_stay_in_it() {
    let place = Place::new();
    let text = fs::read_to_string(place.path("baichuan-2021.txt")).unwrap();
    place.write(
        "evil.txt",
        text.replace("（一）予以公开", "（一）予以公开\x1b[2J\x07"),
    );
    let ran = place.run(&["check", "evil.txt"]);
    assert!(ran.out.contains("evil.txt"));
    assert!(!ran.out.contains('\x1b') && !ran.out.contains('\x07'));
    let ran = place.run(&["text", "evil.txt"]);
    assert!(ran.out.contains('\x1b'), "a pipe gets the text as it is");
}

/// Marks of direction, C1 and DEL: shown by nothing that reads a report, whatever way they take.
#[test]
fn what_steers_a_terminal_reaches_none() {
    const EVIL: &str = "\u{61c}\u{200f}\u{202e}\u{2067}\u{9b}5m\u{7f}\u{feff}\u{e0041}";
    let place = Place::new();
    let text = fs::read_to_string(place.path("baichuan-2021.txt")).unwrap();
    let name = format!("a{EVIL}.txt");
    let text = text.replace("区人民政府", &format!("区人民{EVIL}政府"));
    place.write(
        &name,
        text.replace("（一）予以公开", &format!("（一）予以{EVIL}公开")),
    );
    place.write(&format!("b{EVIL}.txt"), "");
    let names = [
        name.as_str(),
        &format!("b{EVIL}.txt"),
        &format!("c{EVIL}.txt"),
    ];
    let clean = |ran: &Ran| {
        for text in [&ran.out, &ran.err] {
            let odd = text.chars().find(|c| gouji::text::is_control(*c));
            assert_eq!(odd, None, "{text:?}");
        }
    };
    for command in ["check", "extract", "status", "review"] {
        clean(&place.run(&[&[command][..], &names].concat()));
    }
    for command in ["check", "extract", "status"] {
        for format in ["json", "ndjson"] {
            let ran = place.run(&[&[command, "--format", format][..], &names].concat());
            clean(&ran);
            assert!(ran.out.contains(r"\u202e") && ran.out.contains(r"\u009b5m\u007f"));
        }
    }
    let ran = place.run(&[&["extract", "--format", "ndjson"][..], &names].concat());
    // Who parses it gets the name as it is.
    assert_eq!(ran.records()[0]["file"], name.as_str());
    for words in [
        &["explain", EVIL][..],
        &["check", EVIL, "--select", EVIL],
        &["decide", &name, EVIL, EVIL],
        &["undo", &name],
        &["mark", &name, EVIL],
        &[EVIL],
        &["--config", EVIL, "check", "."],
    ] {
        let ran = place.run(words);
        assert_eq!(ran.status, 2, "{words:?}");
        clean(&ran);
    }
    let ran = place.run(&[
        "decide",
        &name,
        "t3.new.total",
        "override",
        "5",
        "--note",
        EVIL,
    ]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    clean(&ran);
    clean(&place.run(&["log", &name]));
    clean(&place.run(&["log", &name, "--format", "json"]));
}

/// A command that is suggested does what it says, whatever the file is called.
#[cfg(unix)]
#[test]
fn suggested_commands_can_be_typed() {
    let names = [
        "-rf.html",
        "-.html",
        "a b's (1)!.html",
        "a\u{202e}b\u{61c}.html",
        "$HOME`ls`.html",
        "a\nb\t.html",
        "~a#2.html",
    ];
    for name in names {
        let place = Place::new();
        let folder = place.path("batch");
        fs::create_dir(&folder).unwrap();
        fs::copy(place.path("yunxi-2022.html"), folder.join(name)).unwrap();
        let mut command = place.command(&["check", "."]);
        let ran = Ran::of(command.current_dir(&folder).output().unwrap());
        let lines = ran.out.lines().filter(|l| l.contains("gouji decide"));
        let typed = lines.map(|l| l.split_once("gouji ").unwrap().1);
        let mut typed = typed.map(|l| l.split("    (").next().unwrap());
        let typed = typed.find(|l| l.ends_with("confirm")).unwrap();
        let program = env!("CARGO_BIN_EXE_gouji");
        let ran = Command::new("bash")
            .args(["-c", &format!("{program} {typed}")])
            .current_dir(&folder)
            .env("HOME", place.path(".home"))
            .output()
            .unwrap();
        assert!(ran.status.success(), "{typed}: {ran:?}");
        assert!(
            folder.join(format!("{name}.review.toml")).is_file(),
            "{typed}"
        );
    }
}

/// What a reader that went away does not read is worked out all the same: the status is true.
#[test]
fn a_broken_pipe_does_not_lose_the_status() {
    let place = Place::empty();
    gouji::sample::write(&place.path("a")).unwrap();
    for i in 0..20 {
        // Nothing to complain of for long, and more than a pipe holds.
        fs::copy(
            place.path("a/donghu-2022.html"),
            place.path(&format!("b{i:02}.html")),
        )
        .unwrap();
    }
    fs::rename(place.path("a/yunxi-2022.html"), place.path("c.html")).unwrap();
    fs::remove_dir_all(place.path("a")).unwrap();
    let ended = |words: &[&str]| {
        let mut command = place.command(words);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
        output.status.code()
    };
    for format in ["human", "json", "ndjson"] {
        assert_eq!(
            ended(&["check", ".", "--format", format]),
            Some(1),
            "{format}"
        );
        assert_eq!(
            ended(&["extract", ".", "--format", format]),
            Some(0),
            "{format}"
        );
    }
    assert_eq!(ended(&["check", ".", "--fail-on", "never"]), Some(0));
    assert_eq!(ended(&["explain"]), Some(0));
    assert_eq!(ended(&["keys"]), Some(0));
    assert_eq!(ended(&["text", "c.html"]), Some(0));
}
