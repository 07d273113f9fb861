//! Steps: undo, redo, and what other people's steps ask for.

use proptest::prelude::*;

use super::*;

fn undo(log: &mut Log, who: &Who) -> Result<(), Refusal> {
    let operation = log.undo(who, false)?;
    log.perform(&operation).map(|_| ())
}

fn redo(log: &mut Log, who: &Who) -> Result<(), Refusal> {
    let operation = log.redo(who)?;
    log.perform(&operation).map(|_| ())
}

fn value(log: &Log, key: &str) -> Option<String> {
    log.in_force(&Target::field(key))?.value.clone()
}

fn put(sheet: &Sheet, log: &mut Log, key: &str, text: &str, who: &Who) {
    decide(sheet, log, field(key, Action::Override).value(text), who);
}

#[test]
fn undo_brings_back_what_was_superseded_and_redo_does_it_again() {
    let (sheet, mut log) = (unbalanced(), Log::default());
    let key = "t3.new.total";
    put(&sheet, &mut log, key, "1", &li());
    put(&sheet, &mut log, key, "2", &li());
    put(&sheet, &mut log, key, "3", &li());
    assert_eq!(log.history.len(), 2);
    assert!(
        log.history
            .iter()
            .all(|e| e.ended.as_ref().unwrap().how == End::Superseded)
    );
    undo(&mut log, &li()).unwrap();
    assert_eq!(value(&log, key).as_deref(), Some("2"));
    undo(&mut log, &li()).unwrap();
    undo(&mut log, &li()).unwrap();
    assert_eq!(value(&log, key), None);
    assert_eq!(undo(&mut log, &li()), Err(Refusal::NothingToUndo));
    for expected in ["1", "2", "3"] {
        redo(&mut log, &li()).unwrap();
        assert_eq!(value(&log, key).as_deref(), Some(expected));
    }
    assert_eq!(redo(&mut log, &li()), Err(Refusal::NothingToRedo));
}

#[test]
fn redo_ends_with_a_new_decision() {
    let (sheet, mut log) = (unbalanced(), Log::default());
    put(&sheet, &mut log, "t3.new.total", "1", &li());
    undo(&mut log, &li()).unwrap();
    put(&sheet, &mut log, "t3.new.research", "1", &li());
    assert_eq!(redo(&mut log, &li()), Err(Refusal::NothingToRedo));
    // The new one is undone and done again; the old one stays where it is.
    undo(&mut log, &li()).unwrap();
    redo(&mut log, &li()).unwrap();
    assert_eq!(redo(&mut log, &li()), Err(Refusal::NothingToRedo));
}

#[test]
fn another_persons_step_asks_first() {
    let (sheet, mut log) = (unbalanced(), Log::default());
    put(&sheet, &mut log, "t3.new.total", "1", &wang());
    let refusal = undo(&mut log, &li()).unwrap_err();
    assert!(matches!(&refusal, Refusal::AnothersStep { by: Some(by), .. } if by == "wang"));
    let operation = log.undo(&li(), true).unwrap();
    log.perform(&operation).unwrap();
    let ended = log.history[0].ended.clone().unwrap();
    assert_eq!((ended.how, ended.by.as_deref()), (End::Undone, Some("li")));
}

#[test]
fn marks_and_notes_are_steps() {
    let mut log = Log::default();
    assert_eq!(log.status(), None);
    for operation in [
        log.mark(ReviewStatus::InReview, &li()),
        log.mark(ReviewStatus::Done, &li()),
    ] {
        log.perform(&operation).unwrap();
    }
    let operation = log.annotate("再问一次", &li());
    log.perform(&operation).unwrap();
    assert_eq!(
        (log.status(), log.note()),
        (Some(ReviewStatus::Done), Some("再问一次"))
    );
    undo(&mut log, &li()).unwrap();
    assert_eq!(log.note(), None);
    undo(&mut log, &li()).unwrap();
    assert_eq!(log.status(), Some(ReviewStatus::InReview));
    redo(&mut log, &li()).unwrap();
    assert_eq!(log.status(), Some(ReviewStatus::Done));
    let operation = log.annotate("  ", &li());
    log.perform(&operation).unwrap();
    assert_eq!(log.note(), None);
}

#[test]
fn an_undo_that_comes_too_late_changes_nothing() {
    let (sheet, mut ours) = (unbalanced(), Log::default());
    put(&sheet, &mut ours, "t3.new.total", "1", &li());
    let late = ours.undo(&li(), false).unwrap();
    let mut file = ours.clone();
    put(&sheet, &mut file, "t3.new.total", "2", &wang());
    let before = file.clone();
    assert_eq!(
        file.perform(&late),
        Err(Refusal::StepReplaced {
            by: Some("wang".to_owned())
        })
    );
    assert_eq!(file, before);
    assert_eq!(Log::default().perform(&late), Err(Refusal::StepGone));
    // What they did elsewhere is no hindrance.
    let mut file = ours.clone();
    put(&sheet, &mut file, "t3.new.research", "2", &wang());
    file.perform(&late).unwrap();
    assert_eq!(value(&file, "t3.new.total"), None);
    assert_eq!(value(&file, "t3.new.research").as_deref(), Some("2"));
}

/// A write that succeeded and was reported as failed is tried again: nothing happens twice.
#[test]
fn a_step_that_stands_in_the_file_is_not_made_again() {
    let (sheet, mut log) = (unbalanced(), Log::default());
    let cells = ["t3.new.total", "t3.new.research"];
    let requests = cells.map(|c| field(c, Action::Override).value("1"));
    let both = Operation::Apply(ask(&sheet, &log, &requests, &li()).unwrap());
    log.perform(&both).unwrap();
    let mut file = sidecar::read(&sidecar::write(&log, &facts(&sheet))).unwrap();
    assert!(file.perform(&both).unwrap().is_empty());
    assert_eq!(file, log);
    undo(&mut file, &li()).unwrap();
    assert!(file.decisions.is_empty());
    assert_eq!(file.history.len(), 2);

    // Another person has decided on the same since: no conflict with oneself.
    put(&sheet, &mut log, cells[0], "2", &wang());
    let before = log.clone();
    log.perform(&both).unwrap();
    assert_eq!(log, before);

    // The same ids with another content are another step.
    let Operation::Apply(mut other) = both else {
        unreachable!()
    };
    other.decisions[1].value = Some("3".to_owned());
    other.over = log
        .decisions
        .iter()
        .map(|e| e.decision.id.clone())
        .collect();
    log.perform(&Operation::Apply(other)).unwrap();
    assert_eq!(value(&log, cells[1]).as_deref(), Some("3"));
}

#[test]
fn ids_rise_even_above_a_file_from_the_future() {
    let (sheet, mut log) = (unbalanced(), Log::default());
    put(&sheet, &mut log, "t3.new.total", "1", &li());
    let ahead = uuid::Builder::from_unix_timestamp_millis(4_102_444_800_000, &[7; 10]);
    log.decisions[0].decision.id = ahead.into_uuid().to_string();
    let before = Log::default();
    let step = ask(
        &sheet,
        &before,
        &[field("t3.new.research", Action::Accept)],
        &li(),
    )
    .unwrap();
    let old = step.id().to_owned();
    let renamed = log.perform(&Operation::Apply(step)).unwrap();
    assert!(renamed.contains_key(&old));
    let ids: Vec<&str> = log
        .decisions
        .iter()
        .map(|e| e.decision.id.as_str())
        .collect();
    assert!(ids[1] > ids[0], "{ids:?}");
    assert_eq!(log.last_step()[0].target, Target::field("t3.new.research"));
    let many = log.next_ids(1000);
    assert!(many.is_sorted() && many[0].as_str() > ids[1]);
}

#[derive(Debug, Clone)]
enum Key {
    Decide(usize, u8),
    Both(u8),
    Mark(bool),
    Undo,
    Redo,
}

fn keys() -> impl Strategy<Value = Vec<Key>> {
    let key = prop_oneof![
        4 => (0usize..4, 0u8..9).prop_map(|(k, v)| Key::Decide(k, v)),
        1 => (0u8..9).prop_map(Key::Both),
        1 => any::<bool>().prop_map(Key::Mark),
        3 => Just(Key::Undo),
        2 => Just(Key::Redo),
    ];
    prop::collection::vec(key, 1..40)
}

fn operation(sheet: &Sheet, log: &Log, key: &Key) -> Option<Operation> {
    const CELLS: [&str; 3] = ["t3.new.total", "t3.new.research", "t4.review.upheld"];
    let request = |cell: usize, v: u8| match CELLS.get(cell) {
        Some(cell) => field(cell, Action::Override).value(v.to_string()),
        None => finding("T3.BAL@natural_person", Action::Dismiss),
    };
    let requests = match key {
        Key::Decide(cell, v) => vec![request(*cell, *v)],
        Key::Both(v) => vec![request(0, *v), request(1, *v)],
        Key::Mark(done) => {
            let state = if *done {
                ReviewStatus::Done
            } else {
                ReviewStatus::InReview
            };
            return Some(log.mark(state, &li()));
        }
        Key::Undo => return log.undo(&li(), false).ok(),
        Key::Redo => return log.redo(&li()).ok(),
    };
    ask(sheet, log, &requests, &li()).ok().map(Operation::Apply)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is pressed, memory and file say the same; an undo followed by a redo is nothing;
    /// and undoing everything leaves nothing in force.
    #[test]
    fn memory_and_file_are_equal(keys in keys()) {
        let mut sheet = unbalanced();
        let _folder = in_folder(&mut sheet);
        let mut memory = Log::default();
        for key in &keys {
            let Some(operation) = operation(&sheet, &memory, key) else { continue };
            let before = memory.clone();
            memory.perform(&operation).unwrap();
            let mut file = before;
            file = sidecar::read(&sidecar::write(&file, &facts(&sheet))).unwrap();
            file.perform(&operation).unwrap();
            file = sidecar::read(&sidecar::write(&file, &facts(&sheet))).unwrap();
            prop_assert_eq!(&memory, &file);
            // The file's own log goes on from here: everything that undo needs is in it.
            memory = file;
            if let Ok(back) = memory.undo(&li(), false) {
                let mut there = memory.clone();
                there.perform(&back).unwrap();
                let again = there.redo(&li()).unwrap();
                there.perform(&again).unwrap();
                prop_assert_eq!(&there, &memory);
            }
        }
        while let Ok(operation) = memory.undo(&li(), false) {
            memory.perform(&operation).unwrap();
        }
        prop_assert!(memory.decisions.is_empty());
    }
}
