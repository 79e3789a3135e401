//! What a desk waits for: verdicts and orientation of one person, beside the
//! floor of the same rules written by hand in Rust on a plain struct.
//!
//! `cargo bench --bench one_person`

mod floor;
mod people;

use divan::Bencher;
use spie::interop::Caseload;
use spie::orientation::Verdicts;
use spie::{Engine, Pack, Profile};

fn main() {
    the_floor_says_the_same();
    divan::main();
}

/// How many fully known people the floor and the engine are timed on.
const KNOWN: u64 = 5000;

/// Fully known people, as profiles and as plain structs.
fn known() -> (Engine, Vec<Profile>, Vec<floor::Known>) {
    let pack = Pack::marne().expect("the bundled pack");
    let engine = Engine::new(&pack);
    let on = "2025-03-15".parse().expect("a date");
    let told: Vec<_> = (0..KNOWN)
        .map(|seed| people::Told::draw(&pack, on, seed))
        .collect();
    let profiles = told.iter().map(|told| told.profile(&engine, on)).collect();
    let plain = told
        .iter()
        .map(|told| floor::Known::new(told, on))
        .collect();
    (engine, profiles, plain)
}

/// A floor that answers something else would be no floor.
fn the_floor_says_the_same() {
    let (engine, profiles, plain) = known();
    let at = engine.at(profiles[0].date());
    let rules: Vec<String> = at.rules().map(ToString::to_string).collect();
    let mut buffer = Verdicts::new();
    let mut proposed = 0;
    for (profile, plain) in profiles.iter().zip(&plain) {
        at.verdicts(profile, &mut buffer)
            .expect("the same engine and date");
        for (name, expected) in floor::NAMES.iter().zip(plain.verdicts()) {
            let place = rules
                .iter()
                .position(|rule| rule == name)
                .expect("a rule in force");
            let verdict = buffer.as_slice()[place];
            assert_eq!(verdict.is_proposed(), expected, "{name}: {plain:?}");
            proposed += usize::from(expected);
        }
    }
    println!(
        "{} rules in force, {} by hand, {proposed} proposals to {KNOWN} people: the same",
        rules.len(),
        floor::NAMES.len()
    );
}

#[divan::bench]
fn verdicts_of_fully_known_people(bencher: Bencher<'_, '_>) {
    let (engine, profiles, _) = known();
    let at = engine.at(profiles[0].date());
    let mut buffer = Verdicts::new();
    bencher
        .counter(divan::counter::ItemsCount::new(profiles.len()))
        .bench_local(|| {
            for person in &profiles {
                at.verdicts(person, &mut buffer)
                    .expect("the same engine and date");
                divan::black_box(buffer.as_slice());
            }
        });
}

#[divan::bench]
fn the_same_rules_by_hand(bencher: Bencher<'_, '_>) {
    let (_, _, plain) = known();
    bencher
        .counter(divan::counter::ItemsCount::new(plain.len()))
        .bench_local(|| {
            for person in &plain {
                divan::black_box(divan::black_box(person).verdicts());
            }
        });
}

/// The bundled people on the date they are told for.
fn people() -> (Engine, Vec<Profile>) {
    let engine = Engine::new(&Pack::marne().expect("the bundled pack"));
    let on = "2025-03-15".parse().expect("a date");
    let caseload = Caseload::bundled(&engine).expect("the bundled people");
    let people = caseload
        .people
        .iter()
        .map(|person| person.profile(&engine, on).expect("a profile"));
    let people = people.collect();
    (engine, people)
}

#[divan::bench]
fn verdicts_of_the_twelve(bencher: Bencher<'_, '_>) {
    let (engine, people) = people();
    let at = engine.at(people[0].date());
    let mut buffer = Verdicts::new();
    bencher
        .counter(divan::counter::ItemsCount::new(people.len()))
        .bench_local(|| {
            for person in &people {
                at.verdicts(person, &mut buffer)
                    .expect("the same engine and date");
                divan::black_box(buffer.as_slice());
            }
        });
}

#[divan::bench]
fn orientation_with_proofs_of_the_twelve(bencher: Bencher<'_, '_>) {
    let (engine, people) = people();
    let at = engine.at(people[0].date());
    bencher
        .counter(divan::counter::ItemsCount::new(people.len()))
        .bench_local(|| {
            for person in &people {
                divan::black_box(at.orient(person).expect("the same engine and date"));
            }
        });
}

#[divan::bench]
fn building_the_twelve_profiles(bencher: Bencher<'_, '_>) {
    let (engine, _) = people();
    let on = "2025-03-15".parse().expect("a date");
    let caseload = Caseload::bundled(&engine).expect("the bundled people");
    bencher
        .counter(divan::counter::ItemsCount::new(caseload.people.len()))
        .bench_local(|| {
            for person in &caseload.people {
                divan::black_box(person.profile(&engine, on).expect("a profile"));
            }
        });
}

#[divan::bench]
fn why_not_of_all_schemes_for_the_twelve(bencher: Bencher<'_, '_>) {
    let (engine, people) = people();
    let at = engine.at(people[0].date());
    bencher
        .counter(divan::counter::ItemsCount::new(people.len()))
        .bench_local(|| {
            for person in &people {
                divan::black_box(at.why_not(person).expect("the same engine and date"));
            }
        });
}
