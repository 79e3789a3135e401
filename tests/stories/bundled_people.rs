//! The twelve bundled people, as pages: golden stories, read by a human eye.

use chrono::NaiveDate;
use spie::fact::Origin;
use spie::interop::{Caseload, Person};
use spie::vocabulary::Code;
use spie::{Engine, Orientation, Pack, Profile};

/// The day that the people are told for.
const TOLD_FOR: &str = "2025-03-15";

/// The same people on another day: each of their dates as many days before it.
fn people_on(engine: &Engine, on: NaiveDate) -> Vec<Person> {
    let caseload = Caseload::bundled_on(engine, on).unwrap();
    let refused: Vec<_> = caseload.refused.iter().map(ToString::to_string).collect();
    assert_eq!(refused, Vec::<String>::new());
    assert!(
        caseload
            .people
            .iter()
            .all(|one| one.told_after(on).count() == 0)
    );
    caseload.people
}

/// Told for one day, and asked about an earlier one: what was said later is not known yet.
#[test]
fn what_was_said_later_is_not_known_yet() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let text = r#"{ "version": 1, "people": [ { "ref": "a", "facts": {
        "decision.track": { "value": "social", "by": "departement-marne", "on": "2024-01-15", "means": "attested" },
        "housing.loss_on": { "value": "2024-06-30", "by": "person", "on": "2024-01-15", "means": "declared" },
        "rsa": true
    } } ] }"#;
    let caseload = Caseload::parse(text, &engine).unwrap();
    let person = &caseload.people[0];
    let origin = |on: &str, fact| {
        let profile = person.profile(&engine, on.parse().unwrap()).unwrap();
        profile.origin(fact).unwrap()
    };
    for fact in ["decision.track", "housing.loss_on"] {
        assert!(
            !matches!(origin("2024-01-14", fact), Origin::Told(_)),
            "{fact}"
        );
        // A day that is still to come may be known.
        assert!(
            matches!(origin("2024-01-15", fact), Origin::Told(_)),
            "{fact}"
        );
    }
    // What says no day was always so.
    assert!(matches!(origin("2021-09-15", "rsa"), Origin::Told(_)));
}

/// A danger at home is no secret of the day on which it was said: an answer about an earlier day
/// is handed out today.
#[test]
fn a_danger_at_home_that_was_said_later_keeps_its_effect() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let on: NaiveDate = TOLD_FOR.parse().unwrap();
    let page = |danger: Option<&str>| {
        let source = danger.map(|day| spie::fact::Source {
            on: Some(day.parse().unwrap()),
            ..Default::default()
        });
        let home = Code::parse("51454").unwrap();
        let mut profile = Profile::builder(&engine, on)
            .set("residence.commune", home)
            .set("jobseeker", true)
            .set("wish.work", true);
        if let Some(source) = source {
            profile = profile.set_from("contact.restricted", true, source);
        }
        let orientation = engine.at(on).orient(&profile.build().unwrap()).unwrap();
        orientation.to_string()
    };
    assert_ne!(page(None), page(Some("2025-03-15")));
    assert_eq!(page(Some("2025-03-15")), page(Some("2025-03-16")));
}

/// The people oriented on a day, each with the line that introduces them.
fn orientations(on: &str) -> Vec<(String, Orientation)> {
    let engine = Engine::new(&Pack::marne().unwrap());
    let on = on.parse().unwrap();
    let people = people_on(&engine, on);
    let people = people.iter().map(|person| {
        let profile = person
            .profile(&engine, on)
            .unwrap_or_else(|errors| panic!("{errors}"));
        let title = person.title.as_deref().unwrap_or_default();
        let orientation = engine.at(on).orient(&profile).unwrap();
        (format!("{} — {title}", person.reference), orientation)
    });
    people.collect()
}

fn pages(on: &str) -> String {
    let pages = orientations(on).into_iter().map(|(title, page)| {
        format!(
            "{title}
{page}"
        )
    });
    pages.collect::<Vec<_>>().join(
        "
",
    )
}

/// In September 2021: the SPIE of the convention, and Pôle emploi.
#[test]
fn pages_of_september_2021() {
    let pages = pages("2021-09-15");
    assert!(pages.contains("convention du Département de la Marne et de l'État du 27 mai 2021"));
    assert!(pages.contains("Pôle emploi") && !pages.contains("France Travail"));
    insta::assert_snapshot!(pages);
}

/// In 2024: the law of 2021 under the new names.
#[test]
fn pages_of_june_2024() {
    let pages = pages("2024-06-15");
    assert!(pages.contains("France Travail") && !pages.contains("Pôle emploi peut"));
    insta::assert_snapshot!(pages);
}

/// In March 2025: the réseau pour l'emploi, and France Travail.
#[test]
fn pages_of_march_2025() {
    let pages = pages("2025-03-15");
    assert!(pages.contains("Réseau pour l'emploi"));
    assert!(pages.contains("France Travail") && !pages.contains("Pôle emploi"));
    insta::assert_snapshot!(pages);
}

#[test]
fn nothing_is_proposed_without_proof_reason_and_source() {
    for on in ["2021-09-15", "2024-06-15", "2025-03-15"] {
        for (title, orientation) in orientations(on) {
            let track = orientation.track.as_ref().expect("an answer for everybody");
            assert!(!track.options.is_empty(), "{title}: everybody has a track");
            for proposal in &orientation.proposals {
                assert!(!proposal.title.is_empty() && !proposal.scheme_source.is_empty());
                for ground in &proposal.grounds {
                    let of = format!("{title}: {}", ground.rule);
                    assert!(!ground.because.trim().is_empty(), "{of} has a reason");
                    assert!(!ground.source.trim().is_empty(), "{of} has a source");
                    assert!(!ground.proof.facts.is_empty(), "{of} has a proof");
                }
            }
        }
    }
}

#[test]
fn no_page_reads_out_health_justice_or_violence() {
    let words = [
        "handicap",
        "curatelle",
        "détention",
        "prison",
        "justice",
        "réfugi",
        "aidant",
        "santé",
        "invalidité",
        "violence",
        "addiction",
        "judiciaire",
    ];
    for on in ["2021-09-15", "2024-06-15", "2025-03-15"] {
        for (title, orientation) in orientations(on) {
            let page = orientation.to_string().to_lowercase();
            // The name of an office or of a right is not a fact about the person.
            let page = page
                .replace("commissaire de justice", "")
                .replace("couverture santé complète", "")
                .replace("complémentaire santé solidaire", "");
            for word in words {
                assert!(!page.contains(word), "{title}: « {word} »\n{orientation}");
            }
        }
    }
}

/// What a program prints of an answer names facts, and never says what they are.
#[test]
fn a_printed_answer_tells_no_value() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let on: NaiveDate = TOLD_FOR.parse().unwrap();
    let (at, mut looked_at) = (engine.at(on), 0);
    for person in people_on(&engine, on) {
        let profile = person.profile(&engine, on).unwrap();
        let orientation = at.orient(&profile).unwrap();
        let why_not = at.why_not(&profile).unwrap();
        let debugged = format!("{orientation:?} {why_not:?} {profile:?}");
        let proofs = orientation.proposals.iter().flat_map(|one| &one.grounds);
        let facts = proofs.flat_map(|ground| &ground.proof.facts);
        let failed = why_not.iter().flat_map(|one| &one.tests);
        let days = orientation.proposals.iter();
        let days = days.filter_map(|one| serde_json::to_value(one.deadline.as_ref()?).ok());
        let days = days.filter_map(|day| Some(day.get("date")?.as_str()?.to_owned()));
        let values = facts
            .map(|fact| fact.value.clone())
            .chain(failed.map(|test| test.is.clone()))
            .chain(days);
        // A day, an amount, a number of months: no label of a fact and no reason holds them.
        for value in values.filter(|value| value.chars().filter(char::is_ascii_digit).count() > 2) {
            assert!(!debugged.contains(&value), "{value}");
            looked_at += 1;
        }
    }
    assert!(looked_at > 100, "{looked_at}");
}
