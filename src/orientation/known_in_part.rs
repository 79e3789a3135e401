//! The bundled people, known in part: what the laws of answers are tried on.

use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use crate::interop::{Caseload, Person};
use crate::{Engine, Pack};

/// Loaded once for all cases.
static BUNDLED: LazyLock<(Engine, Vec<Person>)> = LazyLock::new(|| {
    let engine = Engine::new(&Pack::marne().unwrap());
    let people = Caseload::bundled(&engine).unwrap().people;
    (engine, people)
});

pub(super) fn engine() -> &'static Engine {
    &BUNDLED.0
}

/// Who of the twelve, which of their facts are told, and a day of the bundled law.
pub(super) fn drawn() -> impl Strategy<Value = (usize, Vec<bool>, NaiveDate)> {
    let first: NaiveDate = "2021-09-15".parse().unwrap();
    let kept = prop::collection::vec(prop::bool::weighted(0.8), 60);
    let on = (0_u64..1500).prop_map(move |days| first + Days::new(days));
    (0_usize..12, kept, on)
}

/// One of the twelve, of whom only some facts are told, in the order of their names.
pub(super) fn known_in_part(who: usize, kept: &[bool]) -> Person {
    let mut person = BUNDLED.1[who].clone();
    let mut keep = kept.iter().cycle();
    person.facts.retain(|_, _| *keep.next().unwrap());
    person
}
