//! Everything that is said to people, in Chinese and in English: one typed message for each
//! sentence, in a file for each face or floor.
//!
//! A message that is misspelt, a place that is missing, misspelt or filled in vain, and a text
//! that lacks a place in one of the languages do not compile:
//!
//! ```text
//! messages! { refused_key { key } zh "表里没有 {key} 这一格" en "the form has no cell {key}"; }
//! say!(lang, refused_key, key = "t3.new.total") // "the form has no cell t3.new.total"
//! ```

use serde::{Deserialize, Serialize};

mod batch;
mod check;
mod cli;
mod common;
mod config;
mod decide;
pub mod finding;
pub mod form;
mod help;
mod kept;
mod keys;
pub mod reading;
mod refusal;
mod review;
mod source;
mod tui;

pub(crate) use batch::*;
pub(crate) use check::*;
pub(crate) use cli::*;
pub(crate) use common::*;
pub(crate) use config::*;
pub(crate) use decide::*;
pub(crate) use help::*;
pub(crate) use keys::*;
pub(crate) use review::*;
pub(crate) use source::*;
pub(crate) use tui::*;

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

impl Lang {
    /// The one of two texts that is in this language.
    pub const fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// A message that has no places, so that it can stand in a table.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    zh: &'static str,
    en: &'static str,
}

impl Text {
    /// A text in both languages. In a constant, one that is empty or has a place, which nobody
    /// would fill, does not compile.
    pub const fn new(zh: &'static str, en: &'static str) -> Self {
        assert!(whole(zh) && whole(en), "an empty text, or a place in it");
        Self { zh, en }
    }

    /// The text in a language.
    pub const fn say(self, lang: Lang) -> &'static str {
        lang.pick(self.zh, self.en)
    }
}

const fn whole(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if matches!(bytes[at], b'{' | b'}') {
            return false;
        }
        at += 1;
    }
    at > 0
}

/// Declares messages: a name, its places, the Chinese and the English text. A message whose only
/// place is a count may have a text of its own for `one`, in English.
///
/// Without places a message is a constant [`Text`]; with places it is a struct of what fills
/// them. [`say!`] says either.
///
/// ```
/// use gouji::words::Lang;
/// gouji::messages! {
///     sheets { count } zh "{count} 页" en "{count} sheets" one "{count} sheet";
///     torn { name, sheet } zh "{name}的第 {sheet} 页破了" en "sheet {sheet} of {name} is torn";
/// }
/// assert_eq!(sheets { count: &2 }.say(Lang::En), "2 sheets");
/// assert_eq!(sheets { count: &1 }.say(Lang::En), "1 sheet");
/// // What a value says is not filled again.
/// let said = torn { name: &"A{sheet}", sheet: &3 }.say(Lang::En);
/// assert_eq!(said, "sheet 3 of A{sheet} is torn");
/// ```
///
/// A place that a text leaves out, in either language, does not compile:
///
/// ```compile_fail
/// gouji::messages! { sheets { count } zh "有 {count} 页" en "has pages"; }
/// ```
///
/// Nor does a place that is not declared:
///
/// ```compile_fail
/// gouji::messages! { sheets { count } zh "有 {count} 页" en "{name} has {count} pages"; }
/// ```
/// ```compile_fail
/// gouji::messages! { sheets zh "有 {count} 页" en "has pages"; }
/// ```
///
/// Nor a place that is not filled when the message is said, or one filled in vain:
///
/// ```compile_fail
/// gouji::messages! { sheets { count, name } zh "{name}{count}" en "{name}{count}"; }
/// sheets { count: &2 }.say(gouji::words::Lang::En);
/// ```
/// ```compile_fail
/// gouji::messages! { sheets { count } zh "{count}" en "{count}"; }
/// sheets { count: &2, name: &"A" }.say(gouji::words::Lang::En);
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! messages {
    (@one $name:ident zh $zh:literal en $en:literal) => {
        #[allow(non_upper_case_globals)]
        pub(crate) const $name: $crate::words::Text = $crate::words::Text::new($zh, $en);
    };
    (@one $name:ident { $count:ident } zh $zh:literal en $en:literal one $one:literal) => {
        $crate::messages!(@places $name { $count });

        impl $name<'_> {
            pub(crate) fn say(&self, lang: $crate::words::Lang) -> String {
                match lang {
                    $crate::words::Lang::Zh => format!($zh, $count = self.$count),
                    $crate::words::Lang::En if self.$count.to_string() == "1" => {
                        format!($one, $count = self.$count)
                    }
                    $crate::words::Lang::En => format!($en, $count = self.$count),
                }
            }
        }
    };
    (@one $name:ident { $($place:ident),+ } zh $zh:literal en $en:literal) => {
        $crate::messages!(@places $name { $($place),+ });

        impl $name<'_> {
            pub(crate) fn say(&self, lang: $crate::words::Lang) -> String {
                match lang {
                    $crate::words::Lang::Zh => format!($zh, $($place = self.$place),+),
                    $crate::words::Lang::En => format!($en, $($place = self.$place),+),
                }
            }
        }
    };
    (@places $name:ident { $($place:ident),+ }) => {
        #[allow(non_camel_case_types)]
        pub(crate) struct $name<'a> {
            $(pub(crate) $place: &'a dyn ::std::fmt::Display,)+
        }
    };
    ($(
        $name:ident $({ $($place:ident),+ })?
            zh $zh:literal en $en:literal $(one $one:literal)?;
    )*) => {$(
        $crate::messages!(@one $name $({ $($place),+ })? zh $zh en $en $(one $one)?);
    )*};
}

/// Says a message in a language, its places filled by name with anything that can be displayed:
/// `say!(lang, source_io, error = cause)`; `say!(lang, source_io, error)` fills a place with the
/// variable of that name. A message without places is a `&'static str`, any other a `String`.
macro_rules! say {
    (@value $place:ident) => { $place };
    (@value $place:ident $value:expr) => { $value };
    ($lang:expr, $name:ident) => { $crate::words::$name.say($lang) };
    ($lang:expr, $name:ident, $($place:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::words::$name {
            $($place: &$crate::words::say!(@value $place $($value)?)),+
        }
        .say($lang)
    };
}

use messages;
pub(crate) use say;
