//! The page that the README quotes is the page that the engine gives.

use spie::interop::Caseload;
use spie::{Engine, Pack};

#[test]
fn the_quoted_page_is_the_page_of_marne_03() {
    let readme = include_str!("../../README.md");
    let (_, quoted) = readme.split_once("<!-- page:begin -->\n```text\n").unwrap();
    let (quoted, _) = quoted.split_once("```\n<!-- page:end -->").unwrap();

    let engine = Engine::new(&Pack::marne().unwrap());
    let on = "2025-03-15".parse().unwrap();
    let caseload = Caseload::bundled(&engine).unwrap();
    let mut people = caseload.people.iter();
    let person = people.find(|person| person.reference.as_str() == "marne-03");
    let profile = person.unwrap().profile(&engine, on).unwrap();
    let page = engine.at(on).orient(&profile).unwrap().to_string();
    assert_eq!(
        quoted.trim_end(),
        page.trim_end(),
        "`.ci/run accept` writes it again"
    );
}

/// Rule, example and error stand in the sources as the README shows them.
#[test]
fn the_quoted_toml_and_error_are_those_of_the_sources() {
    let readme = include_str!("../../README.md");
    let blocks = |kind: &str| -> Vec<&str> {
        let start = format!("```{kind}\n");
        let parts = readme.split(start.as_str()).skip(1);
        parts.filter_map(|part| part.split("```").next()).collect()
    };
    let toml: Vec<&str> = blocks("toml");
    assert_eq!(toml.len(), 2);
    for block in toml {
        let quoted = |(_, text): &(&str, &str)| text.contains(block);
        assert!(spie::pack::france_sources().iter().any(quoted), "{block}");
    }
    let told = include_str!(
        "snapshots/stories__bad_packs__each_mistake_is_told_with_its_place_and_mend.snap"
    );
    let errors: Vec<&str> = blocks("text")
        .into_iter()
        .filter(|block| block.starts_with("erreur"))
        .collect();
    assert_eq!(errors.len(), 1);
    assert!(told.contains(errors[0]));
}
