//! Do two packs mean the same by a condition? Then nobody tells them apart.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::fact::dictionary::{ConditionId, CountId, Derivation, FactId};
use crate::pack::model::{Model, Rule};
use crate::rule::condition::{Atom, Cond, Slot};

/// Two packs on one day.
pub(super) struct Alike<'m> {
    pub(super) before: &'m Model,
    pub(super) after: &'m Model,
    pub(super) on: NaiveDate,
    known: BTreeMap<(FactId, FactId), bool>,
}

impl<'m> Alike<'m> {
    pub(super) fn new(before: &'m Model, after: &'m Model, on: NaiveDate) -> Self {
        Self {
            before,
            after,
            on,
            known: BTreeMap::new(),
        }
    }

    /// Written alike, down to the facts: no proof that no person tells them apart, but
    /// where it is true none does.
    pub(super) fn conditions(&mut self, before: &Cond, after: &Cond) -> bool {
        match (before, after) {
            (Cond::Named(id), other) => match self.before.tables.condition(*id, self.on) {
                Some(condition) => self.conditions(condition, other),
                None => false,
            },
            (other, Cond::Named(id)) => match self.after.tables.condition(*id, self.on) {
                Some(condition) => self.conditions(other, condition),
                None => false,
            },
            (Cond::Constant(a), Cond::Constant(b)) => a == b,
            (Cond::Atom(a), Cond::Atom(b)) => self.atoms(a, b),
            (Cond::Not(a), Cond::Not(b)) => self.conditions(a, b),
            (Cond::And(a), Cond::And(b)) | (Cond::Or(a), Cond::Or(b)) => self.all(a, b),
            (Cond::AtLeast(n, a), Cond::AtLeast(m, b)) => n == m && self.all(a, b),
            _ => false,
        }
    }

    pub(super) fn all(&mut self, before: &[Cond], after: &[Cond]) -> bool {
        before.len() == after.len() && before.iter().zip(after).all(|(a, b)| self.conditions(a, b))
    }

    /// What closes two rules.
    pub(super) fn unless(&mut self, before: &Rule, after: &Rule) -> bool {
        match (&before.unless, &after.unless) {
            (None, None) => true,
            (Some(before), Some(after)) => self.conditions(&before.when, &after.when),
            _ => false,
        }
    }

    fn atoms(&mut self, before: &Atom, after: &Atom) -> bool {
        let passing = self.before.tables.target(&before.target, self.on);
        let same = passing == self.after.tables.target(&after.target, self.on);
        same && match (before.slot, after.slot) {
            (Slot::Fact(a), Slot::Fact(b)) => self.facts(a, b),
            (Slot::Member(a, code), Slot::Member(b, other)) => code == other && self.facts(a, b),
            (Slot::Count(a), Slot::Count(b)) => self.counts(a, b),
            (Slot::Field(a), Slot::Field(b)) => a == b,
            _ => false,
        }
    }

    fn counts(&mut self, before: CountId, after: CountId) -> bool {
        let a = self.before.tables.counts.get(before.0);
        let b = self.after.tables.counts.get(after.0);
        let (Some(a), Some(b)) = (a, b) else {
            return false;
        };
        self.facts(a.list, b.list)
            && match (&a.filter, &b.filter) {
                (None, None) => true,
                (Some(a), Some(b)) => self.conditions(a, b),
                _ => false,
            }
    }

    fn named(&mut self, before: ConditionId, after: ConditionId) -> bool {
        self.conditions(&Cond::Named(before), &Cond::Named(after))
    }

    /// Facts read the same answers in the same way.
    fn facts(&mut self, before: FactId, after: FactId) -> bool {
        if let Some(known) = self.known.get(&(before, after)) {
            return *known;
        }
        let a = self.before.dictionary.fact(before);
        let b = self.after.dictionary.fact(after);
        let same = a.name == b.name
            && a.kind == b.kind
            && a.optional == b.optional
            && match (a.only_if, b.only_if) {
                (None, None) => true,
                (Some(a), Some(b)) => self.named(a, b),
                _ => false,
            }
            && a.levels.len() == b.levels.len()
            && a.levels
                .iter()
                .zip(&b.levels)
                .all(|((rank, a), (other, b))| rank == other && self.named(*a, *b))
            && self.derivations(a.derive.as_ref(), b.derive.as_ref());
        self.known.insert((before, after), same);
        same
    }

    fn derivations(&mut self, before: Option<&Derivation>, after: Option<&Derivation>) -> bool {
        let mut each = |a: &[FactId], b: &[FactId]| {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.facts(*a, *b))
        };
        match (before, after) {
            (None, None) => true,
            (Some(Derivation::Elapsed(a, from)), Some(Derivation::Elapsed(b, other))) => {
                a == b && self.facts(*from, *other)
            }
            (Some(Derivation::Sum(a)), Some(Derivation::Sum(b)))
            | (Some(Derivation::Min(a)), Some(Derivation::Min(b)))
            | (Some(Derivation::Max(a)), Some(Derivation::Max(b))) => each(a, b),
            (Some(Derivation::Difference(a, less)), Some(Derivation::Difference(b, other))) => {
                self.facts(*a, *b) && self.facts(*less, *other)
            }
            (Some(Derivation::Count(a)), Some(Derivation::Count(b))) => self.counts(*a, *b),
            (
                Some(Derivation::Lookup { from, table }),
                Some(Derivation::Lookup {
                    from: other,
                    table: rows,
                }),
            ) => table == rows && self.facts(*from, *other),
            (Some(Derivation::Condition(a)), Some(Derivation::Condition(b))) => self.named(*a, *b),
            _ => false,
        }
    }
}
