//! A profile from what several partners said.

use std::collections::BTreeMap;

use super::{Profile, Told};
use crate::diagnostic::{Diagnostic, Resolution};
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
        let profile = Self::new(&at.engine, at.date, told, reasons);
        Self {
            stale,
            disputes,
            restricted: resolution.restricted,
            ..profile
        }
    }
}
