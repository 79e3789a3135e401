//! The dictionary as a reader of packs sees it: for screens, forms and tools.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::dictionary::{Fact, Field, Freshness, Kind, ListKind, Nomenclature};
use crate::vocabulary::{Cents, Code, FactName, RoleId};

/// One fact of a pack's dictionary, described.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FactEntry {
    /// Its name.
    pub name: FactName,
    /// French label, a noun phrase.
    pub label: String,
    /// The question to ask; absent when it is derived or not asked.
    pub question: Option<String>,
    /// Theme, for grouping.
    pub theme: Option<String>,
    /// The values it may have.
    pub values: Values,
    /// `none` is a possible value.
    pub optional: bool,
    /// Computed from other facts: it cannot be told.
    pub derived: bool,
    /// Whether the person can change it.
    pub changeable: bool,
    /// 0 ordinary, 1 social or financial, 2 special category, 3 criminal, violence, child protection.
    pub sensitivity: u8,
    /// Roles with authority over it.
    pub attest: Vec<RoleId>,
    fresh: Freshness,
}

impl FactEntry {
    /// The last day on which what was said of it on a day counts; `None` where it always does.
    /// What is older is to be asked again.
    ///
    /// ```
    /// use spie::Pack;
    /// let pack = Pack::core()?;
    /// let home = pack.facts().find(|fact| fact.name.as_str() == "residence.commune");
    /// let until = home.and_then(|home| home.counts_until("2025-03-15".parse().ok()?));
    /// assert_eq!(until, "2025-09-15".parse().ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn counts_until(&self, said_on: NaiveDate) -> Option<NaiveDate> {
        self.fresh.until(said_on)
    }
}

/// Codes with their French labels, in the order of the pack; facts of one list share it.
pub type Labelled = Arc<[(Code, String)]>;

/// The values a fact, or a field of a list, may have.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Values {
    /// Yes or no.
    Flag,
    /// Whole numbers.
    Integer {
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
        /// Unit, in English (`month`).
        unit: Option<String>,
    },
    /// Amounts.
    Money {
        /// Smallest.
        min: Cents,
        /// Largest.
        max: Cents,
    },
    /// Days between these two.
    Date {
        /// First.
        first: NaiveDate,
        /// Last.
        last: NaiveDate,
    },
    /// Ordered levels, lowest first, with French labels.
    Level(Labelled),
    /// One of these codes; others as well where `open`.
    Code {
        /// Codes with French labels.
        codes: Labelled,
        /// Further codes may be met.
        open: bool,
    },
    /// A set of these codes.
    Codes {
        /// Codes with French labels.
        codes: Labelled,
        /// Further codes may be met.
        open: bool,
    },
    /// Rows of named fields.
    Rows {
        /// The fields that are told.
        fields: Vec<FieldEntry>,
        /// Each observation states the full list.
        whole: bool,
    },
}

/// One field of the rows of a list, described.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldEntry {
    /// Its name.
    pub name: FactName,
    /// French label, a noun phrase.
    pub label: String,
    /// The values it may have.
    pub values: Values,
    /// `none` is a possible value.
    pub optional: bool,
}

/// The lists that were written out, each once however many facts take their codes from it:
/// by where they stand in memory, which is the same while their pack is borrowed.
#[derive(Default)]
pub(crate) struct Lists(BTreeMap<usize, Labelled>);

impl Lists {
    fn of(&mut self, codes: &Arc<Nomenclature>) -> Labelled {
        let written = self.0.entry(Arc::as_ptr(codes).addr()).or_insert_with(|| {
            let labelled = codes.labelled();
            let labelled = labelled.map(|(code, label)| (code.clone(), label.to_owned()));
            labelled.collect()
        });
        Arc::clone(written)
    }
}

fn values(kind: &Kind, lists: &mut Lists) -> Values {
    match kind {
        Kind::Flag => Values::Flag,
        Kind::Integer { unit, min, max } => Values::Integer {
            min: *min,
            max: *max,
            unit: unit.as_deref().map(str::to_owned),
        },
        Kind::Money { min, max } => Values::Money {
            min: Cents::new(*min),
            max: Cents::new(*max),
        },
        Kind::Date => {
            let hull = kind.domain().hull();
            let day =
                |day: Option<i64>| day.and_then(super::dictionary::date_of).unwrap_or_default();
            Values::Date {
                first: day(hull.map(|hull| hull.lo)),
                last: day(hull.map(|hull| hull.hi)),
            }
        }
        Kind::Level(codes) => Values::Level(lists.of(codes)),
        Kind::Code(codes) => Values::Code {
            codes: lists.of(codes),
            open: codes.open,
        },
        Kind::Codes(codes) => Values::Codes {
            codes: lists.of(codes),
            open: codes.open,
        },
        Kind::Records { list, fields } => {
            let told = fields
                .iter()
                .filter(|field: &&Field| field.derive.is_none());
            Values::Rows {
                fields: told
                    .map(|field| FieldEntry {
                        name: field.name.clone(),
                        label: field.label.to_string(),
                        values: values(&field.kind, lists),
                        optional: field.optional,
                    })
                    .collect(),
                whole: *list == ListKind::Whole,
            }
        }
    }
}

impl FactEntry {
    pub(crate) fn of(fact: &Fact, lists: &mut Lists) -> Self {
        Self {
            name: fact.name.clone(),
            label: fact.label.to_string(),
            question: fact.question.as_deref().map(str::to_owned),
            theme: fact.theme.as_deref().map(str::to_owned),
            values: values(&fact.kind, lists),
            optional: fact.optional,
            derived: !fact.is_told(),
            changeable: fact.changeable,
            sensitivity: fact.sensitivity,
            attest: fact.attest.clone(),
            fresh: fact.fresh,
        }
    }
}
