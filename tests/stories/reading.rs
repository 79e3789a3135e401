//! What is read and has another shape is refused in words of the format, whatever is misshapen.

use serde_json::{Value, json};
use spie::diagnostic::Diagnostic;
use spie::orientation::decision::{Answer, Choice, Decision, DecisionRecord, Subject};
use spie::vocabulary::PersonRef;
use spie::{Engine, Pack, Profile};

use crate::saying::{body, code, day};

/// Copies of a document, in each of which one part has another shape.
fn misshapen(document: &Value) -> Vec<Value> {
    let mut copies = vec![
        json!(7),
        json!(true),
        json!("x"),
        json!([]),
        json!([[]]),
        json!({ "x": 1 }),
    ];
    match document {
        Value::Object(fields) => {
            for (name, part) in fields {
                for other in misshapen(part) {
                    let mut copy = fields.clone();
                    copy.insert(name.clone(), other);
                    copies.push(Value::Object(copy));
                }
            }
        }
        Value::Array(items) => {
            for (place, part) in items.iter().enumerate() {
                for other in misshapen(part) {
                    let mut copy = items.clone();
                    copy[place] = other;
                    copies.push(Value::Array(copy));
                }
            }
        }
        _ => {}
    }
    copies
}

/// Whether a text names a type of the code: `WrittenEntry`, `struct`.
fn names_a_type(text: &str) -> bool {
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    words.any(|word| {
        let mut letters = word.chars().zip(word.chars().skip(1));
        letters.any(|(one, next)| one.is_lowercase() && next.is_uppercase())
            || ["struct", "enum"].contains(&word)
    })
}

fn all_in_words_of_the_format<E: ToString>(document: &Value, read: impl Fn(&str) -> Result<(), E>) {
    assert!(read(&document.to_string()).is_ok(), "{document}");
    let refused: Vec<String> = misshapen(document)
        .iter()
        .filter_map(|copy| read(&copy.to_string()).err())
        .map(|error| error.to_string())
        .collect();
    assert!(refused.len() > 100, "{}", refused.len());
    let named: Vec<&String> = refused.iter().filter(|text| names_a_type(text)).collect();
    assert!(named.is_empty(), "{named:#?}");
}

#[test]
fn a_diagnostic_is_refused_in_words_of_the_format() {
    let said = |fact: &str, known: Value| {
        json!({ "observation": {
            "by": "caf-51", "means": "attested", "observed_on": "2025-03-01",
            "recorded_on": "2025-03-01", "fact": fact, "known": known,
        } })
    };
    let withdrawn = json!({
        "by": "caf-51", "target": "0".repeat(64), "fact": "rsa", "observed_on": "2025-03-01",
        "recorded_on": "2025-03-02", "reason": "mistake",
    });
    let mut contested = withdrawn.clone();
    contested["of"] = json!("ml-reims");
    let aid = json!({ "aid": { "one_of": [{ "code": "amob" }] } });
    let silent = json!({ "observation": {
        "by": "caf-51", "means": "declared", "observed_on": "2025-03-01",
        "recorded_on": "2025-03-01", "fact": "ass", "unknown": "declined",
    } });
    let document = json!({
        "version": 1,
        "person": "dossier-12",
        "entries": [
            said("rsa", json!({ "one_of": [{ "flag": true }] })),
            said("household.size", json!({ "between": { "from": { "integer": 2 }, "to": { "integer": 3 } } })),
            said("licence.other", json!({ "exactly": ["am"] })),
            said("consent.share", json!({ "members": { "with": ["ml-reims"], "without": [] } })),
            said("aids", json!({ "rows": { "rows": [aid], "complete": true } })),
            silent,
            { "retraction": withdrawn },
            { "rectification": contested },
        ],
        "erasures": [
            { "by": "caf-51", "scope": { "fact": "rsa" }, "up_to": "2025-01-01", "recorded_on": "2025-03-01", "ground": { "upheld": { "by": "ml-reims" } } },
            { "by": "caf-51", "scope": "all", "up_to": "2024-01-01", "recorded_on": "2025-03-01", "ground": "request" },
        ],
    });
    all_in_words_of_the_format(&document, |text| Diagnostic::parse(text).map(|_| ()));
}

#[test]
fn a_record_of_a_decision_is_refused_in_words_of_the_format() {
    let at = Engine::new(&Pack::marne().unwrap()).at(day("2025-03-15"));
    let profile = Profile::builder(at.engine(), at.date())
        .set("birth_date", day("1990-03-01"))
        .set("residence.commune", code("51454"))
        .set("residence.transport_served", code("unserved"))
        .set("jobseeker", true)
        .set("licence.b", false)
        .set("vehicle.available", false)
        .build()
        .unwrap();
    let orientation = at.orient(&profile).unwrap();
    let decision = Decision {
        by: body("pole-emploi"),
        on: day("2025-03-20"),
        choices: vec![Choice {
            subject: Subject::Scheme(orientation.proposals[0].scheme.clone()),
            answer: Answer::Accepted,
            departure: None,
        }],
    };
    let person = PersonRef::parse("dossier-12").unwrap();
    let record = DecisionRecord::of_profile(&at, person, &profile, decision).unwrap();
    let mut document = serde_json::to_value(&record).unwrap();
    // One of each is enough, and quick.
    let first = document["proposals"][0].clone();
    document["proposals"] = json!([first]);
    all_in_words_of_the_format(&document, |text| DecisionRecord::parse(text).map(|_| ()));
}
