//! Newtypes of the identifiers, all made by one macro.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Words of the rule language: no code or level may be spelt like one of them.
const KEYWORDS: [&str; 18] = [
    "and", "or", "not", "in", "at", "least", "most", "of", "none", "true", "false", "count", "any",
    "all", "the", "ago", "has", "more",
];

/// Why a text is not a valid identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a valid {what}: expected {expected}")]
pub struct ParseIdError {
    text: String,
    what: &'static str,
    expected: &'static str,
}

impl ParseIdError {
    /// The form that was expected, in English.
    #[must_use]
    pub fn expected(&self) -> &'static str {
        self.expected
    }
}

pub(crate) const MAX_LENGTH: usize = 120;

fn segment(text: &str, first: fn(char) -> bool, rest: fn(char) -> bool) -> bool {
    let mut chars = text.chars();
    text.len() <= MAX_LENGTH && chars.next().is_some_and(first) && chars.all(rest)
}

fn lower(c: char) -> bool {
    c.is_ascii_lowercase()
}

fn lower_digit_underscore(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'
}

/// `licence.b`, `jobseeker.months`: segments of lower case letters, digits and `_`.
pub(crate) fn is_dotted(text: &str) -> bool {
    text.len() <= MAX_LENGTH
        && text
            .split('.')
            .all(|part| segment(part, lower, lower_digit_underscore))
}

/// `reims_agglo`: one segment, no dot.
pub(crate) fn is_word(text: &str) -> bool {
    segment(text, lower, lower_digit_underscore) && !KEYWORDS.contains(&text)
}

/// `permis-ft`: lower case letters, digits and inner hyphens.
pub(crate) fn is_kebab(text: &str) -> bool {
    text.len() <= MAX_LENGTH
        && text.split('-').all(|part| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}

/// What to do about a text that is no such identifier, in French.
pub(crate) fn kebab_mend(text: &str) -> String {
    match kebab_meant(text) {
        Some(meant) => format!("vouliez-vous `{meant}` ?"),
        None => "minuscules sans accent, chiffres et tirets".to_owned(),
    }
}

/// The nearest identifier to a text that is none.
pub(crate) fn kebab_meant(text: &str) -> Option<String> {
    let plain = |letter: char| match letter {
        'à' | 'â' | 'ä' => "a",
        'é' | 'è' | 'ê' | 'ë' => "e",
        'î' | 'ï' => "i",
        'ô' | 'ö' => "o",
        'ù' | 'û' | 'ü' => "u",
        'ç' => "c",
        'œ' => "oe",
        'æ' => "ae",
        _ => "-",
    };
    let mut meant = String::new();
    for letter in text.chars().flat_map(char::to_lowercase).take(MAX_LENGTH) {
        if letter.is_ascii_lowercase() || letter.is_ascii_digit() {
            meant.push(letter);
        } else {
            meant.push_str(plain(letter));
        }
    }
    is_kebab(&meant).then_some(meant)
}

/// `51454`, `K1304`, `vitry-le-francois`, `socio_professional`.
pub(crate) fn is_code(text: &str) -> bool {
    segment(
        text,
        |c| c.is_ascii_alphanumeric(),
        |c| c.is_ascii_alphanumeric() || c == '_' || c == '-',
    ) && !KEYWORDS.contains(&text)
}

fn is_reference(text: &str) -> bool {
    !text.is_empty() && text.len() <= MAX_LENGTH && !text.chars().any(char::is_control)
}

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident, $what:literal, $expected:literal, $check:path) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "String"))]
        pub struct $name(Box<str>);

        impl $name {
            /// Checks the text and keeps it.
            ///
            /// # Errors
            ///
            /// [`ParseIdError`], which says the form expected.
            pub fn parse(text: &str) -> Result<Self, ParseIdError> {
                if $check(text) {
                    Ok(Self(text.into()))
                } else {
                    Err(ParseIdError { text: text.to_owned(), what: $what, expected: $expected })
                }
            }

            /// The identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;
            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = ParseIdError;
            fn try_from(text: String) -> Result<Self, ParseIdError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0.into_string()
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

identifier!(
    /// Name of a fact, such as `licence.b`: the same in every pack and format.
    ///
    /// ```
    /// use spie::vocabulary::FactName;
    /// assert_eq!(FactName::parse("licence.b")?.as_str(), "licence.b");
    /// assert!(FactName::parse("Permis B").is_err());
    /// # Ok::<(), spie::vocabulary::ParseIdError>(())
    /// ```
    FactName,
    "fact name",
    "lower case words joined by dots, such as `licence.b`",
    is_dotted
);
identifier!(
    /// Code of a nomenclature or level of a scale, kept to the letter (`51454`, `K1304`, `blocking`).
    ///
    /// ```
    /// use spie::vocabulary::Code;
    /// assert!(Code::parse("2A004").is_ok());
    /// assert!(Code::parse("none").is_err(), "`none` is absence only");
    /// # Ok::<(), spie::vocabulary::ParseIdError>(())
    /// ```
    Code,
    "code",
    "letters, digits, `-` and `_`, not a word of the rule language",
    is_code
);
identifier!(
    /// Identifier of a body of the network, one for all its names over time (`pole-emploi`).
    PartnerId,
    "partner identifier",
    "lower case letters, digits and hyphens, such as `ml-reims`",
    is_kebab
);
identifier!(
    /// Identifier of a role that a body may hold (`mission-locale`, `caisse`).
    RoleId,
    "role identifier",
    "lower case letters, digits and hyphens, such as `mission-locale`",
    is_kebab
);
identifier!(
    /// Name of either a role or a partner, as rules write it.
    BodyId,
    "role or partner identifier",
    "lower case letters, digits and hyphens, such as `departement`",
    is_kebab
);
identifier!(
    /// Identifier of a scheme (`permis-ft`).
    SchemeId,
    "scheme identifier",
    "lower case letters, digits and hyphens, such as `permis-ft`",
    is_kebab
);
identifier!(
    /// Identifier of a rule or of a track rule.
    RuleId,
    "rule identifier",
    "lower case letters, digits and hyphens, such as `mobility-diagnosis`",
    is_kebab
);
identifier!(
    /// The embedder's opaque reference of a person: never a name, never the NIR.
    ///
    /// The library compares references and prints them back; it gives them no meaning.
    PersonRef,
    "person reference",
    "1 to 120 characters without control characters",
    is_reference
);
