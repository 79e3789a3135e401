//! The floor of the benches: all rules in force as plain Rust, and people as plain data.
//!
//! `benches/one_person/floor.rs` says the checked conditions of one day without
//! anything of the engine: no program, no literals, only fields, `&&` and `||`.
//! It is written here, since only the crate sees the conditions, and it cannot go
//! stale: the test below holds it to the packs, and `UPDATE_FLOOR=1` writes it again.

#[path = "../../../benches/one_person/people.rs"]
mod people;
mod rust;

use std::path::Path;
use std::{env, fs};

// What the people of the bench are drawn with: there, the names of the crate from outside.
use crate::interop::Caseload;
use crate::vocabulary::{Cents, Code, FactName};
use crate::{Engine, Knowledge, Pack, Profile, fact};

/// The text of a file beside the bench, or the same one written again.
fn held(name: &str, text: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/one_person");
    let path = folder.join(name);
    if env::var_os("UPDATE_FLOOR").is_some() {
        fs::write(&path, text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == text,
        "the packs or the people have changed: UPDATE_FLOOR=1 writes {name} again"
    );
}

#[test]
fn the_floor_of_the_bench_is_that_of_the_packs() {
    let pack = Pack::marne().unwrap();
    let engine = Engine::new(&pack);
    let floor = rust::Floor::new(&engine, people::day());
    held("floor.rs", &floor.rules());
    let people = people::all(&pack, &engine);
    let lines: Vec<String> = people.iter().map(|person| floor.person(person)).collect();
    held("people.txt", &lines.concat());
}
