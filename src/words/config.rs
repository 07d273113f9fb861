//! What is wrong with a configuration.

use super::{Lang, messages, say};
use crate::config::{ConfigError, Fault, Wants};

messages! {
    // config.toml
    config_unreadable { file, cause }
        zh "{file}：读不了配置：{cause}"
        en "{file}: cannot read the configuration: {cause}";
    config_syntax { cause } zh "不是合格的 TOML：{cause}" en "no valid TOML: {cause}";
    config_unknown { key, known }
        zh "没有 `{key}` 这个设置；有的是：{known}"
        en "unknown setting `{key}`; there are: {known}";
    config_unknown_meant { key, meant }
        zh "没有 `{key}` 这个设置；是不是 `{meant}`？"
        en "unknown setting `{key}`; did you mean `{meant}`?";
    config_wrong_value { key, wants } zh "`{key}` 须是{wants}" en "`{key}` must be {wants}";
    config_no_key { key, value }
        zh "`{key}`：没有 \"{value}\" 这个键；键写作 a、N、ctrl-r、shift-tab、pgdn、f5"
        en "`{key}`: \"{value}\" is no key; keys are written a, N, ctrl-r, shift-tab, pgdn, f5";
    config_key_twice { cause }
        zh "一个键给了两个动作：{cause}"
        en "one key for two actions: {cause}";
    config_wants_string zh "一段文字，如 \"li\"" en "a string such as \"li\"";
    config_wants_one_of { choices } zh "其中之一：{choices}" en "one of {choices}";
    config_wants_integer { least, most }
        zh "{least} 到 {most} 的整数"
        en "an integer from {least} to {most}";
    config_wants_table zh "一张表：[keys]" en "a table: [keys]";
    config_wants_keys zh "一个键，如 \"a\"，或一列键" en "a key such as \"a\", or a list of keys";
}

impl ConfigError {
    /// One line with file, place, key and cause.
    pub fn message(&self, lang: Lang) -> String {
        let file = &self.file;
        let cause = match self.fault.as_ref() {
            Fault::Unreadable(cause) => return say!(lang, config_unreadable, file, cause),
            Fault::Syntax(cause) => say!(lang, config_syntax, cause),
            Fault::Unknown {
                key,
                meant: Some(meant),
                ..
            } => say!(lang, config_unknown_meant, key, meant),
            Fault::Unknown { key, known, .. } => {
                say!(lang, config_unknown, key, known = known.join(", "))
            }
            Fault::WrongValue { key, wants } => {
                say!(lang, config_wrong_value, key, wants = wants.words(lang))
            }
            Fault::NoKey { key, value } => say!(lang, config_no_key, key, value),
            Fault::KeyTwice { key, value, other } => {
                let cause = format!("{key}: \"{value}\" = {other}");
                say!(lang, config_key_twice, cause)
            }
        };
        match self.place {
            Some((line, column)) => format!("{file}:{line}:{column}: {cause}"),
            None => format!("{file}: {cause}"),
        }
    }
}

impl Wants {
    fn words(&self, lang: Lang) -> String {
        match self {
            Self::String => say!(lang, config_wants_string).to_owned(),
            Self::OneOf(words) => {
                let quoted: Vec<String> = words.iter().map(|w| format!("\"{w}\"")).collect();
                say!(lang, config_wants_one_of, choices = quoted.join(", "))
            }
            Self::Integer(least, most) => say!(lang, config_wants_integer, least, most),
            Self::Table => say!(lang, config_wants_table).to_owned(),
            Self::Keys => say!(lang, config_wants_keys).to_owned(),
        }
    }
}
