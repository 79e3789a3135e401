//! The derivation catalogue, computed on sets of possible values.
//!
//! Each function gives every value that the result can take while its inputs
//! range over their possible values (or a hull of them): narrower inputs never
//! give a wider result, which is what the law of monotonicity asks.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::dictionary::{Elapsed, date_of};
use super::set::{Range, ValueSet};
use crate::calendar;

fn elapsed_of(elapsed: Elapsed, day: i64, on: NaiveDate) -> Option<i64> {
    let date = date_of(day)?;
    Some(match elapsed {
        Elapsed::YearsSince => calendar::years_since(date, on),
        Elapsed::MonthsSince => calendar::months_since(date, on),
        Elapsed::DaysSince => calendar::days_since(date, on),
        Elapsed::MonthsUntil => calendar::months_since(on, date),
        Elapsed::DaysUntil => calendar::days_since(on, date),
    })
}

/// Completed units between a date and the date asked, cut to `domain`.
pub(crate) fn elapsed(
    elapsed: Elapsed,
    date: &ValueSet,
    on: NaiveDate,
    domain: &ValueSet,
) -> ValueSet {
    let Some(limits) = domain.hull() else {
        return domain.clone();
    };
    let ranges = date
        .ranges()
        .iter()
        .filter_map(|range| {
            let ends = (
                elapsed_of(elapsed, range.lo, on)?,
                elapsed_of(elapsed, range.hi, on)?,
            );
            Some(Range {
                lo: ends.0.min(ends.1).clamp(limits.lo, limits.hi),
                hi: ends.0.max(ends.1).clamp(limits.lo, limits.hi),
            })
        })
        .collect();
    ValueSet::from_ranges(ranges, date.may_be_none())
}

fn combine(inputs: &[&ValueSet], add: impl Fn(Range, Range) -> Range) -> ValueSet {
    let none = inputs.iter().any(|set| set.may_be_none());
    let mut hulls = inputs.iter().map(|set| set.hull());
    let Some(Some(first)) = hulls.next() else {
        return ValueSet::none();
    };
    let mut total = first;
    for hull in hulls {
        let Some(hull) = hull else {
            return ValueSet::none();
        };
        total = add(total, hull);
    }
    ValueSet::from_ranges(vec![total], none)
}

/// Sum; `none` when any input is.
pub(crate) fn sum(inputs: &[&ValueSet]) -> ValueSet {
    combine(inputs, |a, b| Range {
        lo: a.lo.saturating_add(b.lo),
        hi: a.hi.saturating_add(b.hi),
    })
}

/// `a - b`; `none` when either is.
pub(crate) fn difference(a: &ValueSet, b: &ValueSet) -> ValueSet {
    combine(&[a, b], |a, b| Range {
        lo: a.lo.saturating_sub(b.hi),
        hi: a.hi.saturating_sub(b.lo),
    })
}

/// Smallest or largest of the inputs that are not `none`.
pub(crate) fn extreme(inputs: &[&ValueSet], pick: fn(i64, i64) -> i64) -> ValueSet {
    let mut result: Option<ValueSet> = None;
    for input in inputs {
        let Some(before) = result else {
            result = Some((*input).clone());
            continue;
        };
        let mut ranges = Vec::new();
        if let (Some(a), Some(b)) = (before.hull(), input.hull()) {
            ranges.push(Range {
                lo: pick(a.lo, b.lo),
                hi: pick(a.hi, b.hi),
            });
        }
        if input.may_be_none() {
            ranges.extend(before.ranges());
        }
        if before.may_be_none() {
            ranges.extend(input.ranges());
        }
        result = Some(ValueSet::from_ranges(
            ranges,
            before.may_be_none() && input.may_be_none(),
        ));
    }
    result.unwrap_or_else(ValueSet::none)
}

/// Table look-up; a code without a row gives `other` where the target is open, else any value.
pub(crate) fn lookup(
    from: &ValueSet,
    table: &BTreeMap<i64, i64>,
    other: Option<i64>,
    domain: &ValueSet,
) -> ValueSet {
    // Beyond this many codes the image is the whole table: exact enough, and bounded.
    const WRITTEN_OUT: u64 = 4096;
    let images = || {
        from.values()
            .map(|place| table.get(&place).copied().or(other))
    };
    let image = if from.size() > WRITTEN_OUT || images().any(|image| image.is_none()) {
        domain.clone()
    } else {
        ValueSet::from_points(images().flatten())
    };
    if from.may_be_none() {
        image.with_none()
    } else {
        image.without_none()
    }
}
