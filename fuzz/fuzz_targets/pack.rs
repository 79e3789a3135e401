//! Sources of any kind, over nobody, over `core` and as a child of `marne`.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use spie::Pack;
use spie_fuzz::sources::{Parent, cut};
use spie_fuzz::{asked, mutate, places};

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::mutate(data, size, max_size, seed, 0)
});

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let (parent, own) = cut(&text);
    let all = || [parent.sources(), own.clone()].concat();
    let pack = match Pack::parse(own.iter().copied(), parent.pack()) {
        Ok(pack) => pack,
        Err(errors) => return places::of_pack(&errors, &all()),
    };
    assert!(pack.facts().all(|fact| !fact.name.as_str().is_empty()));
    asked::of_nobody_in_particular(&pack);
    // Examples are those of the parents too, and questions to rules are asked of all
    // rules: six seconds an input over `marne` for its examples alone, a tenth of one over
    // `core` for all three.
    if parent == Parent::Marne {
        return;
    }
    let told = [
        pack.run_examples().err(),
        pack.check_coverage().err(),
        pack.check_rules(|_, _| {}).err(),
    ];
    for errors in told.iter().flatten() {
        places::of_pack(errors, &all());
    }
});
