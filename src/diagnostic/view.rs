//! What one body may see of a diagnostic, and on what ground.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    Diagnostic, Entry, EntryId, Erasure, ErasureGround, Observation, Said, Scope, UnknownBodyError,
};
use crate::Knowledge;
use crate::network::BodyRef;
use crate::pack::EngineAt;
use crate::pack::model::{Ground, Model, NeedToKnow};
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
    /// How many erasures were shown: each names its author and what goes.
    pub erasures: u32,
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
    /// everything. What is said is as sensitive as the fact, or as the most sensitive code that it
    /// names (a scheme, a reason): a rule that opens a theme opens none of a special category. Consent is read in the whole diagnostic; a refusal closes what rests on
    /// consent, and nothing else. What is archived by its time ([`Diagnostic::archive`]) is shown to
    /// the person alone. What a body says whose very name is sensitive (a prison service) is shown only where
    /// something as sensitive is opened. With danger at home, what tells a place or a household, by the fact or by what
    /// it names, is for the lead body alone.
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
        let whole = self.whole();
        let mut policy = Policy {
            diagnostic: self,
            model,
            recipient,
            date: at.date,
            consents: whole.consents(at, recipient),
            leads: whole.leads(at, recipient),
            led: whole.led(model, recipient),
            consented: whole.consented(model, recipient),
            restricted: whole.is_restricted(model),
            in_force: Vec::new(),
            begun: Vec::new(),
            own: BTreeMap::new(),
        };
        policy.choose_rules();
        let mut opened = Self::new(self.person.clone());
        let mut why: Vec<(&EntryId, Why<'_>)> = Vec::new();
        for (id, entry) in &self.entries {
            let Some(opening) = policy.opens(entry) else {
                continue;
            };
            if entry.by() == recipient && entry.of() == recipient {
                let day = entry.observed_on();
                let first = policy.own.entry(entry.fact()).or_insert(day);
                *first = day.min(*first);
            }
            opened.entries.insert(*id, entry.clone());
            why.push((id, opening));
        }
        // Times are read in what is opened: those of what is hidden make no difference. The
        // person sees what is kept aside as well.
        let mut seen = if policy.is_person() {
            opened
        } else {
            opened.active(at)
        };
        let mut counted: BTreeMap<Why<'_>, u32> = BTreeMap::new();
        for (_, why) in why
            .into_iter()
            .filter(|(id, _)| seen.entries.contains_key(id))
        {
            let count = counted.entry(why).or_default();
            *count = count.saturating_add(1);
        }
        let openings = counted
            .into_iter()
            .map(|(why, entries)| policy.opening(why, entries));
        let mut openings: Vec<Opening> = openings.collect();
        for (id, erasure) in &self.erasures {
            if policy.concerns(erasure) {
                seen.erasures.insert(*id, erasure.clone());
            }
        }
        let erasures = u32::try_from(seen.erasures.len()).unwrap_or(u32::MAX);
        openings.sort();
        Ok(View {
            diagnostic: seen,
            account: Account {
                version: 1,
                person: self.person.clone(),
                recipient: recipient.clone(),
                name: model.network.name_of(recipient, at.date),
                date: at.date,
                pack: model.sources.identity().to_owned(),
                openings,
                erasures,
            },
        })
    }
}

/// Why an entry is opened: entries of which all of this is the same are counted together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Why<'e> {
    fact: &'e FactName,
    rule: Option<&'e str>,
    ground: OpeningGround,
}

/// The rules of a pack for one recipient on one date.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an answer that the rules ask for, and none follows from another"
)]
struct Policy<'p> {
    diagnostic: &'p Diagnostic,
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
    /// Rules that open something to it on the date, those by consent last.
    in_force: Vec<&'p NeedToKnow>,
    /// Rules that open something to it on the date, or did before.
    begun: Vec<&'p NeedToKnow>,
    /// Facts of which it is shown its own word, each with the day of the first.
    own: BTreeMap<&'p FactName, NaiveDate>,
}

impl<'p> Policy<'p> {
    /// Why an entry is opened to the recipient, if it is.
    fn opens<'e>(&self, entry: &'e Entry) -> Option<Why<'e>>
    where
        'p: 'e,
    {
        let why = |rule: Option<&'p NeedToKnow>, ground: OpeningGround| Why {
            fact: entry.fact(),
            rule: rule.map(|rule| &*rule.id),
            ground,
        };
        // The id of its target is a hash of what was said: of this fact, if it is held.
        let is_straight = self.diagnostic.is_straight(entry);
        // What is asked of it is about its own word.
        let asked = entry.of() == self.recipient && is_straight;
        if entry.by() == self.recipient || asked {
            return Some(why(None, OpeningGround::OwnWord));
        }
        if self.is_person() {
            return Some(why(None, OpeningGround::Access));
        }
        // What this crate cannot read, it cannot weigh, nor what takes that back.
        let target = entry
            .target()
            .and_then(|id| self.diagnostic.entries.get(id));
        let said = target.unwrap_or(entry);
        if !matches!(said, Entry::Observation(_)) || !is_straight {
            return None;
        }
        // With danger at home, what tells of the home is for the lead body alone.
        if self.restricted && !self.leads && self.tells_home(entry) {
            return None;
        }
        let sensitivity = self.sensitivity_of(entry);
        if !self.may_name([entry.by(), entry.of()], sensitivity) {
            return None;
        }
        let rule = self.rule_for(entry.fact(), sensitivity)?;
        let ground = match rule.ground {
            Ground::PublicMission => OpeningGround::PublicMission,
            Ground::LegalDuty => OpeningGround::LegalDuty,
            Ground::VitalInterest => OpeningGround::VitalInterest,
            Ground::Consent => OpeningGround::Consent,
        };
        Some(why(Some(rule), ground))
    }

    /// Why so many entries are opened, in words.
    fn opening(&self, why: Why<'_>, entries: u32) -> Opening {
        let mut in_force = self.in_force.iter();
        let rule = in_force.find(|rule| Some(&*rule.id) == why.rule);
        let purpose = match why.ground {
            OpeningGround::OwnWord => "en répondre : cet organisme l'a dit lui-même",
            OpeningGround::Access => "lire ce qui est dit de soi",
            _ => rule.map_or("", |rule| &rule.purpose),
        };
        Opening {
            fact: why.fact.clone(),
            label: self.model.label_of(why.fact),
            rule: why.rule.map(str::to_owned),
            ground: why.ground,
            purpose: purpose.to_owned(),
            source: rule.map_or_else(String::new, |rule| rule.sourced.source.to_string()),
            verified: rule.is_none_or(|rule| rule.sourced.verified),
            entries,
        }
    }

    /// Whether an entry tells of the home, by its fact or by a scheme or a code that it names.
    fn tells_home(&self, entry: &Entry) -> bool {
        let fact = self.model.dictionary.id(entry.fact().as_str());
        let said = fact.zip(self.known(entry));
        said.is_some_and(|(id, said)| self.model.word_tells_home(id, said, self.date))
            || self.model.tells_home(entry.fact())
    }

    /// What an entry says; of what takes another back, what the other says: it names it by a hash.
    fn known<'e>(&self, entry: &'e Entry) -> Option<&'e Knowledge>
    where
        'p: 'e,
    {
        let target = entry.target();
        let target = target.and_then(|target| self.diagnostic.entries.get(target));
        match target.unwrap_or(entry) {
            Entry::Observation(Observation {
                said: Said::Known(known),
                ..
            }) => Some(known),
            _ => None,
        }
    }

    fn is_person(&self) -> bool {
        self.recipient.as_str() == "person"
    }

    /// Whether an erasure is handed to the recipient: whoever may have been shown the fact,
    /// now or before, must hear that it goes. It names its author, and what it covers: neither is
    /// told to whoever would not be shown it, be it an order to all, but for whoever is asked to let go of
    /// its own word; with danger at home not even of that on the danger. Whose words such an order takes is
    /// told to whoever records it ([`Diagnostic::takes_from`]): afterwards nothing of them is left.
    fn concerns(&self, erasure: &Erasure) -> bool {
        let of_its_own = erasure.by == *self.recipient
            || matches!(&erasure.ground, ErasureGround::Upheld { by } if by == self.recipient);
        let bound = erasure.bound();
        let bodies = || bound.iter().copied().flatten().chain([&erasure.by]);
        let dictionary = &self.model.dictionary;
        let opened = match &erasure.scope {
            Scope::All => {
                let names = |rule: &NeedToKnow| {
                    let facts = rule.facts.iter().map(|id| dictionary.fact(*id).sensitivity);
                    self.may_name(bodies(), facts.max().unwrap_or(0))
                };
                let first = self.own.values().min();
                let own = first.is_some_and(|first| self.asks_for_its_own(erasure, *first));
                own && self.may_name(bodies(), 0) || self.ever(names)
            }
            Scope::Fact(fact) => {
                let id = dictionary.id(fact.as_str());
                let sensitivity = id.map_or(0, |id| dictionary.fact(id).sensitivity);
                let of_home = self.restricted && !self.leads && self.model.tells_home(fact);
                let shown = !of_home && self.ever(|rule| self.names(rule, fact, 0));
                let is_danger = id.is_some() && id == self.model.standing.restricted;
                let first = self.own.get(fact).filter(|_| !(of_home && is_danger));
                let own = first.is_some_and(|first| self.asks_for_its_own(erasure, *first));
                self.may_name(bodies(), sensitivity) && (shown || own)
            }
        };
        of_its_own || self.is_person() || opened
    }

    /// Whether an erasure asks the recipient for its own words of a day and after.
    fn asks_for_its_own(&self, erasure: &Erasure, first: NaiveDate) -> bool {
        first <= erasure.up_to && erasure.asks_for_words(self.recipient, self.recipient)
    }

    /// Whether some rule, in force by the date or before, opens to the recipient what is asked.
    fn ever(&self, opens: impl Fn(&NeedToKnow) -> bool) -> bool {
        self.begun.iter().any(|rule| opens(rule))
    }

    /// Chooses the rules that are for the recipient, once for all entries.
    fn choose_rules(&mut self) {
        let (date, rules) = (self.date, self.model.need_to_know.iter());
        let begun = rules.filter(|(period, rule)| {
            period.from.is_none_or(|from| from <= date)
                && (rule.ground != Ground::Consent || self.consented)
                && rule.to.iter().any(|body| self.is(body, None))
        });
        let begun: Vec<&NeedToKnow> = begun.map(|(_, rule)| rule).collect();
        let rules = self.model.need_to_know.iter();
        let in_force = rules.filter(|(period, rule)| {
            period.contains(date)
                && (rule.ground != Ground::Consent || self.consents)
                && rule.to.iter().any(|body| self.is(body, Some(date)))
        });
        let mut in_force: Vec<&NeedToKnow> = in_force.map(|(_, rule)| rule).collect();
        // Consent is only looked at where nothing else opens.
        in_force.sort_by_key(|rule| (rule.ground == Ground::Consent, &rule.id));
        (self.begun, self.in_force) = (begun, in_force);
    }

    /// How sensitive an entry is: as its fact, or as what it names.
    fn sensitivity_of(&self, entry: &Entry) -> u8 {
        let Some(id) = self.model.dictionary.id(entry.fact().as_str()) else {
            return 0;
        };
        let fact = self.model.dictionary.fact(id);
        let said = self.known(entry);
        said.map_or(fact.sensitivity, |said| fact.sensitivity_of_word(said))
    }

    /// Whether what is said may name these bodies: whose name tells that somebody is followed by
    /// the prison service, or has a disability, speaks only where something as sensitive is opened.
    fn may_name<'b>(&self, bodies: impl IntoIterator<Item = &'b BodyId>, sensitivity: u8) -> bool {
        let network = &self.model.network;
        let of_names = bodies.into_iter().filter_map(|body| {
            let body = network.body(body.as_str())?;
            Some(network.sensitivity_of(body))
        });
        let most = sensitivity.max(NeedToKnow::HIGHEST_BY_THEME);
        of_names.max().unwrap_or(0) <= most
    }

    /// Whether a rule names a fact, by itself or, where what is said is ordinary, by its theme.
    fn names(&self, rule: &NeedToKnow, fact: &FactName, sensitivity: u8) -> bool {
        let Some(id) = self.model.dictionary.id(fact.as_str()) else {
            return false;
        };
        let fact = self.model.dictionary.fact(id);
        // A theme opens nothing of a special category: such facts are named one by one.
        let by_theme = sensitivity.max(fact.sensitivity) <= NeedToKnow::HIGHEST_BY_THEME
            && fact
                .theme
                .as_ref()
                .is_some_and(|theme| rule.themes.contains(theme));
        // Derived facts are computed again from what a view keeps.
        fact.is_told() && (by_theme || rule.facts.contains(&id))
    }

    /// The first rule that opens a fact.
    fn rule_for(&self, fact: &FactName, sensitivity: u8) -> Option<&'p NeedToKnow> {
        let mut in_force = self.in_force.iter().copied();
        in_force.find(|rule| self.names(rule, fact, sensitivity))
    }

    /// Whether the recipient is a body that the policy names, or holds a role that it names:
    /// on a day, or ever. `lead` is whoever leads the person.
    fn is(&self, body: &BodyRef, on: Option<NaiveDate>) -> bool {
        let network = &self.model.network;
        let is_lead = matches!(body, BodyRef::Role(role)
            if network.roles.get(role.0).is_some_and(|role| role.id.as_str() == "lead"));
        if is_lead {
            return self.leads || (on.is_none() && self.led);
        }
        network.is(*body, self.recipient, on)
    }
}
