//! The packs that come with the crate: `core`, `france`, `marne`.

use super::{Pack, PackErrors};

/// Named sources of a pack.
pub type Sources = &'static [(&'static str, &'static str)];

macro_rules! sources {
    ($pack:literal: $($file:literal),* $(,)?) => {
        &[$(($file, include_str!(concat!("../../packs/", $pack, "/", $file)))),*]
    };
}

const CORE: Sources = sources!("core":
    "assets.toml", "barriers.toml", "childcare.toml", "contact.toml", "health.toml", "household.toml", "housing.toml", "language_digital.toml", "mobility.toml", "nomenclatures.toml", "pack.toml", "pathway.toml", "person.toml", "residence.toml", "resources.toml", "rights.toml", "roles.toml", "scales.toml", "search.toml", "themes.toml", "training.toml", "wishes.toml", "work.toml",
);

const FRANCE: Sources = sources!("france":
    "conditions.toml", "examples_childcare.toml", "examples_health.toml", "examples_housing.toml", "examples_mobility.toml", "examples_money.toml", "examples_orientation.toml", "examples_rights.toml", "frameworks.toml", "pack.toml", "roles.toml", "rules_childcare.toml", "rules_health.toml", "rules_housing.toml", "rules_mobility.toml", "rules_money.toml", "rules_orientation.toml", "rules_rights.toml", "schemes_childcare.toml", "schemes_health.toml", "schemes_housing.toml", "schemes_mobility.toml", "schemes_money.toml", "schemes_orientation.toml", "schemes_rights.toml", "tracks.toml", "values.toml",
);
const MARNE: Sources = sources!("marne":
    "communes.csv", "examples.toml", "examples_rights.toml", "frameworks.toml", "holders.toml", "pack.toml", "partners.toml", "rules.toml", "rules_rights.toml", "schemes.toml", "schemes_rights.toml", "territory.toml",
);

/// Sources of the bundled pack `core`: the dictionary of facts.
#[must_use]
pub fn core_sources() -> Sources {
    CORE
}

/// Sources of the bundled pack `france`: national law, extends `core`.
#[must_use]
pub fn france_sources() -> Sources {
    FRANCE
}

/// Sources of the bundled pack `marne`: the local network, extends `france`.
#[must_use]
pub fn marne_sources() -> Sources {
    MARNE
}

impl Pack {
    /// The bundled dictionary of facts.
    ///
    /// # Errors
    ///
    /// None in a released crate: its tests read the same sources.
    pub fn core() -> Result<Self, PackErrors> {
        Self::parse_chain(&[CORE])
    }

    /// The bundled pack of national law.
    ///
    /// # Errors
    ///
    /// None in a released crate: its tests read the same sources.
    pub fn france() -> Result<Self, PackErrors> {
        Self::parse_chain(&[CORE, FRANCE])
    }

    /// The bundled pack of the Département de la Marne.
    ///
    /// # Errors
    ///
    /// None in a released crate: its tests read the same sources.
    pub fn marne() -> Result<Self, PackErrors> {
        Self::parse_chain(&[CORE, FRANCE, MARNE])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a pack and shows its whole report when it has mistakes.
    fn read(pack: Result<Pack, PackErrors>) -> Pack {
        pack.unwrap_or_else(|errors| panic!("{errors}"))
    }

    #[test]
    fn bundled_packs_have_no_mistake() {
        read(Pack::core());
        read(Pack::france());
        read(Pack::marne());
    }
}
