//! What can still be brought about by asking: of what nobody may be asked any more nothing hangs on
//! an answer, and it is not looked at.

use crate::fact::dictionary::{Derivation, FactId};
use crate::orientation::orienting::Orienting;
use crate::profile::Facts;
use crate::rule::Truth;
use crate::rule::condition::{Cond, Slot, World as _, test};

use super::may_come;

/// The facts of which something may still be heard: asked, or computed from one that is.
pub(super) struct Reach<'o> {
    orienting: &'o Orienting<'o>,
    moves: Vec<bool>,
}

impl<'o> Reach<'o> {
    pub(super) fn of(orienting: &'o Orienting<'o>) -> Self {
        let model = orienting.at.engine.model();
        let dictionary = &model.dictionary;
        let mut reach = Self {
            orienting,
            moves: vec![false; dictionary.len()],
        };
        for id in &dictionary.order {
            let fact = dictionary.fact(*id);
            let computed = match &fact.derive {
                None => false,
                Some(Derivation::Elapsed(_, from) | Derivation::Lookup { from, .. }) => {
                    reach.moves(*from)
                }
                Some(Derivation::Sum(ids) | Derivation::Min(ids) | Derivation::Max(ids)) => {
                    ids.iter().any(|id| reach.moves(*id))
                }
                Some(Derivation::Difference(a, b)) => reach.moves(*a) || reach.moves(*b),
                Some(Derivation::Count(count)) => reach.moves_slot(Slot::Count(*count)),
                Some(Derivation::Condition(condition)) => {
                    let condition = model.tables.condition(*condition, orienting.at.date);
                    condition.is_some_and(|condition| reach.reads_one(condition))
                }
            };
            let details = orienting.at.period.details.get(id);
            let by_details =
                details.is_some_and(|details| details.iter().any(|id| reach.moves(*id)));
            let asked = fact.is_told() && may_come(orienting.profile, *id, fact);
            if let Some(moves) = reach.moves.get_mut(id.0) {
                *moves = asked || computed || by_details;
            }
        }
        reach
    }

    fn moves(&self, id: FactId) -> bool {
        self.moves.get(id.0).is_some_and(|moves| *moves)
    }

    fn moves_slot(&self, slot: Slot) -> bool {
        match slot {
            Slot::Fact(id) | Slot::Member(id, _) => self.moves(id),
            Slot::Count(count) => {
                let counts = &self.orienting.at.engine.model().tables.counts;
                counts
                    .get(count.0)
                    .is_some_and(|count| self.moves(count.list))
            }
            Slot::Field(_) => false,
        }
    }

    fn reads_one(&self, condition: &Cond) -> bool {
        let tables = &self.orienting.at.engine.model().tables;
        let mut any = false;
        condition.atoms(tables, self.orienting.at.date, &mut |atom| {
            any |= self.moves_slot(atom.slot);
        });
        any
    }

    /// Whether answers may bring it about that a condition is true.
    pub(super) fn can_come(&self, condition: &Cond, facts: &Facts) -> bool {
        let at = self.orienting.at;
        let tables = &at.engine.model().tables;
        let comes = condition.comes_out(true, tables, at.date, &mut |atom, wanted| {
            let passing = tables.target(&atom.target, at.date);
            match test(&facts.slot(atom.slot), &passing) {
                Truth::Open if !self.moves_slot(atom.slot) => Truth::False,
                truth if wanted => truth,
                truth => truth.not(),
            }
        });
        comes != Truth::False
    }
}
