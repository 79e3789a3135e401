//! The few values that packs and people share, so that tests are met on both sides.

use chrono::NaiveDate;
use proptest::prelude::*;

/// Days around which everything in a generated pack and person happens.
pub(super) const DAYS: [&str; 8] = [
    "2021-06-30",
    "2021-07-01",
    "2024-02-29",
    "2023-02-28",
    "2021-03-31",
    "2022-01-01",
    "1900-01-01",
    "2200-12-31",
];

/// One of those days.
pub(crate) fn days() -> impl Strategy<Value = NaiveDate> {
    (0..DAYS.len()).prop_map(|place| DAYS[place].parse().unwrap())
}

/// Lengths of time that tests ask for and told dates lie at.
pub(super) const LENGTHS: [(u32, &str); 8] = [
    (0, "days"),
    (1, "months"),
    (12, "months"),
    (1, "days"),
    (2, "weeks"),
    (1, "years"),
    (18, "years"),
    (300, "years"),
];

/// A number between two bounds: the bounds themselves, or one of the first few.
pub(super) fn near(min: i64, max: i64, gene: u8) -> i64 {
    match gene % 8 {
        0 => min,
        1 => max,
        _ => min.saturating_add(i64::from(gene / 8) % 7).clamp(min, max),
    }
}

/// Amounts in cents that literals and told values share.
pub(super) fn amount(gene: u8) -> i64 {
    [0, 1, 99, 100, 2956, 50_000, 50_001, 100_000][usize::from(gene % 8)]
}

pub(super) fn pick<T>(from: &[T], gene: u8) -> &T {
    &from[usize::from(gene) % from.len()]
}

/// How many numbers make a person: one for each fact of a pack, and a last one.
pub(crate) const GENES: usize = 10;
