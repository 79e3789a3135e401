//! Knowledge as people write it: in the examples of packs and in caseloads.
//!
//! | written | means |
//! |---|---|
//! | `true`, `12`, `"code"`, `2021-05-27`, `"500 EUR"` | this value |
//! | `"none"` | surely absent |
//! | `{ one_of = ["light", "moderate"] }` | one of several values |
//! | `{ from = 12, to = 24 }` | between two values, either end may be missing |
//! | `["btp"]` | exactly these codes |
//! | `{ with = ["btp"], without = ["other"] }` | surely in, surely out, the rest open |
//! | `[{ … }, { … }]` | rows of a list (a whole list is complete, an additive one stays open) |
//! | `{ rows = [{ … }], complete = true }` | rows, and whether there are no others |
//! | `{ unknown = "declined" }` | nothing is known, for this reason |
//!
//! A table may also say who told it: `{ value = true, by = "caf-51", on =
//! 2025-01-02, means = "attested" }`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::dictionary::{Field, Kind, ListKind};
use super::possible::nearest;
use super::{Knowledge, Means, Reason, Rows, Source, Value, Without};
use crate::vocabulary::{BodyId, Cents, Code, FactName};

/// A value of TOML or JSON, whichever it came from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Written {
    Flag(bool),
    Integer(i64),
    Text(String),
    Date(NaiveDate),
    List(Vec<Written>),
    Table(Vec<(String, Written)>),
    /// Floats, nulls, times: nothing a fact can be.
    Foreign,
}

/// What somebody says about one fact: knowledge and its source, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statement {
    /// Something is known.
    Known(Knowledge, Source),
    /// Nothing is known, for this reason.
    Unknown(Reason),
}

/// Why something written cannot be read. Holds no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WrittenError {
    /// Another kind of value was expected.
    #[error("expected {expected}")]
    Expected {
        /// What the fact is, in French.
        expected: &'static str,
    },
    /// A table holds a key that means nothing here.
    #[error("unknown key `{key}`{}", .mend.as_ref().map(|m| format!(" (did you mean `{m}`?)")).unwrap_or_default())]
    UnknownKey {
        /// The key.
        key: String,
        /// The nearest known key.
        mend: Option<String>,
    },
    /// A table holds the same key twice.
    #[error("key `{key}` is given twice")]
    Twice {
        /// The key.
        key: String,
    },
    /// A row holds a field that the list does not have.
    #[error("unknown field `{name}`")]
    UnknownField {
        /// The field.
        name: String,
    },
}

impl WrittenError {
    /// The same for the authors of packs, in French.
    pub(crate) fn in_french(&self) -> String {
        match self {
            Self::Expected { expected } => format!("il faut {expected}"),
            Self::UnknownKey { key, .. } => format!("la clé `{key}` n'existe pas ici"),
            Self::Twice { key } => format!("la clé `{key}` est donnée deux fois"),
            Self::UnknownField { name } => format!("la liste n'a pas de champ `{name}`"),
        }
    }

    /// What was meant, where that is known.
    pub(crate) fn meant(&self) -> Option<&str> {
        match self {
            Self::UnknownKey { mend, .. } => mend.as_deref(),
            _ => None,
        }
    }
}

const KEYS: [&str; 12] = [
    "value", "one_of", "from", "to", "with", "without", "rows", "complete", "unknown", "by", "on",
    "means",
];

/// Whether a table that tells a fact may hold this key.
pub(crate) fn is_key(key: &str) -> bool {
    KEYS.contains(&key)
}

fn expected(kind: &Kind) -> WrittenError {
    WrittenError::Expected {
        expected: kind.in_french(),
    }
}

fn value(kind: &Kind, written: &Written) -> Result<Value, WrittenError> {
    if matches!(written, Written::Text(text) if text == "none") {
        return Ok(Value::None);
    }
    let wrong = || expected(kind);
    Ok(match (kind, written) {
        (Kind::Flag, Written::Flag(flag)) => Value::Flag(*flag),
        (Kind::Integer { .. }, Written::Integer(number)) => Value::Integer(*number),
        (Kind::Money { .. }, Written::Text(text)) => {
            Value::Money(text.parse::<Cents>().map_err(|_| wrong())?)
        }
        (Kind::Date, Written::Date(date)) => Value::Date(*date),
        (Kind::Date, Written::Text(text)) => Value::Date(text.parse().map_err(|_| wrong())?),
        (Kind::Level(_) | Kind::Code(_), Written::Text(text)) => {
            Value::Code(Code::parse(text).map_err(|_| wrong())?)
        }
        (Kind::Level(_) | Kind::Code(_), Written::Integer(number)) => {
            Value::Code(Code::parse(&number.to_string()).map_err(|_| wrong())?)
        }
        _ => return Err(wrong()),
    })
}

fn codes(kind: &Kind, written: &Written) -> Result<BTreeSet<Code>, WrittenError> {
    let Written::List(items) = written else {
        return Err(expected(kind));
    };
    items
        .iter()
        .map(|item| match item {
            Written::Text(text) => Code::parse(text).map_err(|_| expected(kind)),
            Written::Integer(number) => {
                Code::parse(&number.to_string()).map_err(|_| expected(kind))
            }
            _ => Err(expected(kind)),
        })
        .collect()
}

fn row(fields: &[Field], written: &Written) -> Result<BTreeMap<FactName, Knowledge>, WrittenError> {
    let Written::Table(entries) = written else {
        return Err(WrittenError::Expected {
            expected: "une ligne { champ = valeur }",
        });
    };
    let mut row = BTreeMap::new();
    for (key, written) in entries {
        let Some(field) = fields.iter().find(|field| field.name.as_str() == key) else {
            return Err(WrittenError::UnknownField { name: key.clone() });
        };
        if let Statement::Known(knowledge, _) = statement(&field.kind, written)? {
            row.insert(field.name.clone(), knowledge);
        }
    }
    Ok(row)
}

fn rows(
    list: ListKind,
    fields: &[Field],
    written: &Written,
    complete: Option<bool>,
) -> Result<Rows, WrittenError> {
    let Written::List(items) = written else {
        return Err(WrittenError::Expected {
            expected: "une liste de lignes",
        });
    };
    let rows = items
        .iter()
        .map(|item| row(fields, item))
        .collect::<Result<_, _>>()?;
    Ok(Rows {
        rows,
        complete: complete.unwrap_or(list == ListKind::Whole),
    })
}

/// A plain value, an array, or the content of a table without its source.
fn knowledge(kind: &Kind, written: &Written) -> Result<Knowledge, WrittenError> {
    match (kind, written) {
        (Kind::Codes(_), Written::List(_)) => Ok(Knowledge::Members {
            with: codes(kind, written)?,
            without: Without::AllOthers,
        }),
        (Kind::Records { list, fields }, Written::List(_)) => {
            rows(*list, fields, written, None).map(Knowledge::Rows)
        }
        (Kind::Codes(_) | Kind::Records { .. }, Written::Text(text)) if text == "none" => {
            Ok(Knowledge::none())
        }
        _ => value(kind, written).map(Knowledge::from),
    }
}

/// Reads what was written about a fact of this type.
pub(crate) fn statement(kind: &Kind, written: &Written) -> Result<Statement, WrittenError> {
    let Written::Table(entries) = written else {
        return knowledge(kind, written).map(|known| Statement::Known(known, Source::default()));
    };
    let mut keys: BTreeMap<&str, &Written> = BTreeMap::new();
    for (key, written) in entries {
        if !KEYS.contains(&key.as_str()) {
            let mend = nearest(key, KEYS).map(str::to_owned);
            return Err(WrittenError::UnknownKey {
                key: key.clone(),
                mend,
            });
        }
        if keys.insert(key, written).is_some() {
            return Err(WrittenError::Twice { key: key.clone() });
        }
    }
    if let Some(reason) = keys.get("unknown") {
        return reason_of(reason).map(Statement::Unknown);
    }
    let source = source(&keys)?;
    let known = if let Some(written) = keys.get("value") {
        knowledge(kind, written)?
    } else if let Some(Written::List(items)) = keys.get("one_of") {
        let values = items
            .iter()
            .map(|item| value(kind, item))
            .collect::<Result<Vec<_>, _>>()?;
        Knowledge::one_of(values)
    } else if keys.contains_key("with") || keys.contains_key("without") {
        let set = |key| {
            keys.get(key)
                .map_or_else(|| Ok(BTreeSet::default()), |written| codes(kind, written))
        };
        Knowledge::Members {
            with: set("with")?,
            without: Without::These(set("without")?),
        }
    } else if let Some(written) = keys.get("rows") {
        let Kind::Records { list, fields } = kind else {
            return Err(expected(kind));
        };
        let complete = match keys.get("complete") {
            None => Some(false),
            Some(Written::Flag(flag)) => Some(*flag),
            Some(_) => {
                return Err(WrittenError::Expected {
                    expected: "true ou false",
                });
            }
        };
        Knowledge::Rows(rows(*list, fields, written, complete)?)
    } else if keys.contains_key("from") || keys.contains_key("to") {
        let end = |key| {
            keys.get(key)
                .map(|written| value(kind, written))
                .transpose()
        };
        Knowledge::Between {
            from: end("from")?,
            to: end("to")?,
        }
    } else {
        return Err(expected(kind));
    };
    Ok(Statement::Known(known, source))
}

fn reason_of(written: &Written) -> Result<Reason, WrittenError> {
    match written {
        Written::Text(text) => match text.as_str() {
            "never_asked" => Some(Reason::NeverAsked),
            "asked_unknown" => Some(Reason::AskedUnknown),
            "declined" => Some(Reason::Declined),
            "disputed" => Some(Reason::Disputed),
            "stale" => Some(Reason::Stale),
            _ => None,
        },
        _ => None,
    }
    .ok_or(WrittenError::Expected {
        expected: "une raison : never_asked, asked_unknown, declined, disputed ou stale",
    })
}

fn source(keys: &BTreeMap<&str, &Written>) -> Result<Source, WrittenError> {
    let by = match keys.get("by") {
        None => None,
        Some(Written::Text(text)) => {
            Some(BodyId::parse(text).map_err(|_| WrittenError::Expected {
                expected: "un organisme, comme `caf-51`",
            })?)
        }
        Some(_) => {
            return Err(WrittenError::Expected {
                expected: "un organisme, comme `caf-51`",
            });
        }
    };
    let date = WrittenError::Expected {
        expected: "une date, comme 2025-01-02",
    };
    let on = match keys.get("on") {
        None => None,
        Some(Written::Date(date)) => Some(*date),
        Some(Written::Text(text)) => Some(text.parse().map_err(|_| date)?),
        Some(_) => return Err(date),
    };
    let means = match keys.get("means") {
        None => None,
        Some(Written::Text(text)) if text == "declared" => Some(Means::Declared),
        Some(Written::Text(text)) if text == "attested" => Some(Means::Attested),
        Some(Written::Text(text)) if text == "assessed" => Some(Means::Assessed),
        Some(Written::Text(text)) if text == "computed" => Some(Means::Computed),
        Some(_) => {
            return Err(WrittenError::Expected {
                expected: "declared, attested, assessed ou computed",
            });
        }
    };
    Ok(Source { by, on, means })
}
