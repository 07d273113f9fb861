//! Copies of a text for matching: half width, simplified script, one class of quotes and dashes,
//! no blanks, the statute's words for Taiwan's. Labels are sought in the copy, quotes are cut from
//! the original.
//!
//! ```
//! let text = "本年新收政府資訊公開申請　 １２ 件";
//! let copy = gouji::text::fold(text);
//! assert_eq!(copy.text, "本年新收政府信息公开申请12件");
//! let at = copy.text.find("12").unwrap_or(0);
//! assert_eq!(copy.original(at, at + 2).of(text), "１２");
//! ```

use std::borrow::Cow;

use super::Span;
use super::fold_table::{MORE, ONE};
use super::places::Places;

/// A folded copy with a map back to the text that it was made from.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// The copy.
    pub text: String,
    places: Places,
    /// Characters of traditional script that were changed.
    changed: usize,
}

impl Folded {
    /// The original span of a byte range of the copy; an empty range gives an empty span.
    pub fn original(&self, start: usize, end: usize) -> Span {
        let from = self.place(start).map_or(self.places.end(), |p| p.start);
        if end <= start {
            return Span::new(from, from);
        }
        let to = self.place(end - 1).map_or(self.places.end(), |p| p.end);
        Span::new(from, to.max(from))
    }

    /// Where the character of a byte of the copy stands in the original.
    fn place(&self, byte: usize) -> Option<Span> {
        self.places.of(&self.text, byte)
    }

    /// The first byte of the copy that stands at or after an original offset. Inside a table
    /// whose cells are wrapped the order of the copy is that of the cells; then it is near.
    pub fn at(&self, original: usize) -> usize {
        self.places.at(&self.text, original)
    }

    /// Whether the text that this is the copy of is written in traditional script: a fair share of
    /// its characters have a simplified form of their own.
    pub fn is_traditional(&self, text: &str) -> bool {
        self.changed > 0 && self.changed * 10 > text.chars().filter(|c| is_han(*c)).count()
    }

    /// A copy of pieces of the text, one after the other as given: a label that is wrapped inside
    /// a cell, between lines of other cells, is whole again. `None` where the pieces are all of
    /// the copy in its own order.
    pub fn rearranged(&self, pieces: &[Span]) -> Option<Self> {
        let range = |p: &Span| (self.at(p.start), self.at(p.end));
        let mut end = 0;
        let same = pieces.iter().all(|p| {
            let (from, to) = range(p);
            let follows = from == end || from == to;
            end = end.max(to);
            follows
        });
        if same && end == self.text.len() {
            return None;
        }
        let mut out = Self::default();
        out.text.reserve(self.text.len());
        for (from, to) in pieces.iter().map(range) {
            let Some(part) = self.text.get(from..to) else {
                continue;
            };
            out.places
                .append(&self.places, from, out.text.len(), part.len());
            out.text.push_str(part);
        }
        let watched: Vec<usize> = out
            .text
            .char_indices()
            .filter(|(_, c)| is_watched(*c))
            .map(|(at, _)| at)
            .collect();
        unify_words(&mut out.text, &watched);
        Some(out)
    }
}

/// A copy without any white space, for labels that scrapers broke over cells and lines.
pub fn fold(text: &str) -> Folded {
    let mut out = Folded::default();
    out.text.reserve(text.len());
    let mut watched = Vec::new();
    // Start of the stretch that needs no change, in the original.
    let mut same = 0;
    for (at, c) in text.char_indices() {
        let to = fate(c);
        if to == Fate::Same {
            continue;
        }
        if to == Fate::Watched {
            watched.push(out.text.len() + (at - same));
            continue;
        }
        keep(&mut out, text, same, at);
        let next = at + c.len_utf8();
        same = next;
        let before = out.text.len();
        match to {
            Fate::One(one) => {
                out.changed += usize::from(is_han(c));
                if is_watched(one) {
                    watched.push(before);
                }
                out.text.push(one);
            }
            Fate::More => out.text.push_str(more(c)),
            Fate::Gone | Fate::Same | Fate::Watched => {}
        }
        out.places
            .push(at, next - at, before, out.text.len() - before);
    }
    keep(&mut out, text, same, text.len());
    unify_words(&mut out.text, &watched);
    out
}

/// Takes a stretch over as it is.
fn keep(out: &mut Folded, text: &str, from: usize, to: usize) {
    if let Some(stretch) = text.get(from..to).filter(|s| !s.is_empty()) {
        out.places.keep(from, out.text.len(), stretch.len());
        out.text.push_str(stretch);
    }
}

/// [`fold`] of a short text that nobody asks the places of; one that needs no change is not copied.
pub fn fold_word(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| fate(c) == Fate::Same) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(fold(text).text)
    }
}

/// The first character that one becomes in a copy; `None` for a blank.
pub fn first_of(c: char) -> Option<char> {
    match fate(c) {
        Fate::Same | Fate::Watched => Some(c),
        Fate::One(one) => Some(one),
        Fate::More => more(c).chars().next(),
        Fate::Gone => None,
    }
}

/// The last character that one becomes in a copy; `None` for a blank.
pub(super) fn last_of(c: char) -> Option<char> {
    match fate(c) {
        Fate::More => more(c).chars().next_back(),
        _ => first_of(c),
    }
}

const fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// What becomes of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Same,
    /// It stays, and may belong to one of [`WORDS`].
    Watched,
    Gone,
    One(char),
    /// Several characters, or one beyond the plane of the table: see [`MORE`].
    More,
}

/// Entries of [`TABLE`] that are no character; surrogates are none.
const GONE: u16 = 0xd800;
const SEVERAL: u16 = 0xd801;
const WATCH: u16 = 0xd802;

/// For each character of the basic plane what it becomes, made when the crate is compiled.
static TABLE: [u16; 0x1_0000] = table();

const fn table() -> [u16; 0x1_0000] {
    let mut table = [0u16; 0x1_0000];
    let mut c = 0u16;
    loop {
        table[c as usize] = match char::from_u32(c as u32) {
            Some(c) if is_blank(c) => GONE,
            _ => c,
        };
        if c == u16::MAX {
            break;
        }
        c += 1;
    }
    let mut i = 0;
    while i < ONE.len() {
        table[ONE[i].0 as usize] = ONE[i].1;
        i += 1;
    }
    let mut i = 0;
    while i < MORE.len() {
        if MORE[i].0 < 0x1_0000 {
            table[MORE[i].0 as usize] = SEVERAL;
        }
        i += 1;
    }
    let mut i = 0;
    while i < WATCHED.len() {
        table[WATCHED[i] as usize] = WATCH;
        i += 1;
    }
    table
}

#[inline]
fn fate(c: char) -> Fate {
    let code = c as u32;
    match TABLE.get(code as usize) {
        Some(&to) if u32::from(to) == code => Fate::Same,
        Some(&GONE) => Fate::Gone,
        Some(&WATCH) => Fate::Watched,
        Some(&SEVERAL) => Fate::More,
        Some(&to) => char::from_u32(u32::from(to)).map_or(Fate::Same, Fate::One),
        None if MORE.binary_search_by_key(&code, |m| m.0).is_ok() => Fate::More,
        None => Fate::Same,
    }
}

fn more(c: char) -> &'static str {
    let found = MORE.binary_search_by_key(&(c as u32), |m| m.0).ok();
    found.and_then(|i| MORE.get(i)).map_or("", |m| m.1)
}

/// Nothing to be seen: white space, and characters without width. Those of the basic plane are
/// all there are.
const fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}' | '\u{2061}'..='\u{2064}' | '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}')
}

/// Words that differ between the scripts' regions and stand in statutory labels or titles, each
/// with the statute's word of the same length, so that the map stays true. 档案 is a word of its
/// own on both sides and is changed only inside a statutory label. Last the character by which the
/// word is noticed, and its place in it.
const WORDS: [(&str, &str, char, usize); 12] = [
    ("资讯", "信息", '讯', 3),
    ("网路", "网络", '路', 3),
    ("新闻释出", "新闻发布", '释', 6),
    ("稿件释出", "稿件发布", '释', 6),
    ("发布释出", "发布发布", '释', 6),
    ("线上访谈", "在线访谈", '线', 0),
    ("规范性档案", "规范性文件", '档', 9),
    ("覆议", "复议", '覆', 0),
    ("本列资料", "本列数据", '料', 9),
    ("设定政府", "设置政府", '设', 0),
    ("答覆", "答复", '覆', 3),
    ("反覆", "反复", '覆', 3),
];

/// The characters by which [`WORDS`] are noticed.
const WATCHED: [char; 8] = ['讯', '路', '释', '线', '档', '覆', '料', '设'];

fn is_watched(c: char) -> bool {
    WATCHED.contains(&c)
}

/// Puts the statute's words where Taiwan's stand around the places noticed.
fn unify_words(text: &mut String, watched: &[usize]) {
    for &at in watched {
        let noticed = text.get(at..).and_then(|t| t.chars().next());
        for (theirs, ours, _, place) in WORDS.iter().filter(|w| Some(w.2) == noticed) {
            let Some(start) = at.checked_sub(*place) else {
                continue;
            };
            if text.get(start..).is_some_and(|t| t.starts_with(theirs)) {
                text.replace_range(start..start + theirs.len(), ours);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ferrous_opencc::OpenCC;
    use ferrous_opencc::config::BuiltinConfig;
    use std::fmt::Write as _;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn blanks_go_and_offsets_come_back() {
        let text = "本年新\n  製作　數量| １２";
        let folded = fold(text);
        assert_eq!(folded.text, "本年新制作数量|12");
        let at = folded.text.find("制作").unwrap();
        assert_eq!(folded.original(at, at + 6).of(text), "製作");
        let digits = folded.text.find("12").unwrap();
        assert_eq!(folded.original(digits, digits + 2).of(text), "１２");
    }

    #[test]
    fn taiwan_words_become_the_statutes() {
        assert_eq!(fold("政府資訊公開").text, "政府信息公开");
        assert_eq!(fold("規範性檔案").text, "规范性文件");
        assert_eq!(fold("檔案館").text, "档案馆");
        assert_eq!(fold("國家祕密 行政覆議").text, "国家秘密行政复议");
        assert_eq!(fold("答覆議").text, "答复议");
    }

    #[test]
    fn a_watched_character_is_where_its_word_says() {
        for (theirs, ours, watched, place) in WORDS {
            assert_eq!(theirs.len(), ours.len());
            assert!(theirs.get(place..).is_some_and(|t| t.starts_with(watched)));
            assert!(is_watched(watched));
            assert_eq!(fold(theirs).text, ours);
        }
    }

    #[test]
    fn script_is_told() {
        let traditional = |text: &str| fold(text).is_traditional(text);
        assert!(traditional("一、本年新收政府信息公开申請數量"));
        assert!(!traditional("一、本年新收政府信息公开申请数量"));
    }

    #[test]
    fn pieces_are_taken_in_their_order() {
        let text = "涉及国家 | 12 |\n秘密 |  |\n";
        let place = |s: &str| {
            let at = text.find(s).unwrap();
            Span::new(at, at + s.len())
        };
        let folded = fold(text);
        let cells = folded
            .rearranged(&[place("涉及国家"), place("秘密"), place("12")])
            .unwrap();
        assert_eq!(cells.text, "涉及国家秘密12");
        assert_eq!(cells.original(12, 18), place("秘密"));
        assert_eq!(cells.original(18, 20), place("12"));
        let plain = fold("甲 乙\n丙");
        assert!(
            plain
                .rearranged(&[Span::new(0, 7), Span::new(8, 11)])
                .is_none()
        );
    }

    /// What the table says, worked out from the libraries' data.
    struct Libraries {
        converter: OpenCC,
    }

    impl Libraries {
        fn new() -> Self {
            Self {
                converter: OpenCC::from_config(BuiltinConfig::T2s).unwrap(),
            }
        }

        fn fold(&self, c: char) -> String {
            if c.is_ascii() {
                return if c == '\'' { '"' } else { c }.to_string();
            }
            std::iter::once(c)
                .nfkc()
                .filter(|c| !is_blank(*c))
                .map(|c| self.one(c))
                .collect()
        }

        /// Single characters only: 製度 and 體係 are errors of a reverse conversion, and are
        /// mended by mapping every character.
        fn one(&self, c: char) -> char {
            match c {
                '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '《' | '》' | '〈' | '〉'
                | '＂' | '﹁' | '﹂' => '"',
                '—' | '–' | '―' | '‐' | '‑' | '−' | '﹣' | '﹘' | 'ー' => '-',
                '〔' | '［' | '【' => '[',
                '〕' | '］' | '】' => ']',
                '○' | '〇' | '◯' => '〇',
                '·' | '•' | '‧' => '·',
                '\u{4e00}'..='\u{9fff}' => {
                    let converted: Vec<char> =
                        self.converter.convert(&c.to_string()).chars().collect();
                    match converted.as_slice() {
                        [one] => *one,
                        _ => c,
                    }
                }
                _ => c,
            }
        }
    }

    /// The committed table is what the libraries say; to make it anew after an update of theirs,
    /// run this test with `GOUJI_REGENERATE=1` and read the difference.
    #[test]
    fn the_table_is_the_libraries_own() {
        let libraries = Libraries::new();
        let mut one = String::new();
        let mut more = String::new();
        let (mut ones, mut mores) = (0, 0);
        for c in ('\0'..=char::MAX).filter(|c| !is_blank(*c)) {
            let to = libraries.fold(c);
            if to.chars().eq([c]) {
                continue;
            }
            let code = c as u32;
            let mut chars = to.chars();
            match (
                u16::try_from(code),
                chars.next().map(|c| u16::try_from(c as u32)),
                chars.next(),
            ) {
                (Ok(code), Some(Ok(to)), None) => {
                    let end = if ones % 6 == 5 { "\n" } else { " " };
                    write!(one, "(0x{code:x}, 0x{to:x}),{end}").unwrap();
                    ones += 1;
                }
                _ => {
                    let end = if mores % 4 == 3 { "\n" } else { " " };
                    let escaped: String = to
                        .chars()
                        .map(|c| format!("\\u{{{:x}}}", c as u32))
                        .collect();
                    write!(more, "(0x{code:x}, \"{escaped}\"),{end}").unwrap();
                    mores += 1;
                }
            }
        }
        let made = format!(
            "//! What characters become in a folded copy. Made from the data of ferrous-opencc and\n\
             //! unicode-normalization by a test in `fold.rs`, which also holds it against them: `０`\n\
             //! (0xff10) becomes `0` (0x30).\n\n\
             /// One character for one.\n#[rustfmt::skip]\n\
             pub(super) static ONE: [(u16, u16); {ones}] = [\n{}\n];\n\n\
             /// Several for one, and those beyond the basic plane; by code.\n#[rustfmt::skip]\n\
             pub(super) static MORE: [(u32, &str); {mores}] = [\n{}\n];\n",
            one.trim_end(),
            more.trim_end()
        );
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/text/fold_table.rs");
        if std::env::var_os("GOUJI_REGENERATE").is_some() {
            std::fs::write(path, &made).unwrap();
        }
        assert!(
            made == std::fs::read_to_string(path).unwrap(),
            "run with GOUJI_REGENERATE=1"
        );
    }

    /// Every place of a copy leads to the character that it was made from.
    #[test]
    fn places_are_those_of_each_character() {
        let text = "一、“總數”１２　件㎡a\u{1d7d9}\n  ﬁ㈠·製 (b)资讯";
        let copy = fold(text);
        let mut at = 0;
        for (start, c) in text.char_indices() {
            let folded = fold(&text[start..start + c.len_utf8()]).text;
            assert_eq!(copy.at(start), at, "{c}");
            for (i, f) in folded.char_indices() {
                let own = copy.original(at + i, at + i + f.len_utf8());
                assert_eq!(own, Span::new(start, start + c.len_utf8()), "{c}");
            }
            at += folded.len();
        }
        assert_eq!(at, copy.text.len());
        assert_eq!(copy.at(text.len()), copy.text.len());
    }
}
