//! The ways in which one condition became another: one for each part that is written otherwise.

use crate::pack::model::Model;
use crate::rule::condition::Cond;

use super::Way;
use super::same::Alike;

/// Parts that are told apart at most.
const PARTS: usize = 8;

/// One way in which a condition ceased to stand: what besides must be true of somebody who shows it
/// alone, as each pack reads it.
#[derive(Debug, Default)]
pub(super) struct Cause {
    pub(super) before: Vec<Cond>,
    pub(super) after: Vec<Cond>,
}

/// What tells apart those who gain, or lose, by a condition that both packs have: of several parts that
/// all must hold, each that fails while the others hold; of several of which one is enough, each that is
/// new to the condition that holds. None where one part alone is written otherwise.
pub(super) fn causes(alike: &mut Alike<'_>, was: &Cond, is: &Cond, way: Way) -> Vec<Cause> {
    let gains = match way {
        Way::Gains => true,
        Way::Loses => false,
        Way::Otherwise => return Vec::new(),
    };
    let (failing, holding) = if gains { (was, is) } else { (is, was) };
    let models = if gains {
        (alike.before, alike.after)
    } else {
        (alike.after, alike.before)
    };
    let on = alike.on;
    let mut same = |failing: &Cond, holding: &Cond| {
        if gains {
            alike.conditions(failing, holding)
        } else {
            alike.conditions(holding, failing)
        }
    };
    let parts = |model, cond| Parts { model, on }.all_of(cond);
    let (failing, holding) = unlike(
        parts(models.0, failing),
        parts(models.1, holding),
        &mut same,
    );
    let in_line = failing.len() == holding.len();
    let mut found = Vec::new();
    for (place, part) in failing.iter().enumerate().take(PARTS) {
        let mut fails = vec![Cond::Not(Box::new(part.clone()))];
        let others = failing.iter().enumerate();
        fails.extend(
            others
                .filter(|(other, _)| *other != place)
                .map(|(_, other)| other.clone()),
        );
        let instead = holding.get(place).filter(|_| in_line);
        let branches = |model, cond| Parts { model, on }.one_of(cond);
        let new = instead.map(|instead| {
            let (was, is) = (branches(models.0, part), branches(models.1, instead));
            unlike(was, is, &mut same).1
        });
        let mut new = new.unwrap_or_default();
        new.truncate(PARTS);
        if new.len() < 2 {
            found.push((fails, Vec::new()));
        } else {
            found.extend(new.into_iter().map(|new| (fails.clone(), vec![new])));
        }
    }
    if found.len() < 2 {
        return Vec::new();
    }
    let causes = found.into_iter().map(|(fails, holds)| {
        if gains {
            Cause {
                before: fails,
                after: holds,
            }
        } else {
            Cause {
                before: holds,
                after: fails,
            }
        }
    });
    causes.collect()
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
            Cond::And(items) if holds == all => {
                return items
                    .iter()
                    .for_each(|item| self.cut(item, holds, all, parts));
            }
            Cond::Or(items) if holds != all => {
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
}
