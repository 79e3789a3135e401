//! Writing at one's own desk, receiving from others, merging.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::error::{EntryError, MergeError, RecordError, UnknownBodyError};
use super::exchange::{MOST_ENTRIES, MOST_ERASURES};
use super::reach::Reach;
use super::retention::Clocks;
use super::{Diagnostic, Entry, EntryId, Erasure, ErasureGround, Said, Scope, WithdrawalReason};
use crate::fact::dictionary::Fact;
use crate::fact::possible::{Possible, nearest};
use crate::pack::{Engine, EngineAt};
use crate::vocabulary::{BodyId, FactName, PersonRef};

/// The first day of the words about a body's own, by the body and by who speaks.
type Words<'e> = BTreeMap<(&'e BodyId, &'e BodyId), NaiveDate>;

/// An erasure that waits for others: what it covers of theirs is theirs to erase.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pending {
    /// The erasure.
    pub erasure: EntryId,
    /// The bodies to which it is addressed.
    pub bodies: BTreeSet<BodyId>,
}

/// A request for rectification that waits for its addressee: what it is about stands, and was
/// not taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contested {
    /// The request.
    pub request: EntryId,
    /// The observation.
    pub target: EntryId,
    /// The body that asks.
    pub by: BodyId,
    /// The body that is asked, which made the observation.
    pub of: BodyId,
    /// The fact it is about.
    pub fact: FactName,
    /// Why.
    pub reason: WithdrawalReason,
    /// The day of the request.
    pub since: NaiveDate,
}

/// What came in with a merge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// Entries that were not there.
    pub added: BTreeSet<EntryId>,
    /// Erasures that were not there.
    pub erasures: BTreeSet<EntryId>,
    /// Among both, those in the name of another body than the sender: it is claimed, not proved.
    pub in_anothers_name: BTreeSet<EntryId>,
    /// Among the erasures, those that take effect on what others than the sender said: their
    /// ground is claimed, not proved. [`Diagnostic::difference`] tells before what would go.
    pub binding_others: BTreeSet<EntryId>,
    /// How many entries went by the erasures received.
    pub erased: usize,
}

impl Diagnostic {
    /// Writes an entry at one's own desk, where the pack must know what it is about.
    ///
    /// # Errors
    ///
    /// [`RecordError`]: an unknown fact, code or body, a derived fact, everything or nothing
    /// possible, a withdrawal of what that body did not say, or what was taken back, said again to
    /// the letter.
    pub fn record(
        &mut self,
        engine: &Engine,
        entry: impl Into<Entry>,
    ) -> Result<EntryId, RecordError> {
        let entry = entry.into();
        entry.check()?;
        let entry = entry.in_order();
        UnknownBodyError::unless_known(engine, entry.by())?;
        let fact = known_fact(engine, entry.fact())?;
        let name = entry.fact().to_string();
        match &entry {
            Entry::Observation(observation) => {
                if !fact.is_told() {
                    return Err(RecordError::Derived { name });
                }
                if let Said::Known(said) = &observation.said {
                    match fact.read(said) {
                        Err(error) => return Err(RecordError::Told { name, error }),
                        Ok(read) if read == Possible::all(&fact.kind, fact.may_be_none()) => {
                            return Err(RecordError::WholeDomain { name });
                        }
                        Ok(_) => {}
                    }
                }
                // Its id is that of what was said: nothing makes the same words new ones.
                if self.takes_back_already(&entry) {
                    return Err(RecordError::TakenBack { name });
                }
            }
            Entry::Retraction(_) | Entry::Rectification(_) => {
                let of = entry.of().to_string();
                match self.takes_back(&entry) {
                    Some(true) => {}
                    Some(false) => return Err(RecordError::OtherTarget { fact: name, of }),
                    None => return Err(RecordError::NoTarget { fact: name, of }),
                }
            }
            Entry::Newer(_) => {}
        }
        self.receive(entry)?.ok_or(RecordError::Erased)
    }

    /// Writes an erasure at one's own desk, by the day asked about, where the pack must know its
    /// author; and its fact, unless something is held of it, or the time for that is over: what came
    /// from others and no pack knows must go as well. Where all goes, and a word of danger at home with
    /// it, an erasure of that fact is kept as well: the protection stays until somebody says that there
    /// is no danger.
    ///
    /// # Errors
    ///
    /// [`RecordError`]: an unknown body or fact, days that cannot be or are to come, or more than one
    /// diagnostic may hold.
    pub fn record_erasure(
        &mut self,
        at: &EngineAt,
        erasure: Erasure,
    ) -> Result<EntryId, RecordError> {
        let engine = &at.engine;
        UnknownBodyError::unless_known(engine, &erasure.by)?;
        // Until its day all that its author says would be gone at once, and nobody would know why.
        if erasure.recorded_on > at.date {
            return Err(RecordError::Ahead);
        }
        if let ErasureGround::Upheld { by } = &erasure.ground {
            UnknownBodyError::unless_known(engine, by)?;
        }
        if let Scope::Fact(fact) = &erasure.scope
            && erasure.ground != ErasureGround::Retention
            && !self.entries.values().any(|entry| entry.fact() == fact)
        {
            known_fact(engine, fact)?;
        }
        // Nobody lifts a protection by erasing all: that a word of danger went is kept of that fact alone.
        if erasure.scope == Scope::All
            && let Some(flag) = self.danger_that_goes(engine.model(), &erasure)
        {
            self.erase(Erasure {
                scope: Scope::Fact(flag.clone()),
                ..erasure.clone()
            })?;
        }
        Ok(self.erase(erasure)?)
    }

    /// Whether its author took this very observation back, be the observation held or not.
    fn takes_back_already(&self, entry: &Entry) -> bool {
        let id = EntryId::of(entry);
        self.entries.values().any(|one| {
            let is_about = matches!(one, Entry::Retraction(_)) && one.target() == Some(&id);
            is_about && one.speaks_of(entry)
        })
    }

    /// Whether a withdrawal is about an observation that is held, be it of a later version, and is as
    /// it says; true of what is no withdrawal.
    pub(super) fn is_straight(&self, entry: &Entry) -> bool {
        entry.target().is_none() || self.takes_back(entry) == Some(true)
    }

    /// Takes in an entry as it comes, be its fact or its codes unknown here: it is kept,
    /// handed on, and reported by every [`Resolution`](super::Resolution).
    ///
    /// An entry that an erasure covers is not kept, and has no id to be told.
    ///
    /// # Errors
    ///
    /// [`EntryError`] where it says nothing that could be kept, or where no more may be.
    pub fn receive(&mut self, entry: impl Into<Entry>) -> Result<Option<EntryId>, EntryError> {
        let entry = entry.into();
        entry.check()?;
        let entry = entry.in_order();
        if self.erasures.values().any(|erasure| erasure.covers(&entry)) {
            return Ok(None);
        }
        let id = EntryId::of(&entry);
        if self.entries.len() >= MOST_ENTRIES && !self.entries.contains_key(&id) {
            return Err(EntryError::Full {
                most: MOST_ENTRIES,
                what: "entries",
            });
        }
        self.entries.insert(id, entry);
        Ok(Some(id))
    }

    /// All that is stored of a person, at once: as [`receive`](Self::receive) and
    /// [`erase`](Self::erase) would leave it, in time that grows with its size alone.
    ///
    /// ```
    /// use spie::Diagnostic;
    ///
    /// let sent = Diagnostic::parse(r#"{ "version": 1, "person": "a81f", "entries": [
    ///     { "observation": { "by": "caf-51", "means": "attested", "observed_on": "2025-02-01",
    ///         "recorded_on": "2025-02-01", "fact": "rsa", "known": { "one_of": [{ "flag": true }] } } } ] }"#)?;
    /// let entries = sent.entries().map(|(_, entry)| entry.clone());
    /// let erasures = sent.erasures().map(|(_, erasure)| erasure.clone());
    /// let read = Diagnostic::restore(sent.person().clone(), entries, erasures)?;
    /// assert_eq!(read, sent);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`EntryError`] for the first that says nothing that could be kept, or where there are more than
    /// one diagnostic may hold.
    pub fn restore(
        person: PersonRef,
        entries: impl IntoIterator<Item = Entry>,
        erasures: impl IntoIterator<Item = Erasure>,
    ) -> Result<Self, EntryError> {
        let mut restored = Self::new(person);
        for erasure in erasures {
            restored.erase(erasure)?;
        }
        for entry in entries {
            entry.check()?;
            let entry = entry.in_order();
            restored.entries.insert(EntryId::of(&entry), entry);
        }
        restored.erase_what_is_covered();
        if restored.entries.len() > MOST_ENTRIES {
            return Err(EntryError::Full {
                most: MOST_ENTRIES,
                what: "entries",
            });
        }
        Ok(restored)
    }

    /// Erases what an erasure covers, and keeps it, so that no copy brings it back.
    ///
    /// # Errors
    ///
    /// [`EntryError`] where it covers nothing that could be named, or where no more may be kept.
    pub fn erase(&mut self, erasure: Erasure) -> Result<EntryId, EntryError> {
        erasure.check()?;
        let id = EntryId::of_erasure(&erasure);
        if self.erasures.len() >= MOST_ERASURES && !self.erasures.contains_key(&id) {
            return Err(EntryError::Full {
                most: MOST_ERASURES,
                what: "erasures",
            });
        }
        // What the others cover went when they came.
        self.entries.retain(|_, entry| !erasure.covers(entry));
        self.erasures.insert(id, erasure);
        Ok(id)
    }

    pub(super) fn erase_what_is_covered(&mut self) {
        let reach = Reach::of(self.erasures.values());
        self.entries.retain(|_, entry| !reach.covers(entry));
    }

    /// How many words of which bodies an erasure would take: whom to tell that it is recorded (RGPD
    /// art. 19). To be asked before: of what is gone nothing tells any more who said it.
    ///
    /// ```
    /// use spie::diagnostic::{Diagnostic, Erasure, ErasureGround, Observation, Said, Scope};
    /// use spie::fact::Means;
    /// use spie::vocabulary::{BodyId, FactName, PersonRef};
    /// use spie::{Engine, Knowledge, Pack};
    ///
    /// let at = Engine::new(&Pack::marne()?).at("2025-03-15".parse()?);
    /// let mut held = Diagnostic::new(PersonRef::parse("dossier-12")?);
    /// let caf = BodyId::parse("caf-51")?;
    /// held.record(at.engine(), Observation {
    ///     by: caf.clone(),
    ///     means: Means::Attested,
    ///     observed_on: "2025-01-10".parse()?,
    ///     recorded_on: "2025-01-11".parse()?,
    ///     fact: FactName::parse("rsa")?,
    ///     said: Said::Known(Knowledge::from(true)),
    ///     remark: None,
    /// })?;
    /// let order = Erasure {
    ///     by: BodyId::parse("departement-marne")?,
    ///     scope: Scope::All,
    ///     up_to: at.date(),
    ///     recorded_on: at.date(),
    ///     ground: ErasureGround::WrongPerson,
    /// };
    /// assert_eq!(held.takes_from(&order)[&caf], 1);
    /// held.record_erasure(&at, order.clone())?;
    /// assert!(held.takes_from(&order).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn takes_from(&self, erasure: &Erasure) -> BTreeMap<BodyId, usize> {
        let mut taken: BTreeMap<BodyId, usize> = BTreeMap::new();
        for entry in self.entries.values().filter(|entry| erasure.covers(entry)) {
            let words = taken.entry(entry.by().clone()).or_default();
            *words = words.saturating_add(1);
        }
        taken
    }

    /// Erasures that ask other bodies to erase what is still here, in the order of
    /// [`erasures`](Self::erasures). One by one: of many bodies and many erasures each pair is told.
    pub fn pending(&self) -> impl Iterator<Item = Pending> {
        // Of the words of a body on a fact the first is enough: an erasure is up to a day.
        let mut first: BTreeMap<&FactName, Words<'_>> = BTreeMap::new();
        for entry in self.entries.values() {
            let words = first.entry(entry.fact()).or_default();
            let day = words
                .entry((entry.of(), entry.by()))
                .or_insert_with(|| entry.observed_on());
            *day = entry.observed_on().min(*day);
        }
        let of_all = first.values().flatten();
        let mut of_any: Words<'_> = BTreeMap::new();
        for (who, day) in of_all {
            let first = of_any.entry(*who).or_insert(*day);
            *first = (*day).min(*first);
        }
        self.erasures.iter().filter_map(move |(id, erasure)| {
            let words = match &erasure.scope {
                Scope::All => &of_any,
                Scope::Fact(fact) => first.get(fact)?,
            };
            let asked = words
                .iter()
                .filter(|((of, by), day)| **day <= erasure.up_to && erasure.asks_for_words(of, by));
            let bodies: BTreeSet<BodyId> = asked.map(|((of, _), _)| (*of).clone()).collect();
            (!bodies.is_empty()).then_some(Pending {
                erasure: *id,
                bodies,
            })
        })
    }

    /// Requests for rectification that wait on a date, the oldest first: each is for its addressee
    /// to answer, by a retraction or by a word to whoever asks (RGPD art. 12(3): within a month).
    ///
    /// A refusal is no entry: a request that was refused stays here until what it is about is out
    /// of active use. Whoever refuses notes it, and why, in the software at hand (`docs/rgpd.md`).
    ///
    /// ```
    /// use spie::diagnostic::{Diagnostic, Observation, Said, WithdrawalReason};
    /// use spie::fact::Means;
    /// use spie::vocabulary::{BodyId, FactName, PersonRef};
    /// use spie::{Engine, Knowledge, Pack};
    ///
    /// let engine = Engine::new(&Pack::marne()?);
    /// let mut diagnostic = Diagnostic::new(PersonRef::parse("dossier-12")?);
    /// let said = Observation {
    ///     by: BodyId::parse("caf-51")?,
    ///     means: Means::Declared,
    ///     observed_on: "2025-01-10".parse()?,
    ///     recorded_on: "2025-01-10".parse()?,
    ///     fact: FactName::parse("licence.b")?,
    ///     said: Said::Known(Knowledge::from(true)),
    ///     remark: None,
    /// };
    /// diagnostic.record(&engine, said.clone())?;
    /// let (asks, on) = (BodyId::parse("ml-reims")?, "2025-02-03".parse()?);
    /// diagnostic.record(&engine, said.contested(asks, on, WithdrawalReason::Contested))?;
    /// let at = engine.at(on);
    /// assert_eq!(diagnostic.contested(&at)[0].of.as_str(), "caf-51");
    ///
    /// diagnostic.record(&engine, said.retracted(on, WithdrawalReason::Contested))?;
    /// assert!(diagnostic.contested(&at).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn contested(&self, at: &EngineAt) -> Vec<Contested> {
        let taken_back = self.retracted();
        let clocks = Clocks::new(self, at.engine.model(), at.date);
        let requests = self.entries.iter().filter_map(|(id, entry)| {
            let Entry::Rectification(request) = entry else {
                return None;
            };
            let waits = self.is_straight(entry)
                && !taken_back.contains(&request.target)
                && clocks.is_active(entry);
            waits.then(|| Contested {
                request: *id,
                target: request.target,
                by: request.by.clone(),
                of: request.of.clone(),
                fact: request.fact.clone(),
                reason: request.reason,
                since: request.recorded_on,
            })
        });
        let mut requests: Vec<Contested> = requests.collect();
        requests.sort_by_key(|one| (one.since, one.request));
        requests
    }

    /// All that either holds, without what an erasure of either covers: the same whichever
    /// comes first, and however often.
    ///
    /// # Errors
    ///
    /// [`MergeError`] where they belong to two references, or are more than one may hold.
    pub fn merge(&self, other: &Self) -> Result<Self, MergeError> {
        if self.person != other.person {
            return Err(MergeError::OtherPerson {
                expected: self.person.clone(),
                found: other.person.clone(),
            });
        }
        let mut merged = self.clone();
        let erasures = other.erasures.iter();
        let erasures = erasures.map(|(id, erasure)| (*id, erasure.clone()));
        merged.erasures.extend(erasures);
        let entries = other.entries.iter();
        let entries = entries.map(|(id, entry)| (*id, entry.clone()));
        merged.entries.extend(entries);
        merged.erase_what_is_covered();
        // What is merged must be written and read again.
        if merged.entries.len() > MOST_ENTRIES || merged.erasures.len() > MOST_ERASURES {
            return Err(MergeError::TooMany {
                entries: MOST_ENTRIES,
                erasures: MOST_ERASURES,
            });
        }
        Ok(merged)
    }

    /// Merges what a body sent, and tells what came in and in whose name.
    ///
    /// # Errors
    ///
    /// [`MergeError`] where they belong to two references, or are more than one may hold.
    pub fn merge_from(&mut self, sender: &BodyId, other: &Self) -> Result<Received, MergeError> {
        let new = other.entries.keys().copied();
        let mut added: BTreeSet<EntryId> =
            new.filter(|id| !self.entries.contains_key(id)).collect();
        let new = other.erasures.keys().copied();
        let erasures: BTreeSet<EntryId> =
            new.filter(|id| !self.erasures.contains_key(id)).collect();
        let before = self.entries.len();
        *self = self.merge(other)?;
        added.retain(|id| self.entries.contains_key(id));
        let kept = self.entries.len().saturating_sub(added.len());
        let author = |id: &EntryId| {
            let entry = self.entries.get(id).map(Entry::by);
            entry.or_else(|| self.erasures.get(id).map(|erasure| &erasure.by))
        };
        let of_another = |id: &&EntryId| author(id).is_some_and(|by| by != sender);
        let in_anothers_name = added.iter().chain(&erasures).filter(of_another).copied();
        let binds_others = |id: &&EntryId| {
            let erasure = self.erasures.get(id);
            erasure.is_some_and(|erasure| erasure.binds_others_than(sender))
        };
        Ok(Received {
            in_anothers_name: in_anothers_name.collect(),
            binding_others: erasures.iter().filter(binds_others).copied().collect(),
            erased: before.saturating_sub(kept),
            added,
            erasures,
        })
    }

    /// Takes some observations away to the diagnostic of another reference: homonyms, or twins
    /// entered as one. What is said about an observation goes with it; both keep the erasures, so
    /// that no old copy brings anything back to either.
    ///
    /// Copies that partners made before still hold what moves: tell them. Decisions that used it
    /// are those of which [`rests_on`](crate::orientation::decision::DecisionRecord::rests_on)
    /// holds for the second diagnostic.
    #[must_use]
    pub fn split(
        mut self,
        person: PersonRef,
        goes: impl Fn(&EntryId, &Entry) -> bool,
    ) -> (Self, Self) {
        let mut other = Self::new(person);
        other.erasures.clone_from(&self.erasures);
        let all = std::mem::take(&mut self.entries);
        let leaves: BTreeSet<EntryId> = all
            .iter()
            .filter(|(id, entry)| {
                let about = entry.target().and_then(|target| all.get_key_value(target));
                let (id, entry) = about.unwrap_or((id, entry));
                goes(id, entry)
            })
            .map(|(id, _)| *id)
            .collect();
        let (parted, kept) = all.into_iter().partition(|(id, _)| leaves.contains(id));
        other.entries = parted;
        self.entries = kept;
        (self, other)
    }
}

fn known_fact<'e>(engine: &'e Engine, fact: &FactName) -> Result<&'e Fact, RecordError> {
    let dictionary = &engine.model().dictionary;
    let Some(id) = dictionary.id(fact.as_str()) else {
        return Err(RecordError::UnknownFact {
            name: fact.to_string(),
            mend: nearest(fact.as_str(), dictionary.names()).map(str::to_owned),
        });
    };
    Ok(dictionary.fact(id))
}
