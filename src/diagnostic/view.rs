//! What one body may see of a diagnostic, and on what ground.

use chrono::NaiveDate;
use serde::Serialize;

use super::resolve::has_authority;
use super::{
    Diagnostic, Entry, EntryId, Erasure, ErasureGround, Observation, Said, Scope, UnknownBodyError,
};
use crate::fact::Means;
use crate::fact::dictionary::{Fact, Freshness};
use crate::fact::possible::{self, Possible};
use crate::fact::set::ValueSet;
use crate::network::BodyRef;
use crate::pack::EngineAt;
use crate::pack::model::{Ground, Model, NeedToKnow, Standing};
use crate::rule::condition::member_view;
use crate::vocabulary::{BodyId, FactName, PersonRef, RoleId};

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
    /// It is the person's own (RGPD art. 15).
    Access,
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
    /// How many entries about it are shown: a register keeps no id, which is a hash of what was said.
    pub entries: u32,
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
    /// A fact that no rule opens to it is closed, but for what it said itself; the person sees
    /// everything. Consent is read in the whole diagnostic; a refusal closes what rests on
    /// consent, and nothing else. With danger at home, what tells a place or a household is
    /// for the lead body alone.
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
            whole: self,
            model,
            recipient,
            date: at.date,
            consents: self.consents(at, recipient),
            leads: self.leads(at, recipient),
            led: self.led(model, recipient),
            consented: self.consented(model, recipient),
            restricted: self.is_restricted(model),
        };
        let mut seen = Self::new(self.person.clone());
        let mut openings: Vec<Opening> = Vec::new();
        for (id, entry) in &self.entries {
            let Some(mut opening) = policy.opens(entry) else {
                continue;
            };
            seen.entries.insert(*id, entry.clone());
            let same = openings.iter_mut().find(|one| {
                (&one.fact, &one.rule, one.ground) == (&opening.fact, &opening.rule, opening.ground)
            });
            if let Some(same) = same {
                same.entries = same.entries.saturating_add(1);
            } else {
                opening.entries = 1;
                openings.push(opening);
            }
        }
        for (id, erasure) in &self.erasures {
            if policy.concerns(erasure) {
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

    /// What was observed of a fact by a date, and not taken back.
    fn said_of(&self, fact: &FactName, by: NaiveDate) -> impl Iterator<Item = &Observation> {
        let taken_back = self.retracted(&mut Vec::new());
        self.entries
            .iter()
            .filter_map(move |(id, entry)| match entry {
                Entry::Observation(said)
                    if said.fact == *fact && said.observed_on <= by && !taken_back.contains(id) =>
                {
                    Some(said)
                }
                _ => None,
            })
    }

    /// Whether the person consents to share with a body, on a date: the last word counts,
    /// whoever wrote it down, and a refusal of the same day.
    fn consents(&self, at: &EngineAt, recipient: &BodyId) -> bool {
        let model = at.engine.model();
        let Some(id) = model.standing.consent else {
            return false;
        };
        let fact = model.dictionary.fact(id);
        let codes = fact.kind.nomenclature();
        let Some(place) = codes.and_then(|codes| codes.place(recipient.as_str())) else {
            return false;
        };
        let mut last: Option<(NaiveDate, bool)> = None;
        for said in self.said_of(&fact.name, at.date) {
            let Said::Known(knowledge) = &said.said else {
                continue;
            };
            let read = possible::resolve(&fact.kind, false, knowledge);
            let Ok(read) = read else { continue };
            let member = member_view(&read, place);
            let (day, accepts) = match member.single() {
                // A yes is the person's, or on paper; a no counts whoever heard it.
                Some(1) if said.means == Means::Attested || has_authority(model, fact, said) => {
                    (said.observed_on, true)
                }
                Some(0) => (said.observed_on, false),
                // Nothing is said about this body, or by nobody who may.
                _ => continue,
            };
            let fresh = match fact.fresh {
                Freshness::Always => true,
                Freshness::For(span) => span.after(day).is_none_or(|until| at.date <= until),
            };
            let word = (day, accepts && fresh);
            last = Some(match last {
                Some((before, accepted)) if before == day => (day, accepted && word.1),
                Some(before) if before.0 > day => before,
                _ => word,
            });
        }
        last.is_some_and(|(_, accepts)| accepts)
    }

    /// Whether a body surely leads the person, by the decision in force.
    fn leads(&self, at: &EngineAt, recipient: &BodyId) -> bool {
        let model = at.engine.model();
        let Some(id) = model.standing.lead else {
            return false;
        };
        let fact = model.dictionary.fact(id);
        let resolution = self.resolve(at);
        let state = resolution.facts.get(&fact.name);
        let settled = resolution.settled.get(&id);
        let Some(Possible::Scalar(lead)) = settled.and_then(|settled| settled.possible.as_ref())
        else {
            return false;
        };
        let by_authority = state.is_some_and(|state| state.heard.iter().any(|one| one.authority));
        by_authority
            && lead
                .single()
                .is_some_and(|lead| is_named(model, fact, lead, recipient, at.date))
    }

    /// Whether a body was ever said to lead the person.
    fn led(&self, model: &Model, recipient: &BodyId) -> bool {
        let Some(id) = model.standing.lead else {
            return false;
        };
        let fact = model.dictionary.fact(id);
        let mut said = self.said_of(&fact.name, NaiveDate::MAX);
        said.any(|said| match &said.said {
            Said::Known(knowledge) => match possible::resolve(&fact.kind, true, knowledge) {
                Ok(Possible::Scalar(lead)) => {
                    lead.size() < 20
                        && lead
                            .values()
                            .any(|lead| is_named(model, fact, lead, recipient, said.observed_on))
                }
                _ => false,
            },
            Said::AskedUnknown | Said::Declined => false,
        })
    }

    /// Whether the person was ever said to share with a body.
    fn consented(&self, model: &Model, recipient: &BodyId) -> bool {
        let Some(id) = model.standing.consent else {
            return false;
        };
        let fact = model.dictionary.fact(id);
        let mut said = self.said_of(&fact.name, NaiveDate::MAX);
        said.any(|said| match &said.said {
            Said::Known(crate::Knowledge::Members { with, .. }) => {
                with.iter().any(|code| code.as_str() == recipient.as_str())
            }
            _ => false,
        })
    }

    /// Whether anybody ever said, and did not take back, that there may be danger at home.
    /// What cannot be read about it counts as that.
    pub(super) fn is_restricted(&self, model: &Model) -> bool {
        let Some(id) = model.standing.restricted else {
            return false;
        };
        let fact = model.dictionary.fact(id);
        let mut entries = self.entries.values();
        let unreadable =
            entries.any(|entry| matches!(entry, Entry::Newer(_)) && *entry.fact() == fact.name);
        let mut said = self.said_of(&fact.name, NaiveDate::MAX);
        unreadable
            || said.any(|said| match &said.said {
                Said::Known(knowledge) => possible::resolve(&fact.kind, false, knowledge)
                    .map_or(true, |read| read != Possible::Scalar(ValueSet::point(0))),
                Said::AskedUnknown | Said::Declined => false,
            })
    }
}

/// Whether the lead body that a code stands for is this one: itself, or a role that it holds.
fn is_named(model: &Model, fact: &Fact, lead: i64, body: &BodyId, on: NaiveDate) -> bool {
    let codes = fact.kind.nomenclature();
    let code = codes.and_then(|codes| codes.code(lead));
    code.is_some_and(|code| {
        let role = RoleId::parse(code.as_str());
        code.as_str() == body.as_str()
            || role.is_ok_and(|role| model.network.holds(body, &role, Some(on)))
    })
}

/// The rules of a pack for one recipient on one date.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an answer that the rules ask for, and none follows from another"
)]
struct Policy<'p> {
    whole: &'p Diagnostic,
    model: &'p Model,
    recipient: &'p BodyId,
    date: NaiveDate,
    consents: bool,
    leads: bool,
    /// It was ever said to lead the person.
    led: bool,
    /// The person was ever said to share with it.
    consented: bool,
    restricted: bool,
}

impl<'p> Policy<'p> {
    fn opens(&self, entry: &Entry) -> Option<Opening> {
        let opening = |rule: Option<&NeedToKnow>, ground: OpeningGround, purpose: &str| Opening {
            fact: entry.fact().clone(),
            label: self.label(entry.fact()),
            rule: rule.map(|rule| rule.id.to_string()),
            ground,
            purpose: purpose.to_owned(),
            source: rule.map_or_else(String::new, |rule| rule.sourced.source.to_string()),
            verified: rule.is_none_or(|rule| rule.sourced.verified),
            entries: 0,
        };
        let about = match entry {
            Entry::Retraction(entry) => Some(&entry.target),
            Entry::Rectification(entry) => Some(&entry.target),
            Entry::Observation(_) | Entry::Newer(_) => None,
        };
        // The id of its target is a hash of what was said: of this fact, if it is held.
        let is_straight = about.is_none_or(|target| self.is_of(target, entry));
        // What is asked of it is about its own word.
        let asked = entry.of() == self.recipient && is_straight;
        if entry.by() == self.recipient || asked {
            let purpose = "en répondre : cet organisme l'a dit lui-même";
            return Some(opening(None, OpeningGround::OwnWord, purpose));
        }
        if self.is_person() {
            let purpose = "lire ce qui est dit de soi";
            return Some(opening(None, OpeningGround::Access, purpose));
        }
        // What this crate cannot read, it cannot weigh.
        if matches!(entry, Entry::Newer(_)) || !is_straight {
            return None;
        }
        let rule = self.rule_for(entry.fact())?;
        let ground = match rule.ground {
            Ground::PublicMission => OpeningGround::PublicMission,
            Ground::LegalDuty => OpeningGround::LegalDuty,
            Ground::VitalInterest => OpeningGround::VitalInterest,
            Ground::Consent => OpeningGround::Consent,
        };
        Some(opening(Some(rule), ground, &rule.purpose))
    }

    fn is_person(&self) -> bool {
        self.recipient.as_str() == "person"
    }

    fn is_of(&self, target: &EntryId, entry: &Entry) -> bool {
        let target = self.whole.entries.get(target);
        target.is_some_and(|target| {
            matches!(target, Entry::Observation(_))
                && target.fact() == entry.fact()
                && target.by() == entry.of()
                && target.observed_on() == entry.observed_on()
        })
    }

    /// Whether an erasure is handed to the recipient: whoever may have been shown the fact,
    /// now or before, must hear that it goes.
    fn concerns(&self, erasure: &Erasure) -> bool {
        let of_its_own = erasure.by == *self.recipient
            || matches!(&erasure.ground, ErasureGround::Upheld { by } if by == self.recipient);
        let mut said = self.whole.entries.values();
        let own_word = said.any(|entry| entry.by() == self.recipient);
        let own = |fact: Option<&FactName>| {
            let mut held = self.whole.entries.values();
            held.any(|entry| {
                entry.of() == self.recipient
                    && fact.is_none_or(|fact| entry.fact() == fact)
                    && self.opens(entry).is_some()
            })
        };
        // An order to all reaches whoever said anything: what it said may be gone from here.
        let of_all = erasure.bound().contains(&None) && own_word;
        let opened = match &erasure.scope {
            Scope::All => self.ever(|_| true) || own(None),
            Scope::Fact(fact) => self.ever(|rule| self.names(rule, fact)) || own(Some(fact)),
        };
        of_its_own || of_all || self.is_person() || opened
    }

    /// Whether some rule, in force by the date or before, opens to the recipient what is asked.
    fn ever(&self, opens: impl Fn(&NeedToKnow) -> bool) -> bool {
        let rules = self.model.need_to_know.iter();
        let begun = rules.filter(|(period, _)| period.from.is_none_or(|from| from <= self.date));
        begun.map(|(_, rule)| rule).any(|rule| {
            let ground = rule.ground != Ground::Consent || self.consented;
            ground && opens(rule) && rule.to.iter().any(|body| self.is(body, None))
        })
    }

    /// Whether a rule names a fact, by itself or by its theme.
    fn names(&self, rule: &NeedToKnow, fact: &FactName) -> bool {
        let Some(id) = self.model.dictionary.id(fact.as_str()) else {
            return false;
        };
        let fact = self.model.dictionary.fact(id);
        // A theme opens nothing of a special category: such facts are named one by one.
        let by_theme = fact.sensitivity <= NeedToKnow::HIGHEST_BY_THEME
            && fact
                .theme
                .as_ref()
                .is_some_and(|theme| rule.themes.contains(theme));
        // Derived facts are computed again from what a view keeps.
        fact.is_told() && (by_theme || rule.facts.contains(&id))
    }

    /// The first rule that opens a fact: consent is only looked at where nothing else does.
    fn rule_for(&self, fact: &FactName) -> Option<&'p NeedToKnow> {
        if self.restricted && !self.leads && self.tells_a_place(fact) {
            return None;
        }
        let opens = |rule: &NeedToKnow| {
            self.names(rule, fact)
                && rule.to.iter().any(|body| self.is(body, Some(self.date)))
                && (rule.ground != Ground::Consent || self.consents)
        };
        let rules = self.model.need_to_know.iter();
        let in_force = rules
            .filter(|(period, rule)| period.contains(self.date) && opens(rule))
            .map(|(_, rule)| rule);
        in_force.min_by_key(|rule| (rule.ground == Ground::Consent, rule.id.clone()))
    }

    /// With danger at home, what tells a place or a household is for the lead body alone.
    fn tells_a_place(&self, fact: &FactName) -> bool {
        let dictionary = &self.model.dictionary;
        let fact = dictionary.id(fact.as_str()).map(|id| dictionary.fact(id));
        let theme = fact.and_then(|fact| fact.theme.as_deref());
        theme.is_some_and(|theme| Standing::PLACES.contains(&theme))
    }

    fn label(&self, fact: &FactName) -> String {
        let dictionary = &self.model.dictionary;
        let known = dictionary.id(fact.as_str());
        known.map_or_else(
            || fact.to_string(),
            |id| dictionary.fact(id).label.to_string(),
        )
    }

    /// Whether the recipient is a body that the policy names, or holds a role that it names:
    /// on a day, or ever. `lead` is whoever leads the person.
    fn is(&self, body: &BodyRef, on: Option<NaiveDate>) -> bool {
        let network = &self.model.network;
        match body {
            BodyRef::Partner(partner) => network
                .partners
                .get(partner.0)
                .is_some_and(|partner| partner.id.as_str() == self.recipient.as_str()),
            BodyRef::Role(role) => network.roles.get(role.0).is_some_and(|role| {
                if role.id.as_str() == "lead" {
                    return self.leads || (on.is_none() && self.led);
                }
                network.holds(self.recipient, &role.id, on)
            }),
        }
    }
}
