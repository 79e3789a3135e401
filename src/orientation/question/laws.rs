//! Conversations with people whose answers are drawn at random: every question matters,
//! and where none is left nothing does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex};

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestCaseError, TestRng, TestRunner};

use super::relevance::{Witness, witness};
use super::*;
use crate::fact::Source;
use crate::fact::dictionary::Field;
use crate::fact::possible::Possible;
use crate::fact::set::ValueSet;
use crate::orientation::Orientation;
use crate::profile::Told;
use crate::profile::answers::questions::{Known, Questions};
use crate::rule::Truth;
use crate::rule::condition::Cond;
use crate::{Engine, Pack};

/// Loaded once for all cases.
static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(&Pack::marne().unwrap()));

const DATES: [&str; 3] = ["2021-09-15", "2024-06-15", "2025-03-15"];

/// Ways to complete what a difference leaves open, before it is doubted.
const COMPLETIONS: usize = 12;

/// What is told in a conversation, and what is not.
#[derive(Clone, Default)]
struct Said {
    told: BTreeMap<FactId, Possible>,
    reasons: BTreeMap<FactId, Reason>,
}

impl Said {
    /// Told, or asked in vain.
    fn is_closed(&self, id: FactId) -> bool {
        self.told.contains_key(&id) || self.reasons.contains_key(&id)
    }

    fn profile(&self, on: NaiveDate) -> Profile {
        let source = Source {
            means: Some(Means::Declared),
            ..Source::default()
        };
        let told = self.told.iter().map(|(id, possible)| {
            let possible = possible.clone();
            let source = source.clone();
            (
                *id,
                Told {
                    possible,
                    source,
                    others: Vec::new(),
                },
            )
        });
        Profile::new(&ENGINE, on, told.collect(), self.reasons.clone())
    }
}

/// Numbers drawn, one after the other, without end.
struct Drawn(std::iter::Cycle<std::vec::IntoIter<usize>>);

impl Drawn {
    fn below(&mut self, most: usize) -> usize {
        self.0.next().unwrap() % most
    }
}

/// What is open for the rules in force, each with one answer of
/// every kind that they tell apart; `about` is asked instead of the levels that hang on it.
fn open<'p>(at: &EngineAt, profile: &'p Profile, known: Known, about: FactId) -> Questions<'p> {
    let rules = at.period.rules.iter().map(|rule| &rule.verdict);
    let tracks = at.period.tracks.iter().map(|rule| &rule.verdict);
    let holders = at.period.holders.iter().map(|rule| &rule.verdict);
    let all: Vec<&Cond> = rules.chain(tracks).chain(holders).collect();
    Questions::still_open(profile, known, &all, about)
}

/// What a person goes away with: proposals with bodies and days, track and lead.
fn kept(orientation: &Orientation) -> BTreeSet<String> {
    let proposals = orientation.proposals.iter().map(|one| {
        let bodies = one.body.candidates.iter().map(|body| &body.partner);
        let bodies: Vec<_> = bodies.collect();
        let deadline = serde_json::to_string(&one.deadline).unwrap();
        format!("{} {bodies:?} {deadline}", one.scheme)
    });
    let tracks = orientation.track.iter().flat_map(|track| &track.options);
    let tracks = tracks.map(|option| format!("{} {:?}", option.track, option.lead.candidates));
    proposals.chain(tracks).collect()
}

/// The same, with the rule that is the reason of each proposal.
fn kept_with_reasons(orientation: &Orientation) -> BTreeSet<String> {
    let rules = orientation.proposals.iter().map(|one| {
        let rule = one.grounds.first().map(|ground| &ground.rule);
        format!("{} {rule:?}", one.scheme)
    });
    kept(orientation).into_iter().chain(rules).collect()
}

/// All that is open where presumptions stand, and may be asked, answered.
fn complete(at: &EngineAt, said: &Said, about: FactId, drawn: &mut Drawn) -> Said {
    let tables = &at.engine.model().tables;
    let mut whole = said.clone();
    for asked in open(at, &said.profile(at.date), Known::Presumed, about).asked {
        let fact = at.engine.model().dictionary.fact(asked.fact);
        if fact.question.is_none() || said.is_closed(asked.fact) {
            continue;
        }
        // Nobody tells since when they are registered before they tell that they are.
        let facts = whole.profile(at.date).worlds;
        let gate = fact
            .only_if
            .and_then(|gate| tables.condition(gate, at.date));
        let arises = |gate: &Cond| gate.truth(facts.presumed_or_told(), tables, at.date);
        if gate.is_none_or(|gate| arises(gate) == Truth::True) {
            let answer = &asked.answers[drawn.below(asked.answers.len())];
            whole.told.insert(asked.fact, answer.possible.clone());
        }
    }
    whole
}

/// Whether two answers, and all else the same, give different proposals.
fn differs(at: &EngineAt, said: &Said, about: FactId, found: &Witness, drawn: &mut Drawn) -> bool {
    let mut others = said.clone();
    others.told.extend(found.others.iter().cloned());
    let with = |others: &Said, answer: &Possible| {
        let mut said = others.clone();
        said.told.insert(about, answer.clone());
        kept_with_reasons(&at.orient(&said.profile(at.date)).unwrap())
    };
    (0..COMPLETIONS).any(|round| {
        let others = if round == 0 {
            others.clone()
        } else {
            let mut held = others.clone();
            held.told.insert(about, found.so.clone());
            complete(at, &held, about, drawn)
        };
        with(&others, &found.so) != with(&others, &found.otherwise)
    })
}

/// Whether what is said in one field of a list makes a difference: an answer that was found, and
/// the same where that field is not told, or told otherwise.
fn field_matters(
    at: &EngineAt,
    said: &Said,
    about: FactId,
    field: usize,
    found: &[Witness],
    drawn: &mut Drawn,
) -> bool {
    let kind = &at.engine.model().dictionary.fact(about).kind;
    found.iter().any(|one| {
        let answers = [&one.so, &one.otherwise].into_iter();
        let answers = answers.filter(|answer| tells(answer, kind, field));
        let mut pairs = answers.flat_map(|answer| {
            let others = told_otherwise(answer, kind, field).into_iter();
            others.map(move |other| (answer.clone(), other))
        });
        pairs.any(|(so, otherwise)| {
            let others = one.others.clone();
            let found = Witness {
                so,
                otherwise,
                others,
            };
            differs(at, said, about, &found, drawn)
        })
    })
}

/// Whether a field of some row is told.
fn tells(list: &Possible, kind: &Kind, field: usize) -> bool {
    let (Possible::Lists(lists), Kind::Records { fields, .. }) = (list, kind) else {
        return false;
    };
    let rows = lists.alternatives.iter().flat_map(|list| &list.rows);
    let mut told = rows.map(|row| &row[field]);
    told.any(|told| !fields[field].kind.domain().is_subset(told))
}

/// The same list where a field is not told, or is the first or the last of what it is not; what
/// follows from it is open.
fn told_otherwise(list: &Possible, kind: &Kind, field: usize) -> Vec<Possible> {
    let (Possible::Lists(lists), Kind::Records { fields, .. }) = (list, kind) else {
        return Vec::new();
    };
    let all = |place: usize| {
        let one: &Field = &fields[place];
        let all = one.kind.domain();
        if one.optional { all.with_none() } else { all }
    };
    let of = |told: &dyn Fn(&ValueSet) -> ValueSet| {
        let mut otherwise = lists.clone();
        for row in otherwise
            .alternatives
            .iter_mut()
            .flat_map(|list| &mut list.rows)
        {
            row[field] = told(&row[field]);
            for (place, one) in fields.iter().enumerate() {
                if one.derive.is_some_and(|(_, from)| from == field) {
                    row[place] = all(place);
                }
            }
        }
        Possible::Lists(otherwise)
    };
    let end = |told: &ValueSet, last: bool| {
        let rest = told.complement_in(&fields[field].kind.domain());
        let end = rest.hull().map(|hull| if last { hull.hi } else { hull.lo });
        end.map_or_else(|| told.clone(), ValueSet::point)
    };
    vec![
        of(&|_| all(field)),
        of(&|told| end(told, false)),
        of(&|told| end(told, true)),
    ]
}

/// The answers, among those that complete what was said, that change what is kept.
fn needed(at: &EngineAt, said: &Said, mut whole: Said, before: &BTreeSet<String>) -> Vec<String> {
    let mut names = Vec::new();
    for (id, possible) in whole.told.clone() {
        if said.is_closed(id) {
            continue;
        }
        whole.told.remove(&id);
        if kept(&at.orient(&whole.profile(at.date)).unwrap()) == *before {
            whole.told.insert(id, possible);
            names.push(at.engine.model().dictionary.fact(id).name.to_string());
        }
    }
    names
}

/// What one conversation took, to its end.
#[derive(Clone, Copy)]
struct Took {
    questions: usize,
    /// Those that no other body is asked before.
    to_person: usize,
    /// Those of which no two answers were found: too many facts are open, or a list was told in
    /// part and is asked no more.
    by_presence: usize,
}

fn converse(on: NaiveDate, drawn: &mut Drawn) -> Result<Took, TestCaseError> {
    let at = ENGINE.at(on);
    let dictionary = &ENGINE.model().dictionary;
    let mut said = Said::default();
    let mut last: Option<FactId> = None;
    let mut took = Took {
        questions: 0,
        to_person: 0,
        by_presence: 0,
    };
    loop {
        let profile = said.profile(on);
        let after = last.map(|last| dictionary.fact(last).name.clone());
        let Some(question) = at.next_question(&profile, after.as_ref()).unwrap() else {
            break;
        };
        let about = dictionary.id(question.missing.fact.as_str()).unwrap();
        let fact = dictionary.fact(about);
        prop_assert!(!said.is_closed(about), "{} is asked twice", fact.name);
        let opens = |one: &Decides| matches!(one, Decides::Scheme { .. });
        prop_assert!(fact.sensitivity < SENSITIVE || question.decides.iter().any(opens));
        let gate = fact
            .only_if
            .and_then(|gate| ENGINE.model().tables.condition(gate, on));
        let gate = gate.map(|gate| {
            gate.truth(
                profile.worlds.presumed_or_told(),
                &ENGINE.model().tables,
                on,
            )
        });
        prop_assert!(gate.is_none_or(|gate| gate == Truth::True));
        if question.certain {
            let truths = at.truths(&profile).unwrap();
            let orienting = Orienting::new(&at, &profile, truths);
            let stakes = orienting.stakes_within_reach();
            let found = stakes.iter().filter(|stake| stake.missing.contains(&about));
            let found: Vec<Witness> = found
                .filter_map(|stake| witness(&profile, stake, about))
                .collect();
            if let Kind::Records { fields, .. } = &fact.kind {
                for asked in &question.fields {
                    let field = fields.iter().position(|field| field.name == asked.name);
                    let shown = field_matters(&at, &said, about, field.unwrap(), &found, drawn);
                    prop_assert!(shown, "{}.{} is asked for nothing", fact.name, asked.name);
                }
            }
            let found = found.get(drawn.below(found.len().max(1)));
            prop_assert!(found.is_some(), "{} is asked for nothing", fact.name);
            let shown = differs(&at, &said, about, found.unwrap(), drawn);
            prop_assert!(
                shown,
                "{} makes no difference to {:?}: {:?} or {:?} beside {:?}",
                fact.name,
                question.decides,
                found.unwrap().so,
                found.unwrap().otherwise,
                found.unwrap().others
            );
        } else {
            took.by_presence += 1;
        }
        took.questions += 1;
        took.to_person += usize::from(question.ask_first.is_empty());
        let asked = open(&at, &profile, Known::Told, about).asked;
        let answers = asked.into_iter().find(|asked| asked.fact == about);
        let answers = answers.map_or_else(Vec::new, |asked| asked.answers);
        // One in ten knows no answer, one in ten prefers not to give it.
        let answer = answers.get(drawn.below(answers.len().max(1)));
        match (drawn.below(10), answer) {
            (0, _) | (_, None) => said.reasons.insert(about, Reason::AskedUnknown),
            (1, _) => said.reasons.insert(about, Reason::Declined),
            (_, Some(answer)) => {
                said.told.insert(about, answer.possible.clone());
                None
            }
        };
        last = Some(about);
    }
    // Nothing relevant is left: whatever else is answered, the proposals stay.
    let before = kept(&at.orient(&said.profile(on)).unwrap());
    if let Some(last) = last {
        let whole = complete(&at, &said, last, drawn);
        let after = kept(&at.orient(&whole.profile(on)).unwrap());
        let changed: Vec<_> = before.symmetric_difference(&after).collect();
        prop_assert!(
            changed.is_empty(),
            "though settled, {:?} change {changed:?}",
            needed(&at, &said, whole, &before)
        );
    }
    Ok(took)
}

/// The same people every time, whoever talks with them.
fn people(count: usize) -> Vec<(NaiveDate, Drawn)> {
    let strategy = (0..DATES.len(), prop::collection::vec(0..60_000_usize, 300));
    let config = ProptestConfig::default();
    let algorithm = config.rng_algorithm;
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(algorithm));
    let people = (0..count).map(|_| {
        let (date, drawn) = strategy.new_tree(&mut runner).unwrap().current();
        let on = DATES[date].parse().unwrap();
        (on, Drawn(drawn.into_iter().cycle()))
    });
    people.collect()
}

#[test]
fn every_question_matters_and_at_the_end_none_does() {
    let count = std::env::var("PROPTEST_CASES").ok();
    let count = count.and_then(|text| text.parse().ok()).unwrap_or(4);
    let waiting = Mutex::new(people(count));
    let talk = || {
        let mut counts = Vec::new();
        loop {
            let next = waiting.lock().unwrap().pop();
            let Some((on, mut drawn)) = next else {
                return Ok::<_, TestCaseError>(counts);
            };
            counts.push(converse(on, &mut drawn)?);
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let counts: Vec<Took> = std::thread::scope(|scope| {
        let talks: Vec<_> = (0..threads).map(|_| scope.spawn(talk)).collect();
        let talks = talks.into_iter().map(|talk| talk.join().unwrap());
        let counts: Result<Vec<_>, _> = talks.collect();
        counts
            .unwrap_or_else(|failure| panic!("{failure}"))
            .concat()
    });
    assert_eq!(counts.len(), count);
    let told = ENGINE
        .model()
        .dictionary
        .iter()
        .filter(|(_, fact)| fact.question.is_some());
    println!(
        "{} people, {} facts with a question",
        counts.len(),
        told.count()
    );
    let tenths = |of: fn(&Took) -> usize| {
        let mut sorted: Vec<usize> = counts.iter().map(of).collect();
        sorted.sort_unstable();
        let last = sorted.len() - 1;
        (0..=10)
            .map(|tenth| sorted[last * tenth / 10])
            .collect::<Vec<_>>()
    };
    let (all, to_person) = (tenths(|took| took.questions), tenths(|took| took.to_person));
    let sum = |of: fn(&Took) -> usize| counts.iter().map(of).sum::<usize>();
    let (questions, by_presence) = (sum(|took| took.questions), sum(|took| took.by_presence));
    println!("{questions} questions, {by_presence} of them asked by presence");
    assert!(
        by_presence <= questions / 1000,
        "too many are asked by presence"
    );
    println!("questions until nothing is left, by tenths: {all:?}");
    println!("those put to the person, by tenths: {to_person:?}");
    assert!(
        to_person[5] <= 25,
        "half of the people are asked more than 25 questions"
    );
}
