//! Roles that change hands: who still gets the same, from another body.

use std::collections::{BTreeMap, BTreeSet};

use super::change::Told;
use super::levels::Weighed;
use super::pair::{Pair, Sought, TRIES};
use super::same::Alike;
use super::{Change, Proposing, Search, Way, opposite, proposing, tracks};
use crate::network::BodyRef;
use crate::pack::EngineAt;
use crate::profile::Facts;
use crate::review::people::invented::Invented;
use crate::rule::Truth;
use crate::rule::condition::{Cond, Tables};

/// When each body holds each role.
type Held<'e> = BTreeMap<&'e str, BTreeMap<&'e str, Vec<Cond>>>;

/// A body that holds a role, and when it does in each pack.
struct Hand<'e> {
    body: &'e str,
    was: Cond,
    is: Cond,
}

/// Bodies, by their place, that hold a role no more, and those that hold it instead.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Passed {
    from: Vec<usize>,
    to: Vec<usize>,
}

/// What names the role in both packs, and for whom.
struct Asked {
    told: Told,
    what: String,
    was: Cond,
    is: Cond,
}

/// Somebody to whom it passes, told to each pack.
struct Concerned<'a> {
    asked: &'a Asked,
    person: (Invented, Invented),
}

impl Search<'_> {
    /// One person for each way in which a role passes from some bodies to others.
    pub(super) fn hands(&mut self, before: &EngineAt, after: &EngineAt) {
        let mut alike = Alike::new(before.engine.model(), after.engine.model(), before.date);
        let (of_before, of_after) = (held(before), held(after));
        let roles: BTreeSet<&str> = of_before.keys().chain(of_after.keys()).copied().collect();
        for role in roles {
            let hands = Hands {
                before,
                after,
                weighed: self.weighed.clone(),
                changed: changed(&mut alike, of_before.get(role), of_after.get(role)),
            };
            if hands.changed.is_empty() {
                continue;
            }
            let asked = asked(before, after, role);
            if !asked.is_empty() {
                self.passes(role, &hands, &asked);
            }
        }
    }

    fn passes(&mut self, role: &str, hands: &Hands<'_>, asked: &[Asked]) {
        let (ways, missed) = hands.ways();
        if let Some(tries) = missed {
            self.missed(role, tries);
        }
        for passed in ways {
            let key = (Way::Otherwise, hands.name(role, &passed));
            if self.seen.contains(&key) {
                continue;
            }
            let mut concerned = Vec::new();
            let mut missed = None;
            for asked in asked {
                match hands.seek(asked, &passed) {
                    Sought::Found(first, second) => concerned.push(Concerned {
                        asked,
                        person: (first, second),
                    }),
                    Sought::Nobody => {}
                    Sought::NotIn(tries) => missed = Some(tries),
                }
            }
            // Whoever it takes least to tell stands for all others.
            concerned.sort_by_key(|one| one.person.1.told.len());
            let change = concerned.iter().find_map(|one| hands.change(one, &passed));
            match (change, missed) {
                (Some(change), _) => {
                    self.seen.insert(key);
                    self.tell(change);
                }
                (None, Some(tries)) => self.missed(role, tries),
                (None, None) => {}
            }
        }
    }
}

/// The bodies of one role whose condition is written otherwise.
struct Hands<'e> {
    before: &'e EngineAt,
    after: &'e EngineAt,
    weighed: Weighed,
    changed: Vec<Hand<'e>>,
}

impl Hands<'_> {
    fn tables(&self) -> (&Tables, &Tables) {
        let models = (self.before.engine.model(), self.after.engine.model());
        (&models.0.tables, &models.1.tables)
    }

    /// Whether the role is no more a body's, and whether it came to it.
    fn moved(&self, hand: &Hand<'_>, (a, b): (&Facts, &Facts)) -> (Truth, Truth) {
        let (tables, on) = (self.tables(), self.before.date);
        let was = hand.was.truth(a, tables.0, on);
        let is = hand.is.truth(b, tables.1, on);
        (was.and(is.not()), is.and(was.not()))
    }

    /// What decides these bodies, and one more condition in each pack.
    fn pair(&self, was: &Cond, is: &Cond) -> Pair<'_> {
        let was = [was.clone()].into_iter();
        let was = was.chain(self.changed.iter().map(|hand| hand.was.clone()));
        let is = [is.clone()].into_iter();
        let is = is.chain(self.changed.iter().map(|hand| hand.is.clone()));
        let models = (self.before.engine.model(), self.after.engine.model());
        let (was, is) = (Cond::And(was.collect()), Cond::And(is.collect()));
        Pair::new(models, self.before.date, (&[&was], &[&is]), &self.weighed)
    }

    /// All ways in which the role passes, whoever is concerned; and the tries, where there
    /// may be more.
    fn ways(&self) -> (BTreeSet<Passed>, Option<usize>) {
        let mut ways = BTreeSet::new();
        let anybody = Cond::Constant(true);
        let sought = self.pair(&anybody, &anybody).seek(TRIES, |a, b| {
            let mut passed = Passed::default();
            for (place, hand) in self.changed.iter().enumerate() {
                match self.moved(hand, (a, b)) {
                    (Truth::Open, _) | (_, Truth::Open) => return Truth::Open,
                    (Truth::True, _) => passed.from.push(place),
                    (_, Truth::True) => passed.to.push(place),
                    (Truth::False, Truth::False) => {}
                }
            }
            if passed != Passed::default() {
                ways.insert(passed);
            }
            // On to the next.
            Truth::False
        });
        match sought {
            Sought::NotIn(tries) => (ways, Some(tries)),
            Sought::Found(..) | Sought::Nobody => (ways, None),
        }
    }

    /// Somebody for whom the role passes so, and no otherwise, and to whom both packs give
    /// what is asked of it.
    fn seek(&self, asked: &Asked, passed: &Passed) -> Sought {
        let (tables, on) = (self.tables(), self.before.date);
        self.pair(&asked.was, &asked.is).seek(TRIES, |a, b| {
            let was = asked.was.truth(a, tables.0, on);
            let both = || was.and(asked.is.truth(b, tables.1, on));
            let of = |places: &[usize], came: bool| {
                let hands = places.iter().filter_map(|place| self.changed.get(*place));
                hands.fold(Truth::True, |truth, hand| {
                    let moved = self.moved(hand, (a, b));
                    truth.and(if came { moved.1 } else { moved.0 })
                })
            };
            let truth = of(&passed.from, false).and(of(&passed.to, true));
            if truth == Truth::False {
                return truth;
            }
            let truth = truth.and(both());
            // Most people live elsewhere: the other bodies are looked at last.
            if truth != Truth::True {
                return truth;
            }
            let others =
                self.changed.iter().enumerate().filter(|(place, _)| {
                    !passed.from.contains(place) && !passed.to.contains(place)
                });
            others.fold(truth, |truth, (_, hand)| {
                let (gone, came) = self.moved(hand, (a, b));
                truth.and(gone.not()).and(came.not())
            })
        })
    }

    /// What is shown of it: when it is proposed, and who holds the role, or holds it not.
    fn change(&self, one: &Concerned<'_>, passed: &Passed) -> Option<Change> {
        let shown =
            |verdict: &Cond, when: fn(&Hand<'_>) -> Cond, holding: &[usize], not: &[usize]| {
                let of = |places: &[usize]| -> Vec<Cond> {
                    let hands = places.iter().filter_map(|place| self.changed.get(*place));
                    hands.map(when).collect()
                };
                let who = if holding.is_empty() {
                    of(not).iter().map(opposite).collect()
                } else {
                    of(holding)
                };
                Cond::And([verdict.clone()].into_iter().chain(who).collect())
            };
        let (from, to) = (&passed.from, &passed.to);
        let was = shown(&one.asked.was, |hand| hand.was.clone(), from, to);
        let is = shown(&one.asked.is, |hand| hand.is.clone(), to, from);
        Change::of(
            (self.before, &one.person.0, &was),
            (self.after, &one.person.1, &is),
            (one.asked.told, &one.asked.what),
        )
    }

    /// The change as it is known over all days.
    fn name(&self, role: &str, passed: &Passed) -> String {
        let names = |places: &[usize]| {
            let hands = places.iter().filter_map(|place| self.changed.get(*place));
            hands.map(|hand| hand.body).collect::<Vec<_>>().join(", ")
        };
        format!("{role} : {} → {}", names(&passed.from), names(&passed.to))
    }
}

fn held(at: &EngineAt) -> Held<'_> {
    let network = &at.engine.model().network;
    let mut held = Held::new();
    for in_force in &at.period.holders {
        let Some((_, holder)) = network.holders.get(in_force.place) else {
            continue;
        };
        let role = network.roles.get(holder.role.0);
        let partner = network.partners.get(holder.partner.0);
        if let (Some(role), Some(partner)) = (role, partner) {
            let bodies = held.entry(role.id.as_str()).or_default();
            let ways = bodies.entry(partner.id.as_str()).or_default();
            ways.push(in_force.verdict.clone());
        }
    }
    held
}

/// The bodies of a role that do not hold it alike.
fn changed<'e>(
    alike: &mut Alike<'_>,
    before: Option<&BTreeMap<&'e str, Vec<Cond>>>,
    after: Option<&BTreeMap<&'e str, Vec<Cond>>>,
) -> Vec<Hand<'e>> {
    let names = [before, after].into_iter().flatten();
    let names: BTreeSet<&str> = names.flat_map(|bodies| bodies.keys().copied()).collect();
    let hands = names.into_iter().filter_map(|body| {
        let conditions = |of: Option<&BTreeMap<&str, Vec<Cond>>>| -> Vec<Cond> {
            of.and_then(|bodies| bodies.get(body).cloned())
                .unwrap_or_default()
        };
        let (was, is) = (conditions(before), conditions(after));
        (!alike.all(&was, &is)).then_some(Hand {
            body,
            was: Cond::Or(was),
            is: Cond::Or(is),
        })
    });
    hands.collect()
}

/// Rules that propose to a role in both packs, and tracks that it leads.
fn asked(before: &EngineAt, after: &EngineAt, role: &str) -> Vec<Asked> {
    let names = |at: &EngineAt, body: BodyRef| {
        let network = &at.engine.model().network;
        matches!(body, BodyRef::Role(place)
            if network.roles.get(place.0).is_some_and(|known| known.id.as_str() == role))
    };
    let of_after = proposing(after);
    let rules = proposing(before).into_iter().filter_map(|was| {
        let same = |is: &&Proposing<'_>| (is.scheme, &is.rule.id) == (was.scheme, &was.rule.id);
        let is = of_after.iter().find(same)?;
        (names(before, was.rule.body) && names(after, is.rule.body)).then(|| Asked {
            told: Told::Scheme,
            what: was.scheme.to_owned(),
            was: was.verdict.clone(),
            is: is.verdict.clone(),
        })
    });
    let mut led = tracks(after);
    let tracks = tracks(before).into_iter().filter_map(|(what, was)| {
        // No role bears the name of a body.
        what.ends_with(&format!(" {role}"))
            .then(|| led.remove(&what))
            .flatten()
            .map(|is| Asked {
                told: Told::Track,
                what,
                was,
                is,
            })
    });
    rules.chain(tracks).collect()
}
