//! What becomes no observation: kept with its place, for the person it is about.

use std::collections::BTreeSet;

use super::error::{FlowError, FlowReason};
use super::schema;
use super::tree::{Element, Tree};
use crate::interop::{Unread, UnreadReason};

/// Something that was not read, whose it is (0: the household's), and its rank in the file.
struct Found {
    person: u64,
    rank: usize,
    /// Somebody was given it.
    given: bool,
    unread: Unread,
}

/// What was not read of one household.
#[derive(Default)]
pub(super) struct Leftovers {
    found: Vec<Found>,
    /// The first that was too many.
    beyond: Option<FlowError>,
}

impl Leftovers {
    /// The most that is kept of one household; each of its two adults is given it.
    pub(super) const MOST: usize = 1000;

    /// Everything that the format does not know: elements and codes.
    pub(super) fn of(tree: &Tree<'_>) -> Self {
        let mut left = Self::default();
        for element in tree.elements() {
            match element.name() {
                None => left.push(element, UnreadReason::Unknown),
                Some(name) => {
                    let code = element.raw();
                    let list = schema::list(name).filter(|_| !code.is_empty());
                    if list.is_some_and(|list| !list.contains(&code)) {
                        left.push(element, UnreadReason::Unknown);
                    }
                }
            }
        }
        left
    }

    /// Keeps an element, and what stands in it where the format says what that is: never free
    /// text, which may speak of anybody, nor what tells who somebody is.
    pub(super) fn push(&mut self, element: Element<'_>, reason: UnreadReason) {
        if self.found.len() >= Self::MOST {
            let limit = Self::MOST;
            self.beyond
                .get_or_insert_with(|| element.error(FlowReason::TooMuchUnread { limit }));
            return;
        }
        let person = element
            .around()
            .map(Element::person)
            .find(|person| *person > 0);
        let code = match element.name() {
            Some(name) if schema::list(name).is_some() => element.raw(),
            Some(name) if !schema::is_free_text(name) => {
                let mut around = element.around().skip(1).filter_map(Element::name);
                let is_identity = around.any(schema::is_identity) || schema::names_somebody(name);
                if is_identity { "" } else { element.raw() }
            }
            Some(_) | None => "",
        };
        self.found.push(Found {
            person: person.unwrap_or(0),
            rank: element.rank(),
            given: false,
            unread: Unread::new(element.place(), element.written(), code, reason),
        });
    }

    /// Refuses a household of which more is not read than can be kept: nothing is dropped unsaid.
    pub(super) fn within_bounds(&mut self) -> Result<(), FlowError> {
        self.beyond.take().map_or(Ok(()), Err)
    }

    /// What is a person's, with what is the household's where the right is theirs.
    pub(super) fn for_person(&mut self, person: u64, holds_the_right: bool) -> Vec<Unread> {
        let theirs =
            |found: &Found| found.person == person || (holds_the_right && found.person == 0);
        self.give(theirs)
    }

    /// What is of these people and nobody was given.
    pub(super) fn of_dependents(&mut self, people: &BTreeSet<u64>) -> Vec<Unread> {
        self.give(|found| !found.given && people.contains(&found.person))
    }

    /// How much nobody was given.
    pub(super) fn untold(&self) -> u64 {
        let untold = self.found.iter().filter(|found| !found.given);
        u64::try_from(untold.count()).unwrap_or(u64::MAX)
    }

    fn give(&mut self, wanted: impl Fn(&Found) -> bool) -> Vec<Unread> {
        let mut found: Vec<&mut Found> = self.found.iter_mut().filter(|one| wanted(one)).collect();
        found.sort_by_key(|found| found.rank);
        found
            .into_iter()
            .map(|found| {
                found.given = true;
                found.unread.clone()
            })
            .collect()
    }
}
