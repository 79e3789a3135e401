//! Proofs: the facts from which none can be left out; and what is missing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use crate::debug::shows_only;
use crate::fact::dictionary::{Derivation, FactId, Presumption};
use crate::fact::french;
use crate::fact::possible::Possible;
use crate::fact::worded::{self, Worded};
use crate::fact::{Origin, Reason, Source};
use crate::pack::model::Model;
use crate::profile::{Facts, Presume, Profile, Telling, resolve};
use crate::rule::Truth;
use crate::rule::condition::{Cond, Slot};
use crate::rule::reads::reads;
use crate::vocabulary::{FactName, Tells};

/// The facts that make a condition true, none of which can be left out.
///
/// Given back alone, for the same pack and date, they make it true again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Proof {
    /// What was told, or is presumed.
    pub facts: Vec<ProofFact>,
    /// What follows from them and was tested.
    pub derived: Vec<DerivedFact>,
}

/// One fact of a proof, with who said so.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ProofFact {
    /// The fact.
    pub fact: FactName,
    /// Its French label.
    pub label: String,
    /// What is known of it, in French.
    pub value: String,
    /// 0 ordinary, 1 social or financial, 2 special category, 3 criminal, violence, child protection:
    /// as the fact is, or the scheme or body that what is used of its value names.
    pub sensitivity: u8,
    /// Nobody told it: presumed, « à vérifier ».
    pub presumed: bool,
    /// Who said so, when, how.
    pub source: Source,
    /// Name of who said so, on the date asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said_by: Option<String>,
    /// Others on whose word it rests as well: they agree, or none of them is wrong by it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Witness>,
    /// What is known of it, for the words of another language.
    #[serde(skip)]
    pub(crate) worded: Worded,
    /// What it tells of the home, by itself or by what is used of its value.
    #[serde(skip)]
    pub(super) tells: Tells,
    /// It tells of the home, by that or by what it was computed from.
    #[serde(skip)]
    pub(super) of_home: bool,
}

shows_only!(ProofFact {
    fact,
    presumed,
    source
});

/// Somebody else who said something of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Witness {
    /// Who, when, how.
    pub source: Source,
    /// Name of who said so, on the date asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said_by: Option<String>,
}

/// A computed fact that a condition tests.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DerivedFact {
    /// The fact.
    pub fact: FactName,
    /// Its French label.
    pub label: String,
    /// Its value, in French.
    pub value: String,
    /// As [`ProofFact::sensitivity`].
    pub sensitivity: u8,
    /// It tells of the home, by itself or by what it was computed from.
    #[serde(skip)]
    pub(super) of_home: bool,
}

shows_only!(DerivedFact { fact });

/// A fact that would help to decide, and who can say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Missing {
    /// The fact.
    pub fact: FactName,
    /// Its French label.
    pub label: String,
    /// The question to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// Who can attest it, in French.
    pub attest: Vec<String>,
    /// Why it is not known.
    pub reason: Reason,
    /// Where it was known and is too old: the last day on which that counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stale_since: Option<NaiveDate>,
    /// As [`ProofFact::sensitivity`].
    pub sensitivity: u8,
}

/// One thing told or presumed that a proof may leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Element {
    Told(FactId),
    Row(FactId, usize),
    /// That a list holds no other row.
    Complete(FactId),
    Presumed(FactId),
}

/// The part of a profile that a set of elements keeps.
fn restricted(profile: &Profile, keep: &BTreeSet<Element>) -> Telling {
    let mut told: BTreeMap<FactId, Possible> = BTreeMap::new();
    let mut presume = BTreeSet::new();
    for element in keep {
        match *element {
            Element::Told(id) => {
                told.extend(
                    profile
                        .told
                        .get(&id)
                        .map(|told| (id, told.possible.clone())),
                );
            }
            Element::Presumed(id) => {
                presume.insert(id);
            }
            Element::Row(id, row) => {
                let Some(Possible::Lists(lists)) = profile.told.get(&id).map(|told| &told.possible)
                else {
                    continue;
                };
                let Some(list) = lists.alternatives.first() else {
                    continue;
                };
                let kept = told.entry(id).or_insert_with(|| rows_of(list, &[], true));
                if let (Possible::Lists(kept), Some(row)) = (kept, list.rows.get(row))
                    && let Some(kept) = kept.alternatives.first_mut()
                {
                    kept.rows.push(row.clone());
                }
            }
            Element::Complete(_) => {}
        }
    }
    for element in keep {
        if let Element::Complete(id) = *element {
            told.extend(
                profile
                    .told
                    .get(&id)
                    .map(|told| (id, told.possible.clone())),
            );
        }
    }
    Telling {
        told,
        presume: Presume::Only(presume),
    }
}

fn rows_of(list: &crate::fact::possible::RowList, rows: &[usize], open: bool) -> Possible {
    let rows = rows
        .iter()
        .filter_map(|row| list.rows.get(*row).cloned())
        .collect();
    let list = crate::fact::possible::RowList { rows, open };
    Possible::Lists(crate::fact::possible::Lists {
        alternatives: vec![list],
        none: false,
    })
}

fn elements(profile: &Profile, facts_read: &[FactId], presumed: bool) -> Vec<Element> {
    let mut elements = Vec::new();
    for id in facts_read {
        match profile.told.get(id).map(|told| &told.possible) {
            Some(Possible::Lists(lists)) => match lists.alternatives.as_slice() {
                [list] => {
                    elements.extend((0..list.rows.len()).map(|row| Element::Row(*id, row)));
                    if !list.open {
                        elements.push(Element::Complete(*id));
                    }
                }
                _ => elements.push(Element::Told(*id)),
            },
            Some(_) => elements.push(Element::Told(*id)),
            None => {}
        }
        if presumed && profile.presumptions().contains(id) {
            elements.push(Element::Presumed(*id));
        }
    }
    elements
}

/// Worst first: what a proof would rather do without.
fn order(profile: &Profile, elements: &mut [Element]) {
    let model = profile.engine.model();
    let key = |element: &Element| {
        let (id, kind) = match *element {
            Element::Presumed(id) => (id, 0_u8),
            Element::Complete(id) => (id, 1),
            Element::Told(id) | Element::Row(id, _) => (id, 2),
        };
        let fact = model.dictionary.fact(id);
        let known = profile
            .told
            .get(&id)
            .is_some_and(|told| told.possible.is_known());
        let authority = profile
            .told
            .get(&id)
            .is_some_and(|told| has_authority(model, id, &told.source));
        let sensitivity = std::cmp::Reverse(fact.sensitivity);
        (
            kind,
            known,
            authority,
            sensitivity,
            std::cmp::Reverse(*element),
        )
    };
    elements.sort_by_key(key);
}

/// Whether who said it is among those who may attest it.
fn has_authority(model: &Model, id: FactId, source: &Source) -> bool {
    let Some(by) = &source.by else { return false };
    let mut attest = model.dictionary.fact(id).attest.iter();
    attest.any(|role| model.network.holds(by, role, None))
}

/// A minimal set of elements that keeps `cond` true; `None` when it is not true.
fn minimal(
    profile: &Profile,
    cond: &Cond,
    facts_read: &[FactId],
    presumed: bool,
) -> Option<BTreeSet<Element>> {
    let model = profile.engine.model();
    let holds = |keep: &BTreeSet<Element>| {
        let resolved = resolve(
            model.meaning(),
            profile.date,
            &restricted(profile, keep),
            facts_read,
        );
        cond.truth(&resolved.facts, &model.tables, profile.date) == Truth::True
    };
    let mut candidates = elements(profile, facts_read, presumed);
    let mut keep: BTreeSet<Element> = candidates.iter().copied().collect();
    if !holds(&keep) {
        return None;
    }
    order(profile, &mut candidates);
    for element in candidates {
        // A list said to be complete is complete with all its rows.
        if let Element::Row(id, _) = element
            && (keep.contains(&Element::Complete(id)) || keep.contains(&Element::Presumed(id)))
        {
            continue;
        }
        keep.remove(&element);
        if !holds(&keep) {
            keep.insert(element);
        }
    }
    Some(keep)
}

/// The proof of a true condition. Empty for a condition that needs no fact.
pub(crate) fn prove(
    profile: &Profile,
    cond: &Cond,
    facts_read: &[FactId],
    presumed: bool,
) -> Proof {
    let Some(keep) = minimal(profile, cond, facts_read, presumed) else {
        return Proof::default();
    };
    let model = profile.engine.model();
    let mut facts: BTreeMap<FactId, bool> = BTreeMap::new();
    for element in &keep {
        let (id, presumed) = match *element {
            Element::Presumed(id) => (id, true),
            Element::Told(id) | Element::Row(id, _) | Element::Complete(id) => (id, false),
        };
        let entry = facts.entry(id).or_insert(false);
        *entry = *entry || presumed;
    }
    let kept = restricted(profile, &keep);
    let world = profile.worlds.presumed_or_told();
    let describe = |id: FactId| {
        let fact = model.dictionary.fact(id);
        world
            .of(id)
            .map(|possible| french::possible(fact, possible))
            .unwrap_or_default()
    };
    let witness = |source: Source| Witness {
        said_by: source
            .by
            .as_ref()
            .map(|by| model.network.name_of(by, profile.date)),
        source,
    };
    let tells = |id: &FactId| match kept.told.get(id) {
        Some(used) => model.known_tells(*id, used, profile.date),
        None => model.dictionary.fact(*id).tells,
    };
    let of_home = |id: &FactId| {
        let fact = model.dictionary.fact(*id);
        let follows = fact.derive.is_some() || !fact.levels.is_empty() || fact.only_if.is_some();
        let mut used = vec![*id];
        // What is told rests on nothing else.
        if follows && !kept.told.contains_key(id) {
            used.extend(reads_of(model, *id, profile.date));
            used.retain(|one| one == id || facts.contains_key(one));
        }
        used.iter().any(|id| tells(id).home())
    };
    let proof_facts = facts.iter().map(|(id, presumed)| {
        let fact = model.dictionary.fact(*id);
        let told = profile.told.get(id);
        let first = witness(told.map(|told| told.source.clone()).unwrap_or_default());
        let others = told
            .into_iter()
            .flat_map(|told| told.others.iter().cloned());
        let worded = world
            .of(*id)
            .map_or(Worded::Unknown, |possible| worded::of_fact(fact, possible));
        ProofFact {
            fact: fact.name.clone(),
            label: fact.label.to_string(),
            value: french::of_fact(fact, &worded),
            sensitivity: kept
                .told
                .get(id)
                .map_or(fact.sensitivity, |used| model.known_sensitivity(*id, used)),
            presumed: *presumed,
            said_by: first.said_by,
            source: first.source,
            others: others.map(witness).collect(),
            worded,
            tells: tells(id),
            of_home: of_home(id),
        }
    });
    let mut derived: BTreeSet<FactId> = BTreeSet::new();
    cond.atoms(&model.tables, profile.date, &mut |atom| {
        if let Slot::Fact(id) = atom.slot
            && !facts.contains_key(&id)
            && (model.dictionary.fact(id).derive.is_some()
                || !model.dictionary.fact(id).levels.is_empty())
            && world.of(id).is_some_and(Possible::is_known)
            && depends_on_any(model, id, profile.date, &facts)
        {
            derived.insert(id);
        }
    });
    Proof {
        facts: proof_facts.collect(),
        derived: derived
            .into_iter()
            .map(|id| {
                let fact = model.dictionary.fact(id);
                DerivedFact {
                    fact: fact.name.clone(),
                    label: fact.label.to_string(),
                    value: describe(id),
                    sensitivity: fact.sensitivity,
                    of_home: of_home(&id),
                }
            })
            .collect(),
    }
}

fn depends_on_any(
    model: &Model,
    id: FactId,
    on: NaiveDate,
    facts: &BTreeMap<FactId, bool>,
) -> bool {
    reads_of(model, id, on)
        .iter()
        .any(|id| facts.contains_key(id))
}

/// A fact, and all that it builds on.
pub(super) fn reads_of(model: &Model, id: FactId, on: NaiveDate) -> Vec<FactId> {
    let atom = Cond::Atom(crate::rule::condition::Atom {
        slot: Slot::Fact(id),
        target: crate::rule::condition::Target::Set(crate::fact::set::ValueSet::empty()),
    });
    reads(&model.dictionary, &model.tables, &atom, on)
}

/// Base facts that keep a condition open, in the order in which it reads them.
pub(crate) fn missing(profile: &Profile, cond: &Cond) -> Vec<FactId> {
    missing_in(profile, profile.worlds.presumed_or_told(), cond)
}

/// The same in one of the worlds of a profile.
pub(super) fn missing_in(profile: &Profile, world: &Facts, cond: &Cond) -> Vec<FactId> {
    let mut found = Vec::new();
    open_atoms(profile, world, cond, &mut found, 0);
    let mut seen = BTreeSet::new();
    found.retain(|id| seen.insert(*id));
    found
}

/// Follows only what is open: a part that is already true or false needs no answer.
fn open_atoms(
    profile: &Profile,
    world: &Facts,
    cond: &Cond,
    found: &mut Vec<FactId>,
    depth: usize,
) {
    let model = profile.engine.model();
    let tables = &model.tables;
    if cond.truth(world, tables, profile.date) != Truth::Open {
        return;
    }
    match cond {
        Cond::Constant(_) => {}
        Cond::Atom(atom) => match atom.slot {
            Slot::Fact(id) | Slot::Member(id, _) => open_fact(profile, world, id, found, depth),
            Slot::Count(count) => {
                if let Some(count) = tables.counts.get(count.0) {
                    open_fact(profile, world, count.list, found, depth);
                }
            }
            Slot::Field(_) => {}
        },
        Cond::Not(inner) => open_atoms(profile, world, inner, found, depth),
        Cond::And(items) | Cond::Or(items) | Cond::AtLeast(_, items) => {
            for item in items {
                open_atoms(profile, world, item, found, depth);
            }
        }
        Cond::Named(id) => {
            if let Some(condition) = tables.condition(*id, profile.date) {
                open_atoms(profile, world, condition, found, depth);
            }
        }
    }
}

fn open_fact(profile: &Profile, world: &Facts, id: FactId, found: &mut Vec<FactId>, depth: usize) {
    // Facts build on each other without circle; the bound only guards the stack.
    const DEEPEST: usize = 64;
    let model = profile.engine.model();
    let deeper = depth.saturating_add(1);
    if deeper > DEEPEST || world.of(id).is_some_and(Possible::is_known) {
        return;
    }
    let fact = model.dictionary.fact(id);
    let open_condition = |condition, found: &mut Vec<FactId>| {
        if let Some(condition) = model.tables.condition(condition, profile.date) {
            open_atoms(profile, world, condition, found, deeper);
        }
    };
    // While it is open whether the question arises, only that is asked.
    if let Some(gate) = fact.only_if {
        let before = found.len();
        open_condition(gate, found);
        if found.len() > before {
            return;
        }
    }
    match &fact.derive {
        None if fact.levels.is_empty() => found.push(id),
        None => {
            let before = found.len();
            for (_, condition) in &fact.levels {
                open_condition(*condition, found);
            }
            if found.len() == before || fact.presume == Some(Presumption::Derived) {
                found.push(id);
            }
        }
        Some(Derivation::Elapsed(_, from) | Derivation::Lookup { from, .. }) => {
            open_fact(profile, world, *from, found, deeper);
        }
        Some(Derivation::Sum(ids) | Derivation::Min(ids) | Derivation::Max(ids)) => {
            for id in ids {
                open_fact(profile, world, *id, found, deeper);
            }
        }
        Some(Derivation::Difference(a, b)) => {
            open_fact(profile, world, *a, found, deeper);
            open_fact(profile, world, *b, found, deeper);
        }
        Some(Derivation::Count(count)) => {
            if let Some(count) = model.tables.counts.get(count.0) {
                open_fact(profile, world, count.list, found, deeper);
            }
        }
        Some(Derivation::Condition(condition)) => open_condition(*condition, found),
    }
}

/// A missing fact, ready to be asked.
pub(crate) fn describe_missing(profile: &Profile, id: FactId) -> Missing {
    let model = profile.engine.model();
    let fact = model.dictionary.fact(id);
    let reason = match profile.origin_of(id) {
        Origin::Unknown(reason) => reason,
        // Told, and by partners who do not agree.
        Origin::Told(_) if profile.reasons.contains_key(&id) => Reason::Disputed,
        Origin::Told(_) => Reason::Partial,
        _ => Reason::NeverAsked,
    };
    Missing {
        fact: fact.name.clone(),
        label: fact.label.to_string(),
        question: fact.question.as_deref().map(str::to_owned),
        attest: model.network.labels(&fact.attest),
        reason,
        stale_since: profile.stale.get(&id).copied(),
        sensitivity: fact.sensitivity,
    }
}

#[cfg(test)]
mod laws {
    use proptest::prelude::*;

    use super::*;
    use crate::orientation::known_in_part::{drawn, engine, known_in_part};
    use crate::orientation::{Verdict, Verdicts};

    proptest! {
        /// A proof given back alone makes its rule true again, and nothing can be left out.
        #[test]
        fn proofs_suffice_and_hold_nothing_idle((who, kept, on) in drawn()) {
            let engine = engine();
            let person = known_in_part(who, &kept);
            let profile = person.profile(engine, on).unwrap();
            let at = engine.at(on);
            let mut verdicts = Verdicts::new();
            at.verdicts(&profile, &mut verdicts).unwrap();
            let model = engine.model();
            for (verdict, rule) in verdicts.as_slice().iter().zip(&at.period.rules) {
                if !verdict.is_proposed() {
                    continue;
                }
                let presumed = *verdict == Verdict::Presumed;
                let kept = minimal(&profile, &rule.verdict, &rule.reads, presumed);
                prop_assert!(kept.is_some(), "a true rule has a proof");
                let kept = kept.unwrap();
                let holds = |kept: &BTreeSet<Element>| {
                    let telling = restricted(&profile, kept);
                    let all = &model.dictionary.order;
                    let facts = resolve(model.meaning(), on, &telling, all).facts;
                    rule.verdict.truth(&facts, &model.tables, on) == Truth::True
                };
                prop_assert!(holds(&kept), "the proof suffices");
                for element in &kept {
                    // A list said complete goes with its rows.
                    let bound = matches!(element, Element::Row(id, _)
                        if kept.contains(&Element::Complete(*id)) || kept.contains(&Element::Presumed(*id)));
                    let mut less = kept.clone();
                    less.remove(element);
                    prop_assert!(bound || !holds(&less), "{element:?} is idle");
                }
            }
        }
    }
}
