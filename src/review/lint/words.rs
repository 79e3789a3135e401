//! Does the reason say what the condition tests?

use std::collections::{BTreeMap, BTreeSet};

use super::left::Left;
use super::lens::{Entry, Lens, Sought, Subject};
use crate::fact::Knowledge;
use crate::fact::dictionary::{FactId, Kind};
use crate::fact::set::ValueSet;
use crate::pack::model::{Piece, Template};
use crate::review::people::invented::Invented;
use crate::rule::condition::{Atom, Cond, Slot, Target};
use crate::rule::reads::reads;
use crate::vocabulary::Mistake;

/// What stands at the head of a reason or a source that is still to be written.
const PLACEHOLDERS: [&str; 8] = [
    "a completer",
    "à compléter",
    "à écrire",
    "à renseigner",
    "lorem ipsum",
    "tbd",
    "todo",
    "xxx",
];

/// Words of which whole texts are made that say that there is nothing to say.
const NOTHING: [&str; 30] = [
    "a",
    "à",
    "aucun",
    "aucune",
    "connu",
    "connue",
    "de",
    "définir",
    "disponible",
    "est",
    "inconnu",
    "inconnue",
    "la",
    "le",
    "motif",
    "ne",
    "néant",
    "non",
    "pas",
    "préciser",
    "précisé",
    "précisée",
    "raison",
    "renseigné",
    "renseignée",
    "rien",
    "sans",
    "source",
    "vérifier",
    "voir",
];

/// Words that deny what follows them, and those that may stand between.
const DENIALS: [&str; 6] = ["aucun", "aucune", "jamais", "ni", "pas", "sans"];
const BETWEEN: [&str; 9] = ["d", "de", "du", "encore", "l", "la", "le", "un", "une"];

pub(super) fn check(lens: &mut Lens<'_>, subject: &Subject<'_>, somebody: &Invented) {
    let reason = text(subject.entry.because());
    let mut texts = vec![
        ("son motif", &*reason),
        ("sa source", subject.entry.source()),
    ];
    if let Entry::Rule(rule) = subject.entry {
        let of_unless = rule.unless.as_ref().and_then(|one| one.sourced.as_ref());
        texts.extend(of_unless.map(|sourced| ("la source de `unless`", &*sourced.source)));
    }
    for (what, said) in texts {
        if says_nothing(said) {
            let message = format!(
                "`{}` : {what}, « {said} », ne dit rien à personne",
                subject.entry.id()
            );
            lens.remark(subject, Mistake::EmptyReason, message, Some(somebody));
        }
    }
    let Entry::Rule(_) = subject.entry else {
        // A track is told by what nobody concluded, too: « rien de ce qui est connu … ».
        return;
    };
    let model = subject.model();
    let read = reads(
        &model.dictionary,
        &model.tables,
        &subject.verdict,
        subject.on(),
    );
    let read: BTreeSet<FactId> = read.into_iter().collect();
    let spoken: Vec<String> = words(&reason).collect();
    let told = not_for_all(lens, subject, &read, &spoken);
    the_opposite(lens, subject, (&read, &told), &reason);
    let mut untested: Vec<(&str, FactId)> = Vec::new();
    for (id, fact) in model.dictionary.iter() {
        for word in &fact.words {
            if is_spoken(word, &spoken) && !read.contains(&id) {
                untested.push((word, id));
            }
        }
    }
    // A word may speak of several facts: one that is tested is enough.
    untested.retain(|(word, _)| {
        !model.dictionary.iter().any(|(id, fact)| {
            read.contains(&id) && fact.words.iter().any(|other| other.as_ref() == *word)
        })
    });
    let mut told = BTreeSet::new();
    for (word, id) in untested {
        if !told.insert(word) {
            continue;
        }
        let fact = model.dictionary.fact(id);
        let mut person = somebody.clone();
        // Told either way, the proposal stays the same: its reason is right for one of them only.
        if matches!(fact.kind, Kind::Flag) {
            person.told.push((id, Knowledge::from(true)));
        }
        let message = format!(
            "le motif de `{}` parle de « {word} », et sa condition ne teste pas `{}`, par exemple pour : {}",
            subject.entry.id(),
            fact.name,
            person.in_french(model, subject.on())
        );
        lens.remark(subject, Mistake::UntestedReason, message, Some(&person));
    }
}

/// A reason that speaks of what the condition tests, while the rule holds for somebody for
/// whom none of these tests comes out as it wants them; the facts of which it speaks so.
fn not_for_all(
    lens: &mut Lens<'_>,
    subject: &Subject<'_>,
    read: &BTreeSet<FactId>,
    spoken: &[String],
) -> BTreeSet<FactId> {
    let model = subject.model();
    let (tables, on) = (&model.tables, subject.on());
    let mut of_words: BTreeMap<&str, BTreeSet<FactId>> = BTreeMap::new();
    for id in read {
        for word in &model.dictionary.fact(*id).words {
            if is_spoken(word, spoken) {
                of_words.entry(word).or_default().insert(*id);
            }
        }
    }
    let mut groups: Vec<(&str, BTreeSet<FactId>)> = of_words.into_iter().collect();
    // « sans permis ou sans voiture »: one of them is enough.
    if spoken.iter().any(|word| word == "ou") {
        let all = groups
            .iter()
            .flat_map(|(_, facts)| facts)
            .copied()
            .collect();
        groups.truncate(1);
        if let Some((_, facts)) = groups.first_mut() {
            *facts = all;
        }
    }
    let mut sought: BTreeSet<BTreeSet<FactId>> = BTreeSet::new();
    let mut told = BTreeSet::new();
    for (word, facts) in groups {
        let left = Left::of(&subject.verdict, tables, on, &mut |atom| {
            let atom = Cond::Atom(atom.clone());
            let read = reads(&model.dictionary, tables, &atom, on);
            read.iter().any(|id| facts.contains(id))
        });
        if left.is_nothing() || !sought.insert(facts.clone()) {
            continue;
        }
        let Sought::Found(person) = subject.somebody(&left.alone()) else {
            continue;
        };
        let message = format!(
            "le motif de `{}` parle de « {word} », et la règle s'ouvre aussi à qui ne remplit rien de ce que sa condition en teste, par exemple à : {}",
            subject.entry.id(),
            person.in_french(model, on)
        );
        lens.remark(subject, Mistake::UntestedReason, message, Some(&person));
        told.extend(facts);
    }
    told
}

/// « Sans permis » of a rule that holds for somebody who has one.
fn the_opposite(
    lens: &mut Lens<'_>,
    subject: &Subject<'_>,
    (read, told): (&BTreeSet<FactId>, &BTreeSet<FactId>),
    reason: &str,
) {
    // « sans permis ou loin de tout »: the other may be the reason.
    if words(reason).any(|word| word == "ou") {
        return;
    }
    let clauses: Vec<Vec<String>> = clauses(reason).collect();
    let model = subject.model();
    // A word may speak of several facts, of which one that is wanting is enough: all are known
    // to say yes, or nothing is known.
    let mut of_words: BTreeMap<&str, Option<Vec<Cond>>> = BTreeMap::new();
    for id in read {
        let fact = model.dictionary.fact(*id);
        let denied = fact.words.iter().filter(|word| is_denied(word, &clauses));
        let says_yes = matches!(fact.kind, Kind::Flag) && !told.contains(id);
        let yes = says_yes.then(|| {
            Cond::Atom(Atom {
                slot: Slot::Fact(*id),
                target: Target::Set(ValueSet::point(1)),
            })
        });
        for word in denied {
            let all = of_words.entry(word).or_insert_with(|| Some(Vec::new()));
            match (all.as_mut(), &yes) {
                (Some(all), Some(yes)) => all.push(yes.clone()),
                _ => *all = None,
            }
        }
    }
    let mut shown = Vec::new();
    for (word, has) in of_words {
        let Some(has) = has else { continue };
        let parts = [subject.verdict.clone()].into_iter().chain(has);
        let Sought::Found(person) = subject.somebody(&Cond::And(parts.collect())) else {
            continue;
        };
        // Two words of one fact are one remark.
        if shown.contains(&person) {
            continue;
        }
        let message = format!(
            "le motif de `{}` nie « {word} », et la règle s'ouvre aussi à qui répond oui, par exemple à : {}",
            subject.entry.id(),
            person.in_french(model, subject.on())
        );
        lens.remark(subject, Mistake::UntestedReason, message, Some(&person));
        shown.push(person);
    }
}

/// What a reason says in its own words.
fn text(template: &Template) -> String {
    let pieces = template.0.iter().map(|piece| match piece {
        Piece::Text(text) => text,
        Piece::Body | Piece::Named(_) | Piece::Value(_) => "…",
    });
    pieces.collect()
}

fn says_nothing(said: &str) -> bool {
    let letters = said.chars().filter(|letter| letter.is_alphabetic()).count();
    let said = said.trim().to_lowercase();
    letters < 4
        || PLACEHOLDERS
            .iter()
            .any(|placeholder| said.starts_with(placeholder))
        || words(&said).all(|word| NOTHING.contains(&&*word))
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Whether the word or its plural is among those spoken; of several words, all of them in a row.
fn is_spoken(word: &str, spoken: &[String]) -> bool {
    !places(word, spoken).is_empty()
}

/// Whether it is spoken as what is wanting: « sans permis », « pas encore le permis ». Of « ce n'est
/// pas le permis qui manque » it is not.
fn is_denied(word: &str, clauses: &[Vec<String>]) -> bool {
    let length = words(word).count();
    clauses.iter().any(|spoken| {
        places(word, spoken).into_iter().any(|place| {
            let before = spoken.iter().take(place).rev();
            let mut before = before.skip_while(|word| BETWEEN.contains(&word.as_str()));
            let after = spoken.get(place.saturating_add(length));
            before
                .next()
                .is_some_and(|word| DENIALS.contains(&word.as_str()))
                && after.is_none_or(|after| !["qui", "que"].contains(&after.as_str()))
        })
    })
}

/// The words between two marks: what stands before a mark denies nothing after it.
fn clauses(text: &str) -> impl Iterator<Item = Vec<String>> {
    let marks = [',', '.', ';', ':', '!', '?', '(', ')', '«', '»', '–', '—'];
    let clauses = text.split(marks);
    clauses.map(|clause| words(clause).collect())
}

/// Where it begins, each time.
fn places(word: &str, spoken: &[String]) -> Vec<usize> {
    let wanted: Vec<String> = words(word).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let same = |spoken: &str, wanted: &str| {
        spoken == wanted
            || spoken
                .strip_prefix(wanted)
                .is_some_and(|ending| matches!(ending, "s" | "x"))
    };
    let windows = spoken.windows(wanted.len()).enumerate();
    windows
        .filter(|(_, window)| {
            let mut pairs = window.iter().zip(&wanted);
            pairs.all(|(spoken, wanted)| same(spoken, wanted))
        })
        .map(|(place, _)| place)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_in_the_plural_and_in_a_row() {
        let spoken: Vec<String> = words("Vos deux voitures, en transport en commun.").collect();
        assert!(is_spoken("voiture", &spoken));
        assert!(is_spoken("transport en commun", &spoken));
        assert!(!is_spoken("transport commun", &spoken));
        assert!(!is_spoken("voit", &spoken));
        assert!(!is_spoken("", &spoken));
    }

    #[test]
    fn what_is_wanting_is_denied() {
        for (text, denied) in [
            ("Sans permis, votre recherche est plus difficile.", true),
            ("Vous n'avez pas encore le permis.", true),
            ("Ni voiture, ni permis.", true),
            ("Sans voiture, une aide au permis est prévue.", false),
            ("Votre permis ne vous suffit pas.", false),
            (
                "Vous ne travaillez pas : le permis que vous avez vous aide.",
                false,
            ),
            ("Plus que jamais, le permis compte.", false),
            ("Ce n'est pas le permis qui manque.", false),
            ("Sans attendre le permis, une voiture aide.", false),
        ] {
            let clauses: Vec<Vec<String>> = clauses(text).collect();
            assert_eq!(is_denied("permis", &clauses), denied, "{text}");
        }
    }

    #[test]
    fn a_reason_still_to_be_written_says_nothing() {
        for nothing in [
            "",
            "…",
            "?",
            " . ",
            "2021",
            "loi",
            "À compléter",
            "TODO : demander",
            "xxx",
            "Aucune",
            "aucune source",
            "Source inconnue",
            "source non renseignée",
            "Sans source.",
            "Pas de source",
            "à vérifier",
            "néant",
            "Lorem ipsum dolor sit amet",
        ] {
            assert!(says_nothing(nothing), "{nothing}");
        }
        assert!(!says_nothing("essai"));
        assert!(!says_nothing("Aucune ressource n'est connue."));
        assert!(!says_nothing("Sans permis"));
        assert!(!says_nothing(
            "Votre allocation d'insertion complète vos ressources."
        ));
    }
}
