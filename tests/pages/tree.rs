//! The same page by another way: html5ever's tree, and a walk over it. The walk knows what a grid
//! is and what a layout; it knows nothing of tags left open, lost or astray.

use std::collections::HashSet;

use ego_tree::NodeRef;
use gouji::document::{Block, Grid, GridCell};
use gouji::text::Span;
use scraper::node::Element;
use scraper::{Html, Node};

/// Cells that only a table of figures has.
const MANY_CELLS: usize = 12;
/// Bytes of text that no cell of a form holds.
const LONG_CELL: usize = 900;

/// Text and blocks of a page, and whether it has a table whose end was forgotten.
pub fn walk(html: &str) -> (String, Vec<Block>, bool) {
    let page = Html::parse_document(html);
    let lower = html.to_ascii_lowercase();
    let has = |tag: &str| {
        lower.match_indices(&format!("<{tag}")).any(|(i, m)| {
            matches!(
                lower.as_bytes().get(i + m.len()),
                Some(b'>' | b' ' | b'/' | b'\t' | b'\r' | b'\n')
            )
        })
    };
    let mut writer = Writer {
        plain: !["html", "body", "p", "div", "br"].iter().any(|t| has(t)),
        ..Writer::default()
    };
    writer.walk(page.tree.root());
    writer.end_paragraph();
    (writer.text, writer.blocks, writer.forgotten)
}

/// Builds the linear text. Elements are walked with a stack of our own: hostile pages nest deep.
#[derive(Default)]
struct Writer {
    text: String,
    blocks: Vec<Block>,
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
    forgotten: bool,
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
                        if Self::is_hidden(element) {
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
    fn is_hidden(element: &Element) -> bool {
        match element.name() {
            "title" | "meta" => return true,
            "object" | "button" | "script" | "style" | "xmp" | "iframe" | "noembed"
            | "noframes" | "noscript" | "textarea" | "svg" | "math" | "template" | "select"
            | "xml" => return true,
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
            self.forgotten = true;
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
            self.blocks.push(Block::Table(Box::new(grid)));
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
            if matches!(c, '\u{feff}' | '\u{200b}' | '\0') {
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
            | "legend"
    )
}

/// A cell as a reader found it.
#[derive(Debug, Clone)]
struct RawCell {
    /// Its row.
    row: usize,
    /// Rows that it says to cover.
    row_span: usize,
    /// Columns that it says to cover.
    column_span: usize,
    /// Its text; empty for an empty cell.
    spans: Vec<Span>,
}

/// Columns of a grid at most; the widest table of the forms has 15.
const WIDEST: usize = 400;
/// Places of a grid at most: a few bytes of a page can claim any number of them.
const PLACES: usize = 8_000_000;

/// Lays cells into a grid as HTML says it, place by place: a cell takes the first place of its row
/// that no cell before it covers. `None` for a grid of absurd size, which stays text.
fn grid(cells: Vec<RawCell>, rows: usize, span: Span) -> Option<Grid> {
    let mut taken: HashSet<(usize, usize)> = HashSet::new();
    let mut out: Vec<GridCell> = Vec::new();
    let (mut row, mut next, mut places) = (0, 0, 0usize);
    for cell in cells {
        if cell.row != row {
            (row, next) = (cell.row, 0);
        }
        let column = (next..).find(|c| !taken.contains(&(row, *c)))?;
        if column >= WIDEST {
            return None;
        }
        let row_span = cell.row_span.min(rows.saturating_sub(row)).max(1);
        let column_span = cell.column_span.min(WIDEST - column).max(1);
        places += row_span;
        if places > PLACES {
            return None;
        }
        next = column + column_span;
        taken.extend((row..row + row_span).flat_map(|r| (column..next).map(move |c| (r, c))));
        out.push(GridCell {
            row,
            column,
            row_span,
            column_span,
            spans: cell.spans,
        });
    }
    // A title that says to cover more columns than any cell begins in makes none.
    let columns = out.iter().map(|c| c.column + 1).max().unwrap_or(0);
    if rows * columns > PLACES {
        return None;
    }
    let mut widths = vec![0; rows];
    for cell in &mut out {
        cell.column_span = cell.column_span.min(columns - cell.column);
        let covered = widths.iter_mut().skip(cell.row).take(cell.row_span);
        covered.for_each(|width| *width += cell.column_span);
    }
    Some(Grid {
        span,
        cells: out,
        rows,
        columns,
        rectangular: widths.iter().all(|width| *width == columns),
    })
}

/// The trimmed place of a piece of text that starts at `start`.
fn piece(start: usize, text: &str) -> Span {
    let left = text.len() - text.trim_start().len();
    Span::new(start + left, start + left + text.trim().len())
}
