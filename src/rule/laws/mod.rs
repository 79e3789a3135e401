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
mod derivations;
mod expressions;
mod monotony;
mod narrowing;
pub(crate) mod packs;
mod people;
pub(crate) mod pools;
mod reference;
mod soundness;
mod writer;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::Truth;
use crate::Pack;
use crate::fact::Source;
use crate::fact::dictionary::{Fact, FactId};
use crate::fact::possible::Possible;
use crate::pack::Engine;
use crate::profile::{Profile, Told, Worlds};

/// Numbers that make a person: one for each fact that may be told, and a last one.
pub(crate) type Person = Vec<u32>;

/// Tries a law on as many cases as asked for, where each drawn value is `each` of
/// them on average.
///
/// The macro of proptest would count drawn values: it lets the variable replace
/// whatever number a test computes from it.
pub(crate) fn hold<S: Strategy>(
    each: u32,
    strategy: S,
    law: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let asked = std::env::var("PROPTEST_CASES").ok();
    let asked = asked.and_then(|text| text.parse().ok()).unwrap_or(256_u32);
    let config = ProptestConfig {
        cases: asked.div_ceil(each),
        // The default is a multiple of the number of values, which are few but large.
        max_shrink_iters: 20_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    if let Err(failure) = TestRunner::new(config).run(&strategy, law) {
        panic!("{failure}");
    }
}

/// A generated pack, ready to answer.
pub(crate) struct Ready {
    pub(crate) toml: String,
    pub(crate) engine: Engine,
}

impl Ready {
    pub(crate) fn new(pack: &packs::Pack) -> Self {
        let writer::Written { toml, csv } = pack.write();
        let sources = [("pack.toml", toml.as_str()), ("table.csv", csv.as_str())];
        let parsed = Pack::parse(sources, None)
            .unwrap_or_else(|errors| panic!("a generated pack is refused: {errors}\n{toml}"));
        Self {
            engine: Engine::new(&parsed),
            toml,
        }
    }

    /// Facts that can be told.
    fn told(&self) -> Vec<(FactId, &Fact)> {
        let facts = self.engine.model().dictionary.iter();
        facts.filter(|(_, fact)| fact.is_told()).collect()
    }

    /// A profile from knowledge drawn for each fact.
    pub(crate) fn profile(&self, genes: &[u32], on: NaiveDate) -> Profile {
        let mut builder = Profile::builder(&self.engine, on);
        for ((_, fact), gene) in self.told().into_iter().zip(genes) {
            let none = fact.may_be_none();
            if let Some(knowledge) = people::knowledge(&fact.kind, none, *gene, on) {
                builder = builder.set(fact.name.as_str(), knowledge);
            }
        }
        builder.build().unwrap_or_else(|errors| {
            panic!("a generated person is refused: {errors}\n{}", self.toml)
        })
    }

    /// A profile from sets of possible values.
    fn profile_of(&self, told: &BTreeMap<FactId, Possible>, on: NaiveDate) -> Profile {
        let told = told.iter().map(|(id, possible)| {
            let told = Told {
                possible: possible.clone(),
                source: Source::default(),
                others: Vec::new(),
            };
            (*id, told)
        });
        Profile::new(&self.engine, on, told.collect(), BTreeMap::new())
    }

    /// Worlds that are possible for somebody of whom this was told.
    pub(crate) fn worlds(
        &self,
        told: &BTreeMap<FactId, Possible>,
        genes: &[u32],
        on: NaiveDate,
        most: usize,
    ) -> Vec<Profile> {
        // A level that is not assessed is derived in every world too.
        let base: Vec<_> = self
            .told()
            .into_iter()
            .filter(|(id, fact)| fact.levels.is_empty() || told.contains_key(id))
            .collect();
        let ways: Vec<Vec<Possible>> = base
            .iter()
            .zip(genes)
            .map(|((id, fact), gene)| {
                let all = || Possible::all(&fact.kind, fact.may_be_none());
                let possible = told.get(id).cloned().unwrap_or_else(all);
                narrowing::worlds(&fact.kind, &possible, &mut people::Genes::new(*gene))
            })
            .collect();
        let worlds = narrowing::all_worlds(&ways, most).into_iter().map(|world| {
            let ids = base.iter().map(|(id, _)| *id);
            self.profile_of(&ids.zip(world).collect(), on)
        });
        // Told as absent although it applies: no world is like that.
        worlds
            .filter(|full| full.worlds.contradicted.is_empty())
            .collect()
    }

    /// What a profile was told.
    pub(crate) fn told_by(profile: &Profile) -> BTreeMap<FactId, Possible> {
        let told = profile.told.iter();
        told.map(|(id, told)| (*id, told.possible.clone()))
            .collect()
    }

    /// The verdict of every output as told, presumptions aside.
    pub(crate) fn verdicts(&self, profile: &Profile) -> Vec<Truth> {
        let at = self.engine.at(profile.date);
        let worlds = Worlds {
            presumed: None,
            ..profile.worlds.clone()
        };
        let literals = at.literals(&worlds);
        let truths = at.period.program.truths(&literals);
        truths.into_iter().map(|both| both.told).collect()
    }
}
