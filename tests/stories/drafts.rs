//! What became of each draft rule: kept, corrected, merged or dropped, and where it stands now;
//! and why each rule that comes from no draft is there.

use std::collections::BTreeSet;

use crate::departement::bundled;

const IDS: &str = include_str!("../samples/draft_ids.txt");
const FATES: &str = include_str!("../../docs/drafts.csv");
const ADDED: &str = include_str!("../../docs/added_rules.csv");

/// What may ask for a rule that no draft holds: a situation of people, the review of the drafts, a
/// scheme that nothing else would propose, a text of law, a right, a barrier.
const ASKED_BY: [&str; 6] = ["situation", "review", "scheme", "law", "right", "barrier"];

/// The sections whose entries a draft may have become.
const SECTIONS: [&str; 7] = [
    "rule",
    "track",
    "track_meeting",
    "scheme",
    "condition",
    "holder",
    "table",
];

struct Draft {
    id: String,
    fate: String,
    entries: Vec<String>,
    reason: String,
}

fn drafts() -> Vec<Draft> {
    let mut reader = csv::Reader::from_reader(FATES.as_bytes());
    let header: Vec<&str> = reader.headers().unwrap().iter().collect();
    assert_eq!(header, ["draft", "fate", "entries", "reason"]);
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            Draft {
                id: record[0].to_owned(),
                fate: record[1].to_owned(),
                entries: record[2].split_whitespace().map(str::to_owned).collect(),
                reason: record[3].to_owned(),
            }
        })
        .collect()
}

/// The ids of what the bundled packs hold in these sections.
fn ids(sections: &[&str]) -> BTreeSet<String> {
    let entries = sections.iter().flat_map(|section| bundled(section));
    let ids = entries.filter_map(|entry| Some(entry.get("id")?.as_str()?.to_owned()));
    ids.collect()
}

#[test]
fn each_draft_is_answered_once() {
    let answered: Vec<String> = drafts().into_iter().map(|draft| draft.id).collect();
    let asked: Vec<&str> = IDS.lines().collect();
    assert_eq!(answered, asked);
    let distinct: BTreeSet<&str> = asked.iter().copied().collect();
    assert_eq!(distinct.len(), asked.len());
}

#[test]
fn each_answer_names_what_carries_the_draft_now() {
    let ids = ids(&SECTIONS);
    let mut faults = Vec::new();
    for draft in drafts() {
        let Draft {
            id,
            fate,
            entries,
            reason,
        } = &draft;
        match fate.as_str() {
            "kept" | "corrected" | "merged" if entries.is_empty() => {
                faults.push(format!("{id} is {fate} without an entry"));
            }
            "dropped" if !entries.is_empty() => {
                faults.push(format!("{id} is dropped, and still names {entries:?}"));
            }
            "kept" | "corrected" | "merged" | "dropped" => {}
            other => faults.push(format!("{id} has the fate {other:?}")),
        }
        if reason.trim().is_empty() {
            faults.push(format!("{id} has no reason"));
        }
        let unknown = entries.iter().filter(|entry| !ids.contains(*entry));
        faults.extend(unknown.map(|entry| format!("{id} names {entry}, which is no entry")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_rule_comes_from_a_draft_or_says_what_asks_for_it() {
    let of_drafts: BTreeSet<String> = drafts().into_iter().flat_map(|one| one.entries).collect();
    let mut reader = csv::Reader::from_reader(ADDED.as_bytes());
    let header: Vec<&str> = reader.headers().unwrap().iter().collect();
    assert_eq!(header, ["rule", "asked_by", "reason"]);
    let (mut added, mut faults) = (BTreeSet::new(), Vec::new());
    for record in reader.records() {
        let record = record.unwrap();
        let rule = record[0].to_owned();
        if of_drafts.contains(&rule) {
            faults.push(format!("{rule} comes from a draft"));
        }
        if !ASKED_BY.contains(&&record[1]) || record[2].trim().is_empty() {
            faults.push(format!("{rule} does not say what asks for it"));
        }
        if !added.insert(rule) {
            faults.push(format!("{} stands twice", &record[0]));
        }
    }
    let rules = ids(&["rule"]);
    let from_nowhere = rules.iter().filter(|rule| !of_drafts.contains(*rule));
    let from_nowhere = from_nowhere.filter(|rule| !added.contains(*rule));
    faults.extend(
        from_nowhere.map(|rule| format!("{rule} comes from no draft, and is not explained")),
    );
    let gone = added.iter().filter(|rule| !rules.contains(*rule));
    faults.extend(gone.map(|rule| format!("{rule} is no rule any more")));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
