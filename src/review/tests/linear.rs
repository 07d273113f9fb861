//! The work on a log grows with the log and no faster: steps counted, not time.

use super::*;
use crate::review::sidecar::{read, write};
use crate::review::work::counted;

/// So many decisions in force, each on a target of its own, every third in one step with its
/// neighbours, and as many that ended.
fn long(decisions: usize) -> String {
    let mut text = String::new();
    for list in ["decision", "history"] {
        for i in 0..decisions {
            text += &format!(
                "[[{list}]]\nid = \"01930000-0000-7000-8000-{i:012x}\"\n\
                 batch = \"01930000-0000-7000-8000-{:012x}\"\nfield = \"t3.row{i}.total\"\n\
                 action = \"override\"\nvalue = \"{i}\"\nby = \"li\"\n",
                i - i % 3
            );
            if list == "history" {
                let ended = format!("01930000-0000-7000-8001-{i:012x}");
                text += &format!("ended = \"undone\"\nended_id = \"{ended}\"\n");
            }
        }
    }
    // By hand: without an id, and twice on one target.
    for i in 0..decisions {
        text += &format!(
            "[[decision]]\nfield = \"t4.row{}\"\naction = \"accept\"\n",
            i / 2
        );
    }
    text
}

/// One step on every target there is.
fn on_all(log: &Log) -> Operation {
    let decisions: Vec<Decision> = log
        .decisions
        .iter()
        .map(|e| Decision {
            by: Some("li".to_owned()),
            ..Decision::new(e.decision.target.clone(), Action::Blank)
        })
        .collect();
    let step = Step {
        decisions,
        over: log
            .decisions
            .iter()
            .map(|e| e.decision.id.clone())
            .collect(),
    };
    log.again(&step)
}

fn steps_of(decisions: usize) -> Vec<(&'static str, u64)> {
    let sheet = unbalanced();
    let text = long(decisions);
    let (mut log, reading) = counted(|| read(&text).unwrap());
    let who = li();
    let (apply, asking) = counted(|| on_all(&log));
    let (_, applying) = counted(|| log.perform(&apply).unwrap());
    let (undo, to_undo) = counted(|| log.undo(&who, true).unwrap());
    let (_, undoing) = counted(|| log.perform(&undo).unwrap());
    let (redo, to_redo) = counted(|| log.redo(&who).unwrap());
    let (_, redoing) = counted(|| log.perform(&redo).unwrap());
    let readings = {
        let none = Log::default();
        Readings::of(&sheet.report, None, &look(&sheet, &none))
    };
    let (_, completing) = counted(|| log.complete(&readings, "", &who));
    let (_, writing) = counted(|| write(&log, &facts(&sheet)));
    vec![
        ("reading", reading),
        ("asking", asking),
        ("applying", applying),
        ("to undo", to_undo),
        ("undoing", undoing),
        ("to redo", to_redo),
        ("redoing", redoing),
        ("completing", completing),
        ("writing", writing),
    ]
}

#[test]
fn twice_the_log_takes_twice_the_steps() {
    for ((what, once), (_, twice)) in steps_of(400).into_iter().zip(steps_of(800)) {
        assert!(
            once >= 400 || what == "writing",
            "{what}: {once} counts nothing"
        );
        // A tenth for the logarithm of a sort.
        assert!(
            twice * 10 <= once * 22,
            "{what}: {once} steps, then {twice}"
        );
    }
}
