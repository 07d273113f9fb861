//! Records for machines, one a report, finding or failure. What they are called and how they
//! look is a promise to scripts.

use std::collections::BTreeMap;
use std::path::Path;

use rust_decimal::Decimal;
use serde::Serialize;

use super::output::json;
use crate::check::{Checked, Doubt, Finding, RuleId, Severity, State};
use crate::form::Schema;
use crate::report::{CellId, Field, FormId, Kind, Level, Report, Script, Section};
use crate::source::{ErrorKind, ReadError};
use crate::text::Span;
use crate::words::{self, Lang, reading};

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
    fields: Vec<FieldRecord<'a>>,
    joint: Vec<JointRecord<'a>>,
    /// Figures stated in the prose; the record has a place for them.
    claims: [(); 0],
    sections: &'a [Section],
    errors: Vec<String>,
}

#[derive(Serialize)]
struct FieldRecord<'a> {
    key: &'static str,
    #[serde(flatten)]
    field: &'a Field,
}

#[derive(Serialize)]
struct JointRecord<'a> {
    table: &'static str,
    keys: Vec<&'static str>,
    count: u64,
    solutions: &'a [Vec<Option<Decimal>>],
}

/// The names of cells.
fn keys(schema: &Schema, cells: &[CellId]) -> Vec<&'static str> {
    cells.iter().map(|cell| schema.key(*cell)).collect()
}

/// A report as extracted.
pub fn report(report: &Report, lang: Lang) -> String {
    let schema = report.schema;
    let notes = report.errors.iter().map(|n| reading::note(n, lang));
    let fields = report.cells().map(|(cell, field)| FieldRecord {
        key: schema.key(cell),
        field,
    });
    let joint = report.joint.iter().map(|joint| JointRecord {
        table: joint.table.as_str(),
        keys: keys(schema, &joint.cells),
        count: joint.count,
        solutions: &joint.solutions,
    });
    json(&ReportRecord {
        file: shown(report.id.path()),
        id: report.id.to_string(),
        sha256: &report.sha256,
        organ: report.organ.as_deref(),
        level: report.level,
        kind: report.kind,
        year: report.year,
        form: report.form(),
        published: report.published.map(|d| d.to_string()),
        signed: report.signed.map(|d| d.to_string()),
        script: report.script,
        fields: fields.collect(),
        joint: joint.collect(),
        claims: [],
        sections: &report.sections,
        errors: notes.collect(),
    })
}

#[derive(Serialize)]
struct FindingRecord<'a> {
    file: String,
    id: String,
    rule: RuleId,
    severity: Severity,
    fingerprint: &'a str,
    message: String,
    fields: Vec<&'static str>,
    expected: Option<Decimal>,
    actual: Option<Decimal>,
    formula: String,
    doubt: Doubt,
    repairs: Vec<RepairRecord>,
    quote: &'a str,
    span: Option<Span>,
    state: State,
}

#[derive(Serialize)]
struct RepairRecord {
    set: BTreeMap<&'static str, Decimal>,
    why: String,
}

/// A finding of a report; its sentences in `lang`.
pub fn finding(report: &Report, finding: &Finding, lang: Lang) -> String {
    let schema = report.schema;
    let repairs = finding.repairs.iter().map(|repair| RepairRecord {
        set: repair
            .set
            .iter()
            .map(|(c, v)| (schema.key(*c), *v))
            .collect(),
        why: words::finding::said(finding.rule, &repair.why, schema, lang),
    });
    json(&FindingRecord {
        file: shown(report.id.path()),
        id: report.id.to_string(),
        rule: finding.rule,
        severity: finding.severity,
        fingerprint: &finding.fingerprint,
        message: words::finding::message(finding, schema, lang),
        fields: keys(schema, &finding.cells),
        expected: finding.expected,
        actual: finding.actual,
        formula: words::finding::formula(finding, schema, lang),
        doubt: finding.doubt(),
        repairs: repairs.collect(),
        quote: &finding.quote,
        span: finding.span,
        state: finding.state,
    })
}

#[derive(Serialize)]
struct OpenRecord<'a> {
    file: String,
    id: String,
    rule: &'a str,
    fingerprint: &'a str,
    /// The operands that are not known.
    fields: Vec<&'static str>,
    state: &'static str,
}

/// Instances of rules that could not be assessed: neither passed nor failed.
pub fn not_assessable<'a>(
    report: &'a Report,
    checked: &'a Checked,
) -> impl Iterator<Item = (&'a str, String)> {
    checked.not_assessable.iter().map(|(fingerprint, cells)| {
        let rule = rule_of(fingerprint);
        let record = json(&OpenRecord {
            file: shown(report.id.path()),
            id: report.id.to_string(),
            rule,
            fingerprint,
            fields: keys(report.schema, cells),
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
pub fn failure(error: &ReadError, lang: Lang) -> String {
    let message = reading::failure(&error.cause, lang);
    failed::<ErrorKind>(&error.path, error.kind(), &message)
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
    use crate::check::testing::Sheet;
    use crate::report::{Joint, ReportId, Status};

    /// A report of the form of 2021 with three cells that say something.
    fn sample() -> Report {
        let mut sheet = Sheet::zeros(FormId::FMT_2021, 2022);
        let report = &mut sheet.report;
        let fees = report.schema.id("t2.art20_8.fees.amount_wan").unwrap();
        let total = report.schema.id("t3.new.total").unwrap();
        report.id = ReportId {
            path: "a/b.html".into(),
            member: Some("#2".to_owned()),
        };
        report.sha256 = "00ff".to_owned();
        report.published = Some(jiff::civil::date(2023, 1, 30));
        report.fields[fees.index()] = Field {
            value: "96171.60".parse().ok(),
            status: Status::Read,
            raw: Some("96171.60 ".to_owned()),
            unit: Some("万元".into()),
            span: Some(Span::new(5, 13)),
            ..Field::missing()
        };
        report.fields[total.index()] = Field {
            status: Status::Ambiguous,
            candidates: vec!["3".parse().ok(), None],
            ..Field::missing()
        };
        report.joint = vec![Joint {
            table: "t3".into(),
            cells: vec![total],
            count: 2,
            solutions: vec![vec!["3".parse().ok()], vec![None]],
        }];
        report.sections = vec![Section {
            id: "s1".to_owned(),
            heading: "一、总体情况".to_owned(),
            span: Span::new(0, 900),
        }];
        sheet.report
    }

    #[test]
    fn a_report_looks_as_promised() {
        let said = report(&sample(), Lang::En);
        assert!(said.starts_with(concat!(
            r#"{"file":"a/b.html","id":"a/b.html#2","sha256":"00ff","organ":"云溪市人民政府","#,
            r#""level":"prefecture_city","kind":"government","year":2022,"form":"fmt_2021","#,
            r#""published":"2023-01-30","signed":null,"script":"Hans","fields":[{"key":"t2.art20_1."#,
        )));
        for part in [
            concat!(
                r#"{"key":"t2.art20_8.fees.amount_wan","value":"96171.60","status":"read","raw":"96171.60 ","#,
                r#""unit":"万元","span":[5,13],"page":null,"by":[],"candidates":[]},"#,
            ),
            concat!(
                r#"{"key":"t3.new.total","value":null,"status":"ambiguous","raw":null,"unit":null,"#,
                r#""span":null,"page":null,"by":[],"candidates":["3",null]},"#,
            ),
        ] {
            assert!(said.contains(part), "{part}");
        }
        assert!(said.ends_with(concat!(
            r#"],"joint":[{"table":"t3","keys":["t3.new.total"],"count":2,"solutions":[["3"],[null]]}],"#,
            r#""claims":[],"sections":[{"id":"s1","heading":"一、总体情况","span":[0,900]}],"errors":[]}"#,
        )));
    }

    #[test]
    fn findings_and_failures_too() {
        let sheet = Sheet::zeros(FormId::FMT_2021, 2022)
            .set(&[("t4.review.upheld", "2"), ("t4.review.total", "3")]);
        let mut found = sheet.finding("T4.SUM");
        (found.quote, found.span) = ("q".to_owned(), Some(Span::new(1, 2)));
        assert_eq!(
            finding(&sample(), &found, Lang::En),
            concat!(
                r#"{"file":"a/b.html","id":"a/b.html#2","rule":"T4.SUM","severity":"error","#,
                r#""fingerprint":"T4.SUM@review","message":"administrative reconsideration: the four outcomes add up to 2, "#,
                r#"the total is 3, off by 1; all figures were read plainly, so the report itself is probably wrong","#,
                r#""fields":["t4.review.upheld","t4.review.corrected","t4.review.other","t4.review.pending","t4.review.total"],"#,
                r#""expected":"2","actual":"3","formula":"2 + 0 + 0 + 0 = 3","doubt":"report","#,
                r#""repairs":[],"quote":"q","span":[1,2],"state":"undecided"}"#,
            )
        );
        let error = ReadError {
            path: "扫描件.pdf".into(),
            cause: crate::source::Cause::NotAReport,
        };
        assert_eq!(
            failure(&error, Lang::En),
            r#"{"file":"扫描件.pdf","error":{"kind":"not_a_report","message":"this is no annual report on government information disclosure: no title, part or table of one was found"}}"#
        );
        let report = sample();
        let checked = Checked {
            findings: Vec::new(),
            not_assessable: vec![(
                "T3.ROW@new".to_owned(),
                vec![report.schema.id("t3.new.total").unwrap()],
            )],
        };
        let open: Vec<_> = not_assessable(&report, &checked).map(|(_, r)| r).collect();
        assert_eq!(
            open,
            [concat!(
                r#"{"file":"a/b.html","id":"a/b.html#2","rule":"T3.ROW","fingerprint":"T3.ROW@new","#,
                r#""fields":["t3.new.total"],"state":"not_assessable"}"#
            )]
        );
    }

    /// A form of one's own goes the whole way: its rows are found in the text, its figures are
    /// read and held against its own rule, and stand in the records under their own keys.
    #[test]
    fn a_local_annex_goes_from_the_file_to_the_records() {
        let text = "云溪省政务服务局2022年政府信息公开工作年度报告\n一、总体情况\n平稳。\n\
            六、其他需要报告的事项\n附表 公共企事业单位信息公开情况\n指标名称 单位 数量\n\
            一、纳入公开范围的公共企事业单位数 家 41\n二、主动公开企事业信息数 条 1200\n\
            三、收到公众咨询总数 件 7\n（一）供水咨询数 件 3\n（二）供电咨询数 件 2\n\
            （三）供气咨询数 件 1\n（四）公共交通咨询数 件 0\n四、收到企事业公开投诉数 件 5\n\
            五、督促整改企事业单位数 家 2\n六、培训企事业单位人员数 人次 86\n";
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("annex.txt");
        std::fs::write(&path, text).unwrap();
        let options = crate::batch::Options {
            forms: crate::form::tests::annex(),
            decisions: true,
            queue: Severity::Warning,
        };
        let opened = crate::batch::open(&path, options).unwrap().remove(0);
        let record = report(&opened.report, Lang::En);
        for part in [
            r#""form":"yunxi_annex""#,
            r#"{"key":"a1.enterprises","value":"41","status":"read","raw":"41","unit":"家""#,
            r#"{"key":"a1.asked_by.transport","value":"0","status":"read""#,
            r#"{"key":"a1.trained","value":"86","status":"read","raw":"86","unit":"人次""#,
        ] {
            assert!(record.contains(part), "{part} in {record}");
        }
        let found = opened.findings().iter().find(|f| f.rule == "A1.ASKED");
        let said = finding(&opened.report, found.unwrap(), Lang::En);
        assert!(said.contains(r#""fingerprint":"A1.ASKED""#), "{said}");
        assert!(
            said.contains("the four kinds add up to 6, the whole is 7"),
            "{said}"
        );
        // And it comes back from where it was kept.
        let kept = serde_json::to_string(&opened.report).unwrap();
        assert!(
            serde_json::from_str::<Report>(&kept).is_err(),
            "no such statutory form"
        );
        let stored: crate::report::Stored = serde_json::from_str(&kept).unwrap();
        assert_eq!(stored.with(options.forms), Some(opened.report.clone()));
    }

    #[test]
    fn a_report_goes_through_serde_both_ways() {
        let report = sample();
        let kept = serde_json::to_string(&report).unwrap();
        assert_eq!(serde_json::from_str::<Report>(&kept).unwrap(), report);
    }
}
