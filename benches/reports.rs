//! What a whole report takes: a page from its bytes to a document, a report with its rules, and a
//! frame of the screen.

#![allow(clippy::expect_used, missing_docs)]

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, criterion_group, criterion_main};
use gouji::batch::{self, discover};
use gouji::check::{Severity, check};
use gouji::form::FormSet;
use gouji::source::{self, Limits};
use gouji::tui::{Options, Still};
use gouji::words::Lang;

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/sample/files")
        .join(name)
}

fn pages(c: &mut Criterion) {
    let mut group = c.benchmark_group("page to document");
    for name in ["yunxi-2022.html", "yunxi-finance-2023.html"] {
        let bytes = std::fs::read(sample(name)).expect("the sample");
        group.bench_function(name, |b| {
            b.iter(|| source::read(black_box(bytes.clone()), &Limits::default()));
        });
    }
    group.finish();
}

fn reports(c: &mut Criterion) {
    let options = batch::Options {
        forms: FormSet::embedded().expect("the forms"),
        decisions: true,
        queue: Severity::Warning,
    };
    let mut group = c.benchmark_group("report");
    for name in ["yunxi-2022.html", "qinglan-2022.txt", "wangshan-2020.txt"] {
        let path = sample(name);
        let opened = batch::open(&path, options).expect("a report").remove(0);
        group.bench_function(format!("{name}: rules"), |b| {
            b.iter(|| check(black_box(&opened.report), &opened.document, &opened.report));
        });
        group.bench_function(format!("{name}: from the file to the queue"), |b| {
            b.iter(|| batch::open(black_box(&path), options));
        });
    }
    group.finish();
}

fn frames(c: &mut Criterion) {
    let folder = sample("");
    let found = discover(&[folder], None).expect("the folder");
    let options = Options::new(&found, FormSet::embedded().expect("the forms"), Lang::Zh);
    let mut group = c.benchmark_group("frame");
    for size in [(80, 24), (160, 48)] {
        let still = Still::new(&options, size);
        group.bench_function(format!("{}x{}", size.0, size.1), |b| {
            b.iter(|| black_box(&still).frame());
        });
    }
    group.finish();
}

criterion_group!(benches, pages, reports, frames);
criterion_main!(benches);
