//! Reads the embedded form files. What a file leaves out is made here, in one way for all forms:
//! the ordinal of a label, the heads above a row, and the label itself as its first variant.

use std::sync::OnceLock;

use serde::Deserialize;

use super::FormId;
use super::relation::{self, RelationFile};
use super::{BlockDef, Column, Form, Label, Row, SectionDef, Shape, Table, ValueType};
use crate::text::fold;

const FORMS: [(FormId, &str); 4] = [
    (FormId::Free2008, include_str!("free_2008.toml")),
    (FormId::Ind2014, include_str!("ind_2014.toml")),
    (FormId::Fmt2019, include_str!("fmt_2019.toml")),
    (FormId::Fmt2021, include_str!("fmt_2021.toml")),
];

const RELATIONS: [&str; 2] = [
    include_str!("relations_table.toml"),
    include_str!("relations_indicator.toml"),
];

/// All forms, oldest first.
pub fn all() -> &'static [Form] {
    forms()
}

/// The form of an id.
pub fn by_id(id: FormId) -> &'static Form {
    let [free, indicators, first, second] = forms();
    match id {
        FormId::Free2008 => free,
        FormId::Ind2014 => indicators,
        FormId::Fmt2019 => first,
        FormId::Fmt2021 => second,
    }
}

fn forms() -> &'static [Form; 4] {
    static ALL: OnceLock<[Form; 4]> = OnceLock::new();
    // The files are part of the program and the tests read them; should one be broken all the
    // same, its form is empty rather than the program dead.
    ALL.get_or_init(|| FORMS.map(|(id, text)| read(id, text).unwrap_or_else(|_| empty(id))))
}

fn read(id: FormId, text: &str) -> Result<Form, String> {
    let file: FormFile = toml::from_str(text).map_err(|e| e.to_string())?;
    if file.id != id {
        return Err(format!("{} calls itself {}", id, file.id));
    }
    let mut form = Form {
        id,
        generation: file.generation,
        name: label(file.zh, file.en),
        basis: label(file.basis_zh, file.basis_en),
        sections: file.section.into_iter().map(SectionFile::build).collect(),
        tables: file.table.into_iter().map(|t| t.build(id)).collect(),
        relations: Vec::new(),
    };
    for text in RELATIONS {
        let file: RelationFile = toml::from_str(text).map_err(|e| e.to_string())?;
        form.relations.extend(relation::expand(&file, &form)?);
    }
    Ok(form)
}

fn empty(id: FormId) -> Form {
    Form {
        id,
        generation: String::new(),
        name: Label::default(),
        basis: Label::default(),
        sections: Vec::new(),
        tables: Vec::new(),
        relations: Vec::new(),
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FormFile {
    id: FormId,
    generation: String,
    zh: String,
    en: String,
    basis_zh: String,
    basis_en: String,
    #[serde(default)]
    section: Vec<SectionFile>,
    #[serde(default)]
    table: Vec<TableFile>,
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
    id: String,
    section: String,
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
    unit: String,
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
    unit: Option<String>,
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
    unit: String,
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
        Table {
            id: self.id,
            form,
            section: self.section,
            label: label(self.zh, self.en),
            shape: self.shape,
            blocks: self.block.into_iter().map(BlockFile::build).collect(),
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
            // The ordinal is all that tells the blocks of table 2 apart, so it stays.
            variants: block_variants(&self.zh),
            label: label(self.zh, self.en),
            columns: self
                .columns
                .into_iter()
                .map(|c| c.build(&unit, kind))
                .collect(),
            rows,
        }
    }
}

impl ColumnFile {
    fn build(self, unit: &str, kind: ValueType) -> Column {
        let [short_zh, short_en] = self.short;
        Column {
            key: self.key,
            variants: variants(&self.zh, &self.variants),
            label: label(self.zh, self.en),
            short: label(short_zh, short_en),
            unit: self.unit.unwrap_or_else(|| unit.to_owned()),
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

/// `第二十条第(一)项` as it is and as converters shorten it.
fn block_variants(label: &str) -> Vec<String> {
    let own = fold(label).text;
    if own.is_empty() {
        return Vec::new();
    }
    let tail = own.strip_prefix("第二十条").unwrap_or(&own).to_owned();
    let mut all = vec![own.clone(), format!("第20条{tail}")];
    all.push(own.replace(['(', ')'], ""));
    if tail != own {
        all.push(tail);
    }
    all
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_embedded_file_is_sound() {
        for (id, text) in FORMS {
            if let Err(e) = read(id, text) {
                panic!("{id}: {e}");
            }
        }
        assert_eq!(
            all().iter().map(|f| f.id).collect::<Vec<_>>(),
            FormId::ALL.to_vec()
        );
    }

    #[test]
    fn each_form_has_its_cells() {
        let count = |id, table: &str| by_id(id).table(table).map_or(0, |t| t.keys().len());
        assert_eq!(count(FormId::Ind2014, "ind"), 58);
        assert_eq!(count(FormId::Fmt2019, "t2"), 22);
        assert_eq!(count(FormId::Fmt2019, "t3"), 161);
        assert_eq!(count(FormId::Fmt2019, "t4"), 15);
        assert_eq!(count(FormId::Fmt2021, "t2"), 10);
        assert_eq!(count(FormId::Fmt2021, "t3"), 175);
        assert_eq!(count(FormId::Fmt2021, "t4"), 15);
        assert!(by_id(FormId::Free2008).tables.is_empty());
        for form in all() {
            let keys: Vec<String> = form.tables.iter().flat_map(Table::keys).collect();
            let unique: BTreeSet<&String> = keys.iter().collect();
            assert_eq!(unique.len(), keys.len(), "{}", form.id);
        }
    }

    #[test]
    fn labels_are_unique_and_folded_labels_hold_a_variant() {
        for table in all().iter().flat_map(|f| &f.tables) {
            for block in &table.blocks {
                let mut seen = BTreeSet::new();
                for row in &block.rows {
                    let place = format!("{} {}: {}", table.form, table.id, row.label.zh);
                    assert!(
                        seen.insert((&row.parents, &row.label.zh)),
                        "{place} stands twice"
                    );
                    assert!(
                        block
                            .rows
                            .iter()
                            .filter(|r| r.label.en == row.label.en)
                            .count()
                            == 1,
                        "{place}: {} stands twice",
                        row.label.en
                    );
                    let folded = fold(&row.label.zh).text;
                    assert!(
                        row.variants.iter().any(|v| folded.contains(v.as_str())),
                        "{place} holds none of its variants"
                    );
                    assert!(row.variants.iter().all(|v| *v == fold(v).text), "{place}");
                    assert!(!row.short.zh.is_empty() && !row.short.en.is_empty());
                    assert!(
                        unicode_width::UnicodeWidthStr::width(row.short.zh.as_str()) <= 20
                            && row.short.en.len() <= 20,
                        "{place}: the short label is long"
                    );
                }
                let mut columns = BTreeSet::new();
                for column in &block.columns {
                    assert!(columns.insert(&column.label.zh) && columns.insert(&column.label.en));
                    let folded = fold(&column.label.zh).text;
                    assert!(column.variants.iter().any(|v| folded.contains(v.as_str())));
                    for short in [&column.short.zh, &column.short.en] {
                        assert!(unicode_width::UnicodeWidthStr::width(short.as_str()) <= 4);
                    }
                }
            }
        }
    }

    #[test]
    fn ordinals_and_parents_come_from_the_labels() {
        assert_eq!(split_ordinal("一、总体情况"), (1, "总体情况"));
        assert_eq!(split_ordinal("(七)总计"), (7, "总计"));
        assert_eq!(split_ordinal("8.属于行政查询事项"), (8, "属于行政查询事项"));
        assert_eq!(split_ordinal("其中:涉及国家秘密"), (0, "涉及国家秘密"));
        assert_eq!(split_ordinal("规章"), (0, "规章"));
        assert_eq!(split_ordinal("三、"), (0, "三、"));
        let t3 = by_id(FormId::Fmt2021).table("t3").expect("table 3");
        let (_, row, _) = t3.find("t3.results.other.misc.total").expect("the row");
        assert_eq!(row.parents, ["三、本年度办理结果", "（六）其他处理"]);
        assert_eq!((row.ordinal, row.depth), (3, 2));
        let (_, row, column) = t3.find("t3.new.total").expect("the row");
        assert_eq!(t3.unit_and_type(row, column), ("件", ValueType::Integer));
    }

    #[test]
    fn units_follow_row_then_column() {
        let t2 = by_id(FormId::Fmt2019).table("t2").expect("table 2");
        for (key, unit, kind) in [
            (
                "t2.art20_5.licensing.change",
                "项",
                ValueType::SignedInteger,
            ),
            ("t2.art20_5.licensing.decisions", "件", ValueType::Integer),
            ("t2.art20_9.procurement.projects", "个", ValueType::Integer),
            (
                "t2.art20_9.procurement.amount_wan",
                "万元",
                ValueType::Decimal,
            ),
        ] {
            let (_, row, column) = t2.find(key).expect(key);
            assert_eq!(t2.unit_and_type(row, column), (unit, kind), "{key}");
        }
    }
}
