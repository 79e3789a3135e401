//! What a desk waits for: verdicts and orientation of one person, beside the
//! floor of the same rules written by hand in Rust on a plain struct.
//!
//! `cargo bench --bench one_person`

use divan::Bencher;
use spie::interop::Caseload;
use spie::orientation::Verdicts;
use spie::{Engine, Pack, Profile};

fn main() {
    divan::main();
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
