//! A notice as sections of messages, before a catalogue gives them their words.

use chrono::{Datelike, NaiveDate};

use super::Element;
use super::catalogue::Catalogue;
use super::messages::Key;
use crate::calendar::{Span, Term, TermUnit, Unit};
use crate::fact::worded::Worded;

/// Which words of the pack are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    Plain,
    Easy,
}

/// Something that is filled into a message.
#[derive(Clone)]
pub(super) enum Arg {
    /// Words of the pack.
    Text(String),
    Date(NaiveDate),
    Number(u64),
    Term(Term),
    /// What is known of a fact; in the easy words of the pack where asked.
    Value(Worded, Words),
    Span(Span),
    Say(Box<Say>),
    /// Several in a row, with what stands between them.
    Row(Vec<Arg>, Key),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<NaiveDate> for Arg {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<Term> for Arg {
    fn from(term: Term) -> Self {
        Self::Term(term)
    }
}

impl From<Span> for Arg {
    fn from(span: Span) -> Self {
        Self::Span(span)
    }
}

impl From<Say> for Arg {
    fn from(say: Say) -> Self {
        Self::Say(Box::new(say))
    }
}

/// One message with what is filled in, and what the law asks for that it tells.
#[derive(Clone)]
pub(super) struct Say {
    pub(super) key: Key,
    pub(super) filled: Vec<(&'static str, Arg)>,
    pub(super) tells: Option<Element>,
}

pub(super) fn say(key: Key) -> Say {
    Say {
        key,
        filled: Vec::new(),
        tells: None,
    }
}

impl Say {
    pub(super) fn with(mut self, name: &'static str, arg: impl Into<Arg>) -> Self {
        self.filled.push((name, arg.into()));
        self
    }

    pub(super) fn telling(mut self, element: Element) -> Self {
        self.tells = Some(element);
        self
    }

    pub(super) fn in_words(&self, catalogue: &Catalogue) -> String {
        let filled = self.filled.iter();
        let filled: Vec<(&str, String)> = filled
            .map(|(name, arg)| (*name, arg.in_words(catalogue)))
            .collect();
        catalogue.fill(self.key, &filled)
    }
}

impl Arg {
    pub(super) fn in_words(&self, catalogue: &Catalogue) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Date(date) => date_in_words(*date, catalogue),
            Self::Number(number) => number.to_string(),
            Self::Term(term) => term_in_words(*term, catalogue),
            Self::Value(known, words) => value_in_words(known, *words, catalogue),
            Self::Span(span) => span_in_words(*span, catalogue),
            Self::Say(say) => say.in_words(catalogue),
            Self::Row(args, between) => {
                let words = args.iter().map(|arg| arg.in_words(catalogue));
                let between = catalogue.fill(*between, &[]);
                words.collect::<Vec<_>>().join(&between)
            }
        }
    }
}

fn date_in_words(date: NaiveDate, catalogue: &Catalogue) -> String {
    let month = match date.month() {
        1 => Key::January,
        2 => Key::February,
        3 => Key::March,
        4 => Key::April,
        5 => Key::May,
        6 => Key::June,
        7 => Key::July,
        8 => Key::August,
        9 => Key::September,
        10 => Key::October,
        11 => Key::November,
        _ => Key::December,
    };
    let (key, day) = match date.day() {
        1 => (Key::FirstOfMonth, None),
        day => (Key::Date, Some(("day", day.to_string()))),
    };
    let month = ("month", catalogue.fill(month, &[]));
    let year = ("year", date.year().to_string());
    let filled: Vec<_> = day.into_iter().chain([month, year]).collect();
    catalogue.fill(key, &filled)
}

fn term_in_words(term: Term, catalogue: &Catalogue) -> String {
    let (one, several) = match term.unit {
        TermUnit::Days => (Key::Day, Key::Days),
        TermUnit::WorkingDays => (Key::WorkingDay, Key::WorkingDays),
        TermUnit::Weeks => (Key::Week, Key::Weeks),
        TermUnit::Months => (Key::Month, Key::Months),
    };
    counted(term.count.into(), one, several, catalogue)
}

fn span_in_words(span: Span, catalogue: &Catalogue) -> String {
    let (one, several) = match span.unit {
        Unit::Days => (Key::Day, Key::Days),
        Unit::Weeks => (Key::Week, Key::Weeks),
        Unit::Months => (Key::Month, Key::Months),
        Unit::Years => (Key::Year, Key::Years),
    };
    counted(span.count.into(), one, several, catalogue)
}

/// As in French, nothing and one are no more than one.
fn counted(count: i64, one: Key, several: Key, catalogue: &Catalogue) -> String {
    let key = if count.unsigned_abs() > 1 {
        several
    } else {
        one
    };
    catalogue.fill(key, &[("count", count.to_string())])
}

/// A unit that the catalogue has words for; any other is a sign, as `km`.
fn unit(name: &str) -> Option<(Key, Key)> {
    Some(match name {
        "year" => (Key::Year, Key::Years),
        "month" => (Key::Month, Key::Months),
        "week" => (Key::Week, Key::Weeks),
        "day" => (Key::Day, Key::Days),
        "hour" => (Key::Hour, Key::Hours),
        "minute" => (Key::Minute, Key::Minutes),
        "person" => (Key::Person, Key::Persons),
        "child" => (Key::Child, Key::Children),
        _ => return None,
    })
}

fn value_in_words(known: &Worded, words: Words, catalogue: &Catalogue) -> String {
    let say = |known: &Worded| value_in_words(known, words, catalogue);
    let fill = |key, filled: &[(&str, String)]| catalogue.fill(key, filled);
    let listed = |all: &[Worded]| {
        let all: Vec<String> = all.iter().map(say).collect();
        all.join(&fill(Key::Comma, &[]))
    };
    let either = |parts: &[Worded]| match parts {
        [before @ .., last] if !before.is_empty() => fill(
            Key::EitherValue,
            &[("values", listed(before)), ("last", say(last))],
        ),
        parts => listed(parts),
    };
    match known {
        Worded::Flag(true) => fill(Key::Yes, &[]),
        Worded::Flag(false) => fill(Key::No, &[]),
        Worded::Number(number) => number.to_string(),
        Worded::Count(number, name) => match unit(name) {
            Some((one, several)) => counted(*number, one, several, catalogue),
            None => format!("{number} {name}"),
        },
        Worded::Money(amount) => amount.in_french(),
        Worded::Date(Some(day)) => date_in_words(*day, catalogue),
        Worded::Date(None) => fill(Key::UnknownDate, &[]),
        Worded::Label(_, Some(easy)) if words == Words::Easy => easy.to_string(),
        Worded::Label(label, _) => label.to_string(),
        Worded::Unknown => fill(Key::UnknownValue, &[]),
        Worded::WithoutObject => fill(Key::WithoutObject, &[]),
        Worded::NotYet if words == Words::Easy => fill(Key::EasyNotYet, &[]),
        Worded::NotYet => fill(Key::NotYet, &[]),
        Worded::Nothing => fill(Key::NothingYet, &[]),
        Worded::AtMost(most) if most.is_day() => fill(Key::DayAtMost, &[("value", say(most))]),
        Worded::AtLeast(least) if least.is_day() => fill(Key::DayAtLeast, &[("value", say(least))]),
        Worded::AtMost(most) => fill(Key::AtMost, &[("value", say(most))]),
        Worded::AtLeast(least) => fill(Key::AtLeast, &[("value", say(least))]),
        Worded::Between(first, last) => {
            let days = first.is_day() && last.is_day();
            let key = if days {
                Key::BetweenDays
            } else {
                Key::BetweenValues
            };
            fill(key, &[("first", say(first)), ("last", say(last))])
        }
        Worded::Either(parts) => either(parts),
        Worded::Several { of, more } => fill(
            Key::SeveralValues,
            &[("values", listed(of)), ("count", more.to_string())],
        ),
        Worded::OtherThan(parts) => fill(Key::OtherThan, &[("values", either(parts))]),
        Worded::All { of, without, open } => {
            let values = ("values", listed(of));
            match (of.as_slice(), without.as_slice()) {
                _ if !open => listed(of),
                (_, []) => fill(Key::OpenValues, &[values]),
                ([], without) => fill(Key::WithoutValues, &[("out", listed(without))]),
                (_, without) => fill(Key::OpenWithout, &[values, ("out", listed(without))]),
            }
        }
        Worded::Rows { count, open } => {
            // The label says of what.
            let rows = count.to_string();
            if *open {
                fill(Key::AtLeast, &[("value", rows)])
            } else {
                rows
            }
        }
        Worded::Lists(count) => fill(Key::Lists, &[("count", count.to_string())]),
    }
}

/// A part of a section.
#[derive(Clone)]
pub(super) enum Block {
    /// One sentence, or some that belong together.
    Line(Say),
    /// Short sentences on one line.
    Row(Vec<Say>),
    /// Words of the pack that stand alone: a name, a thing known.
    Points(Vec<Arg>),
    /// Something with a name of its own, and what is said of it.
    Item(Say, Vec<Block>),
}

/// A heading and what stands under it.
#[derive(Clone)]
pub(super) struct Section {
    pub(super) heading: Say,
    pub(super) blocks: Vec<Block>,
}

/// A whole notice.
#[derive(Clone)]
pub(super) struct Document {
    pub(super) title: Say,
    pub(super) opening: Vec<Block>,
    pub(super) sections: Vec<Section>,
}

impl Document {
    /// The elements of the law that it tells.
    pub(super) fn tells(&self) -> Vec<Element> {
        let mut found = Vec::new();
        let blocks = self.sections.iter().flat_map(|section| &section.blocks);
        let headings = self.sections.iter().map(|section| &section.heading);
        found.extend(headings.chain([&self.title]).filter_map(|said| said.tells));
        elements(self.opening.iter().chain(blocks), &mut found);
        found
    }
}

/// Items hold lines, and no further items: the depth is that of this file.
fn elements<'b>(blocks: impl Iterator<Item = &'b Block>, found: &mut Vec<Element>) {
    for block in blocks {
        found.extend(block.says().filter_map(|said| said.tells));
        if let Block::Item(_, under) = block {
            let under = under.iter().flat_map(Block::says);
            found.extend(under.filter_map(|said| said.tells));
        }
    }
}

impl Block {
    /// The messages of its own.
    fn says(&self) -> impl Iterator<Item = &Say> {
        let says = match self {
            Self::Line(said) | Self::Item(said, _) => std::slice::from_ref(said),
            Self::Row(says) => says,
            Self::Points(_) => &[],
        };
        says.iter()
    }
}
