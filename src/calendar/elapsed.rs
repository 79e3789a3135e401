//! Elapsed time: completed years and months, spans before and after a day.

use chrono::{Datelike, Days, Months, NaiveDate};

/// Unit of a [`Span`], in order of length.
///
/// ```
/// use spie::calendar::Unit;
/// assert!(Unit::Weeks < Unit::Months);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Days.
    Days,
    /// Weeks of seven days.
    Weeks,
    /// Calendar months.
    Months,
    /// Calendar years: twelve months.
    Years,
}

/// The years with which the library computes: a longer time is a slip of the pen.
pub(crate) const YEARS: u32 = 300;

impl Unit {
    /// Whole years in so many, rounded down; the shortest year counts.
    pub(crate) fn years(self, count: u32) -> u32 {
        match self {
            Self::Days => count / 365,
            Self::Weeks => count / 52,
            Self::Months => count / 12,
            Self::Years => count,
        }
    }
}

/// A length of time on the calendar: "the last 24 months".
///
/// ```
/// use spie::calendar::{Span, Unit};
/// let span = Span { count: 24, unit: Unit::Months };
/// assert_eq!(span.before("2025-03-01".parse()?), Some("2023-03-01".parse()?));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// How many units.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

/// Whether the library computes with this day: years 1900 to 2200.
///
/// ```
/// assert!(spie::calendar::in_range("2200-12-31".parse()?));
/// assert!(!spie::calendar::in_range("1899-12-31".parse()?));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn in_range(date: NaiveDate) -> bool {
    (1900..=2200).contains(&date.year())
}

pub(super) fn kept(date: Option<NaiveDate>) -> Option<NaiveDate> {
    date.filter(|date| in_range(*date))
}

/// Completed months from `from` to `on`, rounded down.
///
/// A month is complete on the same day number or, in a month without it, on the
/// first day of the next. When `from` is later the number is negative and counts
/// months begun: one day ahead is -1. For completed months *until* a day, swap
/// the arguments.
///
/// ```
/// use spie::calendar::months_since;
/// assert_eq!(months_since("2025-01-31".parse()?, "2025-02-28".parse()?), 0);
/// assert_eq!(months_since("2025-01-31".parse()?, "2025-03-01".parse()?), 1);
/// assert_eq!(months_since("2025-01-31".parse()?, "2025-01-30".parse()?), -1);
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn months_since(from: NaiveDate, on: NaiveDate) -> i64 {
    // Years of `NaiveDate` have six digits: nothing saturates.
    let number = |date: NaiveDate| {
        i64::from(date.year())
            .saturating_mul(12)
            .saturating_add(date.month().into())
    };
    number(on)
        .saturating_sub(number(from))
        .saturating_sub((on.day() < from.day()).into())
}

/// Completed years from `from` to `on`, rounded down: an age.
///
/// A birthday on 29 February counts on 1 March in other years. Negative when
/// `from` is later, as in [`months_since`].
///
/// ```
/// use spie::calendar::years_since;
/// assert_eq!(years_since("2004-02-29".parse()?, "2022-02-28".parse()?), 17);
/// assert_eq!(years_since("2004-02-29".parse()?, "2022-03-01".parse()?), 18);
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn years_since(from: NaiveDate, on: NaiveDate) -> i64 {
    months_since(from, on).div_euclid(12)
}

/// Days from `from` to `on`; negative when `from` is later.
///
/// ```
/// use spie::calendar::days_since;
/// assert_eq!(days_since("2024-02-28".parse()?, "2024-03-01".parse()?), 2);
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn days_since(from: NaiveDate, on: NaiveDate) -> i64 {
    on.signed_duration_since(from).num_days()
}

impl Span {
    fn moved(
        self,
        date: NaiveDate,
        days: fn(NaiveDate, Days) -> Option<NaiveDate>,
        months: fn(NaiveDate, Months) -> Option<NaiveDate>,
    ) -> Option<NaiveDate> {
        let (date, count) = (kept(Some(date))?, self.count);
        kept(match self.unit {
            Unit::Days => days(date, Days::new(count.into())),
            Unit::Weeks => days(date, Days::new(u64::from(count).checked_mul(7)?)),
            Unit::Months => months(date, Months::new(count)),
            Unit::Years => months(date, Months::new(count.checked_mul(12)?)),
        })
    }

    /// The day this long before `date`: months keep the day number or take the
    /// month's last day. `None` where either day lies outside 1900 to 2200.
    ///
    /// ```
    /// use spie::calendar::{Span, Unit};
    /// let year = Span { count: 1, unit: Unit::Years };
    /// assert_eq!(year.before("2024-02-29".parse()?), Some("2023-02-28".parse()?));
    /// assert_eq!(year.before("1900-06-01".parse()?), None);
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    #[must_use]
    pub fn before(self, date: NaiveDate) -> Option<NaiveDate> {
        self.moved(
            date,
            NaiveDate::checked_sub_days,
            NaiveDate::checked_sub_months,
        )
    }

    /// The day this long after `date`; as [`Span::before`] otherwise.
    ///
    /// ```
    /// use spie::calendar::{Span, Unit};
    /// let weeks = Span { count: 2, unit: Unit::Weeks };
    /// assert_eq!(weeks.after("2025-02-20".parse()?), Some("2025-03-06".parse()?));
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    #[must_use]
    pub fn after(self, date: NaiveDate) -> Option<NaiveDate> {
        self.moved(
            date,
            NaiveDate::checked_add_days,
            NaiveDate::checked_add_months,
        )
    }
}
