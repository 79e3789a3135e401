//! What a desk waits for: verdicts and orientation of one person, beside the
//! floor: all rules in force as plain Rust on a plain struct.
//!
//! `cargo bench --bench one_person`

mod people;
#[macro_use]
mod plain;
#[rustfmt::skip]
mod floor;

use divan::Bencher;
use spie::fact::{Reason, Statement};
use spie::interop::{self, Caseload};
use spie::orientation::{Verdict, Verdicts};
use spie::vocabulary::{Cents, Code, FactName, PersonRef};
use spie::{Engine, Knowledge, Pack, Profile, fact};

use floor::Person;
use plain::{Known, Partly};

fn main() {
    the_floor_says_the_same();
    divan::main();
}

/// One person for the engine and for the floor.
struct Both {
    profile: Profile,
    told: Person<Partly>,
    presumed: Person<Partly>,
    /// Where everything is known.
    known: Option<Person<Known>>,
}

fn person<R: plain::Reading>(line: &str) -> Option<Person<R>> {
    Person::read(&mut line.split(' '))
}

/// The people of the bench, and what the crate says that is possible of them.
fn everybody() -> (Engine, Vec<Both>) {
    let pack = Pack::marne().expect("the bundled pack");
    let engine = Engine::new(&pack);
    let profiles = people::all(&pack, &engine);
    let lines: Vec<&str> = include_str!("people.txt").lines().collect();
    assert_eq!(lines.len(), 2 * profiles.len());
    let both = profiles.into_iter().zip(lines.chunks(2));
    let both = both.map(|(profile, lines)| {
        let (told, presumed) = (lines[0], lines[1]);
        let same = presumed.is_empty();
        Both {
            profile,
            told: person(told).expect("a person as told"),
            presumed: person(if same { told } else { presumed }).expect("a person as presumed"),
            known: person(told).filter(|_| same),
        }
    });
    let both = both.collect();
    (engine, both)
}

/// A floor that answers something else would be no floor.
fn the_floor_says_the_same() {
    let (engine, everybody) = everybody();
    let at = engine.at(people::day());
    let rules: Vec<&str> = at.rules().map(spie::vocabulary::RuleId::as_str).collect();
    assert_eq!(rules, floor::RULES);
    let mut buffer = Verdicts::new();
    let mut said = [0; 4];
    for person in &everybody {
        at.verdicts(&person.profile, &mut buffer)
            .expect("the same engine and date");
        let by_hand = floor::verdicts(&person.told, &person.presumed);
        for ((rule, verdict), by_hand) in rules.iter().zip(buffer.as_slice()).zip(by_hand) {
            let (place, expected) = match by_hand {
                plain::Verdict::Not => (0, Verdict::Not),
                plain::Verdict::Open => (1, Verdict::Open),
                plain::Verdict::Presumed => (2, Verdict::Presumed),
                plain::Verdict::Certain => (3, Verdict::Certain),
            };
            assert_eq!(*verdict, expected, "{rule}: {:?}", person.told);
            said[place] += 1;
        }
        if let Some(known) = &person.known {
            for (verdict, by_hand) in buffer.as_slice().iter().zip(floor::known(known)) {
                assert_eq!(*verdict == Verdict::Certain, by_hand, "{known:?}");
                assert!(matches!(verdict, Verdict::Not | Verdict::Certain));
            }
        }
    }
    let whole = everybody.iter().filter(|person| person.known.is_some());
    println!(
        "{} rules in force by hand, {} people of whom {} are fully known; not, open, presumed, certain: {said:?}",
        rules.len(),
        everybody.len(),
        whole.count(),
    );
}

fn engine(bencher: Bencher<'_, '_>, chosen: impl Fn(&Both) -> bool) {
    let (engine, everybody) = everybody();
    let at = engine.at(people::day());
    let chosen = everybody.into_iter().filter(chosen);
    let profiles: Vec<Profile> = chosen.map(|person| person.profile).collect();
    let mut buffer = Verdicts::new();
    bencher
        .counter(divan::counter::ItemsCount::new(profiles.len()))
        .bench_local(|| {
            for profile in &profiles {
                at.verdicts(divan::black_box(profile), &mut buffer)
                    .expect("the same engine and date");
                divan::black_box(buffer.as_slice());
            }
        });
}

#[divan::bench]
fn fully_known_by_the_engine(bencher: Bencher<'_, '_>) {
    engine(bencher, |person| person.known.is_some());
}

#[divan::bench]
fn fully_known_by_hand(bencher: Bencher<'_, '_>) {
    let (_, everybody) = everybody();
    let known = everybody.into_iter().filter_map(|person| person.known);
    let known: Vec<Person<Known>> = known.collect();
    bencher
        .counter(divan::counter::ItemsCount::new(known.len()))
        .bench_local(|| {
            for person in &known {
                divan::black_box(floor::known(divan::black_box(person)));
            }
        });
}

#[divan::bench]
fn partly_known_by_the_engine(bencher: Bencher<'_, '_>) {
    engine(bencher, |person| person.known.is_none());
}

#[divan::bench]
fn partly_known_by_hand(bencher: Bencher<'_, '_>) {
    let (_, mut everybody) = everybody();
    everybody.retain(|person| person.known.is_none());
    bencher
        .counter(divan::counter::ItemsCount::new(everybody.len()))
        .bench_local(|| {
            for person in &everybody {
                let Both { told, presumed, .. } = divan::black_box(person);
                divan::black_box(floor::verdicts(told, presumed));
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

/// Every moment of a conversation with somebody who knows no answer: the slowest sample
/// is the slowest question.
#[divan::bench]
fn next_question_from_the_first_to_the_last(bencher: Bencher<'_, '_>) {
    let (engine, _) = people();
    let on = "2025-03-15".parse().expect("a date");
    let at = engine.at(on);
    let mut person = interop::Person::new(PersonRef::parse("entretien").expect("a reference"), 1);
    let mut moments = Vec::new();
    loop {
        let profile = person.profile(&engine, on).expect("a profile");
        let question = at.next_question(&profile, None).expect("the same engine");
        moments.push(profile);
        let Some(question) = question else { break };
        let unknown = Statement::Unknown(Reason::AskedUnknown);
        person.facts.insert(question.missing.fact, unknown);
    }
    let place = std::cell::Cell::new(0_usize);
    bencher
        .with_inputs(|| {
            place.set(place.get() + 1);
            &moments[place.get() % moments.len()]
        })
        .bench_local_refs(|profile| at.next_question(profile, None).expect("the same engine"));
}

#[divan::bench]
fn next_question_of_the_twelve(bencher: Bencher<'_, '_>) {
    let (engine, people) = people();
    let at = engine.at(people[0].date());
    let place = std::cell::Cell::new(0_usize);
    bencher
        .with_inputs(|| {
            place.set(place.get() + 1);
            &people[place.get() % people.len()]
        })
        .bench_local_refs(|profile| at.next_question(profile, None).expect("the same engine"));
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
