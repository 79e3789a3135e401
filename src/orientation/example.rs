//! `[[example]]` entries of packs: an invented person, and what must come out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Deadline, Meeting, Orientation, french};
use crate::fact::possible::nearest;
use crate::fact::written::{Statement, Written, statement};
use crate::pack::error::{At, Errors};
use crate::pack::model::{Example, Model};
use crate::pack::tree::{Node, Reader, Table, Text, Tree};
use crate::pack::{Engine, Pack, PackErrors};
use crate::profile::Profile;
use crate::vocabulary::{Code, FactName, SchemeId};

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

impl Expected<'_> {
    fn is_empty(&self) -> bool {
        self.must.is_empty()
            && self.must_not.is_empty()
            && self.may.is_empty()
            && self.tracks.is_empty()
            && self.lead.is_none()
            && self.deadlines.is_empty()
            && self.levels.is_empty()
    }

    /// Whether every name expected exists: a misspelled `must_not` would pass in silence.
    fn check_names(&self, model: &Model, errors: &mut Errors) -> bool {
        let network = &model.network;
        let schemes = || network.scheme_ids.iter().map(SchemeId::as_str);
        let codes = model
            .standing
            .track
            .and_then(|fact| model.dictionary.fact(fact).kind.nomenclature());
        let mut sound = true;
        let mut refuse = |at: At, message: String, mend: Option<&str>| {
            let mend = mend.map(|near| format!("vouliez-vous `{near}` ?"));
            errors.add("X002", at, message, mend);
            sound = false;
        };
        let lists = [&self.must, &self.must_not, &self.may];
        let listed = lists.into_iter().flatten();
        let listed = listed.map(|text| (text.value.as_str(), text.at));
        let timed = self.deadlines.iter().map(|(scheme, at, _)| (*scheme, *at));
        for (scheme, at) in listed.chain(timed) {
            if network.scheme(scheme).is_none() {
                let message = format!("l'action `{scheme}` n'existe pas");
                refuse(at, message, nearest(scheme, schemes()));
            }
        }
        for text in &self.tracks {
            if codes.is_none_or(|codes| codes.place(&text.value).is_none()) {
                let known = codes.into_iter().flat_map(|codes| codes.codes());
                refuse(
                    text.at,
                    format!("le parcours `{}` n'existe pas", text.value),
                    nearest(&text.value, known.map(Code::as_str)),
                );
            }
        }
        if let Some(lead) = self.lead
            && network.partner(&lead.value).is_none()
        {
            let known = network.partners.iter().map(|partner| partner.id.as_str());
            refuse(
                lead.at,
                format!("l'organisme `{}` n'existe pas", lead.value),
                nearest(&lead.value, known),
            );
        }
        for (name, at, _) in &self.levels {
            if model.dictionary.id(name).is_none() {
                let message = format!("le fait `{name}` n'existe pas");
                refuse(*at, message, nearest(name, model.dictionary.names()));
            }
        }
        sound
    }
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
    /// [`PackErrors`]: every expectation that is not met (code `X001`), and every
    /// example that cannot be read, that names what the pack does not hold or that
    /// expects nothing (code `X002`), at its place in the source.
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
    if expected.is_empty() {
        errors.add(
            "X002",
            example.at,
            "cet exemple n'attend rien",
            Some(
                "ajoutez `must`, `must_not`, `may`, `track`, `lead`, `deadline` ou `levels`"
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
        Ok(orientation) => compare(&orientation, &profile, &expected, errors),
        Err(error) => errors.add("X002", example.at, error.to_string(), None),
    }
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
    at: At,
    errors: &mut Errors,
) -> Option<Profile> {
    let mut sound = true;
    let mut told: BTreeMap<&str, Statement> = BTreeMap::new();
    let dictionary = &engine.model().dictionary;
    for (name, at, node) in facts.map_or(&[][..], |table| &table.entries) {
        let Some(id) = dictionary.id(name) else {
            let mend = nearest(name, dictionary.names());
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
    let built = builder.build();
    built
        .map_err(|error| errors.add("X002", at, error.to_string(), None))
        .ok()
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
        if is_proposed(orientation, scheme) {
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
            let how = if is_proposed(orientation, &text.value) {
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

/// The meeting proposed while the track is open, when it is held under this scheme.
fn meeting<'o>(orientation: &'o Orientation, scheme: &str) -> Option<&'o Meeting> {
    let meeting = orientation.track.as_ref()?.meeting.as_ref()?;
    (meeting.scheme.as_str() == scheme).then_some(meeting)
}

fn is_proposed(orientation: &Orientation, scheme: &str) -> bool {
    orientation.proposal(scheme).is_some() || meeting(orientation, scheme).is_some()
}

/// Why a scheme is not proposed; nothing when it is.
fn not_proposed(orientation: &Orientation, scheme: &str) -> Option<String> {
    if is_proposed(orientation, scheme) {
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
    let proposed = orientation.proposal(scheme);
    let found = match proposed {
        Some(proposal) => proposal.deadline.as_ref(),
        None => meeting(orientation, scheme).and_then(|meeting| meeting.deadline.as_ref()),
    };
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

#[cfg(test)]
mod tests {
    use super::*;

    const PACK: &str = r#"
        [pack]
        id = "essai"
        title = "Un essai"

        [standing]
        track = "parcours"

        [[nomenclature]]
        id = "parcours"
        codes = [{ code = "professionnel", label = "parcours emploi" }, { code = "social", label = "parcours social" }]

        [[fact]]
        name = "permis"
        type = "flag"
        label = "permis B"
        question = "Avez-vous le permis B ?"

        [[fact]]
        name = "parcours"
        type = "code"
        nomenclature = "parcours"
        label = "parcours décidé"
        optional = true
        presume = "none"
        asked = false

        [[partner]]
        id = "auto-ecole"
        names = [{ name = "Auto-école" }]
        source = "essai"
        verified = false

        [[scheme]]
        id = "bilan-mobilite"
        title = "Bilan de mobilité"
        source = "essai"
        verified = false

        [[scheme]]
        id = "entretien"
        title = "Entretien"
        source = "essai"
        verified = false

        [[rule]]
        id = "no-licence"
        title = "Sans permis"
        when = "permis = false"
        propose = { scheme = "bilan-mobilite", partner = "auto-ecole", priority = 10 }
        because = "Vous n'avez pas le permis."
        source = "essai"
        verified = false

        [[track]]
        id = "licence"
        order = 10
        when = "permis"
        track = "professionnel"
        lead = "auto-ecole"
        because = "Vous avez le permis."
        source = "essai"
        verified = false

        [[track]]
        id = "others"
        order = 20
        track = "social"
        lead = "auto-ecole"
        because = "Vous n'avez pas le permis."
        source = "essai"
        verified = false

        [[track_meeting]]
        scheme = "entretien"
        partner = "auto-ecole"
        within = "1 month"
        because = "Il manque une réponse."
        source = "essai"
        verified = false
    "#;

    fn pack(example: &str) -> Pack {
        let text = format!(
            "{PACK}\n[[example]]\nid = \"one\"\ntitle = \"Un exemple\"\nat = 2021-09-15\n{example}\n"
        );
        Pack::parse([("pack.toml", text)], None).unwrap_or_else(|errors| panic!("{errors}"))
    }

    /// Code, message, mend and marked text of each mistake.
    fn mistakes(example: &str) -> Vec<(String, String, Option<String>)> {
        let Err(errors) = pack(example).run_examples() else {
            return Vec::new();
        };
        let mistakes = errors.iter().map(|error| {
            let mend = error.mend().map(str::to_owned);
            (error.code().to_owned(), error.message().to_owned(), mend)
        });
        mistakes.collect()
    }

    fn refused(message: &str, mend: Option<&str>) -> Vec<(String, String, Option<String>)> {
        vec![(
            "X002".to_owned(),
            message.to_owned(),
            mend.map(|near| format!("vouliez-vous `{near}` ?")),
        )]
    }

    #[test]
    fn what_is_expected_and_found_passes() {
        let met = r#"
            facts = { permis = false }
            must = ["bilan-mobilite"]
            must_not = ["entretien"]
            track = "social"
            lead = "auto-ecole"
        "#;
        assert_eq!(pack(met).run_examples(), Ok(1));
    }

    #[test]
    fn what_is_expected_and_not_found_is_told() {
        let found = mistakes("facts = { permis = true }\nmust = [\"bilan-mobilite\"]");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, "X001");
    }

    #[test]
    fn the_meeting_of_an_open_track_counts_as_proposed() {
        let open = r#"
            may = ["bilan-mobilite"]
            must = ["entretien"]
            track = ["professionnel", "social"]
            deadline = { entretien = 2021-10-15 }
        "#;
        assert_eq!(pack(open).run_examples(), Ok(1));
        let found = mistakes("must_not = [\"entretien\"]");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, "X001");
    }

    #[test]
    fn a_scheme_that_does_not_exist_is_a_mistake_wherever_it_is_named() {
        let wanted = refused(
            "l'action `bilan-mobilites` n'existe pas",
            Some("bilan-mobilite"),
        );
        for key in ["must", "must_not", "may"] {
            assert_eq!(mistakes(&format!("{key} = [\"bilan-mobilites\"]")), wanted);
        }
        let deadline = "deadline = { bilan-mobilites = 2021-10-15 }";
        assert_eq!(mistakes(deadline), wanted);
    }

    #[test]
    fn the_mistake_stands_at_the_name() {
        let errors = pack("must_not = [\"entretien\", \"entretiens\"]").run_examples();
        let errors = errors.unwrap_err();
        let error = errors.iter().next().unwrap();
        assert_eq!(error.column(), "must_not = [\"entretien\", \"".len());
        assert!(error.to_string().contains("must_not"));
    }

    #[test]
    fn a_track_that_does_not_exist_is_a_mistake() {
        let wanted = refused(
            "le parcours `professionel` n'existe pas",
            Some("professionnel"),
        );
        assert_eq!(mistakes("track = \"professionel\""), wanted);
        assert_eq!(mistakes("track = [\"social\", \"professionel\"]"), wanted);
        assert_eq!(
            mistakes("track = \"x\""),
            refused("le parcours `x` n'existe pas", None)
        );
    }

    #[test]
    fn a_lead_that_is_no_partner_is_a_mistake() {
        let wanted = refused("l'organisme `auto-ecoles` n'existe pas", Some("auto-ecole"));
        assert_eq!(mistakes("lead = \"auto-ecoles\""), wanted);
    }

    #[test]
    fn a_level_of_a_fact_that_does_not_exist_is_a_mistake() {
        let wanted = refused("le fait `permi` n'existe pas", Some("permis"));
        assert_eq!(mistakes("levels = { permi = \"x\" }"), wanted);
    }

    #[test]
    fn an_example_that_expects_nothing_is_a_mistake() {
        for nothing in ["facts = { permis = true }", "must = []\nmay = []"] {
            let found = mistakes(nothing);
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].0, "X002");
            assert_eq!(found[0].1, "cet exemple n'attend rien");
        }
    }
}
