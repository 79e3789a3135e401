//! How sensitive what is said of a fact is: as the fact, or as what it names.

use super::Knowledge;
use super::dictionary::{Fact, Kind, Nomenclature};
use super::possible::Possible;
use super::set::ValueSet;

impl Fact {
    /// How sensitive what is said of it is: as the fact, or as the most sensitive code that it
    /// names. What cannot be read may name any.
    pub(crate) fn sensitivity_of_word(&self, said: &Knowledge) -> u8 {
        if let Ok(said) = self.read(said) {
            return self.sensitivity_of(&said);
        }
        let all = self.kind.nomenclatures();
        let all = all.map(Nomenclature::highest_sensitivity);
        all.fold(self.sensitivity, u8::max)
    }

    /// The same of what is known of it. A code that may be any of its nomenclature is not named,
    /// nor is one that may be in a set, or is out of it.
    pub(crate) fn sensitivity_of(&self, known: &Possible) -> u8 {
        let named = match (&self.kind, known) {
            (Kind::Records { fields, .. }, Possible::Lists(lists)) => {
                let rows = lists.alternatives.iter().flat_map(|list| &list.rows);
                let fields = rows.flat_map(|row| fields.iter().zip(row));
                let named = fields.map(|(field, set)| of_set(&field.kind, set));
                named.max().unwrap_or(0)
            }
            (kind, Possible::Scalar(set)) => of_set(kind, set),
            (kind, Possible::Members(members)) => of_set(kind, &members.surely),
            _ => 0,
        };
        named.max(self.sensitivity)
    }
}

fn of_set(kind: &Kind, set: &ValueSet) -> u8 {
    let Some(codes) = kind.nomenclature() else {
        return 0;
    };
    if codes.highest_sensitivity() == 0 || kind.domain().is_subset(set) {
        return 0;
    }
    let named = set.values().map(|place| codes.sensitivity(place));
    named.max().unwrap_or(0)
}
