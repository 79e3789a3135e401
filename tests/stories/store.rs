//! The tables of `docs/schema.sql`: what is written into them is read back as it was.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;
use rusqlite::{Connection, params};
use spie::diagnostic::{
    Account, Diagnostic, ENCODING_VERSION, Entry, EntryId, Erasure, ErasureGround, Newer, Scope,
};
use spie::orientation::decision::{
    Answer, Choice, Decision, DecisionRecord, ReplayOutcome, Subject,
};
use spie::vocabulary::{BodyId, PersonRef, SchemeId};
use spie::{Engine, Pack};

use crate::saying::{body, day, fact};
use crate::shared_diagnostic::family;

const SCHEMA: &str = include_str!("../../docs/schema.sql");
const VECTORS: &str = include_str!("../samples/encoding.json");
/// Written by [`the_rows_of_the_sample_are_those_of_the_family`], read by the step `postgres`.
const ROWS: &str = include_str!("../samples/store.sql");

/// Software around the library, down to its tables.
struct Store(Connection);

/// What the tables keep of an entry, beside its bytes.
struct Columns<'e> {
    entry: &'e Entry,
    kind: &'static str,
    version: u16,
}

impl<'e> Columns<'e> {
    fn of(entry: &'e Entry) -> Self {
        let (kind, version) = match entry {
            Entry::Observation(_) => ("observation", ENCODING_VERSION),
            Entry::Retraction(_) => ("retraction", ENCODING_VERSION),
            Entry::Rectification(_) => ("rectification", ENCODING_VERSION),
            Entry::Newer(newer) => ("newer", newer.version()),
            other => panic!("{other:?}"),
        };
        Self {
            entry,
            kind,
            version,
        }
    }
}

/// The column `ground`, and `upheld_by`: the names of the exchange in JSON.
fn ground(erasure: &Erasure) -> (String, Option<&BodyId>) {
    let written = serde_json::to_value(&erasure.ground).unwrap();
    match &erasure.ground {
        ErasureGround::Upheld { by } => ("upheld".to_owned(), Some(by)),
        _ => (written.as_str().unwrap().to_owned(), None),
    }
}

fn scope(erasure: &Erasure) -> Option<String> {
    match &erasure.scope {
        Scope::All => None,
        Scope::Fact(fact) => Some(fact.to_string()),
    }
}

impl Store {
    fn new() -> Self {
        let base = Connection::open_in_memory().unwrap();
        base.execute_batch("PRAGMA foreign_keys = ON").unwrap();
        base.execute_batch(SCHEMA).unwrap();
        Self(base)
    }

    /// Adds what is not there yet, and deletes what an erasure covers: writing a copy is merging it.
    fn write(&self, diagnostic: &Diagnostic) {
        let person = diagnostic.person().as_str();
        self.0
            .execute(
                "INSERT INTO person (reference, created_on) VALUES (?, '2025-01-01') \
                 ON CONFLICT DO NOTHING",
                [person],
            )
            .unwrap();
        for (id, erasure) in diagnostic.erasures() {
            let (ground, upheld_by) = ground(erasure);
            self.0
                .execute(
                    "INSERT INTO erasure (person, id, by_body, fact, up_to, recorded_on, ground, \
                     upheld_by, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    params![
                        person,
                        id.to_string(),
                        erasure.by.as_str(),
                        scope(erasure),
                        erasure.up_to.to_string(),
                        erasure.recorded_on.to_string(),
                        ground,
                        upheld_by.map(BodyId::as_str),
                        hex::encode(erasure.encode()),
                    ],
                )
                .unwrap();
        }
        for (id, entry) in diagnostic.entries() {
            self.insert(person, id, entry);
        }
        self.delete_what_is_covered();
    }

    fn insert(&self, person: &str, id: &EntryId, entry: &Entry) {
        let Columns {
            entry,
            kind,
            version,
        } = Columns::of(entry);
        self.0
            .execute(
                "INSERT INTO entry (person, id, kind, version, by_body, of_body, fact, \
                 observed_on, recorded_on, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
                 ON CONFLICT DO NOTHING",
                params![
                    person,
                    id.to_string(),
                    kind,
                    version,
                    entry.by().as_str(),
                    entry.of().as_str(),
                    entry.fact().as_str(),
                    entry.observed_on().to_string(),
                    entry.recorded_on().to_string(),
                    hex::encode(entry.encode()),
                ],
            )
            .unwrap();
    }

    /// The statement that the comments of the schema give.
    fn delete_what_is_covered(&self) -> usize {
        let (_, statement) = SCHEMA.split_once("--     DELETE").unwrap();
        let (statement, _) = statement.split_once(";\n").unwrap();
        let statement = format!("DELETE{}", statement.replace("\n--", ""));
        self.0.execute(&statement, []).unwrap()
    }

    fn covered(&self) -> BTreeSet<(String, String)> {
        let mut query = self
            .0
            .prepare("SELECT person, id FROM covered_entry")
            .unwrap();
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.unwrap().map(Result::unwrap).collect()
    }

    fn texts(&self, query: &str, of: &str) -> Vec<String> {
        let mut query = self.0.prepare(query).unwrap();
        let rows = query.query_map([of], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    /// What is held of one person: the bytes alone are read.
    fn read(&self, person: &PersonRef) -> Diagnostic {
        let mut held = Diagnostic::new(person.clone());
        let of = person.as_str();
        for bytes in self.texts("SELECT bytes FROM erasure WHERE person = ?", of) {
            let erasure = Erasure::decode(&hex::decode(bytes).unwrap()).unwrap();
            held.erase(erasure).unwrap();
        }
        for bytes in self.texts("SELECT bytes FROM entry WHERE person = ?", of) {
            let entry = Entry::decode(&hex::decode(bytes).unwrap()).unwrap();
            let id = held.receive(entry).unwrap();
            assert!(id.is_some(), "a covered entry is held");
        }
        held
    }

    fn count(&self, table: &str) -> i64 {
        let query = format!("SELECT count(*) FROM {table}");
        self.0.query_row(&query, [], |row| row.get(0)).unwrap()
    }

    fn use_policy(&self, pack: &Pack) {
        self.0
            .execute(
                "INSERT INTO policy (identity, id, title, supersedes, in_use_on) \
                 VALUES (?, ?, ?, ?, '2025-01-01')",
                params![pack.identity(), pack.id(), pack.title(), pack.supersedes()],
            )
            .unwrap();
    }

    fn disclose(&self, account: &Account) {
        self.0
            .execute(
                "INSERT INTO disclosure (id, person, recipient, name, shown_on, policy, erasures) \
                 VALUES ((SELECT count(*) FROM disclosure), ?, ?, ?, ?, ?, ?)",
                params![
                    account.person.as_str(),
                    account.recipient.as_str(),
                    account.name,
                    account.date.to_string(),
                    account.pack,
                    account.erasures,
                ],
            )
            .unwrap();
        for opening in &account.openings {
            let ground = serde_json::to_value(opening.ground).unwrap();
            self.0
                .execute(
                    "INSERT INTO opening (disclosure, fact, label, rule, ground, purpose, source, \
                     verified, entries) VALUES ((SELECT max(id) FROM disclosure), ?, ?, ?, ?, ?, \
                     ?, ?, ?)",
                    params![
                        opening.fact.as_str(),
                        opening.label,
                        opening.rule.as_deref().unwrap_or(""),
                        ground.as_str().unwrap(),
                        opening.purpose,
                        opening.source,
                        opening.verified,
                        opening.entries,
                    ],
                )
                .unwrap();
        }
    }
}

fn written(diagnostic: &Diagnostic) -> String {
    serde_json::to_string(diagnostic).unwrap()
}

fn erasure(by: &str, scope: Scope, ground: ErasureGround) -> Erasure {
    crate::saying::erasure(by, scope, "2025-03-10", ground)
}

#[test]
fn a_family_is_read_back_as_it_was_written() {
    let store = Store::new();
    let family = family();
    for diagnostic in &family {
        store.write(diagnostic);
        store.write(diagnostic);
    }
    let entries = family.iter().flat_map(Diagnostic::entries).count();
    assert_eq!(store.count("entry"), i64::try_from(entries).unwrap());
    for diagnostic in &family {
        let read = store.read(diagnostic.person());
        assert_eq!(&read, diagnostic);
        assert_eq!(written(&read), written(diagnostic));
    }
}

#[test]
fn an_erasure_deletes_the_rows_that_it_covers_and_no_copy_brings_them_back() {
    let store = Store::new();
    let mut family = family();
    let older = family.clone();
    for diagnostic in &family {
        store.write(diagnostic);
    }
    let mother = family.last_mut().unwrap();
    let held = mother.entries().count();
    let scope = Scope::Fact(fact("licence.b"));
    mother
        .erase(erasure("caf-51", scope, ErasureGround::Request))
        .unwrap();
    assert!(mother.entries().count() < held);
    let person = mother.person().clone();

    store.write(mother);
    assert_eq!(written(&store.read(&person)), written(mother));
    // An older copy, that a partner sends or that a backup brings back.
    for copy in &older {
        store.write(copy);
    }
    assert_eq!(written(&store.read(&person)), written(mother));
    for (id, entry) in older.last().unwrap().entries() {
        store.insert(person.as_str(), id, entry);
    }
    let gone: BTreeSet<(String, String)> = older
        .last()
        .unwrap()
        .entries()
        .filter(|(id, _)| mother.entries().all(|(kept, _)| kept != *id))
        .map(|(id, _)| (person.to_string(), id.to_string()))
        .collect();
    assert!(!gone.is_empty());
    assert_eq!(store.covered(), gone);
    assert_eq!(store.delete_what_is_covered(), gone.len());
    assert_eq!(written(&store.read(&person)), written(mother));
}

#[test]
fn a_view_is_made_of_the_rows_and_its_account_is_kept() {
    let store = Store::new();
    let pack = Pack::marne().unwrap();
    let engine = Engine::new(&pack);
    let at = engine.at(day("2025-03-15"));
    store.use_policy(&pack);
    let family = family();
    let mut shown = 0;
    for diagnostic in &family {
        store.write(diagnostic);
        for recipient in ["cap-emploi-51", "ml-reims", "siao-51", "person"] {
            let recipient = body(recipient);
            let view = store
                .read(diagnostic.person())
                .view(&at, &recipient)
                .unwrap();
            assert_eq!(view, diagnostic.view(&at, &recipient).unwrap());
            shown += view.account.openings.len();
            store.disclose(&view.account);
        }
    }
    assert_eq!(store.count("opening"), i64::try_from(shown).unwrap());
    // The answer to the person who asks who saw what (RGPD art. 15(1)(c)).
    let asked = "SELECT DISTINCT disclosure.recipient || ' ' || opening.ground FROM opening \
                 JOIN disclosure ON disclosure.id = opening.disclosure \
                 WHERE opening.fact = 'licence.b' AND disclosure.person = ? ORDER BY 1";
    let told = store.texts(asked, family.last().unwrap().person().as_str());
    assert_eq!(
        told,
        [
            "cap-emploi-51 public_mission",
            "ml-reims public_mission",
            "person access"
        ]
    );
}

/// An erasure names its author and what goes: the register counts those that were handed over.
#[test]
fn the_register_counts_the_erasures_that_were_handed_over() {
    let (store, pack) = (Store::new(), Pack::marne().unwrap());
    let at = Engine::new(&pack).at(day("2025-03-15"));
    store.use_policy(&pack);
    let mut mother = family().pop().unwrap();
    store.write(&mother);
    let show = |mother: &Diagnostic| {
        let view = mother.view(&at, &body("person")).unwrap();
        store.disclose(&view.account);
    };
    show(&mother);
    mother
        .erase(erasure("caf-51", Scope::All, ErasureGround::Request))
        .unwrap();
    show(&mother);
    assert_eq!(store.count("disclosure WHERE id = 0 AND erasures = 0"), 1);
    assert_eq!(store.count("disclosure WHERE id = 1 AND erasures = 1"), 1);
}

#[test]
fn a_decision_has_its_own_retention() {
    let store = Store::new();
    let pack = Pack::marne().unwrap();
    let engine = Engine::new(&pack);
    let at = engine.at(day("2025-03-15"));
    store.use_policy(&pack);
    let family = family();
    let mother = family.last().unwrap();
    store.write(mother);
    let view = mother.view(&at, &body("ml-reims")).unwrap();
    let accepted = Choice {
        subject: Subject::Scheme(SchemeId::parse("diagnostic-global").unwrap()),
        answer: Answer::Accepted,
        departure: None,
    };
    let decision = Decision {
        by: body("ml-reims"),
        on: at.date(),
        choices: vec![accepted],
    };
    let decided = DecisionRecord::of_view(&at, &view, decision).unwrap();
    let record = serde_json::to_string(&decided).unwrap();
    let keep = |until: &str| {
        store.0.execute(
            "INSERT INTO decision (id, person, by_body, decided_on, policy, record, keep_until) \
             VALUES ((SELECT count(*) FROM decision), ?, 'ml-reims', '2025-03-15', ?, ?, ?)",
            params![mother.person().as_str(), pack.identity(), record, until],
        )
    };
    keep("2025-03-14").unwrap_err();
    keep("2031-03-15").unwrap();
    let all = "SELECT record FROM decision WHERE person = ?";
    let kept = store.texts(all, mother.person().as_str());
    let read = DecisionRecord::parse(&kept.concat()).unwrap();
    assert_eq!(read, decided);
    assert_eq!(read.replay(&engine).outcome, ReplayOutcome::Same);
    let over = "DELETE FROM decision WHERE keep_until < ?";
    assert_eq!(store.0.execute(over, ["2031-03-15"]).unwrap(), 0);
    assert_eq!(store.0.execute(over, ["2031-03-16"]).unwrap(), 1);
}

/// What was erased goes from the decisions that rest on it, in the rows too.
#[test]
fn an_erasure_reaches_the_decisions_that_are_kept() {
    let (pack, at) = (Pack::marne().unwrap(), day("2025-03-15"));
    let (store, engine) = (Store::new(), Engine::new(&pack));
    let at = engine.at(at);
    store.use_policy(&pack);
    let mut mother = family().pop().unwrap();
    store.write(&mother);
    let view = mother.view(&at, &body("ml-reims")).unwrap();
    let decision = Decision {
        by: body("ml-reims"),
        on: at.date(),
        choices: vec![Choice {
            subject: Subject::Scheme(SchemeId::parse("diagnostic-global").unwrap()),
            answer: Answer::Accepted,
            departure: None,
        }],
    };
    let decided = DecisionRecord::of_view(&at, &view, decision).unwrap();
    let (fact, kept) = decided.facts().next().unwrap();
    let (fact, by) = (fact.clone(), kept.sources[0].by.clone().unwrap());
    let insert = "INSERT INTO decision (id, person, by_body, decided_on, policy, record, keep_until) \
                  VALUES (0, ?, 'ml-reims', '2025-03-15', ?, ?, '2031-03-15')";
    let record = serde_json::to_string(&decided).unwrap();
    let values = params![mother.person().as_str(), pack.identity(), record];
    store.0.execute(insert, values).unwrap();

    let erasure = Erasure {
        by,
        scope: Scope::Fact(fact.clone()),
        up_to: at.date(),
        recorded_on: at.date(),
        ground: ErasureGround::Request,
    };
    mother.record_erasure(&at, erasure).unwrap();
    let all = "SELECT record FROM decision WHERE person = ?";
    for row in store.texts(all, mother.person().as_str()) {
        let mut record = DecisionRecord::parse(&row).unwrap();
        assert!(record.erase_as(&mother));
        let record = serde_json::to_string(&record).unwrap();
        store
            .0
            .execute("UPDATE decision SET record = ?", [record])
            .unwrap();
    }
    let row = store.texts(all, mother.person().as_str()).concat();
    let read = DecisionRecord::parse(&row).unwrap();
    assert!(read.facts().all(|(name, _)| *name != fact));
    assert_eq!(read.replay(&engine).outcome, ReplayOutcome::InputsErased);
}

/// What the checks of the tables keep out, each for one thing wrong in a row that is right.
#[test]
fn wrong_rows_are_refused() {
    let rights = [
        (
            "INSERT INTO person (reference, created_on) VALUES ('p', '2025-01-01')",
            vec![("'p'", "''"), ("'p'", "NULL")],
        ),
        (
            "INSERT INTO person (reference, created_on, moved_to, moved_on) \
             VALUES ('old', '2025-01-01', 'p', '2025-02-01')",
            vec![
                ("'p'", "'old'"),
                ("'p'", "NULL"),
                ("'p'", "'nobody'"),
                ("'2025-02-01'", "NULL"),
            ],
        ),
        (
            "INSERT INTO entry VALUES ('p', 'ID', 'observation', 1, 'caf-51', 'caf-51', 'rsa', \
             '2025-01-10', '2025-01-11', '00ff')",
            vec![
                ("'p'", "'nobody'"),
                ("ID", "abc"),
                ("ID", "UPPER"),
                ("'observation'", "'note'"),
                ("'observation'", "'newer'"),
                ("1, 'caf-51', 'caf-51'", "1, 'caf-51', 'ml-reims'"),
                ("'2025-01-11'", "'2025-01-09'"),
                ("'2025-01-10'", "'1899-12-31'"),
                ("'2025-01-10'", "'2025-1-9 x'"),
                ("'2025-01-10', '2025-01-11'", "'2025/01/10', '2025/01/11'"),
                ("'2025-01-11'", "'2025-01-1x'"),
                ("'2025-01-11'", "1741564800000"),
                ("'observation', 1", "'observation', 7"),
                ("'00ff'", "'00f'"),
                ("'00ff'", "'00FF'"),
            ],
        ),
        (
            "INSERT INTO erasure VALUES ('p', 'ID', 'caf-51', NULL, '2025-03-01', '2025-03-01', \
             'request', NULL, '00ff')",
            vec![
                ("'request'", "'upheld'"),
                ("'request'", "'whim'"),
                ("'request', NULL", "'request', 'caf-51'"),
                ("NULL, '2025-03-01'", "NULL, '2025-03-02'"),
                // It would be kept, and erase nothing.
                ("NULL, '2025-03-01'", "NULL, '10/03/2025'"),
                ("NULL, '2025-03-01'", "NULL, 1741564800000"),
                ("NULL, '2025-03-01'", "NULL, ''"),
                ("NULL, '2025-03-01'", "NULL, '0001-01-01'"),
                ("NULL, '2025-03-01'", "NULL, '2025-03-0 '"),
                // It would erase what is later.
                ("'2025-03-01', '2025-03-01'", "'2025/03/01', '2025/03/01'"),
                ("'2025-03-01', 'request'", "'2201-01-01', 'request'"),
                ("'2025-03-01', 'request'", "'2025-3-01', 'request'"),
            ],
        ),
        (
            "INSERT INTO policy VALUES ('ID', 'p', 'P', NULL, '2025-01-01')",
            vec![("ID", "abc"), ("ID", "UPPER")],
        ),
        (
            "INSERT INTO disclosure VALUES (1, 'p', 'caf-51', 'Caisse', '2025-03-01', 'ID', 0)",
            vec![(", 0)", ", -1)"), (", 0)", ", NULL)"), ("'p'", "'nobody'")],
        ),
    ];
    let filled = |statement: &str| {
        statement
            .replace("ID", &"a".repeat(64))
            .replace("UPPER", &"A".repeat(64))
    };
    let store = Store::new();
    for (right, wrongs) in rights {
        for (part, wrong) in wrongs {
            assert!(right.contains(part), "{part}");
            let wrong = filled(&right.replacen(part, wrong, 1));
            assert!(store.0.execute(&wrong, []).is_err(), "{wrong}");
        }
        store.0.execute(&filled(right), []).unwrap();
    }
}

/// The rows of the family, and of an erasure, as statements that any base reads.
fn rows() -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let mut rows =
        "-- Les lignes d'une famille inventée, telles que la bibliothèque les écrit dans \
                    `docs/schema.sql`.\n"
            .to_owned();
    for mut diagnostic in family() {
        let scope = Scope::Fact(fact("licence.b"));
        diagnostic
            .erase(erasure("caf-51", scope, ErasureGround::Request))
            .unwrap();
        let person = quoted(diagnostic.person().as_str());
        writeln!(
            rows,
            "INSERT INTO person (reference, created_on) VALUES ({person}, '2025-02-05');"
        )
        .unwrap();
        for (id, entry) in diagnostic.entries() {
            let Columns {
                entry,
                kind,
                version,
            } = Columns::of(entry);
            writeln!(
                rows,
                "INSERT INTO entry VALUES ({person}, '{id}', '{kind}', {version}, {}, {}, {}, \
                 '{}', '{}', '{}');",
                quoted(entry.by().as_str()),
                quoted(entry.of().as_str()),
                quoted(entry.fact().as_str()),
                entry.observed_on(),
                entry.recorded_on(),
                hex::encode(entry.encode()),
            )
            .unwrap();
        }
        for (id, erasure) in diagnostic.erasures() {
            let (ground, _) = ground(erasure);
            writeln!(
                rows,
                "INSERT INTO erasure VALUES ({person}, '{id}', {}, {}, '{}', '{}', '{ground}', \
                 NULL, '{}');",
                quoted(erasure.by.as_str()),
                scope_or_null(erasure),
                erasure.up_to,
                erasure.recorded_on,
                hex::encode(erasure.encode()),
            )
            .unwrap();
        }
    }
    rows
}

fn scope_or_null(erasure: &Erasure) -> String {
    scope(erasure).map_or_else(|| "NULL".to_owned(), |fact| format!("'{fact}'"))
}

#[test]
fn the_rows_of_the_sample_are_those_of_the_family() {
    let rows = rows();
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples/store.sql");
        std::fs::write(path, &rows).unwrap();
    } else {
        assert_eq!(ROWS, rows, "UPDATE_SCHEMAS=1 writes it again");
    }
    let store = Store::new();
    store.0.execute_batch(&rows).unwrap();
    assert_eq!(store.covered(), BTreeSet::new());
    for mut diagnostic in family() {
        let scope = Scope::Fact(fact("licence.b"));
        diagnostic
            .erase(erasure("caf-51", scope, ErasureGround::Request))
            .unwrap();
        let read = store.read(diagnostic.person());
        assert_eq!(written(&read), written(&diagnostic));
    }
}

/// All forms of entries: those of the vectors, and what a later version may write.
fn pool() -> Vec<Entry> {
    let vectors: serde_json::Value = serde_json::from_str(VECTORS).unwrap();
    let mut pool = Vec::new();
    for vector in vectors["entries"].as_array().unwrap() {
        let bytes = hex::decode(vector["bytes"].as_str().unwrap()).unwrap();
        pool.push(Entry::decode(&bytes).unwrap());
        let mut later = bytes;
        later[5] = 2;
        later.extend(*b"more");
        pool.push(Entry::Newer(Newer::parse(later).unwrap()));
    }
    pool
}

fn erasures() -> impl Strategy<Value = Erasure> {
    let bodies = prop::sample::select(vec!["caf-51", "pole-emploi", "ml-reims"]);
    let scopes = prop::sample::select(vec![None, Some("rsa"), Some("licence.b"), Some("jobs")]);
    let days = prop::sample::select(vec!["2000-03-01", "2025-01-09", "2025-01-10", "2025-02-01"]);
    let grounds = prop_oneof![
        Just(ErasureGround::Request),
        Just(ErasureGround::Retention),
        Just(ErasureGround::Court),
        Just(ErasureGround::WrongPerson),
        bodies
            .clone()
            .prop_map(|by| ErasureGround::Upheld { by: body(by) }),
    ];
    (bodies, scopes, days, grounds).prop_map(|(by, scope, up_to, ground)| Erasure {
        by: body(by),
        scope: scope.map_or(Scope::All, |name| Scope::Fact(fact(name))),
        up_to: day(up_to),
        recorded_on: day("2025-03-01"),
        ground,
    })
}

fn diagnostics() -> impl Strategy<Value = Diagnostic> {
    let entries = prop::sample::subsequence(pool(), 0..30);
    (entries, prop::collection::vec(erasures(), 0..3)).prop_map(|(entries, erasures)| {
        let mut diagnostic = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
        for entry in entries {
            diagnostic.receive(entry).unwrap();
        }
        for erasure in erasures {
            diagnostic.erase(erasure).unwrap();
        }
        diagnostic
    })
}

proptest! {
    /// Whatever the entries and erasures, and in whatever order copies come in: the rows are the
    /// merge, and the base finds by its own means what an erasure covers.
    #[test]
    fn the_rows_of_copies_are_their_merge(one in diagnostics(), other in diagnostics()) {
        let store = Store::new();
        store.write(&one);
        let read = store.read(one.person());
        prop_assert_eq!(&read, &one);
        prop_assert_eq!(written(&read), written(&one));
        store.write(&other);
        let merged = one.merge(&other).unwrap();
        prop_assert_eq!(written(&store.read(one.person())), written(&merged));

        for (id, entry) in one.entries().chain(other.entries()) {
            store.insert("dossier-12", id, entry);
        }
        let kept: BTreeSet<EntryId> = merged.entries().map(|(id, _)| *id).collect();
        let gone: BTreeSet<(String, String)> = one.entries().chain(other.entries())
            .filter(|(id, _)| !kept.contains(id))
            .map(|(id, _)| ("dossier-12".to_owned(), id.to_string()))
            .collect();
        prop_assert_eq!(store.covered(), gone);
    }
}
