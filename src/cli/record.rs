//! Records for machines, one a report, finding or failure. What they are called and how they
//! look is a promise to scripts.

use std::path::Path;

use serde::Serialize;

use super::output::json;
use crate::check::{Checked, Finding, State};
use crate::report::{Field, FormId, Joint, Kind, Level, Report, Script, Section};
use crate::source::{ErrorKind, ReadError};

#[derive(Serialize)]
struct ReportRecord<'a> {
    file: String,
    id: String,
    sha256: &'a str,
    organ: Option<&'a str>,
    level: Option<Level>,
    kind: Option<Kind>,
    year: Option<u16>,
    form: FormId,
    published: Option<String>,
    signed: Option<String>,
    script: Script,
    fields: &'a [Field],
    joint: &'a [Joint],
    /// Figures stated in the prose; the record has a place for them.
    claims: [(); 0],
    sections: &'a [Section],
    errors: &'a [String],
}

/// A report as extracted.
pub fn report(report: &Report) -> String {
    json(&ReportRecord {
        file: shown(report.id.path()),
        id: report.id.to_string(),
        sha256: &report.sha256,
        organ: report.organ.as_deref(),
        level: report.level,
        kind: report.kind,
        year: report.year,
        form: report.form,
        published: report.published.map(|d| d.to_string()),
        signed: report.signed.map(|d| d.to_string()),
        script: report.script,
        fields: &report.fields,
        joint: &report.joint,
        claims: [],
        sections: &report.sections,
        errors: &report.errors,
    })
}

#[derive(Serialize)]
struct FindingRecord<'a> {
    file: String,
    id: String,
    #[serde(flatten)]
    finding: &'a Finding,
}

/// A finding of a report.
pub fn finding(report: &Report, finding: &Finding) -> String {
    json(&FindingRecord {
        file: shown(report.id.path()),
        id: report.id.to_string(),
        finding,
    })
}

#[derive(Serialize)]
struct OpenRecord<'a> {
    file: String,
    id: String,
    rule: &'a str,
    fingerprint: &'a str,
    /// The operands that are not known.
    fields: &'a [String],
    state: &'static str,
}

/// Instances of rules that could not be assessed: neither passed nor failed.
pub fn not_assessable<'a>(
    report: &'a Report,
    checked: &'a Checked,
) -> impl Iterator<Item = (&'a str, String)> {
    checked.not_assessable.iter().map(|(fingerprint, fields)| {
        let rule = rule_of(fingerprint);
        let record = json(&OpenRecord {
            file: shown(report.id.path()),
            id: report.id.to_string(),
            rule,
            fingerprint,
            fields,
            state: "not_assessable",
        });
        (rule, record)
    })
}

#[derive(Serialize)]
struct Failure<'a, K: Serialize> {
    file: String,
    error: Cause<'a, K>,
}

#[derive(Serialize)]
struct Cause<'a, K: Serialize> {
    kind: K,
    message: &'a str,
}

/// A file that could not be read.
pub fn failure(error: &ReadError) -> String {
    failed::<ErrorKind>(&error.path, error.kind, &error.message)
}

/// A sidecar that could not be read: the report's decisions are not applied.
pub fn sidecar(report: &Report, message: &str) -> String {
    failed(report.id.path(), "sidecar", message)
}

fn failed<K: Serialize>(path: &Path, kind: K, message: &str) -> String {
    json(&Failure {
        file: shown(path),
        error: Cause { kind, message },
    })
}

/// The rule in a fingerprint.
pub fn rule_of(fingerprint: &str) -> &str {
    fingerprint.split('@').next().unwrap_or(fingerprint)
}

/// Whether a finding counts against the report: it was not dismissed and no correction mends it.
pub const fn is_open(state: State) -> bool {
    !matches!(state, State::Dismissed | State::Resolved)
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Doubt, Severity};
    use crate::report::{ReportId, Status};
    use crate::text::Span;
    use std::str::FromStr;

    fn sample() -> Report {
        Report {
            id: ReportId {
                path: "a/b.html".into(),
                member: Some("#2".to_owned()),
            },
            sha256: "00ff".to_owned(),
            organ: Some("云溪市人民政府".to_owned()),
            level: Some(Level::PrefectureCity),
            kind: Some(Kind::Government),
            year: Some(2022),
            form: FormId::Fmt2021,
            published: Some(jiff::civil::date(2023, 1, 30)),
            signed: None,
            script: Script::Hans,
            fields: vec![
                Field {
                    value: rust_decimal::Decimal::from_str("96171.60").ok(),
                    status: Status::Read,
                    raw: Some("96171.60 ".to_owned()),
                    unit: Some("万元".to_owned()),
                    span: Some(Span::new(5, 13)),
                    ..Field::missing("t2.art20_8.fees.amount")
                },
                Field {
                    status: Status::Ambiguous,
                    candidates: vec![rust_decimal::Decimal::from_str("3").ok(), None],
                    ..Field::missing("t3.new.total")
                },
            ],
            joint: vec![Joint {
                table: "t3".to_owned(),
                keys: vec!["t3.new.total".to_owned()],
                count: 2,
                solutions: vec![vec![rust_decimal::Decimal::from_str("3").ok()], vec![None]],
            }],
            sections: vec![Section {
                id: "s1".to_owned(),
                heading: "一、总体情况".to_owned(),
                span: Span::new(0, 900),
            }],
            tables: Vec::new(),
            errors: Vec::new(),
        }
    }

    #[test]
    fn a_report_looks_as_promised() {
        assert_eq!(
            report(&sample()),
            concat!(
                r#"{"file":"a/b.html","id":"a/b.html#2","sha256":"00ff","organ":"云溪市人民政府","#,
                r#""level":"prefecture_city","kind":"government","year":2022,"form":"fmt_2021","#,
                r#""published":"2023-01-30","signed":null,"script":"Hans","fields":["#,
                r#"{"key":"t2.art20_8.fees.amount","value":"96171.60","status":"read","raw":"96171.60 ","#,
                r#""unit":"万元","span":[5,13],"page":null,"by":[],"candidates":[]},"#,
                r#"{"key":"t3.new.total","value":null,"status":"ambiguous","raw":null,"unit":null,"#,
                r#""span":null,"page":null,"by":[],"candidates":["3",null]}],"#,
                r#""joint":[{"table":"t3","keys":["t3.new.total"],"count":2,"solutions":[["3"],[null]]}],"#,
                r#""claims":[],"sections":[{"id":"s1","heading":"一、总体情况","span":[0,900]}],"errors":[]}"#,
            )
        );
    }

    #[test]
    fn findings_and_failures_too() {
        let found = Finding {
            rule: "T3.BAL".to_owned(),
            severity: Severity::Error,
            fingerprint: "T3.BAL@total".to_owned(),
            message: "m".to_owned(),
            fields: vec!["t3.new.total".to_owned()],
            expected: Some(58.into()),
            actual: Some(57.into()),
            formula: "55 + 3 = 57 + 1".to_owned(),
            doubt: Doubt::Report,
            repairs: Vec::new(),
            quote: "q".to_owned(),
            span: Some(Span::new(1, 2)),
            state: State::Undecided,
        };
        assert_eq!(
            finding(&sample(), &found),
            concat!(
                r#"{"file":"a/b.html","id":"a/b.html#2","rule":"T3.BAL","severity":"error","#,
                r#""fingerprint":"T3.BAL@total","message":"m","fields":["t3.new.total"],"#,
                r#""expected":"58","actual":"57","formula":"55 + 3 = 57 + 1","doubt":"report","#,
                r#""repairs":[],"quote":"q","span":[1,2],"state":"undecided"}"#,
            )
        );
        let error = ReadError {
            path: "扫描件.pdf".into(),
            kind: ErrorKind::NotAReport,
            message: "m".to_owned(),
        };
        assert_eq!(
            failure(&error),
            r#"{"file":"扫描件.pdf","error":{"kind":"not_a_report","message":"m"}}"#
        );
        let checked = Checked {
            findings: Vec::new(),
            not_assessable: vec![("T3.ROW@new".to_owned(), vec!["t3.new.total".to_owned()])],
        };
        let open: Vec<_> = not_assessable(&sample(), &checked)
            .map(|(_, r)| r)
            .collect();
        assert_eq!(
            open,
            [concat!(
                r#"{"file":"a/b.html","id":"a/b.html#2","rule":"T3.ROW","fingerprint":"T3.ROW@new","#,
                r#""fields":["t3.new.total"],"state":"not_assessable"}"#
            )]
        );
    }
}
