//! The twelve bundled people, as pages: golden stories, read by a human eye.

use spie::interop::Caseload;
use spie::{Engine, Pack};

#[test]
fn pages_of_march_2025() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let caseload = Caseload::bundled(&engine).unwrap();
    for refused in &caseload.refused {
        println!("{refused}");
    }
    assert!(caseload.refused.is_empty());
    let on = "2025-03-15".parse().unwrap();
    for person in &caseload.people {
        let profile = person
            .profile(&engine, on)
            .unwrap_or_else(|errors| panic!("{errors}"));
        let page = engine.at(on).orient(&profile).unwrap();
        println!(
            "==== {} {}\n{page}",
            person.reference,
            person.title.as_deref().unwrap_or("")
        );
    }
}
