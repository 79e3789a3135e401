//! True means true in all worlds that are possible, false means in none.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::{Person, Ready, hold, packs, pools};
use crate::fact::possible::Possible;
use crate::rule::Truth;

/// People drawn for each pack, on average: each is a case.
const PEOPLE: u32 = 4;

/// Worlds of one person that are tried.
const WORLDS: usize = 64;

fn is_fully_known(possible: &Possible) -> bool {
    possible.is_known()
        && match possible {
            Possible::Lists(lists) => lists
                .alternatives
                .iter()
                .flat_map(|list| list.rows.iter().flatten())
                .all(crate::fact::set::ValueSet::is_known),
            _ => true,
        }
}

fn sound(pack: &packs::Pack, people: &[Person], on: NaiveDate) -> Result<(), TestCaseError> {
    let ready = Ready::new(pack);
    let dictionary = &ready.engine.model().dictionary;
    for genes in people {
        let partial = ready.profile(genes, on);
        let told = Ready::told_by(&partial);
        let before = ready.verdicts(&partial);
        for full in ready.worlds(&told, genes, on, WORLDS) {
            let world = Ready::told_by(&full);
            let about = || {
                format!(
                    "on {on}, told {told:?}\nworld {world:?}\nin\n{}",
                    ready.toml
                )
            };
            let mut known = true;
            for (id, fact) in dictionary.iter() {
                let (a, b) = (partial.worlds.told.of(id), full.worlds.told.of(id));
                known &= is_fully_known(b.unwrap());
                prop_assert!(
                    b.unwrap().is_within(a.unwrap()),
                    "{} may be {a:?} and is {b:?}\n{}",
                    fact.name,
                    about()
                );
            }
            let after = ready.verdicts(&full);
            for (place, (before, after)) in before.iter().zip(&after).enumerate() {
                prop_assert!(
                    *before == Truth::Open || before == after,
                    "output {place} was {before:?} and is {after:?}\n{}",
                    about()
                );
                prop_assert!(
                    !known || *after != Truth::Open,
                    "output {place} is open although all is known\n{}",
                    about()
                );
            }
        }
    }
    Ok(())
}

#[test]
fn what_is_decided_holds_in_every_world() {
    let person = prop::collection::vec(any::<u32>(), pools::GENES);
    let people = prop::collection::vec(person, 1..=2 * PEOPLE as usize);
    hold(
        PEOPLE,
        (packs::packs(), people, pools::days()),
        |(pack, people, on)| sound(&pack, &people, on),
    );
}
