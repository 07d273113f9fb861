//! Each rule holds on a good report and speaks on a broken one.

use rust_decimal::Decimal;

use super::testing::Sheet;
use super::{Doubt, Elsewhere, Figure, Figures, Severity, State};
use super::{check, check_with};
use crate::form::tests::forms;
use crate::form::{FormSet, Source};
use crate::report::{CellId, FormId, Kind, Level, Report, Section, Status};
use crate::text::Name;
use crate::words::Lang;

fn new_form() -> Sheet {
    Sheet::zeros(FormId::FMT_2021, 2022)
}

fn old_form() -> Sheet {
    Sheet::zeros(FormId::FMT_2019, 2019)
}

fn indicators() -> Sheet {
    Sheet::zeros(FormId::IND_2014, 2016)
}

fn decimal(s: &str) -> Option<Decimal> {
    Some(s.parse().unwrap())
}

#[test]
fn a_report_of_zeros_has_no_finding() {
    for sheet in [new_form(), old_form(), indicators()] {
        let checked = sheet.check();
        assert!(checked.findings.is_empty(), "{:#?}", checked.findings);
        assert!(checked.not_assessable.is_empty());
    }
}

#[test]
fn a_broken_balance_names_figures_fields_and_quote() {
    let sheet = new_form().set(&[
        ("t3.new.natural_person", "55"),
        ("t3.new.total", "55"),
        ("t3.carried_in.natural_person", "3"),
        ("t3.carried_in.total", "3"),
        ("t3.results.granted.natural_person", "57"),
        ("t3.results.granted.total", "57"),
        ("t3.results.total.natural_person", "57"),
        ("t3.results.total.total", "57"),
        ("t3.carried_out.natural_person", "1"),
        ("t3.carried_out.total", "2"),
    ]);
    assert_eq!(sheet.loud(), ["T3.ROW@carried_out", "T3.BAL@total"]);
    let finding = sheet.finding("T3.BAL");
    assert_eq!(finding.fingerprint, "T3.BAL@total");
    assert_eq!(finding.severity, Severity::Error);
    assert_eq!(sheet.formula(&finding), "55 + 3 = 57 + 2");
    assert_eq!(
        sheet.keys(&finding.cells),
        [
            "t3.new.total",
            "t3.carried_in.total",
            "t3.results.total.total",
            "t3.carried_out.total"
        ]
    );
    assert_eq!(
        (finding.expected, finding.actual),
        (decimal("58"), decimal("59"))
    );
    assert_eq!(
        (finding.doubt(), finding.state),
        (Doubt::Report, State::Undecided)
    );
    // Row and balance both point at the total of row four.
    assert!(finding.quote.starts_with("四、结转下年度继续办理"));
    assert_eq!(
        sheet.says(&finding, Lang::Zh),
        "总计列：一（新收）加二（上年结转）得 58，三（七）总计加四（结转下年）得 59，差 1；各数都直接读到，更像报告本身有误"
    );
    let english = sheet.says(&finding, Lang::En);
    assert!(english.starts_with("Column total: new and carried in make 58"));
}

#[test]
fn blank_is_zero_in_sums_and_shown_as_blank() {
    let sheet = new_form()
        .set(&[("t4.review.upheld", "2"), ("t4.review.total", "3")])
        .status(&["t4.review.pending"], Status::Blank);
    assert_eq!(sheet.formula(&sheet.finding("T4.SUM")), "2 + 0 + 0 + _ = 3");
    let good = sheet.set(&[("t4.review.total", "2")]);
    assert!(good.loud().is_empty());
}

#[test]
fn an_unknown_operand_is_neither_pass_nor_finding() {
    let sheet = new_form()
        .set(&[("t4.review.upheld", "2"), ("t4.review.total", "3")])
        .status(&["t4.review.pending"], Status::Ambiguous);
    let checked = sheet.check();
    assert!(checked.findings.is_empty());
    let [(fingerprint, unknown)] = checked.not_assessable.as_slice() else {
        panic!("{:?}", checked.not_assessable);
    };
    assert_eq!(fingerprint, "T4.SUM@review");
    assert_eq!(sheet.keys(unknown), ["t4.review.pending"]);
}

#[test]
fn inferred_operands_turn_the_doubt_on_us() {
    let sheet = new_form()
        .set(&[("t4.review.upheld", "2"), ("t4.review.total", "3")])
        .status(&["t4.review.upheld"], Status::Inferred);
    let finding = sheet.finding("T4.SUM");
    assert_eq!(finding.doubt(), Doubt::Extraction);
    let said = sheet.says(&finding, Lang::Zh);
    assert!(said.contains("行政复议 × 结果维持 的位置是推定的"));
}

#[test]
fn columns_and_rows_of_table_three() {
    let sheet = new_form().set(&[("t3.results.denied.other_laws.research", "4")]);
    assert_eq!(
        sheet.loud(),
        ["T3.ROW@results.denied.other_laws", "T3.COL@research"]
    );
    assert_eq!(sheet.formula(&sheet.finding("T3.COL")), "4 = 0");
}

#[test]
fn an_empty_total_is_no_wrong_sum() {
    let sheet = new_form()
        .set(&[
            ("t3.carried_in.natural_person", "3"),
            ("t3.carried_out.natural_person", "3"),
            ("t3.carried_out.total", "3"),
        ])
        .status(&["t3.carried_in.total"], Status::Blank);
    let finding = sheet.finding("T3.TOTAL_BLANK");
    assert_eq!(finding.fingerprint, "T3.TOTAL_BLANK@carried_in");
    assert_eq!((finding.expected, finding.actual), (decimal("3"), None));
    assert_eq!(finding.severity, Severity::Warning);
    assert!(!sheet.loud().iter().any(|f| f.starts_with("T3.ROW")));
}

#[test]
fn documents_of_article_twenty() {
    let sheet = new_form().set(&[
        ("t2.art20_1.normative_documents.made", "5"),
        ("t2.art20_1.normative_documents.valid", "4"),
    ]);
    let finding = sheet.finding("T2.IMPLIED_PRIOR");
    assert_eq!(finding.fingerprint, "T2.IMPLIED_PRIOR@normative_documents");
    assert_eq!(sheet.formula(&finding), "4 - 5 + 0 ≥ 0");
    assert_eq!(
        (finding.expected, finding.actual),
        (decimal("0"), decimal("-1"))
    );

    let sheet = old_form().set(&[
        ("t2.art20_1.rules.made", "1"),
        ("t2.art20_1.rules.disclosed", "2"),
        ("t2.art20_1.rules.total_public", "1"),
    ]);
    assert_eq!(
        sheet.loud(),
        ["T2.DISC_LE_MADE@rules", "T2.TOTAL_GE_DISC@rules"]
    );
}

#[test]
fn items_and_decisions() {
    let sheet = old_form().set(&[
        ("t2.art20_5.other_services.prior_items", "17"),
        ("t2.art20_5.other_services.change", "124"),
        ("t2.art20_5.other_services.decisions", "141"),
        ("t2.art20_6.penalty.prior_items", "2"),
        ("t2.art20_6.penalty.decisions", "2"),
        ("t2.art20_8.fees.prior_items", "2"),
        ("t2.art20_8.fees.change", "-3"),
    ]);
    assert_eq!(
        sheet.loud(),
        [
            "T2.ITEMS_NONNEG@fees",
            "T2.DECISIONS_EQ_ITEMS@other_services"
        ]
    );
    let finding = sheet.finding("T2.DECISIONS_EQ_ITEMS");
    assert_eq!(sheet.formula(&finding), "17 + 124 = 141");
    assert_eq!(finding.severity, Severity::Warning);
    let formula = sheet.formula(&sheet.finding("T2.ITEMS_NONNEG"));
    assert!(formula.starts_with("2 + (-3)"));
}

#[test]
fn rules_are_not_for_every_organ() {
    let mut sheet = new_form().set(&[("t2.art20_1.rules.valid", "3")]);
    assert!(sheet.loud().is_empty());
    for (level, kind) in [
        (Level::County, Kind::Government),
        (Level::Township, Kind::Government),
        (Level::PrefectureCity, Kind::Department),
        (Level::Province, Kind::Department),
    ] {
        (sheet.report.level, sheet.report.kind) = (Some(level), Some(kind));
        let finding = sheet.finding("T2.RULES_COMPETENCE");
        assert_eq!(finding.cells.len(), 3);
        assert!(sheet.says(&finding, Lang::Zh).contains("现行有效件数 3"));
    }
    for (level, kind) in [
        (Some(Level::National), Some(Kind::Department)),
        (None, None),
    ] {
        (sheet.report.level, sheet.report.kind) = (level, kind);
        assert!(sheet.loud().is_empty());
    }
}

#[test]
fn amounts_in_the_wrong_unit() {
    const AMOUNT: &str = "t2.art20_9.procurement.amount_wan";
    let mut sheet = old_form().set(&[("t2.art20_9.procurement.projects", "3"), (AMOUNT, "251000")]);
    assert!(sheet.loud().is_empty());
    for (unit, formula) in [
        ("元", "251000元 = 25.1万元"),
        ("亿元", "251000亿元 = 2510000000万元"),
    ] {
        sheet.field(AMOUNT).unit = Some(Name::of(unit));
        let finding = sheet.finding("T2.AMOUNT_UNIT");
        assert_eq!(sheet.formula(&finding), formula);
        assert_eq!(finding.severity, Severity::Warning);
    }

    // The digits run into the cell before, the unit is plain.
    sheet.field(AMOUNT).unit = Some("元".into());
    let sheet = sheet.status(&[AMOUNT], Status::Ambiguous);
    let finding = sheet.finding("T2.AMOUNT_UNIT");
    assert_eq!(sheet.formula(&finding), "元 ≠ 万元");
    assert_eq!(finding.doubt(), Doubt::Unclear);

    const FEES: &str = "t2.art20_8.fees.amount_wan";
    let mut sheet = new_form().set(&[(FEES, "7984.4712")]);
    assert!(sheet.loud().is_empty());
    sheet.field(FEES).unit = Some("元".into());
    assert_eq!(sheet.loud(), ["T2.FEE_UNIT"]);
    let sheet = new_form().set(&[(FEES, "134217728")]);
    assert_eq!(sheet.loud(), ["T2.FEE_UNIT"]);
    assert_eq!(sheet.finding("T2.FEE_DECIMALS").severity, Severity::Info);
    let sheet = new_form().set(&[(FEES, "1.2345678")]);
    assert!(sheet.loud().is_empty());
    assert_eq!(
        sheet.formula(&sheet.finding("T2.FEE_DECIMALS")),
        "1.2345678"
    );
}

#[test]
fn procurement_goes_in_pairs() {
    let sheet = old_form().set(&[("t2.art20_9.procurement.projects", "3")]);
    assert_eq!(sheet.loud(), ["T2.PROC_PAIR"]);
    let sheet = sheet.status(&["t2.art20_9.procurement.amount_wan"], Status::Unreadable);
    assert_eq!(sheet.loud(), ["V.TEXT@t2.art20_9.procurement.amount_wan"]);
    assert_eq!(sheet.check().not_assessable[0].0, "T2.PROC_PAIR");
}

#[test]
fn worth_knowing() {
    let sheet = new_form().set(&[
        ("t3.new.other_org", "1"),
        ("t3.new.total", "1"),
        ("t3.carried_out.other_org", "1"),
        ("t3.carried_out.total", "1"),
        ("t4.litigation.after_review.upheld", "1"),
        ("t4.litigation.after_review.total", "1"),
    ]);
    assert!(sheet.loud().is_empty());
    assert_eq!(
        sheet.keys(&sheet.finding("T3.LEGAL_OVERFLOW").cells),
        ["t3.new.other_org", "t3.carried_out.other_org"]
    );
    assert_eq!(sheet.finding("T4.AFTER_REVIEW").severity, Severity::Info);
    let reviewed = sheet.set(&[("t4.review.upheld", "1"), ("t4.review.total", "1")]);
    assert!(
        !reviewed
            .check()
            .findings
            .iter()
            .any(|f| f.rule == "T4.AFTER_REVIEW")
    );
}

#[test]
fn what_a_cell_may_hold() {
    let sheet = new_form()
        .set(&[
            ("t2.art20_8.fees.amount_wan", "1.5"),
            ("t2.art20_5.licensing.decisions", "2.5"),
            ("t2.art20_6.penalty.decisions", "-2"),
            ("t2.art20_6.coercion.decisions", "3.0"),
        ])
        .status(&["t3.new.research"], Status::Blank);
    assert_eq!(
        sheet.loud(),
        [
            "V.INT@t2.art20_5.licensing.decisions",
            "V.NEG@t2.art20_6.penalty.decisions"
        ]
    );
    let blank = sheet.finding("V.BLANK");
    assert_eq!(
        (blank.fingerprint.as_str(), blank.severity),
        ("V.BLANK@t3", Severity::Info)
    );
    assert!(
        old_form()
            .set(&[
                ("t2.art20_5.licensing.prior_items", "9"),
                ("t2.art20_5.licensing.change", "-2"),
            ])
            .loud()
            .is_empty()
    );

    let mut sheet = new_form().status(&["t3.new.total"], Status::Unreadable);
    sheet.field("t3.new.total").raw = Some("五 十".to_owned());
    let said = sheet.says(&sheet.finding("V.TEXT"), Lang::Zh);
    assert!(said.contains("“五十”"));
    sheet.field("t3.new.total").raw = Some("详见附件".to_owned());
    assert_eq!(sheet.finding("V.TEXT").severity, Severity::Info);
}

#[test]
fn indicators_that_add_up() {
    for (key, rule) in [
        ("ind.requests.received", "IND.RECV"),
        ("ind.requests.completed_on_time", "IND.DONE"),
        ("ind.requests.reply.nonexistent", "IND.REPLY"),
        ("ind.org.staff", "IND.STAFF"),
        ("ind.requests.denied_reason.other_legal", "IND.DENIED"),
    ] {
        let sheet = indicators().set(&[(key, "7")]);
        assert!(sheet.loud().contains(&rule.to_owned()), "{rule}");
    }
}

#[test]
fn outcomes_greater_than_the_total_are_errors_smaller_ones_may_be_pending() {
    for (total, rule) in [("ind.review", "IND.REVIEW"), ("ind.litigation", "IND.LIT")] {
        let (upheld, total) = (format!("{total}.upheld"), format!("{total}.total"));
        let sheet = indicators().set(&[(&upheld, "3"), (&total, "2")]);
        assert_eq!(sheet.finding(rule).severity, Severity::Error);
        let sheet = indicators().set(&[(&upheld, "3"), (&total, "4")]);
        assert_eq!(sheet.finding(rule).severity, Severity::Warning);
    }
}

#[test]
fn indicators_that_bound_each_other() {
    let sheet = indicators().set(&[
        ("ind.disclosure.total", "10"),
        ("ind.disclosure.normative_disclosed", "12"),
        ("ind.disclosure.normative_made", "11"),
        ("ind.disclosure.channel.website", "9"),
        ("ind.response.hot_topics", "5"),
        ("ind.response.online_interviews", "2"),
        ("ind.response.online_interviews_leader", "3"),
        ("ind.requests.completed", "2"),
        ("ind.requests.completed_on_time", "2"),
        ("ind.requests.replied", "3"),
        ("ind.requests.reply.granted", "3"),
    ]);
    assert_eq!(
        sheet.loud(),
        [
            "IND.NORM_LE_TOTAL",
            "IND.NORM_LE_MADE",
            "IND.CHANNEL_COVER",
            "IND.RESPONSE_COVER",
            "IND.LEADER@online_interviews",
            "IND.REPLY_LE_DONE",
        ]
    );
    assert_eq!(sheet.finding("IND.DONE_LE_RECV").severity, Severity::Info);
    assert_eq!(
        sheet.formula(&sheet.finding("IND.CHANNEL_COVER")),
        "0 + 9 + 0 + 0 + 0 ≥ 10"
    );
    let sheet = indicators().set(&[("ind.disclosure.channel.weibo", "1")]);
    assert_eq!(sheet.loud(), ["IND.CHANNEL_LE_TOTAL@weibo"]);
}

#[test]
fn a_channel_of_the_organs_own_may_explain_the_requests() {
    let mut sheet = indicators().set(&[("ind.requests.received", "2")]);
    assert_eq!(sheet.finding("IND.RECV").severity, Severity::Error);
    let at = sheet.document.text.len();
    sheet.document.text.push_str("5.其他 申请数 | 2\n");
    sheet.report.tables[0].span.end = at + "5.其他 申请数 | 2\n".len();
    let finding = sheet.finding("IND.RECV");
    assert_eq!(finding.severity, Severity::Warning);
    assert!(sheet.says(&finding, Lang::Zh).contains("自设的渠道"));
}

#[test]
fn a_missing_table_is_said_once() {
    let sheet = new_form().without("t4");
    assert_eq!(sheet.loud(), ["C.TABLE_MISSING@t4"]);
    assert!(sheet.check().not_assessable.is_empty());

    let sheet = new_form().without("t2").without("t3").without("t4");
    assert_eq!(sheet.loud(), ["C.TABLE_MISSING"]);
    assert_eq!(sheet.finding("C.TABLE_MISSING").severity, Severity::Error);

    let mut prose = Sheet::zeros(FormId::FREE_2008, 2018);
    assert_eq!(prose.finding("C.TABLE_MISSING").severity, Severity::Warning);
    prose.report.year = Some(2013);
    assert!(prose.loud().is_empty());
}

#[test]
fn an_empty_table_alone_means_none() {
    let keys = |table: &str| -> Vec<&str> {
        let table = forms().table(FormId::FMT_2021, table);
        table.unwrap().keys().collect()
    };
    let mut sheet = new_form();
    for key in keys("t4") {
        sheet = sheet.status(&[key], Status::Blank);
    }
    assert_eq!(sheet.finding("C.TABLE_MISSING").severity, Severity::Info);
    for key in keys("t2").iter().chain(&keys("t3")) {
        sheet = sheet.status(&[key], Status::Blank);
    }
    assert_eq!(sheet.loud().len(), 3);
    // A dash is an answer.
    for field in &mut sheet.report.fields {
        field.raw = Some("—".to_owned());
    }
    assert!(sheet.loud().is_empty());
}

#[test]
fn the_form_follows_the_year() {
    let mut sheet = old_form();
    sheet.report.year = Some(2024);
    let finding = sheet.finding("C.TEMPLATE_YEAR");
    assert_eq!(finding.fingerprint, "C.TEMPLATE_YEAR");
    assert_eq!(sheet.formula(&finding), "fmt_2019 ≠ fmt_2021");
    sheet.report.year = None;
    assert!(sheet.loud().is_empty());

    // Table 2 of 2021, table 3 of 2019.
    let sheet = new_form().with_table_of("t3", FormId::FMT_2019);
    assert_eq!(
        sheet.finding("C.TEMPLATE_YEAR").fingerprint,
        "C.TEMPLATE_YEAR@t3"
    );

    let mut sheet = indicators();
    sheet.report.year = Some(2020);
    assert_eq!(sheet.loud(), ["C.TEMPLATE_YEAR"]);
}

#[test]
fn a_table_of_another_form_is_held_against_its_own_relations() {
    let sheet = new_form()
        .with_table_of("t3", FormId::FMT_2019)
        .set(&[("t3.results.other.all.research", "4")]);
    let checked = sheet.check();
    assert!(checked.not_assessable.is_empty());
    assert_eq!(
        sheet.loud(),
        [
            "T3.ROW@results.other.all",
            "T3.COL@research",
            "C.TEMPLATE_YEAR@t3"
        ]
    );
}

#[test]
fn a_message_stands_in_either_language() {
    let sheet = indicators().set(&[
        ("ind.review.upheld", "3"),
        ("ind.disclosure.normative_disclosed", "2"),
    ]);
    let say = |lang| -> Vec<String> {
        let findings = sheet.check().findings;
        findings.iter().map(|f| sheet.says(f, lang)).collect()
    };
    let zh = say(Lang::Zh);
    assert!(zh[0].starts_with("其中：主动公开规范性文件数 2，大于（一）主动公开政府信息数"));
    assert!(zh[2].starts_with("四、行政复议数量：分项合计 3，合计数是 0，差 3；"));
    for message in say(Lang::En) {
        assert!(!message.contains(['{', '}', '：', '，']), "{message}");
    }
}

#[test]
fn parts_are_there_and_in_order() {
    let mut sheet = new_form();
    sheet.report.sections.retain(|s| s.id != "s6");
    let finding = sheet.finding("C.SECTIONS");
    assert_eq!(finding.severity, Severity::Error);
    assert!(
        sheet
            .says(&finding, Lang::Zh)
            .contains("六、其他需要报告的事项")
    );

    // The heading of part two was lost, but its table stands.
    let mut sheet = new_form();
    sheet.report.sections.retain(|s| s.id != "s2");
    assert!(sheet.loud().is_empty());

    // The text starts in part one.
    let mut sheet = new_form();
    sheet.report.sections.retain(|s| s.id != "s1");
    assert_eq!(sheet.finding("C.SECTIONS").severity, Severity::Error);
    let prose = "一年来，本机关认真公开政府信息。".repeat(40);
    for section in &mut sheet.report.sections {
        section.span.start += prose.len();
        section.span.end += prose.len();
    }
    sheet.document.text.insert_str(0, &prose);
    assert_eq!(sheet.finding("C.SECTIONS").severity, Severity::Warning);

    let mut sheet = new_form();
    let (five, six) = (sheet.report.sections[4].span, sheet.report.sections[5].span);
    (sheet.report.sections[4].span, sheet.report.sections[5].span) = (six, five);
    let finding = sheet.finding("C.ORDER");
    assert_eq!(finding.severity, Severity::Warning);
    assert!(
        sheet
            .says(&finding, Lang::Zh)
            .contains("六、其他需要报告的事项")
    );

    // Headings of the organ's own, and problems and plans apart, are no disorder.
    let mut sheet = new_form();
    let last = sheet.report.sections[5].clone();
    for (id, from) in [("x1", 0), ("s5", last.span.start)] {
        sheet.report.sections.push(Section {
            id: id.to_owned(),
            heading: String::new(),
            span: crate::text::Span::new(from, from + 3),
        });
    }
    assert!(sheet.loud().is_empty());
}

/// Figures that differ from the report's, as decisions make them.
struct Override<'a>(&'a Report, CellId, Decimal);

impl Figures for Override<'_> {
    fn figure(&self, cell: CellId) -> Figure {
        if cell == self.1 {
            Figure::Number(self.2)
        } else {
            self.0.figure(cell)
        }
    }
    fn status(&self, cell: CellId) -> Status {
        self.0.status(cell)
    }
}

#[test]
fn checks_run_on_the_figures_given() {
    let sheet = new_form().set(&[("t4.review.total", "3")]);
    assert_eq!(sheet.loud(), ["T4.SUM@review"]);
    let total = sheet.report.schema.id("t4.review.total").unwrap();
    let mended = Override(&sheet.report, total, Decimal::ZERO);
    let checked = check(&sheet.report, &sheet.document, &mended);
    assert!(checked.findings.is_empty());
}

/// Last year's report, of which one cell is known.
struct LastYear(&'static str, Decimal);

impl Elsewhere for LastYear {
    fn figure(&self, key: &str, offset: i16) -> Figure {
        if (key, offset) == (self.0, -1) {
            Figure::Number(self.1)
        } else {
            Figure::Unknown(Status::Missing)
        }
    }
}

#[test]
fn a_relation_may_speak_of_last_years_report() {
    let rule = include_str!("../../tests/forms/annex.toml").replace(
        "a1.asked_by.* = a1.asked\"\nformula",
        "a1.complaints >= a1.mended[-1]\"\nformula",
    );
    let source = Source {
        name: "annex.toml",
        text: &rule,
    };
    let forms = FormSet::with(&[source]).unwrap();
    let form = forms.named("yunxi_annex").unwrap();
    let sheet = Sheet::of(forms, form, 2022).set(&[("a1.complaints", "3")]);
    let rules = |elsewhere: &dyn Elsewhere| -> Vec<String> {
        let checked = check_with(&sheet.report, &sheet.document, &sheet.report, elsewhere);
        let found = checked.findings.iter().filter(|f| f.rule == "A1.ASKED");
        found.map(|f| sheet.formula(f)).collect()
    };
    assert!(sheet.check().findings.iter().all(|f| f.rule != "A1.ASKED"));
    assert!(rules(&LastYear("a1.mended", 3.into())).is_empty());
    assert_eq!(rules(&LastYear("a1.mended", 4.into())), ["3 ≥ 4"]);
}
