//! The sidecar as text: its shape, comments and unknown keys, what people write by hand, and
//! what does not parse.

use super::*;
use crate::review::sidecar::{Problem, SidecarError, load, load_from, path, read, write};

/// A sidecar as a person may have left it: comments, unknown keys, a decision by hand.
const EDITED: &str = r#"# gouji review. You may edit this file; comments stay.
format = 1
team = "third"   # unknown, ours

# where it came from
[source]
file = "a.txt"
sha256 = ""

[report]
organ = "云溪市人民政府"
year = 2022
form = "fmt_2021"

[review]
status = "in_review"
# call them on Monday

[[decision]]
id = "01930000-0000-7000-8000-000000000001"
field = "t3.new.total"
action = "override"
value = "3"                 # scan, page 4
was = "55"
was_status = "read"
reason = "report_wrong"
by = "li"
at = 2026-11-23T20:00:00+08:00
seen_by = "zhang"
# belongs to new.total

# above the hand-written one
[[decision]]
field = "t3.new.research"
action = "blank"

[[history]]
id = "01930000-0000-7000-8000-000000000000"
field = "t3.new.total"
action = "accept"
was = "55"
was_status = "read"
by = "wang"
at = 2026-11-23T19:00:00+08:00
ended = "superseded"   # by li
ended_by = "li"
ended_at = 2026-11-23T20:00:00+08:00
ended_id = "01930000-0000-7000-8000-000000000001"

[ours]
x = 1
# finis
"#;

#[test]
fn a_fresh_sidecar_reads_as_the_contract_shows_it() {
    let (sheet, mut log) = (unbalanced(), Log::default());
    let request = field("t3.carried_in.total", Action::Override)
        .value("3")
        .note("scan shows 3");
    decide(
        &sheet,
        &mut log,
        finding("T3.BAL@total", Action::Confirm),
        &li(),
    );
    decide(&sheet, &mut log, request, &li());
    decide(
        &sheet,
        &mut log,
        field("t3.new.total", Action::Accept),
        &li(),
    );
    let text = write(&log, &facts(&sheet));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[..3],
        [
            "# gouji review. You may edit this file; comments stay.",
            "format = 1",
            ""
        ]
    );
    for part in [
        "[source]\nfile = \"a.txt\"\nsha256 = \"\"\n",
        "[report]\norgan = \"云溪市人民政府\"\nyear = 2022\nform = \"fmt_2021\"\n",
        "[review]\nstatus = \"in_review\"\n",
        "field = \"t3.carried_in.total\"\naction = \"override\"\nvalue = \"3\"\nwas = \"2\"\nwas_status = \"read\"\nreason = \"report_wrong\"\nnote = \"scan shows 3\"\nby = \"li\"\nat = 2",
        "basis = { \"t3.carried_in.total\" = \"2\", ",
    ] {
        assert!(text.contains(part), "{part}\nin\n{text}");
    }
    let at = |needle: &str| text.find(needle).unwrap();
    assert!(
        at("t3.new.total\"\naction") < at("\"t3.carried_in.total\"\naction"),
        "{text}"
    );
    assert!(
        at("\"t3.carried_in.total\"\naction") < at("T3.BAL@total"),
        "{text}"
    );
    assert_eq!(read(&text).unwrap(), log);
    assert_eq!(write(&read(&text).unwrap(), &facts(&sheet)), text);
}

#[test]
fn comments_and_unknown_keys_travel_with_their_entry() {
    let sheet = unbalanced();
    let mut log = read(EDITED).unwrap();
    // The hand-written one is the newest; it counts, and it is what undo takes back.
    assert_eq!(log.last_step()[0].target, Target::field("t3.new.research"));
    decide(
        &sheet,
        &mut log,
        field("t3.new.total", Action::Accept),
        &li(),
    );
    let superseded = write(&log, &facts(&sheet));
    let all = [
        "team = \"third\"   # unknown, ours",
        "# where it came from",
        "# call them on Monday",
        "# scan, page 4",
        "seen_by = \"zhang\"",
        "# belongs to new.total",
        "# above the hand-written one",
        "# by li",
        "[ours]\nx = 1",
        "# finis",
    ];
    for kept in all {
        assert_eq!(
            superseded.matches(kept).count(),
            1,
            "{kept}\nin\n{superseded}"
        );
    }
    let moved = superseded.split("[[history]]").nth(2).unwrap();
    for kept in [
        "# scan, page 4",
        "seen_by = \"zhang\"",
        "# belongs to new.total",
        "ended = \"superseded\"",
    ] {
        assert!(moved.contains(kept), "{kept}\nin\n{superseded}");
    }
    // And back, through the file.
    let mut log = read(&superseded).unwrap();
    let undo = log.undo(&li(), false).unwrap();
    log.perform(&undo).unwrap();
    let back = write(&log, &facts(&sheet));
    for kept in all {
        assert_eq!(back.matches(kept).count(), 1, "{kept}\nin\n{back}");
    }
    let of = |text: &str| {
        let start = text.find("# scan, page 4").unwrap();
        assert!(
            text[..start].rfind("[[decision]]") > text[..start].rfind("[[history]]"),
            "{text}"
        );
    };
    of(&back);
    assert_eq!(write(&read(&back).unwrap(), &facts(&sheet)), back);
}

#[test]
fn an_untouched_sidecar_is_written_as_it_stands() {
    let sheet = unbalanced();
    let once = write(&read(EDITED).unwrap(), &facts(&sheet));
    assert_eq!(write(&read(&once).unwrap(), &facts(&sheet)), once);
    // Entries keep every byte; only the order of tables is ours.
    for line in EDITED.lines() {
        assert!(once.lines().any(|l| l == line), "{line}\nin\n{once}");
    }
}

#[test]
fn what_people_write_by_hand_counts() {
    let text = "decision = [{ field = 't3.new.total', action = 'override', value = 3 }]\n\
                review = { status = 'done' }\n";
    let sheet = unbalanced();
    let log = read(text).unwrap();
    assert_eq!(
        log.in_force(&Target::field("t3.new.total"))
            .unwrap()
            .value
            .as_deref(),
        Some("3")
    );
    assert_eq!(log.status(), Some(ReviewStatus::Done));
    assert_eq!(log, read(text).unwrap());
    assert!(log.decisions.iter().all(|e| !e.decision.id.is_empty()));
    let written = write(&log, &facts(&sheet));
    assert_eq!(read(&written).unwrap(), log, "{written}");
    // Twice on one target: the lower one counts, the upper one is history.
    let twice = "[[decision]]\nfield = 't3.new.total'\naction = 'blank'\n\
                 [[decision]]\nfield = 't3.new.total'\naction = 'accept'\n";
    let log = read(twice).unwrap();
    assert_eq!(log.decisions.len(), 1);
    assert_eq!(log.decisions[0].decision.action, Action::Accept);
    assert_eq!(log.history[0].decision.action, Action::Blank);
    // Windows line ends, a byte order mark, times without offset or as text, basis of its own.
    let windows = "\u{feff}[[decision]]\r\nfinding = \"T3.BAL@total\"\r\naction = \"confirm\"\r\n\
                   at = \"2026-11-23T20:00:00Z\"\r\n[decision.basis]\r\nt3.new.total = \"1\"\r\n";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt.review.toml");
    std::fs::write(&file, windows).unwrap();
    let log = load_from(&file).unwrap();
    let basis = log.decisions[0].decision.basis.clone().unwrap();
    assert_eq!(basis["t3.new.total"], "1");
    let written = write(&log, &facts(&sheet));
    let again = read(&written).unwrap();
    assert_eq!(again.decisions[0].decision.basis, Some(basis), "{written}");
}

#[test]
fn a_sidecar_that_means_nothing_names_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt.review.toml");
    let error = |bytes: &[u8]| -> SidecarError {
        std::fs::write(&file, bytes).unwrap();
        load_from(&file).unwrap_err()
    };
    let place = |e: &SidecarError| (e.line, e.column);
    let e = error("format = 1\n备注 = \n".as_bytes());
    assert_eq!(e.line, 2);
    assert!(matches!(e.problem, Problem::Syntax(_)));
    assert_eq!(place(&error(b"format = 2\n")), (1, 10));
    let e = error(b"[[decision]]\nfield = \"t3.new.total\"\naction = \"overide\"\n");
    assert_eq!(place(&e), (3, 10));
    assert!(e.message(Lang::Zh).contains("overide"));
    let e = error(b"# x\n\n[[decision]]\naction = \"accept\"\n");
    assert_eq!((e.line, &e.problem), (3, &Problem::NoTarget));
    let e =
        error(b"[[decision]]\nfield = \"t3.new.total\"\naction = \"override\"\nvalue = \"3x\"\n");
    assert_eq!(place(&e), (4, 9));
    let e = error(b"[[decision]]\nfield = \"t3.new.total\"\naction = \"override\"\n");
    assert_eq!(e.problem, Problem::Missing("value"));
    let e = error(b"[[history]]\nfield = \"a\"\naction = \"blank\"\n");
    assert_eq!(e.problem, Problem::Missing("ended"));
    assert_eq!(place(&error(b"a = 1\nb = \"\xff\"\n")), (2, 6));
    assert!(
        error(b"decision = 3\n")
            .message(Lang::En)
            .contains("decision")
    );
}

#[test]
fn every_report_has_a_place_of_its_own() {
    let name = |member: Option<&str>| {
        let id = ReportId {
            path: "x/报告.html".into(),
            member: member.map(str::to_owned),
        };
        path(&id).to_string_lossy().into_owned()
    };
    assert_eq!(name(None), "x/报告.html.review.toml");
    assert_eq!(name(Some("#2")), "x/报告.html#2.review.toml");
    assert_eq!(
        name(Some("甲/../b%.txt")),
        "x/报告.html!甲%2F..%2Fb%25.txt.review.toml"
    );
    let long = |tail: &str| {
        let file = format!("{}{tail}.txt", "政".repeat(80));
        path(&ReportId::file(file)).to_string_lossy().into_owned()
    };
    assert!(long("甲").len() <= 240 && long("甲").ends_with(".review.toml"));
    assert_ne!(long("甲"), long("乙"));
    let absent = ReportId::file("no/such/file.txt");
    assert!(load(&absent).unwrap().is_empty());
}

/// Every comment of the first text stands once in the second.
fn keeps_comments(before: &str, after: &str) {
    let comments = before
        .lines()
        .filter_map(|l| l.find('#').map(|i| l[i..].trim()));
    for comment in comments {
        assert_eq!(after.matches(comment).count(), 1, "{comment}\nin\n{after}");
    }
}

const INLINE: &str = r##"# the head
format = 1
# where it came from
source = { file = "a.txt", sha256 = "" } # copied by hand
# about the review
review = { status = "in_review" }

# the list
decision = [ # as counted
  { field = "t3.new.total", action = "accept" }, # counted on paper
  # the next one was discussed
  # twice
  { finding = "T3.BAL@total", action = "confirm", note = "核过" } # before the comma
  ,
  # last
  {
    # why
    field = "t3.new.research", # the cell
    action = "blank", # nothing there
    # seen again
    seen_by = "zhang",
    # and that is all
  },
  # the end of the list
] # closed
# finis
"##;

#[test]
fn comments_in_an_inline_array_stay_with_their_entry() {
    let sheet = unbalanced();
    let log = read(INLINE).unwrap();
    assert_eq!(log.decisions.len(), 3);
    let text = write(&log, &facts(&sheet));
    keeps_comments(INLINE, &text);
    assert_eq!(read(&text).unwrap(), log, "{text}");
    assert_eq!(write(&read(&text).unwrap(), &facts(&sheet)), text);
    for together in [
        "# where it came from\n[source] # copied by hand\n",
        "# about the review\n[review]\n",
        "# the next one was discussed\n# twice\n[[decision]]\nfinding = ",
        "# last\n[[decision]]\n# why\nfield = \"t3.new.research\" # the cell\n\
         action = \"blank\" # nothing there\n# seen again\nseen_by = \"zhang\"\n",
        "# the list\n# as counted\n[[decision]]\nfield = \"t3.new.total\"\n",
    ] {
        assert!(text.contains(together), "{together}\nin\n{text}");
    }
    // They travel: the accepted one ends, and its comment goes to the history with it.
    let mut log = log;
    let request = field("t3.new.total", Action::Override).value("3");
    decide(&sheet, &mut log, request, &li());
    let text = write(&log, &facts(&sheet));
    keeps_comments(INLINE, &text);
    let history = text.split("[[history]]").nth(1).unwrap();
    assert!(history.contains("# counted on paper"), "{text}");
}

#[test]
fn an_empty_list_keeps_its_comments() {
    let before = "# above\ndecision = [ # none yet\n  # but soon\n] # closed\nteam = 3 # ours\n";
    let (sheet, mut log) = (unbalanced(), read(before).unwrap());
    decide(
        &sheet,
        &mut log,
        field("t3.new.total", Action::Accept),
        &li(),
    );
    let text = write(&log, &facts(&sheet));
    keeps_comments(before, &text);
    assert_eq!(read(&text).unwrap(), log, "{text}");
}

#[test]
fn a_fraction_of_a_second_stays() {
    let sheet = unbalanced();
    let text = "[[decision]]\nfield = \"t3.new.total\"\naction = \"accept\"\n\
                at = 2026-11-23T20:00:00.123456+08:00\n";
    let mut log = read(text).unwrap();
    let written = write(&log, &facts(&sheet));
    assert!(
        written.contains("at = 2026-11-23T20:00:00.123456+08:00"),
        "{written}"
    );
    // Where the time is written anew too.
    let request = field("t3.new.total", Action::Override).value("3");
    let operation = decide(&sheet, &mut log, request, &li());
    let Operation::Apply(mut step) = operation else {
        unreachable!()
    };
    step.decisions[0].at = Some("2026-11-23T20:00:01.5+08:00[+08:00]".parse().unwrap());
    let mut log = Log::default();
    log.perform(&Operation::Apply(step)).unwrap();
    let written = write(&log, &facts(&sheet));
    assert!(
        written.contains("at = 2026-11-23T20:00:01.5+08:00"),
        "{written}"
    );
}

/// A report's organ that turns the line around, and a note that does.
#[test]
fn nothing_that_steers_a_screen_is_written() {
    let mut sheet = unbalanced();
    sheet.report.organ = Some("云溪\u{202e}市\u{61c}\u{1b}[31m人民政府\u{2066}".to_owned());
    sheet.report.id = ReportId::file("a\u{202e}.txt");
    let mut log = Log::default();
    let note = "看\u{202e}\"反\\\n了\u{9b}";
    let request = field("t3.new.total", Action::Accept).note(note);
    decide(&sheet, &mut log, request, &li());
    let text = write(&log, &facts(&sheet));
    let raw = text.chars().filter(|c| crate::text::is_control(*c));
    assert_eq!(raw.collect::<String>(), "", "{text:?}");
    assert!(text.contains("organ = \"云溪市[31m人民政府\"\n"), "{text}");
    assert!(text.contains("file = \"a\\U0000202E.txt\"\n"), "{text}");
    let again = read(&text).unwrap();
    assert_eq!(again.decisions[0].decision.note.as_deref(), Some(note));
    assert_eq!(write(&again, &facts(&sheet)), text);
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,80}") {
        let _ = read(&text);
    }

    /// Cut anywhere, mixed in any way: either an error with a place, or a log that is written
    /// and read again as the same.
    #[test]
    fn torn_files_are_told(start in 0usize..200, length in 0usize..1500) {
        let text: String = EDITED.chars().skip(start).take(length).collect();
        if let Ok(log) = read(&text) {
            let written = write(&log, &facts(&unbalanced()));
            proptest::prop_assert_eq!(read(&written).unwrap(), log);
        }
    }

    /// However much of it is there: if it is a sidecar, no comment is lost.
    #[test]
    fn torn_inline_arrays_keep_their_comments(start in 0usize..120, length in 0usize..1200) {
        let text: String = INLINE.chars().skip(start).take(length).collect();
        if let Ok(log) = read(&text) {
            let written = write(&log, &facts(&unbalanced()));
            for line in text.lines() {
                let comment = line.find('#').map_or("", |i| line[i..].trim());
                proptest::prop_assert!(written.contains(comment), "{} in {}", comment, written);
            }
            proptest::prop_assert_eq!(read(&written).unwrap(), log);
        }
    }
}
