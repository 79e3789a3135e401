//! The individual file of France Travail: its samples, damaged copies of them, what is written
//! and read again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::{Value, json};
use spie::diagnostic::{Entry, Observation};
use spie::fact::Means;
use spie::interop::france_travail_file::{FileError, Options, Reading, read, write};
use spie::vocabulary::{BodyId, PersonRef};
use spie::{Diagnostic, Engine, Pack, Profile};

use crate::damage::copies;

const SAMPLES: [&str; 3] = [
    include_str!("../samples/ft_dossier_individu_1.json"),
    include_str!("../samples/ft_dossier_individu_2.json"),
    include_str!("../samples/ft_dossier_individu_3.json"),
];

fn by() -> BodyId {
    BodyId::parse("pole-emploi").unwrap()
}

fn options() -> Options {
    let person = PersonRef::parse("dossier-12").unwrap();
    Options::new(person, by(), "2024-03-15".parse().unwrap())
}

/// Reads, and holds the count of rows that are refused to what is told.
fn reading(text: &str) -> Result<Option<Reading>, FileError> {
    let read = read(text, &options())?;
    if let Some(read) = &read {
        let unread = read.arrival.unread.len() as u64;
        assert!(read.tally.refused <= unread);
        assert_eq!(read.tally.rows, read.tally.kept + read.tally.refused);
        let mut last = 0;
        for unread in &read.arrival.unread {
            assert!(unread.place.line >= last, "told in the order of the file");
            last = unread.place.line;
        }
    }
    Ok(read)
}

fn there(text: &str) -> Reading {
    reading(text).unwrap().unwrap()
}

fn observations(diagnostic: &Diagnostic) -> Vec<&Observation> {
    let mut all: Vec<_> = diagnostic
        .entries()
        .filter_map(|(_, entry)| match entry {
            Entry::Observation(said) => Some(said),
            _ => None,
        })
        .collect();
    all.sort_by_key(|said| (said.observed_on, &said.fact));
    all
}

/// Everything that was read, one line each: values too, of people who are invented.
fn told(read: &Reading) -> String {
    let exchanged = serde_json::to_value(&read.arrival.diagnostic).unwrap();
    let mut lines: Vec<String> = Vec::new();
    for entry in exchanged["entries"].as_array().unwrap() {
        let said = &entry["observation"];
        let text = |key: &str| said[key].as_str().unwrap().to_owned();
        let who = [text("observed_on"), text("by"), text("means"), text("fact")].join(" ");
        lines.push(format!("{who} {}", said["known"]));
    }
    lines.sort();
    let mut told = lines.join("\n");
    let tally = read.tally;
    let (rows, kept, refused) = (tally.rows, tally.kept, tally.refused);
    write!(told, "\n{rows} rows, {kept} kept, {refused} refused").unwrap();
    for unread in &read.arrival.unread {
        write!(told, "\n{unread} ({}: {})", unread.element, unread.code).unwrap();
    }
    told
}

#[test]
fn the_samples_say_this() {
    let told: Vec<String> = SAMPLES.iter().map(|sample| told(&there(sample))).collect();
    insta::assert_snapshot!(told.join("\n\n"));
}

/// What is told is of facts of the bundled dictionary, which can read it.
#[test]
fn the_dictionary_reads_all_of_it() {
    let engine = Engine::new(&Pack::core().unwrap());
    let at = engine.at("2024-03-15".parse().unwrap());
    for sample in SAMPLES {
        let resolution = there(sample).arrival.diagnostic.resolve(&at);
        assert_eq!(resolution.left_out, []);
    }
}

/// All that the format may say of a person, with every situation and objective.
fn full(constraint: &str, situation: &str, goal: &str) -> String {
    let sample: Value = serde_json::from_str(SAMPLES[0]).unwrap();
    let mut file = sample.clone();
    let constraints = &mut file["contraintesIndividusDto"]["contraintes"];
    for row in constraints.as_array_mut().unwrap() {
        row["valeur"] = json!(constraint);
        row["date"] = json!("2024-03-11T09:02:40.000+00:00");
        for (list, value) in [("situations", situation), ("objectifs", goal)] {
            for row in row[list].as_array_mut().unwrap() {
                row["valeur"] = json!(value);
            }
        }
    }
    file.to_string()
}

#[test]
fn every_code_is_one_of_the_dictionary() {
    let engine = Engine::new(&Pack::core().unwrap());
    let at = engine.at("2024-03-15".parse().unwrap());
    let mut facts = BTreeSet::new();
    for (constraint, situation, goal) in [
        ("OUI", "OUI", "EN_COURS"),
        ("OUI", "NON", "ABANDONNE"),
        ("CLOTUREE", "NON", "REALISE"),
    ] {
        let read = there(&full(constraint, situation, goal));
        let unread = unread(&read);
        assert_eq!(unread.len(), 2, "name and place of the job alone");
        assert_eq!(read.arrival.diagnostic.resolve(&at).left_out, []);
        let said = observations(&read.arrival.diagnostic);
        facts.extend(said.iter().map(|said| said.fact.to_string()));
    }
    // All facts of that name are read: none is there for nothing.
    let pack = Pack::core().unwrap();
    let of_pack = pack.facts().map(|fact| fact.name.to_string());
    let of_pack = of_pack.filter(|name| name.starts_with("france_travail."));
    for name in of_pack {
        assert!(facts.contains(&name), "{name}");
    }
}

#[test]
fn nothing_is_read_of_nobody() {
    for text in ["null", " null\n", "{}", "\u{feff}{ }"] {
        assert_eq!(reading(text).unwrap(), None, "{text}");
    }
    let told: Vec<String> = [
        "",
        "[",
        "12",
        "\"null\"",
        "{ \"person\": {} }",
        "{\n  \"é𝄞\": tru }",
    ]
    .iter()
    .map(|text| reading(text).unwrap_err().to_string())
    .collect();
    let other = "not the individual file: expected an object with `besoinsParDiagnosticIndividuDtos` \
                 and `contraintesIndividusDto`, or a list of constraints";
    assert_eq!(
        told,
        [
            "line 1, column 1: the text ends too early".to_owned(),
            "line 1, column 1: the text ends too early".to_owned(),
            format!("line 1, column 1: {other}"),
            format!("line 1, column 1: {other}"),
            format!("line 1, column 1: {other}"),
            "line 2, column 12: not JSON".to_owned(),
        ]
    );
}

/// The lighter answer: constraints alone, without objectives.
#[test]
fn constraints_alone_are_read_as_in_the_file() {
    let file: Value = serde_json::from_str(SAMPLES[1]).unwrap();
    let mut alone = file["contraintesIndividusDto"]["contraintes"].clone();
    for row in alone.as_array_mut().unwrap() {
        row.as_object_mut().unwrap().remove("objectifs");
    }
    let light = there(&alone.to_string());
    let whole = there(SAMPLES[1]);
    let of_goals_or_jobs = |said: &&&Observation| {
        let last = said.fact.as_str().rsplit('.').next();
        last.is_some_and(|last| ["goals", "needs", "strengths"].contains(&last))
    };
    let whole = observations(&whole.arrival.diagnostic);
    let expected: Vec<_> = whole
        .iter()
        .filter(|said| !of_goals_or_jobs(said))
        .collect();
    let light = observations(&light.arrival.diagnostic);
    assert_eq!(light.iter().collect::<Vec<_>>(), expected);
}

/// One constraint, its members replaced.
fn one(change: impl Fn(&mut Value)) -> Reading {
    let mut row = json!({
        "code": "23", "libelle": "Développer sa mobilité", "valeur": "OUI",
        "date": "2024-03-11T09:02:40.000+00:00",
        "situations": [{ "code": "6", "libelle": "", "valeur": "OUI" }],
        "objectifs": [{ "code": "28", "libelle": "", "valeur": "EN_COURS" }],
    });
    change(&mut row);
    there(&json!([row]).to_string())
}

fn facts(read: &Reading) -> Vec<String> {
    let said = observations(&read.arrival.diagnostic);
    said.iter().map(|said| said.fact.to_string()).collect()
}

fn unread(read: &Reading) -> Vec<String> {
    let unread = read.arrival.unread.iter();
    unread
        .map(|unread| format!("{}: {} ({})", unread.place.path, unread.reason, unread.code))
        .collect()
}

type Change = fn(&mut Value);

const WHOLE: [&str; 5] = [
    "barrier.mobility",
    "france_travail.mobility",
    "france_travail.mobility.goals",
    "france_travail.mobility.situations",
    "vehicle.available",
];

/// A change, what is still said, what is told, and how many rows are refused.
type Case = (Change, &'static [&'static str], String, u64);

fn each_is_told(cases: impl IntoIterator<Item = Case>) {
    for (change, kept, told, refused) in cases {
        let read = one(change);
        assert_eq!(facts(&read), kept, "{told}");
        assert_eq!(unread(&read).join("|"), told);
        assert_eq!(read.tally.refused, refused, "{told}");
    }
}

#[test]
fn what_is_wrong_is_told_and_stops_nothing_else() {
    assert_eq!(facts(&one(|_| {})), WHOLE);
    // In the order of the file, which has its members by letter here.
    let two_left = "[0].objectifs[0].code: no fact holds this (28 EN_COURS)|[0].situations[0].code: no fact holds this (6 OUI)";
    let refused_with = |first: &str| format!("{first}|{two_left}");
    let cases: [Case; 7] = [
        (
            |row| row["code"] = json!("99"),
            &[],
            refused_with("[0].code: not in the lists of the format (99 OUI)"),
            0,
        ),
        (
            |row| row["code"] = json!(["23"]),
            &[],
            refused_with("[0].code: not in the form of the format ()"),
            1,
        ),
        (
            |row| row["valeur"] = json!("PEUT_ETRE"),
            &[],
            refused_with("[0].code: not in the lists of the format (23 PEUT_ETRE)"),
            0,
        ),
        (
            |row| row["valeur"] = json!("NON_ABORDEE"),
            &[],
            two_left.to_owned(),
            0,
        ),
        (
            |row| row["date"] = json!(null),
            &[],
            refused_with("[0].date: not in the form of the format ()"),
            1,
        ),
        (
            |row| row["date"] = json!("11/03/2024"),
            &[],
            refused_with("[0].date: not in the form of the format ()"),
            1,
        ),
        // Of a day after the file came.
        (
            |row| row["date"] = json!("2024-03-15T23:30:00Z"),
            &[],
            refused_with("[0].date: after the day on which the file was received ()"),
            1,
        ),
    ];
    each_is_told(cases);
}

#[test]
fn what_is_wrong_in_a_list_stops_nothing_beside_it() {
    let cases: [Case; 6] = [
        (
            |row| row["situations"] = json!({}),
            &WHOLE[..3],
            "[0].situations: not in the form of the format ()".to_owned(),
            0,
        ),
        (
            |row| row["situations"][0]["valeur"] = json!("OUIII"),
            &WHOLE[..3],
            "[0].situations[0].code: not in the lists of the format (6 OUIII)".to_owned(),
            0,
        ),
        (
            |row| row["situations"][0] = json!(6),
            &WHOLE[..3],
            "[0].situations[0]: not in the form of the format ()".to_owned(),
            1,
        ),
        (
            |row| {
                row["situations"]
                    .as_array_mut()
                    .unwrap()
                    .push(json!({ "code": 6, "valeur": "NON" }));
            },
            &WHOLE[..3],
            "[0].situations[0].code: said more than once in the same list (6 OUI)\
             |[0].situations[1].code: said more than once in the same list (6 NON)"
                .to_owned(),
            2,
        ),
        (
            |row| {
                let same = row["situations"][0].clone();
                row["situations"].as_array_mut().unwrap().push(same);
            },
            &WHOLE,
            "[0].situations[1].code: said more than once in the same list (6 OUI)".to_owned(),
            1,
        ),
        (
            |row| row["mesure"] = json!("MARKER"),
            &WHOLE,
            "[0]: not in the lists of the format ()".to_owned(),
            0,
        ),
    ];
    each_is_told(cases);
}

/// What is left over under a closed constraint does not count, and is told.
#[test]
fn a_closed_constraint_counts_no_more() {
    let at = Engine::new(&Pack::core().unwrap()).at("2024-03-15".parse().unwrap());
    let state = |read: &Reading, fact: &str| {
        let resolution = read.arrival.diagnostic.resolve(&at);
        resolution
            .facts
            .get(fact)
            .and_then(|state| state.value.clone())
    };
    let mut open = one(|row| row["date"] = json!("2024-03-01T09:00:00Z"));
    let closed = one(|row| row["valeur"] = json!("CLOTUREE"));
    assert_eq!(
        unread(&closed),
        [
            "[0].objectifs[0].code: no fact holds this (28 EN_COURS)",
            "[0].situations[0].code: no fact holds this (6 OUI)",
        ]
    );
    assert!(!facts(&closed).contains(&"vehicle.available".to_owned()));
    // Nor does what was said before it was closed.
    let merged = open.arrival.diagnostic.merge(&closed.arrival.diagnostic);
    open.arrival.diagnostic = merged.unwrap();
    // Nobody measured what is left of the difficulty.
    assert!(!facts(&closed).contains(&"barrier.mobility".to_owned()));
    for read in [&closed, &open] {
        assert_eq!(
            state(read, "france_travail.mobility").as_deref(),
            Some("contrainte close")
        );
        let situations = state(read, "france_travail.mobility.situations").unwrap();
        assert!(!situations.contains("aucun moyen"), "{situations}");
        let goals = state(read, "france_travail.mobility.goals").unwrap();
        assert!(!goals.contains("permis"), "{goals}");
    }
}

/// What a situation said of ordinary facts ends by itself once the constraint is closed: nothing of
/// it is left a year later, be it said or denied.
#[test]
fn no_ordinary_fact_outlives_its_constraint_for_ever() {
    let engine = Engine::new(&Pack::core().unwrap());
    let closed = there(&full("CLOTUREE", "NON", "REALISE"))
        .arrival
        .diagnostic;
    for situation in ["OUI", "NON"] {
        let january = full("OUI", situation, "EN_COURS").replace("2024-03-11", "2024-01-10");
        let open = there(&january).arrival.diagnostic;
        let implied = |diagnostic: &Diagnostic, day: &str| -> BTreeSet<String> {
            let resolution = diagnostic.resolve(&engine.at(day.parse().unwrap()));
            let facts = resolution.facts.into_iter();
            let heard = facts.filter(|(_, state)| !state.heard.is_empty());
            heard.map(|(fact, _)| fact.to_string()).collect()
        };
        let merged = open.merge(&closed).unwrap();
        let of_january = implied(&open, "2024-01-11");
        assert!(of_january.contains("carer.active") && of_january.contains("food_insecurity"));
        assert!(!of_january.contains("housing.loss_on"));
        assert!(implied(&merged, "2024-03-15").contains("france_travail.housing"));
        assert_eq!(implied(&merged, "2025-01-11"), BTreeSet::new());
    }
}

/// A constraint that stands twice in two senses counts in neither, whichever comes first.
#[test]
fn rows_of_one_code_that_differ_count_in_no_sense() {
    let row = |code: &str, value: &str| {
        let open = value == "OUI";
        json!({
            "code": code, "valeur": value,
            "date": open.then_some("2024-03-11T09:02:40.000+00:00"),
            "situations": [{ "code": "6", "valeur": if open { "OUI" } else { "NON_ABORDEE" } }],
        })
    };
    let (open, untouched) = (row("23", "OUI"), row("23", "NON_ABORDEE"));
    let alone = there(&json!([open]).to_string());
    assert!(!facts(&alone).is_empty());
    for (rows, place) in [
        ([&untouched, &open, &untouched], 1),
        ([&open, &untouched, &untouched], 0),
    ] {
        let read = there(&json!(rows).to_string());
        assert_eq!(facts(&read), [""; 0]);
        let told = unread(&read);
        assert_eq!(told.len(), 4);
        let twice = "said more than once in the same list";
        for (at, row) in rows.iter().enumerate() {
            let value = row["valeur"].as_str().unwrap();
            assert!(told.contains(&format!("[{at}].code: {twice} (23 {value})")));
        }
        let lost = format!("[{place}].situations[0].code: no fact holds this (6 OUI)");
        assert!(told.contains(&lost));
        assert_eq!(read.tally.refused, 3);
    }
    // Said twice in one sense, it is said.
    let read = there(&json!([open, open]).to_string());
    assert_eq!(facts(&read), facts(&alone));
    assert_eq!((unread(&read).len(), read.tally.refused), (2, 1));
}

/// What is needed for a job is as old as what was written of that job.
#[test]
fn each_job_has_its_own_day() {
    let job = |day: &str, code: &str, first: bool| {
        json!({
            "idMetierChiffre": "x", "nomMetier": null, "typologie": null, "statut": "EN_COURS",
            "estPrioritaire": first, "dateMiseAJour": format!("{day}T09:00:00Z"),
            "besoins": [{ "code": code, "valeur": "BESOIN" }],
        })
    };
    let file = json!({ "besoinsParDiagnosticIndividuDtos": [
        job("2024-03-11", "3", false), job("2022-05-02", "9", true), job("2024-03-11", "5", false),
    ], "contraintesIndividusDto": { "contraintes": [] } });
    let read = there(&file.to_string());
    let told = told(&read);
    let needs: Vec<&str> = told
        .lines()
        .filter(|line| line.contains(".needs"))
        .collect();
    assert_eq!(
        needs,
        [
            r#"2022-05-02 pole-emploi assessed france_travail.needs {"members":{"with":["9"],"without":[]}}"#,
            r#"2024-03-11 pole-emploi assessed france_travail.needs {"members":{"with":["3","5"],"without":[]}}"#,
        ]
    );
    // No fact holds which job comes first.
    assert_eq!(
        unread(&read),
        ["besoinsParDiagnosticIndividuDtos[1].estPrioritaire: no fact holds this (true)"]
    );
    let written = write(&read.arrival.diagnostic, &by());
    assert!(written.left_out.is_empty());
    let again = there(&written.json).arrival.diagnostic;
    assert_eq!(again, read.arrival.diagnostic);
}

/// A list that the format always has, and that is not there, is told: it is not as if nothing
/// had been said.
#[test]
fn a_list_that_is_missing_is_told() {
    let file: Value = serde_json::from_str(SAMPLES[0]).unwrap();
    let told = |change: fn(&mut Value)| {
        let mut changed = file.clone();
        change(&mut changed);
        let read = there(&changed.to_string()).arrival;
        let missing = read.unread.iter().map(ToString::to_string);
        missing
            .filter(|one| one.contains("form of the format"))
            .collect::<Vec<_>>()
    };
    let person = |file: &mut Value| file["contraintesIndividusDto"] = Value::Null;
    let list = |file: &mut Value| file["contraintesIndividusDto"]["contraintes"] = Value::Null;
    let rows = |file: &mut Value| {
        let list = file["contraintesIndividusDto"]["contraintes"].as_array_mut();
        list.unwrap()[0]
            .as_object_mut()
            .unwrap()
            .remove("situations");
    };
    for (change, name) in [
        (person as fn(&mut Value), "contraintesIndividusDto"),
        (list, "contraintes"),
        (rows, "situations"),
    ] {
        let missing = told(change);
        assert!(
            missing.iter().any(|one| one.contains(name)),
            "{name}: {missing:?}"
        );
    }
}

/// Whatever the body took back or erased: a reader of what is written finds it nowhere, be it a fact
/// that only follows from a situation, and finds nothing that was not said.
#[test]
fn what_was_taken_back_or_erased_is_not_written() {
    use spie::diagnostic::{Erasure, ErasureGround, Scope, WithdrawalReason};

    let (mut looked_at, mut shorter) = (0, 0);
    for sample in SAMPLES {
        let all = there(sample).arrival.diagnostic;
        let today: NaiveDate = "2024-03-15".parse().unwrap();
        for gone in observations(&all) {
            let mut taken_back = all.clone();
            let retraction = gone.retracted(today, WithdrawalReason::Mistake);
            taken_back.receive(retraction).unwrap();
            let mut erased = all.clone();
            let scope = Scope::Fact(gone.fact.clone());
            let up_to = gone.observed_on;
            let ground = ErasureGround::Request;
            let erasure = Erasure {
                by: by(),
                scope,
                up_to,
                recorded_on: today,
                ground,
            };
            erased.erase(erasure).unwrap();
            for held in [taken_back, erased] {
                let written = write(&held, &by());
                let again = there(&written.json).arrival.diagnostic;
                let found = observations(&again);
                assert!(!found.contains(&gone), "{gone:?}");
                let mut said = observations(&held);
                said.retain(|said| **said != *gone);
                assert!(found.iter().all(|found| said.contains(found)), "{gone:?}");
                // What is not found is told.
                let lost = said.iter().filter(|said| !found.contains(said));
                assert_eq!(lost.count(), written.left_out.len());
                looked_at += 1;
                shorter += u32::from(found.len() + 1 < said.len());
            }
        }
    }
    assert!(looked_at > 40 && shorter > 0, "{looked_at} {shorter}");
}

/// What the format cannot say is written nowhere, in whole or in part: a reader finds what was said, or nothing.
#[test]
fn what_the_format_cannot_say_is_left_out_whole() {
    use spie::Knowledge;
    use spie::diagnostic::Said;
    use spie::fact::{Rows, Without};
    use spie::vocabulary::{Code, FactName};

    let code = |text: &str| Code::parse(text).unwrap();
    let name = |text: &str| FactName::parse(text).unwrap();
    let codes = |with: &[&str], without: &[&str]| Knowledge::Members {
        with: with.iter().map(|one| code(one)).collect(),
        without: Without::These(without.iter().map(|one| code(one)).collect()),
    };
    let goals = |all: &[(&str, &str)], complete: bool| {
        let row = |(goal, state): &(&str, &str)| {
            let fields = [("goal", *goal), ("state", *state)];
            fields
                .map(|(field, value)| (name(field), code(value).into()))
                .into()
        };
        Knowledge::from(Rows {
            rows: all.iter().map(row).collect(),
            complete,
        })
    };
    let light = || Knowledge::at_least(code("light"));
    let no_vehicle = || ("vehicle.available", Knowledge::from(false));
    let fact = "france_travail.mobility";
    let open = |more: Vec<(&'static str, Knowledge)>| {
        let mut said = vec![(fact, code("open").into()), ("barrier.mobility", light())];
        said.extend(more);
        said
    };
    let situations = "france_travail.mobility.situations";
    let of_goals = "france_travail.mobility.goals";
    let cases = [
        // All of it can be said.
        (
            open(vec![(situations, codes(&["6"], &["8"])), no_vehicle()]),
            0,
        ),
        // A code that the format does not list; a goal twice; what ends under `open`.
        (
            open(vec![(situations, codes(&["6", "99"], &[])), no_vehicle()]),
            2,
        ),
        (
            open(vec![(of_goals, goals(&[("99", "running")], false))]),
            1,
        ),
        (
            open(vec![(
                of_goals,
                goals(&[("25", "running"), ("25", "reached")], false),
            )]),
            1,
        ),
        (open(vec![(of_goals, goals(&[("25", "running")], true))]), 1),
        // A goal that runs under a constraint that is closed.
        (
            vec![
                (fact, code("closed").into()),
                (situations, Knowledge::exactly([])),
                (of_goals, goals(&[("25", "running")], true)),
            ],
            3,
        ),
        (vec![("france_travail.needs", codes(&["3", "999"], &[]))], 1),
    ];
    for (said, left_out) in cases {
        let mut held = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
        for (about, known) in said {
            held.receive(Observation {
                by: by(),
                means: Means::Assessed,
                observed_on: "2024-03-11".parse().unwrap(),
                recorded_on: "2024-03-15".parse().unwrap(),
                fact: name(about),
                said: Said::Known(known),
                remark: None,
            })
            .unwrap();
        }
        let written = write(&held, &by());
        let again = there(&written.json).arrival.diagnostic;
        let said = observations(&held);
        for found in observations(&again) {
            assert!(
                said.contains(&found),
                "{}",
                serde_json::to_string(&again).unwrap()
            );
        }
        assert_eq!(
            written.left_out.len(),
            left_out,
            "{}",
            told(&there(&written.json))
        );
    }
}

/// The rows of a file may come in any order.
#[test]
fn the_order_of_a_file_makes_no_difference() {
    let read = there(SAMPLES[2]).arrival.diagnostic;
    let mut file: Value = serde_json::from_str(SAMPLES[2]).unwrap();
    let constraints = file["contraintesIndividusDto"]["contraintes"].as_array_mut();
    let constraints = constraints.unwrap();
    constraints.reverse();
    for constraint in constraints {
        for list in ["situations", "objectifs"] {
            constraint[list].as_array_mut().unwrap().reverse();
        }
    }
    assert_eq!(there(&file.to_string()).arrival.diagnostic, read);
}

/// What the person declared to the operator is not its assessment, be it said later.
#[test]
fn what_was_declared_is_not_written_as_assessed() {
    let read = there(SAMPLES[0]).arrival.diagnostic;
    let mut all = read.clone();
    let said = observations(&read);
    for fact in ["france_travail.mobility", "france_travail.needs"] {
        let assessed = said.iter().find(|said| said.fact.as_str() == fact).unwrap();
        let declared = Observation {
            means: Means::Declared,
            observed_on: "2024-03-14".parse().unwrap(),
            ..(*assessed).clone()
        };
        all.receive(declared).unwrap();
    }
    let written = write(&all, &by());
    assert_eq!(there(&written.json).arrival.diagnostic, read);
    let left: Vec<_> = all
        .entries()
        .filter(|(id, _)| written.left_out.contains(id))
        .collect();
    assert_eq!(left.len(), 2);
    for (_, entry) in left {
        assert!(matches!(entry, Entry::Observation(said) if said.means == Means::Declared));
    }
}

/// Every place of a file where a value stands.
fn pointers(file: &Value) -> Vec<String> {
    fn below(value: &Value, at: &str, all: &mut Vec<String>) {
        all.push(at.to_owned());
        match value {
            Value::Object(members) => {
                members
                    .iter()
                    .for_each(|(name, value)| below(value, &format!("{at}/{name}"), all));
            }
            Value::Array(items) => {
                let items = items.iter().enumerate();
                items.for_each(|(place, value)| below(value, &format!("{at}/{place}"), all));
            }
            _ => {}
        }
    }
    let mut all = Vec::new();
    below(file, "", &mut all);
    all
}

/// So many copies that are still JSON, with some values in other places' stead.
fn exchanged(sample: &str, count: usize) -> impl Iterator<Item = String> {
    let file: Value = serde_json::from_str(sample).unwrap();
    let pointers = pointers(&file);
    let odd = [
        "null", "7", "-1", "1e400", "\"\"", "\"99\"", "\"é\"", "[]", "{}", "[[]]", "true",
    ];
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let hits = prop::collection::vec((any::<usize>(), any::<usize>()), 1..12);
    (0..count).map(move |_| {
        use proptest::strategy::ValueTree as _;
        let mut copy = file.clone();
        for (place, other) in hits.new_tree(&mut runner).unwrap().current() {
            let value = match odd.get(other % (2 * odd.len())) {
                Some(odd) => serde_json::from_str(odd).unwrap_or(json!("1e400")),
                None => file
                    .pointer(&pointers[other % pointers.len()])
                    .unwrap()
                    .clone(),
            };
            // The whole is left alone; what an earlier hit took away is not hit again.
            let pointer = &pointers[1 + place % (pointers.len() - 1)];
            if let Some(there) = copy.pointer_mut(pointer) {
                *there = value;
            }
        }
        copy.to_string()
    })
}

/// The rows of a file in which no member comes twice, as the format nests them, counted without the reader.
fn rows(file: &Value) -> u64 {
    let list = |of: &Value, name: &str| of.get(name).and_then(Value::as_array).cloned();
    let constraints = |all: Vec<Value>| {
        let below = all.iter().flat_map(|one| {
            ["situations", "objectifs"].map(|name| list(one, name).map_or(0, |rows| rows.len()))
        });
        all.len() + below.sum::<usize>()
    };
    let jobs = list(file, "besoinsParDiagnosticIndividuDtos").unwrap_or_default();
    let needs = jobs.iter().filter_map(|job| list(job, "besoins"));
    let needs: usize = needs.map(|rows| rows.len()).sum();
    let person = match file {
        Value::Array(alone) => Some(alone.clone()),
        file => list(&file["contraintesIndividusDto"], "contraintes"),
    };
    (jobs.len() + needs + person.map_or(0, constraints)) as u64
}

/// Whether an object of a text has two members of one name.
fn has_a_member_twice(text: &str) -> bool {
    // Of two members of one name `Value` keeps one: what is written again is shorter.
    let file: Value = serde_json::from_str(text).unwrap();
    let members = |text: &str| text.matches("\":").count();
    members(&file.to_string()) != members(text)
}

/// 200 damaged copies of each sample, and 200 with values of other places: read with every
/// fault at a place, or refused at one.
#[test]
fn damage_is_told_with_its_place() {
    let engine = Engine::new(&Pack::core().unwrap());
    let at = engine.at("2024-03-15".parse().unwrap());
    let lines = |text: &str| text.split('\n').count() as u64;
    let (mut refused, mut read_with_faults, mut rows_refused, mut rows_counted) = (0, 0, 0, 0);
    for sample in SAMPLES {
        let copies = copies(sample, 200).map(|copy| (copy, false));
        let exchanged = exchanged(sample, 200).map(|copy| (copy, true));
        for (copy, counts) in copies.chain(exchanged) {
            match reading(&copy) {
                Ok(None) => panic!("a damaged file is no empty one"),
                Ok(Some(read)) => {
                    // No row is lost, whatever became of those beside it. A member that comes twice, as a
                    // damaged copy may have it, is told as one fault.
                    if counts || !has_a_member_twice(&copy) {
                        let file = serde_json::from_str(&copy).unwrap();
                        assert_eq!(read.tally.rows, rows(&file));
                        rows_counted += 1;
                    }
                    read_with_faults += usize::from(read.arrival.unread.len() > 2);
                    rows_refused += read.tally.refused;
                    for unread in &read.arrival.unread {
                        assert!((1..=lines(&copy)).contains(&unread.place.line), "{unread}");
                    }
                    let profile = Profile::of_diagnostic(&at, &read.arrival.diagnostic);
                    assert!(at.orient(&profile).is_ok());
                }
                Err(error) => {
                    refused += 1;
                    let line = copy.split('\n').nth(error.line - 1).unwrap();
                    let columns = 1..=line.chars().count() + 1;
                    assert!(columns.contains(&error.column), "{error}");
                }
            }
        }
    }
    // No side of the test is empty.
    assert!(refused > 100, "{refused}");
    assert!(
        read_with_faults > 400 && rows_refused > 400 && rows_counted > 620,
        "{read_with_faults}, {rows_refused}, {rows_counted}"
    );
}

const MARKER: &str = "ZZMARKERZZ";

/// A text in place of each text of the file: it occurs in no message, and whoever is named
/// in it occurs nowhere.
#[test]
fn no_message_shows_a_value() {
    let said = |text: &str| match read(text, &options()) {
        Err(error) => (format!("{error} {error:?}"), String::new()),
        Ok(None) => panic!("there is a file"),
        Ok(Some(read)) => {
            let unread = &read.arrival.unread;
            let shown: Vec<String> = unread.iter().map(ToString::to_string).collect();
            let kept = serde_json::to_string(&read.arrival.diagnostic).unwrap();
            let held: Vec<&str> = unread.iter().map(|unread| unread.code.as_str()).collect();
            (format!("{read:?} {shown:?}"), format!("{kept} {held:?}"))
        }
    };
    let texts: Vec<(usize, usize)> = {
        let sample = SAMPLES[2];
        let starts = sample.match_indices(": \"").map(|(at, _)| at + 3);
        starts
            .map(|at| (at, at + sample[at..].find('"').unwrap()))
            .collect()
    };
    assert!(texts.len() > 200);
    for (start, end) in texts {
        let sample = SAMPLES[2];
        let marked = format!("{}{MARKER}{}", &sample[..start], &sample[end..]);
        let (shown, kept) = said(&marked);
        let member = sample[..start].rsplit('"').nth(1).unwrap();
        assert!(!shown.contains(MARKER), "{member}");
        let identifies = ["idMetierChiffre", "conseiller", "libelle"].contains(&member);
        assert!(!identifies || !kept.contains(MARKER), "{member}");
    }
    // A member that the format does not have may name somebody.
    let marked = SAMPLES[2]
        .replace("\"conseiller\"", "\"nom\"")
        .replace("exmp5101", MARKER);
    let (shown, kept) = said(&marked);
    assert!(!shown.contains(MARKER) && !kept.contains(MARKER));
}

/// Constraints, situations, objectives and needs of all kinds, on every second day.
fn files(first: i64) -> impl Strategy<Value = String> {
    let day = (0_i64..450).prop_map(move |days| {
        let days = chrono::TimeDelta::days(2 * days + first);
        let day = "2021-09-01".parse::<NaiveDate>().unwrap() + days;
        format!("{day}T23:30:00.000+00:00")
    });
    let constraint = prop_oneof![
        Just("NON_ABORDEE"),
        Just("OUI"),
        Just("OUI"),
        Just("CLOTUREE")
    ];
    let situation = prop_oneof![Just("NON_ABORDEE"), Just("OUI"), Just("NON")];
    let goal = prop_oneof![
        Just("NON_ABORDE"),
        Just("EN_COURS"),
        Just("REALISE"),
        Just("ABANDONNE")
    ];
    let need = prop_oneof![Just("NON_EXPLORE"), Just("BESOIN"), Just("POINT_FORT")];
    let rows = prop::collection::vec((constraint, day.clone()), 7);
    let values = (
        prop::collection::vec(situation, 36),
        prop::collection::vec(goal, 32),
        prop::collection::vec(need, 40),
        prop::collection::vec(day, 2),
    );
    (rows, values).prop_map(|(rows, (situations, goals, needs, days))| {
        let mut file: Value = serde_json::from_str(SAMPLES[1]).unwrap();
        let (mut situations, mut goals) = (situations.into_iter(), goals.into_iter());
        let constraints = &mut file["contraintesIndividusDto"]["contraintes"];
        for (row, (value, day)) in constraints.as_array_mut().unwrap().iter_mut().zip(rows) {
            row["valeur"] = json!(value);
            row["date"] = json!((value != "NON_ABORDEE").then_some(day));
            for row in row["situations"].as_array_mut().unwrap() {
                row["valeur"] = json!(situations.next().unwrap());
            }
            for row in row["objectifs"].as_array_mut().unwrap() {
                row["valeur"] = json!(goals.next().unwrap());
            }
        }
        let mut needs = needs.into_iter();
        let jobs = file["besoinsParDiagnosticIndividuDtos"]
            .as_array_mut()
            .unwrap();
        for (job, day) in jobs.iter_mut().zip(days) {
            job["dateMiseAJour"] = json!(day);
            for row in job["besoins"].as_array_mut().unwrap() {
                row["valeur"] = json!(needs.next().unwrap());
            }
        }
        file.to_string()
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_the_same_observations(file in files(0)) {
        let read = there(&file).arrival.diagnostic;
        let written = write(&read, &by());
        prop_assert_eq!(written.left_out.len(), 0);
        let again = there(&written.json).arrival;
        prop_assert_eq!(&again.diagnostic, &read);
        prop_assert!(again.unread.is_empty());
        // In the form of the operator's own files: the same members, row by row.
        let (sample, written): (Value, Value) = (
            serde_json::from_str(SAMPLES[0]).unwrap(),
            serde_json::from_str(&written.json).unwrap(),
        );
        let names = |file: &Value, list: &str| -> BTreeMap<String, String> {
            let rows = file["contraintesIndividusDto"]["contraintes"].as_array().unwrap();
            let rows = rows.iter().flat_map(|row| row[list].as_array().unwrap());
            rows.map(|row| (row["code"].to_string(), row["libelle"].to_string())).collect()
        };
        for list in ["situations", "objectifs"] {
            prop_assert_eq!(names(&written, list), names(&sample, list));
        }
    }

    /// Of two files, the later word of each constraint is written, and nothing is made up.
    #[test]
    fn what_was_said_last_is_written(first in files(0), second in files(1)) {
        let (first, second) = (there(&first).arrival, there(&second).arrival);
        let merged = first.diagnostic.merge(&second.diagnostic).unwrap();
        let written = write(&merged, &by());
        let again = there(&written.json).arrival.diagnostic;
        for (id, entry) in again.entries() {
            let held = merged.entries().any(|(held, _)| held == id);
            prop_assert!(held, "{}", entry.fact());
            prop_assert!(!written.left_out.contains(id));
        }
        let left = merged.entries().count() - again.entries().count();
        prop_assert_eq!(written.left_out.len(), left);
    }
}
