//! Every derivation contains what its inputs can give, and narrows with them.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use proptest::prelude::*;

use super::hold;
use crate::fact::derive;
use crate::fact::dictionary::{Elapsed, date_of, day_number};
use crate::fact::set::strategy::sets;
use crate::fact::set::{Range, ValueSet};

/// Derivations tried on each drawn set of inputs: each is a case.
const FUNCTIONS: u32 = 4;
const ELAPSED: u32 = 5;

fn members(set: &ValueSet) -> Vec<Option<i64>> {
    let none = set.may_be_none().then_some(None);
    none.into_iter().chain(set.values().map(Some)).collect()
}

fn has(set: &ValueSet, value: Option<i64>) -> bool {
    value.map_or(set.may_be_none(), |value| set.contains(value))
}

/// A set that is not empty, and a part of it that is not either.
fn wide_and_narrow() -> impl Strategy<Value = (ValueSet, ValueSet)> {
    (sets(), sets()).prop_map(|(a, b)| {
        let wide = if a.is_empty() { ValueSet::point(0) } else { a };
        let common = wide.intersect(&b);
        let narrow = if common.is_empty() {
            wide.clone()
        } else {
            common
        };
        (wide, narrow)
    })
}

/// All ways to take one value of each input.
fn combinations(inputs: &[&ValueSet]) -> Vec<Vec<Option<i64>>> {
    inputs.iter().fold(vec![Vec::new()], |all, input| {
        let input = members(input);
        let one_more = |before: &Vec<Option<i64>>| {
            let longer = input
                .iter()
                .map(|value| [before.as_slice(), &[*value]].concat());
            longer.collect::<Vec<_>>()
        };
        all.iter().flat_map(one_more).collect()
    })
}

/// The result holds what every combination gives and nothing beyond the hull of
/// that, and the narrow result lies in it.
fn law(
    name: &str,
    inputs: &[(ValueSet, ValueSet)],
    function: impl Fn(&[&ValueSet]) -> ValueSet,
    of_values: impl Fn(&[Option<i64>]) -> Vec<Option<i64>>,
) -> Result<(), TestCaseError> {
    let wide: Vec<_> = inputs.iter().map(|(wide, _)| wide).collect();
    let narrow: Vec<_> = inputs.iter().map(|(_, narrow)| narrow).collect();
    let result = function(&wide);
    let mut exact: Vec<Option<i64>> = Vec::new();
    for values in combinations(&wide) {
        let given = of_values(&values);
        for value in &given {
            prop_assert!(
                has(&result, *value),
                "{name} of {values:?} may be {value:?}, not in {result:?}"
            );
        }
        exact.extend(given);
    }
    let numbers = || exact.iter().copied().flatten();
    let hull = numbers().min().zip(numbers().max());
    prop_assert!(
        result.hull().map(|hull| (hull.lo, hull.hi)) == hull
            && result.may_be_none() == exact.contains(&None),
        "{name} of {wide:?} is {result:?}, beyond the hull {hull:?} of what it can be"
    );
    let narrower = function(&narrow);
    prop_assert!(
        narrower.is_subset(&result),
        "{name} of {narrow:?} is {narrower:?}, not within {result:?} of {wide:?}"
    );
    Ok(())
}

/// `none` when any value is.
fn all_present(values: &[Option<i64>]) -> Option<Vec<i64>> {
    values.iter().copied().collect()
}

#[test]
fn sums_differences_and_extremes() {
    hold(
        FUNCTIONS,
        prop::collection::vec(wide_and_narrow(), 1..4),
        |inputs| {
            law("sum", &inputs, derive::sum, |values| {
                vec![all_present(values).map(|values| values.iter().sum())]
            })?;
            law(
                "min",
                &inputs,
                |inputs| derive::extreme(inputs, i64::min),
                |values| vec![values.iter().copied().flatten().min()],
            )?;
            law(
                "max",
                &inputs,
                |inputs| derive::extreme(inputs, i64::max),
                |values| vec![values.iter().copied().flatten().max()],
            )?;
            if let [a, b, ..] = inputs.as_slice() {
                law(
                    "difference",
                    &[a.clone(), b.clone()],
                    |inputs| derive::difference(inputs[0], inputs[1]),
                    |values| vec![all_present(values).map(|values| values[0] - values[1])],
                )?;
            }
            Ok(())
        },
    );
}

#[test]
fn lookups() {
    let table = prop::collection::btree_map(-8_i64..13, 0_i64..6, 0..12);
    // The target nomenclature: places 0 to 5, and 6 for another code.
    let open = any::<bool>();
    hold(
        1,
        (wide_and_narrow(), table, open),
        |(input, table, open)| {
            let domain = ValueSet::range(0, if open { 6 } else { 5 });
            let other = open.then_some(6);
            let function = |inputs: &[&ValueSet]| derive::lookup(inputs[0], &table, other, &domain);
            law("lookup", std::slice::from_ref(&input), function, |values| {
                match values[0].map(|code| table.get(&code).copied().or(other)) {
                    None => vec![None],
                    // A code without a row may lead anywhere.
                    Some(None) => domain.values().map(Some).collect(),
                    Some(place) => vec![place],
                }
            })?;
            Ok(())
        },
    );
}

/// Whole months from one date to another, found by walking the calendar: the
/// number of the last month that was completed by then.
fn months_by_walking(from: NaiveDate, to: NaiveDate) -> i64 {
    let completed_on = |months: i64| {
        let shift = Months::new(u32::try_from(months.abs()).unwrap());
        let same_day_or_last = if months < 0 {
            from - shift
        } else {
            from + shift
        };
        // A month without that day number is completed on the next day.
        if same_day_or_last.day() < from.day() {
            same_day_or_last.succ_opt().unwrap()
        } else {
            same_day_or_last
        }
    };
    let about = i64::from(to.year() - from.year()) * 12;
    let reached = (about - 14..=about + 14)
        .rev()
        .find(|months| completed_on(*months) <= to);
    reached.unwrap()
}

fn one_elapsed(elapsed: Elapsed, date: NaiveDate, on: NaiveDate) -> i64 {
    match elapsed {
        Elapsed::YearsSince => months_by_walking(date, on).div_euclid(12),
        Elapsed::MonthsSince => months_by_walking(date, on),
        Elapsed::DaysSince => (on - date).num_days(),
        Elapsed::MonthsUntil => months_by_walking(on, date),
        Elapsed::DaysUntil => (date - on).num_days(),
    }
}

fn dates() -> impl Strategy<Value = (ValueSet, ValueSet)> {
    // 738000 is a day of 2021; ranges of up to four years, with leap days.
    let range = (737_500_i64..738_800, 0_i64..60);
    let range = prop_oneof![3 => range.clone(), 1 => range.prop_map(|(lo, n)| (lo, n * 30))];
    (
        prop::collection::vec(range, 1..3),
        any::<bool>(),
        any::<[u8; 2]>(),
    )
        .prop_map(|(ranges, none, [from, to])| {
            let ranges: Vec<Range> = ranges
                .into_iter()
                .map(|(lo, n)| Range { lo, hi: lo + n })
                .collect();
            let first = ranges[0];
            let narrow = ValueSet::range(
                (first.lo + i64::from(from)).min(first.hi),
                (first.lo + i64::from(from) + i64::from(to)).min(first.hi),
            );
            (ValueSet::from_ranges(ranges, none), narrow)
        })
}

#[test]
fn elapsed_time() {
    let bounds = prop_oneof![Just((0, 120)), Just((-5, 5)), Just((-100_000, 100_000))];
    hold(
        ELAPSED,
        (dates(), 737_500_i64..738_800, bounds),
        |(dates, on, (min, max))| {
            let on = date_of(on).unwrap();
            let domain = ValueSet::range(min, max);
            for elapsed in [
                Elapsed::YearsSince,
                Elapsed::MonthsSince,
                Elapsed::DaysSince,
                Elapsed::MonthsUntil,
                Elapsed::DaysUntil,
            ] {
                law(
                    "elapsed time",
                    std::slice::from_ref(&dates),
                    |inputs| derive::elapsed(elapsed, inputs[0], on, &domain),
                    |values| {
                        let date = values[0].and_then(date_of);
                        vec![date.map(|date| one_elapsed(elapsed, date, on).clamp(min, max))]
                    },
                )?;
            }
            Ok(())
        },
    );
}

#[test]
fn an_age_changes_on_the_birthday() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let born = ValueSet::point(day_number(day("2004-02-29")));
    let age = |on: &str| {
        let domain = ValueSet::range(0, 120);
        derive::elapsed(Elapsed::YearsSince, &born, day(on), &domain)
    };
    assert_eq!(age("2022-02-28"), ValueSet::point(17));
    assert_eq!(age("2022-03-01"), ValueSet::point(18));
    assert_eq!(age("2024-02-29"), ValueSet::point(20));
}

/// A code looked up in no table at all is anything; the table is never needed then.
#[test]
fn a_code_without_a_row_may_be_anything() {
    let domain = ValueSet::range(0, 3);
    let none = BTreeMap::new();
    assert_eq!(
        derive::lookup(&ValueSet::point(1), &none, None, &domain),
        domain
    );
}
