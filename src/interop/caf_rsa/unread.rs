//! What becomes no observation: kept with its place, for the person it is about.

use super::schema;
use super::tree::{Element, Tree};
use crate::interop::{Unread, UnreadReason};

/// Something that was not read, whose it is (0: the household's), and its rank in the file.
struct Found {
    person: u64,
    rank: usize,
    unread: Unread,
}

/// What was not read of one household.
#[derive(Default)]
pub(super) struct Leftovers(Vec<Found>);

impl Leftovers {
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

    /// Keeps an element and what stands in it, unless that tells who somebody is.
    pub(super) fn push(&mut self, element: Element<'_>, reason: UnreadReason) {
        let person = element
            .around()
            .map(Element::person)
            .find(|person| *person > 0);
        let is_code = element
            .name()
            .is_some_and(|name| schema::list(name).is_some());
        let mut around = element.around().skip(1).filter_map(Element::name);
        let is_identity =
            around.any(schema::is_identity) || schema::names_somebody(element.written());
        let code = if is_identity && !is_code {
            ""
        } else {
            element.raw()
        };
        self.0.push(Found {
            person: person.unwrap_or(0),
            rank: element.rank(),
            unread: Unread::new(element.place(), element.written(), code, reason),
        });
    }

    /// What is a person's, with what is the household's where the right is theirs.
    pub(super) fn for_person(&self, person: u64, holds_the_right: bool) -> Vec<Unread> {
        let theirs =
            |found: &&Found| found.person == person || (holds_the_right && found.person == 0);
        let mut found: Vec<&Found> = self.0.iter().filter(theirs).collect();
        found.sort_by_key(|found| found.rank);
        found
            .into_iter()
            .map(|found| found.unread.clone())
            .collect()
    }
}
