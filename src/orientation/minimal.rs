//! Data minimisation: what need not be asked, and what need not be held.

use std::collections::{BTreeMap, BTreeSet};

use super::MismatchError;
use super::orienting::Orienting;
use crate::fact::dictionary::{Fact, FactId};
use crate::fact::possible::Possible;
use crate::pack::model::{Model, Standing};
use crate::pack::{Engine, EngineAt};
use crate::profile::Profile;
use crate::rule::deadline::Within;
use crate::vocabulary::{FactName, Period};

impl Engine {
    /// Facts of the pack's dictionary that no rule, track, body, deadline or derived fact
    /// reads on any day: asking them can change no answer.
    ///
    /// What a data protection officer files, and what the pack's author removes or gives a use.
    ///
    /// ```
    /// use spie::{Engine, Pack};
    ///
    /// // Without rules, only a person's standing is read.
    /// let dictionary = Engine::new(&Pack::core()?);
    /// let idle: Vec<_> = dictionary.unused_facts();
    /// assert!(idle.iter().any(|fact| fact.as_str() == "licence.b"));
    /// assert!(!idle.iter().any(|fact| fact.as_str() == "legal_protection"));
    ///
    /// let marne = Engine::new(&Pack::marne()?);
    /// assert!(!marne.unused_facts().iter().any(|fact| fact.as_str() == "licence.b"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn unused_facts(&self) -> Vec<FactName> {
        let model = self.model();
        let mut used = of_standing(&model.standing);
        for day in self.days(Period::default()) {
            used.extend(self.at(day).facts_read());
        }
        told_facts(model, |id| !used.contains(&id))
    }
}

impl EngineAt {
    /// Facts held about a person that nothing in their answer rests on: without any one of
    /// them each verdict, track, body, deadline and set-aside is the same.
    ///
    /// Each is left out alone: where two say the same thing, either could go, and not both.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use spie::{Engine, Pack, Profile};
    ///
    /// let engine = Engine::new(&Pack::marne()?);
    /// let date: NaiveDate = "2025-03-15".parse()?;
    /// let born: NaiveDate = "1990-03-01".parse()?;
    /// let profile = Profile::builder(&engine, date)
    ///     .set("birth_date", born)
    ///     .set("driving.medical_ok", true)
    ///     .build()?;
    /// let idle = engine.at(date).held_in_vain(&profile)?;
    /// assert!(!idle.iter().any(|fact| fact.as_str() == "birth_date"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`MismatchError`] when the profile was built for another engine or date.
    pub fn held_in_vain(&self, profile: &Profile) -> Result<Vec<FactName>, MismatchError> {
        let model = self.engine.model();
        let whole = Orienting::new(self, profile, self.truths(profile)?);
        let (proposed, _) = whole.candidates();
        let within = proposed.iter().filter_map(|one| one.rule.within.as_ref());
        let events = events(within.chain(self.of_meetings()));
        let standing = of_standing(&model.standing);
        let mut idle = BTreeSet::new();
        for id in profile.told.keys() {
            if events.contains(id) || standing.contains(id) {
                continue;
            }
            let mut told = profile.told.clone();
            told.remove(id);
            let without = Profile::new(&self.engine, self.date, told, profile.reasons.clone());
            if self.truths(&without)? == whole.truths {
                idle.insert(*id);
            }
        }
        Ok(told_facts(model, |id| idle.contains(&id)))
    }

    /// Base facts that whatever is in force reads.
    pub(super) fn facts_read(&self) -> BTreeSet<FactId> {
        let model = self.engine.model();
        let in_force = self.period.rules.iter();
        let rules = in_force.filter_map(|rule| model.rules.get(rule.place));
        let within = rules.filter_map(|(_, rule)| rule.within.as_ref());
        let mut read = self.period.reads();
        read.extend(events(within.chain(self.of_meetings())));
        read
    }

    /// Deadlines of the meetings that are proposed while a track is open.
    fn of_meetings(&self) -> impl Iterator<Item = &Within> {
        let meetings = self.engine.model().meetings.iter();
        let in_force = meetings.filter(|(period, _)| period.contains(self.date));
        in_force.filter_map(|(_, meeting)| meeting.within.as_ref())
    }
}

/// Facts from which deadlines count.
fn events<'w>(within: impl Iterator<Item = &'w Within>) -> BTreeSet<FactId> {
    within.filter_map(Within::event).collect()
}

/// Facts that the engine itself treats.
fn of_standing(standing: &Standing) -> BTreeSet<FactId> {
    let facts = [
        standing.deceased_on,
        standing.age,
        standing.protection,
        standing.restricted,
        standing.track,
        standing.lead,
        standing.consent,
    ];
    facts.into_iter().flatten().collect()
}

/// Facts that are told, in the order of the dictionary.
fn told_facts(model: &Model, wanted: impl Fn(FactId) -> bool) -> Vec<FactName> {
    let facts = model.dictionary.iter();
    let told = facts.filter(|(id, fact)| fact.is_told() && wanted(*id));
    told.map(|(_, fact)| fact.name.clone()).collect()
}

/// How much of a theme is known, and how much of the rest still matters.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ThemeCoverage {
    /// The theme.
    pub theme: String,
    /// Its French label.
    pub label: String,
    /// Facts that rules in force read and that are known.
    pub known: u32,
    /// Facts of which several values are possible, among those that rules read.
    pub partial: u32,
    /// Facts of which nothing is known, among those that rules read.
    pub unknown: u32,
    /// Among the partial and the unknown, those on which something still open for this person
    /// hangs: the others need not be asked.
    pub matter: u32,
}

impl EngineAt {
    /// How complete a profile is, theme by theme, weighed by what still matters for the
    /// person. Themes of which no rule in force reads anything are left out.
    ///
    /// # Errors
    ///
    /// [`MismatchError`] when the profile was built for another engine or date.
    pub fn coverage(&self, profile: &Profile) -> Result<Vec<ThemeCoverage>, MismatchError> {
        self.coverage_of(profile, |_| true)
    }

    /// The same, where only some facts count.
    pub(super) fn coverage_of(
        &self,
        profile: &Profile,
        counts: impl Fn(&Fact) -> bool,
    ) -> Result<Vec<ThemeCoverage>, MismatchError> {
        let model = self.engine.model();
        let orientation = self.orient(profile)?;
        let mut themes: BTreeMap<&str, ThemeCoverage> = BTreeMap::new();
        for id in self.facts_read() {
            let fact = model.dictionary.fact(id);
            let Some(theme) = fact
                .theme
                .as_deref()
                .filter(|_| fact.is_told() && counts(fact))
            else {
                continue;
            };
            let possible = profile.worlds.told.of(id);
            let is_told = profile.told.contains_key(&id);
            // Another fact settled that it does not arise: nobody told it, and nobody has to.
            let does_not_arise = Possible::none(&fact.kind);
            if !is_told && possible.is_some_and(|possible| *possible == does_not_arise) {
                continue;
            }
            let label = model.dictionary.theme_label(Some(theme));
            let entry = themes.entry(theme).or_insert_with(|| ThemeCoverage {
                theme: theme.to_owned(),
                label: label.unwrap_or(theme).to_owned(),
                known: 0,
                partial: 0,
                unknown: 0,
                matter: 0,
            });
            let known = possible.is_some_and(Possible::is_known);
            let place = match (known, is_told) {
                (true, _) => &mut entry.known,
                (false, true) => &mut entry.partial,
                (false, false) => &mut entry.unknown,
            };
            *place = place.saturating_add(1);
            if !known && orientation.missing.contains_key(&fact.name) {
                entry.matter = entry.matter.saturating_add(1);
            }
        }
        Ok(themes.into_values().collect())
    }
}
