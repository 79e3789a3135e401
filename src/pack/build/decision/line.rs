//! The rows of a table as they are written, in TOML or in a CSV source.

use super::super::super::place::At;
use super::super::super::tree::{Node, Table, Text, Tree};
use super::super::sheet::Row as SheetRow;

/// A row as it is written: columns by their place, each with its cell.
pub(super) struct Line<'b> {
    pub(super) at: At,
    pub(super) cells: Vec<(usize, Node<'b>)>,
}

/// An empty cell, or `-`: whatever it is, or as the table says.
pub(super) fn is_blank(node: &Node<'_>) -> bool {
    matches!(&node.tree, Tree::Text(text) if matches!(text.value.trim(), "" | "-"))
}

/// The cell of a CSV source as the key of a rule expects it.
fn typed<'b>(column: &str, cell: Text<'b>) -> Node<'b> {
    let at = cell.at;
    let tree = match (column, cell.value.as_ref()) {
        ("choice" | "next_working_day" | "verified" | "waits", "true") => Tree::Flag(true),
        ("choice" | "next_working_day" | "verified" | "waits", "false") => Tree::Flag(false),
        ("priority", number) => match number.parse() {
            Ok(number) => Tree::Integer(number),
            Err(_) => Tree::Text(cell),
        },
        _ => Tree::Text(cell),
    };
    Node { at, tree }
}

/// The name of a column that TOML cut at its dots, for want of quotes.
fn dotted(key: &str, mut node: &Node<'_>) -> String {
    let mut name = key.to_owned();
    while let Tree::Table(table) = &node.tree
        && let [(key, _, inner)] = table.entries.as_slice()
    {
        name.push('.');
        name.push_str(key);
        node = inner;
    }
    name
}

/// A row of `rows`; its columns are added to those of the table.
pub(super) fn written<'b>(row: &Table<'b>, at: At, columns: &mut Vec<Text<'b>>) -> Line<'b> {
    let cells = row.entries.iter().map(|(key, at, node)| {
        columns.push(Text::new(dotted(key, node).into(), *at, false));
        (columns.len().saturating_sub(1), node.clone())
    });
    Line {
        at,
        cells: cells.collect(),
    }
}

/// A row of a CSV source.
pub(super) fn cells(row: &SheetRow<'_>, source: &str, names: &[String]) -> Line<'static> {
    let cells = row.texts(source).zip(names).enumerate();
    let cells = cells.filter(|(_, (cell, _))| !cell.value.is_empty());
    Line {
        at: row.at,
        cells: cells
            .map(|(column, (cell, name))| (column, typed(name, cell)))
            .collect(),
    }
}
