//! From an extract of Pôle emploi / France Travail to orientations: what a nightly
//! run costs, row by row.
//!
//! `cargo bench --bench caseload`

use divan::Bencher;
use divan::counter::ItemsCount;
use spie::interop::france_travail::{CommuneIndex, Options, Reader, Row};
use spie::orientation::Verdicts;
use spie::vocabulary::{BodyId, PersonRef};
use spie::{Engine, Pack, Profile};

const SAMPLE: &str = include_str!("../tests/samples/pe_spie_principal.csv");
const ROWS: usize = 1000;

fn main() {
    divan::main();
}

/// An extract of so many rows, made of those of the sample.
fn extract() -> String {
    let mut lines = SAMPLE.lines();
    let header = lines.next().expect("a header");
    let place = header
        .split(';')
        .position(|name| name == "identifiant_unique_de");
    let place = place.expect("a column of identifiers");
    let people: Vec<Vec<&str>> = lines.map(|line| line.split(';').collect()).collect();
    let mut file = format!("{header}\n");
    for (number, cells) in people.iter().cycle().take(ROWS).enumerate() {
        let mut cells: Vec<String> = cells.iter().map(ToString::to_string).collect();
        cells[place] = format!("made-{number}");
        file.push_str(&cells.join(";"));
        file.push('\n');
    }
    file
}

fn rows(file: &str) -> impl Iterator<Item = Row> {
    let by = BodyId::parse("pole-emploi").expect("an id");
    let options = Options::new(by, "2024-03-15".parse().expect("a date"))
        .communes(CommuneIndex::marne().expect("the communes"));
    let reference = |person: &spie::interop::france_travail::Identifiers<'_>| {
        PersonRef::parse(person.number()).ok()
    };
    let rows = Reader::new(file.as_bytes(), options, reference).expect("an extract");
    rows.map(|row| row.expect("a sound row"))
}

fn engine() -> Engine {
    Engine::new(&Pack::marne().expect("the bundled pack"))
}

#[divan::bench]
fn reading(bencher: Bencher<'_, '_>) {
    let file = extract();
    bencher
        .counter(ItemsCount::new(ROWS))
        .bench_local(|| rows(&file).count());
}

#[divan::bench]
fn reading_to_verdicts(bencher: Bencher<'_, '_>) {
    let (file, engine) = (extract(), engine());
    let at = engine.at("2024-03-15".parse().expect("a date"));
    let mut verdicts = Verdicts::new();
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        for row in rows(&file) {
            let profile = Profile::of_diagnostic(&at, &row.arrival.diagnostic);
            at.verdicts(&profile, &mut verdicts)
                .expect("the same engine and date");
            divan::black_box(verdicts.as_slice());
        }
    });
}

#[divan::bench]
fn reading_to_orientations(bencher: Bencher<'_, '_>) {
    let (file, engine) = (extract(), engine());
    let at = engine.at("2024-03-15".parse().expect("a date"));
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        for row in rows(&file) {
            let profile = Profile::of_diagnostic(&at, &row.arrival.diagnostic);
            let orientation = at.orient(&profile);
            divan::black_box(orientation.expect("the same engine and date"));
        }
    });
}
