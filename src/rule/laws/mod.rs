//! The laws of the rule language, held by random packs and random people.
//!
//! | file | law |
//! |---|---|
//! | `agreement` | the compiled program, the kernel of 64 people, the checked tree and the naive interpreter give the same truth |
//! | `monotony` | who knows more keeps every verdict that was true or false |
//! | `soundness` | true means true in all worlds that are possible, false in none |
//! | `derivations` | every derivation contains what its inputs can give, and narrows with them |
//!
//! `PROPTEST_CASES` sets how many cases are tried; a case is one person.

mod agreement;
mod packs;
mod people;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;

use crate::fact::Source;
use crate::fact::dictionary::FactId;
use crate::fact::possible::Possible;
use crate::pack::Engine;
use crate::profile::{Profile, Told};
use crate::{Pack, vocabulary::FactName};

/// How many cases to try, where each drawn pack counts for `each` of them.
fn cases(each: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok();
    let asked = asked.and_then(|text| text.parse().ok()).unwrap_or(256_u32);
    ProptestConfig {
        cases: asked.div_ceil(each),
        // The default grows with the number of cases, which are few but large.
        max_shrink_iters: 20_000,
        ..ProptestConfig::default()
    }
}

/// A generated pack, ready to answer.
struct Ready {
    toml: String,
    engine: Engine,
}

impl Ready {
    fn new(pack: &packs::Pack) -> Self {
        let packs::Written { toml, csv } = pack.write();
        let sources = [("pack.toml", toml.as_str()), ("table.csv", csv.as_str())];
        let parsed = Pack::parse(sources, None)
            .unwrap_or_else(|errors| panic!("a generated pack is refused: {errors}\n{toml}"));
        Self {
            engine: Engine::new(&parsed),
            toml,
        }
    }

    /// Facts that can be told, with whether they may be told as absent.
    fn told(&self) -> Vec<(FactId, &crate::fact::dictionary::Fact)> {
        let facts = self.engine.model().dictionary.iter();
        facts.filter(|(_, fact)| fact.is_told()).collect()
    }

    /// A profile from knowledge drawn for each fact.
    fn profile(&self, genes: &[u32], on: NaiveDate) -> Profile {
        let mut builder = Profile::builder(&self.engine, on);
        for ((_, fact), gene) in self.told().into_iter().zip(genes) {
            let none = fact.optional || fact.only_if.is_some();
            if let Some(knowledge) = people::knowledge(&fact.kind, none, *gene, on) {
                builder = builder.set(fact.name.as_str(), knowledge);
            }
        }
        builder
            .build()
            .unwrap_or_else(|errors| panic!("a generated person is refused: {errors}\n{}", self.toml))
    }

    /// A profile from sets of possible values.
    fn profile_of(&self, told: &BTreeMap<FactId, Possible>, on: NaiveDate) -> Profile {
        let told = told.iter().map(|(id, possible)| {
            let told = Told {
                possible: possible.clone(),
                source: Source::default(),
            };
            (*id, told)
        });
        Profile::new(self.engine.clone(), on, told.collect(), BTreeMap::new())
    }
}
