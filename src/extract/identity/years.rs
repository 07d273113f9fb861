//! Years in a text, as `2022年`, `自2019年1月1日起`, `（2014年度）`, in digits or Chinese numerals.

/// Years of a text in which such reports exist, with 年 after them.
pub fn years(text: &str) -> Vec<u16> {
    text.match_indices('年')
        .filter_map(|(at, _)| year_before(text, at))
        .collect()
}

/// The year in digits or Chinese numerals that ends at `at`.
pub fn year_before(text: &str, at: usize) -> Option<u16> {
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
        .map(|c| super::date::digit(*c))
        .try_fold(0u16, |n, d| Some(n * 10 + u16::from(d?)))?;
    (digits.len() == 4 && !longer && (2003..=2035).contains(&value)).then_some(value)
}

/// The year of a period such as 自2019年1月1日起至2019年12月31日.
pub fn periods(text: &str) -> Vec<u16> {
    if !text.contains("12月31日") && !text.contains("12月底") {
        return Vec::new();
    }
    let begin = text.match_indices("年1月1日");
    begin.filter_map(|(at, _)| year_before(text, at)).collect()
}

/// The year of a caption such as （2014年度）.
pub fn captions(text: &str) -> Vec<u16> {
    text.match_indices("年度")
        .filter_map(|(at, _)| year_before(text, at))
        .collect()
}
