//! Partners, roles, schemes, and who serves whom where.
//!
//! Law names roles (`mission-locale`, `caisse`); a local pack says which body
//! holds each, by commune, by date and, where the law says so, by a fact. A
//! scheme carries its own eligibility, once, whatever rule proposes it.

use chrono::NaiveDate;

use crate::rule::condition::Cond;
use crate::vocabulary::{Answers, At, BodyId, Dated, PartnerId, RoleId, SchemeId, Tells};

/// Where a statement comes from, and whether its text was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sourced {
    pub(crate) source: Box<str>,
    pub(crate) verified: bool,
    /// A choice of the local policy, not a rule of law.
    pub(crate) choice: bool,
}

/// Place of a role in its pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RoleIndex(pub(crate) usize);

/// Place of a partner in its pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PartnerIndex(pub(crate) usize);

/// Place of a scheme in its pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SchemeIndex(pub(crate) usize);

/// Who is named by a rule: whoever holds a role, or one body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum BodyRef {
    Role(RoleIndex),
    Partner(PartnerIndex),
}

/// A role, with the article French text needs when no body is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Role {
    pub(crate) id: RoleId,
    pub(crate) label: Box<str>,
    /// What its very name tells of somebody: as of a fact.
    pub(crate) sensitivity: u8,
}

/// A body of the network, with its names over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Partner {
    pub(crate) id: PartnerId,
    pub(crate) names: Dated<Name>,
    pub(crate) signatory: bool,
    /// What its very name tells of somebody; unsaid, what the most telling of its roles does.
    pub(crate) sensitivity: Option<u8>,
    pub(crate) serves: Option<Cond>,
    pub(crate) sourced: Sourced,
}

/// One name of a body, as a title and as a sentence says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// « Département de la Marne »
    pub(crate) plain: Box<str>,
    /// « le Département de la Marne »
    pub(crate) said: Box<str>,
}

impl Partner {
    /// The body's name on a day.
    pub(crate) fn name(&self, on: NaiveDate) -> &str {
        self.names
            .at(on)
            .map_or(self.id.as_str(), |name| &name.plain)
    }

    /// The body's name on a day, as a sentence says it.
    pub(crate) fn said(&self, on: NaiveDate) -> &str {
        self.names
            .at(on)
            .map_or(self.id.as_str(), |name| &name.said)
    }
}

/// One body holding one role, while and where a condition holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holder {
    pub(crate) role: RoleIndex,
    pub(crate) partner: PartnerIndex,
    pub(crate) when: Option<Cond>,
    pub(crate) sourced: Sourced,
}

/// A scheme, in one of its periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scheme {
    pub(crate) at: At,
    pub(crate) title: Box<str>,
    /// The same in the easy version, where the title is hard to read.
    pub(crate) easy: Option<Box<str>>,
    pub(crate) theme: Option<Box<str>>,
    /// What its name tells of the home, by itself or by its theme.
    pub(crate) tells: Tells,
    /// What its very name tells of somebody: as of a fact.
    pub(crate) sensitivity: u8,
    pub(crate) eligible: Option<Cond>,
    /// Who alone may prescribe it; nobody named: whoever proposes it.
    pub(crate) prescribers: Vec<BodyRef>,
    pub(crate) sourced: Sourced,
    pub(crate) answers: Answers,
}

/// All that the network holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Network {
    pub(crate) roles: Vec<Role>,
    pub(crate) partners: Vec<Partner>,
    pub(crate) holders: Vec<(crate::vocabulary::Period, Holder)>,
    pub(crate) scheme_ids: Vec<SchemeId>,
    pub(crate) schemes: Vec<Dated<Scheme>>,
}

impl Network {
    pub(crate) fn role(&self, id: &str) -> Option<RoleIndex> {
        self.roles
            .iter()
            .position(|role| role.id.as_str() == id)
            .map(RoleIndex)
    }

    pub(crate) fn partner(&self, id: &str) -> Option<PartnerIndex> {
        self.partners
            .iter()
            .position(|partner| partner.id.as_str() == id)
            .map(PartnerIndex)
    }

    pub(crate) fn body(&self, id: &str) -> Option<BodyRef> {
        self.role(id)
            .map(BodyRef::Role)
            .or_else(|| self.partner(id).map(BodyRef::Partner))
    }

    /// The partners that hold a role somewhere: on a day, or on any.
    fn holders_of(&self, role: &RoleId, on: Option<NaiveDate>) -> impl Iterator<Item = &PartnerId> {
        let holders = self.holders.iter().filter(move |(period, holder)| {
            let held = self.roles.get(holder.role.0);
            on.is_none_or(|on| period.contains(on)) && held.is_some_and(|held| held.id == *role)
        });
        let partners = holders.filter_map(|(_, holder)| self.partners.get(holder.partner.0));
        partners.map(|partner| &partner.id)
    }

    /// Whether a body is a role, or holds it somewhere: on a day, or on any.
    pub(crate) fn holds(&self, body: &BodyId, role: &RoleId, on: Option<NaiveDate>) -> bool {
        let mut holders = self.holders_of(role, on);
        role.as_str() == body.as_str() || holders.any(|id| id.as_str() == body.as_str())
    }

    /// Whether a body alone holds a role on a day: one that several hold, each in its part of the
    /// territory, says of none of them that it is meant.
    pub(crate) fn holds_alone(&self, body: &BodyId, role: &RoleId, on: NaiveDate) -> bool {
        let mut holders = self.holders_of(role, Some(on)).peekable();
        holders.peek().is_some() && holders.all(|id| id.as_str() == body.as_str())
    }

    /// Whether a body is the one that is named, or holds the role that is: on a day, or on any.
    pub(crate) fn is(&self, named: BodyRef, body: &BodyId, on: Option<NaiveDate>) -> bool {
        match named {
            BodyRef::Partner(partner) => {
                let partner = self.partners.get(partner.0);
                partner.is_some_and(|partner| partner.id.as_str() == body.as_str())
            }
            BodyRef::Role(role) => {
                let role = self.roles.get(role.0);
                role.is_some_and(|role| self.holds(body, &role.id, on))
            }
        }
    }

    /// What the very name of a body tells of somebody who has to do with it.
    pub(crate) fn sensitivity_of(&self, body: BodyRef) -> u8 {
        let of_role = |role: RoleIndex| self.roles.get(role.0).map_or(0, |role| role.sensitivity);
        match body {
            BodyRef::Role(role) => of_role(role),
            BodyRef::Partner(index) => {
                let partner = self.partners.get(index.0);
                let own = partner.and_then(|partner| partner.sensitivity);
                own.unwrap_or_else(|| {
                    let holders = self.holders.iter().map(|(_, holder)| holder);
                    let held = holders.filter(|holder| holder.partner == index);
                    held.map(|holder| of_role(holder.role)).max().unwrap_or(0)
                })
            }
        }
    }

    /// All bodies: roles, then partners.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = BodyRef> {
        let roles = (0..self.roles.len()).map(|place| BodyRef::Role(RoleIndex(place)));
        let partners = (0..self.partners.len()).map(|place| BodyRef::Partner(PartnerIndex(place)));
        roles.chain(partners)
    }

    /// Who said something, in words: a body's name on a day, or a role.
    pub(crate) fn name_of(&self, body: &BodyId, on: NaiveDate) -> String {
        let id = body.as_str();
        if id == "person" {
            return "vous-même".to_owned();
        }
        let partner = self
            .partner(id)
            .and_then(|place| self.partners.get(place.0));
        let role = || self.role(id).and_then(|place| self.roles.get(place.0));
        partner
            .map(|partner| partner.name(on).to_owned())
            .or_else(|| role().map(|role| role.label.to_string()))
            .unwrap_or_else(|| id.to_owned())
    }

    /// Who said something, as a page for professionals says it. With danger at home a body
    /// is told by a role that it holds, as its name tells a place.
    pub(crate) fn told_by(&self, body: &BodyId, on: NaiveDate, hidden: bool) -> String {
        if body.as_str() == "person" {
            return "la personne".to_owned();
        }
        if !hidden {
            return self.name_of(body, on);
        }
        let role = self.body(body.as_str());
        let role = role.and_then(|body| self.role_of(body, on));
        role.map_or_else(|| "un organisme".to_owned(), |role| role.label.to_string())
    }

    /// The role that a body is, or the first that it holds on a day: what it is told by where
    /// its name would tell a place.
    pub(crate) fn role_of(&self, body: BodyRef, on: NaiveDate) -> Option<&Role> {
        let role = match body {
            BodyRef::Role(role) => Some(role),
            BodyRef::Partner(partner) => {
                let mut holders = self.holders.iter();
                let held = holders
                    .find(|(period, holder)| holder.partner == partner && period.contains(on));
                held.map(|(_, holder)| holder.role)
            }
        };
        self.roles.get(role?.0)
    }

    /// Whether a body is the person or a role, which tell no place.
    pub(crate) fn is_of_no_place(&self, body: &BodyId) -> bool {
        body.as_str() == "person" || self.role(body.as_str()).is_some()
    }

    /// Roles in words.
    pub(crate) fn labels(&self, roles: &[RoleId]) -> Vec<String> {
        let label = |role: &RoleId| {
            let known = self.roles.iter().find(|known| known.id == *role);
            known.map_or_else(|| role.to_string(), |known| known.label.to_string())
        };
        roles.iter().map(label).collect()
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "indexes are made for this vector, which never shrinks"
    )]
    pub(crate) fn scheme_id(&self, scheme: SchemeIndex) -> &SchemeId {
        &self.scheme_ids[scheme.0]
    }

    pub(crate) fn scheme(&self, id: &str) -> Option<SchemeIndex> {
        self.scheme_ids
            .iter()
            .position(|scheme| scheme.as_str() == id)
            .map(SchemeIndex)
    }
}
