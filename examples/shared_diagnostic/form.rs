//! Which kind of file this is, by its form and by nothing else.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use spie::vocabulary::PersonRef;

/// A file, as one of the kinds that are read.
pub(crate) enum Form<'t> {
    /// The RSA flow of CAF and MSA.
    Flow(&'t [u8]),
    /// The extract of Pôle emploi / France Travail.
    Extract(&'t [u8]),
    /// The sheet of an interview.
    Sheet(&'t str),
    /// A diagnostic, or a list of some.
    Diagnostics(&'t str),
    /// The individual file of France Travail, and whom it is about: it does not say that.
    Dossier(&'t str, PersonRef),
}

const NO_REFERENCE: &str = "this file says itself whom it is about: give it without REFERENCE=";

/// Members at the top of the individual file of France Travail.
const DOSSIER: [&str; 2] = [
    "contraintesIndividusDto",
    "besoinsParDiagnosticIndividuDtos",
];

impl<'t> Form<'t> {
    /// The kind of a file; `person` is whom the caller says that it is about.
    pub(crate) fn of(bytes: &'t [u8], person: Option<&PersonRef>) -> Result<Self, &'static str> {
        if bytes.starts_with(b"\x1f\x8b") {
            return Err("this file is compressed (gzip): unpack it first");
        }
        if bytes.starts_with(b"PK\x03\x04") {
            return Err("this is a spreadsheet or an archive (zip): save it as CSV, or unpack it");
        }
        // A flow says by its mark how it is encoded.
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let form = match text.trim_ascii_start().first() {
            None => return Err("this file is empty"),
            Some(b'<') => Self::Flow(bytes),
            Some(b'{' | b'[') => Self::json(utf8(text)?, person)?,
            // No file of this person.
            Some(_) if text.trim_ascii() == b"null" => Self::dossier(utf8(text)?, person)?,
            Some(_) => Self::Extract(text),
        };
        match (&form, person) {
            (Self::Dossier(..), _) | (_, None) => Ok(form),
            (_, Some(_)) => Err(NO_REFERENCE),
        }
    }

    fn json(text: &'t str, person: Option<&PersonRef>) -> Result<Self, &'static str> {
        let keys: Option<BTreeMap<String, &RawValue>> = serde_json::from_str(text).ok();
        // A file that is cut is told by what is left of it.
        let has = |key: &str| match &keys {
            Some(keys) => keys.contains_key(key),
            None => text.contains(&format!("\"{key}\"")),
        };
        let is_list = text.trim_start().starts_with('[');
        // The lighter answer is a list of constraints.
        let names_nobody = !has("person");
        if DOSSIER.iter().any(|key| has(key)) || (is_list && names_nobody && has("valeur")) {
            return Self::dossier(text, person);
        }
        if !is_list && has("people") {
            return Err("this is a caseload, which the example `orient` reads");
        }
        if !is_list && has("answers") {
            return Ok(Self::Sheet(text));
        }
        match person {
            // What is nothing, or nothing known, is that file's to refuse in its words.
            Some(_) if names_nobody => Self::dossier(text, person),
            _ => Ok(Self::Diagnostics(text)),
        }
    }

    fn dossier(text: &'t str, person: Option<&PersonRef>) -> Result<Self, &'static str> {
        let person = person.ok_or(
            "this file of France Travail does not say whom it is about: give REFERENCE=FILE",
        )?;
        Ok(Self::Dossier(text, person.clone()))
    }
}

fn utf8(bytes: &[u8]) -> Result<&str, &'static str> {
    std::str::from_utf8(bytes).map_err(|_| "this JSON is not in UTF-8")
}
