//! Help and usage errors in the language asked for. clap knows the grammar; the words are ours.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory};

use super::args::Cli;
use crate::config::closest;
use crate::i18n::{Lang, fill, find, t};

/// The grammar with its texts.
pub fn command(lang: Lang) -> Command {
    let command = Cli::command()
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .global(true),
        )
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version),
        );
    dress(command, "gouji", lang)
}

fn dress(mut command: Command, name: &str, lang: Lang) -> Command {
    if let Some(about) = find(lang, &format!("help_{name}")) {
        command = command.about(about);
    }
    let template = format!(
        "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
        t(lang, "help_usage")
    );
    command = command
        .help_template(template)
        .subcommand_help_heading(t(lang, "help_commands"))
        .subcommand_value_name(t(lang, "help_command_name"));
    if name == "gouji" {
        command = command.after_help(t(lang, "help_after"));
    }
    let arguments: Vec<clap::Id> = command
        .get_arguments()
        .map(|a| a.get_id().clone())
        .collect();
    for (place, id) in arguments.into_iter().enumerate() {
        let text = text_of(name, id.as_str(), lang);
        command = command.mut_arg(id, |mut arg| {
            if let Some(text) = text {
                arg = arg.help(text);
            }
            let heading = if arg.is_positional() {
                t(lang, "help_arguments")
            } else {
                t(lang, "help_options")
            };
            // In the order in which they are typed; what every command takes stands last.
            let order = place + if arg.is_global_set() { 100 } else { 0 };
            arg = arg.help_heading(heading).display_order(order);
            if arg.get_action().takes_values() {
                // The texts say choices and defaults themselves, in their own language.
                arg = arg.hide_possible_values(true).hide_default_value(true);
            }
            arg
        });
    }
    let names: Vec<String> = command
        .get_subcommands()
        .map(|s| s.get_name().to_owned())
        .collect();
    for name in names {
        command = command.mut_subcommand(&name, |sub| dress(sub, &name, lang));
    }
    command
}

fn text_of(command: &str, argument: &str, lang: Lang) -> Option<&'static str> {
    find(lang, &format!("help_{command}_{argument}"))
        .or_else(|| find(lang, &format!("help_{argument}")))
}

/// The command that a line is about, with a blank after it; nothing for the default one.
pub fn command_of(line: &[OsString], lang: Lang) -> String {
    let command = command(lang);
    let mut words = line.iter().skip(1).filter_map(|w| w.to_str());
    words
        .find(|w| command.find_subcommand(w).is_some())
        .map_or(String::new(), |w| format!("{w} "))
}

/// The command that was probably meant by a word that is no path.
pub fn meant(word: &str, lang: Lang) -> Option<String> {
    let command = command(lang);
    let names = command.get_subcommands().map(Command::get_name);
    closest(word, names).map(str::to_owned)
}

/// A usage error as one sentence and the way to help; anything that clap has no plain facts
/// about, in clap's own words.
pub fn usage_error(error: &clap::Error, lang: Lang) -> String {
    let get = |kind| match error.get(kind) {
        Some(ContextValue::String(s)) => Some(s.clone()),
        Some(ContextValue::Strings(s)) => Some(s.join(", ")),
        _ => None,
    };
    let argument = get(ContextKind::InvalidArg).unwrap_or_default();
    let value = get(ContextKind::InvalidValue).unwrap_or_default();
    let choices = get(ContextKind::ValidValue).unwrap_or_default();
    let mut sentence = match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => {
            fill(lang, "usage_no_value", &[("argument", &argument)])
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if choices.is_empty() => fill(
            lang,
            "usage_bad_value",
            &[("argument", &argument), ("value", &value)],
        ),
        ErrorKind::InvalidValue => fill(
            lang,
            "usage_bad_choice",
            &[
                ("argument", &argument),
                ("value", &value),
                ("choices", &choices),
            ],
        ),
        ErrorKind::UnknownArgument => fill(lang, "usage_unknown", &[("argument", &argument)]),
        ErrorKind::MissingRequiredArgument => {
            fill(lang, "usage_missing", &[("argument", &argument)])
        }
        ErrorKind::ArgumentConflict => {
            let other = get(ContextKind::PriorArg).unwrap_or_default();
            fill(
                lang,
                "usage_conflict",
                &[("argument", &argument), ("other", &other)],
            )
        }
        _ => {
            let text = error.render().to_string();
            let first = text.lines().next().unwrap_or_default();
            first.strip_prefix("error: ").unwrap_or(first).to_owned()
        }
    };
    let meant = get(ContextKind::SuggestedArg)
        .or_else(|| get(ContextKind::SuggestedValue))
        .or_else(|| get(ContextKind::SuggestedSubcommand));
    if let Some(meant) = meant {
        sentence.push_str(&fill(lang, "usage_meant", &[("meant", &meant)]));
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(command: &Command, name: &str, missing: &mut Vec<String>) {
        for lang in [Lang::Zh, Lang::En] {
            if find(lang, &format!("help_{name}")).is_none() {
                missing.push(name.to_owned());
            }
            for argument in command.get_arguments() {
                if text_of(name, argument.get_id().as_str(), lang).is_none() {
                    missing.push(format!("{name} {}", argument.get_id()));
                }
            }
        }
        for sub in command.get_subcommands() {
            walk(sub, sub.get_name(), missing);
        }
    }

    #[test]
    fn everything_that_can_be_typed_is_explained_in_both_languages() {
        let mut missing = Vec::new();
        walk(&command(Lang::Zh), "gouji", &mut missing);
        missing.sort();
        missing.dedup();
        assert_eq!(missing, Vec::<String>::new());
    }

    #[test]
    fn the_grammar_is_sound() {
        command(Lang::En).debug_assert();
        command(Lang::Zh).debug_assert();
    }

    #[test]
    fn errors_of_usage_are_one_sentence() {
        let error = |line: &[&str], lang| {
            let error = command(lang).try_get_matches_from(line).unwrap_err();
            usage_error(&error, lang)
        };
        assert_eq!(
            error(&["gouji", "check", "a", "--formt", "json"], Lang::En),
            "there is no option `--formt` here; did you mean `--format`?"
        );
        assert_eq!(
            error(&["gouji", "check", "a", "--format", "xml"], Lang::Zh),
            "`--format <FORMAT>` 不能是 `xml`；可以是：human, json, ndjson"
        );
        assert_eq!(error(&["gouji", "text"], Lang::En), "missing: <FILE>");
        assert_eq!(
            error(&["gouji", "--jobs", "many"], Lang::En),
            "`--jobs <N>` cannot be `many`"
        );
        assert_eq!(
            error(&["gouji", "--lang"], Lang::Zh),
            "`--lang <LANG>` 后面缺值"
        );
    }
}
