//! What became of barriers, and what the next interview is about.

use std::collections::BTreeMap;

use spie::diagnostic::{Diagnostic, Observation, WithdrawalReason};
use spie::fact::{Means, Rows};
use spie::progress::{MoveKind, StageKind};
use spie::{Engine, EngineAt, Knowledge, Pack};

use crate::saying::{body, code, day, fact, held, says};

fn marne(on: &str) -> EngineAt {
    Engine::new(&Pack::marne().unwrap()).at(day(on))
}

fn level(by: &str, on: &str, about: &str, level: &str) -> Observation {
    says(by, Means::Assessed, on, about, code(level))
}

/// An action of a scheme, as one of the list that a body reports.
fn step(by: &str, on: &str, fields: &[(&str, Knowledge)]) -> Observation {
    let row: BTreeMap<_, _> = fields
        .iter()
        .map(|(name, value)| (fact(name), value.clone()))
        .collect();
    let rows = Rows {
        rows: vec![row],
        complete: false,
    };
    says(by, Means::Attested, on, "schemes", rows)
}

fn running(scheme: &str, partner: &str, from: &str) -> Vec<(&'static str, Knowledge)> {
    vec![
        ("scheme", Knowledge::from(code(scheme))),
        ("partner", Knowledge::from(code(partner))),
        ("started_on", Knowledge::from(day(from))),
        ("ended_on", Knowledge::none()),
        ("outcome", Knowledge::none()),
    ]
}

fn ended(
    scheme: &str,
    partner: &str,
    from: &str,
    until: &str,
    outcome: &str,
) -> Vec<(&'static str, Knowledge)> {
    let mut fields = running(scheme, partner, from);
    fields.truncate(3);
    fields.push(("ended_on", Knowledge::from(day(until))));
    fields.push(("outcome", Knowledge::from(code(outcome))));
    fields
}

/// Identified, being lifted, given up, taken up again, lifted, come back.
#[test]
fn the_life_of_a_barrier() {
    let at = marne("2025-06-15");
    let held = held(
        at.engine(),
        [
            level("pole-emploi", "2024-03-04", "barrier.mobility", "blocking"),
            step(
                "pole-emploi",
                "2024-04-15",
                &running("permis-ft", "pole-emploi", "2024-04-08"),
            ),
            step(
                "pole-emploi",
                "2024-07-10",
                &ended(
                    "permis-ft",
                    "pole-emploi",
                    "2024-04-08",
                    "2024-07-01",
                    "abandoned",
                ),
            ),
            step(
                "ml-reims",
                "2024-11-05",
                &running("mobilite-diagnostic", "ml-reims", "2024-11-04"),
            ),
            level("ml-reims", "2025-01-20", "barrier.mobility", "light"),
            step(
                "ml-reims",
                "2025-02-10",
                &ended(
                    "mobilite-diagnostic",
                    "ml-reims",
                    "2024-11-04",
                    "2025-02-10",
                    "completed",
                ),
            ),
            level("ml-reims", "2025-02-12", "barrier.mobility", "absent"),
            level("ml-reims", "2025-06-02", "barrier.mobility", "moderate"),
        ],
    );
    let progress = at.progress(&held);
    let kinds: Vec<StageKind> = progress.barriers[0]
        .stages
        .iter()
        .map(|stage| stage.kind)
        .collect();
    assert_eq!(
        kinds,
        [
            StageKind::Identified,
            StageKind::BeingLifted,
            StageKind::GivenUp,
            StageKind::BeingLifted,
            StageKind::Lifted,
            StageKind::CameBack,
        ]
    );
    insta::assert_snapshot!(progress);
}

/// Nobody had asked about lodging; that somebody could move about was known.
#[test]
fn what_is_told_for_the_first_time_is_no_setback() {
    let at = marne("2025-03-15");
    let held = held(
        at.engine(),
        [
            level("ml-reims", "2024-11-04", "barrier.mobility", "absent"),
            level("ml-reims", "2025-03-03", "barrier.mobility", "blocking"),
            level("ml-reims", "2025-03-03", "barrier.housing", "blocking"),
        ],
    );
    let progress = at.progress(&held);
    let kinds = |name: &str| -> Vec<MoveKind> {
        let barrier = progress
            .barriers
            .iter()
            .find(|one| one.fact.as_str() == name);
        barrier.unwrap().moves.iter().map(|one| one.kind).collect()
    };
    assert_eq!(kinds("barrier.mobility"), [MoveKind::Told, MoveKind::Come]);
    assert_eq!(kinds("barrier.housing"), [MoveKind::Told]);
    insta::assert_snapshot!(progress);
}

/// A word that is too old lifts nothing, and what is said again after it is nothing new.
#[test]
fn what_goes_stale_is_not_lifted() {
    let at = marne("2025-03-15");
    let held = held(
        at.engine(),
        [
            level("ml-reims", "2024-01-15", "barrier.mobility", "moderate"),
            level("ml-reims", "2025-03-03", "barrier.mobility", "moderate"),
        ],
    );
    let barrier = &at.progress(&held).barriers[0];
    assert_eq!((barrier.stages.len(), barrier.moves.len()), (1, 1));
    let later = at.engine().at(day("2025-11-01")).progress(&held);
    assert_eq!(later.barriers[0].now, None);
    assert_eq!(later.barriers[0].stages, barrier.stages);
}

/// The level that details give moves with the details.
#[test]
fn a_derived_level_moves_with_its_details() {
    let at = marne("2025-03-15");
    let tenant = |on: &str, status: &str| {
        says(
            "ml-reims",
            Means::Declared,
            on,
            "housing.status",
            code(status),
        )
    };
    let held = held(
        at.engine(),
        [
            tenant("2024-11-04", "street"),
            tenant("2025-02-03", "hosted_precarious"),
        ],
    );
    let progress = at.progress(&held);
    let housing = progress
        .barriers
        .iter()
        .find(|one| one.fact.as_str() == "barrier.housing");
    let housing = housing.unwrap();
    assert_eq!(housing.stages[0].said[0].fact, fact("housing.status"));
    insta::assert_snapshot!(housing);
}

/// On the same facts, a rule that weighs them otherwise from a day on is no distance.
#[test]
fn a_change_of_the_rules_is_no_distance() {
    let pack = r#"
        [pack]
        id = "pesée"
        title = "Une règle qui change"

        [standing]
        barriers = "barrier"

        [[scale]]
        id = "barrier"
        levels = [{ code = "absent", label = "absent" }, { code = "heavy", label = "lourd" }]

        [[condition]]
        id = "far"
        when = "distance >= 50"
        until = 2024-12-31

        [[condition]]
        id = "far"
        when = "distance >= 20"
        from = 2025-01-01

        [[fact]]
        name = "distance"
        type = "integer"
        min = 0
        max = 1000
        label = "distance"
        question = "À combien de kilomètres habitez-vous ?"

        [[fact]]
        name = "barrier.distance"
        type = "level"
        scale = "barrier"
        label = "frein de distance"
        question = "La distance est-elle un frein ?"
        levels = [{ level = "heavy", when = "far" }]

        [[partner]]
        id = "nord"
        names = [{ name = "Maison Nord" }]
        source = "annuaire"
        verified = true
    "#
    .replace("pesée", "pesee");
    let engine = Engine::new(&Pack::parse([("pack.toml", pack)], None).unwrap());
    let lives = |kilometres: [i64; 2]| {
        let said = ["2024-09-02", "2025-03-03"].into_iter().zip(kilometres);
        let said = said.map(|(on, far)| says("nord", Means::Declared, on, "distance", far));
        engine.at(day("2025-03-15")).progress(&held(&engine, said))
    };
    let same = lives([30, 30]);
    assert_eq!(same.barriers[0].moves.len(), 1);
    assert_eq!(same.barriers[0].moves[0].to, "lourd");
    assert_eq!(lives([10, 30]).barriers[0].moves[1].kind, MoveKind::Come);
}

/// With danger at home, nothing tells a place or a household.
#[test]
fn danger_at_home_hides_what_tells_a_place() {
    let at = marne("2025-03-15");
    let mut said = vec![
        level("ml-reims", "2025-03-03", "barrier.mobility", "moderate"),
        level("ml-reims", "2025-03-03", "barrier.housing", "blocking"),
    ];
    let before = held(at.engine(), said.clone());
    assert_eq!(at.progress(&before).barriers.len(), 2);
    said.push(says(
        "ml-reims",
        Means::Assessed,
        "2025-03-03",
        "contact.restricted",
        true,
    ));
    let held = held(at.engine(), said);
    assert_eq!(at.progress(&held).barriers.len(), 1);
    let agenda = at.agenda(&held, day("2026-01-01")).unwrap();
    let text = format!("{agenda} {}", serde_json::to_string(&agenda).unwrap());
    for hidden in [
        "frein de logement",
        "contact à protéger",
        "contact.restricted",
    ] {
        assert!(!text.contains(hidden), "{hidden}");
    }
}

/// What is asked first of a body, what of the person, what is settled, what is renewed.
#[test]
fn one_interview_is_prepared() {
    let at = marne("2025-03-15");
    let attested = |about: &str, knowledge: Knowledge| {
        says("caf-51", Means::Attested, "2025-02-01", about, knowledge)
    };
    let held = held(
        at.engine(),
        [
            attested("birth_date", day("1990-03-01").into()),
            attested("residence.commune", code("51454").into()),
            attested("rsa", true.into()),
            says(
                "pole-emploi",
                Means::Attested,
                "2025-02-01",
                "jobseeker",
                true,
            ),
            level(
                "departement-marne",
                "2025-03-01",
                "barrier.mobility",
                "moderate",
            ),
            level("pole-emploi", "2025-03-05", "barrier.mobility", "absent"),
        ],
    );
    let agenda = at.agenda(&held, day("2025-06-15")).unwrap();
    let settled: Vec<_> = agenda
        .topics
        .iter()
        .flat_map(|topic| &topic.settle)
        .collect();
    assert_eq!(settled[0].fact, fact("barrier.mobility"));
    let renewed: Vec<_> = agenda
        .topics
        .iter()
        .flat_map(|topic| &topic.renew)
        .collect();
    assert!(renewed.iter().any(|one| one.fact == fact("rsa")));
    insta::assert_snapshot!(agenda);
}

/// Somebody who has died is asked nothing.
#[test]
fn nothing_is_asked_of_the_dead() {
    let at = marne("2025-03-15");
    let held = held(
        at.engine(),
        [says(
            "caf-51",
            Means::Attested,
            "2025-02-01",
            "person.deceased_on",
            day("2025-01-20"),
        )],
    );
    let agenda = at.agenda(&held, day("2025-06-15")).unwrap();
    assert!(agenda.topics.is_empty() && agenda.coverage.is_empty());
}

/// What is archived is told in no life, shown to no body but the person, and goes at its day.
#[test]
fn a_word_is_used_then_archived_then_gone() {
    let at = marne("2025-03-15");
    let mut held = held(
        at.engine(),
        [
            level("ml-reims", "2022-09-05", "barrier.mobility", "blocking"),
            says(
                "ml-reims",
                Means::Declared,
                "2022-10-03",
                "licence.b",
                false,
            ),
            says(
                "departement-marne",
                Means::Declared,
                "2025-02-03",
                "licence.b",
                false,
            ),
        ],
    );
    // Two years after the last word of this body, that of another still counts.
    let seen = |on: &str, recipient: &str| {
        let view = held.view(&marne(on), &body(recipient)).unwrap();
        view.diagnostic.entries().count()
    };
    assert_eq!(seen("2024-10-03", "pole-emploi"), 3);
    assert_eq!(seen("2025-03-15", "pole-emploi"), 1);
    assert_eq!(seen("2025-03-15", "ml-reims"), 1);
    assert_eq!(seen("2025-03-15", "person"), 3);
    let told = held.resolve(&at).to_string();
    insta::assert_snapshot!(told);
    // The person reads all of it, and nobody else that there is anything.
    let archive = held.archive(&at).statements(&at).to_string();
    assert!(archive.contains("permis B :\n   selon : "), "{archive}");
    assert!(
        archive.contains(", non (déclaré, le 3 octobre 2022)"),
        "{archive}"
    );
    assert_eq!(archive.lines().count(), 4, "{archive}");
    assert!(
        !told.contains("archive") && !told.contains("barrier.mobility"),
        "{told}"
    );
    // Five years of archive later it is due, and only what this body said.
    let last = marne("2029-10-03");
    assert!(held.purge(&last, &body("ml-reims")).unwrap().is_empty());
    let due = marne("2029-10-04");
    let erasures = held.purge(&due, &body("ml-reims")).unwrap();
    assert_eq!(erasures.len(), 2);
    for erasure in erasures {
        held.record_erasure(&due, erasure).unwrap();
    }
    let left: Vec<&str> = held
        .entries()
        .map(|(_, entry)| entry.by().as_str())
        .collect();
    assert_eq!(left, ["departement-marne"]);
}

/// A request about an old word that is still used waits for its addressee, whatever the times of
/// whoever asks; and neither purge takes it.
#[test]
fn a_request_lasts_as_long_as_what_it_is_about() {
    let at = marne("2025-03-15");
    let old = says(
        "ml-reims",
        Means::Declared,
        "2022-12-01",
        "education.level",
        code("3"),
    );
    let mut held = held(
        at.engine(),
        [
            old.clone(),
            level("ml-reims", "2024-06-03", "barrier.mobility", "light"),
            level("ml-reims", "2025-02-03", "barrier.mobility", "light"),
        ],
    );
    let asker = body("cap-emploi-51");
    let request = old.contested(asker.clone(), at.date(), WithdrawalReason::Contested);
    held.record(at.engine(), request).unwrap();
    for recipient in ["ml-reims", "cap-emploi-51"] {
        let seen = held.view(&at, &body(recipient)).unwrap().diagnostic;
        let waiting = seen.contested(&at);
        assert_eq!(waiting.len(), 1, "{recipient}");
        assert_eq!(
            (&waiting[0].by, waiting[0].of.as_str()),
            (&asker, "ml-reims")
        );
    }
    // Years after, the request is archived with the word, and goes with it.
    assert_eq!(held.contested(&marne("2027-02-04")), []);
    let over = marne("2032-02-04");
    assert_eq!(held.purge(&over, &asker).unwrap(), []);
    for erasure in held.purge(&over, &body("ml-reims")).unwrap() {
        held.record_erasure(&over, erasure).unwrap();
    }
    assert_eq!(held.entries().count(), 0);
}

/// What is archived stays so when its author speaks again, and a slip of the pen holds nothing.
#[test]
fn a_later_word_calls_nothing_back() {
    let licence = |on: &str| says("ml-reims", Means::Declared, on, "licence.b", true);
    let old = licence("2019-03-04");
    let at = marne("2025-03-15");
    let mut held = held(
        at.engine(),
        [old.clone(), licence("2025-02-03"), licence("2199-01-01")],
    );
    let archived: Vec<_> = held
        .archive(&at)
        .entries()
        .map(|(_, entry)| entry.observed_on())
        .collect();
    assert_eq!(archived, [old.observed_on]);
    let due = marne("2026-03-05");
    for erasure in held.purge(&due, &body("ml-reims")).unwrap() {
        held.record_erasure(&due, erasure).unwrap();
    }
    assert_eq!(held.entries().count(), 2);
    let due = marne("2032-02-04");
    for erasure in held.purge(&due, &body("ml-reims")).unwrap() {
        held.record_erasure(&due, erasure).unwrap();
    }
    assert_eq!(held.entries().count(), 1);
}

fn partly(by: &str, on: &str, about: &str, from: &str, to: &str) -> Observation {
    let levels = Knowledge::between(code(from), code(to));
    says(by, Means::Assessed, on, about, levels)
}

fn no_account(on: &str) -> Observation {
    says("ml-reims", Means::Declared, on, "bank_account", false)
}

/// An assessment that is too old leaves its details to speak: that is no move of anybody.
#[test]
fn nothing_moves_where_nobody_speaks() {
    let at = marne("2025-01-15");
    let held = held(
        at.engine(),
        [
            no_account("2024-07-01"),
            level(
                "ml-reims",
                "2024-06-03",
                "barrier.administrative",
                "blocking",
            ),
        ],
    );
    let barrier = &at.progress(&held).barriers[0];
    assert_eq!((barrier.stages.len(), barrier.moves.len()), (1, 1));
    assert!(barrier.moves.iter().all(|one| !one.said.is_empty()));
}

/// A level said in part is read as orientation reads it.
#[test]
fn a_level_said_in_part_gives_way_to_its_details() {
    let at = marne("2025-03-15");
    let alone = held(at.engine(), [no_account("2025-03-03")]);
    let with_level = held(
        at.engine(),
        [
            no_account("2025-03-03"),
            partly(
                "ml-reims",
                "2025-03-03",
                "barrier.administrative",
                "light",
                "blocking",
            ),
        ],
    );
    let now = |held: &Diagnostic| at.progress(held).barriers[0].now.clone();
    assert!(now(&alone).is_some());
    assert_eq!(now(&with_level), now(&alone));
}

/// A look that leaves more open than the one before forgets nothing.
#[test]
fn a_wider_look_loses_no_move() {
    let at = marne("2025-03-15");
    let isolation = "barrier.isolation";
    let held = held(
        at.engine(),
        [
            level("ml-reims", "2024-12-02", isolation, "moderate"),
            partly("ml-reims", "2025-01-06", isolation, "light", "moderate"),
            level("ml-reims", "2025-03-03", isolation, "light"),
        ],
    );
    let barrier = &at.progress(&held).barriers[0];
    let kinds: Vec<MoveKind> = barrier.moves.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [MoveKind::Told, MoveKind::Eased]);
}

/// What does not apply to somebody is no barrier of theirs.
#[test]
fn a_barrier_that_does_not_apply_is_not_told() {
    let pack = r#"
        [pack]
        id = "garde"
        title = "Un frein qui ne concerne pas tout le monde"

        [standing]
        barriers = "barrier"

        [[scale]]
        id = "barrier"
        levels = [{ code = "absent", label = "absent" }, { code = "heavy", label = "lourd" }]

        [[fact]]
        name = "parent"
        type = "flag"
        label = "parent"
        question = "Avez-vous un enfant ?"

        [[fact]]
        name = "barrier.childcare"
        type = "level"
        scale = "barrier"
        label = "frein de garde"
        question = "La garde est-elle un frein ?"
        only_if = "parent"

        [[partner]]
        id = "nord"
        names = [{ name = "Maison Nord" }]
        source = "annuaire"
        verified = true
    "#;
    let engine = Engine::new(&Pack::parse([("pack.toml", pack)], None).unwrap());
    let parent = says("nord", Means::Declared, "2025-03-03", "parent", false);
    let held = held(&engine, [parent]);
    let progress = engine.at(day("2025-03-15")).progress(&held);
    assert_eq!(progress.barriers, []);
}

/// A report that never says when an action began is of one action.
#[test]
fn monthly_reports_without_a_start_are_of_one_action() {
    let at = marne("2025-03-15");
    let mut fields = running("permis-ft", "pole-emploi", "2024-04-08");
    fields.retain(|(name, _)| *name != "started_on");
    let mut said = vec![level(
        "ml-reims",
        "2024-11-04",
        "barrier.mobility",
        "moderate",
    )];
    for on in ["2024-12-02", "2025-01-06", "2025-02-03"] {
        said.push(step("pole-emploi", on, &fields));
    }
    let held = held(at.engine(), said);
    let progress = at.progress(&held);
    let kinds: Vec<StageKind> = progress.barriers[0]
        .stages
        .iter()
        .map(|stage| stage.kind)
        .collect();
    assert_eq!(kinds, [StageKind::Identified, StageKind::BeingLifted]);
    // Nothing of what was said is written where a program fails.
    let debugged = format!("{:?} {:?}", progress, progress.barriers[0].stages[1].action);
    let word = &progress.barriers[0].stages[0].said[0];
    let debugged = format!("{debugged} {word:?}");
    for value in ["permis-ft", "pole-emploi", "ml-reims"] {
        assert!(!debugged.contains(value), "{debugged}");
    }
}

/// With danger at home no body of a place is named, and no level rests on a place.
#[test]
fn danger_at_home_hides_bodies_and_what_rests_on_a_place() {
    let at = marne("2025-03-15");
    let on = "2025-03-03";
    let declared = |about: &str, value: bool| says("ml-reims", Means::Declared, on, about, value);
    let held = held(
        at.engine(),
        [
            declared("residence.postal_address", false),
            declared("residence.domiciliation", false),
            declared("licence.b", false),
            no_account(on),
            level("ml-reims", on, "barrier.mobility", "moderate"),
            step(
                "ml-reims",
                on,
                &running("mobilite-diagnostic", "ml-reims", on),
            ),
            says("ml-reims", Means::Assessed, on, "contact.restricted", true),
        ],
    );
    let progress = at.progress(&held);
    let agenda = at.agenda(&held, day("2026-06-01")).unwrap();
    let json = |value: Result<String, serde_json::Error>| value.unwrap();
    let told = [
        progress.to_string(),
        json(serde_json::to_string(&progress)),
        agenda.to_string(),
        json(serde_json::to_string(&agenda)),
    ];
    let administrative = progress
        .barriers
        .iter()
        .find(|one| one.fact.as_str() == "barrier.administrative");
    let alone = held_of_one_account(&at, on);
    assert_eq!(administrative.unwrap().now, alone);
    for text in &told {
        for hidden in [
            "residence.postal_address",
            "residence.domiciliation",
            "residence.commune",
            "ml-reims",
            "Reims",
            "adresse postale",
            "\"entry\"",
        ] {
            assert!(!text.contains(hidden), "{hidden}: {text}");
        }
        assert!(!text.contains("de vive voix"));
    }
    assert!(told[0].contains("mission locale"), "{}", told[0]);
}

fn held_of_one_account(at: &EngineAt, on: &str) -> Option<String> {
    let alone = held(at.engine(), [no_account(on)]);
    at.progress(&alone).barriers[0].now.clone()
}

/// An assessment grows too old, and what is said again was so on its day: no barrier was lifted.
#[test]
fn an_assessment_that_ends_lifts_nothing() {
    let said = |on: &str, about: &str| says("ml-reims", Means::Declared, on, about, false);
    let details = ["debt.over_indebted", "food_insecurity"];
    let at = marne("2025-01-15");
    let mut all = vec![level(
        "ml-reims",
        "2024-06-03",
        "barrier.financial",
        "light",
    )];
    for on in ["2024-06-03", "2025-01-10"] {
        all.extend(details.map(|about| said(on, about)));
    }
    let progress = at.progress(&held(at.engine(), all.clone()));
    let barrier = &progress.barriers[0];
    let kinds: Vec<StageKind> = barrier.stages.iter().map(|stage| stage.kind).collect();
    assert_eq!(kinds, [StageKind::Identified]);
    let moves: Vec<MoveKind> = barrier.moves.iter().map(|one| one.kind).collect();
    assert_eq!(moves, [MoveKind::Told]);
    // Said again one after the other, or first while the assessment stood: nor was it.
    let mut later = all.clone();
    later.retain(|one| one.observed_on != day("2025-01-10"));
    later.push(said("2025-01-10", details[0]));
    later.push(said("2025-01-12", details[1]));
    let mut since = all.clone();
    since.retain(|one| one.observed_on != day("2024-06-03") || one.means == Means::Assessed);
    since.extend(details.map(|about| said("2024-09-02", about)));
    for said in [later, since] {
        let progress = at.progress(&held(at.engine(), said));
        let kinds = progress.barriers[0].stages.iter().map(|stage| stage.kind);
        assert_eq!(kinds.collect::<Vec<_>>(), [StageKind::Identified]);
    }
    // What was so long before the assessment, and is so again, came back.
    let again = |on: &str| says("ml-reims", Means::Declared, on, "food_insecurity", true);
    let back = [
        again("2023-10-02"),
        level("ml-reims", "2024-06-03", "barrier.financial", "absent"),
        again("2025-01-10"),
    ];
    let progress = at.progress(&held(at.engine(), back));
    let kinds = progress.barriers[0].stages.iter().map(|stage| stage.kind);
    let expected = [
        StageKind::Identified,
        StageKind::Lifted,
        StageKind::CameBack,
    ];
    assert_eq!(kinds.collect::<Vec<_>>(), expected);
    // What changes is told as before.
    all.retain(|one| {
        !(one.fact == fact("debt.over_indebted") && one.observed_on == day("2024-06-03"))
    });
    all.push(says(
        "ml-reims",
        Means::Declared,
        "2024-06-03",
        "debt.over_indebted",
        true,
    ));
    let progress = at.progress(&held(at.engine(), all));
    let mut kinds = progress.barriers[0].stages.iter().map(|stage| stage.kind);
    assert_eq!(kinds.next_back(), Some(StageKind::Lifted));
}

/// The page is read by professionals, asks what the engine would ask next, and counts nothing
/// where there is nothing to count.
#[test]
fn an_agenda_asks_what_would_be_asked_next() {
    let at = marne("2025-03-15");
    for held in crate::shared_diagnostic::family() {
        let agenda = at.agenda(&held, day("2025-06-15")).unwrap();
        let asked = agenda.topics.iter().any(|topic| !topic.ask.is_empty());
        let settled = agenda.topics.iter().any(|topic| !topic.settle.is_empty());
        let profile = spie::Profile::of_diagnostic(&at, &held);
        let next = at.next_question(&profile, None).unwrap();
        assert!(asked || settled || next.is_none());
        for one in &agenda.coverage {
            let nothing = one.known == 0 && one.matter == 0;
            assert_eq!(one.percent_known().is_none(), nothing);
        }
        let page = format!("{}{agenda}", at.progress(&held));
        assert!(!page.contains("vous-même") && !page.contains("votre parcours"));
    }
}
