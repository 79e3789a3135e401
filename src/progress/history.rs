//! The levels of barriers over time, by the rules of one day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Word;
use crate::diagnostic::{Diagnostic, EntryId, Observation, stand_of};
use crate::fact::dictionary::{Fact, FactId};
use crate::fact::french;
use crate::fact::possible::Possible;
use crate::fact::set::ValueSet;
use crate::pack::EngineAt;
use crate::profile::{Presume, Telling, resolve};
use crate::rule::condition::{Meaning, Slot};
use crate::rule::reads::built_on;
use crate::vocabulary::FactName;

/// A barrier on a day on which something about it may have changed.
pub(super) struct Look {
    pub(super) day: NaiveDate,
    /// The levels that are possible.
    pub(super) level: ValueSet,
    /// What was said that day of the barrier and its details, and is heard.
    pub(super) said: Vec<Word>,
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
}

/// Whether some level is ruled out.
pub(super) fn says_something(fact: &Fact, level: &ValueSet) -> bool {
    !level.is_empty() && !fact.kind.domain().is_subset(level)
}

pub(super) fn in_french(fact: &Fact, level: &ValueSet) -> String {
    french::possible(fact, &Possible::Scalar(level.clone()))
}

type SaidOf<'d> = BTreeMap<&'d FactName, Vec<(EntryId, &'d Observation)>>;

/// Barriers of which anything was said, each on the days on which something was said or went
/// stale, and on the date.
pub(super) fn watched(
    at: &EngineAt,
    diagnostic: &Diagnostic,
    barriers: impl Iterator<Item = FactId>,
) -> Vec<Watched> {
    let model = at.engine.model();
    // What a rule was on an earlier day is no matter: it would pass for distance.
    let tables = model.tables.on(at.date);
    let meaning = Meaning {
        dictionary: &model.dictionary,
        tables: &tables,
    };
    let said = diagnostic.said_by(at.date);
    let watched = barriers.map(|fact| Watched {
        fact,
        looks: looks(at, meaning, &said, fact),
    });
    watched.filter(|one| !one.looks.is_empty()).collect()
}

fn looks(at: &EngineAt, meaning: Meaning<'_>, said: &SaidOf<'_>, barrier: FactId) -> Vec<Look> {
    let model = at.engine.model();
    let reads = built_on(meaning.dictionary, meaning.tables, vec![barrier], at.date);
    // On which days each fact may stand otherwise than before.
    let mut changes: BTreeMap<NaiveDate, BTreeSet<FactId>> = BTreeMap::new();
    for id in &reads {
        let fact = meaning.dictionary.fact(*id);
        for (_, one) in said.get(&fact.name).into_iter().flatten() {
            changes.entry(one.observed_on).or_default().insert(*id);
            let stale = fact.fresh.until(one.observed_on);
            let stale = stale.and_then(|last| last.succ_opt());
            if let Some(stale) = stale.filter(|stale| *stale <= at.date) {
                changes.entry(stale).or_default().insert(*id);
            }
        }
    }
    if changes.is_empty() {
        return Vec::new();
    }
    changes.entry(at.date).or_default();
    let mut told: BTreeMap<FactId, Possible> = BTreeMap::new();
    let look = |(day, changed): (NaiveDate, BTreeSet<FactId>)| {
        let mut words = Vec::new();
        for id in changed {
            let fact = meaning.dictionary.fact(id);
            let all = said.get(&fact.name).into_iter().flatten();
            let by_then = all.filter(|(_, one)| one.observed_on <= day).copied();
            let stands = stand_of(model, fact, by_then, day);
            let possible = stands
                .as_ref()
                .and_then(|(_, settled)| settled.possible.clone());
            match possible {
                Some(possible) => told.insert(id, possible),
                None => told.remove(&id),
            };
            let heard = stands.iter().flat_map(|(state, _)| &state.heard);
            words.extend(heard.filter(|one| one.observed_on == day).map(|one| Word {
                fact: fact.name.clone(),
                label: fact.label.to_string(),
                by: one.by.clone(),
                name: model.network.name_of(&one.by, at.date),
                entry: one.entry,
            }));
        }
        words.sort();
        let telling = Telling {
            told: told.clone(),
            presume: Presume::Nothing,
        };
        let facts = resolve(meaning, day, &telling, &reads).facts;
        Look {
            day,
            level: facts.view(Slot::Fact(barrier)).into_owned(),
            said: words,
        }
    };
    changes.into_iter().map(look).collect()
}
