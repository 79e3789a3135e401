//! The bundled packs keep their own examples, and no file of theirs is forgotten.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use spie::pack::{Mistake, PackError, Sources, core_sources, france_sources, marne_sources};
use spie::{Pack, PackErrors};

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

/// A pack over `marne` that holds one example, otherwise right.
fn with_example(keys: &str) -> Result<Pack, PackErrors> {
    let text = format!(
        "[pack]\nid = \"ville\"\ntitle = \"Une ville\"\nextends = \"marne\"\n\
         [[example]]\n{keys}\ntitle = \"Un cas\"\nat = 2024-03-01\n\
         facts.jobseeker = true\nmust_not = [\"epide\"]\n"
    );
    Pack::parse([("pack.toml", text)], Some(&Pack::marne().unwrap()))
}

#[test]
fn an_example_lies_over_those_of_the_bundled_packs() {
    let before = Pack::marne().unwrap().examples();
    let id = "lead-rsa-no-obstacle-2021";
    let added = with_example("id = \"of-the-town\"").unwrap();
    assert_eq!(added.examples(), before + 1);
    let replaced = with_example(&format!("id = \"{id}\"\nreplaces = \"{id}\""));
    assert_eq!(replaced.unwrap().examples(), before);
    let twice = with_example(&format!("id = \"{id}\"")).unwrap_err();
    let codes: Vec<_> = twice.iter().map(PackError::mistake).collect();
    assert_eq!(codes, [Mistake::Twice]);
    let nothing = with_example("id = \"a\"\nreplaces = \"b\"").unwrap_err();
    let codes: Vec<_> = nothing.iter().map(PackError::mistake).collect();
    assert_eq!(codes, [Mistake::NotInherited]);
}
