//! Who gains and who loses, between two packs: one invented person for each change.
//!
//! [`same`] passes over what both packs write alike; [`pair`] looks for a person whom
//! they answer otherwise; [`change`] tells what each of them answers, and why.

mod change;
mod pair;
mod same;

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub use change::{Change, Otherwise, Side};

use crate::fact::dictionary::FactId;
use crate::network::BodyRef;
use crate::pack::model::{Model, TrackChoice};
use crate::pack::{Engine, EngineAt, Pack};
use crate::profile::Facts;
use crate::rule::Truth;
use crate::rule::condition::Cond;
use crate::vocabulary::Period;
use change::Told;
use pair::{Pair, Sought};
use same::Alike;

/// How two packs differ, as people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Difference {
    /// One for each change found, the most recent law first.
    pub changes: Vec<Change>,
    /// Schemes and tracks written otherwise, for which no person was found in so many
    /// tries: there may be one.
    pub not_found: Vec<(String, usize)>,
}

impl Pack {
    /// Looks for people whom `next` answers otherwise than this pack.
    ///
    /// For each scheme, and for each track with its lead, one person who gains it and one
    /// who loses it, with what both packs answer and why; and one for each rule whose
    /// proposal comes to another body, by another day or with another reason. A change is
    /// shown once, in the most recent law that has it. `progress` is told how many days are done,
    /// and of how many.
    ///
    /// ```
    /// use spie::Pack;
    ///
    /// let pack = |when: &str| Pack::parse([("pack.toml", format!(r#"
    ///     [pack]
    ///     id = "essai"
    ///     title = "Un essai"
    ///     extends = "marne"
    ///
    ///     [[rule]]
    ///     id = "accompany"
    ///     title = "Bilan de mobilité des jeunes"
    ///     when = "{when}"
    ///     propose = {{ scheme = "mobilite-diagnostic", partner = "mobility-platform", priority = 30 }}
    ///     within = "1 month"
    ///     because = "Votre conseiller vous propose un bilan."
    ///     source = "Choix local"
    ///     verified = false
    /// "#))], Some(&Pack::marne()?));
    /// let found = pack("age < 26")?.difference(&pack("age < 30")?, |_done, _all| {});
    /// assert_eq!(found.changes.len(), 1);
    /// assert!(found.changes[0].person.starts_with("29 ans"));
    /// assert_eq!(found.changes[0].gains[0].what, "mobilite-diagnostic");
    /// # Ok::<(), spie::PackErrors>(())
    /// ```
    #[must_use]
    pub fn difference(&self, next: &Self, mut progress: impl FnMut(usize, usize)) -> Difference {
        let (before, after) = (Engine::new(self), Engine::new(next));
        let mut days = before.days(Period::default());
        days.extend(after.days(Period::default()));
        days.sort_unstable();
        days.dedup();
        let mut search = Search {
            before: &before,
            after: &after,
            seen: BTreeSet::new(),
            found: Difference::default(),
        };
        for (done, day) in days.iter().rev().enumerate() {
            search.on(*day);
            progress(done.saturating_add(1), days.len());
        }
        search.found
    }
}

struct Search<'e> {
    before: &'e Engine,
    after: &'e Engine,
    /// Changes shown, and those that nobody shows.
    seen: BTreeSet<(Way, String)>,
    found: Difference,
}

/// In what way somebody is answered otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Gains,
    Loses,
    Otherwise,
}

/// Something that may be answered, and when.
struct Answer {
    what: String,
    when: Cond,
}

impl Search<'_> {
    fn on(&mut self, on: NaiveDate) {
        let (before, after) = (self.before.at(on), self.after.at(on));
        let schemes = (schemes(&before), schemes(&after));
        self.compare((&before, &after), &schemes.0, &schemes.1, Told::Scheme);
        let tracks = (tracks(&before), tracks(&after));
        self.compare((&before, &after), &tracks.0, &tracks.1, Told::Track);
        self.said_otherwise(&before, &after);
    }

    fn compare(
        &mut self,
        (before, after): (&EngineAt, &EngineAt),
        of_before: &[Answer],
        of_after: &[Answer],
        told: Told,
    ) {
        let nothing = Cond::Constant(false);
        let when = |answers: &[Answer], what: &str| {
            let mut answers = answers.iter();
            let found = answers.find(|answer| answer.what == what);
            found.map_or(nothing.clone(), |answer| answer.when.clone())
        };
        let all: BTreeSet<&str> = of_before
            .iter()
            .chain(of_after)
            .map(|answer| answer.what.as_str())
            .collect();
        for what in all {
            let conditions = (when(of_before, what), when(of_after, what));
            let models = (before.engine.model(), after.engine.model());
            let mut alike = Alike::new(models.0, models.1, before.date);
            if alike.conditions(&conditions.0, &conditions.1) {
                continue;
            }
            for way in [Way::Gains, Way::Loses] {
                self.show((before, after), (told, what), &conditions, way);
            }
        }
    }

    /// One person who gains or loses it, unless one was shown.
    fn show(
        &mut self,
        (before, after): (&EngineAt, &EngineAt),
        (told, what): (Told, &str),
        conditions: &(Cond, Cond),
        way: Way,
    ) {
        if self.seen.contains(&(way, what.to_owned())) {
            return;
        }
        let models = (before.engine.model(), after.engine.model());
        let on = before.date;
        let pair = Pair::new(models, on, (&conditions.0, &conditions.1));
        let truths = |a: &Facts, b: &Facts| {
            (
                conditions.0.truth(a, &models.0.tables, on),
                conditions.1.truth(b, &models.1.tables, on),
            )
        };
        let sought = pair.seek(|a, b| {
            let (was, is) = truths(a, b);
            match way {
                Way::Gains => is.and(was.not()),
                Way::Loses => was.and(is.not()),
                Way::Otherwise => was.and(is),
            }
        });
        match sought {
            Sought::Found(of_before, of_after) => {
                let change = Change::of(
                    (before, &of_before, &conditions.0),
                    (after, &of_after, &conditions.1),
                    (told, what),
                );
                let Some(change) = change else { return };
                self.seen.insert((way, what.to_owned()));
                let changes = &mut self.found.changes;
                let new = changes
                    .iter_mut()
                    .try_fold(change, |change, known| known.take(change).ok_or(()));
                changes.extend(new);
            }
            Sought::Nobody => {}
            Sought::NotIn(tries) => {
                let known = self.found.not_found.iter().any(|(known, _)| known == what);
                if !known {
                    self.found.not_found.push((what.to_owned(), tries));
                }
            }
        }
    }

    /// Rules that still propose, to another body, by another day, for another reason.
    fn said_otherwise(&mut self, before: &EngineAt, after: &EngineAt) {
        let rules = |at: &EngineAt| -> Vec<(String, String, Cond)> {
            let model = at.engine.model();
            let in_force = at.period.rules.iter();
            let rules = in_force.filter_map(|in_force| {
                let (_, rule) = model.rules.get(in_force.place)?;
                let said = format!(
                    "{:?} {} {} {:?}",
                    rule.within
                        .map(|within| (within.in_french(), event(model, within.event()))),
                    rule.next_working_day,
                    body(model, rule.body),
                    rule.because
                );
                let what = model.network.scheme_id(rule.scheme).to_string();
                Some((
                    format!("{what} {}", rule.id),
                    said,
                    in_force.verdict.clone(),
                ))
            });
            rules.collect()
        };
        let of_after = rules(after);
        for (id, said, was) in rules(before) {
            let mut others = of_after.iter();
            let Some((_, _, is)) =
                others.find(|(other, said_after, _)| *other == id && *said_after != said)
            else {
                continue;
            };
            let scheme = id.split(' ').next().unwrap_or(&id).to_owned();
            let conditions = (was, is.clone());
            self.show(
                (before, after),
                (Told::Scheme, &scheme),
                &conditions,
                Way::Otherwise,
            );
        }
    }
}

fn event(model: &Model, event: Option<FactId>) -> String {
    event.map_or_else(String::new, |event| {
        model.dictionary.fact(event).name.to_string()
    })
}

fn body(model: &Model, body: BodyRef) -> String {
    match body {
        BodyRef::Role(role) => model
            .network
            .roles
            .get(role.0)
            .map(|role| role.id.to_string()),
        BodyRef::Partner(partner) => model
            .network
            .partners
            .get(partner.0)
            .map(|partner| partner.id.to_string()),
    }
    .unwrap_or_default()
}

/// When each scheme is proposed, by whichever rule.
fn schemes(at: &EngineAt) -> Vec<Answer> {
    let model = at.engine.model();
    let mut answers: Vec<Answer> = Vec::new();
    for in_force in &at.period.rules {
        let Some((_, rule)) = model.rules.get(in_force.place) else {
            continue;
        };
        let what = model.network.scheme_id(rule.scheme).as_str();
        join(&mut answers, what, &in_force.verdict);
    }
    answers
}

/// When each track is the answer, with its lead: its condition, and that of no stronger one.
fn tracks(at: &EngineAt) -> Vec<Answer> {
    let model = at.engine.model();
    let codes = model
        .standing
        .track
        .and_then(|fact| model.dictionary.fact(fact).kind.nomenclature().cloned());
    let mut stronger: Vec<Cond> = Vec::new();
    let mut answers: Vec<Answer> = Vec::new();
    for in_force in &at.period.tracks {
        let Some((_, track)) = model.tracks.get(in_force.place) else {
            continue;
        };
        let code = match track.track {
            TrackChoice::InForce => "in-force".to_owned(),
            TrackChoice::Code(place) => codes
                .as_ref()
                .and_then(|codes| codes.code(place))
                .map(ToString::to_string)
                .unwrap_or_default(),
        };
        let lead = track
            .lead
            .map_or_else(|| "in-force".to_owned(), |lead| body(model, lead));
        let when = Cond::And(vec![
            in_force.verdict.clone(),
            Cond::Not(Box::new(Cond::Or(stronger.clone()))),
        ]);
        join(&mut answers, &format!("{code} {lead}"), &when);
        stronger.push(in_force.verdict.clone());
    }
    answers
}

fn join(answers: &mut Vec<Answer>, what: &str, when: &Cond) {
    let mut known = answers.iter_mut();
    match known.find(|answer| answer.what == what) {
        Some(Answer {
            when: Cond::Or(ways),
            ..
        }) => ways.push(when.clone()),
        _ => answers.push(Answer {
            what: what.to_owned(),
            when: Cond::Or(vec![when.clone()]),
        }),
    }
}

/// The opposite of a condition, for a proof that it does not hold.
fn opposite(cond: &Cond) -> Cond {
    Cond::Not(Box::new(cond.clone()))
}

/// Whether a condition is decided, and how.
fn decided(cond: &Cond, at: &EngineAt, facts: &Facts) -> Truth {
    cond.truth(facts, &at.engine.model().tables, at.date)
}
