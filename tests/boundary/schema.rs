//! The JSON Schemas of what is exchanged, kept as files for software that reads it.

use spie::interop::{Caseload, Sheet};
use spie::orientation::decision::{Answer, Choice, Decision, DecisionRecord, Departure};
use spie::orientation::decision::{DepartureReason, Subject};
use spie::orientation::{Agenda, IdleFacts};
use spie::progress::Progress;
use spie::{Diagnostic, Engine, Orientation, Pack};

/// Held to the file; `UPDATE_SCHEMAS=1 cargo test` writes it again.
fn is_kept(name: &str, schema: &schemars::Schema) {
    let schema = serde_json::to_string_pretty(schema).unwrap();
    let path = format!("{}/schemas/{name}.json", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        std::fs::write(&path, format!("{schema}\n")).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap();
    assert_eq!(
        kept.trim_end(),
        schema,
        "UPDATE_SCHEMAS=1 cargo test writes it again"
    );
}

#[test]
fn the_schemas_in_the_repository_are_those_of_the_types() {
    is_kept("orientation", &schemars::schema_for!(Orientation));
    is_kept("diagnostic", &schemars::schema_for!(Diagnostic));
    is_kept("progress", &schemars::schema_for!(Progress));
    is_kept("agenda", &schemars::schema_for!(Agenda));
    is_kept("idle_facts", &schemars::schema_for!(IdleFacts));
    is_kept("decision", &schemars::schema_for!(DecisionRecord));
    is_kept("interview", &schemars::schema_for!(Sheet));
}

#[test]
fn a_sheet_is_of_its_schema() {
    let schema = serde_json::to_value(schemars::schema_for!(Sheet)).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let sheet: serde_json::Value =
        serde_json::from_str(include_str!("../samples/interview.json")).unwrap();
    let errors: Vec<_> = validator
        .iter_errors(&sheet)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new());
    for (key, value) in [
        ("version", serde_json::json!(2)),
        ("on", serde_json::json!(20_250_315)),
        ("answer", serde_json::json!({})),
        (
            "answers",
            serde_json::json!({ "licence.b": { "value": true, "by": "caf-51" } }),
        ),
    ] {
        let mut wrong = sheet.clone();
        wrong[key] = value;
        assert!(!validator.is_valid(&wrong), "{key}");
    }
}

/// The vectors of the encoding, as partners exchange them.
#[test]
fn a_diagnostic_is_of_its_schema() {
    let schema = serde_json::to_value(schemars::schema_for!(Diagnostic)).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let vectors: serde_json::Value =
        serde_json::from_str(include_str!("../samples/encoding.json")).unwrap();
    let of = |kind: &str, one: &str| -> Vec<serde_json::Value> {
        let vectors = vectors[kind].as_array().unwrap().iter();
        vectors.map(|vector| vector[one].clone()).collect()
    };
    let json = serde_json::json!({
        "version": 1,
        "person": "dossier-12",
        "entries": of("entries", "entry"),
        "erasures": [],
    });
    let written = Diagnostic::parse(&json.to_string()).unwrap();
    for json in [json, serde_json::to_value(&written).unwrap()] {
        let errors: Vec<_> = validator
            .iter_errors(&json)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors, Vec::<String>::new());
    }
    assert!(!validator.is_valid(&serde_json::json!({ "version": 1 })));
}

#[test]
fn the_orientations_of_the_twelve_are_of_that_schema() {
    let schema = serde_json::to_value(schemars::schema_for!(Orientation)).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let engine = Engine::new(&Pack::marne().unwrap());
    let on = "2025-03-15".parse().unwrap();
    for person in Caseload::bundled(&engine).unwrap().people {
        let profile = person.profile(&engine, on).unwrap();
        let orientation = engine.at(on).orient(&profile).unwrap();
        let json = serde_json::to_value(&orientation).unwrap();
        let errors: Vec<_> = validator
            .iter_errors(&json)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{}", person.reference);
    }
}

#[test]
fn the_records_of_the_twelve_are_of_that_schema() {
    let schema = serde_json::to_value(schemars::schema_for!(DecisionRecord)).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let engine = Engine::new(&Pack::marne().unwrap());
    let at = engine.at("2025-03-15".parse().unwrap());
    for person in Caseload::bundled(&engine).unwrap().people {
        let profile = person.profile(&engine, at.date()).unwrap();
        let decision = Decision {
            by: "departement-marne".parse().unwrap(),
            on: at.date(),
            choices: vec![Choice {
                subject: Subject::Scheme("mobilite-diagnostic".parse().unwrap()),
                answer: Answer::Postponed { until: None },
                departure: Some(Departure {
                    reason: DepartureReason::TooEarly,
                    text: Some("Après la rentrée.".to_owned()),
                }),
            }],
        };
        let who = person.reference.clone();
        let record = DecisionRecord::of_profile(&at, who, &profile, decision).unwrap();
        let json = serde_json::to_value(&record).unwrap();
        let errors: Vec<_> = validator
            .iter_errors(&json)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{}", person.reference);
    }
}
