//! What a person could change so that a scheme is closed to them no more.
//!
//! Only facts that the pack calls changeable, and only for the better: a flag from no to
//! yes, a level or a number upwards, one code more, another wish. Facts that the law
//! protects, or of a special category, are never among them.

use std::cell::Cell;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::debug::shows_only;
use crate::fact::dictionary::{ConditionId, Derivation, Fact, FactId, Kind, day_number};
use crate::fact::french;
use crate::fact::possible::Possible;
use crate::fact::set::ValueSet;
use crate::pack::EngineAt;
use crate::profile::{Facts, Presume, Profile, Telling, resolve};
use crate::rule::Truth;
use crate::rule::condition::{Atom, Cond, Slot, World as _};
use crate::rule::reads::reads;
use crate::vocabulary::FactName;

/// One thing that the person could change.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FactChange {
    /// The fact.
    pub fact: FactName,
    /// Its French label.
    pub label: String,
    /// What it is, in French.
    pub from: String,
    /// What it would be, in French.
    pub to: String,
    /// Nobody told what it is: `from` is presumed, « à vérifier ».
    pub presumed: bool,
}

shows_only!(FactChange { fact, presumed });

/// From this sensitivity on, nothing is asked to change: health, justice, violence.
const SPECIAL: u8 = 2;

/// Changes made together at most: more are no step that somebody takes.
const TOGETHER: usize = 3;

/// Ways kept at each step of the search, the shortest first.
const WAYS: usize = 24;

/// Conditions looked at for one scheme at most: facts that build on each other could ask
/// for any number. What is found by then is told.
const STEPS: u32 = 20_000;

/// Facts that build on each other are followed so far.
const DEEPEST: u32 = 64;

/// Ways that are tried for good.
const TRIED: usize = 4;

/// Facts, each with what it may become.
type Way = BTreeMap<FactId, Becoming>;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Becoming {
    /// One of these values.
    One(ValueSet),
    /// With these codes too.
    With(ValueSet),
}

/// The fewest changes after which one of the conditions is false no more, and whether it is
/// then true.
pub(super) fn opening(
    at: &EngineAt,
    profile: &Profile,
    conditions: &[&Cond],
) -> (Vec<FactChange>, bool) {
    let search = Search::new(at, profile);
    let best = search.best(conditions);
    best.map_or_else(
        || (Vec::new(), false),
        |(way, enough)| (search.told(&way), enough),
    )
}

struct Search<'s> {
    at: &'s EngineAt,
    facts: &'s Facts,
    profile: &'s Profile,
    /// Steps left, and facts followed down to here.
    steps: Cell<u32>,
    depth: Cell<u32>,
}

impl<'s> Search<'s> {
    fn new(at: &'s EngineAt, profile: &'s Profile) -> Self {
        Self {
            at,
            facts: profile.worlds.presumed_or_told(),
            profile,
            steps: Cell::new(STEPS),
            depth: Cell::new(0),
        }
    }

    /// The shortest way found after which one of the conditions is false no more, and whether
    /// it is then true.
    fn best(&self, conditions: &[&Cond]) -> Option<(Way, bool)> {
        let mut ways: Vec<(&Cond, Way)> = Vec::new();
        for condition in conditions {
            let of_rule = self.ways(condition, true);
            ways.extend(of_rule.into_iter().map(|way| (*condition, way)));
        }
        ways.sort_by(|(_, a), (_, b)| (a.len(), a).cmp(&(b.len(), b)));
        let tried = ways.into_iter().take(TRIED).filter_map(|(condition, way)| {
            let truth = self.after(condition, &way);
            (truth != Truth::False).then_some((way, truth == Truth::True))
        });
        // Of as many changes, those that surely open it.
        tried.min_by_key(|(way, enough)| (way.len(), !enough))
    }

    fn fact(&self, id: FactId) -> &Fact {
        self.at.engine.model().dictionary.fact(id)
    }

    fn truth(&self, condition: &Cond) -> Truth {
        condition.truth(self.facts, &self.at.engine.model().tables, self.at.date)
    }

    /// Ways to keep a condition from being the opposite of what is wanted.
    fn ways(&self, condition: &Cond, wanted: bool) -> Vec<Way> {
        let against = if wanted { Truth::False } else { Truth::True };
        if self.truth(condition) != against {
            return vec![Way::new()];
        }
        let Some(left) = self.steps.get().checked_sub(1) else {
            return Vec::new();
        };
        self.steps.set(left);
        let tables = &self.at.engine.model().tables;
        match condition {
            Cond::Constant(_) => Vec::new(),
            Cond::Atom(atom) => self.of_atom(atom, wanted),
            Cond::Not(inner) => self.ways(inner, !wanted),
            Cond::And(items) => self.of_some(items, if wanted { items.len() } else { 1 }, wanted),
            Cond::Or(items) => self.of_some(items, if wanted { 1 } else { items.len() }, wanted),
            Cond::AtLeast(least, items) => {
                let least = usize::try_from(*least).unwrap_or(usize::MAX);
                let others = items.len().saturating_add(1).saturating_sub(least);
                self.of_some(items, if wanted { least } else { others }, wanted)
            }
            Cond::Named(id) => match tables.condition(*id, self.at.date) {
                Some(condition) => self.ways(condition, wanted),
                None => Vec::new(),
            },
        }
    }

    /// Ways that do for so many of the conditions.
    fn of_some(&self, items: &[Cond], count: usize, wanted: bool) -> Vec<Way> {
        // By how many of the conditions seen so far they do for.
        let mut by_count: Vec<Vec<Way>> = vec![vec![Way::new()]];
        for item in items {
            let ways = self.ways(item, wanted);
            let before = by_count.clone();
            by_count.resize(
                before.len().saturating_add(1).min(count.saturating_add(1)),
                Vec::new(),
            );
            for (done, known) in before.iter().enumerate() {
                let Some(more) = by_count.get_mut(done.saturating_add(1)) else {
                    continue;
                };
                for way in known {
                    more.extend(ways.iter().filter_map(|other| together(way, other)));
                }
                shortest(more);
            }
        }
        by_count.get(count).cloned().unwrap_or_default()
    }

    fn of_atom(&self, atom: &Atom, wanted: bool) -> Vec<Way> {
        let passing = self
            .at
            .engine
            .model()
            .tables
            .target(&atom.target, self.at.date);
        match atom.slot {
            Slot::Fact(id) => {
                let mut all = self.fact(id).kind.domain();
                if self.fact(id).optional {
                    all = all.with_none();
                }
                let good = if wanted {
                    passing.intersect(&all)
                } else {
                    passing.complement_in(&all)
                };
                self.to_have(id, &good)
            }
            Slot::Member(id, code) => {
                let adds = wanted && passing.contains(1) && self.can_change(id);
                let becoming = Becoming::With(ValueSet::point(code));
                adds.then(|| Way::from([(id, becoming)]))
                    .into_iter()
                    .collect()
            }
            // What was granted or tried stays so.
            Slot::Count(_) | Slot::Field(_) => Vec::new(),
        }
    }

    fn can_change(&self, id: FactId) -> bool {
        let fact = self.fact(id);
        fact.changeable && fact.protected.is_none() && fact.sensitivity < SPECIAL
    }

    /// Ways for a fact to have one of these values, though it has none of them.
    fn to_have(&self, id: FactId, good: &ValueSet) -> Vec<Way> {
        let depth = self.depth.get();
        if depth >= DEEPEST {
            return Vec::new();
        }
        self.depth.set(depth.saturating_add(1));
        let ways = self.to_have_at(id, good);
        self.depth.set(depth);
        ways
    }

    fn to_have_at(&self, id: FactId, good: &ValueSet) -> Vec<Way> {
        let fact = self.fact(id);
        if fact.protected.is_some() || fact.sensitivity >= SPECIAL {
            return Vec::new();
        }
        // A fact without object has a value once it has one; which, is then asked.
        if let Some(gate) = self.closed_gate(id, 0) {
            return if good.hull().is_some() {
                self.ways(gate, true)
            } else {
                Vec::new()
            };
        }
        let named = |condition, wanted| {
            let tables = &self.at.engine.model().tables;
            let condition = tables.condition(condition, self.at.date);
            condition.map_or_else(Vec::new, |condition| self.ways(condition, wanted))
        };
        match &fact.derive {
            Some(Derivation::Condition(condition)) => {
                let mut ways = Vec::new();
                for (value, wanted) in [(1, true), (0, false)] {
                    if good.contains(value) {
                        ways.extend(named(*condition, wanted));
                    }
                }
                shortest(&mut ways);
                return ways;
            }
            Some(_) => return Vec::new(),
            None => {}
        }
        if !fact.levels.is_empty() && !self.profile.told.contains_key(&id) {
            return to_level(fact, good, &named);
        }
        if !self.can_change(id) {
            return Vec::new();
        }
        let is = self.facts.slot(Slot::Fact(id));
        // Of codes, none is better than another.
        let ordered = !matches!(fact.kind, Kind::Code(_));
        let better = match is.hull().filter(|_| ordered) {
            Some(is) => good.intersect(&ValueSet::range(is.hi.saturating_add(1), i64::MAX)),
            None => good.clone().without_none(),
        };
        if better.hull().is_none() {
            return Vec::new();
        }
        vec![Way::from([(id, Becoming::One(better))])]
    }

    /// The condition that keeps a fact, or one that it is computed from, without object.
    fn closed_gate(&self, id: FactId, depth: u32) -> Option<&Cond> {
        if depth >= DEEPEST {
            return None;
        }
        let tables = &self.at.engine.model().tables;
        let fact = self.fact(id);
        let gate = fact
            .only_if
            .and_then(|gate| tables.condition(gate, self.at.date));
        let closed = gate.filter(|gate| self.truth(gate) == Truth::False);
        let inputs = match &fact.derive {
            Some(Derivation::Elapsed(_, from) | Derivation::Lookup { from, .. }) => vec![*from],
            Some(Derivation::Sum(ids) | Derivation::Min(ids) | Derivation::Max(ids)) => ids.clone(),
            Some(Derivation::Difference(a, b)) => vec![*a, *b],
            Some(Derivation::Count(_) | Derivation::Condition(_)) | None => Vec::new(),
        };
        closed.or_else(|| {
            inputs
                .into_iter()
                .find_map(|id| self.closed_gate(id, depth.saturating_add(1)))
        })
    }

    /// What the condition is once these facts have changed.
    fn after(&self, condition: &Cond, way: &Way) -> Truth {
        let model = self.at.engine.model();
        let mut told = self.profile.possible();
        for (id, becoming) in way {
            told.insert(*id, self.changed(*id, becoming));
        }
        let order = reads(&model.dictionary, &model.tables, condition, self.at.date);
        let resolved = |told| {
            let telling = Telling {
                told,
                presume: Presume::All,
            };
            resolve(model.meaning(), self.at.date, &telling, &order).facts
        };
        let mut facts = resolved(told.clone());
        let begun: Vec<FactId> = order
            .iter()
            .copied()
            .filter(|id| begins(self.fact(*id), self.facts.of(*id), facts.of(*id)))
            .collect();
        if !begun.is_empty() {
            let today = ValueSet::range(day_number(self.at.date), i64::MAX);
            told.extend(begun.into_iter().map(|id| {
                let from_today = today.intersect(&self.fact(id).kind.domain());
                (id, Possible::Scalar(from_today))
            }));
            facts = resolved(told);
        }
        condition.truth(&facts, &model.tables, self.at.date)
    }

    fn changed(&self, id: FactId, becoming: &Becoming) -> Possible {
        match becoming {
            Becoming::One(set) => Possible::Scalar(set.clone()),
            Becoming::With(codes) => {
                let mut members = match self.facts.of(id) {
                    Some(Possible::Members(members)) => members.clone(),
                    _ => crate::fact::possible::Members {
                        surely: ValueSet::empty(),
                        maybe: ValueSet::empty(),
                        none: false,
                        some: true,
                    },
                };
                members.surely = members.surely.union(codes);
                members.maybe = members.maybe.union(codes);
                members.some = true;
                members.none = false;
                Possible::Members(members)
            }
        }
    }

    fn told(&self, way: &Way) -> Vec<FactChange> {
        let changes = way.iter().map(|(id, becoming)| {
            let fact = self.fact(*id);
            let to = match becoming {
                Becoming::One(set) => french::possible(fact, &Possible::Scalar(set.clone())),
                Becoming::With(codes) => {
                    let nomenclature = fact.kind.nomenclature();
                    let labels = codes
                        .values()
                        .filter_map(|code| Some(nomenclature?.label(code)));
                    format!("avec « {} »", labels.collect::<Vec<_>>().join(" », « "))
                }
            };
            FactChange {
                fact: fact.name.clone(),
                label: fact.label.to_string(),
                from: self
                    .facts
                    .of(*id)
                    .map_or_else(String::new, |is| french::possible(fact, is)),
                to,
                presumed: self.facts.of(*id) != self.profile.worlds.told.of(*id),
            }
        });
        changes.collect()
    }
}

/// Whether a day had no object and now has: whoever registers has been registered since then,
/// and not for months.
fn begins(fact: &Fact, before: Option<&Possible>, after: Option<&Possible>) -> bool {
    let may_be_known = |possible: &Possible| match possible {
        Possible::Scalar(set) => set.hull().is_some(),
        Possible::Members(_) | Possible::Lists(_) => false,
    };
    matches!(fact.kind, Kind::Date)
        && fact.derive.is_none()
        && before.is_some_and(|before| !may_be_known(before))
        && after.is_some_and(may_be_known)
}

/// A level that details give: one condition holds, and none of a higher level.
fn to_level(
    fact: &Fact,
    good: &ValueSet,
    named: &dyn Fn(ConditionId, bool) -> Vec<Way>,
) -> Vec<Way> {
    let mut ways = Vec::new();
    let ranks = fact.levels.iter().map(|(rank, _)| *rank).chain([0]);
    for rank in ranks.filter(|rank| good.contains(*rank)) {
        let mut so_far = vec![Way::new()];
        for (other, condition) in &fact.levels {
            let next = match other.cmp(&rank) {
                std::cmp::Ordering::Greater => named(*condition, false),
                std::cmp::Ordering::Equal => named(*condition, true),
                std::cmp::Ordering::Less => continue,
            };
            so_far = so_far
                .iter()
                .flat_map(|way| next.iter().filter_map(|other| together(way, other)))
                .collect();
            shortest(&mut so_far);
        }
        ways.extend(so_far);
    }
    shortest(&mut ways);
    ways
}

/// Both ways at once, unless they want one fact to be two things, or are too many.
fn together(way: &Way, other: &Way) -> Option<Way> {
    let mut both = way.clone();
    for (id, becoming) in other {
        let joined = match (both.get(id), becoming) {
            (None, becoming) => becoming.clone(),
            (Some(Becoming::One(a)), Becoming::One(b)) => {
                let common = a.intersect(b);
                common.hull()?;
                Becoming::One(common)
            }
            (Some(Becoming::With(a)), Becoming::With(b)) => Becoming::With(a.union(b)),
            _ => return None,
        };
        both.insert(*id, joined);
    }
    (both.len() <= TOGETHER).then_some(both)
}

fn shortest(ways: &mut Vec<Way>) {
    ways.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    ways.dedup();
    ways.truncate(WAYS);
}

#[cfg(test)]
mod laws {
    use chrono::{Days, NaiveDate};
    use proptest::prelude::*;

    use super::*;
    use crate::orientation::known_in_part::{engine, known_in_part};

    /// Every way to change two things that the conditions read, each to one value.
    fn pairs(search: &Search<'_>, conditions: &[&Cond]) -> Vec<Way> {
        let model = search.at.engine.model();
        let read = conditions.iter();
        let read =
            read.flat_map(|one| reads(&model.dictionary, &model.tables, one, search.at.date));
        let mut facts: Vec<FactId> = read.filter(|id| search.can_change(*id)).collect();
        facts.sort_unstable();
        facts.dedup();
        let singles: Vec<(FactId, Becoming)> = facts
            .into_iter()
            .filter(|id| {
                matches!(
                    search.fact(*id).kind,
                    Kind::Flag | Kind::Level(_) | Kind::Code(_)
                )
            })
            .flat_map(|id| {
                let better = search.to_have(id, &search.fact(id).kind.domain());
                let alone = better.into_iter().filter(|way| way.len() == 1);
                let own = alone.flatten().filter(move |(changed, _)| *changed == id);
                let sets = own.map(|(_, becoming)| becoming);
                let values = sets.flat_map(|becoming| match becoming {
                    Becoming::One(set) => set.values().collect::<Vec<_>>(),
                    Becoming::With(_) => Vec::new(),
                });
                let values: Vec<i64> = values.collect();
                values
                    .into_iter()
                    .map(move |value| (id, Becoming::One(ValueSet::point(value))))
            })
            .collect();
        let mut pairs = Vec::new();
        for (place, one) in singles.iter().enumerate() {
            let others = singles.iter().skip(place.saturating_add(1));
            let others = others.filter(|other| other.0 != one.0);
            pairs.extend(others.map(|other| Way::from([one.clone(), other.clone()])));
        }
        pairs
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        /// Of several changes told together none can be left out, and where three are told no
        /// two would do.
        #[test]
        fn no_fewer_changes_open_it(
            who in 0_usize..12,
            kept in prop::collection::vec(prop::bool::weighted(0.8), 60),
            days in 0_u64..1500,
        ) {
            let engine = engine();
            let on = "2021-09-15".parse::<NaiveDate>().unwrap() + Days::new(days);
            let person = known_in_part(who, &kept);
            let profile = person.profile(engine, on).unwrap();
            let at = engine.at(on);
            let model = engine.model();
            let mut by_scheme: BTreeMap<usize, Vec<&Cond>> = BTreeMap::new();
            for rule in &at.period.rules {
                let scheme = model.rules[rule.place].1.scheme;
                by_scheme.entry(scheme.0).or_default().push(&rule.verdict);
            }
            for conditions in by_scheme.values() {
                let search = Search::new(&at, &profile);
                if conditions.iter().any(|one| search.truth(one) != Truth::False) {
                    continue;
                }
                let Some((way, _)) = search.best(conditions) else {
                    continue;
                };
                let opens = |way: &Way| {
                    conditions.iter().any(|one| search.after(one, way) != Truth::False)
                };
                prop_assert!(opens(&way));
                for left_out in way.keys() {
                    let mut fewer = way.clone();
                    fewer.remove(left_out);
                    prop_assert!(!opens(&fewer), "{left_out:?} can be left out");
                }
                if way.len() == TOGETHER {
                    for pair in pairs(&search, conditions) {
                        prop_assert!(!opens(&pair), "two would do");
                    }
                }
            }
        }
    }
}
