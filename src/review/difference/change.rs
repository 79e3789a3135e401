//! One change: who, what each pack answers, and why.

use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::levels::Levels;
use super::{decided, opposite};
use crate::calendar;
use crate::orientation::{Body, Deadline, Orientation, Proof, prove};
use crate::pack::EngineAt;
use crate::profile::Profile;
use crate::review::people::invented::{Expecting, Invented, bodies, outcome, tracks};
use crate::rule::Truth;
use crate::rule::condition::Cond;
use crate::rule::reads::reads;

/// What kind of answer changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    Scheme,
    Track,
    Level,
}

/// One change between two packs, shown by a person who does not exist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// A day on which it is met: the first under that law.
    pub at: NaiveDate,
    /// Who is concerned, in French: « 19 ans, permis B : non ».
    pub person: String,
    /// Schemes, and tracks with their lead, that the person gets.
    pub gains: Vec<Otherwise>,
    /// Those that the person gets no more.
    pub loses: Vec<Otherwise>,
    /// Those that come to another body, by another day, in another order or for another reason,
    /// and those that another scheme sets aside in one of the packs alone.
    pub otherwise: Vec<Otherwise>,
    /// Barriers that come to another level.
    pub levels: Vec<Otherwise>,
    /// The person as an `[[example]]` that holds in the second pack.
    pub example: String,
    /// Identifier of the example.
    #[serde(skip)]
    pub(super) name: String,
}

/// What one person gets of both packs, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Otherwise {
    /// The scheme, the track and its lead (`social departement`), or the fact of a barrier.
    pub what: String,
    /// Its title, in French.
    pub title: String,
    /// What the first pack answers.
    pub before: Side,
    /// What the second pack answers.
    pub after: Side,
}

/// What one pack answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Side {
    /// In French: « proposé, auprès de … », « importante ».
    pub answer: String,
    /// The facts by which it is so.
    pub proof: Proof,
}

impl Change {
    /// Nothing where neither pack shows the person anything else, as when another
    /// exclusive scheme stands before both.
    pub(super) fn of(
        before: (&EngineAt, &Invented, &Cond),
        after: (&EngineAt, &Invented, &Cond),
        (told, what): (Told, &str),
    ) -> Option<Self> {
        let (was, is) = (Found::new(before)?, Found::new(after)?);
        // Its title where it is answered.
        let (first, second) = if is.holds == Truth::True {
            (&is, &was)
        } else {
            (&was, &is)
        };
        let title = first.title(told, what).or_else(|| second.title(told, what));
        let otherwise = Otherwise {
            what: what.to_owned(),
            title: title.unwrap_or_else(|| what.to_owned()),
            before: was.side(told, what, &is),
            after: is.side(told, what, &was),
        };
        if otherwise.before.answer == otherwise.after.answer {
            return None;
        }
        let on = after.0.date;
        let name = match told {
            Told::Scheme => format!("{what}-{on}"),
            Told::Track => format!("track-{on}"),
            Told::Level => format!("level-{on}"),
        };
        let mut change = Self {
            at: on,
            person: after.1.in_french(after.0.engine.model(), on),
            gains: Vec::new(),
            loses: Vec::new(),
            otherwise: Vec::new(),
            levels: Vec::new(),
            example: is.example(&name, told, what, &was),
            name,
        };
        let place = match (told, was.holds, is.holds) {
            (Told::Level, ..) => &mut change.levels,
            (_, Truth::True, Truth::True) => &mut change.otherwise,
            (_, _, Truth::True) => &mut change.gains,
            _ => &mut change.loses,
        };
        place.push(otherwise);
        Some(change)
    }
}

impl Change {
    /// Takes what another says of the same person, such as the track lost with the one
    /// gained; gives it back where it is somebody else.
    pub(super) fn take(&mut self, other: Self) -> Option<Self> {
        if (self.at, &self.person) != (other.at, &other.person) || self.name != other.name {
            return Some(other);
        }
        for (known, new) in [
            (&mut self.gains, other.gains),
            (&mut self.loses, other.loses),
            (&mut self.otherwise, other.otherwise),
            (&mut self.levels, other.levels),
        ] {
            for one in new {
                if !known.contains(&one) {
                    known.push(one);
                }
            }
        }
        None
    }

    /// Gives its example a number, where another bears its name.
    pub(super) fn rename(&mut self, number: usize) {
        let id = format!("id = \"{}\"", self.name);
        let numbered = format!("id = \"{}-{number}\"", self.name);
        self.example = self.example.replacen(&id, &numbered, 1);
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let titles = |all: &[Otherwise]| {
            let titles = all.iter().map(|one| format!("« {} »", one.title));
            titles.collect::<Vec<_>>().join(", ")
        };
        write!(f, "Le {}, {} :", calendar::in_french(self.at), self.person)?;
        for (verb, all) in [
            ("gagne", &self.gains),
            ("perd", &self.loses),
            ("reçoit autrement", &self.otherwise),
            ("a un autre niveau de", &self.levels),
        ] {
            if !all.is_empty() {
                write!(f, " {verb} {}", titles(all))?;
            }
        }
        let all = self.gains.iter().chain(&self.loses).chain(&self.otherwise);
        for one in all.chain(&self.levels) {
            write!(f, "\n  avant : {}\n  après : {}", one.before, one.after)?;
        }
        Ok(())
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.answer)?;
        let facts = self.proof.facts.iter();
        let derived = self.proof.derived.iter();
        let facts: Vec<String> = facts
            .map(|fact| format!("{} : {}", fact.label, fact.value))
            .chain(derived.map(|fact| format!("{} : {}", fact.label, fact.value)))
            .collect();
        if !facts.is_empty() {
            write!(f, " ({})", facts.join(" ; "))?;
        }
        Ok(())
    }
}

/// A body as the page says it, where nobody holds the role.
fn named(body: &Body) -> String {
    let missing = if body.candidates.is_empty() {
        " (organisme à préciser localement)"
    } else {
        ""
    };
    body.in_french() + missing
}

/// A person as one pack answers.
struct Found<'p> {
    at: &'p EngineAt,
    person: &'p Invented,
    profile: Profile,
    orientation: Orientation,
    holds: Truth,
    proof: Proof,
}

impl<'p> Found<'p> {
    fn new((at, person, cond): (&'p EngineAt, &'p Invented, &Cond)) -> Option<Self> {
        let profile = person.profile(&at.engine, at.date)?;
        let orientation = at.orient_whole(&profile).ok()?;
        let model = at.engine.model();
        let holds = decided(cond, at, &profile.worlds.told);
        let shown = match holds {
            Truth::True => cond.clone(),
            Truth::False | Truth::Open => opposite(cond),
        };
        let order = reads(&model.dictionary, &model.tables, &shown, at.date);
        let proof = prove(&profile, &shown, &order, false);
        Some(Self {
            at,
            person,
            profile,
            orientation,
            holds,
            proof,
        })
    }

    fn title(&self, told: Told, what: &str) -> Option<String> {
        match told {
            Told::Scheme => {
                let network = &self.at.engine.model().network;
                let place = network.scheme(what)?;
                let scheme = network.schemes.get(place.0)?.at(self.at.date)?;
                Some(scheme.title.to_string())
            }
            Told::Track => {
                let options = &self.orientation.track.as_ref()?.options;
                let code = what.split(' ').next()?;
                let mut options = options.iter();
                let option = options.find(|option| option.track.as_str() == code)?;
                Some(format!(
                    "{}, avec : {}",
                    option.label,
                    option.lead.in_french()
                ))
            }
            Told::Level => {
                let dictionary = &self.at.engine.model().dictionary;
                let fact = dictionary.fact(dictionary.id(what)?);
                Some(fact.label.to_string())
            }
        }
    }

    fn side(&self, told: Told, what: &str, other: &Self) -> Side {
        Side {
            answer: match told {
                Told::Scheme => self.proposed(what, other),
                Told::Track => self.tracks(),
                Told::Level => self.level(what),
            },
            proof: self.proof_of(told, what),
        }
    }

    /// Of a level, what is beneath it: the level itself is the answer.
    fn proof_of(&self, told: Told, what: &str) -> Proof {
        let mut proof = self.proof.clone();
        if told == Told::Level {
            proof.derived.retain(|one| one.fact.as_str() != what);
        }
        proof
    }

    fn proposed(&self, scheme: &str, other: &Self) -> String {
        if let Some(proposal) = self.orientation.proposal(scheme) {
            let deadline = proposal.deadline.as_ref();
            let deadline = deadline.map_or_else(String::new, |deadline| format!(", {deadline}"));
            let because = proposal
                .grounds
                .first()
                .map_or("", |ground| &ground.because);
            // The order among proposals is said where it is another.
            let priority = other.orientation.proposal(scheme);
            let priority = priority.filter(|other| other.priority != proposal.priority);
            let priority =
                priority.map_or_else(String::new, |_| format!(", priorité {}", proposal.priority));
            return format!(
                "proposé auprès de : {}{deadline}{priority}. {because}",
                named(&proposal.body)
            );
        }
        let mut aside = self.orientation.set_aside.iter();
        if let Some(aside) = aside.find(|aside| aside.scheme.as_str() == scheme) {
            let winner = self.title(Told::Scheme, aside.winner.as_str());
            let winner = winner.unwrap_or_else(|| aside.winner.to_string());
            return format!("mis de côté au profit de « {winner} »");
        }
        let network = &self.at.engine.model().network;
        let rules = &self.at.engine.model().rules;
        let place = network.scheme(scheme);
        let mut rules = rules
            .iter()
            .filter(|(period, _)| period.contains(self.at.date));
        if rules.any(|(_, rule)| Some(rule.scheme) == place) {
            "non proposé".to_owned()
        } else {
            "aucune règle ne le propose".to_owned()
        }
    }

    fn tracks(&self) -> String {
        let options = self.orientation.track.as_ref().map(|track| &track.options);
        let said: BTreeSet<String> = options
            .into_iter()
            .flatten()
            .map(|option| format!("{}, avec : {}", option.label, named(&option.lead)))
            .collect();
        said.into_iter().collect::<Vec<_>>().join(" ; ou ")
    }

    fn level(&self, what: &str) -> String {
        let levels = Levels::of(self.at.engine.model(), what);
        levels.map_or_else(
            || "pas évalué".to_owned(),
            |levels| levels.in_french(&self.profile.worlds.told),
        )
    }

    /// The bodies that come with the answer, where there is one.
    fn bodies(&self, told: Told, what: &str) -> Option<BTreeSet<&str>> {
        let bodies: Vec<&Body> = match told {
            Told::Scheme => vec![&self.orientation.proposal(what)?.body],
            Told::Track => {
                let options = &self.orientation.track.as_ref()?.options;
                options.iter().map(|option| &option.lead).collect()
            }
            Told::Level => return None,
        };
        let candidates = bodies.into_iter().flat_map(|body| &body.candidates);
        Some(candidates.map(|body| body.partner.as_str()).collect())
    }

    /// By when it is to be done, as an example would expect it, where there is the answer.
    /// A day that is not known exactly has no way to be expected.
    fn deadline(&self, told: Told, what: &str) -> Option<String> {
        let proposal = match told {
            Told::Scheme => self.orientation.proposal(what)?,
            Told::Track | Told::Level => return None,
        };
        match &proposal.deadline {
            None => Some("\"none\"".to_owned()),
            Some(Deadline::On { date }) => Some(date.to_string()),
            Some(Deadline::Open { event, .. } | Deadline::Absent { event, .. }) => {
                Some(format!("\"{event}\""))
            }
            Some(Deadline::Between { .. }) => None,
        }
    }

    /// The level as an example would expect it.
    fn at_level(&self, what: &str) -> Option<String> {
        let levels = Levels::of(self.at.engine.model(), what)?;
        let code = levels.code(&self.profile.worlds.told)?;
        Some(format!("levels = {{ \"{what}\" = \"{code}\" }}"))
    }

    /// With the bodies and the deadline where the other pack answers the same with others:
    /// all else that the example expects may hold there too.
    fn example(&self, name: &str, told: Told, what: &str, other: &Self) -> String {
        let mut lines: Vec<String> = match told {
            Told::Scheme => Some(outcome(&self.orientation, what)),
            Told::Track => tracks(&self.orientation),
            Told::Level => self.at_level(what).or_else(|| tracks(&self.orientation)),
        }
        .into_iter()
        .collect();
        if let (Some(own), Some(others)) = (self.bodies(told, what), other.bodies(told, what))
            && own != others
        {
            let own = bodies(&own);
            lines.push(match told {
                Told::Scheme => format!("partner = {{ {what} = {own} }}"),
                Told::Track | Told::Level => format!("lead = {own}"),
            });
        }
        if let Some(own) = self.deadline(told, what)
            && other.orientation.proposal(what).is_some()
            && other.deadline(told, what).as_ref() != Some(&own)
        {
            lines.push(format!("deadline = {{ {what} = {own} }}"));
        }
        let on = self.at.date;
        let expecting = Expecting {
            id: name,
            title: &self.person.in_french(self.at.engine.model(), on),
            at: on,
            lines: &lines,
        };
        self.person
            .example(&self.at.engine.model().dictionary, &expecting)
    }
}
