//! The embedded forms are sound, and a form that a user adds is as good as they.

use std::collections::BTreeSet;

use super::load::split_ordinal;
use super::{Form, FormError, FormId, FormSet, Source, Table, ValueType};
use crate::text::fold;

/// The statutory forms.
pub(crate) fn forms() -> &'static FormSet {
    FormSet::embedded().unwrap_or_else(|e| panic!("{e}"))
}

pub(crate) fn form(id: FormId) -> &'static Form {
    forms().get(id).unwrap_or_else(|| panic!("{id}"))
}

fn table(form: FormId, id: &str) -> &'static Table {
    forms()
        .table(form, id)
        .unwrap_or_else(|| panic!("{form} {id}"))
}

#[test]
fn each_form_has_its_cells() {
    let count = |id, name: &str| table(id, name).cells.len();
    assert_eq!(count(FormId::IND_2014, "ind"), 58);
    assert_eq!(count(FormId::FMT_2019, "t2"), 22);
    assert_eq!(count(FormId::FMT_2019, "t3"), 161);
    assert_eq!(count(FormId::FMT_2019, "t4"), 15);
    assert_eq!(count(FormId::FMT_2021, "t2"), 10);
    assert_eq!(count(FormId::FMT_2021, "t3"), 175);
    assert_eq!(count(FormId::FMT_2021, "t4"), 15);
    assert!(form(FormId::FREE_2008).tables.is_empty());
}

#[test]
fn labels_are_unique_and_folded_labels_hold_a_variant() {
    for table in forms().tables() {
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
    let t3 = table(FormId::FMT_2021, "t3");
    let row = t3.find("t3.results.other.misc.total").unwrap().row;
    assert_eq!(row.parents, ["三、本年度办理结果", "（六）其他处理"]);
    assert_eq!((row.ordinal, row.depth), (3, 2));
}

#[test]
fn units_follow_row_then_column() {
    let t2 = table(FormId::FMT_2019, "t2");
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
        let cell = t2.cells.iter().find(|c| c.key == key).unwrap();
        assert_eq!((cell.unit.as_str(), cell.kind), (unit, kind), "{key}");
    }
}

/// A local annex of ten rows, as a province adds it.
pub(crate) fn annex() -> &'static FormSet {
    static SET: std::sync::OnceLock<&'static FormSet> = std::sync::OnceLock::new();
    SET.get_or_init(|| {
        let annex = Source {
            name: "annex.toml",
            text: include_str!("../../tests/forms/annex.toml"),
        };
        FormSet::with(&[annex]).unwrap_or_else(|e| panic!("{e}"))
    })
}

#[test]
fn a_form_of_ones_own_has_cells_and_relations() {
    let id = annex().named("yunxi_annex").unwrap();
    let table = annex().table(id, "a1").unwrap();
    assert_eq!(table.cells.len(), 10);
    assert_eq!(table.proofs.len(), 1);
    let form = annex().get(id).unwrap();
    assert_eq!(
        form.relations.len(),
        1,
        "statutory rules are for statutory cells"
    );
    assert_eq!(annex().due(2022), FormId::FMT_2021);
}

fn broken(text: &str) -> FormError {
    let source = Source {
        name: "mine.toml",
        text,
    };
    FormSet::with(&[source])
        .err()
        .unwrap_or_else(|| panic!("{text} is taken"))
}

#[test]
fn a_broken_form_is_an_error_with_file_line_and_cause() {
    let good = include_str!("../../tests/forms/annex.toml");
    let line = |error: &FormError| {
        assert_eq!(error.file, "mine.toml");
        error.line.unwrap_or(0)
    };
    let error = broken("id = \"x\"\ngeneration = 3\n");
    assert_eq!(line(&error), 2);
    assert!(error.to_string().starts_with("mine.toml:2: "), "{error}");
    let misspelt = good.replace("shape =", "shap =");
    let at = 1 + good.lines().position(|l| l.starts_with("shape =")).unwrap();
    let error = broken(&misspelt);
    assert_eq!(line(&error), at);
    assert!(error.cause.contains("shap"), "{error}");
    let error = broken(&good.replace("{left}", "{lft}"));
    assert!(error.cause.contains("{lft}"), "{error}");
    assert!(line(&error) > 0);
    let error = broken(&good.replace(" = a1.", " == a1."));
    assert!(error.cause.contains("=="), "{error}");
    let error = broken(include_str!("fmt_2021.toml"));
    assert!(error.cause.contains("fmt_2021"), "{error}");
}
