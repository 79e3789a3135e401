//! What a condition reads: the facts it tests, and all that those build on.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::condition::{Cond, Slot, Tables};
use crate::fact::dictionary::{ConditionId, Derivation, Dictionary, Fact, FactId, Field, Kind};

/// Everything a condition may depend on, in the order in which facts build on each other.
pub(crate) fn reads(
    dictionary: &Dictionary,
    tables: &Tables,
    cond: &Cond,
    on: NaiveDate,
) -> Vec<FactId> {
    let mut open: Vec<FactId> = Vec::new();
    direct(tables, cond, on, &mut open);
    built_on(dictionary, tables, open, on)
}

/// The facts that a condition tests.
fn direct(tables: &Tables, cond: &Cond, on: NaiveDate, open: &mut Vec<FactId>) {
    cond.atoms(tables, on, &mut |atom| match atom.slot {
        Slot::Fact(id) | Slot::Member(id, _) => open.push(id),
        Slot::Count(count) => open.extend(tables.counts.get(count.0).map(|count| count.list)),
        Slot::Field(_) => {}
    });
}

/// Facts, and all that they build on, in the order in which they do.
pub(crate) fn built_on(
    dictionary: &Dictionary,
    tables: &Tables,
    mut open: Vec<FactId>,
    on: NaiveDate,
) -> Vec<FactId> {
    let mut found: BTreeSet<FactId> = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !found.insert(id) {
            continue;
        }
        let fact = dictionary.fact(id);
        match &fact.derive {
            None | Some(Derivation::Condition(_)) => {}
            Some(Derivation::Elapsed(_, from) | Derivation::Lookup { from, .. }) => {
                open.push(*from);
            }
            Some(Derivation::Sum(ids) | Derivation::Min(ids) | Derivation::Max(ids)) => {
                open.extend(ids);
            }
            Some(Derivation::Difference(a, b)) => open.extend([*a, *b]),
            Some(Derivation::Count(count)) => {
                open.extend(tables.counts.get(count.0).map(|count| count.list));
            }
        }
        for condition in conditions_of(fact) {
            if let Some(condition) = tables.condition(condition, on) {
                direct(tables, condition, on, &mut open);
            }
        }
    }
    dictionary
        .order
        .iter()
        .copied()
        .filter(|id| found.contains(id))
        .collect()
}

/// The conditions that a fact builds on.
fn conditions_of(fact: &Fact) -> impl Iterator<Item = ConditionId> {
    let levels = fact.levels.iter().map(|(_, condition)| *condition);
    let derived = match &fact.derive {
        Some(Derivation::Condition(condition)) => Some(*condition),
        _ => None,
    };
    levels.chain(fact.only_if).chain(derived)
}

/// The places of the fields of a list that a condition may depend on, those that are told: of a
/// derived field, the one that it follows from.
pub(crate) fn fields_read(
    dictionary: &Dictionary,
    tables: &Tables,
    cond: &Cond,
    on: NaiveDate,
    list: FactId,
) -> BTreeSet<usize> {
    let Kind::Records { fields, .. } = &dictionary.fact(list).kind else {
        return BTreeSet::new();
    };
    let mut found = BTreeSet::new();
    let mut counted = |cond: &Cond| {
        cond.atoms(tables, on, &mut |atom| {
            if let Slot::Count(count) = atom.slot {
                found.insert(count);
            }
        });
    };
    counted(cond);
    let built_on = reads(dictionary, tables, cond, on);
    let facts = || built_on.iter().map(|id| dictionary.fact(*id));
    for condition in facts().flat_map(conditions_of) {
        if let Some(condition) = tables.condition(condition, on) {
            counted(condition);
        }
    }
    found.extend(facts().filter_map(|fact| match fact.derive {
        Some(Derivation::Count(count)) => Some(count),
        _ => None,
    }));
    let counts = found.iter().filter_map(|count| tables.counts.get(count.0));
    let filters = counts.filter(|count| count.list == list);
    let filters = filters.filter_map(|count| count.filter.as_ref());
    filters
        .flat_map(|filter| fields_tested(fields, tables, filter, on))
        .collect()
}

/// The places of the fields that a filter of rows tests, those that are told.
fn fields_tested(
    fields: &[Field],
    tables: &Tables,
    filter: &Cond,
    on: NaiveDate,
) -> BTreeSet<usize> {
    let mut tested = BTreeSet::new();
    filter.atoms(tables, on, &mut |atom| {
        if let Slot::Field(place) = atom.slot {
            let derived = fields.get(place).and_then(|field| field.derive);
            tested.insert(derived.map_or(place, |(_, from)| from));
        }
    });
    tested
}
