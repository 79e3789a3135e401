//! From what may be to part of it.

use super::people::Genes;
use crate::fact::dictionary::{Field, Kind};
use crate::fact::possible::{Lists, Members, Possible, RowList};
use crate::fact::set::{Range, ValueSet};

/// A part of a set that is not empty.
fn part_of_set(set: &ValueSet, genes: &mut Genes) -> ValueSet {
    let ranges = set.ranges();
    if ranges.is_empty() || (set.may_be_none() && genes.one_in(4)) {
        return ValueSet::none();
    }
    let range = ranges[genes.below(ranges.len())];
    let inside = |genes: &mut Genes| {
        let up = i64::from(genes.next() % 4).min(range.hi.saturating_sub(range.lo));
        if genes.one_in(2) {
            range.hi - up
        } else {
            range.lo + up
        }
    };
    let part = match genes.below(4) {
        0 => return set.clone(),
        1 => ValueSet::from_ranges(vec![range], false),
        2 => ValueSet::point(inside(genes)),
        _ => {
            let (one, other) = (inside(genes), inside(genes));
            ValueSet::range(one.min(other), one.max(other))
        }
    };
    if set.may_be_none() && genes.one_in(4) {
        part.with_none()
    } else {
        part
    }
}

fn part_of_members(members: &Members, genes: &mut Genes) -> Members {
    let none = members.none && (!members.some || genes.one_in(2));
    let some = members.some && (!none || genes.one_in(2));
    if !some {
        return Members {
            surely: ValueSet::empty(),
            maybe: ValueSet::empty(),
            none,
            some,
        };
    }
    let (mut surely, mut maybe) = (members.surely.clone(), members.maybe.clone());
    for code in members.surely.complement_in(&members.maybe).values() {
        let code = ValueSet::point(code);
        match genes.next() % 3 {
            0 => surely = surely.union(&code),
            1 => maybe = code.complement_in(&maybe),
            _ => {}
        }
    }
    Members {
        surely,
        maybe,
        none,
        some,
    }
}

fn part_of_row(fields: &[Field], row: &[ValueSet], genes: &mut Genes) -> Vec<ValueSet> {
    fields
        .iter()
        .zip(row)
        .map(|(field, set)| match field.derive {
            // Computed from the others when the profile is built.
            Some(_) => set.clone(),
            None => part_of_set(set, genes),
        })
        .collect()
}

fn unknown_row(fields: &[Field]) -> Vec<ValueSet> {
    let domain = |field: &Field| {
        let domain = field.kind.domain();
        if field.optional {
            domain.with_none()
        } else {
            domain
        }
    };
    fields.iter().map(domain).collect()
}

fn part_of_lists(fields: &[Field], lists: &Lists, genes: &mut Genes) -> Lists {
    let mut alternatives: Vec<RowList> = Vec::new();
    for list in &lists.alternatives {
        if alternatives.is_empty() || genes.one_in(2) {
            let mut rows: Vec<_> = list
                .rows
                .iter()
                .map(|row| part_of_row(fields, row, genes))
                .collect();
            if list.open {
                for _ in 0..genes.below(3) {
                    rows.push(part_of_row(fields, &unknown_row(fields), genes));
                }
            }
            alternatives.push(RowList {
                rows,
                open: list.open && genes.one_in(2),
            });
        }
    }
    let none = lists.none && (alternatives.is_empty() || genes.one_in(2));
    if none && genes.one_in(3) {
        alternatives.clear();
    }
    Lists { alternatives, none }
}

/// Part of what a fact may be; never nothing.
pub(super) fn part(kind: &Kind, possible: &Possible, genes: &mut Genes) -> Possible {
    match (possible, kind) {
        (Possible::Scalar(set), _) => Possible::Scalar(part_of_set(set, genes)),
        (Possible::Members(members), _) => Possible::Members(part_of_members(members, genes)),
        (Possible::Lists(lists), Kind::Records { fields, .. }) => {
            Possible::Lists(part_of_lists(fields, lists, genes))
        }
        (Possible::Lists(_), _) => panic!("only lists have rows"),
    }
}

/// Values of a set, one by one: all of a small one, the outer ones of a large one.
fn singles(set: &ValueSet, most: usize) -> Vec<ValueSet> {
    let none = set.may_be_none().then(ValueSet::none);
    let values: Vec<i64> = if set.size() <= 4096 {
        set.values().collect()
    } else {
        let ends = |range: &Range| [range.lo, range.hi];
        set.ranges().iter().flat_map(ends).collect()
    };
    let step = values.len().div_ceil(most).max(1);
    let values = values.into_iter().step_by(step).map(ValueSet::point);
    none.into_iter().chain(values).collect()
}

/// All choices of one item from each of several lists, up to a number.
fn choices<T: Clone>(lists: &[Vec<T>], most: usize) -> Vec<Vec<T>> {
    let mut all = vec![Vec::new()];
    for list in lists {
        // A list that would make them too many gives its first item only.
        let list = if all.len() * list.len() > most {
            &list[..1]
        } else {
            list
        };
        all = list
            .iter()
            .flat_map(|item| {
                all.iter().map(move |before: &Vec<T>| {
                    let mut next = before.clone();
                    next.push(item.clone());
                    next
                })
            })
            .collect();
    }
    all
}

/// Ways in which a fact may be fully known: all where they are few.
pub(super) fn worlds(kind: &Kind, possible: &Possible, genes: &mut Genes) -> Vec<Possible> {
    match (possible, kind) {
        (Possible::Scalar(set), _) => singles(set, 3).into_iter().map(Possible::Scalar).collect(),
        (Possible::Members(members), _) => {
            let mut sets = vec![members.surely.clone()];
            for code in members.surely.complement_in(&members.maybe).values() {
                let with = sets.iter().map(|set| set.union(&ValueSet::point(code)));
                let with: Vec<_> = with.collect();
                if sets.len() < 8 {
                    sets.extend(with);
                } else if genes.one_in(2) {
                    sets = with;
                }
            }
            let known = |set: ValueSet| {
                Possible::Members(Members {
                    surely: set.clone(),
                    maybe: set,
                    none: false,
                    some: true,
                })
            };
            let none = members.none.then(|| Possible::none(kind));
            let some = members.some.then_some(sets).into_iter().flatten();
            none.into_iter().chain(some.map(known)).collect()
        }
        (Possible::Lists(lists), Kind::Records { fields, .. }) => {
            let mut worlds: Vec<Possible> = lists
                .none
                .then(|| Possible::none(kind))
                .into_iter()
                .collect();
            for list in &lists.alternatives {
                let mut rows = list.rows.clone();
                let further = if list.open { genes.below(3) } else { 0 };
                rows.resize(rows.len() + further, unknown_row(fields));
                let cells: Vec<Vec<ValueSet>> =
                    rows.iter().flatten().map(|set| singles(set, 2)).collect();
                for cells in choices(&cells, 8) {
                    let rows = cells.chunks(fields.len()).map(<[ValueSet]>::to_vec);
                    worlds.push(Possible::Lists(Lists {
                        alternatives: vec![RowList {
                            rows: rows.collect(),
                            open: false,
                        }],
                        none: false,
                    }));
                }
            }
            worlds
        }
        (Possible::Lists(_), _) => panic!("only lists have rows"),
    }
}

/// All worlds of several facts together, up to a number.
pub(super) fn all_worlds(facts: &[Vec<Possible>], most: usize) -> Vec<Vec<Possible>> {
    choices(facts, most)
}
