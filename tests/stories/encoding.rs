//! The canonical encoding of diagnostics, held by vectors that another program wrote.

use spie::Diagnostic;
use spie::diagnostic::{Entry, Erasure};

const VECTORS: &str = include_str!("../samples/encoding.json");

/// One entry or erasure in a diagnostic of its own, as partners exchange it.
fn exchanged(entries: &serde_json::Value, erasures: &serde_json::Value) -> String {
    serde_json::json!({
        "version": 1,
        "person": "dossier-12",
        "entries": entries,
        "erasures": erasures,
    })
    .to_string()
}

fn vectors(kind: &str) -> Vec<serde_json::Value> {
    let vectors: serde_json::Value = serde_json::from_str(VECTORS).unwrap();
    vectors[kind].as_array().unwrap().clone()
}

#[test]
fn entries_have_the_bytes_and_the_ids_of_the_vectors() {
    let vectors = vectors("entries");
    assert!(vectors.len() >= 30, "{}", vectors.len());
    for vector in vectors {
        let id = vector["id"].as_str().unwrap();
        let mut entry = vector["entry"].clone();
        entry["id"] = id.into();
        let text = exchanged(&serde_json::json!([entry]), &serde_json::json!([]));
        let diagnostic =
            Diagnostic::parse(&text).unwrap_or_else(|error| panic!("{error} in {text}"));
        let (found, entry) = diagnostic.entries().next().unwrap();
        assert_eq!(found.to_string(), id);
        let bytes = entry.encode();
        assert_eq!(hex::encode(&bytes), vector["bytes"].as_str().unwrap());
        assert_eq!(Entry::decode(&bytes).as_ref(), Ok(entry));
    }
}

#[test]
fn erasures_have_the_bytes_and_the_ids_of_the_vectors() {
    for vector in vectors("erasures") {
        let id = vector["id"].as_str().unwrap();
        let mut erasure = vector["erasure"].clone();
        erasure["id"] = id.into();
        let text = exchanged(&serde_json::json!([]), &serde_json::json!([erasure]));
        let diagnostic =
            Diagnostic::parse(&text).unwrap_or_else(|error| panic!("{error} in {text}"));
        let (found, erasure) = diagnostic.erasures().next().unwrap();
        assert_eq!(found.to_string(), id);
        let bytes = erasure.encode();
        assert_eq!(hex::encode(&bytes), vector["bytes"].as_str().unwrap());
        assert_eq!(Erasure::decode(&bytes).as_ref(), Ok(erasure));
    }
}

/// A value of the person, wherever it stands, occurs in no error.
#[test]
fn errors_of_exchange_hold_no_value() {
    const MARKER: &str = "m4rk3r expected 51";
    let observation = |key: &str, value: serde_json::Value| {
        let mut observation = serde_json::json!({
            "by": "caf-51", "means": "attested", "observed_on": "2025-01-10",
            "recorded_on": "2025-01-11", "fact": "rsa", "known": { "one_of": [{ "flag": true }] },
        });
        observation[key] = value;
        serde_json::json!([{ "observation": observation }])
    };
    let none = serde_json::json!([]);
    let marker = serde_json::json!(MARKER);
    let mut texts = vec![
        MARKER.to_owned(),
        format!("{{\"version\": \"{MARKER}\"}}"),
        exchanged(&marker, &none),
        exchanged(&none, &marker),
        exchanged(&serde_json::json!([marker]), &none),
        exchanged(&serde_json::json!([{ "newer": MARKER }]), &none),
        exchanged(&serde_json::json!([{ MARKER: 1 }]), &none),
        exchanged(&serde_json::json!([{ "id": MARKER }]), &none),
    ];
    for key in [
        "by",
        "means",
        "observed_on",
        "recorded_on",
        "fact",
        "known",
        "unknown",
        MARKER,
    ] {
        texts.push(exchanged(&observation(key, marker.clone()), &none));
    }
    for known in [
        serde_json::json!({ "one_of": [{ "flag": MARKER }] }),
        serde_json::json!({ "one_of": [{ "cents": MARKER }] }),
        serde_json::json!({ "one_of": [{ MARKER: true }] }),
        serde_json::json!({ "exactly": [MARKER] }),
        serde_json::json!({ "rows": { "rows": [{ MARKER: {} }], "complete": true } }),
        serde_json::json!({ "rows": { "rows": [{ "rsa": { "rows": { "rows": [], "complete": true } } }], "complete": true } }),
    ] {
        texts.push(exchanged(&observation("known", known), &none));
    }
    for text in texts {
        let errors = Diagnostic::parse(&text).unwrap_err();
        let shown = format!("{errors} {errors:?}");
        assert!(!shown.contains("m4rk3r"), "{shown} for {text}");
        assert!(shown.contains("expected"), "{shown} for {text}");
    }
}
