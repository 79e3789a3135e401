//! Data minimisation: what need not be asked, and what need not be held.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;

use super::orienting::Orienting;
use super::{Dispute, MismatchError, Orientation, PackReference, restricted};
use crate::calendar::in_french;
use crate::diagnostic::{Diagnostic, LeftOutReason};
use crate::fact::Reason;
use crate::fact::dictionary::{Fact, FactId};
use crate::fact::possible::Possible;
use crate::pack::model::{Model, Standing};
use crate::pack::{Engine, EngineAt};
use crate::profile::Profile;
use crate::rule::deadline::Within;
use crate::vocabulary::{FactName, Period};

/// Of what nobody can weigh: as justice, violence and the protection of children.
const MOST_SENSITIVE: u8 = 3;

/// The version of the report below, in its JSON form.
pub const IDLE_FACTS_VERSION: u32 = 1;

/// Facts on which no answer rests: a report that a data protection officer files (RGPD art.
/// 5(1)(c)). It names facts and never says what anybody told of them.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct IdleFacts {
    /// Of this form: [`IDLE_FACTS_VERSION`].
    pub version: u32,
    /// The pack by which it was found.
    pub pack: PackReference,
    /// Of one person, the day asked about; absent where any day of the pack was looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// How many facts were looked at: all that somebody may tell, or those held of the person.
    pub looked_at: u32,
    /// Those on which nothing rests, in the order of the dictionary; then those that it does not have.
    pub facts: Vec<IdleFact>,
}

/// A fact that changes no answer.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct IdleFact {
    /// The fact.
    pub fact: FactName,
    /// Its French label.
    pub label: String,
    /// Its theme, in French.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// As [`ProofFact::sensitivity`](super::ProofFact::sensitivity).
    pub sensitivity: u8,
    /// Why nothing rests on it.
    pub reason: IdleReason,
}

/// Why no answer rests on a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum IdleReason {
    /// It counts, and every answer is the same without it.
    NoEffect,
    /// All that was said of it is too old to count.
    Stale,
    /// The pack has no such fact, or cannot read what was said of it.
    Unread,
}

impl IdleReason {
    /// For the report, where it is not the ordinary one.
    fn in_french(self) -> &'static str {
        match self {
            Self::NoEffect => "",
            Self::Stale => ", trop ancien pour compter",
            Self::Unread => ", que le paquet ne sait pas lire",
        }
    }
}

impl IdleFact {
    fn new(model: &Model, fact: &Fact, reason: IdleReason) -> Self {
        let theme = model.dictionary.theme_label(fact.theme.as_deref());
        Self {
            fact: fact.name.clone(),
            label: fact.label.to_string(),
            theme: theme.map(str::to_owned),
            sensitivity: fact.sensitivity,
            reason,
        }
    }

    /// A fact that the pack does not know: it may be the most sensitive one.
    fn unknown(fact: &FactName, reason: IdleReason) -> Self {
        Self {
            fact: fact.clone(),
            label: fact.to_string(),
            theme: None,
            sensitivity: MOST_SENSITIVE,
            reason,
        }
    }
}

impl IdleFacts {
    fn of(
        model: &Model,
        date: Option<NaiveDate>,
        looked_at: impl Fn(FactId) -> bool,
        idle: impl Fn(FactId) -> bool,
    ) -> Self {
        let facts = model.dictionary.iter();
        let told: Vec<_> = facts
            .filter(|(id, fact)| fact.is_told() && looked_at(*id))
            .collect();
        let idle = told.iter().filter(|(id, _)| idle(*id));
        let described = idle.map(|(_, fact)| IdleFact::new(model, fact, IdleReason::NoEffect));
        Self {
            version: IDLE_FACTS_VERSION,
            pack: PackReference::of(model),
            date,
            looked_at: u32::try_from(told.len()).unwrap_or(u32::MAX),
            facts: described.collect(),
        }
    }
}

/// The report as it is filed, in French.
impl fmt::Display for IdleFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (idle, all) = (self.facts.len(), self.looked_at);
        match self.date {
            Some(date) => writeln!(
                f,
                "Minimisation au {} : faits tenus sans effet sur la réponse, {idle} sur {all}",
                in_french(date)
            )?,
            None => writeln!(
                f,
                "Minimisation : faits dont aucune réponse ne dépend, à aucune date, {idle} sur {all}"
            )?,
        }
        writeln!(
            f,
            "Paquet : {}, identité {}",
            self.pack.title, self.pack.identity
        )?;
        for one in &self.facts {
            let theme = one.theme.as_ref();
            let theme = theme.map(|theme| format!("{theme}, ")).unwrap_or_default();
            let (label, fact) = (&one.label, &one.fact);
            writeln!(
                f,
                " - {label} ({theme}sensibilité {}, `{fact}`){}",
                one.sensitivity,
                one.reason.in_french()
            )?;
        }
        Ok(())
    }
}

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
    /// let idle = dictionary.unused_facts().facts;
    /// assert!(idle.iter().any(|one| one.fact.as_str() == "licence.b"));
    /// assert!(!idle.iter().any(|one| one.fact.as_str() == "legal_protection"));
    ///
    /// let report = Engine::new(&Pack::marne()?).unused_facts();
    /// assert!(!report.facts.iter().any(|one| one.fact.as_str() == "licence.b"));
    /// assert!(report.to_string().contains("dont aucune réponse ne dépend"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn unused_facts(&self) -> IdleFacts {
        let model = self.model();
        let mut used = of_standing(&model.standing);
        for day in self.days(Period::default()) {
            used.extend(self.at(day).facts_read());
        }
        IdleFacts::of(model, None, |_| true, |id| !used.contains(&id))
    }
}

impl EngineAt {
    /// Facts held about a person that nothing in their answer rests on: without all of
    /// them each verdict, track, body, deadline and set-aside is the same.
    ///
    /// They can go together. Where either of two could go, and not both, the more sensitive goes,
    /// and of two as sensitive the first of the dictionary: it is one set that can go, and maybe
    /// not the only one. What is missing may change, as what is erased is no longer known; what is
    /// disputed or known in part, and asked for, is never among them.
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
    /// let report = engine.at(date).held_in_vain(&profile)?;
    /// assert_eq!(report.looked_at, 2);
    /// assert!(!report.facts.iter().any(|one| one.fact.as_str() == "birth_date"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`MismatchError`] when the profile was built for another engine or date.
    pub fn held_in_vain(&self, profile: &Profile) -> Result<IdleFacts, MismatchError> {
        let model = self.engine.model();
        let whole = Orienting::new(self, profile, self.truths(profile)?);
        let (proposed, _) = whole.candidates();
        let within = proposed.iter().filter_map(|one| one.rule.within.as_ref());
        let mut stays = events(within.chain(self.of_meetings()));
        stays.extend(of_standing(&model.standing));
        stays.extend(self.awaited(profile)?);
        let mut may_go: Vec<FactId> = profile.told.keys().copied().collect();
        may_go.retain(|id| !stays.contains(id));
        may_go.sort_by_key(|id| (Reverse(model.dictionary.fact(*id).sensitivity), *id));
        let mut idle = BTreeSet::new();
        let (mut told, mut reasons) = (profile.told.clone(), profile.reasons.clone());
        for id in may_go {
            let Some(one) = told.remove(&id) else {
                continue;
            };
            let without = Profile::new(&self.engine, self.date, told, reasons);
            let truths = self.truths(&without)?;
            // Which tracks are possible is found case by case of what is open, beyond the truths.
            let same = truths == whole.truths
                && Orienting::new(self, &without, truths).has_tracks_of(&whole);
            (told, reasons) = (without.told, without.reasons);
            if same {
                idle.insert(id);
            } else {
                told.insert(id, one);
            }
        }
        // With danger at home no report tells what is known of the home.
        let hidden = restricted::is_restricted(model, profile);
        let held = |id| {
            profile.told.get(&id).is_some_and(|told| {
                !hidden || !model.known_tells(id, &told.possible, self.date).home()
            })
        };
        let idle = |id| idle.contains(&id);
        Ok(IdleFacts::of(model, Some(self.date), held, idle))
    }

    /// The same of all that bodies hold of a person and is in use: what changes no answer, and also
    /// what is too old to count and what the pack cannot read, on which no answer can rest.
    ///
    /// What is archived is kept for appeals and accounts, and that somebody did not answer keeps them
    /// from being asked again: neither is held in vain.
    ///
    /// ```
    /// use spie::diagnostic::{Diagnostic, Observation, Said};
    /// use spie::fact::Means;
    /// use spie::orientation::IdleReason;
    /// use spie::vocabulary::{BodyId, FactName, PersonRef};
    /// use spie::{Engine, Knowledge, Pack};
    ///
    /// let at = Engine::new(&Pack::marne()?).at("2025-03-15".parse()?);
    /// let mut held = Diagnostic::new(PersonRef::parse("dossier-12")?);
    /// held.record(at.engine(), Observation {
    ///     by: BodyId::parse("ml-reims")?,
    ///     means: Means::Declared,
    ///     observed_on: "2023-06-05".parse()?,
    ///     recorded_on: "2023-06-05".parse()?,
    ///     fact: FactName::parse("vehicle.available")?,
    ///     said: Said::Known(Knowledge::from(true)),
    ///     remark: None,
    /// })?;
    /// let report = at.idle_in(&held)?;
    /// assert_eq!(report.facts[0].reason, IdleReason::Stale);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`MismatchError`] as for a profile: it does not happen.
    pub fn idle_in(&self, held: &Diagnostic) -> Result<IdleFacts, MismatchError> {
        let model = self.engine.model();
        let dictionary = &model.dictionary;
        let resolution = held.resolve(self);
        let profile = Profile::of_resolution(self, &resolution);
        let mut report = self.held_in_vain(&profile)?;
        // What counts no more, or cannot be read, may still tell of the home.
        if restricted::is_restricted(model, &profile) {
            return Ok(report);
        }
        let stale = resolution.facts.iter();
        let was_known = |name: &FactName| {
            let settled = dictionary.id(name.as_str());
            let settled = settled.and_then(|id| resolution.settled.get(&id));
            settled.is_some_and(|one| one.reason == Some(Reason::Stale))
        };
        let stale = stale.filter(|(name, _)| was_known(name));
        let stale = stale.map(|(name, _)| (name, IdleReason::Stale));
        let unread = resolution.left_out.iter().filter_map(|one| {
            let reason = match one.reason {
                LeftOutReason::SaysNothing => IdleReason::NoEffect,
                // It asks something of a word, and says nothing of the fact.
                LeftOutReason::NoTarget => return None,
                _ => IdleReason::Unread,
            };
            // Of a fact of which other words count, these are no part of the report.
            let counts = resolution.facts.contains_key(&one.fact);
            (!counts).then_some((&one.fact, reason))
        });
        // What the engine itself treats counts by other ways than rules: erased, it may be a refusal or
        // a danger that was erased.
        let standing = of_standing(&model.standing);
        for (name, reason) in stale.chain(unread) {
            let id = dictionary.id(name.as_str());
            let is_told = report.facts.iter().any(|known| known.fact == *name);
            if is_told || id.is_some_and(|id| standing.contains(&id)) {
                continue;
            }
            report.looked_at = report.looked_at.saturating_add(1);
            report.facts.push(match id {
                Some(id) => IdleFact::new(model, dictionary.fact(id), reason),
                None => IdleFact::unknown(name, reason),
            });
        }
        let place = |one: &IdleFact| dictionary.id(one.fact.as_str());
        report
            .facts
            .sort_by_key(|one| (place(one).is_none(), place(one)));
        Ok(report)
    }

    /// Facts known in part of which more is asked: an answer waits for them.
    fn awaited(&self, profile: &Profile) -> Result<BTreeSet<FactId>, MismatchError> {
        let model = self.engine.model();
        let asked = self.orient_whole(profile)?.missing;
        let disputes = self.disputes(profile)?.into_iter();
        let to_settle = disputes.filter(Dispute::matters).map(|one| one.fact);
        let names = asked.into_keys().chain(to_settle);
        Ok(names
            .filter_map(|name| model.dictionary.id(name.as_str()))
            .collect())
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
        standing.resumes_on,
        standing.track,
        standing.lead,
        standing.consent,
    ];
    facts.into_iter().flatten().collect()
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
        let orientation = self.orient(profile)?;
        Ok(self.coverage_of(profile, &orientation, |_| true))
    }

    /// The same, where only some facts count; the orientation is that of the profile.
    pub(super) fn coverage_of(
        &self,
        profile: &Profile,
        orientation: &Orientation,
        counts: impl Fn(&Fact) -> bool,
    ) -> Vec<ThemeCoverage> {
        let model = self.engine.model();
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
        themes.into_values().collect()
    }
}

#[cfg(test)]
mod laws {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;
    use crate::Pack;
    use crate::orientation::known_in_part::{engine, known_in_part};

    /// Few where nobody asks for more: each looks at one answer for every fact that is held.
    fn cases() -> ProptestConfig {
        match std::env::var_os("PROPTEST_CASES") {
            Some(_) => ProptestConfig::default(),
            None => ProptestConfig::with_cases(24),
        }
    }

    /// What is answered, without who said what it rests on and what is missing.
    fn answer(orientation: &Orientation) -> Vec<String> {
        let proposals = orientation.proposals.iter().map(|one| {
            let grounds = one.grounds.iter();
            let grounds: Vec<_> = grounds.map(|one| (&one.rule, one.verdict)).collect();
            let deadline = serde_json::to_string(&one.deadline).unwrap();
            format!(
                "{} {} {:?} {deadline} {:?} {grounds:?}",
                one.rank, one.scheme, one.body, one.certainty
            )
        });
        let aside = orientation.set_aside.iter();
        let aside = aside.map(|one| format!("{} {:?}", one.scheme, one.winner));
        let track = orientation.track.iter().flat_map(|track| {
            let options = track.options.iter();
            options.map(|one| format!("{} {:?} {:?}", one.track, one.lead, track.certainty))
        });
        proposals.chain(aside).chain(track).collect()
    }

    fn without(profile: &Profile, at: &EngineAt, facts: &IdleFacts) -> Profile {
        let dictionary = &at.engine.model().dictionary;
        let mut told = profile.told.clone();
        for one in &facts.facts {
            told.remove(&dictionary.id(one.fact.as_str()).unwrap());
        }
        Profile::new(&at.engine, at.date, told, profile.reasons.clone())
    }

    proptest! {
        #![proptest_config(cases())]

        /// Whoever erases all that is listed changes no answer.
        #[test]
        fn what_is_held_in_vain_may_all_go(
            who in 0_usize..12,
            kept in prop::collection::vec(prop::bool::weighted(0.8), 60),
            days in 0_u64..1500,
        ) {
            let engine = engine();
            let person = known_in_part(who, &kept);
            let start: NaiveDate = "2021-06-15".parse().unwrap();
            let at = engine.at(start + chrono::Days::new(days));
            let profile = person.profile(engine, at.date).unwrap();
            let idle = at.held_in_vain(&profile).unwrap();
            let left = without(&profile, &at, &idle);
            let (before, after) = (at.orient(&profile).unwrap(), at.orient(&left).unwrap());
            prop_assert_eq!(answer(&before), answer(&after));
            // Nothing else can go, but for what was kept as long as something waited for it.
            let waited = at.awaited(&profile).unwrap();
            let id = |one: &IdleFact| engine.model().dictionary.id(one.fact.as_str()).unwrap();
            let again = at.held_in_vain(&left).unwrap().facts;
            prop_assert!(again.iter().all(|one| waited.contains(&id(one))), "{:?}", again);
        }
    }

    /// Of two facts that close the same, either could go alone: one of them stays.
    #[test]
    fn of_two_that_say_the_same_one_stays() {
        let pack = r#"
            [pack]
            id = "two"
            title = "Deux faits qui disent la même chose"
            extends = "core"

            [[fact]]
            name = "two.both"
            type = "flag"
            label = "l'un ou l'autre"
            theme = "work"
            derive = { condition = "licence.b or digital.email" }

            [[scheme]]
            id = "either"
            title = "L'un ou l'autre"
            theme = "work"
            source = "essai"
            verified = true

            [[rule]]
            id = "either"
            title = "L'un ou l'autre"
            when = "two.both"
            propose = { scheme = "either", partner = "departement", priority = 30 }
            because = "L'un ou l'autre."
            source = "essai"
            verified = true
        "#;
        let pack = Pack::parse([("pack.toml", pack)], Some(&Pack::core().unwrap())).unwrap();
        let engine = Engine::new(&pack);
        let date: NaiveDate = "2025-03-15".parse().unwrap();
        let (at, builder) = (engine.at(date), Profile::builder(&engine, date));
        let profile = builder
            .set("licence.b", true)
            .set("digital.email", true)
            .build()
            .unwrap();
        let idle = at.held_in_vain(&profile).unwrap();
        assert_eq!(idle.facts.len(), 1, "{idle:?}");
        let left = without(&profile, &at, &idle);
        assert_eq!(at.orient(&left).unwrap().proposals.len(), 1);
    }
}
