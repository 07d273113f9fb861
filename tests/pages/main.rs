//! Pages held against a browser's parser: html5ever builds the tree, a plain walk over it writes
//! text and tables, and our one pass over the tokens must say the same; of the sample's pages, of
//! the corpus, of tricky ones, and of thousands of pages broken at random.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod broken;
mod tree;

use std::path::{Path, PathBuf};

use gouji::document::{Block, Document};
use gouji::source::{Cause, Limits, read};

/// A table as it is laid out: row, column, rows, columns and text of each cell.
type Cells = Vec<(usize, usize, usize, usize, String)>;

/// A piece of a page: a heading's or paragraph's level and text, or a table.
#[derive(Debug, PartialEq)]
enum Piece {
    Words(u8, String),
    Table(Cells),
}

fn pieces(text: &str, blocks: &[Block]) -> Vec<Piece> {
    let piece = |block: &Block| match block {
        Block::Heading { span, level } => Piece::Words(*level, span.of(text).to_owned()),
        Block::Paragraph(span) => Piece::Words(0, span.of(text).to_owned()),
        Block::Table(grid) => {
            let cells = grid.cells.iter();
            let cell = cells.map(|c| (c.row, c.column, c.row_span, c.column_span, c.text(text)));
            Piece::Table(cell.collect())
        }
    };
    blocks.iter().map(piece).collect()
}

/// What our reader says of a page; nothing for one that is refused as empty.
fn ours(html: &str) -> (String, Vec<Piece>) {
    match read(html, &Limits::default()) {
        Ok(mut parts) => {
            let Document { text, blocks, .. } = parts.remove(0).document;
            let pieces = pieces(&text, &blocks);
            (text, pieces)
        }
        Err(Cause::Empty) => (String::new(), Vec::new()),
        Err(other) => panic!("{other:?} for {html}"),
    }
}

fn theirs(html: &str) -> (String, Vec<Piece>) {
    let (text, blocks, _) = tree::walk(html);
    if text.trim().is_empty() {
        return (String::new(), Vec::new());
    }
    let pieces = pieces(&text, &blocks);
    (text, pieces)
}

/// The pages of the sample and of the corpus, decoded.
fn pages() -> Vec<(String, String)> {
    let mut pages: Vec<(String, String)> = gouji::sample::files()
        .iter()
        .filter(|(name, _)| name.ends_with(".html"))
        .map(|(name, bytes)| ((*name).to_owned(), decoded(bytes)))
        .collect();
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let corpus = std::env::var_os("GOUJI_CORPUS").map_or(beside, PathBuf::from);
    if !corpus.join("truth").is_dir() {
        eprintln!("the corpus is skipped: none at {}", corpus.display());
    }
    for folder in ["", "generated/files", "cases/files"] {
        let listed = std::fs::read_dir(corpus.join(folder)).into_iter().flatten();
        let mut paths: Vec<PathBuf> = listed.filter_map(|e| Some(e.ok()?.path())).collect();
        paths.sort();
        for path in paths {
            if path.extension().is_some_and(|e| e == "html") {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                pages.push((name, decoded(&std::fs::read(&path).unwrap())));
            }
        }
    }
    pages.retain(|(_, html)| html.contains('<'));
    pages
}

/// All pages of the sample and the corpus are in one of these.
fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => encoding_rs::GB18030.decode(bytes).0.into_owned(),
    }
}

#[test]
fn pages_are_read_as_a_browser_builds_them() {
    let mut tables = 0;
    for (name, html) in pages() {
        let (text, pieces) = ours(&html);
        assert_eq!(
            (&text, &pieces),
            (&theirs(&html).0, &theirs(&html).1),
            "{name}"
        );
        tables += pieces
            .iter()
            .filter(|p| matches!(p, Piece::Table(_)))
            .count();
    }
    assert!(tables >= 6, "the sample's pages alone have six tables");
}

#[test]
fn tricky_pages_are_read_so_too() {
    for body in broken::TRICKY {
        for doctype in ["<!DOCTYPE html>", ""] {
            let html = format!("{doctype}<html><body>{body}</body></html>");
            assert_eq!(ours(&html), theirs(&html), "{html}");
        }
    }
}

/// Pages broken at random: tags lost, doubled, moved, unclosed, the page cut. Of one kind some are
/// read differently: a table whose end was forgotten ends where the next one begins, in a cell of
/// it; text astray in that next one then goes behind the cell, where the tree has it in the cell.
#[test]
fn broken_pages_are_read_as_a_browser_mends_them() {
    let seeds = std::env::var("GOUJI_MUTANTS")
        .ok()
        .and_then(|n| n.parse().ok());
    let seeds: u64 = seeds.unwrap_or(12);
    let (mut all, mut different) = (0usize, Vec::new());
    for (name, html) in pages() {
        for seed in 0..seeds {
            let mutant = broken::broken(&html, seed);
            all += 1;
            let (ours, theirs) = (ours(&mutant), theirs(&mutant));
            if ours != theirs {
                if let Some(folder) = std::env::var_os("GOUJI_DIFFERENT") {
                    let path = Path::new(&folder).join(format!("{seed}-{name}"));
                    std::fs::write(&path, &mutant).unwrap();
                    std::fs::write(path.with_extension("ours"), format!("{ours:#?}")).unwrap();
                    std::fs::write(path.with_extension("theirs"), format!("{theirs:#?}")).unwrap();
                }
                assert!(tree::walk(&mutant).2, "{name} {seed}: {ours:?} {theirs:?}");
                different.push(format!("{name} {seed}"));
            }
        }
    }
    eprintln!(
        "{} of {all} broken pages are read differently: {different:?}",
        different.len()
    );
    assert!(different.len() * 100 <= all, "{different:?}");
}

/// Tags in no order at all, as nobody writes them: still a browser's reading nearly always.
#[test]
fn soup_is_read_as_a_browser_reads_it() {
    let seeds = std::env::var("GOUJI_MUTANTS")
        .ok()
        .and_then(|n| n.parse().ok());
    let seeds: u64 = seeds.map_or(4000, |n: u64| n * 100);
    let mut different = Vec::new();
    for seed in 0..seeds {
        let page = broken::soup(seed);
        let (ours, theirs) = (ours(&page), theirs(&page));
        if ours != theirs {
            different.push((page, ours, theirs));
        }
    }
    different.sort_by_key(|(page, ..)| page.len());
    for (page, ours, theirs) in different.iter().take(12) {
        eprintln!("{page:?}\n  ours   {ours:?}\n  theirs {theirs:?}");
    }
    eprintln!("{} of {seeds} soups are read differently", different.len());
    assert!(different.len() as u64 * 100 <= seeds);
}
