//! The JSON Schema of an orientation, kept as a file for software that reads it.

use spie::interop::Caseload;
use spie::{Engine, Orientation, Pack};

#[test]
fn the_schema_in_the_repository_is_the_one_of_the_types() {
    let schema = serde_json::to_string_pretty(&schemars::schema_for!(Orientation)).unwrap();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/orientation.json");
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        std::fs::write(path, format!("{schema}\n")).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap();
    assert_eq!(kept.trim_end(), schema, "UPDATE_SCHEMAS=1 cargo test writes it again");
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
        let errors: Vec<_> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new(), "{}", person.reference);
    }
}
