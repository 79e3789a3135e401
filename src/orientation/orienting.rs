//! One person while the answer is made: what every part of it looks at and notes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::answer::Deadline;
use super::proof::{self, Missing};
use super::{Body, restricted};
use crate::fact::dictionary::{FactId, date_of, day_number};
use crate::fact::set::ValueSet;
use crate::network::SchemeIndex;
use crate::pack::EngineAt;
use crate::pack::model::{Model, Piece, Rule, Template, TrackRule};
use crate::profile::Profile;
use crate::rule::Both;
use crate::rule::check::ValueType;
use crate::rule::condition::{Cond, Slot, ValueId};
use crate::rule::deadline::{Due, Within};
use crate::vocabulary::{Cents, FactName, SchemeId};

/// A track rule that may be the one that answers.
#[derive(Clone)]
pub(super) struct PossibleTrack<'t> {
    pub(super) rule: &'t TrackRule,
    /// Its own condition, and not any of a stronger rule.
    pub(super) condition: Cond,
}

/// The track rules that may answer.
#[derive(Clone)]
pub(super) struct PossibleTracks<'t> {
    pub(super) rules: Vec<PossibleTrack<'t>>,
    /// Only one rule may answer, and it does whatever was presumed.
    pub(super) certain: bool,
}

/// The working state of one orientation.
pub(super) struct Orienting<'o> {
    pub(super) at: &'o EngineAt,
    pub(super) profile: &'o Profile,
    /// What every condition of the period's program is worth.
    pub(super) truths: Vec<Both>,
    pub(super) missing: BTreeMap<FactName, Missing>,
    pub(super) tracks: PossibleTracks<'o>,
    /// Bodies are named by their role alone: one of a place would tell the place.
    pub(super) by_role: bool,
}

/// Whether the person has died by the date asked: nothing is then proposed or asked.
pub(super) fn is_deceased(at: &EngineAt, profile: &Profile) -> bool {
    let Some(deceased) = at.engine.model().standing.deceased_on else {
        return false;
    };
    let worlds = &profile.worlds;
    let facts = worlds.presumed_or_told();
    let dates = facts.view(Slot::Fact(deceased));
    let last = dates.hull().and_then(|hull| date_of(hull.hi));
    last.is_some_and(|last| last <= at.date) && !dates.may_be_none()
}

impl<'o> Orienting<'o> {
    /// Whether the same tracks are possible as in another one of the same engine and date.
    pub(super) fn has_tracks_of(&self, other: &Orienting<'_>) -> bool {
        let (ours, theirs) = (&self.tracks, &other.tracks);
        let same = |(one, other): (&PossibleTrack<'_>, &PossibleTrack<'_>)| {
            std::ptr::eq(one.rule, other.rule)
        };
        ours.certain == theirs.certain
            && ours.rules.len() == theirs.rules.len()
            && ours.rules.iter().zip(&theirs.rules).all(same)
    }

    /// The state before anything is noted; `truths` belong to the profile.
    pub(super) fn new(at: &'o EngineAt, profile: &'o Profile, truths: Vec<Both>) -> Self {
        Self {
            at,
            profile,
            tracks: Self::possible_tracks(at, profile, &truths),
            truths,
            missing: BTreeMap::new(),
            by_role: restricted::is_restricted(at.engine.model(), profile),
        }
    }

    pub(super) fn view(&self, id: FactId) -> Cow<'_, ValueSet> {
        let worlds = &self.profile.worlds;
        worlds.presumed_or_told().view(Slot::Fact(id))
    }

    /// By when a rule's proposal is due.
    pub(super) fn rule_deadline(&self, rule: &Rule) -> Option<Deadline> {
        let resumption = self.resumption(rule);
        self.deadline(rule.within.as_ref(), resumption, rule.next_working_day)
    }

    /// The days from which the deadline of a rule that waits may count, where the person surely
    /// cannot act before: its own start comes first.
    pub(super) fn resumption(&self, rule: &Rule) -> Option<ValueSet> {
        // With danger at home no paper tells when somebody is back, not even by a later day.
        let within = rule
            .within
            .as_ref()
            .filter(|_| rule.waits && !self.by_role)?;
        let resumes_on = self.at.engine.model().standing.resumes_on?;
        let days = self.view(resumes_on).into_owned();
        let start = match within.event() {
            None => day_number(self.at.date),
            Some(event) => {
                let dates = self.view(event);
                dates.hull().filter(|_| !dates.may_be_none())?.hi
            }
        };
        let surely_later = days.hull().is_some_and(|hull| start < hull.lo);
        (surely_later && !days.may_be_none()).then_some(days)
    }

    /// By when, counted from other days than its own where some are given.
    pub(super) fn deadline(
        &self,
        within: Option<&Within>,
        resumption: Option<ValueSet>,
        shift: bool,
    ) -> Option<Deadline> {
        let within = within?;
        let model = self.at.engine.model();
        let (event, dates) = if let Some(days) = resumption {
            (model.standing.resumes_on, Some(days))
        } else {
            let event = within.event();
            (event, event.map(|event| self.view(event).into_owned()))
        };
        let named = || {
            event.map(|event| {
                let fact = model.dictionary.fact(event);
                (fact.name.clone(), fact.label.to_string())
            })
        };
        match within.due(dates.as_ref(), self.at.date, model.zone, shift) {
            Due::On(date) => Some(Deadline::On { date }),
            Due::Between(first, last) => Some(Deadline::Between { first, last }),
            Due::Open => {
                let term = within.term()?;
                named().map(|(event, label)| Deadline::Open { event, label, term })
            }
            Due::Absent => named().map(|(event, label)| Deadline::Absent { event, label }),
        }
    }

    pub(super) fn scheme(&self, scheme: SchemeIndex) -> (SchemeId, String) {
        let network = &self.at.engine.model().network;
        let id = network.scheme_id(scheme).clone();
        let entry = network
            .schemes
            .get(scheme.0)
            .and_then(|dated| dated.at(self.at.date));
        let title = entry.map_or_else(|| id.to_string(), |scheme| scheme.title.to_string());
        (id, title)
    }

    /// Names in order, each described once in the orientation.
    pub(super) fn note_missing(&mut self, facts: &[FactId]) -> Vec<FactName> {
        facts
            .iter()
            .map(|id| {
                let name = self.at.engine.model().dictionary.fact(*id).name.clone();
                let profile = self.profile;
                self.missing
                    .entry(name.clone())
                    .or_insert_with(|| proof::describe_missing(profile, *id));
                name
            })
            .collect()
    }

    /// A template with the names and figures of the date.
    pub(super) fn say(&self, template: &Template, body: &Body) -> String {
        let model = self.at.engine.model();
        let mut text = String::new();
        for piece in &template.0 {
            match piece {
                Piece::Text(part) => text.push_str(part),
                Piece::Body => text.push_str(&body.in_french()),
                Piece::Named(named) => text.push_str(&self.named_body(*named).in_french()),
                Piece::Value(id) => {
                    let value = model.tables.values.get(id.0);
                    let value = value.and_then(|dated| dated.at(self.at.date));
                    if let Some(value) = value {
                        text.push_str(&figure(model, *id, *value));
                    }
                }
            }
        }
        capitalised(&text)
    }
}

/// A figure in words.
pub(crate) fn figure(model: &Model, id: ValueId, value: i64) -> String {
    match model.value_types.get(id.0) {
        Some(ValueType::Money) => Cents::new(value).in_french(),
        Some(ValueType::Date) => {
            let day = date_of(value).map(crate::calendar::in_french);
            day.unwrap_or_default()
        }
        _ => value.to_string(),
    }
}

/// A sentence begins with a capital, also when a name was put there.
fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}
