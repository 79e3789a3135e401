//! What a person is told: what is proposed or decided, why, on what data, and how to contest it.
//!
//! A [`Notice`] is written in plain French, as text, as HTML that prints on one or two pages
//! (feature `report`), and in an easy-to-read version (FALC) meant to be read aloud. It may be
//! left on a kitchen table: what touches health, justice or violence, and the other members of
//! the household, is told only on request ([`Notice::with_sensitive`]); so are the names of
//! schemes and bodies that would tell it, but for the body that gives the notice. Every sentence
//! comes from a [`Catalogue`], which can be translated.

mod catalogue;
mod decided;
mod document;
mod easy;
mod element;
#[cfg(feature = "report")]
mod html;
mod keeping;
mod messages;
mod page;
mod plain;
mod private;
mod protection;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;

pub use catalogue::{Catalogue, CatalogueError, CatalogueErrors};
pub use element::Element;
pub use page::Page;

use self::easy::EasyWords;
use self::keeping::Keeping;
use self::private::{PrivateBodies, PrivateSchemes};
use self::protection::is_private;
use super::decision::{Decision, DecisionRecord, RecordedProposal, RecordedTrack, Subject, stood};
use super::{MismatchError, Orientation, Standing, restricted};
use crate::calendar::Term;
use crate::diagnostic::UnknownBodyError;
use crate::network::BodyRef;
use crate::pack::EngineAt;
use crate::profile::Profile;
use crate::rule::deadline::Within;
use crate::vocabulary::{BodyId, FactName, RuleId, SchemeId};

/// What one person is told of an orientation, or of a decision.
///
/// ```
/// use chrono::NaiveDate;
/// use spie::vocabulary::BodyId;
/// use spie::{Engine, Pack, Profile};
///
/// let engine = Engine::new(&Pack::marne()?);
/// let date: NaiveDate = "2025-03-15".parse()?;
/// let profile = Profile::builder(&engine, date)
///     .set("licence.b", false)
///     .set("jobseeker", true)
///     .build()?;
/// let by = BodyId::parse("departement-marne")?;
/// let notice = engine.at(date).notice(&profile, &by)?;
///
/// let text = notice.to_string();
/// assert!(text.contains("De la part de : le Département de la Marne."));
/// assert!(text.contains("Délai : 2 mois à compter du jour où vous recevez la décision."));
/// assert!(notice.missing_elements().is_empty(), "all that the law asks for is told");
///
/// // The same to be read aloud, in short sentences.
/// assert!(notice.easy_to_read().to_string().contains("Le programme ne décide pas."));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Notice {
    orientation: Orientation,
    /// Who gives it; a role where a place would be told.
    author: Option<String>,
    decision: Option<Decision>,
    /// Titles of what was decided; what tells a place is not among them.
    titles: BTreeMap<Subject, String>,
    /// Facts that tell of the household.
    household: BTreeSet<FactName>,
    /// Schemes whose name tells something sensitive, of anybody or by what was said of the person.
    private: PrivateSchemes,
    /// Bodies whose name tells something sensitive.
    unnamed: PrivateBodies,
    /// Rules whose deadline counts from the day of something sensitive.
    private_days: BTreeSet<RuleId>,
    appeals: Vec<Appeal>,
    keeping: Keeping,
    /// Words of the pack for the easy version.
    easy: EasyWords,
    /// Something is known of the person.
    known: bool,
    contact: Option<String>,
    /// With danger at home: nothing that the caller adds is written.
    restricted: bool,
    sensitive: bool,
    catalogue: Catalogue,
}

/// How a decision of the author is contested.
#[derive(Clone)]
struct Appeal {
    about: String,
    title: String,
    to: String,
    within: Term,
    silence: Option<Term>,
    court: String,
    court_within: Option<Term>,
    court_from: Option<String>,
    required: bool,
    source: String,
    verified: bool,
}

/// Why no notice is made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoticeError {
    /// The profile was built for another engine or date.
    #[error(transparent)]
    Mismatch(#[from] MismatchError),
    /// The author is neither a partner nor a role of the pack.
    #[error(transparent)]
    UnknownBody(#[from] UnknownBodyError),
    /// The person has died: nobody is told anything.
    #[error("the person has died: no notice is made")]
    Deceased,
    /// The record is of another date or pack.
    #[error("expected a record of {expected} and of the pack that answers, found one of {found}")]
    OtherRecord {
        /// The date asked about.
        expected: NaiveDate,
        /// The date of the record.
        found: NaiveDate,
    },
    /// What is proposed to this profile is not what the record says was proposed.
    #[error("expected the profile of which the record was made")]
    OtherFacts,
}

impl EngineAt {
    /// The notice of what is proposed, as a body hands it to the person. The profile is what
    /// that body may see: of a shared diagnostic, its [`view`](crate::Diagnostic::view).
    ///
    /// # Errors
    ///
    /// [`NoticeError`]: the profile is of another engine or date, the body is not known, or the
    /// person has died.
    pub fn notice(&self, profile: &Profile, by: &BodyId) -> Result<Notice, NoticeError> {
        UnknownBodyError::unless_known(&self.engine, by)?;
        let orientation = self.orient(profile)?;
        self.notice_by(profile, orientation, by, None)
    }

    /// The notice of a decision, with what had been proposed: the profile is the one of which the
    /// record was made.
    ///
    /// # Errors
    ///
    /// As [`notice`](Self::notice), or the record is of another date or pack, or of other facts.
    pub fn notice_of(
        &self,
        profile: &Profile,
        record: &DecisionRecord,
    ) -> Result<Notice, NoticeError> {
        if record.date() != self.date || record.pack().identity != *self.engine.pack_identity() {
            return Err(NoticeError::OtherRecord {
                expected: self.date,
                found: record.date(),
            });
        }
        // The answers of one person over the facts of another would be nobody's notice.
        let orientation = self.orient(profile)?;
        let whole = !record.is_incomplete();
        let stands = |one: &RecordedProposal| {
            stood(&orientation).any(|now| {
                let as_it_was = || now.state == one.state && one.body.is_of(now.body);
                *now.scheme == one.scheme && (!whole || as_it_was())
            })
        };
        let as_many = record.proposals().count() == stood(&orientation).count();
        let track = record.track().map(|track| &track.options);
        let track_now = orientation.track.as_ref().map(RecordedTrack::of);
        let same_track = track == track_now.as_ref().map(|track| &track.options);
        if !record.proposals().all(stands) || (whole && !(as_many && same_track)) {
            return Err(NoticeError::OtherFacts);
        }
        let decision = record.decision();
        UnknownBodyError::unless_known(&self.engine, &decision.by)?;
        self.notice_by(profile, orientation, &decision.by, Some(decision))
    }

    fn notice_by(
        &self,
        profile: &Profile,
        orientation: Orientation,
        by: &BodyId,
        decision: Option<&Decision>,
    ) -> Result<Notice, NoticeError> {
        // What is told face to face stays out of every paper.
        let orientation = Orientation {
            face_to_face: None,
            ..orientation
        };
        if orientation.standing.contains(&Standing::Deceased) {
            return Err(NoticeError::Deceased);
        }
        let restricted = restricted::is_restricted(self.engine.model(), profile);
        let chosen = decision.into_iter().flat_map(|decision| &decision.choices);
        // With danger at home a scheme is named where it is still proposed, and nowhere else.
        let named = |subject: &Subject| match subject {
            Subject::Scheme(scheme) if restricted => {
                let mut proposals = orientation.proposals.iter();
                proposals.any(|proposal| proposal.scheme == *scheme)
            }
            _ => true,
        };
        let chosen = chosen.filter(|choice| named(&choice.subject));
        let titles: BTreeMap<Subject, String> = chosen
            .filter_map(|choice| Some((choice.subject.clone(), self.title_of(&choice.subject)?)))
            .collect();
        let on = decision.map_or(self.date, |decision| decision.on);
        Ok(Notice {
            author: self.author(by, restricted),
            titles,
            household: self.engine.model().of_household().cloned().collect(),
            private: self.private_schemes(profile),
            unnamed: self.private_bodies(by),
            private_days: self.private_days(),
            appeals: self.appeals(by, on, restricted),
            keeping: self.keeping(by, on, restricted),
            easy: self.easy_words(),
            decision: decision.cloned(),
            known: !profile.told.is_empty(),
            contact: None,
            restricted,
            sensitive: false,
            catalogue: Catalogue::french(),
            orientation,
        })
    }

    /// The name of who gives a notice. With danger at home a role: a body of a place tells it.
    fn author(&self, by: &BodyId, restricted: bool) -> Option<String> {
        let network = &self.engine.model().network;
        match network.body(by.as_str())? {
            BodyRef::Partner(partner) if !restricted => {
                let partner = network.partners.get(partner.0)?;
                Some(partner.said(self.date).to_owned())
            }
            body => {
                let role = network.role_of(body, self.date);
                role.map(|role| role.label.to_string())
            }
        }
    }

    fn title_of(&self, subject: &Subject) -> Option<String> {
        let model = self.engine.model();
        match subject {
            Subject::Track(code) => {
                let fact = model.dictionary.fact(model.standing.track?);
                let codes = fact.kind.nomenclature()?;
                codes
                    .place(code.as_str())
                    .map(|place| codes.label(place).to_owned())
            }
            Subject::Scheme(id) => {
                let scheme = model.network.scheme(id.as_str())?;
                let dated = model.network.schemes.get(scheme.0)?;
                // A scheme that began or ended between the proposals and the decision has a name.
                let dated = dated.at(self.date).or_else(|| dated.last())?;
                Some(dated.title.to_string())
            }
        }
    }

    /// Schemes of which every rule in force reads something sensitive that was told: where
    /// nothing proves what they rest on, their name might tell it.
    fn private_schemes(&self, profile: &Profile) -> PrivateSchemes {
        let model = self.engine.model();
        let mut all: BTreeMap<&SchemeId, bool> = BTreeMap::new();
        for in_force in &self.period.rules {
            let Some((_, rule)) = model.rules.get(in_force.place) else {
                continue;
            };
            let mut told = in_force
                .reads
                .iter()
                .filter(|id| profile.told.contains_key(id));
            let private = told.any(|id| is_private(model.dictionary.fact(*id).sensitivity));
            let scheme = model.network.scheme_id(rule.scheme);
            let every = all.entry(scheme).or_insert(true);
            *every = *every && private;
        }
        let by_told = all.into_iter().filter(|(_, private)| *private);
        let by_told = by_told.map(|(scheme, _)| scheme.clone()).collect();
        let schemes = model.network.scheme_ids.iter();
        let by_name = schemes.filter(|scheme| {
            let place = model.network.scheme(scheme.as_str());
            place.is_some_and(|place| is_private(model.scheme_sensitivity(place, self.date)))
        });
        PrivateSchemes {
            by_name: by_name.cloned().collect(),
            by_told,
        }
    }

    fn private_days(&self) -> BTreeSet<RuleId> {
        let model = self.engine.model();
        let rules = model.rules.iter().filter(|(_, rule)| {
            let event = rule.within.as_ref().and_then(Within::event);
            event.is_some_and(|id| is_private(model.dictionary.fact(id).sensitivity))
        });
        rules.map(|(_, rule)| rule.id.clone()).collect()
    }

    /// Bodies whose very name tells something private. The author is none of them: a notice
    /// says who gives it, and whoever is handed it knows already.
    fn private_bodies(&self, by: &BodyId) -> PrivateBodies {
        let network = &self.engine.model().network;
        let mut unnamed = PrivateBodies::default();
        for body in network.bodies() {
            if !is_private(network.sensitivity_of(body)) {
                continue;
            }
            match body {
                BodyRef::Role(role) => {
                    let role = network.roles.get(role.0);
                    let role = role.filter(|role| !network.holds(by, &role.id, None));
                    if let Some(role) = role {
                        unnamed.add(role.id.as_str(), [&*role.label]);
                    }
                }
                BodyRef::Partner(partner) => {
                    let partner = network.partners.get(partner.0);
                    let partner = partner.filter(|one| one.id.as_str() != by.as_str());
                    if let Some(partner) = partner {
                        let names = partner.names.versions.iter();
                        let names = names.flat_map(|(_, name)| [&*name.plain, &*name.said]);
                        unnamed.add(partner.id.as_str(), names);
                    }
                }
            }
        }
        unnamed
    }

    /// What the pack says of decisions of this body, else of any body.
    fn appeals(&self, by: &BodyId, on: NaiveDate, restricted: bool) -> Vec<Appeal> {
        let model = self.engine.model();
        let network = &model.network;
        let in_force = model
            .appeals
            .iter()
            .filter(|(period, _)| period.contains(on));
        let in_force: Vec<_> = in_force.map(|(_, appeal)| appeal).collect();
        let is_of = |body: &BodyRef| match body {
            BodyRef::Role(role) => network
                .roles
                .get(role.0)
                .is_some_and(|role| network.holds(by, &role.id, Some(on))),
            // An entry for one body may name its place.
            BodyRef::Partner(partner) => {
                let partner = network.partners.get(partner.0);
                !restricted && partner.is_some_and(|partner| partner.id.as_str() == by.as_str())
            }
        };
        let mut own: Vec<_> = in_force
            .iter()
            .filter(|appeal| appeal.of.iter().any(is_of))
            .collect();
        if own.is_empty() {
            own.extend(in_force.iter().filter(|appeal| appeal.of.is_empty()));
        }
        let told = own.into_iter().map(|appeal| Appeal {
            about: appeal.about.to_string(),
            title: appeal.title.to_string(),
            to: appeal.to.to_string(),
            within: appeal.within,
            silence: appeal.silence,
            court: appeal.court.to_string(),
            court_within: appeal.court_within,
            court_from: appeal.court_from.as_ref().map(ToString::to_string),
            required: appeal.required,
            source: appeal.sourced.source.to_string(),
            verified: appeal.sourced.verified,
        });
        told.collect()
    }
}

impl Notice {
    /// The same with what touches health, justice or violence, the bodies whose name alone tells
    /// that, the other members of the household, and the professional's own words: on request, and into the hands of the
    /// person. With danger at home, what tells a place stays out of this one too.
    #[must_use]
    pub fn with_sensitive(self) -> Self {
        Self {
            sensitive: true,
            ..self
        }
    }

    /// The same with a line that says how to write to the author: an address, a page. With
    /// danger at home it is left out.
    #[must_use]
    pub fn with_contact(self, line: impl Into<String>) -> Self {
        Self {
            contact: Some(line.into()),
            ..self
        }
    }

    /// The same in the sentences of a catalogue.
    #[must_use]
    pub fn in_words_of(self, catalogue: Catalogue) -> Self {
        Self { catalogue, ..self }
    }

    /// The whole notice.
    #[must_use]
    pub fn page(&self) -> Page {
        Page::new(self.plain(), &self.catalogue, false)
    }

    /// The easy-to-read version (FALC): short sentences, one idea each, no article of law.
    #[must_use]
    pub fn easy_to_read(&self) -> Page {
        Page::new(self.easy(), &self.catalogue, true)
    }

    /// What the law asks for that the notice does not tell: where the pack has no appeal for
    /// its author, for one, or where a refusal leaves its reason to be asked for, which only the
    /// professional's words would tell ([`with_sensitive`](Self::with_sensitive)). Empty when all is told.
    #[must_use]
    pub fn missing_elements(&self) -> BTreeSet<Element> {
        let (plain, easy) = (self.plain().tells(), self.easy().tells());
        let asked = self.asked_for();
        let missing = asked.into_iter().filter(|element| {
            !plain.contains(element) || (element.is_easy() && !easy.contains(element))
        });
        let missing: BTreeSet<Element> = missing.collect();
        &missing | &self.left_to_ask()
    }

    /// The contact line, where one may stand.
    fn contact(&self) -> Option<&str> {
        self.contact.as_deref().filter(|_| !self.restricted)
    }
}

/// The whole notice as text.
impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.page().fmt(f)
    }
}

/// Shows counts, never what is told.
impl fmt::Debug for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notice")
            .field("date", &self.orientation.date)
            .field("proposals", &self.orientation.proposals.len())
            .field("decision", &self.decision)
            .field("sensitive", &self.sensitive)
            .finish_non_exhaustive()
    }
}
