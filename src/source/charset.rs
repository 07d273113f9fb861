//! Charsets, told by content: a declaration is a hint, and a wrong one is noticed.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Decoded bytes.
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// Name of the charset.
    pub encoding: &'static str,
    /// Whether the bytes were not all valid in it.
    pub lossy: bool,
}

/// Decodes bytes; `declared` is what a page says of itself.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, bytes.get(mark..).unwrap_or(&[]));
    }
    if let Some(encoding) = utf16(bytes) {
        return with(encoding, bytes);
    }
    if is_utf8(bytes) {
        return with(UTF_8, bytes);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // No hint of a country: with one, Big5 is never guessed.
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    let declared = declared.and_then(|d| Encoding::for_label(d.as_bytes()));
    let tried = [
        Some(widest(guess)),
        declared.map(widest),
        Some(GB18030),
        Some(BIG5),
    ];
    tried
        .into_iter()
        .flatten()
        .map(|e| with(e, bytes))
        .min_by_key(|d| (d.lossy, std::cmp::Reverse(common(&d.text))))
        .unwrap_or_else(|| with(UTF_8, bytes))
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        lossy,
    }
}

/// GB18030 holds all that is declared as GB2312 or GBK.
fn widest(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == encoding_rs::GBK {
        GB18030
    } else {
        encoding
    }
}

/// Valid UTF-8, but for a character that the end of the file cuts.
fn is_utf8(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(e) => e.error_len().is_none() && e.valid_up_to() > 0,
    }
}

/// UTF-16 without a mark: decoded, nearly all of it is Chinese or ASCII text; and it is told from
/// single-byte text by the bytes of its line feeds, blanks or digits.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = bytes.get(..bytes.len().min(8192) & !1)?;
    [UTF_16LE, UTF_16BE].into_iter().find(|encoding| {
        let low = usize::from(**encoding == *UTF_16BE);
        let ascii = sample
            .chunks_exact(2)
            .filter(|p| p[1 - low] == 0 && matches!(p[low], b'\t' | b'\n' | b'\r' | b' '..=b'~'))
            .count();
        let (text, lossy) = encoding.decode_without_bom_handling(sample);
        let all = text.chars().count().max(1);
        !lossy && ascii > 0 && common(&text) * 10 >= all * 8
    })
}

/// Characters that Chinese text is made of.
fn common(text: &str) -> usize {
    text.chars()
        .filter(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff5e}' | '“' | '”' | '—' | '…' | '·'))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
