//! A person at a date: what is possible, and from whom it is known.
//!
//! A [`Profile`] is built for one engine and one date. Building it reads what
//! was told through the dictionary, asks when facts apply (`only_if`), derives
//! ages, counts and levels, and lets presumptions stand in where nothing was
//! told, marked as such. After that, a profile does not change.

pub(crate) mod answers;
mod builder;
mod diagnosed;
mod resolve;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;

pub use builder::{ProfileBuilder, ProfileError, ProfileErrors};
pub(crate) use diagnosed::levels_giving_way;
pub(crate) use resolve::{
    Facts, Presume, Telling, Worlds, resolve, resolve_over, with_derived_fields,
};

use crate::fact::dictionary::FactId;
use crate::fact::possible::Possible;
use crate::fact::{Origin, Reason, Source};
use crate::pack::Engine;
use crate::rule::evaluate::Literals;

/// What is possible about one person on one date, for one engine.
///
/// ```
/// use spie::{Engine, Knowledge, Pack, Profile};
/// use chrono::NaiveDate;
///
/// let engine = Engine::new(&Pack::core()?);
/// let date: NaiveDate = "2025-03-15".parse()?;
/// let born: NaiveDate = "1990-03-01".parse()?;
/// let profile = Profile::builder(&engine, date)
///     .set("birth_date", born)
///     .set("licence.b", false)
///     .build()?;
/// assert_eq!(profile.date(), date);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Profile {
    pub(crate) engine: Engine,
    pub(crate) date: NaiveDate,
    pub(crate) told: BTreeMap<FactId, Told>,
    /// Why facts are not known; of a fact that was told: that it is disputed.
    pub(crate) reasons: BTreeMap<FactId, Reason>,
    /// The last day on which what is too old still counted.
    pub(crate) stale: BTreeMap<FactId, NaiveDate>,
    /// Somebody ever said that there is danger at home, whether or not that is still fresh.
    pub(crate) restricted: bool,
    /// What each side of a dispute says.
    pub(crate) disputes: BTreeMap<FactId, Vec<Possible>>,
    pub(crate) worlds: Worlds,
    /// For the program of that engine and date.
    pub(crate) literals: Literals,
}

/// One fact as told, read through the dictionary.
#[derive(Clone)]
pub(crate) struct Told {
    pub(crate) possible: Possible,
    pub(crate) source: Source,
    /// Others on whose word it rests as well.
    pub(crate) others: Vec<Source>,
}

impl Profile {
    /// Starts a profile for an engine and a date.
    #[must_use]
    pub fn builder(engine: &Engine, date: NaiveDate) -> ProfileBuilder {
        ProfileBuilder::new(engine, date)
    }

    /// The date the profile was built for.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        self.date
    }

    /// How the profile came to what it holds about a fact; `None` for an unknown name.
    #[must_use]
    pub fn origin(&self, fact: &str) -> Option<Origin> {
        let id = self.engine.model().dictionary.id(fact)?;
        Some(self.origin_of(id))
    }

    /// Facts whose value is only presumed.
    pub fn presumed_facts(&self) -> impl Iterator<Item = &str> {
        let dictionary = &self.engine.model().dictionary;
        self.worlds
            .presumed_facts
            .iter()
            .map(|id| dictionary.fact(*id).name.as_str())
    }

    pub(crate) fn origin_of(&self, id: FactId) -> Origin {
        if self.worlds.not_applicable.contains(&id) {
            return Origin::NotApplicable;
        }
        if self.worlds.contradicted.contains(&id) {
            return Origin::Unknown(Reason::Contradicted);
        }
        if let Some(told) = self.told.get(&id) {
            return Origin::Told(told.source.clone());
        }
        if self.worlds.presumed_facts.contains(&id) {
            return Origin::Presumed;
        }
        let fact = self.engine.model().dictionary.fact(id);
        if fact.derive.is_some() || !fact.levels.is_empty() {
            return Origin::Derived;
        }
        Origin::Unknown(self.reasons.get(&id).copied().unwrap_or_default())
    }

    pub(crate) fn new(
        engine: &Engine,
        date: NaiveDate,
        told: BTreeMap<FactId, Told>,
        reasons: BTreeMap<FactId, Reason>,
    ) -> Self {
        let possible = told
            .iter()
            .map(|(id, told)| (*id, told.possible.clone()))
            .collect();
        Self::of_telling(engine, date, (told, reasons), &Telling::all(possible))
    }

    /// The same, with the presumptions of some facts alone.
    pub(crate) fn presuming(
        engine: &Engine,
        date: NaiveDate,
        told: BTreeMap<FactId, Told>,
        presumed: BTreeSet<FactId>,
    ) -> Self {
        let possible = told
            .iter()
            .map(|(id, told)| (*id, told.possible.clone()))
            .collect();
        let telling = Telling {
            told: possible,
            presume: Presume::Only(presumed),
        };
        Self::of_telling(engine, date, (told, BTreeMap::new()), &telling)
    }

    fn of_telling(
        engine: &Engine,
        date: NaiveDate,
        (told, reasons): (BTreeMap<FactId, Told>, BTreeMap<FactId, Reason>),
        telling: &Telling,
    ) -> Self {
        let worlds = resolve::worlds(engine.model().meaning(), date, telling);
        let literals = engine.at(date).literals(&worlds);
        Self {
            engine: engine.clone(),
            date,
            told,
            reasons,
            stale: BTreeMap::new(),
            restricted: false,
            disputes: BTreeMap::new(),
            worlds,
            literals,
        }
    }

    /// What was told, without who said it.
    pub(crate) fn possible(&self) -> BTreeMap<FactId, Possible> {
        let told = self.told.iter();
        told.map(|(id, told)| (*id, told.possible.clone()))
            .collect()
    }

    /// Facts whose presumption narrows what is possible.
    pub(crate) fn presumptions(&self) -> &BTreeSet<FactId> {
        &self.worlds.presumed_facts
    }
}

/// Shows names and counts, never values.
impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profile")
            .field("date", &self.date)
            .field("facts_told", &self.told.len())
            .finish_non_exhaustive()
    }
}
