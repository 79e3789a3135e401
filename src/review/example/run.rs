//! The run over all examples of a pack.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::compare::compare;
use super::expected::Expected;
use crate::fact::dictionary::{Dictionary, Fact, Kind};
use crate::fact::written::{self, Statement, statement};
use crate::pack::error::Errors;
use crate::pack::layer::{Entry, Layers};
use crate::pack::model::Model;
use crate::pack::place::At;
use crate::pack::tree::{Node, Reader, Table, Text, Tree, date_meant};
use crate::pack::{Engine, Pack, PackErrors, french_flag};
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
                layers.below(example.at.source()),
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

/// Tells what is wrong in the examples of a pack that is not built, as far as it can be
/// known: whoever wrote them mends them together with all else.
pub(crate) fn check_written(
    layers: &Layers<'_>,
    model: &Model,
    kinds_are_sound: bool,
    errors: &mut Errors,
) {
    let entries = Entries(Some(layers));
    let last = layers.headers.len().saturating_sub(1);
    let own = layers.entries("example").iter();
    for example in own.filter(|example| example.layer == last) {
        let read = Written::read(example, errors);
        if let Some(read) = read {
            read.expected.check_names(model, entries, errors);
            statements(
                &model.dictionary,
                read.facts,
                entries,
                kinds_are_sound,
                errors,
            );
        }
    }
}

/// Everything written, where some of it could not be built.
#[derive(Clone, Copy)]
pub(super) struct Entries<'l, 't>(Option<&'l Layers<'t>>);

impl Entries<'_, '_> {
    /// Of a pack that is built, all that is written is there.
    pub(super) const BUILT: Self = Self(None);

    pub(super) fn all_built(self) -> bool {
        self.0.is_none()
    }

    pub(super) fn hold(self, sections: &[&str], id: &str) -> bool {
        self.0.is_some_and(|layers| {
            let mut entries = sections.iter().flat_map(|section| layers.entries(section));
            entries.any(|entry| entry.id == id)
        })
    }
}

/// One example as it is written.
struct Written<'t> {
    id: Option<&'t Text<'t>>,
    on: Option<NaiveDate>,
    facts: Option<&'t Table<'t>>,
    expected: Expected<'t>,
}

impl<'t> Written<'t> {
    /// Nothing of one that expects nothing.
    fn read(example: &'t Entry<'t>, errors: &mut Errors) -> Option<Self> {
        let before = errors.count();
        let mut reader = Reader::new(&example.table, example.at, errors);
        let id = reader.required_text("id");
        reader.required_text("title");
        reader.text("replaces");
        let on = reader.required_date("at");
        let facts = reader.table("facts");
        let expected = Expected::read(&mut reader);
        reader.finish();
        if !expected.is_empty() {
            return Some(Self {
                id,
                on,
                facts: facts.map(|(table, _)| table),
                expected,
            });
        }
        // What it expects may be what is told already.
        if errors.count() == before {
            errors.add(
                Mistake::BadExample,
                example.at,
                "cet exemple n'attend rien",
                Some(
                    "ajoutez `must`, `must_not`, `may`, `partner`, `track`, `lead`, `deadline`, `levels` ou `says`"
                        .to_owned(),
                ),
            );
        }
        None
    }
}

/// Runs one example; `parent` is the pack that it comes from, if not the one that is run.
fn run(engine: &Engine, example: &Entry<'_>, parent: Option<&str>, errors: &mut Errors) {
    let Some(read) = Written::read(example, errors) else {
        return;
    };
    let expected = &read.expected;
    let named = expected.check_names(engine.model(), Entries::BUILT, errors);
    let dictionary = &engine.model().dictionary;
    let told = statements(dictionary, read.facts, Entries::BUILT, true, errors);
    let (Some(on), Some(told)) = (read.on, told) else {
        return;
    };
    let Some(profile) = built(engine, on, told, example.at, errors) else {
        return;
    };
    if !named {
        return;
    }
    // Rules are tried by the whole answer: what may be handed out of it is not theirs.
    match engine.at(on).orient_whole(&profile) {
        Ok(orientation) => {
            let mend = parent.zip(read.id).map(|(parent, id)| {
                format!(
                    "cet exemple vient du paquet `{parent}` : corrigez la règle, ou remplacez-le par un `[[example]]` avec `replaces = \"{}\"`",
                    id.value
                )
            });
            compare(&orientation, &profile, expected, mend.as_deref(), errors);
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
    let dictionary = &engine.model().dictionary;
    let told = statements(dictionary, facts, Entries::BUILT, true, errors)?;
    built(engine, on, told, at, errors)
}

fn built(
    engine: &Engine,
    on: NaiveDate,
    told: BTreeMap<&str, Statement>,
    at: At,
    errors: &mut Errors,
) -> Option<Profile> {
    let mut builder = Profile::builder(engine, on);
    for (name, statement) in told {
        builder = match statement {
            Statement::Known(knowledge, source) => builder.set_from(name, knowledge, source),
            Statement::Unknown(reason) => builder.unknown(name, reason),
        };
    }
    let built = builder.build();
    built
        .map_err(|error| {
            // Each fact was read: nothing is left that a profile refuses.
            let message = format!("cet exemple ne se lit pas ({error})");
            errors.add(Mistake::BadExample, at, message, None);
        })
        .ok()
}

/// What an example says of the person, fact by fact, so that each mistake stands at its own
/// place; `None` where there is one.
fn statements<'t>(
    dictionary: &Dictionary,
    facts: Option<&'t Table<'t>>,
    entries: Entries<'_, '_>,
    kinds_are_sound: bool,
    errors: &mut Errors,
) -> Option<BTreeMap<&'t str, Statement>> {
    let before = errors.count();
    let mut told: BTreeMap<&str, Statement> = BTreeMap::new();
    for (name, at, node) in facts.map_or(&[][..], |table| &table.entries) {
        let meant = meant(dictionary, name, node, errors);
        let fact = dictionary.id(name).map(|id| dictionary.fact(id));
        let Some(fact) = fact.filter(|_| meant.is_none()) else {
            let (name, mend) = match meant {
                Some((name, mend)) => (name, Some(mend)),
                None if entries.hold(&["fact"], name) => continue,
                None => {
                    let mend = errors.slips.likeliest(name, dictionary.names());
                    (name.to_string(), mend)
                }
            };
            let message = format!("le fait `{name}` n'existe pas");
            errors.add(Mistake::UnknownFact, *at, message, mend);
            continue;
        };
        if !kinds_are_sound || node.tree == Tree::Unreadable {
            continue;
        }
        match read(fact, node, errors) {
            Ok(statement) => {
                told.insert(name, statement);
            }
            Err((wrong, mend)) => {
                let message = format!("`{name}` ne se lit pas : {wrong}");
                errors.add(Mistake::BadExample, node.at, message, Some(mend));
            }
        }
    }
    (errors.count() == before).then_some(told)
}

/// What is told of one fact; or why it cannot be and what to do, in French.
fn read(fact: &Fact, node: &Node<'_>, errors: &Errors) -> Result<Statement, (String, String)> {
    if !fact.is_told() {
        return Err((
            "il se calcule d'après d'autres faits, et ne se dit pas".to_owned(),
            "retirez-le, et dites les faits d'après lesquels il se calcule".to_owned(),
        ));
    }
    let mend = |meant: Option<&str>| match meant {
        Some(meant) => format!("vouliez-vous `{meant}` ?"),
        None => form(&fact.kind, node, errors),
    };
    let written = written::Written::from(node);
    let statement = statement(&fact.kind, &written)
        .map_err(|error| (error.in_french(), mend(error.meant())))?;
    if let Statement::Known(knowledge, _) = &statement {
        fact.read(knowledge)
            .map_err(|error| (error.in_french(), mend(error.meant())))?;
    }
    Ok(statement)
}

/// How a value that cannot be read is to be written, in French.
fn form(kind: &Kind, node: &Node<'_>, errors: &Errors) -> String {
    let text = match &node.tree {
        Tree::Text(text) => Some(text.value.trim()),
        _ => None,
    };
    let meant = match kind {
        Kind::Flag => {
            let flag = text.and_then(french_flag);
            return match flag {
                Some(flag) => format!("écrivez {flag}, sans guillemets"),
                None => "écrivez true ou false".to_owned(),
            };
        }
        Kind::Date => date_meant(node),
        Kind::Integer { .. } => {
            let number = text.and_then(|text| text.parse::<i64>().ok());
            number.map(|number| format!("écrivez {number}, sans guillemets"))
        }
        Kind::Money { .. } => match &node.tree {
            Tree::Integer(euros) => Some(format!("vouliez-vous `\"{euros} EUR\"` ?")),
            _ => None,
        },
        Kind::Level(codes) | Kind::Code(codes) => {
            text.and_then(|text| errors.slips.likeliest_code(text, codes))
        }
        Kind::Codes(_) => None,
        Kind::Records { .. } => Some(
            "écrivez des lignes, comme `[{ champ = valeur }]`, sans les champs qui se calculent"
                .to_owned(),
        ),
    };
    meant.unwrap_or_else(|| match kind {
        Kind::Level(_) | Kind::Code(_) => "prenez un code de la nomenclature du fait".to_owned(),
        Kind::Codes(_) => "écrivez une liste de codes de la nomenclature du fait".to_owned(),
        _ => format!("écrivez {}", kind.in_french()),
    })
}

/// The fact that was meant where the dot of its name parts two keys, for want of quotes, or the
/// nearest to it; as it is written, and what to do.
fn meant(
    dictionary: &Dictionary,
    name: &str,
    node: &Node<'_>,
    errors: &Errors,
) -> Option<(String, String)> {
    let Tree::Table(table) = &node.tree else {
        return None;
    };
    let exact = whole(dictionary, name, table);
    if let Some(whole) = exact {
        let mend = format!("écrivez `facts.\"{whole}\"`, entre guillemets");
        return Some((name.to_owned(), mend));
    }
    // Nothing that may be said of a fact, and some facts are called so.
    let (key, ..) = table.entries.first()?;
    let longer = format!("{name}.");
    let begins = |fact: &&str| fact.starts_with(&longer);
    let facts = || dictionary.names().filter(begins);
    if written::is_key(key) || facts().next().is_none() {
        return None;
    }
    let whole = format!("{longer}{key}");
    let near = errors.slips.nearest(&whole, facts());
    let mend = match near {
        Some(near) => format!("écrivez `facts.\"{near}\"`, entre guillemets"),
        None => format!(
            "un fait s'écrit entre guillemets, comme `facts.\"{}\"`",
            facts().next()?
        ),
    };
    Some((whole, mend))
}

/// The fact whose name is parted into keys.
fn whole(dictionary: &Dictionary, name: &str, table: &Table<'_>) -> Option<String> {
    table.entries.iter().find_map(|(key, _, inner)| {
        let longer = format!("{name}.{key}");
        match (dictionary.id(&longer), &inner.tree) {
            (Some(_), _) => Some(longer),
            (None, Tree::Table(inner)) => whole(dictionary, &longer, inner),
            (None, _) => None,
        }
    })
}
