//! Reading and compiling the bundled packs.
//!
//! `cargo bench --bench load`

use spie::pack::{core_sources, france_sources, marne_sources};
use spie::{Engine, Pack};

fn main() {
    divan::main();
}

/// What the same sources take as TOML alone, to no end: the measure of the machine beside
/// which the others are to be read. Examples wait in both.
#[divan::bench]
fn marne_as_toml_alone(bencher: divan::Bencher<'_, '_>) {
    let all = [core_sources(), france_sources(), marne_sources()].concat();
    let is_read = |name: &str| !name.ends_with("csv") && !name.starts_with("examples");
    let texts: Vec<&str> = all
        .iter()
        .filter(|(name, _)| is_read(name))
        .map(|(_, text)| *text)
        .collect();
    bencher.bench(|| {
        let tables = texts.iter().map(|text| toml::de::DeTable::parse(text));
        tables.collect::<Result<Vec<_>, _>>().expect("sound TOML")
    });
}

#[divan::bench]
fn core() -> Pack {
    Pack::core().expect("the bundled pack")
}

#[divan::bench]
fn marne_with_its_parents() -> Pack {
    Pack::marne().expect("the bundled pack")
}

/// With the hash over its sources, which is made when it is first asked for.
#[divan::bench]
fn marne_with_its_identity() -> String {
    let pack = Pack::marne().expect("the bundled pack");
    pack.identity().to_owned()
}

const TOWN: &str = r#"
    [pack]
    id = "ville"
    title = "Une ville"
    extends = "marne"

    [[theme]]
    id = "town"
    label = "la ville"
"#;

/// The pack of a user over the bundled ones, that were read before.
#[divan::bench]
fn a_town_over_marne(bencher: divan::Bencher<'_, '_>) {
    let marne = Pack::marne().expect("the bundled pack");
    bencher.bench(|| Pack::parse([("pack.toml", TOWN)], Some(&marne)).expect("a sound pack"));
}

/// The same with an example, which may replace one of the bundled packs.
#[divan::bench]
fn a_town_with_an_example(bencher: divan::Bencher<'_, '_>) {
    let marne = Pack::marne().expect("the bundled pack");
    let town = [("pack.toml", TOWN), ("examples.toml", EXAMPLE)];
    bencher.bench(|| Pack::parse(town, Some(&marne)).expect("a sound pack"));
}

const EXAMPLE: &str = r#"
    [[example]]
    id = "somebody"
    title = "Quelqu'un"
    at = 2024-03-01
    facts = { jobseeker = true }
    track = "unknown"
"#;

#[divan::bench]
fn engine_at_a_date(bencher: divan::Bencher<'_, '_>) {
    let pack = Pack::marne().expect("the bundled pack");
    let on = "2025-03-15".parse().expect("a date");
    bencher.bench(|| Engine::new(&pack).at(on));
}
