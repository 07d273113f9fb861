//! Writing: many writers, folders that cannot be written, and the thread that writes.

use std::sync::mpsc::Receiver;

use super::*;
use crate::review::store::{perform, transact};

fn override_op(sheet: &Sheet, log: &Log, key: &str, value: &str, who: &Who) -> Operation {
    let request = field(key, Action::Override).value(value);
    Operation::Apply(ask(sheet, log, &[request], who).unwrap())
}

fn names(folder: &std::path::Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    let mut names: Vec<String> = entries
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn operations_meet_the_file_as_it_is() {
    let mut sheet = unbalanced();
    let folder = in_folder(&mut sheet);
    let id = sheet.report.id.clone();
    let empty = Log::default();
    let ours = override_op(&sheet, &empty, "t3.new.total", "1", &li());
    let theirs = override_op(&sheet, &empty, "t3.new.research", "2", &wang());
    perform(&id, &facts(&sheet), &[theirs]).unwrap();
    let done = perform(&id, &facts(&sheet), std::slice::from_ref(&ours)).unwrap();
    assert_eq!(done.log.decisions.len(), 2);
    assert_eq!(sidecar::load(&id).unwrap(), done.log);
    assert_eq!(names(folder.path()), ["a.txt.review.toml"]);
}

/// What another person decided meanwhile is not replaced unseen, but is once it was seen.
#[test]
fn a_decision_that_was_not_seen_is_not_replaced() {
    let mut sheet = unbalanced();
    let _folder = in_folder(&mut sheet);
    let id = sheet.report.id.clone();
    let empty = Log::default();
    let ours = override_op(&sheet, &empty, "t3.new.total", "1", &li());
    let same_person = override_op(&sheet, &empty, "t3.new.total", "3", &li());
    perform(&id, &facts(&sheet), &[same_person]).unwrap();
    let theirs = override_op(
        &sheet,
        &sidecar::load(&id).unwrap(),
        "t3.new.total",
        "2",
        &wang(),
    );
    perform(&id, &facts(&sheet), &[theirs]).unwrap();
    let before = sidecar::load(&id).unwrap();

    let done = perform(&id, &facts(&sheet), std::slice::from_ref(&ours)).unwrap();
    let Some((0, Refusal::Conflict { theirs, ours })) = done.refused.first() else {
        panic!("{:?}", done.refused);
    };
    assert_eq!(theirs.by.as_deref(), Some("wang"));
    assert_eq!(sidecar::load(&id).unwrap(), before);

    let again = done.log.again(ours);
    let done = perform(&id, &facts(&sheet), &[again]).unwrap();
    assert!(done.refused.is_empty());
    let now = done.log.in_force(&Target::field("t3.new.total")).unwrap();
    assert_eq!(
        (now.by.as_deref(), now.value.as_deref()),
        (Some("li"), Some("1"))
    );
}

/// A report that changed or vanished since it was read takes no decision.
#[test]
fn what_is_decided_on_another_content_is_not_written() {
    use crate::stamp::Stamp;
    let mut sheet = unbalanced();
    let folder = in_folder(&mut sheet);
    let id = sheet.report.id.clone();
    std::fs::write(&id.path, "甲").unwrap();
    let mut facts = facts(&sheet);
    facts.stamp = Stamp::of(&id.path).ok();
    facts.sha256 = crate::source::load(&id.path).unwrap().sha256;
    let operation = override_op(&sheet, &Log::default(), "t3.new.total", "1", &li());
    let operations = std::slice::from_ref(&operation);

    std::fs::write(&id.path, "甲乙").unwrap();
    let done = perform(&id, &facts, operations).unwrap();
    assert!(matches!(
        done.refused[..],
        [(0, Refusal::SourceChanged { .. })]
    ));
    std::fs::remove_file(&id.path).unwrap();
    let done = perform(&id, &facts, operations).unwrap();
    assert!(matches!(
        done.refused[..],
        [(0, Refusal::SourceGone { .. })]
    ));
    assert!(names(folder.path()).is_empty());

    // The same bytes, whatever the file system says of them.
    std::fs::write(&id.path, "甲").unwrap();
    let done = perform(&id, &facts, operations).unwrap();
    assert!(done.refused.is_empty());
}

#[test]
fn writers_at_the_same_time_lose_nothing() {
    let mut sheet = unbalanced();
    let folder = in_folder(&mut sheet);
    let report = sheet.report.clone();
    let keys: Vec<String> = report
        .schema
        .ids()
        .map(|c| report.schema.key(c).to_owned())
        .collect();
    let (threads, each) = (6, 12);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (sheet, keys) = (&sheet, &keys);
            scope.spawn(move || {
                let who = Who::now(format!("reviewer {thread}"));
                for i in 0..each {
                    let key = &keys[thread * each + i];
                    let make = |log: &Log| {
                        let request = field(key, Action::Accept);
                        ask(sheet, log, &[request], &who).map(Operation::Apply)
                    };
                    let facts = |_: &Log| facts(sheet);
                    transact(&sheet.report.id, facts, make).unwrap().unwrap();
                }
            });
        }
    });
    let log = sidecar::load(&report.id).unwrap();
    assert_eq!(log.decisions.len(), threads * each);
    let mut ids: Vec<&str> = log
        .decisions
        .iter()
        .map(|e| e.decision.id.as_str())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), threads * each);
    assert_eq!(names(folder.path()), ["a.txt.review.toml"]);
}

#[test]
fn a_sidecar_that_does_not_parse_is_never_written_over() {
    let mut sheet = unbalanced();
    let _folder = in_folder(&mut sheet);
    let id = sheet.report.id.clone();
    let broken = "format = 1\n[[decision]\n";
    std::fs::write(sidecar::path(&id), broken).unwrap();
    let operation = override_op(&sheet, &Log::default(), "t3.new.total", "1", &li());
    let error = perform(&id, &facts(&sheet), &[operation]).unwrap_err();
    assert!(
        matches!(&error, StoreError::Sidecar(e) if e.line == 2),
        "{error}"
    );
    assert_eq!(std::fs::read_to_string(sidecar::path(&id)).unwrap(), broken);
}

#[test]
fn a_folder_that_is_not_there_is_said() {
    let mut sheet = unbalanced();
    sheet.report.id = ReportId::file("no/such/folder/a.txt");
    let operation = override_op(&sheet, &Log::default(), "t3.new.total", "1", &li());
    let error = perform(&sheet.report.id, &facts(&sheet), &[operation]).unwrap_err();
    assert!(matches!(error, StoreError::Io { .. }));
    assert!(error.message(Lang::Zh).contains("a.txt.review.toml"));
}

fn saved(messages: &Receiver<Message>, wanted: u64) -> Log {
    loop {
        match messages
            .recv_timeout(std::time::Duration::from_secs(20))
            .unwrap()
        {
            Message::Saved {
                upto, log, refused, ..
            } => {
                assert!(refused.is_empty(), "{refused:?}");
                if upto == wanted {
                    return *log;
                }
            }
            Message::Failed { error, .. } => panic!("{error}"),
        }
    }
}

#[test]
fn the_writer_keeps_the_order_and_says_when_it_is_saved() {
    let mut sheet = unbalanced();
    let _folder = in_folder(&mut sheet);
    let id = sheet.report.id.clone();
    let (mut writer, messages) = Writer::start();
    let mut memory = Log::default();
    let mut last = 0;
    for value in 0..20 {
        let operation = override_op(&sheet, &memory, "t3.new.total", &value.to_string(), &li());
        memory.perform(&operation).unwrap();
        last = writer.submit(&id, facts(&sheet), operation);
    }
    for _ in 0..5 {
        let operation = memory.undo(&li(), false).unwrap();
        memory.perform(&operation).unwrap();
        last = writer.submit(&id, facts(&sheet), operation);
    }
    assert_eq!(saved(&messages, last), memory);
    assert!(writer.finish().is_empty());
    assert_eq!(sidecar::load(&id).unwrap(), memory);
}

#[test]
fn the_writer_follows_ids_that_changed_on_the_way() {
    let mut sheet = unbalanced();
    let _folder = in_folder(&mut sheet);
    let id = sheet.report.id.clone();
    // Somebody whose clock is ahead has written meanwhile.
    let ahead = uuid::Builder::from_unix_timestamp_millis(4_102_444_800_000, &[7; 10]);
    let theirs = format!(
        "[[decision]]\nid = \"{}\"\nfield = \"t4.review.upheld\"\naction = \"accept\"\nby = \"wang\"\n",
        ahead.into_uuid()
    );
    let (mut writer, messages) = Writer::start();
    let mut memory = Log::default();
    std::fs::write(sidecar::path(&id), theirs).unwrap();
    let apply = override_op(&sheet, &memory, "t3.new.total", "1", &li());
    memory.perform(&apply).unwrap();
    let undo = memory.undo(&li(), false).unwrap();
    let first = writer.submit(&id, facts(&sheet), apply);
    saved(&messages, first);
    let second = writer.submit(&id, facts(&sheet), undo);
    let log = saved(&messages, second);
    assert_eq!(log.decisions.len(), 1);
    assert_eq!(log.decisions[0].decision.by.as_deref(), Some("wang"));
    assert_eq!(log.history.len(), 1);
}

#[test]
fn what_cannot_be_written_is_kept_and_tried_again() {
    let mut sheet = unbalanced();
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("later");
    sheet.report.id = ReportId::file(inside.join("a.txt"));
    let id = sheet.report.id.clone();
    let (mut writer, messages) = Writer::start();
    let mut memory = Log::default();
    let mut last = 0;
    for value in ["1", "2"] {
        let operation = override_op(&sheet, &memory, "t3.new.total", value, &li());
        memory.perform(&operation).unwrap();
        last = writer.submit(&id, facts(&sheet), operation);
        let message = messages
            .recv_timeout(std::time::Duration::from_secs(20))
            .unwrap();
        assert!(matches!(message, Message::Failed { upto, .. } if upto == last));
    }
    std::fs::create_dir(&inside).unwrap();
    writer.retry();
    assert_eq!(saved(&messages, last), memory);
    // A second report that fails to the end is named.
    let lost = ReportId::file(folder.path().join("never/b.txt"));
    let operation = override_op(&sheet, &Log::default(), "t3.new.total", "1", &li());
    writer.submit(&lost, facts(&sheet), operation);
    let failed = writer.finish();
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0].0, lost);
}

/// A face that panics does not come to `finish`.
#[test]
fn what_was_given_is_written_when_the_writer_is_dropped() {
    let mut sheet = unbalanced();
    let _folder = in_folder(&mut sheet);
    let id = sheet.report.id.clone();
    let operation = override_op(&sheet, &Log::default(), "t3.new.total", "1", &li());
    let (mut writer, _messages) = Writer::start();
    writer.submit(&id, facts(&sheet), operation);
    drop(writer);
    assert_eq!(sidecar::load(&id).unwrap().decisions.len(), 1);
}

/// A dead server: the write does not come back, and neither asking nor leaving waits for it.
#[test]
fn a_write_that_hangs_keeps_nobody() {
    let sheet = unbalanced();
    let (answer, disk) = std::sync::mpsc::channel::<()>();
    let (first, second) = (ReportId::file("a.txt"), ReportId::file("b.txt"));
    let operation = override_op(&sheet, &Log::default(), "t3.new.total", "1", &li());
    let disk = std::sync::Mutex::new(disk);
    let hangs = move |_: &ReportId, _: &Facts, _: &[Operation]| {
        let _ = disk.lock().unwrap().recv();
        Ok(crate::review::store::Performed {
            log: Log::default(),
            refused: Vec::new(),
            renamed: std::collections::BTreeMap::new(),
        })
    };
    let mut writer = Writer::by(|_| {}, hangs);
    assert!(writer.unsaved().is_empty());
    writer.submit(&first, facts(&sheet), operation.clone());
    writer.submit(&second, facts(&sheet), operation);
    let names = [&first, &second].map(sidecar::path);
    assert_eq!(writer.unsaved(), names);
    let left = writer.leave(std::time::Duration::from_millis(1));
    for (path, (id, error)) in names.iter().zip(&left) {
        assert_eq!(sidecar::path(id), *path);
        assert_eq!(*error, StoreError::Unfinished { path: path.clone() });
    }
    assert_eq!(left.len(), 2);
    drop(answer);
}

/// What is read before the first of several operations is what decisions by hand are completed
/// with: the face has already done it when it reads for the second.
#[test]
fn the_first_readings_count_while_nothing_is_written() {
    let sheet = unbalanced();
    let operation = override_op(&sheet, &Log::default(), "t3.new.total", "1", &li());
    let (seen, given) = std::sync::mpsc::channel();
    let fails = move |id: &ReportId, facts: &Facts, operations: &[Operation]| {
        let _ = seen.send((
            facts.organ.clone(),
            facts.readings.clone(),
            operations.len(),
        ));
        Err(StoreError::Locked {
            path: id.path.clone(),
        })
    };
    let mut writer = Writer::by(|_| {}, fails);
    let id = ReportId::file("a.txt");
    for (organ, value) in [("甲", "1"), ("乙", "2")] {
        let mut facts = facts(&sheet);
        facts.organ = Some(organ.to_owned());
        let reading = Reading {
            value: Some(value.to_owned()),
            status: Status::Read,
        };
        let cells = [("t3.new.total".to_owned(), reading)].into();
        facts.readings = Some(Readings {
            cells,
            ..Readings::default()
        });
        writer.submit(&id, facts, operation.clone());
    }
    assert_eq!(writer.finish().len(), 1);
    let (organ, readings, operations) = given.iter().last().unwrap();
    assert_eq!((organ.as_deref(), operations), (Some("乙"), 2));
    let value = readings.unwrap().cells["t3.new.total"].value.clone();
    assert_eq!(value.as_deref(), Some("1"));
}

/// What is on the disk is no longer kept; what failed is.
#[test]
fn the_writer_keeps_only_what_is_not_saved() {
    let mut sheet = unbalanced();
    let _folder = in_folder(&mut sheet);
    let id = sheet.report.id.clone();
    let lost = ReportId::file("no/such/folder/b.txt");
    let operation = override_op(&sheet, &Log::default(), "t3.new.total", "1", &li());
    let (mut writer, messages) = Writer::start();
    let number = writer.submit(&id, facts(&sheet), operation.clone());
    saved(&messages, number);
    assert!(writer.unsaved().is_empty());
    writer.submit(&lost, facts(&sheet), operation);
    let told = messages.recv_timeout(std::time::Duration::from_secs(20));
    assert!(matches!(told, Ok(Message::Failed { .. })));
    assert_eq!(writer.unsaved(), [sidecar::path(&lost)]);
    assert_eq!(writer.finish().len(), 1);
}

#[test]
fn a_panic_in_writing_is_a_write_that_failed() {
    let id = ReportId::file("a.txt");
    let failed = crate::review::writer::attempt(&id, || panic!("odd")).unwrap_err();
    let StoreError::Io { path, message } = failed else {
        panic!("{failed}");
    };
    assert_eq!(path, sidecar::path(&id));
    assert!(message.starts_with("odd ("), "{message}");
}
