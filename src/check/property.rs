//! Property: whatever figures a consistent table 3 holds, nothing is found in it, and one wrong cell
//! breaks its row and its column and nothing else.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::testing::Sheet;
use crate::form::tests::forms;
use crate::report::FormId;

const OUTCOMES: usize = 21;
const KINDS: [&str; 6] = [
    "natural_person",
    "commercial",
    "research",
    "public_welfare",
    "legal_service",
    "other_org",
];

/// A table 3 in which everything adds up: outcomes, carried in and carried out are free, the rest
/// follows.
fn consistent(outcomes: &[Vec<u32>], carried_in: &[u32], carried_out: &[u32]) -> Sheet {
    let table = forms().table(FormId::FMT_2021, "t3").unwrap();
    let rows: Vec<&str> = table
        .figure_rows()
        .map(|(_, r)| r.key.as_str())
        .filter(|k| k.starts_with("results.") && *k != "results.total")
        .collect();
    assert_eq!(rows.len(), OUTCOMES);
    let mut sheet = Sheet::zeros(FormId::FMT_2021, 2022);
    let mut put = |row: &str, figures: &[u64]| {
        let total: u64 = figures.iter().sum();
        for (column, n) in KINDS.iter().zip(figures) {
            sheet.field(&format!("t3.{row}.{column}")).value = Some(Decimal::from(*n));
        }
        sheet.field(&format!("t3.{row}.total")).value = Some(Decimal::from(total));
    };
    let mut totals = [0u64; 6];
    for (row, figures) in rows.iter().zip(outcomes) {
        let figures: Vec<u64> = figures.iter().map(|n| u64::from(*n)).collect();
        for (sum, n) in totals.iter_mut().zip(&figures) {
            *sum += n;
        }
        put(row, &figures);
    }
    let more: Vec<u64> = carried_in.iter().map(|n| u64::from(*n)).collect();
    let out: Vec<u64> = carried_out
        .iter()
        .zip(&more)
        .map(|(n, least)| u64::from(*n) + least)
        .collect();
    let new: Vec<u64> = totals
        .iter()
        .zip(out.iter().zip(&more))
        .map(|(t, (o, i))| t + o - i)
        .collect();
    put("results.total", &totals);
    put("carried_in", &more);
    put("carried_out", &out);
    put("new", &new);
    sheet
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn one_wrong_cell_breaks_its_row_and_its_column_only(
        outcomes in prop::collection::vec(prop::collection::vec(0u32..500, 6), OUTCOMES),
        carried_in in prop::collection::vec(0u32..50, 6),
        carried_out in prop::collection::vec(0u32..50, 6),
        row in 0..OUTCOMES,
        column in 0usize..6,
        by in 1u32..1000,
    ) {
        let mut sheet = consistent(&outcomes, &carried_in, &carried_out);
        prop_assert_eq!(sheet.loud(), Vec::<String>::new());
        let rows: Vec<String> = forms()
            .table(FormId::FMT_2021, "t3")
            .unwrap()
            .figure_rows()
            .map(|(_, r)| r.key.clone())
            .filter(|k| k.starts_with("results.") && k != "results.total")
            .collect();
        let (row, column) = (&rows[row], KINDS[column]);
        let key = format!("t3.{row}.{column}");
        let field = sheet.field(&key);
        field.value = field.value.map(|v| v + Decimal::from(by));
        let span = field.span;
        prop_assert_eq!(
            sheet.loud(),
            vec![format!("T3.ROW@{row}"), format!("T3.COL@{column}")]
        );
        // Both point at the cell that is wrong.
        for rule in ["T3.ROW", "T3.COL"] {
            prop_assert_eq!(sheet.finding(rule).span, span);
        }
    }
}
