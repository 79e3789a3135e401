//! The ways in which one condition became another: one for each part that is written otherwise.

use std::fmt::Write as _;

use crate::fact::dictionary::{FactId, Kind};
use crate::fact::set::ValueSet;
use crate::pack::model::Model;
use crate::rule::condition::{Atom, Cond, Slot, Target};

use super::Way;
use super::same::Alike;

/// Parts of one condition that are told apart at most: more are a new condition.
const PARTS: usize = 64;

/// One way in which a condition ceased to hold for somebody for whom another does. A part of the
/// one fails, and a part of the other holds that is new to it.
#[derive(Debug, Default)]
pub(super) struct Cause {
    /// What besides is true of somebody who shows it, by the condition that fails.
    pub(super) fails: Vec<Cond>,
    /// All other parts of that condition: somebody for whom they hold shows this cause alone.
    pub(super) others: Vec<Cond>,
    /// What besides is true by the condition that holds.
    pub(super) holds: Vec<Cond>,
    /// The same change on another day has the same mark.
    pub(super) mark: String,
}

impl Cause {
    /// The only one: nothing is told apart.
    pub(super) fn whole() -> Vec<Self> {
        vec![Self::default()]
    }
}

/// What tells apart those who gain, or lose, by a condition that both packs have: of several parts
/// that all must hold, each that fails; of several of which one is enough, and of several values
/// that pass, each that is new. Whoever gains or loses does so by one of them.
pub(super) fn causes(alike: &mut Alike<'_>, was: &Cond, is: &Cond, way: Way) -> Vec<Cause> {
    let gains = way == Way::Gains;
    let (before, after, on) = (alike.before, alike.after, alike.on);
    let of = |model| Parts { model, on };
    let ((failing, of_failing), (holding, of_holding)) = if gains {
        ((was, of(before)), (is, of(after)))
    } else {
        ((is, of(after)), (was, of(before)))
    };
    let mut same = |failing: &Cond, holding: &Cond| {
        if gains {
            alike.conditions(failing, holding)
        } else {
            alike.conditions(holding, failing)
        }
    };
    let (failing, holding) = unlike(
        of_failing.all_of(failing),
        of_holding.all_of(holding),
        &mut same,
    );
    let mut found = Vec::new();
    for (place, part) in failing.iter().enumerate() {
        let others = failing.iter().enumerate();
        let others = others.filter(|(other, _)| *other != place);
        let others: Vec<Cond> = others.map(|(_, other)| other.clone()).collect();
        let branches = of_failing.one_of(part);
        // What stands instead of it has most of its branches, or tests the same fact.
        let mut instead: Vec<(usize, Vec<Cond>)> = holding
            .iter()
            .filter_map(|holding| {
                if let Some(new) = new_values((&of_failing, part), (&of_holding, holding)) {
                    return Some((usize::MAX, new));
                }
                let others = of_holding.one_of(holding);
                let (left, others) = unlike(branches.clone(), others, &mut same);
                let mut common = branches.len().saturating_sub(left.len());
                let mut new = Vec::new();
                for other in others {
                    let values = left
                        .iter()
                        .find_map(|was| new_values((&of_failing, was), (&of_holding, &other)));
                    common = common.saturating_add(usize::from(values.is_some()));
                    new.extend(values.unwrap_or_else(|| vec![other]));
                }
                (common > 0).then_some((common, new))
            })
            .collect();
        instead.sort_by_key(|(common, _)| std::cmp::Reverse(*common));
        let new = instead.into_iter().next().map(|(_, new)| new);
        let each: Vec<Vec<Cond>> = match new {
            Some(new) if new.len() > 1 => new.into_iter().map(|new| vec![new]).collect(),
            _ => vec![Vec::new()],
        };
        for holds in each {
            let mut mark = of_failing.mark(part);
            mark.extend(holds.iter().map(|new| of_holding.mark(new)));
            found.push(Cause {
                fails: vec![Cond::Not(Box::new(part.clone()))],
                others: others.clone(),
                holds,
                mark,
            });
        }
    }
    if found.is_empty() || found.len() > PARTS {
        let marks = failing.iter().map(|part| of_failing.mark(part));
        let others = holding.iter().map(|part| of_holding.mark(part));
        return vec![Cause {
            mark: marks.chain(others).collect(),
            ..Cause::default()
        }];
    }
    found
}

/// The parts of each that the other does not have.
fn unlike(
    a: Vec<Cond>,
    b: Vec<Cond>,
    same: &mut impl FnMut(&Cond, &Cond) -> bool,
) -> (Vec<Cond>, Vec<Cond>) {
    let mut others = b;
    let mut left = Vec::new();
    for part in a {
        if let Some(place) = others.iter().position(|other| same(&part, other)) {
            others.remove(place);
        } else {
            left.push(part);
        }
    }
    (left, others)
}

/// The values that pass a test and did not, each run of them by itself, where both test one fact.
fn new_values(
    (of_failing, failing): (&Parts<'_>, &Cond),
    (of_holding, holding): (&Parts<'_>, &Cond),
) -> Option<Vec<Cond>> {
    let (was, old) = of_failing.passing(failing)?;
    let (is, values) = of_holding.passing(holding)?;
    let before = of_failing.model.dictionary.fact(was);
    let after = of_holding.model.dictionary.fact(is);
    if before.name != after.name || before.kind != after.kind {
        return None;
    }
    let new = values.intersect(&old.complement_in(&whole(&after.kind)));
    let few = new.values().take(PARTS.saturating_add(1)).count() <= PARTS;
    let runs: Vec<ValueSet> = if few && matches!(after.kind, Kind::Code(_)) {
        new.values().map(ValueSet::point).collect()
    } else {
        let runs = new.ranges().iter();
        runs.map(|run| ValueSet::range(run.lo, run.hi)).collect()
    };
    let none = new.may_be_none().then(ValueSet::none);
    let tests = runs.into_iter().chain(none).map(|run| {
        Cond::Atom(Atom {
            slot: Slot::Fact(is),
            target: Target::Set(run),
        })
    });
    Some(tests.collect())
}

fn whole(kind: &Kind) -> ValueSet {
    kind.domain().with_none()
}

/// Takes conditions to pieces, named ones too.
struct Parts<'m> {
    model: &'m Model,
    on: chrono::NaiveDate,
}

impl Parts<'_> {
    fn all_of(&self, cond: &Cond) -> Vec<Cond> {
        let mut parts = Vec::new();
        self.cut(cond, true, true, &mut parts);
        parts
    }

    fn one_of(&self, cond: &Cond) -> Vec<Cond> {
        let mut parts = Vec::new();
        self.cut(cond, true, false, &mut parts);
        parts
    }

    /// The parts of a condition, or of its opposite, that all must hold, or of which one must.
    fn cut(&self, cond: &Cond, holds: bool, all: bool, parts: &mut Vec<Cond>) {
        match cond {
            Cond::Named(id) => {
                if let Some(named) = self.model.tables.condition(*id, self.on) {
                    return self.cut(named, holds, all, parts);
                }
            }
            Cond::Not(inner) => return self.cut(inner, !holds, all, parts),
            Cond::And(items) if holds == all || items.len() == 1 => {
                return items
                    .iter()
                    .for_each(|item| self.cut(item, holds, all, parts));
            }
            Cond::Or(items) if holds != all || items.len() == 1 => {
                return items
                    .iter()
                    .for_each(|item| self.cut(item, holds, all, parts));
            }
            _ => {}
        }
        let part = cond.clone();
        parts.push(if holds {
            part
        } else {
            Cond::Not(Box::new(part))
        });
    }

    /// The fact that a part tests, and what passes.
    fn passing(&self, part: &Cond) -> Option<(FactId, ValueSet)> {
        let (atom, holds) = match part {
            Cond::Atom(atom) => (atom, true),
            Cond::Not(inner) => match &**inner {
                Cond::Atom(atom) => (atom, false),
                _ => return None,
            },
            _ => return None,
        };
        let Slot::Fact(id) = atom.slot else {
            return None;
        };
        let target = self.model.tables.target(&atom.target, self.on).into_owned();
        let passing = if holds {
            target
        } else {
            target.complement_in(&whole(&self.model.dictionary.fact(id).kind))
        };
        Some((id, passing))
    }

    /// What makes it another change: how it is written, and the figures that it names.
    fn mark(&self, part: &Cond) -> String {
        let mut mark = format!("{part:?}");
        let tables = &self.model.tables;
        part.atoms(tables, self.on, &mut |atom| {
            if matches!(atom.target, Target::Between(..)) {
                let figures = tables.target(&atom.target, self.on);
                // Writing to a text fails never.
                let _ = write!(mark, "{figures:?}");
            }
        });
        mark
    }
}
