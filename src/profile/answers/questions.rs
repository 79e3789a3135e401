//! Which facts decide some conditions, and one answer of every kind that they tell apart.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};

use super::lists;
use super::search::Chosen;
use crate::fact::derive;
use crate::fact::dictionary::{
    ConditionId, CountId, Derivation, Elapsed, Fact, FactId, Kind, Nomenclature, date_of,
    day_number,
};
use crate::fact::possible::{self, Possible, RowList};
use crate::fact::set::ValueSet;
use crate::fact::{Knowledge, Value};
use crate::pack::model::Model;
use crate::profile::{Facts, Presume, Profile, Telling, Told, resolve};
use crate::rule::Truth;
use crate::rule::condition::{Atom, Cond, Slot, World as _, test};
use crate::rule::reads::reads;
use crate::vocabulary::{Cents, Code};

/// What may be told about one fact.
pub(crate) struct Question {
    pub(crate) fact: FactId,
    pub(crate) answers: Vec<Answer>,
    /// How many tests hang on it, in the conditions or on the way there.
    pub(crate) tests: usize,
    /// Whether the conditions test it, and not only whether another question is asked.
    pub(crate) direct: bool,
}

/// One thing to tell, as a person would write it and as the pack reads it, with what was
/// told already.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) knowledge: Knowledge,
    pub(crate) possible: Possible,
}

/// The facts that decide some conditions on a day.
pub(crate) struct Questions<'m> {
    model: &'m Model,
    on: NaiveDate,
    /// All that the conditions read, each fact after those it builds on.
    order: Vec<FactId>,
    pub(crate) asked: Vec<Question>,
    /// What stands before any of these questions is answered.
    before: Telling,
    /// What each test was found to be worth.
    seen: RefCell<BTreeMap<Atom, Seen>>,
    /// The sets of values that the answers to each question tell apart.
    apart: BTreeMap<FactId, BTreeSet<ValueSet>>,
    /// Whether the answers tell apart all that the conditions do: then nobody is missed.
    pub(crate) whole: bool,
}

/// What a test is worth, by the answers on which it hangs: a search asks again and again.
struct Seen {
    /// All that it reads, each fact after those it builds on.
    reads: Vec<FactId>,
    /// The places of the questions on which it hangs.
    hangs_on: Vec<usize>,
    truths: BTreeMap<Vec<Option<usize>>, Truth>,
}

/// What stands as known of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// What was told.
    Told,
    /// What was told, and what is presumed.
    Presumed,
}

/// Members of a set of codes that are tried in all combinations.
const MEMBERS: usize = 4;

impl<'m> Questions<'m> {
    pub(crate) fn new(model: &'m Model, on: NaiveDate, conditions: &[&Cond]) -> Self {
        Self::of(Apart::new(model, on), conditions, None)
    }

    /// The same, with a row that no condition counts: another pack may count it. The
    /// answers tell apart what those of the other pack do too, where it is given.
    pub(crate) fn for_another_pack(
        model: &'m Model,
        on: NaiveDate,
        conditions: &[&Cond],
        other: Option<&Questions<'_>>,
    ) -> Self {
        let mut apart = Apart::new(model, on);
        apart.uncounted = true;
        Self::of(apart, conditions, other)
    }

    fn of(apart: Apart<'m>, conditions: &[&Cond], other: Option<&Questions<'_>>) -> Self {
        let model = apart.model;
        let mut questions = Self::told_apart(apart, conditions, other, |_, _, answers| answers);
        // A level that details suggest may still be assessed as any other.
        let levels = questions.asked.iter().filter_map(|question| {
            let fact = model.dictionary.fact(question.fact);
            let derived = !fact.levels.is_empty();
            derived.then(|| (question.fact, Possible::all(&fact.kind, fact.optional)))
        });
        questions.before.told = levels.collect();
        questions
    }

    /// What is still to be answered about somebody, within what is already known of them
    /// by `known`, one of the worlds of their profile. The details of a level are asked
    /// instead of the level where `about` is one of them.
    pub(crate) fn still_open(
        profile: &'m Profile,
        known: Known,
        conditions: &[&Cond],
        about: FactId,
    ) -> Self {
        let model = profile.engine.model();
        let (facts, presume) = match known {
            Known::Told => (&profile.worlds.told, Presume::Nothing),
            Known::Presumed => (profile.worlds.presumed_or_told(), Presume::All),
        };
        let mut apart = Apart::new(model, profile.date);
        apart.about = Some((about, &profile.told));
        apart.facts = Some(facts);
        let mut questions = Self::told_apart(apart, conditions, None, |apart, id, answers| {
            let followed = apart.followed.contains(&id);
            match facts.of(id) {
                Some(now) if !followed && !now.is_known() => still_possible(answers, now),
                _ => Vec::new(),
            }
        });
        let told = profile.told.iter();
        questions.before = Telling {
            told: told
                .map(|(id, told)| (*id, told.possible.clone()))
                .collect(),
            presume,
        };
        questions
    }

    fn told_apart(
        mut apart: Apart<'m>,
        conditions: &[&Cond],
        other: Option<&Questions<'_>>,
        keep: impl Fn(&Apart<'m>, FactId, Vec<Answer>) -> Vec<Answer>,
    ) -> Self {
        let (model, on) = (apart.model, apart.on);
        for condition in conditions {
            apart.condition(condition, true);
        }
        apart.follow();
        let all = Cond::And(
            conditions
                .iter()
                .map(|condition| (*condition).clone())
                .collect(),
        );
        let order = reads(&model.dictionary, &model.tables, &all, on);
        apart.push_down(&order);
        if let Some(other) = other {
            apart.as_another_pack(other);
        }
        let mut whole = apart.whole;
        let mut asked = Vec::new();
        for id in &order {
            let fact = model.dictionary.fact(*id);
            if !apart.met.contains(id) || !fact.is_told() {
                continue;
            }
            let (answers, all) = apart.answers(*id, fact);
            whole &= all;
            let answers = keep(&apart, *id, answers);
            if !answers.is_empty() {
                let tests = apart.tests.get(id).copied().unwrap_or(0);
                asked.push(Question {
                    fact: *id,
                    answers,
                    tests,
                    direct: apart.direct.contains(id),
                });
            }
        }
        Self {
            model,
            on,
            order,
            asked,
            before: Telling {
                told: BTreeMap::new(),
                presume: Presume::Nothing,
            },
            seen: RefCell::default(),
            apart: apart.asked,
            whole,
        }
    }

    /// How many answers each question has.
    pub(crate) fn sizes(&self) -> Vec<usize> {
        self.asked
            .iter()
            .map(|question| question.answers.len())
            .collect()
    }

    /// The answers chosen, by fact.
    pub(crate) fn told<'q>(
        &'q self,
        chosen: &'q Chosen,
    ) -> impl Iterator<Item = (FactId, &'q Answer)> {
        self.asked
            .iter()
            .zip(chosen)
            .filter_map(|(question, place)| {
                let answer = question.answers.get((*place)?)?;
                Some((question.fact, answer))
            })
    }

    /// What a condition is worth once these answers are told.
    pub(crate) fn truth(&self, condition: &Cond, chosen: &Chosen) -> Truth {
        let tables = &self.model.tables;
        condition.judge(tables, self.on, &mut |atom| self.truth_of(atom, chosen))
    }

    fn truth_of(&self, atom: &Atom, chosen: &Chosen) -> Truth {
        let mut all = self.seen.borrow_mut();
        if !all.contains_key(atom) {
            let (dictionary, tables) = (&self.model.dictionary, &self.model.tables);
            let reads = reads(dictionary, tables, &Cond::Atom(atom.clone()), self.on);
            let places = self.asked.iter().enumerate();
            let hangs_on = places.filter(|(_, question)| reads.contains(&question.fact));
            let seen = Seen {
                hangs_on: hangs_on.map(|(place, _)| place).collect(),
                reads,
                truths: BTreeMap::new(),
            };
            all.insert(atom.clone(), seen);
        }
        let Some(seen) = all.get_mut(atom) else {
            return Truth::Open;
        };
        let answer = |place: &usize| chosen.get(*place).copied().flatten();
        let key: Vec<Option<usize>> = seen.hangs_on.iter().map(answer).collect();
        if let Some(truth) = seen.truths.get(&key) {
            return *truth;
        }
        let told = self.told(chosen);
        let told = told.map(|(id, answer)| (id, answer.possible.clone()));
        let facts = self.resolved(told, &seen.reads);
        let passing = self.model.tables.target(&atom.target, self.on);
        let truth = test(&facts.slot(atom.slot), &passing);
        seen.truths.insert(key, truth);
        truth
    }

    /// The first question, in the order of the condition, on which it still hangs once
    /// these answers are told.
    pub(crate) fn open(&self, condition: &Cond, chosen: &Chosen) -> Option<usize> {
        if self.truth(condition, chosen) != Truth::Open {
            return None;
        }
        match condition {
            Cond::Constant(_) => None,
            Cond::Atom(atom) => {
                let seen = self.seen.borrow();
                let mut places = seen.get(atom)?.hangs_on.iter().copied();
                places.find(|place| chosen.get(*place).is_some_and(Option::is_none))
            }
            Cond::Not(inner) => self.open(inner, chosen),
            Cond::And(items) | Cond::Or(items) | Cond::AtLeast(_, items) => {
                items.iter().find_map(|item| self.open(item, chosen))
            }
            Cond::Named(id) => {
                let condition = self.model.tables.condition(*id, self.on);
                condition.and_then(|condition| self.open(condition, chosen))
            }
        }
    }

    /// Whether each answer is to a question that is asked: nobody tells since when they
    /// are registered before they tell that they are.
    pub(crate) fn is_natural(&self, chosen: &Chosen) -> bool {
        let tables = &self.model.tables;
        self.told(chosen).all(|(id, _)| {
            let only_if = self.model.dictionary.fact(id).only_if;
            only_if.is_none_or(|condition| {
                let condition = tables.condition(condition, self.on);
                condition.is_some_and(|condition| self.truth(condition, chosen) == Truth::True)
            })
        })
    }

    /// All that is possible once these answers are told, by whomever.
    pub(crate) fn facts_of(&self, told: impl Iterator<Item = (FactId, Possible)>) -> Facts {
        self.resolved(told, &self.order)
    }

    fn resolved(&self, told: impl Iterator<Item = (FactId, Possible)>, order: &[FactId]) -> Facts {
        let mut telling = self.before.clone();
        telling.told.extend(told);
        resolve(self.model.meaning(), self.on, &telling, order).facts
    }
}

/// Gathers what conditions tell apart, down to the facts that people tell.
pub(super) struct Apart<'m> {
    pub(super) model: &'m Model,
    pub(super) on: NaiveDate,
    met: BTreeSet<FactId>,
    open: Vec<FactId>,
    /// Sets of values that some test asks about.
    asked: BTreeMap<FactId, BTreeSet<ValueSet>>,
    members: BTreeMap<FactId, BTreeSet<i64>>,
    tests: BTreeMap<FactId, usize>,
    direct: BTreeSet<FactId>,
    /// Whether rows that are counted nowhere are told too.
    pub(super) uncounted: bool,
    /// A fact whose answers are compared, and what was told: levels that hang on it
    /// follow from their details, unless somebody assessed them.
    about: Option<(FactId, &'m BTreeMap<FactId, Told>)>,
    /// What is known already: answers are told apart by that too.
    facts: Option<&'m Facts>,
    /// Levels that follow from their details.
    followed: BTreeSet<FactId>,
    pub(super) counts: BTreeMap<CountId, BTreeSet<ValueSet>>,
    whole: bool,
}

impl<'m> Apart<'m> {
    fn new(model: &'m Model, on: NaiveDate) -> Self {
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
            facts: None,
            followed: BTreeSet::new(),
            counts: BTreeMap::new(),
            whole: true,
        }
    }

    fn condition(&mut self, condition: &Cond, direct: bool) {
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
    fn follow(&mut self) {
        while let Some(id) = self.open.pop() {
            if !self.met.insert(id) {
                continue;
            }
            let fact = self.model.dictionary.fact(id);
            if let Some(condition) = fact.only_if {
                self.named(condition, false);
            }
            if self.hangs_on_answer(id, fact) {
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
    fn as_another_pack(&mut self, other: &Questions<'_>) {
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
    fn push_down(&mut self, order: &[FactId]) {
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
                        ask(id, &mut unclamped.iter().cloned());
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
    fn answers(&self, id: FactId, fact: &Fact) -> (Vec<Answer>, bool) {
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

/// The answers that agree with what is possible now. Rows that were told stay in a list.
fn still_possible(answers: Vec<Answer>, now: &Possible) -> Vec<Answer> {
    let mut kept: Vec<Answer> = Vec::new();
    for mut answer in answers {
        match (&mut answer.possible, now) {
            (Possible::Members(members), Possible::Members(now)) if members.some => {
                members.surely = members.surely.union(&now.surely);
                members.maybe = members.maybe.union(&now.surely);
            }
            (Possible::Lists(lists), Possible::Lists(now)) => {
                if let [told] = now.alternatives.as_slice() {
                    lists
                        .alternatives
                        .iter_mut()
                        .for_each(|list| longer(told, list));
                }
            }
            _ => {}
        }
        let known = kept.iter().any(|kept| kept.possible == answer.possible);
        if !known && answer.possible.is_within(now) {
            kept.push(answer);
        }
    }
    kept
}

/// The rows told come before those of an answer.
fn longer(told: &RowList, list: &mut RowList) {
    let more = std::mem::replace(&mut list.rows, told.rows.clone());
    list.rows.extend(more);
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

fn members(codes: &Nomenclature, asked: Option<&BTreeSet<i64>>) -> (Vec<Knowledge>, bool) {
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
