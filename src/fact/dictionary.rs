//! The dictionary: what can be known about a person, and how it is told.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::set::{Range, ValueSet};
use crate::calendar::Span;
use crate::vocabulary::{At, Code, FactName, Protected, RoleId, Tells};

/// Upper end of a count over a list that may hold further rows.
pub(crate) const ENDLESS: i64 = i64::MAX;

/// Integers and cents lie between this and its negative: far from the ends of
/// `i64`, where an absent value and an endless count stand.
pub(crate) const LARGEST: i64 = 1_000_000_000_000_000;

/// Place of a fact in its dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FactId(pub(crate) usize);

/// Place of a checked condition in its pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ConditionId(pub(crate) usize);

/// Place of a distinct `count(list, filter)` in its pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CountId(pub(crate) usize);

/// A list of codes with labels: a nomenclature, or a scale when order has meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Nomenclature {
    pub(crate) id: Box<str>,
    pub(crate) open: bool,
    codes: Vec<(Code, Box<str>)>,
    /// Words for the easy version, where a label is hard to read.
    easy: BTreeMap<Code, Box<str>>,
    /// Places of the codes, in the order of their letters.
    sorted: Vec<usize>,
    /// What some codes tell of somebody whatever the fact, by place: as of a fact.
    sensitive: BTreeMap<i64, u8>,
    /// What some of them tell of the home, by place: as of a fact.
    tells: BTreeMap<i64, Tells>,
}

impl Nomenclature {
    pub(crate) fn new(id: &str, open: bool, codes: Vec<(Code, Box<str>)>) -> Self {
        let code = |place: &usize| codes.get(*place).map(|(code, _)| code);
        let mut sorted: Vec<usize> = (0..codes.len()).collect();
        sorted.sort_by_key(code);
        // Of a code given twice, the last counts.
        sorted.dedup_by(|next, kept| {
            let twice = code(next) == code(kept);
            if twice {
                *kept = *next;
            }
            twice
        });
        Self {
            id: id.into(),
            open,
            sorted,
            codes,
            easy: BTreeMap::new(),
            sensitive: BTreeMap::new(),
            tells: BTreeMap::new(),
        }
    }

    /// The same with words of the easy version for some codes.
    pub(crate) fn with_easy(self, easy: BTreeMap<Code, Box<str>>) -> Self {
        Self { easy, ..self }
    }

    /// The same with what some codes tell of somebody.
    pub(crate) fn telling(mut self, sensitivity: &BTreeMap<Code, u8>) -> Self {
        let told = sensitivity.iter().filter(|(_, told)| **told > 0);
        let told = told.filter_map(|(code, told)| Some((self.place(code.as_str())?, *told)));
        self.sensitive = told.collect();
        self
    }

    /// What a code tells of somebody. A code that is not listed may be any.
    pub(crate) fn sensitivity(&self, place: i64) -> u8 {
        if self.other() == Some(place) {
            return self.highest_sensitivity();
        }
        self.sensitive.get(&place).copied().unwrap_or(0)
    }

    /// What its most telling code does.
    pub(crate) fn highest_sensitivity(&self) -> u8 {
        self.sensitive.values().copied().max().unwrap_or(0)
    }

    /// The same with what some codes tell of the home.
    pub(crate) fn telling_home(mut self, tells: &BTreeMap<Code, Tells>) -> Self {
        let told = tells.iter().filter(|(_, tells)| tells.home());
        let told = told.filter_map(|(code, tells)| Some((self.place(code.as_str())?, *tells)));
        self.tells = told.collect();
        self
    }

    /// What a code tells of the home. A code that is not listed may be any.
    pub(crate) fn tells(&self, place: i64) -> Tells {
        if self.other() == Some(place) {
            return self.all_tell();
        }
        self.tells.get(&place).copied().unwrap_or_default()
    }

    /// What its codes tell of the home together.
    pub(crate) fn all_tell(&self) -> Tells {
        let tells = self.tells.values().copied();
        tells.fold(Tells::default(), Tells::and)
    }

    pub(crate) fn place(&self, code: &str) -> Option<i64> {
        let found = self.sorted.binary_search_by(|place| {
            let known = self.codes.get(*place);
            known.map(|(known, _)| known.as_str()).cmp(&Some(code))
        });
        let place = self.sorted.get(found.ok()?)?;
        i64::try_from(*place).ok()
    }

    /// The place of a code that often stands at a place, as sheets are in the order of
    /// their codes.
    pub(crate) fn place_near(&self, code: &str, place: i64) -> Option<i64> {
        let there = self.code(place).is_some_and(|there| there.as_str() == code);
        if there { Some(place) } else { self.place(code) }
    }

    /// The place that stands for every code an open nomenclature does not list.
    pub(crate) fn other(&self) -> Option<i64> {
        self.open
            .then(|| i64::try_from(self.codes.len()).unwrap_or(ENDLESS))
    }

    pub(crate) fn codes(&self) -> impl Iterator<Item = &Code> {
        self.codes.iter().map(|(code, _)| code)
    }

    pub(crate) fn labelled(&self) -> impl Iterator<Item = (&Code, &str)> {
        self.codes.iter().map(|(code, label)| (code, &**label))
    }

    fn entry(&self, place: i64) -> Option<&(Code, Box<str>)> {
        usize::try_from(place)
            .ok()
            .and_then(|place| self.codes.get(place))
    }

    pub(crate) fn code(&self, place: i64) -> Option<&Code> {
        self.entry(place).map(|(code, _)| code)
    }

    pub(crate) fn label(&self, place: i64) -> &str {
        self.entry(place).map_or("autre", |(_, label)| label)
    }

    /// The words of the easy version, where the label is not easy.
    pub(crate) fn easy(&self, place: i64) -> Option<&str> {
        self.easy.get(self.code(place)?).map(|words| &**words)
    }

    fn domain(&self) -> ValueSet {
        let listed = i64::try_from(self.codes.len()).unwrap_or(ENDLESS);
        let end = if self.open {
            listed
        } else {
            listed.saturating_sub(1)
        };
        ValueSet::range(0, end)
    }
}

/// How a list is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListKind {
    /// Each observation states the full list.
    Whole,
    /// Each observation adds rows; open unless said complete.
    Additive,
}

/// One field of the rows of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: FactName,
    pub(crate) label: Box<str>,
    pub(crate) kind: Kind,
    pub(crate) optional: bool,
    /// Elapsed time since another field, by place.
    pub(crate) derive: Option<(Elapsed, usize)>,
}

/// Type of a fact, with its domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Flag,
    Integer {
        unit: Option<Box<str>>,
        min: i64,
        max: i64,
    },
    Money {
        min: i64,
        max: i64,
    },
    Date,
    Level(Arc<Nomenclature>),
    Code(Arc<Nomenclature>),
    Codes(Arc<Nomenclature>),
    Records {
        list: ListKind,
        fields: Vec<Field>,
    },
}

impl Kind {
    /// Whether its values have an order: `<` means something.
    pub(crate) fn is_ordered(&self) -> bool {
        matches!(
            self,
            Self::Integer { .. } | Self::Money { .. } | Self::Date | Self::Level(_)
        )
    }

    /// All values the type allows, `none` aside. Lists have no domain of integers.
    pub(crate) fn domain(&self) -> ValueSet {
        match self {
            Self::Flag => ValueSet::range(0, 1),
            Self::Integer { min, max, .. } | Self::Money { min, max } => {
                ValueSet::range(*min, *max)
            }
            Self::Date => ValueSet::range(day_of(1900, 1, 1), day_of(2200, 12, 31)),
            Self::Level(codes) | Self::Code(codes) | Self::Codes(codes) => codes.domain(),
            Self::Records { .. } => ValueSet::range(0, ENDLESS),
        }
    }

    pub(crate) fn nomenclature(&self) -> Option<&Arc<Nomenclature>> {
        match self {
            Self::Level(codes) | Self::Code(codes) | Self::Codes(codes) => Some(codes),
            _ => None,
        }
    }

    /// The lists of codes that a value may name: its own, or those of its fields.
    pub(crate) fn nomenclatures(&self) -> impl Iterator<Item = &Nomenclature> {
        let fields = match self {
            Self::Records { fields, .. } => fields.as_slice(),
            _ => &[],
        };
        let of_fields = fields.iter().filter_map(|field| field.kind.nomenclature());
        self.nomenclature()
            .into_iter()
            .chain(of_fields)
            .map(AsRef::as_ref)
    }

    pub(crate) fn in_french(&self) -> &'static str {
        match self {
            Self::Flag => "oui ou non",
            Self::Integer { .. } => "un nombre entier",
            Self::Money { .. } => "un montant, comme `500 EUR`",
            Self::Date => "une date, comme `2021-05-27`",
            Self::Level(_) => "un niveau",
            Self::Code(_) => "un code",
            Self::Codes(_) => "un ensemble de codes",
            Self::Records { .. } => "une liste",
        }
    }
}

fn day_of(year: i32, month: u32, day: u32) -> i64 {
    NaiveDate::from_ymd_opt(year, month, day).map_or(0, day_number)
}

/// A date as an integer: days since 1 January of the year 1, that day being 1.
pub(crate) fn day_number(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce())
}

/// The date of a day number.
pub(crate) fn date_of(day: i64) -> Option<NaiveDate> {
    i32::try_from(day)
        .ok()
        .and_then(NaiveDate::from_num_days_from_ce_opt)
}

/// Elapsed or remaining time, in completed units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Elapsed {
    YearsSince,
    MonthsSince,
    DaysSince,
    MonthsUntil,
    DaysUntil,
}

/// The closed catalogue of derivations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Derivation {
    Elapsed(Elapsed, FactId),
    Sum(Vec<FactId>),
    Min(Vec<FactId>),
    Max(Vec<FactId>),
    Difference(FactId, FactId),
    Count(CountId),
    /// Place in the source nomenclature → place in the target's.
    Lookup {
        from: FactId,
        table: Arc<BTreeMap<i64, i64>>,
    },
    Condition(ConditionId),
}

/// What stands in while nothing is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presumption {
    Value(i64),
    None,
    Closed,
    /// The level derived from details, until somebody assesses it.
    Derived,
}

/// For how long an observation counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Freshness {
    Always,
    For(Span),
}

/// One entry of the dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fact {
    pub(crate) name: FactName,
    /// Where its pack defines it.
    pub(crate) at: At,
    pub(crate) kind: Kind,
    pub(crate) label: Box<str>,
    /// The same in the easy version, where the label is hard to read.
    pub(crate) easy: Option<Box<str>>,
    pub(crate) question: Option<Box<str>>,
    pub(crate) theme: Option<Box<str>>,
    pub(crate) attest: Vec<RoleId>,
    pub(crate) fresh: Freshness,
    /// What a document attests beats what anybody says otherwise.
    pub(crate) attested_first: bool,
    /// 0 ordinary, 1 social or financial, 2 special category, 3 criminal, violence, child protection.
    pub(crate) sensitivity: u8,
    /// The ground on which it tells people apart, where the law watches over it.
    pub(crate) protected: Option<Protected>,
    /// What it tells of the home, by itself or by its theme.
    pub(crate) tells: Tells,
    /// Words by which a sentence speaks of it.
    pub(crate) words: Vec<Box<str>>,
    pub(crate) changeable: bool,
    pub(crate) optional: bool,
    pub(crate) only_if: Option<ConditionId>,
    pub(crate) presume: Option<Presumption>,
    pub(crate) derive: Option<Derivation>,
    /// Conditions of derived levels, by rank, highest first.
    pub(crate) levels: Vec<(i64, ConditionId)>,
}

impl Freshness {
    /// The last day on which what was observed on a day counts; absent where it always does.
    pub(crate) fn until(self, observed: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Always => None,
            Self::For(span) => span.after(observed),
        }
    }
}

impl Fact {
    /// Whether `none` is among what may be told of it.
    pub(crate) fn may_be_none(&self) -> bool {
        self.optional || self.only_if.is_some()
    }

    /// Whether people or files tell it (else it is only derived).
    pub(crate) fn is_told(&self) -> bool {
        self.derive.is_none()
    }
}

/// What sorts facts and schemes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Theme {
    pub(crate) label: Box<str>,
    /// What all of its facts and schemes tell of the home.
    pub(crate) tells: Tells,
}

/// All facts of a pack, by name, and the order in which they can be computed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Dictionary {
    facts: Vec<Fact>,
    by_name: BTreeMap<FactName, FactId>,
    pub(crate) themes: BTreeMap<Box<str>, Theme>,
    /// INVARIANT: each fact stands after all that its derivation, levels and
    /// `only_if` read.
    pub(crate) order: Vec<FactId>,
}

impl Dictionary {
    pub(crate) fn new(facts: Vec<Fact>, themes: BTreeMap<Box<str>, Theme>) -> Self {
        let by_name = facts
            .iter()
            .enumerate()
            .map(|(i, fact)| (fact.name.clone(), FactId(i)));
        Self {
            by_name: by_name.collect(),
            order: Vec::new(),
            facts,
            themes,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.facts.len()
    }

    pub(crate) fn id(&self, name: &str) -> Option<FactId> {
        self.by_name.get(name).copied()
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "ids are made by `new` for this vector, which never shrinks"
    )]
    pub(crate) fn fact(&self, id: FactId) -> &Fact {
        &self.facts[id.0]
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "ids are made by `new` for this vector, which never shrinks"
    )]
    pub(crate) fn fact_mut(&mut self, id: FactId) -> &mut Fact {
        &mut self.facts[id.0]
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (FactId, &Fact)> {
        self.facts
            .iter()
            .enumerate()
            .map(|(place, fact)| (FactId(place), fact))
    }

    /// The label of a theme.
    pub(crate) fn theme_label(&self, theme: Option<&str>) -> Option<&str> {
        self.themes.get(theme?).map(|theme| &*theme.label)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(FactName::as_str)
    }
}

/// An inclusive range read as text, for messages.
pub(crate) fn bounds_text(range: Range) -> String {
    format!("{}..{}", range.lo, range.hi)
}
