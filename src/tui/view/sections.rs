//! The report: its parts, the statute's grids, the prose.

use crate::report::CellId;
use std::collections::BTreeSet;

use ratatui::style::Style;

use super::super::app::{App, Area, Pane, RowState};
use super::super::load::Opened;
use super::super::parts::{self, Line, Part};
use super::super::terminal::Canvas;
use crate::check::{Figure, Severity, State};
use crate::form::{BlockDef, Row, Table};
use crate::report::Status;
use crate::review::Item;
use crate::words::{reading, say};

/// Columns that a label keeps however narrow the pane is.
const LABEL: usize = 12;

/// Draws the pane.
pub fn draw(app: &App, canvas: &mut Canvas<'_>, area: Area) {
    let parts = app.parts();
    let Some((opened, part)) = app.opened().zip(parts.get(app.part)) else {
        head(app, canvas, area, &parts, None);
        if app.opened().is_none() {
            instead(app, canvas, area);
        }
        return;
    };
    let columns = area.width.saturating_sub(1) as usize;
    let lines = parts::lines(opened, part, columns, app.widths, app.unfolded, app.lang);
    head(
        app,
        canvas,
        area,
        &parts,
        full_label(app, lines.get(app.line)),
    );
    let mut sheet = Sheet {
        app,
        opened,
        failing: failing(opened),
        columns,
        blocks: Vec::new(),
    };
    sheet.blocks = part
        .tables
        .iter()
        .flat_map(|table| table.blocks.iter().map(move |block| (*table, block)))
        .map(|(table, block)| (block, sheet.cell_widths(table, block)))
        .collect();
    for n in 0..area.height.saturating_sub(1) {
        let index = app.first_line + n as usize;
        let Some(line) = lines.get(index) else { break };
        sheet.line(canvas, area.x, area.y + 1 + n, line, index == app.line);
    }
}

/// The statute's words for the row under the cursor, which the grid has room for only in short.
fn full_label(app: &App, line: Option<&Line>) -> Option<&'static str> {
    match line {
        Some(Line::Row(_, _, row)) if app.focus == Pane::Sections => {
            let full = app.lang.pick(row.label.zh.as_str(), row.label.en.as_str());
            let short = app.lang.pick(row.short.zh.as_str(), row.short.en.as_str());
            // Where next to nothing was left out, whose report it is says more.
            (app.widths.str(full) > app.widths.str(short) + 4).then_some(full)
        }
        _ => None,
    }
}

/// The cells of findings that are open.
fn failing(opened: &Opened) -> BTreeSet<CellId> {
    let findings = opened.assessment.checked.findings.iter();
    findings
        .filter(|f| f.severity > Severity::Info)
        .filter(|f| !matches!(f.state, State::Dismissed | State::Resolved))
        .flat_map(|f| f.cells.iter().copied())
        .collect()
}

fn head(app: &App, canvas: &mut Canvas<'_>, area: Area, parts: &[Part], row: Option<&str>) {
    let widths = app.widths;
    let style = if app.focus == Pane::Sections {
        app.theme.focus
    } else {
        app.theme.title
    };
    let tabs: String = parts
        .iter()
        .enumerate()
        .map(|(i, p)| {
            if i == app.part {
                format!("[{}]", p.tab)
            } else {
                format!(" {} ", p.tab)
            }
        })
        .collect();
    let name = app.summary().map_or_else(String::new, |s| {
        let year = s.year.map_or_else(String::new, |y| format!(" {y}"));
        format!("{}{year}", s.organ.as_deref().unwrap_or("?"))
    });
    let title = parts.get(app.part).map_or("", |p| p.title.as_str());
    let width = area.width as usize;
    let tabs = if widths.str(&tabs) > width / 2 {
        format!("{}/{}", app.part + 1, parts.len())
    } else {
        tabs
    };
    let room = width.saturating_sub(widths.str(&tabs) + 1);
    let words = row.map_or_else(|| format!("{name}  {title}"), str::to_owned);
    let left = widths.pad(&words, room);
    canvas.put(
        area.x,
        area.y,
        &widths.pad(&format!("{left} {tabs}"), width),
        area.width,
        style,
    );
}

/// What stands there while there is no report.
fn instead(app: &App, canvas: &mut Canvas<'_>, area: Area) {
    let lang = app.lang;
    let text = match app.row().map(|r| &r.state) {
        Some(RowState::Failed(error)) => {
            let file = error.path.display();
            say!(
                lang,
                tui_failed,
                file,
                cause = reading::failure(&error.cause, lang)
            )
        }
        Some(_) => say!(lang, tui_opening).to_owned(),
        None => say!(lang, tui_no_files).to_owned(),
    };
    let width = area.width.saturating_sub(2);
    let mut y = area.y + 2;
    for paragraph in text.split('\n') {
        for range in app.widths.wrap(paragraph, width as usize) {
            if y >= area.y + area.height {
                return;
            }
            canvas.put(
                area.x + 1,
                y,
                paragraph.get(range).unwrap_or(""),
                width,
                app.theme.text,
            );
            y += 1;
        }
    }
}

struct Sheet<'a> {
    app: &'a App,
    opened: &'a Opened,
    failing: BTreeSet<CellId>,
    columns: usize,
    /// The columns of each block of the part, measured once a frame.
    blocks: Vec<(&'static BlockDef, Vec<usize>)>,
}

impl Sheet<'_> {
    fn line(&self, canvas: &mut Canvas<'_>, x: u16, y: u16, line: &Line, here: bool) {
        let app = self.app;
        let lang = app.lang;
        let width = self.columns as u16;
        let theme = &app.theme;
        match line {
            Line::Blank => {}
            Line::Text(span) => {
                self.prose(canvas, x, y, *span);
            }
            Line::Item(item) => {
                let (text, decided) = self.item(*item);
                let style = if decided { theme.decided } else { theme.text };
                canvas.put(x, y, &text, width, style);
            }
            Line::Fact(text) => {
                canvas.put(
                    x,
                    y,
                    &app.widths.clip(text, self.columns),
                    width,
                    theme.muted,
                );
            }
            Line::Title(table) => {
                let label = lang.pick(&table.label.zh, &table.label.en);
                let found = self
                    .opened
                    .report
                    .tables
                    .iter()
                    .any(|f| f.table == table.id);
                let note = if found {
                    ""
                } else {
                    say!(lang, tui_table_missing)
                };
                let text = app
                    .widths
                    .clip(&format!("{label} {} {note}", table.form), self.columns);
                canvas.put(x, y, &text, width, theme.title);
            }
            Line::Heads(table, block) => self.heads(canvas, x, y, table, block),
            Line::Head(row) => {
                canvas.put(x, y, &label(self.app, row), width, theme.text);
            }
            Line::Row(table, block, row) => self.row(canvas, (x, y), table, block, row, here),
            Line::Fold(count, missing) => {
                let text = if *missing {
                    say!(lang, tui_fold_missing, count)
                } else {
                    say!(lang, tui_fold_zero, count)
                };
                canvas.put(x, y, &format!("    {text}"), width, theme.muted);
            }
        }
        let cells = matches!(line, Line::Row(..));
        if here && !cells && app.focus == Pane::Sections {
            canvas.restyle(x, y, width, theme.cursor);
        }
    }

    /// Text with its figures marked.
    fn prose(&self, canvas: &mut Canvas<'_>, x: u16, y: u16, span: crate::text::Span) {
        let text = span.of(&self.opened.document.text);
        let mut at = x;
        let end = x + self.columns as u16;
        let mut rest = text;
        while !rest.is_empty() && at < end {
            let figure = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
            let start = rest.find(figure).unwrap_or(rest.len());
            let (plain, more) = rest.split_at(start);
            at = canvas.put(at, y, plain, end.saturating_sub(at), self.app.theme.text);
            let length = more
                .find(|c: char| !figure(c) && !matches!(c, '.' | ',' | '%' | '，' | '．'))
                .unwrap_or(more.len());
            let (digits, after) = more.split_at(length);
            at = canvas.put(at, y, digits, end.saturating_sub(at), self.app.theme.key);
            rest = after;
        }
    }

    fn item(&self, item: Item) -> (String, bool) {
        let lang = self.app.lang;
        let e = &self.opened.assessment.in_force;
        let r = &self.opened.report;
        let (name, now, was) = match item {
            Item::Organ => (say!(lang, item_organ), e.organ.clone(), r.organ.clone()),
            Item::Year => {
                let text = |y: Option<u16>| y.map(|y| y.to_string());
                (say!(lang, item_year), text(e.year), text(r.year))
            }
            Item::Form => {
                let form = e.form.map(|f| f.to_string());
                let forced = self.opened.log.form().is_some();
                let was = if forced { None } else { form.clone() };
                (say!(lang, item_form), form, was)
            }
            Item::Level => {
                let word =
                    |l: Option<crate::report::Level>| l.map(|l| super::level_word(l).to_owned());
                (say!(lang, item_level), word(e.level), word(r.level))
            }
        };
        let decided = now != was;
        let shown = now.unwrap_or_else(|| say!(lang, item_unknown).to_owned());
        let mark = if decided { "*" } else { "" };
        let before = match was.filter(|_| decided) {
            Some(was) => format!("  ({was})"),
            None => String::new(),
        };
        (
            format!("{}{shown}{mark}{before}", self.app.widths.pad(name, 10)),
            decided,
        )
    }

    /// Columns of the cells of a block: as wide as the widest needs, and one between.
    fn cell_widths(&self, table: &Table, block: &BlockDef) -> Vec<usize> {
        let app = self.app;
        block
            .columns
            .iter()
            .enumerate()
            .map(|(c, column)| {
                let head = app
                    .widths
                    .str(app.lang.pick(&column.short.zh, &column.short.en));
                let rows = block.rows.iter().filter(|r| !r.key.is_empty());
                let cells = rows.filter_map(|row| {
                    let cell = self.opened.report.schema.ids_in(table, row).nth(c)?;
                    Some(app.widths.str(&self.cell(cell).0) + 2)
                });
                cells.chain([head + 1]).max().unwrap_or(4).clamp(4, 18)
            })
            .collect()
    }

    /// The same, as it was measured for this frame.
    fn measured(&self, block: &BlockDef) -> &[usize] {
        let mut blocks = self.blocks.iter();
        let own = blocks.find(|(b, _)| std::ptr::eq(*b, block));
        own.map_or(&[], |(_, widths)| widths)
    }

    /// Columns of the labels, and the first column of figures that is shown. All blocks of a
    /// table end at the same edge, not too far from their labels.
    fn frame(&self, table: &Table, cells: &[usize], column: usize) -> (usize, usize) {
        let total: usize = cells.iter().sum();
        let widest = table.blocks.iter().map(|b| self.measured(b).iter().sum());
        let edge = self.columns.min(44 + widest.max().unwrap_or(total));
        let label = edge.saturating_sub(total).max(LABEL.min(self.columns / 2));
        let room = self.columns.saturating_sub(label);
        let mut first = 0;
        while first < column {
            let used: usize = cells.iter().skip(first).take(column + 1 - first).sum();
            if used <= room {
                break;
            }
            first += 1;
        }
        (label, first)
    }

    fn heads(&self, canvas: &mut Canvas<'_>, x: u16, y: u16, table: &Table, block: &BlockDef) {
        let app = self.app;
        let cells = self.measured(block);
        let (label, first) = self.frame(table, cells, app.column);
        let name = app.lang.pick(&block.label.zh, &block.label.en);
        canvas.put(
            x,
            y,
            &app.widths.pad(name, label),
            label as u16,
            app.theme.muted,
        );
        let mut at = x + label as u16;
        let end = x + self.columns as u16;
        for (column, width) in block.columns.iter().zip(cells).skip(first) {
            let head = app.lang.pick(&column.short.zh, &column.short.en);
            // Under the right edge of the figures, which keep a column for their mark.
            let text = format!("{} ", app.widths.pad_left(head, width - 1));
            if at + *width as u16 > end {
                break;
            }
            at = canvas.put(at, y, &text, *width as u16, app.theme.muted);
        }
    }

    fn row(
        &self,
        canvas: &mut Canvas<'_>,
        (x, y): (u16, u16),
        table: &Table,
        block: &BlockDef,
        row: &Row,
        here: bool,
    ) {
        let app = self.app;
        let cells = self.measured(block);
        let column = app.column.min(block.columns.len().saturating_sub(1));
        let (width, first) = self.frame(table, cells, column);
        let style = if here {
            app.theme.title
        } else {
            app.theme.text
        };
        let text = app.widths.pad(&label(app, row), width);
        canvas.put(x, y, &text, width as u16, style);
        let mut at = x + width as u16;
        let end = x + self.columns as u16;
        let ids = self.opened.report.schema.ids_in(table, row);
        for (i, (id, width)) in ids.zip(cells).enumerate().skip(first) {
            if at + *width as u16 > end {
                break;
            }
            let (text, style) = self.cell(id);
            let marked = here && i == column;
            // The mark behind the figure has a column of its own, so that figures stand in line.
            let trailing = text.ends_with(['!', '*']);
            let text = match (marked, trailing) {
                (true, _) => format!("[{text}]"),
                (false, true) => text,
                (false, false) => format!("{text} "),
            };
            let text = app.widths.pad_left(&text, *width);
            let start = at;
            at = canvas.put(at, y, &text, *width as u16, style);
            if marked {
                let blanks = text.len() - text.trim_start().len();
                let style = if app.focus == Pane::Sections {
                    app.theme.cursor
                } else {
                    app.theme.cursor_away
                };
                let from = start + blanks as u16;
                canvas.restyle(from, y, at.saturating_sub(from), style);
            }
        }
    }

    /// A value with its marks.
    fn cell(&self, cell: CellId) -> (String, Style) {
        self::cell(self.app, self.opened, cell, self.failing.contains(&cell))
    }
}

/// A value as the sections show it.
fn cell(app: &App, opened: &Opened, id: CellId, failing: bool) -> (String, Style) {
    let theme = &app.theme;
    let Some(cell) = opened.assessment.in_force.cell(id) else {
        return ("x".to_owned(), theme.muted);
    };
    let plain = |value: Option<rust_decimal::Decimal>, status: Status| match (value, status) {
        (Some(v), Status::Inferred) => format!("~{v}"),
        (Some(v), _) => v.to_string(),
        (None, Status::Ambiguous) => "?".to_owned(),
        (None, Status::Blank) => "_".to_owned(),
        (None, Status::NotApplicable) => "/".to_owned(),
        (None, Status::Unreadable) => {
            let field = opened.report.field(id);
            let raw = field.and_then(|f| f.raw.as_deref()).unwrap_or("");
            format!("\"{}", app.widths.clip(raw.trim(), 6))
        }
        (None, _) => "x".to_owned(),
    };
    let mut text = match &cell.corrected {
        Some(Figure::Number(v)) => v.to_string(),
        Some(Figure::Empty) => "_".to_owned(),
        Some(Figure::Unknown(status)) => plain(None, *status),
        None => plain(cell.value, cell.status),
    };
    let mut style = match cell.status {
        Status::Ambiguous | Status::Inferred | Status::Unreadable => theme.doubt,
        Status::Blank | Status::NotApplicable | Status::Missing => theme.muted,
        Status::Read => theme.text,
    };
    if cell.decision.is_some() {
        text.push('*');
        style = theme.decided;
    }
    if failing {
        text.push('!');
        style = theme.error;
    }
    (text, style)
}

fn label(app: &App, row: &Row) -> String {
    let short = app.lang.pick(&row.short.zh, &row.short.en);
    format!("{}{short}", "  ".repeat(row.depth.min(3) as usize))
}
