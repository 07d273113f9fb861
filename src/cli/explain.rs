//! `gouji explain`: what a rule, a key or a form is, from the same texts and data that the
//! program itself runs on.

use std::fmt::Write as _;

use super::Context;
use super::args::ExplainArgs;
use super::output::{Output, Paint, Style, safe};
use super::run::colon;
use crate::check::{RuleDoc, explain as rule_doc, rule_docs};
use crate::config::closest;
use crate::form::{Form, Table, ValueType, all};
use crate::report::FormId;
use crate::words::{Lang, say};

/// Runs the command.
///
/// # Errors
/// When there is no such thing, or stdout cannot be written.
pub fn explain(args: &ExplainArgs, ctx: &Context) -> anyhow::Result<u8> {
    let lang = ctx.lang;
    let mut out = Output::default();
    let text = match args.subject.as_deref().map(str::trim) {
        None => list(ctx),
        Some(subject) => {
            // A fingerprint is a rule and an instance; people paste what they see.
            let subject = subject.split('@').next().unwrap_or(subject);
            if let Some(doc) = rule_doc(subject) {
                rule(doc, ctx)
            } else if let Ok(form) = subject.to_lowercase().parse::<FormId>() {
                self::form(form, ctx)
            } else if let Some(text) = key(&subject.to_lowercase(), ctx) {
                text
            } else {
                let mut message = say!(lang, explain_unknown, subject = safe(subject));
                if let Some(meant) = closest(subject, names().iter().map(String::as_str)) {
                    message.push_str(&say!(lang, usage_meant, meant));
                }
                anyhow::bail!(message);
            }
        }
    };
    out.text(&text)?;
    out.flush()?;
    Ok(0)
}

fn names() -> Vec<String> {
    let rules = rule_docs().iter().map(|d| d.id.clone());
    let forms = FormId::ALL.iter().map(|f| f.as_str().to_owned());
    let keys = all()
        .iter()
        .flat_map(|f| f.tables.iter().flat_map(Table::keys));
    rules.chain(forms).chain(keys).collect()
}

/// A paragraph under a label, left out where there is nothing to say.
fn part(out: &mut String, label: &str, text: &str, ctx: &Context) {
    let text = text.trim();
    if !text.is_empty() {
        let label = Paint(ctx.color).paint(Style::Strong, label);
        let text = text.replace('\n', "\n  ");
        let _ = write!(out, "\n{label}\n  {text}\n");
    }
}

fn rule(doc: &RuleDoc, ctx: &Context) -> String {
    let lang = ctx.lang;
    let text = doc.text(lang);
    let severity = match doc.severity {
        crate::check::Severity::Error => say!(lang, word_error),
        crate::check::Severity::Warning => say!(lang, word_warning),
        crate::check::Severity::Info => say!(lang, word_info),
    };
    let head = format!("{}{}{}", doc.id, colon(lang), text.title);
    let mut out = format!("{}\n", Paint(ctx.color).paint(Style::Strong, &head));
    let forms: Vec<String> = doc.forms.iter().map(ToString::to_string).collect();
    let forms = if forms.is_empty() {
        say!(lang, explain_all_forms).to_owned()
    } else {
        forms.join(say!(lang, comma))
    };
    let _ = writeln!(out, "{}", say!(lang, explain_severity, severity, forms));
    part(&mut out, say!(lang, explain_what), &text.what, ctx);
    part(&mut out, say!(lang, explain_why), &text.why, ctx);
    part(&mut out, say!(lang, explain_formula), &doc.formula, ctx);
    part(&mut out, say!(lang, explain_example), &text.example, ctx);
    part(
        &mut out,
        say!(lang, explain_exceptions),
        &text.exceptions,
        ctx,
    );
    part(&mut out, say!(lang, explain_source), &text.source, ctx);
    out
}

fn form(id: FormId, ctx: &Context) -> String {
    let lang = ctx.lang;
    let form = crate::form::by_id(id);
    let name = lang.pick(&form.name.zh, &form.name.en);
    let head = format!("{id}{}{name}", colon(lang));
    let mut out = format!("{}\n", Paint(ctx.color).paint(Style::Strong, &head));
    let basis = lang.pick(&form.basis.zh, &form.basis.en);
    part(&mut out, say!(lang, explain_source), basis, ctx);
    let sections: Vec<String> = form
        .sections
        .iter()
        .map(|s| format!("{}  {}", s.id, lang.pick(&s.label.zh, &s.label.en)))
        .collect();
    part(
        &mut out,
        say!(lang, explain_sections),
        &sections.join("\n"),
        ctx,
    );
    for table in &form.tables {
        let label = lang.pick(&table.label.zh, &table.label.en);
        let title = say!(
            lang,
            explain_table,
            table = table.id,
            label,
            cells = table.keys().len()
        );
        part(&mut out, &title, &table.keys().join("\n"), ctx);
    }
    let rules: Vec<String> = form
        .relations
        .iter()
        .map(|r| {
            let title = rule_doc(&r.rule).map_or("", |d| d.text(lang).title.as_str());
            format!("{:<20} {title} (×{})", r.rule, r.instances.len())
        })
        .collect();
    part(
        &mut out,
        say!(lang, explain_relations),
        &rules.join("\n"),
        ctx,
    );
    out
}

fn key(key: &str, ctx: &Context) -> Option<String> {
    let lang = ctx.lang;
    let mut out = String::new();
    let mut rules: Vec<String> = Vec::new();
    for form in all() {
        let Some((table, place)) = form
            .tables
            .iter()
            .find_map(|table| table.find(key).map(|place| (table, place)))
        else {
            continue;
        };
        let (_, row, column) = place;
        let (unit, kind) = table.unit_and_type(row, column);
        let kind = match kind {
            ValueType::Integer => say!(lang, type_integer),
            ValueType::SignedInteger => say!(lang, type_signed),
            ValueType::Decimal => say!(lang, type_decimal),
        };
        let mut path: Vec<&str> = vec![lang.pick(&table.label.zh, &table.label.en)];
        if lang == Lang::Zh {
            path.extend(row.parents.iter().map(String::as_str));
        }
        path.push(lang.pick(&row.label.zh, &row.label.en));
        path.push(lang.pick(&column.label.zh, &column.label.en));
        path.retain(|p| !p.is_empty());
        part(
            &mut out,
            &format!("{}", form.id),
            &format!(
                "{}\n{}",
                path.join(" › "),
                say!(lang, explain_unit, unit, kind)
            ),
            ctx,
        );
        for fingerprint in relations_of(form, key) {
            if !rules.contains(&fingerprint) {
                rules.push(fingerprint);
            }
        }
    }
    if out.is_empty() {
        return None;
    }
    part(
        &mut out,
        say!(lang, explain_relations),
        &rules.join("\n"),
        ctx,
    );
    let head = Paint(ctx.color).paint(Style::Strong, key);
    Some(format!("{head}\n{out}"))
}

fn relations_of(form: &Form, key: &str) -> Vec<String> {
    let relations = form.relations.iter();
    relations
        .flat_map(|r| r.instances.iter().map(move |i| (r, i)))
        .filter(|(_, i)| i.keys().contains(&key))
        .map(|(r, i)| i.fingerprint(&r.rule))
        .collect()
}

fn list(ctx: &Context) -> String {
    let lang = ctx.lang;
    let rules: Vec<String> = rule_docs()
        .iter()
        .map(|d| format!("{:<20} {}", d.id, d.text(lang).title))
        .collect();
    let forms: Vec<String> = all()
        .iter()
        .map(|f| {
            format!(
                "{:<20} {}",
                f.id.as_str(),
                lang.pick(&f.name.zh, &f.name.en)
            )
        })
        .collect();
    let mut out = String::new();
    part(&mut out, say!(lang, explain_forms), &forms.join("\n"), ctx);
    part(&mut out, say!(lang, explain_rules), &rules.join("\n"), ctx);
    part(
        &mut out,
        say!(lang, explain_keys),
        say!(lang, explain_keys_text),
        ctx,
    );
    out.trim_start().to_owned()
}
