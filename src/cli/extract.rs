//! `gouji extract`: values as extracted, with their evidence. Decisions are never applied here.

use std::collections::BTreeMap;
use std::path::Path;

use super::Context;
use super::args::{ExtractArgs, Format};
use super::output::{Paint, Style, safe, width};
use super::record;
use super::run::{self, Done, Tally, colon, shown};
use crate::batch::{Options, open};
use crate::report::{CellId, Field, Report, Status};
use crate::source::ReadError;
use crate::words::{reading, say};

/// Runs the command.
///
/// # Errors
/// When stdout cannot be written.
pub fn extract(args: &ExtractArgs, ctx: &Context) -> anyhow::Result<u8> {
    let lang = ctx.lang;
    if args.input.is_empty() {
        anyhow::bail!("{}", say!(lang, extract_no_path));
    }
    let options = Options {
        forms: ctx.forms()?,
        decisions: false,
        queue: ctx.config.queue,
    };
    let found = run::find(&args.input, ctx)?;
    let (tally, mut out) = run::run(&found, args.format, ctx, |path| {
        file(path, options, args, ctx)
    })?;
    out.flush()?;
    Ok(tally.status())
}

fn file(
    path: &Path,
    options: Options,
    args: &ExtractArgs,
    ctx: &Context,
) -> Result<Done, ReadError> {
    let mut done = Done::default();
    for opened in open(path, options)? {
        done.records.push(match args.format {
            Format::Human => human(&opened.report, args.all, ctx),
            Format::Json | Format::Ndjson => record::report(&opened.report, ctx.lang),
        });
        done.tally.add(Tally {
            reports: 1,
            ..Tally::default()
        });
    }
    Ok(done)
}

fn human(report: &Report, all: bool, ctx: &Context) -> String {
    let lang = ctx.lang;
    let paint = Paint(ctx.color);
    let unknown = say!(lang, unknown);
    let text = |value: Option<String>| value.map_or(unknown.to_owned(), |v| safe(&v));
    let mut out = format!(
        "{}{}{} {} {}\n",
        paint.paint(Style::Strong, &shown(report.id.path())),
        colon(lang),
        text(report.organ.clone()),
        text(report.year.map(|y| y.to_string())),
        report.form(),
    );
    let mut facts = Vec::new();
    if let Some(date) = report.published {
        facts.push(say!(lang, extract_published, date));
    }
    if let Some(date) = report.signed {
        facts.push(say!(lang, extract_signed, date));
    }
    for note in &report.errors {
        facts.push(safe(&reading::note(note, lang)));
    }
    for fact in facts {
        out.push_str(&format!("  {fact}\n"));
    }
    for table in report.schema.tables() {
        let fields: Vec<(CellId, &Field, String)> = report
            .schema
            .ids_of(table)
            .filter_map(|cell| {
                let place = report.schema.place(cell)?;
                let row = place.row.label.say(lang);
                let column = place.column.label.say(lang);
                let name = if column.is_empty() {
                    row.to_owned()
                } else {
                    format!("{row} × {column}")
                };
                Some((cell, report.field(cell)?, name))
            })
            .collect();
        let mut counts: BTreeMap<Status, usize> = BTreeMap::new();
        for (_, field, _) in &fields {
            *counts.entry(field.status).or_default() += 1;
        }
        let counts: Vec<String> = counts
            .iter()
            .map(|(status, n)| format!("{} {n}", word(*status, ctx)))
            .collect();
        let title = format!(
            "{} {}",
            table.id,
            lang.pick(&table.label.zh, &table.label.en)
        );
        out.push_str(&format!(
            "  {}{}{}\n",
            paint.paint(Style::Strong, &title),
            colon(lang),
            counts.join(say!(lang, comma))
        ));
        let shown: Vec<_> = fields
            .iter()
            .filter(|(_, f, _)| all || is_telling(f))
            .collect();
        let key = |cell: &CellId| report.schema.key(*cell);
        let widest = shown
            .iter()
            .map(|(c, _, _)| key(c).len())
            .max()
            .unwrap_or(0);
        for (cell, field, name) in shown {
            let value = value(field, ctx);
            let pad = " ".repeat(12usize.saturating_sub(width(&value, 1)));
            let value = match field.status {
                Status::Ambiguous | Status::Unreadable => paint.paint(Style::Warning, &value),
                _ => value,
            };
            out.push_str(&format!(
                "    {:<widest$} {pad}{value}  {name}\n",
                key(cell)
            ));
        }
    }
    for joint in &report.joint {
        out.push_str(&format!(
            "  {}\n",
            say!(
                lang,
                extract_joint,
                table = joint.table,
                cells = joint.cells.len(),
                count = joint.count
            )
        ));
    }
    out.push('\n');
    out
}

/// Cells that say something: neither a plain 0 nor empty.
fn is_telling(field: &Field) -> bool {
    match field.status {
        Status::Read | Status::Inferred => !field.value.is_some_and(|v| v.is_zero()),
        Status::Ambiguous | Status::Unreadable => true,
        Status::Blank | Status::NotApplicable | Status::Missing => false,
    }
}

/// With the marks that the screen uses.
fn value(field: &Field, ctx: &Context) -> String {
    let number = || field.value.map_or(String::new(), |v| v.to_string());
    let unit = field.unit.as_deref().map(safe).unwrap_or_default();
    match field.status {
        Status::Read => format!("{} {unit}", number()),
        Status::Inferred => format!("~{} {unit}", number()),
        Status::Ambiguous => {
            let lang = ctx.lang;
            let one = |c: &Option<rust_decimal::Decimal>| {
                c.map_or(say!(lang, extract_empty).to_owned(), |v| v.to_string())
            };
            let candidates: Vec<String> = field.candidates.iter().map(one).collect();
            format!("?{}", candidates.join("|"))
        }
        Status::Blank => "_".to_owned(),
        Status::NotApplicable => "/".to_owned(),
        Status::Unreadable => format!("“{}”", safe(field.raw.as_deref().unwrap_or(""))),
        Status::Missing => "x".to_owned(),
    }
}

fn word(status: Status, ctx: &Context) -> &'static str {
    let lang = ctx.lang;
    match status {
        Status::Read => say!(lang, extract_status_read),
        Status::Inferred => say!(lang, extract_status_inferred),
        Status::Ambiguous => say!(lang, extract_status_ambiguous),
        Status::Blank => say!(lang, extract_status_blank),
        Status::NotApplicable => say!(lang, extract_status_not_applicable),
        Status::Unreadable => say!(lang, extract_status_unreadable),
        Status::Missing => say!(lang, extract_status_missing),
    }
}
