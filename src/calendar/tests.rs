//! Days of known years, and laws over all days.

use chrono::{Datelike as _, Days, NaiveDate};
use proptest::prelude::*;

use super::working_days::easter;
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
    let due = |start, count| term(count, TermUnit::Months).due_after(day(start), Zone::Metropole);
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
