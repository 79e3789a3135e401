//! The condition of a row: that of its table, then what each of its cells asks.

use super::super::super::model::DecisionTable;
use super::super::super::tree::{Reader, Text, Tree};
use super::super::Build;
use super::super::proposals::Proposals;
use super::{Decision, GIVEN};
use crate::fact::dictionary::Kind;
use crate::network::Network;
use crate::rule::cell;
use crate::rule::check::Problem;
use crate::rule::condition::Cond;
use crate::rule::syntax::{Comparison, Expr, Literal, Predicate, Subject, Word};
use crate::rule::token::Span;
use crate::vocabulary::{Mistake, Period};

/// What a column asks about.
#[derive(Clone, Copy)]
enum Column {
    Fact,
    Condition,
    /// `when`: any condition.
    Free,
    /// Told at its name.
    Wrong,
}

impl Build<'_> {
    /// The rules of all rows, and the tables that they make.
    pub(in super::super) fn decisions(&mut self, network: &Network, proposals: &mut Proposals) {
        let decisions = std::mem::take(&mut self.decisions);
        for decision in &decisions {
            self.decision(decision, network, proposals);
        }
        self.decisions = decisions;
    }

    fn decision(&mut self, decision: &Decision<'_>, network: &Network, proposals: &mut Proposals) {
        let entry = decision.entry;
        let period = super::super::peek_period(entry);
        let when = match entry.table.get("when").map(|node| &node.tree) {
            Some(Tree::Text(text)) => Some(self.expression(text, period)),
            _ => None,
        };
        let columns: Vec<Column> = decision
            .columns
            .iter()
            .map(|name| self.column_of(name))
            .collect();
        let first = proposals.rules.len();
        for row in &decision.rows {
            let mut all: Vec<Cond> = when.iter().cloned().collect();
            for (place, cell) in &row.tests {
                if let (Some(name), Some(column)) =
                    (decision.columns.get(*place), columns.get(*place))
                {
                    all.push(self.asked(name, *column, cell, period));
                }
            }
            let condition = match all.len() {
                0 => Cond::Constant(true),
                1 => all.swap_remove(0),
                _ => Cond::And(all),
            };
            let rule = self.rule(&row.entry, Some(condition), network);
            proposals.rules.extend(rule);
        }
        let mut reader = Reader::new(&entry.table, entry.at, self.errors);
        let answers = super::super::answers(&mut reader);
        let table = DecisionTable {
            id: entry.id.as_ref().into(),
            at: entry.id_at,
            when: when.unwrap_or(Cond::Constant(true)),
            rules: first..proposals.rules.len(),
            answers,
        };
        proposals.tables.push((period, table));
    }

    fn column_of(&mut self, name: &Text<'_>) -> Column {
        let text = name.value.as_ref();
        if text == "when" {
            return Column::Free;
        }
        // Read as what the row gives.
        if text == "id" || GIVEN.contains(&text) || self.names.broken.contains(text) {
            return Column::Wrong;
        }
        if let Some(id) = self.dictionary.id(text) {
            if !matches!(self.dictionary.fact(id).kind, Kind::Records { .. }) {
                return Column::Fact;
            }
            let message = format!("`{text}` est une liste : une cellule ne la teste pas");
            let mend = format!("écrivez `any({text}, …)` dans une colonne `when`");
            self.add(Mistake::WrongTest, name.at, message, Some(mend));
            return Column::Wrong;
        }
        if self.names.conditions.contains_key(text) {
            return Column::Condition;
        }
        let known = self
            .dictionary
            .names()
            .chain(self.names.conditions.keys().map(|name| &**name))
            .chain(GIVEN)
            .chain(["id", "when"]);
        let near = self.errors.slips.nearest(text, known);
        let mend = near.map_or_else(
            || {
                let given = GIVEN.join("`, `");
                format!("un fait, une condition nommée, `when`, `id`, ou ce que la ligne donne : `{given}`")
            },
            |near| format!("vouliez-vous `{near}` ?"),
        );
        let message = format!("la colonne `{text}` n'est ni un fait, ni une condition nommée");
        self.add(Mistake::UnknownColumn, name.at, message, Some(mend));
        Column::Wrong
    }

    /// What a cell asks.
    fn asked(&mut self, name: &Text<'_>, column: Column, cell: &Text<'_>, period: Period) -> Cond {
        match column {
            Column::Wrong => return Cond::Constant(false),
            Column::Free => return self.expression(cell, period),
            Column::Fact | Column::Condition => {}
        }
        let predicate = match cell::parse(&cell.value, self.bounds()) {
            Ok(predicate) => predicate,
            Err(error) => {
                self.problems(cell, vec![error.into()]);
                return Cond::Constant(false);
            }
        };
        let span = Span {
            start: 0,
            end: cell.value.len(),
        };
        let test = |predicate| Expr::Test {
            subject: Subject::Name(Word {
                text: name.value.as_ref().into(),
                span,
            }),
            predicate,
            span,
        };
        let expr = match (column, predicate) {
            (Column::Condition, predicate) => match truth(&predicate) {
                Some(true) => test(Predicate::Holds),
                Some(false) => Expr::Not(Box::new(test(Predicate::Holds))),
                None => {
                    let problem = Problem {
                        mistake: Mistake::ConditionCompared,
                        span,
                        message: format!("la condition `{}` est vraie ou fausse", name.value),
                        mend: Some("écrivez `true`, `false`, ou `-` si peu importe".to_owned()),
                    };
                    self.problems(cell, vec![problem]);
                    return Cond::Constant(false);
                }
            },
            (_, predicate) => test(predicate),
        };
        let (cond, mut problems) = self.checked(&expr);
        // The fact is named by the column, and not again in the cell.
        let named = format!("`{} ", name.value);
        for problem in &mut problems {
            problem.mend = problem.mend.take().map(|mend| mend.replace(&named, "`"));
        }
        self.problems(cell, problems);
        self.dated.push((cond.clone(), period, cell.at));
        cond
    }
}

/// `true` or `false`, alone.
fn truth(predicate: &Predicate) -> Option<bool> {
    let Predicate::Compare(Comparison::Equal, Literal { word, euros: false }) = predicate else {
        return None;
    };
    word.text.parse().ok()
}
