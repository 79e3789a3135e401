//! One body's words written as the individual file.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::codes::{CONSTRAINTS, Constraint, Labelled, NEEDS};
use super::facts::{Discussed, GoalState, Needs, of_constraint, of_needs};
use super::{Options, Written, instant, read};
use crate::diagnostic::{Entry, EntryId, Observation, Said};
use crate::fact::{Means, Value, Without};
use crate::vocabulary::{BodyId, Code, FactName};
use crate::{Diagnostic, Knowledge};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct File {
    besoins_par_diagnostic_individu_dtos: Vec<Job>,
    contraintes_individus_dto: OfPerson,
}

/// A job without a name, which no fact holds.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Job {
    id_metier_chiffre: &'static str,
    nom_metier: Option<&'static str>,
    typologie: Option<&'static str>,
    statut: &'static str,
    est_prioritaire: bool,
    date_mise_a_jour: Option<String>,
    besoins: Vec<Row>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OfPerson {
    conseiller: Option<&'static str>,
    date_de_modification: Option<String>,
    code: &'static str,
    libelle: &'static str,
    contraintes: Vec<WrittenConstraint>,
}

#[derive(Serialize)]
struct WrittenConstraint {
    code: &'static str,
    libelle: &'static str,
    valeur: &'static str,
    date: Option<String>,
    situations: Vec<Row>,
    objectifs: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    code: &'static str,
    libelle: &'static str,
    valeur: &'static str,
}

/// What one body assessed last of each fact, unless it took it back: a reader takes what the file says as
/// assessed, so that nothing that was said by other means may be written.
struct Words<'d> {
    diagnostic: &'d Diagnostic,
    by: &'d BodyId,
    taken_back: BTreeSet<EntryId>,
}

impl<'d> Words<'d> {
    fn of(diagnostic: &'d Diagnostic, by: &'d BodyId) -> Self {
        Self {
            diagnostic,
            by,
            taken_back: diagnostic.retracted(),
        }
    }

    fn all(&self) -> impl Iterator<Item = (EntryId, &'d Observation)> {
        self.diagnostic
            .entries()
            .filter_map(|(id, entry)| match entry {
                Entry::Observation(said)
                    if said.by == *self.by && !self.taken_back.contains(id) =>
                {
                    Some((*id, said))
                }
                _ => None,
            })
    }

    /// What was assessed of it.
    fn assessed(&self, fact: &str) -> impl Iterator<Item = (&'d Observation, &'d Knowledge)> {
        self.all().filter_map(move |(_, said)| match &said.said {
            Said::Known(known) if said.means == Means::Assessed && said.fact.as_str() == fact => {
                Some((said, known))
            }
            _ => None,
        })
    }

    /// Of the last day on which something was known of it; of that day, what was written down last.
    fn last(&self, fact: &str) -> Option<(NaiveDate, &'d Knowledge)> {
        let said = self.assessed(fact);
        let last = said.max_by_key(|(said, _)| (said.observed_on, said.recorded_on));
        last.map(|(said, known)| (said.observed_on, known))
    }

    /// Whether all of it was assessed on a day.
    fn hold(&self, day: NaiveDate, facts: &BTreeMap<String, Knowledge>) -> bool {
        facts.iter().all(|(fact, known)| {
            let mut said = self.assessed(fact);
            said.any(|(said, other)| said.observed_on == day && other == known)
        })
    }

    /// Of that day, which is the last.
    fn on(&self, day: NaiveDate, fact: &str) -> Option<&'d Knowledge> {
        self.last(fact)
            .filter(|(on, _)| *on == day)
            .map(|(_, known)| known)
    }
}

pub(super) fn write(diagnostic: &Diagnostic, by: &BodyId) -> Written {
    let words = Words::of(diagnostic, by);
    let constraints: Vec<(Option<NaiveDate>, WrittenConstraint)> = CONSTRAINTS
        .iter()
        .map(|constraint| written(constraint, &words))
        .collect();
    let last = constraints.iter().filter_map(|(on, _)| *on).max();
    let file = File {
        besoins_par_diagnostic_individu_dtos: jobs(&words),
        contraintes_individus_dto: OfPerson {
            conseiller: None,
            date_de_modification: last.and_then(instant::first_instant),
            code: read::PERSONAL,
            libelle: "Résoudre ses contraintes personnelles",
            contraintes: constraints.into_iter().map(|(_, row)| row).collect(),
        },
    };
    // Texts, booleans and lists of them: nothing that JSON could not hold.
    let json = serde_json::to_string(&file).unwrap_or_default();
    let left_out = left_out(&json, &words);
    Written { json, left_out }
}

fn written(
    constraint: &'static Constraint,
    words: &Words<'_>,
) -> (Option<NaiveDate>, WrittenConstraint) {
    let told = told(constraint, words);
    let on = told.as_ref().map(|(on, _)| *on);
    let said = told.as_ref().map(|(_, said)| said);
    let value = match said {
        Some(said) if said.open => "OUI",
        Some(_) => "CLOTUREE",
        None => "NON_ABORDEE",
    };
    let situation = |code: &str| match said {
        Some(said) if said.with.contains(code) => "OUI",
        Some(said) if said.without.contains(code) => "NON",
        _ => "NON_ABORDEE",
    };
    let goal = |code: &str| {
        let mut goals = said.into_iter().flat_map(|said| &said.goals);
        let goal = goals.find(|(goal, _)| *goal == code);
        goal.map_or("NON_ABORDE", |(_, state)| state.in_file())
    };
    let row = WrittenConstraint {
        code: constraint.code,
        libelle: constraint.label,
        valeur: value,
        date: on.and_then(instant::first_instant),
        situations: rows(constraint.situations, situation),
        objectifs: rows(constraint.goals, goal),
    };
    (on, row)
}

/// What may be written of a constraint: as much as a reader finds nothing in that was never said, or was
/// taken back or erased since. A situation tells an ordinary fact, too, and that there is one, a barrier.
fn told(
    constraint: &'static Constraint,
    words: &Words<'_>,
) -> Option<(NaiveDate, Discussed<'static>)> {
    let (on, known) = words.last(constraint.fact)?;
    instant::first_instant(on)?;
    let open = match single(known)? {
        "open" => true,
        "closed" => false,
        _ => return None,
    };
    let of = |part| words.on(on, &format!("{}.{part}", constraint.fact));
    let (with, without) = of("situations").and_then(sides).unwrap_or_default();
    let said = of("goals").map(goals).unwrap_or_default();
    let goals = constraint.goals.iter().filter_map(|(code, _)| {
        let (_, state) = said.iter().find(|(goal, _)| goal == code)?;
        // Nothing runs under a constraint that is closed: a reader does not count it.
        (open || *state != GoalState::Running).then_some((*code, *state))
    });
    let whole = Discussed {
        constraint,
        open,
        with: listed(constraint.situations, &with),
        without: listed(constraint.situations, &without),
        goals: goals.collect(),
    };
    // Of a constraint that is closed all is said by that.
    let parts: &[(bool, bool)] = if open {
        &[(true, true), (true, false), (false, true), (false, false)]
    } else {
        &[(true, true)]
    };
    let mut tried = parts.iter().map(|(situations, goals)| {
        let mut said = whole.clone();
        if !situations {
            said.with.clear();
            said.without.clear();
        }
        if !goals {
            said.goals.clear();
        }
        said
    });
    let said = tried.find(|said| words.hold(on, &of_constraint(said)))?;
    Some((on, said))
}

/// Those of some codes that the format lists: no other has a row.
fn listed(codes: &'static [Labelled], said: &BTreeSet<&str>) -> BTreeSet<&'static str> {
    let codes = codes.iter().map(|(code, _)| *code);
    codes.filter(|code| said.contains(code)).collect()
}

/// Jobs, day by day, of the last file in which there were any: one that came before may hold
/// older words about the same jobs, which nothing tells apart.
fn jobs(words: &Words<'_>) -> Vec<Job> {
    let facts = ["france_travail.needs", "france_travail.strengths"];
    let said = || facts.iter().flat_map(|fact| words.assessed(fact));
    let Some(last) = said().map(|(said, _)| said.recorded_on).max() else {
        return Vec::new();
    };
    let of_last = said().filter(|(said, _)| said.recorded_on == last);
    let days: BTreeSet<NaiveDate> = of_last.map(|(said, _)| said.observed_on).collect();
    let days = days.into_iter().filter_map(|on| {
        let [needs, strengths] = facts.map(|fact| {
            let mut said = words.assessed(fact);
            said.find(|(said, _)| (said.recorded_on, said.observed_on) == (last, on))
                .and_then(|(_, known)| sides(known))
                .map(|(with, _)| listed(&NEEDS, &with))
                .unwrap_or_default()
        });
        let said = Needs {
            wanted: needs,
            strengths,
        };
        // As of a constraint: nothing is written in which a reader would find more than was said.
        let all = words.hold(on, &of_needs(&said));
        all.then(|| jobs_of_day(on, &said.wanted, &said.strengths))
    });
    days.flatten().collect()
}

fn jobs_of_day(on: NaiveDate, needs: &BTreeSet<&str>, strengths: &BTreeSet<&str>) -> Vec<Job> {
    let job = |value: &dyn Fn(&str) -> &'static str| Job {
        id_metier_chiffre: "",
        nom_metier: None,
        typologie: None,
        statut: "EN_COURS",
        est_prioritaire: false,
        date_mise_a_jour: instant::first_instant(on),
        besoins: rows(&NEEDS, value),
    };
    let mut jobs = vec![job(&|code| match code {
        _ if needs.contains(code) => "BESOIN",
        _ if strengths.contains(code) => "POINT_FORT",
        _ => "NON_EXPLORE",
    })];
    // A need for one job and a strength for another.
    if !needs.is_disjoint(strengths) {
        jobs.push(job(&|code| {
            if needs.contains(code) && strengths.contains(code) {
                "POINT_FORT"
            } else {
                "NON_EXPLORE"
            }
        }));
    }
    jobs
}

fn rows(codes: &'static [Labelled], value: impl Fn(&str) -> &'static str) -> Vec<Row> {
    let row = |(code, libelle): &Labelled| Row {
        code,
        libelle,
        valeur: value(code),
    };
    codes.iter().map(row).collect()
}

fn single(known: &Knowledge) -> Option<&str> {
    let Knowledge::OneOf(values) = known else {
        return None;
    };
    let mut values = values.iter();
    match (values.next(), values.next()) {
        (Some(Value::Code(code)), None) => Some(code.as_str()),
        _ => None,
    }
}

/// Codes that are in a set, and out of it.
fn sides(known: &Knowledge) -> Option<(BTreeSet<&str>, BTreeSet<&str>)> {
    let Knowledge::Members { with, without } = known else {
        return None;
    };
    let with = with.iter().map(Code::as_str).collect();
    let without = match without {
        Without::AllOthers => BTreeSet::new(),
        Without::These(codes) => codes.iter().map(Code::as_str).collect(),
    };
    Some((with, without))
}

fn goals(known: &Knowledge) -> Vec<(&str, GoalState)> {
    let Knowledge::Rows(goals) = known else {
        return Vec::new();
    };
    let rows = goals.rows.iter().filter_map(|row| {
        let field = |name: &str| single(row.get(&FactName::parse(name).ok()?)?);
        Some((field("goal")?, GoalState::of_code(field("state")?)?))
    });
    rows.collect()
}

/// What a reader of the file would not find in it.
fn left_out(json: &str, words: &Words<'_>) -> BTreeSet<EntryId> {
    let recorded_on = words.all().map(|(_, said)| said.recorded_on).max();
    let found = recorded_on.and_then(|day| {
        let options = Options::new(words.diagnostic.person().clone(), words.by.clone(), day);
        read::read(json, &options).ok().flatten()
    });
    let said = |one: &Observation, other: &Observation| {
        (
            one.means,
            one.observed_on,
            &one.fact,
            &one.said,
            &one.remark,
        ) == (
            other.means,
            other.observed_on,
            &other.fact,
            &other.said,
            &other.remark,
        )
    };
    let is_found =
        |one: &Observation| {
            found.as_ref().is_some_and(|found| {
                found.arrival.diagnostic.entries().any(
                    |(_, entry)| matches!(entry, Entry::Observation(other) if said(one, other)),
                )
            })
        };
    let lost = words.all().filter(|(_, one)| !is_found(one));
    lost.map(|(id, _)| id).collect()
}
