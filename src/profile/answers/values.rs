//! One value of every kind that some sets tell apart.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::fact::derive;
use crate::fact::dictionary::{Elapsed, Kind, Nomenclature, date_of};
use crate::fact::set::ValueSet;
use crate::fact::{Knowledge, Value};
use crate::vocabulary::{Cents, Code};

/// Members of a set of codes that are tried in all combinations.
const MEMBERS: usize = 4;

/// The days on which the time elapsed is one of these.
pub(super) fn days_when(
    elapsed: Elapsed,
    wanted: &ValueSet,
    domain: &ValueSet,
    on: NaiveDate,
) -> ValueSet {
    let Some(days) = Kind::Date.domain().hull() else {
        return ValueSet::empty();
    };
    let since = matches!(
        elapsed,
        Elapsed::YearsSince | Elapsed::MonthsSince | Elapsed::DaysSince
    );
    let on_day = |day: i64| {
        derive::elapsed(elapsed, &ValueSet::point(day), on, domain)
            .single()
            .unwrap_or(i64::MIN)
    };
    // The first day from which on `is_late` holds: it does not, then it does.
    let first = |is_late: &dyn Fn(i64) -> bool| {
        let (mut low, mut high) = (days.lo, days.hi.saturating_add(1));
        while low < high {
            let middle = low.midpoint(high);
            if is_late(middle) {
                high = middle;
            } else {
                low = middle.saturating_add(1);
            }
        }
        low
    };
    let ranges = wanted.ranges().iter().map(|range| {
        let (lo, end) = if since {
            (
                first(&|day| on_day(day) <= range.hi),
                first(&|day| on_day(day) < range.lo),
            )
        } else {
            (
                first(&|day| on_day(day) >= range.lo),
                first(&|day| on_day(day) > range.hi),
            )
        };
        crate::fact::set::Range {
            lo,
            hi: end.saturating_sub(1),
        }
    });
    ValueSet::from_ranges(ranges.collect(), wanted.may_be_none())
}

/// One value of every kind that these sets tell apart, the most usual first.
pub(super) fn representatives(kind: &Kind, sets: &[&ValueSet], usual: i64) -> Vec<i64> {
    let Some(domain) = kind.domain().hull() else {
        return Vec::new();
    };
    let ends = sets.iter().flat_map(|set| set.ranges()).flat_map(|range| {
        [range.lo, range.hi.saturating_add(1)]
            .into_iter()
            .filter(|cut| domain.lo < *cut && *cut <= domain.hi)
    });
    let cuts: BTreeSet<i64> = ends.chain([domain.lo]).collect();
    let ends = cuts
        .iter()
        .skip(1)
        .map(|next| next.saturating_sub(1))
        .chain([domain.hi]);
    let mut values: Vec<i64> = cuts
        .iter()
        .zip(ends)
        .map(|(lo, hi)| usual.clamp(*lo, hi))
        .collect();
    // What lies ahead is rarer than what is past.
    values.sort_by_key(|value| (*value > usual, value.abs_diff(usual)));
    let mut kinds: BTreeSet<Vec<bool>> = BTreeSet::new();
    values.retain(|value| kinds.insert(sets.iter().map(|set| set.contains(*value)).collect()));
    values
}

/// A value as somebody would write it.
pub(super) fn value(kind: &Kind, place: i64) -> Option<Value> {
    Some(match kind {
        Kind::Flag => Value::Flag(place != 0),
        Kind::Integer { .. } => Value::Integer(place),
        Kind::Money { .. } => Value::Money(Cents::new(place)),
        Kind::Date => Value::Date(date_of(place)?),
        Kind::Level(codes) | Kind::Code(codes) => Value::Code(code(codes, place)?),
        Kind::Codes(_) | Kind::Records { .. } => return None,
    })
}

/// The code at a place; where any other code may stand, one that is not listed.
fn code(codes: &Nomenclature, place: i64) -> Option<Code> {
    codes.code(place).cloned().or_else(|| {
        let others = ["autre", "hors-liste", "99999"].into_iter();
        let mut unlisted = others.filter(|code| codes.place(code).is_none());
        unlisted.next().and_then(|code| Code::parse(code).ok())
    })
}

/// Some sets of the codes that are asked for, and whether nothing is left out.
pub(super) fn members(
    codes: &Nomenclature,
    asked: Option<&BTreeSet<i64>>,
) -> (Vec<Knowledge>, bool) {
    let asked: Vec<Code> = asked
        .into_iter()
        .flatten()
        .filter_map(|place| code(codes, *place))
        .collect();
    let whole = asked.len() <= MEMBERS;
    let mut sets: Vec<BTreeSet<Code>> = vec![BTreeSet::new()];
    if whole {
        for code in &asked {
            let with = sets.iter().map(|set| {
                let mut set = set.clone();
                set.insert(code.clone());
                set
            });
            let with: Vec<_> = with.collect();
            sets.extend(with);
        }
    } else {
        sets.extend(asked.iter().map(|code| BTreeSet::from([code.clone()])));
        sets.push(asked.into_iter().collect());
    }
    (sets.into_iter().map(Knowledge::exactly).collect(), whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::dictionary::day_number;
    use proptest::prelude::*;

    proptest! {
        /// The days found are those on which the time elapsed is one of those wanted.
        #[test]
        fn days_are_those_of_the_time_elapsed(
            lo in 0..130_i64,
            length in 0..20_i64,
            asked in 0..100_000_i32,
            day in 0..100_000_i64,
            which in 0..5_usize,
        ) {
            let all = [Elapsed::YearsSince, Elapsed::MonthsSince, Elapsed::DaysSince, Elapsed::MonthsUntil, Elapsed::DaysUntil];
            let elapsed = all[which];
            let start = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap();
            let on = start + chrono::Days::new(u64::try_from(asked).unwrap());
            let domain = ValueSet::range(0, 130);
            let wanted = ValueSet::range(lo, lo + length);
            let day = day_number(start) + day;
            let is = derive::elapsed(elapsed, &ValueSet::point(day), on, &domain).is_subset(&wanted);
            prop_assert_eq!(days_when(elapsed, &wanted, &domain, on).contains(day), is);
        }

        /// Every value has one of its kind among those chosen.
        #[test]
        fn every_kind_of_value_is_there(
            sets in prop::collection::vec(crate::fact::set::strategy::sets(), 0..4),
            value in -20..20_i64,
            usual in -20..20_i64,
        ) {
            let kind = Kind::Integer { unit: None, min: -20, max: 20 };
            let sets: Vec<&ValueSet> = sets.iter().collect();
            let kinds = |value: i64| sets.iter().map(|set| set.contains(value)).collect::<Vec<_>>();
            let chosen = representatives(&kind, &sets, usual);
            prop_assert_eq!(chosen.iter().filter(|chosen| kinds(**chosen) == kinds(value)).count(), 1);
        }
    }
}
