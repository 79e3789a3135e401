//! A profile from what several partners said.

use std::collections::BTreeMap;

use super::resolve::{Presume, Telling, resolve};
use super::{Profile, Told};
use crate::diagnostic::{Diagnostic, Resolution};
use crate::fact::dictionary::FactId;
use crate::fact::possible::Possible;
use crate::pack::EngineAt;

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
        give_way_to_details(at, &mut told, &disputes);
        let profile = Self::new(&at.engine, at.date, told, reasons);
        Self {
            stale,
            disputes,
            restricted: resolution.restricted,
            ..profile
        }
    }
}

/// A level that was said in part ("at least light") gives way to its details where these allow
/// less, and nothing else: a body that agrees must not leave less known than before it spoke.
/// One that was said whole replaces them, and a dispute is for people to settle.
fn give_way_to_details(
    at: &EngineAt,
    told: &mut BTreeMap<FactId, Told>,
    disputes: &BTreeMap<FactId, Vec<Possible>>,
) {
    let model = at.engine.model();
    let in_part = |id: &FactId, one: &Told| {
        let is_derived = !model.dictionary.fact(*id).levels.is_empty();
        is_derived && !one.possible.is_known() && !disputes.contains_key(id)
    };
    let levels = told.iter().filter(|(id, one)| in_part(id, one));
    let levels: Vec<FactId> = levels.map(|(id, _)| *id).collect();
    if levels.is_empty() {
        return;
    }
    let details = told.iter().filter(|(id, _)| !levels.contains(id));
    let details = details.map(|(id, one)| (*id, one.possible.clone()));
    let telling = Telling {
        told: details.collect(),
        presume: Presume::Nothing,
    };
    let resolved = resolve(model.meaning(), at.date, &telling, &model.dictionary.order);
    told.retain(|id, one| {
        let derived = resolved.facts.of(*id).filter(|_| levels.contains(id));
        derived.is_none_or(|derived| *derived == one.possible || !derived.is_within(&one.possible))
    });
}
