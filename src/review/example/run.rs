//! The run over all examples of a pack.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::compare::compare;
use super::expected::Expected;
use crate::fact::written::{Statement, Written, statement};
use crate::pack::error::Errors;
use crate::pack::layer::Entry;
use crate::pack::place::At;
use crate::pack::tree::{Reader, Table};
use crate::pack::{Engine, Pack, PackErrors};
use crate::profile::Profile;
use crate::vocabulary::Mistake;

impl Pack {
    /// How many `[[example]]` entries this pack and its parents hold.
    ///
    /// ```
    /// use spie::Pack;
    /// assert!(Pack::core()?.examples() > 0);
    /// # Ok::<(), spie::PackErrors>(())
    /// ```
    #[must_use]
    pub fn examples(&self) -> usize {
        self.layers(&mut Errors::default()).entries("example").len()
    }

    /// Runs the `[[example]]` entries of this pack and its parents.
    ///
    /// ```
    /// use spie::Pack;
    /// let ran = Pack::marne()?.run_examples()?;
    /// assert!(ran > 0);
    /// # Ok::<(), spie::PackErrors>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`PackErrors`]: every expectation that is not met (code `X001`), and every
    /// example that cannot be read, that names what the pack does not hold or that
    /// expects nothing (code `X002`), at its place in the source.
    pub fn run_examples(&self) -> Result<usize, PackErrors> {
        let engine = Engine::new(self);
        let mut errors = Errors::default();
        let layers = self.layers(&mut errors);
        let examples = layers.entries("example");
        for example in examples {
            run(
                &engine,
                example,
                layers.below(example.at.source),
                &mut errors,
            );
        }
        if errors.is_empty() {
            Ok(examples.len())
        } else {
            Err(errors.finish(self.documents()))
        }
    }
}

/// Runs one example; `parent` is the pack that it comes from, if not the one that is run.
fn run(engine: &Engine, example: &Entry<'_>, parent: Option<&str>, errors: &mut Errors) {
    let mut reader = Reader::new(&example.table, example.at, errors);
    let id = reader.required_text("id");
    reader.required_text("title");
    reader.text("replaces");
    let on = reader.date("at");
    if on.is_none() {
        reader.missing("at");
    }
    let facts = reader.table("facts");
    let expected = Expected::read(&mut reader);
    reader.finish();
    if expected.is_empty() {
        errors.add(
            Mistake::BadExample,
            example.at,
            "cet exemple n'attend rien",
            Some(
                "ajoutez `must`, `must_not`, `may`, `partner`, `track`, `lead`, `deadline` ou `levels`"
                    .to_owned(),
            ),
        );
        return;
    }
    let named = expected.check_names(engine.model(), errors);
    let Some(on) = on else { return };
    let table = facts.map(|(table, _)| table);
    let Some(profile) = profile(engine, on, table, example.at, errors) else {
        return;
    };
    if !named {
        return;
    }
    match engine.at(on).orient(&profile) {
        Ok(orientation) => {
            let mend = parent.zip(id).map(|(parent, id)| {
                format!(
                    "cet exemple vient du paquet `{parent}` : corrigez la règle, ou remplacez-le par un `[[example]]` avec `replaces = \"{}\"`",
                    id.value
                )
            });
            // Rules are tried by the whole answer: what may be handed out of it is not theirs.
            let whole = orientation.face_to_face.as_deref();
            let whole = whole.unwrap_or(&orientation);
            compare(whole, &profile, &expected, mend.as_deref(), errors);
        }
        Err(error) => errors.add(Mistake::BadExample, example.at, error.to_string(), None),
    }
}

/// The person that an example describes.
pub(super) fn profile(
    engine: &Engine,
    on: NaiveDate,
    facts: Option<&Table<'_>>,
    at: At,
    errors: &mut Errors,
) -> Option<Profile> {
    let mut sound = true;
    let mut told: BTreeMap<&str, Statement> = BTreeMap::new();
    let dictionary = &engine.model().dictionary;
    for (name, at, node) in facts.map_or(&[][..], |table| &table.entries) {
        let Some(id) = dictionary.id(name) else {
            let mend = errors.slips.likeliest(name, dictionary.names());
            errors.add(
                Mistake::UnknownFact,
                *at,
                format!("le fait `{name}` n'existe pas"),
                mend,
            );
            sound = false;
            continue;
        };
        let read = statement(&dictionary.fact(id).kind, &Written::from(node));
        match read {
            Ok(statement) => {
                // Checked one by one, so that each mistake stands at its own place.
                if let Statement::Known(knowledge, _) = &statement
                    && let Err(wrong) = Profile::builder(engine, on)
                        .set(name, knowledge.clone())
                        .build()
                {
                    errors.add(
                        Mistake::BadExample,
                        node.at,
                        format!("`{name}` ne peut pas valoir cela : {wrong}"),
                        None,
                    );
                    sound = false;
                }
                told.insert(name, statement);
            }
            Err(error) => {
                errors.add(
                    Mistake::BadExample,
                    node.at,
                    format!("`{name}` ne se lit pas : {error}"),
                    None,
                );
                sound = false;
            }
        }
    }
    if !sound {
        return None;
    }
    let mut builder = Profile::builder(engine, on);
    for (name, statement) in told {
        builder = match statement {
            Statement::Known(knowledge, source) => builder.set_from(name, knowledge, source),
            Statement::Unknown(reason) => builder.unknown(name, reason),
        };
    }
    let built = builder.build();
    built
        .map_err(|error| errors.add(Mistake::BadExample, at, error.to_string(), None))
        .ok()
}
