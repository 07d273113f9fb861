//! The rooms of the house and the arrows between them, read off the source: no file imports a
//! file that imports it in turn, and no room knows one that stands above it.
//!
//! The circle that is left, in `src/tui`, is named below; a new one fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What each room may know. `words` and `config` are read by the faces alone.
const MAY_KNOW: [(&str, &[&str]); 17] = [
    ("text", &[]),
    ("stamp", &[]),
    ("guard", &[]),
    ("shell", &["text", "report"]),
    ("document", &["text"]),
    ("form", &["text"]),
    ("source", &["text", "stamp", "document"]),
    ("report", &["text", "document", "form"]),
    ("extract", &["text", "document", "form", "report"]),
    ("check", &["text", "document", "form", "report"]),
    (
        "review",
        &[
            "text", "stamp", "guard", "document", "form", "report", "check",
        ],
    ),
    (
        "batch",
        &[
            "text", "stamp", "guard", "document", "form", "source", "report", "extract", "check",
            "review",
        ],
    ),
    (
        "words",
        &[
            "text", "document", "form", "source", "report", "check", "review", "batch", "config",
        ],
    ),
    ("config", &["form", "check", "words"]),
    ("sample", &[]),
    (
        "tui",
        &[
            "text", "stamp", "guard", "shell", "document", "form", "source", "report", "check",
            "review", "batch", "words", "config",
        ],
    ),
    (
        "cli",
        &[
            "text", "stamp", "guard", "shell", "document", "form", "source", "report", "check",
            "review", "batch", "words", "config", "tui", "sample",
        ],
    ),
];

/// Rooms whose files still import each other in circles.
const CIRCLES: [&str; 1] = ["tui"];

/// A file of the library, by its module path, such as `form::schema`.
struct File {
    /// The source without its tests and comments.
    code: String,
    /// What its module hands on from its children: name to the child's module; `*` for all.
    handed_on: Vec<(String, String)>,
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn modules() -> BTreeMap<String, File> {
    let mut files = BTreeMap::new();
    collect(&source(), &mut files);
    files
}

fn collect(folder: &Path, files: &mut BTreeMap<String, File>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "tests" {
            collect(&path, files);
        }
        let tests = [
            "tests.rs",
            "testing.rs",
            "examples.rs",
            "property.rs",
            "main.rs",
            "lib.rs",
        ];
        if !name.ends_with(".rs") || tests.contains(&name.as_str()) {
            continue;
        }
        let inside = path.strip_prefix(source()).unwrap().with_extension("");
        let mut parts: Vec<String> = inside
            .iter()
            .map(|p| p.to_string_lossy().into_owned())
            .collect();
        if parts.last().is_some_and(|p| p == "mod") {
            parts.pop();
        }
        let module = parts.join("::");
        let code = code(&std::fs::read_to_string(&path).unwrap());
        let handed_on = paths(&code)
            .into_iter()
            .filter(|p| p.public)
            .filter_map(|p| {
                let (child, item) = p.path.rsplit_once("::")?;
                let child = absolute(&module, child);
                Some((item.to_owned(), child))
            })
            .collect();
        files.insert(module, File { code, handed_on });
    }
}

/// The source as the compiler sees it without tests: comments, strings and test modules left out.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
    let mut out = String::new();
    for line in text.lines() {
        let line = line.split("//").next().unwrap_or("");
        // Paths never stand in strings; what looks like one there is none.
        for (i, piece) in line.split('"').enumerate() {
            if i % 2 == 0 {
                out.push_str(piece);
            }
        }
        out.push('\n');
    }
    out
}

/// A path that a file names.
struct Named {
    path: String,
    /// It is handed on: `pub use`.
    public: bool,
}

/// Every path of every `use`, its braces undone, and every path in the code.
fn paths(code: &str) -> Vec<Named> {
    let mut found = Vec::new();
    let mut rest = code;
    let mut others = String::new();
    while let Some(at) = rest.find("use ") {
        let before = rest[..at].lines().next_back().unwrap_or("").trim();
        let starts = before.is_empty() || before.starts_with("pub");
        others.push_str(&rest[..at]);
        let (statement, after) = rest[at + 4..].split_once(';').unwrap_or(("", ""));
        if starts {
            let flat: String = statement.split_whitespace().collect::<Vec<_>>().join(" ");
            for path in undone(&flat) {
                found.push(Named {
                    path: path.split(" as ").next().unwrap_or("").replace(' ', ""),
                    public: before.starts_with("pub"),
                });
            }
            rest = after;
        } else {
            rest = &rest[at + 4..];
        }
    }
    others.push_str(rest);
    for word in others.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | ':')) {
        if word.contains("::") && word.starts_with(|c: char| c.is_lowercase()) {
            found.push(Named {
                path: word.trim_matches(':').to_owned(),
                public: false,
            });
        }
    }
    found
}

/// `a::{b, c::{d, e}}` as `a::b`, `a::c::d`, `a::c::e`.
fn undone(tree: &str) -> Vec<String> {
    let Some((head, inner)) = tree.split_once('{') else {
        return vec![tree.trim().to_owned()];
    };
    let inner = inner.trim_end().strip_suffix('}').unwrap_or(inner);
    let (mut depth, mut piece, mut out) = (0, String::new(), Vec::new());
    for c in inner.chars().chain([',']) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let one = std::mem::take(&mut piece);
                if !one.trim().is_empty() {
                    let whole = format!("{head}{}", one.trim());
                    out.extend(undone(&whole));
                }
                continue;
            }
            _ => {}
        }
        piece.push(c);
    }
    out
}

/// A path as seen from a module, from the root of the crate; other crates' paths stay as they are.
fn absolute(module: &str, path: &str) -> String {
    let mut base: Vec<&str> = module.split("::").collect();
    let mut parts = path.split("::").peekable();
    match parts.peek() {
        Some(&"crate") => {
            parts.next();
            base.clear();
        }
        Some(&"self") => {
            parts.next();
        }
        Some(&"super") => {
            while parts.peek() == Some(&"super") {
                parts.next();
                base.pop();
            }
        }
        _ => {}
    }
    base.extend(parts);
    base.join("::")
}

/// The file that defines what a path names: through what modules hand on from their children.
fn defines(files: &BTreeMap<String, File>, path: &str) -> Option<String> {
    let mut module = path.to_owned();
    let mut item = String::new();
    loop {
        if let Some(file) = files.get(&module) {
            if !item.is_empty() && defines_item(files, &module, &item) {
                return Some(module);
            }
            let handed = file.handed_on.iter().find(|(name, child)| {
                let all = name == "*" && !item.is_empty() && files.contains_key(child);
                *name == item || all && defines_item(files, child, &item)
            });
            return match handed {
                Some((_, child)) if *child != module => {
                    defines(files, &format!("{child}::{item}")).or(Some(child.clone()))
                }
                // Something of a module inside the file, or of a macro's making.
                _ => item.is_empty().then_some(module),
            };
        }
        let (outer, last) = module.rsplit_once("::")?;
        (item, module) = (last.to_owned(), outer.to_owned());
    }
}

fn defines_item(files: &BTreeMap<String, File>, module: &str, item: &str) -> bool {
    let code = &files[module].code;
    [
        "fn ", "struct ", "enum ", "const ", "type ", "trait ", "mod ",
    ]
    .iter()
    .any(|kind| code.contains(&format!("{kind}{item}")))
        || code.contains(&format!("\n    {item} "))
}

/// For each file the files that it takes something from.
fn arrows(files: &BTreeMap<String, File>) -> BTreeMap<&str, BTreeSet<String>> {
    let mut arrows: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (module, file) in files {
        let own = arrows.entry(module).or_default();
        for named in paths(&file.code).iter().filter(|n| !n.public) {
            let from_root = absolute(module, &named.path);
            if let Some(target) = defines(files, &from_root)
                && target != *module
                && !target.is_empty()
            {
                own.insert(target);
            }
        }
    }
    arrows
}

/// The files from which a file can be reached, among those that it reaches.
fn circles(arrows: &BTreeMap<&str, BTreeSet<String>>) -> Vec<BTreeSet<String>> {
    let reach = |from: &str| {
        let mut seen = BTreeSet::new();
        let mut next = vec![from.to_owned()];
        while let Some(file) = next.pop() {
            for to in arrows.get(file.as_str()).into_iter().flatten() {
                if seen.insert(to.clone()) {
                    next.push(to.clone());
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&str, BTreeSet<String>> =
        arrows.keys().map(|file| (*file, reach(file))).collect();
    let mut found: Vec<BTreeSet<String>> = Vec::new();
    for (file, seen) in &reached {
        let circle: BTreeSet<String> = seen
            .iter()
            .filter(|other| {
                reached
                    .get(other.as_str())
                    .is_some_and(|r| r.contains(*file))
            })
            .cloned()
            .collect();
        if circle.len() > 1 && !found.contains(&circle) {
            found.push(circle);
        }
    }
    found
}

fn room(module: &str) -> &str {
    module.split("::").next().unwrap_or(module)
}

#[test]
fn no_file_imports_one_that_imports_it() {
    let files = modules();
    let arrows = arrows(&files);
    assert!(arrows.values().map(BTreeSet::len).sum::<usize>() > 300);
    let unexpected: Vec<BTreeSet<String>> = circles(&arrows)
        .into_iter()
        .filter(|circle| circle.iter().any(|f| !CIRCLES.contains(&room(f))))
        .collect();
    assert!(unexpected.is_empty(), "{unexpected:#?}");
}

#[test]
fn no_room_knows_one_above_it() {
    let files = modules();
    let mut wrong = Vec::new();
    for (file, targets) in arrows(&files) {
        let may = MAY_KNOW.iter().find(|(name, _)| *name == room(file));
        let may = may.unwrap_or_else(|| panic!("{file} is in no room")).1;
        for target in targets {
            let theirs = room(&target);
            if theirs != room(file) && !may.contains(&theirs) {
                wrong.push(format!("{file} -> {target}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn paths_are_followed_to_the_file_that_defines_them() {
    let files = modules();
    let defined = |path: &str| defines(&files, path).unwrap_or_default();
    assert_eq!(defined("form::Schema"), "form::schema");
    assert_eq!(defined("form::FormSet"), "form::set");
    assert_eq!(defined("text::Span"), "text::span");
    assert_eq!(
        undone("a::{b, c::{d, e}, f}"),
        ["a::b", "a::c::d", "a::c::e", "a::f"]
    );
    assert_eq!(absolute("a::b::c", "super::d::E"), "a::b::d::E");
}
