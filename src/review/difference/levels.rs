//! Barriers that weigh otherwise: somebody for each level that one comes to.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::causes::causes;
use super::change::Told;
use super::same::Alike;
use super::{Aim, Search, Way};
use crate::fact::dictionary::{FactId, Kind};
use crate::fact::set::ValueSet;
use crate::pack::EngineAt;
use crate::pack::model::Model;
use crate::rule::condition::{Atom, Cond, Slot, Target};

/// Levels that the packs do not derive alike, by their places in each. Whoever is assessed is told
/// alike by both: only the details tell the packs apart.
#[derive(Debug, Clone, Default)]
pub(super) struct Weighed {
    pub(super) before: BTreeSet<FactId>,
    pub(super) after: BTreeSet<FactId>,
}

impl Weighed {
    pub(super) fn otherwise(before: &Model, after: &Model, on: NaiveDate) -> Self {
        let mut alike = Alike::new(before, after, on);
        let mut weighed = Self::default();
        for (id, fact) in after.dictionary.iter() {
            let known = before.dictionary.id(fact.name.as_str());
            if known.is_some_and(|known| alike.facts(known, id)) {
                continue;
            }
            let levels = |model: &Model, id| !model.dictionary.fact(id).levels.is_empty();
            if levels(after, id) {
                weighed.after.insert(id);
            }
            weighed
                .before
                .extend(known.filter(|known| levels(before, *known)));
        }
        weighed
    }

    /// Compares what one of them hangs on, the others aside: these are shown by themselves.
    fn beside<'m>(
        &self,
        (before, after): (&'m Model, &'m Model),
        on: NaiveDate,
        one: FactId,
    ) -> Alike<'m> {
        let mut alike = Alike::new(before, after, on);
        for other in self.after.iter().filter(|other| **other != one) {
            let name = after.dictionary.fact(*other).name.as_str();
            if let Some(known) = before.dictionary.id(name) {
                alike.assume(known, *other);
            }
        }
        alike
    }
}

impl Search<'_> {
    /// For each level whose own condition is written otherwise, somebody who comes to it or to a
    /// higher one, and somebody who comes to it no more.
    pub(super) fn levels(&mut self, before: &EngineAt, after: &EngineAt) {
        let (was, is) = (before.engine.model(), after.engine.model());
        for id in self.weighed.after.clone() {
            let fact = is.dictionary.fact(id);
            let Kind::Level(scale) = &fact.kind else {
                continue;
            };
            let known = was.dictionary.id(fact.name.as_str());
            let mut alike = self.weighed.beside((was, is), before.date, id);
            for (code, rank) in scale.codes().zip(0..) {
                let own = (when(was, known, rank), when(is, Some(id), rank));
                if alike.conditions(&own.0, &own.1) {
                    continue;
                }
                let change = format!("{} {code}", fact.name);
                for way in [Way::Gains, Way::Loses] {
                    let aim = Aim {
                        way,
                        told: Told::Level,
                        what: fact.name.as_str(),
                        kind: "level",
                        change: &change,
                    };
                    let conditions = (at_least(known, rank), at_least(Some(id), rank));
                    let causes = causes(&mut alike, &own.0, &own.1, way);
                    self.show((before, after), &aim, &conditions, &causes);
                }
            }
        }
    }
}

/// When the details of a fact suggest a level by its own condition.
fn when(model: &Model, id: Option<FactId>, rank: i64) -> Cond {
    let levels = id.map(|id| &model.dictionary.fact(id).levels);
    let own = levels.and_then(|levels| levels.iter().find(|(level, _)| *level == rank));
    own.map_or(Cond::Constant(false), |(_, own)| Cond::Named(*own))
}

/// That a fact is at a level or at a higher one; never where the pack does not know it.
fn at_least(id: Option<FactId>, rank: i64) -> Cond {
    id.map_or(Cond::Constant(false), |id| {
        Cond::Atom(Atom {
            slot: Slot::Fact(id),
            target: Target::Set(ValueSet::range(rank, i64::MAX)),
        })
    })
}
