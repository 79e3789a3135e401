//! Facts as derivations, presumptions and `only_if` make them.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::text::Texts;
use super::truth::{Scope, World, some};
use crate::fact::derive;
use crate::fact::dictionary::{Derivation, Elapsed, Fact, FactId, Kind, Presumption, date_of};
use crate::fact::possible::{Lists, Possible, RowList};
use crate::fact::set::{Range, ValueSet};
use crate::rule::Truth;

/// Completed months: the month that has begun counts once its day number is reached.
fn completed_months(from: NaiveDate, on: NaiveDate) -> i64 {
    let number = |date: NaiveDate| i64::from(date.year()) * 12 + i64::from(date.month0());
    // A month without that day number is completed on the first of the next one,
    // where this comparison finds the number passed.
    number(on) - number(from) - i64::from(on.day() < from.day())
}

fn completed(elapsed: Elapsed, date: NaiveDate, on: NaiveDate) -> i64 {
    match elapsed {
        Elapsed::YearsSince => completed_months(date, on).div_euclid(12),
        Elapsed::MonthsSince => completed_months(date, on),
        Elapsed::DaysSince => (on - date).num_days(),
        Elapsed::MonthsUntil => completed_months(on, date),
        Elapsed::DaysUntil => (date - on).num_days(),
    }
}

/// Elapsed time of every possible date, cut to the bounds of its fact.
fn elapsed_of(elapsed: Elapsed, dates: &ValueSet, on: NaiveDate, domain: &ValueSet) -> ValueSet {
    let bounds = domain.hull().unwrap();
    let of = |day: i64| completed(elapsed, date_of(day).unwrap(), on).clamp(bounds.lo, bounds.hi);
    let ranges = dates.ranges().iter().map(|range| {
        // Time runs one way: the ends of a range give the ends of the result.
        let (one, other) = (of(range.lo), of(range.hi));
        Range {
            lo: one.min(other),
            hi: one.max(other),
        }
    });
    ValueSet::from_ranges(ranges.collect(), dates.may_be_none())
}

impl World<'_> {
    /// All that a fact may be.
    pub(in crate::rule::laws) fn fact(&self, id: FactId) -> Possible {
        if let Some(known) = self.known.borrow().get(&id) {
            return known.clone();
        }
        let fact = self.pack.dictionary.fact(id);
        let texts = &self.pack.facts[fact.name.as_str()];
        let gate = texts
            .only_if
            .as_ref()
            .map(|only_if| self.truth(only_if, Scope::Person));
        let possible = match gate {
            None => self.applicable(id, fact, texts),
            Some(Truth::False) => Possible::none(&fact.kind),
            Some(Truth::Open) => self.applicable(id, fact, texts).with_none(),
            Some(Truth::True) => {
                let possible = self.applicable(id, fact, texts);
                if fact.optional {
                    possible
                } else {
                    // Told as absent although it applies: nothing is known.
                    possible
                        .without_none()
                        .unwrap_or_else(|| Possible::all(&fact.kind, false))
                }
            }
        };
        // A presumption narrows, or does nothing.
        let strict = self.strict.as_ref().map(|strict| strict.fact(id));
        let possible = match strict {
            Some(strict) if !possible.is_within(&strict) => strict,
            _ => possible,
        };
        self.known.borrow_mut().insert(id, possible.clone());
        possible
    }

    /// All that a fact may be where it has an object.
    fn applicable(&self, id: FactId, fact: &Fact, texts: &Texts) -> Possible {
        if let Some(told) = self.told.get(&id) {
            return self.presumed_closed(fact, self.with_derived_fields(fact, told));
        }
        if fact.derive.is_some() {
            return Possible::Scalar(self.derived(fact, texts));
        }
        let unknown = Possible::all(&fact.kind, fact.optional);
        if !texts.levels.is_empty() && (self.presumed || fact.presume != Some(Presumption::Derived))
        {
            return Possible::Scalar(self.level(fact, texts));
        }
        match fact.presume {
            Some(Presumption::Value(value)) if self.presumed => {
                Possible::Scalar(ValueSet::point(value))
            }
            Some(Presumption::None) if self.presumed => Possible::none(&fact.kind),
            _ => self.presumed_closed(fact, unknown),
        }
    }

    /// Rows that were told stay; presumed is that there are no others.
    fn presumed_closed(&self, fact: &Fact, possible: Possible) -> Possible {
        match possible {
            Possible::Lists(lists)
                if self.presumed && fact.presume == Some(Presumption::Closed) =>
            {
                let closed = lists.alternatives.into_iter().map(|list| RowList {
                    open: false,
                    ..list
                });
                Possible::Lists(Lists {
                    alternatives: closed.collect(),
                    none: lists.none,
                })
            }
            other => other,
        }
    }

    fn with_derived_fields(&self, fact: &Fact, told: &Possible) -> Possible {
        let mut told = told.clone();
        if let (Kind::Records { fields, .. }, Possible::Lists(lists)) = (&fact.kind, &mut told) {
            for row in lists
                .alternatives
                .iter_mut()
                .flat_map(|list| &mut list.rows)
            {
                for (place, field) in fields.iter().enumerate() {
                    if let Some((elapsed, from)) = field.derive {
                        row[place] = elapsed_of(elapsed, &row[from], self.on, &field.kind.domain());
                    }
                }
            }
        }
        told
    }

    /// The possible levels are those whose condition is not false and above
    /// which no condition is true; the lowest level has the condition *true*.
    fn level(&self, fact: &Fact, texts: &Texts) -> ValueSet {
        let scale = fact.kind.nomenclature().unwrap();
        let ranks = 0..i64::try_from(scale.codes().count()).unwrap();
        let condition = |rank: i64| {
            let code = scale.code(rank).unwrap().as_str();
            let written = texts.levels.iter().filter(|(level, _)| level == code);
            match rank {
                0 => Truth::True,
                _ => some(written.map(|(_, when)| self.truth(when, Scope::Person))),
            }
        };
        let truths: BTreeMap<i64, Truth> = ranks.map(|rank| (rank, condition(rank))).collect();
        let possible = truths.iter().filter(|(rank, truth)| {
            let mut above = truths.iter().filter(|(other, _)| other > rank);
            **truth != Truth::False && above.all(|(_, above)| *above != Truth::True)
        });
        ValueSet::from_points(possible.map(|(rank, _)| *rank))
    }

    fn scalar(&self, id: FactId) -> ValueSet {
        match self.fact(id) {
            Possible::Scalar(set) => set,
            other => panic!("{other:?} is no scalar"),
        }
    }

    fn derived(&self, fact: &Fact, texts: &Texts) -> ValueSet {
        let domain = fact.kind.domain();
        let scalars =
            |ids: &[FactId]| -> Vec<ValueSet> { ids.iter().map(|id| self.scalar(*id)).collect() };
        let set = match fact.derive.as_ref().unwrap() {
            Derivation::Elapsed(elapsed, from) => {
                elapsed_of(*elapsed, &self.scalar(*from), self.on, &domain)
            }
            Derivation::Sum(ids) => added(&scalars(ids), &vec![1; ids.len()]),
            Derivation::Difference(a, b) => added(&scalars(&[*a, *b]), &[1, -1]),
            // How far the extremes are blurred is the choice of the catalogue,
            // whose own laws hold it to be sound and monotone.
            Derivation::Min(ids) => {
                derive::extreme(&scalars(ids).iter().collect::<Vec<_>>(), i64::min)
            }
            Derivation::Max(ids) => {
                derive::extreme(&scalars(ids).iter().collect::<Vec<_>>(), i64::max)
            }
            Derivation::Count(_) => {
                let (list, filter) = texts.count.as_ref().unwrap();
                self.count(list, filter.as_ref())
            }
            Derivation::Condition(_) => {
                let condition = texts.condition.as_ref().unwrap();
                match self.truth(condition, Scope::Person) {
                    Truth::True => ValueSet::point(1),
                    Truth::Open => ValueSet::from_points([0, 1]),
                    Truth::False => ValueSet::point(0),
                }
            }
            Derivation::Lookup { from, table } => {
                let from = self.scalar(*from);
                let other = fact.kind.nomenclature().unwrap().other();
                let mut image = ValueSet::empty();
                for code in from.values() {
                    image = image.union(&match table.get(&code).copied().or(other) {
                        Some(place) => ValueSet::point(place),
                        None => domain.clone(),
                    });
                }
                if from.may_be_none() {
                    image.with_none()
                } else {
                    image
                }
            }
        };
        // What lies beyond the bounds of the fact stays at the bound.
        let bounds = domain.hull().unwrap();
        let cut = set.ranges().iter().map(|range| Range {
            lo: range.lo.clamp(bounds.lo, bounds.hi),
            hi: range.hi.clamp(bounds.lo, bounds.hi),
        });
        ValueSet::from_ranges(cut.collect(), set.may_be_none())
    }
}

/// From the least to the greatest total; `none` when any part is.
fn added(parts: &[ValueSet], signs: &[i64]) -> ValueSet {
    let none = parts.iter().any(ValueSet::may_be_none);
    let (mut least, mut most) = (0_i128, 0_i128);
    for (part, sign) in parts.iter().zip(signs) {
        let Some(hull) = part.hull() else {
            return ValueSet::none();
        };
        let ends = [hull.lo, hull.hi].map(|end| i128::from(end) * i128::from(*sign));
        least += ends.iter().min().unwrap();
        most += ends.iter().max().unwrap();
    }
    let cut =
        |total: i128| i64::try_from(total).unwrap_or(if total < 0 { i64::MIN } else { i64::MAX });
    let total = ValueSet::range(cut(least), cut(most));
    if none { total.with_none() } else { total }
}
