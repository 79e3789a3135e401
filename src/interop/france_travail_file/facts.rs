//! What the file says, as observations of its author.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Options;
use super::codes::Constraint;
use crate::Diagnostic;
use crate::diagnostic::{EntryError, Observation, Said};
use crate::fact::{Knowledge, Means, Rows, Value, Without};
use crate::vocabulary::{Code, FactName};

/// A constraint that was discussed, with what counts of it.
#[derive(Clone)]
pub(super) struct Discussed<'c> {
    pub(super) constraint: &'c Constraint,
    pub(super) open: bool,
    /// Situations that hold, and that do not.
    pub(super) with: BTreeSet<&'c str>,
    pub(super) without: BTreeSet<&'c str>,
    /// Goals with their state.
    pub(super) goals: Vec<(&'c str, GoalState)>,
}

/// How a goal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GoalState {
    Running,
    Reached,
    Dropped,
}

impl GoalState {
    const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Running, "EN_COURS", "running"),
        (Self::Reached, "REALISE", "reached"),
        (Self::Dropped, "ABANDONNE", "dropped"),
    ];

    pub(super) fn of_file(value: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, file, _)| *file == value);
        found.map(|(state, ..)| *state)
    }

    pub(super) fn of_code(code: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(.., known)| *known == code);
        found.map(|(state, ..)| *state)
    }

    pub(super) fn in_file(self) -> &'static str {
        let found = Self::ALL.iter().find(|(state, ..)| *state == self);
        found.map_or("", |(_, file, _)| file)
    }

    fn code(self) -> &'static str {
        let found = Self::ALL.iter().find(|(state, ..)| *state == self);
        found.map_or("", |(.., code)| code)
    }
}

/// Needs and strengths over all jobs in course that were written on one day.
#[derive(Default)]
pub(super) struct Needs<'c> {
    pub(super) wanted: BTreeSet<&'c str>,
    pub(super) strengths: BTreeSet<&'c str>,
}

/// What a constraint says, fact by fact.
pub(super) fn of_constraint(said: &Discussed<'_>) -> BTreeMap<String, Knowledge> {
    let mut facts = BTreeMap::new();
    let fact = said.constraint.fact;
    let state = if said.open { "open" } else { "closed" };
    facts.extend(code(state).map(|state| (fact.to_owned(), state)));
    if said.open {
        if !said.with.is_empty() || !said.without.is_empty() {
            let known = members(&said.with, &said.without);
            facts.insert(format!("{fact}.situations"), known);
        }
    } else {
        // What was said before of its situations counts no more.
        facts.insert(format!("{fact}.situations"), Knowledge::exactly([]));
    }
    if !said.open || !said.goals.is_empty() {
        let row = |(goal, state): &(&str, GoalState)| {
            let fields = [("goal", code(goal)), ("state", code(state.code()))];
            let fields = fields
                .into_iter()
                .filter_map(|(name, known)| Some((FactName::parse(name).ok()?, known?)));
            fields.collect()
        };
        let goals = Rows {
            rows: said.goals.iter().map(row).collect(),
            // Of a closed constraint no other goal runs.
            complete: !said.open,
        };
        facts.insert(format!("{fact}.goals"), goals.into());
    }
    if said.open {
        if let Some(barrier) = said.constraint.barrier {
            // That it is in the way, and not how much.
            let level = Code::parse("light").map(Knowledge::at_least);
            facts.extend(level.ok().map(|level| (barrier.to_owned(), level)));
        }
        let held = said.with.iter().map(|situation| (*situation, true));
        let not = said.without.iter().map(|situation| (*situation, false));
        for (situation, holds) in held.chain(not) {
            let implied = implied(situation, holds);
            facts.extend(implied.map(|(fact, known)| (fact.to_owned(), known)));
        }
    }
    facts
}

/// What the needs for the jobs of a day say.
pub(super) fn of_needs(said: &Needs<'_>) -> BTreeMap<String, Knowledge> {
    let mut facts = BTreeMap::new();
    let sides = [
        ("needs", &said.wanted, &said.strengths),
        ("strengths", &said.strengths, &said.wanted),
    ];
    for (name, with, others) in sides {
        // Needed for one job and a strength for another: both.
        let without: BTreeSet<&str> = others.difference(with).copied().collect();
        if !with.is_empty() || !without.is_empty() {
            facts.insert(format!("france_travail.{name}"), members(with, &without));
        }
    }
    facts
}

/// The ordinary facts that a situation says, and no more than it says. Each has an end of its own: once the
/// constraint is closed, nothing else ends it. So nothing is told of `27`, a home to leave, whose day would
/// count for ever.
fn implied(situation: &str, holds: bool) -> impl Iterator<Item = (&'static str, Knowledge)> {
    let flag = |fact, value: bool| vec![(fact, Some(Knowledge::from(value)))];
    let told = match (situation, holds) {
        // No means of transport; depends on public transport.
        ("6" | "7", true) => flag("vehicle.available", false),
        ("8", true) => flag("licence.usable", false),
        ("40", true) => flag("driving.medical_ok", false),
        ("11", holds) => flag("carer.active", holds),
        ("13", true) => vec![
            ("childcare.needed", Some(Knowledge::from(true))),
            ("childcare.solution", code("no_solution")),
        ],
        // Writing, reading, or counting is not mastered.
        ("20" | "21" | "23", true) => {
            let fragile = Code::parse("fragile").map(Knowledge::at_most);
            vec![("literacy.level", fragile.ok())]
        }
        // Nowhere to stay, or what was there is lost.
        ("24", true) => {
            let places = ["street", "shelter", "hosted_precarious", "other"];
            let places = places.map(|place| Code::parse(place).ok());
            let places = Knowledge::one_of(places.into_iter().flatten());
            vec![("housing.status", Some(places))]
        }
        ("32", holds) => flag("debt.over_indebted", holds),
        ("33", holds) => flag("food_insecurity", holds),
        _ => Vec::new(),
    };
    told.into_iter()
        .filter_map(|(fact, known)| Some((fact, known?)))
}

fn code(text: &str) -> Option<Knowledge> {
    let code = Code::parse(text).ok()?;
    Some(Knowledge::from(Value::Code(code)))
}

fn members(with: &BTreeSet<&str>, without: &BTreeSet<&str>) -> Knowledge {
    let codes = |codes: &BTreeSet<&str>| {
        let codes = codes.iter().filter_map(|code| Code::parse(code).ok());
        codes.collect()
    };
    Knowledge::Members {
        with: codes(with),
        without: Without::These(codes(without)),
    }
}

/// Writes down what was said on a day.
pub(super) fn observe(
    diagnostic: &mut Diagnostic,
    options: &Options,
    on: NaiveDate,
    facts: BTreeMap<String, Knowledge>,
) -> Result<(), EntryError> {
    for (fact, known) in facts {
        // The names are constants of this folder, which a test holds to the dictionary.
        let Ok(fact) = FactName::parse(&fact) else {
            continue;
        };
        diagnostic.receive(Observation {
            by: options.by.clone(),
            means: Means::Assessed,
            observed_on: on,
            recorded_on: options.recorded_on,
            fact,
            said: Said::Known(known),
            remark: None,
        })?;
    }
    Ok(())
}
