//! What one body may see of a diagnostic, and on what ground.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Diagnostic, Entry, EntryId, ErasureGround, Scope, UnknownBodyError};
use crate::fact::set::ValueSet;
use crate::pack::EngineAt;
use crate::pack::model::{Ground, Model, NeedToKnow};
use crate::rule::condition::member_view;
use crate::vocabulary::{BodyId, FactName, PersonRef};

/// The legal ground on which facts are opened to a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum OpeningGround {
    /// It said so itself.
    OwnWord,
    /// A public mission (RGPD art. 6(1)(e)), by the text named.
    PublicMission,
    /// A legal duty (RGPD art. 6(1)(c)), by the text named.
    LegalDuty,
    /// A vital interest (RGPD art. 6(1)(d)).
    VitalInterest,
    /// The person consented (RGPD art. 6(1)(a), 9(2)(a)).
    Consent,
}

/// One fact that was opened to a body, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Opening {
    /// The fact.
    pub fact: FactName,
    /// Its French label; its name where the pack does not know it.
    pub label: String,
    /// The rule of the policy; absent for the body's own word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The ground.
    pub ground: OpeningGround,
    /// What for, in French.
    pub purpose: String,
    /// The text that says so.
    pub source: String,
    /// Whether that text was read.
    pub verified: bool,
    /// Entries that are shown.
    pub entries: BTreeSet<EntryId>,
}

/// Who was shown what, when and on what ground: for the register of whoever hands it over,
/// and for the person who asks. It holds no value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Account {
    /// Version of this form.
    pub version: u32,
    /// The person.
    pub person: PersonRef,
    /// To whom.
    pub recipient: BodyId,
    /// Its name on that date.
    pub name: String,
    /// The date of the view.
    pub date: NaiveDate,
    /// Identity of the pack whose policy opened it.
    pub pack: String,
    /// What was shown, by fact.
    pub openings: Vec<Opening>,
}

/// A diagnostic as one body may see it, and the account of it.
///
/// Everything that is computed for that body is computed from the view alone, so that what
/// it may not see makes no difference to what it is given.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct View {
    /// What it may see: whole entries, and erasures of what it may see.
    pub diagnostic: Diagnostic,
    /// Who was shown what.
    pub account: Account,
}

impl Diagnostic {
    /// What a body may see, on a date, by the policy of a pack.
    ///
    /// A fact that no rule opens to it is closed, but for what it said itself. Consent is
    /// read in the whole diagnostic; a refusal closes what rests on consent, and nothing else.
    ///
    /// ```
    /// use spie::diagnostic::{Diagnostic, Observation, Said};
    /// use spie::fact::Means;
    /// use spie::vocabulary::{BodyId, FactName, PersonRef};
    /// use spie::{Engine, Knowledge, Pack};
    ///
    /// let engine = Engine::new(&Pack::marne()?);
    /// let at = engine.at("2025-03-15".parse()?);
    /// let mut whole = Diagnostic::new(PersonRef::parse("dossier-12")?);
    /// for fact in ["licence.b", "health.temporary_unfit"] {
    ///     whole.record(&engine, Observation {
    ///         by: BodyId::parse("departement-marne")?,
    ///         means: Means::Assessed,
    ///         observed_on: "2025-03-01".parse()?,
    ///         recorded_on: "2025-03-01".parse()?,
    ///         fact: FactName::parse(fact)?,
    ///         said: Said::Known(Knowledge::from(true)),
    ///         remark: None,
    ///     })?;
    /// }
    /// let view = whole.view(&at, &BodyId::parse("ml-reims")?)?;
    /// let seen: Vec<&str> = view.account.openings.iter().map(|one| one.fact.as_str()).collect();
    /// assert_eq!(seen, ["licence.b"]);
    /// assert_eq!(view.diagnostic.entries().count(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`UnknownBodyError`] for a recipient that is neither a partner nor a role of the pack.
    pub fn view(&self, at: &EngineAt, recipient: &BodyId) -> Result<View, UnknownBodyError> {
        UnknownBodyError::unless_known(&at.engine, recipient)?;
        let model = at.engine.model();
        let policy = Policy {
            model,
            recipient,
            date: at.date,
            consents: self.consents(at, recipient),
        };
        let mut seen = Self::new(self.person.clone());
        let mut openings: Vec<Opening> = Vec::new();
        for (id, entry) in &self.entries {
            let Some(mut opening) = policy.opens(entry) else {
                continue;
            };
            seen.entries.insert(*id, entry.clone());
            let same = openings
                .iter_mut()
                .find(|one| one.fact == opening.fact && one.rule == opening.rule);
            if let Some(same) = same {
                same.entries.insert(*id);
            } else {
                opening.entries.insert(*id);
                openings.push(opening);
            }
        }
        for (id, erasure) in &self.erasures {
            let own = |fact: &FactName| {
                let mut held = self.entries.values();
                held.any(|entry| entry.of() == recipient && entry.fact() == fact)
            };
            let in_view = match &erasure.scope {
                Scope::All => true,
                Scope::Fact(fact) => policy.rule_for(fact).is_some() || own(fact),
            };
            let of_its_own = erasure.by == *recipient
                || matches!(&erasure.ground, ErasureGround::Upheld { by } if by == recipient);
            if in_view || of_its_own {
                seen.erasures.insert(*id, erasure.clone());
            }
        }
        openings.sort();
        Ok(View {
            diagnostic: seen,
            account: Account {
                version: 1,
                person: self.person.clone(),
                recipient: recipient.clone(),
                name: model.network.name_of(recipient, at.date),
                date: at.date,
                pack: model.identity.to_string(),
                openings,
            },
        })
    }

    /// Whether the person surely consented to share with a body, on a date.
    fn consents(&self, at: &EngineAt, recipient: &BodyId) -> bool {
        let model = at.engine.model();
        let Some(fact) = model.standing.consent else {
            return false;
        };
        let codes = model.dictionary.fact(fact).kind.nomenclature();
        let Some(place) = codes.and_then(|codes| codes.place(recipient.as_str())) else {
            return false;
        };
        let resolution = self.resolve(at);
        let settled = resolution.settled.get(&fact);
        let possible = settled.and_then(|settled| settled.possible.as_ref());
        possible.is_some_and(|possible| member_view(possible, place) == ValueSet::point(1))
    }
}

/// The rules of a pack for one recipient on one date.
struct Policy<'p> {
    model: &'p Model,
    recipient: &'p BodyId,
    date: NaiveDate,
    consents: bool,
}

impl<'p> Policy<'p> {
    fn opens(&self, entry: &Entry) -> Option<Opening> {
        // What is asked of it is about its own word.
        if entry.by() == self.recipient || entry.of() == self.recipient {
            return Some(Opening {
                fact: entry.fact().clone(),
                label: self.label(entry.fact()),
                rule: None,
                ground: OpeningGround::OwnWord,
                purpose: "en répondre : cet organisme l'a dit lui-même".to_owned(),
                source: String::new(),
                verified: true,
                entries: BTreeSet::new(),
            });
        }
        // What this crate cannot read, it cannot weigh.
        if matches!(entry, Entry::Newer(_)) {
            return None;
        }
        let rule = self.rule_for(entry.fact())?;
        Some(Opening {
            fact: entry.fact().clone(),
            label: self.label(entry.fact()),
            rule: Some(rule.id.to_string()),
            ground: match rule.ground {
                Ground::PublicMission => OpeningGround::PublicMission,
                Ground::LegalDuty => OpeningGround::LegalDuty,
                Ground::VitalInterest => OpeningGround::VitalInterest,
                Ground::Consent => OpeningGround::Consent,
            },
            purpose: rule.purpose.to_string(),
            source: rule.sourced.source.to_string(),
            verified: rule.sourced.verified,
            entries: BTreeSet::new(),
        })
    }

    fn label(&self, fact: &FactName) -> String {
        let dictionary = &self.model.dictionary;
        let known = dictionary.id(fact.as_str());
        known.map_or_else(
            || fact.to_string(),
            |id| dictionary.fact(id).label.to_string(),
        )
    }

    /// The first rule that opens a fact: consent is only looked at where nothing else does.
    fn rule_for(&self, fact: &FactName) -> Option<&'p NeedToKnow> {
        let id = self.model.dictionary.id(fact.as_str())?;
        let fact = self.model.dictionary.fact(id);
        let opens = |rule: &NeedToKnow| {
            let named = rule.facts.contains(&id);
            // A theme opens nothing of a special category: such facts are named one by one.
            let by_theme = fact.sensitivity <= NeedToKnow::HIGHEST_BY_THEME
                && fact
                    .theme
                    .as_ref()
                    .is_some_and(|theme| rule.themes.contains(theme));
            let to = rule.to.iter().any(|body| self.is(body));
            let ground = rule.ground != Ground::Consent || self.consents;
            (named || by_theme) && to && ground
        };
        let rules = self.model.need_to_know.iter();
        let in_force = rules
            .filter(|(period, rule)| period.contains(self.date) && opens(rule))
            .map(|(_, rule)| rule);
        in_force.min_by_key(|rule| (rule.ground == Ground::Consent, rule.id.clone()))
    }

    /// Whether the recipient is a body that the policy names, or holds a role that it names.
    fn is(&self, body: &crate::network::BodyRef) -> bool {
        use crate::network::BodyRef;
        let network = &self.model.network;
        match body {
            BodyRef::Partner(partner) => network
                .partners
                .get(partner.0)
                .is_some_and(|partner| partner.id.as_str() == self.recipient.as_str()),
            BodyRef::Role(role) => network
                .roles
                .get(role.0)
                .is_some_and(|role| network.holds(self.recipient, &role.id, Some(self.date))),
        }
    }
}
