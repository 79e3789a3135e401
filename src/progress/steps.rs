//! The actions that a person follows, out of the list that the dictionary names.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Action, Word};
use crate::diagnostic::{Diagnostic, Said};
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

/// The actions that began by the date, in the order of their days. What several observations
/// say of one action, the latest says.
pub(super) fn steps(at: &EngineAt, diagnostic: &Diagnostic) -> Vec<Step> {
    let model = at.engine.model();
    let Some(id) = model.standing.steps else {
        return Vec::new();
    };
    let fact = model.dictionary.fact(id);
    let said = diagnostic.said_by(at.date);
    let mut observations = said.get(&fact.name).cloned().unwrap_or_default();
    observations.sort_by_key(|(id, one)| (one.observed_on, *id));
    let mut steps: BTreeMap<(NaiveDate, String, Option<BodyId>), Step> = BTreeMap::new();
    for (entry, one) in observations {
        let Said::Known(knowledge) = &one.said else {
            continue;
        };
        let Ok(Possible::Lists(lists)) = fact.read(knowledge) else {
            continue;
        };
        let word = Word {
            fact: fact.name.clone(),
            label: fact.label.to_string(),
            by: one.by.clone(),
            name: model.network.name_of(&one.by, at.date),
            entry,
        };
        for row in lists.alternatives.iter().flat_map(|list| &list.rows) {
            let row = Row { fact, row };
            let step = step(at, &row, one.observed_on, &word);
            if let Some(step) = step.filter(|step| step.action.started_on <= at.date) {
                let action = &step.action;
                let key = (
                    action.started_on,
                    action.scheme.to_string(),
                    action.partner.clone(),
                );
                steps.insert(key, step);
            }
        }
    }
    steps.into_values().collect()
}

fn step(at: &EngineAt, row: &Row<'_>, told_on: NaiveDate, word: &Word) -> Option<Step> {
    let model = at.engine.model();
    let network = &model.network;
    let (scheme, label) = row.code("scheme")?;
    let place = network.scheme(scheme.as_str())?;
    let started_on = row.day("started_on").unwrap_or(told_on);
    let versions = network.schemes.get(place.0);
    let version = versions.and_then(|dated| dated.at(started_on).or_else(|| dated.at(at.date)));
    let partner = row.code("partner").map(|(code, _)| code);
    let partner = partner.and_then(|code| BodyId::parse(code.as_str()).ok());
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
            partner_name: partner
                .as_ref()
                .map(|partner| network.name_of(partner, at.date)),
            partner,
            started_on,
            ended_on,
            outcome: outcome.as_ref().map(|(code, _)| code.clone()),
            outcome_label: outcome.map(|(_, label)| label),
        },
        stopped,
        said: word.clone(),
    })
}
