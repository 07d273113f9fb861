//! Texts that are made to be slow: twice as much of each must not take more than twice the steps.

use super::prepared::Prepared;
use super::read;
use crate::document::{Block, Document, Format, Grid, GridCell};
use crate::form::tests::forms;
use crate::report::{ReportId, Status};
use crate::text::Span;

/// Steps beyond twice those of half the text: what the searches may take whatever they find.
const SLACK: u64 = 100_000;

const LABELS: [&str; 12] = [
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（二）部分公开",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
];

/// A plain text: a line a paragraph, after one that says what it is about.
fn plain(text: &str) -> Document {
    let text = format!("政府信息公开\n{text}");
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let (left, words) = (line.len() - line.trim_start().len(), line.trim());
        let span = Span::new(start + left, start + left + words.len());
        if words.starts_with("# ") {
            blocks.push(Block::Heading { span, level: 1 });
        } else if !words.is_empty() {
            blocks.push(Block::Paragraph(span));
        }
        start += line.len();
    }
    document(text, blocks)
}

/// A grid of rows, each with the same cells, a cell a line.
fn grid(row: &[&str], rows: usize) -> Document {
    let mut text = String::from("政府信息公开\n");
    let mut cells = Vec::new();
    for r in 0..rows {
        for (column, cell) in row.iter().enumerate() {
            let start = text.len();
            text.push_str(cell);
            cells.push(GridCell {
                row: r,
                column,
                row_span: 1,
                column_span: 1,
                spans: vec![Span::new(start, text.len())],
            });
            text.push('\n');
        }
    }
    let grid = Grid {
        span: Span::new(19, text.len()),
        cells,
        rows,
        columns: row.len(),
        rectangular: true,
    };
    let title = Block::Paragraph(Span::new(0, 18));
    document(text, vec![title, Block::Table(Box::new(grid))])
}

fn document(text: String, blocks: Vec<Block>) -> Document {
    Document {
        text,
        blocks,
        head: Vec::new(),
        format: Format::Text,
        encoding: "UTF-8".to_owned(),
        notes: Vec::new(),
        marks: Vec::new(),
    }
}

/// Steps that a document takes.
fn steps(document: &Document) -> u64 {
    let prepared = Prepared::new(forms(), document);
    let report = read(&prepared, ReportId::file("a.txt"), "", None);
    assert!(report.is_some());
    prepared.budget.counted()
}

fn hold(name: &str, once: &Document, twice: &Document) {
    let (once, twice) = (steps(once), steps(twice));
    assert!(
        twice <= once * 2 + SLACK,
        "{name}: {once} steps, and {twice} for twice as much"
    );
}

#[test]
fn twice_the_text_takes_twice_the_steps() {
    let row = |figures: &str| -> String {
        let rows = LABELS.iter().map(|label| format!("{label}{figures}\n"));
        rows.collect()
    };
    let texts: Vec<(&str, String)> = vec![
        ("stars", "*".to_owned()),
        ("hashes", "#".to_owned()),
        ("underscores", "_".to_owned()),
        ("quote marks", ">".to_owned()),
        ("marks on a line each", "*\n".to_owned()),
        ("numerals", "一二三四五".to_owned()),
        ("numerals on a line each", "一\n".to_owned()),
        ("digits on a line each", "1\n".to_owned()),
        ("digits by form feeds", "1\u{c}".to_owned()),
        ("digits in columns", "1  2  3\n".to_owned()),
        ("labels alone", "其他".to_owned()),
        ("labels with figures", "总计 1 其他 2\n".to_owned()),
        ("whole tables", row(" 1 0 0 0 0 0 1")),
        ("tables glued", row("1000001")),
        ("tables in one line", row(" 1 ").replace('\n', "")),
        ("tables on pages", row(" 1\u{c}2 ")),
        (
            "notes behind a figure",
            format!("{}1 （一）（二）", LABELS[0]),
        ),
        ("headings", "二、主动公开政府信息情况\n".to_owned()),
        (
            "headings in running text",
            "一、主动公开政府信启情况，".to_owned(),
        ),
        ("marked headings", "# 一、总体情况\n".to_owned()),
        ("heads of table 4", "未经复议直接起诉".to_owned()),
        (
            "both heads of table 4",
            "未经复议直接起诉复议后起诉".to_owned(),
        ),
        ("heads of columns", "信息内容申请人情况自然人".to_owned()),
        ("dates", "2022年1月1日".to_owned()),
        ("titles", "政府信息公开工作年度报告\n".to_owned()),
        ("places", "白山市全市我市\n".to_owned()),
        ("blanks", "一、 　 \u{200b}".to_owned()),
        ("pipes", "总计 | 1 |\n".to_owned()),
    ];
    for (name, unit) in texts {
        let once = unit.repeat(12_000 / unit.len() + 1);
        hold(name, &plain(&once), &plain(&once.repeat(2)));
    }
}

#[test]
fn twice_the_cells_take_twice_the_steps() {
    let rows: Vec<(&str, Vec<&str>)> = vec![
        (
            "labels and figures",
            vec!["其他", "1", "0", "0", "0", "0", "0", "1"],
        ),
        ("totals", vec!["总计", "1"]),
        ("heads of table 4", vec!["未经复议直接起诉", "复议后起诉"]),
        ("headings", vec!["一、总体情况"]),
        ("outcomes", vec!["结果维持", "结果纠正", "1"]),
    ];
    for (name, row) in rows {
        hold(name, &grid(&row, 1_500), &grid(&row, 3_000));
        let wide = row.repeat(700);
        hold(name, &grid(&wide, 3), &grid(&wide.repeat(2), 3));
    }
}

/// Twelve rows of sixty digits could be split in some billion ways: their cells are open, and none
/// has a value that nothing proves.
#[test]
fn what_the_budget_does_not_reach_is_ambiguous() {
    let digits = "1".repeat(60);
    let rows: String = LABELS.iter().map(|l| format!("{l}{digits}\n")).collect();
    let document = plain(&rows);
    let prepared = Prepared::new(forms(), &document);
    let report = read(&prepared, ReportId::file("a.txt"), "", None).unwrap();
    assert!(prepared.budget.counted() < 3_000_000);
    let open = |f: &crate::report::Field| f.status == Status::Ambiguous;
    assert_eq!(report.fields.iter().filter(|f| open(f)).count(), 12 * 7);
    assert!(report.fields.iter().all(|f| f.value.is_none()));
}
