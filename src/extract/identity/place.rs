//! The place that a text without a title speaks of as its own.

use std::collections::HashMap;

use super::piece::Piece;

/// Words that end like a place and are none.
const NONE: [&str; 30] = [
    "全", "我", "本", "各", "该", "城", "省", "区", "县", "地", "上", "下", "都", "股", "门", "市",
    "园", "社", "辖", "跨", "入", "为", "保留", "组建", "设立", "新增", "撤销", "划入", "纳入",
    "直属",
];

/// The most named place with its level word, such as 日照市: the level is that of 我市 and 全市.
pub fn own(pieces: &[Piece<'_>]) -> Option<String> {
    let text: String = pieces.iter().map(|p| p.text).collect::<Vec<_>>().join("\n");
    let mut levels = ['省', '州', '市', '县', '区', '镇', '乡'].map(|level| (0usize, level));
    let mut before = None;
    for c in text.chars() {
        if matches!(before, Some('我' | '全' | '本')) {
            for (count, level) in &mut levels {
                *count += usize::from(c == *level);
            }
        }
        before = Some(c);
    }
    let level = levels
        .into_iter()
        .max_by_key(|(count, _)| *count)
        .filter(|(count, _)| *count > 0);
    let levels: Vec<char> = level.map_or_else(|| vec!['市', '县', '区'], |l| vec![l.1]);
    levels
        .into_iter()
        .find_map(|level| most_named(&text, level))
}

fn most_named(text: &str, level: char) -> Option<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut longer: HashMap<String, HashMap<char, usize>> = HashMap::new();
    for (at, _) in text.match_indices(level) {
        let before: Vec<char> = text.get(..at)?.chars().rev().take(4).collect();
        let name: Vec<char> = before.iter().take(2).rev().copied().collect();
        let han = name.len() == 2 && name.iter().all(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
        let name: String = name.into_iter().collect();
        if !han || NONE.iter().any(|n| name.ends_with(n)) {
            continue;
        }
        *counts.entry(name.clone()).or_default() += 1;
        if let Some(&c) = before.get(2) {
            *longer.entry(name).or_default().entry(c).or_default() += 1;
        }
    }
    let (name, count) = counts
        .into_iter()
        .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)))?;
    if count < 2 {
        return None;
    }
    // 牡丹江市: the same character stands before nearly every time.
    let before = longer
        .get(&name)
        .and_then(|m| m.iter().max_by_key(|(_, n)| **n));
    let prefix = before.filter(|(c, n)| {
        **n * 10 >= count * 9 && count >= 4 && ('\u{4e00}'..='\u{9fff}').contains(*c)
    });
    Some(format!(
        "{}{name}{level}",
        prefix.map_or(String::new(), |(c, _)| c.to_string())
    ))
}
