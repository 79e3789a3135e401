//! A profile from what several partners said.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::resolve::{Presume, Telling, resolve};
use super::{Profile, Told};
use crate::diagnostic::{Diagnostic, Resolution};
use crate::fact::dictionary::FactId;
use crate::fact::possible::Possible;
use crate::pack::EngineAt;
use crate::rule::condition::Meaning;

impl Profile {
    /// What a diagnostic says of a person at a date, with who said it: disputed where
    /// partners have nothing in common, not known where all is too old.
    ///
    /// ```
    /// use spie::diagnostic::{Diagnostic, Observation, Said};
    /// use spie::fact::{Means, Origin};
    /// use spie::vocabulary::{BodyId, FactName, PersonRef};
    /// use spie::{Engine, Knowledge, Pack, Profile};
    ///
    /// let engine = Engine::new(&Pack::marne()?);
    /// let mut diagnostic = Diagnostic::new(PersonRef::parse("dossier-12")?);
    /// diagnostic.record(&engine, Observation {
    ///     by: BodyId::parse("caf-51")?,
    ///     means: Means::Attested,
    ///     observed_on: "2025-01-10".parse()?,
    ///     recorded_on: "2025-01-11".parse()?,
    ///     fact: FactName::parse("rsa")?,
    ///     said: Said::Known(Knowledge::from(true)),
    ///     remark: None,
    /// })?;
    ///
    /// let spring = Profile::of_diagnostic(&engine.at("2025-03-15".parse()?), &diagnostic);
    /// assert!(matches!(spring.origin("rsa"), Some(Origin::Told(source)) if source.on.is_some()));
    /// // The word of a CAF counts for three months.
    /// let summer = Profile::of_diagnostic(&engine.at("2025-07-01".parse()?), &diagnostic);
    /// assert!(matches!(summer.origin("rsa"), Some(Origin::Unknown(_))));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of_diagnostic(at: &EngineAt, diagnostic: &Diagnostic) -> Self {
        Self::of_resolution(at, &diagnostic.resolve(at))
    }

    /// The same, of a diagnostic that was resolved for this engine and date.
    pub(crate) fn of_resolution(at: &EngineAt, resolution: &Resolution) -> Self {
        let (mut told, mut reasons) = (BTreeMap::new(), BTreeMap::new());
        let (mut stale, mut disputes) = (BTreeMap::new(), BTreeMap::new());
        for (id, settled) in &resolution.settled {
            if let Some(possible) = &settled.possible {
                let mut sources = settled.sources.iter().cloned();
                let one = Told {
                    possible: possible.clone(),
                    source: sources.next().unwrap_or_default(),
                    others: sources.collect(),
                };
                told.insert(*id, one);
            }
            if let Some(reason) = settled.reason {
                reasons.insert(*id, reason);
            }
            if let (None, Some(last)) = (&settled.possible, settled.stale_since) {
                stale.insert(*id, last);
            }
            if !settled.sides.is_empty() {
                disputes.insert(*id, settled.sides.clone());
            }
        }
        let model = at.engine.model();
        let possible = told.iter().map(|(id, one)| (*id, &one.possible)).collect();
        let in_dispute = |id: &FactId| disputes.contains_key(id);
        let order = &model.dictionary.order;
        let give_way = levels_giving_way(model.meaning(), at.date, &possible, in_dispute, order);
        told.retain(|id, _| !give_way.contains(id));
        let profile = Self::new(&at.engine, at.date, told, reasons);
        Self {
            stale,
            disputes,
            restricted: resolution.restricted,
            ..profile
        }
    }
}

/// Of levels that were said in part ("at least light"), those that give way to their details:
/// where these allow less, and nothing else. A body that agrees must not leave less known than
/// before it spoke. One that was said whole replaces them, and a dispute is for people to settle.
///
/// `order` holds the facts that are read, each after those it builds on.
pub(crate) fn levels_giving_way(
    meaning: Meaning<'_>,
    on: NaiveDate,
    told: &BTreeMap<FactId, &Possible>,
    in_dispute: impl Fn(&FactId) -> bool,
    order: &[FactId],
) -> BTreeSet<FactId> {
    let in_part = |id: &FactId, possible: &Possible| {
        let is_derived = !meaning.dictionary.fact(*id).levels.is_empty();
        is_derived && !possible.is_known() && !in_dispute(id)
    };
    let mut levels: BTreeSet<FactId> = told
        .iter()
        .filter(|(id, possible)| in_part(id, possible))
        .map(|(id, _)| *id)
        .collect();
    if levels.is_empty() {
        return levels;
    }
    let details = told.iter().filter(|(id, _)| !levels.contains(id));
    let details = details.map(|(id, possible)| (*id, (*possible).clone()));
    let telling = Telling {
        told: details.collect(),
        presume: Presume::Nothing,
    };
    let resolved = resolve(meaning, on, &telling, order);
    levels.retain(|id| {
        let (told, derived) = (told.get(id), resolved.facts.of(*id));
        told.zip(derived)
            .is_some_and(|(told, derived)| derived != *told && derived.is_within(told))
    });
    levels
}
