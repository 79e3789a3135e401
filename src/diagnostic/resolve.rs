//! What a diagnostic says at a date: who is heard, who is overruled, who disagrees.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use chrono::NaiveDate;
use serde::Serialize;

use super::agree::{self, Agreed};
use super::retention::Clocks;
use super::whole::Whole;
use super::{Diagnostic, Entry, EntryId, Observation, Said};
use crate::debug::shows_only;
use crate::fact::dictionary::{Fact, FactId, Kind, ListKind, day_number};
use crate::fact::possible::Possible;
use crate::fact::set::ValueSet;
use crate::fact::{Means, Reason, Source, french};
use crate::pack::EngineAt;
use crate::pack::model::Model;
use crate::vocabulary::{BodyId, FactName};

/// How things stand with a fact about which something was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Status {
    /// One value.
    Known,
    /// Several values are possible, and nobody contradicts anybody.
    Partial,
    /// Those who are heard have nothing in common.
    Disputed,
    /// All that was said is too old.
    Stale,
    /// The person chose not to answer.
    Declined,
    /// The person was asked and does not know.
    AskedUnknown,
}

/// What one body said of a fact, as it counts on the date.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Voice {
    /// The observation.
    pub entry: EntryId,
    /// The body.
    pub by: BodyId,
    /// Its name on the date asked.
    pub name: String,
    /// By what means.
    pub means: Means,
    /// The day it was observed.
    pub observed_on: NaiveDate,
    /// What was said, in French.
    pub value: String,
    /// Whether the body has authority over the fact, or the means give it.
    pub authority: bool,
    /// The last day on which it counts; absent where it always does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

/// One fact about which something was said.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FactState {
    /// The fact.
    pub fact: FactName,
    /// Its French label.
    pub label: String,
    /// Its theme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// 0 ordinary, 1 social or financial, 2 special category, 3 criminal, violence, child
    /// protection: the fact's, or that of the most sensitive code that what is said of it names.
    pub sensitivity: u8,
    /// How things stand.
    pub status: Status,
    /// What it is, in French; absent where nothing counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Those who are heard, authorities and the latest first.
    pub heard: Vec<Voice>,
    /// Those to whom the person did not answer.
    pub silent: Vec<Voice>,
    /// Those who said something else than an authority.
    pub overruled: Vec<Voice>,
    /// What is too old, the latest first.
    pub stale: Vec<Voice>,
    /// Who could settle it, in French.
    pub attest: Vec<String>,
}

/// Why an entry takes no part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum LeftOutReason {
    /// The pack has no such fact.
    UnknownFact,
    /// The pack computes this fact from others.
    Derived,
    /// The pack cannot read what was said: an unknown code, another type, another domain.
    Unreadable,
    /// Whatever the fact may be is allowed.
    SaysNothing,
    /// It is of a later version.
    NewerVersion,
    /// It is about something else than it says: what its author did not say, another fact or day.
    NoTarget,
}

/// An entry that is kept and handed on, and takes no part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LeftOut {
    /// The entry.
    pub entry: EntryId,
    /// The fact it is about.
    pub fact: FactName,
    /// Its French label; its name where the pack does not know it.
    pub label: String,
    /// Why.
    pub reason: LeftOutReason,
}

/// What a diagnostic says at a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Resolution {
    /// The date asked about.
    pub date: NaiveDate,
    /// The facts about which something was said, by name.
    pub facts: BTreeMap<FactName, FactState>,
    /// Entries that take no part, though in use: what is archived is nowhere in it.
    pub left_out: Vec<LeftOut>,
    /// There may be danger at home: told and not taken back, fresh or not, unreadable or erased.
    #[serde(skip)]
    pub(crate) restricted: bool,
    #[serde(skip)]
    pub(crate) settled: BTreeMap<FactId, Settled>,
}

/// What a profile takes over of one fact.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Settled {
    /// What is possible; nothing where nothing counts.
    pub(crate) possible: Option<Possible>,
    /// Those who are heard, the first one first.
    pub(crate) sources: Vec<Source>,
    /// Why it is not known, where it is not.
    pub(crate) reason: Option<Reason>,
    /// The last day on which what is too old still counted.
    pub(crate) stale_since: Option<NaiveDate>,
    /// The sides of a dispute.
    pub(crate) sides: Vec<Possible>,
}

/// One observation, read through the pack.
struct Heard<'d> {
    id: EntryId,
    said: &'d Observation,
    /// Nothing where the person did not answer.
    possible: Option<Possible>,
    authority: bool,
    until: Option<NaiveDate>,
}

impl Resolution {
    /// What is heard on the date and will be too old by another, with the last day on which those
    /// count who say it: the earliest first. What to ask again, and whom.
    #[must_use]
    pub fn stale_before(&self, day: NaiveDate) -> Vec<(NaiveDate, &FactState)> {
        let mut soon: Vec<_> = self
            .facts
            .values()
            .filter_map(|state| Some((state.stands_until()?, state)))
            .filter(|(until, _)| *until < day)
            .collect();
        soon.sort_by(|a, b| (a.0, &a.1.fact).cmp(&(b.0, &b.1.fact)));
        soon
    }
}

impl FactState {
    /// The last day on which those count who say it: the last of those who say all of it alone; where
    /// nobody does, the first of those on whom it rests. None where they always do.
    fn stands_until(&self) -> Option<NaiveDate> {
        // Without an end is later than any.
        let end = |voice: &&Voice| (voice.until.is_none(), voice.until);
        let alone = self
            .heard
            .iter()
            .filter(|voice| Some(&voice.value) == self.value.as_ref());
        let last = alone.max_by_key(end);
        let first = || self.heard.iter().min_by_key(end);
        last.or_else(first)?.until
    }
}

impl Diagnostic {
    /// What it says at a date, read through a pack.
    ///
    /// What was retracted, is later than the date, archived or too old is not heard; of each body
    /// the latest is. Bodies with authority come first: the others are heard where they agree. That
    /// somebody is alive is too old once their death is told later, and of a later day.
    #[must_use]
    pub fn resolve(&self, at: &EngineAt) -> Resolution {
        let model = at.engine.model();
        let date = at.date;
        let mut left_out = Vec::new();
        let mut by_fact: BTreeMap<FactId, Vec<Heard<'_>>> = BTreeMap::new();
        let retracted = self.retracted();
        let clocks = Clocks::new(self, model, date);
        for (id, entry) in &self.entries {
            // Nor is it told that anything was said: that alone may tell too much.
            if !clocks.is_active(entry) {
                continue;
            }
            let reason = match entry {
                Entry::Observation(said) if retracted.contains(id) || said.observed_on > date => {
                    continue;
                }
                Entry::Observation(said) => match read(model, *id, said) {
                    Ok((fact, heard)) => {
                        by_fact.entry(fact).or_default().push(heard);
                        continue;
                    }
                    Err(reason) => reason,
                },
                Entry::Newer(_) if retracted.contains(id) => continue,
                Entry::Newer(_) => LeftOutReason::NewerVersion,
                Entry::Retraction(_) | Entry::Rectification(_)
                    if self.takes_back(entry) == Some(false) =>
                {
                    LeftOutReason::NoTarget
                }
                Entry::Retraction(_) | Entry::Rectification(_) => continue,
            };
            left_out.push(LeftOut {
                entry: *id,
                fact: entry.fact().clone(),
                label: model.label_of(entry.fact()),
                reason,
            });
        }
        left_out.sort_by(|a, b| (&a.fact, a.entry).cmp(&(&b.fact, b.entry)));
        let mut facts = BTreeMap::new();
        let mut settled = BTreeMap::new();
        for (id, heard) in by_fact {
            let fact = model.dictionary.fact(id);
            let (state, one) = settle(model, fact, heard, date);
            facts.insert(fact.name.clone(), state);
            settled.insert(id, one);
        }
        Resolution {
            date,
            facts,
            left_out,
            restricted: Whole::without(self, retracted).is_restricted(model),
            settled,
        }
    }

    /// The diagnostic without what was taken back.
    pub(super) fn whole(&self) -> Whole<'_> {
        Whole::without(self, self.retracted())
    }

    /// Observations that their own authors took back, whenever they did.
    pub(crate) fn retracted(&self) -> BTreeSet<EntryId> {
        let retracted = self.entries.values().filter_map(|entry| match entry {
            Entry::Retraction(one) if self.takes_back(entry) == Some(true) => Some(one.target),
            _ => None,
        });
        retracted.collect()
    }

    /// Whether a retraction is of its author's word, and a request of what it says; none where its
    /// target is not here yet, and may still arrive.
    pub(super) fn takes_back(&self, entry: &Entry) -> Option<bool> {
        let target = self.entries.get(entry.target()?)?;
        let may_go = matches!(target, Entry::Observation(_) | Entry::Newer(_));
        Some(may_go && entry.speaks_of(target))
    }
}

/// How one fact stands on a date, of all that was said of it by then.
pub(crate) fn stand_of<'d>(
    model: &Model,
    fact: &Fact,
    said: impl Iterator<Item = (EntryId, &'d Observation)>,
    date: NaiveDate,
) -> Option<(FactState, Settled)> {
    let heard = said.filter_map(|(id, said)| read(model, id, said).ok());
    let heard: Vec<Heard<'_>> = heard.map(|(_, heard)| heard).collect();
    (!heard.is_empty()).then(|| settle(model, fact, heard, date))
}

/// What an observation says, in French; why that cannot be told, where it cannot.
pub(super) fn in_words(model: &Model, id: EntryId, said: &Observation) -> String {
    match read(model, id, said) {
        Ok((fact, heard)) => value(model.dictionary.fact(fact), &heard),
        Err(reason) => reason.in_french().to_owned(),
    }
}

/// Whether an observation says something that the pack can read.
pub(crate) fn is_readable(model: &Model, id: EntryId, said: &Observation) -> bool {
    read(model, id, said).is_ok()
}

fn read<'d>(
    model: &Model,
    id: EntryId,
    said: &'d Observation,
) -> Result<(FactId, Heard<'d>), LeftOutReason> {
    let dictionary = &model.dictionary;
    let place = dictionary.id(said.fact.as_str());
    let place = place.ok_or(LeftOutReason::UnknownFact)?;
    let fact = dictionary.fact(place);
    if !fact.is_told() {
        return Err(LeftOutReason::Derived);
    }
    let possible = match &said.said {
        Said::AskedUnknown | Said::Declined => None,
        Said::Known(knowledge) => {
            let read = fact.read(knowledge);
            let read = read.map_err(|_| LeftOutReason::Unreadable)?;
            if read == Possible::all(&fact.kind, fact.may_be_none()) {
                return Err(LeftOutReason::SaysNothing);
            }
            Some(in_order(read))
        }
    };
    let until = fact.fresh.until(said.observed_on);
    let heard = Heard {
        id,
        said,
        possible,
        authority: has_authority(model, fact, said),
        until,
    };
    Ok((place, heard))
}

/// The rows of a list have no order of their own, however they were written.
fn in_order(mut read: Possible) -> Possible {
    if let Possible::Lists(lists) = &mut read {
        lists
            .alternatives
            .iter_mut()
            .for_each(|list| list.rows.sort());
    }
    read
}

/// The pack names who may attest a fact: a body by its role, the person by a declaration,
/// whoever assessed it by that.
pub(super) fn has_authority(model: &Model, fact: &Fact, said: &Observation) -> bool {
    fact.attest.iter().any(|role| {
        let by_means = match role.as_str() {
            "person" => said.means == Means::Declared,
            "professional" => said.means == Means::Assessed,
            _ => false,
        };
        by_means || model.network.holds(&said.by, role, Some(said.observed_on))
    })
}

fn settle(
    model: &Model,
    fact: &Fact,
    heard: Vec<Heard<'_>>,
    date: NaiveDate,
) -> (FactState, Settled) {
    let (mut fresh, mut stale): (Vec<_>, Vec<_>) = heard
        .into_iter()
        .partition(|one| one.until.is_none_or(|until| date <= until));
    // The latest first; an id has no meaning, and makes the order the same everywhere.
    let key = |one: &Heard<'_>| {
        let (authority, day) = (!one.authority, one.said.observed_on);
        (authority, std::cmp::Reverse(day), one.id)
    };
    fresh.sort_by_key(key);
    stale.sort_by_key(|one| (std::cmp::Reverse(one.said.observed_on), one.id));
    // All of it is shown, what is too old as well.
    let told = fresh.iter().chain(&stale);
    let told = told.filter_map(|one| one.possible.as_ref());
    let told = told.map(|said| fact.sensitivity_of(said));
    let sensitivity = told.fold(fact.sensitivity, u8::max);
    let adds = matches!(
        fact.kind,
        Kind::Records {
            list: ListKind::Additive,
            ..
        }
    );
    if !adds {
        keep_latest(&mut fresh);
        stale.extend(alive_until_then(model, fact, &mut fresh));
        stale.sort_by_key(|one| (std::cmp::Reverse(one.said.observed_on), one.id));
    }
    let (silent, mut told): (Vec<_>, Vec<_>) =
        fresh.into_iter().partition(|one| one.possible.is_none());
    if fact.attested_first && told.iter().any(|one| one.said.means == Means::Attested) {
        for one in &mut told {
            one.authority = one.said.means == Means::Attested;
        }
        told.sort_by_key(key);
    }
    let mut agreed = agreed(fact, adds, &told, date);
    let (stands, overruled) = stand(fact, adds, &told, agreed.as_mut());
    // That somebody did not answer is no knowledge that grew old.
    let known_once = stale.iter().find(|one| one.possible.is_some());
    let (status, reason) = standing(agreed.as_ref(), &silent, known_once.is_some());
    let sides = sides(agreed.as_ref(), &stands);
    let possible = agreed.as_ref().map(|agreed| &agreed.possible);
    let value = if sides.is_empty() {
        possible.map(|possible| french::possible(fact, possible))
    } else {
        let mut said: Vec<String> = sides
            .iter()
            .map(|side| french::possible(fact, side))
            .collect();
        said.sort();
        said.dedup();
        Some(said.join(" ou "))
    };
    let voices = |all: &[&Heard<'_>]| -> Vec<Voice> {
        all.iter()
            .map(|one| voice(model, fact, one, date))
            .collect()
    };
    let settled = Settled {
        possible: possible.cloned(),
        sources: stands.iter().map(|one| source(one.said)).collect(),
        reason,
        stale_since: known_once.and_then(|one| one.until),
        sides,
    };
    let stands_as = FactState {
        fact: fact.name.clone(),
        label: fact.label.to_string(),
        theme: fact.theme.as_deref().map(str::to_owned),
        sensitivity,
        status,
        value,
        heard: voices(&stands),
        silent: voices(&silent.iter().collect::<Vec<_>>()),
        overruled: voices(&overruled),
        stale: voices(&stale.iter().collect::<Vec<_>>()),
        attest: model.network.labels(&fact.attest),
    };
    (stands_as, settled)
}

/// What the statements come to: rows add up; else authorities come first, and the others are
/// heard where they agree.
fn agreed(fact: &Fact, adds: bool, told: &[Heard<'_>], date: NaiveDate) -> Option<Agreed> {
    let statements = |authority: Option<bool>| -> Vec<&Possible> {
        let of = told
            .iter()
            .filter(|one| authority.is_none_or(|wanted| wanted == one.authority));
        of.filter_map(|one| one.possible.as_ref()).collect()
    };
    if adds {
        // Who says that a list holds no other row knows it up to that day.
        let closed = told.iter().any(|one| {
            one.authority
                && one.said.observed_on == date
                && one.possible.as_ref().is_some_and(is_closed)
        });
        let all = statements(None);
        return (!all.is_empty()).then(|| Agreed {
            possible: agree::union_of_rows(&all, closed),
            disputed: false,
            quarrel: ValueSet::empty(),
        });
    }
    let strong = agree::among(&fact.kind, &statements(Some(true)));
    let weak = agree::among(&fact.kind, &statements(Some(false)));
    match (strong, weak) {
        (Some(strong), Some(weak)) => Some(agree::between(&fact.kind, &strong, &weak)),
        (one, other) => one.or(other),
    }
}

fn is_closed(possible: &Possible) -> bool {
    match possible {
        Possible::Lists(lists) => lists.alternatives.iter().all(|list| !list.open),
        _ => false,
    }
}

/// Those on whose word it rests, and those whom it contradicts: of a set of codes, somebody
/// may be both. A quarrel among those who are overruled is none of what stands.
fn stand<'h, 'd>(
    fact: &Fact,
    adds: bool,
    told: &'h [Heard<'d>],
    agreed: Option<&mut Agreed>,
) -> (Vec<&'h Heard<'d>>, Vec<&'h Heard<'d>>) {
    let Some(agreed) = agreed else {
        return (Vec::new(), Vec::new());
    };
    let stands: Vec<&Heard<'_>> = told
        .iter()
        .filter(|one| {
            let possible = one.possible.as_ref();
            adds || possible.is_some_and(|one| agree::agrees(&fact.kind, one, agreed))
        })
        .collect();
    let overruled = told
        .iter()
        .filter(|one| {
            let possible = one.possible.as_ref();
            let contradicts = |one| agree::contradicts(&fact.kind, one, &agreed.possible);
            !adds && possible.is_some_and(contradicts)
        })
        .collect();
    if agreed.disputed && agreed.quarrel.is_empty() {
        let left: Vec<&Possible> = stands
            .iter()
            .filter_map(|one| one.possible.as_ref())
            .collect();
        let together = agree::among(&fact.kind, &left);
        agreed.disputed =
            !agreed.possible.is_known() && together.is_some_and(|together| together.disputed);
    }
    (stands, overruled)
}

/// What each of those who disagree says, all else being as it stands.
fn sides(agreed: Option<&Agreed>, stands: &[&Heard<'_>]) -> Vec<Possible> {
    /// More than anybody would read, or try.
    const MOST: usize = 12;
    let mut sides: Vec<Possible> = Vec::new();
    let Some(agreed) = agreed.filter(|agreed| agreed.disputed) else {
        return sides;
    };
    for one in stands.iter().filter_map(|one| one.possible.as_ref()) {
        let side = agreed.side(one);
        if sides.len() < MOST && !sides.contains(&side) {
            sides.push(side);
        }
    }
    // Who leaves open what the others disagree about takes no side.
    let all = sides.clone();
    sides.retain(|side| {
        !all.iter()
            .any(|other| other != side && other.is_within(side))
    });
    sides
}

/// How things stand, and why a fact is not known where it is not.
fn standing(
    agreed: Option<&Agreed>,
    silent: &[Heard<'_>],
    was_known: bool,
) -> (Status, Option<Reason>) {
    match agreed {
        Some(agreed) if agreed.disputed => (Status::Disputed, Some(Reason::Disputed)),
        Some(agreed) if agreed.possible.is_known() => (Status::Known, None),
        Some(_) => (Status::Partial, None),
        None => match silent.first().map(|one| &one.said.said) {
            Some(Said::Declined) => (Status::Declined, Some(Reason::Declined)),
            Some(_) => (Status::AskedUnknown, Some(Reason::AskedUnknown)),
            None if was_known => (Status::Stale, Some(Reason::Stale)),
            None => (Status::Stale, Some(Reason::NeverAsked)),
        },
    }
}

/// Of each body the latest that says something; two of one day stand side by side. Somebody
/// who is asked again and does not answer takes nothing back.
fn keep_latest(fresh: &mut Vec<Heard<'_>>) {
    let mut latest: BTreeMap<(&BodyId, bool), NaiveDate> = BTreeMap::new();
    for one in &*fresh {
        let day = latest
            .entry((&one.said.by, one.possible.is_some()))
            .or_insert(one.said.observed_on);
        *day = one.said.observed_on.max(*day);
    }
    fresh.retain(|one| {
        let key = (&one.said.by, one.possible.is_some());
        latest.get(&key) == Some(&one.said.observed_on)
    });
}

/// Those who said that the person was alive, before the day of a death that is told later: « not to
/// date » tells nothing of the days after it, and nobody is contradicted. Who has no authority takes
/// nothing from who has.
fn alive_until_then<'d>(model: &Model, fact: &Fact, fresh: &mut Vec<Heard<'d>>) -> Vec<Heard<'d>> {
    let deceased = model.standing.deceased_on;
    if deceased.is_none_or(|id| model.dictionary.fact(id).name != fact.name) {
        return Vec::new();
    }
    let set = |one: &Heard<'_>| match &one.possible {
        Some(Possible::Scalar(set)) => Some(set.clone()),
        _ => None,
    };
    let told = fresh.iter().filter_map(|one| {
        let set = set(one).filter(|set| !set.may_be_none())?;
        Some((one.said.observed_on, set.hull()?.lo, one.authority))
    });
    let told: BTreeSet<(NaiveDate, i64, bool)> = told.collect();
    // Of what was told on a day or later, the latest day of death: by an authority, and by anybody.
    let mut latest: BTreeMap<NaiveDate, (Option<i64>, Option<i64>)> = BTreeMap::new();
    let (mut by_authority, mut by_any) = (None, None);
    for (on, day, authority) in told.into_iter().rev() {
        by_any = by_any.max(Some(day));
        if authority {
            by_authority = by_authority.max(Some(day));
        }
        latest.insert(on, (by_authority, by_any));
    }
    let has_died_since = |one: &mut Heard<'_>| {
        let on = one.said.observed_on;
        let mut later = latest.range((Bound::Excluded(on), Bound::Unbounded));
        let Some((_, (by_authority, by_any))) = later.next() else {
            return false;
        };
        let death = if one.authority { by_authority } else { by_any };
        set(one).is_some_and(|set| set == ValueSet::none())
            && death.is_some_and(|day| day > day_number(on))
    };
    fresh.extract_if(.., has_died_since).collect()
}

fn source(said: &Observation) -> Source {
    Source {
        by: Some(said.by.clone()),
        on: Some(said.observed_on),
        means: Some(said.means),
    }
}

fn value(fact: &Fact, one: &Heard<'_>) -> String {
    match (&one.possible, &one.said.said) {
        (Some(possible), _) => french::possible(fact, possible),
        (None, Said::Declined) => Status::Declined.in_french().to_owned(),
        (None, _) => Status::AskedUnknown.in_french().to_owned(),
    }
}

fn voice(model: &Model, fact: &Fact, one: &Heard<'_>, date: NaiveDate) -> Voice {
    Voice {
        entry: one.id,
        by: one.said.by.clone(),
        name: model.network.name_of(&one.said.by, date),
        means: one.said.means,
        observed_on: one.said.observed_on,
        value: value(fact, one),
        authority: one.authority,
        until: one.until,
    }
}

shows_only!(
    /// Shows who and when, never what.
    Voice { by, observed_on, authority }
);

shows_only!(
    /// Shows how things stand, never what the fact is.
    FactState { fact, status, heard, overruled, stale }
);

shows_only!(Settled { reason });
