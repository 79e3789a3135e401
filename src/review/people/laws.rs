//! Who is found is somebody for whom it holds; where nobody is, there is nobody.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::invented::Invented;
use crate::profile::answers::questions::Questions;
use crate::profile::answers::search::{Outcome, search};
use crate::rule::Truth;
use crate::rule::laws::{Person, Ready, hold, packs, pools};

/// People drawn for each pack, on average: each is a case.
const PEOPLE: u32 = 4;

/// Worlds of one person that are tried.
const WORLDS: usize = 16;

fn found_as_they_are(
    pack: &packs::Pack,
    people: &[Person],
    on: NaiveDate,
) -> Result<(), TestCaseError> {
    let ready = Ready::new(pack);
    let model = ready.engine.model();
    let at = ready.engine.at(on);
    let mut drawn: Vec<Vec<Truth>> = Vec::new();
    for genes in people {
        let told = Ready::told_by(&ready.profile(genes, on));
        let worlds = ready.worlds(&told, genes, on, WORLDS);
        drawn.extend(worlds.iter().map(|world| ready.verdicts(world)));
    }
    for (place, rule) in at.period.rules.iter().enumerate() {
        let questions = Questions::new(model, on, &[&rule.verdict]);
        let outcome = search(&questions.sizes(), 500, &mut |chosen| {
            questions.truth(&rule.verdict, chosen)
        });
        match outcome {
            Outcome::Found(chosen) => {
                let told = questions.told(&chosen);
                let invented = Invented {
                    told: told
                        .map(|(id, answer)| (id, answer.knowledge.clone()))
                        .collect(),
                };
                let profile = invented.profile(&ready.engine, on);
                // A fact of theirs is absent although it applies: nobody is like that.
                if profile
                    .as_ref()
                    .is_some_and(|profile| !profile.worlds.contradicted.is_empty())
                {
                    continue;
                }
                let truths = profile.map(|profile| ready.verdicts(&profile));
                let truth = truths.and_then(|truths| truths.get(place).copied());
                prop_assert_eq!(
                    truth,
                    Some(Truth::True),
                    "{:?} in\n{}",
                    invented,
                    ready.toml
                );
            }
            Outcome::Never(_) if questions.whole => {
                for truths in &drawn {
                    prop_assert_ne!(
                        truths.get(place).copied(),
                        Some(Truth::True),
                        "output {} on {} in\n{}",
                        place,
                        on,
                        ready.toml
                    );
                }
            }
            Outcome::Never(_) | Outcome::NotFound(_) => {}
        }
    }
    Ok(())
}

#[test]
fn who_is_found_holds_and_nobody_is_nobody() {
    let person = prop::collection::vec(any::<u32>(), pools::GENES);
    let people = prop::collection::vec(person, 1..=2 * PEOPLE as usize);
    hold(
        PEOPLE,
        (packs::packs(), people, pools::days()),
        |(pack, people, on)| found_as_they_are(&pack, &people, on),
    );
}
