//! Do two packs mean the same by a condition? Then nobody tells them apart.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::fact::dictionary::{ConditionId, CountId, Derivation, FactId, Kind, Nomenclature};
use crate::fact::set::ValueSet;
use crate::pack::model::{Model, Rule};
use crate::rule::condition::{Atom, Cond, Slot};
use crate::vocabulary::Code;

/// Two packs on one day.
pub(super) struct Alike<'m> {
    pub(super) before: &'m Model,
    pub(super) after: &'m Model,
    pub(super) on: NaiveDate,
    known: BTreeMap<(FactId, FactId), Likeness>,
    /// The lists whose filters are compared.
    rows: Option<(FactId, FactId)>,
}

/// How two facts compare. Codes stand at other places as soon as a pack adds one, such as
/// the identifier of a new scheme, and nobody who knows the others is read otherwise by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// The same codes at the same places.
    Same,
    /// Alike but for the list of codes, so that codes are compared one by one.
    OtherCodes,
    /// Other facts, or read in another way.
    Apart,
}

impl<'m> Alike<'m> {
    pub(super) fn new(before: &'m Model, after: &'m Model, on: NaiveDate) -> Self {
        Self {
            before,
            after,
            on,
            known: BTreeMap::new(),
            rows: None,
        }
    }

    /// Takes two facts as the same, however they are derived.
    pub(super) fn assume(&mut self, before: FactId, after: FactId) {
        self.known.insert((before, after), Likeness::Same);
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
        let (models, on) = ((self.before, self.after), self.on);
        let passing = models.0.tables.target(&before.target, on);
        let other = models.1.tables.target(&after.target, on);
        let kind = |model: &'m Model, id: FactId| &model.dictionary.fact(id).kind;
        match (before.slot, after.slot) {
            (Slot::Fact(a), Slot::Fact(b)) => match self.likeness(a, b) {
                Likeness::Apart => false,
                Likeness::Same => passing == other,
                Likeness::OtherCodes => {
                    passes((kind(models.0, a), &passing), (kind(models.1, b), &other))
                }
            },
            (Slot::Member(a, code), Slot::Member(b, same)) => {
                let text = |kind: &'m Kind, place| kind.nomenclature().map(|all| all.code(place));
                passing == other
                    && self.facts(a, b)
                    && text(kind(models.0, a), code) == text(kind(models.1, b), same)
            }
            (Slot::Count(a), Slot::Count(b)) => passing == other && self.counts(a, b),
            (Slot::Field(a), Slot::Field(b)) if a == b => {
                let field = |model: &'m Model, list| match kind(model, list) {
                    Kind::Records { fields, .. } => fields.get(a).map(|field| &field.kind),
                    _ => None,
                };
                let Some((list, same)) = self.rows else {
                    return false;
                };
                match (field(models.0, list), field(models.1, same)) {
                    (Some(a), Some(b)) => passes((a, &passing), (b, &other)),
                    _ => false,
                }
            }
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
                (Some(filter), Some(other)) => {
                    let around = self.rows.replace((a.list, b.list));
                    let alike = self.conditions(filter, other);
                    self.rows = around;
                    alike
                }
                _ => false,
            }
    }

    fn named(&mut self, before: ConditionId, after: ConditionId) -> bool {
        self.conditions(&Cond::Named(before), &Cond::Named(after))
    }

    /// Facts read the same answers in the same way.
    pub(super) fn facts(&mut self, before: FactId, after: FactId) -> bool {
        self.likeness(before, after) != Likeness::Apart
    }

    fn likeness(&mut self, before: FactId, after: FactId) -> Likeness {
        if let Some(known) = self.known.get(&(before, after)) {
            return *known;
        }
        let a = self.before.dictionary.fact(before);
        let b = self.after.dictionary.fact(after);
        let kinds = kinds(&a.kind, &b.kind);
        let same = kinds != Likeness::Apart
            && a.name == b.name
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
            && self.derivations((a.derive.as_ref(), &a.kind), (b.derive.as_ref(), &b.kind));
        let likeness = if same { kinds } else { Likeness::Apart };
        self.known.insert((before, after), likeness);
        likeness
    }

    fn derivations(
        &mut self,
        (before, kind): (Option<&Derivation>, &Kind),
        (after, other_kind): (Option<&Derivation>, &Kind),
    ) -> bool {
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
            ) => {
                let (models, on) = ((self.before, self.after), (*from, *other));
                let from = &models.0.dictionary.fact(on.0).kind;
                let other = &models.1.dictionary.fact(on.1).kind;
                self.facts(on.0, on.1)
                    && codes_of(table, from, kind) == codes_of(rows, other, other_kind)
            }
            (Some(Derivation::Condition(a)), Some(Derivation::Condition(b))) => self.named(*a, *b),
            _ => false,
        }
    }
}

/// Types that read the same, their codes aside.
fn kinds(before: &Kind, after: &Kind) -> Likeness {
    let lists = |a: &Nomenclature, b: &Nomenclature| {
        if a == b {
            Likeness::Same
        } else if a.id == b.id && a.open == b.open {
            Likeness::OtherCodes
        } else {
            Likeness::Apart
        }
    };
    match (before, after) {
        // The order of a scale has a meaning of its own.
        (Kind::Code(a), Kind::Code(b)) | (Kind::Codes(a), Kind::Codes(b)) => lists(a, b),
        (
            Kind::Records { list, fields },
            Kind::Records {
                list: other,
                fields: others,
            },
        ) if list == other && fields.len() == others.len() => {
            let each = fields.iter().zip(others).map(|(a, b)| {
                let same = a.name == b.name && a.optional == b.optional && a.derive == b.derive;
                if same {
                    kinds(&a.kind, &b.kind)
                } else {
                    Likeness::Apart
                }
            });
            each.max().unwrap_or(Likeness::Same)
        }
        (a, b) if a == b => Likeness::Same,
        _ => Likeness::Apart,
    }
}

/// Whether the same codes pass. A code that one pack does not list is any other code there;
/// where that is no answer, nobody gives it to both.
fn passes((before, passing): (&Kind, &ValueSet), (after, other): (&Kind, &ValueSet)) -> bool {
    let (Some(a), Some(b)) = (before.nomenclature(), after.nomenclature()) else {
        return passing == other;
    };
    let pass = |codes: &Nomenclature, set: &ValueSet, code: Option<&str>| {
        let place = code.and_then(|code| codes.place(code)).or(codes.other())?;
        Some(set.contains(place))
    };
    let listed = a.codes().chain(b.codes()).map(|code| Some(code.as_str()));
    passing.may_be_none() == other.may_be_none()
        && listed.chain([None]).all(
            |code| match (pass(a, passing, code), pass(b, other, code)) {
                (Some(was), Some(is)) => was == is,
                _ => true,
            },
        )
}

/// A table of codes, by the codes themselves.
fn codes_of<'k>(
    table: &BTreeMap<i64, i64>,
    from: &'k Kind,
    to: &'k Kind,
) -> BTreeMap<Option<&'k Code>, Option<&'k Code>> {
    let code = |kind: &'k Kind, place: i64| kind.nomenclature().and_then(|all| all.code(place));
    let rows = table.iter();
    rows.map(|(key, value)| (code(from, *key), code(to, *value)))
        .collect()
}
