//! The actions that a person follows, out of the list that the dictionary names.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Action, Naming, Word};
use crate::diagnostic::{Diagnostic, EntryId, Observation, Said};
use crate::fact::dictionary::{Fact, Kind, date_of};
use crate::fact::possible::Possible;
use crate::fact::set::ValueSet;
use crate::pack::EngineAt;
use crate::vocabulary::{BodyId, Code};

/// An action, and who told it.
pub(super) struct Step {
    pub(super) action: Action,
    /// The theme of its scheme.
    pub(super) theme: Option<Box<str>>,
    /// It ended, and not as it was meant to.
    pub(super) stopped: bool,
    pub(super) said: Word,
}

/// A row as it is read.
struct Row<'r> {
    fact: &'r Fact,
    row: &'r [ValueSet],
}

impl<'r> Row<'r> {
    fn field(&self, name: &str) -> Option<(&'r Kind, &'r ValueSet)> {
        let Kind::Records { fields, .. } = &self.fact.kind else {
            return None;
        };
        let place = fields
            .iter()
            .position(|field| field.name.as_str() == name)?;
        Some((&fields.get(place)?.kind, self.row.get(place)?))
    }

    fn code(&self, name: &str) -> Option<(Code, String)> {
        let (kind, value) = self.field(name)?;
        let (codes, place) = (kind.nomenclature()?, value.single()?);
        Some((codes.code(place)?.clone(), codes.label(place).to_owned()))
    }

    fn day(&self, name: &str) -> Option<NaiveDate> {
        let (_, value) = self.field(name)?;
        date_of(value.single()?)
    }
}

/// One row, as an action.
struct Told {
    step: Step,
    /// Nobody says when it began.
    no_start: bool,
    /// The body that leads it told it.
    by_partner: bool,
}

impl Told {
    /// Whether a row told later is about the same action. One that does not say when it began
    /// is about the action that runs, or about the one that ended that day.
    fn is_same(&self, later: &Self) -> bool {
        let (known, told) = (&self.step.action, &later.step.action);
        if later.no_start {
            return known.ended_on.is_none() || known.ended_on == told.ended_on;
        }
        self.no_start
            && told.started_on <= known.started_on
            && (known.ended_on.is_none() || known.ended_on == told.ended_on)
    }

    /// What a later row adds: the word of the body that leads the action gives way to its own
    /// word alone, or to an end that it did not tell.
    fn and_then(self, later: Self) -> Self {
        let ended = |one: &Self| one.step.action.ended_on.is_some();
        let gives_way = later.by_partner || !self.by_partner || (ended(&later) && !ended(&self));
        let started_on = if later.no_start {
            self.step.action.started_on
        } else {
            later.step.action.started_on
        };
        let no_start = self.no_start && later.no_start;
        let mut one = if gives_way { later } else { self };
        one.step.action.started_on = started_on;
        one.no_start = no_start;
        one
    }
}

/// The actions that began by the date, in the order of their days. What several observations
/// say of one action, the latest says, of one day the body that leads it.
pub(super) fn steps(at: &EngineAt, diagnostic: &Diagnostic, naming: Naming<'_>) -> Vec<Step> {
    let model = at.engine.model();
    let Some(id) = model.standing.steps else {
        return Vec::new();
    };
    let fact = model.dictionary.fact(id);
    let said = diagnostic.said_until(at.date);
    let mut rows: Vec<(NaiveDate, Option<BodyId>, EntryId, Told)> = Vec::new();
    for (entry, one) in said.get(&fact.name).into_iter().flatten() {
        let Said::Known(knowledge) = &one.said else {
            continue;
        };
        let Ok(Possible::Lists(lists)) = fact.read(knowledge) else {
            continue;
        };
        for row in lists.alternatives.iter().flat_map(|list| &list.rows) {
            let row = Row { fact, row };
            let partner = row.code("partner").map(|(code, _)| code);
            let partner = partner.and_then(|code| BodyId::parse(code.as_str()).ok());
            let Some(step) = step(at, &row, one, *entry, partner.as_ref(), naming) else {
                continue;
            };
            if step.action.started_on > at.date {
                continue;
            }
            let told = Told {
                step,
                no_start: row.day("started_on").is_none(),
                by_partner: partner.as_ref() == Some(&one.by),
            };
            rows.push((one.observed_on, partner, *entry, told));
        }
    }
    rows.sort_by_key(|(day, _, entry, told)| (*day, told.by_partner, *entry));
    // The actions of one scheme and body, by the day each began.
    let mut actions: BTreeMap<(String, Option<BodyId>), BTreeMap<NaiveDate, Told>> =
        BTreeMap::new();
    for (_, partner, _, told) in rows {
        let key = (told.step.action.scheme.to_string(), partner);
        let known = actions.entry(key).or_default();
        let same_day = known.remove(&told.step.action.started_on);
        let same = same_day.or_else(|| {
            let last = known.last_entry()?;
            last.get().is_same(&told).then(|| last.remove())
        });
        let one = match same {
            Some(same) => same.and_then(told),
            None => told,
        };
        known.insert(one.step.action.started_on, one);
    }
    let told = actions.into_values().flat_map(BTreeMap::into_values);
    let mut steps: Vec<Step> = told.map(|told| told.step).collect();
    steps.sort_by_key(|step| step.action.started_on);
    steps
}

fn step(
    at: &EngineAt,
    row: &Row<'_>,
    told: &Observation,
    entry: EntryId,
    partner: Option<&BodyId>,
    naming: Naming<'_>,
) -> Option<Step> {
    let model = at.engine.model();
    let network = &model.network;
    let (scheme, label) = row.code("scheme")?;
    let place = network.scheme(scheme.as_str())?;
    let started_on = row.day("started_on").unwrap_or(told.observed_on);
    let versions = network.schemes.get(place.0);
    let version = versions.and_then(|dated| dated.at(started_on).or_else(|| dated.at(at.date)));
    // Of its codes the outcome alone is told.
    let outcome_tells = || {
        let outcome = row.field("outcome");
        outcome.is_some_and(|(kind, value)| {
            let codes = kind.nomenclature();
            codes.is_some_and(|codes| value.values().any(|place| codes.tells(place).home()))
        })
    };
    if naming.hidden && (model.scheme_tells_home(place, at.date) || outcome_tells()) {
        return None;
    }
    // An end to come is none yet.
    let ended_on = row.day("ended_on").filter(|day| *day <= at.date);
    let outcome = ended_on.and_then(|_| row.code("outcome"));
    let stopped = outcome
        .as_ref()
        .is_some_and(|(code, _)| model.standing.stopped.contains(code));
    Some(Step {
        theme: version.and_then(|version| version.theme.clone()),
        action: Action {
            scheme: network.scheme_id(place).clone(),
            title: version.map_or(label, |version| version.title.to_string()),
            partner_name: partner.map(|partner| naming.name(partner)),
            partner: partner.and_then(|partner| naming.body(partner)),
            started_on,
            ended_on,
            outcome: outcome.as_ref().map(|(code, _)| code.clone()),
            outcome_label: outcome.map(|(_, label)| label),
        },
        stopped,
        said: naming.word(row.fact, &told.by, entry),
    })
}
