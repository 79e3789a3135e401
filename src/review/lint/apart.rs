//! Do two conditions exclude each other at a glance?
//!
//! Rows of a table mostly differ by values of one column: that needs no search.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::fact::set::ValueSet;
use crate::rule::condition::{Cond, Slot, Tables};

/// The values that a condition asks for, of each slot that it surely tests.
pub(super) struct Asked(BTreeMap<Slot, ValueSet>);

impl Asked {
    pub(super) fn new(cond: &Cond, tables: &Tables, on: NaiveDate) -> Self {
        let mut asked = Self(BTreeMap::new());
        asked.add(cond, tables, on);
        asked
    }

    fn add(&mut self, cond: &Cond, tables: &Tables, on: NaiveDate) {
        match cond {
            Cond::And(items) => items.iter().for_each(|item| self.add(item, tables, on)),
            Cond::Named(id) => {
                if let Some(named) = tables.condition(*id, on) {
                    self.add(named, tables, on);
                }
            }
            Cond::Atom(atom) => {
                let passing = tables.target(&atom.target, on);
                self.ask(atom.slot, passing.into_owned());
            }
            Cond::Not(inner) => {
                if let Cond::Atom(atom) = &**inner {
                    let passing = tables.target(&atom.target, on);
                    let all = ValueSet::range(i64::MIN, i64::MAX).with_none();
                    self.ask(atom.slot, passing.complement_in(&all));
                }
            }
            Cond::Or(items) => {
                let mut ways = items.iter().map(|item| Self::new(item, tables, on).0);
                let first = ways.next().unwrap_or_default();
                let common = ways.fold(first, |mut common, way| {
                    common.retain(|slot, _| way.contains_key(slot));
                    for (slot, values) in &mut common {
                        *values = way
                            .get(slot)
                            .map_or_else(|| values.clone(), |more| values.union(more));
                    }
                    common
                });
                for (slot, values) in common {
                    self.ask(slot, values);
                }
            }
            Cond::Constant(_) | Cond::AtLeast(..) => {}
        }
    }

    fn ask(&mut self, slot: Slot, values: ValueSet) {
        let asked = self.0.entry(slot);
        asked
            .and_modify(|known| *known = known.intersect(&values))
            .or_insert(values);
    }

    /// Whether nobody meets both: some slot would need two values at once.
    pub(super) fn excludes(&self, other: &Self) -> bool {
        self.0.iter().any(|(slot, values)| {
            let others = other.0.get(slot);
            others.is_some_and(|others| values.is_disjoint(others))
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;
    use crate::rule::Truth;
    use crate::rule::laws::{Person, Ready, hold, packs, pools};

    fn nobody_meets_both(
        pack: &packs::Pack,
        people: &[Person],
        on: NaiveDate,
    ) -> Result<(), TestCaseError> {
        let ready = Ready::new(pack);
        let tables = &ready.engine.model().tables;
        let at = ready.engine.at(on);
        let rules = at.period.rules.iter();
        let asked: Vec<Asked> = rules
            .map(|rule| Asked::new(&rule.verdict, tables, on))
            .collect();
        for genes in people {
            let told = Ready::told_by(&ready.profile(genes, on));
            for world in ready.worlds(&told, genes, on, 16) {
                let truths = ready.verdicts(&world);
                let holding = asked
                    .iter()
                    .zip(truths)
                    .filter(|(_, truth)| *truth == Truth::True);
                let holding: Vec<&Asked> = holding.map(|(asked, _)| asked).collect();
                for one in &holding {
                    for other in &holding {
                        prop_assert!(!one.excludes(other), "on {} in\n{}", on, ready.toml);
                    }
                }
            }
        }
        Ok(())
    }

    /// Nobody meets two conditions that exclude each other; nor one that excludes itself.
    #[test]
    fn those_who_meet_both_are_never_excluded() {
        let person = prop::collection::vec(any::<u32>(), pools::GENES);
        let people = prop::collection::vec(person, 1..8);
        hold(
            4,
            (packs::packs(), people, pools::days()),
            |(pack, people, on)| nobody_meets_both(&pack, &people, on),
        );
    }

    /// Values of one fact, whichever way they are written.
    #[test]
    fn values_of_one_fact_exclude_each_other() {
        let atom = |values: ValueSet| {
            Cond::Atom(crate::rule::condition::Atom {
                slot: Slot::Fact(crate::fact::dictionary::FactId(0)),
                target: crate::rule::condition::Target::Set(values),
            })
        };
        let (one, two) = (|| atom(ValueSet::point(1)), || atom(ValueSet::point(2)));
        let not = |cond| Cond::Not(Box::new(cond));
        let asked = |cond: &Cond| Asked::new(cond, &Tables::default(), NaiveDate::MIN);
        for (cond, other, excludes) in [
            (one(), two(), true),
            (one(), not(one()), true),
            (one(), Cond::And(vec![two(), Cond::Constant(true)]), true),
            (one(), Cond::Or(vec![two(), atom(ValueSet::none())]), true),
            (one(), Cond::Or(vec![two(), one()]), false),
            (one(), Cond::Or(vec![two(), Cond::Constant(true)]), false),
            (one(), not(two()), false),
            (one(), Cond::AtLeast(1, vec![two()]), false),
        ] {
            assert_eq!(asked(&cond).excludes(&asked(&other)), excludes, "{other:?}");
        }
    }
}
