//! What do sensitive facts, and the grounds that the law protects, change?

use super::lens::{Entry, Lens, Shown, Sought, Subject, seek};
use crate::fact::dictionary::Kind;
use crate::fact::{Knowledge, Rows, Value};
use crate::pack::Engine;
use crate::profile::answers::questions::{Question, Questions};
use crate::profile::answers::search::Chosen;
use crate::rule::condition::Cond;
use crate::vocabulary::Mistake;

/// From this sensitivity on, a fact is asked for good reason only: health, family
/// troubles, justice.
const SENSITIVE: u8 = 2;

pub(super) fn of_rule(lens: &mut Lens<'_>, subject: &Subject<'_>) {
    let Entry::Rule(rule) = subject.entry else {
        return;
    };
    in_vain(lens, subject, &subject.verdict);
    lowers(lens, subject);
    let mut found = without_law(subject, &rule.when, subject.entry.source());
    if let Some(unless) = &rule.unless {
        let source = unless.sourced.as_ref().map(|sourced| &*sourced.source);
        let source = source.unwrap_or(subject.entry.source());
        found.extend(without_law(subject, &unless.when, source));
    }
    lens.remark_on_facts(subject, subject.entry.place(), Mistake::NoLaw, &found);
}

pub(super) fn of_track(lens: &mut Lens<'_>, subject: &Subject<'_>) {
    let Entry::Track(track) = subject.entry else {
        return;
    };
    if let Some(when) = &track.when {
        in_vain(lens, subject, when);
        let found = without_law(subject, when, subject.entry.source());
        lens.remark_on_facts(subject, subject.entry.place(), Mistake::NoLaw, &found);
    }
}

/// Eligibility is written once: its remark stands at the scheme.
pub(super) fn of_schemes(lens: &mut Lens<'_>, engine: &Engine) {
    let model = engine.model();
    for (place, dated) in model.network.schemes.iter().enumerate() {
        for (period, scheme) in &dated.versions {
            let Some(eligible) = &scheme.eligible else {
                continue;
            };
            // Any rule that proposes it shows what comes out.
            let rule = model.rules.iter().find_map(|(of_rule, rule)| {
                (rule.scheme.0 == place && of_rule.overlaps(*period)).then_some((of_rule, rule))
            });
            let Some(subject) = rule.and_then(|(of_rule, rule)| {
                let days = engine.days(*period).into_iter();
                let mut days = days.filter(|day| of_rule.contains(*day));
                Subject::on_day(engine, days.next_back()?, rule)
            }) else {
                continue;
            };
            let found = without_law(&subject, eligible, &scheme.sourced.source);
            let place = (scheme.at, &scheme.answers);
            lens.remark_on_facts(&subject, place, Mistake::NoLaw, &found);
        }
    }
}

/// The same answers, with one to the question at a place.
fn with(chosen: &Chosen, place: usize, answer: usize) -> Vec<Option<usize>> {
    let mut chosen = chosen.to_vec();
    if let Some(slot) = chosen.get_mut(place) {
        *slot = Some(answer);
    }
    chosen
}

/// Somebody for whom a condition holds with one answer, and not with the other.
fn turned(
    cond: &Cond,
    questions: &Questions<'_>,
    place: usize,
    (holds, fails): (usize, usize),
) -> Sought {
    seek(questions, &[place], |chosen| {
        let first = questions.truth(cond, &with(chosen, place, holds));
        if first == crate::rule::Truth::False {
            return first;
        }
        first.and(questions.truth(cond, &with(chosen, place, fails)).not())
    })
}

/// A sensitive fact whose answer never changes anything.
fn in_vain(lens: &mut Lens<'_>, subject: &Subject<'_>, cond: &Cond) {
    let questions = Questions::new(subject.model(), subject.on(), &[cond]);
    for (place, question) in questions.asked.iter().enumerate() {
        let fact = subject.model().dictionary.fact(question.fact);
        if fact.sensitivity < SENSITIVE || !question.direct {
            continue;
        }
        let mut sure = String::new();
        let answers = 0..question.answers.len();
        let changes = answers.clone().any(|holds| {
            answers.clone().any(|fails| {
                holds != fails && {
                    let sought = turned(cond, &questions, place, (holds, fails));
                    sure = sought.how_sure();
                    matches!(sought, Sought::Found(_))
                }
            })
        });
        if changes {
            continue;
        }
        let Sought::Found(person) = subject.somebody(cond) else {
            continue;
        };
        let message = format!(
            "`{}` demande `{}`, qui est sensible et ne change rien{sure}, par exemple pour : {}",
            subject.entry.id(),
            fact.name,
            person.in_french(subject.model(), subject.on())
        );
        lens.remark(subject, Mistake::SensitiveInVain, message, Some(&person));
    }
}

/// The answer of whom nothing is to be said: no, none, the least, an empty list.
fn neutral(question: &Question, kind: &Kind) -> Option<usize> {
    question.answers.iter().position(|answer| {
        let known = &answer.knowledge;
        match kind {
            Kind::Flag => *known == Knowledge::from(false),
            Kind::Level(_) | Kind::Integer { .. } => {
                let lowest = kind.domain().hull().map(|hull| hull.lo);
                lowest.is_some_and(|lowest| {
                    matches!(&answer.possible, crate::fact::possible::Possible::Scalar(set) if set.single() == Some(lowest))
                })
            }
            Kind::Codes(_) => *known == Knowledge::exactly([]),
            Kind::Records { .. } => {
                *known
                    == Knowledge::Rows(Rows {
                        rows: Vec::new(),
                        complete: true,
                    })
            }
            Kind::Date | Kind::Money { .. } | Kind::Code(_) => *known == Knowledge::from(Value::None),
        }
    })
}

/// A proposal that somebody loses for a sensitive fact, all else the same.
fn lowers(lens: &mut Lens<'_>, subject: &Subject<'_>) {
    let cond = &subject.verdict;
    let questions = Questions::new(subject.model(), subject.on(), &[cond]);
    let mut all = Vec::new();
    for (place, question) in questions.asked.iter().enumerate() {
        let fact = subject.model().dictionary.fact(question.fact);
        if fact.sensitivity < SENSITIVE || !question.direct {
            continue;
        }
        let Some(neutral) = neutral(question, &fact.kind) else {
            continue;
        };
        for affirmed in 0..question.answers.len() {
            if affirmed == neutral {
                continue;
            }
            let sought = turned(cond, &questions, place, (neutral, affirmed));
            let Sought::Found(mut person) = sought else {
                continue;
            };
            let answer = question.answers.get(affirmed);
            person
                .told
                .extend(answer.map(|answer| (question.fact, answer.knowledge.clone())));
            let message = format!(
                "`{}` n'est plus proposée à cause de `{}`, qui est sensible, par exemple à : {}",
                subject.entry.id(),
                fact.name,
                person.in_french(subject.model(), subject.on())
            );
            all.push(Shown {
                fact: fact.name.as_str().into(),
                message,
                person,
            });
            break;
        }
    }
    lens.remark_on_facts(
        subject,
        subject.entry.place(),
        Mistake::SensitiveLowers,
        &all,
    );
}

/// For each protected ground by which alone a condition tells people apart, one of them;
/// nobody where a text of law says so.
fn without_law(subject: &Subject<'_>, cond: &Cond, source: &str) -> Vec<Shown> {
    if is_law(source) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let questions = Questions::new(subject.model(), subject.on(), &[cond]);
    for (place, question) in questions.asked.iter().enumerate() {
        let fact = subject.model().dictionary.fact(question.fact);
        let Some(ground) = fact.protected.filter(|_| question.direct) else {
            continue;
        };
        let answers = 0..question.answers.len();
        let pairs = answers
            .clone()
            .flat_map(|holds| answers.clone().map(move |fails| (holds, fails)));
        for pair in pairs.filter(|(holds, fails)| holds != fails) {
            let Sought::Found(mut person) = turned(cond, &questions, place, pair) else {
                continue;
            };
            let answer = question.answers.get(pair.1);
            person
                .told
                .extend(answer.map(|answer| (question.fact, answer.knowledge.clone())));
            let message = format!(
                "`{}` distingue selon {} (`{}`) sans texte de loi dans sa source (« {source} »), par exemple pour : {}",
                subject.entry.id(),
                ground.in_french(),
                fact.name,
                person.in_french(subject.model(), subject.on())
            );
            found.push(Shown {
                fact: fact.name.as_str().into(),
                message,
                person,
            });
            break;
        }
    }
    found
}

/// Codes of law, after « Code » and what joins them.
const CODES: [&str; 14] = [
    "action sociale",
    "assurances",
    "civil",
    "commerce",
    "construction",
    "éducation",
    "entrée et du séjour",
    "général des collectivités",
    "mutualité",
    "pénal",
    "relations entre le public",
    "santé publique",
    "sécurité sociale",
    "travail",
];

/// Texts of law by their name.
const TEXTS: [&str; 14] = [
    "loi",
    "lois",
    "décret",
    "arrêté",
    "ordonnance",
    "casf",
    "ceseda",
    "cgct",
    "crpa",
    "règlement (ue",
    "directive (ue",
    "constitution",
    "conseil d'état",
    "délibération",
];

/// Whether a source names a text of law, by the words such texts are named with. A
/// deliberation is one with its number or its day.
fn is_law(source: &str) -> bool {
    let source = source.to_lowercase().replace('’', "'");
    let words: Vec<&str> = source
        .split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
        .collect();
    let has_number = source.bytes().any(|byte| byte.is_ascii_digit());
    let named = |name: &str| {
        if name.contains(' ') {
            source.contains(name)
        } else {
            words.contains(&name)
        }
    };
    let of_text = TEXTS
        .iter()
        .any(|name| named(name) && (*name != "délibération" || has_number));
    let of_code = words.contains(&"code") && CODES.iter().any(|code| named(code));
    of_text || of_code || has_article(&source)
}

/// « L.5411-6 », « R. 262-65-2 », « L262-29 »: the letter, at least three digits, and more
/// after a dash.
fn has_article(source: &str) -> bool {
    let compact = source.replace(['.', ' '], "");
    compact
        .split(|letter: char| !letter.is_alphanumeric() && letter != '-')
        .any(|word| {
            let after = word.rsplit_once(['l', 'r', 'd']).map(|(_, after)| after);
            let mut parts = after.unwrap_or("").split('-');
            let first = parts.next().unwrap_or("");
            let number =
                |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            first.len() >= 3 && number(first) && parts.next().is_some_and(number)
        })
}

#[cfg(test)]
mod tests {
    use super::is_law;

    #[test]
    fn a_text_of_law_is_told_by_its_name() {
        for law in [
            "CASF L.262-29",
            "Décret 2005-1225 ; service-public.fr",
            "loi 2023-1196",
            "R. 262-65-2",
            "Code du travail",
            "CESEDA, article 561-2",
            "Code de l'action sociale et des familles",
            "Délibération 2021-42 puis 2022-56",
            "art. D.262-65-2-1",
        ] {
            assert!(is_law(law), "{law}");
        }
        for other in [
            "Convention SPIE du 27 mai 2021",
            "Charte nationale AVIP",
            "usage local",
            "Choix du Département",
            "barème 2024",
            "Convention, annexe D1",
            "Code de conduite de l'association",
            "Délibération de la commune",
            "salle L3, lot D12",
            "",
        ] {
            assert!(!is_law(other), "{other}");
        }
    }
}
