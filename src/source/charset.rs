//! Charsets, told by content: a declaration is a hint, and a wrong one is noticed.
//!
//! The bytes `B9 E6 D5 C2` are `规章` in GB 18030, whatever the page says of itself.

use std::cell::OnceCell;
use std::sync::OnceLock;

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::document::Note;

/// Decoded bytes.
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// Name of the charset.
    pub encoding: &'static str,
    /// Whether the bytes were not all valid in it.
    pub lossy: bool,
    /// What a page says of itself.
    pub declared: Option<String>,
}

impl Decoded {
    /// The note that a page declares another charset, if it does.
    pub fn wrong_declaration(&self) -> Option<Note> {
        let declared = self.declared.as_deref()?;
        let said = Encoding::for_label(declared.as_bytes()).map_or(declared, |e| e.name());
        let same = said == self.encoding || said == "GBK" && self.encoding == "gb18030";
        // Of ASCII alone every declaration is true.
        (!same && !self.text.is_ascii()).then(|| Note::WrongCharset {
            declared: declared.to_owned(),
            found: self.encoding.to_owned(),
        })
    }
}

/// Decodes bytes; `declared` is what a page says of itself. Bytes that are UTF-8 become the text
/// as they are, without a copy.
pub fn decode(bytes: Vec<u8>, declared: Option<String>) -> Decoded {
    let (text, encoding, lossy) = told(bytes, declared.as_deref());
    Decoded {
        text,
        encoding: encoding.name(),
        lossy,
        declared,
    }
}

type Told = (String, &'static Encoding, bool);

fn told(mut bytes: Vec<u8>, declared: Option<&str>) -> Told {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        bytes.drain(..mark);
        return with(encoding, bytes);
    }
    if let Some(encoding) = utf16(&bytes) {
        return with(encoding, bytes);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, UTF_8, false),
        Err(error) => error.into_bytes(),
    };
    if is_broken_utf8(&bytes) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        return (text, UTF_8, true);
    }
    match chinese_of(&bytes, declared) {
        Ok(told) => told,
        Err(guess) => with(guess, bytes),
    }
}

/// The text by the charset that makes it look most Chinese, else a guess at its charset.
fn chinese_of(bytes: &[u8], declared: Option<&str>) -> Result<Told, &'static Encoding> {
    // Nearly all that is not UTF-8 is this, and a text of some length that is nothing but everyday
    // characters in it is no accident.
    let (text, lossy) = GB18030.decode_without_bom_handling(bytes);
    let share = chinese(&text);
    if !lossy && share >= SURE && text.chars().filter(|c| !c.is_ascii()).count() >= ENOUGH {
        return Ok((text.into_owned(), GB18030, false));
    }
    drop(text);
    // No hint of a country: with one, Big5 is never guessed.
    let guess = OnceCell::new();
    let guess = || {
        *guess.get_or_init(|| {
            let denied = chardetng::Iso2022JpDetection::Deny;
            let mut detector = chardetng::EncodingDetector::new(denied);
            detector.feed(bytes, true);
            widest(detector.guess(None, chardetng::Utf8Detection::Deny))
        })
    };
    let hint = declared.and_then(|d| Encoding::for_label(d.as_bytes()));
    let (first, second) = ([GB18030, BIG5], || [Some(guess()), hint.map(widest)]);
    // The guess decides only where nothing looks Chinese, and is not made where all of a text does.
    // Of equals the first, which is why the likelier charset stands first.
    let mut tried: Vec<&'static Encoding> = Vec::new();
    let mut best = None;
    let mut most = HALF;
    let likely = first.into_iter();
    let others = std::iter::once_with(second).flatten().flatten();
    for encoding in likely.chain(others) {
        if tried.contains(&encoding) {
            continue;
        }
        tried.push(encoding);
        let (text, lossy) = encoding.decode_without_bom_handling(bytes);
        let share = chinese(&text);
        if share > most {
            (most, best) = (share, Some((text.into_owned(), encoding, lossy)));
        }
        if most == WHOLE {
            break;
        }
    }
    best.ok_or_else(guess)
}

/// Shares are counted in thousandths.
const HALF: usize = 500;
const WHOLE: usize = 1000;
/// A share that no other charset comes by, in so many characters.
const SURE: usize = 960;
const ENOUGH: usize = 100;

/// UTF-8 with some bytes lost, or with its last character cut: hardly ever are the bytes of
/// another charset valid sequences of it.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    let mut cut = false;
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars().filter(|c| !c.is_ascii()) {
            if c == '\u{fffd}' {
                bad += 1;
            } else {
                good += 1;
            }
        }
        cut = !chunk.invalid().is_empty();
        bad += usize::from(cut);
    }
    good >= bad.saturating_mul(10).max(1) || cut && bad == 1 && good > 0
}

/// The share of everyday characters among those that are not ASCII. A wrong charset gives rare
/// characters, and places where nothing fits.
fn chinese(text: &str) -> usize {
    let (mut all, mut good) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        all += if c == '\u{fffd}' { 3 } else { 1 };
        good += usize::from(match c {
            '\u{4e00}'..='\u{9fff}' => everyday()
                .get(c as usize - 0x4e00)
                .copied()
                .unwrap_or(false),
            _ => is_mark(c),
        });
    }
    good.saturating_mul(WHOLE).checked_div(all).unwrap_or(0)
}

/// Which of U+4E00 to U+9FFF stand in the first level of GB 2312 or of Big5.
fn everyday() -> &'static [bool] {
    static TABLE: OnceLock<Vec<bool>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = vec![false; 0x5200];
        let levels = [(GB18030, 0xb0..=0xd7u8), (BIG5, 0xa4..=0xc6u8)];
        for (encoding, leads) in levels {
            for lead in leads {
                for trail in (0x40..=0x7e).chain(0xa1..=0xfeu8) {
                    // The lower half of GB 18030's trails are its rare characters.
                    if encoding == GB18030 && trail < 0xa1 {
                        continue;
                    }
                    let pair = [lead, trail];
                    let (text, lossy) = encoding.decode_without_bom_handling(&pair);
                    let place = text.chars().next().map(|c| c as usize);
                    if let Some(seen) = place
                        .and_then(|c| c.checked_sub(0x4e00))
                        .and_then(|i| table.get_mut(i))
                        && !lossy
                    {
                        *seen = true;
                    }
                }
            }
        }
        table
    })
}

/// Marks of Chinese text, full width, and lines of drawn tables.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{203b}' | '\u{2460}'..='\u{257f}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff5e}' | '·' | '×' | '℃' | '\u{a0}')
}

fn with(encoding: &'static Encoding, bytes: Vec<u8>) -> Told {
    if encoding == UTF_8 {
        return match String::from_utf8(bytes) {
            Ok(text) => (text, encoding, false),
            Err(e) => (
                String::from_utf8_lossy(e.as_bytes()).into_owned(),
                encoding,
                true,
            ),
        };
    }
    let (text, lossy) = encoding.decode_without_bom_handling(&bytes);
    (text.into_owned(), encoding, lossy)
}

/// GB18030 holds all that is declared as GB2312 or GBK.
fn widest(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == encoding_rs::GBK {
        GB18030
    } else {
        encoding
    }
}

/// UTF-16 without a mark: decoded, nearly all of it is Chinese or ASCII text; and it is told from
/// single-byte text by the bytes of its line feeds, blanks or digits.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(8192) & !1)?;
    // Without a line feed, a blank or a digit, half of which is a zero byte, nothing is told.
    if sample.len() < 4 || memchr::memchr(0, sample).is_none() {
        return None;
    }
    [UTF_16LE, UTF_16BE].into_iter().find(|encoding| {
        let low = usize::from(**encoding == *UTF_16BE);
        let ascii = sample
            .chunks_exact(2)
            .filter_map(|p| p.first().zip(p.last()))
            .map(|(first, last)| {
                if low == 0 {
                    (*first, *last)
                } else {
                    (*last, *first)
                }
            })
            .filter(|(low, high)| *high == 0 && matches!(low, b'\t' | b'\n' | b'\r' | b' '..=b'~'))
            .count();
        if ascii == 0 {
            return false;
        }
        let (text, _) = encoding.decode_without_bom_handling(sample);
        let all = text.chars().count().max(1);
        common(&text) * 10 >= all * 8
    })
}

/// Characters that Chinese text is made of.
fn common(text: &str) -> usize {
    text.chars()
        .filter(|&c| {
            matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{4e00}'..='\u{9fff}') || is_mark(c)
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
        super::decode(bytes.to_vec(), declared.map(str::to_owned))
    }

    const TEXT: &str = "云溪市人民政府2022年政府信息公开工作年度报告\n一、总体情况\n本年新收政府信息公开申请56件。";

    #[test]
    fn charsets_are_told_by_content() {
        let traditional = "雲溪市人民政府2022年政府信息公開工作年度報告\n一、總體情況\n本年新收政府信息公開申請56件。";
        let (gb, ..) = GB18030.encode(TEXT);
        let (big5, ..) = BIG5.encode(traditional);
        let utf16 = |le: bool, text: &str| -> Vec<u8> {
            text.encode_utf16()
                .flat_map(|u| if le { u.to_le_bytes() } else { u.to_be_bytes() })
                .collect()
        };
        for (bytes, text, name) in [
            (TEXT.as_bytes().to_vec(), TEXT, "UTF-8"),
            ([b"\xef\xbb\xbf", TEXT.as_bytes()].concat(), TEXT, "UTF-8"),
            (gb.to_vec(), TEXT, "gb18030"),
            (big5.to_vec(), traditional, "Big5"),
            (utf16(true, TEXT), TEXT, "UTF-16LE"),
            (utf16(false, TEXT), TEXT, "UTF-16BE"),
            (
                [vec![0xff, 0xfe], utf16(true, TEXT)].concat(),
                TEXT,
                "UTF-16LE",
            ),
        ] {
            for declared in [
                None,
                Some("utf-8"),
                Some("gb2312"),
                Some("big5"),
                Some("nonsense"),
            ] {
                let decoded = decode(&bytes, declared);
                assert_eq!(
                    (decoded.text.as_str(), decoded.encoding),
                    (text, name),
                    "declared {declared:?}"
                );
            }
        }
    }

    #[test]
    fn a_cut_last_character_is_no_other_charset() {
        let bytes = &TEXT.as_bytes()[..TEXT.len() - 1];
        assert_eq!(decode(bytes, None).encoding, "UTF-8");
    }

    #[test]
    fn a_broken_byte_is_no_other_charset() {
        for (encoding, name) in [(UTF_8, "UTF-8"), (GB18030, "gb18030")] {
            let (bytes, ..) = encoding.encode(TEXT);
            let mut bytes = bytes.to_vec();
            bytes.insert(12, 0xff);
            let decoded = decode(&bytes, None);
            assert_eq!((decoded.encoding, decoded.lossy), (name, true));
        }
        let (bytes, ..) = BIG5.encode("政府資訊公開工作年度報告，本年新收申請數量");
        let bytes = [&bytes, &b"\xff"[..]].concat();
        assert_eq!(decode(&bytes, Some("utf-8")).encoding, "Big5");
    }

    #[test]
    fn short_texts_are_told() {
        for text in ["规章 3 件", "一、总体情况", "年度报告"] {
            let (bytes, ..) = GB18030.encode(text);
            assert_eq!(decode(&bytes, None).text, text);
            assert_eq!(decode(text.as_bytes(), None).text, text);
        }
        for text in ["政府資訊公開", "一、總體情況", "年度報告"] {
            let (bytes, ..) = BIG5.encode(text);
            assert_eq!(decode(&bytes, None).text, text);
        }
    }

    #[test]
    fn traditional_script_in_gb18030_is_not_big5() {
        let text = "雲溪市人民政府政府信息公開工作年度報告，本年新收申請數量";
        let (bytes, ..) = GB18030.encode(text);
        assert_eq!(decode(&bytes, Some("big5")).text, text);
    }

    #[test]
    fn a_cut_file_in_utf16_is_read() {
        let mut bytes: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.pop();
        assert_eq!(decode(&bytes, None).encoding, "UTF-16LE");
    }
}
