//! The queue: what is an issue, in which order, and when it is decided.

use super::*;
use crate::check::Severity;

fn queue(sheet: &Sheet, log: &Log) -> Vec<Issue> {
    issues(&sheet.report, &look(sheet, log), log, Severity::Warning)
}

fn ids(queue: &[Issue]) -> Vec<&str> {
    queue.iter().map(|i| i.id.as_str()).collect()
}

#[test]
fn doubts_come_first_one_a_table() {
    let mut sheet = unbalanced()
        .status(
            &["t4.review.upheld", "t4.review.corrected"],
            Status::Missing,
        )
        .status(&["t2.art20_1.rules.made"], Status::Unreadable);
    sheet.field("t3.new.total").status = Status::Inferred;
    sheet.field("t3.new.natural_person").status = Status::Inferred;
    let queue = queue(&sheet, &Log::default());
    let ids = ids(&queue);
    assert_eq!(
        ids[..3],
        ["unreadable:t2", "inferred:t3", "missing:t4"],
        "{ids:?}"
    );
    assert!(ids[3..].contains(&"T3.BAL@total"), "{ids:?}");
    let graves: Vec<_> = queue
        .iter()
        .filter_map(|i| match i.kind {
            IssueKind::Finding(s) => Some(s),
            _ => None,
        })
        .collect();
    assert!(graves.is_sorted_by(|a, b| a >= b), "{graves:?}");
}

#[test]
fn a_table_that_is_not_there_is_no_doubt_about_its_cells() {
    let sheet = unbalanced().without("t4");
    let queue = queue(&sheet, &Log::default());
    assert!(!ids(&queue).contains(&"missing:t4"));
}

#[test]
fn agreeing_decides() {
    let mut sheet = unbalanced();
    sheet.field("t3.new.total").status = Status::Inferred;
    sheet.field("t3.new.natural_person").status = Status::Inferred;
    let mut log = Log::default();
    let total = queue(&sheet, &log).len();
    for done in 0..total {
        let queue = queue(&sheet, &log);
        assert_eq!(queue.iter().filter(|i| i.decided).count(), done);
        let open = queue.iter().find(|i| !i.decided).unwrap();
        let requests = open.agree(sheet.report.schema, &look(&sheet, &log));
        let step = ask(&sheet, &log, &requests, &li()).unwrap();
        log.perform(&Operation::Apply(step)).unwrap();
    }
    assert!(queue(&sheet, &log).iter().all(|i| i.decided));
    // The two values were one key, and are one step.
    for _ in 0..total {
        let undo = log.undo(&li(), false).unwrap();
        log.perform(&undo).unwrap();
    }
    assert!(log.decisions.is_empty());
}

#[test]
fn flagged_stays_open_and_resolved_is_decided() {
    let (sheet, mut log) = (unbalanced(), Log::default());
    decide(
        &sheet,
        &mut log,
        finding("T3.BAL@total", Action::Flag),
        &li(),
    );
    let find = |log: &Log| {
        let all = queue(&sheet, log);
        all.into_iter().find(|i| i.id == "T3.BAL@total").unwrap()
    };
    assert!(find(&log).flagged && !find(&log).decided);
    let request = field("t3.carried_in.total", Action::Override).value("3");
    decide(&sheet, &mut log, request, &li());
    assert!(find(&log).decided);
}

#[test]
fn a_group_is_one_issue_and_a_choice_decides_it() {
    let (sheet, mut log) = (joint(), Log::default());
    let first = queue(&sheet, &log).remove(0);
    assert_eq!(first.id, "ambiguous:t3");
    assert_eq!(first.kind, IssueKind::Ambiguous { joint: Some(0) });
    assert!(
        first
            .agree(sheet.report.schema, &look(&sheet, &log))
            .is_empty()
    );
    let request = Request::new("t3".parse().unwrap(), Action::Choose).value("3");
    decide(&sheet, &mut log, request, &li());
    assert!(queue(&sheet, &log)[0].decided);
    let undo = log.undo(&li(), false).unwrap();
    log.perform(&undo).unwrap();
    assert!(!queue(&sheet, &log)[0].decided);
    assert!(log.decisions.is_empty());
}

#[test]
fn a_stale_decision_reopens() {
    let (sheet, mut log) = (unbalanced(), Log::default());
    let key = "t2.art20_1.rules.made";
    decide(&sheet, &mut log, field(key, Action::Accept), &li());
    assert!(!ids(&queue(&sheet, &log)).contains(&"stale:t2"));
    let changed = unbalanced().set(&[(key, "4")]);
    let reopened = queue(&changed, &log).remove(0);
    assert_eq!(reopened.id, "stale:t2");
    assert!(reopened.stale && !reopened.decided);
    let requests = reopened.agree(changed.report.schema, &look(&changed, &log));
    let step = ask(&changed, &log, &requests, &li()).unwrap();
    log.perform(&Operation::Apply(step)).unwrap();
    assert!(!ids(&queue(&changed, &log)).contains(&"stale:t2"));
}
