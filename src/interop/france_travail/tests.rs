//! The reader against its samples, against damage, and against curious eyes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::*;
use crate::diagnostic::{Entry, Observation, Said};
use crate::fact::{Knowledge, Value};
use crate::interop::UnreadReason;
use crate::pack::{Engine, Pack};
use crate::vocabulary::PersonRef;
use crate::{Diagnostic, Profile};

const SAMPLE: &[u8] = include_bytes!("../../../tests/samples/pe_spie_principal.csv");
const WINDOWS: &[u8] = include_bytes!("../../../tests/samples/pe_spie_principal_windows_1252.csv");
const REORDERED: &[u8] = include_bytes!("../../../tests/samples/pe_spie_principal_reordered.csv");
const ACTIONS: &[u8] = include_bytes!("../../../tests/samples/pe_spie_actions.csv");
const EXPECTED: &str = include_str!("../../../tests/samples/pe_spie_principal.json");

const PAGE: &str = include_str!("mod.rs");

const TRACK: &str = "modalite_accompagnement";

fn plain() -> Options {
    Options::new(
        "pole-emploi".parse().unwrap(),
        "2024-03-15".parse().unwrap(),
    )
}

fn options() -> Options {
    plain().communes(CommuneIndex::marne().unwrap()).keep(TRACK)
}

fn by_number(person: &Identifiers<'_>) -> Option<PersonRef> {
    PersonRef::parse(person.number()).ok()
}

fn read(file: &[u8]) -> Vec<Result<Row, RowError>> {
    let mut reader = Reader::new(file, options(), by_number).unwrap();
    let rows: Vec<_> = reader.by_ref().collect();
    let kept = rows.iter().filter(|row| row.is_ok()).count();
    let tally = reader.tally();
    assert_eq!(tally.rows, tally.kept + tally.refused);
    assert_eq!((tally.rows, tally.kept), (rows.len() as u64, kept as u64));
    rows
}

fn people(file: &[u8]) -> Vec<Diagnostic> {
    let rows = read(file).into_iter();
    rows.map(|row| row.unwrap().arrival.diagnostic).collect()
}

/// A file of the required columns and these ones, with one row.
fn one(cells: &[(&str, &str)]) -> Result<Row, RowError> {
    let mut names = vec!["identifiant_unique_de", "date_naissance"];
    let mut row = vec!["x-1", "1987-06-14 00:00:00.0"];
    for (name, cell) in cells {
        names.push(name);
        row.push(cell);
    }
    let file = format!("{}\n{}\n", names.join(";"), row.join(";"));
    read(file.as_bytes()).remove(0)
}

fn observed<'r>(row: &'r Row, name: &str) -> Option<&'r Observation> {
    let mut entries = row.arrival.diagnostic.entries();
    entries.find_map(|(_, entry)| match entry {
        Entry::Observation(said) if said.fact.as_str() == name => Some(said),
        _ => None,
    })
}

fn fact(row: &Row, name: &str) -> Option<Knowledge> {
    match &observed(row, name)?.said {
        Said::Known(knowledge) => Some(knowledge.clone()),
        Said::AskedUnknown | Said::Declined => None,
    }
}

fn code(text: &str) -> Value {
    Value::Code(text.parse().unwrap())
}

#[test]
fn the_sample_says_this() {
    let mut reader = Reader::new(SAMPLE, options(), by_number).unwrap();
    assert_eq!(reader.header_notes(), []);
    let rows: Vec<Row> = reader.by_ref().map(Result::unwrap).collect();
    assert_eq!(reader.encoding(), Some(Encoding::Utf8));
    let notes: Vec<String> = rows
        .iter()
        .flat_map(|row| &row.notes)
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        notes,
        [
            "line 2, column `dif_familiale`: a difficulty whose nature is not said: `barrier.childcare` is left unknown, to be asked",
            "line 3, column `dif_inser_com`: a difficulty whose nature is not said: `barrier.language` is left unknown, to be asked",
        ]
    );
    let kept: Vec<&str> = rows.iter().map(|row| row.columns[TRACK].as_str()).collect();
    assert_eq!(kept, ["GUIDE", "RENFORCE", "SUIVI", "SUIVI", "GUIDE"]);
    let unread = rows.iter().flat_map(|row| &row.arrival.unread);
    let unread = unread.map(|one| (one.element.as_str(), one.code.as_str()));
    assert_eq!(
        unread.collect::<Vec<_>>(),
        [("dif_familiale", "OUI"), ("dif_inser_com", "O")]
    );
    let told: Vec<_> = rows.iter().map(|row| &row.arrival.diagnostic).collect();
    let written = serde_json::to_string_pretty(&told).unwrap();
    if std::env::var_os("UPDATE_SAMPLES").is_some() {
        let root = env!("CARGO_MANIFEST_DIR");
        let path = format!("{root}/tests/samples/pe_spie_principal.json");
        std::fs::write(path, format!("{written}\n")).unwrap();
    }
    assert_eq!(written.trim(), EXPECTED.trim(), "{written}");
}

#[test]
fn what_is_read_can_be_written_and_read_again() {
    for told in people(SAMPLE) {
        let written = serde_json::to_string(&told).unwrap();
        assert_eq!(Diagnostic::parse(&written), Ok(told));
    }
}

#[test]
fn names_reach_the_caller_alone() {
    let mut seen = Vec::new();
    let reader = Reader::new(WINDOWS, options(), |person: &Identifiers<'_>| {
        assert_eq!(format!("{person:?}"), "Identifiers { .. }");
        seen.push(format!(
            "{} {} {} {} {}",
            person.last_name()?,
            person.first_name()?,
            person.birth_date(),
            person.birth_place()?,
            person.birth_place_code()?
        ));
        by_number(person)
    });
    assert_eq!(reader.unwrap().count(), 5);
    assert_eq!(seen[0], "BERTHELOT NADÈGE 1987-06-14 REIMS 51454");
    assert_eq!(seen[2], "ORSINI LAURA-MARIA 1969-02-27 AJACCIO 2A004");
}

#[test]
fn the_same_people_in_windows_1252_and_in_another_order() {
    let expected = people(SAMPLE);
    assert_eq!(people(WINDOWS), expected);
    let mut reader = Reader::new(WINDOWS, options(), by_number).unwrap();
    while reader.next().is_some() {}
    assert_eq!(reader.encoding(), Some(Encoding::Windows1252));
    let marked = [b"\xef\xbb\xbf", SAMPLE].concat();
    assert_eq!(people(&marked), expected);
    let crlf = String::from_utf8(SAMPLE.to_vec())
        .unwrap()
        .replace('\n', "\r\n");
    assert_eq!(people(crlf.as_bytes()), expected);

    // Columns in reverse, without `dif_sante`, with two of an office's own.
    let mut reader = Reader::new(REORDERED, options(), by_number).unwrap();
    let notes: Vec<String> = reader
        .header_notes()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        notes,
        [
            "column 1 is unknown, and nothing of it is read",
            "column 2 is unknown, and nothing of it is read (did you mean `dif_sante`?)",
            "column `dif_sante` is missing: what it says stays unknown",
        ]
    );
    for (row, expected) in reader.by_ref().zip(expected) {
        let reference = expected.person().clone();
        let of_health = |entry: &Entry| entry.fact().as_str() == "barrier.health";
        let (expected, _) = expected.split(reference, |_, entry| of_health(entry));
        assert_eq!(row.unwrap().arrival.diagnostic, expected);
    }
}

#[test]
fn the_encoding_may_be_said() {
    let declared = |file, encoding| {
        let options = options().encoding(encoding);
        Reader::new(file, options, by_number)
            .unwrap()
            .flatten()
            .count()
    };
    assert_eq!(declared(SAMPLE, Encoding::Utf8), 5);
    // Two rows of the sample have an accent in a name that is read.
    assert_eq!(declared(WINDOWS, Encoding::Utf8), 3);
    assert_eq!(declared(WINDOWS, Encoding::Windows1252), 5);
}

#[test]
fn flags_have_three_states() {
    for (cell, expected) in [
        ("O", Some(Knowledge::from(true))),
        ("OUI", Some(Knowledge::from(true))),
        ("N", Some(Knowledge::from(false))),
        ("NON", Some(Knowledge::from(false))),
        ("NULL", None),
        ("", None),
    ] {
        let row = one(&[("brsa", cell)]).unwrap();
        assert_eq!(fact(&row, "rsa"), expected, "{cell}");
        assert_eq!(row.notes, []);
    }
    for cell in ["oui", "o", "1", "VRAI", "null"] {
        let row = one(&[("brsa", cell)]).unwrap();
        assert_eq!(fact(&row, "rsa"), None);
        assert_eq!(row.notes[0].cell(), Some(cell));
        assert_eq!(
            row.notes[0].to_string(),
            "line 2, column `brsa`: left unknown: expected `O`, `OUI`, `N`, `NON` or `NULL`"
        );
    }
}

#[test]
fn difficulties_say_no_more_than_the_file() {
    let barrier = |column, cell, name| fact(&one(&[(column, cell)]).unwrap(), name);
    let light = Knowledge::at_least(code("light"));
    let absent = Knowledge::from(code("absent"));
    for (column, name) in super::columns::DIFFICULTIES {
        assert_eq!(barrier(column, "O", name), Some(light.clone()));
        assert_eq!(barrier(column, "N", name), Some(absent.clone()));
        assert_eq!(barrier(column, "NULL", name), None);
    }
    assert_eq!(
        barrier("dif_familiale", "NON", "barrier.childcare"),
        Some(absent)
    );
    for (column, name) in [
        ("dif_familiale", "barrier.childcare"),
        ("dif_inser_com", "barrier.language"),
    ] {
        let row = one(&[(column, "OUI")]).unwrap();
        assert_eq!(fact(&row, name), None);
        let [note] = row.notes.as_slice() else {
            panic!("one note is expected");
        };
        assert_eq!(note.reason(), &NoteReason::NatureNotSaid { fact: name });
    }
}

#[test]
fn registration_is_never_concluded_from_an_empty_cell() {
    let row = one(&[
        ("inscription", "2022-02-05"),
        ("categorie_inscription", "1"),
    ])
    .unwrap();
    assert_eq!(fact(&row, "jobseeker"), Some(Knowledge::from(true)));
    assert_eq!(
        fact(&row, "jobseeker.category"),
        Some(Knowledge::from(code("1")))
    );
    let row = one(&[("inscription", "NULL"), ("categorie_inscription", "NULL")]).unwrap();
    assert_eq!(row.arrival.diagnostic.entries().count(), 1);
}

#[test]
fn the_later_interview_dates_what_was_said_in_it() {
    let day = |day: &str| day.parse::<chrono::NaiveDate>().unwrap();
    let seen = ["barrier.mobility", "project.rome"];
    let held = [
        "birth_date",
        "jobseeker",
        "jobseeker.category",
        "jobseeker.registered_on",
        "residence.commune",
        "rsa",
    ];
    let said = [
        ("dif_transport", "O"),
        ("rome_1", "K1304"),
        ("adresse_ligne6", "51100 REIMS"),
        ("brsa", "O"),
        ("categorie_inscription", "1"),
        // After the last interview of the second row.
        ("inscription", "2024-01-15 00:00:00.0"),
    ];
    let row = |more: &[(&str, &str)]| one(&[&said, more].concat()).unwrap();
    for (ppae, last) in [("2024-03-10", "2024-03-10"), ("NULL", "2023-06-01")] {
        let row = row(&[
            ("der_entretien", "2023-06-01"),
            ("der_entretien_ppae", ppae),
        ]);
        assert_eq!(row.notes, []);
        for fact in seen {
            assert_eq!(observed(&row, fact).unwrap().observed_on, day(last));
        }
        for fact in held {
            let told = observed(&row, fact).unwrap();
            assert_eq!(told.observed_on, day("2024-03-15"), "{fact}");
            assert_eq!(told.recorded_on, day("2024-03-15"));
            assert_eq!(told.by, "pole-emploi".parse().unwrap());
        }
    }
    // Nobody was seen; and of an interview to come nothing can be known.
    for more in [vec![], vec![("der_entretien", "2024-03-16 00:00:00.0")]] {
        let row = row(&more);
        for fact in seen {
            assert_eq!(observed(&row, fact).unwrap().observed_on, day("2024-03-15"));
        }
        let notes: Vec<_> = row.notes.iter().map(Note::reason).collect();
        assert_eq!(notes, vec![&NoteReason::AfterReception; more.len()]);
    }
    // Nor is anybody registered before the registration.
    let to_come = [
        ("inscription", "2024-04-02"),
        ("categorie_inscription", "1"),
    ];
    let row = one(&to_come).unwrap();
    assert_eq!(row.arrival.diagnostic.entries().count(), 1);
    let [note] = row.notes.as_slice() else {
        panic!("one note is expected");
    };
    assert_eq!(note.reason(), &NoteReason::AfterReception);
    let left = &row.arrival.unread[0];
    assert_eq!(
        (&*left.element, left.reason),
        ("inscription", UnreadReason::Later)
    );
    let late = Options::new(
        "pole-emploi".parse().unwrap(),
        "2300-01-01".parse().unwrap(),
    );
    let refused = Reader::new(SAMPLE, late, by_number).err();
    assert_eq!(refused, Some(FileError::ReceivedOn));
}

#[test]
fn other_cells_of_another_form_are_left_unknown() {
    let row = one(&[
        ("rome_1", "FAKE"),
        ("rome_2", "K1304"),
        ("inscription", "05/02/2022"),
        ("categorie_inscription", "REIMS"),
        ("adresse_ligne6", "REIMS"),
        (TRACK, "NULL"),
    ])
    .unwrap();
    let notes: Vec<String> = row.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "line 2, column `inscription`: left unknown: expected a day from 1900 to 2200 at midnight, such as `1987-06-14 00:00:00.0`",
            "line 2, column `categorie_inscription`: left unknown: expected a category of one digit or one capital, such as `1`",
            "line 2, column `rome_1`: left unknown: expected a ROME code such as `K1304`",
            "line 2, column `adresse_ligne6`: left unknown: expected a postal code and a commune, such as `51100 REIMS`",
        ]
    );
    assert!(fact(&row, "project.rome").is_some());
    assert_eq!(row.columns, BTreeMap::new());
    let unread = row.arrival.unread.iter();
    let unread = unread.map(|one| (one.place.path.as_str(), one.code.as_str()));
    assert_eq!(
        unread.collect::<Vec<_>>(),
        [
            ("inscription", "05/02/2022"),
            ("categorie_inscription", "REIMS"),
            ("rome_1", "FAKE"),
            ("adresse_ligne6", ""),
        ]
    );
    let row = one(&[("adresse_ligne6", "51100 PARIS")]).unwrap();
    assert_eq!(row.notes[0].reason(), &NoteReason::UnknownCommune);
}

#[test]
fn a_row_without_number_or_birth_date_is_refused_alone() {
    let text = String::from_utf8(SAMPLE.to_vec()).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[1] = lines[1].replace("5b0c1d2e-1111-4a51-8a51-000000000001", "NULL");
    lines[2] = lines[2].replace("2001-11-03 00:00:00.0", "03/11/2001");
    lines[3].push(';');
    lines[4].truncate(40);
    let rows = read((lines.join("\n") + "\n").as_bytes());
    let refused: Vec<String> = rows
        .iter()
        .filter_map(|row| row.as_ref().err())
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        refused,
        [
            "line 2, column `identifiant_unique_de`: empty: expected a value",
            "line 3, column `date_naissance`: expected a day from 1900 to 2200 at midnight, such as `1987-06-14 00:00:00.0`",
            "line 4: expected 44 cells, found 45",
            "line 5: expected 44 cells, found 3",
        ]
    );
    assert!(rows[4].is_ok());
}

#[test]
fn nobody_is_joined_in_silence() {
    let file = "identifiant_unique_de;date_naissance;nom\n\
        a;1987-06-14;X\n\
        a;1987-06-14;X\n\
        b;1987-06-14;X\n\
        a;1987-06-14;Y\n\
        c;1987-06-14;NULL\n\
        d;1987-06-14;Z\n";
    let by_name = |person: &Identifiers<'_>| {
        person
            .last_name()
            .and_then(|name| PersonRef::parse(name).ok())
    };
    let rows = Reader::new(file.as_bytes(), plain(), by_name).unwrap();
    let reasons: Vec<_> = rows
        .map(|row| row.map_err(|e| e.reason().clone()))
        .collect();
    assert!(reasons[0].is_ok());
    assert_eq!(reasons[1], Err(RowReason::RepeatedRow { first: 2 }));
    assert_eq!(reasons[2], Err(RowReason::SharedReference { first: 2 }));
    assert_eq!(reasons[3], Err(RowReason::SplitIdentifier { first: 2 }));
    assert_eq!(reasons[4], Err(RowReason::NoReference));
    assert!(reasons[5].is_ok());
}

#[test]
fn other_files_are_named_for_what_they_are() {
    let refused = |file: &[u8]| Reader::new(file, options(), by_number).err().unwrap();
    let at = |line: u64, reason: HeaderError| FileError::Header { line, reason };
    assert_eq!(refused(ACTIONS), at(1, HeaderError::ActionsFile));
    assert_eq!(refused(b""), FileError::Empty);
    assert_eq!(refused(b"\xef\xbb\xbf\n \n"), FileError::Empty);
    assert_eq!(refused(b"\xff\xfei\0d\0"), FileError::Utf16);
    assert_eq!(
        refused(b"identifiant_unique_de,date_naissance\n"),
        at(1, HeaderError::Separator)
    );
    assert_eq!(
        refused(b"nom;prenom;identifiant_unique_de\n").to_string(),
        "line 1: not the header of the extract: `date_naissance` missing"
    );
    assert_eq!(
        refused(b"\n \nnom;nom\n"),
        at(3, HeaderError::RepeatedColumn { column: "nom" })
    );
    assert!(matches!(
        refused(&vec![b'x'; 200_000]),
        FileError::Header {
            line: 1,
            reason: HeaderError::TooLong { .. }
        }
    ));
    for column in ["nom", "adresse_ligne6", "referent_mail", "nir"] {
        let options = plain().keep(column);
        let error = Reader::new(SAMPLE, options, by_number).err().unwrap();
        assert!(matches!(error, FileError::NotKept { .. }));
    }
}

#[test]
fn the_end_of_a_cut_file_is_not_believed() {
    let file = "identifiant_unique_de;date_naissance;brsa\nx;1987-06-14;";
    for (end, expected) in [
        ("O", Some(Knowledge::from(true))),
        ("NON", Some(Knowledge::from(false))),
        // The start of `NULL`, perhaps.
        ("N", None),
    ] {
        let rows = read(format!("{file}{end}").as_bytes());
        let row = rows[0].as_ref().unwrap();
        assert_eq!(fact(row, "rsa"), expected);
        assert_eq!(row.notes[0].reason(), &NoteReason::MayBeCut);
    }
}

/// Fails after its text.
struct Failing(&'static [u8]);

impl std::io::Read for Failing {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.0.is_empty() {
            return Err(std::io::ErrorKind::ConnectionReset.into());
        }
        self.0.read(into)
    }
}

#[test]
fn a_source_that_fails_ends_in_one_error() {
    let mut reader = Reader::new(Failing(SAMPLE), options(), by_number).unwrap();
    let rows: Vec<_> = reader.by_ref().collect();
    assert_eq!(rows.len(), 6);
    let error = rows[5].as_ref().unwrap_err();
    assert_eq!(error.line(), 7);
    assert!(matches!(error.reason(), RowReason::Read { .. }));
    assert_eq!(reader.tally().refused, 1);
}

#[test]
fn a_long_line_costs_itself_alone() {
    let long = "y".repeat(300_000);
    let file = format!("identifiant_unique_de;date_naissance\n{long}\na;1987-06-14\n");
    let rows = read(file.as_bytes());
    assert!(matches!(
        rows[0].as_ref().unwrap_err().reason(),
        RowReason::TooLong { .. }
    ));
    assert_eq!(rows[1].as_ref().unwrap().line, 3);
}

/// Facts that the reader may tell, against the dictionary of `core`.
#[test]
fn every_fact_is_one_of_core() {
    let engine = Engine::new(&Pack::core().unwrap());
    let mut full: Vec<(&str, &str)> = vec![
        ("inscription", "2022-02-05"),
        ("categorie_inscription", "1"),
        ("brsa", "O"),
        ("dif_familiale", "N"),
        ("rome_1", "K1304"),
        ("adresse_ligne6", "51100 REIMS"),
    ];
    full.extend(super::columns::DIFFICULTIES.map(|(column, _)| (column, "O")));
    let row = one(&full).unwrap();
    let at = engine.at("2024-03-15".parse().unwrap());
    let resolution = row.arrival.diagnostic.resolve(&at);
    // The communes are those of a local pack.
    let left: Vec<_> = resolution
        .left_out
        .iter()
        .map(|one| one.fact.as_str())
        .collect();
    assert_eq!(
        (left, resolution.facts.len()),
        (vec!["residence.commune"], 12)
    );
    let profile = Profile::of_diagnostic(&at, &row.arrival.diagnostic);
    assert!(at.orient(&profile).is_ok());
}

const MARKER: &str = "ZZMARKERZZ";

/// All that the reader says about a file.
fn said(file: &[u8]) -> String {
    let mut count = 0;
    let reference = |_: &Identifiers<'_>| {
        count += 1;
        PersonRef::parse(&format!("person-{count}")).ok()
    };
    let mut said = String::new();
    match Reader::new(file, options(), reference) {
        Ok(mut reader) => {
            for note in reader.header_notes() {
                let _ = write!(said, "{note}{note:?}");
            }
            for row in reader.by_ref() {
                let _ = write!(said, "{row:?}");
                match row {
                    Ok(row) => row.notes.iter().for_each(|note| said += &note.to_string()),
                    Err(error) => said += &error.to_string(),
                }
            }
            let _ = write!(said, "{reader:?}");
        }
        Err(error) => {
            let _ = write!(said, "{error}{error:?}");
        }
    }
    said
}

#[test]
fn no_message_shows_a_cell() {
    let text = String::from_utf8(SAMPLE.to_vec()).unwrap();
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(';').collect()).collect();
    for suffix in ["", "\u{7}"] {
        let marker = format!("{MARKER}{suffix}");
        for (row, cells) in lines.iter().enumerate() {
            for place in 0..cells.len() {
                let mut lines = lines.clone();
                lines[row][place] = &marker;
                let file: Vec<String> = lines.iter().map(|cells| cells.join(";")).collect();
                let said = said(file.join("\n").as_bytes());
                assert!(!said.contains(MARKER), "line {row}, cell {place}: {said}");
            }
        }
    }
}

#[derive(Debug, Clone)]
enum Damage {
    Flip(usize, u8),
    Cut(usize, usize),
    Repeat(usize, usize),
    Insert(usize, Vec<u8>),
    End(usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = 0..SAMPLE.len();
    prop_oneof![
        4 => (at.clone(), 1..=u8::MAX).prop_map(|(at, mask)| Damage::Flip(at, mask)),
        1 => (at.clone(), 1..600_usize).prop_map(|(at, length)| Damage::Cut(at, length)),
        1 => (at.clone(), 1..600_usize).prop_map(|(at, length)| Damage::Repeat(at, length)),
        1 => (at.clone(), prop::collection::vec(any::<u8>(), 1..20))
            .prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        1 => at.prop_map(Damage::End),
    ]
}

fn damaged(mut file: Vec<u8>, all: Vec<Damage>) -> Vec<u8> {
    for damage in all {
        let length = file.len();
        let part = |at: usize, more: usize| at.min(length)..(at + more).min(length);
        match damage {
            Damage::Flip(at, mask) => {
                if let Some(byte) = file.get_mut(at) {
                    *byte ^= mask;
                }
            }
            Damage::Cut(at, more) => {
                file.drain(part(at, more));
            }
            Damage::Repeat(at, more) => {
                let copy = file[part(at, more)].to_vec();
                file.splice(at.min(length)..at.min(length), copy);
            }
            Damage::Insert(at, bytes) => {
                file.splice(at.min(length)..at.min(length), bytes);
            }
            Damage::End(at) => file.truncate(at),
        }
    }
    file
}

/// Each sample, damaged 200 times, alike on every run.
#[test]
fn a_damaged_file_ends_in_errors_and_loses_no_row() {
    let mut runner = TestRunner::deterministic();
    let damages = prop::collection::vec(damage(), 1..8);
    let (mut headers_refused, mut rows_kept, mut rows_refused) = (0, 0, 0);
    for sample in [SAMPLE, WINDOWS, REORDERED, ACTIONS] {
        for _ in 0..200 {
            let all = damages.new_tree(&mut runner).unwrap().current();
            let file = damaged(sample.to_vec(), all);
            let mut reader = match Reader::new(&file[..], options(), by_number) {
                Ok(reader) => reader,
                Err(error) => {
                    headers_refused += 1;
                    let lines = file.split(|byte| *byte == b'\n').count() as u64;
                    let is_placed = match &error {
                        FileError::Empty | FileError::Utf16 => true,
                        FileError::Header { line, .. } => (1..=lines).contains(line),
                        _ => false,
                    };
                    assert!(is_placed, "{error}");
                    continue;
                }
            };
            let rows: Vec<_> = reader.by_ref().collect();
            let lines = file.split(|byte| *byte == b'\n');
            let filled = lines.filter(|line| {
                let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
                line.iter().any(|byte| !byte.is_ascii_whitespace())
            });
            assert_eq!(rows.len(), filled.count() - 1);
            let kept = rows.iter().filter(|row| row.is_ok()).count() as u64;
            let tally = reader.tally();
            assert_eq!(tally.kept, kept);
            assert_eq!(tally.rows, tally.kept + tally.refused);
            rows_kept += tally.kept;
            rows_refused += tally.refused;
            let last = file.split(|byte| *byte == b'\n').count() as u64;
            for fault in rows.iter().filter_map(|row| row.as_ref().err()) {
                assert!(
                    (2..=last).contains(&fault.line()),
                    "{fault} of {last} lines"
                );
            }
        }
    }
    // No side of the test is empty, and most headers are read.
    assert!((50..400).contains(&headers_refused), "{headers_refused}");
    assert!(
        rows_kept > 400 && rows_refused > 400,
        "{rows_kept}, {rows_refused}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn bytes_of_no_file_at_all_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(!said(&bytes).is_empty() || bytes.is_empty());
        let header = b"identifiant_unique_de;date_naissance;brsa\n";
        said(&[&header[..], &bytes].concat());
    }
}

/// Whoever has the file before them finds each of its columns on the page.
#[test]
fn the_page_speaks_of_every_column() {
    let rows: Vec<&str> = PAGE
        .lines()
        .filter(|line| line.starts_with("//! |"))
        .collect();
    for column in columns::PRINCIPAL {
        // Of the postal lines only the first and the last are written out.
        if matches!(column, "adresse_ligne3" | "adresse_ligne4") {
            continue;
        }
        let name = format!("`{column}`");
        assert!(PAGE.contains(&name), "{column} is not on the page");
        if !columns::READ.contains(&column) {
            let row = rows.iter().find(|row| row.contains(&name)).unwrap();
            let kept = row.ends_with("| yes |");
            assert_eq!(kept, columns::keepable(column).is_some(), "{row}");
        }
    }
}
