//! The next best question: what still changes what is proposed, and what to ask first.
//!
//! `stakes` are what is open, within what their `rivals` leave and what is still in `reach`; `aim` is what an answer
//! may bring about, and `relevance` shows by two answers that one of them hangs on a fact. What is asked is always
//! shown to matter, or said not to be.

mod aim;
mod reach;
mod relevance;
mod rivals;
mod stakes;

#[cfg(test)]
mod laws;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use self::aim::Aim;
use self::relevance::{Effort, QUICK, Relevance, THOROUGH, relevance};
use self::stakes::{Of, Stake};
use super::orienting::{Orienting, is_deceased};
use super::{MismatchError, Missing, proof, restricted};
use crate::fact::dictionary::{Fact, FactId, Kind};
use crate::fact::{Means, Reason};
use crate::pack::EngineAt;
use crate::profile::Profile;
use crate::rule::reads::{fields_read, reads};
use crate::vocabulary::{FactName, RoleId, SchemeId};

/// A question whose answer changes what is proposed.
///
/// Its fact, the words to ask it in and the reason why it is open are those of [`Missing`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Question {
    /// What is asked.
    #[serde(flatten)]
    pub missing: Missing,
    /// The theme of the fact, in French.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// Of a list, what is asked of each row, in the order of the pack: the fields on which
    /// something hangs, and no others. Empty for any other fact.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<AskedField>,
    /// Bodies with authority over the fact, in French: they are asked before the person.
    pub ask_first: Vec<String>,
    /// What hangs on the answer, the weightiest first; more may.
    pub decides: Vec<Decides>,
    /// Why it is asked, in French.
    pub because: String,
    /// Somebody presumes the answer so far: it is asked to be checked, « à vérifier ».
    pub presumed: bool,
    /// Two answers were found that change what is proposed. False where too many facts are
    /// open to tell: then it is asked because a condition still reads it.
    pub certain: bool,
}

/// One field that is asked of each row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AskedField {
    /// Its name in the row.
    pub name: FactName,
    /// Its French label.
    pub label: String,
    /// Of a field whose answer may be of a special category: what it may open, in French, to be
    /// said before it is asked. Other fields are asked for the reason of the question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// What an answer may change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Decides {
    /// Whether a scheme is proposed.
    Scheme {
        /// The scheme.
        scheme: SchemeId,
        /// Its title on the date asked.
        title: String,
    },
    /// The track, or who leads the person.
    Track,
    /// Which body a proposal names.
    Body {
        /// The role that it holds, in French.
        role: String,
    },
    /// By when a proposal falls due.
    Deadline {
        /// The scheme.
        scheme: SchemeId,
        /// Its title on the date asked.
        title: String,
    },
}

/// From this sensitivity on, a question is asked last, and only where an answer opens
/// something.
pub(super) const SENSITIVE: u8 = 2;

/// A conversation stays with its theme, unless another question settles that much more.
const SAME_THEME: u64 = 3;

/// By how much less a question settles whose answer is presumed: it is likely so.
const LIKELY_SO: u64 = 3;

/// Stakes named in the reason of a question.
const NAMED: usize = 3;

/// A fact that may be asked, and the stakes that hang on it.
struct Candidate {
    fact: FactId,
    score: u64,
    sensitive: bool,
    presumed: bool,
    /// Places of the stakes.
    stakes: Vec<usize>,
}

impl EngineAt {
    /// The best question to ask next; nothing where, of what is asked, no answer changes what is
    /// proposed.
    ///
    /// `after` is the fact asked last: the conversation stays with its theme. A question
    /// that somebody declined, or could not answer, is not asked again; nor is what the
    /// person told themselves, even in part; nor what would matter only with such an answer. What is
    /// only presumed is asked to be checked, where a proposal rests on it, and weighs less: it is likely
    /// so. What closes a scheme by presumption is not asked:
    /// [`WhyNot::presumed`](super::WhyNot::presumed) names it. Facts of a special category are asked
    /// last, and only where an answer opens something.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use spie::{Engine, Pack, Profile};
    ///
    /// let engine = Engine::new(&Pack::marne()?);
    /// let date: NaiveDate = "2025-03-15".parse()?;
    /// let person = Profile::builder(&engine, date).build()?;
    /// let question = engine.at(date).next_question(&person, None)?.unwrap();
    /// assert!(question.missing.question.is_some());
    /// assert!(!question.decides.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`MismatchError`] when the profile was built for another engine or date.
    pub fn next_question(
        &self,
        profile: &Profile,
        after: Option<&FactName>,
    ) -> Result<Option<Question>, MismatchError> {
        let truths = self.truths(profile)?;
        if is_deceased(self, profile) {
            return Ok(None);
        }
        let orienting = Orienting::new(self, profile, truths);
        let stakes = orienting.stakes_within_reach();
        let mut doubtful = Vec::new();
        for candidate in candidates(profile, &stakes, after) {
            let judged = judged(profile, &stakes, &candidate, QUICK);
            match judged.relevance {
                Relevance::Shown => {
                    return Ok(Some(described(&orienting, &stakes, &candidate, &judged)));
                }
                Relevance::Unknown => doubtful.push(candidate),
                Relevance::None => {}
            }
        }
        let mut by_presence = None;
        for candidate in doubtful {
            let judged = judged(profile, &stakes, &candidate, THOROUGH);
            let question = || described(&orienting, &stakes, &candidate, &judged);
            match judged.relevance {
                Relevance::Shown => return Ok(Some(question())),
                Relevance::Unknown if by_presence.is_none() => by_presence = Some(question()),
                Relevance::Unknown | Relevance::None => {}
            }
        }
        Ok(by_presence)
    }
}

impl EngineAt {
    /// The questions of which two answers were found that change what is proposed, the best
    /// first, and whether there are more than `most`; where there is none, the one that
    /// [`EngineAt::next_question`] asks. Facts that are not `wanted` are not asked.
    pub(super) fn questions(
        &self,
        profile: &Profile,
        most: usize,
        wanted: impl Fn(&FactName) -> bool,
    ) -> Result<(Vec<Question>, bool), MismatchError> {
        let truths = self.truths(profile)?;
        if is_deceased(self, profile) {
            return Ok((Vec::new(), false));
        }
        let orienting = Orienting::new(self, profile, truths);
        let stakes = orienting.stakes_within_reach();
        let model = self.engine.model();
        let hidden = restricted::is_restricted(model, profile);
        // With danger at home, a question that could not say why it is asked would tell that.
        let may_be_told = |question: &Question| !hidden || !question.decides.is_empty();
        let mut candidates = candidates(profile, &stakes, None);
        candidates.retain(|one| {
            let name = &model.dictionary.fact(one.fact).name;
            wanted(name) && !(hidden && model.tells_home(name))
        });
        let (mut questions, mut doubtful) = (Vec::new(), Vec::new());
        for candidate in candidates {
            let judged = judged(profile, &stakes, &candidate, QUICK);
            match judged.relevance {
                Relevance::Shown => {
                    let question = described(&orienting, &stakes, &candidate, &judged);
                    if !may_be_told(&question) {
                        continue;
                    }
                    if questions.len() >= most {
                        return Ok((questions, true));
                    }
                    questions.push(question);
                }
                Relevance::Unknown => doubtful.push(candidate),
                Relevance::None => {}
            }
        }
        let mut by_presence = None;
        for candidate in doubtful {
            let judged = judged(profile, &stakes, &candidate, THOROUGH);
            if judged.relevance == Relevance::None {
                continue;
            }
            let question = described(&orienting, &stakes, &candidate, &judged);
            if !may_be_told(&question) {
                continue;
            }
            if !question.certain {
                by_presence.get_or_insert(question);
                continue;
            }
            if questions.len() >= most {
                return Ok((questions, true));
            }
            questions.push(question);
        }
        if questions.is_empty() {
            questions.extend(by_presence);
        }
        Ok((questions, false))
    }

    /// What hangs on how a dispute is settled, with the other facts that may still be heard completed in
    /// one same way.
    pub(super) fn decided_by_dispute(
        &self,
        profile: &Profile,
        fact: FactId,
    ) -> Result<Vec<Decides>, MismatchError> {
        let truths = self.truths(profile)?;
        if is_deceased(self, profile) {
            return Ok(Vec::new());
        }
        let orienting = Orienting::new(self, profile, truths);
        let stakes = orienting.stakes_within_reach();
        let hanging = stakes.iter().filter(|stake| stake.missing.contains(&fact));
        let shown = hanging
            .filter(|stake| relevance(profile, stake, fact, QUICK) == Relevance::Shown)
            .take(NAMED);
        Ok(decided(&orienting, shown))
    }

    /// The facts that something open for the person reads, known or not.
    pub(super) fn read_by_stakes(
        &self,
        profile: &Profile,
    ) -> Result<BTreeSet<FactId>, MismatchError> {
        let orienting = Orienting::new(self, profile, self.truths(profile)?);
        let model = self.engine.model();
        let stakes = orienting.stakes();
        let aims = stakes.iter().flat_map(|stake| &stake.aims);
        let conditions = aims.flat_map(Aim::conditions);
        let read = conditions
            .flat_map(|condition| reads(&model.dictionary, &model.tables, condition, self.date));
        Ok(read.collect())
    }
}

/// What was found out about a candidate.
struct Judged<'s, 'o> {
    relevance: Relevance,
    /// Stakes that hang on it, some of them, or else those for which it was not found out.
    stakes: Vec<&'s Stake<'o>>,
    /// Others were not looked at.
    more: bool,
}

/// Whether some stakes hang on the fact, and which: so many as are named to the person.
fn judged<'s, 'o>(
    profile: &Profile,
    stakes: &'s [Stake<'o>],
    candidate: &Candidate,
    effort: Effort,
) -> Judged<'s, 'o> {
    let (mut shown, mut unknown) = (Vec::new(), Vec::new());
    let mut places = candidate.stakes.iter();
    for place in places.by_ref() {
        let Some(stake) = stakes.get(*place) else {
            continue;
        };
        match relevance(profile, stake, candidate.fact, effort) {
            Relevance::Shown => shown.push(stake),
            Relevance::Unknown => unknown.push(stake),
            Relevance::None => {}
        }
        if shown.len() >= NAMED || unknown.len() >= effort.doubts {
            break;
        }
    }
    let more = places.next().is_some();
    let relevance = match (shown.is_empty(), unknown.is_empty()) {
        (false, _) => Relevance::Shown,
        (true, false) => Relevance::Unknown,
        (true, true) => Relevance::None,
    };
    let mut stakes = if shown.is_empty() { unknown } else { shown };
    stakes.sort_by_key(|stake| (stake.presumed, std::cmp::Reverse(stake.weight)));
    Judged {
        relevance,
        stakes,
        more,
    }
}

/// What may be asked, the best first.
fn candidates(profile: &Profile, stakes: &[Stake<'_>], after: Option<&FactName>) -> Vec<Candidate> {
    let dictionary = &profile.engine.model().dictionary;
    let theme = after
        .and_then(|after| dictionary.id(after.as_str()))
        .and_then(|after| dictionary.fact(after).theme.as_deref());
    let mut by_fact: BTreeMap<FactId, Candidate> = BTreeMap::new();
    for (place, stake) in stakes.iter().enumerate() {
        let share = |many: usize| u64::try_from(many).unwrap_or(u64::MAX).max(1);
        let all = stake.weight.saturating_mul(stake.times).saturating_mul(60);
        let part = all.checked_div(share(stake.missing.len())).unwrap_or(all);
        for id in &stake.missing {
            let fact = dictionary.fact(*id);
            let sensitive = fact.sensitivity >= SENSITIVE;
            if !may_be_asked(profile, *id, fact) || (sensitive && !stake.of.opens()) {
                continue;
            }
            let candidate = by_fact.entry(*id).or_insert_with(|| Candidate {
                fact: *id,
                score: 0,
                sensitive,
                presumed: true,
                stakes: Vec::new(),
            });
            candidate.score = candidate.score.saturating_add(part);
            candidate.presumed &= stake.presumed;
            candidate.stakes.push(place);
        }
    }
    let mut candidates: Vec<Candidate> = by_fact.into_values().collect();
    for candidate in &mut candidates {
        let fact = dictionary.fact(candidate.fact);
        candidate.score = worth(candidate.score, fact);
        if candidate.presumed {
            candidate.score = candidate.score.checked_div(LIKELY_SO).unwrap_or(0);
        }
        if theme.is_some() && fact.theme.as_deref() == theme {
            candidate.score = candidate.score.saturating_mul(SAME_THEME);
        }
        // What little is open about is soon found out.
        candidate.stakes.sort_by_key(|place| {
            let stake = stakes.get(*place);
            stake.map(|stake| (stake.presumed, stake.missing.len()))
        });
    }
    candidates.sort_by_key(|candidate| {
        (
            candidate.sensitive,
            // Details come before the level that they give.
            !dictionary.fact(candidate.fact).levels.is_empty(),
            std::cmp::Reverse(candidate.score),
            candidate.fact,
        )
    });
    candidates
}

/// What an answer settles, for what it costs to give.
fn worth(score: u64, fact: &Fact) -> u64 {
    let of_twelve = match fact.kind {
        Kind::Flag | Kind::Level(_) | Kind::Code(_) => 6,
        Kind::Date | Kind::Integer { .. } | Kind::Money { .. } => 4,
        Kind::Codes(_) => 3,
        Kind::Records { .. } => 2,
    };
    let ordinary = if fact.sensitivity == 0 { 3 } else { 2 };
    score.saturating_mul(of_twelve).saturating_mul(ordinary)
}

/// What may still be heard of a fact: an answer, or that what bodies disagree about is settled.
fn may_come(profile: &Profile, id: FactId, fact: &Fact) -> bool {
    may_be_asked(profile, id, fact) || profile.disputes.contains_key(&id)
}

/// A question exists, nobody declined it, and who told it in part may know more.
fn may_be_asked(profile: &Profile, id: FactId, fact: &Fact) -> bool {
    let reason = profile.reasons.get(&id);
    let asked = matches!(reason, Some(Reason::Declined | Reason::AskedUnknown));
    let by_person = profile.told.get(&id).is_some_and(|told| {
        let by = told.source.by.as_ref();
        told.source.means == Some(Means::Declared) || by.is_some_and(|by| by.as_str() == "person")
    });
    fact.question.is_some() && !asked && !by_person
}

fn described(
    orienting: &Orienting<'_>,
    stakes: &[Stake<'_>],
    candidate: &Candidate,
    judged: &Judged<'_, '_>,
) -> Question {
    let profile = orienting.profile;
    let model = profile.engine.model();
    let fact = model.dictionary.fact(candidate.fact);
    let decides = decided(orienting, judged.stakes.iter().copied());
    let theme = model.dictionary.theme_label(fact.theme.as_deref());
    let sensitive = candidate.sensitive;
    let hanging = candidate.stakes.iter();
    let hanging = hanging.filter_map(|place| stakes.get(*place)).collect();
    Question {
        missing: proof::describe_missing(profile, candidate.fact),
        theme: theme.map(ToString::to_string),
        fields: fields(orienting, candidate.fact, hanging),
        ask_first: bodies(orienting, fact),
        because: because(&decides, judged.more, candidate.presumed, sensitive),
        decides,
        presumed: candidate.presumed,
        certain: judged.relevance == Relevance::Shown,
    }
}

/// The fields of a list on which some stakes hang. One that may be answered by something of a
/// special category is asked where it opens something, as a fact of such a category is.
fn fields(orienting: &Orienting<'_>, list: FactId, stakes: Vec<&Stake<'_>>) -> Vec<AskedField> {
    let at = orienting.at;
    let model = at.engine.model();
    let Kind::Records { fields, .. } = &model.dictionary.fact(list).kind else {
        return Vec::new();
    };
    let mut hanging: BTreeMap<usize, Vec<&Stake<'_>>> = BTreeMap::new();
    for stake in stakes {
        let conditions = stake.aims.iter().flat_map(Aim::conditions);
        let read = conditions.flat_map(|condition| {
            fields_read(&model.dictionary, &model.tables, condition, at.date, list)
        });
        for place in read.collect::<BTreeSet<usize>>() {
            hanging.entry(place).or_default().push(stake);
        }
    }
    let asked = hanging.into_iter().filter_map(|(place, mut stakes)| {
        let field = fields.get(place)?;
        let codes = field.kind.nomenclature();
        let sensitive = codes.is_some_and(|codes| codes.highest_sensitivity() >= SENSITIVE);
        if sensitive {
            stakes.retain(|stake| stake.of.opens());
        }
        let because = || {
            let more = stakes.len() > NAMED;
            let decides = decided(orienting, stakes.iter().copied().take(NAMED));
            because(&decides, more, false, true)
        };
        (!stakes.is_empty()).then(|| AskedField {
            name: field.name.clone(),
            label: field.label.to_string(),
            because: sensitive.then(because),
        })
    });
    asked.collect()
}

/// What hangs on an answer, each once. With danger at home, what would tell a place is left out.
fn decided<'s>(
    orienting: &Orienting<'_>,
    stakes: impl Iterator<Item = &'s Stake<'s>>,
) -> Vec<Decides> {
    let hidden = restricted::is_restricted(orienting.at.engine.model(), orienting.profile);
    let told = stakes.filter(|stake| {
        let scheme = stake.of.scheme();
        !hidden || scheme.is_none_or(|scheme| restricted::names_no_place(orienting.at, scheme))
    });
    let mut decides: Vec<Decides> = Vec::new();
    for stake in told {
        let one = of_stake(orienting, stake.of);
        if !decides.contains(&one) {
            decides.push(one);
        }
    }
    decides
}

/// Who has authority over a fact, the person and the professional at the desk aside.
fn bodies(orienting: &Orienting<'_>, fact: &Fact) -> Vec<String> {
    let network = &orienting.at.engine.model().network;
    let present = ["person", "professional"];
    let others = fact.attest.iter().map(RoleId::as_str);
    let named = others
        .filter(|role| !present.contains(role))
        .filter_map(|role| network.body(role))
        .map(|body| orienting.named_body(body).in_french());
    // One body may hold several of these roles: it is asked once.
    let mut seen = BTreeSet::new();
    named.filter(|name| seen.insert(name.clone())).collect()
}

fn of_stake(orienting: &Orienting<'_>, of: Of) -> Decides {
    match of {
        Of::Scheme(scheme) => {
            let (scheme, title) = orienting.scheme(scheme);
            Decides::Scheme { scheme, title }
        }
        Of::Deadline(scheme) => {
            let (scheme, title) = orienting.scheme(scheme);
            Decides::Deadline { scheme, title }
        }
        Of::Track => Decides::Track,
        Of::Body(role, _) => Decides::Body {
            role: orienting.named_body(role).role_label.unwrap_or_default(),
        },
    }
}

/// One sentence to read out.
fn because(decides: &[Decides], more: bool, presumed: bool, sensitive: bool) -> String {
    let said = decides.iter().map(|one| match one {
        Decides::Scheme { title, .. } => format!("« {title} »"),
        Decides::Track => "le parcours et l'organisme référent".to_owned(),
        Decides::Body { role } => format!("l'interlocuteur ({role})"),
        Decides::Deadline { title, .. } => format!("l'échéance de « {title} »"),
    });
    let mut all: Vec<String> = said.collect();
    if more && !all.is_empty() {
        all.push("d'autres propositions".to_owned());
    }
    let all = crate::fact::french::listed(&all);
    if all.is_empty() {
        return "Le motif vous est dit de vive voix.".to_owned();
    }
    if sensitive {
        return format!(
            "Question sensible, posée parce que la réponse peut ouvrir : {all}. Vous pouvez \
             préférer ne pas répondre : rien de ce qui vous est déjà proposé n'en dépend."
        );
    }
    if presumed {
        format!("Réponse présumée, à vérifier ; en dépend : {all}.")
    } else {
        format!("La réponse peut changer : {all}.")
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use crate::{Engine, Pack, Profile};

    /// What a rule reads of a row is asked, and nothing else; what may be of a special category,
    /// with what it may open.
    #[test]
    fn of_a_row_what_may_be_sensitive_is_asked_with_its_reason() {
        let text = r#"
            [pack]
            id = "essai"
            title = "Essai"
            extends = "core"
            [[nomenclature]]
            id = "why"
            codes = [ { code = "plain", label = "ordinaire" }, { code = "ill", label = "maladie", sensitivity = 2 } ]
            [[fact]]
            name = "steps"
            type = "records"
            list = "whole"
            label = "étapes"
            question = "Quelles étapes ?"
            theme = "pathway"
            fields = [
              { name = "began", label = "début", type = "date" },
              { name = "days", label = "jours", type = "integer", min = 0, max = 9, derive = { days_since = "began" } },
              { name = "why", label = "motif", type = "code", nomenclature = "why" },
              { name = "idle", label = "sans objet", type = "flag" },
            ]
            [[scheme]]
            id = "care"
            title = "Aide"
            theme = "pathway"
            source = "essai"
            verified = true
            [[rule]]
            id = "care"
            title = "Aide"
            when = "any(steps, why = ill and days <= 3)"
            propose = { scheme = "care", partner = "departement", priority = 10 }
            because = "Une étape s'est arrêtée."
            source = "essai"
            verified = true
        "#;
        let pack = Pack::parse([("pack.toml", text)], Some(&Pack::core().unwrap())).unwrap();
        let (engine, date) = (Engine::new(&pack), NaiveDate::default());
        let nothing = Profile::builder(&engine, date).build().unwrap();
        let question = engine
            .at(date)
            .next_question(&nothing, None)
            .unwrap()
            .unwrap();
        assert_eq!(question.missing.fact.as_str(), "steps");
        let fields = question.fields.iter();
        let fields: Vec<_> = fields
            .map(|one| (one.name.as_str(), one.because.as_deref()))
            .collect();
        let [("began", None), ("why", Some(because))] = fields.as_slice() else {
            panic!("{fields:?}");
        };
        assert!(
            because.starts_with("Question sensible, posée parce que"),
            "{because}"
        );
        assert!(because.contains("« Aide »"), "{because}");
    }
}
