//! Help and usage errors in the language asked for. clap knows the grammar; the words are ours.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory};

use super::args::Cli;
use crate::config::closest;
use crate::words::{self, Lang, say};

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
    if let Some(about) = words::help(name) {
        command = command.about(about.say(lang));
    }
    let template = format!(
        "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
        say!(lang, help_usage)
    );
    command = command
        .help_template(template)
        .subcommand_help_heading(say!(lang, help_commands))
        .subcommand_value_name(say!(lang, help_command_name));
    if name == "gouji" {
        command = command.after_help(say!(lang, help_after));
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
                say!(lang, help_arguments)
            } else {
                say!(lang, help_options)
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
    let text = words::help(&format!("{command}_{argument}")).or_else(|| words::help(argument));
    text.map(|text| text.say(lang))
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
            say!(lang, usage_no_value, argument)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if choices.is_empty() => {
            say!(lang, usage_bad_value, argument, value)
        }
        ErrorKind::InvalidValue => say!(lang, usage_bad_choice, argument, value, choices),
        ErrorKind::UnknownArgument => say!(lang, usage_unknown, argument),
        ErrorKind::MissingRequiredArgument => {
            say!(lang, usage_missing, argument)
        }
        ErrorKind::ArgumentConflict => {
            let other = get(ContextKind::PriorArg).unwrap_or_default();
            say!(lang, usage_conflict, argument, other)
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
        sentence.push_str(&say!(lang, usage_meant, meant));
    }
    sentence
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Notes which texts are taken, and what has none.
    fn walk(command: &Command, name: &str, taken: &mut BTreeSet<String>, bare: &mut Vec<String>) {
        let mut take = |names: &[String]| {
            match names.iter().find(|n| words::help(n).is_some()) {
                Some(found) => drop(taken.insert(found.clone())),
                None => bare.push(names.join(" or ")),
            };
        };
        take(&[name.to_owned()]);
        for argument in command.get_arguments() {
            let id = argument.get_id();
            take(&[format!("{name}_{id}"), id.to_string()]);
        }
        for sub in command.get_subcommands() {
            walk(sub, sub.get_name(), taken, bare);
        }
    }

    #[test]
    fn everything_that_can_be_typed_is_explained_and_nothing_else() {
        let (mut taken, mut bare) = (BTreeSet::new(), Vec::new());
        walk(&command(Lang::Zh), "gouji", &mut taken, &mut bare);
        assert_eq!(bare, Vec::<String>::new());
        let names: BTreeSet<String> = words::HELP.iter().map(|(n, _)| (*n).to_owned()).collect();
        assert_eq!(taken, names);
        assert_eq!(names.len(), words::HELP.len(), "a name stands twice");
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
