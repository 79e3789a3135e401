//! Caseloads that were damaged on their way, or written to harm: every person is
//! read or refused at a place, and those who are read are oriented.

use std::sync::LazyLock;

use chrono::NaiveDate;
use proptest::prelude::*;
use spie::interop::{Caseload, CaseloadError};
use spie::{Engine, Pack};

use crate::damage::{damaged, hits};

const PEOPLE: &str = include_str!("../../packs/marne/people.json");

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(&Pack::marne().unwrap()));

fn inside(text: &str, line: u64, column: u64) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    let at = usize::try_from(line).unwrap();
    let width = lines.get(at - 1).map_or(0, |line| line.chars().count());
    at <= lines.len() + 1 && column <= u64::try_from(width).unwrap() + 1
}

/// Reads and orients, and holds every mistake to a place in the text.
fn read(text: &str) -> Result<Caseload, CaseloadError> {
    let caseload = Caseload::parse(text, &ENGINE)?;
    for refused in &caseload.refused {
        assert!(inside(text, refused.line, refused.column), "{refused}");
    }
    for on in ["2021-09-15", "2025-03-15"] {
        let on: NaiveDate = on.parse().unwrap();
        for person in &caseload.people {
            let profile = person.profile(&ENGINE, on).unwrap();
            let page = ENGINE.at(on).orient(&profile).unwrap().to_string();
            assert!(!page.is_empty());
        }
    }
    Ok(caseload)
}

fn with_facts(facts: &str) -> String {
    format!("{{ \"version\": 1, \"people\": [ {{ \"ref\": \"a\", \"facts\": {{ {facts} }} }} ] }}")
}

#[test]
fn nesting_without_end_is_refused() {
    for text in [
        "[".repeat(200_000),
        "{\"people\":".repeat(200_000),
        with_facts(&format!("\"licence.b\": {}", "[".repeat(100_000))),
        with_facts(&format!(
            "\"licence.b\": {}1{}",
            "[".repeat(100_000),
            "]".repeat(100_000)
        )),
    ] {
        let refused = read(&text).map_or(1, |caseload| caseload.refused.len());
        assert_eq!(refused, 1);
    }
}

#[test]
fn a_place_counts_letters_and_not_bytes() {
    let wrong = read("{ \"version\": 1, \"é𝄞é𝄞\": }").unwrap_err();
    let CaseloadError::Shape { line, column, .. } = wrong else {
        panic!("{wrong}");
    };
    assert_eq!((line, column), (1, 25));
}

#[test]
fn absurd_values_refuse_the_person() {
    for facts in [
        "\"carer.hours_week\": 99999999999999999999999",
        "\"carer.hours_week\": 1e400",
        "\"carer.hours_week\": 10.5",
        "\"carer.hours_week\": -1",
        "\"carer.hours_week\": { \"from\": 9223372036854775807 }",
        "\"carer.hours_week\": { \"from\": 20, \"to\": 10 }",
        "\"carer.hours_week\": { \"one_of\": [] }",
        "\"birth_date\": \"9999-12-31\"",
        "\"birth_date\": \"0000-01-01\"",
        "\"birth_date\": \"2021-02-30\"",
        "\"birth_date\": \"-262143-01-01\"",
        "\"are.daily\": \"99999999999999999999 EUR\"",
        "\"are.daily\": \"1.005 EUR\"",
        "\"residence.commune\": \"\\u0000\"",
        "\"project.sectors\": [\"btp\", \"batiment\"]",
        "\"children\": [{ \"age\": 3 }]",
        "\"children\": { \"rows\": 3 }",
        "\"age\": 30",
    ] {
        let caseload = read(&with_facts(facts)).unwrap();
        assert_eq!(
            (caseload.people.len(), caseload.refused.len()),
            (0, 1),
            "{facts}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_damaged_caseload_never_panics(hits in hits()) {
        let text = damaged(PEOPLE, &hits);
        match read(&text) {
            Ok(caseload) => {
                let refused: std::collections::BTreeSet<u64> =
                    caseload.refused.iter().map(|refused| refused.position).collect();
                prop_assert!(caseload.people.len() + refused.len() > 0);
            }
            Err(CaseloadError::Shape { line, column, .. }) => {
                let at = |number: usize| u64::try_from(number).unwrap();
                prop_assert!(inside(&text, at(line), at(column)), "{line}:{column}");
            }
            Err(_) => {}
        }
    }
}
