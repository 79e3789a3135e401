//! Examples as they were answered: what each of them looks at.

use chrono::NaiveDate;

use super::compare::{grounds, holds};
use super::expected::Expected;
use super::run::profile;
use crate::fact::dictionary::FactId;
use crate::fact::set::ValueSet;
use crate::network::{BodyRef, SchemeIndex};
use crate::orientation::{Orientation, Verdict, Verdicts};
use crate::pack::engine::InForce;
use crate::pack::error::Errors;
use crate::pack::layer;
use crate::pack::model::{Model, TrackChoice};
use crate::pack::tree::{Reader, Text};
use crate::pack::{Engine, EngineAt};
use crate::profile::{Facts, Telling, resolve};
use crate::rule::Truth;
use crate::rule::condition::{Atom, Cond, Meaning, Slot, Target};
use crate::rule::reads::reads;
use crate::vocabulary::RuleId;

/// A rule or a track, by its place in the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Entry {
    Rule(usize),
    Track(usize),
}

/// What an example has to show: eligibility is written once, and decides for all rules of
/// a scheme; tracks share most of their conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Answer {
    Scheme(SchemeIndex),
    Track,
}

/// A condition on which hangs what an example expects.
pub(super) struct Watched {
    pub(super) entry: Entry,
    pub(super) answer: Answer,
    pub(super) verdict: Cond,
    /// Of a track, what it gives, as far as the example looks at it.
    gives: Option<Given>,
}

/// A track, and its lead where that is expected too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Given {
    track: TrackChoice,
    lead: Option<BodyRef>,
}

/// What comes out for all that an example looks at.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    rules: Vec<Truth>,
    tracks: Vec<Given>,
    levels: Vec<ValueSet>,
}

/// The truths of what is watched, as far as they make a difference.
pub(super) fn outcome<'w>(
    truths: impl Iterator<Item = (&'w Watched, Truth)>,
    levels: Vec<ValueSet>,
) -> Outcome {
    let (mut rules, mut tracks) = (Vec::new(), Vec::new());
    let mut settled = false;
    for (watched, truth) in truths {
        match watched.gives {
            None => rules.push(truth),
            // The first that holds answers; one that is open may.
            Some(given) if !settled && truth != Truth::False => {
                if !tracks.contains(&given) {
                    tracks.push(given);
                }
                settled = truth == Truth::True;
            }
            Some(_) => {}
        }
    }
    Outcome {
        rules,
        tracks,
        levels,
    }
}

/// The rules whose reasons hold the words expected, each with those that it holds.
fn said(
    model: &Model,
    on: NaiveDate,
    orientation: Option<&Orientation>,
    scheme: &str,
    words: &[&Text<'_>],
) -> Vec<(usize, String)> {
    let found = orientation.into_iter();
    let grounds = found.flat_map(|found| grounds(found, scheme));
    let all = grounds.flat_map(|ground| words.iter().map(move |text| (ground, &text.value)));
    let held = all.filter(|(ground, words)| holds(&ground.because, words));
    let placed = held
        .filter_map(|(ground, words)| Some((place(model, on, &ground.rule)?, words.to_string())));
    placed.collect()
}

/// Where a rule stands that is in force on a day.
fn place(model: &Model, on: NaiveDate, id: &RuleId) -> Option<usize> {
    let mut rules = model.rules.iter();
    rules.position(|(period, rule)| period.contains(on) && rule.id == *id)
}

/// One example, and what it looks at.
pub(super) struct Tried {
    pub(super) on: NaiveDate,
    /// The rules whose scheme it names, and the tracks where it expects one.
    pub(super) watched: Vec<Watched>,
    /// Facts of which it expects the value computed.
    pub(super) levels: Vec<FactId>,
    /// Facts that all of these read, each after those it builds on.
    pub(super) reads: Vec<FactId>,
    telling: Telling,
    /// What is possible, presumptions included.
    pub(super) facts: Facts,
    /// Rules whose scheme it expects proposed, and is; excluded, and is; by another day.
    pub(super) proposed: Vec<usize>,
    pub(super) closed: Vec<usize>,
    pub(super) timed: Vec<usize>,
    /// Rules whose reason it expects to hold words, and those words.
    pub(super) said: Vec<(usize, String)>,
    /// The track rule that gives the one track it expects.
    pub(super) track: Option<usize>,
}

impl Tried {
    /// Nothing of an example that cannot be read: [`crate::Pack::run_examples`] tells it.
    pub(super) fn new(engine: &Engine, example: &layer::Entry<'_>) -> Option<Self> {
        let mut errors = Errors::default();
        let mut reader = Reader::new(&example.table, example.at, &mut errors);
        let on = reader.date("at")?;
        let facts = reader.table("facts").map(|(table, _)| table);
        let expected = Expected::read(&mut reader);
        let profile = profile(engine, on, facts, example.at, &mut errors)?;
        let (model, at) = (engine.model(), engine.at(on));
        let mut verdicts = Verdicts::new();
        at.verdicts(&profile, &mut verdicts).ok()?;
        let with_track = !expected.tracks.is_empty() || expected.lead.is_some();
        // Proofs cost more than all else: only where a day, a reason or a track is looked at.
        let shown = !expected.deadlines.is_empty() || !expected.says.is_empty();
        let orientation = if with_track || shown {
            Some(at.orient_whole(&profile).ok()?)
        } else {
            None
        };
        let told = profile.told.iter();
        let told = told.map(|(id, told)| (*id, told.possible.clone()));
        let worlds = profile.worlds;
        let names = expected.levels.iter();
        let levels = names.filter_map(|(name, ..)| model.dictionary.id(name));
        let mut tried = Self {
            on,
            watched: Vec::new(),
            levels: levels.collect(),
            reads: Vec::new(),
            telling: Telling::all(told.collect()),
            facts: worlds.presumed.unwrap_or(worlds.told),
            proposed: Vec::new(),
            closed: Vec::new(),
            timed: Vec::new(),
            said: Vec::new(),
            track: None,
        };
        for (in_force, verdict) in at.period.rules.iter().zip(verdicts.as_slice()) {
            tried.rule(model, &expected, in_force, *verdict);
        }
        for (scheme, ..) in &expected.deadlines {
            // The first ground is the one whose deadline counts.
            let proposal = orientation
                .as_ref()
                .and_then(|found| found.proposal(scheme));
            let ground = proposal.and_then(|proposal| proposal.grounds.first());
            let place = ground.and_then(|ground| place(model, on, &ground.rule));
            tried.timed.extend(place);
        }
        for (scheme, _, words) in &expected.says {
            tried
                .said
                .extend(said(model, on, orientation.as_ref(), scheme, words));
        }
        if with_track {
            tried.tracks(model, &at, expected.lead.is_some());
            let track = orientation.and_then(|found| found.track);
            let options = track.map(|track| track.options);
            if let Some([option]) = options.as_deref() {
                let mut rules = model.tracks.iter();
                tried.track =
                    rules.position(|(period, rule)| period.contains(on) && rule.id == option.rule);
            }
        }
        tried.reads = tried.read(model);
        Some(tried)
    }

    fn rule<T>(
        &mut self,
        model: &Model,
        expected: &Expected<'_>,
        in_force: &InForce<T>,
        verdict: Verdict,
    ) {
        let place = in_force.place;
        let Some((_, rule)) = model.rules.get(place) else {
            return;
        };
        let scheme = model.network.scheme_id(rule.scheme).as_str();
        let names = |expected: &[&Text<'_>]| expected.iter().any(|text| text.value == scheme);
        let (must, must_not) = (names(&expected.must), names(&expected.must_not));
        if must || must_not {
            self.watched.push(Watched {
                entry: Entry::Rule(place),
                answer: Answer::Scheme(rule.scheme),
                verdict: in_force.verdict.clone(),
                gives: None,
            });
        }
        if verdict.is_proposed() && must {
            self.proposed.push(place);
        } else if verdict == Verdict::Not && must_not {
            self.closed.push(place);
        }
    }

    fn tracks(&mut self, model: &Model, at: &EngineAt, with_lead: bool) {
        for in_force in &at.period.tracks {
            let Some((_, track)) = model.tracks.get(in_force.place) else {
                continue;
            };
            self.watched.push(Watched {
                entry: Entry::Track(in_force.place),
                answer: Answer::Track,
                verdict: in_force.verdict.clone(),
                gives: Some(Given {
                    track: track.track,
                    lead: track.lead.filter(|_| with_lead),
                }),
            });
        }
    }

    fn read(&self, model: &Model) -> Vec<FactId> {
        let read = |cond: &Cond| reads(&model.dictionary, &model.tables, cond, self.on);
        let of_levels = self.levels.iter().map(|id| {
            Cond::Atom(Atom {
                slot: Slot::Fact(*id),
                target: Target::Set(ValueSet::empty()),
            })
        });
        let mut all: Vec<Cond> = of_levels.collect();
        all.extend(self.watched.iter().map(|watched| watched.verdict.clone()));
        read(&Cond::And(all))
    }

    /// What comes out for all that it looks at, or for one answer, by other tables than
    /// those of the pack.
    pub(super) fn outcome(&self, meaning: Meaning<'_>, only: Option<Answer>) -> Outcome {
        let facts = resolve(meaning, self.on, &self.telling, &self.reads).facts;
        let watched = self.watched.iter();
        let watched = watched.filter(|watched| only.is_none_or(|only| watched.answer == only));
        let truths = watched.map(|watched| {
            let truth = watched.verdict.truth(&facts, meaning.tables, self.on);
            (watched, truth)
        });
        let levels = self.levels.iter();
        let levels = levels.map(|id| facts.view(Slot::Fact(*id)).into_owned());
        outcome(truths, levels.collect())
    }
}
