//! Who gains and who loses, between two packs: one invented person for each change.
//!
//! [`same`] passes over what both packs write alike; [`causes`] parts what a rule changes at
//! once; [`pair`] looks for a person whom they answer otherwise; [`hands`] for one whom a role
//! that changes hands sends elsewhere; [`levels`] for one whose barrier weighs otherwise;
//! [`change`] tells what each of them answers, and why.

mod causes;
mod change;
mod hands;
mod levels;
mod pair;
mod same;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

pub use change::{Change, Otherwise, Side};

use crate::network::BodyRef;
use crate::pack::model::{Model, Piece, Rule, TrackChoice};
use crate::pack::{Engine, EngineAt, Pack};
use crate::profile::Facts;
use crate::rule::Truth;
use crate::rule::condition::Cond;
use crate::vocabulary::{Dated, Period};
use causes::{Cause, causes};
use change::Told;
use levels::{Levels, Weighed};
use pair::{Pair, Sought, TRIES};
use same::Alike;

/// How two packs differ, as people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Difference {
    /// One for each change found, the most recent law first.
    pub changes: Vec<Change>,
    /// Rules, schemes, tracks, holders of a role and levels written otherwise, for which no
    /// person, or none for one of their parts, was found in so many tries: there may be one.
    pub not_found: Vec<(String, usize)>,
}

impl Pack {
    /// Looks for people whom `next` answers otherwise than this pack.
    ///
    /// For each rule written otherwise, people who gain its scheme by it and people who lose
    /// it, with what both packs answer and why: one for each part of its condition that makes
    /// the difference, each branch and each run of values that is new, up to 64. The same for
    /// each scheme whose own conditions are written otherwise, and for each track with its lead;
    /// one for each rule whose proposal comes to another body, by another day, with another
    /// priority or reason; one for each two schemes that exclude each other in one of the packs;
    /// one for each way in which a role passes from some bodies to others, whatever names the
    /// role; and for each level of a barrier whose own condition is written otherwise, people who
    /// come to it and people who come to it no more. A change is shown once, in the most recent law that has it. `progress` is told
    /// how many days are done, and of how many.
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
        let days: BTreeSet<NaiveDate> = days(&before).chain(days(&after)).collect();
        let mut search = Search {
            before: &before,
            after: &after,
            seen: BTreeSet::new(),
            given_up: BTreeSet::new(),
            named: BTreeMap::new(),
            weighed: Weighed::default(),
            found: Difference::default(),
        };
        for (done, day) in days.iter().rev().enumerate() {
            search.on(*day);
            progress(done.saturating_add(1), days.len());
        }
        search.found
    }
}

/// One day of each part of time in which no condition, value or set changes.
fn days(engine: &Engine) -> impl Iterator<Item = NaiveDate> {
    let tables = &engine.model().tables;
    let values = tables.values.iter().flat_map(Dated::periods);
    let sets = tables.sets.iter().flat_map(Dated::periods);
    let edges = values.chain(sets).flat_map(|period| {
        let next = period.until.and_then(|until| until.succ_opt());
        [period.from, next].into_iter().flatten()
    });
    let edges: Vec<NaiveDate> = edges.collect();
    engine.days(Period::default()).into_iter().chain(edges)
}

/// Answers tried for whatever changes only by a level beneath it: of two ways most often one shows
/// nobody, and all that reads the level is searched.
const TRIES_BY_LEVEL: usize = 2_000;

struct Search<'e> {
    before: &'e Engine,
    after: &'e Engine,
    /// Changes shown: in what way, of which rule, or scheme or track, and by which mark.
    seen: BTreeSet<(Way, String)>,
    /// Those of which somebody was sought in vain, by the law of another day.
    given_up: BTreeSet<(Way, String)>,
    /// Examples of each name so far.
    named: BTreeMap<String, usize>,
    /// On the day that is looked at.
    weighed: Weighed,
    found: Difference,
}

/// A rule in force: what it proposes, and to whom.
struct Proposing<'e> {
    rule: &'e Rule,
    scheme: &'e str,
    verdict: &'e Cond,
}

/// What is sought: in what way, of which scheme or track, and which change it shows.
struct Aim<'a> {
    way: Way,
    told: Told,
    what: &'a str,
    /// What is written otherwise: a rule and a scheme may bear one name.
    kind: &'static str,
    change: &'a str,
    /// Whether it is written alike, and reads a level that is not.
    by_level: bool,
}

/// In what way somebody is answered otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Gains,
    Loses,
    Otherwise,
}

impl Search<'_> {
    fn on(&mut self, on: NaiveDate) {
        let (before, after) = (self.before.at(on), self.after.at(on));
        self.weighed = Weighed::otherwise(self.before.model(), self.after.model(), on);
        let (packs, rules) = (
            (&before, &after),
            (&*proposing(&before), &*proposing(&after)),
        );
        self.schemes(packs, rules);
        self.tracks(&before, &after);
        self.said_otherwise(packs, rules);
        self.exclusives(packs, rules);
        self.hands(&before, &after);
        self.levels(&before, &after);
    }

    fn schemes(
        &mut self,
        (before, after): (&EngineAt, &EngineAt),
        (of_before, of_after): (&[Proposing<'_>], &[Proposing<'_>]),
    ) {
        let models = (before.engine.model(), after.engine.model());
        let mut alike = Alike::new(models.0, models.1, before.date);
        let mut aside = self.weighed.aside(models, before.date, None);
        let all: BTreeSet<&str> = of_before
            .iter()
            .chain(of_after)
            .map(|rule| rule.scheme)
            .collect();
        for what in all {
            let (was, is) = (verdicts(of_before, what), verdicts(of_after, what));
            if alike.all(&was, &is) {
                continue;
            }
            let by_level = aside.all(&was, &is);
            let (was, is) = (Cond::Or(was), Cond::Or(is));
            let mut aims = Vec::new();
            for (way, of, others) in [
                (Way::Gains, of_after, of_before),
                (Way::Loses, of_before, of_after),
            ] {
                // Rules that the packs write alike differ by what the scheme asks of all.
                let mut shared = Vec::new();
                let mut by_scheme = None;
                for rule in of.iter().filter(|rule| rule.scheme == what) {
                    let mut others = others.iter();
                    let other = others.find(|other| other.rule.id == rule.rule.id);
                    let pair = other.map(|other| match way {
                        Way::Gains => (other, rule),
                        Way::Loses | Way::Otherwise => (rule, other),
                    });
                    let changed = pair.is_none_or(|(was, is)| {
                        !alike.conditions(&was.rule.when, &is.rule.when)
                            || !alike.unless(was.rule, is.rule)
                    });
                    let mut causes = || match pair {
                        Some((was, is)) => causes(&mut alike, was.verdict, is.verdict, way),
                        None => Cause::whole(),
                    };
                    if changed {
                        let change = rule.rule.id.as_str();
                        aims.push((way, "rule", change, rule.verdict.clone(), causes()));
                    } else {
                        shared.push(rule.verdict.clone());
                        by_scheme.get_or_insert_with(causes);
                    }
                }
                if let Some(causes) = by_scheme {
                    aims.push((way, "scheme", what, Cond::Or(shared), causes));
                }
            }
            for (way, kind, change, by, causes) in aims {
                let aim = Aim {
                    way,
                    told: Told::Scheme,
                    what,
                    kind,
                    change,
                    by_level,
                };
                let conditions = match way {
                    Way::Gains => (was.clone(), by),
                    Way::Loses | Way::Otherwise => (by, is.clone()),
                };
                self.show((before, after), &aim, &conditions, &causes);
            }
        }
    }

    fn tracks(&mut self, before: &EngineAt, after: &EngineAt) {
        let (of_before, of_after) = (tracks(before), tracks(after));
        let nothing = Cond::Or(Vec::new());
        let models = (before.engine.model(), after.engine.model());
        let mut alike = Alike::new(models.0, models.1, before.date);
        let mut aside = self.weighed.aside(models, before.date, None);
        let all: BTreeSet<&String> = of_before.keys().chain(of_after.keys()).collect();
        for what in all {
            let when = |of: &BTreeMap<String, Cond>| of.get(what).unwrap_or(&nothing).clone();
            let conditions = (when(&of_before), when(&of_after));
            if alike.conditions(&conditions.0, &conditions.1) {
                continue;
            }
            for way in [Way::Gains, Way::Loses] {
                let aim = Aim {
                    way,
                    told: Told::Track,
                    what,
                    kind: "track",
                    change: what,
                    by_level: aside.conditions(&conditions.0, &conditions.1),
                };
                let causes = causes(&mut alike, &conditions.0, &conditions.1, way);
                self.show((before, after), &aim, &conditions, &causes);
            }
        }
    }

    /// One person for each of its causes, unless one showed it: for whom it is the only one, where
    /// there is such.
    fn show(
        &mut self,
        (before, after): (&EngineAt, &EngineAt),
        aim: &Aim<'_>,
        conditions: &(Cond, Cond),
        causes: &[Cause],
    ) {
        let key = |cause: &Cause| {
            let change = format!("{} {} {}", aim.kind, aim.change, cause.mark);
            (aim.way, change)
        };
        let done = |search: &Self, key: &(Way, String)| {
            search.seen.contains(key) || search.given_up.contains(key)
        };
        if causes.iter().all(|cause| done(self, &key(cause))) {
            return;
        }
        let models = (before.engine.model(), after.engine.model());
        let on = before.date;
        // What is new is told apart by itself: 16 and 29 are both new to « from 18 to 25 ».
        let (mut of_before, mut of_after) = (vec![&conditions.0], vec![&conditions.1]);
        let new = causes.iter().flat_map(|cause| &cause.holds);
        match aim.way {
            Way::Gains => of_after.extend(new),
            Way::Loses | Way::Otherwise => of_before.extend(new),
        }
        let pair = Pair::new(models, on, (&of_before, &of_after), &self.weighed);
        let mut missed = 0_usize;
        let tries = if aim.by_level { TRIES_BY_LEVEL } else { TRIES };
        for cause in causes {
            let key = key(cause);
            if done(self, &key) {
                continue;
            }
            // A level that is one of several says nothing yet.
            let said = |model: &Model, facts: &Facts| {
                let level = (aim.told == Told::Level).then(|| Levels::of(model, aim.what));
                let level = level.flatten();
                level.is_none_or(|level| level.found(facts).is_known())
            };
            let seek = |others: &[Cond]| {
                pair.seek(tries, |a, b| {
                    let was = conditions.0.truth(a, &models.0.tables, on);
                    let is = conditions.1.truth(b, &models.1.tables, on);
                    let all = |conditions: &[Cond], failing: bool| {
                        // Whoever gains failed before, whoever loses fails now.
                        let (facts, model) = if failing == (aim.way == Way::Gains) {
                            (a, models.0)
                        } else {
                            (b, models.1)
                        };
                        let each = conditions.iter();
                        let each = each.map(|one| one.truth(facts, &model.tables, on));
                        each.fold(Truth::True, Truth::and)
                    };
                    let way = match aim.way {
                        Way::Gains => is.and(was.not()),
                        Way::Loses => was.and(is.not()),
                        Way::Otherwise => was.and(is),
                    };
                    let found = way
                        .and(all(&cause.fails, true))
                        .and(all(others, true))
                        .and(all(&cause.holds, false));
                    if said(models.0, a) && said(models.1, b) {
                        found
                    } else {
                        found.and(Truth::Open)
                    }
                })
            };
            let alone = seek(&cause.others);
            let sought = match alone {
                Sought::Found(..) => alone,
                _ if cause.others.is_empty() => alone,
                // Parts that hang on each other fail together.
                Sought::Nobody | Sought::NotIn(_) => seek(&[]),
            };
            match sought {
                Sought::Found(of_before, of_after) => {
                    let change = Change::of(
                        (before, &of_before, &conditions.0),
                        (after, &of_after, &conditions.1),
                        (aim.told, aim.what),
                    );
                    let Some(change) = change else { continue };
                    self.seen.insert(key);
                    self.tell(change);
                }
                Sought::Nobody => {}
                Sought::NotIn(tries) => {
                    missed = missed.saturating_add(tries);
                    if aim.by_level {
                        self.given_up.insert(key);
                    }
                }
            }
        }
        if missed == 0 {
            return;
        }
        if !aim.by_level {
            return self.missed(aim.change, missed);
        }
        // It is the level that is written otherwise.
        for name in self.weighed.names(models.0, models.1) {
            self.missed(&name, missed);
        }
    }

    /// Adds a change, to what is already told of the same person where there is such.
    fn tell(&mut self, change: Change) {
        let changes = &mut self.found.changes;
        let new = changes
            .iter_mut()
            .try_fold(change, |change, known| known.take(change).ok_or(()));
        let Ok(mut change) = new else { return };
        let named = self.named.entry(change.name.clone()).or_default();
        *named = named.saturating_add(1);
        if *named > 1 {
            change.rename(*named);
        }
        changes.push(change);
    }

    fn missed(&mut self, what: &str, tries: usize) {
        let mut known = self.found.not_found.iter();
        if known.all(|(known, _)| known != what) {
            self.found.not_found.push((what.to_owned(), tries));
        }
    }

    /// Rules that still propose, to another body, by another day, in another order, for another
    /// reason; and rules that are new or gone, for whoever is proposed the same by others.
    fn said_otherwise(
        &mut self,
        (before, after): (&EngineAt, &EngineAt),
        (of_before, of_after): (&[Proposing<'_>], &[Proposing<'_>]),
    ) {
        let same = |one: &Proposing<'_>, other: &Proposing<'_>| {
            (one.scheme, &one.rule.id) == (other.scheme, &other.rule.id)
        };
        let mut aims = Vec::new();
        for was in of_before {
            let is = of_after.iter().find(|is| same(was, is));
            let (mark, other) = match is {
                Some(is) => {
                    let all = said(before, was.rule).into_iter();
                    let all = all.zip(said(after, is.rule));
                    let apart: Vec<_> = all.filter(|(was, is)| was != is).collect();
                    if apart.is_empty() {
                        continue;
                    }
                    (format!("{apart:?}"), is.verdict.clone())
                }
                None => (String::new(), Cond::Or(verdicts(of_after, was.scheme))),
            };
            aims.push((was, (was.verdict.clone(), other), mark));
        }
        for is in of_after {
            if !of_before.iter().any(|was| same(was, is)) {
                let others = Cond::Or(verdicts(of_before, is.scheme));
                let conditions = (others, is.verdict.clone());
                aims.push((is, conditions, String::new()));
            }
        }
        for (rule, conditions, mark) in aims {
            let aim = Aim {
                way: Way::Otherwise,
                told: Told::Scheme,
                what: rule.scheme,
                kind: "rule",
                change: rule.rule.id.as_str(),
                by_level: false,
            };
            let whole = Cause {
                mark,
                ..Cause::default()
            };
            self.show((before, after), &aim, &conditions, &[whole]);
        }
    }

    /// Two schemes that exclude each other in one of the packs, and somebody to whom both would
    /// be proposed.
    fn exclusives(
        &mut self,
        (before, after): (&EngineAt, &EngineAt),
        (of_before, of_after): (&[Proposing<'_>], &[Proposing<'_>]),
    ) {
        let (was, is) = (excluded(before), excluded(after));
        for (one, other) in was.symmetric_difference(&is) {
            let both = |of: &[Proposing<'_>]| {
                let schemes = [one, other].map(|scheme| Cond::Or(verdicts(of, scheme)));
                Cond::And(schemes.to_vec())
            };
            let conditions = (both(of_before), both(of_after));
            for what in [one, other] {
                let aim = Aim {
                    way: Way::Otherwise,
                    told: Told::Scheme,
                    what,
                    kind: "exclusive",
                    change: &format!("{one} {other}"),
                    by_level: false,
                };
                self.show((before, after), &aim, &conditions, &Cause::whole());
            }
        }
    }
}

/// Each two schemes that exclude each other, in the order of their names.
fn excluded(at: &EngineAt) -> BTreeSet<(&str, &str)> {
    let model = at.engine.model();
    let in_force = model.exclusives.iter();
    let in_force = in_force.filter(|(period, _)| period.contains(at.date));
    let names = in_force.map(|(_, exclusive)| {
        let schemes = exclusive.schemes.iter();
        let names: BTreeSet<&str> = schemes
            .map(|scheme| model.network.scheme_id(*scheme).as_str())
            .collect();
        names
    });
    let pairs = names.flat_map(|names| {
        let each = names.clone().into_iter();
        each.flat_map(move |one| {
            let after = names.clone().into_iter().filter(move |other| one < *other);
            after.map(move |other| (one, other))
        })
    });
    pairs.collect()
}

/// What a rule says to the person, whatever its conditions.
fn said(at: &EngineAt, rule: &Rule) -> [String; 6] {
    let model = at.engine.model();
    let within = rule.within.map(|within| {
        let event = within.event().map(|event| model.dictionary.fact(event));
        (within.in_french(), event.map(|event| event.name.clone()))
    });
    let because = rule.because.0.iter().map(|piece| match piece {
        Piece::Text(text) => text.to_string(),
        Piece::Body => "{}".to_owned(),
        Piece::Named(named) => format!("{{{}}}", body(model, *named)),
        Piece::Value(value) => {
            let value = model.tables.values.get(value.0);
            format!("{:?}", value.and_then(|value| value.at(at.date)))
        }
    });
    let because: String = because.collect();
    [
        format!("{within:?}"),
        rule.next_working_day.to_string(),
        rule.waits.to_string(),
        body(model, rule.body),
        rule.priority.to_string(),
        because,
    ]
}

/// The rules in force, in the order of the pack.
fn proposing(at: &EngineAt) -> Vec<Proposing<'_>> {
    let model = at.engine.model();
    let in_force = at.period.rules.iter();
    let rules = in_force.filter_map(|in_force| {
        let (_, rule) = model.rules.get(in_force.place)?;
        Some(Proposing {
            rule,
            scheme: model.network.scheme_id(rule.scheme).as_str(),
            verdict: &in_force.verdict,
        })
    });
    rules.collect()
}

/// When the rules of a scheme propose it, each by itself.
fn verdicts(of: &[Proposing<'_>], scheme: &str) -> Vec<Cond> {
    let rules = of.iter().filter(|rule| rule.scheme == scheme);
    rules.map(|rule| rule.verdict.clone()).collect()
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

/// When each track is the answer, with its lead: its condition, and that of no stronger one.
fn tracks(at: &EngineAt) -> BTreeMap<String, Cond> {
    let model = at.engine.model();
    let codes = model
        .standing
        .track
        .and_then(|fact| model.dictionary.fact(fact).kind.nomenclature().cloned());
    let mut stronger: Vec<Cond> = Vec::new();
    let mut answers: BTreeMap<String, Vec<Cond>> = BTreeMap::new();
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
        let ways = answers.entry(format!("{code} {lead}")).or_default();
        ways.push(when);
        stronger.push(in_force.verdict.clone());
    }
    let answers = answers.into_iter();
    answers.map(|(what, ways)| (what, Cond::Or(ways))).collect()
}

/// The opposite of a condition, for a proof that it does not hold.
fn opposite(cond: &Cond) -> Cond {
    Cond::Not(Box::new(cond.clone()))
}

/// Whether a condition is decided, and how.
fn decided(cond: &Cond, at: &EngineAt, facts: &Facts) -> Truth {
    cond.truth(facts, &at.engine.model().tables, at.date)
}
