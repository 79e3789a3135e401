//! The individual file of France Travail: read with every fault at a place, or refused at
//! one; what was read is oriented, and what is written of it is read as the same.
#![no_main]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use spie::interop::france_travail_file::{Options, read, write};
use spie::vocabulary::{BodyId, PersonRef};
use spie::{Engine, Pack, Profile};
use spie_fuzz::asked::{self, day};
use spie_fuzz::mutate;
use spie_fuzz::places::inside;

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::mutate(data, size, max_size, seed, 0)
});

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(&Pack::core().expect("bundled")));

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let by = BodyId::parse("pole-emploi").expect("an id");
    let person = PersonRef::parse("dossier-12").expect("a reference");
    let on = day("2025-03-15");
    let options = Options::new(person, by.clone(), on);
    let reading = match read(&text, &options) {
        Ok(Some(reading)) => reading,
        Ok(None) => return,
        Err(error) => {
            assert!(inside(&text, error.line, error.column), "{error}");
            return;
        }
    };
    let (tally, arrival) = (reading.tally, reading.arrival);
    assert_eq!(tally.rows, tally.kept + tally.refused);
    assert!(tally.refused <= arrival.unread.len() as u64);
    for unread in &arrival.unread {
        let line = usize::try_from(unread.place.line).expect("small");
        assert!(inside(&text, line, 1), "{unread}");
    }
    let written = write(&arrival.diagnostic, &by);
    assert_eq!(written.left_out, BTreeSet::new());
    let again = read(&written.json, &options).expect("what is written is read");
    assert_eq!(
        again.expect("a file").arrival.diagnostic,
        arrival.diagnostic
    );
    let at = ENGINE.at(on);
    assert!(arrival.diagnostic.resolve(&at).left_out.is_empty());
    asked::of_person(&ENGINE, &Profile::of_diagnostic(&at, &arrival.diagnostic));
});
