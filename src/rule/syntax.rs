//! From text to a syntax tree. Names and types are not looked at here.

use super::slip;
use super::token::{Kind, Span, SyntaxError, Token, tokens};
use crate::calendar::{self, Unit};
use crate::vocabulary::Mistake;

/// A word of the text, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: Box<str>,
    pub(crate) span: Span,
}

/// A value as written; what it means depends on the fact it is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Literal {
    pub(crate) word: Word,
    /// `500 EUR`
    pub(crate) euros: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// What a test looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A fact, a field of a row, or a named condition.
    Name(Word),
    Count {
        list: Word,
        filter: Option<Box<Expr>>,
    },
}

/// What a test asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Predicate {
    /// The bare name: a flag or a named condition.
    Holds,
    Compare(Comparison, Literal),
    Between(Literal, Literal),
    OneOf(Vec<Literal>),
    InNamed(Word),
    InTheLast(u32, Unit),
    InTheNext(u32, Unit),
    MoreThanAgo(u32, Unit),
    Has(Literal),
    HasAny(Vec<Literal>),
    HasAll(Vec<Literal>),
}

/// An expression of the rule language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expr {
    Constant(bool),
    Not(Box<Expr>),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    AtLeast(u32, Vec<Expr>),
    AtMost(u32, Vec<Expr>),
    /// `any(list, filter)`
    Any {
        list: Word,
        filter: Option<Box<Expr>>,
    },
    Test {
        subject: Subject,
        predicate: Predicate,
        span: Span,
    },
}

/// Bounds on one expression.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    pub(crate) bytes: usize,
    pub(crate) depth: usize,
}

/// Parses one expression.
pub(crate) fn parse(text: &str, bounds: Bounds) -> Result<Expr, SyntaxError> {
    let tokens = bounded(text, bounds)?;
    let mut parser = Parser::new(&tokens, text, bounds);
    let expr = parser.expression()?;
    match parser.peek() {
        None => Ok(expr),
        Some(token) => Err(parser.meant().unwrap_or(SyntaxError {
            mistake: Mistake::Leftover,
            span: token.span,
            message: format!(
                "`{}` est de trop : la condition est déjà complète",
                token.text
            ),
            mend: Some("reliez les conditions par `and` ou `or`".to_owned()),
        })),
    }
}

/// The same for whoever wrote it: all signs that are none are told at once; else all words of
/// French between conditions, and the condition is read as if they were those of the language,
/// if nothing else is wrong.
pub(crate) fn parse_telling(text: &str, bounds: Bounds) -> (Option<Expr>, Vec<SyntaxError>) {
    let first = match parse(text, bounds) {
        Ok(expr) => return (Some(expr), Vec::new()),
        Err(first) => first,
    };
    let Ok(tokens) = bounded(text, bounds) else {
        let rest = signs_after(text, first.span, bounds);
        return (None, std::iter::once(first).chain(rest).collect());
    };
    let mut parser = Parser::new(&tokens, text, bounds);
    parser.told = Some(Vec::new());
    let expr = parser.expression();
    let whole = parser.peek().is_none();
    let mut told = parser.told.take().unwrap_or_default();
    match expr {
        Ok(expr) if whole && !told.is_empty() => (Some(expr), told),
        _ if told.is_empty() => (None, vec![first]),
        Ok(_) => (None, told),
        Err(other) => {
            told.push(other);
            (None, told)
        }
    }
}

/// The signs that are none behind the first one, as many as somebody reads.
fn signs_after(text: &str, first: Span, bounds: Bounds) -> Vec<SyntaxError> {
    const READ: usize = 20;
    let mut told = Vec::new();
    let mut left = text.to_owned();
    let mut last = first;
    // What was told is blanked out, and all places stay as they are.
    while told.len() < READ && left.get(last.start..last.end).is_some() {
        let blank = " ".repeat(last.end.saturating_sub(last.start));
        left.replace_range(last.start..last.end, &blank);
        match bounded(&left, bounds) {
            Err(next) if next.mistake == Mistake::Sign && next.span.start >= last.end => {
                last = next.span;
                told.push(next);
            }
            _ => break,
        }
    }
    told
}

/// One expression as it is, several as one. Most stand alone, and need no list.
fn joined(first: Expr, mut others: Vec<Expr>, join: fn(Vec<Expr>) -> Expr) -> Expr {
    if others.is_empty() {
        return first;
    }
    others.insert(0, first);
    join(others)
}

/// The words and signs of a text that is not too long.
pub(super) fn bounded(text: &str, bounds: Bounds) -> Parsed<Vec<Token<'_>>> {
    if text.len() > bounds.bytes {
        return Err(SyntaxError {
            mistake: Mistake::TooLarge,
            span: Span {
                start: 0,
                end: text.len(),
            },
            message: format!("la condition dépasse {} caractères", bounds.bytes),
            mend: Some("découpez-la en conditions nommées ([[condition]])".to_owned()),
        });
    }
    tokens(text)
}

/// Recursive descent: it knows what it expected, which a grammar of combinators
/// forgets, and the messages are what pack authors learn the language from.
pub(super) struct Parser<'t, 'a> {
    tokens: &'t [Token<'a>],
    next: usize,
    text: &'a str,
    /// Nesting still allowed.
    depth: usize,
    /// Words of French that were read as those of the language, where they are.
    told: Option<Vec<SyntaxError>>,
}

pub(super) type Parsed<T> = Result<T, SyntaxError>;

impl<'t, 'a> Parser<'t, 'a> {
    pub(super) fn new(tokens: &'t [Token<'a>], text: &'a str, bounds: Bounds) -> Self {
        Self {
            tokens,
            next: 0,
            text,
            depth: bounds.depth,
            told: None,
        }
    }

    pub(super) fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.next).copied()
    }

    pub(super) fn peek_after(&self, ahead: usize) -> Option<&'a str> {
        self.tokens
            .get(self.next.saturating_add(ahead))
            .map(|token| token.text)
    }

    fn bump(&mut self) -> Option<Token<'a>> {
        let token = self.peek();
        self.next = self.next.saturating_add(1);
        token
    }

    pub(super) fn eat(&mut self, text: &str) -> bool {
        let found = self.peek().is_some_and(|token| token.text == text);
        if found {
            self.next = self.next.saturating_add(1);
        }
        found
    }

    /// The same, also of a French word for it where those are read.
    fn eat_meant(&mut self, text: &str) -> bool {
        if self.eat(text) {
            return true;
        }
        let Some(told) = &mut self.told else {
            return false;
        };
        let slip = slip::word(self.tokens, self.next, text);
        let found = slip.is_some();
        told.extend(slip);
        self.next = self.next.saturating_add(usize::from(found));
        found
    }

    pub(super) fn fail<T>(&self, expected: &str, mend: Option<&str>) -> Parsed<T> {
        let (span, found) = match self.peek() {
            Some(token) => (token.span, format!("`{}`", token.text)),
            None => (
                // The last character, whatever its width.
                Span {
                    start: self
                        .text
                        .floor_char_boundary(self.text.len().saturating_sub(1)),
                    end: self.text.len(),
                },
                "la fin".to_owned(),
            ),
        };
        Err(SyntaxError {
            mistake: Mistake::Syntax,
            span,
            message: format!("ici, il faut {expected}, et non {found}"),
            mend: mend.map(str::to_owned),
        })
    }

    /// What French people mean by what stands here, once all that may is read.
    pub(super) fn meant(&self) -> Option<SyntaxError> {
        slip::leftover(self.tokens, self.next)
    }

    fn expect(&mut self, text: &str) -> Parsed<Span> {
        match self.peek() {
            Some(token) if token.text == text => {
                self.next = self.next.saturating_add(1);
                Ok(token.span)
            }
            _ => match self.meant() {
                Some(meant) => Err(meant),
                None => self.fail(&format!("`{text}`"), None),
            },
        }
    }

    fn deeper<T>(&mut self, inner: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let Some(left) = self.depth.checked_sub(1) else {
            return Err(SyntaxError {
                mistake: Mistake::TooLarge,
                span: self.peek().map(|token| token.span).unwrap_or_default(),
                message: "trop de parenthèses imbriquées".to_owned(),
                mend: Some("découpez en conditions nommées ([[condition]])".to_owned()),
            });
        };
        let before = std::mem::replace(&mut self.depth, left);
        let result = inner(self);
        self.depth = before;
        result
    }

    fn expression(&mut self) -> Parsed<Expr> {
        self.deeper(|parser| {
            let first = parser.conjunction()?;
            let mut others = Vec::new();
            while parser.eat_meant("or") {
                others.push(parser.conjunction()?);
            }
            Ok(joined(first, others, Expr::Or))
        })
    }

    fn conjunction(&mut self) -> Parsed<Expr> {
        let first = self.negation()?;
        let mut others = Vec::new();
        while self.eat_meant("and") {
            others.push(self.negation()?);
        }
        Ok(joined(first, others, Expr::And))
    }

    fn negation(&mut self) -> Parsed<Expr> {
        if self.eat_meant("not") {
            return self.deeper(|parser| Ok(Expr::Not(Box::new(parser.negation()?))));
        }
        self.primary()
    }

    fn primary(&mut self) -> Parsed<Expr> {
        if self.eat("(") {
            let inner = self.expression()?;
            self.expect(")")?;
            return Ok(inner);
        }
        if self.peek().is_some_and(|token| token.text == "at") {
            return self.counted();
        }
        if self.eat("true") {
            return Ok(Expr::Constant(true));
        }
        if self.eat("false") {
            return Ok(Expr::Constant(false));
        }
        if self.peek_after(1) == Some("(") {
            if self.eat("any") {
                let (list, filter, _) = self.list()?;
                return Ok(Expr::Any { list, filter });
            }
            if self.peek().is_some_and(|token| token.text == "count") {
                let start = self.bump().map(|token| token.span).unwrap_or_default();
                let (list, filter, _) = self.list()?;
                let predicate = self.predicate()?;
                if predicate == Predicate::Holds {
                    return self.fail("une comparaison, comme `>= 1`", None);
                }
                let span = start.to(self.last_span());
                return Ok(Expr::Test {
                    subject: Subject::Count { list, filter },
                    predicate,
                    span,
                });
            }
        }
        let name = self.word("un fait ou une condition")?;
        let predicate = self.predicate()?;
        let span = name.span.to(self.last_span());
        Ok(Expr::Test {
            subject: Subject::Name(name),
            predicate,
            span,
        })
    }

    fn last_span(&self) -> Span {
        let last = self
            .next
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last));
        last.map(|token| token.span).unwrap_or_default()
    }

    /// `(list)` or `(list, filter)`
    fn list(&mut self) -> Parsed<(Word, Option<Box<Expr>>, Span)> {
        self.expect("(")?;
        let list = self.word("le nom d'une liste")?;
        let filter = if self.eat(",") {
            Some(Box::new(self.expression()?))
        } else {
            None
        };
        let end = self.expect(")")?;
        Ok((list, filter, end))
    }

    /// `at least n of (…)`, `at most n of (…)`
    fn counted(&mut self) -> Parsed<Expr> {
        self.expect("at")?;
        let least = self.eat("least");
        if !least && !self.eat("most") {
            return self.fail(
                "`least` ou `most`",
                Some("écrivez par exemple `at least 2 of (…, …)`"),
            );
        }
        let number = self.number()?;
        let place = self.last_span();
        self.expect("of")?;
        self.expect("(")?;
        let mut items = vec![self.expression()?];
        while self.eat(",") {
            items.push(self.expression()?);
        }
        self.expect(")")?;
        let said = usize::try_from(number).unwrap_or(usize::MAX);
        let sensible = if least {
            (1..=items.len()).contains(&said)
        } else {
            said < items.len()
        };
        if !sensible {
            let always = if least == (said == 0) {
                "est toujours"
            } else {
                "n'est jamais"
            };
            return Err(SyntaxError {
                mistake: Mistake::ImpossibleCount,
                span: place,
                message: format!("sur une liste de {}, cela {always} vrai", items.len()),
                mend: Some("corrigez le nombre, ou la liste des conditions".to_owned()),
            });
        }
        Ok(if least {
            Expr::AtLeast(number, items)
        } else {
            Expr::AtMost(number, items)
        })
    }

    fn number(&mut self) -> Parsed<u32> {
        match self.peek().and_then(|token| token.text.parse().ok()) {
            Some(number) => {
                self.next = self.next.saturating_add(1);
                Ok(number)
            }
            None => self.fail("un nombre entier", None),
        }
    }

    fn word(&mut self, what: &str) -> Parsed<Word> {
        match self.peek() {
            Some(Token {
                kind: Kind::Word,
                text,
                span,
            }) if !matches!(text, "and" | "or" | "not" | "in" | "of" | "at" | "has") => {
                self.next = self.next.saturating_add(1);
                Ok(Word {
                    text: text.into(),
                    span,
                })
            }
            _ => self.fail(what, None),
        }
    }

    pub(super) fn literal(&mut self) -> Parsed<Literal> {
        let word = self.word("une valeur")?;
        let euros = self.eat("EUR");
        Ok(Literal { word, euros })
    }

    pub(super) fn set(&mut self) -> Parsed<Vec<Literal>> {
        self.expect("{")?;
        let mut items = vec![self.literal()?];
        while self.eat(",") {
            items.push(self.literal()?);
        }
        self.expect("}")?;
        Ok(items)
    }

    fn duration(&mut self) -> Parsed<(u32, Unit)> {
        let number = self.number()?;
        let unit = match self.peek().map(|token| token.text) {
            Some("day" | "days") => Unit::Days,
            Some("week" | "weeks") => Unit::Weeks,
            Some("month" | "months") => Unit::Months,
            Some("year" | "years") => Unit::Years,
            _ => {
                return self.fail("`days`, `weeks`, `months` ou `years`", None);
            }
        };
        if unit.years(number) > calendar::YEARS {
            return Err(SyntaxError {
                mistake: Mistake::TooLong,
                span: self.last_span(),
                message: format!("cette durée dépasse {} ans", calendar::YEARS),
                mend: None,
            });
        }
        self.next = self.next.saturating_add(1);
        Ok((number, unit))
    }

    pub(super) fn predicate(&mut self) -> Parsed<Predicate> {
        let comparison = match self.peek().map(|token| token.text) {
            Some("=") => Some(Comparison::Equal),
            Some("!=") => Some(Comparison::NotEqual),
            Some("<") => Some(Comparison::Less),
            Some("<=") => Some(Comparison::AtMost),
            Some(">") => Some(Comparison::More),
            Some(">=") => Some(Comparison::AtLeast),
            _ => None,
        };
        if let Some(comparison) = comparison {
            self.next = self.next.saturating_add(1);
            return Ok(Predicate::Compare(comparison, self.literal()?));
        }
        if self.peek().is_some_and(|token| token.text == "more") {
            self.next = self.next.saturating_add(1);
            self.expect("than")?;
            let (number, unit) = self.duration()?;
            self.expect("ago")?;
            return Ok(Predicate::MoreThanAgo(number, unit));
        }
        if self.eat("has") {
            if self.peek_after(1) == Some("of") {
                if self.eat("any") {
                    self.expect("of")?;
                    return Ok(Predicate::HasAny(self.set()?));
                }
                if self.eat("all") {
                    self.expect("of")?;
                    return Ok(Predicate::HasAll(self.set()?));
                }
            }
            return Ok(Predicate::Has(self.literal()?));
        }
        if !self.eat("in") {
            return Ok(Predicate::Holds);
        }
        if self.eat("the") {
            let last = self.eat("last");
            if !last && !self.eat("next") {
                return self.fail(
                    "`last` ou `next`",
                    Some("écrivez par exemple `in the last 12 months`"),
                );
            }
            let (number, unit) = self.duration()?;
            return Ok(if last {
                Predicate::InTheLast(number, unit)
            } else {
                Predicate::InTheNext(number, unit)
            });
        }
        if self.peek().is_some_and(|token| token.text == "{") {
            return Ok(Predicate::OneOf(self.set()?));
        }
        let first = self.literal()?;
        if self.eat("..") {
            return Ok(Predicate::Between(first, self.literal()?));
        }
        if first.euros {
            return self.fail("`..`", Some("écrivez par exemple `in 100 EUR..200 EUR`"));
        }
        Ok(Predicate::InNamed(first.word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds {
        bytes: 4096,
        depth: 16,
    };

    fn parsed(text: &str) -> Expr {
        parse(text, BOUNDS).unwrap()
    }

    fn refused(text: &str) -> SyntaxError {
        parse(text, BOUNDS).unwrap_err()
    }

    #[test]
    fn and_binds_tighter_than_or() {
        assert_eq!(
            parsed("a or b and c"),
            parsed("a or (b and c)")
                .clone()
                .relocated(&parsed("a or b and c"))
        );
    }

    impl Expr {
        /// Equality of shape: spans differ with parentheses.
        fn relocated(self, like: &Self) -> Self {
            let plain = |expr: &Self| {
                format!("{expr:?}")
                    .split("span")
                    .map(|part| {
                        part.split_once('}')
                            .map_or(part, |(_, rest)| rest)
                            .to_owned()
                    })
                    .collect::<String>()
            };
            if plain(&self) == plain(like) {
                like.clone()
            } else {
                self
            }
        }
    }

    #[test]
    fn words_keep_dots_dashes_and_dates() {
        let Expr::Test {
            predicate: Predicate::Between(from, to),
            ..
        } = parsed("age in 16..25")
        else {
            panic!("a range");
        };
        assert_eq!((&*from.word.text, &*to.word.text), ("16", "25"));
        let Expr::Test {
            predicate: Predicate::OneOf(codes),
            ..
        } = parsed("residence.arrondissement in {vitry-le-francois, epernay}")
        else {
            panic!("a set");
        };
        assert_eq!(&*codes[0].word.text, "vitry-le-francois");
    }

    #[test]
    fn mistakes_say_what_was_expected_and_where() {
        let error = refused("rsa and age >= ");
        assert!(
            error.message.starts_with("ici, il faut une valeur"),
            "{}",
            error.message
        );
        assert_eq!(refused("rsa & age").mend.as_deref(), Some("écrivez `and`"));
        let (expr, told) = parse_telling("a et non (b ou c) and d", BOUNDS);
        let meant = expr.map(|expr| expr.relocated(&parsed("a and not (b or c) and d")));
        assert_eq!(meant, Some(parsed("a and not (b or c) and d")));
        let words: Vec<_> = told.iter().filter_map(|one| one.mend.as_deref()).collect();
        assert_eq!(
            words,
            [
                "vouliez-vous `and` ?",
                "vouliez-vous `not` ?",
                "vouliez-vous `or` ?"
            ]
        );
        let (expr, told) = parse_telling("a >= 12,50 € and b => 3 or c ≠ d", BOUNDS);
        let mends: Vec<_> = told.iter().filter_map(|one| one.mend.as_deref()).collect();
        assert_eq!(expr, None);
        assert_eq!(
            mends,
            [
                "vouliez-vous `12.50 EUR` ?",
                "vouliez-vous `>=` ?",
                "écrivez `!=`"
            ]
        );
        let (expr, told) = parse_telling("a et b >= ", BOUNDS);
        assert_eq!((expr, told.len()), (None, 2));
        assert_eq!(refused("rsa jobseeker").span, Span { start: 4, end: 13 });
    }

    #[test]
    fn depth_and_length_are_bounded() {
        let deep = format!("{}a{}", "(".repeat(40), ")".repeat(40));
        assert!(refused(&deep).message.contains("imbriquées"));
        let nots = "not ".repeat(40) + "a";
        assert!(refused(&nots).message.contains("imbriquées"));
        assert!(refused(&"a or ".repeat(2000)).message.contains("dépasse"));
    }
}
