//! A diagnostic holds so much and no more, and what it holds is read again.

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
