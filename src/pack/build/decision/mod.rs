//! Decision tables: every row is cut out as the rule it stands for, before anything looks
//! at rules. What comes after (periods, coverage, remarks, differences) sees rules alone.
//!
//! [`line`] reads the rows as they are written, [`condition`] makes the condition of a row
//! out of its cells.

mod condition;
mod line;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::super::layer::Entry;
use super::super::place::At;
use super::super::tree::{Node, Reader, Table, Text, Tree};
use super::Build;
use crate::vocabulary::{Mistake, is_kebab, kebab_mend};
use line::{Line, cells, is_blank, written};

/// Keys of a table that all its rows share, beside its `id`.
const SHARED: [&str; 16] = [
    "answers",
    "because",
    "choice",
    "from",
    "next_working_day",
    "propose",
    "replaces",
    "source",
    "theme",
    "title",
    "unless",
    "until",
    "verified",
    "waits",
    "when",
    "within",
];

/// Columns that give what a row answers, by the keys of a rule: the row's own comes before
/// what the table shares. All other columns but `id` and `when` test a fact.
const GIVEN: [&str; 12] = [
    "because",
    "choice",
    "next_working_day",
    "partner",
    "priority",
    "scheme",
    "source",
    "theme",
    "title",
    "verified",
    "waits",
    "within",
];

/// Those of them that stand in `propose`.
const PROPOSED: [&str; 3] = ["partner", "priority", "scheme"];

/// Those without which there is no rule.
const NEEDED: [&str; 4] = ["because", "source", "title", "verified"];

/// A table, cut into its rows.
pub(super) struct Decision<'b> {
    entry: &'b Entry<'b>,
    columns: Vec<Text<'b>>,
    rows: Vec<Row<'b>>,
}

impl<'b> Decision<'b> {
    /// The rules that the rows stand for.
    pub(super) fn rules(&self) -> impl Iterator<Item = &Entry<'b>> {
        self.rows.iter().map(|row| &row.entry)
    }
}

/// A row of a table.
struct Row<'b> {
    at: At,
    /// The rule, but for its condition.
    entry: Entry<'b>,
    /// Columns by their place, and the cell of each that asks something.
    tests: Vec<(usize, Text<'b>)>,
}

/// What all rows of a table take over.
struct Shared<'b> {
    keys: Keys<'b>,
    weight: usize,
}

impl<'b> Shared<'b> {
    fn of(table: &Table<'b>) -> Self {
        let own = |key: &str| matches!(key, "csv" | "id" | "replaces" | "rows" | "when");
        let keys = table.entries.iter().filter(|(key, ..)| !own(key));
        let keys: Keys<'b> = keys
            .map(|(key, at, node)| (key.clone(), (*at, node.clone())))
            .collect();
        let weights = keys
            .iter()
            .map(|(key, (_, node))| key.len().saturating_add(weight(node)));
        Self {
            weight: weights
                .sum::<usize>()
                .saturating_add(table.get("when").map_or(0, weight)),
            keys,
        }
    }
}

/// What may still be written out.
struct Room {
    entries: usize,
    bytes: usize,
}

type Keys<'t> = BTreeMap<Cow<'t, str>, (At, Node<'t>)>;

fn table(keys: Keys<'_>) -> Table<'_> {
    let entries = keys.into_iter().map(|(key, (at, node))| (key, at, node));
    Table::new(entries.collect())
}

fn keys<'t>(table: &Table<'t>) -> Keys<'t> {
    let entries = table.entries.iter().cloned();
    entries.map(|(key, at, node)| (key, (at, node))).collect()
}

/// What a value takes, written once more.
fn weight(node: &Node<'_>) -> usize {
    let inner = match &node.tree {
        Tree::Text(text) => text.value.len(),
        Tree::List(items) => items.iter().map(weight).sum(),
        Tree::Table(table) => table
            .entries
            .iter()
            .map(|(key, _, node)| key.len().saturating_add(weight(node)))
            .sum(),
        Tree::Integer(_) | Tree::Flag(_) | Tree::Date(_) | Tree::Foreign(_) | Tree::Unreadable => 8,
    };
    inner.saturating_add(4)
}

impl<'b> Build<'b> {
    /// Cuts all tables into their rows.
    pub(super) fn cut_tables(&mut self) {
        let mut room = Room {
            entries: self.limits.entries.saturating_sub(self.layers.len()),
            bytes: self.limits.source_bytes,
        };
        for entry in self.entries("table") {
            let mut decision = Decision {
                entry,
                columns: Vec::new(),
                rows: Vec::new(),
            };
            self.cut(&mut decision, &mut room);
            self.decisions.push(decision);
        }
        let before = self.errors.count();
        self.unique("table", true);
        if self.errors.count() > before {
            // Rows of two such tables have the same names, and that is told.
            for decision in &mut self.decisions {
                decision
                    .rows
                    .iter_mut()
                    .for_each(|row| row.entry.id = Cow::Borrowed(""));
            }
        }
    }

    fn cut(&mut self, decision: &mut Decision<'b>, room: &mut Room) {
        let entry = decision.entry;
        let mut reader = Reader::new(&entry.table, entry.at, self.errors);
        reader.required_text("id");
        reader.text("when");
        for key in SHARED {
            reader.node(key);
        }
        let rows = reader.node("rows").map(|_| reader.tables("rows"));
        let csv = reader.node("csv").map(|_| reader.text("csv"));
        reader.finish();
        if !entry.id.is_empty() && !is_kebab(&entry.id) {
            self.add(
                Mistake::BadName,
                entry.id_at,
                format!("`{}` n'est pas un identifiant", entry.id),
                Some(kebab_mend(&entry.id)),
            );
        }
        match (rows, csv) {
            (Some(_), Some(_)) => self.add(
                Mistake::Twice,
                entry.table.at("csv").unwrap_or(entry.id_at),
                "les lignes de cette table sont données par `rows` et par `csv`".to_owned(),
                Some("gardez l'un des deux".to_owned()),
            ),
            (Some(rows), None) => {
                // Unless told that it is no list.
                let at = entry.table.get("rows").map_or(entry.id_at, |rows| rows.at);
                let is_list = matches!(
                    entry.table.get("rows").map(|node| &node.tree),
                    Some(Tree::List(_))
                );
                if is_list && self.has_room(decision, rows.len(), at, room) {
                    let shared = Shared::of(&entry.table);
                    for (row, at) in rows {
                        let line = written(row, at, &mut decision.columns);
                        if !self.row(decision, &shared, line, room) {
                            break;
                        }
                    }
                }
            }
            (None, Some(Some(csv))) => self.cut_sheet(decision, csv, room),
            // Told that it is no text.
            (None, Some(None)) => {}
            (None, None) => self.add(
                Mistake::MissingKey,
                entry.at,
                "il manque les lignes de la table".to_owned(),
                Some("ajoutez `rows = [{ … }]`, ou `csv = \"….csv\"`".to_owned()),
            ),
        }
        self.complete(decision);
    }

    fn cut_sheet(&mut self, decision: &mut Decision<'b>, csv: &Text<'_>, room: &mut Room) {
        let layers = self.layers;
        let before = self.errors.count();
        let Some(sheet) = self.sheet(decision.entry, csv) else {
            return;
        };
        let source = layers.source(decision.entry.layer, &csv.value);
        let source = source.map_or("", |(_, document)| document.text.as_ref());
        // More columns than there are facts: what is beyond can name nothing.
        if sheet.head().len() > self.limits.entries.saturating_add(GIVEN.len()) {
            let message = format!("plus de {} colonnes", self.limits.entries);
            self.add(Mistake::TooLarge, csv.at, message, None);
            return;
        }
        decision.columns = sheet.head().texts(source).collect();
        // Rows that cannot be read are told there.
        let unread = sheet.rows().len() == 0 && self.errors.count() > before;
        if unread || !self.has_room(decision, sheet.rows().len(), csv.at, room) {
            return;
        }
        let names: Vec<String> = decision
            .columns
            .iter()
            .map(|column| column.value.to_string())
            .collect();
        let shared = Shared::of(&decision.entry.table);
        for row in sheet.rows() {
            if !self.row(decision, &shared, cells(&row, source, &names), room) {
                break;
            }
        }
    }

    /// Whether so many rows may be added: none, or too many, is told.
    fn has_room(&mut self, decision: &Decision<'_>, rows: usize, at: At, room: &mut Room) -> bool {
        if rows == 0 {
            let message = format!("la table `{}` n'a aucune ligne", decision.entry.id);
            let mend = "ajoutez une ligne à `rows`, ou au fichier `csv`";
            self.add(Mistake::MissingKey, at, message, Some(mend.to_owned()));
            return false;
        }
        let Some(left) = room.entries.checked_sub(rows) else {
            let message = format!(
                "le paquet dépasse {} entrées avec les lignes de cette table",
                self.limits.entries
            );
            let mend = "découpez en plusieurs paquets".to_owned();
            self.add(Mistake::TooLarge, at, message, Some(mend));
            return false;
        };
        room.entries = left;
        true
    }

    /// Adds a row, as a rule; false when it would be one too many.
    fn row(
        &mut self,
        decision: &mut Decision<'b>,
        shared: &Shared<'b>,
        line: Line<'b>,
        room: &mut Room,
    ) -> bool {
        let entry = decision.entry;
        let mut cost = shared.weight;
        for (column, node) in &line.cells {
            let name = decision.columns.get(*column);
            let name = name.map_or(0, |name| name.value.len());
            cost = cost.saturating_add(name).saturating_add(weight(node));
        }
        let Some(left) = room.bytes.checked_sub(cost) else {
            let message = format!(
                "les tables dépassent {} octets, une fois leurs lignes écrites comme des règles",
                self.limits.source_bytes
            );
            self.add(Mistake::TooLarge, entry.id_at, message, None);
            return false;
        };
        room.bytes = left;
        let mut keys = shared.keys.clone();
        let mut id = None;
        let mut proposed = Keys::new();
        let mut tests = Vec::new();
        for (column, node) in line.cells {
            let Some(name) = decision.columns.get(column) else {
                continue;
            };
            match name.value.as_ref() {
                _ if is_blank(&node) => {}
                "id" => id = self.cell(name, &node),
                part if PROPOSED.contains(&part) => {
                    proposed.insert(Cow::Owned(part.to_owned()), (name.at, node));
                }
                key if GIVEN.contains(&key) => {
                    keys.insert(Cow::Owned(key.to_owned()), (name.at, node));
                }
                _ => tests.extend(self.cell(name, &node).map(|cell| (column, cell))),
            }
        }
        propose(&mut keys, proposed, entry.at);
        let number = decision.rows.len().saturating_add(1).to_string();
        let id_at = id.as_ref().map_or(line.at, |id| id.at);
        let suffix = id.map_or(number, |id| id.value.into_owned());
        // What the table's own id lacks is told there.
        let prefix = if is_kebab(&entry.id) {
            &entry.id
        } else {
            "table"
        };
        let id: Cow<'_, str> = format!("{prefix}-{suffix}").into();
        let text = Text::new(id.clone(), id_at, false);
        let node = Node {
            at: id_at,
            tree: Tree::Text(text),
        };
        keys.insert(Cow::Borrowed("id"), (id_at, node));
        decision.rows.push(Row {
            at: line.at,
            entry: Entry {
                id,
                id_at,
                table: table(keys),
                // What no row gives is told once, at the table.
                at: entry.at,
                layer: entry.layer,
                ended: entry.ended,
            },
            tests,
        });
        true
    }

    /// The text of a cell, whatever it is written as.
    fn cell<'t>(&mut self, column: &Text<'_>, node: &Node<'t>) -> Option<Text<'t>> {
        let plain = |value: String| Some(Text::new(value.into(), node.at, false));
        match &node.tree {
            Tree::Text(text) => Some(text.clone()),
            Tree::Integer(number) => plain(number.to_string()),
            Tree::Flag(flag) => plain(flag.to_string()),
            Tree::Date(date) => plain(date.to_string()),
            Tree::Table(_) => {
                let message = format!("le nom `{}` n'est pas entre guillemets", column.value);
                let mend = format!("écrivez `\"{}\" = …`", column.value);
                self.add(Mistake::WrongForm, node.at, message, Some(mend));
                None
            }
            Tree::Unreadable => None,
            Tree::List(_) | Tree::Foreign(_) => {
                let message = format!("la cellule `{}` n'est pas un test", column.value);
                let mend = "écrivez-le entre guillemets, comme \"{a, b}\" ou \">= 18\"";
                self.add(Mistake::WrongForm, node.at, message, Some(mend.to_owned()));
                None
            }
        }
    }

    /// Tells the rows of one id, and those that lack what others give.
    fn complete(&mut self, decision: &mut Decision<'_>) {
        let mut seen = BTreeSet::new();
        for row in &mut decision.rows {
            if !seen.insert(row.entry.id.clone()) {
                let message = format!("deux lignes portent l'identifiant `{}`", row.entry.id);
                let mend = "donnez à chacune le sien, dans la colonne `id`".to_owned();
                self.errors
                    .add(Mistake::Twice, row.entry.id_at, message, Some(mend));
                // Once is enough.
                row.entry.id = Cow::Borrowed("");
            }
        }
        for key in NEEDED {
            let has = |row: &Row<'_>| row.entry.table.get(key).is_some();
            if !decision.rows.iter().any(has) {
                continue;
            }
            for row in decision.rows.iter_mut().filter(|row| !has(row)) {
                self.errors.add(
                    Mistake::MissingKey,
                    row.at,
                    format!(
                        "il manque `{key}` à cette ligne, et la table n'en donne pas pour toutes"
                    ),
                    Some(format!("donnez `{key}` à la ligne, ou à la table")),
                );
                // Anything will do: nothing is built.
                let tree = if key == "verified" {
                    Tree::Flag(false)
                } else {
                    Tree::Text(Text::new(Cow::Borrowed(""), row.at, false))
                };
                let mut with = keys(&row.entry.table);
                with.insert(Cow::Borrowed(key), (row.at, Node { at: row.at, tree }));
                row.entry.table = table(with);
            }
        }
        for part in PROPOSED {
            let has = |row: &Row<'_>| match row.entry.table.get("propose").map(|node| &node.tree) {
                Some(Tree::Table(propose)) => propose.get(part).is_some(),
                _ => false,
            };
            if !decision.rows.iter().any(has) {
                continue;
            }
            for row in decision.rows.iter_mut().filter(|row| !has(row)) {
                // Told at the row: others have it.
                let entries = row.entry.table.entries.iter_mut();
                for (_, _, node) in entries.filter(|(key, ..)| key == "propose") {
                    node.at = row.at;
                }
            }
        }
    }
}

/// What a row proposes, over what its table does.
fn propose<'t>(keys: &mut Keys<'t>, proposed: Keys<'t>, table_at: At) {
    if proposed.is_empty() {
        return;
    }
    if let Some((_, node)) = keys.get_mut("propose") {
        // Anything but a table is told when the rule is read.
        if let Tree::Table(shared) = &mut node.tree {
            let mut all = self::keys(shared);
            all.extend(proposed);
            *shared = table(all);
        }
    } else {
        let node = Node {
            at: table_at,
            tree: Tree::Table(table(proposed)),
        };
        keys.insert(Cow::Borrowed("propose"), (table_at, node));
    }
}
