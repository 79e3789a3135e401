//! Four ways to the same truth.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::reference::Reference;
use super::{Person, Ready, hold, packs, pools};
use crate::fact::dictionary::FactId;
use crate::fact::possible::{Lists, Possible};
use crate::orientation::{Verdict, Verdicts};
use crate::profile::Profile;
use crate::rule::{Both, Truth, batch};

/// People drawn for each pack, on average: each is a case.
const PEOPLE: u32 = 32;

/// Lists told by several partners are alternatives: lays those of two people together.
fn disputed(ready: &Ready, one: &Profile, other: &Profile, on: NaiveDate) -> Profile {
    let mut told: BTreeMap<FactId, Possible> = BTreeMap::new();
    for (id, fact) in &one.told {
        let mut possible = fact.possible.clone();
        if let (Possible::Lists(lists), Some(Possible::Lists(more))) =
            (&mut possible, other.told.get(id).map(|told| &told.possible))
        {
            *lists = Lists {
                alternatives: [lists.alternatives.clone(), more.alternatives.clone()].concat(),
                none: lists.none || more.none,
            };
        }
        told.insert(*id, possible);
    }
    ready.profile_of(&told, on)
}

/// The truth of every output in one world, by the checked tree.
fn by_tree(ready: &Ready, profile: &Profile, on: NaiveDate, presumed: bool) -> Vec<Truth> {
    let at = ready.engine.at(on);
    let tables = &ready.engine.model().tables;
    let world = match &profile.worlds.presumed {
        Some(world) if presumed => world,
        _ => &profile.worlds.told,
    };
    let rules = at.period.rules.iter().map(|rule| &rule.verdict);
    let tracks = at.period.tracks.iter().map(|track| &track.verdict);
    let holders = at.period.holders.iter().map(|holder| &holder.verdict);
    rules
        .chain(tracks)
        .chain(holders)
        .map(|verdict| verdict.truth(world, tables, on))
        .collect()
}

fn agree(
    ready: &Ready,
    reference: &Reference<'_>,
    people: &[&Person],
    on: NaiveDate,
) -> Result<(), TestCaseError> {
    let model = ready.engine.model();
    let at = ready.engine.at(on);
    let mut profiles: Vec<Profile> = Vec::new();
    for genes in people {
        let profile = ready.profile(genes, on);
        let profile = match profiles.last() {
            Some(last) if genes.last().is_some_and(|gene| gene % 4 == 3) => {
                disputed(ready, &profile, last, on)
            }
            _ => profile,
        };
        profiles.push(profile);
    }
    let program = &at.period.program;
    let literals: Vec<_> = profiles.iter().map(|profile| &profile.literals).collect();
    let many = batch::run(program, &literals);
    let mut verdicts = Verdicts::new();
    for (lane, profile) in profiles.iter().enumerate() {
        let one = at.truths(profile).unwrap();
        // The fast call asks fewer questions, and answers the same.
        at.verdicts(profile, &mut verdicts).unwrap();
        let rules = one.iter().map(|truth| Verdict::of(*truth));
        prop_assert!(
            rules.zip(verdicts.as_slice()).all(|(a, b)| a == *b),
            "{:?} became {:?}",
            one,
            verdicts
        );
        let told = Ready::told_by(profile);
        for presumed in [false, true] {
            let world = reference.world(&told, on, presumed);
            let expected = world.verdicts();
            let in_world = |both: &Both| if presumed { both.presumed } else { both.told };
            let one: Vec<Truth> = one.iter().map(in_world).collect();
            let many: Vec<Truth> = many.iter().map(|output| in_world(&output[lane])).collect();
            let tree = by_tree(ready, profile, on, presumed);
            let facts = match &profile.worlds.presumed {
                Some(facts) if presumed => facts,
                _ => &profile.worlds.told,
            };
            for (id, fact) in model.dictionary.iter() {
                let as_told = profile.worlds.told.of(id).unwrap();
                prop_assert!(facts.of(id).unwrap().is_within(as_told), "{}", fact.name);
                prop_assert_eq!(
                    facts.of(id),
                    Some(&world.fact(id)),
                    "{} on {} (presumed: {}), told {:?}, in\n{}",
                    fact.name,
                    on,
                    presumed,
                    told,
                    ready.toml
                );
            }
            prop_assert!(
                one == expected && many == expected && tree == expected,
                "on {} (presumed: {}), told {:?}:\n reference {:?}\n  compiled {:?}\n        64 {:?}\n      tree {:?}\nin\n{}",
                on,
                presumed,
                told,
                expected,
                one,
                many,
                tree,
                ready.toml
            );
        }
    }
    Ok(())
}

/// Truth of every rule, track and holder, and every resolved fact.
#[test]
fn all_ways_to_evaluate_agree() {
    let person = prop::collection::vec(any::<u32>(), pools::GENES);
    let people = prop::collection::vec(person, 1..=2 * PEOPLE as usize);
    // One engine is asked on several days: the program of one period must not
    // answer for another.
    let days = prop::collection::vec(pools::days(), 1..4);
    hold(
        PEOPLE,
        (packs::packs(), people, days),
        |(pack, people, days)| {
            let ready = Ready::new(&pack);
            let reference = Reference::read(&ready.engine.model().dictionary, &[&ready.toml]);
            for (place, on) in days.iter().enumerate() {
                let people: Vec<&Person> = people.iter().skip(place).step_by(days.len()).collect();
                agree(&ready, &reference, &people, *on)?;
            }
            Ok(())
        },
    );
}
