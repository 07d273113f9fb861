//! A sidecar of 100, 1,000 and 10,000 decisions: reading, writing and undo beside a bare parse and
//! print by `toml_edit` of the same file. `cargo bench --bench sidecar` ends with the ratios, which
//! should be at most 3 for reading and writing together, and the same for each length.

// A bench that cannot set its scene says so by stopping.
#![allow(clippy::unwrap_used)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput};
use gouji::report::FormId;
use gouji::review::{Facts, Log, Who, sidecar};
use toml_edit::DocumentMut;

const LENGTHS: [u64; 3] = [100, 1_000, 10_000];

/// A sidecar of so many decisions: half in force, each on a target of its own, half ended.
fn text(decisions: u64) -> String {
    let mut text = String::from(
        "# gouji review. You may edit this file; comments stay.\nformat = 1\n\n\
         [source]\nfile = \"a.html\"\nsha256 = \"00\"\n\n\
         [report]\norgan = \"云溪市人民政府\"\nyear = 2022\nform = \"fmt_2021\"\n\n\
         [review]\nstatus = \"in_review\"\n",
    );
    let half = decisions / 2;
    for i in 0..decisions {
        let list = if i < half { "decision" } else { "history" };
        text += &format!(
            "\n[[{list}]]\nid = \"01930000-0000-7000-8000-{i:012x}\"\nfield = \"t3.row{}.total\"\n\
             action = \"override\"\nvalue = \"{i}\"\nwas = \"8\"\nwas_status = \"read\"\n\
             reason = \"misread\"\nnote = \"扫描件是 {i}\"   # page {i}\nby = \"li\"\n\
             at = 2026-11-23T20:00:00+08:00\n",
            i % half,
        );
        if i >= half {
            text += &format!(
                "ended = \"undone\"\nended_by = \"li\"\nended_at = 2026-11-23T20:00:01+08:00\n\
                 ended_id = \"01930000-0000-7000-8001-{i:012x}\"\n"
            );
        }
    }
    text
}

fn facts() -> Facts {
    Facts {
        file: "a.html".to_owned(),
        sha256: "00".to_owned(),
        organ: Some("云溪市人民政府".to_owned()),
        year: Some(2022),
        form: FormId::FMT_2021,
        order: Vec::new(),
        stamp: None,
        readings: None,
    }
}

fn bare(text: &str) -> String {
    text.parse::<DocumentMut>().unwrap().to_string()
}

fn undone(mut log: Log) -> Log {
    let operation = log.undo(&Who::now("li"), false).unwrap();
    log.perform(&operation).unwrap();
    log
}

/// The middle of several runs.
fn typical(mut work: impl FnMut()) -> Duration {
    let runs = 9;
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    *times.get(runs / 2).unwrap()
}

fn ratios() {
    println!("decisions      bare      read     write      undo   (read + write) / bare");
    for length in LENGTHS {
        let text = text(length);
        let (facts, log) = (facts(), sidecar::read(&text).unwrap());
        let plain = typical(|| drop(black_box(bare(black_box(&text)))));
        let read = typical(|| drop(black_box(sidecar::read(black_box(&text)).unwrap())));
        let write = typical(|| drop(black_box(sidecar::write(black_box(&log), &facts))));
        let copies = std::cell::RefCell::new(vec![log.clone(); 9]);
        let undo = typical(|| {
            let log = copies.borrow_mut().pop().unwrap();
            std::mem::forget(black_box(undone(log)));
        });
        let ratio = (read + write).as_nanos() * 100 / plain.as_nanos().max(1);
        println!(
            "{length:>9} {plain:>9.2?} {read:>9.2?} {write:>9.2?} {undo:>9.2?}   {}.{:02}",
            ratio / 100,
            ratio % 100
        );
    }
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("sidecar");
    group.sample_size(10);
    for length in LENGTHS {
        let text = text(length);
        let (facts, log) = (facts(), sidecar::read(&text).unwrap());
        group.throughput(Throughput::Elements(length));
        group.bench_function(BenchmarkId::new("bare", length), |b| b.iter(|| bare(&text)));
        group.bench_function(BenchmarkId::new("read", length), |b| {
            b.iter(|| sidecar::read(&text).unwrap());
        });
        group.bench_function(BenchmarkId::new("write", length), |b| {
            b.iter(|| sidecar::write(&log, &facts));
        });
        group.bench_function(BenchmarkId::new("undo", length), |b| {
            b.iter_batched(|| log.clone(), undone, criterion::BatchSize::LargeInput);
        });
    }
    group.finish();
    criterion.final_summary();
    if std::env::args().any(|a| a == "--bench") {
        ratios();
    }
}
