//! The situations of people that packs and stories must cover: each is shown by an example of
//! a pack or by a story, and the stories that examples cannot tell stand here.

use std::collections::{BTreeMap, BTreeSet};

use spie::diagnostic::{Diagnostic, WithdrawalReason};
use spie::fact::{Means, Reason};
use spie::orientation::decision::{Answer, Choice, Decision, DecisionRecord, Subject};
use spie::orientation::{Question, Standing};
use spie::vocabulary::{FactName, PersonRef, SchemeId};
use spie::{Engine, EngineAt, Pack, Profile};

use crate::departement::bundled;
use crate::saying::{accepts, body, code, day, held, says, shown};

const ASKED: &str = include_str!("../samples/situations.txt");
const SHOWN: &str = include_str!("../../docs/situations.csv");

fn marne(on: &str) -> EngineAt {
    Engine::new(&Pack::marne().unwrap()).at(day(on))
}

#[test]
fn each_situation_is_shown_by_an_example_or_a_story() {
    let examples = bundled("example");
    let ids = examples
        .iter()
        .map(|one| one["id"].as_str().unwrap().to_owned());
    let examples: BTreeSet<String> = ids.collect();
    let stories = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stories");
    let is_story = |named: &str| {
        let Some((file, test)) = named.split_once("::") else {
            return false;
        };
        let source = std::fs::read_to_string(format!("{stories}/{file}.rs"));
        source.is_ok_and(|source| source.contains(&format!("#[test]\nfn {test}() {{")))
    };
    let mut reader = csv::Reader::from_reader(SHOWN.as_bytes());
    let header: Vec<&str> = reader.headers().unwrap().iter().collect();
    assert_eq!(header, ["situation", "title", "shown_by"]);
    let (mut answered, mut named, mut faults) = (Vec::new(), BTreeSet::new(), Vec::new());
    for record in reader.records() {
        let record = record.unwrap();
        answered.push(record[0].to_owned());
        if record[1].trim().is_empty() || record[2].trim().is_empty() {
            faults.push(format!(
                "{} has no title, or is shown by nothing",
                &record[0]
            ));
        }
        for shown_by in record[2].split_whitespace() {
            if !examples.contains(shown_by) && !is_story(shown_by) {
                faults.push(format!("{} names {shown_by}, which is neither", &record[0]));
            }
            named.insert(shown_by.to_owned());
        }
    }
    let unnamed = examples.iter().filter(|id| id.starts_with("situation-"));
    let unnamed = unnamed.filter(|id| !named.contains(*id));
    faults.extend(unnamed.map(|id| format!("no situation names {id}")));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(answered, ASKED.lines().collect::<Vec<_>>());
}

/// The decision, the référent and the diagnostic go along; services are those of the new place.
#[test]
fn who_moves_inside_the_marne_keeps_what_was_done() {
    let at = marne("2025-03-15");
    let of_department = |about: &str, known: spie::Knowledge| {
        let on = "2025-01-10";
        says("departement-marne", Means::Attested, on, about, known)
    };
    let lives = |on: &str, commune: &str| {
        says(
            "caf-51",
            Means::Attested,
            on,
            "residence.commune",
            code(commune),
        )
    };
    let before = [
        lives("2025-01-10", "51454"),
        says("caf-51", Means::Attested, "2025-03-01", "rsa", true),
        says(
            "caf-51",
            Means::Attested,
            "2025-03-01",
            "rsa.rights_duties",
            true,
        ),
        of_department("decision.track", code("social").into()),
        of_department("decision.lead_body", code("departement-marne").into()),
        of_department("diagnostic.done_on", day("2025-01-06").into()),
        of_department("contract.kind", code("contrat_engagement").into()),
        of_department("contract.signed_on", day("2025-01-10").into()),
    ];
    let mut whole = held(at.engine(), before);
    let answer = |whole: &Diagnostic| {
        let profile = Profile::of_diagnostic(&at, whole);
        let orientation = at.orient(&profile).unwrap();
        let track = orientation.track.clone().unwrap();
        let leads = track.options.iter();
        let leads: Vec<_> = leads
            .map(|one| (one.track.clone(), one.lead.clone()))
            .collect();
        let again = orientation.proposal("diagnostic-global").is_some();
        (leads, again)
    };
    let at_reims = answer(&whole);
    whole
        .record(at.engine(), lives("2025-03-10", "51230"))
        .unwrap();
    let at_epernay = answer(&whole);
    assert_eq!(at_reims, at_epernay);
    assert_eq!(at_epernay.0[0].0.as_str(), "social");
    assert!(!at_epernay.1, "no second diagnostic");
}

/// A body that the law makes competent without having signed: what signatories open to each other
/// is not opened to it.
#[test]
fn a_body_that_did_not_sign_sees_nothing_by_the_convention() {
    let at = marne("2021-09-15");
    let sees = |recipient: &str| {
        let on = "2021-09-01";
        let whole = held(
            at.engine(),
            [
                says("pole-emploi", Means::Attested, on, "jobseeker", true),
                accepts("pole-emploi", Means::Declared, on, &[recipient], &[]),
            ],
        );
        let view = whole.view(&at, &body(recipient)).unwrap();
        shown(&view).contains(&"jobseeker")
    };
    assert!(sees("ml-reims"), "it signed, and the person agrees");
    assert!(!sees("ml-epernay"));
}

/// It is proposed all the same, since the law makes it competent, and marked so.
#[test]
fn a_body_that_did_not_sign_is_proposed_and_marked() {
    let at = marne("2025-03-15");
    let of = |commune: &str| {
        let profile = Profile::builder(at.engine(), at.date())
            .set("birth_date", day("2004-05-20"))
            .set("residence.commune", code(commune))
            .set("employed", false)
            .set("rsa", false)
            .set("worked_hours_36m", 0)
            .build();
        let orientation = at.orient(&profile.unwrap()).unwrap();
        assert!(orientation.proposal("cej").is_some());
        orientation.to_string()
    };
    let line = "Avec : Mission locale du pays d'Épernay (hors convention)";
    assert!(of("51230").contains(line), "{}", of("51230"));
    assert!(!of("51454").contains("Mission locale de Reims (hors"));
}

#[test]
fn a_commune_partly_in_a_zone_leaves_the_address_to_be_asked() {
    let at = marne("2024-03-15");
    let of = |commune: &str| {
        let profile = Profile::builder(at.engine(), at.date())
            .set("residence.commune", code(commune))
            .set("jobseeker", true)
            .set("hire_promise", true)
            .set("hire_promise.contract", code("cdi"))
            .set("hire_promise.starts_on", day("2024-04-02"))
            .build();
        at.orient(&profile.unwrap()).unwrap()
    };
    let open = of("51454").open;
    let job = open
        .iter()
        .find(|one| one.scheme.as_str() == "emploi-franc");
    let missing: Vec<&str> = job.unwrap().missing.iter().map(FactName::as_str).collect();
    assert!(missing.contains(&"residence.qpv"), "{missing:?}");
}

#[test]
fn under_eighteen_whoever_represents_is_named() {
    let at = marne("2025-03-15");
    let minor = Profile::builder(at.engine(), at.date()).set("birth_date", day("2008-05-20"));
    let orientation = at.orient(&minor.build().unwrap()).unwrap();
    assert_eq!(orientation.standing, [Standing::Minor]);
    assert!(
        orientation
            .to_string()
            .contains("la personne qui vous représente légalement")
    );
}

/// Every question that somebody is asked who declines each of them, one after the other.
fn asked_of_who_declines_all(at: &EngineAt, known: &[(&str, spie::Knowledge)]) -> Vec<Question> {
    let mut asked: Vec<Question> = Vec::new();
    loop {
        let mut builder = Profile::builder(at.engine(), at.date());
        for (fact, knowledge) in known {
            builder = builder.set(fact, knowledge.clone());
        }
        for question in &asked {
            builder = builder.unknown(&question.missing.fact, Reason::Declined);
        }
        let profile = builder.build().unwrap();
        let Some(question) = at.next_question(&profile, None).unwrap() else {
            return asked;
        };
        let again = asked
            .iter()
            .any(|one| one.missing.fact == question.missing.fact);
        assert!(!again, "{} was asked twice", question.missing.fact);
        asked.push(question);
    }
}

/// Of a birth and of an absence the person says what they want: nothing asks.
#[test]
fn nobody_is_asked_about_a_birth_or_an_absence() {
    let at = marne("2025-03-15");
    let known = [
        ("birth_date", day("1995-05-20").into()),
        ("rsa", true.into()),
    ];
    let asked = asked_of_who_declines_all(&at, &known);
    assert!(asked.len() > 10);
    for question in asked {
        let fact = question.missing.fact;
        assert!(!fact.as_str().starts_with("pregnancy"), "{fact}");
        assert_ne!(fact.as_str(), "pathway.resumes_on");
    }
}

#[test]
fn a_childs_special_need_is_not_shown_to_employers_or_training_bodies() {
    let at = marne("2025-03-15");
    let on = "2025-03-01";
    let others = [
        "almea",
        "afpa",
        "crepi",
        "mattea",
        "pole-emploi",
        "cap-emploi",
        "ml-reims",
        "region-grand-est",
    ];
    let sees = |recipient: &str| {
        let need = "children.special_needs";
        let project = code("defined");
        let whole = held(
            at.engine(),
            [
                says("caf-51", Means::Declared, on, need, true),
                says("pole-emploi", Means::Declared, on, "project.state", project),
                accepts("caf-51", Means::Declared, on, &[recipient], &[]),
            ],
        );
        let view = whole.view(&at, &body(recipient)).unwrap();
        shown(&view).contains(&need)
    };
    for recipient in others {
        assert!(!sees(recipient), "{recipient}");
    }
    assert!(sees("departement-marne"), "who looks for that care sees it");
}

/// A question is the one of its fact in the pack, word for word: an embedder translates them
/// before, and finds each by its fact.
#[test]
fn questions_are_put_in_another_language() {
    let at = marne("2025-03-15");
    let facts = bundled("fact");
    let questions = facts.iter().filter_map(|fact| {
        let question = fact.get("question")?.as_str()?.to_owned();
        Some((fact["name"].as_str()?, question))
    });
    let catalogue: BTreeMap<&str, String> = questions.collect();
    let asked = asked_of_who_declines_all(&at, &[("birth_date", day("1995-05-20").into())]);
    assert!(asked.len() > 10);
    for question in asked {
        let fact = question.missing.fact.as_str();
        assert_eq!(
            question.missing.question.as_ref(),
            catalogue.get(fact),
            "{fact}"
        );
        assert!(catalogue.contains_key(fact), "{fact}");
    }
}

#[test]
fn two_references_of_one_person_are_joined_with_both_histories() {
    let at = marne("2025-03-15");
    let here = held(
        at.engine(),
        [says("caf-51", Means::Attested, "2025-02-01", "rsa", true)],
    );
    let said = says(
        "pole-emploi",
        Means::Attested,
        "2025-02-10",
        "jobseeker",
        true,
    );
    let mut there =
        held(at.engine(), [said.clone()]).relink(PersonRef::parse("demandeur-7").unwrap());
    let taken_back = said.retracted(day("2025-02-12"), WithdrawalReason::Mistake);
    there.record(at.engine(), taken_back).unwrap();
    assert!(here.merge(&there).is_err(), "two references are two people");
    let there = there.relink(here.person().clone());
    let whole = here.merge(&there).unwrap();
    assert_eq!(
        whole.entries().count(),
        3,
        "what was taken back stays in the history"
    );
    assert_eq!(whole, there.merge(&here).unwrap());
    let facts = whole.resolve(&at).facts;
    assert!(facts.contains_key("rsa") && !facts.contains_key("jobseeker"));
}

#[test]
fn what_was_said_of_somebody_else_is_withdrawn_and_its_decisions_named() {
    let at = marne("2025-03-15");
    let read = |about: &str, known: spie::Knowledge| {
        says("pole-emploi", Means::Attested, "2025-03-01", about, known)
    };
    let of_another = [
        read("birth_date", day("1990-03-01").into()),
        read("jobseeker", true.into()),
        read("licence.b", false.into()),
        read("barrier.mobility", code("moderate").into()),
    ];
    let mut whole = held(at.engine(), of_another.clone());
    let untouched = whole.clone();
    let view = whole.view(&at, &body("pole-emploi")).unwrap();
    let proposed = at
        .orient(&Profile::of_diagnostic(&at, &view.diagnostic))
        .unwrap();
    let scheme = SchemeId::parse("mobilite-diagnostic").unwrap();
    assert!(proposed.proposal(scheme.as_str()).is_some());
    let decision = Decision {
        by: body("pole-emploi"),
        on: at.date(),
        choices: vec![Choice {
            subject: Subject::Scheme(scheme),
            answer: Answer::Accepted,
            departure: None,
        }],
    };
    let record = DecisionRecord::of_view(&at, &view, decision).unwrap();
    for said in of_another {
        let withdrawn = said.retracted(at.date(), WithdrawalReason::WrongPerson);
        whole.record(at.engine(), withdrawn).unwrap();
    }
    assert!(whole.resolve(&at).facts.is_empty(), "nothing of it counts");
    let mut elsewhere = untouched;
    elsewhere.merge_from(&body("pole-emploi"), &whole).unwrap();
    assert!(
        elsewhere.resolve(&at).facts.is_empty(),
        "nor at those who hold a copy"
    );
    assert!(
        record.rests_on(&whole),
        "the decision that used it is found"
    );
}

/// Somebody of whom a name and a date of birth are known: a meeting, questions, no guess.
#[test]
fn who_is_known_by_a_name_is_met_and_asked() {
    let at = marne("2025-03-15");
    let profile = Profile::builder(at.engine(), at.date()).set("birth_date", day("2004-05-20"));
    let profile = profile.build().unwrap();
    let orientation = at.orient(&profile).unwrap();
    let track = orientation.track.unwrap();
    assert!(track.meeting.is_some() && track.options.len() > 1);
    let question = at.next_question(&profile, None).unwrap().unwrap();
    assert!(question.certain && !question.decides.is_empty());
    assert!(question.missing.question.is_some() || !question.ask_first.is_empty());
}

#[test]
fn two_bodies_that_lead_are_a_dispute_to_settle() {
    let at = marne("2025-03-15");
    let on = "2025-03-01";
    let leads = |by: &str| says(by, Means::Attested, on, "decision.lead_body", code(by));
    let whole = held(
        at.engine(),
        [
            says("caf-51", Means::Attested, on, "rsa", true),
            says("caf-51", Means::Attested, on, "rsa.rights_duties", true),
            says(
                "departement-marne",
                Means::Attested,
                on,
                "decision.track",
                code("socio_professional"),
            ),
            leads("departement-marne"),
            leads("ml-reims"),
        ],
    );
    let profile = Profile::of_diagnostic(&at, &whole);
    let disputes = at.disputes(&profile).unwrap();
    let lead = disputes
        .iter()
        .find(|one| one.fact.as_str() == "decision.lead_body");
    let lead = lead.expect("the two are told apart");
    assert_eq!(lead.sides.len(), 2);
    assert!(!lead.attest.is_empty(), "and who can settle it is named");
    let track = at.orient(&profile).unwrap().track.unwrap();
    assert_eq!(track.options.len(), 1, "one track, as decided");
    assert_eq!(
        track.options[0].lead.candidates.len(),
        2,
        "to be settled between the two"
    );
}
