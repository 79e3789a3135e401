//! The words and signs of an expression, each with its place.

use super::slip;
use crate::vocabulary::Mistake;
use winnow::Parser as _;
use winnow::combinator::{alt, repeat};
use winnow::stream::{LocatingSlice, Location as _};
use winnow::token::{one_of, take_while};

/// Place in the text of one expression, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Span {
    pub(super) fn to(self, last: Self) -> Self {
        Self {
            start: self.start,
            end: last.end,
        }
    }
}

/// Why a text is not an expression, in French for pack authors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub(crate) mistake: Mistake,
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) mend: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Symbol,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    pub(super) span: Span,
}

fn word<'a>(input: &mut LocatingSlice<&'a str>) -> winnow::ModalResult<&'a str> {
    // `16..25` is two words; `licence.b`, `29.56` and `2021-05-27` are one.
    let part = || take_while(1.., |c: char| c.is_alphanumeric() || c == '_' || c == '-');
    (part(), repeat::<_, _, (), _, _>(0.., ('.', part())))
        .take()
        .parse_next(input)
}

fn symbol<'a>(input: &mut LocatingSlice<&'a str>) -> winnow::ModalResult<&'a str> {
    alt((
        "..",
        "<=",
        ">=",
        "!=",
        one_of(['(', ')', '{', '}', ',', '=', '<', '>']).take(),
    ))
    .parse_next(input)
}

/// Cuts a text into its words and signs.
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, SyntaxError> {
    let mut input = LocatingSlice::new(text);
    // Most words are longer.
    let mut tokens = Vec::with_capacity(text.len() / 4);
    loop {
        let blank: winnow::ModalResult<&str> =
            take_while(0.., char::is_whitespace).parse_next(&mut input);
        if blank.is_err() || input.is_empty() {
            return Ok(tokens);
        }
        let start = input.current_token_start();
        if let Some(meant) = slip::sign(text, start) {
            return Err(meant);
        }
        let kind_and_text = alt((
            word.map(|text| (Kind::Word, text)),
            symbol.map(|text| (Kind::Symbol, text)),
        ))
        .parse_next(&mut input);
        let end = input.current_token_start();
        if let Ok((kind, text)) = kind_and_text {
            tokens.push(Token {
                kind,
                text,
                span: Span { start, end },
            });
            continue;
        }
        let rest: &str = &input;
        let found = rest.chars().next().unwrap_or(' ');
        // `&&` is one slip.
        let run = rest.trim_start_matches(found).len();
        let end = start.saturating_add(rest.len().saturating_sub(run));
        let mend = match found {
            '"' | '\'' | '«' | '»' | '“' | '”' | '‘' | '’' => {
                Some("écrivez la valeur sans guillemets".to_owned())
            }
            '&' => Some("écrivez `and`".to_owned()),
            '|' => Some("écrivez `or`".to_owned()),
            '!' => Some("écrivez `not` ou `!=`".to_owned()),
            '–' | '—' | '−' => {
                Some("écrivez `-`, ou `..` entre les deux bornes d'un intervalle".to_owned())
            }
            '…' => Some("écrivez `..`".to_owned()),
            '≠' => Some("écrivez `!=`".to_owned()),
            _ => None,
        };
        return Err(SyntaxError {
            mistake: Mistake::Sign,
            span: Span { start, end },
            message: format!("le signe `{found}` n'a pas de sens ici"),
            mend,
        });
    }
}
