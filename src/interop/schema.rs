//! The JSON Schema of a caseload.
//!
//! Which facts exist and what type each has is a matter of the pack, so that the
//! schema says how a fact may be written, and the reader whether it may be.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{Caseload, Person};
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
        let plain = generator.subschema_for::<Plain>();
        let codes = json_schema!({ "type": "array", "items": { "type": ["string", "integer"] } });
        let rows = json_schema!({
            "type": "array",
            "items": {
                "description": "A row of a list: fields, each written like a fact. A field left out is unknown.",
                "type": "object",
                "additionalProperties": generator.subschema_for::<Self>(),
            },
        });
        let by = generator.subschema_for::<BodyId>();
        let means = generator.subschema_for::<Means>();
        let reason = generator.subschema_for::<Reason>();
        let table = |properties: serde_json::Value, required: &[&str]| {
            let mut properties = properties;
            if let Some(all) = properties.as_object_mut() {
                all.insert("by".to_owned(), by.clone().to_value());
                let on = json_schema!({ "type": "string", "format": "date" });
                all.insert("on".to_owned(), on.to_value());
                all.insert("means".to_owned(), means.clone().to_value());
            }
            json_schema!({
                "type": "object",
                "properties": properties,
                "required": required,
                "additionalProperties": false,
            })
        };
        let value = serde_json::json!({ "anyOf": [&plain, &codes, &rows] });
        let forms = [
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
        ];
        json_schema!({
            "description": "A value, several possible ones, or why nothing is known; and who said it.",
            "anyOf": forms,
        })
    }
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
