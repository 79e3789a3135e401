//! What keeps a scheme from being proposed though a rule proposes it: better rules of
//! schemes that exclude it.

use super::aim::Aim;
use crate::network::SchemeIndex;
use crate::orientation::orient::{Candidate, Key, key};
use crate::orientation::orienting::Orienting;
use crate::profile::answers::questions::Known;
use crate::rule::condition::Cond;
use crate::rule::{Both, Truth};

/// A rule of a scheme that excludes others.
struct Rival<'o> {
    scheme: SchemeIndex,
    key: Key<'o>,
    condition: &'o Cond,
    truth: Both,
}

/// The rules of schemes that exclude each other.
pub(super) struct Rivals<'o> {
    exclusives: Vec<&'o [SchemeIndex]>,
    rules: Vec<Rival<'o>>,
}

impl<'o> Rivals<'o> {
    pub(super) fn of(orienting: &Orienting<'o>) -> Self {
        let (at, model) = (orienting.at, orienting.at.engine.model());
        let exclusives = model.exclusives.iter();
        let in_force = exclusives.filter(|(period, _)| period.contains(at.date));
        let exclusives: Vec<&[SchemeIndex]> = in_force
            .map(|(_, exclusive)| exclusive.schemes.as_slice())
            .collect();
        let rules = orienting.truths.iter().zip(&at.period.rules);
        let rules = rules.filter_map(|(truth, in_force)| {
            let (_, rule) = model.rules.get(in_force.place)?;
            let excludes = exclusives.iter().any(|all| all.contains(&rule.scheme));
            // What may hold with presumptions may hold as told.
            (excludes && truth.told != Truth::False).then(|| {
                let deadline = orienting.rule_deadline(rule);
                Rival {
                    scheme: rule.scheme,
                    key: key(rule, deadline.as_ref()),
                    condition: &in_force.verdict,
                    truth: *truth,
                }
            })
        });
        Self {
            rules: rules.collect(),
            exclusives,
        }
    }

    /// Whether only one of two schemes is proposed.
    pub(super) fn exclude(&self, one: SchemeIndex, other: SchemeIndex) -> bool {
        let mut all = self.exclusives.iter();
        one != other && all.any(|all| all.contains(&one) && all.contains(&other))
    }

    /// When a rule does not only hold, but its scheme is proposed: none of its rivals may
    /// be. They are those that may hold where `known` stands: where answers are compared by
    /// what was told, also those that a presumption rules out, for other answers may be told.
    pub(super) fn proposed(&self, rule: &Candidate<'o>, known: Known) -> Aim<'o> {
        let scheme = rule.rule.scheme;
        let rivals = self.better(scheme, rule.key(), known);
        let rivals = rivals.map(|rival| {
            // What excludes a rival alone lets the rule stand. Whether that is excluded in
            // its turn is not looked at, so that exclusions in a row stay cheap.
            let others = self.better(rival.scheme, rival.key, known);
            let others = others.filter(|other| !self.exclude(other.scheme, scheme));
            let others = others.map(|other| Aim::is(other.condition));
            Aim::is(rival.condition).unless(others.collect())
        });
        Aim::is(rule.condition).unless(rivals.collect())
    }

    /// The rules that exclude a scheme, and come before one of its rules.
    fn better(
        &self,
        scheme: SchemeIndex,
        key: Key<'o>,
        known: Known,
    ) -> impl Iterator<Item = &Rival<'o>> {
        self.rules.iter().filter(move |rival| {
            let truth = match known {
                Known::Told => rival.truth.told,
                Known::Presumed => rival.truth.presumed,
            };
            truth != Truth::False && rival.key < key && self.exclude(rival.scheme, scheme)
        })
    }
}
