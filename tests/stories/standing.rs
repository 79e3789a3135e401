//! Facts about a person's standing, treated by the engine for every rule.

use chrono::NaiveDate;
use spie::orientation::Standing;
use spie::{Engine, Knowledge, Orientation, Pack, Profile};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Somebody in Reims with a toddler to be cared for, and one more fact.
fn orient(fact: &str, knowledge: impl Into<Knowledge>) -> Orientation {
    let engine = Engine::new(&Pack::marne().unwrap());
    let on = day("2025-03-15");
    let code = |code: &str| spie::vocabulary::Code::parse(code).unwrap();
    let row = [
        ("birth_date", Knowledge::from(day("2023-05-01"))),
        ("at_home", Knowledge::from(true)),
    ];
    let row =
        row.map(|(name, knowledge)| (spie::vocabulary::FactName::parse(name).unwrap(), knowledge));
    let profile = Profile::builder(&engine, on)
        .set("birth_date", day("1990-03-01"))
        .set("residence.commune", code("51454"))
        .set("jobseeker", true)
        .set("rsa", false)
        .set(
            "children",
            spie::fact::Rows {
                rows: vec![row.into()],
                complete: true,
            },
        )
        .set("childcare.needed", true)
        .set("childcare.solution", code("no_solution"))
        .set(fact, knowledge)
        .build()
        .unwrap();
    engine.at(on).orient(&profile).unwrap()
}

#[test]
fn after_a_death_nothing_is_proposed_asked_or_reminded() {
    let orientation = orient("person.deceased_on", day("2025-02-01"));
    assert_eq!(orientation.standing, [Standing::Deceased]);
    assert!(orientation.track.is_none());
    assert!(orientation.proposals.is_empty() && orientation.open.is_empty());
    assert!(orientation.missing.is_empty());
}

#[test]
fn under_tutelle_somebody_represents_and_the_person_is_still_addressed() {
    let tutelle = spie::vocabulary::Code::parse("tutelle").unwrap();
    let orientation = orient("legal_protection", tutelle);
    assert_eq!(orientation.standing, [Standing::Represented]);
    let page = orientation.to_string();
    assert!(page.contains("C'est à vous que l'on s'adresse."));
    assert!(
        !page.contains("tutelle"),
        "the measure itself is not read out"
    );
}

#[test]
fn in_danger_at_home_nothing_tells_a_place_a_child_or_the_flag() {
    let open = orient("contact.restricted", false);
    assert!(open.proposal("avip").is_some() && open.to_string().contains("Place en crèche"));
    let restricted = orient("contact.restricted", true);
    let json = serde_json::to_string(&restricted).unwrap();
    let page = restricted.to_string();
    for text in [page.as_str(), json.as_str()] {
        for word in [
            "restricted",
            "51454",
            "de Reims",
            "moins de trois ans",
            "garde d'enfants :",
            "enfants :",
        ] {
            assert!(!text.contains(word), "« {word} » in {text}");
        }
    }
    let reason = &restricted.proposal("avip").unwrap().grounds[0].because;
    assert_eq!(reason, "Le motif vous est dit de vive voix.");
}

/// A roof is asked for as by anybody else, and why is told face to face.
#[test]
fn in_danger_at_home_a_shelter_is_offered_and_its_reason_left_on_no_paper() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let on = day("2025-03-14");
    let code = |code: &str| spie::vocabulary::Code::parse(code).unwrap();
    let profile = Profile::builder(&engine, on)
        .set("residence.commune", code("51454"))
        .set("housing.status", code("private_tenant"))
        .set("housing.loss_on", day("2025-03-15"))
        .set("wish.shelter", true)
        .set("residence.postal_address", false)
        .set("residence.domiciliation", false)
        .set("contact.restricted", true)
        .build()
        .unwrap();
    let orientation = engine.at(on).orient(&profile).unwrap();
    for scheme in ["siao", "domiciliation", "demande-logement"] {
        let proposal = orientation.proposal(scheme).unwrap();
        for ground in &proposal.grounds {
            assert_eq!(ground.because, "Le motif vous est dit de vive voix.");
            assert!(ground.proof.facts.is_empty(), "{scheme}: {ground:?}");
        }
    }
    let json = serde_json::to_string(&orientation).unwrap();
    for word in [
        "restricted",
        "51454",
        "de Reims",
        "wish.shelter",
        "housing.",
    ] {
        assert!(!json.contains(word), "« {word} » in {json}");
    }
}
