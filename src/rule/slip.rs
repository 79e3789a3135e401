//! What French people write in a condition, and how the language says it: a mend that is a
//! replacement wherever it can be computed.

use super::token::{Kind, Span, SyntaxError, Token};
use crate::pack::french_date;
use crate::vocabulary::Mistake;

/// Signs of other languages, and those of this one.
const SIGNS: [(&str, &str); 6] = [
    ("=>", ">="),
    ("=<", "<="),
    ("==", "="),
    ("<>", "!="),
    ("≥", ">="),
    ("≤", "<="),
];

/// Words of French, and those of the language.
const WORDS: [(&str, &str); 9] = [
    ("et", "and"),
    ("ET", "and"),
    ("AND", "and"),
    ("ou", "or"),
    ("OU", "or"),
    ("OR", "or"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("eur", "EUR"),
];

/// How `not` is written by slip, before what it denies.
const NOT: [&str; 5] = ["non", "NON", "pas", "NOT", "Not"];

/// What may follow a name: before such a word, a word is no denial.
const FOLLOW: [&str; 7] = ["and", "or", "et", "ou", "in", "has", "more"];

/// What a number counts is said by its fact.
const UNITS: [&str; 22] = [
    "an",
    "ans",
    "année",
    "années",
    "mois",
    "semaine",
    "semaines",
    "jour",
    "jours",
    "heure",
    "heures",
    "h",
    "minute",
    "minutes",
    "min",
    "km",
    "kilomètre",
    "kilomètres",
    "m",
    "personnes",
    "enfants",
    "years",
];

fn replaced(mistake: Mistake, span: Span, message: String, by: &str) -> SyntaxError {
    SyntaxError {
        mistake,
        span,
        message,
        mend: Some(format!("vouliez-vous `{by}` ?")),
    }
}

/// What was meant by a sign that stands at a byte of a text.
pub(super) fn sign(text: &str, start: usize) -> Option<SyntaxError> {
    let rest = text.get(start..)?;
    if let Some((sign, meant)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
        let end = start.saturating_add(sign.len());
        let message = format!("le signe `{sign}` n'a pas de sens ici");
        return Some(replaced(Mistake::Sign, Span { start, end }, message, meant));
    }
    if rest.starts_with('/') {
        let is_date = |c: char| c.is_ascii_digit() || c == '/';
        let around = around(text, start, is_date);
        let date = french_date(text.get(around.start..around.end)?);
        let message = "une date s'écrit année, mois, jour, comme 2021-05-27".to_owned();
        return Some(match date {
            Some(date) => replaced(Mistake::Sign, around, message, &date.to_string()),
            None => SyntaxError {
                mistake: Mistake::Sign,
                span: around,
                message,
                mend: Some("écrivez un jour du calendrier".to_owned()),
            },
        });
    }
    if rest.starts_with('€') {
        let before = text.get(..start)?.trim_end();
        let is_amount = |c: char| c.is_ascii_digit() || ".,".contains(c);
        let number = around(before, before.len(), is_amount);
        let amount = before.get(number.start..)?;
        let message = "un montant s'écrit comme `31.59 EUR`".to_owned();
        let end = start.saturating_add('€'.len_utf8());
        let amount = format!("{} EUR", amount.replace(',', "."));
        let (start, by) = if number.start < number.end {
            (number.start, amount.as_str())
        } else {
            (start, "EUR")
        };
        return Some(replaced(Mistake::Sign, Span { start, end }, message, by));
    }
    None
}

/// The signs of a kind that stand before a byte and from it on.
fn around(text: &str, byte: usize, is_one: impl Fn(char) -> bool) -> Span {
    let (before, after) = text.split_at_checked(byte).unwrap_or((text, ""));
    let kept = before.trim_end_matches(&is_one).len();
    let left = after.trim_start_matches(&is_one).len();
    Span {
        start: kept,
        end: text.len().saturating_sub(left),
    }
}

/// What was meant by the word or sign at a place where a condition is over.
pub(super) fn leftover(tokens: &[Token<'_>], place: usize) -> Option<SyntaxError> {
    let token = tokens.get(place)?;
    let before = tokens.get(place.checked_sub(1)?)?;
    let message = format!("`{}` n'est pas un mot du langage", token.text);
    let is_number = |token: &Token<'_>| token.text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((_, meant)) = WORDS.iter().find(|(word, _)| *word == token.text) {
        return Some(replaced(Mistake::Leftover, token.span, message, meant));
    }
    if NOT.contains(&before.text) && (token.kind == Kind::Word || token.text == "(") {
        let message = format!("`{}` n'est pas un mot du langage", before.text);
        return Some(replaced(Mistake::Leftover, before.span, message, "not"));
    }
    if let Some(meant) = thousands(tokens, place) {
        return Some(meant);
    }
    if token.kind == Kind::Word && is_number(before) && UNITS.contains(&token.text) {
        return Some(SyntaxError {
            mistake: Mistake::Leftover,
            span: token.span,
            message: format!("`{}` est de trop : une unité ne s'écrit pas", token.text),
            mend: Some(format!(
                "retirez-la : écrivez `{}`, le fait dit ce qu'il compte",
                before.text
            )),
        });
    }
    let after = tokens.get(place.saturating_add(1))?;
    let touching = before.span.end == token.span.start && token.span.end == after.span.start;
    if token.text == "," && touching && is_number(before) && is_number(after) {
        let span = before.span.to(after.span);
        let message = "un nombre à virgule s'écrit avec un point".to_owned();
        let by = format!("{}.{}", before.text, after.text);
        return Some(replaced(Mistake::Leftover, span, message, &by));
    }
    if token.text == "à" && is_number(before) && is_number(after) {
        let span = before.span.to(after.span);
        let message = "un intervalle s'écrit avec deux points".to_owned();
        let by = format!("{}..{}", before.text, after.text);
        return Some(replaced(Mistake::Leftover, span, message, &by));
    }
    None
}

/// What stands at a place for a word between conditions, or before one.
pub(super) fn word(tokens: &[Token<'_>], place: usize, meant: &str) -> Option<SyntaxError> {
    let token = tokens.get(place)?;
    let is_meant = if meant == "not" {
        let after = tokens.get(place.saturating_add(1))?;
        let begins = after.kind == Kind::Word && !FOLLOW.contains(&after.text);
        NOT.contains(&token.text) && (begins || after.text == "(")
    } else {
        WORDS.contains(&(token.text, meant))
    };
    let message = format!("`{}` n'est pas un mot du langage", token.text);
    is_meant.then(|| replaced(Mistake::Leftover, token.span, message, meant))
}

/// `1 000`: groups of three digits, parted by a blank.
fn thousands(tokens: &[Token<'_>], place: usize) -> Option<SyntaxError> {
    let first = tokens.get(place.checked_sub(1)?)?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let groups = tokens.get(place..)?.iter();
    let groups: Vec<_> = groups
        .take_while(|group| group.text.len() == 3 && digits(group.text))
        .collect();
    let last = groups.last()?;
    let begins = digits(first.text) && (1..=3).contains(&first.text.len());
    let number: String = [first]
        .into_iter()
        .chain(groups.iter().copied())
        .map(|one| one.text)
        .collect();
    let message = "un nombre s'écrit sans espace".to_owned();
    begins.then(|| {
        replaced(
            Mistake::Leftover,
            first.span.to(last.span),
            message,
            &number,
        )
    })
}

/// An interval as `11-20`, with the sign of this language.
pub(super) fn interval(text: &str) -> Option<String> {
    let (first, last) = text.split_once('-')?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(first) && is_number(last)).then(|| format!("{first}..{last}"))
}
