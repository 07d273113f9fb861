//! Extraction and checks against reports whose every cell is known. The corpus is not part of the
//! repository: the tests run where `../shared/corpus` is, or the folder named by `GOUJI_CORPUS`,
//! and say that they were skipped where it is not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gouji::check::{Finding, Severity, check};
use gouji::extract::extract;
use gouji::form::FormSet;
use gouji::report::{Report, ReportId, Status};
use gouji::words::Lang;
use gouji::words::finding::message;
use rust_decimal::Decimal;

fn corpus(test: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let folder = std::env::var_os("GOUJI_CORPUS").map_or(beside, PathBuf::from);
    if folder.join("truth").is_dir() {
        return Some(folder);
    }
    eprintln!("{test}: skipped, no corpus at {}", folder.display());
    None
}

fn forms() -> &'static FormSet {
    FormSet::embedded().unwrap_or_else(|e| panic!("{e}"))
}

fn read(path: &Path) -> (Report, Vec<Finding>) {
    let loaded = gouji::source::load(path).unwrap_or_else(|e| panic!("{e}"));
    let document = loaded.parts.into_iter().next().unwrap().document;
    let id = ReportId::file(path);
    let report = extract(forms(), id, &loaded.sha256, &document, None)
        .unwrap_or_else(|| panic!("{}: no report", path.display()));
    let findings = check(&report, &document, &report).findings;
    (report, findings)
}

fn is_read(file: &str) -> bool {
    [".txt", ".html"].iter().any(|e| file.ends_with(e))
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// Fields that claim a value; no key may stand twice.
fn said(report: &Report) -> BTreeMap<&str, Decimal> {
    let mut seen = BTreeSet::new();
    for (cell, _) in report.cells() {
        let key = report.schema.key(cell);
        assert!(seen.insert(key), "{}: {key} stands twice", report.id);
    }
    let known = report
        .cells()
        .filter(|(_, f)| matches!(f.status, Status::Read | Status::Inferred));
    known
        .filter_map(|(cell, f)| Some((report.schema.key(cell), f.value?)))
        .collect()
}

fn strings(value: Option<&toml::Value>) -> Vec<String> {
    let list = value.and_then(toml::Value::as_array).into_iter().flatten();
    list.filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

/// What a truth file of a real report says.
struct Truth {
    file: String,
    cells: BTreeMap<String, Decimal>,
    /// Cells that nobody can place.
    open: BTreeSet<String>,
    /// Cells that the tables alone leave open.
    tables_only: BTreeSet<String>,
    joint: Option<u64>,
    form: String,
    year: i64,
    findings: Vec<toml::Value>,
}

fn word<'a>(finding: &'a toml::Value, key: &str) -> &'a str {
    finding.get(key).and_then(toml::Value::as_str).unwrap_or("")
}

fn truths(folder: &Path) -> Vec<Truth> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder.join("truth"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    files.sort();
    let mut out = Vec::new();
    for path in files {
        let t: toml::Table = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let cells = t
            .get("cells")
            .and_then(toml::Value::as_table)
            .cloned()
            .unwrap_or_default();
        let array = |k: &str| {
            t.get(k)
                .and_then(toml::Value::as_array)
                .cloned()
                .unwrap_or_default()
        };
        let only = t.get("tables_only");
        let truth = Truth {
            file: t["source"]["file"].as_str().unwrap().to_owned(),
            cells: cells
                .into_iter()
                .map(|(k, v)| (k, decimal(v.to_string().trim_matches('"'))))
                .collect(),
            open: array("ambiguous")
                .iter()
                .chain(&array("glued"))
                .flat_map(|g| strings(g.get("cells")))
                .collect(),
            tables_only: only
                .map(|o| strings(o.get("cells")))
                .unwrap_or_default()
                .into_iter()
                .collect(),
            joint: only
                .and_then(|o| o.get("joint_solutions"))
                .and_then(toml::Value::as_integer)
                .map(|n| n as u64),
            form: t["report"]["template"].as_str().unwrap().to_owned(),
            year: t["report"]["year"].as_integer().unwrap(),
            findings: array("findings"),
        };
        if is_read(&truth.file) && folder.join(&truth.file).exists() {
            out.push(truth);
        }
    }
    out
}

#[test]
fn real_reports_are_read_without_a_wrong_value() {
    let Some(folder) = corpus("real reports") else {
        return;
    };
    for truth in truths(&folder) {
        let (report, _) = read(&folder.join(&truth.file));
        let said = said(&report);
        for (key, value) in &said {
            assert_eq!(truth.cells.get(*key), Some(value), "{}: {key}", truth.file);
        }
        for key in truth.cells.keys().filter(|k| !truth.open.contains(*k)) {
            let field = report.named(key).map(|(_, field)| field);
            let open = truth.tables_only.contains(key)
                && field.is_some_and(|f| f.status == Status::Ambiguous);
            assert!(
                open || said.contains_key(key.as_str()),
                "{}: {key} is lost: {field:?}",
                truth.file
            );
        }
        if let Some(count) = truth.joint {
            let ours: Vec<_> = report.joint.iter().filter(|j| j.table == "t3").collect();
            assert_eq!(
                ours.iter().map(|j| j.count).collect::<Vec<_>>(),
                [count],
                "{}",
                truth.file
            );
            let keys: BTreeSet<String> = ours
                .iter()
                .flat_map(|j| &j.cells)
                .map(|c| report.schema.key(*c).to_owned())
                .collect();
            assert_eq!(keys, truth.tables_only, "{}: open cells", truth.file);
        }
        assert_eq!(report.form().as_str(), truth.form, "{}", truth.file);
        assert_eq!(
            report.year.map(i64::from),
            Some(truth.year),
            "{}",
            truth.file
        );
        assert!(report.organ.is_some(), "{}", truth.file);
    }
}

fn of_tables(rule: &str) -> bool {
    ["T2.", "T3.", "T4.", "IND.", "V."]
        .iter()
        .any(|r| rule.starts_with(r))
}

fn loud(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings
        .iter()
        .filter(|f| of_tables(f.rule.as_str()) && f.severity > Severity::Info)
}

#[test]
fn real_reports_have_the_table_findings_that_people_found() {
    let Some(folder) = corpus("findings") else {
        return;
    };
    for truth in truths(&folder) {
        let (report, findings) = read(&folder.join(&truth.file));
        for expected in truth
            .findings
            .iter()
            .filter(|f| of_tables(word(f, "rule")) && word(f, "severity") != "info")
        {
            let none = [
                "explained",
                "not_assessable",
                "not_applicable",
                "extraction_loss",
            ];
            if none.contains(&word(expected, "verdict")) {
                continue;
            }
            let (rule, keys) = (word(expected, "rule"), strings(expected.get("keys")));
            let concerns = |f: &&Finding| {
                keys.is_empty()
                    || rule.starts_with("T2.")
                    || f.cells
                        .iter()
                        .any(|c| keys.iter().any(|k| k == report.schema.key(*c)))
            };
            let found = findings
                .iter()
                .filter(|f| f.rule == *rule)
                .any(|f| concerns(&f));
            assert!(found, "{}: {rule} over {keys:?} not found", truth.file);
        }
        for finding in loud(&findings) {
            let expected = truth
                .findings
                .iter()
                .any(|f| finding.rule == word(f, "rule"));
            assert!(
                expected,
                "{}: {} is no finding: {}",
                truth.file,
                finding.fingerprint,
                message(finding, report.schema, Lang::En)
            );
        }
    }
}

#[test]
fn generated_reports_are_read_without_a_wrong_value() {
    let Some(folder) = corpus("generated reports") else {
        return;
    };
    let folder = folder.join("generated");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder.join("truth"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    files.sort();
    let (mut cells, mut right, mut who, mut who_right) = (0u32, 0u32, 0u32, 0u32);
    for path in files {
        let t: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let file = t["file"].as_str().unwrap();
        if !is_read(file) {
            continue;
        }
        let list = |k: &str| -> BTreeSet<&str> {
            t[k].as_array()
                .into_iter()
                .flatten()
                .filter_map(|v| v.as_str())
                .collect()
        };
        let (unclear, lost) = (list("ambiguous"), list("lost"));
        let (report, findings) = read(&folder.join("files").join(file));
        let said = said(&report);
        let truth: BTreeMap<&str, Option<Decimal>> = t["cells"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str().map(decimal)))
            .collect();
        for (key, value) in said.iter().filter(|(k, _)| !lost.contains(*k)) {
            let right = truth.get(key).copied().flatten();
            let forced = t["forced"].get(key).and_then(|v| v.as_str()).map(decimal);
            // In a cell that nobody can place, an empty one and 0 are the same.
            let nothing =
                unclear.contains(key) && value.is_zero() && right.is_none_or(|v| v.is_zero());
            let fits = right == Some(*value) || forced == Some(*value) || nothing;
            assert!(fits, "{file}: {key} is said to be {value}, truth {right:?}");
        }
        for (key, value) in truth
            .iter()
            .filter(|(k, _)| !unclear.contains(*k) && !lost.contains(*k))
        {
            if let Some(value) = value {
                cells += 1;
                right += u32::from(said.get(key) == Some(value));
            }
        }
        let organs = list("organ_accept");
        who += 2;
        who_right += u32::from(report.form().as_str() == t["form"].as_str().unwrap());
        who_right += u32::from(report.year.map(u64::from) == t["year"].as_u64());
        if t["organ_visible"].as_bool().unwrap() {
            who += 1;
            who_right += u32::from(report.organ.as_deref().is_some_and(|o| organs.contains(o)));
        }
        if t["clean"].as_bool().unwrap() {
            let loud: Vec<_> = loud(&findings).map(|f| &f.fingerprint).collect();
            assert!(loud.is_empty(), "{file} is clean, but {loud:?}");
        }
    }
    eprintln!("generated: {right} of {cells} cells, {who_right} of {who} of organ, year and form");
    assert!(right * 100 >= cells * 95, "{right} of {cells} cells");
    assert!(
        who_right * 100 >= who * 98,
        "{who_right} of {who} of organ, year and form"
    );
}
