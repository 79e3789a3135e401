//! One person told to two packs.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::levels::Weighed;
use crate::fact::Knowledge;
use crate::fact::dictionary::FactId;
use crate::fact::possible::{self, Possible};
use crate::pack::model::Model;
use crate::profile::Facts;
use crate::profile::answers::questions::Questions;
use crate::profile::answers::search::{Chosen, Outcome, search};
use crate::review::people::invented::Invented;
use crate::rule::Truth;
use crate::rule::condition::Cond;

/// Answers tried in one search at most.
pub(super) const TRIES: usize = 20_000;

/// One fact, as both packs know it.
struct Told {
    before: Option<FactId>,
    after: Option<FactId>,
    answers: Vec<Answer>,
}

/// One answer, as each pack reads it; a pack that does not know the fact is told nothing.
struct Answer {
    knowledge: Knowledge,
    before: Option<Possible>,
    after: Option<Possible>,
}

/// What decides some conditions of each of two packs.
pub(super) struct Pair<'m> {
    before: Questions<'m>,
    after: Questions<'m>,
    told: Vec<Told>,
}

/// What a search for a person ends with, told to each pack.
pub(super) enum Sought {
    Found(Invented, Invented),
    Nobody,
    NotIn(usize),
}

impl<'m> Pair<'m> {
    pub(super) fn new(
        (before, after): (&'m Model, &'m Model),
        on: NaiveDate,
        conditions: (&[&Cond], &[&Cond]),
        weighed: &Weighed,
    ) -> Self {
        let of_before =
            Questions::for_another_pack((before, on), conditions.0, &weighed.before, None);
        // Whoever both packs tell from others, only not from the same.
        let of_after = Questions::for_another_pack(
            (after, on),
            conditions.1,
            &weighed.after,
            Some(&of_before),
        );
        let mut answers: BTreeMap<&str, Vec<&Knowledge>> = BTreeMap::new();
        let mut names: Vec<&str> = Vec::new();
        for (model, questions) in [(before, &of_before), (after, &of_after)] {
            for question in &questions.asked {
                let name = model.dictionary.fact(question.fact).name.as_str();
                let known = answers.entry(name).or_insert_with(|| {
                    names.push(name);
                    Vec::new()
                });
                for answer in &question.answers {
                    if !known.contains(&&answer.knowledge) {
                        known.push(&answer.knowledge);
                    }
                }
            }
        }
        let read = |model: &Model, id: Option<FactId>, knowledge: &Knowledge| {
            let fact = model.dictionary.fact(id?);
            Some(possible::resolve(&fact.kind, fact.optional, knowledge).ok())
        };
        let told = names.into_iter().map(|name| {
            // What a pack derives is not told to it.
            let told = |model: &Model| {
                let id = model.dictionary.id(name)?;
                model.dictionary.fact(id).is_told().then_some(id)
            };
            let (in_before, in_after) = (told(before), told(after));
            let answers = answers.get(name).into_iter().flatten();
            let answers = answers.filter_map(|knowledge| {
                let of_before = read(before, in_before, knowledge);
                let of_after = read(after, in_after, knowledge);
                // An answer that one of the two cannot read is no one person's.
                let readable = of_before != Some(None) && of_after != Some(None);
                readable.then(|| Answer {
                    knowledge: (*knowledge).clone(),
                    before: of_before.flatten(),
                    after: of_after.flatten(),
                })
            });
            Told {
                before: in_before,
                after: in_after,
                answers: answers.collect(),
            }
        });
        let told = told.collect();
        Self {
            before: of_before,
            after: of_after,
            told,
        }
    }

    fn chosen<'p>(&'p self, chosen: &'p Chosen) -> impl Iterator<Item = (&'p Told, &'p Answer)> {
        let pairs = self.told.iter().zip(chosen);
        pairs.filter_map(|(told, place)| Some((told, told.answers.get((*place)?)?)))
    }

    fn facts(&self, chosen: &Chosen) -> (Facts, Facts) {
        let before = self
            .chosen(chosen)
            .filter_map(|(told, answer)| Some((told.before?, answer.before.as_ref()?)));
        let after = self
            .chosen(chosen)
            .filter_map(|(told, answer)| Some((told.after?, answer.after.as_ref()?)));
        (self.before.facts_of(before), self.after.facts_of(after))
    }

    /// Somebody for whom `judge` holds of what each pack makes of what is told, in so many tries.
    pub(super) fn seek(
        &self,
        tries: usize,
        mut judge: impl FnMut(&Facts, &Facts) -> Truth,
    ) -> Sought {
        let sizes: Vec<usize> = self.told.iter().map(|told| told.answers.len()).collect();
        let outcome = search(&sizes, tries, &mut |chosen| {
            let (before, after) = self.facts(chosen);
            judge(&before, &after)
        });
        match outcome {
            Outcome::Found(chosen) => {
                let told = |of: fn(&Told) -> Option<FactId>| Invented {
                    told: self
                        .chosen(&chosen)
                        .filter_map(|(told, answer)| Some((of(told)?, answer.knowledge.clone())))
                        .collect(),
                };
                Sought::Found(told(|told| told.before), told(|told| told.after))
            }
            Outcome::Never(_) if self.before.whole && self.after.whole => Sought::Nobody,
            Outcome::Never(tries) | Outcome::NotFound(tries) => Sought::NotIn(tries),
        }
    }
}
