//! The levels of barriers over time, by the rules of one day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::walk::is_there;
use super::{Naming, Word};
use crate::diagnostic::{Diagnostic, EntryId, Observation, Said, is_readable, stand_of};
use crate::fact::dictionary::{Fact, FactId, Kind, ListKind};
use crate::fact::french;
use crate::fact::possible::Possible;
use crate::fact::set::ValueSet;
use crate::pack::EngineAt;
use crate::profile::{Presume, Telling, levels_giving_way, resolve};
use crate::rule::condition::{Meaning, Slot};
use crate::rule::reads::built_on;
use crate::vocabulary::FactName;

/// A barrier on a day on which something about it may have changed.
pub(super) struct Look {
    pub(super) day: NaiveDate,
    /// The levels that are possible.
    pub(super) level: ValueSet,
    /// What was said that day of the barrier or what its level rests on, and is heard; empty
    /// where nobody spoke, and then nothing moves.
    pub(super) said: Vec<Word>,
    /// What was assessed is too old, and the details that are left were so when it was: nothing moves.
    pub(super) resumes: bool,
}

/// One barrier, day after day.
pub(super) struct Watched {
    pub(super) fact: FactId,
    pub(super) looks: Vec<Look>,
}

impl Watched {
    /// What is known on the last day, in French.
    pub(super) fn now(&self, fact: &Fact) -> Option<String> {
        let last = self.looks.last()?;
        says_something(fact, &last.level).then(|| in_french(fact, &last.level))
    }

    /// Whether somebody spoke of the barrier itself, and not of details alone.
    pub(super) fn was_told(&self, fact: &Fact) -> bool {
        let mut said = self.looks.iter().flat_map(|look| &look.said);
        said.any(|word| word.fact == fact.name)
    }

    /// Whether it is surely there on the last day, or surely not.
    pub(super) fn is_settled(&self, fact: &Fact) -> bool {
        let last = self.looks.last();
        last.is_some_and(|last| is_there(fact, &last.level).is_some())
    }
}

/// Whether the barrier may be there or be absent, and some level is ruled out: one that does
/// not apply to the person has no level.
pub(super) fn says_something(fact: &Fact, level: &ValueSet) -> bool {
    level.hull().is_some() && !fact.kind.domain().is_subset(level)
}

pub(super) fn in_french(fact: &Fact, level: &ValueSet) -> String {
    french::possible(fact, &Possible::Scalar(level.clone()))
}

type SaidOf<'d> = BTreeMap<&'d FactName, Vec<(EntryId, &'d Observation)>>;

/// Barriers of which anything was said, each on the days on which somebody spoke of it, and on
/// the date.
pub(super) fn watched(
    at: &EngineAt,
    diagnostic: &Diagnostic,
    barriers: impl Iterator<Item = FactId>,
    naming: Naming<'_>,
) -> Vec<Watched> {
    let model = at.engine.model();
    // What a rule was on an earlier day is no matter: it would pass for distance.
    let tables = model.tables.on(at.date);
    let meaning = Meaning {
        dictionary: &model.dictionary,
        tables: &tables,
    };
    let mut said = diagnostic.said_until(at.date);
    // What tells a place is as if nobody had said it: a level would tell it too.
    if naming.hidden {
        for (name, words) in &mut said {
            let id = model.dictionary.id(name.as_str());
            words.retain(|(_, one)| match (id, &one.said) {
                (Some(id), Said::Known(known)) => !model.word_tells_home(id, known, at.date),
                _ => !model.tells_home(name),
            });
        }
    }
    let watched = barriers.map(|fact| Watched {
        fact,
        looks: looks(at, meaning, &said, fact, naming),
    });
    watched.filter(|one| !one.looks.is_empty()).collect()
}

/// What was said of one fact, as days go by: only what may still be heard is kept.
struct Held<'d> {
    fact: &'d Fact,
    /// What is said on later days, the latest first.
    to_come: Vec<(EntryId, &'d Observation)>,
    current: Vec<(EntryId, &'d Observation)>,
}

/// Whether what several bodies say of a list adds up.
fn adds_up(fact: &Fact) -> bool {
    let additive = ListKind::Additive;
    matches!(&fact.kind, Kind::Records { list, .. } if *list == additive)
}

impl<'d> Held<'d> {
    fn new(at: &EngineAt, fact: &'d Fact, said: &[(EntryId, &'d Observation)]) -> Self {
        let model = at.engine.model();
        let readable = said.iter().copied();
        let readable = readable.filter(|(id, one)| is_readable(model, *id, one));
        let mut to_come: Vec<_> = readable.collect();
        to_come.sort_by_key(|(id, one)| std::cmp::Reverse((one.observed_on, *id)));
        Self {
            fact,
            to_come,
            current: Vec::new(),
        }
    }

    /// Days on which the fact may stand otherwise than the day before.
    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        self.to_come.iter().flat_map(|(_, one)| {
            let until = self.fact.fresh.until(one.observed_on);
            // A list that adds up is complete for one day.
            let next = adds_up(self.fact).then_some(one.observed_on);
            let after = [until, next].into_iter().flatten();
            let after = after.filter_map(|last| last.succ_opt());
            std::iter::once(one.observed_on).chain(after)
        })
    }

    /// Of each body the latest is heard: the others are let go as it comes.
    fn up_to(&mut self, day: NaiveDate) -> impl Iterator<Item = (EntryId, &'d Observation)> {
        let answers = |one: &Observation| matches!(one.said, Said::Known(_));
        while let Some((id, one)) = self.to_come.pop_if(|(_, one)| one.observed_on <= day) {
            if !adds_up(self.fact) {
                self.current.retain(|(_, known)| {
                    known.by != one.by
                        || answers(known) != answers(one)
                        || known.observed_on >= one.observed_on
                });
            }
            self.current.push((id, one));
        }
        let fresh = self.fact.fresh;
        self.current.retain(|(_, one)| {
            let until = fresh.until(one.observed_on);
            until.is_none_or(|until| day <= until)
        });
        self.current.iter().copied()
    }
}

fn looks(
    at: &EngineAt,
    meaning: Meaning<'_>,
    said: &SaidOf<'_>,
    barrier: FactId,
    naming: Naming<'_>,
) -> Vec<Look> {
    let model = at.engine.model();
    let reads = built_on(meaning.dictionary, meaning.tables, vec![barrier], at.date);
    let mut held: BTreeMap<FactId, Held<'_>> = BTreeMap::new();
    // On which days each fact may stand otherwise than before.
    let mut changes: BTreeMap<NaiveDate, BTreeSet<FactId>> = BTreeMap::new();
    for id in &reads {
        let fact = meaning.dictionary.fact(*id);
        let Some(said) = said.get(&fact.name) else {
            continue;
        };
        let one = Held::new(at, fact, said);
        for day in one.days().filter(|day| *day <= at.date) {
            changes.entry(day).or_default().insert(*id);
        }
        held.insert(*id, one);
    }
    if changes.is_empty() {
        return Vec::new();
    }
    changes.entry(at.date).or_default();
    let mut looks = Vec::new();
    let mut told: BTreeMap<FactId, Possible> = BTreeMap::new();
    let mut disputed: BTreeSet<FactId> = BTreeSet::new();
    // Whether the level was assessed last, and the details as they were known then or are said again.
    let mut was_told = false;
    let mut beside: BTreeMap<FactId, Possible> = BTreeMap::new();
    for (day, changed) in changes {
        let mut words: Vec<(FactId, Word)> = Vec::new();
        for id in changed {
            let Some(held) = held.get_mut(&id) else {
                continue;
            };
            let fact = held.fact;
            told.remove(&id);
            disputed.remove(&id);
            let Some((state, settled)) = stand_of(model, fact, held.up_to(day), day) else {
                continue;
            };
            if !settled.sides.is_empty() {
                disputed.insert(id);
            }
            told.extend(settled.possible.map(|possible| (id, possible)));
            let heard = state.heard.iter().filter(|one| one.observed_on == day);
            words.extend(heard.map(|one| (id, naming.word(fact, &one.by, one.entry))));
        }
        // Time alone moves nothing.
        if words.is_empty() && day != at.date {
            continue;
        }
        let possible = told.iter().map(|(id, possible)| (*id, possible)).collect();
        let in_dispute = |id: &FactId| disputed.contains(id);
        let give_way = levels_giving_way(meaning, day, &possible, in_dispute, &reads);
        let stand = told.iter().filter(|(id, _)| !give_way.contains(id));
        let telling = Telling {
            told: stand.map(|(id, one)| (*id, one.clone())).collect(),
            presume: Presume::Nothing,
        };
        let is_told = telling.told.contains_key(&barrier);
        let details = telling.told.iter().filter(|(id, _)| **id != barrier);
        let details: Vec<(FactId, Possible)> =
            details.map(|(id, known)| (*id, known.clone())).collect();
        let same = |(id, known): &(FactId, Possible)| beside.get(id) == Some(known);
        let resumes = was_told && !is_told && details.iter().all(same);
        // Each assessment replaces what is known on its day.
        if is_told && words.iter().any(|(id, _)| *id == barrier) {
            beside.clear();
        }
        if !words.is_empty() {
            was_told = is_told || resumes;
            beside.extend(details);
        }
        // A level that somebody told whole rests on no detail.
        if is_told {
            words.retain(|(id, _)| *id == barrier);
        }
        let mut said: Vec<Word> = words.into_iter().map(|(_, word)| word).collect();
        said.sort();
        let facts = resolve(meaning, day, &telling, &reads).facts;
        looks.push(Look {
            day,
            level: facts.view(Slot::Fact(barrier)).into_owned(),
            said,
            resumes,
        });
    }
    looks
}
