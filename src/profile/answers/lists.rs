//! Lists to be told: rows of every kind that the filters tell apart, in every number
//! that the counts tell apart.

use std::collections::{BTreeMap, BTreeSet};

use super::apart::Apart;
use super::values::{days_when, representatives, value};
use crate::fact::dictionary::{CountId, FactId, Field, Kind, day_number};
use crate::fact::possible::{self, Possible};
use crate::fact::set::ValueSet;
use crate::fact::{Knowledge, Rows, Value};
use crate::profile::with_derived_fields;
use crate::rule::condition::{self, Slot};
use crate::vocabulary::FactName;

type Row = BTreeMap<FactName, Knowledge>;

/// Combinations of fields, and of rows, that are tried at most.
const MOST: usize = 600;

/// Rows of one kind in a list at most, whatever a rule counts.
const SAME: i64 = 6;

/// What may be told about a list, and whether nothing is left out.
pub(super) fn answers(apart: &Apart<'_>, list: FactId, fields: &[Field]) -> (Vec<Knowledge>, bool) {
    let of_list = |count: &CountId| {
        let count = apart.model.tables.counts.get(count.0);
        count.is_some_and(|count| count.list == list)
    };
    let counts: Vec<(CountId, &BTreeSet<ValueSet>)> = apart
        .counts
        .iter()
        .filter(|(count, _)| of_list(count))
        .map(|(count, sets)| (*count, sets))
        .collect();
    let (rows, mut whole) = rows(apart, list, fields, &counts);
    let largest = counts
        .iter()
        .flat_map(|(_, sets)| sets.iter().flat_map(ValueSet::ranges))
        .flat_map(|range| [range.lo, range.hi.saturating_add(1)])
        .filter(|bound| (1..i64::MAX).contains(bound))
        .max()
        .unwrap_or(1);
    whole &= largest <= SAME;
    let most = usize::try_from(largest.min(SAME)).unwrap_or(1);
    // How many of each kind of row.
    let ways = u32::try_from(rows.len())
        .ok()
        .and_then(|kinds| most.saturating_add(1).checked_pow(kinds));
    let numbers: Vec<Vec<usize>> = if ways.is_some_and(|ways| ways <= MOST) {
        let mut numbers = vec![Vec::new()];
        for _ in &rows {
            numbers = numbers
                .into_iter()
                .flat_map(|so_far: Vec<usize>| {
                    (0..=most).map(move |number| {
                        let mut numbers = so_far.clone();
                        numbers.push(number);
                        numbers
                    })
                })
                .collect();
        }
        numbers.sort_by_key(|numbers| numbers.iter().sum::<usize>());
        numbers
    } else {
        whole = false;
        let alone = (0..rows.len()).flat_map(|kind| {
            (1..=most).map(move |number| {
                let mut numbers = vec![0; kind];
                numbers.push(number);
                numbers
            })
        });
        [Vec::new()]
            .into_iter()
            .chain(alone)
            .chain([vec![1; rows.len()]])
            .collect()
    };
    let mut kinds: BTreeSet<Vec<bool>> = BTreeSet::new();
    let mut told = Vec::new();
    for numbers in numbers {
        let kind = counts.iter().enumerate().flat_map(|(place, (_, sets))| {
            let counted = numbers.iter().zip(&rows).map(|(number, (_, passes))| {
                let passes = passes.get(place).copied().unwrap_or(false);
                if passes { *number } else { 0 }
            });
            let counted = i64::try_from(counted.sum::<usize>()).unwrap_or(i64::MAX);
            sets.iter().map(move |set| set.contains(counted))
        });
        let other = apart.uncounted && numbers.iter().sum::<usize>() == 1;
        if kinds.insert(kind.collect()) || other {
            let rows = numbers
                .iter()
                .zip(&rows)
                .flat_map(|(number, (row, _))| std::iter::repeat_n(row.clone(), *number));
            told.push(Knowledge::Rows(Rows {
                rows: rows.collect(),
                complete: true,
            }));
        }
    }
    (told, whole)
}

/// One row of every kind, with the counts in which it is counted.
fn rows(
    apart: &Apart<'_>,
    list: FactId,
    fields: &[Field],
    counts: &[(CountId, &BTreeSet<ValueSet>)],
) -> (Vec<(Row, Vec<bool>)>, bool) {
    let model = apart.model;
    let fact = model.dictionary.fact(list);
    let mut whole = true;
    let mut combinations: Vec<Row> = vec![Row::new()];
    for (name, values) in field_values(apart, fields, counts) {
        let longer = combinations.len().saturating_mul(values.len());
        if longer > MOST {
            whole = false;
            break;
        }
        combinations = combinations
            .iter()
            .flat_map(|row| {
                values.iter().map(|value| {
                    let mut row = row.clone();
                    row.insert(name.clone(), Knowledge::from(value.clone()));
                    row
                })
            })
            .collect();
    }
    let mut kinds: BTreeSet<Vec<bool>> = BTreeSet::new();
    let mut kept = Vec::new();
    for row in combinations {
        let told = Knowledge::Rows(Rows {
            rows: vec![row.clone()],
            complete: true,
        });
        let Ok(possible) = possible::resolve(&fact.kind, fact.optional, &told) else {
            continue;
        };
        let possible = with_derived_fields(&fact.kind, possible, apart.on);
        let Possible::Lists(lists) = &possible else {
            continue;
        };
        let tables = &model.tables;
        let passes = counts.iter().map(|(count, _)| {
            let filter = tables.counts.get(count.0);
            let filter = filter.and_then(|count| count.filter.as_ref());
            condition::count(lists, filter, tables, apart.on).contains(1)
        });
        let passes: Vec<bool> = passes.collect();
        // A row that is counted nowhere changes nothing here.
        let counted = apart.uncounted || passes.contains(&true);
        if counted && kinds.insert(passes.clone()) {
            kept.push((row, passes));
        }
    }
    (kept, whole)
}

/// The fields that the filters test, with one value of every kind that they tell apart.
fn field_values(
    apart: &Apart<'_>,
    fields: &[Field],
    counts: &[(CountId, &BTreeSet<ValueSet>)],
) -> Vec<(FactName, Vec<Value>)> {
    let tables = &apart.model.tables;
    let mut asked: BTreeMap<usize, BTreeSet<ValueSet>> = BTreeMap::new();
    for (count, _) in counts {
        let filter = tables
            .counts
            .get(count.0)
            .and_then(|count| count.filter.as_ref());
        let Some(filter) = filter else { continue };
        filter.atoms(tables, apart.on, &mut |atom| {
            let Slot::Field(place) = atom.slot else {
                return;
            };
            let set = tables.target(&atom.target, apart.on).into_owned();
            match fields.get(place).map(|field| (field.derive, &field.kind)) {
                Some((Some((elapsed, from)), kind)) => {
                    let days = days_when(elapsed, &set, &kind.domain(), apart.on);
                    asked.entry(from).or_default().insert(days);
                }
                _ => {
                    asked.entry(place).or_default().insert(set);
                }
            }
        });
    }
    let values = asked.into_iter().filter_map(|(place, sets)| {
        let field = fields.get(place)?;
        let usual = match field.kind {
            Kind::Date => day_number(apart.on),
            _ => field.kind.domain().hull().map_or(0, |hull| hull.lo),
        };
        let sets: Vec<&ValueSet> = sets.iter().collect();
        let values = representatives(&field.kind, &sets, usual);
        let values = values
            .into_iter()
            .filter_map(|place| value(&field.kind, place))
            .chain(field.optional.then_some(Value::None));
        Some((field.name.clone(), values.collect()))
    });
    values.collect()
}
