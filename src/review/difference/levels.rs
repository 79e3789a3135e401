//! Barriers that weigh otherwise: somebody for each level that one comes to, or leaves.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::causes::causes;
use super::change::Told;
use super::same::Alike;
use super::{Aim, Search, Way};
use crate::fact::dictionary::{FactId, Kind, Nomenclature};
use crate::fact::french;
use crate::fact::possible::Possible;
use crate::fact::set::ValueSet;
use crate::pack::EngineAt;
use crate::pack::model::Model;
use crate::profile::Facts;
use crate::rule::condition::{Atom, Cond, Slot, Target};
use crate::vocabulary::Code;

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
        for (id, fact) in before.dictionary.iter() {
            let other = after.dictionary.id(fact.name.as_str());
            if !fact.levels.is_empty() && !other.is_some_and(|other| alike.facts(id, other)) {
                weighed.before.insert(id);
            }
        }
        for (id, fact) in after.dictionary.iter() {
            let other = before.dictionary.id(fact.name.as_str());
            if !fact.levels.is_empty() && !other.is_some_and(|other| alike.facts(other, id)) {
                weighed.after.insert(id);
            }
        }
        weighed
    }

    /// Tells the packs apart by all but these, of which one may count.
    pub(super) fn aside<'m>(
        &self,
        (before, after): (&'m Model, &'m Model),
        on: NaiveDate,
        but: Option<&str>,
    ) -> Alike<'m> {
        let mut alike = Alike::new(before, after, on);
        let mut names = self.names(before, after);
        names.retain(|name| Some(name.as_str()) != but);
        for name in names {
            if let (Some(a), Some(b)) = (before.dictionary.id(&name), after.dictionary.id(&name)) {
                alike.assume(a, b);
            }
        }
        alike
    }

    pub(super) fn names(&self, before: &Model, after: &Model) -> BTreeSet<String> {
        let name = |model: &Model, id: &FactId| model.dictionary.fact(*id).name.to_string();
        let of_before = self.before.iter().map(|id| name(before, id));
        let of_after = self.after.iter().map(|id| name(after, id));
        of_before.chain(of_after).collect()
    }
}

impl Search<'_> {
    /// For each level whose own condition is written otherwise, somebody who comes to it or to a
    /// higher one, and somebody who comes to it no more.
    pub(super) fn levels(&mut self, before: &EngineAt, after: &EngineAt) {
        let (was, is) = (before.engine.model(), after.engine.model());
        let names = self.weighed.names(was, is);
        for name in &names {
            let levels = (Levels::of(was, name), Levels::of(is, name));
            // What hangs on another of them is shown by that one.
            let mut alike = self.weighed.aside((was, is), before.date, Some(name));
            for code in codes(levels) {
                let own = |levels: Option<Levels<'_>>| {
                    levels.map_or(Cond::Constant(false), |levels| levels.when(code))
                };
                let own = (own(levels.0), own(levels.1));
                if alike.conditions(&own.0, &own.1) {
                    continue;
                }
                let change = format!("{name} {code}");
                let conditions = (
                    at_least(levels.0, levels.1, code),
                    at_least(levels.1, levels.0, code),
                );
                for way in [Way::Gains, Way::Loses] {
                    let aim = Aim {
                        way,
                        told: Told::Level,
                        what: name,
                        kind: "level",
                        change: &change,
                        by_level: false,
                    };
                    let causes = causes(&mut alike, &own.0, &own.1, way);
                    self.show((before, after), &aim, &conditions, &causes);
                }
            }
        }
    }
}

/// A level that one pack derives from details.
#[derive(Clone, Copy)]
pub(super) struct Levels<'m> {
    model: &'m Model,
    id: FactId,
    scale: &'m Nomenclature,
}

impl<'m> Levels<'m> {
    pub(super) fn of(model: &'m Model, name: &str) -> Option<Self> {
        let id = model.dictionary.id(name)?;
        let fact = model.dictionary.fact(id);
        match &fact.kind {
            Kind::Level(scale) if !fact.levels.is_empty() => Some(Self { model, id, scale }),
            _ => None,
        }
    }

    /// The levels that may be somebody's.
    pub(super) fn found(self, facts: &Facts) -> Cow<'_, ValueSet> {
        facts.view(Slot::Fact(self.id))
    }

    /// Those in French.
    pub(super) fn in_french(self, facts: &Facts) -> String {
        let found = Possible::Scalar(self.found(facts).into_owned());
        french::set(&self.model.dictionary.fact(self.id).kind, &found)
    }

    /// The only one, where there is one.
    pub(super) fn code(self, facts: &Facts) -> Option<&'m Code> {
        self.scale.code(self.found(facts).single()?)
    }

    /// When details suggest a level by its own condition.
    fn when(&self, code: &Code) -> Cond {
        let fact = self.model.dictionary.fact(self.id);
        let place = self.scale.place(code.as_str());
        let mut levels = fact.levels.iter();
        let own = levels.find(|(level, _)| Some(*level) == place);
        let Some((_, own)) = own else {
            return Cond::Constant(false);
        };
        let parts = fact.only_if.into_iter().chain([*own]);
        Cond::And(parts.map(Cond::Named).collect())
    }

    /// That it is at one of these or at a higher one.
    fn at_least(&self, place: i64) -> Cond {
        Cond::Atom(Atom {
            slot: Slot::Fact(self.id),
            target: Target::Set(ValueSet::range(place, i64::MAX)),
        })
    }
}

/// The levels of both packs, each once.
fn codes<'m>((before, after): (Option<Levels<'m>>, Option<Levels<'m>>)) -> Vec<&'m Code> {
    let mut codes: Vec<&Code> = Vec::new();
    for levels in [after, before].into_iter().flatten() {
        for code in levels.scale.codes() {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
    }
    codes
}

/// That a pack finds a level, or a higher one where it does not know that one; never where it
/// derives none.
fn at_least(own: Option<Levels<'_>>, other: Option<Levels<'_>>, code: &Code) -> Cond {
    let Some(own) = own else {
        return Cond::Constant(false);
    };
    let above = other.into_iter().flat_map(|other| {
        let codes = other.scale.codes();
        codes.skip_while(move |known| *known != code)
    });
    let mut known = [code].into_iter().chain(above);
    let place = known.find_map(|code| own.scale.place(code.as_str()));
    place.map_or(Cond::Constant(false), |place| own.at_least(place))
}
