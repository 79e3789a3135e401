//! The RSA flow of CAF and MSA as bytes of any kind: nobody is lost, and the way the bytes come
//! changes nothing; what was read is what a partner may hand over.
#![no_main]

use std::io::{BufReader, Read};
use std::sync::LazyLock;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use spie::interop::Arrival;
use spie::interop::caf_rsa::{FlowError, Identity, Options, Reader, Tally, Warning};
use spie::vocabulary::{BodyId, PersonRef};
use spie::{Diagnostic, Engine, Pack, Profile};
use spie_fuzz::asked::{self, day};
use spie_fuzz::drip::Drip;
use spie_fuzz::mutate;

/// Bytes before the flow: how it is read.
const HEAD: usize = 2;

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::mutate(data, size, max_size, seed, HEAD)
});

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(&Pack::core().expect("bundled")));

/// The office's own reference: one that some share, or none.
fn reference(person: &Identity<'_>) -> Option<PersonRef> {
    assert!(
        person
            .address()
            .all(|(line, text)| !line.is_empty() && !text.is_empty())
    );
    assert!(
        person
            .nir()
            .is_none_or(|nir| nir.len() == 13 || nir.len() == 15)
    );
    let day = person.birth_date().to_string();
    let name = person.first_names().next().unwrap_or(&day);
    PersonRef::parse(name)
        .or_else(|_| PersonRef::parse(person.file()))
        .ok()
}

type People = Vec<Result<Arrival, FlowError>>;

fn read(source: impl Read, head: &[u8]) -> Result<(People, Tally, Vec<Warning>), FlowError> {
    let body = |id| BodyId::parse(id).expect("an id");
    let mut options = Options::default().caf(body("caf-51"));
    if head[0] & 1 == 1 {
        options = options.msa(body("msa-mam"));
    }
    let mut reader = Reader::new(BufReader::new(source), options, reference)?;
    let people: People = reader.by_ref().collect();
    assert!(reader.next().is_none(), "people after the last one");
    Ok((people, reader.tally(), reader.warnings().to_vec()))
}

fuzz_target!(|data: &[u8]| {
    let Some((head, file)) = data.split_at_checked(HEAD) else {
        return;
    };
    let whole = read(file, head);
    let drip = |fails_after| Drip {
        left: file,
        at_a_time: usize::from(head[1]) + 1,
        fails_after,
    };
    assert_eq!(whole, read(drip(None), head), "not the same in pieces");
    let _ = read(drip(Some(usize::from(head[1]) * 16)), head);
    let (people, tally, warnings) = match whole {
        Ok(read) => read,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    assert_eq!(tally.people, tally.kept + tally.refused + tally.skipped);
    let kept = people.iter().filter(|one| one.is_ok()).count() as u64;
    let errors = people.len() as u64 - kept;
    assert_eq!(
        (kept, errors),
        (tally.kept, tally.refused + tally.refused_households)
    );
    let lines = file.split(|byte| *byte == b'\n').count() as u64;
    let mut places: Vec<_> = warnings
        .iter()
        .map(|warning| warning.place().clone())
        .collect();
    let mut first = true;
    for one in people {
        match one {
            Ok(arrival) => {
                places.extend(arrival.unread.into_iter().map(|left| left.place));
                let written = serde_json::to_string(&arrival.diagnostic).expect("it is written");
                assert_eq!(
                    Diagnostic::parse(&written).expect("it is read"),
                    arrival.diagnostic
                );
                if std::mem::take(&mut first) {
                    let at = ENGINE.at(day("2024-03-15"));
                    asked::of_person(&ENGINE, &Profile::of_diagnostic(&at, &arrival.diagnostic));
                }
            }
            Err(error) => places.push(error.place().clone()),
        }
    }
    for place in places {
        assert!(
            (1..=lines).contains(&place.line),
            "line {} of {lines}",
            place.line
        );
        assert!(place.column.is_some_and(|column| column > 0));
    }
});
