//! From a syntax tree to a checked condition: names, types, units, codes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::condition::{Atom, Bound, Cond, Count, Relative, SetId, Slot, Target, ValueId};
use super::syntax::{Expr, Literal, Predicate, Subject, Word};
use super::token::{Span, SyntaxError};
use crate::calendar::Unit;
use crate::fact::dictionary::{ConditionId, CountId, Dictionary, Field, Kind, LARGEST};
use crate::fact::possible::{SHOWN, Slips};
use crate::fact::set::ValueSet;
use crate::vocabulary::Mistake;

/// A mistake in an expression, with its place in the expression's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) mistake: Mistake,
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) mend: Option<String>,
}

impl From<SyntaxError> for Problem {
    fn from(error: SyntaxError) -> Self {
        Self {
            mistake: error.mistake,
            span: error.span,
            message: error.message,
            mend: error.mend,
        }
    }
}

/// What a named value is, for the check of comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ValueType {
    Money,
    Integer,
    Date,
}

/// Names that expressions may use, beside the facts.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) conditions: BTreeMap<Box<str>, ConditionId>,
    pub(crate) sets: BTreeMap<Box<str>, (SetId, Box<str>)>,
    pub(crate) values: BTreeMap<Box<str>, (ValueId, ValueType)>,
    /// Facts whose own entry is wrong: that is told once, there.
    pub(crate) broken: BTreeSet<Box<str>>,
}

/// Checks expressions against a dictionary and names; collects every problem.
#[derive(Debug)]
pub(crate) struct Checker<'c> {
    pub(crate) dictionary: &'c Dictionary,
    pub(crate) names: &'c Names,
    pub(super) slips: &'c Slips,
    /// Distinct counts met so far, and where each of them stands.
    pub(crate) counts: &'c mut Vec<Count>,
    places: &'c mut BTreeMap<Count, CountId>,
    pub(crate) problems: Vec<Problem>,
    /// Fields of the list whose filter is being checked.
    row: Option<&'c [Field]>,
}

/// A subject once its name is known.
pub(super) struct Typed<'k> {
    pub(super) slot: Slot,
    pub(super) kind: &'k Kind,
    pub(super) name: &'k str,
}

impl<'c> Checker<'c> {
    pub(crate) fn new(
        dictionary: &'c Dictionary,
        names: &'c Names,
        slips: &'c Slips,
        counts: &'c mut Vec<Count>,
        places: &'c mut BTreeMap<Count, CountId>,
    ) -> Self {
        Self {
            dictionary,
            names,
            slips,
            counts,
            places,
            problems: Vec::new(),
            row: None,
        }
    }

    pub(super) fn problem(
        &mut self,
        mistake: Mistake,
        span: Span,
        message: String,
        mend: Option<String>,
    ) -> Cond {
        self.problems.push(Problem {
            mistake,
            span,
            message,
            mend,
        });
        // Any condition will do: a pack with a problem is never built.
        Cond::Constant(false)
    }

    fn list(&mut self, items: &[Expr]) -> Vec<Cond> {
        items.iter().map(|item| self.check(item)).collect()
    }

    /// The checked condition; meaningless when problems were found.
    pub(crate) fn check(&mut self, expr: &Expr) -> Cond {
        match expr {
            Expr::Constant(value) => Cond::Constant(*value),
            Expr::Not(inner) => Cond::Not(Box::new(self.check(inner))),
            Expr::And(items) => Cond::And(self.list(items)),
            Expr::Or(items) => Cond::Or(self.list(items)),
            Expr::AtLeast(wanted, items) => Cond::AtLeast(*wanted, self.list(items)),
            Expr::AtMost(most, items) => Cond::Not(Box::new(Cond::AtLeast(
                most.saturating_add(1),
                self.list(items),
            ))),
            Expr::Any { list, filter } => match self.count(list, filter.as_deref()) {
                Some(id) => Cond::Atom(Atom {
                    slot: Slot::Count(id),
                    target: Target::Set(ValueSet::range(1, i64::MAX)),
                }),
                None => Cond::Constant(false),
            },
            Expr::Test {
                subject: Subject::Count { list, filter },
                predicate,
                span,
            } => {
                let Some(id) = self.count(list, filter.as_deref()) else {
                    return Cond::Constant(false);
                };
                let kind = Kind::Integer {
                    unit: None,
                    min: 0,
                    max: LARGEST,
                };
                let typed = Typed {
                    slot: Slot::Count(id),
                    kind: &kind,
                    name: "count",
                };
                self.predicate(&typed, predicate, *span)
            }
            Expr::Test {
                subject: Subject::Name(name),
                predicate,
                span,
            } => self.named(name, predicate, *span),
        }
    }

    /// The place of `count(list, filter)`, shared between equal counts.
    pub(crate) fn count(&mut self, list: &Word, filter: Option<&Expr>) -> Option<CountId> {
        if self.row.is_some() {
            self.problem(
                Mistake::InList,
                list.span,
                "une liste ne se compte pas dans un filtre".to_owned(),
                None,
            );
            return None;
        }
        let Some(fact) = self.dictionary.id(&list.text) else {
            if self.names.broken.contains(&list.text) {
                return None;
            }
            let lists = self
                .dictionary
                .iter()
                .filter(|(_, fact)| matches!(fact.kind, Kind::Records { .. }));
            let mend = self
                .slips
                .nearest(&list.text, lists.map(|(_, fact)| fact.name.as_str()));
            let mend = mend.map(|name| format!("vouliez-vous `{name}` ?"));
            self.problem(
                Mistake::UnknownList,
                list.span,
                format!("la liste `{}` n'existe pas", list.text),
                mend,
            );
            return None;
        };
        let Kind::Records { fields, .. } = &self.dictionary.fact(fact).kind else {
            let kind = self.dictionary.fact(fact).kind.in_french();
            let message = format!("`{}` n'est pas une liste : c'est {kind}", list.text);
            self.problem(Mistake::NotAList, list.span, message, None);
            return None;
        };
        let before = self.problems.len();
        let filter = filter.map(|filter| {
            self.row = Some(fields);
            let filter = self.check(filter);
            self.row = None;
            filter
        });
        if self.problems.len() > before {
            return None;
        }
        let count = Count { list: fact, filter };
        let next = CountId(self.counts.len());
        let counts = &mut *self.counts;
        Some(*self.places.entry(count).or_insert_with_key(|count| {
            counts.push(count.clone());
            next
        }))
    }

    fn named(&mut self, name: &Word, predicate: &Predicate, span: Span) -> Cond {
        if let Some(fields) = self.row {
            let Some(place) = fields
                .iter()
                .position(|field| field.name.as_str() == &*name.text)
            else {
                let mend = self
                    .slips
                    .nearest(&name.text, fields.iter().map(|field| field.name.as_str()))
                    .map(|field| format!("vouliez-vous `{field}` ?"))
                    .or_else(|| {
                        let names = fields.iter().map(|field| field.name.as_str());
                        // Not all, of a list that has more than anybody reads.
                        let more = (fields.len() > SHOWN).then_some("…");
                        let shown: Vec<_> = names.take(SHOWN).chain(more).collect();
                        Some(format!("ses champs sont : {}", shown.join(", ")))
                    });
                let message = format!("la liste n'a pas de champ `{}`", name.text);
                return self.problem(Mistake::UnknownList, name.span, message, mend);
            };
            let Some(field) = fields.get(place) else {
                return Cond::Constant(false);
            };
            let typed = Typed {
                slot: Slot::Field(place),
                kind: &field.kind,
                name: field.name.as_str(),
            };
            return self.predicate(&typed, predicate, span);
        }
        if let Some(id) = self.dictionary.id(&name.text) {
            let fact = self.dictionary.fact(id);
            let typed = Typed {
                slot: Slot::Fact(id),
                kind: &fact.kind,
                name: fact.name.as_str(),
            };
            return self.predicate(&typed, predicate, span);
        }
        if let Some(id) = self.names.conditions.get(&name.text) {
            if *predicate == Predicate::Holds {
                return Cond::Named(*id);
            }
            let message = format!(
                "la condition `{}` est vraie ou fausse : rien ne s'y compare",
                name.text
            );
            return self.problem(
                Mistake::ConditionCompared,
                span,
                message,
                Some(format!("écrivez `{}` ou `not {}`", name.text, name.text)),
            );
        }
        if self.names.broken.contains(&name.text) {
            return Cond::Constant(false);
        }
        let known = self
            .dictionary
            .names()
            .chain(self.names.conditions.keys().map(|name| &**name));
        let mend = self.slips.likeliest(&name.text, known);
        self.problem(
            Mistake::UnknownName,
            name.span,
            format!("`{}` n'existe pas", name.text),
            mend,
        )
    }

    fn predicate(&mut self, typed: &Typed<'_>, predicate: &Predicate, span: Span) -> Cond {
        let atom = |target| {
            Cond::Atom(Atom {
                slot: typed.slot,
                target,
            })
        };
        match predicate {
            Predicate::Holds => match typed.kind {
                Kind::Flag => atom(Target::Set(ValueSet::point(1))),
                Kind::Records { .. } => {
                    let mend = format!("écrivez `any({0})` ou `count({0}) >= 1`", typed.name);
                    self.problem(
                        Mistake::NotAList,
                        span,
                        format!("`{}` est une liste", typed.name),
                        Some(mend),
                    )
                }
                kind => {
                    let message = format!(
                        "`{}` n'est pas vrai ou faux : c'est {}, à comparer",
                        typed.name,
                        kind.in_french()
                    );
                    self.problem(Mistake::NotYesNo, span, message, None)
                }
            },
            Predicate::Compare(comparison, literal) => {
                self.compare(typed, *comparison, literal, span)
            }
            Predicate::Between(from, to) => {
                if !typed.kind.is_ordered() {
                    let message = format!(
                        "`{}` n'a pas d'ordre : c'est {}",
                        typed.name,
                        typed.kind.in_french()
                    );
                    return self.problem(
                        Mistake::NoOrder,
                        span,
                        message,
                        Some("écrivez `in {…, …}`".to_owned()),
                    );
                }
                match (self.bound(typed, from, 0), self.bound(typed, to, 0)) {
                    (Some(Bound::Fixed(lo)), Some(Bound::Fixed(hi))) if lo > hi => {
                        let message =
                            "cet intervalle est vide : le premier terme dépasse le second";
                        self.problem(
                            Mistake::EmptyInterval,
                            from.word.span,
                            message.to_owned(),
                            Some("échangez les deux termes".to_owned()),
                        )
                    }
                    (Some(from), Some(to)) => atom(Target::Between(from, to)),
                    _ => Cond::Constant(false),
                }
            }
            Predicate::OneOf(items) => {
                if matches!(typed.kind, Kind::Codes(_) | Kind::Records { .. }) {
                    let mend = format!("écrivez `{} has any of {{…}}`", typed.name);
                    let message = format!("`{}` est {}", typed.name, typed.kind.in_french());
                    return self.problem(Mistake::SetOfCodes, span, message, Some(mend));
                }
                let points: Vec<_> = items
                    .iter()
                    .filter_map(|item| self.fixed(typed, item))
                    .collect();
                atom(Target::Set(ValueSet::from_points(points)))
            }
            Predicate::InNamed(word) => self.in_named(typed, word),
            Predicate::InTheLast(count, unit) => {
                self.relative(typed, Relative::InTheLast, *count, *unit, span)
            }
            Predicate::InTheNext(count, unit) => {
                self.relative(typed, Relative::InTheNext, *count, *unit, span)
            }
            Predicate::MoreThanAgo(count, unit) => {
                self.relative(typed, Relative::MoreThanAgo, *count, *unit, span)
            }
            Predicate::Has(item) => {
                self.members(typed, std::slice::from_ref(item), span, Cond::And)
            }
            Predicate::HasAll(items) => self.members(typed, items, span, Cond::And),
            Predicate::HasAny(items) => self.members(typed, items, span, Cond::Or),
        }
    }

    fn relative(
        &mut self,
        typed: &Typed<'_>,
        relative: Relative,
        count: u32,
        unit: Unit,
        span: Span,
    ) -> Cond {
        if matches!(typed.kind, Kind::Date) {
            return Cond::Atom(Atom {
                slot: typed.slot,
                target: Target::Relative(relative, count, unit),
            });
        }
        let message = format!(
            "`{}` n'est pas une date : c'est {}",
            typed.name,
            typed.kind.in_french()
        );
        self.problem(Mistake::NotADate, span, message, None)
    }

    fn members(
        &mut self,
        typed: &Typed<'_>,
        items: &[Literal],
        span: Span,
        join: fn(Vec<Cond>) -> Cond,
    ) -> Cond {
        let (Kind::Codes(codes), Slot::Fact(fact)) = (typed.kind, typed.slot) else {
            let message = format!(
                "`{}` n'est pas un ensemble de codes : c'est {}",
                typed.name,
                typed.kind.in_french()
            );
            return self.problem(
                Mistake::WrongTest,
                span,
                message,
                Some("`has` se dit d'un ensemble de codes".to_owned()),
            );
        };
        let codes = Arc::clone(codes);
        let tests = items
            .iter()
            .filter_map(|item| self.code(&codes, &item.word))
            .map(|code| {
                Cond::Atom(Atom {
                    slot: Slot::Member(fact, code),
                    target: Target::Set(ValueSet::point(1)),
                })
            })
            .collect();
        join(tests)
    }

    fn in_named(&mut self, typed: &Typed<'_>, word: &Word) -> Cond {
        let Some(codes) = typed
            .kind
            .nomenclature()
            .filter(|_| matches!(typed.kind, Kind::Code(_)))
        else {
            let message = format!(
                "`{}` est {} : un ensemble nommé contient des codes",
                typed.name,
                typed.kind.in_french()
            );
            return self.problem(Mistake::WrongTest, word.span, message, None);
        };
        match self.names.sets.get(&word.text) {
            Some((id, nomenclature)) if *nomenclature == codes.id => Cond::Atom(Atom {
                slot: typed.slot,
                target: Target::Named(*id),
            }),
            Some((_, nomenclature)) => {
                let message = format!(
                    "l'ensemble `{}` contient des codes de `{nomenclature}`, et `{}` attend ceux de `{}`",
                    word.text, typed.name, codes.id
                );
                self.problem(Mistake::MixedSet, word.span, message, None)
            }
            None => {
                let mend = self
                    .slips
                    .likeliest(&word.text, self.names.sets.keys().map(|name| &**name));
                self.problem(
                    Mistake::UnknownName,
                    word.span,
                    format!("l'ensemble `{}` n'existe pas", word.text),
                    mend,
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Pack;

    /// A list, and these conditions over it.
    fn pack(conditions: impl Iterator<Item = String>) -> Pack {
        let head = "[pack]\nid = \"essai\"\ntitle = \"Un essai\"\n\n[[fact]]\nname = \"list\"\n\
                    type = \"records\"\nlist = \"whole\"\nlabel = \"liste\"\nquestion = \"Laquelle ?\"\n\
                    fields = [{ name = \"on\", label = \"le\", type = \"date\" }]\n";
        let conditions = conditions.zip(0..).map(|(when, number)| {
            format!("[[condition]]\nid = \"c{number}\"\nwhen = \"{when}\"\n")
        });
        let text = format!("{head}\n{}", conditions.collect::<String>());
        Pack::parse([("pack.toml", text)], None).unwrap_or_else(|errors| panic!("{errors}"))
    }

    /// A count is evaluated once, wherever it is written: by its list and its filter alone.
    #[test]
    fn the_same_count_has_one_place_however_many_there_are() {
        let counts = |number: u32| {
            [
                format!("any(list, on in the last {number} months)"),
                format!("count(list, on in the last {number} months) >= 2"),
            ]
        };
        let twice = pack(
            (1..=1_000)
                .flat_map(counts)
                .chain((1..=1_000).rev().flat_map(counts)),
        );
        assert_eq!(twice.model().tables.counts.len(), 1_000);
        let conditions = &twice.model().tables.conditions;
        for number in 0..1_000 {
            let (first, again) = (2 * number, 3_998 - 2 * number);
            assert_eq!(conditions[first], conditions[again]);
            assert_eq!(conditions[first + 1], conditions[again + 1]);
            assert_ne!(conditions[first], conditions[first + 1]);
        }
        let other = [
            "any(list)",
            "any(list, on in the last 1 months)",
            "any(list, on in the last 1 years)",
        ];
        let other = pack(other.into_iter().map(str::to_owned));
        assert_eq!(other.model().tables.counts.len(), 3);
    }
}
