//! Tables as a reader finds them: opened, filled cell by cell, and at their end either a grid, or
//! paragraphs where the table only lays the page out.
//!
//! `<table><tr><td>导航<td><table>…</table></table>` is a layout: the outer table stays blocks.
//! Text that stands in a table but in no cell is shown before it, as browsers do.

use super::flow::{Flow, piece};
use super::lay::{RawCell, grid};
use super::open_table::{MANY_CELLS, OpenTable};
use super::write::Builder;
use crate::document::{Block, Mark, Place};
use crate::text::Span;

/// Rows that a cell may say to cover.
const HIGHEST: usize = 65_534;

impl Builder {
    /// A table begins. In a cell it makes the outer table a layout; where that one holds many
    /// cells already its end was forgotten, and it ends here.
    pub fn open_table(&mut self) {
        self.cells += 1;
        let mut loose = self.flow.end_loosely();
        if self
            .tables
            .last()
            .is_some_and(|t| !t.layout && t.filled + usize::from(t.cell.is_some()) >= MANY_CELLS)
        {
            self.end_cell();
            // The paragraph is a cell's text by now.
            loose = None;
            if let Some(outer) = self.tables.last_mut() {
                let ended = std::mem::take(outer);
                self.make(ended);
                let (start, blocks_before) = (self.flow.text.len(), self.flow.blocks.len());
                if let Some(outer) = self.tables.last_mut() {
                    (outer.start, outer.blocks_before) = (start, blocks_before);
                }
            }
        }
        self.work.add(self.tables.len());
        for outer in &mut self.tables {
            outer.layout = true;
        }
        self.tables.push(OpenTable {
            blocks_before: self.flow.blocks.len(),
            start: self.flow.text.len(),
            loose,
            ..OpenTable::default()
        });
    }

    /// The table ends.
    pub fn close_table(&mut self) {
        self.inside();
        self.end_paragraph();
        if let Some(table) = self.tables.pop() {
            self.make(table);
        }
    }

    /// A group of rows begins, out of which no cell reaches.
    pub fn open_group(&mut self) {
        self.inside();
        self.end_paragraph();
        if let Some(table) = self.tables.last_mut() {
            table.group = table.cells.len();
        }
    }

    /// It ends.
    pub fn close_group(&mut self) {
        self.inside();
        self.end_paragraph();
        if let Some(table) = self.tables.last_mut() {
            let rows = table.rows;
            let group = table.cells.get_mut(table.group..).unwrap_or_default();
            self.work.add(group.len());
            for cell in group {
                cell.row_span = cell.row_span.min(rows.saturating_sub(cell.row)).max(1);
            }
        }
    }

    /// A row begins.
    pub fn open_row(&mut self) {
        self.inside();
        self.end_paragraph();
        if let Some(table) = self.tables.last_mut() {
            table.row = Some(table.rows);
            table.rows += 1;
        }
    }

    /// It ends.
    pub fn close_row(&mut self) {
        self.inside();
        self.end_paragraph();
        if let Some(table) = self.tables.last_mut() {
            table.row = None;
        }
    }

    /// A cell begins that says to cover so many rows, 0 for all of its group, and columns.
    pub fn open_cell(&mut self, rows: usize, columns: usize) {
        self.inside();
        self.end_paragraph();
        self.cells += 1;
        let start = self.flow.text.len();
        if let Some(table) = self.tables.last_mut() {
            let row = table.row.unwrap_or_else(|| {
                table.rows += 1;
                table.row = Some(table.rows - 1);
                table.rows - 1
            });
            table.cell = Some(start);
            let rows = if rows == 0 { HIGHEST } else { rows };
            table.cells.push(RawCell {
                row,
                row_span: rows.clamp(1, HIGHEST),
                column_span: columns.clamp(1, 1000),
                spans: Vec::new(),
            });
        }
    }

    /// It ends.
    pub fn close_cell(&mut self) {
        self.inside();
        self.end_paragraph();
        self.end_cell();
    }

    fn end_cell(&mut self) {
        self.flow.end_strikes();
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        let Some(start) = table.cell.take() else {
            return;
        };
        let span = piece(start, self.flow.text.get(start..).unwrap_or(""));
        if let Some(cell) = table.cells.last_mut()
            && !span.is_empty()
        {
            cell.spans = vec![span];
            table.filled += 1;
        }
    }

    /// What is written from here on stands in the innermost table, but in none of its cells.
    pub fn beside(&mut self) {
        if let Some(table) = self.tables.last_mut()
            && !table.swapped
        {
            table.swapped = true;
            let mut beside = match table.beside.take() {
                Some(beside) => beside,
                None => Box::new(self.flow.beside(table.loose.as_ref())),
            };
            std::mem::swap(&mut self.flow, &mut beside);
            table.beside = Some(beside);
        }
    }

    /// What is written from here on stands in the table again.
    pub fn inside(&mut self) {
        if let Some(table) = self.tables.last_mut()
            && table.swapped
        {
            table.swapped = false;
            if let Some(main) = &mut table.beside {
                std::mem::swap(&mut self.flow, main);
            }
        }
    }

    /// A table that has ended: what stood beside it goes before it, and its cells become a grid
    /// or stay blocks.
    fn make(&mut self, mut table: OpenTable) {
        if let Some(beside) = table.beside.take() {
            self.insert(&mut table, *beside);
        }
        let end = self.flow.text.trim_end().len();
        let lays_out = table.layout || table.filled < 2 || table.is_page(&self.flow.text);
        if lays_out || end <= table.start {
            return;
        }
        let span = Span::new(table.start, end);
        if let Some(grid) = grid(table.cells, table.rows, span, &mut self.work) {
            self.flow.blocks.truncate(table.blocks_before);
            self.flow.blocks.push(Block::Table(Box::new(grid)));
        }
    }

    /// Puts text in before a table. What begins with the first paragraph of it goes on with the
    /// one that the table cut short.
    fn insert(&mut self, table: &mut OpenTable, mut beside: Flow) {
        beside.end_strikes();
        beside.end_paragraph();
        let mut at = table.start;
        let mut added = beside.text.as_str();
        let mut blocks = beside.blocks;
        if let Some(loose) = &table.loose
            && let Some(block) = self.flow.blocks.get_mut(loose.block)
        {
            at = block.span().end;
            added = added.strip_suffix('\n').unwrap_or(added);
            if blocks.first().is_some_and(|b| b.span().start == 0) {
                let first = blocks.remove(0).span();
                if let Block::Paragraph(span) | Block::Heading { span, .. } = block {
                    span.end += first.end;
                }
            }
        }
        if added.is_empty() {
            return;
        }
        let by = added.len();
        self.flow.text.insert_str(at, added);
        self.work.add(self.flow.text.len().saturating_sub(at) / 16);
        let later = self.flow.blocks.get_mut(table.blocks_before..);
        for block in later.unwrap_or_default() {
            self.work.add(1);
            shift_block(block, by);
        }
        for block in &mut blocks {
            shift_block(block, at);
        }
        // Marks stand in the order of the text.
        let before = |m: &Mark| matches!(m.place, Place::Text(s) if s.start < at);
        let first = self.flow.marks.partition_point(before);
        for mark in self.flow.marks.get_mut(first..).unwrap_or_default() {
            self.work.add(1);
            shift_mark(mark, by);
        }
        let mut marks = beside.marks;
        marks.iter_mut().for_each(|m| shift_mark(m, at));
        self.flow.marks.splice(first..first, marks);
        for cell in &mut table.cells {
            cell.spans.iter_mut().for_each(|s| shift(s, by));
        }
        table.start += by;
        let count = blocks.len();
        let place = table.blocks_before.min(self.flow.blocks.len());
        self.flow.blocks.splice(place..place, blocks);
        table.blocks_before += count;
    }
}

fn shift(span: &mut Span, by: usize) {
    *span = Span::new(span.start + by, span.end + by);
}

fn shift_mark(mark: &mut Mark, by: usize) {
    if let Place::Text(span) = &mut mark.place {
        shift(span, by);
    }
}

fn shift_block(block: &mut Block, by: usize) {
    match block {
        Block::Paragraph(span) | Block::Heading { span, .. } => shift(span, by),
        Block::Table(grid) => {
            shift(&mut grid.span, by);
            for cell in &mut grid.cells {
                cell.spans.iter_mut().for_each(|s| shift(s, by));
            }
        }
    }
}
