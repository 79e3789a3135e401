//! Laws of merging, erasing and resolving, on random exchanges.

mod erased;
mod full;
mod hidden;
mod progress;
mod retention;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use self::retention::SHORT;
use super::*;
use crate::fact::{Means, Rows, Value, Without};
use crate::vocabulary::{BodyId, Cents, Code, FactName};
use crate::{Engine, Knowledge, Pack};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(&Pack::marne().unwrap()));

fn start() -> NaiveDate {
    "2024-09-01".parse().unwrap()
}

fn day(after: u64) -> NaiveDate {
    start() + Days::new(after)
}

fn fact(name: &str) -> FactName {
    FactName::parse(name).unwrap()
}

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

fn bodies() -> impl Strategy<Value = BodyId> {
    let bodies = [
        "caf-51",
        "pole-emploi",
        "ml-reims",
        "departement-marne",
        "cpam-51",
        // Their very names tell something.
        "cap-emploi-51",
        "spip",
    ];
    prop::sample::select(bodies.to_vec()).prop_map(|body| BodyId::parse(body).unwrap())
}

/// What may be said of a few facts of different types, some of it unreadable for any pack.
fn statements() -> impl Strategy<Value = (FactName, Knowledge)> {
    let levels = ["absent", "light", "moderate", "blocking", "unheard-of"];
    let level = prop::sample::subsequence(levels.to_vec(), 1..=3)
        .prop_map(|levels| Knowledge::one_of(levels.into_iter().map(code)))
        .prop_map(|said| (fact("barrier.mobility"), said));
    let flag = any::<bool>().prop_map(|flag| (fact("licence.b"), Knowledge::from(flag)));
    let money = (0_i64..3, 0_i64..3).prop_map(|(from, more)| {
        let between = Knowledge::between(Cents::new(from * 100), Cents::new((from + more) * 100));
        (fact("resources.monthly"), between)
    });
    let channels = ["post", "phone", "email"].map(code);
    let channels = prop::collection::vec(0_u8..3, 3)
        .prop_filter("something is said", |places| {
            places.iter().any(|place| *place > 0)
        })
        .prop_map(move |places| {
            let chosen = |wanted: u8| -> BTreeSet<Code> {
                let pairs = channels.iter().zip(&places);
                pairs
                    .filter(|(_, place)| **place == wanted)
                    .map(|(code, _)| code.clone())
                    .collect()
            };
            let said = Knowledge::Members {
                with: chosen(1),
                without: Without::These(chosen(2)),
            };
            (fact("contact.channels"), said)
        });
    let children = prop::collection::vec((0_u64..2000, any::<bool>()), 0..3).prop_map(|children| {
        let row = |(born, at_home): &(u64, bool)| {
            let born = Knowledge::from(start() - Days::new(*born));
            let row = [
                (fact("birth_date"), born),
                (fact("at_home"), Knowledge::from(*at_home)),
            ];
            row.into_iter().collect()
        };
        let rows = Rows {
            rows: children.iter().map(row).collect(),
            complete: true,
        };
        (fact("children"), Knowledge::from(rows))
    });
    let none = Just((fact("are.daily"), Knowledge::none()));
    let unknown = any::<bool>().prop_map(|flag| (fact("spaceship.docked"), Knowledge::from(flag)));
    let closed = (any::<bool>(), any::<bool>()).prop_map(|(health, flag)| {
        let name = if health {
            "health.temporary_unfit"
        } else {
            "justice.measure"
        };
        (fact(name), Knowledge::from(flag))
    });
    prop_oneof![4 => level, 3 => flag, 2 => money, 2 => channels, 2 => children, 1 => none, 1 => unknown, 2 => closed]
}

fn observations() -> impl Strategy<Value = Observation> {
    let means = [
        Means::Declared,
        Means::Attested,
        Means::Assessed,
        Means::Computed,
    ];
    let means = prop::sample::select(means.to_vec());
    let silent = prop_oneof![8 => Just(None), 1 => Just(Some(Said::Declined)), 1 => Just(Some(Said::AskedUnknown))];
    let remark = prop::option::weighted(0.2, Just("À revoir avec la personne.".to_owned()));
    (
        bodies(),
        means,
        0_u64..400,
        0_u64..30,
        statements(),
        silent,
        remark,
    )
        .prop_map(
            |(by, means, observed, later, (fact, known), silent, remark)| Observation {
                by,
                means,
                observed_on: day(observed),
                recorded_on: day(observed + later),
                fact,
                said: silent.unwrap_or(Said::Known(known)),
                remark,
            },
        )
}

fn erasures() -> impl Strategy<Value = Erasure> {
    let names = [
        "barrier.mobility",
        "licence.b",
        "children",
        "spaceship.docked",
    ]
    .map(fact);
    let scope = prop_oneof![
        1 => Just(Scope::All),
        3 => prop::sample::select(names.to_vec()).prop_map(Scope::Fact),
    ];
    let ground = prop_oneof![
        Just(ErasureGround::Request),
        Just(ErasureGround::Retention),
        Just(ErasureGround::Court),
        Just(ErasureGround::WrongPerson),
        bodies().prop_map(|by| ErasureGround::Upheld { by }),
    ];
    (bodies(), scope, 0_u64..400, ground).prop_map(|(by, scope, up_to, ground)| Erasure {
        by,
        scope,
        up_to: day(up_to),
        recorded_on: day(up_to + 1),
        ground,
    })
}

/// What is handed over in one go.
#[derive(Clone)]
enum Sent {
    Entry(Entry),
    Erasure(Erasure),
}

impl std::fmt::Debug for Sent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Entry(entry) => entry.fmt(f),
            Self::Erasure(erasure) => erasure.fmt(f),
        }
    }
}

/// The bytes of an entry as a later version might write it.
fn of_a_later_version(entry: impl Into<Entry>) -> Entry {
    let mut bytes = entry.into().encode();
    bytes[5] = 2;
    bytes.extend(*b"more");
    Entry::Newer(Newer::parse(bytes).unwrap())
}

/// A withdrawal that says another body, fact or day than its target, or takes back what a later
/// version says.
fn crooked(said: &Observation, other: BodyId, kind: u8) -> Entry {
    let on = said.recorded_on;
    let mut retraction = said.retracted(on, WithdrawalReason::Mistake);
    match kind {
        0 => retraction.by = other,
        1 => retraction.fact = fact("licence.b"),
        2 => retraction.observed_on = said.observed_on - Days::new(1),
        3 => retraction.target = EntryId::of(&of_a_later_version(said.clone())),
        _ => {
            let asked = said.contested(other, on, WithdrawalReason::Contested);
            retraction.target = EntryId::of(&of_a_later_version(asked));
        }
    }
    retraction.into()
}

/// Observations, retractions and requests about them, straight or not, later versions, erasures.
fn exchanges(most: usize) -> impl Strategy<Value = Vec<Sent>> {
    let one = (observations(), 0_u8..18, bodies(), any::<bool>());
    let entries = prop::collection::vec(one, 0..most);
    let erasures = prop::collection::vec(erasures(), 0..4);
    (entries, erasures).prop_map(|(entries, erasures)| {
        let mut sent: Vec<Sent> = Vec::new();
        for (observation, kind, other, both) in entries {
            let on = observation.recorded_on;
            let about = match kind {
                0 => Some(Entry::from(
                    observation.retracted(on, WithdrawalReason::Mistake),
                )),
                1 => Some(
                    observation
                        .contested(other, on, WithdrawalReason::Contested)
                        .into(),
                ),
                2 => Some(of_a_later_version(observation.clone())),
                3 => {
                    let asked = observation.contested(other, on, WithdrawalReason::Contested);
                    Some(of_a_later_version(asked))
                }
                4..9 => Some(crooked(&observation, other, kind - 4)),
                _ => None,
            };
            // What is taken back may never arrive, or after.
            if both || about.is_none() {
                sent.push(Sent::Entry(observation.into()));
            }
            sent.extend(about.map(Sent::Entry));
        }
        sent.extend(erasures.into_iter().map(Sent::Erasure));
        sent
    })
}

fn person() -> PersonRef {
    PersonRef::parse("dossier-12").unwrap()
}

fn receive(diagnostic: &mut Diagnostic, sent: &Sent) {
    match sent.clone() {
        Sent::Entry(entry) => diagnostic.receive(entry).map(drop).unwrap(),
        Sent::Erasure(erasure) => diagnostic.erase(erasure).map(drop).unwrap(),
    }
}

fn diagnostic(sent: &[Sent]) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(person());
    for one in sent {
        receive(&mut diagnostic, one);
    }
    diagnostic
}

fn bytes(diagnostic: &Diagnostic) -> String {
    serde_json::to_string(diagnostic).unwrap()
}

proptest! {
    /// Whoever merges what with whom, first or last, once or twice, ends up with the same bytes: what
    /// one holds may be held by another as well, or be about what another holds.
    #[test]
    fn merging_has_no_order(
        sent in exchanges(20),
        with in prop::collection::vec(1_u8..8, 24),
    ) {
        let held_by = |who: u8| {
            let parts = sent.iter().zip(&with).filter(|(_, with)| **with & who != 0);
            diagnostic(&parts.map(|(one, _)| one.clone()).collect::<Vec<_>>())
        };
        let (a, b, c) = (held_by(1), held_by(2), held_by(4));
        let ab = a.merge(&b).unwrap();
        prop_assert_eq!(bytes(&ab), bytes(&b.merge(&a).unwrap()));
        prop_assert_eq!(
            bytes(&ab.merge(&c).unwrap()),
            bytes(&a.merge(&b.merge(&c).unwrap()).unwrap())
        );
        prop_assert_eq!(bytes(&ab.merge(&ab).unwrap()), bytes(&ab));
        prop_assert_eq!(bytes(&ab.merge(&a).unwrap()), bytes(&ab));
    }

    /// Entries one by one, in any order and some of them twice.
    #[test]
    fn receiving_has_no_order(
        (sent, shuffled) in exchanges(12)
            .prop_flat_map(|sent| (Just(sent.clone()), Just(sent).prop_shuffle())),
        twice in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
    ) {
        let mut again = shuffled.clone();
        if !shuffled.is_empty() {
            again.extend(twice.iter().map(|index| index.get(&shuffled).clone()));
        }
        prop_assert_eq!(bytes(&diagnostic(&sent)), bytes(&diagnostic(&again)));
    }

    /// What was handed on is read as it was written.
    #[test]
    fn what_is_written_is_read_again(sent in exchanges(12)) {
        let diagnostic = diagnostic(&sent);
        let again = Diagnostic::parse(&bytes(&diagnostic)).unwrap();
        prop_assert_eq!(&again, &diagnostic);
        prop_assert_eq!(bytes(&again), bytes(&diagnostic));
    }

    /// What a store kept of it is read as it was, byte for byte.
    #[test]
    fn what_is_stored_is_read_again(sent in exchanges(12)) {
        let diagnostic = diagnostic(&sent);
        // In whatever order it was written, all of it at once is what was received one by one.
        let of_one_kind = |sent: &Sent| match sent {
            Sent::Entry(entry) => (Some(entry.clone()), None),
            Sent::Erasure(erasure) => (None, Some(erasure.clone())),
        };
        let (entries, erasures): (Vec<_>, Vec<_>) = sent.iter().map(of_one_kind).unzip();
        let (entries, erasures) = (entries.into_iter().flatten(), erasures.into_iter().flatten());
        let at_once = Diagnostic::restore(person(), entries, erasures).unwrap();
        prop_assert_eq!(bytes(&at_once), bytes(&diagnostic));
        let mut again = Diagnostic::new(person());
        for (_, entry) in diagnostic.entries() {
            let read = Entry::decode(&entry.encode()).unwrap();
            prop_assert_eq!(&read, entry);
            again.receive(read).unwrap();
        }
        for (_, erasure) in diagnostic.erasures() {
            let read = Erasure::decode(&erasure.encode()).unwrap();
            prop_assert_eq!(&read, erasure);
            again.erase(read).unwrap();
        }
        prop_assert_eq!(bytes(&again), bytes(&diagnostic));
    }

    /// What was damaged in a store is refused, or is another statement in its one form: never a
    /// second form of the same.
    #[test]
    fn damaged_bytes_have_no_second_form(
        said in observations(),
        erasure in erasures(),
        place in any::<prop::sample::Index>(),
        damage in 0_u8..3,
        byte in any::<u8>(),
    ) {
        let damaged = |mut bytes: Vec<u8>| {
            let place = place.index(bytes.len());
            match damage {
                0 => bytes[place] = byte,
                1 => bytes.truncate(place),
                _ => bytes.insert(place, byte),
            }
            bytes
        };
        let bytes = damaged(Entry::from(said).encode());
        if let Ok(entry) = Entry::decode(&bytes) {
            prop_assert_eq!(entry.encode(), bytes);
        }
        let bytes = damaged(erasure.encode());
        if let Ok(erasure) = Erasure::decode(&bytes) {
            prop_assert_eq!(erasure.encode(), bytes);
        }
    }

    /// The person keeps what an erasure does not cover.
    #[test]
    fn an_erasure_takes_nothing_else(sent in exchanges(10), erasure in erasures()) {
        let before = diagnostic(&sent);
        let mut after = before.clone();
        after.erase(erasure.clone()).unwrap();
        for (id, entry) in before.entries() {
            let kept = after.entries().any(|(other, _)| other == id);
            let in_scope = match &erasure.scope {
                Scope::All => true,
                Scope::Fact(fact) => fact == entry.fact(),
            };
            let of_all = matches!(erasure.ground, ErasureGround::Court | ErasureGround::WrongPerson);
            let of = |body: &BodyId| {
                of_all || *body == erasure.by
                    || matches!(&erasure.ground, ErasureGround::Upheld { by } if by == body)
            };
            let goes = in_scope
                && entry.observed_on() <= erasure.up_to
                && (of(entry.of()) || (erasure.ground != ErasureGround::Retention && of(entry.by())));
            prop_assert_eq!(kept, !goes, "{:?}", entry);
        }
    }

    /// The level that stands is the one that the definition gives, read word by word.
    #[test]
    fn a_level_stands_as_the_definition_says(sent in exchanges(12), asked in 0_u64..500) {
        let diagnostic = diagnostic(&sent);
        let date = day(asked);
        let found = diagnostic.resolve(&ENGINE.at(date));
        let found = found.facts.get("barrier.mobility");
        let expected = by_the_definition(&diagnostic, date);
        let found = found.and_then(|state| {
            let value = state.value.clone()?;
            Some((value, state.status == Status::Disputed))
        });
        prop_assert_eq!(found, expected);
    }
}

/// Levels of a barrier and their labels, lowest first.
const LEVELS: [(&str, &str); 4] = [
    ("absent", "sans difficulté"),
    ("light", "difficulté légère"),
    ("moderate", "difficulté importante"),
    ("blocking", "difficulté bloquante"),
];

fn in_words(codes: &BTreeSet<&str>) -> String {
    let words = LEVELS.iter().filter(|(code, _)| codes.contains(code));
    let words: Vec<&str> = words.map(|(_, label)| *label).collect();
    match words.as_slice() {
        all if all.len() == LEVELS.len() => "inconnu".to_owned(),
        [first @ .., last] if !first.is_empty() => format!("{} ou {last}", first.join(", ")),
        words => words.concat(),
    }
}

/// A body takes back its own word of that fact and day, and nothing else.
fn is_taken_back(held: &Diagnostic, id: &EntryId) -> bool {
    let said = &held.entries[id];
    held.entries().any(|(_, entry)| {
        matches!(entry, Entry::Retraction(back) if back.target == *id
            && (&back.by, &back.fact, back.observed_on) == (said.by(), said.fact(), said.observed_on()))
    })
}

/// Who has authority over the level of a barrier is whoever assessed it; it counts for six months.
fn by_the_definition(diagnostic: &Diagnostic, date: NaiveDate) -> Option<(String, bool)> {
    let mut said: Vec<(&BodyId, NaiveDate, bool, BTreeSet<&str>)> = Vec::new();
    for (id, entry) in diagnostic.entries() {
        let Entry::Observation(one) = entry else {
            continue;
        };
        let Said::Known(Knowledge::OneOf(values)) = &one.said else {
            continue;
        };
        let stale = one.observed_on + chrono::Months::new(6) < date;
        if one.fact.as_str() != "barrier.mobility"
            || is_taken_back(diagnostic, id)
            || one.observed_on > date
            || stale
        {
            continue;
        }
        let codes: BTreeSet<&str> = values
            .iter()
            .filter_map(|value| match value {
                Value::Code(code) => Some(code.as_str()),
                _ => None,
            })
            .collect();
        // A code that the pack does not know makes the whole unreadable.
        if codes
            .iter()
            .all(|code| LEVELS.iter().any(|(known, _)| known == code))
        {
            said.push((
                &one.by,
                one.observed_on,
                one.means == Means::Assessed,
                codes,
            ));
        }
    }
    let latest: Vec<_> = said
        .iter()
        .filter(|one| {
            said.iter()
                .all(|other| other.0 != one.0 || other.1 <= one.1)
        })
        .collect();
    let group = |authority: bool| -> Option<(BTreeSet<&str>, bool)> {
        let sets: Vec<_> = latest
            .iter()
            .filter(|one| one.2 == authority)
            .map(|one| &one.3)
            .collect();
        let all: BTreeSet<&str> = sets.iter().flat_map(|set| set.iter().copied()).collect();
        let common: BTreeSet<&str> = all
            .iter()
            .copied()
            .filter(|code| sets.iter().all(|set| set.contains(code)))
            .collect();
        match (sets.is_empty(), common.is_empty()) {
            (true, _) => None,
            (false, true) => Some((all, true)),
            (false, false) => Some((common, false)),
        }
    };
    let (stands, quarrel) = match (group(true), group(false)) {
        (None, None) => return None,
        (Some(one), None) | (None, Some(one)) => one,
        (Some(strong), Some(weak)) => {
            let common: BTreeSet<&str> = strong.0.intersection(&weak.0).copied().collect();
            if common.is_empty() {
                strong
            } else {
                (common, strong.1 || weak.1)
            }
        }
    };
    // Who allows nothing of it is overruled: they quarrel with nobody.
    let left: Vec<_> = latest
        .iter()
        .filter(|one| !one.3.is_disjoint(&stands))
        .collect();
    let together = |code: &&str| left.iter().all(|one| one.3.contains(code));
    let disputed = quarrel && stands.len() > 1 && !stands.iter().any(together);
    if !disputed {
        return Some((in_words(&stands), false));
    }
    // Who leaves open what two others disagree about takes no side.
    let takes_a_side = |codes: &BTreeSet<&str>| {
        !left
            .iter()
            .any(|other| other.3 != *codes && other.3.is_subset(codes))
    };
    let sides = left.iter().filter(|one| takes_a_side(&one.3));
    let sides: BTreeSet<String> = sides.map(|one| in_words(&one.3)).collect();
    let sides: Vec<String> = sides.into_iter().collect();
    Some((sides.join(" ou "), true))
}

/// A thousand exchanges, some of them twice, in two orders.
#[test]
fn a_thousand_exchanges_end_up_equal() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    // Erasures that leave something to compare: of all that is said, those of the first days.
    let of_all = |one: &Sent, from: u64| {
        matches!(one, Sent::Erasure(erasure)
            if erasure.scope == Scope::All && erasure.up_to >= day(from))
    };
    let mut sent: Vec<Sent> = Vec::new();
    while sent.len() < 1000 {
        sent.extend(exchanges(200).new_tree(&mut runner).unwrap().current());
        sent.retain(|one| !of_all(one, 60));
    }
    let some = |of: &dyn Fn(&Sent) -> bool| sent.iter().any(of);
    assert!(some(&|one| of_all(one, 0)), "no erasure of all");
    assert!(some(&|one| matches!(
        one,
        Sent::Entry(Entry::Retraction(_))
    )));
    assert!(some(&|one| matches!(one, Sent::Entry(Entry::Newer(_)))));
    let again: Vec<Sent> = sent.iter().step_by(7).cloned().collect();
    sent.extend(again);
    let expected = bytes(&diagnostic(&sent));
    assert!(
        expected.len() > 50_000,
        "little is left: {} bytes",
        expected.len()
    );
    for _ in 0..20 {
        let shuffled = Just(sent.clone())
            .prop_shuffle()
            .new_tree(&mut runner)
            .unwrap()
            .current();
        assert_eq!(bytes(&diagnostic(&shuffled)), expected);
        // The same handed over in parcels, merged as they come.
        let parcels = shuffled.chunks(90).map(diagnostic);
        let merged = parcels.reduce(|one, other| one.merge(&other).unwrap());
        assert_eq!(bytes(&merged.unwrap()), expected);
    }
}
