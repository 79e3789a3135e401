//! The day it is, for the examples that ask.

use chrono::NaiveDate;

/// Today, from the only clock in sight: the example's own.
pub(crate) fn today() -> Option<NaiveDate> {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .ok()?;
    let days = i32::try_from(since.as_secs() / 86_400).ok()?;
    NaiveDate::from_ymd_opt(1970, 1, 1)?.checked_add_signed(chrono::Duration::days(days.into()))
}
