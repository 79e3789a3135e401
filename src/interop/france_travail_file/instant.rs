//! Instants as the file writes them, and the day that they are in Paris.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};

use crate::calendar::in_range;

/// The day in Paris of `2024-02-27T23:00:00.000+00:00`: the 28th, as a day without an hour is
/// sent as its first instant.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let instant = DateTime::parse_from_rfc3339(text).ok()?.naive_utc();
    let hours = if is_summer(instant)? { 2 } else { 1 };
    let day = instant.checked_add_signed(TimeDelta::hours(hours))?.date();
    in_range(day).then_some(day)
}

/// The first instant of a day in Paris, as the file writes it.
pub(super) fn first_instant(day: NaiveDate) -> Option<String> {
    let midnight = day.and_time(NaiveTime::MIN);
    // Summer and winter begin at one o'clock, universal time: a midnight is far from both.
    let winter = midnight.checked_sub_signed(TimeDelta::hours(1))?;
    let hours = if is_summer(winter)? { 2 } else { 1 };
    let instant = midnight.checked_sub_signed(TimeDelta::hours(hours))?;
    Some(format!("{}.000+00:00", instant.format("%Y-%m-%dT%H:%M:%S")))
}

/// From the last Sunday of March to that of October, at one o'clock universal time (directive
/// 2000/84/CE; no individual file is older than that).
fn is_summer(instant: NaiveDateTime) -> Option<bool> {
    let turns = |month, last| {
        let last = NaiveDate::from_ymd_opt(instant.year(), month, last)?;
        let after_sunday = last.weekday().days_since(Weekday::Sun);
        let sunday = last.checked_sub_days(Days::new(u64::from(after_sunday)))?;
        sunday.and_hms_opt(1, 0, 0)
    };
    Some((turns(3, 31)?..turns(10, 31)?).contains(&instant))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    #[test]
    fn an_instant_is_a_day_in_paris() {
        for (text, expected) in [
            ("2024-02-27T23:00:00.000+00:00", "2024-02-28"),
            ("2024-02-27T22:59:59.999+00:00", "2024-02-27"),
            ("2023-10-05T07:45:00+00:00", "2023-10-05"),
            ("2023-10-04T22:00:00.000+00:00", "2023-10-05"),
            ("2023-10-04T21:59:59Z", "2023-10-04"),
            // The night in which the clocks change, before and after.
            ("2024-03-30T22:59:59Z", "2024-03-30"),
            ("2024-03-30T23:00:00Z", "2024-03-31"),
            ("2024-03-31T22:00:00Z", "2024-04-01"),
            ("2024-10-26T22:00:00Z", "2024-10-27"),
            ("2024-10-27T22:30:00Z", "2024-10-27"),
            ("2024-10-27T23:00:00Z", "2024-10-28"),
            ("2024-02-28T00:30:00+02:00", "2024-02-27"),
        ] {
            assert_eq!(day(text), date(expected), "{text}");
        }
        for text in [
            "",
            "2024-02-27",
            "27/02/2024",
            "2024-02-30T00:00:00Z",
            "0001-01-01T00:00:00Z",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn the_first_instant_of_a_day() {
        let written = |text| first_instant(date(text)?);
        assert_eq!(
            written("2024-02-28").as_deref(),
            Some("2024-02-27T23:00:00.000+00:00")
        );
        assert_eq!(
            written("2023-10-05").as_deref(),
            Some("2023-10-04T22:00:00.000+00:00")
        );
        assert_eq!(
            written("2024-03-31").as_deref(),
            Some("2024-03-30T23:00:00.000+00:00")
        );
        assert_eq!(
            written("2024-04-01").as_deref(),
            Some("2024-03-31T22:00:00.000+00:00")
        );
        assert_eq!(
            written("2024-10-27").as_deref(),
            Some("2024-10-26T22:00:00.000+00:00")
        );
        assert_eq!(
            written("2024-10-28").as_deref(),
            Some("2024-10-27T23:00:00.000+00:00")
        );
    }

    proptest! {
        #[test]
        fn a_day_is_read_as_it_was_written(days in 0_u64..109_938) {
            let day_written = date("1900-01-01").unwrap() + Days::new(days);
            prop_assert_eq!(day(&first_instant(day_written).unwrap()), Some(day_written));
        }
    }
}
