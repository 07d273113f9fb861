//! Copies of a text for matching: half width, simplified script, one class of quotes and dashes,
//! blanks left out. Labels are sought in the copy, quotes are cut from the original.

use std::sync::OnceLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use unicode_normalization::UnicodeNormalization;

use super::Span;

/// A converted copy with a map back to the text that it was made from.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// The copy.
    pub text: String,
    /// For each byte of the copy, where its character starts in the original.
    starts: Vec<u32>,
    /// For each byte of the copy, where its character ends in the original.
    ends: Vec<u32>,
}

impl Folded {
    /// The original span of a byte range of the copy; an empty range gives an empty span.
    pub fn original(&self, start: usize, end: usize) -> Span {
        let from = self
            .starts
            .get(start)
            .or(self.ends.last())
            .copied()
            .unwrap_or(0) as usize;
        if end <= start {
            return Span::new(from, from);
        }
        let to = self
            .ends
            .get(end - 1)
            .or(self.ends.last())
            .copied()
            .unwrap_or(0) as usize;
        Span::new(from, to.max(from))
    }

    /// The first byte of the copy that stands at or after an original offset. Inside a table
    /// whose cells are wrapped the order of the copy is that of the cells; then it is near.
    pub fn at(&self, original: usize) -> usize {
        let at = self.starts.partition_point(|&s| (s as usize) < original);
        (at..=self.text.len())
            .find(|&i| self.text.is_char_boundary(i))
            .unwrap_or(self.text.len())
    }
}

/// A copy without any white space, for labels that scrapers broke over cells and lines.
pub fn fold(text: &str) -> Folded {
    convert(text, 0, false)
}

/// A copy of pieces of a text, one after the other as given: a label that is wrapped inside a
/// cell, between lines of other cells, is whole again.
pub fn fold_pieces(text: &str, pieces: &[Span]) -> Folded {
    let mut out = Folded::default();
    for piece in pieces {
        let folded = convert(piece.of(text), piece.start, false);
        out.text.push_str(&folded.text);
        out.starts.extend(folded.starts);
        out.ends.extend(folded.ends);
    }
    out.unify_words();
    out
}

/// A copy in which each run of white space is one blank, or one line feed where it holds one.
pub fn fold_keeping_blanks(text: &str) -> Folded {
    convert(text, 0, true)
}

fn convert(text: &str, base: usize, keep_blanks: bool) -> Folded {
    let mut out = Folded::default();
    out.text.reserve(text.len());
    let table = simplified();
    for (at, c) in text.char_indices() {
        let (start, end) = (base + at, base + at + c.len_utf8());
        if is_blank(c) {
            if keep_blanks {
                let line = matches!(c, '\n' | '\r' | '\u{c}' | '\u{2028}' | '\u{2029}');
                match out.text.chars().next_back() {
                    Some('\n') => {}
                    Some(' ') if !line => {}
                    Some(' ') => {
                        out.text.pop();
                        out.text.push('\n');
                    }
                    _ => out.push(if line { '\n' } else { ' ' }, start, end),
                }
            }
            continue;
        }
        if c.is_ascii() {
            out.push(if c == '\'' { '"' } else { c }, start, end);
        } else {
            for folded in std::iter::once(c).nfkc() {
                if !is_blank(folded) {
                    out.push(fold_char(folded, table), start, end);
                }
            }
        }
    }
    out.unify_words();
    out
}

impl Folded {
    fn push(&mut self, c: char, start: usize, end: usize) {
        self.text.push(c);
        for _ in 0..c.len_utf8() {
            self.starts.push(u32::try_from(start).unwrap_or(u32::MAX));
            self.ends.push(u32::try_from(end).unwrap_or(u32::MAX));
        }
    }

    /// Taiwan's words for the mainland's, where both have the same length in bytes, so that the
    /// map stays true.
    fn unify_words(&mut self) {
        if !self
            .text
            .contains(['讯', '档', '网', '释', '线', '覆', '资', '设'])
        {
            return;
        }
        for (theirs, ours) in WORDS {
            debug_assert_eq!(theirs.len(), ours.len());
            if self.text.contains(theirs) {
                self.text = self.text.replace(theirs, ours);
            }
        }
    }
}

/// Words that differ between the scripts' regions and stand in statutory labels or titles.
/// 档案 is a word of its own on both sides and is changed only inside a statutory label.
const WORDS: [(&str, &str); 12] = [
    ("资讯", "信息"),
    ("网路", "网络"),
    ("新闻释出", "新闻发布"),
    ("稿件释出", "稿件发布"),
    ("发布释出", "发布发布"),
    ("线上访谈", "在线访谈"),
    ("规范性档案", "规范性文件"),
    ("覆议", "复议"),
    ("本列资料", "本列数据"),
    ("设定政府", "设置政府"),
    ("答覆", "答复"),
    ("反覆", "反复"),
];

fn fold_char(c: char, table: &[char]) -> char {
    match c {
        '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '《' | '》' | '〈' | '〉' | '＂'
        | '﹁' | '﹂' => '"',
        '—' | '–' | '―' | '‐' | '‑' | '−' | '﹣' | '﹘' | 'ー' => '-',
        '〔' | '［' | '【' => '[',
        '〕' | '］' | '】' => ']',
        '○' | '〇' | '◯' => '〇',
        '·' | '•' | '‧' => '·',
        '\u{4e00}'..='\u{9fff}' => table.get(c as usize - 0x4e00).copied().unwrap_or(c),
        _ => c,
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}' | '\u{2061}'..='\u{2064}' | '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}')
}

/// Whether a text is written in traditional script: a fair share of its characters have a
/// simplified form of their own, and few occur that only simplified script has.
pub fn is_traditional(text: &str) -> bool {
    let table = simplified();
    let (mut han, mut changed) = (0usize, 0usize);
    for c in text
        .chars()
        .filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c))
    {
        han += 1;
        changed += usize::from(fold_char(c, table) != c);
    }
    han > 0 && changed * 10 > han
}

/// One simplified character for each of U+4E00 to U+9FFF. Single characters only: 製度 and 體係
/// are errors of a reverse conversion, and are mended by mapping every character.
fn simplified() -> &'static [char] {
    static TABLE: OnceLock<Vec<char>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let converter = OpenCC::from_config(BuiltinConfig::T2s).ok();
        ('\u{4e00}'..='\u{9fff}')
            .map(|c| {
                let converted = converter.as_ref().map(|o| o.convert(&c.to_string()));
                match converted
                    .as_deref()
                    .map(|s| s.chars().collect::<Vec<_>>())
                    .as_deref()
                {
                    Some([one]) => *one,
                    _ => c,
                }
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
    }

    #[test]
    fn script_is_told() {
        assert!(is_traditional("一、本年新收政府信息公開申請數量"));
        assert!(!is_traditional("一、本年新收政府信息公开申请数量"));
    }

    #[test]
    fn blanks_may_stay() {
        assert_eq!(fold_keeping_blanks("a  b \r\n c").text, "a b\nc");
    }
}
