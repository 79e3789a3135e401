//! One interview prepared: what to ask, whom, what to settle, what goes stale, theme by theme.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::orienting::is_deceased;
use super::question::{Question, SENSITIVE};
use super::{Dispute, MismatchError, Orientation, ThemeCoverage, restricted};
use crate::calendar::in_french;
use crate::debug::shows_only;
use crate::diagnostic::{Diagnostic, FactState, Resolution};
use crate::fact::dictionary::Fact;
use crate::pack::EngineAt;
use crate::pack::model::Model;
use crate::profile::Profile;
use crate::vocabulary::FactName;

/// Version of the form of [`Agenda`].
pub const AGENDA_VERSION: u32 = 1;

/// Questions of one interview: more than that, nobody answers.
const MOST_QUESTIONS: usize = 12;

/// What one interview would best be about: of what was never said, what is disputed and what
/// will soon be too old, only what still matters for this person.
///
/// For the professional who prepares it, as it names facts of any sensitivity that the
/// diagnostic holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Agenda {
    /// Version of this form.
    pub version: u32,
    /// The date asked about.
    pub date: NaiveDate,
    /// What goes stale before this day is looked at again.
    pub before: NaiveDate,
    /// How much of each theme is known, and how much of the rest still matters.
    pub coverage: Vec<ThemeCoverage>,
    /// What to speak about, what settles most first.
    pub topics: Vec<Topic>,
    /// More questions matter than one interview holds.
    pub more: bool,
}

/// What to speak about within one theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Topic {
    /// The theme; absent for facts that have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// Its French label.
    pub label: String,
    /// What to ask, the best first: [`Question::ask_first`] says which bodies come before the
    /// person.
    pub ask: Vec<Question>,
    /// Disputes on which a proposal hangs.
    pub settle: Vec<Dispute>,
    /// What a proposal rests on, or something open reads, and will be too old: the earliest
    /// first.
    pub renew: Vec<GoesStale>,
}

/// What is heard on the date, and will be too old.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct GoesStale {
    /// The fact.
    pub fact: FactName,
    /// Its French label.
    pub label: String,
    /// As [`FactState::sensitivity`].
    pub sensitivity: u8,
    /// The last day on which what these say counts: after it the fact is less known, or not at all.
    pub until: NaiveDate,
    /// Whose word ends then, by their names on the date, or « la personne »; with danger at home,
    /// bodies by their role.
    pub said_by: Vec<String>,
    /// Who can say it again with authority, in French.
    pub attest: Vec<String>,
}

shows_only!(
    /// Shows the fact: until when it counts tells when it was said.
    GoesStale { fact }
);

impl GoesStale {
    fn new(at: &EngineAt, until: NaiveDate, state: &FactState, hidden: bool) -> Self {
        let network = &at.engine.model().network;
        let mut said_by: Vec<String> = Vec::new();
        let ends = state.heard.iter();
        for voice in ends.filter(|voice| voice.until == Some(until)) {
            let name = network.told_by(&voice.by, at.date, hidden);
            if !said_by.contains(&name) {
                said_by.push(name);
            }
        }
        Self {
            fact: state.fact.clone(),
            label: state.label.clone(),
            sensitivity: state.sensitivity,
            until,
            said_by,
            attest: state.attest.clone(),
        }
    }
}

impl ThemeCoverage {
    /// Of what matters for the person in this theme, the part that is known, in percent,
    /// rounded down: what nothing open hangs on does not count as missing. Nothing where
    /// nothing is known and nothing matters.
    #[must_use]
    pub fn percent_known(&self) -> Option<u32> {
        let all = self.known.saturating_add(self.matter);
        let part = self.known.saturating_mul(100);
        part.checked_div(all)
    }
}

/// Topics as they are found, each theme once.
struct Topics<'m> {
    model: &'m Model,
    found: Vec<Topic>,
    places: BTreeMap<Option<String>, usize>,
}

impl Topic {
    /// How much hangs on what is spoken about. What is presumed or sensitive is asked last.
    fn weight(&self) -> (usize, usize) {
        let first = self.ask.iter();
        let first = first.filter(|one| !one.presumed && one.missing.sensitivity < SENSITIVE);
        let asked: usize = first.map(|one| one.decides.len()).sum();
        let settled: usize = self.settle.iter().map(|one| one.changes.len()).sum();
        (asked.saturating_add(settled), self.renew.len())
    }
}

impl Topics<'_> {
    fn of(&mut self, fact: &FactName) -> Option<&mut Topic> {
        let dictionary = &self.model.dictionary;
        let id = dictionary.id(fact.as_str())?;
        let theme = dictionary.fact(id).theme.as_deref();
        let place = self.places.entry(theme.map(str::to_owned));
        let place = *place.or_insert_with(|| {
            let label = dictionary.theme_label(theme);
            self.found.push(Topic {
                theme: theme.map(str::to_owned),
                label: label.unwrap_or("autres points").to_owned(),
                ask: Vec::new(),
                settle: Vec::new(),
                renew: Vec::new(),
            });
            self.found.len().saturating_sub(1)
        });
        self.found.get_mut(place)
    }
}

impl EngineAt {
    /// What the next interview would best be about, of what this diagnostic knows; of a view,
    /// of what its recipient may know.
    ///
    /// `before` is a day by which the person will be seen again: what is too old by then is
    /// told, to be asked once more.
    ///
    /// ```
    /// use spie::diagnostic::Diagnostic;
    /// use spie::vocabulary::PersonRef;
    /// use spie::{Engine, Pack};
    ///
    /// let engine = Engine::new(&Pack::marne()?);
    /// let nobody = Diagnostic::new(PersonRef::parse("dossier-12")?);
    /// let agenda = engine.at("2025-03-15".parse()?).agenda(&nobody, "2025-06-15".parse()?)?;
    /// assert!(agenda.more && !agenda.topics.is_empty());
    /// println!("{agenda}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`MismatchError`] as from [`EngineAt::orient`]; it does not happen here.
    pub fn agenda(
        &self,
        diagnostic: &Diagnostic,
        before: NaiveDate,
    ) -> Result<Agenda, MismatchError> {
        let resolution = diagnostic.resolve(self);
        let profile = Profile::of_resolution(self, &resolution);
        let mut agenda = Agenda {
            version: AGENDA_VERSION,
            date: self.date,
            before,
            coverage: Vec::new(),
            topics: Vec::new(),
            more: false,
        };
        if is_deceased(self, &profile) {
            return Ok(agenda);
        }
        let model = self.engine.model();
        let hidden = restricted::is_restricted(model, &profile);
        let mut topics = Topics {
            model,
            found: Vec::new(),
            places: BTreeMap::new(),
        };
        let mut disputes = self.disputes(&profile)?;
        disputes.retain(Dispute::matters);
        // What is disputed is settled, and not asked beside that.
        let wanted = |fact: &FactName| !disputes.iter().any(|dispute| dispute.fact == *fact);
        let (questions, more) = self.questions(&profile, MOST_QUESTIONS, wanted)?;
        // A presumption that is asked about is not known.
        let checked: Vec<FactName> = questions
            .iter()
            .map(|question| question.missing.fact.clone())
            .collect();
        for question in questions {
            if let Some(topic) = topics.of(&question.missing.fact) {
                topic.ask.push(question);
            }
        }
        for dispute in disputes {
            if let Some(topic) = topics.of(&dispute.fact) {
                topic.settle.push(dispute);
            }
        }
        let orientation = self.orient(&profile)?;
        for stale in self.to_renew(&profile, &resolution, &orientation, before)? {
            if let Some(topic) = topics.of(&stale.fact) {
                topic.renew.push(stale);
            }
        }
        let may_count = |fact: &Fact| !(hidden && fact.tells.home());
        agenda.coverage = self.coverage_of(&profile, &orientation, may_count);
        let uncounted = |fact: &&FactName| !orientation.missing.contains_key(*fact);
        for fact in checked.iter().filter(uncounted) {
            self.count_as_unknown(&mut agenda.coverage, &profile, fact);
        }
        agenda.topics = topics.found;
        // Those that weigh the same stay as their questions came.
        agenda
            .topics
            .sort_by_key(|topic| std::cmp::Reverse(topic.weight()));
        agenda.more = more;
        Ok(agenda)
    }

    /// A fact that is asked about and counts neither as known nor as missing, as its
    /// presumption stands in, is missing.
    fn count_as_unknown(
        &self,
        coverage: &mut [ThemeCoverage],
        profile: &Profile,
        name: &FactName,
    ) -> Option<()> {
        let dictionary = &self.engine.model().dictionary;
        let id = dictionary.id(name.as_str())?;
        let presumed = profile.worlds.presumed_facts.contains(&id);
        let theme = dictionary.fact(id).theme.as_deref().filter(|_| presumed)?;
        let of_theme = coverage.iter_mut().find(|one| one.theme == theme)?;
        let open = of_theme.partial.saturating_add(of_theme.unknown);
        of_theme.matter = of_theme.matter.saturating_add(1).min(open);
        Some(())
    }

    /// What is heard, may be asked, will be too old, and is used for this person: a proposal
    /// rests on it, or something open reads it.
    fn to_renew(
        &self,
        profile: &Profile,
        resolution: &Resolution,
        orientation: &Orientation,
        before: NaiveDate,
    ) -> Result<Vec<GoesStale>, MismatchError> {
        let model = self.engine.model();
        let hidden = restricted::is_restricted(model, profile);
        let open = self.read_by_stakes(profile)?;
        let rests_on: BTreeSet<&FactName> = rests_on(orientation).collect();
        let wanted = |name: &FactName| {
            let id = model.dictionary.id(name.as_str());
            let place = hidden && model.tells_home(name);
            let used = |id| open.contains(&id) || rests_on.contains(name);
            let asked = |id| model.dictionary.fact(id).question.is_some() && used(id);
            !place && id.is_some_and(asked)
        };
        let soon = resolution.stale_before(before).into_iter();
        let soon = soon.filter(|(_, state)| wanted(&state.fact));
        let stale = soon.map(|(until, state)| GoesStale::new(self, until, state, hidden));
        Ok(stale.collect())
    }
}

/// The facts on which what is proposed rests.
fn rests_on(orientation: &Orientation) -> impl Iterator<Item = &FactName> {
    let grounds = orientation.proposals.iter().flat_map(|one| &one.grounds);
    let tracks = orientation.track.iter().flat_map(|track| &track.options);
    let proofs = grounds.map(|ground| &ground.proof);
    let proofs = proofs.chain(tracks.map(|option| &option.proof));
    proofs.flat_map(|proof| proof.facts.iter().map(|fact| &fact.fact))
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.label)?;
        let to_person = |question: &&Question| question.ask_first.is_empty();
        let (person, bodies): (Vec<_>, Vec<_>) = self.ask.iter().partition(to_person);
        for question in bodies {
            let said = question.missing.question.as_deref().unwrap_or_default();
            writeln!(
                f,
                "   à vérifier avant l'entretien : {} ({}) ; sinon, à demander : « {said} »",
                question.missing.label,
                question.ask_first.join(" ; ")
            )?;
        }
        for question in person {
            let said = question.missing.question.as_deref().unwrap_or_default();
            writeln!(f, "   à demander : « {said} »")?;
        }
        for dispute in &self.settle {
            let hangs: Vec<&str> = dispute.changes.iter().map(|one| &*one.title).collect();
            writeln!(
                f,
                "   désaccord à régler : {} ({}) ; en dépend : {} ; peut trancher : {}",
                dispute.label,
                dispute.sides.join(" / "),
                hangs.join(" ; "),
                dispute.attest.join(", ")
            )?;
        }
        for stale in &self.renew {
            writeln!(
                f,
                "   à confirmer : {}, selon {}, ne compte plus après le {}",
                stale.label,
                stale.said_by.join(" ; "),
                in_french(stale.until)
            )?;
        }
        Ok(())
    }
}

/// The page of one interview, for whoever prepares it.
impl fmt::Display for Agenda {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Préparer l'entretien, au {}", in_french(self.date))?;
        if self.topics.is_empty() {
            return writeln!(
                f,
                "\nRien à demander : aucune réponse ne changerait une proposition."
            );
        }
        for (number, topic) in (1..).zip(&self.topics) {
            write!(f, "\n{number}. {topic}")?;
            let theme = topic.theme.as_ref();
            let coverage = self.coverage.iter().find(|one| Some(&one.theme) == theme);
            if let Some(coverage) = coverage
                && let Some(percent) = coverage.percent_known()
            {
                writeln!(
                    f,
                    "   connu à {percent} % (faits connus : {} ; encore utiles à savoir : {})",
                    coverage.known, coverage.matter
                )?;
            }
        }
        if self.more {
            writeln!(
                f,
                "\nD'autres questions comptent : elles attendront un autre entretien."
            )?;
        }
        Ok(())
    }
}
