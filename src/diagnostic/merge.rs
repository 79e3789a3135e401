//! Writing at one's own desk, receiving from others, merging.

use std::collections::BTreeSet;

use super::error::{EntryError, MergeError, RecordError, UnknownBodyError};
use super::{Diagnostic, Entry, EntryId, Erasure, Said};
use crate::fact::possible::{self, Possible, nearest};
use crate::pack::Engine;
use crate::vocabulary::{BodyId, PersonRef};

/// An erasure that waits for others: what it covers of theirs is theirs to erase.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pending {
    /// The erasure.
    pub erasure: EntryId,
    /// The bodies to which it is addressed.
    pub bodies: BTreeSet<BodyId>,
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
    /// How many entries went by the erasures received.
    pub erased: usize,
}

impl Diagnostic {
    /// Writes an entry at one's own desk, where the pack must know what it is about.
    ///
    /// # Errors
    ///
    /// [`RecordError`]: an unknown fact, code or body, a derived fact, everything or nothing
    /// possible, or a retraction of what that body did not say.
    pub fn record(
        &mut self,
        engine: &Engine,
        entry: impl Into<Entry>,
    ) -> Result<EntryId, RecordError> {
        let entry = entry.into();
        entry.check()?;
        UnknownBodyError::unless_known(engine, entry.by())?;
        let dictionary = &engine.model().dictionary;
        let name = entry.fact().to_string();
        let Some(id) = dictionary.id(&name) else {
            let mend = nearest(&name, dictionary.names()).map(str::to_owned);
            return Err(RecordError::UnknownFact { name, mend });
        };
        let fact = dictionary.fact(id);
        match &entry {
            Entry::Observation(observation) => {
                if !fact.is_told() {
                    return Err(RecordError::Derived { name });
                }
                if let Said::Known(said) = &observation.said {
                    let none = fact.optional || fact.only_if.is_some();
                    match possible::resolve(&fact.kind, none, said) {
                        Err(error) => return Err(RecordError::Told { name, error }),
                        Ok(read) if read == Possible::all(&fact.kind, fact.optional) => {
                            return Err(RecordError::WholeDomain { name });
                        }
                        Ok(_) => {}
                    }
                }
            }
            Entry::Retraction(retraction) => self.targets(&retraction.target, &entry)?,
            Entry::Rectification(request) => self.targets(&request.target, &entry)?,
            Entry::Newer(_) => {}
        }
        Ok(self.receive(entry)?)
    }

    fn targets(&self, target: &EntryId, entry: &Entry) -> Result<(), RecordError> {
        let target = self.entries.get(target).ok_or(RecordError::Target)?;
        let same = matches!(target, Entry::Observation(_))
            && target.by() == entry.of()
            && target.fact() == entry.fact()
            && target.observed_on() == entry.observed_on();
        same.then_some(()).ok_or(RecordError::Target)
    }

    /// Takes in an entry as it comes, be its fact or its codes unknown here: it is kept,
    /// handed on, and reported by every [`Resolution`](super::Resolution).
    ///
    /// An entry that an erasure covers is not kept.
    ///
    /// # Errors
    ///
    /// [`EntryError`] where it says nothing that could be kept.
    pub fn receive(&mut self, entry: impl Into<Entry>) -> Result<EntryId, EntryError> {
        let entry = entry.into();
        entry.check()?;
        let entry = entry.in_order();
        let id = EntryId::of(&entry);
        if !self.is_erased(&entry) {
            self.entries.insert(id, entry);
        }
        Ok(id)
    }

    /// Erases what an erasure covers, and keeps it, so that no copy brings it back.
    ///
    /// # Errors
    ///
    /// [`EntryError`] where it covers nothing that could be named.
    pub fn erase(&mut self, erasure: Erasure) -> Result<EntryId, EntryError> {
        erasure.check()?;
        let id = EntryId::of_erasure(&erasure);
        self.erasures.insert(id, erasure);
        self.erase_what_is_covered();
        Ok(id)
    }

    fn is_erased(&self, entry: &Entry) -> bool {
        self.erasures.values().any(|erasure| erasure.covers(entry))
    }

    pub(super) fn erase_what_is_covered(&mut self) {
        let erasures = &self.erasures;
        self.entries
            .retain(|_, entry| !erasures.values().any(|erasure| erasure.covers(entry)));
    }

    /// Erasures that ask other bodies to erase what is still here.
    #[must_use]
    pub fn pending(&self) -> Vec<Pending> {
        let asked = self.erasures.iter().map(|(id, erasure)| {
            let entries = self.entries.values();
            let of = entries.filter(|entry| erasure.asks_for(entry));
            Pending {
                erasure: *id,
                bodies: of.map(|entry| entry.of().clone()).collect(),
            }
        });
        asked.filter(|pending| !pending.bodies.is_empty()).collect()
    }

    /// All that either holds, without what an erasure of either covers: the same whichever
    /// comes first, and however often.
    ///
    /// # Errors
    ///
    /// [`MergeError`] where they belong to two references.
    pub fn merge(&self, other: &Self) -> Result<Self, MergeError> {
        let mut merged = self.clone();
        merged.merge_in(other)?;
        Ok(merged)
    }

    fn merge_in(&mut self, other: &Self) -> Result<(), MergeError> {
        if self.person != other.person {
            return Err(MergeError::OtherPerson {
                expected: self.person.clone(),
                found: other.person.clone(),
            });
        }
        let erasures = other.erasures.iter();
        self.erasures
            .extend(erasures.map(|(id, erasure)| (*id, erasure.clone())));
        let entries = other.entries.iter();
        self.entries
            .extend(entries.map(|(id, entry)| (*id, entry.clone())));
        self.erase_what_is_covered();
        Ok(())
    }

    /// Merges what a body sent, and tells what came in and in whose name.
    ///
    /// # Errors
    ///
    /// [`MergeError`] where they belong to two references.
    pub fn merge_from(&mut self, sender: &BodyId, other: &Self) -> Result<Received, MergeError> {
        let before = self.clone();
        self.merge_in(other)?;
        let is_new = |id: &EntryId| !before.entries.contains_key(id);
        let added: BTreeSet<EntryId> = self.entries.keys().copied().filter(is_new).collect();
        let is_new = |id: &EntryId| !before.erasures.contains_key(id);
        let erasures: BTreeSet<EntryId> = self.erasures.keys().copied().filter(is_new).collect();
        let author = |id: &EntryId| {
            let entry = self.entries.get(id).map(Entry::by);
            entry.or_else(|| self.erasures.get(id).map(|erasure| &erasure.by))
        };
        let of_another = |id: &&EntryId| author(id).is_some_and(|by| by != sender);
        let in_anothers_name = added.iter().chain(&erasures).filter(of_another).copied();
        let still_here = |id: &&EntryId| self.entries.contains_key(*id);
        let erased = before.entries.keys().filter(|id| !still_here(id)).count();
        Ok(Received {
            in_anothers_name: in_anothers_name.collect(),
            erased,
            added,
            erasures,
        })
    }

    /// Takes some entries away to the diagnostic of another reference: homonyms, or twins
    /// entered as one. Erasures stay, and are copied.
    #[must_use]
    pub fn split(
        mut self,
        person: PersonRef,
        goes: impl Fn(&EntryId, &Entry) -> bool,
    ) -> (Self, Self) {
        let mut other = Self::new(person);
        other.erasures.clone_from(&self.erasures);
        let (moved, kept) = std::mem::take(&mut self.entries)
            .into_iter()
            .partition(|(id, entry)| goes(id, entry));
        other.entries = moved;
        self.entries = kept;
        (self, other)
    }
}
