//! Which body holds a role for a person, on a date.

use serde::Serialize;

use crate::network::{BodyRef, PartnerIndex};
use crate::pack::EngineAt;
use crate::rule::{Both, Truth};
use crate::vocabulary::{PartnerId, RoleId};

/// Who is competent, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Body {
    /// The role that the law or the pack names; absent when it names a body itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<RoleId>,
    /// The role in words, with its article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_label: Option<String>,
    /// The bodies that hold it: one when known, several while the commune or
    /// another fact is open, none where it is « à préciser localement ».
    pub candidates: Vec<Candidate>,
}

/// One body that is, or may be, competent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Candidate {
    /// The body, whatever its name.
    pub partner: PartnerId,
    /// Its name on the date asked.
    pub name: String,
    /// The same as a sentence says it, with its article.
    pub said: String,
    /// Competent by law, though it did not sign the convention: « hors convention ».
    pub outside_convention: bool,
    /// Whether its place in the network was verified.
    pub verified: bool,
}

impl Body {
    /// The one body, when it is known.
    #[must_use]
    pub fn known(&self) -> Option<&Candidate> {
        match self.candidates.as_slice() {
            [candidate] => Some(candidate),
            _ => None,
        }
    }

    /// The name that text uses: the body's, or the role's.
    #[must_use]
    pub fn in_french(&self) -> String {
        let mut names: Vec<&str> = self
            .candidates
            .iter()
            .map(|candidate| candidate.said.as_str())
            .collect();
        let last = names.pop();
        match (names.as_slice(), last) {
            (_, None) => self
                .role_label
                .clone()
                .unwrap_or_else(|| "un organisme".to_owned()),
            ([], Some(only)) => only.to_owned(),
            (_, Some(last)) => format!("{} ou {last}", names.join(", ")),
        }
    }
}

impl EngineAt {
    fn candidate(&self, partner: PartnerIndex, verified: bool) -> Option<Candidate> {
        let network = &self.engine.model().network;
        let with_convention = network.partners.iter().any(|partner| partner.signatory);
        network.partners.get(partner.0).map(|partner| Candidate {
            partner: partner.id.clone(),
            name: partner.name(self.date).to_owned(),
            said: partner.said(self.date).to_owned(),
            outside_convention: with_convention && !partner.signatory,
            verified: verified && partner.sourced.verified,
        })
    }

    /// The body that a rule names, for the person to whom the program's `truths` belong.
    pub(crate) fn body(&self, body: BodyRef, truths: &[Both]) -> Body {
        let model = self.engine.model();
        let role = match body {
            BodyRef::Partner(partner) => {
                let candidates = self.candidate(partner, true).into_iter().collect();
                return Body {
                    role: None,
                    role_label: None,
                    candidates,
                };
            }
            BodyRef::Role(role) => role,
        };
        let (mut surely, mut maybe) = (Vec::new(), Vec::new());
        let of_holders = truths.iter().skip(self.period.first_holder());
        for (truth, holder) in of_holders.zip(&self.period.holders) {
            let Some((_, holder)) = model.network.holders.get(holder.place) else {
                continue;
            };
            if holder.role != role {
                continue;
            }
            let list = match truth.presumed {
                Truth::True => &mut surely,
                Truth::Open => &mut maybe,
                Truth::False => continue,
            };
            list.extend(self.candidate(holder.partner, holder.sourced.verified));
        }
        let mut candidates = if surely.is_empty() { maybe } else { surely };
        candidates.sort();
        candidates.dedup_by(|a, b| a.partner == b.partner);
        let role = model.network.roles.get(role.0);
        Body {
            role: role.map(|role| role.id.clone()),
            role_label: role.map(|role| role.label.to_string()),
            candidates,
        }
    }
}
