//! From an RSA flow of the caisse to orientations: what a month costs, person by person.
//!
//! `cargo bench --bench flow`

#[path = "../examples/caf_flow/made.rs"]
mod made;

use chrono::NaiveDate;
use divan::Bencher;
use divan::counter::ItemsCount;
use spie::interop::caf_rsa::{Options, Reader, Role};
use spie::vocabulary::{BodyId, PersonRef};
use spie::{Diagnostic, Engine, Pack, Profile};

/// Adults of a flow.
const ADULTS: u64 = 1000;
/// Where their invention begins.
const SEED: u64 = 51;

fn main() {
    divan::main();
}

fn flow() -> Vec<u8> {
    let mut file = Vec::new();
    made::flow(&mut file, ADULTS, SEED).expect("memory never fails");
    file
}

fn day() -> NaiveDate {
    "2025-02-28".parse().expect("a day")
}

/// All adults are kept: too few households for a damaged one.
fn kept(file: &[u8]) -> ItemsCount {
    assert_eq!(people(file).count() as u64, ADULTS);
    ItemsCount::new(ADULTS)
}

/// What the flow says of each adult that it keeps.
fn people(file: &[u8]) -> impl Iterator<Item = Diagnostic> {
    let mut number = 0_u64;
    let id = |text| BodyId::parse(text).expect("an id");
    let options = Options::default().caf(id("caf-51")).msa(id("msa-mam"));
    let people = Reader::new(file, options, move |person| {
        (person.role() != Role::Child).then_some(())?;
        number += 1;
        PersonRef::parse(&format!("flow-{number:07}")).ok()
    });
    let people = people.expect("a flow");
    people.map(|arrival| arrival.expect("a sound household").diagnostic)
}

/// The same with what the operator of employment might have said of each.
fn merged(file: &[u8]) -> impl Iterator<Item = Diagnostic> {
    people(file).map(|one| {
        let beside = made::operator(one.person(), day()).expect("sound words");
        one.merge(&beside).expect("the same person")
    })
}

#[divan::bench]
fn reading(bencher: Bencher<'_, '_>) {
    let file = flow();
    bencher
        .counter(kept(&file))
        .bench_local(|| people(&file).count());
}

#[divan::bench]
fn reading_and_merging(bencher: Bencher<'_, '_>) {
    let file = flow();
    bencher
        .counter(kept(&file))
        .bench_local(|| merged(&file).count());
}

/// What the month costs in all: read, merged, oriented.
#[divan::bench(sample_count = 10)]
fn reading_merging_and_orienting(bencher: Bencher<'_, '_>) {
    let file = flow();
    let engine = Engine::new(&Pack::marne().expect("the bundled pack"));
    let at = engine.at(day());
    bencher.counter(kept(&file)).bench_local(|| {
        let profiles = merged(&file).map(|one| Profile::of_diagnostic(&at, &one));
        let oriented = profiles.map(|profile| at.orient(&profile).expect("its engine"));
        oriented.map(|one| one.proposals.len()).sum::<usize>()
    });
}
