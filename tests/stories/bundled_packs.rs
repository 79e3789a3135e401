//! The bundled packs keep their own examples, and no file of theirs is forgotten.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use spie::Pack;
use spie::pack::{Sources, core_sources, france_sources, marne_sources};

/// Caseloads stand beside the pack that they are told with.
const NOT_SOURCES: [&str; 1] = ["people.json"];

fn files_are_listed(pack: &str, sources: Sources) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("packs")
        .join(pack);
    let found: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !NOT_SOURCES.contains(&name.as_str()))
        .collect();
    let listed: BTreeSet<String> = sources.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(listed, found, "{pack}");
}

#[test]
fn every_file_of_a_bundled_pack_is_listed() {
    files_are_listed("core", core_sources());
    files_are_listed("france", france_sources());
    files_are_listed("marne", marne_sources());
}

#[test]
fn the_examples_of_the_bundled_packs_hold() {
    for pack in [Pack::france(), Pack::marne()] {
        let ran = pack.unwrap().run_examples();
        assert!(ran.unwrap_or_else(|errors| panic!("{errors}")) > 100);
    }
}
