//! Sets of forms: the four that the program carries, and those that are added to them.
//!
//! A set is built once, when the configuration is known, and lives as long as the program: its
//! tables, rows and rules are spoken of everywhere by plain references.
//!
//! ```
//! use gouji::form::{FormId, FormSet};
//!
//! let forms = FormSet::embedded()?;
//! assert_eq!(forms.due(2022), FormId::FMT_2021);
//! assert!(forms.get(FormId::FMT_2021).and_then(|f| f.table("t3")).is_some());
//! # Ok::<(), gouji::form::FormError>(())
//! ```

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::load;
use super::relation::Relation;
use super::source::{FormError, Source};
use super::{Common, Form, FormId, Table};

macro_rules! embedded {
    ($($file:literal),* $(,)?) => {
        [$(Source { name: $file, text: include_str!($file) }),*]
    };
}

/// Oldest first: where two forms fit alike, the later is meant.
const FORMS: [Source<'static>; 4] = embedded![
    "free_2008.toml",
    "ind_2014.toml",
    "fmt_2019.toml",
    "fmt_2021.toml",
];

/// In the order in which findings are told.
const RULES: [Source<'static>; 4] = embedded![
    "rules/table_2.toml",
    "rules/table_3.toml",
    "rules/table_4.toml",
    "rules/indicators.toml",
];

const COMMON: Source<'static> = Source {
    name: "common.toml",
    text: include_str!("common.toml"),
};

/// Forms with the rules that hold among their cells.
#[derive(Debug)]
pub struct FormSet {
    forms: Vec<Form>,
    rules: Vec<&'static Relation>,
    common: Common,
    compiled: Mutex<HashMap<TypeId, &'static (dyn Any + Send + Sync)>>,
}

impl FormSet {
    /// The four statutory forms.
    ///
    /// # Errors
    /// When one of the files that the program carries is broken.
    pub fn embedded() -> Result<&'static Self, FormError> {
        static SET: OnceLock<Result<&'static FormSet, FormError>> = OnceLock::new();
        SET.get_or_init(|| Self::with(&[])).clone()
    }

    /// The statutory forms and further ones. A rule that stands in a form's own file is for that
    /// form alone. The set is kept for the life of the program.
    ///
    /// # Errors
    /// When a file is no form, or two forms have the same id.
    pub fn with(more: &[Source<'_>]) -> Result<&'static Self, FormError> {
        let mut rules: Vec<&'static Relation> = Vec::new();
        let mut shared: Vec<(&'static Relation, &'static str)> = Vec::new();
        for source in &RULES {
            for relation in load::rules(source)? {
                let relation = Box::leak(Box::new(relation));
                rules.push(relation);
                shared.push((relation, source.name));
            }
        }
        let mut forms: Vec<Form> = Vec::new();
        for source in FORMS.iter().chain(more) {
            let read = load::form(source)?;
            let mut form = read.form;
            if forms.iter().any(|f| f.id == form.id) {
                return Err(FormError {
                    file: source.name.to_owned(),
                    line: None,
                    cause: format!("there is another form {}", form.id),
                });
            }
            let own = read.rules.into_iter().map(|relation| {
                let relation: &'static Relation = Box::leak(Box::new(relation));
                (relation, source.name)
            });
            let own: Vec<_> = own.collect();
            rules.extend(own.iter().map(|(relation, _)| relation));
            let all = shared.iter().copied().chain(own);
            load::hold(&mut form, all.map(|(rule, file)| (rule, file.to_owned())))?;
            load::prove(&mut form);
            forms.push(form);
        }
        Ok(Box::leak(Box::new(Self {
            forms,
            rules,
            common: load::common(&COMMON)?,
            compiled: Mutex::default(),
        })))
    }

    /// What all reports have in common.
    pub const fn common(&'static self) -> &'static Common {
        &self.common
    }

    /// All forms, oldest first.
    pub fn forms(&'static self) -> &'static [Form] {
        &self.forms
    }

    /// All tables of all forms.
    pub fn tables(&'static self) -> impl Iterator<Item = &'static Table> {
        self.forms.iter().flat_map(|f| &f.tables)
    }

    /// The rules that are arithmetic.
    pub fn rules(&'static self) -> impl Iterator<Item = &'static Relation> {
        self.rules.iter().copied()
    }

    /// The form of an id.
    pub fn get(&'static self, id: FormId) -> Option<&'static Form> {
        self.forms.iter().find(|f| f.id == id)
    }

    /// A table of a form.
    pub fn table(&'static self, form: FormId, table: &str) -> Option<&'static Table> {
        self.get(form)?.table(table)
    }

    /// The form of a name, as records and people write it.
    pub fn named(&'static self, name: &str) -> Option<FormId> {
        self.forms
            .iter()
            .map(|f| f.id)
            .find(|id| id.as_str() == name)
    }

    /// The form that was due for a report year.
    pub fn due(&'static self, year: u16) -> FormId {
        let since = |f: &&Form| f.since.is_some_and(|s| s <= year);
        let latest = self.forms.iter().filter(since).max_by_key(|f| f.since);
        latest.map_or_else(|| self.free(), |f| f.id)
    }

    /// The form of a report without any table.
    pub fn free(&'static self) -> FormId {
        let free = self.forms.iter().find(|f| f.tables.is_empty());
        free.map_or(FormId::FREE_2008, |f| f.id)
    }

    /// What an upper floor makes of the forms once, such as the automaton over their labels: made
    /// at the first call, then kept with the set.
    pub fn compiled<T: Any + Send + Sync>(
        &'static self,
        compile: impl FnOnce(&'static Self) -> T,
    ) -> &'static T {
        let known = |kept: &HashMap<TypeId, &'static (dyn Any + Send + Sync)>| {
            kept.get(&TypeId::of::<T>())
                .and_then(|any| any.downcast_ref::<T>())
        };
        let kept = || self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(one) = known(&kept()) {
            return one;
        }
        // Compiled without the lock: it may ask for something else that is compiled. Two threads
        // may do so at once; the first one's is kept.
        let made: &'static T = Box::leak(Box::new(compile(self)));
        let mut kept = kept();
        if let Some(one) = known(&kept) {
            return one;
        }
        kept.insert(TypeId::of::<T>(), made);
        made
    }
}
