//! The commands through the real binary, on the sample batch and on bad input.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod place;
mod printed;

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::place::{Place, Ran};

#[test]
fn bare_and_off_a_terminal_the_samples_findings_are_printed() {
    let place = Place::empty();
    let ran = place.run(&[]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("error[T3.BAL]: "), "{}", ran.out);
    assert!(!ran.out.contains('\x1b'));
    let hint = ran.err.lines().last().unwrap();
    assert!(hint.contains("in a terminal"), "{hint}");
    let folder = place.path(".home/.local/share/gouji/sample");
    let changed = folder.join("yunxi-2022.html");
    fs::write(&changed, "mine").unwrap();
    place.run(&[]);
    assert_eq!(fs::read_to_string(&changed).unwrap(), "mine");
}

#[test]
fn the_data_folder_is_the_users() {
    let place = Place::empty();
    let data = place.path("data");
    let mut command = place.command(&[]);
    let ran = Ran::of(command.env("XDG_DATA_HOME", &data).output().unwrap());
    assert_eq!(ran.status, 0);
    assert!(data.join("gouji/sample/yunxi-2022.html").is_file());
    let ran = Ran::of(place.command(&[]).env_remove("HOME").output().unwrap());
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("XDG_DATA_HOME"), "{}", ran.err);
}

#[test]
fn the_exit_status_tells_what_was_found() {
    let place = Place::new();
    let status = |words: &[&str]| place.run(words).status;
    assert_eq!(status(&["check", "donghu-2022.html"]), 0);
    assert_eq!(status(&["check", "yunxi-2022.html"]), 1);
    assert_eq!(status(&["check", "nanpu-2018.txt"]), 0);
    assert_eq!(
        status(&["check", "nanpu-2018.txt", "--fail-on", "warning"]),
        1
    );
    assert_eq!(
        status(&["check", "yunxi-2022.html", "--fail-on", "never"]),
        0
    );
    assert_eq!(status(&["check", "yunxi-2022.html", "--select", "T2."]), 0);
    assert_eq!(
        status(&["check", "yunxi-2022.html", "--ignore", "t3.bal"]),
        0
    );
    assert_eq!(status(&["check", "yunxi-2022.html", "scan-2020.html"]), 2);
    assert_eq!(status(&["check"]), 2);
    assert_eq!(status(&["check", "--no-such-option", "x"]), 2);
    assert_eq!(status(&["--help"]), 0);
    assert_eq!(status(&["--version"]), 0);
}

#[test]
fn decisions_count_unless_told_otherwise() {
    let place = Place::new();
    for target in ["T3.BAL@natural_person", "T3.BAL@total"] {
        let ran = place.run(&["decide", "yunxi-2022.html", target, "dismiss"]);
        assert_eq!(ran.status, 0, "{}", ran.err);
    }
    let ran = place.run(&["check", "yunxi-2022.html", "--format", "ndjson"]);
    assert_eq!(ran.status, 0);
    assert!(ran.records().iter().all(|r| r["state"] == "dismissed"));
    let ran = place.run(&["check", "yunxi-2022.html"]);
    assert!(!ran.out.contains("T3.BAL"), "{}", ran.out);
    assert!(ran.out.contains("2 settled"), "{}", ran.out);
    let ran = place.run(&["check", "yunxi-2022.html", "--no-decisions"]);
    assert_eq!(ran.status, 1);
    let ran = place.run(&["decide", "yunxi-2022.html", "T3.BAL@total", "confirm"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(place.run(&["check", "yunxi-2022.html"]).status, 1);
}

#[test]
fn a_finding_reads_like_a_compilers_message() {
    let place = Place::new();
    let ran = place.run(&["check", "baichuan-2021.txt", "--select", "T3.COL"]);
    insta::assert_snapshot!(ran.out, @r"
    error[T3.COL]: Column total: the outcomes (1) to (6) add up to 29, the total (7) is 33, off by 4; all figures were read plainly, so the report itself is probably wrong
        --> baichuan-2021.txt:31:50
          |
       31 | | 三、本年度办理结果 | （一）予以公开 |  | 15 | 1 |  |  | 1 |  | 17 |
          |                                                                  ^^
          = arithmetic: 17 + 2 + 9 + 1 ≠ 33
          = id: T3.COL@total
          = help: gouji decide baichuan-2021.txt T3.COL@total confirm    (the report is wrong)
                  gouji decide baichuan-2021.txt T3.COL@total dismiss    (no error)

    baichuan-2021.txt: 白川区人民政府 2021 fmt_2021; 1 error

    1 report: 1 error
    ");
    let ran = place.run(&[
        "check",
        "yunxi-2022.html",
        "--lang",
        "zh",
        "--color",
        "always",
    ]);
    assert!(
        ran.out
            .contains("\x1b[1;31m错误[T3.BAL]\x1b[0m：\x1b[1m自然人列"),
        "{}",
        ran.out
    );
}

#[test]
fn extracted_values_are_where_their_spans_say() {
    let place = Place::new();
    let ran = place.run(&["extract", ".", "--format", "ndjson"]);
    assert_eq!(ran.status, 2, "one of the samples cannot be read");
    let records = ran.records();
    assert_eq!(records.len(), gouji::sample::files().len());
    let (failed, read): (Vec<_>, Vec<_>) = records.iter().partition(|r| r["error"].is_object());
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0]["file"], "scan-2020.html");
    assert_eq!(failed[0]["error"]["kind"], "unsupported");
    assert!(ran.err.contains("scan-2020.html"), "{}", ran.err);
    for record in read {
        let file = record["file"].as_str().unwrap();
        assert_eq!(record["id"], record["file"]);
        let keys: Vec<&str> = record
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        let promised = "file id sha256 organ level kind year form published signed script fields \
                        joint claims sections errors";
        assert_eq!(keys, promised.split_whitespace().collect::<Vec<_>>());
        let text = place.run(&["text", file]).out;
        for field in record["fields"].as_array().unwrap() {
            let status = field["status"].as_str().unwrap();
            let known = matches!(status, "read" | "inferred");
            assert_eq!(field["value"].is_string(), known, "{file} {field}");
            if let (true, Some(span)) = (known, field["span"].as_array()) {
                let at = |i: usize| usize::try_from(span[i].as_u64().unwrap()).unwrap();
                let shown = &text[at(0)..at(1)];
                let raw = field["raw"].as_str().unwrap();
                assert!(raw.contains(shown.trim()), "{file} {field}: {shown}");
            }
        }
    }
    let array = place.run(&["extract", ".", "--format", "json"]);
    let array: Value = serde_json::from_str(&array.out).unwrap();
    assert_eq!(array.as_array().unwrap(), &records);
    let none = place.run(&["extract", "no such folder", "--format", "json"]);
    let none: Value = serde_json::from_str(&none.out).unwrap();
    assert_eq!(none[0]["error"]["kind"], "not_found");
}

#[test]
fn findings_are_records_too() {
    let place = Place::new();
    let ran = place.run(&["check", "yunxi-2022.html", "none.txt", "--format", "ndjson"]);
    assert_eq!(
        ran.status, 2,
        "a file that is not there goes before findings"
    );
    let records = ran.records();
    let keys: Vec<&str> = records[0]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let promised = "file id rule severity fingerprint message fields expected actual formula \
                    doubt repairs quote span state";
    assert_eq!(keys, promised.split_whitespace().collect::<Vec<_>>());
    assert_eq!(records[0]["rule"], "T3.BAL");
    assert_eq!(records[0]["state"], "undecided");
    assert_eq!(records.last().unwrap()["error"]["kind"], "not_found");
}

#[test]
fn what_cannot_be_read_is_one_line_each_and_the_rest_goes_on() {
    let place = Place::new();
    place
        .write("empty.txt", "")
        .write("blank.txt", " \r\n\n")
        .write(
            "binary.txt",
            [0x7f, b'E', b'L', b'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0xff],
        )
        .write(
            "menu.html",
            "<html><body><h1>食堂菜单</h1><p>周一 红烧肉 3 元</p></body></html>",
        );
    let files = [
        "empty.txt",
        "blank.txt",
        "binary.txt",
        "menu.html",
        "gone.txt",
    ];
    let mut words = vec!["check", "--format", "ndjson"];
    words.extend(files);
    words.push("donghu-2022.html");
    let ran = place.run(&words);
    assert_eq!(ran.status, 2);
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(lines.len(), files.len(), "{}", ran.err);
    for (line, file) in lines.iter().zip(files) {
        assert!(line.starts_with(&format!("error: {file}: ")), "{line}");
        assert!(!line.contains("panicked"), "{line}");
    }
    let kinds: Vec<Value> = ran
        .records()
        .iter()
        .map(|r| r["error"]["kind"].clone())
        .collect();
    assert_eq!(kinds[0], "empty");
    assert_eq!(kinds[1], "empty");
    assert!(kinds[2] == "binary" || kinds[2] == "unsupported");
    assert_eq!(kinds[3], "not_a_report");
    assert_eq!(kinds[4], "not_found");
    let ran = place.run(&["check", "empty.txt", "donghu-2022.html"]);
    assert!(ran.out.contains("donghu-2022.html: "), "{}", ran.out);
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_is_one_error() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let closed = place.path("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let ran = place.run(&["check", "."]);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    if fs::read_dir("/root").is_ok() {
        eprintln!("skipped: permissions do not bind this user");
        return;
    }
    assert!(
        ran.err.contains("error: closed: no permission"),
        "{}",
        ran.err
    );
    assert!(ran.out.contains("yunxi-2022.html: "));
}

#[test]
fn a_sidecar_with_a_syntax_error_is_named_with_its_place() {
    let place = Place::new();
    let sidecar = "format = 1\n[[decision]\n";
    place.write("yunxi-2022.html.review.toml", sidecar);
    let ran = place.run(&["check", "yunxi-2022.html", "--format", "ndjson"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.contains("yunxi-2022.html.review.toml:2:"),
        "{}",
        ran.err
    );
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert_eq!(ran.records()[0]["error"]["kind"], "sidecar");
    assert_eq!(
        ran.records()[1]["rule"],
        "T3.BAL",
        "the findings come all the same"
    );
    let kept = fs::read_to_string(place.path("yunxi-2022.html.review.toml")).unwrap();
    assert_eq!(kept, sidecar);
}

#[test]
fn a_configuration_is_read_strictly() {
    let place = Place::new();
    place.write("c.toml", "queue = 'info'\nreviwer = 'li'\n");
    let ran = place.run(&["--config", "c.toml", "check", "donghu-2022.html"]);
    assert_eq!(ran.status, 2);
    assert_eq!(
        ran.err,
        "error: c.toml:2:1: unknown setting `reviwer`; did you mean `reviewer`?\n"
    );
    assert_eq!(
        place.run(&["check", ".", "--config", "none.toml"]).status,
        2
    );
    place.write("c.toml", "lang = 'zh'\nreviewer = '李'\n");
    let ran = place.run(&["config", "--config", "c.toml", "--jobs", "3"]);
    assert_eq!(ran.status, 0);
    assert!(ran.out.contains("reviewer = \"李\""), "{}", ran.out);
    assert!(ran.out.contains("# c.toml"), "{}", ran.out);
    assert!(ran.out.contains("--jobs"), "{}", ran.out);
    let named = place
        .command(&["config"])
        .env("GOUJI_CONFIG", "c.toml")
        .output()
        .unwrap();
    assert!(Ran::of(named).out.contains("lang = \"zh\""));
    let folder = place.path(".home/.config/gouji");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), "jobs = 7").unwrap();
    assert!(place.run(&["config"]).out.contains("jobs = 7"));
}

#[test]
fn the_language_is_the_options_then_the_files_then_the_locales() {
    let place = Place::new();
    let ran = |words: &[&str], locale: &str| {
        let mut command = place.command(words);
        Ran::of(command.env("LC_ALL", locale).output().unwrap())
    };
    assert!(ran(&["check", "none.txt"], "C").err.starts_with("错误："));
    assert!(
        ran(&["check", "none.txt"], "en_GB")
            .err
            .starts_with("error: ")
    );
    let words = ["check", "none.txt", "--lang", "zh"];
    assert!(ran(&words, "en_GB").err.starts_with("错误："));
    assert!(
        ran(&["--lang", "en", "--halp"], "zh_CN")
            .err
            .starts_with("error: there is no")
    );
}

#[test]
fn lists_globs_and_names_of_commands() {
    let place = Place::new();
    let list = "donghu-2022.html\r\nyunxi-2022.html\n";
    for words in [
        &["check", "-", "--format", "ndjson"][..],
        &["check", "--files-from", "-", "--format", "ndjson"],
    ] {
        let ran = place.fed(words, list);
        assert_eq!(ran.status, 1, "{}", ran.err);
        assert!(ran.records().iter().all(|r| r["file"] == "yunxi-2022.html"));
    }
    let ran = place.run(&["extract", "qinglan-*.txt", "--format", "ndjson"]);
    assert_eq!(ran.records().len(), 2);
    // A path that is called like a command is reached behind `--`.
    fs::copy(place.path("donghu-2022.html"), place.path("check")).unwrap();
    let ran = place.run(&["--", "check"]);
    assert!(ran.out.contains("check: "), "{}{}", ran.out, ran.err);
    let ran = place.run(&["yunxi-2022.html", "check"]);
    assert!(ran.out.contains("2 reports"), "{}{}", ran.out, ran.err);
    assert_eq!(place.run(&["--read-only", "check", "."]).status, 2);
    let ran = place.run(&["chekc", "."]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("chekc: no such file"), "{}", ran.err);
    let ran = place.run(&["chekc"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("gouji check?"), "{}", ran.err);
}

#[test]
fn things_are_explained() {
    let place = Place::empty();
    for (subject, words) in [
        ("T3.BAL", "carried_in"),
        ("t3.bal@total", "carried_in"),
        ("t3.new.total", "T3.ROW@new"),
        ("fmt_2021", "T4.SUM"),
    ] {
        let ran = place.run(&["explain", subject]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(ran.out.contains(words), "{subject}: {}", ran.out);
    }
    let ran = place.run(&["explain", "T3.BAT"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("`T3.BAL`"), "{}", ran.err);
    assert_eq!(place.run(&["explain"]).status, 0);
}

#[test]
fn the_sample_is_written_and_never_over_anything() {
    let place = Place::empty();
    let ran = place.run(&["sample", "s"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let one: &Path = &place.path("s/donghu-2014.txt");
    fs::write(one, "mine").unwrap();
    assert_eq!(place.run(&["sample", "s"]).status, 0);
    assert_eq!(fs::read_to_string(one).unwrap(), "mine");
    place.write("file", "");
    assert_eq!(place.run(&["sample", "file"]).status, 2);
}

#[test]
fn a_folder_that_lies_too_deep_is_named() {
    let place = Place::empty();
    let deep = format!("{}d", "d/".repeat(64));
    fs::create_dir_all(place.path(&deep)).unwrap();
    place.write(&format!("{deep}/a.txt"), "");
    let ran = place.run(&["check", ".", "--format", "ndjson"]);
    assert_eq!(ran.status, 2, "{}", ran.err);
    assert!(ran.err.contains(&format!("error: {deep}: ")), "{}", ran.err);
    assert!(ran.err.contains("64 levels"), "{}", ran.err);
    assert_eq!(ran.records()[0]["file"], deep.as_str());
}

/// What was not asked for leaves no blank line and no report's line either.
#[test]
fn quiet_says_nothing_where_no_chosen_rule_is_left_open() {
    let place = Place::new();
    let open = place.run(&["check", "liutang-2019.txt", "--all", "-q"]);
    assert!(open.out.contains("not assessable: T3."), "{}", open.out);
    let words = [
        "check",
        "liutang-2019.txt",
        "--all",
        "-q",
        "--select",
        "T2.",
    ];
    assert_eq!(place.run(&words).out, "");
}

#[test]
fn status_says_why_a_file_could_not_be_read() {
    let place = Place::empty();
    place.write("empty.html", "");
    for (lang, why) in [("en", "the file is empty"), ("zh", "文件是空的")] {
        let ran = place.run(&["status", "--lang", lang, "empty.html"]);
        let said = ran.out + &ran.err;
        assert!(said.contains(why), "{said}");
        assert_eq!(ran.status, 2);
    }
}
