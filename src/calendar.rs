//! Completed years and months, French working days, terms and deadlines.
//!
//! The library has no clock: every function takes the days it needs. Days run
//! from 1 January 1900 to 31 December 2200; what would leave them is `None`.
//!
//! ```
//! use spie::calendar::{Term, TermUnit, Zone, in_french};
//!
//! // Ten working days, over the weekends and 14 July.
//! let term = Term { count: 10, unit: TermUnit::WorkingDays };
//! let due = term.due_after("2021-07-09".parse()?, Zone::Metropole);
//! assert_eq!(due.map(in_french).as_deref(), Some("26 juillet 2021"));
//! # Ok::<(), chrono::ParseError>(())
//! ```
//!
//! Two rules for months without the day number, as law and custom have them:
//! *elapsed* time is complete on the first day of the next month (an age, born
//! on 29 February), a *term* ends on the month's last day (31 January and one
//! month). Not known here: ponts, local closures, the overseas departments.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// Where public holidays are counted.
///
/// ```
/// use spie::calendar::Zone;
/// assert_eq!(Zone::default(), Zone::Metropole);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum Zone {
    /// Metropolitan France.
    #[default]
    Metropole,
    /// Bas-Rhin, Haut-Rhin and Moselle: Good Friday and 26 December as well.
    AlsaceMoselle,
}

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

/// Unit of a [`Term`].
///
/// ```
/// use spie::calendar::{Term, TermUnit};
/// assert_eq!(Term { count: 1, unit: TermUnit::WorkingDays }.in_french(), "1 jour ouvré");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermUnit {
    /// Calendar days.
    Days,
    /// *Jours ouvrés*: neither Saturday, Sunday nor a public holiday.
    WorkingDays,
    /// Weeks of seven days.
    Weeks,
    /// Calendar months.
    Months,
}

impl TermUnit {
    /// Whole years in so many, rounded down; the shortest year counts.
    pub(crate) fn years(self, count: u32) -> u32 {
        match self {
            Self::WorkingDays => count / 250,
            Self::Days => count / 365,
            Self::Weeks => count / 52,
            Self::Months => count / 12,
        }
    }
}

/// A time limit, as laws and conventions set it.
///
/// ```
/// use spie::calendar::{Term, TermUnit, Zone};
/// let term = Term { count: 2, unit: TermUnit::Months };
/// assert_eq!(term.due_after("2021-12-31".parse()?, Zone::Metropole), Some("2022-02-28".parse()?));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Term {
    /// How many units.
    pub count: u32,
    /// Of what.
    pub unit: TermUnit,
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

fn kept(date: Option<NaiveDate>) -> Option<NaiveDate> {
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

/// Easter: the Sunday after the full moon of the Gregorian tables, which falls
/// on 21 March or up to 28 days later.
fn easter(year: i32) -> Option<NaiveDate> {
    // Years of `NaiveDate` have six digits: nothing saturates.
    let (cycle, century) = (year.rem_euclid(19), year.div_euclid(100));
    let sun = century.saturating_sub(century.div_euclid(4)); // leap days left out
    let moon = century.saturating_mul(8).saturating_add(13).div_euclid(25); // drift of the moon
    let shift = sun.saturating_sub(moon).saturating_add(15);
    let late = shift
        .saturating_add(cycle.saturating_mul(19))
        .rem_euclid(30);
    let early = late == 29 || (late == 28 && cycle > 10);
    let late = u64::try_from(late).ok()?.saturating_sub(early.into());
    let moon = NaiveDate::from_ymd_opt(year, 3, 21)?.checked_add_days(Days::new(late))?;
    let sunday = 7_u32.saturating_sub(moon.weekday().num_days_from_sunday());
    moon.checked_add_days(Days::new(sunday.into()))
}

/// Whether a day is a public holiday, by the law of its year.
///
/// Good Friday is one in the communes of Alsace-Moselle that have a Protestant
/// or a shared church; here it is one in the whole zone.
///
/// ```
/// use spie::calendar::{Zone, is_public_holiday};
/// let good_friday = "2025-04-18".parse()?;
/// assert!(is_public_holiday(good_friday, Zone::AlsaceMoselle));
/// assert!(!is_public_holiday(good_friday, Zone::Metropole));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn is_public_holiday(date: NaiveDate, zone: Zone) -> bool {
    // LAW: Code du travail, L.3133-1; L.3134-13 (ordonnance of 16 August 1892)
    // for Alsace-Moselle. Older than 1900: 1 January, Ascension, 15 August,
    // 1 November, 25 December, 14 July (1880), both Mondays (1886; Whit Monday
    // stayed a holiday when it became the day of solidarity in 2005).
    // 11 November: law of 24 October 1922. 1 May: law of 30 April 1947; earlier
    // days off by passing texts (1919, 1941 to 1944) are left out.
    // 8 May: law 53-225 of 20 March 1953, ended by decree 59-533 of 11 April
    // 1959, so last in 1958; once more in 1965; law 81-893 of 2 October 1981.
    let eastern = zone == Zone::AlsaceMoselle;
    match (date.month(), date.day()) {
        (1 | 11, 1) | (7, 14) | (8, 15) | (12, 25) => return true,
        (5, 1) if date.year() >= 1947 => return true,
        (5, 8) if matches!(date.year(), 1953..=1958 | 1965 | 1982..) => return true,
        (11, 11) if date.year() >= 1922 => return true,
        (12, 26) => return eastern,
        _ => {}
    }
    // Easter Monday, Ascension, Whit Monday; Good Friday.
    let after = easter(date.year()).map(|easter| days_since(easter, date));
    matches!(after, Some(1 | 39 | 50)) || (eastern && after == Some(-2))
}

/// Neither Saturday, Sunday nor a public holiday.
///
/// ```
/// use spie::calendar::{Zone, is_working_day};
/// assert!(is_working_day("2025-12-26".parse()?, Zone::Metropole));
/// assert!(!is_working_day("2025-12-26".parse()?, Zone::AlsaceMoselle));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn is_working_day(date: NaiveDate, zone: Zone) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && !is_public_holiday(date, zone)
}

/// The day itself when it is a working day, else the next one; `None` outside
/// the years 1900 to 2200.
///
/// ```
/// use spie::calendar::{Zone, next_working_day};
/// // Thursday 1 May, then Friday.
/// assert_eq!(next_working_day("2025-05-01".parse()?, Zone::Metropole), Some("2025-05-02".parse()?));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn next_working_day(date: NaiveDate, zone: Zone) -> Option<NaiveDate> {
    to_working_day(date, zone, NaiveDate::succ_opt)
}

/// The `n`-th working day after `date`, which does not count itself; `date` when
/// `n` is 0. `None` outside the years 1900 to 2200.
///
/// ```
/// use spie::calendar::{Zone, add_working_days};
/// // Over Ascension, Thursday 13 May 2021, and a weekend.
/// assert_eq!(add_working_days("2021-05-12".parse()?, 2, Zone::Metropole), Some("2021-05-17".parse()?));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn add_working_days(date: NaiveDate, n: u32, zone: Zone) -> Option<NaiveDate> {
    step_working_days(date, n, zone, NaiveDate::succ_opt)
}

type Step = fn(&NaiveDate) -> Option<NaiveDate>;

fn to_working_day(date: NaiveDate, zone: Zone, step: Step) -> Option<NaiveDate> {
    let mut day = kept(Some(date))?;
    while !is_working_day(day, zone) {
        day = kept(step(&day))?;
    }
    Some(day)
}

fn step_working_days(date: NaiveDate, n: u32, zone: Zone, step: Step) -> Option<NaiveDate> {
    // At most 110,000 rounds, whatever `n`: the years end.
    (0..n).try_fold(kept(Some(date))?, |day, _| {
        to_working_day(step(&day)?, zone, step)
    })
}

impl Term {
    /// The same length in calendar units; `None` for working days.
    fn span(self) -> Option<Span> {
        let unit = match self.unit {
            TermUnit::Days => Unit::Days,
            TermUnit::WorkingDays => return None,
            TermUnit::Weeks => Unit::Weeks,
            TermUnit::Months => Unit::Months,
        };
        Some(Span {
            count: self.count,
            unit,
        })
    }

    /// The last day of the term that runs from `start`.
    ///
    /// The day of the event does not count; N months end on the same day number
    /// or the month's last day; the end does not move to a working day by itself
    /// ([`next_working_day`] does that). `None` outside the years 1900 to 2200.
    ///
    /// ```
    /// use spie::calendar::{Term, TermUnit, Zone};
    /// let term = Term { count: 15, unit: TermUnit::Days };
    /// assert_eq!(term.due_after("2025-03-01".parse()?, Zone::Metropole), Some("2025-03-16".parse()?));
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    #[must_use]
    pub fn due_after(self, start: NaiveDate, zone: Zone) -> Option<NaiveDate> {
        match self.span() {
            Some(span) => span.after(start),
            None => add_working_days(start, self.count, zone),
        }
    }

    /// The last day to act when the term must lie before `end`: the mirror of
    /// [`Term::due_after`], `end` itself does not count.
    ///
    /// ```
    /// use spie::calendar::{Term, TermUnit, Zone};
    /// let term = Term { count: 1, unit: TermUnit::WorkingDays };
    /// assert_eq!(term.due_before("2025-04-22".parse()?, Zone::Metropole), Some("2025-04-18".parse()?));
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    #[must_use]
    pub fn due_before(self, end: NaiveDate, zone: Zone) -> Option<NaiveDate> {
        match self.span() {
            Some(span) => span.before(end),
            None => step_working_days(end, self.count, zone, NaiveDate::pred_opt),
        }
    }

    /// The term in French words.
    ///
    /// ```
    /// use spie::calendar::{Term, TermUnit};
    /// assert_eq!(Term { count: 15, unit: TermUnit::WorkingDays }.in_french(), "15 jours ouvrés");
    /// assert_eq!(Term { count: 1, unit: TermUnit::Weeks }.in_french(), "1 semaine");
    /// ```
    #[must_use]
    pub fn in_french(self) -> String {
        let s = if self.count > 1 { "s" } else { "" };
        let unit = match self.unit {
            TermUnit::Days => format!("jour{s}"),
            TermUnit::WorkingDays => format!("jour{s} ouvré{s}"),
            TermUnit::Weeks => format!("semaine{s}"),
            TermUnit::Months => "mois".to_owned(),
        };
        format!("{} {unit}", self.count)
    }
}

/// A day in French words.
///
/// ```
/// use spie::calendar::in_french;
/// assert_eq!(in_french("2021-09-15".parse()?), "15 septembre 2021");
/// assert_eq!(in_french("2025-03-01".parse()?), "1er mars 2025");
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn in_french(date: NaiveDate) -> String {
    let month = match date.month() {
        1 => "janvier",
        2 => "février",
        3 => "mars",
        4 => "avril",
        5 => "mai",
        6 => "juin",
        7 => "juillet",
        8 => "août",
        9 => "septembre",
        10 => "octobre",
        11 => "novembre",
        _ => "décembre",
    };
    let first = if date.day() == 1 { "er" } else { "" };
    format!("{}{first} {month} {}", date.day(), date.year())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn term(count: u32, unit: TermUnit) -> Term {
        Term { count, unit }
    }

    #[test]
    fn easter_of_known_years() {
        // 1954, 1981, 2049 and 2076 are the exceptions of the tables.
        let known = "1900-04-15 1913-03-23 1943-04-25 1954-04-18 1981-04-19 2000-04-23 \
                     2008-03-23 2019-04-21 2021-04-04 2024-03-31 2025-04-20 2038-04-25 \
                     2049-04-18 2076-04-19 2100-03-28 2200-04-06";
        for date in known.split(' ').map(day) {
            assert_eq!(easter(date.year()), Some(date));
        }
    }

    #[test]
    fn holidays_of_2021_and_2025_in_both_zones() {
        let fixed = "01-01 05-01 05-08 07-14 08-15 11-01 11-11 12-25 ";
        for (year, moving, eastern) in [
            (2021, "04-05 05-13 05-24", " 04-02 12-26"),
            (2025, "04-21 05-29 06-09", " 04-18 12-26"),
        ] {
            let both = fixed.to_owned() + moving;
            let all = both.clone() + eastern;
            for (zone, expected) in [(Zone::Metropole, both), (Zone::AlsaceMoselle, all)] {
                let mut expected: Vec<_> = expected.split(' ').collect();
                expected.sort_unstable();
                let days = NaiveDate::from_ymd_opt(year, 1, 1).unwrap().iter_days();
                let found = days.take(365).filter(|day| is_public_holiday(*day, zone));
                let found: Vec<_> = found.map(|day| day.to_string()[5..].to_owned()).collect();
                assert_eq!(found, expected);
            }
        }
    }

    #[test]
    fn holidays_begin_and_end_with_their_law() {
        let holiday = |date| is_public_holiday(day(date), Zone::Metropole);
        let held = "1953-05-08 1958-05-08 1965-05-08 1982-05-08 2025-05-08 1947-05-01 1922-11-11";
        let not = "1952-05-08 1959-05-08 1964-05-08 1966-05-08 1981-05-08 1946-05-01 1921-11-11";
        assert!(held.split(' ').all(holiday));
        assert!(!not.split(' ').any(holiday));
    }

    #[test]
    fn months_end_on_the_same_day_number_or_the_last() {
        let due =
            |start, count| term(count, TermUnit::Months).due_after(day(start), Zone::Metropole);
        assert_eq!(due("2021-01-31", 1), Some(day("2021-02-28")));
        assert_eq!(due("2024-01-31", 1), Some(day("2024-02-29")));
        assert_eq!(due("2021-09-15", 2), Some(day("2021-11-15")));
        let before = term(2, TermUnit::Months).due_before(day("2025-04-30"), Zone::Metropole);
        assert_eq!(before, Some(day("2025-02-28")));
    }

    #[test]
    fn the_years_end_and_nothing_overflows() {
        let (first, last) = (day("1900-01-01"), day("2200-12-31"));
        for unit in [
            TermUnit::Days,
            TermUnit::WorkingDays,
            TermUnit::Weeks,
            TermUnit::Months,
        ] {
            for count in [1, u32::MAX] {
                assert_eq!(term(count, unit).due_after(last, Zone::Metropole), None);
                assert_eq!(term(count, unit).due_before(first, Zone::Metropole), None);
            }
            for edge in [first, last] {
                assert_eq!(term(0, unit).due_after(edge, Zone::Metropole), Some(edge));
            }
            for far in [NaiveDate::MIN, NaiveDate::MAX] {
                assert_eq!(term(0, unit).due_after(far, Zone::Metropole), None);
            }
        }
        assert_eq!(
            Span {
                count: u32::MAX,
                unit: Unit::Years
            }
            .after(first),
            None
        );
        let months = term(3600, TermUnit::Months);
        assert_eq!(months.due_before(day("2300-01-01"), Zone::Metropole), None);
        assert_eq!(next_working_day(NaiveDate::MAX, Zone::Metropole), None);
        let new_year = NaiveDate::MAX.with_ordinal(1).unwrap();
        assert!(is_public_holiday(new_year, Zone::AlsaceMoselle));
        assert!(years_since(NaiveDate::MIN, NaiveDate::MAX) > 500_000);
    }

    #[test]
    fn words_agree_in_number() {
        assert_eq!(in_french(day("2200-08-01")), "1er août 2200");
        assert_eq!(term(0, TermUnit::Days).in_french(), "0 jour");
        assert_eq!(term(2, TermUnit::Months).in_french(), "2 mois");
        assert_eq!(term(2, TermUnit::WorkingDays).in_french(), "2 jours ouvrés");
    }

    fn days() -> impl Strategy<Value = NaiveDate> {
        (0_u64..109_938).prop_map(|n| day("1900-01-01").checked_add_days(Days::new(n)).unwrap())
    }

    fn zones() -> impl Strategy<Value = Zone> {
        prop_oneof![Just(Zone::Metropole), Just(Zone::AlsaceMoselle)]
    }

    proptest! {
        #[test]
        fn elapsed_time_is_monotone(a in days(), b in days(), on in days()) {
            let (early, late) = (a.min(b), a.max(b));
            for elapsed in [years_since, months_since, days_since] {
                prop_assert!(elapsed(late, on) <= elapsed(early, on));
                prop_assert!(elapsed(on, early) <= elapsed(on, late));
                prop_assert_eq!(elapsed(on, on), 0);
            }
        }

        #[test]
        fn years_and_months_complete_on_their_day_and_not_before(from in days(), count in 0_u32..600) {
            for (unit, elapsed) in [(Unit::Years, years_since as fn(_, _) -> i64), (Unit::Months, months_since)] {
                let Some(mut reached) = Span { count, unit }.after(from) else { continue };
                if reached.day() != from.day() {
                    reached = reached.succ_opt().unwrap(); // the first of the next month
                }
                prop_assert_eq!(elapsed(from, reached), i64::from(count));
                prop_assert_eq!(elapsed(from, reached.pred_opt().unwrap()), i64::from(count) - 1);
            }
        }

        #[test]
        fn a_term_holds_its_number_of_working_days(day in days(), count in 1_u32..60, zone in zones()) {
            let term = term(count, TermUnit::WorkingDays);
            let working = |from: NaiveDate, to: NaiveDate| {
                from.iter_days().take_while(|day| *day <= to).filter(|day| is_working_day(*day, zone)).count()
            };
            if let Some(due) = term.due_after(day, zone) {
                prop_assert!(is_working_day(due, zone));
                prop_assert_eq!(next_working_day(due, zone), Some(due));
                prop_assert_eq!(working(day.succ_opt().unwrap(), due), count as usize);
            }
            if let Some(due) = term.due_before(day, zone) {
                prop_assert!(is_working_day(due, zone));
                prop_assert_eq!(working(due, day.pred_opt().unwrap()), count as usize);
            }
        }
    }
}
