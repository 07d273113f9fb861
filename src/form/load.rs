//! Reads form files. What a file leaves out is made here, in one way for all forms: the ordinal
//! of a label, the heads above a row, and the label itself as its first variant. A file that is
//! broken is an error with its name, the line and the cause, never an empty form.

use serde::Deserialize;

use super::relation::Relation;
use super::rule_file::RuleFile;
use super::source::{FormError, Source, error, parse};
use super::{
    BlockDef, Column, Form, FormId, Held, Label, Layout, Row, SectionDef, Severity, Shape,
};
use super::{Table, ValueType, cells, expand};
use crate::text::{Name, fold};

/// A form file as read: the form without its relations, and the rules that are its own.
pub(super) struct Read {
    pub form: Form,
    pub rules: Vec<Relation>,
}

/// Reads a form.
///
/// # Errors
/// When the file is no form.
pub(super) fn form(source: &Source) -> Result<Read, FormError> {
    let file: FormFile = parse(source)?;
    let id = FormId::new(file.id);
    let tables = file.table.into_iter().map(|t| t.build(id));
    let form = Form {
        id,
        generation: file.generation,
        name: label(file.zh, file.en),
        basis: label(file.basis_zh, file.basis_en),
        since: file.since,
        fixed_parts: file.fixed_parts,
        sections: file.section.into_iter().map(SectionFile::build).collect(),
        tables: tables.collect(),
        relations: Vec::new(),
    };
    if let Some(table) = form.tables.iter().find(|t| t.cells.is_empty()) {
        let cause = format!("table {} has no cell", table.id);
        return Err(error(source, None, cause));
    }
    let mut keys: Vec<&str> = form.tables.iter().flat_map(Table::keys).collect();
    keys.sort_unstable();
    if let Some(pair) = keys.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(error(source, None, format!("{} stands twice", pair[0])));
    }
    Ok(Read {
        form,
        rules: relations(source, file.rule)?,
    })
}

/// Reads what all reports have in common.
///
/// # Errors
/// When the file is broken.
pub(super) fn common(source: &Source) -> Result<super::Common, FormError> {
    parse::<super::Common>(source).map(super::Common::folded)
}

/// Reads a file of rules.
///
/// # Errors
/// When it is none.
pub(super) fn rules(source: &Source) -> Result<Vec<Relation>, FormError> {
    let file: RulesFile = parse(source)?;
    relations(source, file.rule)
}

fn relations(source: &Source, rules: Vec<RuleFile>) -> Result<Vec<Relation>, FormError> {
    let relation = |rule: RuleFile| {
        let (id, place) = (*rule.id.get_ref(), rule.id.span());
        let wrong = |cause| error(source, Some(place), format!("{id}: {cause}"));
        rule.build().map_err(wrong)
    };
    rules.into_iter().map(relation).collect()
}

/// Holds a form against rules, each from a file: their instances, and for proofs the equations of
/// each table.
///
/// # Errors
/// When a rule cannot be read.
pub(super) fn hold(
    form: &mut Form,
    rules: impl Iterator<Item = (&'static Relation, String)>,
) -> Result<(), FormError> {
    let keys = expand::Keys::of(form);
    let mut relations = Vec::new();
    for (relation, file) in rules {
        let wrong = |cause| FormError {
            file,
            line: None,
            cause: format!("{}: {cause}", relation.rule),
        };
        let instances = expand::instances(relation, form, &keys).map_err(wrong)?;
        if !instances.is_empty() {
            relations.push(Held {
                relation,
                instances,
            });
        }
    }
    form.relations = relations;
    Ok(())
}

/// Compiles the proofs of a form whose relations are all there.
pub(super) fn prove(form: &mut Form) {
    let proofs: Vec<_> = form.tables.iter().map(|t| cells::proofs(form, t)).collect();
    for (table, proofs) in form.tables.iter_mut().zip(proofs) {
        table.proofs = proofs;
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    #[serde(default)]
    rule: Vec<RuleFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FormFile {
    id: Name,
    generation: String,
    zh: String,
    en: String,
    basis_zh: String,
    basis_en: String,
    since: Option<u16>,
    #[serde(default)]
    fixed_parts: bool,
    #[serde(default)]
    section: Vec<SectionFile>,
    #[serde(default)]
    table: Vec<TableFile>,
    #[serde(default)]
    rule: Vec<RuleFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionFile {
    id: String,
    zh: String,
    en: String,
    #[serde(default)]
    variants: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TableFile {
    id: Name,
    section: String,
    #[serde(default)]
    tells_form: bool,
    missing: Option<Severity>,
    #[serde(default)]
    layout: Layout,
    shape: Shape,
    zh: String,
    en: String,
    #[serde(default)]
    block: Vec<BlockFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BlockFile {
    #[serde(default)]
    zh: String,
    #[serde(default)]
    en: String,
    #[serde(default)]
    variants: Vec<String>,
    unit: Name,
    kind: ValueType,
    columns: Vec<ColumnFile>,
    rows: Vec<RowFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnFile {
    key: String,
    zh: String,
    en: String,
    /// Chinese, English.
    short: [String; 2],
    #[serde(default)]
    variants: Vec<String>,
    #[serde(default)]
    heads: Vec<String>,
    #[serde(default)]
    total: bool,
    #[serde(default)]
    common: bool,
    unit: Option<Name>,
    kind: Option<ValueType>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RowFile {
    #[serde(default)]
    key: String,
    zh: String,
    en: String,
    /// Chinese, English.
    short: [String; 2],
    #[serde(default)]
    variants: Vec<String>,
    #[serde(default)]
    unit: Name,
    kind: Option<ValueType>,
    #[serde(default)]
    depth: u8,
}

impl SectionFile {
    fn build(self) -> SectionDef {
        SectionDef {
            id: self.id,
            variants: variants(&self.zh, &self.variants),
            label: label(self.zh, self.en),
        }
    }
}

impl TableFile {
    fn build(self, form: FormId) -> Table {
        let blocks: Vec<BlockDef> = self.block.into_iter().map(BlockFile::build).collect();
        Table {
            id: self.id,
            form,
            section: self.section,
            tells_form: self.tells_form,
            missing: self.missing.unwrap_or(Severity::Error),
            label: label(self.zh, self.en),
            shape: self.shape,
            layout: self.layout.folded(),
            cells: cells::cells(self.id, &blocks),
            proofs: Vec::new(),
            blocks,
        }
    }
}

impl BlockFile {
    fn build(self) -> BlockDef {
        let mut above: Vec<(u8, String)> = Vec::new();
        let rows = self
            .rows
            .into_iter()
            .map(|r| {
                above.retain(|(depth, _)| *depth < r.depth);
                let parents = above.iter().map(|(_, l)| l.clone()).collect();
                above.push((r.depth, r.zh.clone()));
                r.build(parents)
            })
            .collect();
        let (unit, kind) = (self.unit, self.kind);
        BlockDef {
            variants: block_variants(&self.zh, &self.variants),
            label: label(self.zh, self.en),
            columns: self
                .columns
                .into_iter()
                .map(|c| c.build(unit, kind))
                .collect(),
            rows,
        }
    }
}

impl ColumnFile {
    fn build(self, unit: Name, kind: ValueType) -> Column {
        let [short_zh, short_en] = self.short;
        Column {
            key: self.key,
            variants: variants(&self.zh, &self.variants),
            heads: self.heads.iter().map(|h| fold(h).text).collect(),
            total: self.total,
            common: self.common,
            label: label(self.zh, self.en),
            short: label(short_zh, short_en),
            unit: self.unit.unwrap_or(unit),
            kind: self.kind.unwrap_or(kind),
        }
    }
}

impl RowFile {
    fn build(self, parents: Vec<String>) -> Row {
        let [short_zh, short_en] = self.short;
        Row {
            key: self.key,
            ordinal: split_ordinal(&fold(&self.zh).text).0,
            variants: variants(&self.zh, &self.variants),
            label: label(self.zh, self.en),
            parents,
            short: label(short_zh, short_en),
            unit: self.unit,
            kind: self.kind,
            depth: self.depth,
        }
    }
}

const fn label(zh: String, en: String) -> Label {
    Label { zh, en }
}

/// The folded label without its ordinal and the folded variants, longest first, each once.
fn variants(label: &str, others: &[String]) -> Vec<String> {
    let own = fold(label).text;
    let mut all = vec![split_ordinal(&own).1.to_owned()];
    for other in others {
        let folded = fold(other).text;
        if !folded.is_empty() && !all.contains(&folded) {
            all.push(folded);
        }
    }
    all.sort_by_key(|v| std::cmp::Reverse(v.chars().count()));
    all
}

/// A block's own line, its ordinal kept, which is all that tells the blocks of table 2 apart.
fn block_variants(label: &str, others: &[String]) -> Vec<String> {
    let all = std::iter::once(label).chain(others.iter().map(String::as_str));
    all.map(|v| fold(v).text)
        .filter(|v| !v.is_empty())
        .collect()
}

/// The number of the ordinal before a folded label (0 for none), and the label without it and
/// without 其中.
pub(super) fn split_ordinal(folded: &str) -> (u8, &str) {
    if let Some(rest) = folded.strip_prefix("其中:") {
        return (0, rest);
    }
    let (open, rest) = match folded.strip_prefix('(') {
        Some(rest) => (true, rest),
        None => (false, folded),
    };
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && !"一二三四五六七八九十".contains(c))
        .unwrap_or(rest.len());
    let (digits, rest) = rest.split_at(end);
    let closed = rest
        .strip_prefix(if open {
            &[')'][..]
        } else {
            &['、', '.', ','][..]
        })
        .filter(|r| !r.is_empty());
    match (ordinal(digits), closed) {
        (Some(n), Some(rest)) => (n, rest),
        _ => (0, folded),
    }
}

fn ordinal(digits: &str) -> Option<u8> {
    const HAN: &str = "一二三四五六七八九十";
    if let Ok(n) = digits.parse() {
        return Some(n);
    }
    let mut chars = digits.chars();
    let (first, more) = (chars.next()?, chars.next());
    let place = HAN.chars().position(|h| h == first)?;
    more.is_none()
        .then(|| u8::try_from(place + 1).ok())
        .flatten()
}
