//! Which facts decide some conditions, and what each answer to them makes of those.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::apart::Apart;
use super::search::Chosen;
use crate::fact::Knowledge;
use crate::fact::dictionary::FactId;
use crate::fact::possible::{Possible, RowList};
use crate::fact::set::ValueSet;
use crate::pack::model::Model;
use crate::profile::{Facts, Presume, Profile, Telling, resolve_over};
use crate::rule::Truth;
use crate::rule::condition::{Atom, Cond, Slot, test};
use crate::rule::reads::reads;

/// What may be told about one fact.
pub(crate) struct Question {
    pub(crate) fact: FactId,
    pub(crate) answers: Vec<Answer>,
    /// How many tests hang on it, in the conditions or on the way there.
    pub(crate) tests: usize,
    /// Whether the conditions test it, and not only whether another question is asked.
    pub(crate) direct: bool,
}

/// One thing to tell, as a person would write it and as the pack reads it, with what was
/// told already.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) knowledge: Knowledge,
    pub(crate) possible: Possible,
}

/// The facts that decide some conditions on a day.
pub(crate) struct Questions<'m> {
    pub(super) model: &'m Model,
    on: NaiveDate,
    /// All that the conditions read, each fact after those it builds on.
    order: Vec<FactId>,
    pub(crate) asked: Vec<Question>,
    /// What stands before any of these questions is answered.
    before: Telling,
    /// What each thing that is tested was found to be.
    seen: RefCell<BTreeMap<Slot, Seen>>,
    /// Room for the facts on which a test hangs.
    room: RefCell<Option<Facts>>,
    /// The sets of values that the answers to each question tell apart.
    pub(super) apart: BTreeMap<FactId, BTreeSet<ValueSet>>,
    /// Whether the answers tell apart all that the conditions do: then nobody is missed.
    pub(crate) whole: bool,
}

/// What is tested, by the answers on which it hangs: a search asks again and again, and several
/// tests look at one thing.
struct Seen {
    /// All that it reads, each fact after those it builds on.
    reads: Vec<FactId>,
    /// The places of the questions on which it hangs, each with how many ways there are to answer
    /// it, not to answer being one.
    hangs_on: Vec<(usize, usize)>,
    /// By the number of the combination; one that has no number is resolved again.
    values: BTreeMap<usize, ValueSet>,
}

impl Seen {
    /// The number of a combination of answers: its digits are the answers.
    fn number(&self, chosen: &Chosen) -> Option<usize> {
        self.hangs_on
            .iter()
            .try_fold(0_usize, |number, (place, ways)| {
                let answer = chosen.get(*place).copied().flatten();
                let digit = answer.map_or(0, |answer| answer.saturating_add(1));
                number.checked_mul(*ways)?.checked_add(digit)
            })
    }
}

/// What stands as known of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// What was told.
    Told,
    /// What was told, and what is presumed.
    Presumed,
}

impl<'m> Questions<'m> {
    pub(crate) fn new(model: &'m Model, on: NaiveDate, conditions: &[&Cond]) -> Self {
        Self::of(Apart::new(model, on), conditions, None)
    }

    /// The same, with a row that no condition counts: another pack may count it. The
    /// answers tell apart what those of the other pack do too, where it is given. Of the levels
    /// that follow from their details, those are asked instead.
    pub(crate) fn for_another_pack(
        (model, on): (&'m Model, NaiveDate),
        conditions: &[&Cond],
        follow: &BTreeSet<FactId>,
        other: Option<&Questions<'_>>,
    ) -> Self {
        let mut apart = Apart::new(model, on);
        apart.uncounted = true;
        apart.follow.clone_from(follow);
        Self::of(apart, conditions, other)
    }

    fn of(apart: Apart<'m>, conditions: &[&Cond], other: Option<&Questions<'_>>) -> Self {
        let model = apart.model;
        let mut questions = Self::told_apart(apart, conditions, other, |apart, id, answers| {
            if apart.followed.contains(&id) {
                Vec::new()
            } else {
                answers
            }
        });
        // A level that details suggest may still be assessed as any other.
        let levels = questions.asked.iter().filter_map(|question| {
            let fact = model.dictionary.fact(question.fact);
            let derived = !fact.levels.is_empty();
            derived.then(|| (question.fact, Possible::all(&fact.kind, fact.optional)))
        });
        questions.before.told = levels.collect();
        questions
    }

    /// What is still to be answered about somebody, within what is already known of them
    /// by `known`, one of the worlds of their profile. The details of a level are asked
    /// instead of the level where `about` is one of them.
    pub(crate) fn still_open(
        profile: &'m Profile,
        known: Known,
        conditions: &[&Cond],
        about: FactId,
    ) -> Self {
        let model = profile.engine.model();
        let (facts, presume) = match known {
            Known::Told => (&profile.worlds.told, Presume::Nothing),
            Known::Presumed => (profile.worlds.presumed_or_told(), Presume::All),
        };
        let mut apart = Apart::new(model, profile.date);
        apart.about = Some((about, &profile.told));
        apart.facts = Some(facts);
        let mut questions = Self::told_apart(apart, conditions, None, |apart, id, answers| {
            let followed = apart.followed.contains(&id);
            match facts.of(id) {
                Some(now) if !followed && !now.is_known() => still_possible(answers, now),
                _ => Vec::new(),
            }
        });
        let told = profile.told.iter();
        questions.before = Telling {
            told: told
                .map(|(id, told)| (*id, told.possible.clone()))
                .collect(),
            presume,
        };
        questions
    }

    fn told_apart(
        mut apart: Apart<'m>,
        conditions: &[&Cond],
        other: Option<&Questions<'_>>,
        keep: impl Fn(&Apart<'m>, FactId, Vec<Answer>) -> Vec<Answer>,
    ) -> Self {
        let (model, on) = (apart.model, apart.on);
        for condition in conditions {
            apart.condition(condition, true);
        }
        apart.go_down();
        let all = Cond::And(
            conditions
                .iter()
                .map(|condition| (*condition).clone())
                .collect(),
        );
        let order = reads(&model.dictionary, &model.tables, &all, on);
        apart.push_down(&order);
        if let Some(other) = other {
            apart.as_another_pack(other);
        }
        let mut whole = apart.whole;
        let mut asked = Vec::new();
        for id in &order {
            let fact = model.dictionary.fact(*id);
            if !apart.met.contains(id) || !fact.is_told() {
                continue;
            }
            let (answers, all) = apart.answers(*id, fact);
            whole &= all;
            let answers = keep(&apart, *id, answers);
            if !answers.is_empty() {
                let tests = apart.tests.get(id).copied().unwrap_or(0);
                asked.push(Question {
                    fact: *id,
                    answers,
                    tests,
                    direct: apart.direct.contains(id),
                });
            }
        }
        Self {
            model,
            on,
            order,
            asked,
            before: Telling {
                told: BTreeMap::new(),
                presume: Presume::Nothing,
            },
            seen: RefCell::default(),
            room: RefCell::default(),
            apart: apart.asked,
            whole,
        }
    }

    /// The place of the question about a fact.
    pub(crate) fn place(&self, fact: FactId) -> Option<usize> {
        self.asked.iter().position(|asked| asked.fact == fact)
    }

    /// How many answers each question has.
    pub(crate) fn sizes(&self) -> Vec<usize> {
        self.asked
            .iter()
            .map(|question| question.answers.len())
            .collect()
    }

    /// The answers chosen, by fact.
    pub(crate) fn told<'q>(
        &'q self,
        chosen: &'q Chosen,
    ) -> impl Iterator<Item = (FactId, &'q Answer)> {
        self.asked
            .iter()
            .zip(chosen)
            .filter_map(|(question, place)| {
                let answer = question.answers.get((*place)?)?;
                Some((question.fact, answer))
            })
    }

    /// What a condition is worth once these answers are told.
    pub(crate) fn truth(&self, condition: &Cond, chosen: &Chosen) -> Truth {
        let tables = &self.model.tables;
        condition.judge(tables, self.on, &mut |atom| self.truth_of(atom, chosen))
    }

    fn truth_of(&self, atom: &Atom, chosen: &Chosen) -> Truth {
        let passing = self.model.tables.target(&atom.target, self.on);
        let mut all = self.seen.borrow_mut();
        let seen = all.entry(atom.slot).or_insert_with(|| self.looked_at(atom));
        let Some(number) = seen.number(chosen) else {
            return test(&self.value(atom.slot, &seen.reads, chosen), &passing);
        };
        let Seen { values, reads, .. } = seen;
        let value = values.entry(number);
        test(
            value.or_insert_with(|| self.value(atom.slot, reads, chosen)),
            &passing,
        )
    }

    /// What a test looks at, before anything is found of it.
    fn looked_at(&self, atom: &Atom) -> Seen {
        let (dictionary, tables) = (&self.model.dictionary, &self.model.tables);
        let reads = reads(dictionary, tables, &Cond::Atom(atom.clone()), self.on);
        let places = self.asked.iter().enumerate();
        let hangs_on = places.filter(|(_, question)| reads.contains(&question.fact));
        let hangs_on = hangs_on.map(|(place, question)| {
            let ways = question.answers.len().saturating_add(1);
            (place, ways)
        });
        Seen {
            hangs_on: hangs_on.collect(),
            reads,
            values: BTreeMap::new(),
        }
    }

    /// What is possible of something once these answers are told, by all that it reads.
    fn value(&self, slot: Slot, reads: &[FactId], chosen: &Chosen) -> ValueSet {
        let told = self.told(chosen);
        let told = told.map(|(id, answer)| (id, &answer.possible));
        let room = self.room.take();
        let room = room.unwrap_or_else(|| Facts::unresolved(self.model.meaning()));
        let facts = self.resolved(told, reads, room);
        let value = facts.view(slot).into_owned();
        self.room.replace(Some(facts));
        value
    }

    /// Whether a condition comes out as wanted once these answers are told, where only some questions
    /// `may` still be answered: false where no answers to them can bring it about, though it may be so.
    pub(crate) fn comes_out(
        &self,
        condition: &Cond,
        wanted: bool,
        chosen: &Chosen,
        may: &[bool],
    ) -> Truth {
        let tables = &self.model.tables;
        condition.comes_out(wanted, tables, self.on, &mut |atom, wanted| match self
            .truth_of(atom, chosen)
        {
            Truth::Open if self.place_of(atom, chosen, may).is_none() => Truth::False,
            truth if wanted => truth,
            truth => truth.not(),
        })
    }

    /// The first question, of those that may be answered, on which a test still hangs.
    fn place_of(&self, atom: &Atom, chosen: &Chosen, may: &[bool]) -> Option<usize> {
        let seen = self.seen.borrow();
        let mut places = seen
            .get(&atom.slot)?
            .hangs_on
            .iter()
            .map(|(place, _)| *place);
        places.find(|place| {
            let may = may.get(*place).is_some_and(|may| *may);
            may && chosen.get(*place).is_some_and(Option::is_none)
        })
    }

    /// The first question, of those that may be answered and in the order of the condition, on
    /// which it still hangs whether it comes out as wanted.
    pub(crate) fn open(
        &self,
        condition: &Cond,
        wanted: bool,
        chosen: &Chosen,
        may: &[bool],
    ) -> Option<usize> {
        if self.comes_out(condition, wanted, chosen, may) != Truth::Open {
            return None;
        }
        match condition {
            Cond::Constant(_) => None,
            Cond::Atom(atom) => self.place_of(atom, chosen, may),
            Cond::Not(inner) => self.open(inner, !wanted, chosen, may),
            Cond::And(items) | Cond::Or(items) | Cond::AtLeast(_, items) => {
                let mut items = items.iter();
                items.find_map(|item| self.open(item, wanted, chosen, may))
            }
            Cond::Named(id) => {
                let condition = self.model.tables.condition(*id, self.on);
                condition.and_then(|condition| self.open(condition, wanted, chosen, may))
            }
        }
    }

    /// Whether each answer is to a question that is asked: nobody tells since when they
    /// are registered before they tell that they are.
    pub(crate) fn is_natural(&self, chosen: &Chosen) -> bool {
        let tables = &self.model.tables;
        self.told(chosen).all(|(id, _)| {
            let only_if = self.model.dictionary.fact(id).only_if;
            only_if.is_none_or(|condition| {
                let condition = tables.condition(condition, self.on);
                condition.is_some_and(|condition| self.truth(condition, chosen) == Truth::True)
            })
        })
    }

    /// All that is possible once these answers are told, by whomever.
    pub(crate) fn facts_of<'p>(
        &'p self,
        told: impl Iterator<Item = (FactId, &'p Possible)>,
    ) -> Facts {
        let unresolved = Facts::unresolved(self.model.meaning());
        self.resolved(told, &self.order, unresolved)
    }

    fn resolved<'p>(
        &'p self,
        told: impl Iterator<Item = (FactId, &'p Possible)>,
        order: &[FactId],
        over: Facts,
    ) -> Facts {
        let before = self.before.told.iter();
        let before = before.map(|(id, possible)| (*id, possible));
        // What is not read makes no difference.
        let read = before.chain(told).filter(|(id, _)| order.contains(id));
        let telling = Telling {
            told: read.map(|(id, possible)| (id, possible.clone())).collect(),
            presume: self.before.presume.clone(),
        };
        resolve_over(self.model.meaning(), self.on, &telling, order, over).facts
    }
}

/// The answers that agree with what is possible now. Rows that were told stay in a list.
fn still_possible(answers: Vec<Answer>, now: &Possible) -> Vec<Answer> {
    let mut kept: Vec<Answer> = Vec::new();
    for mut answer in answers {
        match (&mut answer.possible, now) {
            (Possible::Members(members), Possible::Members(now)) if members.some => {
                members.surely = members.surely.union(&now.surely);
                members.maybe = members.maybe.union(&now.surely);
            }
            (Possible::Lists(lists), Possible::Lists(now)) => {
                if let [told] = now.alternatives.as_slice() {
                    lists
                        .alternatives
                        .iter_mut()
                        .for_each(|list| longer(told, list));
                }
            }
            _ => {}
        }
        let known = kept.iter().any(|kept| kept.possible == answer.possible);
        if !known && answer.possible.is_within(now) {
            kept.push(answer);
        }
    }
    kept
}

/// The rows told come before those of an answer.
fn longer(told: &RowList, list: &mut RowList) {
    let more = std::mem::replace(&mut list.rows, told.rows.clone());
    list.rows.extend(more);
}
