//! The file, walked part by part: what can be read is, what cannot is told with its place.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::value::RawValue;

use super::codes::{CONSTRAINTS, Constraint, Labelled, NEEDS};
use super::facts::{Discussed, GoalState, Needs, observe, of_constraint, of_needs};
use super::{FileError, Options, Reading, Tally, instant};
use crate::interop::json::{Entries, Places, stopped};
use crate::interop::{Arrival, Place, Unread, UnreadReason};
use crate::{Diagnostic, Knowledge};

const NEEDS_OF_JOBS: &str = "besoinsParDiagnosticIndividuDtos";
const CONSTRAINTS_OF_PERSON: &str = "contraintesIndividusDto";
const PRIORITY: &str = "estPrioritaire";
/// The code of the constraints of a person.
pub(super) const PERSONAL: &str = "7";
const UNTOUCHED: &str = "NON_ABORDEE";

pub(super) fn read(text: &str, options: &Options) -> Result<Option<Reading>, FileError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let root: &RawValue = serde_json::from_str(text).map_err(|error| {
        let (line, column, reason) = stopped(text, &error, "not JSON");
        FileError {
            line,
            column,
            reason,
        }
    })?;
    let mut walk = Walk {
        places: Places::new(text),
        options,
        unread: Vec::new(),
        tally: Tally::default(),
        diagnostic: Diagnostic::new(options.person.clone()),
    };
    match root.get().as_bytes().first() {
        Some(b'n') => return Ok(None),
        // The lighter answer: constraints alone.
        Some(b'[') => {
            let rows = walk.items(root, "");
            walk.constraints(&rows);
        }
        Some(b'{') => {
            let Some(file) = Node::of(root, "") else {
                return Err(walk.misshapen(root));
            };
            if file.members.is_empty() {
                return Ok(None);
            }
            let known = [NEEDS_OF_JOBS, CONSTRAINTS_OF_PERSON];
            if !file
                .members
                .iter()
                .any(|(name, _)| known.contains(&name.as_str()))
            {
                return Err(walk.misshapen(root));
            }
            walk.unknown(&file, &known);
            let jobs = walk.list(&file, NEEDS_OF_JOBS);
            walk.jobs(&file, jobs);
            walk.person(&file);
        }
        _ => return Err(walk.misshapen(root)),
    }
    Ok(Some(walk.end()))
}

/// An object, its members in order, and the way down to it.
struct Node<'t> {
    raw: &'t RawValue,
    path: String,
    members: Vec<(String, &'t RawValue)>,
}

/// One item of a list.
type Item<'t> = (&'t RawValue, String);

/// A row of a list of codes.
struct Coded<'t> {
    raw: &'t RawValue,
    path: String,
    code: String,
    value: String,
}

/// What one of the file's members is.
enum Member<'t> {
    Missing,
    There(&'t RawValue),
    Twice,
}

impl<'t> Node<'t> {
    fn of(raw: &'t RawValue, path: &str) -> Option<Self> {
        let Entries(members) = serde_json::from_str(raw.get()).ok()?;
        Some(Self {
            raw,
            path: path.to_owned(),
            members,
        })
    }

    fn member(&self, name: &str) -> Member<'t> {
        let mut found = self.members.iter().filter(|(known, _)| known == name);
        match (found.next(), found.next()) {
            (None, _) => Member::Missing,
            (Some((_, raw)), None) if raw.get() == "null" => Member::Missing,
            (Some((_, raw)), None) => Member::There(raw),
            (Some(_), Some(_)) => Member::Twice,
        }
    }

    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }
}

/// Codes and values are texts; a code that comes as a number is the same code.
fn text(raw: &RawValue) -> Option<String> {
    let written = raw.get();
    if written.bytes().all(|digit| digit.is_ascii_digit()) {
        return Some(written.to_owned());
    }
    serde_json::from_str(written).ok()
}

fn known<'c>(codes: &'c [Labelled], code: &str) -> Option<&'c str> {
    let found = codes.iter().find(|(known, _)| *known == code);
    found.map(|(known, _)| *known)
}

fn constraint(code: &str) -> Option<&'static Constraint> {
    CONSTRAINTS.iter().find(|known| known.code == code)
}

/// Codes whose rows differ: nobody knows which of them is right, so that none counts.
fn torn<'c, T: PartialEq>(rows: impl Iterator<Item = (&'c str, T)>) -> BTreeSet<&'c str> {
    let mut first = BTreeMap::new();
    let mut torn = BTreeSet::new();
    for (code, row) in rows {
        match first.get(code) {
            Some(said) if *said != row => {
                torn.insert(code);
            }
            Some(_) => {}
            None => {
                first.insert(code, row);
            }
        }
    }
    torn
}

struct Walk<'t, 'o> {
    places: Places<'t>,
    options: &'o Options,
    /// With line and column, to tell them in the order of the file.
    unread: Vec<((u64, u64), Unread)>,
    tally: Tally,
    diagnostic: Diagnostic,
}

impl<'t> Walk<'t, '_> {
    fn misshapen(&self, root: &RawValue) -> FileError {
        let (line, column) = self.places.of(root);
        let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        FileError {
            line: number(line),
            column: number(column),
            reason: "not the individual file: expected an object with `besoinsParDiagnosticIndividuDtos` \
                     and `contraintesIndividusDto`, or a list of constraints",
        }
    }

    fn end(mut self) -> Reading {
        self.unread.sort_by_key(|(place, _)| *place);
        let unread = self.unread.into_iter().map(|(_, unread)| unread);
        Reading {
            arrival: Arrival::new(self.diagnostic, unread.collect()),
            tally: self.tally,
        }
    }

    fn tell(&mut self, raw: &RawValue, path: &str, element: &str, code: &str, why: UnreadReason) {
        let (line, column) = self.places.of(raw);
        let unread = Unread::new(Place::new(line, path), element, code, why);
        self.unread.push(((line, column), unread));
    }

    /// Tells a row: its code and its value.
    fn tell_row(&mut self, row: &Coded<'_>, why: UnreadReason) {
        let said = format!("{} {}", row.code, row.value);
        let path = format!("{}.code", row.path);
        self.tell(row.raw, &path, "code", &said, why);
    }

    /// A row that was read, whether it says something or not.
    fn keep(&mut self) {
        self.tally.kept = self.tally.kept.saturating_add(1);
    }

    /// A row that is refused, for a member of it.
    fn refuse(&mut self, raw: &RawValue, path: &str, member: &str) {
        self.refuse_as(raw, path, member, UnreadReason::Form);
    }

    fn refuse_as(&mut self, raw: &RawValue, path: &str, member: &str, why: UnreadReason) {
        self.tally.refused = self.tally.refused.saturating_add(1);
        self.tell(raw, path, member, "", why);
    }

    /// A row whose code another row of the list has too.
    fn refuse_again(&mut self, row: &Coded<'_>) {
        self.tally.refused = self.tally.refused.saturating_add(1);
        self.tell_row(row, UnreadReason::Twice);
    }

    /// Members that the format does not have, by name: what they hold may be anything.
    fn unknown(&mut self, node: &Node<'t>, known: &[&str]) {
        for (name, raw) in &node.members {
            if !known.contains(&name.as_str()) {
                self.tell(raw, &node.path, name, "", UnreadReason::Unknown);
            }
        }
    }

    fn items(&mut self, raw: &'t RawValue, path: &str) -> Vec<Item<'t>> {
        let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(raw.get()) else {
            self.tell(raw, path, last(path), "", UnreadReason::Form);
            return Vec::new();
        };
        let items = items.into_iter().enumerate();
        items
            .map(|(place, raw)| (raw, format!("{path}[{place}]")))
            .collect()
    }

    /// The items of a list that the format always has.
    fn list(&mut self, node: &Node<'t>, name: &str) -> Vec<Item<'t>> {
        if matches!(node.member(name), Member::Missing) {
            self.tell(node.raw, &node.path_of(name), name, "", UnreadReason::Form);
        }
        self.list_if_there(node, name)
    }

    fn list_if_there(&mut self, node: &Node<'t>, name: &str) -> Vec<Item<'t>> {
        let path = node.path_of(name);
        match node.member(name) {
            Member::There(raw) => self.items(raw, &path),
            Member::Missing => Vec::new(),
            Member::Twice => {
                self.tell(node.raw, &path, name, "", UnreadReason::Form);
                Vec::new()
            }
        }
    }

    /// A row of a list: an object.
    fn row(&mut self, (raw, path): &Item<'t>) -> Option<Node<'t>> {
        self.tally.rows = self.tally.rows.saturating_add(1);
        let node = Node::of(raw, path);
        if node.is_none() {
            self.refuse(raw, path, last(path));
        }
        node
    }

    /// A text that a row must have; without it the row is refused.
    fn required(&mut self, node: &Node<'t>, name: &str) -> Option<String> {
        let found = match node.member(name) {
            Member::There(raw) => text(raw),
            Member::Missing | Member::Twice => None,
        };
        if found.is_none() {
            self.refuse(node.raw, &node.path_of(name), name);
        }
        found
    }

    /// A row of a code and a value.
    fn coded(&mut self, item: &Item<'t>) -> Option<Coded<'t>> {
        let node = self.row(item)?;
        self.unknown(&node, &["code", "libelle", "valeur"]);
        let code = self.required(&node, "code")?;
        let value = self.required(&node, "valeur")?;
        let Node { raw, path, .. } = node;
        Some(Coded {
            raw,
            path,
            code,
            value,
        })
    }

    /// Rows of codes, each code once: those that cannot be read are told, and all those of a code
    /// that has two values. What is left says something and is in the lists of the format.
    fn said<'c>(
        &mut self,
        items: &[Item<'t>],
        codes: &'c [Labelled],
        values: &[&str],
        untouched: &str,
    ) -> Vec<(&'c str, Coded<'t>)> {
        let rows: Vec<Coded<'t>> = items.iter().filter_map(|item| self.coded(item)).collect();
        let values_of = rows.iter().map(|row| (&row.code, &row.value));
        let torn = torn(values_of.filter_map(|(code, value)| Some((known(codes, code)?, value))));
        let mut met = BTreeSet::new();
        let mut said = Vec::new();
        for row in rows {
            match known(codes, &row.code) {
                Some(code) if torn.contains(code) || !met.insert(code) => {
                    self.refuse_again(&row);
                    continue;
                }
                Some(_) if row.value == untouched => {}
                Some(code) if values.contains(&row.value.as_str()) => said.push((code, row)),
                _ => self.tell_row(&row, UnreadReason::Unknown),
            }
            self.keep();
        }
        said
    }

    /// Tells the rows of a list that cannot count, but for those that say nothing.
    fn tell_rows(&mut self, items: &[Item<'t>], untouched: &str) {
        for item in items {
            let Some(row) = self.coded(item) else {
                continue;
            };
            self.keep();
            if row.value != untouched {
                self.tell_row(&row, UnreadReason::NoFact);
            }
        }
    }

    fn person(&mut self, file: &Node<'t>) {
        let path = CONSTRAINTS_OF_PERSON;
        let raw = match file.member(path) {
            Member::There(raw) => raw,
            Member::Missing | Member::Twice => {
                return self.tell(file.raw, path, path, "", UnreadReason::Form);
            }
        };
        let Some(node) = Node::of(raw, path) else {
            return self.tell(raw, path, path, "", UnreadReason::Form);
        };
        let known = [
            "conseiller",
            "dateDeModification",
            "code",
            "libelle",
            "contraintes",
        ];
        self.unknown(&node, &known);
        match node.member("code") {
            Member::There(raw) if text(raw).as_deref() == Some(PERSONAL) => {}
            Member::There(raw) => {
                let code = text(raw).unwrap_or_default();
                self.tell(
                    raw,
                    &node.path_of("code"),
                    "code",
                    &code,
                    UnreadReason::Unknown,
                );
            }
            Member::Missing => {}
            Member::Twice => self.tell(
                node.raw,
                &node.path_of("code"),
                "code",
                "",
                UnreadReason::Form,
            ),
        }
        let rows = self.list(&node, "contraintes");
        self.constraints(&rows);
    }

    fn constraints(&mut self, rows: &[Item<'t>]) {
        let rows: Vec<Node<'t>> = rows.iter().filter_map(|item| self.row(item)).collect();
        let torn = torn(rows.iter().filter_map(|node| {
            let Member::There(code) = node.member("code") else {
                return None;
            };
            Some((constraint(&text(code)?)?.code, node.raw.get()))
        }));
        let mut met = BTreeSet::new();
        for node in rows {
            let known = [
                "code",
                "libelle",
                "valeur",
                "date",
                "situations",
                "objectifs",
            ];
            self.unknown(&node, &known);
            let situations = self.list(&node, "situations");
            // The lighter answer has none.
            let goals = self.list_if_there(&node, "objectifs");
            let discussed = self.discussed(&node, &torn, &mut met);
            let Some((constraint, open, on)) = discussed else {
                self.tell_rows(&situations, UNTOUCHED);
                self.tell_rows(&goals, "NON_ABORDE");
                continue;
            };
            let mut said = Discussed {
                constraint,
                open,
                with: BTreeSet::new(),
                without: BTreeSet::new(),
                goals: Vec::new(),
            };
            let values = ["OUI", "NON"];
            for (code, row) in self.said(&situations, constraint.situations, &values, UNTOUCHED) {
                match row.value == "OUI" {
                    true if open => said.with.insert(code),
                    false if open => said.without.insert(code),
                    // Left over under a constraint that is closed: it must not count.
                    true => {
                        self.tell_row(&row, UnreadReason::NoFact);
                        continue;
                    }
                    false => continue,
                };
            }
            let values = ["EN_COURS", "REALISE", "ABANDONNE"];
            for (code, row) in self.said(&goals, constraint.goals, &values, "NON_ABORDE") {
                match GoalState::of_file(&row.value) {
                    Some(GoalState::Running) if !open => self.tell_row(&row, UnreadReason::NoFact),
                    Some(state) => said.goals.push((code, state)),
                    None => {}
                }
            }
            // Whatever the order of the file, the same is said.
            let place = |code: &str| constraint.goals.iter().position(|(goal, _)| *goal == code);
            said.goals.sort_by_key(|(goal, _)| place(goal));
            self.observe(&node, last(&node.path), on, of_constraint(&said));
        }
    }

    /// Which constraint, whether it is open, and since when; nothing where it was not discussed
    /// or cannot be read.
    fn discussed(
        &mut self,
        node: &Node<'t>,
        torn: &BTreeSet<&'static str>,
        met: &mut BTreeSet<&'static str>,
    ) -> Option<(&'static Constraint, bool, NaiveDate)> {
        let code = self.required(node, "code")?;
        let value = self.required(node, "valeur")?;
        let row = Coded {
            raw: node.raw,
            path: node.path.clone(),
            code,
            value,
        };
        let Some(constraint) = constraint(&row.code) else {
            self.keep();
            self.tell_row(&row, UnreadReason::Unknown);
            return None;
        };
        if torn.contains(constraint.code) || !met.insert(constraint.code) {
            self.refuse_again(&row);
            return None;
        }
        let open = match row.value.as_str() {
            UNTOUCHED => {
                self.keep();
                return None;
            }
            "OUI" => true,
            "CLOTUREE" => false,
            _ => {
                self.keep();
                self.tell_row(&row, UnreadReason::Unknown);
                return None;
            }
        };
        let on = match self.day(node, "date") {
            Ok(Some(on)) => on,
            Ok(None) => {
                self.refuse(node.raw, &node.path_of("date"), "date");
                return None;
            }
            Err(why) => {
                self.refuse_as(node.raw, &node.path_of("date"), "date", why);
                return None;
            }
        };
        self.keep();
        Some((constraint, open, on))
    }

    /// The day of a member, which the file was written on or after.
    fn day(&self, node: &Node<'t>, name: &str) -> Result<Option<NaiveDate>, UnreadReason> {
        let raw = match node.member(name) {
            Member::Missing => return Ok(None),
            Member::There(raw) => raw,
            Member::Twice => return Err(UnreadReason::Form),
        };
        let written: String = serde_json::from_str(raw.get()).map_err(|_| UnreadReason::Form)?;
        let day = instant::day(&written).ok_or(UnreadReason::Form)?;
        if day > self.options.recorded_on {
            return Err(UnreadReason::Later);
        }
        Ok(Some(day))
    }

    fn jobs(&mut self, file: &Node<'t>, rows: Vec<Item<'t>>) {
        let mut needs: BTreeMap<NaiveDate, Needs<'static>> = BTreeMap::new();
        for item in rows {
            let Some(node) = self.row(&item) else {
                continue;
            };
            let known = [
                "idMetierChiffre",
                "nomMetier",
                "typologie",
                "statut",
                PRIORITY,
                "dateMiseAJour",
                "besoins",
            ];
            self.unknown(&node, &known);
            self.of_job(&node);
            let items = self.list(&node, "besoins");
            let Some(status) = self.required(&node, "statut") else {
                self.tell_rows(&items, "NON_EXPLORE");
                continue;
            };
            if status != "EN_COURS" {
                self.keep();
                let path = node.path_of("statut");
                self.tell(node.raw, &path, "statut", &status, UnreadReason::Unknown);
                self.tell_rows(&items, "NON_EXPLORE");
                continue;
            }
            let on = match self.day(&node, "dateMiseAJour") {
                Ok(on) => on,
                Err(why) => {
                    let path = node.path_of("dateMiseAJour");
                    self.refuse_as(node.raw, &path, "dateMiseAJour", why);
                    self.tell_rows(&items, "NON_EXPLORE");
                    continue;
                }
            };
            self.keep();
            let Some(on) = on else {
                // Nobody can say since when.
                self.tell_rows(&items, "NON_EXPLORE");
                continue;
            };
            let values = ["BESOIN", "POINT_FORT"];
            for (code, row) in self.said(&items, &NEEDS, &values, "NON_EXPLORE") {
                let needs = needs.entry(on).or_default();
                let side = match row.value.as_str() {
                    "BESOIN" => &mut needs.wanted,
                    _ => &mut needs.strengths,
                };
                side.insert(code);
            }
        }
        for (on, needs) in needs {
            self.observe(file, NEEDS_OF_JOBS, on, of_needs(&needs));
        }
    }

    /// No fact holds the name of a job in letters, nor which job comes first.
    fn of_job(&mut self, node: &Node<'t>) {
        let path = node.path_of(PRIORITY);
        match node.member(PRIORITY) {
            Member::There(raw) if raw.get() == "true" => {
                self.tell(raw, &path, PRIORITY, "true", UnreadReason::NoFact);
            }
            // What every job is that nobody put first.
            Member::There(raw) if raw.get() == "false" => {}
            Member::There(raw) => self.tell(raw, &path, PRIORITY, "", UnreadReason::Form),
            Member::Twice => self.tell(node.raw, &path, PRIORITY, "", UnreadReason::Form),
            Member::Missing => {}
        }
        for (name, why) in [
            ("nomMetier", UnreadReason::NoFact),
            ("typologie", UnreadReason::Unknown),
        ] {
            let path = node.path_of(name);
            match node.member(name) {
                Member::Missing => {}
                Member::There(raw) => match serde_json::from_str::<String>(raw.get()) {
                    Ok(text) if text == "métier recherché" && name == "typologie" => {}
                    Ok(text) => self.tell(raw, &path, name, &text, why),
                    Err(_) => self.tell(raw, &path, name, "", UnreadReason::Form),
                },
                Member::Twice => self.tell(node.raw, &path, name, "", UnreadReason::Form),
            }
        }
    }

    fn observe(
        &mut self,
        node: &Node<'t>,
        element: &str,
        on: NaiveDate,
        facts: BTreeMap<String, Knowledge>,
    ) {
        if observe(&mut self.diagnostic, self.options, on, facts).is_err() {
            self.tell(node.raw, &node.path, element, "", UnreadReason::Form);
        }
    }
}

/// The last part of a path, without its place in a list.
fn last(path: &str) -> &str {
    let part = path.rsplit('.').next().unwrap_or(path);
    part.split('[').next().unwrap_or(part)
}
