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
                let asked = self.0.entry(atom.slot);
                asked
                    .and_modify(|known| *known = known.intersect(&passing))
                    .or_insert_with(|| passing.into_owned());
            }
            Cond::Constant(_) | Cond::Not(_) | Cond::Or(_) | Cond::AtLeast(..) => {}
        }
    }

    /// Whether nobody meets both: some slot would need two values at once.
    pub(super) fn excludes(&self, other: &Self) -> bool {
        self.0.iter().any(|(slot, values)| {
            let others = other.0.get(slot);
            others.is_some_and(|others| values.is_disjoint(others))
        })
    }
}
