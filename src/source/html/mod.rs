//! Web pages: what a reader of the page sees, with its headings and tables.
//!
//! `<p>一<b>二</b><script>…</script><p hidden>三<table><tr><td>规章<td>3</table>` is the text
//! `一二␊规章␊3␊`: a paragraph, and a grid of two cells.

mod elements;
mod end;
mod entity;
mod hidden;
mod open;
mod page;
mod quirks;
mod sniff;
mod start;
mod tag;
mod token;

pub use sniff::{declared, is_page};

use super::builder::Builder;
use super::error::Cause;
use super::limits::{Limits, Work};
use crate::document::{Document, Format};

/// Reads a page that was decoded already.
///
/// # Errors
/// When it goes over a limit.
pub fn read(
    html: &str,
    encoding: &str,
    limits: &Limits,
    work: Work,
) -> Result<(Document, Work), Cause> {
    let mut builder = Builder::new(Format::Html, limits, work);
    builder.reserve(html.len() / 4);
    let plain = !sniff::has_tag(html, &["html", "body", "p", "div", "br"]);
    let page = page::Page::new(html, plain, limits.depth, builder);
    page.read().finish(encoding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Block;

    fn read(html: &str, encoding: &str) -> Document {
        let limits = Limits::default();
        super::read(html, encoding, &limits, Work::new(&limits, html.len()))
            .unwrap()
            .0
    }

    fn cells(html: &str) -> Vec<Vec<String>> {
        let page = read(html, "UTF-8");
        let grid = page
            .blocks
            .iter()
            .find_map(|b| {
                if let Block::Table(g) = b {
                    Some(g)
                } else {
                    None
                }
            })
            .unwrap();
        (0..grid.rows)
            .map(|r| {
                (0..grid.columns)
                    .map(|c| grid.at(r, c).map_or("∅".to_owned(), |x| x.text(&page.text)))
                    .collect()
            })
            .collect()
    }

    #[test]
    fn spans_are_resolved_and_split_figures_joined() {
        let html = "<table><tr><td rowspan=2>三、结果</td><td>（一）予以公开</td><td><span>2</span><span>0</span></td></tr>\
                    <tr><td>（二）部分公开</td><td>&nbsp;</td></tr></table>";
        assert_eq!(
            cells(html),
            [
                ["三、结果", "（一）予以公开", "20"],
                ["三、结果", "（二）部分公开", ""]
            ]
        );
    }

    #[test]
    fn hidden_text_and_scripts_are_left_out() {
        let html = "<title>甲</title><body><p>一<b>二</b>三</p><script>var x=1</script><p style='display: none'>四</p><p>五<br>六</p></body>";
        let page = read(html, "UTF-8");
        assert_eq!(page.text, "一二三\n五\n六\n");
        assert_eq!(page.head, [("title".to_owned(), "甲".to_owned())]);
    }

    #[test]
    fn what_is_no_text_never_reaches_the_tree() {
        for name in [
            "script", "style", "noscript", "template", "select", "textarea", "iframe", "svg",
            "math", "object", "button",
        ] {
            let page = read(&format!("<p>一<{name}>二</{name}>三</p>"), "UTF-8");
            assert_eq!(page.text.replace('\n', ""), "一三", "{name}");
        }
    }

    #[test]
    fn a_legend_is_a_line_of_its_own() {
        let html = "<p>甲<fieldset><LEGEND>乙</LEGEND>丙<legend>丁</legend></fieldset>戊";
        assert_eq!(read(html, "UTF-8").text, "甲\n乙\n丙\n丁\n戊\n");
    }

    #[test]
    fn a_table_around_tables_is_layout() {
        let html =
            "<table><tr><td>导航<table><tr><td>规章</td><td>3</td></tr></table></td></tr></table>";
        assert_eq!(cells(html), [["规章", "3"]]);
    }

    #[test]
    fn unclosed_cells_end_where_the_next_begins() {
        assert_eq!(
            cells("<table><tr><td>规章<td>1<td>2<tr><td>行政许可<td>3<td>4</table>"),
            [["规章", "1", "2"], ["行政许可", "3", "4"]]
        );
    }

    #[test]
    fn hostile_pages_take_linear_time() {
        // Each of these would take minutes if the tree were built of all that they say.
        let deep = format!("{}文字{}", "<div>".repeat(60_000), "</div>".repeat(60_000));
        let open: String = (0..20_000)
            .map(|i| format!("<p><font size={i}>文字</p>"))
            .collect();
        let tables = format!("{}文字", "<table><tr><td>".repeat(10_000));
        let tall = format!(
            "<table>{}</table>",
            "<tr><td rowspan=65534>文字".repeat(20_000)
        );
        let endless = format!("<body>文字{}", "<svg><select>".repeat(100_000));
        let comments = format!("文字{}", "<!-- -->".repeat(200_000));
        let odd_comments = format!("文字{}", "<!-- --!>".repeat(200_000));
        let open_comments = format!("文字{}", "<!-- > -- > ".repeat(200_000));
        for html in [
            deep,
            open,
            tables,
            tall,
            endless,
            comments,
            odd_comments,
            open_comments,
        ] {
            assert!(read(&html, "UTF-8").text.contains("文字"));
        }
    }

    #[test]
    fn a_forgotten_end_of_a_table_does_not_cost_its_cells() {
        let rows = "<tr><td>规章<td>1<td>2".repeat(5);
        let html = format!("<table>{rows}<p>三、其他<table><tr><td>行政许可<td>3</table><p>完</p>");
        let page = read(&html, "UTF-8");
        let grids: Vec<(usize, usize)> = page
            .blocks
            .iter()
            .filter_map(|b| match b {
                Block::Table(g) => Some((g.rows, g.columns)),
                _ => None,
            })
            .collect();
        assert_eq!(grids, [(5, 3), (1, 2)]);
        assert!(page.text.contains("完"));
    }

    #[test]
    fn columns_of_a_page_are_no_grid() {
        let html = format!(
            "<table><tr><td>导航</td><td><h1>年度报告</h1>{}</td></tr></table>",
            "<p>一段话。</p>".repeat(20)
        );
        let page = read(&html, "UTF-8");
        assert_eq!(page.blocks.len(), 22);
        assert!(matches!(page.blocks[1], Block::Heading { level: 1, .. }));
    }

    #[test]
    fn a_span_ends_with_its_group_of_rows() {
        let html =
            "<table><thead><tr><td rowspan=9>甲<td>乙</thead><tbody><tr><td>规章<td>1</table>";
        assert_eq!(cells(html), [["甲", "乙"], ["规章", "1"]]);
    }

    #[test]
    fn lines_stay_where_the_page_keeps_them() {
        let text = |html: &str| read(html, "UTF-8").text;
        assert_eq!(text("<pre>一、甲\n\n  二、乙</pre>"), "一、甲\n二、乙\n");
        let mixed = "一、甲\n乙\n\n<table>\n<tr><td>规\n章</td><td>1</td></tr>\n</table>\n丙\n";
        assert!(is_page(mixed));
        assert_eq!(text(mixed), "一、甲\n乙\n规 章\n1\n丙\n");
    }
}
