//! `gouji explain`: what a rule, a key or a form is, from the same texts and data that the
//! program itself runs on.

use std::fmt::Write as _;

use super::Context;
use super::args::ExplainArgs;
use super::output::{Output, Paint, Style, safe};
use super::run::colon;
use crate::check::{RuleDoc, rule as rule_doc, rules};
use crate::config::closest;
use crate::form::{Form, FormSet, Place, ValueType};
use crate::words::{Lang, say};

/// Runs the command.
///
/// # Errors
/// When there is no such thing, or stdout cannot be written.
pub fn explain(args: &ExplainArgs, ctx: &Context) -> anyhow::Result<u8> {
    let lang = ctx.lang;
    let forms = ctx.forms()?;
    let mut out = Output::default();
    let text = match args.subject.as_deref().map(str::trim) {
        None => list(forms, ctx),
        Some(subject) => {
            // A fingerprint is a rule and an instance; people paste what they see.
            let subject = subject.split('@').next().unwrap_or(subject);
            if let Some(doc) = rule_doc(forms, subject) {
                rule(doc, ctx)
            } else if let Some(form) = forms
                .named(&subject.to_lowercase())
                .and_then(|id| forms.get(id))
            {
                self::form(form, ctx)
            } else if let Some(text) = key(&subject.to_lowercase(), forms, ctx) {
                text
            } else {
                let mut message = say!(lang, explain_unknown, subject = safe(subject));
                if let Some(meant) = closest(subject, names(forms).iter().map(String::as_str)) {
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

fn names(forms: &'static FormSet) -> Vec<String> {
    let rules = rules(forms).iter().map(|d| d.id.as_str());
    let ids = forms.forms().iter().map(|f| f.id.as_str());
    let keys = forms.tables().flat_map(|t| t.keys());
    let all = rules.chain(ids).chain(keys);
    all.map(str::to_owned).collect()
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

fn form(form: &Form, ctx: &Context) -> String {
    let lang = ctx.lang;
    let name = lang.pick(&form.name.zh, &form.name.en);
    let head = format!("{}{}{name}", form.id, colon(lang));
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
            cells = table.cells.len()
        );
        part(
            &mut out,
            &title,
            &table.keys().collect::<Vec<_>>().join("\n"),
            ctx,
        );
    }
    let rules: Vec<String> = form
        .relations
        .iter()
        .map(|r| {
            let title = &r.relation.doc.text(lang).title;
            format!("{:<20} {title} (×{})", r.relation.rule, r.instances.len())
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

fn key(key: &str, forms: &'static FormSet, ctx: &Context) -> Option<String> {
    let lang = ctx.lang;
    let mut out = String::new();
    let mut rules: Vec<String> = Vec::new();
    for form in forms.forms() {
        let Some((table, cell)) = form
            .tables
            .iter()
            .find_map(|t| Some((t, t.cells.iter().find(|c| c.key == key)?)))
        else {
            continue;
        };
        let Some(Place { row, column, .. }) = table.place(cell) else {
            continue;
        };
        let (unit, kind) = (cell.unit, cell.kind);
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
        .filter(|(_, i)| i.cells().iter().any(|k| k == key))
        .map(|(r, i)| i.fingerprint(r.relation.rule))
        .collect()
}

fn list(forms: &'static FormSet, ctx: &Context) -> String {
    let lang = ctx.lang;
    let rules: Vec<String> = rules(forms)
        .iter()
        .map(|d| format!("{:<20} {}", d.id, d.text(lang).title))
        .collect();
    let forms: Vec<String> = forms
        .forms()
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
