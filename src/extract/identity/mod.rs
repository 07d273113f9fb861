//! Who publishes the report, for which year, and when.
//!
//! A page says it in several places, and not all of them are right: lists of other years' reports
//! stand around it, a sentence may have been left over from last year. So each place votes with a
//! weight, the title most.

mod date;
mod organ;
pub mod phrases;
mod piece;
mod place;
mod title;
mod years;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::prepared::Prepared;
use crate::report::{Kind, Level, Script};
use piece::Piece;
use years::{captions, periods, years};

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

/// Tells who and when from title, head, body and signature.
pub fn identify(prepared: &Prepared<'_>) -> Identity {
    let document = prepared.document;
    let pieces = piece::pieces(prepared);
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
    let script = if prepared.linear().is_traditional(&document.text) {
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
    for piece in pieces.iter().filter(|p| p.dated) {
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
    for piece in pieces
        .iter()
        .filter(|p| p.dated && !p.text.contains("年度报告"))
    {
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
