//! Public holidays of France by the law of their year, and working days.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::elapsed::{days_since, kept};

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

/// Easter: the Sunday after the full moon of the Gregorian tables, which falls
/// on 21 March or up to 28 days later.
pub(super) fn easter(year: i32) -> Option<NaiveDate> {
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

pub(super) fn step_working_days(
    date: NaiveDate,
    n: u32,
    zone: Zone,
    step: Step,
) -> Option<NaiveDate> {
    // At most 110,000 rounds, whatever `n`: the years end.
    (0..n).try_fold(kept(Some(date))?, |day, _| {
        to_working_day(step(&day)?, zone, step)
    })
}
