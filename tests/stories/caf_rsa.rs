//! The RSA flow of CAF and MSA: its samples, damaged copies of them, and what is said of whom.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use chrono::NaiveDate;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};
use spie::diagnostic::Entry;
use spie::fact::Origin;
use spie::interop::Arrival;
use spie::interop::caf_rsa::{FlowError, FlowKind, Options, Reader, Tally, Warning};
use spie::vocabulary::{BodyId, PersonRef};
use spie::{Diagnostic, Engine, Pack, Profile};

const SAMPLES: [(&str, &[u8]); 3] = [
    ("monthly", include_bytes!("../samples/RSABEM_marne.xml")),
    ("daily", include_bytes!("../samples/RSABEI_marne.xml")),
    ("msa", include_bytes!("../samples/RSABEM_marne_msa.xml")),
];
const COPIES: u64 = 200;
const MARKER: &str = "M4RK3R";

fn options() -> Options {
    let body = |id| BodyId::parse(id).unwrap();
    Options::default().caf(body("caf-51")).msa(body("msa-mam"))
}

struct Told {
    people: Vec<Result<Arrival, FlowError>>,
    tally: Tally,
    warnings: Vec<Warning>,
}

/// Reads a flow, the people of which are known by their birth dates.
fn read(file: &[u8]) -> Result<Told, FlowError> {
    let mut reader = Reader::new(file, options(), |person| {
        PersonRef::parse(&format!("born-{}", person.birth_date())).ok()
    })?;
    let people: Vec<_> = reader.by_ref().collect();
    let (tally, warnings) = (reader.tally(), reader.warnings().to_vec());
    let errors = people.iter().filter(|one| one.is_err()).count() as u64;
    assert_eq!(tally.people, tally.kept + tally.refused + tally.skipped);
    assert_eq!(people.len() as u64, tally.kept + errors);
    assert_eq!(errors, tally.refused + tally.refused_households);
    Ok(Told {
        people,
        tally,
        warnings,
    })
}

/// Everything that a program could print of what was read, codes that were not read apart.
fn shown(told: &Result<Told, FlowError>) -> String {
    let mut text = String::new();
    match told {
        Err(error) => write!(text, "{error} {error:?}").unwrap(),
        Ok(told) => {
            for one in &told.people {
                match one {
                    Ok(arrival) => {
                        let json = serde_json::to_string(&arrival.diagnostic).unwrap();
                        write!(text, "{arrival:?} {json}").unwrap();
                        for left in &arrival.unread {
                            write!(text, "{left} {left:?}").unwrap();
                        }
                    }
                    Err(error) => write!(text, "{error} {error:?}").unwrap(),
                }
            }
            write!(text, "{:?} {:?}", told.warnings, told.tally).unwrap();
        }
    }
    text
}

#[test]
fn samples_become_diagnostics() {
    for (name, file) in SAMPLES {
        let told = read(file).unwrap();
        let mut page = String::new();
        for one in &told.people {
            let arrival = one.as_ref().unwrap();
            writeln!(page, "==== {}", arrival.diagnostic.person()).unwrap();
            let written = serde_json::to_value(&arrival.diagnostic).unwrap();
            let mut entries: Vec<String> = written["entries"]
                .as_array()
                .unwrap()
                .iter()
                .map(|entry| {
                    let one = &entry["observation"];
                    let plain = |key: &str| one[key].as_str().unwrap().to_owned();
                    let (fact, by, means) = (plain("fact"), plain("by"), plain("means"));
                    let (observed, recorded) = (plain("observed_on"), plain("recorded_on"));
                    let known = &one["known"];
                    format!("{fact} = {known} ({by}, {means}, {observed}, {recorded})")
                })
                .collect();
            entries.sort();
            writeln!(page, "{}", entries.join("\n")).unwrap();
            for left in &arrival.unread {
                writeln!(page, "unread: {left}: {} {:?}", left.element, left.code).unwrap();
            }
            let text = serde_json::to_string(&arrival.diagnostic).unwrap();
            assert_eq!(Diagnostic::parse(&text).unwrap(), arrival.diagnostic);
        }
        let warnings: Vec<_> = told.warnings.iter().map(ToString::to_string).collect();
        writeln!(page, "==== {:?} {warnings:?}", told.tally).unwrap();
        insta::assert_snapshot!(format!("caf_rsa_{name}"), page);
    }
}

#[test]
fn a_flow_says_what_it_is_and_names_reach_the_caller_alone() {
    let mut seen = Vec::new();
    let reader = Reader::new(SAMPLES[0].1, options(), |person| {
        let first: Vec<_> = person.first_names().collect();
        let street = person
            .address()
            .find(|(line, _)| *line == "NOMVOIE")
            .unwrap();
        seen.push(format!(
            "{} {} {} {} {} {}",
            person.file(),
            person.nir().unwrap_or("-"),
            first.join("-"),
            person.name().unwrap(),
            street.1,
            person.jobseeker_number().unwrap_or("-"),
        ));
        None
    });
    let mut reader = reader.unwrap();
    assert_eq!(reader.flow().kind, FlowKind::Monthly);
    assert_eq!(reader.flow().reference_on.to_string(), "2024-02-29");
    assert_eq!(reader.flow().made_on.to_string(), "2024-03-05");
    assert_eq!(reader.flow().application.as_deref(), Some("CRI"));
    assert!(reader.next().is_none());
    assert_eq!((reader.tally().people, reader.tally().skipped), (6, 6));
    assert_eq!(
        seen,
        [
            "314002100000000 2870651454101 NADÈGE BERTHELOT DES PEUPLIERS ÉTOILÉS 4410021K",
            "314002100000000 - LINA BERTHELOT DES PEUPLIERS ÉTOILÉS -",
            "314002200000000 1011151108202 YANNIS KOUADIO-LEFÈVRE DU MOULIN GRIS 4410022L",
            "314002300000000 269022A004303 LAURA-MARIA ORSINI DES CAVISTES 4410023M",
            "314002300000000 1940951649404 IDRISS TEMSAMANI DES CAVISTES 4410024N",
            "314002500000000 2781251535505 ROSE D'ALMEIDA DU PRESSOIR 4410025P",
        ]
    );
    let daily = Reader::new(SAMPLES[1].1, options(), |_| None).unwrap();
    assert_eq!(daily.flow().kind, FlowKind::Daily);
}

/// A code of a child that no list has is told with the first adult who is kept.
#[test]
fn what_is_unknown_of_a_child_is_told_too() {
    let file: String = SAMPLES[0].1.iter().map(|byte| char::from(*byte)).collect();
    let child = file.find("<ROLEPERS>ENF</ROLEPERS>").unwrap();
    let within = file[child..].find("<ACT>").map(|found| child + found + 5);
    let within = within.unwrap();
    let ends = within + file[within..].find('<').unwrap();
    let changed = format!("{}Z9Z{}", &file[..within], &file[ends..]);
    let adults = |file: &str| {
        let bytes: Vec<u8> = file.chars().map(|one| u8::try_from(one).unwrap()).collect();
        let reader = Reader::new(&bytes[..], options(), |person| {
            (person.role() != spie::interop::caf_rsa::Role::Child).then_some(())?;
            PersonRef::parse(&format!("born-{}", person.birth_date())).ok()
        });
        let people = reader.unwrap().map(|one| one.unwrap());
        people.map(|one| one.unread.len()).sum::<usize>()
    };
    assert_eq!(adults(&changed), adults(&file) + 1);
}

/// Whoever changed their name, or their sex, at the civil registry is read as before: the caller
/// knows the person, and nothing else looks at it.
#[test]
fn a_change_of_civil_status_changes_nothing() {
    let file: String = SAMPLES[0].1.iter().map(|byte| char::from(*byte)).collect();
    let changed = file
        .replace("<QUAL>MME</QUAL>", "<QUAL>MR</QUAL>")
        .replace("<SEXE>2</SEXE>", "<SEXE>1</SEXE>")
        .replace("<NIR>2", "<NIR>1")
        .replace("<PRENOM>ROSE</PRENOM>", "<PRENOM>NOE</PRENOM>")
        .replace("<NOM>ORSINI</NOM>", "<NOM>BELLEROSE</NOM>");
    assert!(
        changed.contains("BELLEROSE") && changed.contains("NOE") && !changed.contains("<SEXE>2")
    );
    let said = |file: &str| {
        let bytes: Vec<u8> = file.chars().map(|one| u8::try_from(one).unwrap()).collect();
        let told = read(&bytes).unwrap();
        let people = told.people.into_iter().map(|one| one.unwrap().diagnostic);
        people.collect::<Vec<_>>()
    };
    let before = said(&file);
    assert!(before.len() > 3);
    assert_eq!(before, said(&changed));
}

/// The flow of the CAF beside what the operator says: each is named where its word counts.
#[test]
fn a_flow_joins_what_others_say() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let at = engine.at("2024-03-15".parse().unwrap());
    let told = read(SAMPLES[0].1).unwrap();
    let nadege = told.people[0].as_ref().unwrap().diagnostic.clone();
    let operator = r#"{ "version": 1, "person": "born-1987-06-14", "entries": [
        { "observation": { "by": "pole-emploi", "means": "attested", "observed_on": "2024-03-01",
          "recorded_on": "2024-03-01", "fact": "jobseeker", "known": { "one_of": [{ "flag": true }] } } },
        { "observation": { "by": "pole-emploi", "means": "attested", "observed_on": "2024-03-01",
          "recorded_on": "2024-03-01", "fact": "employed", "known": { "one_of": [{ "flag": true }] } } }
    ] }"#;
    let merged = nadege.merge(&Diagnostic::parse(operator).unwrap()).unwrap();
    let resolution = merged.resolve(&at);
    let heard = resolution.to_string();
    assert!(heard.contains("Caisse d'allocations familiales"), "{heard}");
    let orientation = at.orient(&Profile::of_diagnostic(&at, &merged)).unwrap();
    assert!(orientation.track.is_some());
    // Who only repeats an activity does not overrule who knows of the job.
    let profile = Profile::of_diagnostic(&at, &merged);
    let Some(Origin::Told(source)) = profile.origin("employed") else {
        panic!("{:?}", profile.origin("employed"))
    };
    assert_eq!(source.by, BodyId::parse("pole-emploi").ok());
}

fn households(file: &[u8]) -> Vec<Range<usize>> {
    let find = |from: usize, what: &[u8]| {
        let rest = &file[from..];
        rest.windows(what.len())
            .position(|here| here == what)
            .map(|at| from + at)
    };
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = find(from, b"<InfosFoyerRSA>") {
        let end = find(start, b"</InfosFoyerRSA>").unwrap() + b"</InfosFoyerRSA>".len();
        found.push(start..end);
        from = end;
    }
    found
}

/// A damaged copy, and which bytes of the original the damage is in.
fn damaged(file: &[u8], random: &mut ChaCha8Rng) -> (Vec<u8>, Range<usize>) {
    let place = random.random_range(0..file.len());
    let tags: Vec<usize> = (0..file.len()).filter(|at| file[*at] == b'<').collect();
    let tag = tags[random.random_range(0..tags.len())];
    let tag_end = tag + file[tag..].iter().position(|byte| *byte == b'>').unwrap() + 1;
    let text_end = tag_end
        + file[tag_end..]
            .iter()
            .position(|byte| *byte == b'<')
            .unwrap_or(0);
    let (range, new): (Range<usize>, Vec<u8>) = match random.random_range(0..11_u32) {
        // Bytes cut out, flipped, written over, or the file ends there.
        0 => (
            place..(place + random.random_range(1..60)).min(file.len()),
            vec![],
        ),
        1 => (
            place..place + 1,
            vec![file[place] ^ (1 << random.random_range(0..8_u32))],
        ),
        2 => (place..place + 1, vec![random.random()]),
        3 => (place..file.len(), vec![]),
        // A tag is lost, or loses its end, or comes twice.
        4 => (tag..tag_end, vec![]),
        5 => (tag_end - 1..tag_end, vec![]),
        6 => (tag..tag, file[tag..tag_end].to_vec()),
        // A text is another one.
        7 => (tag_end..text_end, vec![]),
        8 => (tag_end..text_end, b"ZZ".to_vec()),
        9 => (
            tag_end..text_end,
            [&b"\x81\xc3\xa9&"[..], b"<"].concat()[..random.random_range(1..5)].to_vec(),
        ),
        // A stretch comes twice.
        _ => {
            let end = (place + 300).min(file.len());
            (place..place, file[place..end].to_vec())
        }
    };
    let copy = [&file[..range.start], &new, &file[range.end..]].concat();
    (copy, range)
}

/// The diagnostics that a whole file gives, household by household.
fn by_household(file: &[u8]) -> Vec<Vec<Diagnostic>> {
    let head = &file[..households(file)[0].start];
    let alone = |range: Range<usize>| {
        let file = [head, &file[range], b"</Racine>"].concat();
        let people = read(&file).unwrap().people.into_iter();
        people.map(|one| one.unwrap().diagnostic).collect()
    };
    households(file).into_iter().map(alone).collect()
}

#[test]
fn two_hundred_damaged_copies_lose_nobody_beside_the_damage() {
    for (name, file) in SAMPLES {
        let (ranges, whole) = (households(file), by_household(file));
        let (mut refused_whole, mut refused, mut counted_alike) = (0, 0, 0);
        for seed in 0..COPIES {
            let (copy, hit) = damaged(file, &mut ChaCha8Rng::seed_from_u64(seed));
            let lines = copy.split(|byte| *byte == b'\n').count() as u64;
            let told = match read(&copy) {
                Ok(told) => told,
                Err(error) => {
                    // A household whose first tag is damaged is read with what stands before it.
                    let head = ranges[0].start + b"<InfosFoyerRSA>".len();
                    assert!(hit.start < head, "{name} {seed}: {error}");
                    assert!((1..=lines).contains(&error.place().line), "{error}");
                    refused_whole += 1;
                    continue;
                }
            };
            // Where no household is refused, each that begins and each of its people is counted.
            if told.tally.refused_households == 0 {
                let begins = |tag: &[u8]| copy.windows(tag.len()).filter(|at| *at == tag).count();
                let found = [begins(b"<InfosFoyerRSA>"), begins(b"<Personne>")];
                let counted = [told.tally.households, told.tally.people];
                assert_eq!(counted, found.map(|count| count as u64), "{name} {seed}");
                counted_alike += 1;
            }
            let mut kept = Vec::new();
            for one in &told.people {
                match one {
                    Ok(arrival) => {
                        kept.push(&arrival.diagnostic);
                        for left in &arrival.unread {
                            assert!((1..=lines).contains(&left.place.line), "{left}");
                            assert!(left.place.path.starts_with("InfosFoyerRSA["), "{left}");
                        }
                    }
                    Err(error) => {
                        refused += 1;
                        let place = error.place();
                        assert!((1..=lines).contains(&place.line), "{error}");
                        assert!(place.column.is_some_and(|column| column > 0), "{error}");
                        assert!(place.path.starts_with("InfosFoyerRSA["), "{error}");
                        assert!(
                            error.to_string().contains("expected")
                                || error.to_string().contains("longer"),
                            "{error}"
                        );
                    }
                }
            }
            if hit.start < ranges[0].start {
                // What the flow says of itself may have changed.
                continue;
            }
            for (range, people) in ranges.iter().zip(&whole) {
                let touched = hit.start <= range.end && range.start <= hit.end;
                if !touched {
                    for person in people {
                        assert!(kept.contains(&person), "{name} {seed}: somebody is lost");
                    }
                }
            }
        }
        assert!(
            refused_whole > 0 && refused > 20 && counted_alike > 15,
            "{name}: {refused_whole} {refused} {counted_alike}"
        );
    }
}

/// Elements that tell who somebody is.
const IDENTITY: [&str; 18] = [
    "QUAL",
    "NOM",
    "NOMNAI",
    "PRENOM",
    "PRENOM2",
    "NOMCOMNAI",
    "NIR",
    "SEXE",
    "IDASSEDIC",
    "MATRICULE",
    "NUMDEMRSA",
    "NUMVOIE",
    "LIBTYPEVOIE",
    "NOMVOIE",
    "LIEUDIST",
    "CODEPOS",
    "NOMCOM",
    "NUMORG",
];

/// The file with a marker in every element of these names.
fn marked(file: &[u8], elements: &[&str]) -> Vec<u8> {
    let mut text: String = file.iter().copied().map(char::from).collect();
    for element in elements {
        let (start, end) = (format!("<{element}>"), format!("</{element}>"));
        let mut parts = text.split(&start);
        let mut new = parts.next().unwrap().to_owned();
        for part in parts {
            let (_, rest) = part.split_once(&end).unwrap();
            write!(new, "{start}{MARKER}{end}{rest}").unwrap();
        }
        text = new;
    }
    text.chars()
        .map(|letter| u8::try_from(letter).unwrap())
        .collect()
}

#[test]
fn who_somebody_is_stands_in_no_output() {
    for (name, file) in SAMPLES {
        for element in IDENTITY {
            let marked = marked(file, &[element]);
            let holds = marked
                .windows(MARKER.len())
                .any(|here| here == MARKER.as_bytes());
            let told = read(&marked);
            assert!(!shown(&told).contains(MARKER), "{name} {element}");
            let told = told.unwrap();
            let codes = told.people.iter().flatten().flat_map(|one| &one.unread);
            for left in codes {
                assert!(
                    !left.code.contains(MARKER) && !left.element.contains(MARKER),
                    "{element}"
                );
            }
            // What names the person or the household must have its form.
            let must = ["NIR", "MATRICULE"].contains(&element) && holds;
            assert_eq!(
                told.tally.refused + told.tally.refused_households > 0,
                must,
                "{name} {element}"
            );
        }
        let names: Vec<_> = IDENTITY
            .into_iter()
            .filter(|one| !["NIR", "MATRICULE"].contains(one))
            .collect();
        let marked = marked(file, &names);
        for seed in 0..COPIES {
            let (copy, _) = damaged(&marked, &mut ChaCha8Rng::seed_from_u64(seed));
            let shown = shown(&read(&copy));
            assert!(!shown.contains(MARKER), "{name} {seed}: {shown}");
        }
    }
}

#[test]
fn every_observation_is_of_the_day_and_the_body_of_the_flow() {
    let on: NaiveDate = "2024-02-29".parse().unwrap();
    for (_, file) in SAMPLES {
        let mut bodies = BTreeSet::new();
        for one in read(file).unwrap().people {
            for (_, entry) in one.unwrap().diagnostic.entries() {
                let Entry::Observation(said) = entry else {
                    panic!("{entry:?}")
                };
                bodies.insert(said.by.to_string());
                // Earnings are of their quarter, and the end of a right of its day.
                let earlier = ["income.professional_monthly", "rsa"].contains(&said.fact.as_str());
                assert!(said.observed_on == on || (earlier && said.observed_on < on));
                assert!(said.remark.is_none());
            }
        }
        assert_eq!(bodies.len(), 1);
    }
}
