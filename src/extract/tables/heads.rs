//! The heads of a table: where they start, and whether they stand where a table has them.

use super::aligned::{Aligned, Label};
use super::context::Context;
use super::words::Words;

/// Bytes of folded text before the first row in which heads are sought.
const REACH: usize = 900;

/// Where a table's heads start in the linear text, before its first row: the form's own words,
/// broken over lines and cells in any way.
pub fn start(cx: &Context<'_>, words: &Words, first: usize) -> usize {
    let text = &cx.folded.text;
    // The first row's ordinal stands before its label: 一、
    let before = text.get(..first).unwrap_or("");
    let mut start = match before.strip_suffix('、') {
        Some(ordinal) => ordinal.trim_end_matches('一').len(),
        None => first,
    };
    // Heads are taken cell by cell: the longest piece of the form's words that ends here.
    while let Some(before) = text.get(..start) {
        let marks = before.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
        let piece = words.ending(marks, 40);
        let single = marks.chars().next_back().map_or(0, char::len_utf8);
        let longest = (piece > single).then(|| marks.len() - piece);
        cx.budget.count(start - longest.unwrap_or(marks.len()) + 1);
        match longest {
            Some(at) => start = at,
            None => break,
        }
    }
    let at = cx.original(start, start + 1).start;
    cx.original(first, first + 1).start.min(at)
}

/// Whether the heads of table 2 stand before its first row: its labels are words of any prose.
pub fn stand_before(cx: &Context<'_>, aligned: &Aligned) -> bool {
    let Some(first) = aligned.labels.first() else {
        return false;
    };
    let before = cx.before(first.hit.start, REACH);
    let heads = &aligned.table.layout.heads;
    heads.iter().any(|h| before.contains(h.as_str()))
        || aligned
            .table
            .blocks
            .iter()
            .flat_map(|b| &b.columns)
            .filter(|c| c.variants.iter().any(|v| before.contains(v.as_str())))
            .count()
            >= 2
}

/// Whether each block's own line stands before its rows and not after them.
pub fn lead(cx: &Context<'_>, aligned: &Aligned) -> bool {
    let text = &cx.folded.text;
    aligned.table.blocks.iter().all(|block| {
        let own = |l: &&Label| std::ptr::eq(l.block, block);
        let labels = &aligned.labels;
        let (Some(first), Some(last)) = (labels.iter().find(own), labels.iter().rfind(own)) else {
            return true;
        };
        let next = labels.iter().find(|l| l.hit.start > last.hit.start);
        let after = next
            .map_or(last.hit.end + 120, |n| n.hit.start)
            .min(text.len());
        let within = text.get(first.hit.end..after).unwrap_or("");
        cx.budget.count(within.len());
        let line = |text: &str| block.variants.iter().any(|v| text.contains(v.as_str()));
        !line(within) || line(cx.before(first.hit.start, 200))
    })
}

/// How many of the columns' heads stand in or shortly before the table.
pub fn near(cx: &Context<'_>, aligned: &Aligned) -> usize {
    let Some((first, last)) = aligned.ends() else {
        return 0;
    };
    let (start, end) = (first.hit.start, last.hit.end);
    let from = start - cx.before(start, REACH).len();
    let mut seen: Vec<usize> = cx
        .hits
        .heads_of(aligned.number)
        .iter()
        .skip_while(|h| h.start < from)
        .take_while(|h| h.start < end)
        .filter(|h| h.end <= start || h.start >= start && h.end <= end)
        .map(|h| h.word)
        .collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len()
}

/// Whether a head stands shortly before the first row that is not the total's, nor of words that
/// are common in prose.
pub fn name_columns(cx: &Context<'_>, aligned: &Aligned) -> bool {
    let (Some(block), Some(first)) = (aligned.table.blocks.first(), aligned.labels.first()) else {
        return false;
    };
    let before = cx.before(first.hit.start, REACH);
    let telling = block.columns.iter().filter(|c| !c.total && !c.common);
    telling
        .flat_map(|c| &c.variants)
        .any(|v| before.contains(v.as_str()))
}
