//! `[[example]]` entries of packs: an invented person, and what must come out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Deadline, Orientation, french};
use crate::fact::written::{Statement, Written, statement};
use crate::pack::error::{At, Errors};
use crate::pack::model::Example;
use crate::pack::tree::{Node, Reader, Table, Text, Tree};
use crate::pack::{Engine, Pack, PackErrors};
use crate::profile::Profile;
use crate::vocabulary::FactName;

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

fn entries(table: Option<(&Table, At)>) -> Vec<(&str, At, &Node)> {
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
    for text in &expected.must {
        if let Some(why) = not_proposed(orientation, &text.value) {
            fail(
                text.at,
                format!("`{}` devait être proposé : {why}", text.value),
            );
        }
    }
    for text in &expected.must_not {
        let scheme = &text.value;
        if orientation.proposal(scheme).is_some() {
            fail(text.at, format!("`{scheme}` ne devait pas être proposé"));
        } else if let Some(open) = orientation
            .open
            .iter()
            .find(|open| open.scheme.as_str() == scheme)
        {
            let missing = names(&open.missing);
            fail(
                text.at,
                format!("`{scheme}` devait être exclu, et reste ouvert, faute de : {missing}"),
            );
        }
    }
    for text in &expected.may {
        if !orientation
            .open
            .iter()
            .any(|open| open.scheme.as_str() == text.value)
        {
            let proposed = orientation.proposal(&text.value).is_some();
            let how = if proposed {
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
    compare_track(orientation, expected, &mut fail);
    for (scheme, at, node) in &expected.deadlines {
        if let Some(found) = other_deadline(orientation, scheme, node) {
            fail(*at, format!("délai de `{scheme}` : trouvé {found}"));
        }
    }
    for (name, at, node) in &expected.levels {
        if let Some(found) = other_level(profile, name, node) {
            fail(*at, format!("niveau de `{name}` : {found}"));
        }
    }
}

fn names(names: &[FactName]) -> String {
    names
        .iter()
        .map(FactName::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}

/// Why a scheme is not proposed; nothing when it is.
fn not_proposed(orientation: &Orientation, scheme: &str) -> Option<String> {
    if orientation.proposal(scheme).is_some() {
        return None;
    }
    let aside = orientation
        .set_aside
        .iter()
        .find(|aside| aside.scheme.as_str() == scheme);
    let open = orientation
        .open
        .iter()
        .find(|open| open.scheme.as_str() == scheme);
    Some(match (aside, open) {
        (Some(aside), _) => format!("il est mis de côté par `{}`", aside.winner),
        (None, Some(open)) => format!("il reste ouvert, faute de : {}", names(&open.missing)),
        (None, None) => "aucune règle ne le propose".to_owned(),
    })
}

fn compare_track(
    orientation: &Orientation,
    expected: &Expected<'_>,
    fail: &mut impl FnMut(At, String),
) {
    let options = orientation
        .track
        .as_ref()
        .map_or(&[][..], |track| &track.options);
    if let Some(first) = expected.tracks.first() {
        let found: BTreeSet<&str> = options.iter().map(|option| option.track.as_str()).collect();
        let wanted: BTreeSet<&str> = expected
            .tracks
            .iter()
            .map(|text| text.value.as_str())
            .collect();
        if found != wanted {
            let list = |set: BTreeSet<&str>| set.into_iter().collect::<Vec<_>>().join(", ");
            fail(
                first.at,
                format!(
                    "parcours attendu : {} ; trouvé : {}",
                    list(wanted),
                    list(found)
                ),
            );
        }
    }
    if let Some(lead) = expected.lead {
        let bodies = options.iter().flat_map(|option| &option.lead.candidates);
        let found: BTreeSet<&str> = bodies.map(|body| body.partner.as_str()).collect();
        if found != BTreeSet::from([lead.value.as_str()]) {
            let found = found.into_iter().collect::<Vec<_>>().join(", ");
            fail(
                lead.at,
                format!("référent attendu : {} ; trouvé : {found}", lead.value),
            );
        }
    }
}

/// The deadline found, in words, when it is another than the one written: a date,
/// or the name of the event it waits for.
fn other_deadline(orientation: &Orientation, scheme: &str, node: &Node) -> Option<String> {
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
    (!met).then(|| found.map_or_else(|| "aucun délai".to_owned(), ToString::to_string))
}

/// The level found, in words, when it is another than the one written.
fn other_level(profile: &Profile, name: &str, node: &Node) -> Option<String> {
    let dictionary = &profile.engine.model().dictionary;
    let world = profile
        .worlds
        .presumed
        .as_ref()
        .unwrap_or(&profile.worlds.told);
    let id = dictionary.id(name);
    let Some((fact, possible)) =
        id.and_then(|id| world.of(id).map(|possible| (dictionary.fact(id), possible)))
    else {
        return Some("ce fait n'existe pas".to_owned());
    };
    let wanted = match &node.tree {
        Tree::Text(text) => fact
            .kind
            .nomenclature()
            .and_then(|codes| codes.place(&text.value)),
        _ => None,
    };
    let found = crate::rule::condition::fact_view(possible);
    let met = wanted.is_some() && found.single() == wanted;
    (!met).then(|| format!("trouvé {}", french::possible(fact, possible)))
}
