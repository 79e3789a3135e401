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
    "assets.toml", "barriers.toml", "childcare.toml", "contact.toml", "examples.toml", "france_travail.toml", "health.toml", "household.toml", "housing.toml", "language_digital.toml", "mobility.toml", "nomenclatures.toml", "pack.toml", "pathway.toml", "person.toml", "residence.toml", "resources.toml", "rights.toml", "roles.toml", "scales.toml", "search.toml", "themes.toml", "training.toml", "wishes.toml", "work.toml",
);

const FRANCE: Sources = sources!("france":
    "appeals.toml", "conditions.toml", "conditions_iae.toml", "examples_amounts.toml", "examples_childcare.toml", "examples_company.toml", "examples_gateways.toml", "examples_geiq.toml", "examples_health.toml", "examples_housing.toml", "examples_iae.toml", "examples_iae_own_account.toml", "examples_language.toml", "examples_mobility.toml", "examples_money.toml", "examples_orientation.toml", "examples_rights.toml", "examples_seniors.toml", "examples_supported_work.toml", "examples_training.toml", "examples_youth.toml", "frameworks.toml", "pack.toml", "policy.toml", "roles.toml", "rules_childcare.toml", "rules_company.toml", "rules_gateways.toml", "rules_health.toml", "rules_housing.toml", "rules_iae.toml", "rules_language.toml", "rules_mobility.toml", "rules_money.toml", "rules_orientation.toml", "rules_rights.toml", "rules_seniors.toml", "rules_training.toml", "rules_youth.toml", "schemes_childcare.toml", "schemes_company.toml", "schemes_gateways.toml", "schemes_health.toml", "schemes_housing.toml", "schemes_iae.toml", "schemes_language.toml", "schemes_mobility.toml", "schemes_money.toml", "schemes_orientation.toml", "schemes_rights.toml", "schemes_seniors.toml", "schemes_training.toml", "schemes_youth.toml", "tracks.toml", "values.toml",
);
const MARNE: Sources = sources!("marne":
    "communes.csv", "examples.toml", "examples_company.toml", "examples_rebound.toml", "examples_rights.toml", "examples_youth.toml", "frameworks.toml", "holders.toml", "pack.toml", "partners.toml", "policy.toml", "rules.toml", "rules_company.toml", "rules_rebound.toml", "rules_rights.toml", "rules_youth.toml", "schemes.toml", "schemes_company.toml", "schemes_rebound.toml", "schemes_rights.toml", "schemes_youth.toml", "territory.toml",
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

/// The identifiers of the bundled packs.
pub(super) const BUNDLED: [&str; 3] = ["core", "france", "marne"];

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

    #[test]
    fn sources_that_wait_hold_examples_alone() {
        let pack = read(Pack::marne());
        let waiting = pack.documents().iter().filter(|document| document.waits);
        let mut found = 0;
        for document in waiting {
            let table: toml::Table = document.text.parse().unwrap();
            let sections: Vec<&String> = table.keys().collect();
            assert_eq!(sections, ["example"], "{}", document.name);
            found += table["example"].as_array().unwrap().len();
        }
        assert!(found > 0 && found == pack.examples());
    }

    #[test]
    fn that_examples_wait_changes_no_identity_and_hides_no_mistake() {
        let core = read(Pack::parse(CORE.iter().copied(), None));
        let france = read(Pack::parse(FRANCE.iter().copied(), Some(&core)));
        let marne = read(Pack::parse(MARNE.iter().copied(), Some(&france)));
        let bundled = read(Pack::marne());
        assert_eq!(marne.identity(), bundled.identity());
        assert_eq!(marne.examples(), bundled.examples());
    }
}
