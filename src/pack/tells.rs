//! What tells where somebody lives or with whom, and what tells a private matter: by a fact, a
//! scheme, a body, a code, or the value that names one. Asked here, and nowhere else.

use chrono::NaiveDate;

use super::model::Model;
use crate::fact::Knowledge;
use crate::fact::dictionary::{FactId, Kind, Nomenclature};
use crate::fact::possible::Possible;
use crate::fact::set::ValueSet;
use crate::network::{BodyRef, Scheme, SchemeIndex};
use crate::vocabulary::{FactName, Tells};

/// What a code names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Scheme(SchemeIndex),
    Body(BodyRef),
    /// A code that tells it by itself, whatever it names.
    Code(Tells),
}

impl Model {
    /// Whether a fact tells of the home, whatever is known of it.
    pub(crate) fn tells_home(&self, fact: &FactName) -> bool {
        let id = self.dictionary.id(fact.as_str());
        id.is_some_and(|id| self.dictionary.fact(id).tells.home())
    }

    /// What a fact tells of the home, by itself or by what is known of it, as a sentence says
    /// it: a scheme or a code of the home, or a body that is no role, which is of some place. A
    /// sentence counts the rows of a list, and names no body of theirs.
    pub(crate) fn known_tells(&self, id: FactId, known: &Possible, on: NaiveDate) -> Tells {
        match known {
            Possible::Lists(_) => self.entry_tells(id, known, on),
            Possible::Scalar(_) | Possible::Members(_) => self.written_tells(id, known, on),
        }
    }

    /// The same of what is written down whole, with all rows of a list.
    pub(crate) fn written_tells(&self, id: FactId, known: &Possible, on: NaiveDate) -> Tells {
        let mut named = self.named_in(id, known);
        let tells = self.entry_tells(id, known, on);
        if named.any(|named| matches!(named, Named::Body(BodyRef::Partner(_)))) {
            return tells.and(Tells::OF_PLACE);
        }
        tells
    }

    /// The same of an entry of a diagnostic: the bodies that it names are no more hidden there
    /// than the one that says it.
    fn entry_tells(&self, id: FactId, said: &Possible, on: NaiveDate) -> Tells {
        let named = self.named_in(id, said);
        let told = named.map(|named| self.named_tells(named, on));
        told.fold(self.dictionary.fact(id).tells, Tells::and)
    }

    /// Whether an entry tells of the home by what it says of a fact. What cannot be read may name
    /// any code.
    pub(crate) fn word_tells_home(&self, id: FactId, said: &Knowledge, on: NaiveDate) -> bool {
        let fact = self.dictionary.fact(id);
        if let Ok(said) = fact.read(said) {
            return self.entry_tells(id, &said, on).home();
        }
        let all = fact.kind.nomenclatures();
        let mut named = all.flat_map(|codes| self.named_by_any(codes));
        fact.tells.home() || named.any(|named| self.named_tells(named, on).home())
    }

    fn named_tells(&self, named: Named, on: NaiveDate) -> Tells {
        match named {
            Named::Scheme(scheme) => self.scheme_tells(scheme, on),
            Named::Code(tells) => tells,
            Named::Body(_) => Tells::default(),
        }
    }

    /// Whether a scheme tells of the home by its name.
    pub(crate) fn scheme_tells_home(&self, scheme: SchemeIndex, on: NaiveDate) -> bool {
        self.scheme_tells(scheme, on).home()
    }

    fn scheme_tells(&self, scheme: SchemeIndex, on: NaiveDate) -> Tells {
        let scheme = self.scheme_on(scheme, on);
        scheme.map_or_else(Tells::default, |scheme| scheme.tells)
    }

    /// Whether a theme tells of the home.
    pub(crate) fn theme_tells_home(&self, theme: &str) -> bool {
        let theme = self.dictionary.themes.get(theme);
        theme.is_some_and(|theme| theme.tells.home())
    }

    /// Facts that tell of the household.
    pub(crate) fn of_household(&self) -> impl Iterator<Item = &FactName> {
        let facts = self.dictionary.iter();
        let of_household = facts.filter(|(_, fact)| fact.tells.household);
        of_household.map(|(_, fact)| &fact.name)
    }

    /// How sensitive what is known of a fact is, as a sentence says it: as the fact, or as a
    /// scheme, a code or a body that it names.
    pub(crate) fn known_sensitivity(&self, id: FactId, known: &Possible) -> u8 {
        let own = self.dictionary.fact(id).sensitivity_of(known);
        // The rows of a list are counted, and no body of theirs is named.
        if matches!(known, Possible::Lists(_)) {
            return own;
        }
        let bodies = self.named_in(id, known).filter_map(|named| match named {
            Named::Body(body) => Some(self.network.sensitivity_of(body)),
            Named::Scheme(_) | Named::Code(_) => None,
        });
        bodies.fold(own, u8::max)
    }

    /// How sensitive the name of a scheme is.
    pub(crate) fn scheme_sensitivity(&self, scheme: SchemeIndex, on: NaiveDate) -> u8 {
        let scheme = self.scheme_on(scheme, on);
        scheme.map_or(0, |scheme| scheme.sensitivity)
    }

    /// A scheme as it is on a day; on any other day, as it was last.
    fn scheme_on(&self, scheme: SchemeIndex, on: NaiveDate) -> Option<&Scheme> {
        let dated = self.network.schemes.get(scheme.0)?;
        dated.at(on).or_else(|| dated.last())
    }

    /// The schemes, bodies and codes that what is known of a fact names. A code that may be any of
    /// its nomenclature names none, nor does one that may be in a set: a refusal of one body would
    /// name all others.
    fn named_in(&self, id: FactId, known: &Possible) -> impl Iterator<Item = Named> + use<'_> {
        let kind = &self.dictionary.fact(id).kind;
        let mut named = Vec::new();
        match (kind, known) {
            (Kind::Code(_), Possible::Scalar(set)) => self.named_by(kind, set, &mut named),
            (Kind::Codes(_), Possible::Members(members)) => {
                self.named_by(kind, &members.surely, &mut named);
            }
            (Kind::Records { fields, .. }, Possible::Lists(lists)) => {
                for row in lists.alternatives.iter().flat_map(|list| &list.rows) {
                    for (field, set) in fields.iter().zip(row) {
                        self.named_by(&field.kind, set, &mut named);
                    }
                }
            }
            _ => {}
        }
        named.into_iter()
    }

    /// What a code that is not listed may name, bodies aside.
    fn named_by_any(&self, codes: &Nomenclature) -> impl Iterator<Item = Named> {
        let listed = codes.codes().filter(|_| names_schemes(codes));
        let schemes = listed.filter_map(|code| self.network.scheme(code.as_str()));
        let schemes = schemes.map(Named::Scheme);
        schemes.chain([Named::Code(codes.all_tell())])
    }

    fn named_by(&self, kind: &Kind, set: &ValueSet, named: &mut Vec<Named>) {
        let (Kind::Code(codes) | Kind::Codes(codes)) = kind else {
            return;
        };
        if kind.domain().is_subset(set) {
            return;
        }
        for place in set.values() {
            let Some(code) = codes.code(place) else {
                if codes.other() == Some(place) {
                    named.extend(self.named_by_any(codes));
                }
                continue;
            };
            named.push(Named::Code(codes.tells(place)));
            let scheme = self.network.scheme(code.as_str());
            named.extend(scheme.filter(|_| names_schemes(codes)).map(Named::Scheme));
            let body = self.network.body(code.as_str());
            named.extend(body.filter(|_| names_bodies(codes)).map(Named::Body));
        }
    }
}

/// A scheme and a body may bear one id, as `epide` does: the codes of the network name the one or
/// the other. Those of any other list may name both.
fn names_schemes(codes: &Nomenclature) -> bool {
    &*codes.id != "partner"
}

fn names_bodies(codes: &Nomenclature) -> bool {
    !matches!(&*codes.id, "scheme" | "aid")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::fact::dictionary::{Fact, Nomenclature};
    use crate::pack::model::{Piece, Template};
    use crate::{Engine, Pack};

    /// Words that speak of where somebody lives, how far that is, or with whom.
    const OF_HOME: [&str; 58] = [
        "adresse",
        "aidant",
        "aidante",
        "bailleur",
        "bassin",
        "bébé",
        "chez",
        "commune",
        "concubin",
        "conjoint",
        "conjointe",
        "couple",
        "crèche",
        "desserte",
        "distance",
        "divorce",
        "domicile",
        "domiciliation",
        "déménagement",
        "déménager",
        "emménagé",
        "enceinte",
        "enfant",
        "enfants",
        "expulsion",
        "famille",
        "familial",
        "familiale",
        "foyer",
        "frère",
        "garde",
        "grossesse",
        "habitez",
        "habitation",
        "hlm",
        "hébergement",
        "hébergé",
        "internat",
        "kilomètre",
        "kilomètres",
        "logement",
        "loger",
        "logez",
        "loyer",
        "loyers",
        "maison",
        "nourrice",
        "parent",
        "parents",
        "proche",
        "proches",
        "quartier",
        "qpv",
        "rue",
        "sœur",
        "veuvage",
        "village",
        "ville",
    ];

    /// What holds such a word, or the name of a commune, and tells nothing of the home.
    const HARMLESS: [(&str, &str); 16] = [
        (
            "digital.connection",
            "whether there is internet, wherever that is",
        ),
        ("digital.email", "an electronic address"),
        (
            "commute.max_km",
            "what somebody accepts, wherever they live",
        ),
        ("legal_protection", "the name of a measure in law"),
        (
            "rule eviction-legal-advice",
            "never without `housing.eviction_procedure`",
        ),
        ("rule adapted-hours-carer", "never without `carer.active`"),
        (
            "rule right-to-support-before-21",
            "never without `ase_leaver`",
        ),
        (
            "rule other-ways-to-travel",
            "never without `residence.transport_served`",
        ),
        ("rule licence-for-the-trade", "says that either may be so"),
        (
            "rule costs-of-a-new-job",
            "kinds of costs, the same for everybody",
        ),
        (
            "rule travel-costs-job",
            "never without `hire_promise.distance_km`",
        ),
        ("rule employers-group", "work in several companies"),
        (
            "rule employers-group-after-integration",
            "work in several companies",
        ),
        ("rule digital-basics", "an electronic address"),
        (
            "rule immersion-personal-care",
            "the homes of those who are cared for",
        ),
        (
            "rule collective-training-logistics",
            "where the training is, for everybody",
        ),
    ];

    fn words(text: &str) -> Vec<String> {
        let apart = |c: char| !c.is_alphanumeric() && c != '-';
        let words = text.split(apart).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    }

    /// Names of communes that are no word of every day.
    fn communes(model: &Model) -> Vec<Vec<String>> {
        let commune = model.dictionary.id("residence.commune").unwrap();
        let codes = model.dictionary.fact(commune).kind.nomenclature().unwrap();
        codes.labelled().map(|(_, label)| words(label)).collect()
    }

    /// The words of a text that tell of a home.
    fn telling(text: &str, communes: &[Vec<String>]) -> BTreeSet<String> {
        let all = words(text);
        let of_home = all.iter().filter(|word| OF_HOME.contains(&&***word));
        let capitals = text.split(|c: char| !c.is_alphanumeric() && c != '-');
        let capitals: Vec<&str> = capitals
            .filter(|word| word.starts_with(char::is_uppercase))
            .collect();
        let named = communes.iter().filter(|name| {
            let first = name.first();
            let capital = capitals
                .iter()
                .any(|word| Some(word.to_lowercase()).as_ref() == first);
            capital && all.windows(name.len()).any(|part| part == name.as_slice())
        });
        let named = named.map(|name| name.join(" "));
        of_home.cloned().chain(named).collect()
    }

    fn of_template(template: &Template) -> String {
        let pieces = template.0.iter().map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Body | Piece::Named(_) | Piece::Value(_) => " ",
        });
        pieces.collect()
    }

    fn codes(fact: &Fact) -> Vec<&Nomenclature> {
        let fields = match &fact.kind {
            Kind::Records { fields, .. } => fields.as_slice(),
            _ => &[],
        };
        let kinds = fields.iter().map(|field| &field.kind).chain([&fact.kind]);
        let codes = kinds.filter_map(Kind::nomenclature);
        // Schemes and bodies are looked at by themselves.
        let own = ["scheme", "aid", "partner", "rome"];
        codes
            .filter(|codes| !own.contains(&&*codes.id))
            .map(AsRef::as_ref)
            .collect()
    }

    /// Everything that bundled packs say of facts, schemes and rules by which nobody's home is
    /// told, as far as its words show.
    #[test]
    fn what_holds_a_word_of_the_home_says_that_it_tells_it() {
        let engine = Engine::new(&Pack::marne().unwrap());
        let model = engine.model();
        let communes = communes(model);
        let mut said: Vec<(String, String)> = Vec::new();
        for (_, fact) in model
            .dictionary
            .iter()
            .filter(|(_, fact)| !fact.tells.home())
        {
            let mut text = vec![
                fact.name.as_str().replace(['.', '_'], " "),
                fact.label.to_string(),
            ];
            text.extend(fact.question.as_deref().map(str::to_owned));
            for codes in codes(fact) {
                let places = (0_i64..).zip(codes.labelled());
                let open = places.filter(|(place, _)| !codes.tells(*place).home());
                text.extend(open.map(|(_, (_, label))| label.to_owned()));
            }
            if let Kind::Records { fields, .. } = &fact.kind {
                text.extend(fields.iter().map(|field| field.label.to_string()));
            }
            said.push((fact.name.to_string(), text.join(" ; ")));
        }
        let mut open: BTreeSet<SchemeIndex> = BTreeSet::new();
        for (place, dated) in model.network.schemes.iter().enumerate() {
            let id = model.network.scheme_id(SchemeIndex(place));
            for (_, scheme) in dated.versions.iter().filter(|(_, one)| !one.tells.home()) {
                let text = format!("{} ; {} ; {}", id, scheme.title, scheme.sourced.source);
                said.push((id.to_string(), text));
                open.insert(SchemeIndex(place));
            }
        }
        for (_, rule) in &model.rules {
            let theme = rule.theme.as_deref();
            if open.contains(&rule.scheme) && !theme.is_some_and(|one| model.theme_tells_home(one))
            {
                let because = of_template(&rule.because);
                let text = format!("{} ; {because} ; {}", rule.title, rule.sourced.source);
                said.push((format!("rule {}", rule.id), text));
            }
        }
        for (_, track) in &model.tracks {
            let because = of_template(&track.because);
            let text = format!("{because} ; {}", track.sourced.source);
            said.push((format!("track {}", track.id), text));
        }
        for (_, exclusive) in &model.exclusives {
            if exclusive.schemes.iter().any(|scheme| open.contains(scheme)) {
                let text = format!("{} ; {}", exclusive.title, exclusive.sourced.source);
                said.push((format!("exclusive {}", exclusive.title), text));
            }
        }
        let mut harmless: BTreeSet<&str> = HARMLESS.iter().map(|(what, _)| *what).collect();
        let mut found = Vec::new();
        for (what, text) in &said {
            let words = telling(text, &communes);
            if !words.is_empty() && !HARMLESS.iter().any(|(known, _)| known == what) {
                found.push(format!("{what} : {words:?} : {text}"));
            } else if !words.is_empty() {
                harmless.remove(&**what);
            }
        }
        assert!(found.is_empty(), "{}", found.join("\n"));
        assert!(harmless.is_empty(), "no exception is needed: {harmless:?}");
        assert!(HARMLESS.iter().all(|(_, why)| !why.is_empty()));
    }
}
