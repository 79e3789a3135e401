//! The cell of a decision table: a test without its subject, which is the column.

use super::syntax::{Bounds, Comparison, Parsed, Parser, Predicate, bounded};
use super::token::{Kind, SyntaxError};
use crate::vocabulary::Mistake;

/// Where more than one test is to be written.
const FREE: &str = "écrivez le reste dans la colonne `when`";

/// Parses what a cell asks: what may follow a fact's name in a condition, or the short
/// forms of a value, a range and a set.
pub(crate) fn parse(text: &str, bounds: Bounds) -> Parsed<Predicate> {
    let tokens = bounded(text, bounds)?;
    let mut parser = Parser::new(&tokens, text, bounds);
    let asked = asked(&mut parser)?;
    match parser.peek() {
        None => Ok(asked),
        Some(token) => Err(parser.meant().unwrap_or(SyntaxError {
            mistake: Mistake::Leftover,
            span: token.span,
            message: format!(
                "`{}` est de trop : une cellule porte un seul test",
                token.text
            ),
            mend: Some(FREE.to_owned()),
        })),
    }
}

fn asked(parser: &mut Parser<'_, '_>) -> Parsed<Predicate> {
    let Some(token) = parser.peek() else {
        return parser.fail("une valeur ou un test", Some("écrivez `-` si peu importe"));
    };
    let follows = match token.text {
        "in" | "has" => true,
        "more" => parser.peek_after(1) == Some("than"),
        _ => false,
    };
    if token.text == "{" {
        return Ok(Predicate::OneOf(parser.set()?));
    }
    if token.kind == Kind::Word && !follows {
        match token.text {
            "not" => {
                let mend = "écrivez `!=` et la valeur, ou la condition dans la colonne `when`";
                return parser.fail("une valeur ou un test", Some(mend));
            }
            "and" | "or" | "at" | "of" => return parser.fail("une valeur ou un test", Some(FREE)),
            _ => {}
        }
        let first = parser.literal()?;
        return Ok(if parser.eat("..") {
            Predicate::Between(first, parser.literal()?)
        } else {
            Predicate::Compare(Comparison::Equal, first)
        });
    }
    match parser.predicate()? {
        Predicate::Holds => parser.fail("une valeur ou un test", Some(FREE)),
        asked => Ok(asked),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::syntax::{self, Expr};

    const BOUNDS: Bounds = Bounds {
        bytes: 4096,
        depth: 16,
    };

    /// The same as after the name of a fact.
    #[test]
    fn a_cell_asks_what_follows_a_name() {
        for (cell, after) in [
            ("true", "= true"),
            ("btp", "= btp"),
            ("none", "= none"),
            ("-3", "= -3"),
            ("2021-05-27", "= 2021-05-27"),
            ("500 EUR", "= 500 EUR"),
            ("16..25", "in 16..25"),
            ("100 EUR .. 200 EUR", "in 100 EUR..200 EUR"),
            ("{a, b}", "in {a, b}"),
            ("in {a, b}", "in {a, b}"),
            ("in reims_agglo", "in reims_agglo"),
            (">= 18", ">= 18"),
            ("!= x", "!= x"),
            ("has y", "has y"),
            ("has any of {x, y}", "has any of {x, y}"),
            ("in the last 6 months", "in the last 6 months"),
            ("more than 2 years ago", "more than 2 years ago"),
            ("more", "= more"),
        ] {
            let Ok(Expr::Test { predicate, .. }) = syntax::parse(&format!("x {after}"), BOUNDS)
            else {
                panic!("{after}");
            };
            let plain = |predicate: &Predicate| {
                let text = format!("{predicate:?}");
                let parts = text.split("span: Span {").map(|part| part.split_once('}'));
                parts
                    .map(|part| part.map_or("", |part| part.1).to_owned())
                    .collect::<String>()
            };
            assert_eq!(
                plain(&parse(cell, BOUNDS).unwrap()),
                plain(&predicate),
                "{cell}"
            );
        }
    }

    #[test]
    fn a_cell_is_one_test() {
        for cell in [
            "",
            "not a",
            "< 3 or > 5",
            "a b",
            "(a)",
            "))",
            ">=",
            "in",
            "{a",
            "16..",
            "or",
            "and a",
        ] {
            assert!(parse(cell, BOUNDS).is_err(), "{cell}");
        }
    }
}
