//! A caseload in JSON: everybody is read or refused at a place, who is read is
//! oriented, and what is written back is read as the same people.
#![no_main]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use spie::interop::{Caseload, CaseloadError};
use spie::{Engine, Pack};
use spie_fuzz::asked::{self, day};
use spie_fuzz::mutate;
use spie_fuzz::places::inside;

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::mutate(data, size, max_size, seed, 0)
});

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(&Pack::marne().expect("bundled")));

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let caseload = match Caseload::parse(&text, &ENGINE) {
        Ok(caseload) => caseload,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            if let CaseloadError::Shape { line, column, .. } = error {
                assert!(inside(&text, line, column), "{line}:{column}");
            }
            return;
        }
    };
    for refused in &caseload.refused {
        let place =
            [refused.line, refused.column].map(|number| usize::try_from(number).expect("small"));
        assert!(inside(&text, place[0], place[1]), "{refused}");
        assert!(!refused.reason.is_empty());
    }
    // Each entry of the file is a person, or refused.
    let refused: BTreeSet<u64> = caseload
        .refused
        .iter()
        .map(|refused| refused.position)
        .collect();
    let all = caseload.people.len() + refused.len();
    assert!(refused.last().is_none_or(|last| *last <= all as u64));
    for (number, person) in caseload.people.iter().enumerate() {
        let on = day(asked::DAYS[number % asked::DAYS.len()]);
        let profile = person
            .profile(&ENGINE, on)
            .expect("what was read can be told");
        // To orient is the long part, and no matter of how many there are.
        if number < 2 {
            asked::of_person(&ENGINE, &profile);
        }
    }
    let written = serde_json::to_string(&caseload).expect("a caseload is written");
    let again = Caseload::parse(&written, &ENGINE).expect("what is written is read");
    assert!(again.refused.is_empty(), "{:?}", again.refused);
    assert_eq!(serde_json::to_string(&again).expect("the same"), written);
});
