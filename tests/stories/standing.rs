//! Facts about a person's standing, treated by the engine for every rule.

use chrono::NaiveDate;
use spie::interop::Caseload;
use spie::orientation::Standing;
use spie::orientation::decision::{
    Answer, Choice, Decision, DecisionRecord, ReplayOutcome, Subject,
};
use spie::profile::ProfileBuilder;
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

/// Somebody with debts and no complete health cover.
fn in_debt(engine: &Engine) -> ProfileBuilder {
    Profile::builder(engine, day("2025-03-15"))
        .set("debt.over_indebted", true)
        .set("health_cover.complete", false)
}

/// The time to see an adviser waits; a right that may be lost does not, and the page says which
/// day counts.
#[test]
fn deadlines_that_wait_count_from_the_day_on_which_somebody_can_act() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let at = engine.at(day("2025-03-15"));
    let profile = in_debt(&engine)
        .set("pathway.resumes_on", day("2025-05-05"))
        .build()
        .unwrap();
    let orientation = at.orient(&profile).unwrap();
    let due = |scheme: &str| {
        let proposal = orientation.proposal(scheme).unwrap();
        let deadline = proposal.deadline.as_ref().unwrap().to_string();
        (deadline, proposal.counted_from)
    };
    let (advice, cover) = (due("point-conseil-budget"), due("css"));
    assert_eq!(
        advice,
        (
            "au plus tard le 5 juin 2025".to_owned(),
            Some(day("2025-05-05"))
        )
    );
    assert_eq!(cover, ("au plus tard le 28 mars 2025".to_owned(), None));
    let page = orientation.to_string();
    assert!(page.contains("(délai compté de la reprise de vos démarches, le 5 mai 2025)"));
    let receipt = at.receipt(&profile).unwrap();
    assert!(
        receipt
            .facts
            .iter()
            .any(|fact| fact.as_str() == "pathway.resumes_on")
    );

    let by = spie::vocabulary::BodyId::parse("departement-marne").unwrap();
    let kept = |scheme: &str| {
        let decision = Decision {
            by: by.clone(),
            on: at.date(),
            choices: vec![Choice {
                subject: Subject::Scheme(spie::vocabulary::SchemeId::parse(scheme).unwrap()),
                answer: Answer::Accepted,
                departure: None,
            }],
        };
        let person = spie::vocabulary::PersonRef::parse("dossier-12").unwrap();
        DecisionRecord::of_profile(&at, person, &profile, decision).unwrap()
    };
    let record = kept("point-conseil-budget");
    assert!(
        serde_json::to_string(&record)
            .unwrap()
            .contains("pathway.resumes_on")
    );
    assert_eq!(record.replay(&engine).outcome, ReplayOutcome::Same);
    let notice = at.notice(&profile, &by).unwrap().to_string();
    assert!(notice.contains("Ce délai est compté de la reprise de vos démarches, le 5 mai 2025."));
}

/// A day known in part leaves the deadline between two days, or open and named by the resumption.
#[test]
fn a_day_of_resumption_known_in_part_leaves_the_deadline_open() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let at = engine.at(day("2025-03-15"));
    let due = |resumes: Knowledge| {
        let profile = Profile::builder(&engine, at.date())
            .set("debt.over_indebted", true)
            .set("pathway.resumes_on", resumes)
            .build();
        let orientation = at.orient(&profile.unwrap()).unwrap();
        let proposal = orientation.proposal("point-conseil-budget").unwrap();
        proposal.deadline.as_ref().unwrap().to_string()
    };
    let known = Knowledge::between(day("2025-05-05"), day("2025-05-19"));
    let between = due(known);
    assert!(
        between.contains("entre le 5 juin 2025 et le 19 juin 2025"),
        "{between}"
    );
    let open = due(Knowledge::at_least(day("2025-05-05")));
    assert!(open.contains("reprise possible des démarches"), "{open}");
}

/// When somebody is where, is told to nobody: not even by a later day.
#[test]
fn in_danger_at_home_no_paper_tells_when_somebody_is_back() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let at = engine.at(day("2025-03-15"));
    let handed_out = |builder: ProfileBuilder| {
        let profile = builder.set("contact.restricted", true).build().unwrap();
        let orientation = at.orient(&profile).unwrap();
        serde_json::to_string(&orientation).unwrap() + &orientation.to_string()
    };
    let waits = in_debt(&engine).set("pathway.resumes_on", day("2025-05-05"));
    let told = handed_out(waits);
    assert!(told.contains("point-conseil-budget"));
    assert_eq!(told, handed_out(in_debt(&engine)));
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
    assert!(restricted.proposal("avip").is_none());
    for (rank, proposal) in (1..).zip(&restricted.proposals) {
        assert_eq!(proposal.rank, rank);
    }
    // The lead body reads, face to face, what anybody else would.
    let whole = restricted.face_to_face.unwrap();
    assert_eq!(whole.proposals, open.proposals);
    assert!(whole.face_to_face.is_none());
}

/// A roof is asked for as by anybody else, and stands on no paper.
#[test]
fn in_danger_at_home_a_shelter_is_offered_face_to_face_alone() {
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
    let whole = orientation.face_to_face.as_ref().unwrap();
    for scheme in ["siao", "domiciliation", "demande-logement"] {
        assert!(orientation.proposal(scheme).is_none(), "{scheme}");
        let proposal = whole.proposal(scheme).unwrap();
        assert!(!proposal.grounds[0].proof.facts.is_empty(), "{scheme}");
    }
    let json = serde_json::to_string(&orientation).unwrap();
    for text in [orientation.to_string(), json] {
        for word in [
            "restricted",
            "face_to_face",
            "51454",
            "Reims",
            "wish.shelter",
            "housing.",
            "hébergement",
            "115",
            "de vive voix",
        ] {
            assert!(!text.contains(word), "« {word} » in {text}");
        }
    }
}

/// Whatever is handed out about the bundled people, in danger, is the same wherever they live.
#[test]
fn in_danger_at_home_the_answer_is_the_same_in_every_commune() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let handed_out = |commune: &str| -> Vec<String> {
        let text = include_str!("../../packs/marne/people.json");
        let mut people: serde_json::Value = serde_json::from_str(text).unwrap();
        for person in people["people"].as_array_mut().unwrap() {
            person["facts"]["residence.commune"] = commune.into();
            person["facts"]["contact.restricted"] = true.into();
        }
        let caseload = Caseload::parse(&people.to_string(), &engine).unwrap();
        assert_eq!((caseload.people.len(), caseload.refused.len()), (12, 0));
        let dates = ["2021-09-15", "2024-03-15", "2025-03-15"].map(day);
        let people = caseload.people.iter();
        let asked = people.flat_map(|person| dates.map(|on| (person, on)));
        let answers = asked.map(|(person, on)| {
            let profile = person.profile(&engine, on).unwrap();
            let at = engine.at(on);
            let orientation = at.orient(&profile).unwrap();
            let json = serde_json::to_string(&orientation).unwrap();
            format!("{} {on}\n{orientation}\n{json}", person.reference)
        });
        answers.collect()
    };
    let in_reims = handed_out("51454");
    for commune in ["51230", "51649", "51108", "51573"] {
        for (here, there) in in_reims.iter().zip(handed_out(commune)) {
            assert_eq!(*here, there, "{commune}");
        }
    }
}
