//! `[[example]]` entries of packs: an invented person, and what must come out.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Deadline, Orientation, french};
use crate::fact::written::{Statement, Written, statement};
use crate::pack::error::{At, Errors};
use crate::pack::model::Example;
use crate::pack::tree::{Node, Reader, Table, Text, Tree};
use crate::pack::{Engine, Pack, PackErrors};
use crate::profile::Profile;

/// What an example expects.
struct Expected<'t> {
    must: Vec<&'t Text>,
    must_not: Vec<&'t Text>,
    may: Vec<&'t Text>,
    tracks: Vec<&'t Text>,
    lead: Option<&'t Text>,
    deadlines: Vec<(&'t str, At, &'t Node)>,
    levels: Vec<(&'t str, At, &'t Node)>,
}

impl Pack {
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
    /// [`PackErrors`]: every expectation that is not met (code `X001`) and every
    /// example that cannot be read, at its place in the source.
    pub fn run_examples(&self) -> Result<usize, PackErrors> {
        let engine = Engine::new(self);
        let mut errors = Errors::default();
        let examples = &self.model().examples;
        for example in examples {
            run(&engine, example, &mut errors);
        }
        if errors.is_empty() {
            Ok(examples.len())
        } else {
            Err(errors.finish(self.documents()))
        }
    }
}

fn run(engine: &Engine, example: &Example, errors: &mut Errors) {
    let mut reader = Reader::new(&example.table, example.at, errors);
    reader.required_text("id");
    reader.required_text("title");
    reader.text("replaces");
    let on = reader.date("at");
    if on.is_none() {
        reader.missing("at");
    }
    let facts = reader.table("facts");
    let expected = Expected {
        must: reader.texts("must"),
        must_not: reader.texts("must_not"),
        may: reader.texts("may"),
        tracks: match reader.node("track") {
            Some(Node {
                tree: Tree::Text(text),
                ..
            }) => vec![text],
            Some(_) => reader.texts("track"),
            None => Vec::new(),
        },
        lead: reader.text("lead"),
        deadlines: entries(reader.table("deadline")),
        levels: entries(reader.table("levels")),
    };
    reader.finish();
    let Some(on) = on else { return };
    let Some(profile) = profile(engine, on, facts.map(|(table, _)| table), errors) else {
        return;
    };
    let Ok(orientation) = engine.at(on).orient(&profile) else {
        return;
    };
    compare(&orientation, &profile, &expected, errors);
}

fn entries<'t>(table: Option<(&'t Table, At)>) -> Vec<(&'t str, At, &'t Node)> {
    let entries = table.map_or(&[][..], |(table, _)| &table.entries);
    entries
        .iter()
        .map(|(key, at, node)| (key.as_str(), *at, node))
        .collect()
}

fn profile(
    engine: &Engine,
    on: NaiveDate,
    facts: Option<&Table>,
    errors: &mut Errors,
) -> Option<Profile> {
    let mut sound = true;
    let mut told: BTreeMap<&str, Statement> = BTreeMap::new();
    let dictionary = &engine.model().dictionary;
    for (name, at, node) in facts.map_or(&[][..], |table| &table.entries) {
        let Some(id) = dictionary.id(name) else {
            let mend = crate::fact::possible::nearest(name, dictionary.names());
            errors.add(
                "P022",
                *at,
                format!("le fait `{name}` n'existe pas"),
                mend.map(|near| format!("vouliez-vous `{near}` ?")),
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
                        "X002",
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
                    "X002",
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
    builder.build().ok()
}

fn compare(
    orientation: &Orientation,
    profile: &Profile,
    expected: &Expected<'_>,
    errors: &mut Errors,
) {
    let mut fail = |at: At, message: String| errors.add("X001", at, message, None);
    let proposed = |scheme: &str| {
        orientation
            .proposals
            .iter()
            .any(|proposal| proposal.scheme.as_str() == scheme)
    };
    let aside = |scheme: &str| {
        orientation
            .set_aside
            .iter()
            .find(|aside| aside.scheme.as_str() == scheme)
    };
    let open = |scheme: &str| {
        orientation
            .open
            .iter()
            .find(|open| open.scheme.as_str() == scheme)
    };
    for text in &expected.must {
        if !proposed(&text.value) {
            let why = if let Some(aside) = aside(&text.value) {
                format!("il est mis de côté par `{}`", aside.winner)
            } else if let Some(open) = open(&text.value) {
                let names: Vec<&str> = open.missing.iter().map(|name| name.as_str()).collect();
                format!("il reste ouvert, faute de : {}", names.join(", "))
            } else {
                "aucune règle ne le propose".to_owned()
            };
            fail(
                text.at,
                format!("`{}` devait être proposé : {why}", text.value),
            );
        }
    }
    for text in &expected.must_not {
        if proposed(&text.value) {
            fail(
                text.at,
                format!("`{}` ne devait pas être proposé", text.value),
            );
        } else if let Some(open) = open(&text.value) {
            let names: Vec<&str> = open.missing.iter().map(|name| name.as_str()).collect();
            fail(
                text.at,
                format!(
                    "`{}` devait être exclu, et reste ouvert, faute de : {}",
                    text.value,
                    names.join(", ")
                ),
            );
        }
    }
    for text in &expected.may {
        if open(&text.value).is_none() {
            let how = if proposed(&text.value) {
                "il est proposé"
            } else {
                "il est exclu"
            };
            fail(
                text.at,
                format!("`{}` devait rester ouvert : {how}", text.value),
            );
        }
    }
    let options = orientation
        .track
        .as_ref()
        .map_or(&[][..], |track| &track.options);
    if let Some(first) = expected.tracks.first() {
        let mut found: Vec<&str> = options.iter().map(|option| option.track.as_str()).collect();
        let mut wanted: Vec<&str> = expected
            .tracks
            .iter()
            .map(|text| text.value.as_str())
            .collect();
        found.sort_unstable();
        found.dedup();
        wanted.sort_unstable();
        if found != wanted {
            fail(
                first.at,
                format!(
                    "parcours attendu : {} ; trouvé : {}",
                    wanted.join(", "),
                    found.join(", ")
                ),
            );
        }
    }
    if let Some(lead) = expected.lead {
        let mut found: Vec<&str> = options
            .iter()
            .flat_map(|option| {
                option
                    .lead
                    .candidates
                    .iter()
                    .map(|candidate| candidate.partner.as_str())
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        if found != [lead.value.as_str()] {
            fail(
                lead.at,
                format!(
                    "référent attendu : {} ; trouvé : {}",
                    lead.value,
                    found.join(", ")
                ),
            );
        }
    }
    for (scheme, at, node) in &expected.deadlines {
        let found = orientation
            .proposal(scheme)
            .and_then(|proposal| proposal.deadline.as_ref());
        let met = match (&node.tree, found) {
            (Tree::Date(wanted), Some(Deadline::On { date })) => wanted == date,
            (
                Tree::Text(wanted),
                Some(Deadline::Open { event, .. } | Deadline::Absent { event, .. }),
            ) => wanted.value == event.as_str(),
            _ => false,
        };
        if !met {
            let found = found.map_or_else(|| "aucun délai".to_owned(), ToString::to_string);
            fail(*at, format!("délai de `{scheme}` : trouvé {found}"));
        }
    }
    let dictionary = &profile.engine.model().dictionary;
    for (name, at, node) in &expected.levels {
        let id = dictionary.id(name);
        let world = profile
            .worlds
            .presumed
            .as_ref()
            .unwrap_or(&profile.worlds.told);
        let possible =
            id.and_then(|id| world.of(id).map(|possible| (dictionary.fact(id), possible)));
        let Some((fact, possible)) = possible else {
            fail(*at, format!("le fait `{name}` n'existe pas"));
            continue;
        };
        let wanted = match &node.tree {
            Tree::Text(text) => fact
                .kind
                .nomenclature()
                .and_then(|codes| codes.place(&text.value)),
            _ => None,
        };
        let found = crate::rule::condition::fact_view(possible);
        if wanted.is_none() || found.single() != wanted {
            fail(
                *at,
                format!(
                    "niveau de `{name}` : trouvé {}",
                    french::possible(fact, possible)
                ),
            );
        }
    }
}
