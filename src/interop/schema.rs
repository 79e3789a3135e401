//! The JSON Schemas of a caseload and of the sheet of an interview.
//!
//! Which facts exist and what type each has is a matter of the pack, so that the
//! schema says how a fact may be written, and the reader whether it may be.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{Caseload, Person, Sheet};
use crate::fact::{Means, Reason};
use crate::vocabulary::{BodyId, PersonRef};

/// ```
/// use spie::interop::Caseload;
/// let schema = schemars::schema_for!(Caseload);
/// assert_eq!(schema.get("title").and_then(|title| title.as_str()), Some("Caseload"));
/// ```
impl JsonSchema for Caseload {
    fn schema_name() -> Cow<'static, str> {
        "Caseload".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "People, and what is said about each.",
            "type": "object",
            "properties": {
                "version": { "const": super::caseload::VERSION },
                "people": { "type": "array", "items": generator.subschema_for::<Person>() },
            },
            "required": ["version", "people"],
            "additionalProperties": false,
        })
    }
}

impl JsonSchema for Person {
    fn schema_name() -> Cow<'static, str> {
        "Person".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "One person as a file tells of them.",
            "type": "object",
            "properties": {
                "ref": generator.subschema_for::<PersonRef>(),
                "title": {
                    "description": "A line that introduces an invented person; absent for real ones.",
                    "type": "string",
                },
                "facts": {
                    "description": "What is said about facts, by name.",
                    "type": "object",
                    "propertyNames": { "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$" },
                    "additionalProperties": generator.subschema_for::<Said>(),
                },
                "columns": {
                    "description": "Columns of the source kept for comparison, as they were written.",
                    "type": "object",
                    "additionalProperties": { "type": "string" },
                },
            },
            "required": ["ref"],
            "additionalProperties": false,
        })
    }
}

/// What is said about one fact.
struct Said;

impl JsonSchema for Said {
    fn schema_name() -> Cow<'static, str> {
        "Said".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let on = json_schema!({ "type": "string", "format": "date" });
        let source = serde_json::json!({
            "by": generator.subschema_for::<BodyId>(),
            "on": on,
            "means": generator.subschema_for::<Means>(),
        });
        let forms = forms(generator, &source);
        json_schema!({
            "description": "A value, several possible ones, or why nothing is known; and who said it.",
            "anyOf": forms,
        })
    }
}

/// An answer on a sheet: by whom and when is the sheet's.
struct Answer;

impl JsonSchema for Answer {
    fn schema_name() -> Cow<'static, str> {
        "Answer".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let means = serde_json::json!({ "means": generator.subschema_for::<Means>() });
        let forms = forms(generator, &means);
        json_schema!({
            "description": "A value or several possible ones, and by what means where that is not the sheet's; `declined` where the person chose not to answer, `unknown` where the person does not know.",
            "anyOf": forms,
        })
    }
}

/// ```
/// use spie::interop::Sheet;
/// let schema = schemars::schema_for!(Sheet);
/// assert_eq!(schema.get("title").and_then(|title| title.as_str()), Some("Sheet"));
/// ```
impl JsonSchema for Sheet {
    fn schema_name() -> Cow<'static, str> {
        "Sheet".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let day = json_schema!({ "type": "string", "format": "date" });
        json_schema!({
            "description": "What one body heard of one person on one day.",
            "type": "object",
            "properties": {
                "version": { "const": super::sheet::VERSION },
                "person": generator.subschema_for::<PersonRef>(),
                "by": generator.subschema_for::<BodyId>(),
                "on": day,
                "recorded_on": {
                    "description": "The day on which the sheet was typed; that of the interview where it is left out.",
                    "type": "string",
                    "format": "date",
                },
                "means": generator.subschema_for::<Means>(),
                "answers": {
                    "description": "The answers, by name of the fact. A fact that nobody asked about is left out.",
                    "type": "object",
                    "propertyNames": { "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$" },
                    "additionalProperties": generator.subschema_for::<Answer>(),
                },
            },
            "required": ["version", "person", "by", "on", "means", "answers"],
            "additionalProperties": false,
        })
    }
}

/// The ways to write what is said about a fact; a table may also say the source.
fn forms(generator: &mut SchemaGenerator, source: &serde_json::Value) -> [Schema; 11] {
    let plain = generator.subschema_for::<Plain>();
    let codes = json_schema!({ "type": "array", "items": { "type": ["string", "integer"] } });
    let rows = json_schema!({
        "type": "array",
        "items": {
            "description": "A row of a list: fields, each written like a fact. A field left out is unknown.",
            "type": "object",
            "additionalProperties": generator.subschema_for::<Said>(),
        },
    });
    let reason = generator.subschema_for::<Reason>();
    let table = |properties: serde_json::Value, required: &[&str]| {
        let mut properties = properties;
        if let (Some(all), Some(source)) = (properties.as_object_mut(), source.as_object()) {
            all.extend(source.clone());
        }
        json_schema!({
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        })
    };
    let value = serde_json::json!({ "anyOf": [&plain, &codes, &rows] });
    [
        plain.clone(),
        codes.clone(),
        rows.clone(),
        table(serde_json::json!({ "value": value }), &["value"]),
        table(
            serde_json::json!({ "one_of": { "type": "array", "items": &plain } }),
            &["one_of"],
        ),
        table(
            serde_json::json!({ "from": &plain, "to": &plain }),
            &["from"],
        ),
        table(serde_json::json!({ "from": &plain, "to": &plain }), &["to"]),
        table(
            serde_json::json!({ "with": &codes, "without": &codes }),
            &["with"],
        ),
        table(
            serde_json::json!({ "with": &codes, "without": &codes }),
            &["without"],
        ),
        table(
            serde_json::json!({ "rows": &rows, "complete": { "type": "boolean" } }),
            &["rows"],
        ),
        table(serde_json::json!({ "unknown": reason }), &["unknown"]),
    ]
}

/// One plain value.
struct Plain;

impl JsonSchema for Plain {
    fn schema_name() -> Cow<'static, str> {
        "PlainValue".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Yes or no, a whole number, a code or level, a date such as `2025-01-02`, an amount such as `565.34 EUR`, or `none`.",
            "type": ["boolean", "integer", "string"],
        })
    }
}
