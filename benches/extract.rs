//! What the stages of extraction take of a text of some fourteen thousand bytes: folding, the one
//! scan, headings, identity, tables, and all of it with the rules.

#![allow(clippy::expect_used, missing_docs)]

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use gouji::extract::{Known, Prepared, extract, identify, sections, tables};
use gouji::form::FormSet;
use gouji::report::ReportId;
use gouji::source::{self, Limits};
use gouji::text::fold;

fn stages(c: &mut Criterion) {
    let forms = FormSet::embedded().expect("the forms");
    let known = Known::of(forms);
    for name in ["qinglan-2022.txt", "shiqiao-2023.txt", "liutang-2019.txt"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src/sample/files")
            .join(name);
        let bytes = std::fs::read(&path).expect("the sample");
        let parts = source::read(bytes, &Limits::default()).expect("a text");
        let document = parts.into_iter().next().expect("a report").document;
        let copy = fold(&document.text);
        let prepared = Prepared::new(forms, &document);
        let parts = sections(&prepared);
        let mut group = c.benchmark_group(name);
        group.bench_function("fold", |b| b.iter(|| fold(black_box(&document.text))));
        group.bench_function("scan", |b| b.iter(|| known.hits(black_box(&copy.text))));
        group.bench_function("sections", |b| b.iter(|| sections(black_box(&prepared))));
        group.bench_function("identity", |b| b.iter(|| identify(black_box(&prepared))));
        group.bench_function("tables", |b| {
            b.iter(|| {
                // The budget is the report's: each round has one of its own.
                let prepared = Prepared::new(forms, &document);
                tables(black_box(&prepared), &parts, None, None)
            });
        });
        group.bench_function("extract", |b| {
            b.iter(|| {
                let id = ReportId::file(name);
                extract(forms, id, "", black_box(&document), None)
            });
        });
        group.finish();
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);
