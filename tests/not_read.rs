//! What is printed so that it may belong to this cell or to another is never said to be read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use gouji::extract::extract;
use gouji::form::FormSet;
use gouji::report::{Field, Report, ReportId, Status};
use gouji::sample;

/// A report of the sample batch as text, whatever it is encoded in.
fn sample_text(name: &str) -> String {
    let (_, bytes) = sample::files().iter().find(|(n, _)| *n == name).unwrap();
    match String::from_utf8(bytes.to_vec()) {
        Ok(text) => text,
        Err(_) => encoding_rs::GB18030.decode(bytes).0.into_owned(),
    }
}

fn report(name: &str, text: &str) -> Report {
    let path = Path::new(name);
    let document = gouji::source::read(text, &gouji::source::Limits::default())
        .unwrap()
        .remove(0)
        .document;
    extract(
        FormSet::embedded().unwrap(),
        ReportId::file(path),
        "",
        &document,
        None,
    )
    .unwrap()
}

fn field<'a>(report: &'a Report, key: &str) -> &'a Field {
    report.named(key).unwrap().1
}

/// One part of a text replaced, which must be there.
fn with(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from:?} is not in the sample");
    text.replacen(from, to, 1)
}

/// The indicator table of the sample with labels, units and figures run together.
fn glued() -> String {
    let lines = sample_text("donghu-2014.txt");
    let lines = lines.lines().map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        match cells.as_slice() {
            [label, unit, figure, ..] => format!("{label}{}{figure}", unit.replace("——", "")),
            _ => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_date_or_page_number_below_a_figure_is_no_part_of_it() {
    let text = glued();
    let plain = report("a.txt", &text);
    let people = field(&plain, "ind.training.people");
    let courses = field(&plain, "ind.training.courses");
    assert_eq!(
        (people.status, courses.status),
        (Status::Read, Status::Read)
    );

    let dated = report("a.txt", &format!("{}\n2015年3月20日\n", text.trim_end()));
    assert_eq!(field(&dated, "ind.training.people").value, people.value);

    let printed = format!("举办各类培训班数次{}", courses.value.unwrap());
    let paged = report(
        "a.txt",
        &with(&text, &printed, &format!("{printed}\n7\n\u{c}")),
    );
    assert_eq!(field(&paged, "ind.training.courses").value, courses.value);

    // The rest of the figure, or something else: that is not known.
    for gap in ["\n", " "] {
        let broken = report("a.txt", &with(&text, &printed, &format!("{printed}{gap}7")));
        let courses = field(&broken, "ind.training.courses");
        assert_eq!((courses.status, courses.value), (Status::Ambiguous, None));
    }
}

#[test]
fn a_figure_printed_once_for_two_cells_is_neithers() {
    let html = sample_text("donghu-2022.html");
    let cells = |figures: &[u32]| -> String {
        let cell = |f: &u32| format!(r#"<td align="center">{f}</td>"#);
        figures.iter().map(cell).collect()
    };
    let first = cells(&[34, 4, 0, 0, 0, 0, 38]);
    let wide = format!("<td colspan=\"2\">34</td>{}", cells(&[0, 0, 0, 0, 38]));
    let wide = report("a.html", &with(&html, &first, &wide));
    for column in ["natural_person", "commercial"] {
        let field = field(&wide, &format!("t3.new.{column}"));
        assert_eq!((field.status, field.value), (Status::Unreadable, None));
    }
    assert_eq!(field(&wide, "t3.new.total").status, Status::Read);

    let high = first.replace("<td ", "<td rowspan=\"2\" ");
    let second = cells(&[3, 0, 0, 0, 0, 0, 3]);
    let high = with(&with(&html, &second, ""), &first, &high);
    let high = report("a.html", &high);
    assert_eq!(field(&high, "t3.new.total").status, Status::Read);
    let carried = field(&high, "t3.carried_in.total");
    assert_eq!((carried.status, carried.value), (Status::Unreadable, None));
}

#[test]
fn what_stands_on_a_labels_line_is_no_page_number() {
    let text = sample_text("qinglan-2022.txt").replace("\r\n", "\n");
    let text = with(&text, "规章\n0\n0\n0\n", "规章 0 / 3\n");
    let report = report("a.txt", &text);
    let field = field(&report, "t2.art20_1.rules.valid");
    assert_eq!(field.value.map(|v| v.to_string()).as_deref(), Some("3"));
}

#[test]
fn a_row_with_text_for_a_figure_proves_nothing() {
    let html = sample_text("donghu-2022.html");
    let cells = |figures: &[&str]| -> String {
        let cell = |f: &&str| format!(r#"<td align="center">{f}</td>"#);
        figures.iter().map(cell).collect()
    };
    let row = cells(&["34", "4", "0", "0", "0", "0", "38"]);
    let report = report("a.html", &with(&html, &row, &cells(&["约30", "4", "4"])));
    for column in ["natural_person", "commercial", "total"] {
        let field = field(&report, &format!("t3.new.{column}"));
        assert_eq!((field.status, field.value), (Status::Ambiguous, None));
    }
}

#[test]
fn a_digit_that_may_be_the_next_ordinal_is_neither() {
    let text = sample_text("qinglan-2022.txt").replace("\r\n", "\n");
    let zeros = "0\n".repeat(7);
    let printed = format!("1.属于国家秘密\n{zeros}2.其他法律行政法规禁止公开\n");
    let text = with(
        &text,
        &printed,
        "属于国家秘密\n2\n其他法律行政法规禁止公开\n",
    );
    let report = report("a.txt", &text);
    let field = field(&report, "t3.results.denied.state_secret.natural_person");
    assert_eq!((field.status, field.value), (Status::Ambiguous, None));
}
