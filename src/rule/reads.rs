//! What a condition reads: the facts it tests, and all that those build on.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::condition::{Cond, Slot, Tables};
use crate::fact::dictionary::{Derivation, Dictionary, FactId};

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
        let mut conditions: Vec<_> = fact
            .levels
            .iter()
            .map(|(_, condition)| *condition)
            .collect();
        conditions.extend(fact.only_if);
        match &fact.derive {
            None => {}
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
            Some(Derivation::Condition(condition)) => conditions.push(*condition),
        }
        for condition in conditions {
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
