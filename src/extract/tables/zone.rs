//! The text between one row's label and the next: its figures, in order.

use super::words::Words;
use crate::extract::budget::Budget;
use crate::text::{Span, Token, Unit, first_of, fold_word, parse_cell};

/// Longer than that, a line with dashes around a number is no page number.
const PAGE_NUMBER: usize = 400;
/// Longer than that, notes behind a figure are no longer taken for one with it.
const NOTES: usize = 600;

/// A printed token of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    /// What it says.
    pub token: Token,
    /// Where it stands.
    pub span: Span,
}

/// What stands between two labels.
#[derive(Debug, Clone, Default)]
pub struct Zone {
    /// Figures and marks of empty cells, in order.
    pub tokens: Vec<Printed>,
    /// Cells of text that is neither a figure nor part of the form's own words.
    pub texts: Vec<Printed>,
    /// Pieces of running text: a table has none between its labels, prose has.
    pub foreign: usize,
}

/// Reads a zone of the linear text. `words` are the form's own: heads
/// that are repeated after a page break and the rest of a wrapped label are no cells. With `stop`
/// the zone ends where running text begins.
pub fn read(text: &str, span: Span, words: &Words, stop: bool, budget: &Budget) -> Zone {
    let mut zone = Zone::default();
    let content = span.of(text);
    budget.count(content.len());
    let mut at = span.start;
    for line in content.split_inclusive(['\n', '\r', '\u{c}']) {
        if stop && zone.foreign > 0 {
            break;
        }
        // What follows a label on its line is the row's own: `规章 0 / 3` names no page.
        let whole = at > span.start || starts_line(text, at);
        if !(is_rule(line) || whole && is_page_number(line, text, at)) {
            let mut cell_at = at;
            for cell in line.split_inclusive(is_cell_border) {
                if stop && zone.foreign > 0 {
                    break;
                }
                read_cell(
                    text,
                    trimmed(text, cell_at, cell_at + cell.len()),
                    words,
                    stop,
                    &mut zone,
                    budget,
                );
                cell_at += cell.len();
            }
        }
        at += line.len();
    }
    zone
}

fn starts_line(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("");
    before.is_empty() || before.ends_with(['\n', '\r', '\u{c}'])
}

/// Whether a character can only stand between cells.
pub fn is_cell_border(c: char) -> bool {
    matches!(
        c,
        '|' | '｜' | '\t' | '\n' | '\r' | '\u{c}' | '\u{2500}'..='\u{257f}'
    )
}

fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let border =
        |c: char| is_cell_border(c) || c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}');
    let piece = Span::new(start, end).of(text);
    let left = piece.len() - piece.trim_start_matches(border).len();
    let right = piece.trim_end_matches(border).len();
    if right <= left {
        Span::new(start, start)
    } else {
        Span::new(start + left, start + right)
    }
}

/// A line drawn between rows: `|---+---|`, `=====  =====`, `|-`.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let drawn = line
        .chars()
        .all(|c| matches!(c, '-' | '=' | '+' | '|' | ':' | ' ' | '\t'));
    let long = || line.contains("-----") || line.contains("=====");
    drawn && (long() || line == "|-" || line.contains("---") && line.contains(['|', '+']))
}

/// `- 2 -`, `第 2 页`, `2 / 5`, and a bare number beside a page break.
fn is_page_number(line: &str, text: &str, at: usize) -> bool {
    let first = line.chars().find_map(first_of);
    if !first.is_some_and(|c| matches!(c, '-' | '第') || c.is_ascii_digit()) {
        return false;
    }
    let folded = fold_word(beginning(line));
    let number = |s: &str| !s.is_empty() && s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit());
    if let Some(inner) = folded.strip_prefix('-').and_then(|s| s.strip_suffix('-')) {
        return number(inner.trim_matches('-'));
    }
    if let Some(inner) = folded.strip_prefix('第').and_then(|s| s.split('页').next()) {
        return number(inner);
    }
    if folded
        .split_once('/')
        .is_some_and(|(page, pages)| number(page) && number(pages) && page != "0")
    {
        return true;
    }
    number(&folded)
        && (line.ends_with('\u{c}')
            || text.get(at + line.len()..).is_some_and(|rest| {
                rest.trim_start_matches(['\n', '\r', ' '])
                    .starts_with('\u{c}')
            }))
}

/// As much of a line as a page number may take.
fn beginning(line: &str) -> &str {
    let mut end = line.len().min(PAGE_NUMBER);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    line.get(..end).unwrap_or(line)
}

/// A cell between borders: one figure, or in text laid out with blanks several.
fn read_cell(text: &str, span: Span, words: &Words, stop: bool, zone: &mut Zone, budget: &Budget) {
    if span.is_empty() {
        return;
    }
    let cell = span.of(text);
    let token = parse_cell(cell);
    if token != Token::Text {
        zone.tokens.push(Printed { token, span });
        return;
    }
    let mut runs = runs(text, span).into_iter().peekable();
    let mut text_span: Option<Span> = None;
    while let Some(mut run) = runs.next() {
        // 减 19, 12 万元, 22 （其中修订 16 件）: one figure set with blanks.
        let mut token = if run == span {
            Token::Text
        } else {
            parse_cell(run.of(text))
        };
        while let Some(next) = runs.peek() {
            let joined = run.join(*next);
            let belongs = is_sign(run.of(text)) || is_tail(next.of(text)) || is_open(run.of(text));
            budget.count(joined.len());
            if !belongs || joined.len() > NOTES || joined.of(text).contains(['\n', '|', '\t']) {
                break;
            }
            match parse_cell(joined.of(text)) {
                Token::Text if !is_open(joined.of(text)) => break,
                t => token = t,
            }
            run = joined;
            runs.next();
        }
        if token != Token::Text {
            zone.tokens.push(Printed { token, span: run });
            continue;
        }
        let folded = fold_word(run.of(text));
        if let Some(cells) = separated(text, run, words) {
            zone.tokens.extend(cells);
            continue;
        }
        if let Some(printed) = after_unit(text, run) {
            zone.tokens.push(printed);
            continue;
        }
        if words.makes(&folded) {
            continue;
        }
        text_span = Some(text_span.map_or(run, |s| s.join(run)));
        if stop {
            break;
        }
    }
    if let Some(span) = text_span {
        let long =
            span.of(text).chars().count() > 24 || span.of(text).contains(['。', '；', '，', ',']);
        zone.foreign += 1;
        if !long && span.of(text).chars().any(char::is_alphabetic) {
            zone.texts.push(Printed {
                token: Token::Text,
                span,
            });
        }
    }
}

/// Cells with commas between, as in `0,0,140`; a figure with thousands separators is none.
fn separated(text: &str, run: Span, words: &Words) -> Option<Vec<Printed>> {
    if !run.of(text).contains(',') {
        return None;
    }
    let mut at = run.start;
    let mut out = Vec::new();
    for cell in run.of(text).split(',') {
        let span = Span::new(at, at + cell.len());
        at += cell.len() + 1;
        match parse_cell(cell) {
            Token::Text if words.has(&fold_word(cell)) => {}
            Token::Text => return None,
            token => out.push(Printed { token, span }),
        }
    }
    (out.iter().any(|p| matches!(p.token, Token::Number { .. }))).then(|| {
        // What stands before the first comma belongs to the label.
        if out.first().is_some_and(|p| p.span.is_empty()) {
            out.remove(0);
        }
        out
    })
}

/// A figure with its unit set before it, as a list prints them without a blank: 条49272.
fn after_unit(text: &str, run: Span) -> Option<Printed> {
    let unit = Unit::opens(run.of(text), |u| u.leads)?;
    let span = Span::new(run.start + unit.name.len(), run.end);
    let token = parse_cell(span.of(text));
    matches!(token, Token::Number { .. }).then_some(Printed { token, span })
}

/// The runs between blanks.
fn runs(text: &str, span: Span) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = None;
    for (i, c) in span.of(text).char_indices() {
        let at = span.start + i;
        if c.is_whitespace() || is_cell_border(c) {
            if let Some(s) = start.take() {
                out.push(Span::new(s, at));
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    out.extend(start.map(|s| Span::new(s, span.end)));
    out
}

fn is_sign(s: &str) -> bool {
    matches!(s, "增" | "减" | "增加" | "减少" | "新增" | "+" | "↑" | "↓")
}

/// A unit or a note that belongs to the figure before it.
fn is_tail(s: &str) -> bool {
    s.starts_with(['（', '(']) || Unit::is(s, |u| u.trails)
}

fn is_open(s: &str) -> bool {
    let (open, close) = (
        s.matches(['（', '(']).count(),
        s.matches(['）', ')']).count(),
    );
    open > close && s.len() < 120 && s.starts_with(|c: char| c.is_ascii_digit())
}

/// The digits of a row whose cells run together, each with its place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Digits {
    /// ASCII digits, and a point or sign where one is printed.
    pub text: String,
    /// For each character of `text`, its span in the linear text.
    pub places: Vec<Span>,
    /// What follows the digits directly, such as 元.
    pub tail: String,
    /// Where the rest of the zone starts: after the digits, and after a page number below them.
    pub end: usize,
    /// The digits are not all of the row: a sign or further figures follow, or the table drops
    /// empty cells. Nothing can be said of its cells.
    pub broken: bool,
}

/// The digits at the start of a zone, blanks between them left out: there they are no separators.
/// A row of one cell has one figure, so what a blank sets apart from it is not its own; a number
/// on the next line may be its rest or not, and then nothing can be said.
pub fn digits(text: &str, span: Span, width: usize, budget: &Budget) -> Digits {
    let mut out = Digits {
        end: span.start,
        ..Digits::default()
    };
    for (i, c) in span.of(text).char_indices() {
        let place = Span::new(span.start + i, span.start + i + c.len_utf8());
        let digit = match c {
            '0'..='9' | '.' => c,
            '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
            // Directly after a digit: what the blanks set apart.
            c if c.is_whitespace() && !out.text.is_empty() && out.end == place.start => {
                match apart(text, Span::new(place.start, span.end), budget) {
                    Apart::PageNumber(end) => {
                        out.end = end;
                        break;
                    }
                    Apart::Number { alone } if width == 1 => {
                        out.broken = alone;
                        break;
                    }
                    Apart::Number { .. } | Apart::Other => continue,
                }
            }
            c if c.is_whitespace() => continue,
            _ => {
                out.tail = text
                    .get(place.start..span.end)
                    .unwrap_or("")
                    .chars()
                    .take(2)
                    .collect();
                break;
            }
        };
        out.text.push(digit);
        out.places.push(place);
        out.end = place.end;
    }
    out
}

/// What follows blanks after a digit.
enum Apart {
    /// A page number on a line of its own, with its end.
    PageNumber(usize),
    /// Further digits; whether they may be the rest of the figure or another one: on its line, or
    /// all of the next.
    Number { alone: bool },
    /// Something else, or nothing.
    Other,
}

fn apart(text: &str, span: Span, budget: &Budget) -> Apart {
    let content = span.of(text);
    let rest = content.trim_start();
    let at = span.end - rest.len();
    let breaks = Span::new(span.start, at)
        .of(text)
        .contains(['\n', '\r', '\u{c}']);
    budget.count(at - span.start);
    let digit = |c: char| c.is_ascii_digit();
    let folded = fold_word(beginning(
        rest.split(['\n', '\r', '\u{c}']).next().unwrap_or(""),
    ));
    budget.count(folded.len());
    if breaks {
        let end = rest
            .find(['\n', '\r', '\u{c}'])
            .map_or(rest.len(), |i| i + 1);
        let line = rest.get(..end).unwrap_or(rest);
        if is_page_number(line, text, at) {
            return Apart::PageNumber(at + line.len());
        }
    }
    if folded.starts_with(digit) {
        let alone = !breaks || folded.chars().all(digit);
        Apart::Number { alone }
    } else {
        Apart::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table3() -> &'static Words {
        let forms = crate::form::tests::forms();
        super::super::words::of(
            forms,
            forms.table(crate::report::FormId::FMT_2021, "t3").unwrap(),
        )
    }

    fn values(text: &str) -> Vec<String> {
        let zone = read(
            text,
            Span::new(0, text.len()),
            table3(),
            false,
            &Budget::new(0),
        );
        zone.tokens
            .iter()
            .map(|p| match &p.token {
                Token::Number { value, .. } => value.to_string(),
                Token::Blank => "_".to_owned(),
                Token::NotApplicable => "/".to_owned(),
                Token::Text => "?".to_owned(),
            })
            .collect()
    }

    #[test]
    fn figures_in_every_layout() {
        assert_eq!(values(" | 253 | +23 | 92846 |\n"), ["253", "23", "92846"]);
        assert_eq!(values("\n\t24 \n\t0\n\t24\n"), ["24", "0", "24"]);
        assert_eq!(
            values(" 3906                 减 19                  27288\n"),
            ["3906", "-19", "27288"]
        );
        assert_eq!(values("  1144    609359.37 万元\n"), ["1144", "609359.37"]);
        assert_eq!(values(" 22 （其中修订 16 件） 3 55\n"), ["22", "3", "55"]);
        assert_eq!(values(" — — / 0\n"), ["_", "_", "/", "0"]);
    }

    #[test]
    fn page_numbers_and_wrapped_labels_are_no_cells() {
        assert_eq!(
            values(" 5 0\n一情形，不计其他情形）\n- 2 -\n 0 1"),
            ["5", "0", "0", "1"]
        );
        assert_eq!(values("5 0\n   -12-   \n\u{c} 1"), ["5", "0", "1"]);
    }

    #[test]
    fn prose_is_told() {
        let text = "347件，占总数的62.98%；\n";
        let zone = read(
            text,
            Span::new(0, text.len()),
            table3(),
            false,
            &Budget::new(0),
        );
        assert!(zone.tokens.is_empty());
        assert_eq!(zone.foreign, 1);
    }

    #[test]
    fn glued_digits_keep_their_places() {
        let text = "230 000023二、上年";
        let d = digits(text, Span::new(0, text.len()), 7, &Budget::new(0));
        assert_eq!(d.text, "230000023");
        assert_eq!(d.places[3], Span::new(4, 5));
    }
}
