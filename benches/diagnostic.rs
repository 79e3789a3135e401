//! What is done with a diagnostic takes time by its size, and not by the square of it: the rate per
//! entry of the large one is near that of the small one, whatever a hostile file holds.
//!
//! `cargo bench --bench diagnostic`

use chrono::{Days, NaiveDate};
use divan::Bencher;
use divan::counter::ItemsCount;
use spie::diagnostic::{Entry, Erasure, ErasureGround, Observation, Said, Scope, WithdrawalReason};
use spie::fact::Means;
use spie::vocabulary::{BodyId, FactName, PersonRef};
use spie::{Diagnostic, Engine, EngineAt, Knowledge, Pack, Profile};

/// Entries of a diagnostic: each is held by one body in three, about one fact in eight, and every
/// fourth is taken back.
const SIZES: [u32; 2] = [1_000, 16_000];

const BODIES: [&str; 3] = ["caf-51", "pole-emploi", "ml-reims"];

fn main() {
    divan::main();
}

fn day(number: u32) -> NaiveDate {
    let first: NaiveDate = "2024-01-01".parse().expect("a day");
    first + Days::new(u64::from(number))
}

fn body(number: u32) -> BodyId {
    BodyId::parse(BODIES[number as usize % BODIES.len()]).expect("an id")
}

fn person() -> PersonRef {
    PersonRef::parse("a81f").expect("a reference")
}

fn at() -> EngineAt {
    Engine::new(&Pack::marne().expect("the bundled pack")).at(day(700))
}

/// Facts of the pack beside as many that it does not read.
fn fact(number: u32) -> FactName {
    let known = [
        "licence.b",
        "rsa",
        "vehicle.available",
        "jobseeker.registered",
    ];
    let name = match number % 8 {
        place @ 0..4 => known[place as usize].to_owned(),
        _ => format!("later.fact_{}", number / 8),
    };
    FactName::parse(&name).expect("a name")
}

fn entries(size: u32) -> Vec<Entry> {
    let said = (0..size).map(|number| Observation {
        by: body(number),
        means: Means::Declared,
        observed_on: day(number / 24),
        recorded_on: day(number / 24),
        fact: fact(number),
        said: Said::Known(Knowledge::from(number % 2 == 0)),
        remark: None,
    });
    let both = said.enumerate().flat_map(|(number, said)| {
        let taken_back =
            (number % 4 == 0).then(|| said.retracted(said.recorded_on, WithdrawalReason::Mistake));
        let taken_back = taken_back.map(Entry::from);
        [Some(Entry::from(said)), taken_back]
    });
    both.flatten().take(size as usize).collect()
}

fn erasures(size: u32) -> Vec<Erasure> {
    let of = |number| Erasure {
        by: body(number),
        scope: Scope::Fact(fact(number)),
        up_to: day(number / 24),
        recorded_on: day(number / 24),
        ground: ErasureGround::Request,
    };
    (0..size / 16).map(|number| of(number * 7)).collect()
}

fn held(size: u32) -> Diagnostic {
    let held = Diagnostic::restore(person(), entries(size), []).expect("sound entries");
    assert_eq!(held.entries().count(), size as usize);
    held
}

fn each(size: u32) -> ItemsCount {
    ItemsCount::new(size)
}

#[divan::bench(args = SIZES)]
fn restoring(bencher: Bencher<'_, '_>, size: u32) {
    let stored = || (entries(size), erasures(size));
    bencher
        .counter(each(size))
        .with_inputs(stored)
        .bench_values(|(entries, erasures)| {
            Diagnostic::restore(person(), entries, erasures).expect("sound")
        });
}

#[divan::bench(args = SIZES)]
fn writing_and_reading(bencher: Bencher<'_, '_>, size: u32) {
    let held = held(size);
    bencher.counter(each(size)).bench_local(|| {
        let text = serde_json::to_string(&held).expect("it is written");
        Diagnostic::parse(&text).expect("it is read")
    });
}

#[divan::bench(args = SIZES)]
fn merging(bencher: Bencher<'_, '_>, size: u32) {
    let all = entries(size);
    let (one, other) = all.split_at(all.len() / 2);
    let of = |entries: &[Entry]| Diagnostic::restore(person(), entries.to_vec(), erasures(size));
    let (one, other) = (of(one).expect("sound"), of(other).expect("sound"));
    bencher
        .counter(each(size))
        .bench_local(|| one.merge(&other).expect("the same person"));
}

#[divan::bench(args = SIZES)]
fn telling_the_difference(bencher: Bencher<'_, '_>, size: u32) {
    let (at, all) = (at(), entries(size));
    let half = Diagnostic::restore(person(), all[..all.len() / 2].to_vec(), []).expect("sound");
    let whole = held(size);
    bencher
        .counter(each(size))
        .bench_local(|| half.difference(&whole, &at).expect("the same person"));
}

#[divan::bench(args = SIZES)]
fn erasing_all(bencher: Bencher<'_, '_>, size: u32) {
    let all = Erasure {
        by: body(0),
        scope: Scope::All,
        up_to: day(700),
        recorded_on: day(700),
        ground: ErasureGround::Request,
    };
    bencher
        .counter(each(size))
        .with_inputs(|| (held(size), all.clone()))
        .bench_values(|(mut held, all)| held.erase(all).map(|_| held));
}

#[divan::bench(args = SIZES)]
fn what_waits_to_be_erased(bencher: Bencher<'_, '_>, size: u32) {
    let held = Diagnostic::restore(person(), entries(size), erasures(size)).expect("sound");
    bencher
        .counter(each(size))
        .bench_local(|| held.pending().count());
}

#[divan::bench(args = SIZES)]
fn resolving(bencher: Bencher<'_, '_>, size: u32) {
    let (at, held) = (at(), held(size));
    bencher
        .counter(each(size))
        .bench_local(|| held.resolve(&at));
}

#[divan::bench(args = SIZES)]
fn profile(bencher: Bencher<'_, '_>, size: u32) {
    let (at, held) = (at(), held(size));
    bencher
        .counter(each(size))
        .bench_local(|| Profile::of_diagnostic(&at, &held));
}

#[divan::bench(args = SIZES)]
fn view(bencher: Bencher<'_, '_>, size: u32) {
    let (at, held, recipient) = (at(), held(size), body(2));
    bencher
        .counter(each(size))
        .bench_local(|| held.view(&at, &recipient).expect("a partner"));
}

#[divan::bench(args = SIZES)]
fn purging(bencher: Bencher<'_, '_>, size: u32) {
    let (at, held, author) = (at(), held(size), body(2));
    bencher
        .counter(each(size))
        .bench_local(|| held.purge(&at, &author).expect("a partner"));
}
