//! A diagnostic as partners hand it over: read or refused at a place without a value of it;
//! what was read is resolved, seen and written back as the same diagnostic.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use spie::diagnostic::Entry;
use spie::vocabulary::BodyId;
use spie::{Diagnostic, Engine, Pack, Profile};
use spie_fuzz::asked::{self, day};
use spie_fuzz::mutate;

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::mutate(data, size, max_size, seed, 0)
});

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(&Pack::marne().expect("bundled")));

fuzz_target!(|data: &[u8]| {
    // What a store kept, damaged: refused, or the one form of what it says.
    if let Ok(entry) = Entry::decode(data) {
        assert_eq!(entry.encode(), data);
    }
    let text = String::from_utf8_lossy(data);
    let diagnostic = match Diagnostic::parse(&text) {
        Ok(diagnostic) => diagnostic,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    let written = serde_json::to_string(&diagnostic).expect("a diagnostic is written");
    let again = Diagnostic::parse(&written).expect("what is written is read");
    assert_eq!(again, diagnostic);
    assert_eq!(diagnostic.merge(&again).expect("one person"), diagnostic);
    let on = day(asked::DAYS[written.len() % asked::DAYS.len()]);
    let at = ENGINE.at(on);
    let view = diagnostic
        .view(&at, &BodyId::parse("ml-reims").expect("an id"))
        .expect("a partner");
    for seen in [&diagnostic, &view.diagnostic] {
        assert!(!seen.resolve(&at).to_string().is_empty());
        asked::of_person(&ENGINE, &Profile::of_diagnostic(&at, seen));
    }
});
