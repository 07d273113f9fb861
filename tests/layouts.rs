//! A table of known figures, taken through the layouts in which tables arrive: whatever is said to
//! be known must be what was printed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use gouji::document::{Block, Document, Format};
use gouji::extract::extract;
use gouji::form::{FormSet, Table};
use gouji::report::{FormId, Report, ReportId, Status};
use gouji::text::Span;
use proptest::prelude::*;
use rust_decimal::Decimal;

/// How the cells of a row are set.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Layout {
    /// ` | ` between cells, empty cells dropped, the row padded at the right.
    Padded,
    /// A cell a line, empty cells dropped.
    Lines,
    /// A cell a line, a dash in empty cells.
    Dashes,
    /// Tabs, empty cells dropped.
    Tabs,
    /// One blank, labels wrapped after twelve characters, as PDF converters do.
    Wrapped,
    /// Nothing between cells and labels; every cell has a figure.
    Glued,
}

const LAYOUTS: [Layout; 6] = [
    Layout::Padded,
    Layout::Lines,
    Layout::Dashes,
    Layout::Tabs,
    Layout::Wrapped,
    Layout::Glued,
];

fn forms() -> &'static FormSet {
    FormSet::embedded().unwrap()
}

fn table3(form: FormId) -> &'static Table {
    forms().table(form, "t3").unwrap()
}

/// Figures that satisfy every equation of table 3, row by row in the order of the form.
fn consistent(
    form: FormId,
    outcomes: &[Vec<u32>],
    carried_in: &[u32],
    carried_out: &[u32],
) -> Vec<Vec<u32>> {
    let full =
        |six: &[u32]| -> Vec<u32> { six.iter().copied().chain([six.iter().sum()]).collect() };
    let rows: Vec<_> = table3(form)
        .figure_rows()
        .map(|(_, r)| r.key.clone())
        .collect();
    let parts: Vec<Vec<u32>> = outcomes.iter().take(rows.len() - 4).cloned().collect();
    let total: Vec<u32> = (0..6).map(|c| parts.iter().map(|r| r[c]).sum()).collect();
    // What was carried in was handled or carried out.
    let carried_in: Vec<u32> = (0..6)
        .map(|c| carried_in[c].min(total[c] + carried_out[c]))
        .collect();
    let new: Vec<u32> = (0..6)
        .map(|c| total[c] + carried_out[c] - carried_in[c])
        .collect();
    let mut out = vec![full(&new), full(&carried_in)];
    out.extend(parts.iter().map(|r| full(r)));
    out.push(full(&total));
    out.push(full(carried_out));
    out
}

/// The table as a file shows it; `None` is an empty cell.
fn render(form: FormId, rows: &[Vec<Option<u32>>], layout: Layout) -> String {
    let table = table3(form);
    let mut text = String::from(
        "云溪市人民政府2022年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n",
    );
    let between = match layout {
        Layout::Padded => " | ",
        Layout::Lines | Layout::Dashes => "\n",
        Layout::Tabs => "\t",
        Layout::Wrapped => " ",
        Layout::Glued => "",
    };
    text.push_str("申请人情况");
    for column in &table.blocks[0].columns {
        text.push_str(between);
        text.push_str(&column.label.zh);
    }
    text.push_str(if layout == Layout::Glued { "" } else { "\n" });
    let mut figures = rows.iter();
    let mut pending = String::new();
    for row in &table.blocks[0].rows {
        if row.key.is_empty() {
            // A head shares the line of the first row below it.
            pending.push_str(&row.label.zh);
            pending.push_str(between);
            continue;
        }
        let label = std::mem::take(&mut pending) + &row.label.zh;
        text.push_str(&if layout == Layout::Wrapped {
            wrapped(&label)
        } else {
            label
        });
        for cell in figures.next().unwrap() {
            match (cell, layout) {
                (Some(v), _) => text.push_str(&format!("{between}{v}")),
                (None, Layout::Dashes) => text.push_str("\n—"),
                (None, _) => {}
            }
        }
        text.push_str(match layout {
            Layout::Padded => " | |||\n",
            Layout::Glued => "",
            _ => "\n",
        });
    }
    text.push_str("四、政府信息公开行政复议、行政诉讼情况\n无。\n");
    text
}

fn wrapped(label: &str) -> String {
    let characters: Vec<char> = label.chars().collect();
    let lines: Vec<String> = characters.chunks(12).map(|c| c.iter().collect()).collect();
    lines.join("\n")
}

fn report(text: &str) -> Report {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            blocks.push(Block::Paragraph(Span::new(at, at + line.trim_end().len())));
        }
        at += line.len();
    }
    let document = Document {
        text: text.to_owned(),
        blocks,
        head: Vec::new(),
        format: Format::Text,
        encoding: "UTF-8".to_owned(),
        notes: Vec::new(),
        marks: Vec::new(),
    };
    extract(forms(), ReportId::file("a.txt"), "", &document, None).unwrap()
}

/// No value that is said to be known differs from what was printed; gives how many are known.
fn nothing_wrong(report: &Report, form: FormId, rows: &[Vec<Option<u32>>], text: &str) -> usize {
    let table = table3(form);
    let mut known = 0;
    for (line, figures) in rows.iter().enumerate() {
        for (cell, printed) in table.cells_of(line).iter().zip(figures) {
            let key = &cell.key;
            let (_, field) = report
                .named(key)
                .unwrap_or_else(|| panic!("no {key} in\n{text}"));
            let truth = printed.map(Decimal::from);
            match field.status {
                Status::Read => assert_eq!(field.value, truth, "{key} of\n{text}"),
                // An empty cell and 0 cannot be told where cells were dropped.
                Status::Inferred | Status::Blank => {
                    assert_eq!(
                        field.value.unwrap_or_default(),
                        truth.unwrap_or_default(),
                        "{key} of\n{text}"
                    );
                }
                Status::Ambiguous => {
                    let fits = field
                        .candidates
                        .iter()
                        .any(|c| c.unwrap_or_default() == truth.unwrap_or_default());
                    assert!(
                        fits,
                        "{key}: {:?} leaves out {truth:?} in\n{text}",
                        field.candidates
                    );
                }
                other => panic!("{key} is {other:?} in\n{text}"),
            }
            known += usize::from(field.status != Status::Ambiguous);
        }
    }
    known
}

fn six(most: u32) -> impl Strategy<Value = Vec<u32>> {
    // Most cells of a real table are 0.
    let cell = prop_oneof![4 => Just(0u32), 2 => 0..10u32, 1 => 0..=most];
    proptest::collection::vec(cell, 6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_known_is_what_was_printed(
        outcomes in proptest::collection::vec(six(600), 21),
        carried in (six(40), six(40)),
        empty in any::<bool>(),
        layout in proptest::sample::select(&LAYOUTS[..]),
        form in proptest::sample::select(&[FormId::FMT_2019, FormId::FMT_2021][..]),
    ) {
        let rows = consistent(form, &outcomes, &carried.0, &carried.1);
        // A file leaves its zeros empty or prints them.
        let empties = empty && layout != Layout::Glued;
        let printed: Vec<Vec<Option<u32>>> = rows.iter().map(|r| r.iter().map(|v| Some(*v).filter(|v| *v > 0 || !empties)).collect()).collect();
        let text = render(form, &printed, layout);
        let report = report(&text);
        let known = nothing_wrong(&report, form, &printed, &text);
        let all = rows.len() * 7;
        if !empties && layout != Layout::Glued || layout == Layout::Dashes {
            prop_assert_eq!(known, all, "all cells stand there:\n{}", text);
        }
    }

    /// A report that breaks its own sums is read as it was printed.
    #[test]
    fn a_wrong_report_is_not_mended(
        outcomes in proptest::collection::vec(six(600), 21),
        carried in (six(40), six(40)),
        wrong in (0..25usize, 0..7usize, 1..50u32),
        layout in proptest::sample::select(&[Layout::Padded, Layout::Lines, Layout::Dashes, Layout::Tabs, Layout::Wrapped][..]),
    ) {
        let form = FormId::FMT_2021;
        let mut rows = consistent(form, &outcomes, &carried.0, &carried.1);
        let (row, column, by) = wrong;
        rows[row][column] += by;
        let printed: Vec<Vec<Option<u32>>> = rows.iter().map(|r| r.iter().map(|v| Some(*v)).collect()).collect();
        let text = render(form, &printed, layout);
        let report = report(&text);
        prop_assert_eq!(nothing_wrong(&report, form, &printed, &text), 25 * 7);
    }
}

/// In text of a cell a line the heads stand before the first row's ordinal.
#[test]
fn a_tables_span_takes_in_its_heads() {
    let (name, bytes) = gouji::sample::files()
        .iter()
        .find(|(name, _)| *name == "qinglan-2022.txt")
        .unwrap();
    let path = std::path::Path::new(name);
    let document = gouji::source::read(*bytes, &gouji::source::Limits::default())
        .unwrap()
        .remove(0)
        .document;
    let report = extract(forms(), ReportId::file(path), "", &document, None).unwrap();
    let table = report.tables.iter().find(|t| t.table == "t3").unwrap();
    let heads = document.text.find("申请人情况").unwrap();
    assert!(table.span.start <= heads);
}
