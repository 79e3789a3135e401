//! Completed years and months, French working days, terms and deadlines.
//!
//! The library has no clock: every function takes the dates it needs. Years
//! run from 1900 to 2200.
//!
//! ```
//! use chrono::NaiveDate;
//! use spie::calendar::{Term, TermUnit, Zone, years_since};
//!
//! let born: NaiveDate = "2004-02-29".parse()?;
//! assert_eq!(years_since(born, "2022-02-28".parse()?), 17);
//! assert_eq!(years_since(born, "2022-03-01".parse()?), 18);
//!
//! // Ten working days over 14 July.
//! let term = Term { count: 10, unit: TermUnit::WorkingDays };
//! assert_eq!(term.due_after("2021-07-09".parse()?, Zone::Metropole), Some("2021-07-26".parse()?));
//! # Ok::<(), chrono::ParseError>(())
//! ```

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// Where public holidays are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zone {
    /// Metropolitan France.
    #[default]
    Metropole,
    /// Bas-Rhin, Haut-Rhin and Moselle: Good Friday and 26 December as well.
    AlsaceMoselle,
}

/// Unit of a [`Span`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Days.
    Days,
    /// Weeks of seven days.
    Weeks,
    /// Calendar months.
    Months,
    /// Calendar years.
    Years,
}

/// A length of time, counted on the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// How many units.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

/// Unit of a [`Term`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermUnit {
    /// Calendar days.
    Days,
    /// Days that are neither Saturday, Sunday nor a public holiday.
    WorkingDays,
    /// Weeks of seven days.
    Weeks,
    /// Calendar months.
    Months,
}

/// A time limit, as texts set it: the day of the event does not count, and N
/// months end on the same day number or on the month's last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    /// How many units.
    pub count: u32,
    /// Of what.
    pub unit: TermUnit,
}

/// Whether the library computes with this date: years 1900 to 2200.
#[must_use]
pub fn in_range(date: NaiveDate) -> bool {
    (1900..=2200).contains(&date.year())
}

fn kept(date: Option<NaiveDate>) -> Option<NaiveDate> {
    date.filter(|date| in_range(*date))
}

/// Months counted from the year 0, so that differences are plain.
fn month_number(date: NaiveDate) -> i64 {
    i64::from(date.year())
        .saturating_mul(12)
        .saturating_add(i64::from(date.month0()))
}

/// Completed months from `from` to `on`, rounded down; negative when `from` is later.
///
/// A month is completed on the same day number or, where the month has no such
/// day, on the first day of the next month: someone born on 31 January completes
/// a month on 1 March.
#[must_use]
pub fn months_since(from: NaiveDate, on: NaiveDate) -> i64 {
    let months = month_number(on).saturating_sub(month_number(from));
    if on.day() < from.day() {
        months.saturating_sub(1)
    } else {
        months
    }
}

/// Completed years from `from` to `on`: an age. A birthday on 29 February
/// counts on 1 March in other years. Negative when `from` is later.
#[must_use]
pub fn years_since(from: NaiveDate, on: NaiveDate) -> i64 {
    months_since(from, on).div_euclid(12)
}

/// Days from `from` to `on`; negative when `from` is later.
#[must_use]
pub fn days_since(from: NaiveDate, on: NaiveDate) -> i64 {
    on.signed_duration_since(from).num_days()
}

impl Span {
    /// The day that lies this long before `date`: same day number or the month's
    /// last. `None` outside the years 1900 to 2200.
    #[must_use]
    pub fn before(self, date: NaiveDate) -> Option<NaiveDate> {
        kept(match self.unit {
            Unit::Days => date.checked_sub_days(Days::new(self.count.into())),
            Unit::Weeks => {
                date.checked_sub_days(Days::new(u64::from(self.count).saturating_mul(7)))
            }
            Unit::Months => date.checked_sub_months(Months::new(self.count)),
            Unit::Years => date.checked_sub_months(Months::new(self.count.checked_mul(12)?)),
        })
    }

    /// The day that lies this long after `date`.
    #[must_use]
    pub fn after(self, date: NaiveDate) -> Option<NaiveDate> {
        kept(match self.unit {
            Unit::Days => date.checked_add_days(Days::new(self.count.into())),
            Unit::Weeks => {
                date.checked_add_days(Days::new(u64::from(self.count).saturating_mul(7)))
            }
            Unit::Months => date.checked_add_months(Months::new(self.count)),
            Unit::Years => date.checked_add_months(Months::new(self.count.checked_mul(12)?)),
        })
    }
}

/// Easter Sunday, by the Gregorian computus (Meeus, Jones and Butcher).
#[expect(
    clippy::many_single_char_names,
    reason = "the letters of the published algorithm"
)]
fn easter(year: i32) -> Option<NaiveDate> {
    // In years 1900 to 2200 every step stays far below the bounds of `i32`.
    let (a, b, c) = (
        year.rem_euclid(19),
        year.div_euclid(100),
        year.rem_euclid(100),
    );
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let f = b.checked_add(8)?.div_euclid(25);
    let g = b.checked_sub(f)?.checked_add(1)?.div_euclid(3);
    let h = a
        .checked_mul(19)?
        .checked_add(b)?
        .checked_sub(d)?
        .checked_sub(g)?
        .checked_add(15)?
        .rem_euclid(30);
    let (i, k) = (c.div_euclid(4), c.rem_euclid(4));
    let l = e
        .checked_mul(2)?
        .checked_add(32)?
        .checked_add(i.checked_mul(2)?)?
        .checked_sub(h)?
        .checked_sub(k)?
        .rem_euclid(7);
    let m = h
        .checked_mul(11)?
        .checked_add(a)?
        .checked_add(l.checked_mul(22)?)?
        .div_euclid(451);
    let n = h
        .checked_add(l)?
        .checked_sub(m.checked_mul(7)?)?
        .checked_add(114)?;
    let month = u32::try_from(n.div_euclid(31)).ok()?;
    let day = u32::try_from(n.rem_euclid(31)).ok()?.checked_add(1)?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// Whether a day is a public holiday (Code du travail, L.3133-1; L.3134-13 for
/// Alsace-Moselle), as the list stands today, applied to every year.
#[must_use]
pub fn is_public_holiday(date: NaiveDate, zone: Zone) -> bool {
    let eastern = zone == Zone::AlsaceMoselle;
    let fixed = matches!(
        (date.month(), date.day()),
        (1, 1) | (5, 1 | 8) | (7, 14) | (8, 15) | (11, 1 | 11) | (12, 25)
    );
    if fixed || (eastern && (date.month(), date.day()) == (12, 26)) {
        return true;
    }
    // Easter Monday, Ascension, Whit Monday; Good Friday in the east.
    easter(date.year()).is_some_and(|easter| {
        let after = days_since(easter, date);
        matches!(after, 1 | 39 | 50) || (eastern && after == -2)
    })
}

/// Neither Saturday, Sunday nor a public holiday.
#[must_use]
pub fn is_working_day(date: NaiveDate, zone: Zone) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && !is_public_holiday(date, zone)
}

/// The day itself when it is a working day, else the next one.
#[must_use]
pub fn next_working_day(date: NaiveDate, zone: Zone) -> Option<NaiveDate> {
    let mut day = date;
    while !is_working_day(day, zone) {
        day = kept(day.succ_opt())?;
    }
    Some(day)
}

fn step_working_days(
    date: NaiveDate,
    count: u32,
    zone: Zone,
    step: fn(&NaiveDate) -> Option<NaiveDate>,
) -> Option<NaiveDate> {
    let mut day = date;
    for _ in 0..count {
        day = kept(step(&day))?;
        while !is_working_day(day, zone) {
            day = kept(step(&day))?;
        }
    }
    Some(day)
}

impl Term {
    /// The last day of the term when it runs from `start`, whose day does not
    /// count. `None` outside the years 1900 to 2200.
    #[must_use]
    pub fn due_after(self, start: NaiveDate, zone: Zone) -> Option<NaiveDate> {
        match self.unit {
            TermUnit::WorkingDays => {
                step_working_days(start, self.count, zone, NaiveDate::succ_opt)
            }
            TermUnit::Days => Span {
                count: self.count,
                unit: Unit::Days,
            }
            .after(start),
            TermUnit::Weeks => Span {
                count: self.count,
                unit: Unit::Weeks,
            }
            .after(start),
            TermUnit::Months => Span {
                count: self.count,
                unit: Unit::Months,
            }
            .after(start),
        }
    }

    /// The last day on which the term still lies before `end`.
    #[must_use]
    pub fn due_before(self, end: NaiveDate, zone: Zone) -> Option<NaiveDate> {
        match self.unit {
            TermUnit::WorkingDays => step_working_days(end, self.count, zone, NaiveDate::pred_opt),
            TermUnit::Days => Span {
                count: self.count,
                unit: Unit::Days,
            }
            .before(end),
            TermUnit::Weeks => Span {
                count: self.count,
                unit: Unit::Weeks,
            }
            .before(end),
            TermUnit::Months => Span {
                count: self.count,
                unit: Unit::Months,
            }
            .before(end),
        }
    }

    /// « 15 jours ouvrés », « 1 mois ».
    #[must_use]
    pub fn in_french(self) -> String {
        let several = self.count > 1;
        let unit = match (self.unit, several) {
            (TermUnit::Days, false) => "jour",
            (TermUnit::Days, true) => "jours",
            (TermUnit::WorkingDays, false) => "jour ouvré",
            (TermUnit::WorkingDays, true) => "jours ouvrés",
            (TermUnit::Weeks, false) => "semaine",
            (TermUnit::Weeks, true) => "semaines",
            (TermUnit::Months, _) => "mois",
        };
        format!("{} {unit}", self.count)
    }
}

/// « 15 septembre 2021 », « 1er mars 2025 ».
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

    fn days() -> impl Strategy<Value = NaiveDate> {
        (700_000_i32..760_000).prop_map(|n| NaiveDate::from_num_days_from_ce_opt(n).unwrap())
    }

    #[test]
    fn easter_of_known_years() {
        for (year, date) in [
            (1913, "1913-03-23"),
            (1943, "1943-04-25"),
            (2000, "2000-04-23"),
            (2021, "2021-04-04"),
            (2024, "2024-03-31"),
            (2025, "2025-04-20"),
            (2038, "2038-04-25"),
        ] {
            assert_eq!(easter(year), Some(day(date)));
        }
    }

    #[test]
    fn holidays_of_2025_in_both_zones() {
        let both = [
            "2025-01-01",
            "2025-04-21",
            "2025-05-01",
            "2025-05-08",
            "2025-05-29",
            "2025-06-09",
            "2025-07-14",
            "2025-08-15",
            "2025-11-01",
            "2025-11-11",
            "2025-12-25",
        ];
        let eastern = ["2025-04-18", "2025-12-26"];
        let of = |zone| {
            day("2025-01-01")
                .iter_days()
                .take(365)
                .filter(|date| is_public_holiday(*date, zone))
                .map(|date| date.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(of(Zone::Metropole), both);
        let mut all: Vec<_> = both.into_iter().chain(eastern).collect();
        all.sort_unstable();
        assert_eq!(of(Zone::AlsaceMoselle), all);
    }

    #[test]
    fn months_end_on_the_same_day_number_or_the_last() {
        let months = |count| Term {
            count,
            unit: TermUnit::Months,
        };
        let due = |start: &str, count| months(count).due_after(day(start), Zone::Metropole);
        assert_eq!(due("2021-01-31", 1), Some(day("2021-02-28")));
        assert_eq!(due("2024-01-31", 1), Some(day("2024-02-29")));
        assert_eq!(due("2021-09-15", 2), Some(day("2021-11-15")));
    }

    #[test]
    fn working_days_step_over_bridges() {
        let due = |start: &str, count| {
            Term {
                count,
                unit: TermUnit::WorkingDays,
            }
            .due_after(day(start), Zone::Metropole)
        };
        // Ascension 2021 fell on Thursday 13 May, 1 and 8 May on Saturdays.
        assert_eq!(due("2021-05-12", 1), Some(day("2021-05-14")));
        assert_eq!(due("2021-05-12", 2), Some(day("2021-05-17")));
        assert_eq!(due("2024-12-24", 1), Some(day("2024-12-26")));
    }

    #[test]
    fn outside_the_years_nothing_is_due() {
        let far = Term {
            count: u32::MAX,
            unit: TermUnit::Months,
        };
        assert_eq!(far.due_after(day("2025-01-01"), Zone::Metropole), None);
        assert_eq!(
            Span {
                count: 400,
                unit: Unit::Years
            }
            .before(day("2025-01-01")),
            None
        );
    }

    proptest! {
        #[test]
        fn elapsed_time_is_monotone(a in days(), b in days(), on in days()) {
            let (early, late) = (a.min(b), a.max(b));
            for elapsed in [years_since, months_since, days_since] {
                prop_assert!(elapsed(late, on) <= elapsed(early, on));
                prop_assert!(elapsed(on, early) <= elapsed(on, late));
            }
        }

        #[test]
        fn a_term_of_working_days_ends_on_one(start in days(), count in 1_u32..60) {
            let term = Term { count, unit: TermUnit::WorkingDays };
            let due = term.due_after(start, Zone::AlsaceMoselle).unwrap();
            prop_assert!(is_working_day(due, Zone::AlsaceMoselle));
            let between = start.iter_days().skip(1).take_while(|day| *day <= due);
            let working = between.filter(|day| is_working_day(*day, Zone::AlsaceMoselle)).count();
            prop_assert_eq!(working, count as usize);
        }

        #[test]
        fn an_age_is_reached_and_not_before(born in days(), years in 0_i64..80) {
            let span = Span { count: u32::try_from(years).unwrap(), unit: Unit::Years };
            let birthday = span.after(born).unwrap();
            // 29 February counts on 1 March in other years.
            let reached = if birthday.day() == born.day() { birthday } else { birthday.succ_opt().unwrap() };
            prop_assert_eq!(years_since(born, reached), years);
            prop_assert_eq!(years_since(born, reached.pred_opt().unwrap()), years - 1);
        }
    }
}
