//! Chinese and English texts, all from one table (the TOML files beside this one, one for each
//! face or floor). A text has both languages or the tests fail.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

/// The language of the screen and of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// 中文, the default.
    #[default]
    Zh,
    /// English.
    En,
}

#[derive(Debug, Deserialize)]
struct Text {
    zh: String,
    en: String,
}

/// Each file holds `key = { zh = "…", en = "…" }` entries; keys are unique over all files.
const FILES: [(&str, &str); 5] = [
    ("check", include_str!("check.toml")),
    ("cli", include_str!("cli.toml")),
    ("review", include_str!("review.toml")),
    ("source", include_str!("source.toml")),
    ("tui", include_str!("tui.toml")),
];

fn table() -> &'static BTreeMap<String, Text> {
    static TABLE: OnceLock<BTreeMap<String, Text>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let parse = |(_, text): &(&str, &str)| {
            toml::from_str::<BTreeMap<String, Text>>(text).unwrap_or_default()
        };
        FILES.iter().flat_map(parse).collect()
    })
}

/// The text of a key; the key itself where there is none (a test finds those).
pub fn t(lang: Lang, key: &'static str) -> &'static str {
    table().get(key).map_or(key, |text| match lang {
        Lang::Zh => &text.zh,
        Lang::En => &text.en,
    })
}

/// The text of a key that is made at run time, if there is one.
pub fn find(lang: Lang, key: &str) -> Option<&'static str> {
    table().get(key).map(|text| pick(lang, &text.zh, &text.en))
}

/// The text of a key with its `{name}` places filled; what a value says is not filled again.
pub fn fill(lang: Lang, key: &'static str, values: &[(&str, &dyn std::fmt::Display)]) -> String {
    let mut rest = t(lang, key);
    let mut out = String::with_capacity(rest.len());
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let place = after.split_once('}').and_then(|(name, following)| {
            let (_, value) = values.iter().find(|(n, _)| *n == name)?;
            Some((value, following))
        });
        if let Some((value, following)) = place {
            out.push_str(&value.to_string());
            rest = following;
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// Picks by language.
pub const fn pick<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses_and_no_text_is_missing() {
        let mut seen = BTreeMap::new();
        for (name, text) in FILES {
            let parsed: BTreeMap<String, Text> =
                toml::from_str(text).unwrap_or_else(|e| panic!("{name}.toml: {e}"));
            for (key, text) in parsed {
                assert!(
                    !text.zh.is_empty() && !text.en.is_empty(),
                    "{name}.toml: {key} lacks a language"
                );
                let places = |s: &str| {
                    let mut found: Vec<String> = s
                        .split('{')
                        .skip(1)
                        .filter_map(|p| p.split_once('}'))
                        .map(|(n, _)| n.to_owned())
                        .collect();
                    found.sort();
                    found
                };
                assert_eq!(
                    places(&text.zh),
                    places(&text.en),
                    "{name}.toml: {key} fills other places"
                );
                assert_eq!(seen.insert(key.clone(), name), None, "{key} stands twice");
            }
        }
    }

    #[test]
    fn a_value_is_not_filled_again() {
        let fill = |values| fill(Lang::En, "source_wrong_charset", values);
        assert_eq!(
            fill(&[("declared", &"{found}{"), ("found", &"{declared}")]),
            "the page declares the charset {found}{ but its content is {declared}: read by its content"
        );
        assert_eq!(
            fill(&[("found", &"UTF-8")]),
            "the page declares the charset {declared} but its content is UTF-8: read by its content"
        );
    }

    /// Every key that the sources name through `t` or `fill` is in the table.
    #[test]
    fn every_named_key_is_there() {
        fn walk(dir: &std::path::Path, out: &mut Vec<(std::path::PathBuf, String)>) {
            for entry in std::fs::read_dir(dir).unwrap().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    walk(&path, out);
                } else if path.extension().is_some_and(|e| e == "rs") {
                    out.push((path.clone(), std::fs::read_to_string(&path).unwrap()));
                }
            }
        }
        let mut files = Vec::new();
        walk(
            &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            &mut files,
        );
        let mut missing = Vec::new();
        for (path, text) in files.iter().filter(|(p, _)| !p.ends_with("i18n/mod.rs")) {
            for call in [
                "t(lang, \"",
                "fill(lang, \"",
                "t(self.lang, \"",
                "fill(self.lang, \"",
                "t(app.lang, \"",
                "fill(app.lang, \"",
            ] {
                for rest in text.split(call).skip(1) {
                    let key = rest.split('"').next().unwrap_or("");
                    if !table().contains_key(key) {
                        missing.push(format!("{}: {key}", path.display()));
                    }
                }
            }
        }
        assert!(missing.is_empty(), "no text for:\n{}", missing.join("\n"));
    }
}
