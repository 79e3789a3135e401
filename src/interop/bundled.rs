//! The bundled caseload: twelve invented inhabitants of the Marne.

use super::{Caseload, CaseloadError};
use crate::pack::Engine;

/// The bundled people, as JSON.
const PEOPLE: &str = include_str!("../../packs/marne/people.json");

impl Caseload {
    /// Twelve invented inhabitants of the Marne, for trying out and for the
    /// tests of embedders. They need the facts of the bundled pack `core`.
    ///
    /// ```
    /// use spie::interop::Caseload;
    /// use spie::{Engine, Pack};
    /// let people = Caseload::bundled(&Engine::new(&Pack::marne()?))?;
    /// assert_eq!(people.people.len(), 12);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// None with the bundled packs.
    pub fn bundled(engine: &Engine) -> Result<Self, CaseloadError> {
        Self::parse(PEOPLE, engine)
    }
}
