//! A notice as sections of messages, before a catalogue gives them their words.

use chrono::{Datelike, NaiveDate};

use super::Element;
use super::catalogue::Catalogue;
use super::messages::Key;
use crate::calendar::{Term, TermUnit};

/// Something that is filled into a message.
#[derive(Clone)]
pub(super) enum Arg {
    /// Words of the pack.
    Text(String),
    Date(NaiveDate),
    Number(u64),
    Term(Term),
    Say(Box<Say>),
    /// Several in a row.
    Row(Vec<Arg>, &'static str),
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
            Self::Say(say) => say.in_words(catalogue),
            Self::Row(args, between) => {
                let words = args.iter().map(|arg| arg.in_words(catalogue));
                words.collect::<Vec<_>>().join(between)
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
    if term.count == 1 {
        catalogue.fill(one, &[])
    } else {
        catalogue.fill(several, &[("count", term.count.to_string())])
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
