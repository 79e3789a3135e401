//! Decisions kept, found again years later, and reached by erasures.

use spie::diagnostic::{Diagnostic, Erasure, ErasureGround, Scope};
use spie::fact::Means;
use spie::orientation::decision::{
    Answer, Choice, Decision, DecisionReadError, DecisionRecord, Departure, DepartureReason,
    ProposalState, RecordedDeadline, ReplayOutcome, Subject,
};
use spie::vocabulary::{PersonRef, SchemeId};
use spie::{Engine, EngineAt, Pack, Profile};

use crate::saying::{body, code, day, erasure, fact, held, says};

fn scheme(id: &str) -> Subject {
    Subject::Scheme(SchemeId::parse(id).unwrap())
}

fn choice(subject: Subject, answer: Answer) -> Choice {
    Choice {
        subject,
        answer,
        departure: None,
    }
}

fn because(reason: DepartureReason, text: Option<&str>) -> Departure {
    Departure {
        reason,
        text: text.map(str::to_owned),
    }
}

fn decision(by: &str, choices: impl IntoIterator<Item = Choice>) -> Decision {
    Decision {
        by: body(by),
        on: day("2025-03-20"),
        choices: choices.into_iter().collect(),
    }
}

/// Somebody without a licence in a village, as the agency and the Département know them.
fn without_a_licence(engine: &Engine) -> Diagnostic {
    let ft = |about: &str, known: spie::Knowledge| {
        says("pole-emploi", Means::Attested, "2025-03-01", about, known)
    };
    held(
        engine,
        [
            ft("birth_date", day("1990-03-01").into()),
            ft("residence.commune", code("51649").into()),
            ft("residence.transport_served", code("unserved").into()),
            ft("jobseeker", true.into()),
            ft("licence.b", false.into()),
            ft("vehicle.available", false.into()),
            says("caf-51", Means::Attested, "2025-02-10", "rsa", true),
            says(
                "caf-51",
                Means::Attested,
                "2025-02-10",
                "rsa.rights_duties",
                true,
            ),
            says(
                "departement-marne",
                Means::Attested,
                "2025-03-04",
                "rsa.notified_to_department_on",
                day("2025-03-03"),
            ),
            says(
                "departement-marne",
                Means::Assessed,
                "2025-03-05",
                "rqth",
                true,
            ),
        ],
    )
}

fn spring(pack: &Pack) -> EngineAt {
    Engine::new(pack).at(day("2025-03-15"))
}

fn record_of(at: &EngineAt, whole: &Diagnostic, decision: Decision) -> DecisionRecord {
    let view = whole.view(at, &decision.by).unwrap();
    DecisionRecord::of_view(at, &view, decision).unwrap()
}

fn accepted(scheme_id: &str) -> [Choice; 1] {
    [choice(scheme(scheme_id), Answer::Accepted)]
}

#[test]
fn years_later_the_same_pack_gives_the_same_proposals() {
    let at = spring(&Pack::marne().unwrap());
    let whole = without_a_licence(at.engine());
    let by_us = decision("pole-emploi", accepted("mobilite-diagnostic"));
    let record = record_of(&at, &whole, by_us);
    let stored = serde_json::to_string_pretty(&record).unwrap();
    insta::assert_snapshot!("a_record_as_it_is_stored", stored);
    let read = DecisionRecord::parse(&stored).unwrap();
    assert_eq!(read, record);
    let replay = read.replay(&Engine::new(&Pack::marne().unwrap()));
    assert!(replay.same_pack);
    assert_eq!(replay.outcome, ReplayOutcome::Same, "{replay}");
}

/// What the decider may not see is in no part of its record.
#[test]
fn a_record_holds_what_the_decider_sees_and_no_more() {
    let at = spring(&Pack::marne().unwrap());
    let whole = without_a_licence(at.engine());
    let mut without = Diagnostic::new(whole.person().clone());
    for (_, entry) in whole.entries() {
        if entry.fact().as_str() != "rqth" {
            without.record(at.engine(), entry.clone()).unwrap();
        }
    }
    let written = |diagnostic: &Diagnostic| {
        let ours = decision("ml-reims", accepted("mobilite-diagnostic"));
        let record = record_of(&at, diagnostic, ours);
        (
            serde_json::to_string(&record).unwrap(),
            format!("{record:?}"),
        )
    };
    assert_eq!(written(&whole), written(&without));
    // The rules that read it are named with it; what it is, is nowhere.
    let stored: serde_json::Value = serde_json::from_str(&written(&whole).0).unwrap();
    assert!(stored["facts"].get("licence.b").is_some());
    assert!(stored["facts"].get("rqth").is_none());

    let view = whole.view(&at, &body("caf-51")).unwrap();
    let ours = decision("ml-reims", accepted("mobilite-diagnostic"));
    let error = DecisionRecord::of_view(&at, &view, ours).unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected the view of `ml-reims`, who decides, found that of `caf-51`"
    );
}

/// A rule that the bundled packs do not have, due within some time.
fn bicycle(within: &str) -> String {
    format!(
        r#"
        [[scheme]]
        id = "velo-pret"
        title = "Prêt d'un vélo"
        source = "Délibération (à vérifier)"
        verified = false

        [[rule]]
        id = "velo-sans-permis"
        title = "Un vélo sans permis"
        when = "not licence.b"
        propose = {{ scheme = "velo-pret", partner = "departement", priority = 1 }}
        within = "{within}"
        because = "Sans permis, un vélo peut aider."
        source = "Délibération (à vérifier)"
        verified = false
    "#
    )
}

#[test]
fn with_another_pack_the_difference_has_its_names() {
    let at = spring(&Pack::marne().unwrap());
    let whole = without_a_licence(at.engine());
    let record = record_of(
        &at,
        &whole,
        decision("pole-emploi", accepted("mobilite-diagnostic")),
    );
    let changed = r#"
        [pack]
        id = "marne-2031"
        title = "Marne, bien plus tard"
        extends = "marne"

        [[end]]
        rule = "mobility-check"
        from = 2025-01-01

    "#;
    let marne = Pack::marne().unwrap();
    let later = Pack::parse(
        [
            ("pack.toml", changed),
            ("bicycle.toml", &bicycle("1 month")),
        ],
        Some(&marne),
    );
    let later = later.unwrap_or_else(|errors| panic!("{errors}"));
    let replay = record.replay(&Engine::new(&later));
    assert!(!replay.same_pack);
    let ReplayOutcome::Different { changes, .. } = &replay.outcome else {
        panic!("{replay}");
    };
    assert!(replay.not_read.is_empty());
    let gained: Vec<_> = changes.iter().filter(|one| one.before.is_empty()).collect();
    assert_eq!(gained.len(), 1);
    assert_eq!(gained[0].scheme.as_str(), "velo-pret");
    insta::assert_snapshot!("a_record_replayed_with_another_pack", replay);
}

/// Who led the person is told by nothing once the word is gone: a name may tell a disability.
#[test]
fn an_erased_lead_body_is_named_no_more() {
    let at = spring(&Pack::marne().unwrap());
    let whole = without_a_licence(at.engine());
    // By the body, by its role, or where it may be one of two.
    let either = spie::Knowledge::one_of(["cap-emploi", "mission-locale"].map(code));
    for lead in [
        code("cap-emploi-51").into(),
        code("cap-emploi").into(),
        either,
    ] {
        erased_lead_is_not_named(&at, whole.clone(), lead);
    }
}

fn erased_lead_is_not_named(at: &EngineAt, mut whole: Diagnostic, lead: spie::Knowledge) {
    for (about, known) in [
        ("decision.track", code("professional").into()),
        ("decision.lead_body", lead),
    ] {
        let one = says(
            "departement-marne",
            Means::Attested,
            "2025-03-05",
            about,
            known,
        );
        whole.record(at.engine(), one).unwrap();
    }
    let mut record = record_of(
        at,
        &whole,
        decision("departement-marne", accepted("mobilite-diagnostic")),
    );
    let names = |record: &DecisionRecord| {
        let stored = serde_json::to_string(&record.track()).unwrap();
        stored.contains("cap-emploi") || stored.contains("Cap emploi")
    };
    assert!(names(&record));
    assert!(record.erase(&erasure(
        "departement-marne",
        Scope::Fact(fact("decision.lead_body")),
        "2025-03-10",
        ErasureGround::Request
    )));
    assert!(!names(&record));
    let stored = serde_json::to_string(&record).unwrap();
    assert_eq!(DecisionRecord::parse(&stored), Ok(record));
}

/// The date in it gives away itself, and the deadline that was counted from it.
#[test]
fn an_erased_input_leaves_no_trace_and_is_said_to_be_erased() {
    let at = spring(&Pack::marne().unwrap());
    let whole = without_a_licence(at.engine());
    let departs = Choice {
        departure: Some(because(
            DepartureReason::Other,
            Some("Dossier reçu le 3 mars"),
        )),
        ..choice(scheme("permis-ft"), Answer::Accepted)
    };
    let mut record = record_of(&at, &whole, decision("departement-marne", [departs]));
    // The day, the day six weeks later, and both in somebody's words.
    let traces = ["2025-03-03", "2025-04-14", "3 mars"];
    let stored = serde_json::to_string(&record).unwrap();
    for trace in traces {
        assert!(stored.contains(trace), "« {trace} » in {stored}");
    }
    let erasure = |by: &str, about: Scope| erasure(by, about, "2026-01-01", ErasureGround::Request);
    // A decision has a time of its own: that of what it rests on may be over.
    let over = Erasure {
        ground: ErasureGround::Retention,
        ..erasure("departement-marne", Scope::All)
    };
    assert!(!record.erase(&over));
    // Not its word, not its fact, not yet said: nothing goes.
    let opened = || Scope::Fact(fact("rsa.notified_to_department_on"));
    assert!(!record.erase(&erasure("ml-reims", opened())));
    assert!(!record.erase(&erasure("caf-51", Scope::Fact(fact("children")))));
    assert!(!record.erase(&Erasure {
        up_to: day("2025-03-03"),
        recorded_on: day("2025-03-03"),
        ..erasure("departement-marne", opened())
    }));
    assert!(!record.is_incomplete());
    // Whatever its author erases, its own words may repeat.
    let mut silenced = record.clone();
    assert!(silenced.erase(&erasure("departement-marne", Scope::Fact(fact("children")))));
    assert!(!serde_json::to_string(&silenced).unwrap().contains("3 mars"));
    assert!(!silenced.is_incomplete());
    // Words written after the fact, and before the order, may repeat it.
    let mut ordered = record.clone();
    let court = Erasure {
        by: body("ml-reims"),
        up_to: day("2025-03-01"),
        recorded_on: day("2025-04-01"),
        ground: ErasureGround::Court,
        scope: Scope::Fact(fact("children")),
    };
    assert!(ordered.erase(&court));
    assert!(!serde_json::to_string(&ordered).unwrap().contains("3 mars"));

    assert!(record.erase(&erasure("departement-marne", opened())));
    let stored = serde_json::to_string(&record).unwrap();
    let debug = format!("{record:?} {:?}", record.facts().collect::<Vec<_>>());
    for text in [&stored, &debug] {
        for trace in traces {
            assert!(!text.contains(trace), "« {trace} » in {text}");
        }
        assert!(!text.contains("rsa.notified_to_department_on"), "{text}");
    }
    let read = DecisionRecord::parse(&stored).unwrap();
    let replay = read.replay(at.engine());
    assert_eq!(replay.outcome, ReplayOutcome::InputsErased);
    assert_eq!(read.decision().choices.len(), 1, "what was decided stays");

    // The erasures of a diagnostic reach it, and those of nobody else.
    let mut ours = record_of(
        &at,
        &whole,
        decision("departement-marne", accepted("mobilite-diagnostic")),
    );
    let mut erased = without_a_licence(at.engine());
    erased
        .record_erasure(
            &at.engine().at(day("2026-01-01")),
            erasure("pole-emploi", Scope::All),
        )
        .unwrap();
    assert!(!ours.erase_as(&erased.clone().relink(PersonRef::parse("autre").unwrap())));
    assert!(ours.erase_as(&erased));
    let kept: Vec<_> = ours.facts().map(|(name, _)| name.as_str()).collect();
    assert!(
        !kept.contains(&"licence.b") && kept.contains(&"rsa"),
        "{kept:?}"
    );
}

#[test]
fn with_danger_at_home_a_record_tells_no_place_and_no_flag() {
    let at = spring(&Pack::marne().unwrap());
    let mut whole = without_a_licence(at.engine());
    for said in [
        says(
            "departement-marne",
            Means::Assessed,
            "2025-03-05",
            "contact.restricted",
            true,
        ),
        says(
            "departement-marne",
            Means::Attested,
            "2025-03-05",
            "decision.lead_body",
            code("departement-marne"),
        ),
    ] {
        whole.record(at.engine(), said).unwrap();
    }
    let ours = Choice {
        departure: Some(because(DepartureReason::PersonWishes, None)),
        ..choice(scheme("permis-ft"), Answer::Accepted)
    };
    let record = record_of(&at, &whole, decision("departement-marne", [ours]));
    let stored = serde_json::to_string(&record).unwrap();
    for word in [
        "restricted",
        "51649",
        "residence.commune",
        "Vitry",
        "housing.",
        "children",
    ] {
        assert!(!stored.contains(word), "« {word} » in {stored}");
    }
    let replay = record.replay(at.engine());
    assert_eq!(replay.outcome, ReplayOutcome::InputsErased);
    // Nothing was erased.
    let said = replay.to_string();
    assert!(said.contains("effacées, ou n'y ont jamais été écrites"));
}

#[test]
fn a_decision_that_departs_gives_its_reason() {
    let at = spring(&Pack::marne().unwrap());
    let whole = without_a_licence(at.engine());
    let view = whole.view(&at, &body("pole-emploi")).unwrap();
    let refused = |decision: Decision| {
        DecisionRecord::of_view(&at, &view, decision)
            .unwrap_err()
            .to_string()
    };
    let mut all = String::new();
    let mut tell = |decision: Decision| {
        all.push_str(&refused(decision));
        all.push('\n');
    };
    // Proposed and not done; done and not proposed.
    tell(decision(
        "pole-emploi",
        [choice(scheme("mobilite-diagnostic"), Answer::Refused)],
    ));
    tell(decision("pole-emploi", accepted("avip")));
    tell(decision("pole-emploi", accepted("permis-de-chasse")));
    tell(decision(
        "pole-emploi",
        [choice(Subject::Track(code("bleu")), Answer::Accepted)],
    ));
    tell(decision("pole-emploi", []));
    let twice = choice(scheme("mobilite-diagnostic"), Answer::Accepted);
    tell(decision("pole-emploi", [twice.clone(), twice.clone()]));
    tell(Decision {
        on: day("2025-03-14"),
        ..decision("pole-emploi", [twice])
    });
    tell(decision(
        "pole-emploi",
        [Choice {
            departure: Some(because(DepartureReason::TooEarly, Some("  "))),
            ..choice(
                scheme("mobilite-diagnostic"),
                Answer::Postponed {
                    until: Some(day("2025-03-01")),
                },
            )
        }],
    ));
    tell(decision(
        "pole-emploi",
        [Choice {
            departure: Some(because(DepartureReason::Other, None)),
            ..choice(scheme("mobilite-diagnostic"), Answer::Other)
        }],
    ));
    insta::assert_snapshot!("decisions_that_do_not_say_what_they_should", all);

    let ours = Choice {
        departure: Some(because(DepartureReason::NotAvailable, None)),
        ..choice(scheme("mobilite-diagnostic"), Answer::Refused)
    };
    let record = DecisionRecord::of_view(&at, &view, decision("pole-emploi", [ours])).unwrap();
    assert!(record.decision().choices[0].departs_from(&record));
    let proposed = record
        .proposals()
        .find(|one| one.scheme.as_str() == "mobilite-diagnostic");
    assert!(matches!(
        proposed.unwrap().state,
        ProposalState::Proposed { .. }
    ));
}

/// A day that cannot be counted yet is kept as the time that it will be counted by.
#[test]
fn a_record_keeps_the_term_of_an_open_deadline_and_shows_no_day() {
    let source = r#"
        [pack]
        id = "ville"
        title = "Une ville"
        extends = "marne"

    "#;
    let marne = Pack::marne().unwrap();
    let pack = Pack::parse(
        [
            ("pack.toml", source),
            (
                "bicycle.toml",
                &bicycle("6 weeks of jobseeker.registered_on"),
            ),
        ],
        Some(&marne),
    );
    let at = spring(&pack.unwrap_or_else(|errors| panic!("{errors}")));
    let whole = without_a_licence(at.engine());
    let opened = fact("jobseeker.registered_on");
    let ours = decision("pole-emploi", accepted("mobilite-diagnostic"));
    let record = record_of(&at, &whole, ours);
    let term = record.proposals().find_map(|one| match &one.state {
        ProposalState::Proposed {
            deadline: Some(RecordedDeadline::Open { event, term }),
            ..
        } if *event == opened => Some(term.clone()),
        _ => None,
    });
    assert_eq!(term.as_deref(), Some("6 semaines"));
    let read = DecisionRecord::parse(&serde_json::to_string(&record).unwrap()).unwrap();
    assert_eq!(read, record);
    assert_eq!(read.replay(at.engine()).outcome, ReplayOutcome::Same);

    let all: Vec<_> = record.proposals().collect();
    let shown = format!("{all:?} {:?}", record.track());
    for value in ["2025", "04-04", "semaines", "Marne", "pole-emploi"] {
        assert!(!shown.contains(value), "« {value} » in {shown}");
    }
}

/// Words that their author erased are missed by nobody who reads the record again.
#[test]
fn a_record_without_its_words_is_read_again() {
    let at = spring(&Pack::marne().unwrap());
    let whole = without_a_licence(at.engine());
    let ours = Choice {
        departure: Some(because(DepartureReason::Other, Some("Une autre voie."))),
        ..choice(scheme("mobilite-diagnostic"), Answer::Other)
    };
    let mut record = record_of(&at, &whole, decision("pole-emploi", [ours]));
    let erasure = erasure(
        "pole-emploi",
        Scope::Fact(fact("children")),
        "2026-01-01",
        ErasureGround::Request,
    );
    assert!(record.erase(&erasure) && !record.is_incomplete());
    let stored = serde_json::to_string(&record).unwrap();
    assert_eq!(DecisionRecord::parse(&stored), Ok(record));
}

#[test]
fn a_damaged_record_is_refused_without_a_value() {
    let at = spring(&Pack::marne().unwrap());
    let whole = without_a_licence(at.engine());
    let record = record_of(
        &at,
        &whole,
        decision("pole-emploi", accepted("mobilite-diagnostic")),
    );
    let stored = serde_json::to_value(&record).unwrap();
    let refused = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut damaged = stored.clone();
        change(&mut damaged);
        DecisionRecord::parse(&damaged.to_string()).unwrap_err()
    };
    let error = refused(&|json| json["version"] = 2.into());
    assert_eq!(error, DecisionReadError::Version { found: 2 });
    let error = refused(&|json| json["facts"]["licence.b"]["known"] = serde_json::json!([]));
    assert_eq!(
        error.to_string(),
        "`licence.b`: expected at least one possible value"
    );
    let error = refused(&|json| json["decision"]["on"] = "2020-01-01".into());
    assert!(
        error
            .to_string()
            .starts_with("expected a day from 2025-03-15")
    );
    let error = refused(&|json| json["decision"]["choices"][0]["answer"] = "refused".into());
    assert_eq!(
        error.to_string(),
        "decision.choices[0]: `mobilite-diagnostic` is not what was proposed, or is not done: expected a reason"
    );
    let error = refused(&|json| {
        let known = &mut json["facts"]["licence.b"]["known"];
        *known = vec![known[0].clone(); 1_001].into();
    });
    assert_eq!(
        error.to_string(),
        "`licence.b`: expected at most 1000 values, codes or rows"
    );
    let error = refused(&|json| {
        let first = &mut json["proposals"][0]["state"]["proposed"]["deadline"]["first"];
        assert!(first.is_string());
        *first = "2025-06-30".into();
    });
    assert_eq!(error, DecisionReadError::Deadline { place: 0 });
    let error = refused(&|json| json["date"] = "0001-01-01".into());
    assert_eq!(
        error.to_string(),
        "`date`: expected a day from 1900-01-01 to 2200-12-31"
    );
    let error = refused(&|json| json["keep_until"] = "2999-01-01".into());
    assert!(matches!(&error, DecisionReadError::Date { field } if field == "keep_until"));
    let error =
        refused(&|json| json["facts"]["licence.b"]["sources"][0]["on"] = "1850-01-01".into());
    assert!(matches!(&error, DecisionReadError::Date { field } if field == "licence.b"));
    for place in ["", "decision", "pack", "track", "facts.licence.b"] {
        let error = refused(&|json| {
            let inner = match place {
                "" => json,
                "facts.licence.b" => &mut json["facts"]["licence.b"],
                field => &mut json[field],
            };
            inner["marqueur_secret"] = "1990-03-01".into();
        });
        let text = format!("{error} {error:?}");
        assert!(
            matches!(error, DecisionReadError::Shape { .. }),
            "{place}: {text}"
        );
        assert!(!text.contains("1990"), "{text}");
    }
    let text = serde_json::to_string(&record).unwrap();
    for cut in (0..text.len())
        .step_by(97)
        .filter(|cut| text.is_char_boundary(*cut))
    {
        assert!(DecisionRecord::parse(&text[..cut]).is_err());
    }
}

/// A workshop that somebody who welds is offered, after a placement of which one excludes it.
const WORKSHOP: &str = r#"
    [pack]
    id = "ateliers"
    title = "Des ateliers"

    [[fact]]
    name = "welds"
    type = "flag"
    label = "sait souder"
    question = "Savez-vous souder ?"

    [[fact]]
    name = "drives"
    type = "flag"
    label = "sait conduire"
    question = "Savez-vous conduire ?"

    [[fact]]
    name = "away"
    type = "flag"
    label = "en voyage"
    question = "Partez-vous en voyage ?"
    presume = "false"

    [[partner]]
    id = "nord"
    names = [{ name = "Maison Nord" }]
    source = "annuaire"
    verified = true

    [[scheme]]
    id = "stage"
    title = "Stage"
    source = "Essai"
    verified = false

    [[scheme]]
    id = "atelier"
    title = "Atelier"
    source = "Essai"
    verified = false

    [[rule]]
    id = "stage-soudure"
    title = "Un stage de soudure"
    when = "welds"
    propose = { scheme = "stage", partner = "nord", priority = 1 }
    because = "Vous savez souder."
    source = "Essai"
    verified = false

    [[rule]]
    id = "atelier-soudure"
    title = "Un atelier de soudure"
    when = "welds or not away"
    propose = { scheme = "atelier", partner = "nord", priority = 2 }
    because = "Vous savez souder."
    source = "Essai"
    verified = false

    [[rule]]
    id = "atelier-conduite"
    title = "Un atelier de conduite"
    when = "drives"
    propose = { scheme = "atelier", partner = "nord", priority = 3 }
    because = "Vous savez conduire."
    source = "Essai"
    verified = false
"#;

const ONE_ALONE: &str = r#"
    [[exclusive]]
    id = "un-seul"
    title = "un stage ou un atelier"
    schemes = ["stage", "atelier"]
    source = "Essai"
    verified = false
"#;

fn engine(files: &[(&str, &str)]) -> Engine {
    let pack = Pack::parse(files.iter().copied(), None);
    Engine::new(&pack.unwrap_or_else(|errors| panic!("{errors}")))
}

/// What is decided of somebody who has told these facts, and does the placement.
fn of_the_workshop(engine: &Engine, told: &[(&str, bool)]) -> DecisionRecord {
    let at = engine.at(day("2025-03-15"));
    let builder = Profile::builder(engine, at.date());
    let builder = told
        .iter()
        .fold(builder, |builder, (fact, known)| builder.set(fact, *known));
    let profile = builder.build().unwrap();
    let person = PersonRef::parse("dossier-12").unwrap();
    let decision = decision("nord", accepted("stage"));
    DecisionRecord::of_profile(&at, person, &profile, decision).unwrap()
}

/// Of one scheme with one body, a rule may be set aside and another open.
#[test]
fn what_is_set_aside_and_open_at_once_is_found_again() {
    let one_alone = engine(&[("pack.toml", WORKSHOP), ("one.toml", ONE_ALONE)]);
    let record = of_the_workshop(&one_alone, &[("welds", true)]);
    let workshop = record
        .proposals()
        .filter(|one| one.scheme.as_str() == "atelier");
    let states: Vec<_> = workshop.map(|one| &one.state).collect();
    assert!(matches!(
        states.as_slice(),
        [ProposalState::SetAside { .. }, ProposalState::Open]
    ));
    let replay = record.replay(&one_alone);
    assert_eq!(replay.outcome, ReplayOutcome::Same, "{replay}");

    let both = engine(&[("pack.toml", WORKSHOP)]);
    let replay = record.replay(&both);
    let ReplayOutcome::Different { changes, .. } = &replay.outcome else {
        panic!("{replay}");
    };
    assert_eq!(changes.len(), 1);
    let said = "Atelier (Maison Nord) : mis de côté pour `stage` et ouvert ; \
                à présent : proposé, rang 2";
    assert!(replay.to_string().contains(said), "{replay}");

    // What is open besides, for want of facts that were not kept, is no difference.
    let other = WORKSHOP.replace("when = \"drives\"", "when = \"drives and not welds\"");
    let without = engine(&[("pack.toml", &other), ("one.toml", ONE_ALONE)]);
    let record = of_the_workshop(&without, &[("welds", true)]);
    assert_eq!(record.replay(&one_alone).outcome, ReplayOutcome::Same);
}

/// What a pack does not read is told, be the proposals the same.
#[test]
fn facts_that_a_pack_does_not_read_are_told_whatever_comes_out() {
    let workshop = engine(&[("pack.toml", WORKSHOP)]);
    let record = of_the_workshop(&workshop, &[("welds", true), ("drives", true)]);
    let drives = "name = \"drives\"\n    type = \"flag\"";
    assert!(WORKSHOP.contains(drives));
    let replay = record.replay(&workshop);
    assert!(replay.not_read.is_empty(), "{replay}");

    let reading = |when: &str, other: &str| {
        WORKSHOP
            .replace("when = \"drives\"", "when = \"welds\"")
            .replace("welds or not away", "welds")
            .replace(when, other)
    };
    for (written, otherwise, fact_name) in [
        (drives, "name = \"drives\"\n    type = \"date\"", "drives"),
        ("name = \"drives\"", "name = \"rides\"", "drives"),
        ("name = \"away\"", "name = \"abroad\"", "away"),
    ] {
        let other = engine(&[("pack.toml", &reading(written, otherwise))]);
        let replay = record.replay(&other);
        assert_eq!(replay.outcome, ReplayOutcome::Same, "{replay}");
        assert_eq!(replay.not_read, [fact(fact_name)].into());
        let said = format!("information que ce paquet ne lit pas : `{fact_name}`");
        assert!(replay.to_string().contains(&said), "{replay}");
    }
}

/// Marne, where whoever meets a condition is led by some body.
fn led_by(lead: &str, when: &str) -> Engine {
    let source = format!(
        r#"
        [pack]
        id = "ville"
        title = "Une ville"
        extends = "marne"

        [[track]]
        id = "ville"
        order = 1
        when = "{when}"
        track = "social"
        lead = "{lead}"
        because = "La ville en décide ainsi."
        source = "Délibération (à vérifier)"
        verified = false
    "#
    );
    let pack = Pack::parse([("pack.toml", source)], Some(&Pack::marne().unwrap()));
    Engine::new(&pack.unwrap_or_else(|errors| panic!("{errors}")))
}

/// The track is the same, and who leads or how sure it is differs: that is what is said.
#[test]
fn a_track_led_by_another_body_is_told_with_both() {
    let unsigned = "rsa and contract.signed_on = none";
    let engine = led_by("ml-reims", unsigned);
    let at = engine.at(day("2025-03-15"));
    let whole = without_a_licence(&engine);
    let ours = decision("departement-marne", accepted("mobilite-diagnostic"));
    let record = record_of(&at, &whole, ours);
    let told = |engine: &Engine| {
        let replay = record.replay(engine);
        let ReplayOutcome::Different { track, .. } = &replay.outcome else {
            panic!("{replay}");
        };
        assert!(track.is_some(), "{replay}");
        let said = replay.to_string();
        let line = said.lines().find(|line| line.contains("parcours"));
        line.unwrap().to_owned()
    };
    let before = "social (la Mission locale de Reims, `ml-reims`)";
    assert_eq!(
        told(&led_by("departement-marne", unsigned)),
        format!(
            " - parcours : {before}, sous réserve ; \
             à présent : social (le Département de la Marne, `departement-marne`), sous réserve"
        )
    );
    assert_eq!(
        told(&led_by("ml-reims", "rsa")),
        format!(" - parcours : {before}, sous réserve ; à présent : {before}")
    );
}

/// A slip is met with what was meant, and a day with those that it may be.
#[test]
fn a_slip_in_a_decision_is_told_with_what_was_meant() {
    let at = spring(&Pack::marne().unwrap());
    let whole = without_a_licence(at.engine());
    let view = whole.view(&at, &body("pole-emploi")).unwrap();
    let refused = |choice: Choice| {
        let decision = decision("pole-emploi", [choice]);
        DecisionRecord::of_view(&at, &view, decision)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        refused(choice(scheme("mobilite-diagnostics"), Answer::Accepted)),
        "unknown scheme `mobilite-diagnostics` (did you mean `mobilite-diagnostic`?)"
    );
    assert_eq!(
        refused(choice(
            Subject::Track(code("profesional")),
            Answer::Accepted
        )),
        "unknown track `profesional` (did you mean `professional`?)"
    );
    let until = Some(day("2201-01-01"));
    assert_eq!(
        refused(Choice {
            departure: Some(because(DepartureReason::TooEarly, None)),
            ..choice(scheme("mobilite-diagnostic"), Answer::Postponed { until })
        }),
        "expected a day from 2025-03-20 to 2200-12-31, to which `mobilite-diagnostic` is postponed"
    );
}
