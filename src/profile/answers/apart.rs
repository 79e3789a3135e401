//! What conditions tell apart: the facts on which they hang, down to those that people tell.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};

use super::lists;
use super::questions::{Answer, Questions};
use super::values::{days_when, members, representatives, value};
use crate::fact::Knowledge;
use crate::fact::derive;
use crate::fact::dictionary::{
    ConditionId, CountId, Derivation, Elapsed, Fact, FactId, Kind, day_number,
};
use crate::fact::possible::{self, Possible};
use crate::fact::set::ValueSet;
use crate::pack::model::Model;
use crate::profile::{Facts, Told};
use crate::rule::condition::{Cond, Slot};
use crate::rule::reads::reads;

/// Gathers what conditions tell apart, down to the facts that people tell.
pub(super) struct Apart<'m> {
    pub(super) model: &'m Model,
    pub(super) on: NaiveDate,
    pub(super) met: BTreeSet<FactId>,
    open: Vec<FactId>,
    /// Sets of values that some test asks about.
    pub(super) asked: BTreeMap<FactId, BTreeSet<ValueSet>>,
    members: BTreeMap<FactId, BTreeSet<i64>>,
    pub(super) tests: BTreeMap<FactId, usize>,
    pub(super) direct: BTreeSet<FactId>,
    /// Whether rows that are counted nowhere are told too.
    pub(super) uncounted: bool,
    /// A fact whose answers are compared, and what was told: levels that hang on it
    /// follow from their details, unless somebody assessed them.
    pub(super) about: Option<(FactId, &'m BTreeMap<FactId, Told>)>,
    /// Levels that follow from their details in any case.
    pub(super) follow: BTreeSet<FactId>,
    /// What is known already: answers are told apart by that too.
    pub(super) facts: Option<&'m Facts>,
    /// Levels that follow from their details.
    pub(super) followed: BTreeSet<FactId>,
    pub(super) counts: BTreeMap<CountId, BTreeSet<ValueSet>>,
    pub(super) whole: bool,
}

impl<'m> Apart<'m> {
    pub(super) fn new(model: &'m Model, on: NaiveDate) -> Self {
        Self {
            model,
            on,
            met: BTreeSet::new(),
            open: Vec::new(),
            asked: BTreeMap::new(),
            members: BTreeMap::new(),
            tests: BTreeMap::new(),
            direct: BTreeSet::new(),
            uncounted: false,
            about: None,
            follow: BTreeSet::new(),
            facts: None,
            followed: BTreeSet::new(),
            counts: BTreeMap::new(),
            whole: true,
        }
    }

    pub(super) fn condition(&mut self, condition: &Cond, direct: bool) {
        let tables = &self.model.tables;
        condition.atoms(tables, self.on, &mut |atom| {
            let target = tables.target(&atom.target, self.on);
            let tested = match atom.slot {
                Slot::Fact(id) | Slot::Member(id, _) => Some(id),
                Slot::Count(count) => tables.counts.get(count.0).map(|count| count.list),
                Slot::Field(_) => None,
            };
            if let Some(id) = tested {
                let tests = self.tests.entry(id).or_default();
                *tests = tests.saturating_add(1);
                if direct {
                    self.direct.insert(id);
                }
            }
            match atom.slot {
                Slot::Fact(id) => {
                    self.open.push(id);
                    self.asked
                        .entry(id)
                        .or_default()
                        .insert(target.into_owned());
                }
                Slot::Member(id, code) => {
                    self.open.push(id);
                    self.members.entry(id).or_default().insert(code);
                }
                Slot::Count(count) => {
                    let list = tables.counts.get(count.0).map(|count| count.list);
                    self.open.extend(list);
                    self.counts
                        .entry(count)
                        .or_default()
                        .insert(target.into_owned());
                }
                Slot::Field(_) => {}
            }
        });
    }

    fn named(&mut self, condition: ConditionId, direct: bool) {
        let model = self.model;
        if let Some(condition) = model.tables.condition(condition, self.on) {
            self.condition(condition, direct);
        }
    }

    /// The facts that decide whether a fact applies, and those it is derived from. The
    /// details of a level stay aside: somebody may assess it, whatever they are.
    pub(super) fn go_down(&mut self) {
        while let Some(id) = self.open.pop() {
            if !self.met.insert(id) {
                continue;
            }
            let fact = self.model.dictionary.fact(id);
            if let Some(condition) = fact.only_if {
                self.named(condition, false);
            }
            if self.follow.contains(&id) || self.hangs_on_answer(id, fact) {
                self.followed.insert(id);
                for (_, condition) in &fact.levels {
                    self.named(*condition, self.direct.contains(&id));
                }
            }
            if let Some(derivation) = &fact.derive {
                self.open.extend(inputs(self.model, derivation));
                if let Derivation::Condition(condition) = derivation {
                    self.named(*condition, self.direct.contains(&id));
                }
            }
        }
    }

    /// Whether a level follows from details of which the fact asked about is one.
    fn hangs_on_answer(&self, id: FactId, fact: &Fact) -> bool {
        let Some((about, told)) = self.about else {
            return false;
        };
        let (dictionary, tables) = (&self.model.dictionary, &self.model.tables);
        id != about
            && !told.contains_key(&id)
            && fact.levels.iter().any(|(_, condition)| {
                let condition = Cond::Named(*condition);
                reads(dictionary, tables, &condition, self.on).contains(&about)
            })
    }

    /// What the questions of another pack tell apart, of facts that decide here too.
    pub(super) fn as_another_pack(&mut self, other: &Questions<'_>) {
        for (theirs, sets) in &other.apart {
            let theirs = other.model.dictionary.fact(*theirs);
            let Some(id) = self.model.dictionary.id(theirs.name.as_str()) else {
                continue;
            };
            if self.met.contains(&id) {
                let own = &self.model.dictionary.fact(id).kind;
                let sets = sets.iter().map(|set| translated(set, &theirs.kind, own));
                self.asked.entry(id).or_default().extend(sets);
            }
        }
    }

    /// What is asked of a derived fact is asked of those it is derived from.
    pub(super) fn push_down(&mut self, order: &[FactId]) {
        for id in order.iter().rev() {
            let fact = self.model.dictionary.fact(*id);
            let Some(derivation) = &fact.derive else {
                continue;
            };
            let asked = self.asked.get(id).cloned().unwrap_or_default();
            let tests = self.tests.get(id).copied().unwrap_or(0);
            for input in inputs(self.model, derivation) {
                let of_input = self.tests.entry(input).or_default();
                *of_input = of_input.saturating_add(tests);
                if self.direct.contains(id) {
                    self.direct.insert(input);
                }
            }
            let unclamped: BTreeSet<ValueSet> = asked
                .iter()
                .map(|set| unclamped(set, &fact.kind.domain()))
                .collect();
            let mut ask = |id: &FactId, sets: &mut dyn Iterator<Item = ValueSet>| {
                self.asked.entry(*id).or_default().extend(sets);
            };
            match derivation {
                Derivation::Elapsed(elapsed, from) => ask(
                    from,
                    &mut asked
                        .iter()
                        .map(|set| days_when(*elapsed, set, &fact.kind.domain(), self.on)),
                ),
                Derivation::Lookup { from, table } => {
                    let source = self.model.dictionary.fact(*from).kind.domain();
                    let other = fact.kind.nomenclature().and_then(|codes| codes.other());
                    let image = |place| {
                        let from = ValueSet::point(place);
                        derive::lookup(&from, table, other, &fact.kind.domain())
                    };
                    // A code without a row may be any: it is neither in nor out.
                    let (mut within, mut without) = (Vec::new(), Vec::new());
                    for set in &asked {
                        let places = |is: &dyn Fn(ValueSet) -> bool| {
                            ValueSet::from_points(source.values().filter(|place| is(image(*place))))
                        };
                        within.push(places(&|image| image.is_subset(set)));
                        without.push(places(&|image| image.is_disjoint(set)));
                    }
                    ask(from, &mut within.into_iter().chain(without));
                }
                Derivation::Min(ids) | Derivation::Max(ids) => {
                    for id in ids {
                        ask(id, &mut unclamped.iter().flat_map(in_order));
                    }
                }
                // Their values depend on each other: bounds alone may miss a combination.
                Derivation::Sum(ids) => {
                    for id in ids {
                        ask(id, &mut unclamped.iter().cloned());
                    }
                    self.whole = false;
                }
                Derivation::Difference(a, b) => {
                    for id in [a, b] {
                        ask(id, &mut unclamped.iter().cloned());
                    }
                    // The least and the most of both are as far apart as they may be.
                    for id in [a, b].into_iter().filter(|_| self.about.is_some()) {
                        let ends = self.model.dictionary.fact(*id).kind.domain().hull();
                        let ends = ends.map(|hull| [hull.lo, hull.hi].map(ValueSet::point));
                        ask(id, &mut ends.into_iter().flatten());
                    }
                    self.whole = false;
                }
                Derivation::Count(count) => {
                    self.counts.entry(*count).or_default().extend(unclamped);
                }
                Derivation::Condition(_) => {}
            }
        }
    }

    /// What may be told about a fact, and whether nothing is left out.
    pub(super) fn answers(&self, id: FactId, fact: &Fact) -> (Vec<Answer>, bool) {
        let asked = self.asked.get(&id);
        let (mut told, whole) = match &fact.kind {
            Kind::Records { fields, .. } => lists::answers(self, id, fields),
            Kind::Codes(codes) => members(codes, self.members.get(&id)),
            kind => {
                let mut sets: Vec<&ValueSet> = asked.into_iter().flatten().collect();
                if let Some(Possible::Scalar(known)) = self.facts.and_then(|facts| facts.of(id)) {
                    sets.push(known);
                }
                let values = representatives(kind, &sets, self.usual(id, kind));
                let told = values.into_iter().filter_map(|place| value(kind, place));
                (told.map(Knowledge::from).collect(), true)
            }
        };
        if fact.optional {
            told.push(Knowledge::none());
        }
        let read = told.into_iter().filter_map(|knowledge| {
            let possible = possible::resolve(&fact.kind, fact.optional, &knowledge).ok()?;
            Some(Answer {
                knowledge,
                possible,
            })
        });
        (read.collect(), whole)
    }

    /// A value that surprises nobody: an adult of thirty, today, the least.
    fn usual(&self, id: FactId, kind: &Kind) -> i64 {
        let is_birth = || {
            self.model
                .dictionary
                .iter()
                .any(|(_, fact)| fact.derive == Some(Derivation::Elapsed(Elapsed::YearsSince, id)))
        };
        match kind {
            Kind::Date if is_birth() => {
                let born = self.on.checked_sub_months(Months::new(360));
                day_number(born.unwrap_or(self.on))
            }
            Kind::Date => day_number(self.on),
            _ => kind.domain().hull().map_or(0, |hull| hull.lo),
        }
    }
}

/// The same values as another pack places them: of a code it does not list, where any
/// other code stands.
fn translated(set: &ValueSet, theirs: &Kind, own: &Kind) -> ValueSet {
    let (Some(theirs), Some(own)) = (theirs.nomenclature(), own.nomenclature()) else {
        return set.clone();
    };
    let codes = own.codes().zip(0_i64..);
    let there = codes.map(|(code, place)| (theirs.place_near(code.as_str(), place), place));
    let others = own.other().map(|place| (None, place));
    let points = there.chain(others).filter_map(|(there, place)| {
        let passes = set.contains(there.or(theirs.other())?);
        passes.then_some(crate::fact::set::Range {
            lo: place,
            hi: place,
        })
    });
    ValueSet::from_ranges(points.collect(), set.may_be_none())
}

/// A set that reaches a bound of its domain, without that bound: what is computed beyond
/// it stays there.
fn unclamped(set: &ValueSet, domain: &ValueSet) -> ValueSet {
    let Some(bounds) = domain.hull() else {
        return set.clone();
    };
    let ranges = set.ranges().iter().map(|range| crate::fact::set::Range {
        lo: if range.lo <= bounds.lo {
            i64::MIN
        } else {
            range.lo
        },
        hi: if range.hi >= bounds.hi {
            i64::MAX
        } else {
            range.hi
        },
    });
    ValueSet::from_ranges(ranges.collect(), set.may_be_none())
}

/// A set, and for each part of it all that lies no higher and all that lies no lower: the least and
/// the greatest of several hang on their order, and what lies below a set is not what lies above.
fn in_order(set: &ValueSet) -> Vec<ValueSet> {
    let sides = set.ranges().iter().flat_map(|range| {
        [
            ValueSet::range(i64::MIN, range.hi),
            ValueSet::range(range.lo, i64::MAX),
        ]
    });
    std::iter::once(set.clone()).chain(sides).collect()
}

/// The facts that a fact is computed from, those of its condition aside.
fn inputs(model: &Model, derivation: &Derivation) -> Vec<FactId> {
    match derivation {
        Derivation::Elapsed(_, from) | Derivation::Lookup { from, .. } => vec![*from],
        Derivation::Sum(ids) | Derivation::Min(ids) | Derivation::Max(ids) => ids.clone(),
        Derivation::Difference(a, b) => vec![*a, *b],
        Derivation::Count(count) => {
            let count = model.tables.counts.get(count.0);
            count.map(|count| count.list).into_iter().collect()
        }
        Derivation::Condition(_) => Vec::new(),
    }
}
