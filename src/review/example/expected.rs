//! What an example expects, and the names it uses.

use crate::pack::error::Errors;
use crate::pack::model::Model;
use crate::pack::place::At;
use crate::pack::tree::{Node, Reader, Table, Text, Tree, date_meant};
use crate::vocabulary::{Code, Mistake, SchemeId};

use super::run::Entries;

/// How an example says that a scheme is proposed without a deadline: the word for what is
/// surely absent.
pub(super) const NO_DEADLINE: &str = "none";

/// What an example expects.
pub(super) struct Expected<'t> {
    pub(super) must: Vec<&'t Text<'t>>,
    pub(super) must_not: Vec<&'t Text<'t>>,
    pub(super) may: Vec<&'t Text<'t>>,
    pub(super) tracks: Vec<&'t Text<'t>>,
    pub(super) lead: Option<Bodies<'t>>,
    /// By scheme, the bodies that propose it.
    pub(super) partners: Vec<(&'t str, Bodies<'t>)>,
    pub(super) deadlines: Vec<(&'t str, At, &'t Node<'t>)>,
    pub(super) levels: Vec<(&'t str, At, &'t Node<'t>)>,
    /// By scheme, words that its reasons hold.
    pub(super) says: Vec<(&'t str, At, Vec<&'t Text<'t>>)>,
}

/// Bodies, or the role that they hold, and where they are written.
pub(super) struct Bodies<'t> {
    pub(super) at: At,
    pub(super) names: Vec<&'t Text<'t>>,
}

impl<'t> Bodies<'t> {
    /// Nothing of what is written in another form, which is told.
    fn read(node: &'t Node<'t>, errors: &mut Errors) -> Option<Self> {
        let message = "un organisme s'écrit par son identifiant, et plusieurs en liste";
        let names = texts(node, message, errors)?;
        Some(Self { at: node.at, names })
    }
}

/// One text, or several in a list.
fn texts<'t>(node: &'t Node<'t>, message: &str, errors: &mut Errors) -> Option<Vec<&'t Text<'t>>> {
    let nodes = match &node.tree {
        Tree::List(nodes) => &nodes[..],
        _ => std::slice::from_ref(node),
    };
    let mut found = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Tree::Text(text) = &node.tree else {
            errors.add(Mistake::WrongForm, node.at, message, None);
            return None;
        };
        found.push(text);
    }
    Some(found)
}

impl<'t> Expected<'t> {
    pub(super) fn read(reader: &mut Reader<'t, '_>) -> Self {
        Self {
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
            lead: reader
                .node("lead")
                .and_then(|node| Bodies::read(node, reader.errors)),
            partners: entries(reader.table("partner"))
                .into_iter()
                .filter_map(|(scheme, _, node)| Some((scheme, Bodies::read(node, reader.errors)?)))
                .collect(),
            deadlines: entries(reader.table("deadline")),
            levels: entries(reader.table("levels")),
            says: entries(reader.table("says"))
                .into_iter()
                .filter_map(|(scheme, at, node)| {
                    let message =
                        "des mots du motif s'écrivent entre guillemets, et plusieurs en liste";
                    let words = texts(node, message, reader.errors)?;
                    if words.is_empty() || words.iter().any(|text| text.value.trim().is_empty()) {
                        reader
                            .errors
                            .add(Mistake::WrongForm, node.at, message, None);
                        return None;
                    }
                    Some((scheme, at, words))
                })
                .collect(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.must.is_empty()
            && self.must_not.is_empty()
            && self.may.is_empty()
            && self.tracks.is_empty()
            && self.lead.is_none()
            && self.partners.is_empty()
            && self.deadlines.is_empty()
            && self.levels.is_empty()
            && self.says.is_empty()
    }

    /// Whether every name expected exists: a misspelled `must_not` would pass in silence.
    /// What `entries` hold is passed over where it could not be built.
    pub(super) fn check_names<'m>(
        &self,
        model: &'m Model,
        entries: Entries<'_, '_>,
        errors: &mut Errors,
    ) -> bool {
        let network = &model.network;
        let schemes = || network.scheme_ids.iter().map(SchemeId::as_str);
        let codes = model
            .standing
            .track
            .and_then(|fact| model.dictionary.fact(fact).kind.nomenclature());
        let mut sound = true;
        let mut refuse =
            |at: At, message: String, name: &str, known: &mut dyn Iterator<Item = &'m str>| {
                let mend = errors.slips.likeliest(name, known);
                errors.add(Mistake::BadExample, at, message, mend);
                sound = false;
            };
        let lists = [&self.must, &self.must_not, &self.may];
        let listed = lists.into_iter().flatten();
        let listed = listed.map(|text| (text.value.as_ref(), text.at));
        let timed = self.deadlines.iter().map(|(scheme, at, _)| (*scheme, *at));
        let sent = self.partners.iter();
        let sent = sent.map(|(scheme, bodies)| (*scheme, bodies.at));
        let said = self.says.iter().map(|(scheme, at, _)| (*scheme, *at));
        for (scheme, at) in listed.chain(timed).chain(sent).chain(said) {
            if network.scheme(scheme).is_none() && !entries.hold(&["scheme"], scheme) {
                let message = format!("le dispositif `{scheme}` n'existe pas");
                refuse(at, message, scheme, &mut schemes());
            }
        }
        // Of tracks that could not be read, none is unknown.
        let tracks = if codes.is_some() || entries.all_built() {
            &self.tracks[..]
        } else {
            &[]
        };
        for text in tracks {
            if codes.is_none_or(|codes| codes.place(&text.value).is_none()) {
                let message = format!("le parcours `{}` n'existe pas", text.value);
                let known = codes.into_iter().flat_map(|codes| codes.codes());
                refuse(text.at, message, &text.value, &mut known.map(Code::as_str));
            }
        }
        let bodies = self.partners.iter().map(|(_, bodies)| bodies);
        for body in bodies.chain(&self.lead).flat_map(|bodies| &bodies.names) {
            let written = || entries.hold(&["partner", "role"], &body.value);
            if network.body(&body.value).is_none() && !written() {
                let partners = network.partners.iter().map(|partner| partner.id.as_str());
                let mut known = partners.chain(network.roles.iter().map(|role| role.id.as_str()));
                let message = format!("l'organisme `{}` n'existe pas", body.value);
                refuse(body.at, message, &body.value, &mut known);
            }
        }
        let events = self.deadlines.iter().filter_map(|(_, _, node)| event(node));
        let levels = self.levels.iter().map(|(name, at, _)| (*name, *at));
        for (name, at) in levels.chain(events) {
            if model.dictionary.id(name).is_none() && !entries.hold(&["fact"], name) {
                let message = format!("le fait `{name}` n'existe pas");
                refuse(at, message, name, &mut model.dictionary.names());
            }
        }
        for (scheme, _, node) in &self.deadlines {
            let message = match &node.tree {
                Tree::Date(_) | Tree::Unreadable => continue,
                Tree::Text(_) if event(node).is_some() || is_no_deadline(node) => continue,
                _ => format!("le délai de `{scheme}` est une date, sans guillemets"),
            };
            let mend =
                date_meant(node).or_else(|| Some("écrivez par exemple 2025-03-28".to_owned()));
            errors.add(Mistake::WrongForm, node.at, message, mend);
            sound = false;
        }
        sound
    }
}

fn is_no_deadline(node: &Node<'_>) -> bool {
    matches!(&node.tree, Tree::Text(text) if text.value == NO_DEADLINE)
}

/// The event from which a deadline is expected to count.
fn event<'t>(node: &'t Node<'_>) -> Option<(&'t str, At)> {
    match &node.tree {
        Tree::Text(text) if date_meant(node).is_none() && !is_no_deadline(node) => {
            Some((&text.value, node.at))
        }
        _ => None,
    }
}

fn entries<'t>(table: Option<(&'t Table<'t>, At)>) -> Vec<(&'t str, At, &'t Node<'t>)> {
    let entries = table.map_or(&[][..], |(table, _)| &table.entries);
    entries
        .iter()
        .map(|(key, at, node)| (key.as_ref(), *at, node))
        .collect()
}
