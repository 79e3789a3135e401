//! What is done with a diagnostic takes time by its size, and not by the square of it.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::*;
use crate::diagnostic::exchange::MOST_ENTRIES;

/// Entries of one body, each about a fact of its own.
fn of_size(size: u32) -> Diagnostic {
    let mut held = Diagnostic::new(person());
    for number in 0..size {
        let said = Observation {
            by: BodyId::parse("ml-reims").unwrap(),
            means: Means::Declared,
            observed_on: day(0),
            recorded_on: day(0),
            fact: fact(&format!("later.fact_{number}")),
            said: Said::Known(Knowledge::from(true)),
            remark: None,
        };
        let entry = Entry::from(said);
        held.entries.insert(EntryId::of(&entry), entry);
    }
    held
}

/// Whatever was written is read again: a diagnostic that is full takes nothing more.
#[test]
fn a_diagnostic_that_is_full_takes_nothing_more() {
    let mut held = Diagnostic::new(person());
    let one = of_size(1).entries.into_values().next().unwrap();
    let mut id = [0_u8; 32];
    for number in 0..u32::try_from(MOST_ENTRIES).unwrap() {
        id[..4].copy_from_slice(&number.to_be_bytes());
        held.entries.insert(EntryId::of_bytes(id), one.clone());
    }
    let (full, more) = (held.clone(), of_size(2));
    let error = held.receive(one).unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected at most 200000 entries in one diagnostic"
    );
    let sender = BodyId::parse("ml-reims").unwrap();
    let error = held.merge_from(&sender, &more).unwrap_err();
    assert!(matches!(error, MergeError::TooMany { .. }));
    assert_eq!(held, full, "what cannot be merged changes nothing");
    assert!(held.merge(&full).is_ok());
    // What goes makes room.
    let erasure = Erasure {
        by: sender,
        scope: Scope::All,
        up_to: day(0),
        recorded_on: day(0),
        ground: ErasureGround::Request,
    };
    held.erase(erasure).unwrap();
    assert!(held.merge(&more).is_ok());
}

fn time_of(run: impl Fn()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

/// Sixteen times as many take sixteen times as long, give or take what a busy machine does;
/// by the square it would be two hundred and fifty-six times.
fn grows_with_size(run: impl Fn(&Diagnostic)) {
    let (small, large) = (of_size(1_000), of_size(16_000));
    // Another run where something else took the machine meanwhile.
    let mut runs = (0..8).map(|_| {
        let small = time_of(|| run(&small)).max(Duration::from_micros(100));
        (small, time_of(|| run(&large)))
    });
    assert!(runs.any(|(small, large)| large < small * 90));
}

#[test]
fn a_view_of_many_facts_takes_time_by_their_number() {
    let at = ENGINE.at(day(10));
    let recipient = BodyId::parse("ml-reims").unwrap();
    grows_with_size(|held| {
        let openings = held.view(&at, &recipient).unwrap().account.openings;
        assert_eq!(openings.len(), held.entries.len());
    });
}

#[test]
fn what_erasures_wait_for_takes_time_by_the_number_of_entries() {
    let by = BodyId::parse("caf-51").unwrap();
    let erasures: BTreeMap<EntryId, Erasure> = (0..1_000)
        .map(|number| Erasure {
            by: by.clone(),
            scope: Scope::Fact(fact(&format!("later.fact_{number}"))),
            up_to: day(1),
            recorded_on: day(1),
            ground: ErasureGround::Request,
        })
        .map(|erasure| (EntryId::of_erasure(&erasure), erasure))
        .collect();
    grows_with_size(|held| {
        let mut held = held.clone();
        let kept = held.entries.len() / 16;
        held.erasures = erasures.clone().into_iter().take(kept).collect();
        assert_eq!(held.pending().count(), kept);
    });
}
