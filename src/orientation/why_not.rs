//! Why a scheme is not for a person, and what they could change so that it may be.
//!
//! The tests that fail are found on the very truths that the verdict is made of: from them
//! alone the verdict is the same, and none of them can be left out.

use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::change::{self, FactChange};
use super::{MismatchError, Verdict, restricted};
use crate::debug::shows_only;
use crate::fact::dictionary::{ENDLESS, FactId, Kind};
use crate::fact::french;
use crate::fact::possible::Possible;
use crate::fact::set::{Range, ValueSet};
use crate::network::SchemeIndex;
use crate::pack::EngineAt;
use crate::pack::model::Model;
use crate::profile::{Facts, Presume, Profile, Telling, resolve};
use crate::rule::Truth;
use crate::rule::condition::{Atom, Cond, Slot, World as _, test};
use crate::rule::reads::reads;
use crate::vocabulary::{FactName, SchemeId};

/// Why one scheme is not proposed, and what would change it.
///
/// `Display` says it in French, without any fact of a special category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WhyNot {
    /// The scheme.
    pub scheme: SchemeId,
    /// Its title on the date asked.
    pub title: String,
    /// The tests that fail. The facts they are about keep the scheme closed whatever all
    /// others are, and none of the tests can be left out.
    pub tests: Vec<FailedTest>,
    /// What nobody told and the tests rest on, « à vérifier » : were it otherwise, the scheme
    /// might be open. Empty where it is closed by what was told.
    pub presumed: Vec<PresumedFact>,
    /// The fewest changes, of facts that the person can change, after which it is closed
    /// no more. Empty where there are none.
    pub changes: Vec<FactChange>,
    /// Whether these open it by what is known; else what nobody told then decides.
    pub enough: bool,
}

/// What is taken for granted because nobody told it.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PresumedFact {
    /// The fact.
    pub fact: FactName,
    /// Its French label.
    pub label: String,
    /// What it is presumed to be, in French.
    pub is: String,
    /// As [`ProofFact::sensitivity`](super::ProofFact::sensitivity).
    pub sensitivity: u8,
}

shows_only!(PresumedFact { fact });

/// A test that fails.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FailedTest {
    /// The fact that it is about.
    pub fact: FactName,
    /// Its French label.
    pub label: String,
    /// What it is, in French.
    pub is: String,
    /// What it would have to be, in French.
    pub wanted: String,
    /// It fails only by what is presumed: the fact itself, or one that it is computed from.
    pub presumed: bool,
    /// As [`ProofFact::sensitivity`](super::ProofFact::sensitivity).
    pub sensitivity: u8,
}

shows_only!(FailedTest { fact, presumed });

/// Facts up to this sensitivity may be read out.
const SPOKEN: u8 = 1;

impl fmt::Display for WhyNot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} : ", self.title)?;
        let spoken: Vec<String> = self
            .tests
            .iter()
            .filter(|test| test.sensitivity <= SPOKEN)
            .map(|test| {
                let presumed = if test.presumed {
                    "présumé, à vérifier ; "
                } else {
                    ""
                };
                format!(
                    "{} : {} ({presumed}il faudrait : {})",
                    test.label, test.is, test.wanted
                )
            })
            .collect();
        if spoken.len() < self.tests.len() || spoken.is_empty() {
            f.write_str("à voir de vive voix avec votre conseiller")?;
            if !spoken.is_empty() {
                f.write_str(" ; ")?;
            }
        }
        f.write_str(&spoken.join(" ; "))?;
        if !self.changes.is_empty() {
            let changes = self
                .changes
                .iter()
                .map(|change| format!("{} : {}", change.label, change.to));
            let changes: Vec<String> = changes.collect();
            let changes = changes.join(" et ");
            if self.enough {
                write!(f, ". Ce qui l'ouvrirait : {changes}")?;
            } else {
                write!(f, ". Premier pas : {changes} ; le reste serait à vérifier")?;
            }
        }
        Ok(())
    }
}

impl EngineAt {
    /// For each scheme that is not for the person: the tests that fail, and what would
    /// change it.
    ///
    /// What would change it is never an age, a sex, a nationality, a disability, a state of
    /// health, a family situation, a protection or a matter of justice, nor a step back: a
    /// licence may be passed, and not lost.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use spie::{Engine, Pack, Profile};
    ///
    /// let engine = Engine::new(&Pack::marne()?);
    /// let date: NaiveDate = "2025-03-15".parse()?;
    /// let born: NaiveDate = "1990-01-01".parse()?;
    /// let person = Profile::builder(&engine, date).set("birth_date", born).build()?;
    /// let why = engine.at(date).why_not(&person)?;
    /// let loan = why.iter().find(|one| one.scheme.as_str() == "permis-1-euro").unwrap();
    /// assert_eq!(loan.tests[0].label, "âge");
    /// assert!(loan.changes.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`MismatchError`] when the profile was built for another engine or date.
    pub fn why_not(&self, profile: &Profile) -> Result<Vec<WhyNot>, MismatchError> {
        let truths = self.truths(profile)?;
        let model = self.engine.model();
        if super::orienting::is_deceased(self, profile) {
            return Ok(Vec::new());
        }
        let failing = Failing {
            model,
            on: self.date,
            facts: profile.worlds.presumed_or_told(),
            profile,
        };
        // The conditions of each scheme, in the order of its first rule.
        let mut schemes: Vec<(SchemeIndex, Vec<&Cond>, bool)> = Vec::new();
        for (truth, in_force) in truths.iter().zip(&self.period.rules) {
            let Some((_, rule)) = model.rules.get(in_force.place) else {
                continue;
            };
            let closed = Verdict::of(*truth) == Verdict::Not;
            let known = schemes
                .iter_mut()
                .find(|(scheme, ..)| *scheme == rule.scheme);
            match known {
                Some((_, conditions, all_closed)) => {
                    conditions.push(&in_force.verdict);
                    *all_closed &= closed;
                }
                None => schemes.push((rule.scheme, vec![&in_force.verdict], closed)),
            }
        }
        let hidden = restricted::is_restricted(model, profile);
        let mut found = Vec::new();
        for (scheme, conditions, closed) in schemes {
            let dated = model.network.schemes.get(scheme.0);
            let Some(entry) = dated.and_then(|dated| dated.at(self.date)) else {
                continue;
            };
            if !closed {
                continue;
            }
            let tests = failing.tests(&conditions, entry.eligible.as_ref());
            let (changes, enough) = change::opening(self, profile, &conditions);
            let mut why = WhyNot {
                scheme: model.network.scheme_id(scheme).clone(),
                title: entry.title.to_string(),
                tests: failing.told(&tests),
                presumed: failing.presumed(&tests),
                changes,
                enough,
            };
            if hidden {
                restricted::restrict_why_not(&mut why, self, profile);
            }
            found.push(why);
        }
        Ok(found)
    }
}

/// A test and what it is worth: a condition is kept as it is by some of its tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Held<'c> {
    atom: &'c Atom,
    is: bool,
}

impl Held<'_> {
    /// Whether two tests are told as one: those of one slot, and the codes that a set lacks. Any
    /// one of these would do: of codes that all have to be there, one is kept.
    fn is_told_with(&self, other: &Self) -> bool {
        let (one, other_slot) = (self.atom.slot, other.atom.slot);
        let lacking = !self.is && !other.is;
        match (one, other_slot) {
            (Slot::Member(id, _), Slot::Member(other, _)) if lacking => id == other,
            _ => one == other_slot,
        }
    }
}

/// What keeps a condition as it is, and its price: tests, and how sensitive they are.
type Kept<'c> = ((usize, u32), Vec<Held<'c>>);

struct Failing<'m> {
    model: &'m Model,
    on: NaiveDate,
    facts: &'m Facts,
    profile: &'m Profile,
}

impl<'m> Failing<'m> {
    fn truth(&self, atom: &Atom) -> Truth {
        self.truth_in(self.facts, atom)
    }

    fn truth_in(&self, facts: &Facts, atom: &Atom) -> Truth {
        let passing = self.model.tables.target(&atom.target, self.on);
        test(&facts.slot(atom.slot), &passing)
    }

    /// Whether a test is what it is only because something was presumed.
    fn is_presumed(&self, held: &Held<'_>) -> bool {
        self.truth_in(&self.profile.worlds.told, held.atom) == Truth::Open
    }

    /// What was presumed, without which one of the tests would be open.
    fn presumed(&self, held: &[Held<'_>]) -> Vec<PresumedFact> {
        let dictionary = &self.model.dictionary;
        let mut found: BTreeSet<FactId> = BTreeSet::new();
        for one in held.iter().filter(|one| self.is_presumed(one)) {
            found.extend(self.presumed_for(one));
        }
        let told = found.into_iter().filter_map(|id| {
            let fact = dictionary.fact(id);
            Some(PresumedFact {
                fact: fact.name.clone(),
                label: fact.label.to_string(),
                is: french::possible(fact, self.facts.of(id)?),
                sensitivity: fact.sensitivity,
            })
        });
        told.collect()
    }

    /// Presumptions that suffice for a test, none of which can be left out.
    fn presumed_for(&self, held: &Held<'_>) -> BTreeSet<FactId> {
        let dictionary = &self.model.dictionary;
        let condition = Cond::Atom(held.atom.clone());
        let order = reads(dictionary, &self.model.tables, &condition, self.on);
        let all = self.profile.presumptions();
        let mut kept: BTreeSet<FactId> = order.iter().copied().collect();
        kept.retain(|id| all.contains(id));
        let mut telling = Telling::all(self.profile.possible());
        for id in &order {
            let mut less = kept.clone();
            if !less.remove(id) {
                continue;
            }
            telling.presume = Presume::Only(less.clone());
            let facts = resolve(self.model.meaning(), self.on, &telling, &order).facts;
            if self.truth_in(&facts, held.atom) != Truth::Open {
                kept = less;
            }
        }
        kept
    }

    fn sensitivity(&self, slot: Slot) -> u8 {
        let fact = |id| self.model.dictionary.fact(id).sensitivity;
        match slot {
            Slot::Fact(id) | Slot::Member(id, _) => fact(id),
            Slot::Count(count) => {
                let count = self.model.tables.counts.get(count.0);
                count.map_or(0, |count| fact(count.list))
            }
            Slot::Field(_) => 0,
        }
    }

    /// The fewest tests that keep all conditions false, or those of the eligibility that
    /// they share where it is false itself.
    fn tests<'c>(&self, conditions: &[&'c Cond], shared: Option<&'c Cond>) -> Vec<Held<'c>>
    where
        'm: 'c,
    {
        let of_all = conditions
            .iter()
            .try_fold(((0, 0), Vec::new()), |all, condition| {
                self.keep(condition, false).map(|kept| joined(all, kept))
            });
        let of_shared = shared.and_then(|shared| self.keep(shared, false));
        let best = of_shared
            .into_iter()
            .chain(of_all)
            .min_by_key(|(price, _)| *price);
        let mut held = best.map_or_else(Vec::new, |(_, held)| held);
        // Tests that others make idle are left out, the most sensitive first.
        let mut order: Vec<Held<'c>> = held.clone();
        order.sort_by_key(|one| std::cmp::Reverse(self.sensitivity(one.atom.slot)));
        for one in order {
            let rest: Vec<Held<'c>> = held.iter().copied().filter(|other| *other != one).collect();
            if conditions
                .iter()
                .all(|condition| self.fails(condition, &rest))
            {
                held = rest;
            }
        }
        held
    }

    /// Whether a condition is false by these tests alone.
    fn fails(&self, condition: &Cond, held: &[Held<'_>]) -> bool {
        let truth = condition.judge(&self.model.tables, self.on, &mut |atom| {
            let held = held.iter().find(|held| held.atom == atom);
            match held {
                Some(Held { is: true, .. }) => Truth::True,
                Some(Held { is: false, .. }) => Truth::False,
                None => Truth::Open,
            }
        });
        truth == Truth::False
    }

    /// The fewest tests that keep a condition true or false; nothing where it is not so.
    fn keep<'c>(&self, condition: &'c Cond, wanted: bool) -> Option<Kept<'c>>
    where
        'm: 'c,
    {
        let cheapest = |items: &'c [Cond], count: usize| {
            let kept = items.iter().filter_map(|item| self.keep(item, wanted));
            let mut kept: Vec<Kept<'c>> = kept.collect();
            if kept.len() < count {
                return None;
            }
            kept.sort_by_key(|(price, _)| *price);
            kept.truncate(count);
            Some(kept.into_iter().fold(((0, 0), Vec::new()), joined))
        };
        match condition {
            Cond::Constant(is) => (*is == wanted).then(|| ((0, 0), Vec::new())),
            Cond::Atom(atom) => {
                let is = match self.truth(atom) {
                    Truth::True => true,
                    Truth::False => false,
                    Truth::Open => return None,
                };
                let sensitivity = u32::from(self.sensitivity(atom.slot));
                (is == wanted).then(|| ((1, sensitivity), vec![Held { atom, is }]))
            }
            Cond::Not(inner) => self.keep(inner, !wanted),
            Cond::And(items) => cheapest(items, if wanted { items.len() } else { 1 }),
            Cond::Or(items) => cheapest(items, if wanted { 1 } else { items.len() }),
            Cond::AtLeast(least, items) => {
                let least = usize::try_from(*least).unwrap_or(usize::MAX);
                let against = items.len().saturating_add(1).saturating_sub(least);
                cheapest(items, if wanted { least } else { against })
            }
            Cond::Named(id) => {
                let condition = self.model.tables.condition(*id, self.on);
                match condition {
                    Some(condition) => self.keep(condition, wanted),
                    None => (!wanted).then(|| ((0, 0), Vec::new())),
                }
            }
        }
    }

    /// The tests in words; several of one fact are one.
    fn told(&self, held: &[Held<'_>]) -> Vec<FailedTest> {
        let mut told: Vec<FailedTest> = Vec::new();
        for (place, one) in held.iter().enumerate() {
            let earlier = held.iter().take(place);
            if earlier.clone().any(|earlier| earlier.is_told_with(one)) {
                continue;
            }
            let same = held.iter().filter(|other| other.is_told_with(one));
            told.extend(self.test(one.atom.slot, same));
        }
        told
    }

    fn test<'h>(
        &self,
        slot: Slot,
        held: impl Iterator<Item = &'h Held<'h>> + Clone,
    ) -> Option<FailedTest> {
        let dictionary = &self.model.dictionary;
        let presumed = held.clone().any(|held| self.is_presumed(held));
        let passing = |held: &Held<'_>| {
            let passing = self.model.tables.target(&held.atom.target, self.on);
            passing.into_owned()
        };
        let (id, wanted) = match slot {
            Slot::Fact(id) => {
                let fact = dictionary.fact(id);
                let mut all = fact.kind.domain();
                if fact.may_be_none() {
                    all = all.with_none();
                }
                let good = held.fold(ValueSet::empty(), |good, held| {
                    let passing = passing(held);
                    good.union(&if held.is {
                        passing.complement_in(&all)
                    } else {
                        passing.intersect(&all)
                    })
                });
                let wanted = if fact.kind.domain().is_subset(&good) {
                    anything(&fact.kind).to_owned()
                } else {
                    french::possible(fact, &Possible::Scalar(good))
                };
                (id, wanted)
            }
            Slot::Member(id, place) => {
                let codes = dictionary.fact(id).kind.nomenclature()?;
                let quoted = |place| format!("« {} »", codes.label(place));
                let wanted = if held.clone().any(|held| held.is) {
                    format!("sans {}", quoted(place))
                } else {
                    let mut lacking: Vec<String> = Vec::new();
                    for one in held {
                        if let Slot::Member(_, place) = one.atom.slot {
                            lacking.push(quoted(place));
                        }
                    }
                    format!("avec {}", french::either(&lacking))
                };
                (id, wanted)
            }
            Slot::Count(count) => {
                let count = self.model.tables.counts.get(count.0)?;
                let all = ValueSet::range(0, ENDLESS);
                let good = held.fold(ValueSet::empty(), |good, held| {
                    let passing = passing(held);
                    good.union(&if held.is {
                        passing.complement_in(&all)
                    } else {
                        passing.intersect(&all)
                    })
                });
                let kept = count.filter.as_ref().map(|filter| {
                    let words = self.filter(count.list, filter);
                    words.unwrap_or_else(|| "remplissant les conditions".to_owned())
                });
                (count.list, rows(&good, kept.as_deref()))
            }
            Slot::Field(_) => return None,
        };
        let fact = dictionary.fact(id);
        Some(FailedTest {
            fact: fact.name.clone(),
            label: fact.label.to_string(),
            is: french::possible(fact, self.facts.of(id)?),
            wanted,
            presumed,
            sensitivity: fact.sensitivity,
        })
    }
}

/// What a filter says at most: a longer one is no answer to why.
const SAID: usize = 240;

impl Failing<'_> {
    /// What a row must be for a filter to keep it: « avec dispositif : CEJ ». `None` where
    /// that takes more than a few words.
    fn filter(&self, list: FactId, filter: &Cond) -> Option<String> {
        let Kind::Records { fields, .. } = &self.model.dictionary.fact(list).kind else {
            return None;
        };
        let atoms = match filter {
            Cond::And(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        let mut said: Vec<String> = Vec::new();
        for one in atoms {
            let (atom, is) = match one {
                Cond::Atom(atom) => (atom, true),
                Cond::Not(inner) => match &**inner {
                    Cond::Atom(atom) => (atom, false),
                    _ => return None,
                },
                _ => return None,
            };
            let Slot::Field(place) = atom.slot else {
                return None;
            };
            let field = fields.get(place)?;
            let passing = self.model.tables.target(&atom.target, self.on);
            let mut all = field.kind.domain();
            if field.optional {
                all = all.with_none();
            }
            let good = if is {
                passing.intersect(&all)
            } else {
                passing.complement_in(&all)
            };
            let good = french::set(&field.kind, &Possible::Scalar(good));
            said.push(format!("{} : {good}", field.label));
        }
        let said = format!("avec {}", french::listed(&said));
        (said.len() <= SAID).then_some(said)
    }
}

/// What a fact without a value would have to have, whichever it is.
fn anything(kind: &Kind) -> &'static str {
    match kind {
        Kind::Flag => "oui ou non",
        Kind::Date => "une date",
        Kind::Integer { .. } => "un nombre",
        Kind::Money { .. } => "un montant",
        Kind::Level(_) => "un niveau, quel qu'il soit",
        // No agreement with the fact: its label may be feminine.
        Kind::Code(_) | Kind::Codes(_) | Kind::Records { .. } => "une valeur, quelle qu'elle soit",
    }
}

/// How many rows of a list there would have to be: all of them, or those that a filter keeps,
/// as it is said.
fn rows(good: &ValueSet, kept: Option<&str>) -> String {
    let hull = good.hull().unwrap_or(Range { lo: 0, hi: 0 });
    let number = match (hull.lo, hull.hi) {
        (0, 0) => "aucun".to_owned(),
        (lo, ENDLESS) => format!("au moins {lo}"),
        (0, hi) => format!("au plus {hi}"),
        (lo, hi) if lo == hi => lo.to_string(),
        (lo, hi) => format!("entre {lo} et {hi}"),
    };
    match kept {
        Some(kept) => format!("{number} {kept}"),
        None => number,
    }
}

/// Both together, each test once.
fn joined<'c>(mut all: Kept<'c>, (price, held): Kept<'c>) -> Kept<'c> {
    for one in held {
        if !all.1.contains(&one) {
            all.1.push(one);
        }
    }
    // The price of what is shared is counted twice: it is a guide, not a law.
    all.0 = (
        all.0.0.saturating_add(price.0),
        all.0.1.saturating_add(price.1),
    );
    all
}

#[cfg(test)]
mod laws {
    use proptest::prelude::*;

    use super::*;
    use crate::orientation::Verdicts;
    use crate::orientation::known_in_part::{drawn, engine, known_in_part};
    use crate::rule::condition::Target;

    fn closed(at: &EngineAt, profile: &Profile) -> BTreeSet<SchemeId> {
        let mut verdicts = Verdicts::new();
        at.verdicts(profile, &mut verdicts).unwrap();
        let model = at.engine.model();
        let of = |wanted: fn(Verdict) -> bool| -> BTreeSet<SchemeId> {
            let rules = verdicts.as_slice().iter().zip(&at.period.rules);
            rules
                .filter(|(verdict, _)| wanted(**verdict))
                .map(|(_, rule)| {
                    model
                        .network
                        .scheme_id(model.rules[rule.place].1.scheme)
                        .clone()
                })
                .collect()
        };
        of(|verdict| verdict == Verdict::Not)
            .difference(&of(|verdict| verdict != Verdict::Not))
            .cloned()
            .collect()
    }

    /// One flag raised, one higher level or one other code that opens a scheme, found by trying all.
    fn single_change(at: &EngineAt, profile: &Profile, scheme: &SchemeId) -> Option<FactName> {
        let model = at.engine.model();
        let facts = profile.worlds.presumed_or_told();
        let dictionary = model.dictionary.iter();
        let mut found = dictionary.filter(|(id, fact)| {
            let theirs = fact.changeable && fact.protected.is_none() && fact.sensitivity < 2;
            let domain = fact.kind.domain();
            let listed = matches!(fact.kind, Kind::Flag | Kind::Level(_) | Kind::Code(_));
            let is = facts.view(Slot::Fact(*id)).hull();
            theirs
                && listed
                && domain.values().any(|value| {
                    let better =
                        matches!(fact.kind, Kind::Code(_)) || is.is_none_or(|is| value > is.hi);
                    better && {
                        let told = profile
                            .told
                            .iter()
                            .map(|(id, told)| (*id, told.possible.clone()));
                        let mut told: std::collections::BTreeMap<_, _> = told.collect();
                        told.insert(*id, Possible::Scalar(ValueSet::point(value)));
                        let all = &model.dictionary.order;
                        let resolved = |told| {
                            let telling = crate::profile::Telling::all(told);
                            resolve(model.meaning(), at.date, &telling, all).facts
                        };
                        let mut changed = resolved(told.clone());
                        // What arises by the change begins that day.
                        let arises = |(id, fact): &(FactId, &crate::fact::dictionary::Fact)| {
                            let was = facts.view(Slot::Fact(*id)).hull();
                            let is = changed.view(Slot::Fact(*id)).hull();
                            matches!(fact.kind, Kind::Date)
                                && fact.derive.is_none()
                                && was.is_none()
                                && is.is_some()
                        };
                        let begun: Vec<FactId> = model
                            .dictionary
                            .iter()
                            .filter(arises)
                            .map(|(id, _)| id)
                            .collect();
                        for id in begun {
                            let today = crate::fact::dictionary::day_number(at.date);
                            let days = ValueSet::range(today, i64::MAX);
                            let days = days.intersect(&model.dictionary.fact(id).kind.domain());
                            told.insert(id, Possible::Scalar(days));
                        }
                        changed = resolved(told);
                        at.period.rules.iter().any(|rule| {
                            let of_scheme =
                                model.network.scheme_id(model.rules[rule.place].1.scheme) == scheme;
                            of_scheme
                                && rule.verdict.truth(&changed, &model.tables, at.date)
                                    != Truth::False
                        })
                    }
                })
        });
        found.next().map(|(_, fact)| fact.name.clone())
    }

    proptest! {
        /// Whoever is closed out is told why, and only they; the facts told keep it so,
        /// whatever all others are; what would change it does, and is theirs to change.
        #[test]
        fn what_is_told_is_why_and_what_would_change_it_does((who, kept, on) in drawn()) {
            let engine = engine();
            let person = known_in_part(who, &kept);
            let profile = person.profile(engine, on).unwrap();
            let (at, model) = (engine.at(on), engine.model());
            let why = at.why_not(&profile).unwrap();
            let told: BTreeSet<SchemeId> = why.iter().map(|one| one.scheme.clone()).collect();
            prop_assert_eq!(&told, &closed(&at, &profile));
            for one in &why {
                let of_tests = one.tests.iter().flat_map(|test| {
                    let id = model.dictionary.id(test.fact.as_str()).unwrap();
                    let atom = Atom { slot: Slot::Fact(id), target: Target::Set(crate::fact::set::ValueSet::empty()) };
                    reads(&model.dictionary, &model.tables, &Cond::Atom(atom), on)
                });
                let of_tests: BTreeSet<FactId> = of_tests.collect();
                let mut less = person.clone();
                less.facts.retain(|name, _| of_tests.contains(&model.dictionary.id(name.as_str()).unwrap()));
                let less = less.profile(engine, on).unwrap();
                prop_assert!(closed(&at, &less).contains(&one.scheme), "{one} is not why");
                // It is known where that was told, and presumed elsewhere: by these facts.
                let by_told = one.tests.iter().all(|test| !test.presumed);
                prop_assert_eq!(one.presumed.is_empty(), by_told, "{}", one.scheme);
                let presumed: BTreeSet<FactId> = one.presumed.iter()
                    .map(|fact| model.dictionary.id(fact.fact.as_str()).unwrap())
                    .collect();
                prop_assert!(presumed.is_subset(profile.presumptions()));
                let telling = Telling { told: profile.possible(), presume: Presume::Only(presumed) };
                let facts = resolve(model.meaning(), on, &telling, &model.dictionary.order).facts;
                let rules = at.period.rules.iter().filter(|rule| {
                    *model.network.scheme_id(model.rules[rule.place].1.scheme) == one.scheme
                });
                for rule in rules {
                    let truth = rule.verdict.truth(&facts, &model.tables, on);
                    prop_assert_eq!(truth, Truth::False, "{} rests on more", one.scheme);
                }
                prop_assert!(one.changes.len() <= 3);
                if one.changes.len() != 1 {
                    let single = single_change(&at, &profile, &one.scheme);
                    prop_assert_eq!(single, None, "{} opens by one change", one.scheme);
                }
                for change in &one.changes {
                    let fact = model.dictionary.fact(model.dictionary.id(change.fact.as_str()).unwrap());
                    prop_assert!(fact.changeable && fact.protected.is_none() && fact.sensitivity < 2);
                    prop_assert_ne!(&change.from, &change.to);
                }
            }
        }
    }
}
