//! What is read in the whole diagnostic to say what is in a view: consent, who leads the
//! person, a danger at home.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::resolve::{has_authority, stand_of};
use super::retention::Clocks;
use super::{Diagnostic, Entry, EntryId, Erasure, Observation, Said, Scope};
use crate::Knowledge;
use crate::fact::Means;
use crate::fact::dictionary::Fact;
use crate::fact::possible::Possible;
use crate::fact::set::ValueSet;
use crate::pack::EngineAt;
use crate::pack::model::Model;
use crate::rule::condition::member_view;
use crate::vocabulary::{BodyId, FactName, RoleId};

/// What was said of an agreement, and when.
type Word = (NaiveDate, bool);

/// The later of two words; of one day, an agreement only where both are.
fn later(known: Option<Word>, word: Word) -> Word {
    match known {
        Some((day, accepted)) if day == word.0 => (day, accepted && word.1),
        Some(known) if known.0 > word.0 => known,
        _ => word,
    }
}

/// Whether what is known of a flag is surely that it is down.
fn denies(fact: &Fact, known: &Knowledge) -> bool {
    let read = fact.read(known);
    read.is_ok_and(|read| read == Possible::Scalar(ValueSet::point(0)))
}

/// A diagnostic without what was taken back.
pub(super) struct Whole<'d> {
    diagnostic: &'d Diagnostic,
    taken_back: BTreeSet<EntryId>,
}

impl<'d> Whole<'d> {
    pub(super) fn without(diagnostic: &'d Diagnostic, taken_back: BTreeSet<EntryId>) -> Self {
        Self {
            diagnostic,
            taken_back,
        }
    }

    /// What was observed of a fact by a date, what was taken back since included.
    fn ever_said_of(
        &self,
        fact: &FactName,
        until: NaiveDate,
    ) -> impl Iterator<Item = (EntryId, &'d Observation)> {
        let entries = self.diagnostic.entries.iter();
        entries.filter_map(move |(id, entry)| match entry {
            Entry::Observation(said) if said.fact == *fact && said.observed_on <= until => {
                Some((*id, said))
            }
            _ => None,
        })
    }

    /// What was observed of a fact by a date.
    fn said_of(
        &self,
        fact: &FactName,
        until: NaiveDate,
    ) -> impl Iterator<Item = (EntryId, &'d Observation)> {
        let ever = self.ever_said_of(fact, until);
        ever.filter(|(id, _)| !self.taken_back.contains(id))
    }

    /// What a later version says of a fact, which cannot be read here.
    fn unreadable(&self, fact: &FactName) -> impl Iterator<Item = &'d Entry> {
        let entries = self.diagnostic.entries.iter();
        let newer = entries.filter(move |(id, entry)| {
            let is_newer = matches!(entry, Entry::Newer(_)) && entry.fact() == fact;
            is_newer && !self.taken_back.contains(id)
        });
        newer.map(|(_, entry)| entry)
    }

    /// Whether the person consents to share with a body, on a date: the last word counts,
    /// whoever wrote it down, and a refusal of the same day.
    ///
    /// Where it is not sure that a refusal was never said, there is no agreement: what was erased
    /// may have been one, and so may what cannot be read. What the body itself wrote down is not
    /// heard against what the person told another one, and a refusal that it wrote down itself counts
    /// though it took it back: it opens nothing to itself.
    pub(super) fn consents(&self, at: &EngineAt, recipient: &BodyId) -> bool {
        let model = at.engine.model();
        let Some(id) = model.standing.consent else {
            return false;
        };
        let fact = model.dictionary.fact(id);
        let codes = fact.kind.nomenclature();
        let Some(place) = codes.and_then(|codes| codes.place(recipient.as_str())) else {
            return false;
        };
        let erasures = self.diagnostic.erasures.values();
        let erased = erasures.filter(|erasure| erasure.scope.holds(&fact.name));
        let erased = erased.map(|erasure| erasure.up_to).max();
        let (mut own, mut others): (Option<Word>, Option<Word>) = (None, None);
        let mut unreadable: Vec<NaiveDate> = self
            .unreadable(&fact.name)
            .map(Entry::observed_on)
            .collect();
        for (id, said) in self.ever_said_of(&fact.name, at.date) {
            let Said::Known(knowledge) = &said.said else {
                continue;
            };
            let day = said.observed_on;
            let Ok(read) = fact.read(knowledge) else {
                if !self.taken_back.contains(&id) {
                    unreadable.push(day);
                }
                continue;
            };
            let accepts = match member_view(&read, place).single() {
                // A yes is the person's, or on paper; a no counts whoever heard it.
                Some(1) if said.means == Means::Attested || has_authority(model, fact, said) => {
                    true
                }
                Some(0) => false,
                // Nothing is said about this body, or by nobody who may.
                _ => continue,
            };
            if accepts && erased.is_some_and(|until| day <= until) {
                continue;
            }
            let is_own_refusal = !accepts && said.by == *recipient;
            if self.taken_back.contains(&id) && !is_own_refusal {
                continue;
            }
            let last = if said.by == *recipient {
                &mut own
            } else {
                &mut others
            };
            *last = Some(later(*last, (day, accepts)));
        }
        let last = match (own, others) {
            (Some((_, true)), Some((_, false))) => others,
            (Some(own), others) => Some(later(others, own)),
            (None, others) => others,
        };
        let Some((day, true)) = last else {
            return false;
        };
        let since = |unread: &NaiveDate| (day..=at.date).contains(unread);
        !unreadable.iter().any(since) && fact.fresh.until(day).is_none_or(|until| at.date <= until)
    }

    /// Whether a body surely leads the person, by the decision in force, of what is in active use.
    pub(super) fn leads(&self, at: &EngineAt, recipient: &BodyId) -> bool {
        let model = at.engine.model();
        let Some(id) = model.standing.lead else {
            return false;
        };
        let fact = model.dictionary.fact(id);
        let clocks = Clocks::new(self.diagnostic, model, at.date);
        let said = self.said_of(&fact.name, at.date);
        let said = said.filter(|(_, one)| clocks.keeps_in_use(&one.by, &one.fact, one.observed_on));
        let stands = stand_of(model, fact, said, at.date);
        let Some((state, settled)) = stands else {
            return false;
        };
        let Some(Possible::Scalar(lead)) = &settled.possible else {
            return false;
        };
        let by_authority = state.heard.iter().any(|one| one.authority);
        by_authority
            && lead
                .single()
                .is_some_and(|lead| is_named(model, fact, lead, recipient, at.date))
    }

    /// Whether a body was ever said to lead the person, be it taken back since: it was shown what a lead body is.
    pub(super) fn led(&self, model: &Model, recipient: &BodyId) -> bool {
        let Some(id) = model.standing.lead else {
            return false;
        };
        let fact = model.dictionary.fact(id);
        let mut said = self.ever_said_of(&fact.name, NaiveDate::MAX);
        said.any(|(_, said)| match &said.said {
            Said::Known(knowledge) => match fact.read(knowledge) {
                Ok(Possible::Scalar(lead)) => {
                    lead.size() < 20
                        && lead
                            .values()
                            .any(|lead| is_named(model, fact, lead, recipient, said.observed_on))
                }
                _ => false,
            },
            Said::AskedUnknown | Said::Declined => false,
        })
    }

    /// Whether the person was ever said to share with a body, be it taken back since.
    pub(super) fn consented(&self, model: &Model, recipient: &BodyId) -> bool {
        let Some(id) = model.standing.consent else {
            return false;
        };
        let fact = model.dictionary.fact(id);
        let mut said = self.ever_said_of(&fact.name, NaiveDate::MAX);
        said.any(|(_, said)| match &said.said {
            Said::Known(Knowledge::Members { with, .. }) => {
                with.iter().any(|code| code.as_str() == recipient.as_str())
            }
            _ => false,
        })
    }

    /// Whether anybody ever said, and did not take back, that there may be danger at home.
    /// What cannot be read about it counts as that, and what was erased of it alone, until
    /// somebody says later that there is none: nobody lifts a protection by erasing it.
    pub(super) fn is_restricted(&self, model: &Model) -> bool {
        let Some(id) = model.standing.restricted else {
            return false;
        };
        let fact = model.dictionary.fact(id);
        let known: Vec<(NaiveDate, &Knowledge)> = self
            .said_of(&fact.name, NaiveDate::MAX)
            .filter_map(|(_, said)| match &said.said {
                Said::Known(known) => Some((said.observed_on, known)),
                Said::AskedUnknown | Said::Declined => None,
            })
            .collect();
        let denials = known.iter().filter(|(_, known)| denies(fact, known));
        let last_denial = denials.map(|(day, _)| *day).max();
        let safe_since = |erased: NaiveDate| last_denial.is_some_and(|day| day > erased);
        let mut erasures = self.diagnostic.erasures.values();
        let erased = erasures.any(|erasure| {
            matches!(&erasure.scope, Scope::Fact(name) if *name == fact.name)
                && !safe_since(erasure.up_to)
        });
        erased
            || known.iter().any(|(_, known)| !denies(fact, known))
            || self.unreadable(&fact.name).next().is_some()
    }
}

impl Diagnostic {
    /// The fact that tells of a danger at home, where an erasure takes a word that there may be one.
    pub(super) fn danger_that_goes<'m>(
        &self,
        model: &'m Model,
        erasure: &Erasure,
    ) -> Option<&'m FactName> {
        let fact = model.dictionary.fact(model.standing.restricted?);
        let tells = |entry: &Entry| match entry {
            Entry::Observation(Observation {
                said: Said::Known(known),
                ..
            }) => !denies(fact, known),
            Entry::Newer(_) => true,
            _ => false,
        };
        // What was taken back protects nobody.
        let taken_back = self.retracted();
        let mut entries = self.entries.iter();
        let goes = entries.any(|(id, entry)| {
            let counts = *entry.fact() == fact.name && !taken_back.contains(id);
            counts && erasure.covers(entry) && tells(entry)
        });
        goes.then_some(&fact.name)
    }

    /// Where nothing tells of a danger at home: the fact that would, and the last day on which somebody
    /// said that there is none.
    pub(super) fn spared_denial<'m>(
        &self,
        model: &'m Model,
    ) -> Option<(&'m FactName, Option<NaiveDate>)> {
        let fact = model.dictionary.fact(model.standing.restricted?);
        let whole = self.whole();
        if whole.is_restricted(model) {
            return None;
        }
        let said = whole.said_of(&fact.name, NaiveDate::MAX);
        let denied = said.filter_map(|(_, said)| match &said.said {
            Said::Known(known) => denies(fact, known).then_some(said.observed_on),
            Said::AskedUnknown | Said::Declined => None,
        });
        Some((&fact.name, denied.max()))
    }

    /// What was observed of each fact by a date, and was not taken back.
    pub(crate) fn said_until(
        &self,
        date: NaiveDate,
    ) -> BTreeMap<&FactName, Vec<(EntryId, &Observation)>> {
        let taken_back = self.retracted();
        let mut said: BTreeMap<&FactName, Vec<(EntryId, &Observation)>> = BTreeMap::new();
        for (id, entry) in &self.entries {
            if let Entry::Observation(one) = entry
                && one.observed_on <= date
                && !taken_back.contains(id)
            {
                said.entry(&one.fact).or_default().push((*id, one));
            }
        }
        said
    }

    /// Whether there may be danger at home, by [`Whole::is_restricted`].
    pub(crate) fn is_restricted(&self, model: &Model) -> bool {
        self.whole().is_restricted(model)
    }
}

/// Whether the lead body that a code stands for is surely this one: itself, or a role that it alone holds.
fn is_named(model: &Model, fact: &Fact, lead: i64, body: &BodyId, on: NaiveDate) -> bool {
    let codes = fact.kind.nomenclature();
    let code = codes.and_then(|codes| codes.code(lead));
    code.is_some_and(|code| {
        let role = RoleId::parse(code.as_str());
        code.as_str() == body.as_str()
            || role.is_ok_and(|role| model.network.holds_alone(body, &role, on))
    })
}
