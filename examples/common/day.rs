//! The day asked about, as it is typed after `--as-of`.

use chrono::{Datelike as _, NaiveDate};

/// Years for which a pack may say something.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// Reads a day; says which form is expected where it cannot.
pub(crate) fn parse(text: &str) -> Result<NaiveDate, String> {
    let day = text.parse::<NaiveDate>().ok();
    day.filter(|day| YEARS.contains(&day.year()))
        .ok_or_else(|| {
            format!(
                "expected a day as YYYY-MM-DD (AAAA-MM-JJ), such as 2025-03-15, from {} to {}",
                YEARS.start(),
                YEARS.end()
            )
        })
}
