//! From what was told to all that is possible: `only_if`, derivations, levels,
//! presumptions, in the order in which facts build on each other.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::fact::derive;
use crate::fact::dictionary::{Derivation, Fact, FactId, Field, Kind, Presumption};
use crate::fact::possible::{Lists, Possible, RowList};
use crate::fact::set::ValueSet;
use crate::rule::Truth;
use crate::rule::condition::{self, Meaning, Slot, Tables, World};

/// What was told, and whose presumptions may stand in.
#[derive(Clone)]
pub(crate) struct Telling {
    pub(crate) told: BTreeMap<FactId, Possible>,
    /// Facts whose presumption is left out; all others are presumed.
    pub(crate) presume: Presume,
}

/// Which presumptions are used.
#[derive(Clone)]
pub(crate) enum Presume {
    Nothing,
    All,
    Only(BTreeSet<FactId>),
}

impl Telling {
    pub(crate) fn all(told: BTreeMap<FactId, Possible>) -> Self {
        Self {
            told,
            presume: Presume::All,
        }
    }
}

/// The possible values of every fact and count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Facts {
    values: Vec<Possible>,
    counts: Vec<ValueSet>,
}

impl Facts {
    /// Facts of which nothing is resolved yet.
    pub(crate) fn unresolved(meaning: Meaning<'_>) -> Self {
        Self {
            values: vec![Possible::Scalar(ValueSet::empty()); meaning.dictionary.len()],
            counts: vec![ValueSet::empty(); meaning.tables.counts.len()],
        }
    }

    pub(crate) fn of(&self, id: FactId) -> Option<&Possible> {
        self.values.get(id.0)
    }

    pub(crate) fn view(&self, slot: Slot) -> Cow<'_, ValueSet> {
        let found = match slot {
            Slot::Fact(id) => self.of(id).map(condition::fact_view),
            Slot::Member(id, code) => self
                .of(id)
                .map(|possible| Cow::Owned(condition::member_view(possible, code))),
            Slot::Count(id) => self.counts.get(id.0).map(Cow::Borrowed),
            Slot::Field(_) => None,
        };
        found.unwrap_or_default()
    }
}

impl World for Facts {
    fn slot(&self, slot: Slot) -> Cow<'_, ValueSet> {
        self.view(slot)
    }
}

/// The two worlds of a profile: as told, and with presumptions.
#[derive(Debug, Clone)]
pub(crate) struct Worlds {
    pub(crate) told: Facts,
    pub(crate) presumed: Option<Facts>,
    /// Facts whose presumption stands in.
    pub(crate) presumed_facts: BTreeSet<FactId>,
    /// Facts whose `only_if` is false.
    pub(crate) not_applicable: BTreeSet<FactId>,
    /// Facts told as absent though their `only_if` is true.
    pub(crate) contradicted: BTreeSet<FactId>,
    /// Levels assessed by somebody, where the details say something else.
    pub(crate) contrasts: BTreeMap<FactId, ValueSet>,
}

impl Worlds {
    /// The world with presumptions, or the one told where none stands in.
    pub(crate) fn presumed_or_told(&self) -> &Facts {
        self.presumed.as_ref().unwrap_or(&self.told)
    }
}

/// What resolving one telling gives.
pub(crate) struct Resolved {
    pub(crate) facts: Facts,
    presumed_facts: BTreeSet<FactId>,
    not_applicable: BTreeSet<FactId>,
    contradicted: BTreeSet<FactId>,
    contrasts: BTreeMap<FactId, ValueSet>,
}

/// Resolves both worlds.
pub(crate) fn worlds(meaning: Meaning<'_>, on: NaiveDate, telling: &Telling) -> Worlds {
    let all = &meaning.dictionary.order;
    let with = resolve(meaning, on, telling, all);
    let strict = Telling {
        told: telling.told.clone(),
        presume: Presume::Nothing,
    };
    let told = if with.presumed_facts.is_empty() {
        None
    } else {
        Some(resolve(meaning, on, &strict, all))
    };
    match told {
        None => Worlds {
            told: with.facts,
            presumed: None,
            presumed_facts: BTreeSet::new(),
            not_applicable: with.not_applicable,
            contradicted: with.contradicted,
            contrasts: with.contrasts,
        },
        Some(told) => Worlds {
            told: told.facts,
            presumed: Some(with.facts),
            presumed_facts: with.presumed_facts,
            not_applicable: told.not_applicable,
            contradicted: told.contradicted,
            contrasts: told.contrasts,
        },
    }
}

/// Resolves the facts of `order`, each after those it needs; no other may be read.
pub(crate) fn resolve(
    meaning: Meaning<'_>,
    on: NaiveDate,
    telling: &Telling,
    order: &[FactId],
) -> Resolved {
    resolve_over(meaning, on, telling, order, Facts::unresolved(meaning))
}

/// The same, over facts that were resolved before: whoever asks for a few, again and again, makes
/// room for all of them once.
pub(crate) fn resolve_over(
    meaning: Meaning<'_>,
    on: NaiveDate,
    telling: &Telling,
    order: &[FactId],
    facts: Facts,
) -> Resolved {
    let resolved = resolve_within(meaning, on, telling, order, None, facts);
    if resolved.contradicted.is_empty() || resolved.presumed_facts.is_empty() {
        return resolved;
    }
    // A presumption that contradicts what was told would leave less known than
    // before: it narrows, or does nothing.
    let strict = Telling {
        told: telling.told.clone(),
        presume: Presume::Nothing,
    };
    let unresolved = Facts::unresolved(meaning);
    let strict = resolve_within(meaning, on, &strict, order, None, unresolved).facts;
    resolve_within(meaning, on, telling, order, Some(&strict), resolved.facts)
}

fn resolve_within(
    meaning: Meaning<'_>,
    on: NaiveDate,
    telling: &Telling,
    order: &[FactId],
    strict: Option<&Facts>,
    // Whoever asks for some facts only reads what those build on: the rest stays as it is.
    facts: Facts,
) -> Resolved {
    let Meaning { dictionary, tables } = meaning;
    let mut run = Run {
        tables,
        on,
        telling,
        resolved: Resolved {
            facts,
            presumed_facts: BTreeSet::new(),
            not_applicable: BTreeSet::new(),
            contradicted: BTreeSet::new(),
            contrasts: BTreeMap::new(),
        },
    };
    for id in order {
        let possible = run.fact(*id, dictionary.fact(*id));
        let possible = match strict.and_then(|facts| facts.of(*id)) {
            Some(strict) if !possible.is_within(strict) => strict.clone(),
            _ => possible,
        };
        if let Some(place) = run.resolved.facts.values.get_mut(id.0) {
            *place = possible;
        }
        if matches!(dictionary.fact(*id).kind, Kind::Records { .. }) {
            run.count(*id);
        }
    }
    run.resolved
}

/// Whether two sets of levels have nothing in common, levels in between included:
/// details that allow "absent" or "blocking" do not contradict "light".
fn apart(derived: &ValueSet, assessed: &ValueSet) -> bool {
    match (derived.hull(), assessed.hull()) {
        (Some(derived), Some(assessed)) => derived.hi < assessed.lo || assessed.hi < derived.lo,
        _ => false,
    }
}

/// A list with the fields that are computed from others.
pub(crate) fn with_derived_fields(kind: &Kind, told: Possible, on: NaiveDate) -> Possible {
    let (Kind::Records { fields, .. }, Possible::Lists(lists)) = (kind, &told) else {
        return told;
    };
    if fields.iter().all(|field| field.derive.is_none()) {
        return told;
    }
    let alternatives = lists.alternatives.iter().map(|list| RowList {
        rows: list.rows.iter().map(|told| row(fields, told, on)).collect(),
        open: list.open,
    });
    Possible::Lists(Lists {
        alternatives: alternatives.collect(),
        none: lists.none,
    })
}

fn row(fields: &[Field], told: &[ValueSet], on: NaiveDate) -> Vec<ValueSet> {
    let fields = fields.iter().zip(told).map(|(field, value)| {
        let Some((elapsed, from)) = field.derive else {
            return value.clone();
        };
        let date = told.get(from).cloned().unwrap_or_default();
        derive::elapsed(elapsed, &date, on, &field.kind.domain())
    });
    fields.collect()
}

struct Run<'r> {
    tables: &'r Tables,
    on: NaiveDate,
    telling: &'r Telling,
    resolved: Resolved,
}

impl Run<'_> {
    fn truth(&self, condition: crate::fact::dictionary::ConditionId) -> Truth {
        let tables = self.tables;
        tables
            .condition(condition, self.on)
            .map_or(Truth::False, |condition| {
                condition.truth(&self.resolved.facts, tables, self.on)
            })
    }

    fn presumes(&self, id: FactId) -> bool {
        match &self.telling.presume {
            Presume::Nothing => false,
            Presume::All => true,
            Presume::Only(facts) => facts.contains(&id),
        }
    }

    fn fact(&mut self, id: FactId, fact: &Fact) -> Possible {
        let gate = fact.only_if.map(|condition| self.truth(condition));
        if gate == Some(Truth::False) {
            self.resolved.not_applicable.insert(id);
            return Possible::none(&fact.kind);
        }
        let value = self.value(id, fact);
        match gate {
            None => value,
            Some(Truth::Open) => value.with_none(),
            Some(_) if fact.optional => value,
            Some(_) => value.without_none().unwrap_or_else(|| {
                self.resolved.contradicted.insert(id);
                Possible::all(&fact.kind, false)
            }),
        }
    }

    fn value(&mut self, id: FactId, fact: &Fact) -> Possible {
        let derived_level = (!fact.levels.is_empty()).then(|| self.level(fact));
        if let Some(told) = self.telling.told.get(&id) {
            if let (Some(level), Possible::Scalar(told)) = (&derived_level, told)
                && apart(level, told)
            {
                self.resolved.contrasts.insert(id, level.clone());
            }
            let told = with_derived_fields(&fact.kind, told.clone(), self.on);
            return self.presumed_closed(id, fact, told);
        }
        if let Some(derivation) = &fact.derive {
            return Possible::Scalar(self.derived(fact, derivation));
        }
        let unknown = || Possible::all(&fact.kind, fact.optional);
        if let Some(level) = derived_level {
            if fact.presume != Some(Presumption::Derived) {
                return Possible::Scalar(level);
            }
            let presumed = Possible::Scalar(level);
            if self.presumes(id) && presumed != unknown() {
                self.resolved.presumed_facts.insert(id);
                return presumed;
            }
            return unknown();
        }
        match fact.presume {
            Some(Presumption::Closed) => self.presumed_closed(id, fact, unknown()),
            Some(Presumption::Value(value)) if self.presumes(id) => {
                self.resolved.presumed_facts.insert(id);
                Possible::Scalar(ValueSet::point(value))
            }
            Some(Presumption::None) if self.presumes(id) => {
                self.resolved.presumed_facts.insert(id);
                Possible::none(&fact.kind)
            }
            _ => unknown(),
        }
    }

    /// Rows that were told stay; what is presumed is that there are no others.
    fn presumed_closed(&mut self, id: FactId, fact: &Fact, possible: Possible) -> Possible {
        let Possible::Lists(mut lists) = possible else {
            return possible;
        };
        let open = lists.alternatives.iter().any(|list| list.open);
        if open && fact.presume == Some(Presumption::Closed) && self.presumes(id) {
            self.resolved.presumed_facts.insert(id);
            for list in &mut lists.alternatives {
                list.open = false;
            }
        }
        Possible::Lists(lists)
    }

    /// Derived levels: those whose condition is not false and above which none is true.
    fn level(&self, fact: &Fact) -> ValueSet {
        let mut possible = Vec::new();
        for (rank, condition) in &fact.levels {
            match self.truth(*condition) {
                Truth::True => {
                    possible.push(*rank);
                    return ValueSet::from_points(possible);
                }
                Truth::Open => possible.push(*rank),
                Truth::False => {}
            }
        }
        // The lowest level has the condition *true*.
        possible.push(0);
        ValueSet::from_points(possible)
    }

    fn derived(&self, fact: &Fact, derivation: &Derivation) -> ValueSet {
        let view = |id: &FactId| self.resolved.facts.view(Slot::Fact(*id));
        let views = |ids: &[FactId]| {
            ids.iter()
                .map(|id| view(id).into_owned())
                .collect::<Vec<_>>()
        };
        let domain = fact.kind.domain();
        let set = match derivation {
            Derivation::Elapsed(elapsed, from) => {
                derive::elapsed(*elapsed, &view(from), self.on, &domain)
            }
            Derivation::Sum(inputs) => derive::sum(&views(inputs).iter().collect::<Vec<_>>()),
            Derivation::Min(inputs) => {
                derive::extreme(&views(inputs).iter().collect::<Vec<_>>(), i64::min)
            }
            Derivation::Max(inputs) => {
                derive::extreme(&views(inputs).iter().collect::<Vec<_>>(), i64::max)
            }
            Derivation::Difference(a, b) => derive::difference(&view(a), &view(b)),
            Derivation::Count(count) => self.resolved.facts.view(Slot::Count(*count)).into_owned(),
            Derivation::Lookup { from, table } => {
                let other = fact.kind.nomenclature().and_then(|codes| codes.other());
                derive::lookup(&view(from), table, other, &domain)
            }
            Derivation::Condition(condition) => match self.truth(*condition) {
                Truth::True => ValueSet::point(1),
                Truth::False => ValueSet::point(0),
                Truth::Open => ValueSet::range(0, 1),
            },
        };
        // A count without end, or a sum beyond the bounds, stays at the bound.
        let Some(limits) = domain.hull() else {
            return set;
        };
        let ranges = set.ranges().iter().map(|range| crate::fact::set::Range {
            lo: range.lo.clamp(limits.lo, limits.hi),
            hi: range.hi.clamp(limits.lo, limits.hi),
        });
        ValueSet::from_ranges(ranges.collect(), set.may_be_none())
    }

    /// The counts over a list, once the list stands.
    fn count(&mut self, list: FactId) {
        let tables = self.tables;
        let Some(Possible::Lists(lists)) = self.resolved.facts.of(list) else {
            return;
        };
        let counted: Vec<(usize, ValueSet)> = tables
            .counts
            .iter()
            .enumerate()
            .filter(|(_, count)| count.list == list)
            .map(|(place, count)| {
                (
                    place,
                    condition::count(lists, count.filter.as_ref(), tables, self.on),
                )
            })
            .collect();
        for (place, set) in counted {
            if let Some(slot) = self.resolved.facts.counts.get_mut(place) {
                *slot = set;
            }
        }
    }
}
