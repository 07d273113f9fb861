//! `gouji check`: findings on in_force values.

use std::path::Path;

use super::Context;
use super::args::{CheckArgs, FailOn, Format};
use super::human::{self, Look};
use super::output::{Output, Paint, safe};
use super::record::{self, is_open};
use super::run::{self, Done, Tally, colon};
use crate::batch::{Discovered, Opened, Options, open};
use crate::check::{Figures, Finding, Severity, rules};
use crate::config::closest;
use crate::report::Status;
use crate::source::ReadError;
use crate::words::{reading, say};

/// Runs the command.
///
/// # Errors
/// When stdout cannot be written, or a rule that there is not is named.
pub fn check(args: &CheckArgs, ctx: &Context) -> anyhow::Result<u8> {
    let lang = ctx.lang;
    for pattern in args.select.iter().chain(&args.ignore) {
        known_rule(pattern, ctx)?;
    }
    if args.input.is_empty() {
        anyhow::bail!("{}", say!(lang, check_no_path));
    }
    let found = run::find(&args.input, ctx)?;
    check_found(&found, args, ctx)
}

/// Runs the command over files that were found already.
///
/// # Errors
/// As [`check`].
pub fn check_found(found: &Discovered, args: &CheckArgs, ctx: &Context) -> anyhow::Result<u8> {
    let options = Options {
        forms: ctx.forms()?,
        decisions: !args.no_decisions,
        queue: ctx.config.queue,
    };
    let work = |path: &Path| file(path, args, options, ctx);
    let (tally, mut out) = run::run(found, args.format, ctx, work)?;
    if args.format == Format::Human && !ctx.quiet {
        end(&mut out, found, tally, ctx)?;
    }
    out.flush()?;
    Ok(tally.status())
}

fn end(out: &mut Output, found: &Discovered, tally: Tally, ctx: &Context) -> std::io::Result<()> {
    let lang = ctx.lang;
    let mut line = say!(lang, count_reports, n = tally.reports);
    if tally.reports > 0 {
        line.push_str(colon(lang));
        line.push_str(&human::counts(tally, look(ctx)));
    }
    if tally.failed > 0 {
        line.push_str(say!(lang, semicolon));
        line.push_str(&say!(lang, count_failures, n = tally.failed));
    }
    if found.skipped > 0 {
        line.push_str(say!(lang, semicolon));
        line.push_str(&say!(lang, count_skips, n = found.skipped));
    }
    out.line(&line)
}

fn look(ctx: &Context) -> Look {
    /// Wide enough for a row of table 3, narrow enough for a usual terminal.
    const COLUMNS: usize = 100;
    Look {
        lang: ctx.lang,
        paint: Paint(ctx.color),
        columns: COLUMNS,
        ambiguous: ctx.config.ambiguous_width,
    }
}

fn file(path: &Path, args: &CheckArgs, options: Options, ctx: &Context) -> Result<Done, ReadError> {
    let mut done = Done::default();
    for opened in open(path, options)? {
        one(&opened, args, ctx, &mut done);
    }
    Ok(done)
}

fn one(opened: &Opened, args: &CheckArgs, ctx: &Context, done: &mut Done) {
    let human = args.format == Format::Human;
    let before = done.records.len();
    let mut tally = Tally {
        reports: 1,
        ..Tally::default()
    };
    if let Some(error) = &opened.sidecar {
        let message = safe(&error.message(ctx.lang));
        if !human {
            done.records.push(record::sidecar(&opened.report, &message));
        }
        done.complaints.push(message);
    }
    for finding in opened.findings() {
        if !wanted(finding.rule.as_str(), args) {
            continue;
        }
        tally.count(finding, args.fail_on);
        if !human {
            done.records
                .push(record::finding(&opened.report, finding, ctx.lang));
        } else if is_open(finding.state) || args.all {
            done.records
                .push(human::finding(opened, finding, look(ctx)));
        }
    }
    tally.doubts = doubts(opened);
    tally.missing = missing(opened);
    let open = opened.assessment.checked.not_assessable.iter();
    tally.not_assessable = open
        .filter(|(fingerprint, _)| wanted(record::rule_of(fingerprint), args))
        .count();
    if args.all && human {
        not_assessable(opened, args, ctx, done);
    } else if args.all {
        let records = record::not_assessable(&opened.report, &opened.assessment.checked);
        let records = records.filter(|(rule, _)| wanted(rule, args));
        done.records.extend(records.map(|(_, record)| record));
    }
    if human && !ctx.quiet {
        for note in &opened.report.errors {
            let note = &reading::note(note, ctx.lang);
            done.records
                .push(human::note(&opened.report, note, ctx.lang));
        }
    }
    if human && !(ctx.quiet && done.records.len() == before) {
        done.records
            .push(human::report_line(opened, tally, look(ctx)));
    }
    done.tally.add(tally);
}

fn not_assessable(opened: &Opened, args: &CheckArgs, ctx: &Context, done: &mut Done) {
    let lang = ctx.lang;
    let before = done.records.len();
    let schema = opened.report.schema;
    for (fingerprint, cells) in &opened.assessment.checked.not_assessable {
        if wanted(record::rule_of(fingerprint), args) {
            let keys: Vec<&str> = cells.iter().map(|c| schema.key(*c)).collect();
            let keys = keys.join(say!(lang, comma));
            let text = say!(lang, check_not_assessable, fingerprint, keys);
            done.records.push(format!("{text}\n"));
        }
    }
    if done.records.len() > before {
        done.records.push("\n".to_owned());
    }
}

/// Cells that the form has and the file does not, in tables that are there.
fn missing(opened: &Opened) -> usize {
    let report = &opened.report;
    let here = report.schema.tables().filter(|t| report.has_table(&t.id));
    let cells = here.flat_map(|t| report.schema.ids_of(t));
    let figures = &opened.assessment.in_force;
    cells
        .filter(|cell| figures.status(*cell) == Status::Missing)
        .count()
}

/// Cells whose value is in doubt and that nobody has decided.
fn doubts(opened: &Opened) -> usize {
    let figures = &opened.assessment.in_force;
    let open = [Status::Ambiguous, Status::Unreadable];
    let cells = opened.report.schema.ids();
    cells
        .filter(|cell| open.contains(&figures.status(*cell)))
        .count()
}

impl Tally {
    fn count(&mut self, finding: &Finding, fail_on: FailOn) {
        if !is_open(finding.state) {
            self.settled += 1;
            return;
        }
        match finding.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => self.infos += 1,
        }
        self.fails |= fail_on.least().is_some_and(|l| finding.severity >= l);
    }
}

/// Whether a rule is asked for: `T3.` is a family, `T3.BAL` one rule.
fn wanted(rule: &str, args: &CheckArgs) -> bool {
    let any = |patterns: &[String]| patterns.iter().any(|p| matches(p, rule));
    (args.select.is_empty() || any(&args.select)) && !any(&args.ignore)
}

/// By the beginning of the id, in any case of letters, a closing `*` allowed.
fn matches(pattern: &str, rule: &str) -> bool {
    let pattern = pattern.trim().trim_end_matches('*');
    rule.get(..pattern.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(pattern))
}

/// A rule that there is not selects nothing, and would pass for a clean report.
fn known_rule(pattern: &str, ctx: &Context) -> anyhow::Result<()> {
    let lang = ctx.lang;
    let rules = rules(ctx.forms()?);
    let ids = || rules.iter().map(|d| d.id.as_str());
    if ids().any(|id| matches(pattern, id)) {
        return Ok(());
    }
    let mut message = say!(lang, check_no_rule, rule = safe(pattern));
    if let Some(meant) = closest(pattern, ids()) {
        message.push_str(&say!(lang, usage_meant, meant));
    }
    anyhow::bail!(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_chosen_by_their_beginning() {
        for pattern in ["T3.", "t3", "T3.BAL", "T3.*", " t3.bal"] {
            assert!(matches(pattern, "T3.BAL"), "{pattern}");
        }
        for pattern in ["T2.", "T3.BALANCE", "BAL"] {
            assert!(!matches(pattern, "T3.BAL"), "{pattern}");
        }
    }
}
