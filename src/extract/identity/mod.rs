//! Who publishes the report, for which year, and when.
//!
//! A page says it in several places, and not all of them are right: lists of other years' reports
//! stand around it, a sentence may have been left over from last year. So each place votes with a
//! weight, the title most.

mod date;
mod organ;
mod place;
mod title;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::prepared::Prepared;
use crate::document::Block;
use crate::report::{Kind, Level, Script};
use crate::text::is_traditional;

/// Who and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Identity {
    /// The authority, in simplified script, such as 白山市人民政府.
    pub organ: Option<String>,
    /// Its level.
    pub level: Option<Level>,
    /// Its kind.
    pub kind: Option<Kind>,
    /// The year reported on.
    pub year: Option<u16>,
    /// Date of publication.
    pub published: Option<Date>,
    /// Date under the signature.
    pub signed: Option<Date>,
    /// Script of the text.
    pub script: Script,
}

/// A piece of the document that stands by itself, folded.
struct Piece<'a> {
    text: &'a str,
    heading: bool,
}

/// Tells who and when from title, head, body and signature.
pub fn identify(prepared: &Prepared<'_>) -> Identity {
    let document = prepared.document;
    let pieces = pieces(prepared);
    // Every vote looks at each piece once.
    prepared
        .budget
        .count(pieces.iter().map(|p| p.text.len()).sum());
    let titles = title::titles(document, &pieces);
    let signed = date::signed(&pieces);
    let published = date::published(document, &pieces);
    let year = year(&titles, &pieces, signed, published);
    let organ = organ::organ(&titles, &pieces, year);
    let (level, kind) = organ.as_deref().map_or((None, None), organ::level_and_kind);
    let script = if is_traditional(&document.text) {
        Script::Hant
    } else {
        Script::Hans
    };
    Identity {
        organ,
        level,
        kind,
        year,
        published,
        signed,
        script,
    }
}

/// Paragraphs and headings, cells of tables left out; in order.
fn pieces<'a>(prepared: &'a Prepared<'_>) -> Vec<Piece<'a>> {
    let document = prepared.document;
    let folded = prepared.linear();
    let mut out = Vec::new();
    for block in &document.blocks {
        let (span, heading) = match block {
            Block::Heading { span, level } => (*span, *level <= 2),
            Block::Paragraph(span) => (*span, false),
            Block::Table(_) => continue,
        };
        let mut start = span.start;
        for line in span.of(&document.text).split_inclusive('\n') {
            let end = start + line.len();
            let text = folded.text.get(folded.at(start)..folded.at(end));
            let text = text
                .unwrap_or("")
                .trim_matches(['#', '*', '|', '>', '-', '_']);
            if !text.is_empty() {
                out.push(Piece { text, heading });
            }
            start = end;
        }
    }
    out
}

/// The year that most speaks for.
fn year(
    titles: &[title::Title],
    pieces: &[Piece<'_>],
    signed: Option<Date>,
    published: Option<Date>,
) -> Option<u16> {
    let mut votes: BTreeMap<u16, i32> = BTreeMap::new();
    let mut vote = |year: u16, weight: i32| *votes.entry(year).or_default() += weight;
    for title in titles {
        if let Some(year) = title.year {
            vote(year, title.weight);
        }
    }
    for piece in pieces {
        for year in periods(piece.text) {
            vote(year, 40);
        }
        if piece.text.chars().count() < 16 {
            for year in captions(piece.text) {
                vote(year, 25);
            }
        }
    }
    // A report is signed early in the year after.
    if let Some(before) = signed
        .or(published)
        .and_then(|d| u16::try_from(d.year() - 1).ok())
    {
        vote(before, 20);
    }
    // The report's year is the one most spoken of.
    let mut spoken: BTreeMap<u16, i32> = BTreeMap::new();
    for piece in pieces.iter().filter(|p| !p.text.contains("年度报告")) {
        for year in years(piece.text) {
            *spoken.entry(year).or_default() += 1;
        }
    }
    let all: i32 = spoken.values().sum();
    for (year, count) in spoken {
        vote(year, 30 * count / all.max(1));
    }
    votes
        .into_iter()
        .max_by_key(|&(year, weight)| (weight, year))
        .filter(|v| v.1 >= 20)
        .map(|v| v.0)
}

/// Years of a text in which such reports exist, with 年 after them.
fn years(text: &str) -> Vec<u16> {
    text.match_indices('年')
        .filter_map(|(at, _)| year_before(text, at))
        .collect()
}

/// The year in digits or Chinese numerals that ends at `at`.
fn year_before(text: &str, at: usize) -> Option<u16> {
    let before = text.get(..at)?;
    let digits: Vec<char> = before.chars().rev().take(4).collect();
    let longer = before
        .chars()
        .rev()
        .nth(4)
        .is_some_and(|c| c.is_ascii_digit());
    let value = digits
        .iter()
        .rev()
        .map(|c| date::digit(*c))
        .try_fold(0u16, |n, d| Some(n * 10 + u16::from(d?)))?;
    (digits.len() == 4 && !longer && (2003..=2035).contains(&value)).then_some(value)
}

/// The year of a period such as 自2019年1月1日起至2019年12月31日.
fn periods(text: &str) -> Vec<u16> {
    if !text.contains("12月31日") && !text.contains("12月底") {
        return Vec::new();
    }
    let begin = text.match_indices("年1月1日");
    begin.filter_map(|(at, _)| year_before(text, at)).collect()
}

/// The year of a caption such as （2014年度）.
fn captions(text: &str) -> Vec<u16> {
    text.match_indices("年度")
        .filter_map(|(at, _)| year_before(text, at))
        .collect()
}
