//! The sheet of one interview: its sample, damaged copies of it, and everything that can be wrong.

use std::sync::LazyLock;

use spie::interop::{Sheet, SheetErrors};
use spie::{Diagnostic, Engine, Pack, Profile};

use crate::damage::copies;

const SAMPLE: &str = include_str!("../samples/interview.json");

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(&Pack::marne().unwrap()));

fn read(text: &str) -> Result<Diagnostic, SheetErrors> {
    let arrival = Sheet::parse(text, &ENGINE)?.arrival();
    assert_eq!(arrival.unread, []);
    Ok(arrival.diagnostic)
}

fn errors(text: &str) -> Vec<String> {
    let errors = read(text).unwrap_err();
    errors.iter().map(ToString::to_string).collect()
}

#[test]
fn the_sample_says_this() {
    let at = ENGINE.at("2025-03-15".parse().unwrap());
    let diagnostic = read(SAMPLE).unwrap();
    let exchanged = serde_json::to_value(&diagnostic).unwrap();
    let mut said: Vec<String> = exchanged["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            let mut said = entry["observation"].clone();
            let fact = said.as_object_mut().unwrap().remove("fact").unwrap();
            format!("{} {said}", fact.as_str().unwrap())
        })
        .collect();
    said.sort();
    insta::assert_snapshot!(format!(
        "{}\n\n{}",
        said.join("\n"),
        diagnostic.resolve(&at)
    ));
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let wrong = r#"{
  "version": 2,
  "person": "",
  "by": "ml-riems",
  "on": "2025-13-10",
  "recorded_on": 3,
  "means": "guessed",
  "answer": {},
  "means": "declared",
  "answers": {
    "licnce.b": true,
    "licence.b": "SECRET",
    "vehicle.available": true,
    "vehicle.available": false,
    "age": 30,
    "birth_date": { "value": "1990-01-01", "on": "2025-03-10" },
    "rqth": { "unknown": "stale" },
    "barrier.mobility": { "valeur": "moderate" },
    "SECRET": true
  }
}"#;
    insta::assert_snapshot!(errors(wrong).join("\n"));
    // With a heading that can be read, what nothing is ruled out by is told too.
    let vague = SAMPLE.replace(
        "\"licence.b\": false",
        "\"licence.b\": { \"one_of\": [true, false] }",
    );
    assert_eq!(
        errors(&vague),
        [
            "line 15, column 18, `answers.licence.b`: `licence.b`: expected some values to be ruled out"
        ]
    );
    for (text, told) in [
        ("", "line 1, column 1: the text ends too early"),
        (
            "[]",
            "line 1, column 1: expected an object, the sheet of one interview",
        ),
        (
            "{ \"answers\": 3 }",
            "line 1, column 1, `version`: this key is missing",
        ),
    ] {
        assert_eq!(errors(text)[0], told);
    }
}

/// 200 damaged copies: read, or refused whole with every fault at a place.
#[test]
fn damage_is_told_with_its_place() {
    let at = ENGINE.at("2025-03-15".parse().unwrap());
    let (mut kept, mut refused) = (0, 0);
    for copy in copies(SAMPLE, 200) {
        match read(&copy) {
            Ok(diagnostic) => {
                kept += 1;
                // Each answer that stands in the text is an entry.
                let json: serde_json::Value = serde_json::from_str(&copy).unwrap();
                let answers = json["answers"].as_object().unwrap().len();
                assert_eq!(diagnostic.entries().count(), answers);
                assert!(at.orient(&Profile::of_diagnostic(&at, &diagnostic)).is_ok());
            }
            Err(errors) => {
                refused += 1;
                for error in errors.iter() {
                    let line = usize::try_from(error.line).unwrap();
                    let line = copy.split('\n').nth(line - 1).unwrap().chars().count();
                    assert!(error.column <= line as u64 + 1, "{error}");
                }
            }
        }
    }
    assert_eq!(kept + refused, 200);
    assert!(kept > 0 && refused > 100, "{kept}, {refused}");
}

const MARKER: &str = "ZZMARKERZZ";

#[test]
fn no_message_shows_an_answer() {
    let texts = SAMPLE.match_indices(": \"").map(|(at, _)| at + 3);
    for start in texts {
        let end = start + SAMPLE[start..].find('"').unwrap();
        let marked = format!("{}{MARKER}{}", &SAMPLE[..start], &SAMPLE[end..]);
        let shown = match Sheet::parse(&marked, &ENGINE) {
            Ok(sheet) => format!("{sheet:?} {:?}", sheet.clone().arrival()),
            Err(errors) => format!("{errors} {errors:?}"),
        };
        assert!(!shown.contains(MARKER), "{shown}");
    }
}
