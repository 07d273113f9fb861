//! Pieces of a document that stand by themselves: a title, the line `发布日期：2023-01-20`, a paragraph.

use crate::document::Block;
use crate::extract::prepared::Prepared;

/// A line of a paragraph or heading, folded, with what the one scan found in it.
pub struct Piece<'a> {
    /// The line without marks of a markup language around it.
    pub text: &'a str,
    /// It is a heading of the document.
    pub heading: bool,
    /// It speaks of what such reports are about.
    pub about: bool,
    /// It holds the sign of a year.
    pub dated: bool,
    /// It holds words that stand before a date of publication.
    pub published: bool,
}

/// Paragraphs and headings, cells of tables left out; in order.
pub fn pieces<'a>(prepared: &'a Prepared<'_>) -> Vec<Piece<'a>> {
    let document = prepared.document;
    let folded = prepared.linear();
    let hits = prepared.hits();
    let mut out = Vec::new();
    for block in &document.blocks {
        let (span, heading) = match block {
            Block::Heading { span, level } => (*span, *level <= 2),
            Block::Paragraph(span) => (*span, false),
            Block::Table(_) => continue,
        };
        let mut start = span.start;
        let mut from = folded.at(start);
        for line in span.of(&document.text).split_inclusive('\n') {
            start += line.len();
            let to = folded.at(start);
            let text = folded.text.get(from..to).unwrap_or("");
            let text = text.trim_matches(['#', '*', '|', '>', '-', '_']);
            let has = |places: &[usize]| {
                let next = places.partition_point(|&p| p < from);
                places.get(next).is_some_and(|&p| p < to)
            };
            if !text.is_empty() {
                out.push(Piece {
                    text,
                    heading,
                    about: has(&hits.subjects),
                    dated: has(&hits.years),
                    published: has(&hits.published),
                });
            }
            from = to;
        }
    }
    out
}
