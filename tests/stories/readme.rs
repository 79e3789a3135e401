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
