//! Names that tell a private matter by themselves: of schemes, and of bodies.

use std::collections::BTreeSet;

use super::Notice;
use super::document::{Arg, say};
use super::messages::Key;
use crate::fact::Source;
use crate::orientation::{Body, Candidate};
use crate::vocabulary::SchemeId;

/// Schemes that are not told by their names.
#[derive(Clone)]
pub(super) struct PrivateSchemes {
    /// Whose name tells something private of anybody.
    pub(super) by_name: BTreeSet<SchemeId>,
    /// Whose every rule rests on something private that was told of the person.
    pub(super) by_told: BTreeSet<SchemeId>,
}

impl PrivateSchemes {
    pub(super) fn contains(&self, scheme: &SchemeId) -> bool {
        self.by_name.contains(scheme) || self.by_told.contains(scheme)
    }
}

/// Bodies that are not told by their names.
#[derive(Clone, Default)]
pub(super) struct PrivateBodies {
    ids: BTreeSet<String>,
    /// Their names, in small letters.
    names: BTreeSet<String>,
}

impl PrivateBodies {
    pub(super) fn add<'n>(&mut self, id: &str, names: impl IntoIterator<Item = &'n str>) {
        self.ids.insert(id.to_owned());
        let names = names.into_iter().map(str::to_lowercase);
        self.names.extend(names);
    }
}

impl Candidate {
    fn in_notice(&self) -> Arg {
        if self.outside_convention {
            say(Key::BodyOutside)
                .with("name", self.name.as_str())
                .into()
        } else {
            self.name.as_str().into()
        }
    }
}

impl Notice {
    fn is_unnamed(&self, id: &str) -> bool {
        !self.sensitive && self.unnamed.ids.contains(id)
    }

    /// Whether a text names a body that is not told by its name.
    pub(super) fn names_private_body(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let mut names = self.unnamed.names.iter();
        !self.sensitive && names.any(|name| text.contains(name.as_str()))
    }

    /// A body as a list names it; `instead` stands for a name that is not told.
    pub(super) fn named(&self, body: &Body, instead: Key) -> Arg {
        let role = body.role.as_ref();
        if role.is_some_and(|role| self.is_unnamed(role.as_str())) {
            return say(instead).into();
        }
        let unnamed = |one: &&Candidate| self.is_unnamed(one.partner.as_str());
        let told = body.candidates.iter().filter(|one| !unnamed(one));
        let mut names: Vec<Arg> = told.map(Candidate::in_notice).collect();
        // Several that are not named are told once.
        if names.len() < body.candidates.len() {
            names.push(say(instead).into());
        }
        match (names.len(), names.pop()) {
            (_, None) => match &body.role_label {
                Some(role) => say(Key::BodyOfRole).with("role", role.as_str()).into(),
                None => say(Key::BodyToBeSaid).into(),
            },
            (1, Some(only)) => only,
            (_, Some(last)) => {
                names.push(last);
                let names = Arg::Row(names, Key::Semicolon);
                say(Key::BodyAmong).with("names", names).into()
            }
        }
    }

    /// Whether the body that said something is not told by its name.
    pub(super) fn said_by_unnamed(&self, source: &Source) -> bool {
        let by = source.by.as_ref();
        by.is_some_and(|by| self.is_unnamed(by.as_str()))
    }

    /// Who said something: the body, never a relative; the person is addressed.
    pub(super) fn who_said(
        &self,
        source: &Source,
        said_by: Option<&String>,
        instead: Key,
    ) -> Option<Arg> {
        let by = source.by.as_ref()?;
        Some(if by.as_str() == "person" {
            say(Key::Yourself).into()
        } else if self.said_by_unnamed(source) {
            say(instead).into()
        } else {
            said_by.map_or_else(|| say(Key::SomeBody).into(), |name| name.as_str().into())
        })
    }
}
