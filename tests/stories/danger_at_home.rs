//! With danger at home, nothing that is handed out tells where somebody lives or with whom.

use std::collections::BTreeMap;

use spie::diagnostic::{Diagnostic, ErasureGround, Observation, Scope, WithdrawalReason};
use spie::fact::{Means, Rows};
use spie::orientation::decision::{
    Answer, Choice, Decision, DecisionRecord, Departure, DepartureReason, Subject,
};
use spie::vocabulary::{PersonRef, SchemeId};
use spie::{Engine, EngineAt, Knowledge, Pack, Profile};

use crate::saying::{accepts, body, code, day, erasure, fact, held, over_marne, says};

fn marne() -> EngineAt {
    Engine::new(&Pack::marne().unwrap()).at(day("2025-03-15"))
}

fn rows(rows: &[&[(&str, Knowledge)]]) -> Rows {
    let row = |row: &&[(&str, Knowledge)]| -> BTreeMap<_, _> {
        let fields = row.iter();
        fields
            .map(|(name, value)| (fact(name), value.clone()))
            .collect()
    };
    Rows {
        rows: rows.iter().map(row).collect(),
        complete: true,
    }
}

/// Somebody of 22 in Épernay with a child, who wishes a boarding path, whose promised job is far
/// from home, and whom the mission locale of the town leads.
fn said(restricted: bool) -> Vec<Observation> {
    let step: &[(&str, Knowledge)] = &[
        ("scheme", code("epide").into()),
        ("partner", code("epide-langres").into()),
        ("started_on", day("2024-06-01").into()),
        ("ended_on", day("2025-02-01").into()),
        ("outcome", code("completed").into()),
    ];
    let aid: &[(&str, Knowledge)] = &[
        ("aid", code("amob").into()),
        (
            "amount",
            Knowledge::from(spie::vocabulary::Cents::new(10_000)),
        ),
        ("granted_on", day("2024-02-01").into()),
    ];
    let child: &[(&str, Knowledge)] = &[
        ("birth_date", day("2023-05-01").into()),
        ("at_home", true.into()),
    ];
    let facts: Vec<(&str, Knowledge)> = vec![
        ("birth_date", day("2003-01-05").into()),
        ("residence.commune", code("51230").into()),
        ("residence.transport_served", code("poor").into()),
        ("transport.reach_minutes", 95_i64.into()),
        ("hire_promise", true.into()),
        ("hire_promise.contract", code("cdi").into()),
        ("hire_promise.distance_km", 37_i64.into()),
        ("wish.boarding", true.into()),
        ("employed", false.into()),
        ("education.level", code("no_diploma").into()),
        ("licence.b", false.into()),
        ("vehicle.available", false.into()),
        ("barrier.mobility", code("blocking").into()),
        ("jobseeker", true.into()),
        ("rsa", true.into()),
        ("rsa.increased", false.into()),
        ("household.single_parent", true.into()),
        ("household.size", 2_i64.into()),
        ("children", rows(&[child]).into()),
        ("decision.track", code("professional").into()),
        ("decision.lead_body", code("ml-epernay").into()),
        ("schemes", rows(&[step]).into()),
        ("aids", rows(&[aid]).into()),
        ("contact.restricted", restricted.into()),
    ];
    let facts = facts.into_iter();
    facts
        .map(|(about, known)| says("ml-epernay", Means::Attested, "2025-03-01", about, known))
        .collect()
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

/// Everything that is handed out of what a body holds, by its name.
fn handed_out(at: &EngineAt, held: &Diagnostic) -> Vec<(&'static str, String)> {
    let profile = Profile::of_diagnostic(at, held);
    let orientation = at.orient(&profile).unwrap();
    let why = at.why_not(&profile).unwrap();
    let pages: Vec<String> = why.iter().map(ToString::to_string).collect();
    let question = at.next_question(&profile, None).unwrap();
    let question = question.map(|asked| (asked.decides, asked.because));
    let agenda = at.agenda(held, day("2026-01-01")).unwrap();
    let progress = at.progress(held);
    let disputes = at.disputes(&profile).unwrap();
    let idle = at.idle_in(held).unwrap();
    let notice = at.notice(&profile, &body("ml-epernay")).unwrap();
    let whole = notice.clone().with_sensitive();
    let refused = ["epide", "bourse-permis-epernay"].map(|scheme| Choice {
        subject: Subject::Scheme(SchemeId::parse(scheme).unwrap()),
        answer: Answer::Refused,
        departure: Some(Departure {
            reason: DepartureReason::PersonWishes,
            text: None,
        }),
    });
    let decision = Decision {
        by: body("departement-marne"),
        on: day("2025-03-15"),
        choices: refused.to_vec(),
    };
    let person = PersonRef::parse("dossier-12").unwrap();
    let record = DecisionRecord::of_profile(at, person, &profile, decision).unwrap();
    let decided = at.notice_of(&profile, &record).unwrap().with_sensitive();
    // What was decided is what the professional wrote down.
    let mut record = serde_json::to_value(&record).unwrap();
    record.as_object_mut().unwrap().remove("decision");
    vec![
        ("held in vain", format!("{idle} {}", json(&idle))),
        (
            "orientation",
            format!("{orientation} {}", json(&orientation)),
        ),
        (
            "why not",
            format!(
                "{} {}",
                pages.join(" "),
                json(
                    &why.iter()
                        .map(|one| (&one.tests, &one.changes, &one.presumed))
                        .collect::<Vec<_>>()
                )
            ),
        ),
        ("question", json(&question)),
        ("agenda", format!("{agenda} {}", json(&agenda))),
        ("progress", json(&progress)),
        ("disputes", json(&disputes)),
        ("notice", format!("{notice} {}", notice.easy_to_read())),
        (
            "notice on request",
            format!("{whole} {}", whole.easy_to_read()),
        ),
        (
            "notice of a decision",
            format!("{decided} {}", decided.easy_to_read()),
        ),
        ("record", record.to_string()),
    ]
}

/// Each of them is told where there is no danger.
#[test]
fn nothing_handed_out_tells_a_home() {
    let at = marne();
    let open = held(at.engine(), said(false));
    let told = handed_out(&at, &open);
    let told = told
        .iter()
        .map(|(_, text)| text.as_str())
        .collect::<Vec<_>>()
        .join("\n");
    // By what it is: the name of a scheme that is closed to everybody tells nothing of anybody.
    let words = [
        "wish.boarding",
        "internat",
        "\"epide",
        "hire_promise.distance_km",
        "residence.",
        "51230",
        "Épernay",
        "rsa.increased",
        "rsa-majore",
        "enfants",
        "household.",
        "ml-epernay",
    ];
    let untold: Vec<&str> = words
        .into_iter()
        .filter(|word| !told.contains(word))
        .collect();
    assert!(untold.is_empty(), "told nowhere: {untold:?}");
    let hidden = held(at.engine(), said(true));
    for (what, text) in handed_out(&at, &hidden) {
        // Why a scheme is closed is asked of each by its name.
        let text = if what == "why not" {
            text.replace("Parcours en internat", "")
                .replace("EPIDE", "")
                .replace("la ville d'Épernay", "")
        } else {
            text
        };
        for word in words.iter().chain(&[
            "contact.restricted",
            "transport.reach",
            "95 minutes",
            "37 km",
        ]) {
            assert!(!text.contains(word), "{what} tells « {word} »: {text}");
        }
    }
}

/// What a list says of a scheme of the home is for the lead body alone, with its withdrawal.
#[test]
fn a_step_that_tells_a_home_is_for_the_lead_body_alone() {
    let at = marne();
    let mut held = held(at.engine(), said(true));
    let others = held
        .entries()
        .filter(|(_, entry)| entry.fact().as_str() == "aids")
        .count();
    assert_eq!(others, 1);
    let seen = |held: &Diagnostic, by: &str, about: &str| {
        let view = held.view(&at, &body(by)).unwrap();
        let entries = view.diagnostic.entries();
        entries
            .filter(|(_, entry)| entry.fact().as_str() == about)
            .count()
    };
    assert_eq!(seen(&held, "pole-emploi", "schemes"), 0);
    assert_eq!(seen(&held, "pole-emploi", "aids"), 1);
    assert_eq!(seen(&held, "pole-emploi", "wish.boarding"), 0);
    assert_eq!(seen(&held, "ml-epernay", "schemes"), 1);
    let step = said(true)
        .into_iter()
        .find(|one| one.fact.as_str() == "schemes")
        .unwrap();
    let back = step.retracted(
        day("2025-03-02"),
        spie::diagnostic::WithdrawalReason::Mistake,
    );
    held.record(at.engine(), back).unwrap();
    assert_eq!(seen(&held, "pole-emploi", "schemes"), 0);
}

/// Three steps that ended for a reason, as rows of the list.
fn ended_for(reason: &str) -> Rows {
    let step = |ended: &str| -> Vec<(&str, Knowledge)> {
        vec![
            ("scheme", code("pmsmp").into()),
            ("partner", code("pole-emploi").into()),
            ("started_on", day("2024-06-01").into()),
            ("ended_on", day(ended).into()),
            ("outcome", code("interrupted").into()),
            ("reason", code(reason).into()),
        ]
    };
    let steps = ["2024-09-01", "2024-11-01", "2025-02-01"].map(step);
    rows(&steps.each_ref().map(Vec::as_slice))
}

/// A reason that tells of the home is for the lead body alone, and nothing handed out rests on it.
#[test]
fn a_reason_that_tells_a_home_is_for_the_lead_body_alone() {
    let at = marne();
    let with = |restricted: bool, reason: &str| {
        let said = said(restricted).into_iter().map(|one| {
            if one.fact.as_str() == "schemes" {
                let rows = ended_for(reason);
                return says("ml-epernay", Means::Attested, "2025-03-01", "schemes", rows);
            }
            one
        });
        held(at.engine(), said)
    };
    let seen = |held: &Diagnostic, by: &str| {
        let view = held.view(&at, &body(by)).unwrap();
        let mut entries = view.diagnostic.entries();
        entries.any(|(_, entry)| entry.fact().as_str() == "schemes")
    };
    let used = |held: &Diagnostic| {
        let profile = Profile::of_diagnostic(&at, held);
        let orientation = at.orient(&profile).unwrap();
        let grounds = orientation.proposals.iter().flat_map(|one| &one.grounds);
        let mut facts = grounds.flat_map(|ground| &ground.proof.facts);
        facts.any(|fact| fact.fact.as_str() == "schemes" && !fact.presumed)
    };
    for reason in [
        "no_childcare",
        "moved_away",
        "housing_lost",
        "family_event",
        "out_of_territory",
    ] {
        assert!(seen(&with(false, reason), "pole-emploi"), "{reason}");
        let danger = with(true, reason);
        assert!(!seen(&danger, "pole-emploi"), "{reason}");
        assert!(seen(&danger, "ml-epernay"), "{reason}");
        assert!(!used(&danger), "{reason}");
    }
    // Three of them call for another diagnosis.
    let danger = with(true, "no_transport");
    assert!(seen(&danger, "pole-emploi") && used(&danger));
    assert!(used(&with(false, "no_childcare")));
}

/// A body that a rule names itself is not named there.
#[test]
fn a_body_that_a_rule_names_is_not_named() {
    let pack = r#"
        [pack]
        id = "ville"
        title = "Ville"
        extends = "marne"

        [[scheme]]
        id = "atelier"
        title = "Atelier de la semaine"
        source = "Essai"
        verified = false

        [[rule]]
        id = "atelier"
        title = "Atelier"
        when = "jobseeker"
        propose = { scheme = "atelier", partner = "crepi", priority = 3 }
        because = "{body} vous reçoit."
        source = "Essai"
        verified = false
    "#;
    let at = over_marne(pack).at(day("2025-03-15"));
    let orient = |restricted: bool| {
        let held = held(
            at.engine(),
            [
                says("caf-51", Means::Attested, "2025-03-01", "jobseeker", true),
                says(
                    "caf-51",
                    Means::Attested,
                    "2025-03-01",
                    "contact.restricted",
                    restricted,
                ),
            ],
        );
        let orientation = at.orient(&Profile::of_diagnostic(&at, &held)).unwrap();
        assert!(orientation.proposal("atelier").is_some());
        format!("{orientation} {}", json(&orientation))
    };
    assert!(orient(false).contains("Le Club régional d'entreprises"));
    let hidden = orient(true);
    assert!(hidden.contains("Un organisme vous reçoit."), "{hidden}");
    assert!(!hidden.contains("Club régional") && !hidden.contains("crepi"));
}

/// What replaces an entry says again how it is protected.
#[test]
fn no_protection_is_lost_by_replacing() {
    let core = Pack::core().unwrap();
    let mistakes = |theme: &str, fact: &str| {
        let text = format!(
            r#"
        [pack]
        id = "ville"
        title = "Ville"
        extends = "core"

        [[theme]]
        id = "housing"
        replaces = "housing"
        label = "toit"
        {theme}

        [[fact]]
        name = "rqth"
        replaces = "rqth"
        type = "flag"
        label = "reconnaissance"
        question = "Avez-vous une reconnaissance ?"
        {fact}
    "#
        );
        let read = Pack::parse([("pack.toml", &*text)], Some(&core));
        read.map_or_else(|errors| errors.to_string(), |_| String::new())
    };
    let told = mistakes("", "");
    for said in [
        "`housing` remplace une entrée que `tells` protège",
        "`rqth` remplace une entrée que `sensitivity` protège",
    ] {
        assert!(told.contains(said), "{told}");
    }
    assert_eq!(mistakes(r#"tells = ["place"]"#, "sensitivity = 2"), "");
    assert_eq!(mistakes("tells = []", "sensitivity = 0"), "");
}

/// Nor is that of a code: what replaces a list of codes says it again of each.
#[test]
fn no_protection_of_a_code_is_lost_by_replacing() {
    let base = r#"
        [pack]
        id = "base"
        title = "Base"

        [[nomenclature]]
        id = "absence"
        codes = [
          { code = "late", label = "retard" },
          { code = "sick_child", label = "enfant malade", tells = ["household"] },
          { code = "hearing", label = "audience", sensitivity = 3, tells = ["place"] },
        ]
    "#;
    let base = Pack::parse([("base.toml", base)], None).unwrap();
    let mistakes = |codes: &str| {
        let text = format!(
            r#"
        [pack]
        id = "ville"
        title = "Ville"
        extends = "base"

        [[nomenclature]]
        id = "absence"
        replaces = "absence"
        open = true
        codes = [ {codes} ]
    "#
        );
        let read = Pack::parse([("pack.toml", &*text)], Some(&base));
        let errors = read.err().map(|errors| errors.to_string());
        let errors = errors.unwrap_or_default();
        let told = [
            "`sick_child` avec `tells`",
            "`hearing` avec `sensitivity`",
            "`hearing` avec `tells`",
        ];
        told.map(|one| errors.contains(one))
    };
    assert_eq!(mistakes(""), [true, true, true], "no longer listed");
    let listed = r#"{ code = "sick_child", label = "enfant" }, { code = "hearing", label = "audience", tells = ["place"] }"#;
    assert_eq!(mistakes(listed), [true, true, false]);
    let said = r#"{ code = "sick_child", label = "enfant", tells = ["household"] }, { code = "hearing", label = "audience", sensitivity = 0, tells = [] }"#;
    assert_eq!(mistakes(said), [false; 3]);
}

/// A pack says it of its own facts and schemes.
#[test]
fn a_pack_says_what_tells_a_home() {
    let pack = |tells: &str, scheme: &str| {
        format!(
            r#"
        [pack]
        id = "ville"
        title = "Ville"
        extends = "core"

        [[fact]]
        name = "lives_far"
        type = "flag"
        label = "vit loin"
        question = "Vivez-vous loin ?"
        {tells}

        [[scheme]]
        id = "navette"
        title = "Navette"
        source = "Essai"
        verified = false
        {scheme}

        [[role]]
        id = "guichet"
        label = "le guichet"

        [[rule]]
        id = "navette"
        title = "Navette"
        when = "not licence.b"
        propose = {{ scheme = "navette", partner = "guichet", priority = 3 }}
        because = "Une navette existe."
        source = "Essai"
        verified = false

        [[rule]]
        id = "navette-loin"
        title = "Navette"
        when = "lives_far"
        propose = {{ scheme = "navette", partner = "guichet", priority = 2 }}
        because = "Une navette passe."
        source = "Essai"
        verified = false
    "#
        )
    };
    let core = Pack::core().unwrap();
    let rules = |tells: &str, scheme: &str| -> Vec<String> {
        let text = pack(tells, scheme);
        let pack = Pack::parse([("pack.toml", &*text)], Some(&core)).unwrap();
        let at = Engine::new(&pack).at(day("2025-03-15"));
        let profile = Profile::builder(at.engine(), at.date())
            .set("lives_far", true)
            .set("licence.b", false)
            .set("contact.restricted", true)
            .build()
            .unwrap();
        let orientation = at.orient(&profile).unwrap();
        let proposals = orientation.proposals.iter();
        let grounds = proposals.flat_map(|one| &one.grounds);
        grounds.map(|ground| ground.rule.to_string()).collect()
    };
    assert_eq!(rules("", ""), ["navette-loin", "navette"]);
    assert_eq!(rules(r#"tells = ["place"]"#, ""), ["navette"]);
    assert_eq!(rules("", r#"tells = ["household"]"#), [""; 0]);
    let text = pack(r#"tells = ["plac"]"#, "");
    let errors = Pack::parse([("pack.toml", &*text)], Some(&core)).unwrap_err();
    assert!(
        errors
            .to_string()
            .contains("`plac` n'est ni `place` ni `household`"),
        "{errors}"
    );
}

/// What is computed from it tells as much, however far: where it is a reason, a day, or a test
/// that fails.
#[test]
fn what_is_computed_from_a_home_tells_it() {
    let pack = r#"
        [pack]
        id = "ville"
        title = "Ville"
        extends = "core"

        [[fact]]
        name = "near_station"
        type = "flag"
        label = "la gare"
        derive = { condition = "residence.transport_served >= fair" }

        [[fact]]
        name = "goes_about"
        type = "flag"
        label = "les trajets"
        derive = { condition = "near_station or licence.b" }

        [[fact]]
        name = "last_change_on"
        type = "date"
        label = "le dernier changement"
        derive = { max = ["housing.moved_in_on", "contract.signed_on"] }

        [[scheme]]
        id = "navette"
        title = "Navette"
        source = "Essai"
        verified = false

        [[scheme]]
        id = "bilan"
        title = "Bilan"
        source = "Essai"
        verified = false

        [[role]]
        id = "guichet"
        label = "le guichet"

        [[rule]]
        id = "navette"
        title = "Navette"
        when = "not goes_about"
        propose = { scheme = "navette", partner = "guichet", priority = 3 }
        because = "Une navette passe."
        source = "Essai"
        verified = false

        [[rule]]
        id = "bilan"
        title = "Bilan"
        when = "jobseeker"
        propose = { scheme = "bilan", partner = "guichet", priority = 3 }
        within = "2 months of last_change_on"
        because = "Un bilan se fait."
        source = "Essai"
        verified = false

        [[track]]
        id = "proche"
        order = 1
        when = "goes_about and jobseeker"
        track = "professional"
        lead = "guichet"
        because = "Vous cherchez un emploi."
        source = "Essai"
        verified = false

        [[track]]
        id = "autres"
        order = 2
        track = "social"
        lead = "guichet"
        because = "Rien d'autre ne répond."
        source = "Essai"
        verified = false
    "#;
    let core = Pack::core().unwrap();
    let pack = Pack::parse([("pack.toml", pack)], Some(&core)).unwrap();
    let at = Engine::new(&pack).at(day("2025-03-15"));
    let told = |restricted: bool| {
        let profile = Profile::builder(at.engine(), at.date())
            .set("residence.transport_served", code("good"))
            .set("licence.b", false)
            .set("jobseeker", true)
            .set("housing.moved_in_on", day("2025-03-01"))
            .set("contract.signed_on", day("2024-03-01"))
            .set("contact.restricted", restricted)
            .build()
            .unwrap();
        let orientation = at.orient(&profile).unwrap();
        let why = at.why_not(&profile).unwrap();
        let tests: Vec<String> = why.iter().map(|one| json(&one.tests)).collect();
        [
            json(&orientation.track).contains("goes_about"),
            tests.concat().contains("goes_about"),
            json(&orientation.proposals).contains("2025-05-01"),
        ]
    };
    assert_eq!(told(false), [true; 3]);
    assert_eq!(told(true), [false; 3]);
}

/// A level that was computed from it too, and one that was told beside it: but not what a
/// professional said of the same barrier.
#[test]
fn a_level_that_rests_on_a_home_tells_it() {
    let at = marne();
    let oriented = |restricted: bool, assessed: Option<&str>| {
        let mut said: Vec<(&str, Knowledge)> = vec![
            ("jobseeker", true.into()),
            ("residence.commune", code("51454").into()),
            ("residence.transport_served", code("unserved").into()),
            ("rsa", false.into()),
            ("licence.b", false.into()),
            ("vehicle.available", false.into()),
            ("contact.restricted", restricted.into()),
        ];
        said.extend(assessed.map(|level| ("barrier.mobility", code(level).into())));
        let said = said.into_iter();
        let said = said
            .map(|(about, known)| says("pole-emploi", Means::Attested, "2025-03-01", about, known));
        at.orient(&Profile::of_diagnostic(&at, &held(at.engine(), said)))
            .unwrap()
    };
    let track = |restricted: bool| json(&oriented(restricted, None).track);
    assert!(track(false).contains("search.obstacle"), "{}", track(false));
    assert!(!track(true).contains("search.obstacle"));
    assert_eq!(oriented(false, Some("light")).contrasts.len(), 1);
    assert_eq!(oriented(true, Some("light")).contrasts.len(), 0);
    // Where nothing of the home is known beside it, it shows.
    let said = [
        ("licence.b", Knowledge::from(false)),
        ("contact.restricted", true.into()),
        ("barrier.mobility", code("blocking").into()),
    ];
    let said = said
        .into_iter()
        .map(|(about, known)| says("pole-emploi", Means::Attested, "2025-03-01", about, known));
    let told = Profile::of_diagnostic(&at, &held(at.engine(), said));
    let told = json(&at.orient(&told).unwrap().proposals);
    assert!(told.contains("barrier.mobility"), "{told}");
}

/// A pack says it of its own codes: what names one is told of as the fact would be.
#[test]
fn a_pack_says_which_codes_tell_a_home() {
    let pack = |tells: &str| {
        format!(
            r#"
        [pack]
        id = "ville"
        title = "Ville"
        extends = "core"

        [[nomenclature]]
        id = "absence"
        codes = [
          {{ code = "late", label = "retard" }},
          {{ code = "no_absence", label = "aucune" }},
          {{ code = "sick_child", label = "enfant malade"{tells} }},
        ]

        [[fact]]
        name = "last_absence"
        type = "code"
        nomenclature = "absence"
        label = "dernière absence"
        question = "Pourquoi étiez-vous absent ?"

        [[scheme]]
        id = "rattrapage"
        title = "Rattrapage"
        source = "Essai"
        verified = false

        [[role]]
        id = "guichet"
        label = "le guichet"

        [[rule]]
        id = "rattrapage"
        title = "Rattrapage"
        when = "last_absence in {{late, sick_child}}"
        propose = {{ scheme = "rattrapage", partner = "guichet", priority = 3 }}
        because = "Une séance a manqué."
        source = "Essai"
        verified = false
    "#
        )
    };
    let core = Pack::core().unwrap();
    let proposed = |tells: &str, absence: &str, restricted: bool| {
        let text = pack(tells);
        let pack = Pack::parse([("pack.toml", &*text)], Some(&core)).unwrap();
        let at = Engine::new(&pack).at(day("2025-03-15"));
        let profile = Profile::builder(at.engine(), at.date())
            .set("last_absence", code(absence))
            .set("contact.restricted", restricted)
            .build()
            .unwrap();
        let orientation = at.orient(&profile).unwrap();
        let notice = at.notice(&profile, &body("guichet")).unwrap();
        let told = notice.to_string().contains("enfant malade");
        (orientation.proposals.len(), told)
    };
    let household = r#", tells = ["household"]"#;
    assert_eq!(proposed("", "sick_child", true), (1, true));
    assert_eq!(proposed(household, "sick_child", true), (0, false));
    assert_eq!(proposed(household, "late", true), (1, false));
    // Nor is the household told to everybody.
    assert_eq!(proposed(household, "sick_child", false), (1, false));
    assert_eq!(
        proposed(r#", tells = ["place"]"#, "sick_child", false),
        (1, true)
    );
    let text = pack(r#", tells = ["plac"]"#);
    let errors = Pack::parse([("pack.toml", &*text)], Some(&core)).unwrap_err();
    assert!(errors.to_string().contains("`plac` n'est ni"), "{errors}");
}

/// A scheme of a place may bear the name of a role: whoever says the role names no place.
#[test]
fn a_role_that_bears_the_name_of_a_scheme_hides_nothing() {
    let at = Engine::new(&Pack::marne().unwrap()).at(day("2025-03-15"));
    for role in ["e2c", "epide"] {
        let shared = accepts(
            "departement-marne",
            Means::Attested,
            "2025-03-01",
            &[role],
            &[],
        );
        let danger = says(
            "departement-marne",
            Means::Attested,
            "2025-03-01",
            "contact.restricted",
            true,
        );
        let view = held(at.engine(), [shared, danger])
            .view(&at, &body("ml-reims"))
            .unwrap();
        let openings = view.account.openings.iter();
        let shown: Vec<&str> = openings.map(|opening| opening.fact.as_str()).collect();
        assert_eq!(shown, ["consent.share"], "{role}");
    }
}

/// Neither an erasure nor the end of a time lifts a protection: somebody says that there is no
/// danger any more.
#[test]
fn no_erasure_lifts_a_protection() {
    let at = marne();
    let says = |by: &str, on: &str, about: &str, known: Knowledge| {
        crate::saying::says(by, Means::Attested, on, about, known)
    };
    let mut held = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
    let said = [
        says(
            "caf-51",
            "2025-02-01",
            "residence.commune",
            code("51454").into(),
        ),
        says(
            "departement-marne",
            "2025-02-01",
            "contact.restricted",
            true.into(),
        ),
    ];
    for one in said {
        held.record(at.engine(), one).unwrap();
    }
    let tells = |held: &Diagnostic| {
        let view = held.view(&at, &body("pole-emploi")).unwrap();
        let mut openings = view.account.openings.iter();
        openings.any(|one| one.fact.as_str() == "residence.commune")
    };
    assert!(!tells(&held));
    let scopes = || [Scope::Fact(fact("contact.restricted")), Scope::All];
    let grounds = [
        ErasureGround::Request,
        ErasureGround::Retention,
        ErasureGround::Inaccurate,
    ];
    for (ground, scope) in grounds
        .into_iter()
        .flat_map(|ground| scopes().map(|scope| (ground.clone(), scope)))
    {
        let mut erased = held.clone();
        let erasure = erasure("departement-marne", scope, "2025-03-01", ground);
        erased.record_erasure(&at, erasure).unwrap();
        assert!(
            !tells(&erased),
            "the word is gone, and the protection stays"
        );
        let safe = says(
            "departement-marne",
            "2025-03-10",
            "contact.restricted",
            false.into(),
        );
        erased.record(at.engine(), safe).unwrap();
        assert!(tells(&erased));
    }
}

/// Nor do two bodies together, each of which erases all of its own at its own desk.
#[test]
fn two_erasures_of_all_lift_no_protection() {
    let at = marne();
    let mut held = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
    for by in ["caf-51", "ml-reims"] {
        let one = crate::saying::says(
            by,
            Means::Attested,
            "2025-02-01",
            "contact.restricted",
            true,
        );
        held.record(at.engine(), one).unwrap();
    }
    let erased = ["caf-51", "ml-reims"].map(|by| {
        let mut desk = held.clone();
        let erasure = erasure(by, Scope::All, "2025-03-01", ErasureGround::Request);
        desk.record_erasure(&at, erasure).unwrap();
        desk
    });
    let merged = erased[0].merge(&erased[1]).unwrap();
    assert_eq!(merged.entries().count(), 0);
    let orientation = at.orient(&Profile::of_diagnostic(&at, &merged)).unwrap();
    assert!(orientation.face_to_face.is_some(), "the protection stays");
}

/// Nor does one make a danger of a word that was taken back.
#[test]
fn an_erasure_of_all_makes_no_danger_of_what_was_taken_back() {
    let at = marne();
    let mut held = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
    let wrong = crate::saying::says(
        "caf-51",
        Means::Attested,
        "2025-02-01",
        "contact.restricted",
        true,
    );
    held.record(at.engine(), wrong.clone()).unwrap();
    let taken_back = wrong.retracted(day("2025-02-03"), WithdrawalReason::Mistake);
    held.record(at.engine(), taken_back).unwrap();
    let erasure = erasure("caf-51", Scope::All, "2025-03-01", ErasureGround::Request);
    held.record_erasure(&at, erasure).unwrap();
    let orientation = at.orient(&Profile::of_diagnostic(&at, &held)).unwrap();
    assert!(orientation.face_to_face.is_none());
}

/// Whoever erases a theme names no danger that nobody ever spoke of.
#[test]
fn an_erasure_of_a_theme_makes_no_danger() {
    let at = marne();
    let mut held = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
    let phone = Knowledge::exactly([code("phone")]);
    let said = [
        ("contact.channels", phone),
        ("residence.commune", code("51454").into()),
    ];
    for (about, known) in said {
        let one = crate::saying::says("caf-51", Means::Attested, "2025-02-01", about, known);
        held.record(at.engine(), one).unwrap();
    }
    let scopes = Scope::of_theme(at.engine(), "contact");
    assert!(!scopes.is_empty());
    for scope in scopes {
        let erasure = erasure(
            "caf-51",
            scope,
            "2025-03-01",
            ErasureGround::ConsentWithdrawn,
        );
        held.record_erasure(&at, erasure).unwrap();
    }
    let left: Vec<_> = held.entries().map(|(_, one)| one.fact().as_str()).collect();
    assert_eq!(left, ["residence.commune"]);
    let view = held.view(&at, &body("pole-emploi")).unwrap();
    assert_eq!(view.account.openings.len(), 1);
}

/// That there is no danger goes with nothing else in its time: a purge turns nobody's old « no » into a danger.
#[test]
fn a_purge_makes_no_danger_of_an_old_denial() {
    let at = marne();
    let mut held = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
    let (ml, crepi) = (body("ml-reims"), body("crepi"));
    let says = |by: &spie::vocabulary::BodyId, on: &str, about: &str, known: Knowledge| {
        crate::saying::says(by.as_str(), Means::Attested, on, about, known)
    };
    for one in [
        says(&ml, "2022-02-01", "contact.restricted", false.into()),
        says(&ml, "2022-02-01", "jobseeker", true.into()),
        says(&crepi, "2022-03-01", "contact.restricted", false.into()),
    ] {
        held.record(at.engine(), one).unwrap();
    }
    let over = at.engine().at(day("2045-01-01"));
    for by in [&ml, &crepi] {
        for erasure in held.purge(&over, by).unwrap() {
            held.record_erasure(&over, erasure).unwrap();
        }
    }
    // Of all that was said, the last denial is left.
    let left: Vec<_> = held.entries().map(|(_, entry)| entry.by()).collect();
    assert_eq!(left, [&crepi]);
    let profile = Profile::of_diagnostic(&over, &held);
    let told = over.orient(&profile).unwrap();
    assert!(
        told.face_to_face.is_none(),
        "nobody said that there is a danger"
    );
    // Nor does what is held in vain name it: erased, it would count as one.
    let idle = over.idle_in(&held).unwrap();
    assert_eq!(idle.facts, []);
}
