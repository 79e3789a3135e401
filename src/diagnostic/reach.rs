//! What many erasures cover together.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Entry, Erasure, Scope};
use crate::vocabulary::{BodyId, FactName};

/// Up to what day each body's word is erased, fact by fact: whatever the number of erasures,
/// an entry is looked up and not compared with each.
#[derive(Default)]
pub(super) struct Reach<'e> {
    /// What is about the word of a body.
    of: UpTo<'e>,
    /// What a body said or asked.
    by: UpTo<'e>,
}

/// By body, none for all bodies; by fact, none for all facts.
#[derive(Default)]
struct UpTo<'e>(BTreeMap<(Option<&'e BodyId>, Option<&'e FactName>), NaiveDate>);

impl<'e> UpTo<'e> {
    fn add(&mut self, body: Option<&'e BodyId>, fact: Option<&'e FactName>, day: NaiveDate) {
        let known = self.0.entry((body, fact)).or_insert(day);
        *known = day.max(*known);
    }

    fn covers(&self, body: &BodyId, entry: &Entry) -> bool {
        [None, Some(body)].into_iter().any(|body| {
            [None, Some(entry.fact())].into_iter().any(|fact| {
                let up_to = self.0.get(&(body, fact));
                up_to.is_some_and(|up_to| entry.observed_on() <= *up_to)
            })
        })
    }
}

impl<'e> Reach<'e> {
    pub(super) fn of(erasures: impl Iterator<Item = &'e Erasure>) -> Self {
        let mut reach = Self::default();
        for erasure in erasures {
            let fact = match &erasure.scope {
                Scope::All => None,
                Scope::Fact(fact) => Some(fact),
            };
            for body in erasure.bound() {
                reach.of.add(body, fact, erasure.up_to);
                if erasure.takes_requests() {
                    reach.by.add(body, fact, erasure.up_to);
                }
            }
        }
        reach
    }

    pub(super) fn covers(&self, entry: &Entry) -> bool {
        self.of.covers(entry.of(), entry) || self.by.covers(entry.by(), entry)
    }
}
