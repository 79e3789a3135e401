//! Who knows more keeps every verdict that was true or false.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::people::Genes;
use super::{Person, Ready, hold, narrowing, packs, pools};
use crate::fact::dictionary::FactId;
use crate::fact::possible::Possible;
use crate::rule::Truth;

/// People drawn for each pack, on average: each is a case.
const PEOPLE: u32 = 16;

/// What a person with more knowledge tells: parts of what was told, and parts of
/// what may be where nothing was.
fn narrower(
    ready: &Ready,
    told: &BTreeMap<FactId, Possible>,
    genes: &[u32],
) -> BTreeMap<FactId, Possible> {
    let mut narrower = BTreeMap::new();
    for ((id, fact), gene) in ready.told().into_iter().zip(genes) {
        let mut seed = Genes::new(gene / 4);
        match told.get(&id) {
            Some(possible) if gene.is_multiple_of(4) => {
                narrower.insert(id, possible.clone());
            }
            Some(possible) => {
                narrower.insert(id, narrowing::part(&fact.kind, possible, &mut seed));
            }
            // An assessed level takes the place of the derived one, and may be
            // something else altogether: another person, not a better known one.
            None if gene.is_multiple_of(4) || !fact.levels.is_empty() => {}
            None => {
                let all = Possible::all(&fact.kind, fact.may_be_none());
                narrower.insert(id, narrowing::part(&fact.kind, &all, &mut seed));
            }
        }
    }
    narrower
}

fn keeps(
    pack: &packs::Pack,
    people: &[(Person, Person)],
    on: NaiveDate,
) -> Result<(), TestCaseError> {
    let ready = Ready::new(pack);
    for (genes, narrowing) in people {
        let wide = ready.profile(genes, on);
        let told = Ready::told_by(&wide);
        let narrow_told = narrower(&ready, &told, narrowing);
        let narrow = ready.profile_of(&narrow_told, on);
        let about = || {
            format!(
                "on {on}, told {told:?}\n then {narrow_told:?}\nin\n{}",
                ready.toml
            )
        };
        let mut within = true;
        for (id, fact) in ready.engine.model().dictionary.iter() {
            let (a, b) = (wide.worlds.told.of(id), narrow.worlds.told.of(id));
            let is_within = b.unwrap().is_within(a.unwrap());
            within &= is_within;
            // A fact told as absent that turns out to apply is unknown again:
            // two statements contradict each other, and neither is believed.
            prop_assert!(
                is_within || !narrow.worlds.contradicted.is_empty(),
                "{} was {a:?} and became {b:?}\n{}",
                fact.name,
                about()
            );
        }
        if !within {
            continue;
        }
        let (before, after) = (ready.verdicts(&wide), ready.verdicts(&narrow));
        for (place, (before, after)) in before.iter().zip(&after).enumerate() {
            prop_assert!(
                *before == Truth::Open || before == after,
                "output {place} was {before:?} and became {after:?}\n{}",
                about()
            );
        }
    }
    Ok(())
}

#[test]
fn narrower_facts_keep_what_was_decided() {
    let person = || prop::collection::vec(any::<u32>(), pools::GENES);
    let people = prop::collection::vec((person(), person()), 1..=2 * PEOPLE as usize);
    hold(
        PEOPLE,
        (packs::packs(), people, pools::days()),
        |(pack, people, on)| keeps(&pack, &people, on),
    );
}
