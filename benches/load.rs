//! Reading and compiling the bundled packs.
//!
//! `cargo bench --bench load`

use spie::{Engine, Pack};

fn main() {
    divan::main();
}

#[divan::bench]
fn core() -> Pack {
    Pack::core().expect("the bundled pack")
}

#[divan::bench]
fn marne_with_its_parents() -> Pack {
    Pack::marne().expect("the bundled pack")
}

#[divan::bench]
fn engine_at_a_date(bencher: divan::Bencher<'_, '_>) {
    let pack = Pack::marne().expect("the bundled pack");
    let on = "2025-03-15".parse().expect("a date");
    bencher.bench(|| Engine::new(&pack).at(on));
}
