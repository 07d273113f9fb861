//! Web pages: what a reader of the page sees, with its headings and tables.

mod prune;
mod sniff;

pub use sniff::{declared, is_page};

use ego_tree::NodeRef;
use scraper::node::Element;
use scraper::{Html, Node};

use super::table::{RawCell, grid};
use super::text::piece;
use crate::document::{Block, Document, Format};
use crate::text::Span;

/// Cells that only a table of figures has.
const MANY_CELLS: usize = 12;
/// Bytes of text that no cell of a form holds.
const LONG_CELL: usize = 900;

/// Reads a page that was decoded already.
pub fn read(html: &str, encoding: &str) -> Document {
    let page = Html::parse_document(&prune::prune(html));
    let mut writer = Writer {
        plain: !sniff::has_tag(html, &["html", "body", "p", "div", "br"]),
        ..Writer::default()
    };
    writer.walk(page.tree.root());
    writer.end_paragraph();
    Document {
        text: writer.text,
        blocks: writer.blocks,
        head: writer.head,
        format: Format::Html,
        encoding: encoding.to_owned(),
        notes: Vec::new(),
    }
}

/// Builds the linear text. Elements are walked with a stack of our own: hostile pages nest deep.
#[derive(Default)]
struct Writer {
    text: String,
    blocks: Vec<Block>,
    head: Vec<(String, String)>,
    /// Where the open paragraph starts, and its level if it is a heading.
    open: Option<usize>,
    heading: Option<u8>,
    /// A blank is due before the next character.
    blank: bool,
    /// Elements open in which a line feed ends a line: `<pre>`.
    pre: usize,
    /// The page is plain text with tables put in as HTML, as Markdown has them.
    plain: bool,
    tables: Vec<OpenTable>,
}

#[derive(Default)]
struct OpenTable {
    cells: Vec<RawCell>,
    row: Option<usize>,
    rows: usize,
    /// The first row and the first cell of the open group of rows.
    group: (usize, usize),
    /// Its cells hold tables or whole pages: it lays the page out.
    layout: bool,
    blocks_before: usize,
    start: usize,
}

impl OpenTable {
    fn filled(&self) -> usize {
        self.cells.iter().filter(|c| !c.spans.is_empty()).count()
    }

    /// A few cells, and one of them with more text than a cell of any form: the page's columns.
    fn is_page(&self, text: &str) -> bool {
        let long = |c: &RawCell| {
            c.spans.iter().any(|s| {
                let text = s.of(text);
                text.len() > LONG_CELL || text.lines().count() > 8
            })
        };
        self.filled() < MANY_CELLS && self.cells.iter().any(long)
    }
}

enum Step<'a> {
    Enter(NodeRef<'a, Node>),
    Leave(&'a str),
}

impl Writer {
    fn walk(&mut self, root: NodeRef<'_, Node>) {
        let mut stack = vec![Step::Enter(root)];
        while let Some(step) = stack.pop() {
            match step {
                Step::Leave(name) => self.leave(name),
                Step::Enter(node) => match node.value() {
                    Node::Text(text) => self.write(text),
                    Node::Element(element) => {
                        let name = element.name();
                        if self.is_hidden(node, element) {
                            continue;
                        }
                        self.enter(element, name);
                        stack.push(Step::Leave(name));
                        children(node, &mut stack);
                    }
                    _ => children(node, &mut stack),
                },
            }
        }
    }

    /// Facts of the head are kept apart; controls and what a page hides are no text.
    fn is_hidden(&mut self, node: NodeRef<'_, Node>, element: &Element) -> bool {
        match element.name() {
            "title" => {
                let title: String = node
                    .children()
                    .filter_map(|c| c.value().as_text().map(|t| t.to_string()))
                    .collect();
                self.fact("title", &title);
                return true;
            }
            "meta" => {
                if let (Some(key), Some(value)) = (
                    element.attr("name").or(element.attr("property")),
                    element.attr("content"),
                ) {
                    self.fact(key, value);
                }
                return true;
            }
            "object" | "button" => return true,
            _ => {}
        }
        if element.attr("hidden").is_some() {
            return true;
        }
        let style: String = element
            .attr("style")
            .unwrap_or("")
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
            .to_ascii_lowercase();
        style.contains("display:none")
            || style.contains("visibility:hidden")
            || style.contains("mso-hide:all")
    }

    fn fact(&mut self, key: &str, value: &str) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() && self.head.len() < 200 {
            self.head.push((key.to_owned(), value));
        }
    }

    fn enter(&mut self, element: &Element, name: &str) {
        match name {
            "br" => self.line_feed(),
            "table" => self.open_table(),
            "tbody" | "thead" | "tfoot" => {
                self.end_paragraph();
                if let Some(table) = self.tables.last_mut() {
                    table.group = (table.rows, table.cells.len());
                }
            }
            "pre" => {
                self.end_paragraph();
                self.pre += 1;
            }
            "tr" => {
                self.end_paragraph();
                if let Some(table) = self.tables.last_mut() {
                    table.row = Some(table.rows);
                    table.rows += 1;
                }
            }
            "td" | "th" => {
                self.end_paragraph();
                let span = |key: &str| {
                    element
                        .attr(key)
                        .and_then(|v| v.trim().parse::<usize>().ok())
                        .unwrap_or(1)
                };
                let (rows, columns) = (span("rowspan"), span("colspan"));
                let start = self.text.len();
                if let Some(table) = self.tables.last_mut() {
                    let row = table.row.unwrap_or_else(|| {
                        table.rows += 1;
                        table.row = Some(table.rows - 1);
                        table.rows - 1
                    });
                    // A rowspan of 0 reaches to the end of its group of rows.
                    let rows = if rows == 0 { 65_534 } else { rows };
                    table.cells.push(RawCell {
                        row,
                        row_span: rows.clamp(1, 65_534),
                        column_span: columns.clamp(1, 1000),
                        spans: vec![Span::new(start, start)],
                    });
                }
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_paragraph();
                self.heading = name.get(1..).and_then(|n| n.parse().ok());
            }
            _ if is_block(name) => self.end_paragraph(),
            _ => {}
        }
    }

    fn leave(&mut self, name: &str) {
        match name {
            "td" | "th" => self.close_cell(),
            "tbody" | "thead" | "tfoot" => {
                self.end_paragraph();
                if let Some(table) = self.tables.last_mut() {
                    // No cell reaches out of its group of rows.
                    let rows = table.rows;
                    for cell in table.cells.iter_mut().skip(table.group.1) {
                        cell.row_span = cell.row_span.min(rows.saturating_sub(cell.row)).max(1);
                    }
                }
            }
            "pre" => {
                self.end_paragraph();
                self.pre = self.pre.saturating_sub(1);
            }
            "tr" => {
                self.end_paragraph();
                if let Some(table) = self.tables.last_mut() {
                    table.row = None;
                }
            }
            "table" => {
                self.end_paragraph();
                if let Some(table) = self.tables.pop() {
                    self.close(table);
                }
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_paragraph();
                self.heading = None;
            }
            _ if is_block(name) => self.end_paragraph(),
            _ => {}
        }
    }

    /// A table in a cell makes the outer one a layout. Where that one holds many cells already its
    /// end tag was forgotten: it ends here.
    fn open_table(&mut self) {
        self.end_paragraph();
        if self
            .tables
            .last()
            .is_some_and(|t| !t.layout && t.filled() >= MANY_CELLS)
        {
            self.close_cell();
            if let Some(outer) = self.tables.last_mut() {
                let ended = std::mem::take(outer);
                self.close(ended);
            }
        }
        let blocks = self.blocks.len();
        for outer in &mut self.tables {
            outer.layout = true;
        }
        self.tables.push(OpenTable {
            blocks_before: blocks,
            start: self.text.len(),
            ..OpenTable::default()
        });
    }

    fn close_cell(&mut self) {
        self.end_paragraph();
        let Some(cell) = self.tables.last_mut().and_then(|t| t.cells.last_mut()) else {
            return;
        };
        if let Some(span) = cell.spans.first_mut() {
            *span = piece(span.start, self.text.get(span.start..).unwrap_or(""));
        }
        cell.spans.retain(|s| !s.is_empty());
    }

    /// A table of more than a cell becomes a grid; one that lays out the page stays blocks.
    fn close(&mut self, table: OpenTable) {
        let end = self.text.trim_end().len();
        let lays_out = table.layout || table.filled() < 2 || table.is_page(&self.text);
        if lays_out || end <= table.start {
            return;
        }
        let span = Span::new(table.start, end);
        if let Some(grid) = grid(table.cells, table.rows, span) {
            self.blocks.truncate(table.blocks_before);
            self.blocks.push(Block::Table(grid));
        }
    }

    fn write(&mut self, text: &str) {
        for c in text.chars() {
            if c == '\n' && (self.pre > 0 || self.plain) && self.tables.is_empty() {
                self.end_paragraph();
                continue;
            }
            // A no-break blank alone makes no paragraph and no cell.
            if c.is_ascii_whitespace() || c == '\u{a0}' {
                self.blank = self.open.is_some() && !self.text.ends_with('\n');
                continue;
            }
            if matches!(c, '\u{feff}' | '\u{200b}') {
                continue;
            }
            if std::mem::take(&mut self.blank) {
                self.text.push(' ');
            }
            if self.open.is_none() {
                self.open = Some(self.text.len());
            }
            self.text.push(c);
        }
    }

    fn line_feed(&mut self) {
        self.blank = false;
        if self.open.is_some() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn end_paragraph(&mut self) {
        self.blank = false;
        let Some(start) = self.open.take() else {
            return;
        };
        let end = self.text.trim_end().len();
        self.text.truncate(end.max(start));
        if end > start {
            let span = Span::new(start, end);
            self.blocks.push(match self.heading {
                Some(level) => Block::Heading { span, level },
                None => Block::Paragraph(span),
            });
        }
        self.text.push('\n');
    }
}

fn children<'a>(node: NodeRef<'a, Node>, stack: &mut Vec<Step<'a>>) {
    let at = stack.len();
    stack.extend(node.children().map(Step::Enter));
    if let Some(added) = stack.get_mut(at..) {
        added.reverse();
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "nav"
            | "aside"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "form"
            | "fieldset"
            | "blockquote"
            | "hr"
            | "address"
            | "center"
            | "caption"
            | "figure"
            | "figcaption"
            | "body"
            | "html"
            | "details"
            | "summary"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let endless = format!("<body>{}文字", "<svg><select>".repeat(100_000));
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
