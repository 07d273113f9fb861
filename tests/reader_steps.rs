//! Files made to cost a reader more than they hold: each twice as long costs twice the steps, and
//! a constant. Steps are counted by the readers themselves, so that the test says the same on any
//! machine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use gouji::source::{Cause, Limit, Limits, counted, read};

/// A hostile file of a size.
type Hostile = (&'static str, fn(usize) -> String);

const HOSTILE: &[Hostile] = &[
    ("a digit a line", |n| "1\n".repeat(n)),
    ("digits in columns", |n| "1 2 3 4 5 6 7\n".repeat(n)),
    ("a digit a page", |n| "1\n\u{c}\n".repeat(n)),
    ("pipes", |n| "|".repeat(n)),
    ("rows of pipes", |n| "| 1 | |||\n".repeat(n)),
    ("rows of pipes that are no table", |n| {
        "规章 | 1 |\n".repeat(n)
    }),
    ("box drawings", |n| "+-|".repeat(n)),
    ("lines of box drawings", |n| "+-+\n| |\n".repeat(n)),
    ("boxes", |n| "┌─┐\n└─┘\n".repeat(n)),
    ("sides of boxes", |n| "│ 1 │\n".repeat(n)),
    ("a wide box", |n| {
        format!(
            "┌{}┐\n│{}│\n└{}┘\n",
            "─┬".repeat(n),
            "1│".repeat(n),
            "─┴".repeat(n)
        )
    }),
    ("dashes", |n| "-".repeat(n)),
    ("lines of dashes", |n| "-- --\n".repeat(n)),
    ("dashes and text", |n| "--- ---\n一\n".repeat(n)),
    ("dashes and blank lines", |n| "-- --\n\n一\n\n".repeat(n)),
    ("level lines", |n| "------\n 一\n\n".repeat(n)),
    ("a table of many columns", |n| {
        format!("{0}\n{1}\n{0}\n", "-- ".repeat(n), "一 ".repeat(n))
    }),
    ("tabs", |n| "\t".repeat(n) + "1"),
    ("blank lines", |n| "\n".repeat(n) + "1"),
    ("returns", |n| "1\r".repeat(n)),
    ("a long line", |n| "文".repeat(n)),
    ("cells", |n| format!("<table>{}", "<td>".repeat(n) + "1")),
    ("rows of cells", |n| {
        format!("<table>{}", "<tr><td>1".repeat(n))
    }),
    ("tall cells", |n| {
        format!("<table>{}", "<tr><td rowspan=65534>1".repeat(n))
    }),
    ("wide cells", |n| {
        format!("<table>{}", "<tr><td colspan=1000>1".repeat(n))
    }),
    ("paragraphs", |n| format!("<body>{}1", "<p>".repeat(n))),
    ("paragraphs with text", |n| {
        format!("<body>{}", "<p>1".repeat(n))
    }),
    ("divisions", |n| format!("<body>{}1", "<div>".repeat(n))),
    ("divisions that end", |n| {
        format!("<body>{}1{}", "<div>".repeat(n), "</div>".repeat(n))
    }),
    ("ends of nothing", |n| {
        format!("<body>{}1", "</div></p></td></b>".repeat(n))
    }),
    ("items", |n| {
        format!("<body><div>{}1", "<li><div>".repeat(n))
    }),
    ("items and terms", |n| {
        format!("<body>{}1", "<dl><dd><div>".repeat(n))
    }),
    ("fonts", |n| {
        format!("<body>{}", "<p><font size=1>1</p>".repeat(n))
    }),
    ("hidden parts", |n| {
        format!("<body>1{}", "<span hidden><b></i>".repeat(n))
    }),
    ("headings", |n| format!("<body>{}1", "<h1><b>".repeat(n))),
    ("forms", |n| {
        format!("<body>{}1", "<form><div></form>".repeat(n))
    }),
    ("nested tables", |n| {
        format!("<body>{}1", "<table><tr><td>".repeat(n))
    }),
    ("nested tables with text astray", |n| {
        format!(
            "<body>{}1{}",
            "<table><tr><td>".repeat(n),
            "</td>2</tr></table>".repeat(n)
        )
    }),
    ("tables with text astray", |n| {
        format!("<body>{}", "<table>2<tr><td>1<td>3</table>".repeat(n))
    }),
    ("a table with much text astray", |n| {
        format!("<body><table>{}</table>", "<tr><td>1</td>2</tr>".repeat(n))
    }),
    ("comments", |n| format!("<body>1{}", "<!-- --!>".repeat(n))),
    ("an open comment", |n| {
        format!("<body>1<!-- {}", "> -- > ".repeat(n))
    }),
    ("an open attribute", |n| {
        format!("<body>1<a href='{}", "x=\" ".repeat(n))
    }),
    ("many attributes", |n| {
        format!("<body>1<a {}>", "b=c ".repeat(n))
    }),
    ("references", |n| format!("<body>1{}", "&amp".repeat(n))),
    ("open references", |n| format!("<body>1{}", "&".repeat(n))),
    ("long references", |n| format!("<body>1&{}", "a".repeat(n))),
    ("long numbers", |n| format!("<body>1&#{};", "9".repeat(n))),
    ("open scripts", |n| {
        format!("<body>1{}", "<script>".repeat(n))
    }),
    ("open data", |n| format!("<body>1{}", "<xml>".repeat(n))),
    ("drawings", |n| {
        format!("<body>1{}", "<svg><select>".repeat(n))
    }),
    ("templates", |n| {
        format!("<body>1{}", "<template>".repeat(n))
    }),
    ("struck out", |n| {
        format!("<body>{}", "<s>1<p></s>".repeat(n))
    }),
    ("struck out, in tables with text astray", |n| {
        format!(
            "<body>{}",
            "<s>1</s><table><s>2</s><tr><td>1<td>3</table>".repeat(n)
        )
    }),
    ("zeros", |n| {
        format!(
            "<body>1<p>{}",
            ("\0".to_owned() + &"文".repeat(30)).repeat(n)
        )
    }),
    ("opening brackets", |n| format!("<body>1{}", "<".repeat(n))),
];

/// The steps that a file takes; one that is refused for having no text or none that is text takes
/// what it took until then, which is counted too where the reader got so far.
fn steps(text: String) -> u64 {
    match counted(text.into_bytes(), &Limits::default()) {
        Ok((_, work)) => work.steps(),
        Err(Cause::Over { limit, .. }) => panic!("over {limit:?}"),
        Err(other) => panic!("{other:?}"),
    }
}

/// The constant: elements are kept to a depth of 300, and a search among them has its full length
/// only once so many are open.
#[test]
fn twice_as_long_costs_twice_the_steps() {
    for (name, make) in HOSTILE {
        let (one, two) = (steps(make(10_000)), steps(make(20_000)));
        assert!(
            one >= 10_000,
            "{name}: {one} steps are not all that was done"
        );
        assert!(
            two <= 2 * one + 200_000,
            "{name}: {one} steps, and {two} for twice"
        );
    }
}

/// The sizes that once hung the readers.
#[test]
fn what_hung_once_takes_few_steps_a_byte() {
    let files = [
        ("lines", "1\n".repeat(50_000)),
        ("columns", "1 1 1 1 1 1 1\n".repeat(50_000)),
        ("pages", "1\n\u{c}\n".repeat(50_000)),
        ("cells", "<table>".to_owned() + &"<td>1".repeat(100_000)),
        ("paragraphs", "<body>".to_owned() + &"<p>1".repeat(100_000)),
        (
            "tables",
            "<body>".to_owned() + &"<table><tr><td>1".repeat(10_000),
        ),
        (
            "divisions",
            "<body>".to_owned() + &"<div>".repeat(200_000) + "1",
        ),
        ("a line", "文字 ".repeat(10_000_000 / 7)),
    ];
    for (name, text) in files {
        let bytes = text.len() as u64;
        let steps = steps(text);
        // Nested tables pass over those around them, which are 300 at most.
        let most = if name == "tables" { 60 } else { 8 };
        assert!(
            steps <= most * bytes + 10_000,
            "{name}: {steps} steps for {bytes} bytes"
        );
    }
}

#[test]
fn a_file_over_a_limit_is_refused_by_name() {
    let over = |limits: Limits, text: &str| match read(text, &limits) {
        Err(Cause::Over { limit, .. }) => Some(limit),
        _ => None,
    };
    let few = Limits {
        cells: 10,
        ..Limits::default()
    };
    for text in ["1\n".repeat(11), "<body>".to_owned() + &"<p>1".repeat(11)] {
        assert_eq!(over(few, &text), Some(Limit::Cells), "{text}");
    }
    assert_eq!(over(few, "<table><tr><td>1<td>2</table>"), None);
    let lazy = Limits {
        steps_per_byte: 0,
        ..Limits::default()
    };
    assert_eq!(over(lazy, &"1\n".repeat(1_000_000)), Some(Limit::Steps));
    assert_eq!(over(Limits::default(), &"1\n".repeat(1_000_000)), None);
}
