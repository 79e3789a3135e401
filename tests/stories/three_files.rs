//! Real files of several bodies about the same people, merged into one diagnostic each.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use spie::diagnostic::{Observation, Said};
use spie::fact::Means;
use spie::interop::caf_rsa::{self, Identity};
use spie::interop::france_travail::{CommuneIndex, Identifiers, Options, Reader};
use spie::interop::{Arrival, Sheet, france_travail_file};
use spie::vocabulary::{BodyId, Code, FactName, PersonRef};
use spie::{Diagnostic, Engine, EngineAt, Knowledge, Pack, Profile};

const EXTRACT: &str = include_str!("../samples/pe_spie_principal.csv");
const FLOW: &[u8] = include_bytes!("../samples/RSABEM_marne.xml");
const FILES: [&str; 3] = [
    include_str!("../samples/ft_dossier_individu_1.json"),
    include_str!("../samples/ft_dossier_individu_2.json"),
    include_str!("../samples/ft_dossier_individu_3.json"),
];

fn by(body: &str) -> BodyId {
    BodyId::parse(body).unwrap()
}

fn at() -> EngineAt {
    let engine = Engine::new(&Pack::marne().unwrap());
    engine.at("2024-03-15".parse().unwrap())
}

/// The office's own table: the last letter of a number is that of the person here.
fn known(person: &Identifiers<'_>) -> Option<PersonRef> {
    let place = person.number().chars().last()?;
    PersonRef::parse(&format!("dossier-{place}")).ok()
}

/// The same people in the flow of the caisse, which knows them by other numbers.
fn known_to_the_caisse(person: &Identity<'_>) -> Option<PersonRef> {
    let place = match person.birth_date().to_string().as_str() {
        "1987-06-14" => 1,
        "2001-11-03" => 2,
        "1969-02-27" => 3,
        "1994-09-19" => 4,
        "1978-12-01" => 5,
        _ => return None,
    };
    PersonRef::parse(&format!("dossier-{place}")).ok()
}

/// What each file says of anybody.
fn arrivals(at: &EngineAt) -> Vec<Arrival> {
    let options =
        Options::new(by("pole-emploi"), at.date()).communes(CommuneIndex::marne().unwrap());
    let rows = Reader::new(EXTRACT.as_bytes(), options, known).unwrap();
    let mut arrivals: Vec<Arrival> = rows.map(|row| row.unwrap().arrival).collect();
    for (place, file) in (1..).zip(FILES) {
        let person = PersonRef::parse(&format!("dossier-{place}")).unwrap();
        let options = france_travail_file::Options::new(person, by("pole-emploi"), at.date());
        let read = france_travail_file::read(file, &options).unwrap().unwrap();
        arrivals.push(read.arrival);
    }
    let options = caf_rsa::Options::default().caf(by("caf-51"));
    let flow = caf_rsa::Reader::new(FLOW, options, known_to_the_caisse).unwrap();
    arrivals.extend(flow.map(|one| one.unwrap()));
    let sheet = r#"{
      "version": 1, "person": "dossier-1", "by": "departement-marne", "on": "2024-03-12", "means": "declared",
      "answers": {
        "vehicle.available": true,
        "residence.transport_served": { "value": "poor", "means": "assessed" },
        "children": [{ "birth_date": "2022-09-01", "at_home": true }],
        "bank_account": "declined"
      }
    }"#;
    arrivals.push(Sheet::parse(sheet, at.engine()).unwrap().arrival());
    arrivals
}

fn merged(arrivals: &[Arrival]) -> BTreeMap<PersonRef, Diagnostic> {
    let mut people = BTreeMap::new();
    for arrival in arrivals {
        let one = &arrival.diagnostic;
        let person = one.person().clone();
        let held = people
            .entry(person.clone())
            .or_insert_with(|| Diagnostic::new(person));
        *held = held.merge(one).unwrap();
    }
    people
}

#[test]
fn files_of_several_bodies_become_one_diagnostic() {
    let at = at();
    let arrivals = arrivals(&at);
    let people = merged(&arrivals);
    // Whatever the order in which they come.
    let backwards: Vec<Arrival> = arrivals.iter().rev().cloned().collect();
    assert_eq!(merged(&backwards), people);
    assert_eq!(people.len(), 5);
    let mut told = String::new();
    for (person, diagnostic) in people.iter().take(2) {
        let profile = Profile::of_diagnostic(&at, diagnostic);
        writeln!(told, "==== {person}\n{}", diagnostic.resolve(&at)).unwrap();
        for dispute in at.disputes(&profile).unwrap() {
            let sides = dispute.sides.join(" / ");
            writeln!(told, "Désaccord : {} ({sides})", dispute.label).unwrap();
        }
        let page = at.orient(&profile).unwrap().to_string();
        // What is proposed rests on the words of each, under their names.
        for body in [
            "France Travail, évalué",
            "France Travail, repris",
            "Caisse d'allocations familiales de la Marne, attesté",
        ] {
            assert!(page.contains(body), "{person}: {body}");
        }
        writeln!(told, "\n{page}").unwrap();
    }
    insta::assert_snapshot!(told);
}

/// « At least light » says less than the details of the barrier: who agrees leaves nothing less known.
#[test]
fn a_level_said_in_part_gives_way_to_its_details() {
    let at = at();
    let observed = |body: &str, means, fact: &str, known: Knowledge| Observation {
        by: by(body),
        means,
        observed_on: "2024-03-01".parse().unwrap(),
        recorded_on: "2024-03-01".parse().unwrap(),
        fact: FactName::parse(fact).unwrap(),
        said: Said::Known(known),
        remark: None,
    };
    let code = |code: &str| Code::parse(code).unwrap();
    let mut details = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
    for (fact, known) in [
        ("licence.b", Knowledge::from(false)),
        ("vehicle.available", false.into()),
        ("residence.transport_served", code("poor").into()),
    ] {
        let said = observed("departement-marne", Means::Declared, fact, known);
        details.record(at.engine(), said).unwrap();
    }
    let level = |level: Knowledge| {
        let mut all = details.clone();
        let said = observed("pole-emploi", Means::Assessed, "barrier.mobility", level);
        all.record(at.engine(), said).unwrap();
        at.orient(&Profile::of_diagnostic(&at, &all)).unwrap()
    };
    let alone = at.orient(&Profile::of_diagnostic(&at, &details)).unwrap();
    let proposed = "mobilite-diagnostic";
    assert!(alone.proposal(proposed).is_some());
    assert!(
        level(Knowledge::at_least(code("light")))
            .proposal(proposed)
            .is_some()
    );
    // Whoever says more, or something else, is believed.
    assert!(level(code("absent").into()).proposal(proposed).is_none());
    assert!(
        level(Knowledge::at_most(code("light")))
            .proposal(proposed)
            .is_none()
    );
}

/// A closed constraint says that nobody works on it any more, not that the person drives.
#[test]
fn a_closed_constraint_replaces_no_details() {
    let at = at();
    let sheet = r#"{
      "version": 1, "person": "dossier-12", "by": "departement-marne", "on": "2024-03-01", "means": "declared",
      "answers": {
        "licence.b": false, "vehicle.available": false, "residence.transport_served": "poor"
      }
    }"#;
    let details = Sheet::parse(sheet, at.engine()).unwrap().arrival();
    let closed =
        r#"[ { "code": "23", "valeur": "CLOTUREE", "date": "2024-03-11T09:02:40.000+00:00" } ]"#;
    let person = PersonRef::parse("dossier-12").unwrap();
    let options = france_travail_file::Options::new(person, by("pole-emploi"), at.date());
    let closed = france_travail_file::read(closed, &options)
        .unwrap()
        .unwrap();
    let merged = details.diagnostic.merge(&closed.arrival.diagnostic);
    let profile = Profile::of_diagnostic(&at, &merged.unwrap());
    let page = at.orient(&profile).unwrap();
    assert!(page.proposal("mobilite-diagnostic").is_some());
}
