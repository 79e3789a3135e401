//! Knowledge read through a dictionary: what a profile holds for one fact.

use std::cell::Cell;

use super::dictionary::{Fact, Field, Kind, Nomenclature, day_number};
use super::set::{Range, ValueSet};
use super::{Knowledge, Rows, Value, Without};
use crate::vocabulary::Code;

/// The possible values of one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Possible {
    Scalar(ValueSet),
    Members(Members),
    Lists(Lists),
}

/// A set of codes whose members are in, out or open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Members {
    /// Surely in.
    pub(crate) surely: ValueSet,
    /// Possibly in; holds `surely`.
    pub(crate) maybe: ValueSet,
    /// May be without object (`only_if` false or open).
    pub(crate) none: bool,
    /// Has a value at all (false: surely without object).
    pub(crate) some: bool,
}

/// Lists that may be the true one: several when partners dispute a whole list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lists {
    pub(crate) alternatives: Vec<RowList>,
    pub(crate) none: bool,
}

/// Rows, each with the possible values of every field, and whether more may exist.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RowList {
    pub(crate) rows: Vec<Vec<ValueSet>>,
    pub(crate) open: bool,
}

impl Possible {
    /// All that a fact may be while nothing is known.
    pub(crate) fn all(kind: &Kind, none: bool) -> Self {
        match kind {
            Kind::Codes(codes) => {
                let maybe = Kind::Code(codes.clone()).domain();
                Self::Members(Members {
                    surely: ValueSet::empty(),
                    maybe,
                    none,
                    some: true,
                })
            }
            Kind::Records { .. } => Self::Lists(Lists {
                alternatives: vec![RowList {
                    rows: Vec::new(),
                    open: true,
                }],
                none,
            }),
            _ if none => Self::Scalar(kind.domain().with_none()),
            _ => Self::Scalar(kind.domain()),
        }
    }

    /// Surely `none`.
    pub(crate) fn none(kind: &Kind) -> Self {
        match kind {
            Kind::Codes(_) => Self::Members(Members {
                surely: ValueSet::empty(),
                maybe: ValueSet::empty(),
                none: true,
                some: false,
            }),
            Kind::Records { .. } => Self::Lists(Lists {
                alternatives: Vec::new(),
                none: true,
            }),
            _ => Self::Scalar(ValueSet::none()),
        }
    }

    pub(crate) fn with_none(self) -> Self {
        match self {
            Self::Scalar(set) => Self::Scalar(set.with_none()),
            Self::Members(members) => Self::Members(Members {
                none: true,
                ..members
            }),
            Self::Lists(lists) => Self::Lists(Lists {
                none: true,
                ..lists
            }),
        }
    }

    /// The same without `none`; nothing when only `none` was possible.
    pub(crate) fn without_none(self) -> Option<Self> {
        match self {
            Self::Scalar(set) => {
                let set = set.without_none();
                (!set.is_empty()).then_some(Self::Scalar(set))
            }
            Self::Members(members) => members.some.then_some(Self::Members(Members {
                none: false,
                ..members
            })),
            Self::Lists(lists) => (!lists.alternatives.is_empty()).then_some(Self::Lists(Lists {
                none: false,
                ..lists
            })),
        }
    }

    /// One value, one exact set, or one complete list of known rows.
    pub(crate) fn is_known(&self) -> bool {
        match self {
            Self::Scalar(set) => set.is_known(),
            Self::Members(members) => {
                !members.some || (!members.none && members.surely == members.maybe)
            }
            Self::Lists(lists) => match lists.alternatives.as_slice() {
                [] => true,
                [list] => !lists.none && !list.open,
                _ => false,
            },
        }
    }

    /// Whether every possibility of `self` is one of `wider`.
    pub(crate) fn is_within(&self, wider: &Self) -> bool {
        match (self, wider) {
            (Self::Scalar(a), Self::Scalar(b)) => a.is_subset(b),
            (Self::Members(a), Self::Members(b)) => {
                (!a.none || b.none)
                    && (!a.some
                        || (b.some && b.surely.is_subset(&a.surely) && a.maybe.is_subset(&b.maybe)))
            }
            (Self::Lists(a), Self::Lists(b)) => {
                (!a.none || b.none)
                    && a.alternatives
                        .iter()
                        .all(|list| b.alternatives.iter().any(|wider| list.is_within(wider)))
            }
            _ => false,
        }
    }
}

impl RowList {
    /// Rows that are matched in any order; longer lists are matched place by place.
    const MATCHED: usize = 32;

    /// Whether every row of `wider` has a row here that it allows, each its own, and further
    /// rows stand here only where `wider` is open.
    pub(crate) fn is_within(&self, wider: &Self) -> bool {
        let enough = self.rows.len() >= wider.rows.len();
        let none_more = !self.open && self.rows.len() == wider.rows.len();
        if !enough || !(wider.open || none_more) {
            return false;
        }
        let allows = |wide: &[ValueSet], row: &[ValueSet]| {
            wide.iter().zip(row).all(|(wide, row)| row.is_subset(wide))
        };
        let in_place = wider.rows.iter().zip(&self.rows);
        if in_place.into_iter().all(|(wide, row)| allows(wide, row)) {
            return true;
        }
        if self.rows.len() > Self::MATCHED {
            return false;
        }
        // Rows of `wider` take a row each; one that finds all taken asks another to move.
        let mut taken: Vec<Option<usize>> = vec![None; self.rows.len()];
        (0..wider.rows.len()).all(|place| {
            let mut tried = vec![false; self.rows.len()];
            self.find_row(wider, place, &allows, &mut taken, &mut tried)
        })
    }

    /// One step of matching; it nests no deeper than there are rows.
    fn find_row(
        &self,
        wider: &Self,
        place: usize,
        allows: &impl Fn(&[ValueSet], &[ValueSet]) -> bool,
        taken: &mut [Option<usize>],
        tried: &mut [bool],
    ) -> bool {
        let Some(wide) = wider.rows.get(place) else {
            return false;
        };
        for (number, row) in self.rows.iter().enumerate() {
            let Some(was_tried) = tried.get_mut(number) else {
                continue;
            };
            if *was_tried || !allows(wide, row) {
                continue;
            }
            *was_tried = true;
            let holder = taken.get(number).copied().flatten();
            let is_free = match holder {
                None => true,
                Some(holder) => self.find_row(wider, holder, allows, taken, tried),
            };
            if is_free {
                if let Some(slot) = taken.get_mut(number) {
                    *slot = Some(place);
                }
                return true;
            }
        }
        false
    }
}

/// Why something told cannot be read through the dictionary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ToldError {
    /// The value is of another type than the fact.
    #[error("expected {expected}")]
    WrongType {
        /// What the fact is, in French.
        expected: &'static str,
    },
    /// The code is not in the nomenclature or scale.
    #[error("unknown code{}", .mend.as_ref().map(|m| format!(" (did you mean `{m}`?)")).unwrap_or_default())]
    UnknownCode {
        /// The nearest known code.
        mend: Option<Code>,
    },
    /// No value of the type is left: out of bounds, or an empty set.
    #[error("no possible value is left (out of bounds, or an empty set)")]
    NothingLeft,
    /// `none` was told about a fact that always has a value.
    #[error("this fact always has a value")]
    NeverNone,
    /// A row holds a field that the list does not have.
    #[error("unknown field{}", .mend.as_ref().map(|m| format!(" (did you mean `{m}`?)")).unwrap_or_default())]
    UnknownField {
        /// The nearest known field.
        mend: Option<String>,
    },
    /// A row gives a field that is computed from others.
    #[error("this field is computed from others and cannot be given")]
    DerivedField,
}

impl ToldError {
    /// The same for the authors of packs, in French.
    pub(crate) fn in_french(&self) -> String {
        match self {
            Self::WrongType { expected } => return format!("il faut {expected}"),
            Self::UnknownCode { .. } => "ce code n'existe pas",
            Self::NothingLeft => "aucune valeur ne reste possible, hors des bornes ou sans choix",
            Self::NeverNone => "ce fait a toujours une valeur",
            Self::UnknownField { .. } => "la liste n'a pas ce champ",
            Self::DerivedField => "ce champ se calcule d'après d'autres, et ne se dit pas",
        }
        .to_owned()
    }

    /// What was meant, where that is known.
    pub(crate) fn meant(&self) -> Option<&str> {
        match self {
            Self::UnknownCode { mend } => mend.as_ref().map(Code::as_str),
            Self::UnknownField { mend } => mend.as_deref(),
            _ => None,
        }
    }
}

/// The nearest of several names, if it is near enough to be a slip.
pub(crate) fn nearest<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    Slips::default().nearest(text, known)
}

/// Letters that are compared with letters on behalf of one pack: a mend for some
/// thousands of slips, and a second of work for a file of nothing else.
const COMPARED: usize = 200_000_000;

/// Longest list of names that is shown to somebody whose name is near none of them.
pub(crate) const SHOWN: usize = 12;

/// Seeks the names that were meant, as long as anybody may read the answers: in a pack
/// of thousands of wrong names, each would be compared with all the right ones.
#[derive(Debug)]
pub(crate) struct Slips {
    left: Cell<usize>,
}

impl Default for Slips {
    fn default() -> Self {
        Self {
            left: Cell::new(COMPARED),
        }
    }
}

impl Slips {
    /// Whether so many letters may still be compared.
    fn spend(&self, letters: usize) -> bool {
        self.left.set(self.left.get().saturating_sub(letters));
        self.left.get() > 0
    }

    /// The nearest of several names, if it is near enough to be a slip.
    pub(crate) fn nearest<'a>(
        &self,
        text: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        let length = text.chars().count();
        let limit = length.div_ceil(3).max(1);
        let distance = |name: &'a str| {
            let other = name.chars().count();
            // They are at least as far apart as their lengths.
            let is_far = length.abs_diff(other) > limit;
            let cost = if is_far {
                1
            } else {
                length.saturating_mul(other)
            };
            let far_or_distance = || (!is_far).then(|| (strsim::osa_distance(text, name), name));
            self.spend(cost).then(far_or_distance)
        };
        known
            .into_iter()
            .map_while(distance)
            .flatten()
            .filter(|(distance, _)| *distance <= limit)
            .min()
            .map(|(_, name)| name)
    }

    /// The code that was meant: the one whose label was written, or else the nearest. Of
    /// numbers that are as near, none is likelier: one digit off is another commune.
    pub(crate) fn nearest_code<'a>(&self, text: &str, codes: &'a Nomenclature) -> Option<&'a Code> {
        let wanted = text.to_lowercase();
        let labels = codes.labelled().map_while(|(code, label)| {
            let affordable = self.spend(label.len());
            affordable.then(|| (code, label.to_lowercase() == wanted))
        });
        let mut labels = labels.filter(|(_, is_meant)| *is_meant);
        let near = || {
            let near = self.nearest(text, codes.codes().map(Code::as_str))?;
            let place = codes.place(near)?;
            let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
            if is_number {
                let others = codes.codes().map(Code::as_str);
                let second = self.nearest(text, others.filter(|other| *other != near));
                let apart = |one: &str| strsim::osa_distance(text, one);
                if second.is_some_and(|second| apart(second) == apart(near)) {
                    return None;
                }
            }
            codes.code(place)
        };
        labels.next().map(|(code, _)| code).or_else(near)
    }

    /// The same, in French.
    pub(crate) fn likeliest_code(&self, text: &str, codes: &Nomenclature) -> Option<String> {
        match self.nearest_code(text, codes) {
            Some(code) => Some(format!("vouliez-vous `{code}` ?")),
            None if codes.codes().count() > SHOWN => None,
            None => self.likeliest(text, codes.codes().map(Code::as_str)),
        }
    }

    /// What a pack author most likely meant, in French: the nearest name, or else the
    /// names there are, when they are few.
    pub(crate) fn likeliest<'a>(
        &self,
        text: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Option<String> {
        let mut few = Vec::new();
        let known = known.into_iter().inspect(|name| {
            if few.len() <= SHOWN {
                few.push(*name);
            }
        });
        if let Some(near) = self.nearest(text, known) {
            return Some(format!("vouliez-vous `{near}` ?"));
        }
        let all = self.left.get() > 0 && (1..=SHOWN).contains(&few.len());
        all.then(|| format!("ce qui existe : `{}`", few.join("`, `")))
    }
}

fn place(codes: &Nomenclature, code: &Code) -> Result<i64, ToldError> {
    codes
        .place(code.as_str())
        .or_else(|| codes.other())
        .ok_or_else(|| ToldError::UnknownCode {
            mend: Slips::default().nearest_code(code.as_str(), codes).cloned(),
        })
}

/// One value as the integer of its type; `Err` also for `none`.
pub(crate) fn scalar(kind: &Kind, value: &Value) -> Result<i64, ToldError> {
    match (kind, value) {
        (Kind::Flag, Value::Flag(flag)) => Ok(i64::from(*flag)),
        (Kind::Integer { .. }, Value::Integer(number)) => Ok(*number),
        (Kind::Money { .. }, Value::Money(amount)) => Ok(amount.get()),
        (Kind::Date, Value::Date(date)) => Ok(day_number(*date)),
        (Kind::Level(codes) | Kind::Code(codes), Value::Code(code)) => place(codes, code),
        // A code that looks like a number or a date arrives untyped from TOML and JSON.
        (Kind::Level(codes) | Kind::Code(codes), Value::Integer(number)) => {
            Code::parse(&number.to_string())
                .map_err(|_| ToldError::WrongType {
                    expected: kind.in_french(),
                })
                .and_then(|code| place(codes, &code))
        }
        _ => Err(ToldError::WrongType {
            expected: kind.in_french(),
        }),
    }
}

fn scalar_set(kind: &Kind, knowledge: &Knowledge, none: bool) -> Result<ValueSet, ToldError> {
    let domain = kind.domain();
    let told = match knowledge {
        Knowledge::OneOf(values) => {
            let mut points = Vec::with_capacity(values.len());
            let mut absent = false;
            for value in values {
                if *value == Value::None {
                    absent = true;
                } else {
                    points.push(scalar(kind, value)?);
                }
            }
            if absent && !none {
                return Err(ToldError::NeverNone);
            }
            let set = ValueSet::from_points(points);
            if absent { set.with_none() } else { set }
        }
        Knowledge::Between { from, to } => {
            let end = |end: &Option<Value>, open: i64| match end {
                Some(value) => scalar(kind, value),
                None => Ok(open),
            };
            if matches!(kind, Kind::Code(_)) {
                return Err(ToldError::WrongType {
                    expected: kind.in_french(),
                });
            }
            ValueSet::from_ranges(
                vec![Range {
                    lo: end(from, i64::MIN)?,
                    hi: end(to, i64::MAX)?,
                }],
                false,
            )
        }
        _ => {
            return Err(ToldError::WrongType {
                expected: kind.in_french(),
            });
        }
    };
    let kept = told.intersect(&if told.may_be_none() {
        domain.with_none()
    } else {
        domain
    });
    if kept.is_empty() {
        Err(ToldError::NothingLeft)
    } else {
        Ok(kept)
    }
}

fn members(
    codes: &Nomenclature,
    domain: &ValueSet,
    knowledge: &Knowledge,
) -> Result<Members, ToldError> {
    let Knowledge::Members { with, without } = knowledge else {
        return Err(ToldError::WrongType {
            expected: "un ensemble de codes",
        });
    };
    let places = |codes_told: &mut dyn Iterator<Item = &Code>| {
        codes_told
            .map(|code| place(codes, code))
            .collect::<Result<Vec<_>, _>>()
            .map(ValueSet::from_points)
    };
    let surely = places(&mut with.iter())?;
    let maybe = match without {
        Without::AllOthers => surely.clone(),
        Without::These(out) => {
            // An unlisted code that is out says nothing of the other unlisted ones.
            let other = codes.other().map_or_else(ValueSet::empty, ValueSet::point);
            let out = places(&mut out.iter())?;
            other.complement_in(&out).complement_in(domain)
        }
    };
    if !surely.is_subset(&maybe) {
        return Err(ToldError::NothingLeft);
    }
    Ok(Members {
        surely,
        maybe,
        none: false,
        some: true,
    })
}

fn row(
    fields: &[Field],
    told: &std::collections::BTreeMap<crate::vocabulary::FactName, Knowledge>,
) -> Result<Vec<ValueSet>, ToldError> {
    for name in told.keys() {
        match fields.iter().find(|field| field.name == *name) {
            Some(field) if field.derive.is_some() => return Err(ToldError::DerivedField),
            Some(_) => {}
            None => {
                let known = fields.iter().map(|field| field.name.as_str());
                return Err(ToldError::UnknownField {
                    mend: nearest(name.as_str(), known).map(str::to_owned),
                });
            }
        }
    }
    fields
        .iter()
        .map(|field| match told.get(&field.name) {
            Some(knowledge) => scalar_set(&field.kind, knowledge, field.optional),
            None if field.optional => Ok(field.kind.domain().with_none()),
            None => Ok(field.kind.domain()),
        })
        .collect()
}

fn row_list(fields: &[Field], rows: &Rows) -> Result<RowList, ToldError> {
    let open = !rows.complete;
    let rows = rows
        .rows
        .iter()
        .map(|told| row(fields, told))
        .collect::<Result<_, _>>()?;
    Ok(RowList { rows, open })
}

impl Fact {
    /// Reads what was told of it.
    pub(crate) fn read(&self, knowledge: &Knowledge) -> Result<Possible, ToldError> {
        resolve(&self.kind, self.may_be_none(), knowledge)
    }
}

/// Reads what was told through the type of its fact.
pub(crate) fn resolve(
    kind: &Kind,
    none: bool,
    knowledge: &Knowledge,
) -> Result<Possible, ToldError> {
    let only_none = matches!(knowledge, Knowledge::OneOf(values)
        if values.len() == 1 && values.contains(&Value::None));
    if only_none {
        return if none {
            Ok(Possible::none(kind))
        } else {
            Err(ToldError::NeverNone)
        };
    }
    match kind {
        Kind::Codes(codes) => {
            let domain = Kind::Code(codes.clone()).domain();
            members(codes, &domain, knowledge).map(Possible::Members)
        }
        Kind::Records { fields, .. } => match knowledge {
            Knowledge::Rows(rows) => {
                let list = row_list(fields, rows)?;
                Ok(Possible::Lists(Lists {
                    alternatives: vec![list],
                    none: false,
                }))
            }
            _ => Err(ToldError::WrongType {
                expected: kind.in_french(),
            }),
        },
        _ => scalar_set(kind, knowledge, none).map(Possible::Scalar),
    }
}
